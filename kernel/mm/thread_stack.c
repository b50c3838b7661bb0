/*
 * thread_stack.c - kernel stacks: vmalloc areas, so that an overflow meets an
 * unmapped page at once instead of somebody else's data.
 *
 * Making one costs an area and page-table writes, and every fork needs one, so
 * a few freed stacks are kept mapped. A dead task's stack is freed by somebody
 * else (one cannot free the stack one stands on), perhaps where sleeping is
 * not allowed: stacks over the limit wait on a second list until the next
 * allocation, or reclaim, gives them back.
 *
 * DEBUG=1 fills each stack, so that what is still as it was has never been used.
 *
 * Locks: stack_lock, irq-safe. The list word lies in the stack's lowest word.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kasan.h>
#include <linux/shrinker.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <linux/vmstat.h>
#include <asm/thread_info.h>
#include "internal.h"

#define STACKS_KEPT	8
#define STACK_FILL	0x57u	/* a byte of a stack that was never used */

struct free_stack {
	struct free_stack *next;
};

static DEFINE_SPINLOCK(stack_lock);
static struct free_stack *free_stacks;		/* [stack_lock] */
static unsigned int nr_free_stacks;		/* [stack_lock] */

static void *pop_stack(unsigned int keep)
{
	struct free_stack *stack = NULL;
	unsigned long flags;

	spin_lock_irqsave(&stack_lock, flags);
	if (nr_free_stacks > keep) {
		stack = free_stacks;
		free_stacks = stack->next;
		nr_free_stacks--;
	}
	spin_unlock_irqrestore(&stack_lock, flags);
	return stack;
}

static unsigned long release_stacks(unsigned int keep)
{
	unsigned long released = 0;
	void *stack;

	while ((stack = pop_stack(keep)) != NULL) {
		vfree(stack);
		released++;
	}
	return released;
}

void *alloc_thread_stack(void)
{
	void *stack = pop_stack(0);

	if (unlikely(READ_ONCE(nr_free_stacks) > STACKS_KEPT))
		release_stacks(STACKS_KEPT);
	if (!stack)
		stack = vmalloc_stack(THREAD_SIZE);
	if (!stack)
		return NULL;
	inc_node_page_state(NR_KERNEL_STACK);
	kasan_unpoison(stack, THREAD_SIZE);	/* its last task left it in mid-function */
	if (DEBUG_BUILD)
		memset(stack, STACK_FILL, THREAD_SIZE);
	return stack;
}

#if DEBUG_BUILD
unsigned long thread_stack_unused(const void *stack)
{
	unsigned long count = THREAD_SIZE / sizeof(u32);
	const u32 *word = stack;

	/* By hand: no checker is to look at reads below the stack pointer. */
	asm volatile("repe scasl" : "+D"(word), "+c"(count)
		     : "a"(STACK_FILL * 0x01010101u) : "memory", "cc");
	return (unsigned long)(word - 1) - (unsigned long)stack;
}
#endif

void free_thread_stack(void *addr)
{
	struct free_stack *stack = addr;
	unsigned long flags;

	debug_check_no_obj_freed(addr, THREAD_SIZE);
	dec_node_page_state(NR_KERNEL_STACK);
	spin_lock_irqsave(&stack_lock, flags);
	stack->next = free_stacks;
	free_stacks = stack;
	nr_free_stacks++;
	spin_unlock_irqrestore(&stack_lock, flags);
}

/*
 * An unmapped page right below a mapped multiple of THREAD_SIZE: asked by fault
 * reports only, so it takes no lock and may err about neighbours of other areas.
 */
bool is_stack_guard(unsigned long addr)
{
	unsigned long above = (addr & PAGE_MASK) + PAGE_SIZE;

	return !(above & (THREAD_SIZE - 1)) && vmalloc_to_page((void *)above) &&
	       !vmalloc_to_page((void *)addr);
}

static unsigned long count_stacks(struct shrinker *shrinker, struct shrink_control *sc)
{
	return READ_ONCE(nr_free_stacks);
}

static unsigned long scan_stacks(struct shrinker *shrinker, struct shrink_control *sc)
{
	return release_stacks(0);
}

static struct shrinker stack_shrinker = {
	.count_objects = count_stacks,
	.scan_objects = scan_stacks,
	.seeks = DEFAULT_SEEKS,
};

static int __init thread_stack_init(void)
{
	return register_shrinker(&stack_shrinker);
}
core_initcall(thread_stack_init);
