#include "document/iterator.h"

void pm_iterator_init(struct pm_iterator *it, const struct pm_node *root)
{
    *it = (struct pm_iterator){.root = root, .node = root, .event = PM_ENTER};
}

static enum pm_event_type at(struct pm_iterator *it, enum pm_event_type event, const struct pm_node *node)
{
    it->node = node;
    return it->event = event;
}

enum pm_event_type pm_iterator_next(struct pm_iterator *it)
{
    const struct pm_node *node = it->node;
    if (!node || it->event == PM_DONE)
        return at(it, PM_DONE, node);
    if (!it->started) {
        it->started = true;
        return at(it, PM_ENTER, node);
    }
    if (it->event == PM_ENTER)
        return node->first ? at(it, PM_ENTER, node->first) : at(it, PM_EXIT, node);
    if (node == it->root)
        return at(it, PM_DONE, node);
    return node->next ? at(it, PM_ENTER, node->next) : at(it, PM_EXIT, node->parent);
}

/* Behind the EXIT of its last child, the next event is the node's own EXIT. */
void pm_iterator_skip(struct pm_iterator *it)
{
    if (it->started && it->event == PM_ENTER && it->node && it->node->last)
        at(it, PM_EXIT, it->node->last);
}
