/* Every limit on input and output, in one place; pm-incident(5) repeats them. */
#ifndef PM_LIMITS_H
#define PM_LIMITS_H

#define PM_MAX_DOCUMENT ((size_t)16 << 20)   /* bytes of one YAML document */
#define PM_MAX_SCALAR ((size_t)1 << 20)      /* bytes of one scalar */
#define PM_MAX_DEPTH 64                      /* nesting of sequences and mappings */
#define PM_MAX_NODES ((size_t)1000000)       /* scalars, sequences, mappings of one document */
#define PM_MAX_INPUT ((size_t)1 << 30)       /* bytes of all documents whose source one output carries whole */
#define PM_MAX_OUTPUT ((size_t)2 << 30)      /* bytes of one output */
#define PM_MAX_DIAGS ((size_t)1000)          /* messages kept for one document; the rest is counted */
#define PM_MAX_TABLE_CELLS ((size_t)20000)   /* cells of one Markdown table */
#define PM_MAX_MARKDOWN_DEPTH 32             /* nesting of Markdown blocks and spans */

#endif
