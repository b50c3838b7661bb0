/*
 * What time it is.
 *
 * The tick adds what the hardware counter has gone on by to a base; a reader
 * adds what it has gone on by since: (counter - last) * mult >> shift. Readers
 * take no lock: a sequence counter tells them when the base changed meanwhile.
 * The monotonic clock is the base, the wall clock is it plus an offset that
 * only settimeofday changes.
 *
 * Before time_init() both stand at 0. Without any counter the clock goes in
 * ticks.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/sched/cputime.h>
#include <linux/seqlock.h>
#include <linux/timekeeping.h>
#include <linux/timer.h>
#include <asm/msr.h>
#include <asm/ptrace.h>
#include "clock.h"

u64 jiffies_64 __aligned(8) = INITIAL_JIFFIES;
EXPORT_SYMBOL(jiffies_64);

/* Linked at the low word of jiffies_64: one store counts both. */
asm(".globl jiffies\n.set jiffies, jiffies_64");
EXPORT_SYMBOL(jiffies);

/* All fields: written under tk_lock, read between read_seqcount_begin and _retry. */
static struct {
	seqcount_t seq;
	u32 mult;			/* ns << shift a count */
	u32 shift;
	bool use_tsc;
	u64 mask;
	u64 cycle_last;			/* counter at the base */
	u64 nsec_shifted;		/* the base: ns << shift, below one second */
	time64_t sec;			/* … and its seconds */
	time64_t real_sec;		/* wall clock minus monotonic */
	long real_nsec;
} tk;

static DEFINE_SPINLOCK(tk_lock);		/* irq-safe: the writers */
static const struct clock_source *source;	/* [I] NULL: ticks only */

static __always_inline u64 read_counter(void)
{
	return likely(tk.use_tsc) ? rdtsc() : source ? source->read() : 0;
}

/* Monotonic ns within the base's second, perhaps above one. Called between begin and retry. */
static __always_inline u64 nsec_now(void)
{
	u64 delta = (read_counter() - tk.cycle_last) & tk.mask;

	return (delta * tk.mult + tk.nsec_shifted) >> tk.shift;
}

/* 2^64 ns are 584 years: one subtraction at a time is quicker than a division. */
static __always_inline void set_timespec(struct timespec64 *ts, time64_t sec, u64 nsec)
{
	while (unlikely(nsec >= NSEC_PER_SEC)) {
		nsec -= NSEC_PER_SEC;
		sec++;
	}
	ts->tv_sec = sec;
	ts->tv_nsec = nsec;
}

void ktime_get_ts64(struct timespec64 *ts)
{
	unsigned int seq;
	time64_t sec;
	u64 nsec;

	do {
		seq = read_seqcount_begin(&tk.seq);
		sec = tk.sec;
		nsec = nsec_now();
	} while (read_seqcount_retry(&tk.seq, seq));
	set_timespec(ts, sec, nsec);
}
EXPORT_SYMBOL(ktime_get_ts64);

void ktime_get_real_ts64(struct timespec64 *ts)
{
	unsigned int seq;
	time64_t sec;
	u64 nsec;

	do {
		seq = read_seqcount_begin(&tk.seq);
		sec = tk.sec + tk.real_sec;
		nsec = nsec_now() + tk.real_nsec;
	} while (read_seqcount_retry(&tk.seq, seq));
	set_timespec(ts, sec, nsec);
}
EXPORT_SYMBOL(ktime_get_real_ts64);

ktime_t ktime_get(void)
{
	unsigned int seq;
	time64_t sec;
	u64 nsec;

	do {
		seq = read_seqcount_begin(&tk.seq);
		sec = tk.sec;
		nsec = nsec_now();
	} while (read_seqcount_retry(&tk.seq, seq));
	return sec * NSEC_PER_SEC + nsec;
}
EXPORT_SYMBOL(ktime_get);

ktime_t ktime_get_real(void)
{
	struct timespec64 ts;

	ktime_get_real_ts64(&ts);
	return ts.tv_sec * NSEC_PER_SEC + ts.tv_nsec;
}
EXPORT_SYMBOL(ktime_get_real);

