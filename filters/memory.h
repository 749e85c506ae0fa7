/* The heap of a program that makes large documents, or many. */
#ifndef PM_MEMORY_H
#define PM_MEMORY_H

/* Lets the first megabytes of the heap be one huge page where the system has those, and keeps what was given back. To be called before
 * anything asks for memory. Elsewhere it does nothing. */
void pm_prepare_memory(void);

/* Gives back to the system what is not in use, before much else is asked for. */
void pm_release_memory(void);

/* Keeps what was given back, for those to whom incident after incident comes and goes. Elsewhere it does nothing. */
void pm_keep_memory(void);

#endif
