/*
 * An address space to test in: the case runs in it instead of its own, so user
 * addresses can be mapped, touched and thrown away.
 */
#ifndef TEST_MM_H
#define TEST_MM_H

#include <linux/irqflags.h>
#include <linux/mman.h>
#include <linux/mm.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/uaccess.h>
#include <asm/tlbflush.h>

/* What the task ran in before. */
struct test_mm {
	struct mm_struct *mm, *old, *old_active;
};

static inline void load_mm(struct mm_struct *mm, struct mm_struct *active)
{
	unsigned long flags;

	local_irq_save(flags);
	switch_mm(current->active_mm, active, current);
	current->mm = mm;
	current->active_mm = active;
	local_irq_restore(flags);
}

static inline bool enter_test_mm(struct test_mm *state)
{
	state->mm = mm_alloc();
	state->old = current->mm;
	state->old_active = current->active_mm;
	if (!state->mm)
		return false;
	arch_pick_mmap_layout(state->mm, 8 << 20);
	load_mm(state->mm, state->mm);
	return true;
}

static inline void leave_test_mm(struct test_mm *state)
{
	load_mm(state->old, state->old_active);
	mmput(state->mm);
}

static inline unsigned long map_anon(unsigned long addr, unsigned long len, unsigned long flags)
{
	return vm_mmap(NULL, addr, len, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | flags, 0);
}

/* A word of it: 0 or -EFAULT; what is there or -EFAULT. */
static inline int poke(unsigned long addr, int value)
{
	return put_user(value, (int __user *)addr);
}

static inline int peek(unsigned long addr)
{
	int value = -1;

	return get_user(value, (int __user *)addr) ? -EFAULT : value;
}

#endif
