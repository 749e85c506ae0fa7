/* Inlines: text, links, lozenges, dates and people. */
#include "render/confluence_internal.h"

/* ---- links ---- */

enum link_form { NO_LINK, WEB_LINK, ANCHOR_LINK, TICKET };

static enum link_form link_form(const struct pm_node *link)
{
    if (pm_str_is(link->as.link.service, "jira") && link->as.link.key.n)
        return TICKET;
    return !link->as.link.url.n ? NO_LINK : link->as.link.url.p[0] == '#' ? ANCHOR_LINK : WEB_LINK;
}

/* Shows the ticket's state as it is when the page is read, by the site's own Jira. */
static void put_ticket(struct pm_confluence *c, struct pm_str key)
{
    pm_buf_puts(c->out, "<ac:structured-macro ac:name=\"jira\" ac:schema-version=\"1\">");
    pm_confluence_parameter(c, "key", key);
    pm_buf_puts(c->out, "</ac:structured-macro>");
}

/* Only the first form of a link's text is in every version of the format's description. */
static bool open_anchor_link(struct pm_confluence *c, const struct pm_node *link)
{
    const struct pm_node *only = link->first;
    struct pm_str id = {link->as.link.url.p + 1, link->as.link.url.n - 1};
    pm_buf_puts(c->out, "<ac:link ac:anchor=\"");
    pm_buf_puts(c->out, c->prefix);
    pm_xml_attribute(c->out, id);
    if (!only || only->next || only->kind != PM_TEXT) {
        pm_buf_puts(c->out, "\"><ac:link-body>");
        return false;
    }
    pm_buf_puts(c->out, "\"><ac:plain-text-link-body>");
    pm_xml_cdata(c->out, only->text);
    pm_buf_puts(c->out, "</ac:plain-text-link-body>");
    return true;
}

static void close_anchor_link(struct pm_confluence *c, const struct pm_node *link)
{
    const struct pm_node *only = link->first;
    bool plain = only && !only->next && only->kind == PM_TEXT;
    pm_buf_puts(c->out, plain ? "</ac:link>" : "</ac:link-body></ac:link>");
}

static bool open_link(struct pm_confluence *c, const struct pm_node *link)
{
    switch (link_form(link)) {
    case TICKET: put_ticket(c, link->as.link.key); return true;
    case ANCHOR_LINK: return open_anchor_link(c, link);
    case WEB_LINK:
        pm_buf_puts(c->out, "<a href=\"");
        pm_xml_attribute(c->out, link->as.link.url);
        pm_buf_puts(c->out, "\">");
        return false;
    default:
        if (!link->first)
            pm_xml_text(c->out, link->as.link.key);
        return false;
    }
}

static void close_link(struct pm_confluence *c, const struct pm_node *link)
{
    enum link_form form = link_form(link);
    if (form == ANCHOR_LINK)
        close_anchor_link(c, link);
    else if (form == WEB_LINK)
        pm_buf_puts(c->out, "</a>");
}

/* ---- lozenges, dates, people ---- */

static void put_status(struct pm_confluence *c, const struct pm_node *status)
{
    static const char *const colours[] = {"Grey", "Blue", "Green", "Yellow", "Red", "Purple"};
    if (!status->text.n)
        return;
    pm_buf_puts(c->out, "<ac:structured-macro ac:name=\"status\" ac:schema-version=\"1\">");
    pm_confluence_parameter(c, "title", status->text);
    pm_confluence_parameter(c, "colour", pm_str(colours[status->as.tone.tone]));
    pm_buf_puts(c->out, "</ac:structured-macro>");
}

void pm_confluence_date(struct pm_confluence *c, int64_t days)
{
    pm_buf_puts(c->out, "<time datetime=\"");
    pm_date_iso(c->out, days);
    pm_buf_puts(c->out, "\" />");
}

/* The lozenge of a date shows no time of day and no zone: instants are text. */
static void put_time(struct pm_confluence *c, const struct pm_node *time)
{
    if (time->as.time.date)
        pm_confluence_date(c, time->as.time.value);
    else
        pm_xml_text(c->out, time->text);
}

static struct pm_str account_of(const struct pm_person_ref *person, const char *service)
{
    for (size_t i = 0; i < person->count; i++) {
        if (pm_str_is(person->accounts[i].service, service))
            return person->accounts[i].id;
    }
    return (struct pm_str){NULL, 0};
}

/* Data Center knows people by user names and keys, which incidents do not have. */
void pm_confluence_person(struct pm_confluence *c, const struct pm_person_ref *person)
{
    struct pm_str id = c->flavour == PM_CONFLUENCE_CLOUD ? account_of(person, "atlassian") : (struct pm_str){NULL, 0};
    if (!id.n) {
        pm_xml_text(c->out, person->name);
        return;
    }
    pm_buf_puts(c->out, "<ac:link><ri:user ri:account-id=\"");
    pm_xml_attribute(c->out, id);
    pm_buf_puts(c->out, "\" /></ac:link>");
}

static void put_person(struct pm_confluence *c, const struct pm_node *node)
{
    struct pm_person_ref person = node->as.person;
    if (!person.name.n)
        person.name = node->text;
    pm_confluence_person(c, &person);
}

/* ---- any inline ---- */

static void put_code(struct pm_confluence *c, struct pm_str text)
{
    pm_buf_puts(c->out, "<code>");
    pm_xml_text(c->out, text);
    pm_buf_puts(c->out, "</code>");
}

bool pm_confluence_enter_inline(struct pm_confluence *c, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_TEXT: pm_xml_text(c->out, node->text); break;
    case PM_STRONG: pm_buf_puts(c->out, "<strong>"); break;
    case PM_EMPH: pm_buf_puts(c->out, "<em>"); break;
    case PM_STRIKE: pm_buf_puts(c->out, "<span style=\"text-decoration: line-through;\">"); break;
    case PM_CODE: put_code(c, node->text); break;
    case PM_LINK: return open_link(c, node);
    case PM_STATUS: put_status(c, node); break;
    case PM_TIME: put_time(c, node); break;
    case PM_PERSON: put_person(c, node); break;
    case PM_BREAK: pm_buf_puts(c->out, "<br />"); break;
    default: break;
    }
    return false;
}

void pm_confluence_leave_inline(struct pm_confluence *c, const struct pm_node *node)
{
    switch (node->kind) {
    case PM_STRONG: pm_buf_puts(c->out, "</strong>"); break;
    case PM_EMPH: pm_buf_puts(c->out, "</em>"); break;
    case PM_STRIKE: pm_buf_puts(c->out, "</span>"); break;
    case PM_LINK: close_link(c, node); break;
    default: break;
    }
}

void pm_confluence_inlines(struct pm_confluence *c, const struct pm_node *parent)
{
    struct pm_iterator it;
    pm_iterator_init(&it, parent);
    for (enum pm_event_type event; (event = pm_iterator_next(&it)) != PM_DONE;) {
        if (it.node == parent)
            continue;
        if (event == PM_EXIT)
            pm_confluence_leave_inline(c, it.node);
        else if (pm_confluence_enter_inline(c, it.node))
            pm_iterator_skip(&it);
    }
}
