/* The heap of a program that makes large documents. */
#ifndef PM_MEMORY_H
#define PM_MEMORY_H

/* Lets the first megabytes of the heap be one huge page where the system has those, and keeps what was given back. To be called before
 * anything asks for memory. Elsewhere it does nothing. */
void pm_prepare_memory(void);

#endif
