#ifndef _LINUX_FUTEX_H
#define _LINUX_FUTEX_H

#include <linux/types.h>
#include <uapi/linux/futex.h>

struct task_struct;

/* Let go of the robust list's locks.  Context: the task itself, with its address space. */
extern void futex_exit_release(struct task_struct *task);
/* Wake up to @nr sleepers on the word at @uaddr. */
extern int futex_wake(u32 __user *uaddr, unsigned int flags, int nr, u32 bitset);

#endif
