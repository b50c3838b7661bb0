/*
 * tick.c - what the clock costs.
 */
#include "bench.h"

/* How much of a busy program's time goes to interrupts: watch the TSC for
 * jumps.  The unit of tick_cost is per interruption. */
void row_tick(void)
{
	u64 start, end, last, t, lost = 0;
	u32 n = 0, limit = icount ? 60 : ticks_per_us / 16; /* 1 us */

	if (!want("tick"))
		return;
	start = last = now();
	end = start + (icount ? 50000000u : 50000u * (u64)(ticks_per_us / 16));
	do {
		t = now();
		if (t - last > limit) {
			add(t - last);
			lost += t - last;
			n++;
		}
		last = t;
	} while (t < end);
	puts_("# tick: ");
	putn(n);
	puts_(" interruptions in 50 ms, lost ppm ");
	putn(udiv(lost * 1000, (u32)udiv(t - start, 1000)));
	flush();
	if (nsamp)
		report("tick_cost", 1);

	if (want("tick_sleep_1ms")) {
		int ts[2] = { 0, 1000000 };

		if (sc2(SYS_nanosleep, (int)ts, 0) == -ENOSYS)
			unsupported("tick_sleep_1ms");
		else
			REPEAT("tick_sleep_1ms", 1, sc2(SYS_nanosleep, (int)ts, 0));
	}
}
