/*
 * <linux/stacktrace.h> - call chains: walked, kept as numbers, printed with names, files and lines.
 */
#ifndef _LINUX_STACKTRACE_H
#define _LINUX_STACKTRACE_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;

/*
 * Fill @store with at most @size return addresses, innermost first, without the
 * first @skipnr; returns how many. Context: any.
 */
unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr);
/* The same for a task that is not running now (its state may change: a torn chain ends early). */
unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store,
				  unsigned int size, unsigned int skipnr);
/* From a saved frame pointer upwards. */
unsigned int stack_trace_save_from(unsigned long ebp, unsigned long *store, unsigned int size);
void stack_trace_print(const char *level, const unsigned long *entries, unsigned int nr_entries);

/* One line: address, name+offset, file:line. @addr is a return address. */
void print_address(const char *level, unsigned long addr);

#endif
