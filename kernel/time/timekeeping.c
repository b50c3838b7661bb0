/*
 * What time it is.
 *
 * The tick adds what the hardware counter has gone on by to a base; a reader
 * adds what it has gone on by since: (counter - last) * mult >> shift. Readers
 * take no lock: a sequence counter tells them when the base changed meanwhile.
 * There are two bases, monotonic and wall clock; only settimeofday tells them
 * apart.
 *
 * Before time_init() both stand at 0. Without any counter the clock goes in
 * ticks.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/sched/loadavg.h>
#include <linux/seqlock.h>
#include <linux/timekeeping.h>
#include <asm/special_insns.h>
#include <asm/ptrace.h>
#include "clock.h"

u64 jiffies_64 __aligned(8) = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies_64);

/* Linked at the low word of jiffies_64: one store counts both. */
asm(".globl jiffies\n.set jiffies, jiffies_64");
EXPORT_SYMBOL(jiffies);

/*
 * Fixed, so that the shift is one instruction: a count of a 5 GHz clock is
 * still told to a millionth, one of the PM timer still fits mult's 32 bits.
 */
#define CLOCK_SHIFT	22

/* A time at the moment of the base; the sub-second part is ns << CLOCK_SHIFT. */
struct clock_base {
	time64_t sec;
	u64 nsec_shifted;
};

/* All fields: written under tk_lock, read between read_seqcount_begin and _retry. */
static struct {
	seqcount_t seq;
	u32 mult;			/* ns << CLOCK_SHIFT a count */
	u32 mask;			/* of the counter's low half */
	u32 last;			/* … at the base */
	bool use_tsc;
	struct clock_base mono, real;
	u64 cycle_last;			/* the whole counter at the base, for the tick */
} tk;

static DEFINE_SPINLOCK(tk_lock);		/* irq-safe: the writers */
static const struct clock_source *source;	/* [I] NULL: ticks only */

static u64 read_counter(void)
{
	return likely(tk.use_tsc) ? rdtsc() : source ? source->read() : 0;
}

/*
 * The low 32 bits do: the tick moves the base every 10 ms, and they go round
 * in more than 0.8 s at 5 GHz. So the sum of both fits 32 bits of ns, too.
 */
static __always_inline time64_t read_base(const struct clock_base *base, u32 *nsec)
{
	unsigned int seq;
	time64_t sec;
	u32 ns;

	do {
		seq = read_seqcount_begin(&tk.seq);
		ns = ((u64)(((u32)read_counter() - tk.last) & tk.mask) * tk.mult +
		      base->nsec_shifted) >> CLOCK_SHIFT;
		sec = base->sec;
	} while (read_seqcount_retry(&tk.seq, seq));
	*nsec = ns;
	return sec;
}

static __always_inline void read_timespec(const struct clock_base *base, struct timespec64 *ts)
{
	u32 nsec;
	time64_t sec = read_base(base, &nsec);

	while (unlikely(nsec >= NSEC_PER_SEC)) {
		nsec -= NSEC_PER_SEC;
		sec++;
	}
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}

void ktime_get_ts64(struct timespec64 *ts)
{
	read_timespec(&tk.mono, ts);
}
EXPORT_SYMBOL(ktime_get_ts64);

void ktime_get_real_ts64(struct timespec64 *ts)
{
	read_timespec(&tk.real, ts);
}
EXPORT_SYMBOL(ktime_get_real_ts64);

ktime_t ktime_get(void)
{
	u32 nsec;
	time64_t sec = read_base(&tk.mono, &nsec);

	return sec * NSEC_PER_SEC + nsec;
}
EXPORT_SYMBOL(ktime_get);

ktime_t ktime_get_real(void)
{
	u32 nsec;
	time64_t sec = read_base(&tk.real, &nsec);

	return sec * NSEC_PER_SEC + nsec;
}
EXPORT_SYMBOL(ktime_get_real);

u64 sched_clock(void)
{
	return ktime_get();
}
EXPORT_SYMBOL(sched_clock);

static void read_coarse(const struct clock_base *base, struct timespec64 *ts)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&tk.seq);
		ts->tv_sec = base->sec;
		ts->tv_nsec = base->nsec_shifted >> CLOCK_SHIFT;
	} while (read_seqcount_retry(&tk.seq, seq));
}

void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	read_coarse(&tk.mono, ts);
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	read_coarse(&tk.real, ts);
}
EXPORT_SYMBOL(ktime_get_coarse_real_ts64);

time64_t ktime_get_real_seconds(void)
{
	struct timespec64 ts;

	ktime_get_real_ts64(&ts);
	return ts.tv_sec;
}
EXPORT_SYMBOL(ktime_get_real_seconds);

