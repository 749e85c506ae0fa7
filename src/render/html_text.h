/* Characters for HTML. */
#ifndef PM_HTML_TEXT_H
#define PM_HTML_TEXT_H

#include "base/buf.h"

/* Text or the value of an attribute between quotation marks: & < > " as entities, a carriage return as a line feed. What HTML has no
 * place for (13.2.3.5, "Preprocessing the input stream": controls, surrogates, noncharacters) becomes U+FFFD. Good for XML too. The text is
 * put into Normalization Form C, which documents of the Web are to be in. */
void pm_html_text(struct pm_buf *out, struct pm_str text);

/* A URL as the value of an attribute: what the URL Standard (URL code points, 4.3) has no place for is percent-encoded, and where the URL
 * is not in Form C all that is not ASCII, so that it stays the same URL. */
void pm_html_url(struct pm_buf *out, struct pm_str url);

/* True when an HTML parser gives back exactly these bytes as text where no markup is: UTF-8 without returns and what has no place. */
bool pm_html_keeps(struct pm_str text);

#endif
