#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <linux/rwsem.h>
#include <uapi/linux/utsname.h>

extern struct new_utsname init_utsname_value;	/* uts_sem: the two names that can be set */
extern struct rw_semaphore uts_sem;

#define utsname()	(&init_utsname_value)
#define init_utsname()	(&init_utsname_value)

#endif
