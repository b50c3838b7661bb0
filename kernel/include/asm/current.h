/* current: the task whose kernel stack this is. */
#ifndef ASM_CURRENT_H
#define ASM_CURRENT_H

#include <asm/thread_info.h>

static inline struct task_struct *get_current(void)
{
	return current_thread_info()->task;
}

#define current get_current()

#endif
