/* Documents as one WordprocessingML file (ISO/IEC 29500-1, transitional), for Word, LibreOffice and Google Docs.
 *
 * Real styles, lists, header rows, fields and content controls; every section and every value with a path is a bookmark (bookmark.h). Each
 * document begins on a new page and carries its source: a part of custom XML, with its id, hash and schema as properties of the file. */
#ifndef PM_DOCX_H
#define PM_DOCX_H

#include "base/buf.h"
#include "base/diag.h"
#include "document/node.h"
#include "document/theme.h"
#include "package/opc.h"

struct pm_docx;
struct pm_reference;

/* The theme must live until the file is written. Its paper and margins are the page: who has a reference puts the reference's page into the
 * theme first (pm_reference_page), so that figures and tables fit it. PM_NOMEM. */
enum pm_status pm_docx_new(const struct pm_theme *theme, struct pm_docx **out);

/* Appends a document; nothing of it is needed afterwards. Warns of characters that XML forbids. PM_NOMEM, PM_LIMIT. */
enum pm_status pm_docx_add(struct pm_docx *docx, const struct pm_document *doc, struct pm_diags *diags);

/* The file. With a reference, its styles, theme, headers, footers and page win, and the documents stand where it says "{{body}}". */
enum pm_status pm_docx_write(struct pm_docx *docx, const struct pm_reference *reference, struct pm_buf *out);

/* The part "/word/document.xml" of the file without a reference, by itself. */
enum pm_status pm_docx_write_body(struct pm_docx *docx, struct pm_buf *out);

void pm_docx_free(struct pm_docx *docx);

/* ---- what a reference document is merged with ---- */

/* The prefixes that the body uses, as attributes of its root. */
#define PM_DOCX_NAMESPACES \
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"" \
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"" \
    " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"" \
    " xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\"" \
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"" \
    " xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"" \
    " xmlns:wpg=\"http://schemas.microsoft.com/office/word/2010/wordprocessingGroup\"" \
    " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\"" \
    " xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\"" \
    " xmlns:w15=\"http://schemas.microsoft.com/office/word/2012/wordml\""
#define PM_DOCX_IGNORABLE " mc:Ignorable=\"w14 w15\""

/* The parts as they are without a reference, and what of them goes into one.
 *
 * Nothing in the body needs to be renumbered: ids of relations are "pmId1", "pmId2" and so on; ids of numberings (abstract ones and their
 * instances), bookmarks and drawings begin at PM_DOCX_FIRST_ID; those of content controls are hashes. Styles have the usual ids
 * ("Heading1", "ListBullet", "Caption"), so that a brand's apply; those of our own begin with "Pm". The body has no section properties:
 * where a reference is given, documents are parted by page breaks. */
struct pm_docx_parts {
    struct pm_opc *opc;          /* the whole package; its parts have the usual names: "/word/document.xml", "/word/styles.xml", ... */
    struct pm_part *document;    /* its relations with ids "pmId..." are the body's; those with "rId..." are of the package alone */
    struct pm_str body;          /* paragraphs, tables and controls: what stands in w:body before its last w:sectPr */
    /* Whole parts too: numbering "/word/numbering.xml", styles "/word/styles.xml", "/docProps/core.xml", "/docProps/custom.xml",
     * "/customXml/item1.xml" (related to the document as "pmId...") with "/customXml/itemProps1.xml". Ours win for docProps and customXml.
     */
};
#define PM_DOCX_FIRST_ID 9001

#endif
