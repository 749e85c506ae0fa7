#include "render/section_number.h"

void pm_section_number(struct pm_section_numbers *numbers, const struct pm_node *section, struct pm_buf *out)
{
    int level = section->as.section.level;
    if (!section->as.section.numbered || level < 1 || level > 5)
        return;
    numbers->level[level]++;
    for (int deeper = level + 1; deeper <= 5; deeper++)
        numbers->level[deeper] = 0;
    for (int l = 1; l <= level; l++) {
        if (numbers->level[l] || l == level)
            pm_buf_printf(out, l < level ? "%u." : "%u ", numbers->level[l]);
    }
}
