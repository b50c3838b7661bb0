/*
 * pcspkr.c - the PC's loudspeaker as an input device that makes sounds: SND_BELL, and SND_TONE of a
 * frequency in Hz.
 *
 * Counter 2 of the timer chip divides its clock to the tone; two bits of port 61h let it count and through.
 * Context: event() in any.  Lock: pcspkr_lock over the ports.
 * Intel 8254; IBM PC/AT Technical Reference, "Speaker".
 */
#include <linux/init.h>
#include <linux/input.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <asm/timex.h>

#define PIT_COUNTER2	0x42
#define PIT_CONTROL	0x43
#define PIT_SQUARE2	0xb6		/* counter 2, low byte then high, square wave */
#define SPEAKER_PORT	0x61
#define SPEAKER_ON	0x03		/* counter 2's gate, and its output to the speaker */
#define BELL_HZ		1000
#define LOWEST_HZ	20
#define HIGHEST_HZ	32767

static DEFINE_SPINLOCK(pcspkr_lock);
static struct input_dev *pcspkr;

/* 0: silence. */
static void sound(unsigned int hz)
{
	unsigned int count = hz ? PIT_TICK_RATE / hz : 0;
	unsigned long irq;

	spin_lock_irqsave(&pcspkr_lock, irq);
	if (count) {
		outb(PIT_SQUARE2, PIT_CONTROL);
		outb(count & 0xff, PIT_COUNTER2);
		outb(count >> 8, PIT_COUNTER2);
		outb(inb(SPEAKER_PORT) | SPEAKER_ON, SPEAKER_PORT);
	} else {
		outb(inb(SPEAKER_PORT) & ~SPEAKER_ON, SPEAKER_PORT);
	}
	spin_unlock_irqrestore(&pcspkr_lock, irq);
}

static int pcspkr_event(struct input_dev *dev, unsigned int type, unsigned int code, int value)
{
	if (type != EV_SND)
		return -EINVAL;
	if (code == SND_BELL && value)
		value = BELL_HZ;
	sound(value > LOWEST_HZ && value < HIGHEST_HZ ? value : 0);
	return 0;
}

static int __init pcspkr_init(void)
{
	int err;

	pcspkr = input_allocate_device();
	if (!pcspkr)
		return -ENOMEM;
	pcspkr->name = "PC Speaker";
	pcspkr->phys = "isa0061/input0";
	pcspkr->id = (struct input_id) { BUS_ISA, 0x001f, 0x0001, 0x0100 };
	pcspkr->event = pcspkr_event;
	input_set_capability(pcspkr, EV_SND, SND_BELL);
	input_set_capability(pcspkr, EV_SND, SND_TONE);
	err = input_register_device(pcspkr);
	if (err)
		input_free_device(pcspkr);
	return err;
}

static void __exit pcspkr_exit(void)
{
	input_unregister_device(pcspkr);
	sound(0);
}

module_init(pcspkr_init);
module_exit(pcspkr_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("the PC's loudspeaker");
