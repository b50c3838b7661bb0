/*
 * <linux/preempt.h> - who may be switched away from, and in which context we run.
 *
 * One word a task, preempt_count in its thread_info, written only by the task
 * itself and by interrupts that run on its stack and put it back:
 *
 *   bits 0-7    depth of preempt_disable(), one for each spinlock held
 *   bits 8-15   depth of bottom halves switched off or running
 *   bits 16-19  depth of hardware interrupts
 *
 * Any bit set = atomic: schedule() is a bug.  Kernel mode is not preempted
 * by the tick; user mode is, on the way back to it.
 */
#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/compiler.h>
#include <asm/irqflags.h>
#include <asm/thread_info.h>

#define PREEMPT_BITS	8
#define SOFTIRQ_BITS	8
#define HARDIRQ_BITS	4

#define PREEMPT_OFFSET	1
#define SOFTIRQ_OFFSET	(PREEMPT_OFFSET << PREEMPT_BITS)
#define SOFTIRQ_DISABLE_OFFSET (2 * SOFTIRQ_OFFSET)	/* so that the lowest bit says: one runs */
#define HARDIRQ_OFFSET	(SOFTIRQ_OFFSET << SOFTIRQ_BITS)

#define SOFTIRQ_MASK	(HARDIRQ_OFFSET - SOFTIRQ_OFFSET)
#define HARDIRQ_MASK	(((1 << HARDIRQ_BITS) - 1) * HARDIRQ_OFFSET)

static inline int preempt_count(void)
{
	return current_thread_info()->preempt_count;
}

static inline void __preempt_count_add(int val)
{
	current_thread_info()->preempt_count += val;
	barrier();
}

static inline void __preempt_count_sub(int val)
{
	barrier();
	current_thread_info()->preempt_count -= val;
}

#if DEBUG_BUILD
/* kernel/debug/spinlock.c: these remember who made it nonzero, and tell who went below 0. */
extern void preempt_count_add(int val);
extern void preempt_count_sub(int val);
#else
#define preempt_count_add(val)		__preempt_count_add(val)
#define preempt_count_sub(val)		__preempt_count_sub(val)
#endif

#define preempt_disable()		preempt_count_add(PREEMPT_OFFSET)
#define preempt_enable()		preempt_count_sub(PREEMPT_OFFSET)
#define preempt_enable_no_resched()	preempt_count_sub(PREEMPT_OFFSET)

#define hardirq_count()		(preempt_count() & HARDIRQ_MASK)
#define softirq_count()		(preempt_count() & SOFTIRQ_MASK)
#define in_irq()		(hardirq_count() != 0)
#define in_hardirq()		in_irq()
#define in_softirq()		(softirq_count() != 0)
#define in_serving_softirq()	((softirq_count() & SOFTIRQ_OFFSET) != 0)
#define in_interrupt()		((preempt_count() & (HARDIRQ_MASK | SOFTIRQ_MASK)) != 0)
#define in_task()		(!in_interrupt())
#define in_atomic()		(preempt_count() != 0)

#endif
