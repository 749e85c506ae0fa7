/* Widths of columns. As in the automatic table layout of CSS 2 (17.5.2.2) each has a least and a most. Between them there are
 * two ways to share: in proportion to what each wants beyond its least, which is good for prose; or level, where narrow columns
 * get all they want first, which keeps names and dates on one line. */
#include "render/pdf/galley.h"

#include <math.h>

static void sum(const struct pm_width *columns, size_t count, double *least, double *most, double *flexible)
{
    *least = *most = *flexible = 0;
    for (size_t i = 0; i < count; i++) {
        *least += columns[i].least;
        *most += columns[i].most;
        *flexible += columns[i].flexible ? columns[i].most : 0;
    }
}

/* What is left over goes to columns of prose, by their widths; where there are none, to all. */
static void widen(struct pm_width *columns, size_t count, double rest, double most, double flexible)
{
    double base = flexible > 0 ? flexible : most;
    for (size_t i = 0; i < count; i++) {
        bool takes = flexible <= 0 || columns[i].flexible;
        columns[i].width = columns[i].most + (takes && base > 0 ? rest * columns[i].most / base : 0);
    }
}

/* Less than the least: columns at most as wide as their even share keep their width, the others share what remains. */
static void squeeze(struct pm_width *columns, size_t count, double width)
{
    double left = width;
    size_t open = count;
    for (size_t i = 0; i < count; i++)
        columns[i].width = -1;
    for (bool changed = true; changed && open > 0;) {
        changed = false;
        double share = left / (double)open;
        for (size_t i = 0; i < count; i++) {
            if (columns[i].width >= 0 || columns[i].least > share)
                continue;
            columns[i].width = columns[i].least;
            left -= columns[i].least;
            open--;
            changed = true;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (columns[i].width < 0)
            columns[i].width = left / (double)open;
}

static double width_at(const struct pm_width *column, double most)
{
    return fmax(column->least, fmin(column->most, most));
}

/* All columns as wide as they want up to one common width. */
static double common_width(const struct pm_width *columns, size_t count, double width, double most)
{
    double low = 0, high = most;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2, sum_of_widths = 0;
        for (size_t c = 0; c < count; c++)
            sum_of_widths += width_at(&columns[c], middle);
        if (sum_of_widths <= width)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void blend(struct pm_width *columns, size_t count, double width, double least, double most, double level)
{
    double common = common_width(columns, count, width, most), share = (width - least) / fmax(most - least, 0.01);
    for (size_t i = 0; i < count; i++) {
        double even = columns[i].least + share * (columns[i].most - columns[i].least);
        columns[i].width = even + level * (width_at(&columns[i], common) - even);
    }
}

void pm_share_width(struct pm_width *columns, size_t count, double width, double level)
{
    double least, most, flexible;
    sum(columns, count, &least, &most, &flexible);
    if (most <= width) {
        widen(columns, count, width - most, most, flexible);
        return;
    }
    if (least > width) {
        squeeze(columns, count, width);
        return;
    }
    blend(columns, count, width, least, most, level);
}
