/* The flags of a thread that the return to user space looks at. */
#ifndef LINUX_THREAD_INFO_H
#define LINUX_THREAD_INFO_H

#include <asm/bitops.h>
#include <asm/thread_info.h>

/* Of the current thread. Context: any. */
#define set_thread_flag(flag)		set_bit(flag, &current_thread_info()->flags)
#define clear_thread_flag(flag)		clear_bit(flag, &current_thread_info()->flags)
#define test_thread_flag(flag)		test_bit(flag, &current_thread_info()->flags)
#define test_and_clear_thread_flag(flag) test_and_clear_bit(flag, &current_thread_info()->flags)

/* Of another task, whose stack the caller knows to exist. */
#define set_tsk_thread_flag(tsk, flag)	set_bit(flag, &task_thread_info(tsk)->flags)
#define clear_tsk_thread_flag(tsk, flag) clear_bit(flag, &task_thread_info(tsk)->flags)
#define test_tsk_thread_flag(tsk, flag)	test_bit(flag, &task_thread_info(tsk)->flags)

#define tif_need_resched()		test_thread_flag(TIF_NEED_RESCHED)
#define set_tsk_need_resched(tsk)	set_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define clear_tsk_need_resched(tsk)	clear_tsk_thread_flag(tsk, TIF_NEED_RESCHED)
#define test_tsk_need_resched(tsk)	test_tsk_thread_flag(tsk, TIF_NEED_RESCHED)

#endif
