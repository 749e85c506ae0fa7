/* The text of a scalar as a value of its type. For the readers of this folder, and of values in expressions (src/select/). */
#ifndef PM_SCALAR_H
#define PM_SCALAR_H

#include "incident/schema.h"

/* A step of the path to the value that is being read, innermost first: a key, or an index from 1 where that is not 0. */
struct pm_place {
    const struct pm_place *up;
    struct pm_str key;
    size_t index;
};

struct pm_reader {
    struct pm_arena *arena, *scratch;    /* of the incident; of messages */
    struct pm_diags *diags;
    struct pm_str source;                /* of the document */
    bool lenient;
    struct pm_str zone;                  /* of local times */
    const struct pm_place *place;
};

/* "action_items[2].due", for messages. */
const char *pm_place_text(struct pm_reader *r);

/* "a date, YYYY-MM-DD": what a field of this type wants. */
const char *pm_type_want(struct pm_reader *r, const struct pm_field_def *def, enum pm_type type);

/* The same for a mapping with the fields of `def`, by its required fields or its first. */
const char *pm_object_want(struct pm_reader *r, const struct pm_object_def *def);

/* Fills `as` and `valid` by the text and mark, and reports what is wrong with it. A bare time of day stays invalid, without a message.
 * `must_say`: empty text is an error whatever the type. */
void pm_scalar_read(struct pm_reader *r, const struct pm_field_def *def, enum pm_type type, bool must_say, struct pm_field *field);

/* Digits with a sign before and a point in between. */
bool pm_number_read(struct pm_str s, double *out);

/* Sets the instant of a local time; one that does not exist is reported. */
void pm_scalar_set_local(struct pm_reader *r, struct pm_field *field, const struct pm_civil *civil);

#endif