u64 sched_clock(void)
{
	return ktime_get();
}
EXPORT_SYMBOL(sched_clock);

void ktime_get_coarse_ts64(struct timespec64 *ts)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&tk.seq);
		set_timespec(ts, tk.sec, tk.nsec_shifted >> tk.shift);
	} while (read_seqcount_retry(&tk.seq, seq));
}
EXPORT_SYMBOL(ktime_get_coarse_ts64);

void ktime_get_coarse_real_ts64(struct timespec64 *ts)
{
	unsigned int seq;

	do {
		seq = read_seqcount_begin(&tk.seq);
		set_timespec(ts, tk.sec + tk.real_sec,
			     (tk.nsec_shifted >> tk.shift) + tk.real_nsec);
	} while (read_seqcount_retry(&tk.seq, seq));
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

/* Moves the base to now. Locked: tk_lock, within a write section. */
static void advance_base(void)
{
	u64 second = (u64)NSEC_PER_SEC << tk.shift;

	if (source) {
		u64 delta = (read_counter() - tk.cycle_last) & tk.mask;

		tk.cycle_last = (tk.cycle_last + delta) & tk.mask;
		tk.nsec_shifted += delta * tk.mult;
	} else {
		tk.nsec_shifted += (u64)TICK_NSEC << tk.shift;
	}
	while (tk.nsec_shifted >= second) {
		tk.nsec_shifted -= second;
		tk.sec++;
	}
}

int do_settimeofday64(const struct timespec64 *ts)
{
	struct timespec64 offset;
	unsigned long flags;

	if (!timespec64_valid_settod(ts))
		return -EINVAL;
	spin_lock_irqsave(&tk_lock, flags);
	write_seqcount_begin(&tk.seq);
	if (source)
		advance_base();
	set_normalized_timespec64(&offset, ts->tv_sec - tk.sec,
				  ts->tv_nsec - (s64)(tk.nsec_shifted >> tk.shift));
	tk.real_sec = offset.tv_sec;
	tk.real_nsec = offset.tv_nsec;
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

/* The largest shift up to 24 with which mult has 32 bits: counts of 2^32 then fit in 64. */
static void __init start_clock(const struct clock_source *clock)
{
	u64 mult = 1ULL << 32;
	u32 shift = 25;

	while (clock && mult >> 32)
		mult = div64_u64((u64)NSEC_PER_SEC << --shift, clock->hz);
	spin_lock_irq(&tk_lock);
	write_seqcount_begin(&tk.seq);
	/* The clock goes on from the tick it has reached. */
	tk.nsec_shifted = clock ? (tk.nsec_shifted >> tk.shift) << shift : tk.nsec_shifted;
	tk.shift = clock ? shift : 0;
	tk.mult = clock ? mult : 0;
	tk.mask = clock ? clock->mask : 0;
	tk.use_tsc = clock && tsc_khz;
	source = clock;
	tk.cycle_last = clock ? clock->read() : 0;
	write_seqcount_end(&tk.seq);
	spin_unlock_irq(&tk_lock);
}

void __init time_init(void)
{
	struct timespec64 wall = { .tv_sec = rtc_read() };
	const struct clock_source *clock;
	struct tm date;

	init_timers();
	clock = clock_choose();
	start_clock(clock);
	do_settimeofday64(&wall);
	time64_to_tm(wall.tv_sec, 0, &date);
	pr_info("clock: %s, %u kHz; %04ld-%02d-%02d %02d:%02d:%02d UTC\n", clocksource_name(),
		clock ? (u32)div_u64(clock->hz, 1000) : HZ / 1000, date.tm_year + 1900,
		date.tm_mon + 1, date.tm_mday, date.tm_hour, date.tm_min, date.tm_sec);
}

void tick_handler(struct pt_regs *regs)
{
	spin_lock(&tk_lock);
	write_seqcount_begin(&tk.seq);
	jiffies_64++;
	advance_base();
	write_seqcount_end(&tk.seq);
	spin_unlock(&tk_lock);

	account_process_tick(current, user_mode(regs));
	hrtimer_run_queues();
	if (timers_due())
		raise_softirq(TIMER_SOFTIRQ);
	scheduler_tick();
}
