/* libxml2, which is loaded when something is first read by it: with the libraries that it needs (ICU) that takes longer than making a
 * document, and only a reference document must be read.
 *
 * The functions are called by their own names, once pm_libxml_load() was true. Configured with --disable-lazy-libraries they are linked as
 * those of any library. */
#ifndef PM_LIBXML_H
#define PM_LIBXML_H

#include <libxml/parser.h>
#include <stdbool.h>

/* Whether the functions below can be called; loads them when first asked. */
bool pm_libxml_load(void);

/* PM_LIBXML_LIBRARY: the file name of the library to load. */
#ifdef PM_LIBXML_LIBRARY

/* Each has a row here and one below. */
#define PM_LIBXML_FUNCTIONS(X) \
    X(xmlCtxtGetLastError) X(xmlCtxtReadMemory) X(xmlDocGetRootElement) X(xmlFreeDoc) X(xmlFreeParserCtxt) X(xmlGetLastError) \
    X(xmlNewParserCtxt) X(xmlNodeListGetString) X(xmlResetLastError) X(xmlSetGenericErrorFunc)

struct pm_libxml {
#define PM_LIBXML_MEMBER(name) __typeof__(name) *name;
    PM_LIBXML_FUNCTIONS(PM_LIBXML_MEMBER)
#undef PM_LIBXML_MEMBER
};

/* All NULL before they are loaded. */
extern struct pm_libxml pm_libxml;

#define xmlCtxtGetLastError pm_libxml.xmlCtxtGetLastError
#define xmlCtxtReadMemory pm_libxml.xmlCtxtReadMemory
#define xmlDocGetRootElement pm_libxml.xmlDocGetRootElement
#define xmlFreeDoc pm_libxml.xmlFreeDoc
#define xmlFreeParserCtxt pm_libxml.xmlFreeParserCtxt
#define xmlGetLastError pm_libxml.xmlGetLastError
#define xmlNewParserCtxt pm_libxml.xmlNewParserCtxt
#define xmlNodeListGetString pm_libxml.xmlNodeListGetString
#define xmlResetLastError pm_libxml.xmlResetLastError
#define xmlSetGenericErrorFunc pm_libxml.xmlSetGenericErrorFunc

#endif
#endif
