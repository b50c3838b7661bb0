/*
 * The timer interrupt: counter 0 of the 8254, HZ times a second on line 0.
 * What a tick means is kernel/time's (tick_handler()).
 * (Intel 8254 data sheet, 231164-005, "Mode 2: rate generator".)
 */
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <linux/timekeeping.h>
#include <asm/param.h>
#include <asm/timex.h>

#define PIT_COUNTER0		0x40
#define PIT_CONTROL		0x43
#define PIT_COUNTER0_RATE	0x34	/* counter 0, low then high byte, mode 2, binary */
#define PIT_IRQ			0

#define PIT_LATCH		((PIT_TICK_RATE + HZ / 2) / HZ)

static irqreturn_t pit_interrupt(int irq, void *dev_id)
{
	tick_handler(get_irq_regs());
	return IRQ_HANDLED;
}

void __init pit_init(void)
{
	outb(PIT_COUNTER0_RATE, PIT_CONTROL);
	outb(PIT_LATCH & 0xFF, PIT_COUNTER0);
	outb(PIT_LATCH >> 8, PIT_COUNTER0);
	if (request_irq(PIT_IRQ, pit_interrupt, IRQF_TIMER, "timer", NULL))
		panic("no timer interrupt");
}
