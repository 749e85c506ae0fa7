/* Names of zones as people write them. */
#include "import/import_internal.h"

#include <string.h>

static const struct { const char *word, *zone; } abbreviations[] = {
    {"UTC", "Etc/UTC"}, {"GMT", "Etc/UTC"}, {"Z", "Etc/UTC"}, {"PST", "America/Los_Angeles"}, {"PDT", "America/Los_Angeles"},
    {"PT", "America/Los_Angeles"}, {"Pacific", "America/Los_Angeles"}, {"MST", "America/Denver"}, {"MDT", "America/Denver"},
    {"MT", "America/Denver"}, {"CST", "America/Chicago"}, {"CDT", "America/Chicago"}, {"CT", "America/Chicago"},
    {"Central", "America/Chicago"}, {"EST", "America/New_York"}, {"EDT", "America/New_York"}, {"ET", "America/New_York"},
    {"Eastern", "America/New_York"}, {"BST", "Europe/London"}, {"WET", "Europe/Lisbon"}, {"WEST", "Europe/Lisbon"},
    {"CET", "Europe/Berlin"}, {"CEST", "Europe/Berlin"}, {"MEZ", "Europe/Berlin"}, {"MESZ", "Europe/Berlin"}, {"EET", "Europe/Helsinki"},
    {"EEST", "Europe/Helsinki"}, {"MSK", "Europe/Moscow"}, {"IST", "Asia/Kolkata"}, {"SGT", "Asia/Singapore"}, {"HKT", "Asia/Hong_Kong"},
    {"JST", "Asia/Tokyo"}, {"KST", "Asia/Seoul"}, {"AEST", "Australia/Sydney"}, {"AEDT", "Australia/Sydney"}, {"AWST", "Australia/Perth"},
    {"ACST", "Australia/Adelaide"}, {"NZST", "Pacific/Auckland"}, {"NZDT", "Pacific/Auckland"}, {"BRT", "America/Sao_Paulo"},
    {"SAST", "Africa/Johannesburg"}, {"WAT", "Africa/Lagos"}, {"EAT", "Africa/Nairobi"}, {"CAT", "Africa/Maputo"},
    {"PKT", "Asia/Karachi"}, {"ICT", "Asia/Bangkok"}, {"PHT", "Asia/Manila"}, {"WIB", "Asia/Jakarta"},
    {"ART", "America/Argentina/Buenos_Aires"}};

/* "+02:00", "-7", "+0530" */
static size_t read_offset(struct pm_str s, int *out)
{
    size_t i = 1, digits = 0;
    int number = 0;
    if (s.n < 2 || (s.p[0] != '+' && s.p[0] != '-') || !pm_md_is_digit(s.p[1]))
        return 0;
    for (; i < s.n && digits < 4 && pm_md_is_digit(s.p[i]); i++, digits++)
        number = number * 10 + (s.p[i] - '0');
    int hours = digits > 2 ? number / 100 : number, minutes = digits > 2 ? number % 100 : 0;
    if (digits <= 2 && i + 2 < s.n && s.p[i] == ':' && pm_md_is_digit(s.p[i + 1]) && pm_md_is_digit(s.p[i + 2])) {
        minutes = (s.p[i + 1] - '0') * 10 + (s.p[i + 2] - '0');
        i += 3;
    }
    if (hours > 14 || minutes > 59 || (i < s.n && pm_md_is_digit(s.p[i])))
        return 0;
    *out = (hours * 60 + minutes) * (s.p[0] == '-' ? -60 : 60);
    return i;
}

static size_t read_region(struct pm_str s, struct pm_when_zone *out)
{
    size_t n = 0, slashes = 0;
    while (n < s.n && n < 40 && (pm_md_is_letter(s.p[n]) || strchr("/_", s.p[n]) || (n && s.p[n] == '-' && slashes)))
        slashes += s.p[n++] == '/';
    if (!slashes || !pm_zone_exists(pm_md_upto(s, n)))
        return 0;
    out->name = pm_md_upto(s, n);
    out->given = true;
    return n;
}

size_t pm_when_read_zone(struct pm_str s, struct pm_when_zone *out)
{
    int offset = 0;
    *out = (struct pm_when_zone){0};
    size_t n = read_offset(s, &offset);
    if (n > 3) {
        *out = (struct pm_when_zone){.offset = offset, .given = true, .name = offset ? PM_LIT("") : PM_LIT("Etc/UTC")};
        return n;
    }
    for (size_t i = 0; i < PM_ITEMS(abbreviations); i++) {
        n = strlen(abbreviations[i].word);
        if (s.n < n || memcmp(s.p, abbreviations[i].word, n) != 0 || (n < s.n && (pm_md_is_word(s.p[n]) || s.p[n] == '/')))
            continue;
        *out = (struct pm_when_zone){.name = pm_str(abbreviations[i].zone), .given = true};
        size_t more = i < 2 ? read_offset(pm_md_from(s, n), &offset) : 0;
        if (more && offset)
            *out = (struct pm_when_zone){.offset = offset, .given = true, .name = PM_LIT("")};
        return n + more;
    }
    if (s.n > 2 && pm_str_starts_word(s, "utc") && (s.n == 3 || !pm_md_is_word(s.p[3]))) {
        *out = (struct pm_when_zone){.name = PM_LIT("Etc/UTC"), .given = true};
        return 3;
    }
    return read_region(s, out);
}

static bool says_times_are(struct pm_str s, size_t at)
{
    static const char *const words[] = {"times", "time zone", "timezone", "time", "timestamps", "zeiten"};
    size_t from = at > 60 ? at - 60 : 0;
    struct pm_str before = pm_md_upto(pm_md_from(s, from), at - from);
    for (size_t i = 0; i < PM_ITEMS(words); i++) {
        size_t found = pm_md_find_word(before, words[i]);
        if (found < before.n && !memchr(before.p + found, '\n', before.n - found))
            return true;
    }
    return false;
}

bool pm_when_find_zone(struct pm_str s, struct pm_when_zone *out)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((i && pm_md_is_word(s.p[i - 1])) || !(pm_md_is_letter(s.p[i]) || s.p[i] == '+'))
            continue;
        size_t n = pm_when_read_zone(pm_md_from(s, i), out);
        bool bracketed = i && (s.p[i - 1] == '(' || s.p[i - 1] == '[' || s.p[i - 1] == '/' || s.p[i - 1] == ',') && out->given;
        if (n && (bracketed || says_times_are(s, i) || (i > 1 && i + n == s.n && s.p[i - 1] == ' ' && s.n < 60)))
            return true;
        while (i + 1 < s.n && pm_md_is_word(s.p[i + 1]))
            i++;
    }
    *out = (struct pm_when_zone){0};
    return false;
}
