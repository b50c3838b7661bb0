#ifndef _LINUX_UTSNAME_H
#define _LINUX_UTSNAME_H

#include <linux/rwsem.h>
#include <uapi/linux/utsname.h>

struct uts_namespace {
	struct new_utsname name;	/* uts_sem: the two names that can be set */
};

extern struct uts_namespace init_uts_ns;
extern struct rw_semaphore uts_sem;

#define utsname()	(&init_uts_ns.name)
#define init_utsname()	(&init_uts_ns.name)

#endif
