/*
 * Runs the initcalls, in the order of their levels, within a level in the order
 * of the link. One that fails is reported and the others go on.
 * Context: the init thread, may sleep; the early ones the boot stack.
 */
#include <linux/err.h>
#include <linux/ktime.h>
#include <linux/moduleparam.h>

extern const initcall_t __initcall_start[], __initcall1_start[], __initcall_end[];

bool initcall_debug;
/* Each step of the bring-up is named, with its result and how long it took. */
core_param(initcall_debug, initcall_debug, bool, 0644);

/* One that leaves a lock held or interrupts off would break the next one. */
int do_one_initcall(initcall_t fn)
{
	int count = preempt_count(), err;
	ktime_t start = ktime_get();

	err = fn();
	if (initcall_debug)
		pr_info("initcall %ps returned %d after %lld us\n", fn, err,
			ktime_us_delta(ktime_get(), start));
	WARN(preempt_count() != count, "initcall %ps: preempt_count was %d, is %d\n", fn, count,
	     preempt_count());
	return err;
}

static void __init run_initcall(initcall_t fn)
{
	int err = do_one_initcall(fn);

	if (err && err != -ENODEV && !initcall_debug)
		pr_warn("initcall %ps failed: %pe\n", fn, ERR_PTR(err));
}

void __init do_early_initcalls(void)
{
	for (const initcall_t *fn = __initcall_start; fn < __initcall1_start; fn++)
		run_initcall(*fn);
}

void __init do_initcalls(void)
{
	for (const initcall_t *fn = __initcall1_start; fn < __initcall_end; fn++)
		run_initcall(*fn);
}
