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
#include <linux/moduleparam.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <asm/ptrace.h>
#include <asm/smp.h>
#include <asm/traps.h>
#include "printk.h"

struct atomic_notifier_head panic_notifier_list;
EXPORT_SYMBOL(panic_notifier_list);

int oops_in_progress;			/* own CPU nests; others only read it */
int panic_timeout;
core_param(panic, panic_timeout, int, 0644);
int panic_on_oops;
core_param(oops_panics, panic_on_oops, int, 0644);
const char *panic_reason;
u64 panic_first_record;
unsigned int warn_count;
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

/* Out of the emulator, or a reboot in panic=N seconds (at once below 0), or a halt. */
static void __noreturn panic_end(void)
{
	debug_exit(GUEST_EXIT_PANIC);
	for (int i = 0; i < panic_timeout; i++)
		mdelay(1000);
	if (panic_timeout)
		machine_restart(NULL);
	machine_halt();
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
	const char *file;
	unsigned int line;

	if (!oops_in_progress)
		panic_first_record = printk_next_seq();
	oops_enter();
	pr_emerg("Oops: %s: %04lx [#%d]\n", what, error_code & 0xffff, ++oops_count);
	print_task(KERN_EMERG);
	if (!kallsyms_line(regs->ip, &file, &line))
		pr_emerg("at %s:%u\n", file, line);
	show_regs(regs);
	show_stack_from(regs->bp, KERN_EMERG);
	add_taint(TAINT_DIE, LOCKDEP_NOW_UNRELIABLE);
	if (in_interrupt())
		panic("fatal exception in interrupt: %s", what);
	if (panic_on_oops || preempt_count() || current->pid <= 1 || current->flags & PF_KTHREAD)
		panic("fatal exception: %s", what);
	panic_first_record = 0;
	oops_exit();
	do_exit(SIGSEGV);
}

static struct bug_entry *find_bug(unsigned long ip)
{
	extern struct bug_entry __start___bug_table[], __stop___bug_table[];

	for (struct bug_entry *bug = __start___bug_table; bug < __stop___bug_table; bug++)
		if (bug->addr == ip)
			return bug;
	return NULL;
}

void __warn_printk(const char *fmt, ...)
{
	va_list args;

	pr_warn("------------[ cut here ]------------\n");
	va_start(args, fmt);
	vprintk(fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(__warn_printk);

int fixup_bug(struct pt_regs *regs)
{
	struct bug_entry *bug = find_bug(regs->ip);

	if (!bug)
		return 0;
	if (!(bug->flags & BUGFLAG_WARNING)) {
		pr_emerg("------------[ cut here ]------------\n");
		pr_emerg("kernel BUG at %s:%u\n", bug->file, bug->line);
		return 0;
	}
	regs->ip += BUG_UD2_LENGTH;
	if (bug->flags & BUGFLAG_DONE)
		return 1;
	if (bug->flags & BUGFLAG_ONCE)
		bug->flags |= BUGFLAG_DONE;
	warn_count++;
	if (!(bug->flags & BUGFLAG_NO_CUT_HERE))
		pr_warn("------------[ cut here ]------------\n");
	pr_warn("WARNING: at %s:%u %pS\n", bug->file, bug->line, (void *)bug->addr);
	print_task(KERN_WARNING);
	show_stack_from(regs->bp, KERN_WARNING);
	add_taint(TAINT_WARN, LOCKDEP_STILL_OK);
	return 1;
}