time64_t ktime_get_seconds(void)
{
	struct timespec64 ts;

	ktime_get_ts64(&ts);
	return ts.tv_sec;
}
EXPORT_SYMBOL(ktime_get_seconds);

u64 get_jiffies_64(void)
{
	unsigned int seq;
	u64 value;

	do {
		seq = read_seqcount_begin(&tk.seq);
		value = jiffies_64;
	} while (read_seqcount_retry(&tk.seq, seq));
	return value;
}
EXPORT_SYMBOL(get_jiffies_64);

static void add_to_base(struct clock_base *base, u64 nsec_shifted)
{
	const u64 second = (u64)NSEC_PER_SEC << CLOCK_SHIFT;

	base->nsec_shifted += nsec_shifted;
	while (base->nsec_shifted >= second) {
		base->nsec_shifted -= second;
		base->sec++;
	}
}

/* Moves the base to now. Locked: tk_lock, within a write section. */
static void advance_base(void)
{
	u64 step = (u64)TICK_NSEC << CLOCK_SHIFT;

	if (source) {
		u64 delta = (read_counter() - tk.cycle_last) & source->mask;

		tk.cycle_last = (tk.cycle_last + delta) & source->mask;
		tk.last = tk.cycle_last;
		step = delta * tk.mult;
	}
	add_to_base(&tk.mono, step);
	add_to_base(&tk.real, step);
}

int do_settimeofday64(const struct timespec64 *ts)
{
	unsigned long flags;

	if (!timespec64_valid_settod(ts))
		return -EINVAL;
	spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk.seq);
	if (source)
		advance_base();
	tk.real.sec = ts->tv_sec;
	tk.real.nsec_shifted = (u64)ts->tv_nsec << CLOCK_SHIFT;
	write_seqcount_end(&tk.seq);
	spin_unlock_irqrestore(&tk_lock, flags);
	clock_was_set();
	return 0;
}
EXPORT_SYMBOL(do_settimeofday64);

const char *clocksource_name(void)
{
	return source ? source->name : "jiffies";
}

bool clocksource_runs(void)
{
	return source != NULL;
}

/* The clock goes on from where the ticks have brought it. */
static void __init start_clock(const struct clock_source *clock)
{
	if (!clock)
		return;
	spin_lock_irq(&tk_lock);
	write_seqcount_begin(&tk.seq);
	tk.mult = div64_u64((u64)NSEC_PER_SEC << CLOCK_SHIFT, clock->hz);
	tk.mask = clock->mask;
	tk.use_tsc = tsc_khz != 0;
	source = clock;
	tk.cycle_last = clock->read();
	tk.last = tk.cycle_last;
	write_seqcount_end(&tk.seq);
	spin_unlock_irq(&tk_lock);
}

void __init time_init(void)
{
	struct timespec64 wall = { 0 };
	const struct clock_source *clock;
	struct tm date;

	wall.tv_sec = rtc_read();
	clock = clock_choose();
	start_clock(clock);
	do_settimeofday64(&wall);
	time64_to_tm(wall.tv_sec, 0, &date);
	pr_info("clock: %s, %u kHz; %04ld-%02d-%02d %02d:%02d:%02d UTC\n", clocksource_name(),
		clock ? (u32)div_u64(clock->hz, 1000) : HZ / 1000, date.tm_year + 1900,
		date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec);
}

#if DEBUG_BUILD
static u64 next_tick;			/* tk_lock; ns when jiffies is due to go on; 0: each tick */

void ticks_from_clock(void)
{
	WRITE_ONCE(next_tick, ktime_get() + TICK_NSEC);
}

/* How many periods of HZ have passed. Locked: tk_lock, the base moved to now. */
static unsigned int ticks_passed(void)
{
	u64 now = tk.mono.sec * NSEC_PER_SEC + (tk.mono.nsec_shifted >> CLOCK_SHIFT);
	unsigned int ticks = 0;

	if (!next_tick)
		return 1;
	for (; now >= next_tick; ticks++)
		next_tick += TICK_NSEC;
	return ticks;
}
#else
#define ticks_passed()	1
#endif

void tick_handler(struct pt_regs *regs)
{
	unsigned int ticks;

	spin_lock(&tk_lock);
	write_seqcount_begin(&tk.seq);
	advance_base();
	ticks = ticks_passed();
	jiffies_64 += ticks;
	write_seqcount_end(&tk.seq);
	spin_unlock(&tk_lock);

	while (ticks--)
		account_process_tick(current, user_mode(regs));
	hrtimer_run_queues();
	if (timers_due())
		raise_softirq(TIMER_SOFTIRQ);
	scheduler_tick();
}
