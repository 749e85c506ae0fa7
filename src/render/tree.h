/* A document as indented text: one line a node, with every attribute that a renderer can see. For tests. */
#ifndef PM_TREE_H
#define PM_TREE_H

#include "base/buf.h"
#include "document/node.h"

void pm_render_tree(const struct pm_document *doc, struct pm_buf *out);

#endif
