/*
 * <linux/debugobjects.h> - objects that others will call on: timers, work items.
 *
 * Whoever puts one on a queue says so (debug_object_activate), whoever takes it
 * off, too. In between it must neither be freed nor initialised: a report tells
 * who tried, and who had started it. DEBUG=1 only; otherwise nothing is left.
 *
 * Differences from Linux: only active objects are remembered, so most of its
 * states are absent.
 */
#ifndef _LINUX_DEBUGOBJECTS_H
#define _LINUX_DEBUGOBJECTS_H

#include <linux/types.h>

struct debug_obj_descr {
	const char *name;		/* "timer" */
	void *(*debug_hint)(void *addr); /* the function that would be called */
	void (*cancel)(void *addr);	/* takes it off its queue; context: any */
};

/* What is known of an object. */
#define ODEBUG_UNKNOWN	(-1)		/* the table was full once */
#define ODEBUG_INACTIVE	0
#define ODEBUG_ACTIVE	1

#if DEBUG_BUILD
/* Context of all: any; the lock of the object's queue may be held, but for the reporting ones. */
void debug_object_activate(void *addr, const struct debug_obj_descr *descr);
void debug_object_deactivate(void *addr);
int debug_object_state(const void *addr);
/* Reports @mistake, a word as "use", with the object; where: the caller of the caller. */
void debug_object_report(const char *mistake, void *addr, const struct debug_obj_descr *descr);
/* Called before it is initialised: reports and cancels it if it is active. */
void debug_object_init(void *addr, const struct debug_obj_descr *descr);
struct module;
/* A module goes: reports and cancels what is active in it, or would call it. How many. */
unsigned int debug_objects_of_module(const struct module *mod);
/* Called before @size bytes are freed: reports and cancels what is active in them. */
void debug_check_no_obj_freed(const void *address, unsigned long size);
#else
#define debug_object_activate(addr, descr)	do { } while (0)
#define debug_object_deactivate(addr)		do { } while (0)
#define debug_object_state(addr)		ODEBUG_UNKNOWN
#define debug_object_report(mistake, addr, descr) do { } while (0)
#define debug_object_init(addr, descr)		do { } while (0)
#define debug_check_no_obj_freed(address, size)	do { } while (0)
#define debug_objects_of_module(mod)		0
#endif

#endif
