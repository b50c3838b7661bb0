/*
 * The timer interrupt: counter 0 of the 8254, HZ times a second on line 0.
 * What a tick means is kernel/time's (tick_handler()).
 * (Intel 8254 data sheet, 231164-005, "Mode 2: rate generator".)
 *
 * preempt_jitter=SEED (DEBUG=1): each tick comes after a time of its own, from a
 * sixteenth of a period to two, drawn from SEED. So a task is interrupted
 * elsewhere with each seed, and with one seed, if the clock counts instructions, at
 * the same place each time. Short times are as likely as long ones, by powers of two.
 */
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/moduleparam.h>
#include <linux/timekeeping.h>
#include <asm/param.h>
#include <asm/timex.h>

#define PIT_COUNTER0		0x40
#define PIT_CONTROL		0x43
#define PIT_COUNTER0_RATE	0x34	/* counter 0, low then high byte, mode 2, binary */
#define PIT_COUNTER0_ONCE	0x30	/* … mode 0: interrupt on terminal count */
#define PIT_IRQ			0

#define PIT_LATCH		((PIT_TICK_RATE + HZ / 2) / HZ)

static void pit_program(u8 control, unsigned int count)
{
	outb(control, PIT_CONTROL);
	outb(count & 0xFF, PIT_COUNTER0);
	outb(count >> 8, PIT_COUNTER0);
}

#if DEBUG_BUILD
#define JITTER_SHORTEST	(PIT_LATCH / 16)
#define JITTER_RANGE	5		/* doublings up to two periods */

static u32 jitter;			/* interrupts off: the generator's state; 0: no jitter */
static unsigned int jitter_seed;	/* [I] */
/* A seed: ticks come early and late, drawn from it; DEBUG=1 only. */
core_param(preempt_jitter, jitter_seed, uint, 0444);

/* Xorshift: each number but 0 comes once in a round of all. */
u32 preempt_jitter_random(void)
{
	jitter ^= jitter << 13;
	jitter ^= jitter >> 17;
	jitter ^= jitter << 5;
	return jitter;
}

static void next_jittered_tick(void)
{
	u32 random = preempt_jitter_random();
	unsigned int period = JITTER_SHORTEST << random % JITTER_RANGE;

	pit_program(PIT_COUNTER0_ONCE, period + (random >> 8) % period);
}

/* The ticks before this have measured the clock, which from here on counts them. */
static int __init start_jitter(void)
{
	unsigned long flags;

	if (!jitter_seed || !clocksource_runs())
		return 0;
	pr_info("preempt_jitter=%u\n", jitter_seed);
	local_irq_save(flags);
	jitter = jitter_seed * GOLDEN_RATIO_32 ?: 1;
	ticks_from_clock();
	next_jittered_tick();
	local_irq_restore(flags);
	return 0;
}
early_initcall(start_jitter);
#endif

static irqreturn_t pit_interrupt(int irq, void *dev_id)
{
	tick_handler(get_irq_regs());
#if DEBUG_BUILD
	if (jitter)
		next_jittered_tick();
#endif
	return IRQ_HANDLED;
}

void __init pit_init(void)
{
	pit_program(PIT_COUNTER0_RATE, PIT_LATCH);
	if (request_irq(PIT_IRQ, pit_interrupt, IRQF_TIMER, "timer", NULL))
		panic("no timer interrupt");
}
