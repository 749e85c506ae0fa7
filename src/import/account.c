#include "import/account.h"

#include "base/utf8.h"

struct pm_word_slot { unsigned long long hash; long count; };

/* Letters, digits and underscores. */
static bool is_word(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'A' && cp <= 'Z') || (cp >= 'a' && cp <= 'z') || cp == '_';
    return cp != PM_UTF8_BAD && cp >= 0xAA && cp != 0xAB && cp != 0xBB && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp <= 0x206F) &&
           !(cp >= 0x2190 && cp <= 0x2BFF) && !(cp >= 0x3000 && cp <= 0x3003) && !(cp >= 0x3008 && cp <= 0x3020) &&
           !(cp >= 0xFE00 && cp <= 0xFE6F) && !(cp >= 0xFF00 && cp <= 0xFF0F) && !(cp >= 0xFF1A && cp <= 0xFF20) && cp < 0x1F000;
}

/* The next word from *at on; false at the end. */
static bool next_word(struct pm_str s, size_t *at, struct pm_str *word)
{
    size_t start = s.n;
    while (*at < s.n) {
        size_t before = *at;
        bool in = is_word(pm_utf8_next(s, at));
        if (in && start == s.n)
            start = before;
        if (!in && start < s.n) {
            *word = (struct pm_str){s.p + start, before - start};
            return true;
        }
    }
    *word = (struct pm_str){s.p + start, s.n - start};
    return start < s.n;
}

static struct pm_word_slot *slot_of(struct pm_word_slot *slots, size_t cap, unsigned long long hash)
{
    size_t at = (size_t)hash & (cap - 1);
    while (slots[at].hash && slots[at].hash != hash)
        at = (at + 1) & (cap - 1);
    return &slots[at];
}

static bool grow(struct pm_word_account *a)
{
    size_t cap = a->cap ? a->cap * 2 : 1024;
    struct pm_word_slot *slots = pm_arena_array(a->arena, cap, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < a->cap; i++) {
        if (a->slots[i].hash)
            *slot_of(slots, cap, a->slots[i].hash) = a->slots[i];
    }
    a->slots = slots;
    a->cap = cap;
    return true;
}

static void change(struct pm_word_account *a, struct pm_str word, long by)
{
    unsigned long long hash = pm_str_hash(word);
    if (a->count * 2 >= a->cap && !grow(a))
        return;
    struct pm_word_slot *slot = slot_of(a->slots, a->cap, hash ? hash : 1);
    a->count += slot->hash == 0;
    slot->hash = hash ? hash : 1;
    slot->count += by;
}

void pm_word_account_add(struct pm_word_account *a, struct pm_str text)
{
    struct pm_str word;
    for (size_t at = 0; next_word(text, &at, &word);)
        change(a, word, 1);
}

static long count_of(const struct pm_word_account *a, struct pm_str word)
{
    unsigned long long hash = pm_str_hash(word);
    return a->cap ? slot_of(a->slots, a->cap, hash ? hash : 1)->count : 0;
}

struct pm_str pm_word_account_take(struct pm_word_account *a, struct pm_str line)
{
    struct pm_str word, left = {line.p, 0};
    for (size_t at = 0; next_word(line, &at, &word);) {
        if (count_of(a, word) > 0) {
            change(a, word, -1);
            continue;
        }
        if (!left.n)
            left.p = word.p;
        left.n = (size_t)(word.p + word.n - left.p);
    }
    return left;
}
