/*
 * Busy waits. (Sleeps are kernel/sched/timeout.c.)
 */
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/io.h>
#include <linux/timekeeping.h>
#include <asm/special_insns.h>
#include <asm/processor.h>

#define UDELAY_MAX	20000		/* us: what is longer is a mistake */

unsigned long loops_per_jiffy = 1 << 12;

/*
 * By the TSC or the clock, whatever runs; before them by port 80h, whose write
 * takes about a microsecond on a PC (an emulator is quicker).
 */
void ndelay(unsigned long nsecs)
{
	u64 start = tsc_khz ? rdtsc() : ktime_get();
	u64 length = tsc_khz ? mul_u64_u32_div(nsecs, tsc_khz, 1000000) + 1 : nsecs;

	if (!clocksource_runs()) {
		for (unsigned long i = 0; i <= nsecs / 1000; i++)
			io_delay();
		return;
	}
	while ((tsc_khz ? rdtsc() : (u64)ktime_get()) - start < length)
		cpu_relax();
}
EXPORT_SYMBOL(ndelay);

void udelay(unsigned long usecs)
{
	if (WARN_ON_ONCE(usecs > UDELAY_MAX))
		usecs = UDELAY_MAX;
	ndelay(usecs * 1000);
}
EXPORT_SYMBOL(udelay);

void mdelay(unsigned long msecs)
{
	while (msecs--)
		udelay(1000);
}
EXPORT_SYMBOL(mdelay);
