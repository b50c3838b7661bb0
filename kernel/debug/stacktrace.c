/*
 * Call chains. Every function keeps its caller's frame pointer at ebp and the
 * address it returns to above it, so a chain is a list through the stack.
 *
 * Nothing here takes a lock or trusts what it reads: a chain that leaves its
 * stack or kernel text has ended. Context: any.
 */
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>

#define BACKTRACE_MAX	32

unsigned int stack_trace_save_from(unsigned long ebp, unsigned long *store, unsigned int size)
{
	unsigned long stack = ebp & -THREAD_SIZE, next, ret;
	unsigned int n = 0;

	while (n < size) {
		if (ebp < PAGE_OFFSET || ebp % 4 || (ebp & -THREAD_SIZE) != stack ||
		    ebp - stack > THREAD_SIZE - 2 * sizeof(long))
			break;
		next = ((const unsigned long *)ebp)[0];
		ret = ((const unsigned long *)ebp)[1];
		if (!is_kernel_text(ret))
			break;
		store[n++] = ret;
		if (next <= ebp)
			break;
		ebp = next;
	}
	return n;
}

/* Drops the first @skipnr. */
static unsigned int skip(unsigned long *store, unsigned int n, unsigned int skipnr)
{
	if (skipnr >= n)
		return 0;
	for (unsigned int i = 0; i + skipnr < n; i++)
		store[i] = store[i + skipnr];
	return n - skipnr;
}

noinline unsigned int stack_trace_save(unsigned long *store, unsigned int size, unsigned int skipnr)
{
	unsigned long ebp = (unsigned long)__builtin_frame_address(0);

	return skip(store, stack_trace_save_from(ebp, store, size), skipnr);
}
EXPORT_SYMBOL(stack_trace_save);

unsigned int stack_trace_save_tsk(struct task_struct *task, unsigned long *store,
				  unsigned int size, unsigned int skipnr)
{
	/* switch_stacks() left di, si, bx, bp and its return address. */
	unsigned long ebp = task->thread.sp + 3 * sizeof(long);

	if (task == current)
		return stack_trace_save(store, size, skipnr);
	return skip(store, stack_trace_save_from(ebp, store, size), skipnr);
}
EXPORT_SYMBOL(stack_trace_save_tsk);

void print_address(const char *level, unsigned long addr)
{
	const char *file;
	unsigned int line;

	/* A return address is behind its call: the byte before belongs to it. */
	if (!kallsyms_line(addr - 1, &file, &line))
		printk("%s [<%08lx>] %pB  %s:%u\n", level, addr, (void *)addr, file, line);
	else
		printk("%s [<%08lx>] %pB\n", level, addr, (void *)addr);
}

void stack_trace_print(const char *level, const unsigned long *entries, unsigned int nr_entries)
{
	unsigned int same;

	for (unsigned int i = 0; i < nr_entries; i += same) {
		print_address(level, entries[i]);
		for (same = 1; i + same < nr_entries && entries[i + same] == entries[i]; same++)
			;
		if (same > 1)
			printk("%s  (the same %u times)\n", level, same);
	}
}
EXPORT_SYMBOL(stack_trace_print);

void show_stack_from(unsigned long ebp, const char *level)
{
	unsigned long entries[BACKTRACE_MAX];

	printk("%sCall trace:\n", level);
	stack_trace_print(level, entries, stack_trace_save_from(ebp, entries, BACKTRACE_MAX));
}
