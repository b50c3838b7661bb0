/*
 * Crimes against time (DEBUG=1): each ends by itself once it has been told,
 * so that the machine can be put away in order; all but the spinlock's.
 */
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/lkdtm.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/sched/sysctl.h>
#include <linux/spinlock.h>
#include <linux/timekeeping.h>
#include <asm/special_insns.h>
#include <asm/processor.h>

static void lkdtm_hung_task(void)
{
	schedule_timeout_uninterruptible((sysctl_hung_task_timeout_secs + 3) * HZ);
}
lkdtm_type(HUNG_TASK, lkdtm_hung_task);

static void lkdtm_softlockup(void)
{
	unsigned long end = jiffies + (2 * watchdog_thresh + 1) * HZ;

	preempt_disable();
	while (time_before(jiffies, end))
		cpu_relax();
	preempt_enable();
}
lkdtm_type(SOFTLOCKUP, lkdtm_softlockup);

static void lkdtm_hardlockup(void)
{
	u64 length = (u64)tsc_khz * 1000 * (watchdog_thresh + 1), start = rdtsc();
	unsigned long flags;

	local_irq_save(flags);
	while (rdtsc() - start < length)
		cpu_relax();
	local_irq_restore(flags);
}
lkdtm_type(HARDLOCKUP, lkdtm_hardlockup);

static void lkdtm_spinlockup(void)
{
	static DEFINE_SPINLOCK(never_released);

	spin_lock(&never_released);
	spin_lock(&never_released);
	__release(&never_released);	/* for sparse: neither ever returns */
	__release(&never_released);
}
lkdtm_type(SPINLOCKUP, lkdtm_spinlockup);
