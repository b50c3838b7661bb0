/*
 * <linux/lkdtm.h> - crimes that a checker must see, by name.
 *
 *	static void sleep_in_spinlock(void) { ... }
 *	lkdtm_type(SLEEP_IN_SPINLOCK, sleep_in_spinlock);
 */
#ifndef _LINUX_LKDTM_H
#define _LINUX_LKDTM_H

#include <linux/compiler.h>

struct lkdtm_type {
	const char *name;
	void (*commit)(void);		/* process context; may not return */
};

#define lkdtm_type(type, fn)							\
	static const struct lkdtm_type __lkdtm_##type __used			\
		__section("lkdtm_types") = { .name = #type, .commit = fn }

/* Commits it: 0, or -EINVAL for a name that is none. Context: process. */
int lkdtm_commit(const char *name);
/* The names, in the order of linking; NULL at the end. */
const char *lkdtm_name(unsigned int nr);

#endif
