/* What opc.c and opc_read.c share. */
#ifndef PM_OPC_INTERNAL_H
#define PM_OPC_INTERNAL_H

#include "package/opc.h"

#define PM_OPC_TYPES_NAME "[Content_Types].xml"
#define PM_OPC_TYPES_URI "http://schemas.openxmlformats.org/package/2006/content-types"
#define PM_OPC_RELATIONS_URI "http://schemas.openxmlformats.org/package/2006/relationships"

enum { PM_OPC_MAX_ENTRIES = 10000 };
#define PM_OPC_MAX_BYTES ((size_t)256 << 20)   /* inflated, all parts */

int pm_opc_name_cmp(struct pm_str a, struct pm_str b);   /* ASCII letters alike in case */

#endif
