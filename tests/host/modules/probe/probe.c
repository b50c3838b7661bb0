/*
 * Watches a function from outside, as modules for Linux 5.10 do: a kprobe at its start, a kretprobe
 * that says what it returned and how long it took, and the search for what is not exported.
 */
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/sched.h>

static char symbol[NAME_MAX] = "kernel_clone";
module_param_string(symbol, symbol, sizeof(symbol), 0644);

static int __kprobes handler_pre(struct kprobe *p, struct pt_regs *regs)
{
	pr_info("<%s> p->addr = %p, ip = %lx, flags = 0x%lx\n", p->symbol_name, p->addr, regs->ip, regs->flags);
	return 0;
}

static void handler_post(struct kprobe *p, struct pt_regs *regs, unsigned long flags)
{
	pr_info("<%s> done, ip = %lx\n", p->symbol_name, regs->ip);
}
NOKPROBE_SYMBOL(handler_post);

static int handler_fault(struct kprobe *p, struct pt_regs *regs, int trapnr)
{
	pr_info("fault_handler: trap #%d\n", trapnr);
	return 0;
}

static struct kprobe kp = {
	.symbol_name = symbol, .pre_handler = handler_pre, .post_handler = handler_post, .fault_handler = handler_fault,
};

struct call {
	ktime_t entry_stamp;
};

static int entry_handler(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct call *call = (struct call *)ri->data;

	if (!current->mm)
		return 1;
	call->entry_stamp = ktime_get();
	return 0;
}

static int ret_handler(struct kretprobe_instance *ri, struct pt_regs *regs)
{
	struct call *call = (struct call *)ri->data;
	s64 delta = ktime_to_ns(ktime_sub(ktime_get(), call->entry_stamp));

	pr_info("%s returned %lu and took %s time\n", symbol, regs_return_value(regs), delta > 0 ? "some" : "no");
	return 0;
}

static struct kretprobe krp = {
	.handler = ret_handler, .entry_handler = entry_handler, .data_size = sizeof(struct call), .maxactive = 20,
};

static int __init probe_init(void)
{
	struct kprobe finder = { .symbol_name = "kallsyms_lookup_name" };
	unsigned long (*lookup)(const char *name);
	int ret;

	if (register_kprobe(&finder) < 0)
		return -ENOSYS;
	lookup = (unsigned long (*)(const char *))finder.addr;
	unregister_kprobe(&finder);
	pr_info("sys_call_table is %sthere\n", lookup("sys_call_table") ? "" : "not ");

	ret = register_kprobe(&kp);
	if (ret < 0) {
		pr_err("register_kprobe failed, returned %d\n", ret);
		return ret;
	}
	krp.kp.symbol_name = symbol;
	ret = register_kretprobe(&krp);
	if (ret < 0) {
		pr_err("register_kretprobe failed, returned %d\n", ret);
		unregister_kprobe(&kp);
		return ret;
	}
	pr_info("Planted at %s: %px\n", krp.kp.symbol_name, krp.kp.addr);
	return 0;
}

static void __exit probe_exit(void)
{
	unregister_kretprobe(&krp);
	unregister_kprobe(&kp);
	pr_info("Missed probing %d instances of %s\n", krp.nmissed, krp.kp.symbol_name);
}

module_init(probe_init)
module_exit(probe_exit)
MODULE_LICENSE("GPL");
