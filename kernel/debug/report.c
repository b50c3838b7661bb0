/*
 * Reports: see <linux/report.h>.
 *
 * One CPU reports at a time. The word `reporter` is its lock; it is a bare one,
 * for a report comes from anywhere, also from the code of the locks.
 */
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/timekeeping.h>
#include <asm/thread_info.h>
#include "printk.h"

#define NOBODY	(-1)

static int reporter = NOBODY;		/* [atomic] the CPU inside a report: its holder is r */
static unsigned long reporter_flags;	/* [r] interrupt flag to put back */
static char what[160];			/* [r] */
static const char *expected;		/* set by the one test that runs */
static unsigned int expected_seen;	/* [r] */

unsigned int report_count;		/* [r] */
void (*report_held_locks)(void);	/* set once */
void (*report_all_locks)(void);		/* set once */

bool report_running(void)
{
	return READ_ONCE(reporter) == (int)smp_processor_id() || oops_in_progress;
}
EXPORT_SYMBOL_GPL(report_running);

unsigned int report_expect(const char *part)
{
	WRITE_ONCE(expected, part);
	return xchg(&expected_seen, 0);
}
EXPORT_SYMBOL(report_expect);

bool report_expecting(void)
{
	return READ_ONCE(expected) != NULL;
}

bool report_first(unsigned long place)
{
	static unsigned long places[64];	/* [atomic] 0: free */

	if (report_expecting())
		return true;
	for (unsigned int i = 0; i < ARRAY_SIZE(places); i++) {
		unsigned long old = cmpxchg(&places[i], 0, place);

		if (old == place)
			return false;
		if (!old)
			return true;
	}
	pr_warn_once("too many places were reported: no new ones\n");
	return false;
}

static const char *context(void)
{
	if (in_irq())
		return "hard interrupt";
	return in_softirq() ? "bottom half" : "process";
}

static void print_first_line(const struct report_place *place, bool is_return)
{
	const char *severity = place->severity ?: "BUG", *file = place->file, *before = "";
	unsigned int line = place->line;

	if (expected && strstr(what, expected)) {
		expected_seen++;
		before = "expected ";
	} else {
		report_count++;
	}
	if (is_return)
		pr_emerg("%s%s: %s: %pB", before, severity, what, (void *)place->ip);
	else
		pr_emerg("%s%s: %s: %pS", before, severity, what, (void *)place->ip);
	if (file || !kallsyms_line(place->ip - is_return, &file, &line))
		pr_cont("  %s:%u", file, line);
	pr_cont("\n");
}

/* Before the report; and before the lock checker, if it was at work. */
static bool irqs_on(void)
{
#if DEBUG_BUILD
	if (current->lockdep.flags & X86_EFLAGS_IF)
		return true;
#endif
	return reporter_flags & X86_EFLAGS_IF;
}

static void print_circumstances(void)
{
	u64 now = local_clock();
	u32 ns = do_div(now, NSEC_PER_SEC);

	report_line("who: PID %d (%s), CPU %u, %s context, interrupts %s, preempt_count %x%s",
		    task_pid_nr(current), current->comm, smp_processor_id(), context(),
		    irqs_on() ? "on" : "off", preempt_count(), get_taint() ? ", tainted" : "");
	report_line("when: %llu.%06u s after power-on", now, ns / 1000);
	if (report_held_locks)
		report_held_locks();
}

/* is_return: place->ip is behind a call, not in front of an instruction. */
static void begin(const struct report_place *place, bool is_return, const char *fmt, va_list args)
{
	unsigned long flags;
	int cpu;

	local_irq_save(flags);
	cpu = smp_processor_id();
	if (reporter == cpu)
		panic("a fault inside the report of another: %s", what);
	while (cmpxchg(&reporter, NOBODY, cpu) != NOBODY)
		cpu_relax();
	reporter_flags = flags;
	vscnprintf(what, sizeof(what), fmt, args);
	print_first_line(place, is_return);
	print_circumstances();
}

void report_begin(unsigned long ip, const char *fmt, ...)
{
	const struct report_place place = { .ip = ip };
	va_list args;

	va_start(args, fmt);
	begin(&place, true, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(report_begin);

void report_begin_at(const struct report_place *place, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	begin(place, false, fmt, args);
	va_end(args);
}
EXPORT_SYMBOL(report_begin_at);

void report_line(const char *fmt, ...)
{
	struct va_format vaf = { .fmt = fmt };
	va_list args;

	va_start(args, fmt);
	vaf.va = &args;
	pr_emerg(" %pV\n", &vaf);
	va_end(args);
}
EXPORT_SYMBOL(report_line);

#define REPORT_DEPTH	16

void report_stack_from(const char *title, unsigned long ebp)
{
	unsigned long entries[REPORT_DEPTH];

	report_line("%s", title);
	stack_trace_print(KERN_EMERG, entries, stack_trace_save_from(ebp, entries, REPORT_DEPTH));
}

void report_stack_here(const char *title)
{
	report_stack_from(title, (unsigned long)__builtin_frame_address(0));
}

void report_saved_stack(const char *title, depot_stack_handle_t handle)
{
	const unsigned long *entries;
	unsigned int n = stack_depot_fetch(handle, &entries);

	report_line("%s", title);
	if (n)
		stack_trace_print(KERN_EMERG, entries, n);
	else
		report_line(" (not kept)");
}

void report_end(void)
{
	unsigned long flags = reporter_flags;

	pr_emerg("---[ end of the report: %s ]---\n", what);
	smp_store_release(&reporter, NOBODY);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(report_end);
