/* A walk over a tree as ENTER and EXIT events, without recursion. Every node gives both, leaves too. */
#ifndef PM_ITERATOR_H
#define PM_ITERATOR_H

#include "document/node.h"

enum pm_event_type { PM_ENTER, PM_EXIT, PM_DONE };

struct pm_iterator {
    const struct pm_node *root, *node;   /* node: of the current event */
    enum pm_event_type event;
    bool started;
};

void pm_iterator_init(struct pm_iterator *it, const struct pm_node *root);

/* The next event; it->node is its node. PM_DONE behind the EXIT of the root. */
enum pm_event_type pm_iterator_next(struct pm_iterator *it);

/* After an ENTER: passes over the children; the next event is the node's EXIT. */
void pm_iterator_skip(struct pm_iterator *it);

#endif
