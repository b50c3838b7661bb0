/*
 * <linux/stackdepot.h> - call chains kept once each, named by a number.
 *
 * A checker that remembers who allocated each object cannot keep a chain a
 * object; but there are few different ones. A handle is never given back.
 * DEBUG=1 only: without it a handle is always 0.
 */
#ifndef _LINUX_STACKDEPOT_H
#define _LINUX_STACKDEPOT_H

#include <linux/types.h>

typedef u32 depot_stack_handle_t;

#if DEBUG_BUILD
/* Returns 0 when the depot is full (said once). Context: any; it never allocates. */
depot_stack_handle_t stack_depot_save(const unsigned long *entries, unsigned int nr_entries);
/* The chain of the caller, without the first @skipnr functions. */
depot_stack_handle_t stack_depot_save_here(unsigned int skipnr);
/* Returns the number of entries and sets *entries; 0 for handle 0. */
unsigned int stack_depot_fetch(depot_stack_handle_t handle, const unsigned long **entries);
#else
static inline depot_stack_handle_t stack_depot_save_here(unsigned int skipnr)
{
	return 0;
}
static inline unsigned int stack_depot_fetch(depot_stack_handle_t handle,
					     const unsigned long **entries)
{
	return 0;
}
#endif

#endif
