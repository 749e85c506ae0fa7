/* Prints the field list of pm-incident(5); make regen-schema puts it into the page. */
#include "base/io.h"
#include "incident/schema.h"

int main(void)
{
    struct pm_buf out;
    pm_buf_init(&out, (size_t)1 << 20);
    pm_schema_mdoc(&out);
    enum pm_status status = out.status == PM_OK ? pm_write_stdout(out.data, out.len) : out.status;
    pm_buf_free(&out);
    return status == PM_OK ? 0 : 3;
}
