/*
 * When it ends: panic(), the oops of a kernel fault, BUG() and WARN().
 *
 *	panic()	reason, task, backtrace, hooks; then out of the emulator, a
 *		reboot after panic=N seconds, or a halt
 *	die()	a fault in kernel mode: kills the process it happened to, where
 *		there is one that may be spared, else panic()
 *
 * Everything here runs in any context, with any lock held by anyone.
 */
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/guest_channel.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module_tables.h>
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>
#include <asm/traps.h>
#include "printk.h"

struct atomic_notifier_head panic_notifier_list;
EXPORT_SYMBOL(panic_notifier_list);

int oops_in_progress;			/* own CPU nests; others only read it */
int panic_timeout;
/* What follows a panic: N seconds, then a reboot; below 0 at once; 0: out of the emulator, or a halt. */
core_param(panic, panic_timeout, int, 0644);
int panic_on_oops;			/* oops=panic */
int panic_on_warn;
/* 1: a WARN is a panic. */
core_param(panic_on_warn, panic_on_warn, int, 0644);
const char *panic_reason;
u64 panic_first_record;
enum system_states system_state;

static unsigned long tainted_mask;	/* bits are only ever set */

void add_taint(unsigned int flag, int lockdep_ok)
{
	set_bit(flag, &tainted_mask);
}
EXPORT_SYMBOL(add_taint);

unsigned long get_taint(void)
{
	return tainted_mask;
}

static void print_task(const char *level)
{
	printk("%sCPU: %u PID: %d Comm: %.16s%s\n", level, smp_processor_id(), current->pid,
	       current->comm, tainted_mask ? " Tainted" : "");
}

void dump_stack(void)
{
	print_task(KERN_DEFAULT);
	show_stack_from((unsigned long)__builtin_frame_address(0), KERN_DEFAULT);
}
EXPORT_SYMBOL(dump_stack);

void oops_enter(void)
{
	oops_in_progress++;
	console_verbose();
}

void oops_exit(void)
{
	oops_in_progress--;
}

/* oops=panic: an oops ends the machine, not just its task. */
static int __init oops_setup(char *value)
{
	panic_on_oops = value && !strcmp(value, "panic");
	return 1;
}
__setup("oops=", oops_setup);

/* A reboot in panic=N seconds, at once below 0; without it out of the emulator, or a halt. */
static void __noreturn panic_end(void)
{
	if (!panic_timeout) {
		debug_exit(GUEST_EXIT_PANIC);
		machine_halt();
	}
	if (panic_timeout > 0)
		pr_emerg("reboot in %d seconds\n", panic_timeout);
	for (int i = 0; i < panic_timeout; i++)
		mdelay(1000);
	machine_restart(NULL);
}

void panic(const char *fmt, ...)
{
	static char reason[512];
	static int panicking;
	va_list args;

	local_irq_disable();
	preempt_disable();
	/* A panic within a panic: say nothing more, end. */
	if (xchg(&panicking, 1))
		panic_end();
	oops_enter();
	printk_bust_locks();
	va_start(args, fmt);
	vscnprintf(reason, sizeof(reason), fmt, args);
	va_end(args);
	strim(reason);
	if (!panic_first_record)
		panic_first_record = printk_next_seq();
	panic_reason = reason;
	pr_emerg("Kernel panic: %s\n", reason);
	print_task(KERN_EMERG);
	show_stack_from((unsigned long)__builtin_frame_address(0), KERN_EMERG);
	atomic_notifier_call_chain(&panic_notifier_list, 0, reason);
	pr_emerg("---[ end of the panic: %s ]---\n", reason);
	panic_end();
}
EXPORT_SYMBOL(panic);

void die(const char *what, struct pt_regs *regs, long error_code)
{
	static int oops_count;
	bool nested = oops_in_progress;
	struct report_place place = { .ip = regs->ip };

	/* A jump to nowhere: its call left the way back on the stack. */
	if (!is_kernel_text(place.ip))
		place.ip = *(unsigned long *)kernel_stack_pointer(regs) - 1;
	if (!nested)
		panic_first_record = printk_next_seq();
	report_begin_at(&place, "%s", what);
	oops_enter();
	report_line("oops: number %d, error code %04lx", ++oops_count, error_code & 0xffff);
	show_regs(regs);
	report_stack_from("Call trace:", regs->bp);
	report_end();
	add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	if (nested)
		panic("a fault on the way down: %s", what);
	if (in_interrupt())
		panic("fatal exception in interrupt: %s", what);
	if (panic_on_oops || current->tgid <= 1)
		panic("fatal exception: %s", what);
	panic_first_record = 0;
	oops_exit();
	make_task_dead(SIGSEGV);
}

static struct bug_entry *find_bug(unsigned long ip)
{
	extern struct bug_entry __start___bug_table[], __stop___bug_table[];

	for (struct bug_entry *bug = __start___bug_table; bug < __stop___bug_table; bug++)
		if (bug->addr == ip)
			return bug;
	return module_tables ? module_tables->find_bug(ip) : NULL;
}

/* Ends the report of a warning. */
static void warned(unsigned long ebp)
{
	report_stack_from("Call trace:", ebp);
	report_end();
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	if (panic_on_warn && !report_running()) {
		panic_on_warn = 0;
		panic("a warning, and panic_on_warn is set");
	}
}

void __warn_printk(const char *fmt, ...)
{
	struct report_place place = { .severity = "WARNING", .ip = _RET_IP_ - 1 };
	char text[128];
	va_list args;

	va_start(args, fmt);
	vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	strim(text);
	if (report_running()) {
		pr_warn("within a report: %s\n", text);
		return;
	}
	report_begin_at(&place, "%s", text);
	warned((unsigned long)__builtin_frame_address(0));
}
EXPORT_SYMBOL(__warn_printk);

int fixup_bug(struct pt_regs *regs)
{
	struct bug_entry *bug = find_bug(regs->ip);
	struct report_place place = { .severity = "WARNING", .ip = regs->ip };
	char text[96];

	if (!bug)
		return 0;
	place.file = bug->file;
	place.line = bug->line;
	if (!(bug->flags & BUGFLAG_WARNING)) {
		scnprintf(text, sizeof(text), "kernel BUG%s", bug_condition(bug));
		die(text, regs, 0);
	}
	regs->ip += BUG_UD2_LENGTH;
	if (bug->flags & BUGFLAG_DONE)
		return 1;
	if (bug->flags & BUGFLAG_ONCE)
		bug->flags |= BUGFLAG_DONE;
	if (report_running()) {
		pr_warn("within a report: WARN_ON%s at %s:%u\n", bug_condition(bug),
			bug->file, bug->line);
		return 1;
	}
	report_begin_at(&place, "WARN_ON%s", bug_condition(bug));
	warned(regs->bp);
	return 1;
}
