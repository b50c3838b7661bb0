/*
 * <linux/kmemleak.h> - which objects of slabs were allocated and not freed (DEBUG=1).
 *
 *	u32 mark = kmemleak_mark();
 *	…
 *	kmemleak_report(&since);	a report for each place that allocated what is left
 *
 * /proc/leaks does the same by hand. Caches made with SLAB_RECLAIM_ACCOUNT hold
 * what may stay: they are left out.
 * Differences from Linux: nothing is scanned for pointers; an object that is still
 * reachable counts, unless kmemleak_not_leak() was told.
 */
#ifndef _LINUX_KMEMLEAK_H
#define _LINUX_KMEMLEAK_H

#include <linux/stackdepot.h>
#include <linux/types.h>

/* Objects that one task has from one call chain. */
struct leak {
	const char *cache;
	depot_stack_handle_t stack;
	unsigned int pid;		/* LEAK_PID_IRQ: an interrupt */
	unsigned int count;
	unsigned long bytes;
	const void *first;
};

#define LEAK_PID_IRQ	0xFFFF

/* Whose allocations are meant: those after @mark of task @pid, and of tasks from @new_pids on. */
struct leak_filter {
	u32 mark;
	unsigned int pid, new_pids;	/* 0, 0: of all tasks */
	unsigned long text, text_size;	/* not 0: only by code that lies there, or for it */
};

#if DEBUG_BUILD

/* @object of kmalloc() or a cache may stay for ever. Context: any. */
void kmemleak_not_leak(const void *object);
#define kmemleak_ignore(object)	kmemleak_not_leak(object)

u32 kmemleak_mark(void);
/* What @current and the tasks that are still to come will allocate. */
struct leak_filter kmemleak_filter_current(void);
/* The first @size kinds; returns how many there are. Context: process, may sleep. */
unsigned int kmemleak_find(const struct leak_filter *filter, struct leak *leaks, unsigned int size);
/* Reports them, and returns how many objects they are. Context: process, may sleep. */
unsigned int kmemleak_report(const struct leak_filter *filter);

#else

static inline void kmemleak_not_leak(const void *object) { }
static inline void kmemleak_ignore(const void *object) { }
static inline u32 kmemleak_mark(void)
{
	return 0;
}
static inline struct leak_filter kmemleak_filter_current(void)
{
	return (struct leak_filter) { 0 };
}
static inline unsigned int kmemleak_report(const struct leak_filter *filter)
{
	return 0;
}

#endif
#endif
