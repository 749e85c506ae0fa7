/* The style sheet and the script of every page, ASCII with a NUL behind it: templates/html/, compiled in. */
#ifndef PM_HTML_FILES_H
#define PM_HTML_FILES_H

extern const char pm_html_css[], pm_html_js[];

#endif
