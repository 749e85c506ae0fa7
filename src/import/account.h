/* An account of words: those that the output has, against those of the input. Words are told apart by case; each counts as often as it is
 * there. */
#ifndef PM_IMPORT_ACCOUNT_H
#define PM_IMPORT_ACCOUNT_H

#include "base/arena.h"

#include <stdint.h>

struct pm_word_account {
    struct pm_arena *arena;
    struct pm_word_slot *slots;
    size_t cap, count;
};

/* The words of the text are there once more. */
void pm_word_account_add(struct pm_word_account *a, struct pm_str text);

/* Takes the words of the line off the account; what is left is the part of the line from the first word that was not there to the last,
 * empty when all were. */
struct pm_str pm_word_account_take(struct pm_word_account *a, struct pm_str line);

#endif
