#include "fixture.h"

#include "base/buf.h"
#include "document/iterator.h"

static const struct pm_mark nowhere;

/* The walk as "+kind" and "-kind"; children of nodes of `skipped` are passed over. */
static void assert_walk(const struct pm_node *root, enum pm_node_kind skipped, const char *want)
{
    struct pm_buf b;
    pm_buf_init(&b, 10000);
    struct pm_iterator it;
    pm_iterator_init(&it, root);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        pm_buf_printf(&b, "%s%c%s", b.len ? " " : "", event == PM_ENTER ? '+' : '-', pm_node_name(it.node->kind));
        if (event == PM_ENTER && it.node->kind == skipped)
            pm_iterator_skip(&it);
    }
    assert_string_equal(b.data, want);
    assert_int_equal(pm_iterator_next(&it), PM_DONE);
    pm_buf_free(&b);
}

static void leaves_give_both_events(void **state)
{
    (void)state;
    assert_walk(doc->root, PM_NODE_KINDS, "+document -document");
    pm_node_add(doc, doc->root, PM_RULE, nowhere);
    assert_walk(doc->root, PM_NODE_KINDS, "+document +rule -rule -document");
}

static struct pm_node *make_list(void)
{
    struct pm_node *list = pm_node_add(doc, doc->root, PM_LIST, nowhere);
    pm_add_text(doc, pm_node_add(doc, list, PM_ITEM, nowhere), PM_LIT("a"), nowhere);
    pm_node_add(doc, list, PM_TASK, nowhere);
    pm_node_add(doc, doc->root, PM_RULE, nowhere);
    return list;
}

static void children_come_between(void **state)
{
    (void)state;
    make_list();
    assert_walk(doc->root, PM_NODE_KINDS, "+document +list +item +text -text -item +task -task -list +rule -rule -document");
}

static void the_walk_stays_below_its_root(void **state)
{
    (void)state;
    assert_walk(make_list(), PM_NODE_KINDS, "+list +item +text -text -item +task -task -list");
    assert_walk(doc->root->last, PM_NODE_KINDS, "+rule -rule");
}

static void skipping_passes_over_the_children(void **state)
{
    (void)state;
    make_list();
    assert_walk(doc->root, PM_LIST, "+document +list -list +rule -rule -document");
    assert_walk(doc->root, PM_TASK, "+document +list +item +text -text -item +task -task -list +rule -rule -document");
    assert_walk(doc->root, PM_DOCUMENT, "+document -document");
}

static void no_root_is_done_at_once(void **state)
{
    (void)state;
    struct pm_iterator it;
    pm_iterator_init(&it, NULL);
    pm_iterator_skip(&it);
    assert_int_equal(pm_iterator_next(&it), PM_DONE);
}

static void depth_costs_no_stack(void **state)
{
    (void)state;
    struct pm_node *at = doc->root;
    for (int i = 0; i < 200000; i++)
        at = pm_node_add(doc, at, PM_QUOTE, nowhere);
    struct pm_iterator it;
    pm_iterator_init(&it, doc->root);
    size_t enters = 0, exits = 0;
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;)
        *(event == PM_ENTER ? &enters : &exits) += 1;
    assert_int_equal(enters, 200001);
    assert_int_equal(exits, 200001);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaves_give_both_events), TEST(children_come_between), TEST(the_walk_stays_below_its_root),
        TEST(skipping_passes_over_the_children), TEST(no_root_is_done_at_once), TEST(depth_costs_no_stack),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
