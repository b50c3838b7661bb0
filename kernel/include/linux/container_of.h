#ifndef _LINUX_CONTAINER_OF_H
#define _LINUX_CONTAINER_OF_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/stddef.h>

/* The struct of `type` whose `member` ptr points at. */
#define container_of(ptr, type, member) ({				\
	void *__mptr = (void *)(ptr);					\
	_Static_assert(__same_type(*(ptr), ((type *)0)->member) ||	\
		       __same_type(*(ptr), void), "container_of: pointer type"); \
	((type *)(__mptr - offsetof(type, member))); })

#endif
