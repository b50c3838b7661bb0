/*
 * thread_info: what the entry code must reach without knowing the task. It
 * lies at the very top of the kernel stack, so that a stack which overflows
 * downwards meets its guard page and not these words:
 *
 *	stack + THREAD_SIZE  ->	struct thread_info
 *				struct pt_regs of the entry from user space
 *				C frames, growing down
 *	stack		     ->	(guard page below)
 *
 * The distance between that pt_regs and thread_info is fixed: the exit path
 * tests the work flags relative to its own frame (entry.asm).
 */
#ifndef ASM_THREAD_INFO_H
#define ASM_THREAD_INFO_H

#include <asm/page.h>

#if DEBUG_BUILD
#define THREAD_SIZE_ORDER	2	/* checkers need deeper stacks */
#else
#define THREAD_SIZE_ORDER	1
#endif
#define THREAD_SIZE		(PAGE_SIZE << THREAD_SIZE_ORDER)

#ifndef __ASSEMBLY__

#include <linux/types.h>
#include <asm/ptrace.h>

struct task_struct;

/* flags are set with atomic bit operations, also by other CPUs; the rest is this stack's own. */
struct thread_info {
	struct task_struct *task;	/* [I] */
	unsigned long flags;		/* [atomic] TIF_* */
	int preempt_count;		/* own CPU only */
	u32 cpu;			/* written by the scheduler that moves the task */
};

/* Bit numbers of thread_info.flags; entry.asm knows those of the return path. */
#define TIF_NOTIFY_RESUME	1
#define TIF_SIGPENDING		2
#define TIF_NEED_RESCHED	3
#define TIF_SYSCALL_TRACE	8
#define TIF_RESTORE_SIGMASK	20
#define TIF_MEMDIE		21

#define _TIF_NOTIFY_RESUME	(1UL << TIF_NOTIFY_RESUME)
#define _TIF_SIGPENDING		(1UL << TIF_SIGPENDING)
#define _TIF_NEED_RESCHED	(1UL << TIF_NEED_RESCHED)
#define _TIF_SYSCALL_TRACE	(1UL << TIF_SYSCALL_TRACE)

/* What makes the return to user space take the slow way. */
#define _TIF_WORK_MASK		(_TIF_NOTIFY_RESUME | _TIF_SIGPENDING | _TIF_NEED_RESCHED)

static inline struct thread_info *current_thread_info(void)
{
	unsigned long sp;

	/* Not volatile: within a function the stack never changes. */
	asm("movl %%esp, %0" : "=r"(sp));
	return (struct thread_info *)((sp & -THREAD_SIZE) + THREAD_SIZE) - 1;
}

/* The thread_info and the user registers of a stack that starts at @stack. */
static inline struct thread_info *stack_thread_info(const void *stack)
{
	return (struct thread_info *)((unsigned long)stack + THREAD_SIZE) - 1;
}

static inline struct pt_regs *stack_pt_regs(const void *stack)
{
	return (struct pt_regs *)stack_thread_info(stack) - 1;
}

/* The user registers of the current task. */
static inline struct pt_regs *current_pt_regs(void)
{
	return (struct pt_regs *)current_thread_info() - 1;
}

#define task_thread_info(task)	stack_thread_info((task)->stack)

#endif /* __ASSEMBLY__ */

#define raw_smp_processor_id()	(current_thread_info()->cpu)
#define smp_processor_id()	raw_smp_processor_id()

#endif
