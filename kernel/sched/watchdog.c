/*
 * Lockups (DEBUG=1), told by the tick.
 *
 * Soft: kernel code that has let nobody else run for 2 * watchdog_thresh= (10)
 * seconds: the tick still comes, no schedule() does. Hard: interrupts switched off
 * for more than watchdog_thresh seconds, so that no tick came. On one CPU only an
 * NMI could tell while it lasts; here it is told by the first tick after it,
 * which arrives where they were switched on again.
 *
 * Context: the timer interrupt. All state belongs to its CPU.
 */
#include <linux/irq.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/sysctl.h>
#include <linux/time64.h>
#include <asm/ptrace.h>
#include "sched.h"

int watchdog_thresh = 10;
/* The seconds without a tick that are a hard lockup; twice as many without schedule() are a soft one. 0: no watch. */
core_param(watchdog_thresh, watchdog_thresh, int, 0644);

unsigned long watchdog_touched[NR_SCHED_CPUS];	/* own CPU: jiffies of the last schedule() */
static u64 last_tick[NR_SCHED_CPUS];		/* own CPU: ns; 0: none yet */

static void finish_report(struct pt_regs *regs)
{
	report_stack_from("It was interrupted in a function called from here:", regs->bp);
	report_end();
}

void watchdog_tick(struct rq *rq)
{
	struct pt_regs *regs = get_irq_regs();
	u64 now = sched_clock(), before = last_tick[rq->cpu];
	unsigned int thresh = READ_ONCE(watchdog_thresh), seconds;

	last_tick[rq->cpu] = now;
	if (user_mode(regs) || rq->curr == rq->idle)
		watchdog_touch();
	if (!thresh || !before || report_running())
		return;
	if (now - before > (u64)thresh * NSEC_PER_SEC) {
		seconds = (u32)div_u64(now - before, NSEC_PER_SEC);
		report_begin(regs->ip + 1, "hard lockup: interrupts were off for %u seconds", seconds);
		finish_report(regs);
		watchdog_touch();
	}
	seconds = (jiffies - watchdog_touched[rq->cpu]) / HZ;
	if (seconds < 2 * thresh)
		return;
	watchdog_touch();
	report_begin(regs->ip + 1, "soft lockup: CPU#%u stuck for %u seconds", rq->cpu, seconds);
	finish_report(regs);
}
