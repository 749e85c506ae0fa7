/* The source of a document in its page. */
#ifndef PM_HTML_SOURCE_H
#define PM_HTML_SOURCE_H

#include "base/buf.h"
#include "document/node.h"

/* <script type="application/yaml" id="source.NUMBER" data-id="..." data-sha256="...">, from behind "<script" on, where the page puts its
 * nonce: a block of data that no browser runs (HTML, 4.12.1). Its text is the source byte for byte; with data-encoding="base64" it is that
 * in base64: where the source has "<!--", "<script" or "</script" in any case, a carriage return, or what HTML has no place for (see
 * html_text.h), since a parser would end the block there or change it, and where it is not in Normalization Form C, which HTML is to be in.
 * sha256: of the source. Nothing for a document without source. */
void pm_html_source(struct pm_buf *out, const struct pm_document *doc, const char *sha256, unsigned number);

#endif
