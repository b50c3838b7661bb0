/*
 * What the system calls itself: uname() and /proc/version read it here.
 *
 * Locks: uts_sem for the two names that can be changed.
 */
#include <generated/utsrelease.h>
#include <linux/export.h>
#include <linux/utsname.h>

DECLARE_RWSEM(uts_sem);

/* C libraries look at the release before they believe in a call. */
struct uts_namespace init_uts_ns = { .name = {
	.sysname = "Linux",
	.nodename = "lectern",
	.release = UTS_RELEASE,
	.version = "#1",
	.machine = "i686",
	.domainname = "(none)",
} };
EXPORT_SYMBOL(init_uts_ns);
