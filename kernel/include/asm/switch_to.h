/* Changing the task under the CPU. */
#ifndef ASM_SWITCH_TO_H
#define ASM_SWITCH_TO_H

struct task_struct;

/*
 * __switch_to - run @next's kernel stack instead of @prev's
 * Returns, on @prev's stack, when someone switches back to it: the task that was left then.
 * The caller has loaded @next's address space.
 * Context: scheduler, interrupts off, run-queue lock held.
 */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);

#define switch_to(prev, next, last)	((last) = __switch_to(prev, next))

#endif
