/* Text for XML and HTML. Only the five entities of XML are written, as & < > and, in attributes, " and line ends as numbers. What XML 1.0
 * forbids (section 2.2: control characters, surrogates, U+FFFE, U+FFFF) becomes U+FFFD; pm_xml_check() tells of it. */
#ifndef PM_XML_H
#define PM_XML_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/node.h"

void pm_xml_text(struct pm_buf *out, struct pm_str text);
void pm_xml_attribute(struct pm_buf *out, struct pm_str text);   /* what stands between the quotation marks */
void pm_xml_cdata(struct pm_buf *out, struct pm_str text);       /* a whole section; "]]>" is cut in two */

/* True when a reader of XML gives back exactly these bytes: it reads CR as LF, and some characters not at all (XML 1.0, 2.2 and 2.11). */
bool pm_xml_keeps(struct pm_str text);

/* Warns of each text of the document that has a character which XML forbids, once a node (PM_D_CHARACTER). */
void pm_xml_check(const struct pm_document *doc, struct pm_diags *diags);

#endif
