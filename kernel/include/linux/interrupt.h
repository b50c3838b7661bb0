/*
 * Interrupt handlers, the drivers' side.
 *
 * Supported: request_irq, free_irq (which waits for a running handler),
 * nested disable_irq/enable_irq, shared lines. Not here: threaded handlers,
 * tasklets, trigger types (lines are what the board wires them to be).
 */
#ifndef LINUX_INTERRUPT_H
#define LINUX_INTERRUPT_H

#include <linux/types.h>
#include <linux/irqflags.h>
#include <linux/hardirq.h>

enum irqreturn {
	IRQ_NONE	= 0,	/* not mine: ask the next handler of this line */
	IRQ_HANDLED	= 1,
};

typedef enum irqreturn irqreturn_t;

#define IRQ_RETVAL(x)	((x) ? IRQ_HANDLED : IRQ_NONE)

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

#define IRQF_TRIGGER_NONE	0x0000
#define IRQF_TRIGGER_RISING	0x0001
#define IRQF_TRIGGER_FALLING	0x0002
#define IRQF_TRIGGER_HIGH	0x0004
#define IRQF_TRIGGER_LOW	0x0008
#define IRQF_SHARED		0x0080
#define IRQF_TIMER		0x0200
#define IRQF_NO_THREAD		0x10000

/*
 * request_irq - call @handler on every interrupt of line @irq
 * Sharing needs IRQF_SHARED from every handler of the line and a @dev that tells them apart.
 * Returns 0, -EINVAL (no such line, no handler, shared without @dev), -EBUSY (taken), -ENOMEM.
 * The handler runs with interrupts off and may be called before this returns.
 * Context: process, may sleep.
 */
struct device;

/* On the account of a device: freed when its driver leaves. */
int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				  unsigned long irqflags, const char *devname, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);
int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			     const char *name, void *dev);

/* Take @dev's handler off the line and wait until it has returned. Context: process. */
const void *free_irq(unsigned int irq, void *dev);

/*
 * disable_irq masks the line and waits for its running handlers: never from one of them.
 * disable_irq_nosync only masks it. Each needs one enable_irq. Context: any but as said.
 */
void disable_irq(unsigned int irq);
void disable_irq_nosync(unsigned int irq);
void enable_irq(unsigned int irq);
void synchronize_irq(unsigned int irq);

/*
 * probe_irq_on - start looking for the line a device raises; then make it raise one
 * probe_irq_off - which unclaimed line fired since: its number, 0 for none, negative for several
 */
unsigned long probe_irq_on(void);
int probe_irq_off(unsigned long mask);

/*
 * Bottom halves, by Linux's name for them; run when the outermost interrupt
 * has returned, interrupts on, atomic.
 * open_softirq - at boot, by the area that owns the number
 * raise_softirq - have it run soon on this CPU. Context: interrupt, or bottom halves off.
 */
enum softirq_nr {
	TIMER_SOFTIRQ,
	BLOCK_SOFTIRQ,
	TASKLET_SOFTIRQ,
	NR_SOFTIRQS
};

void open_softirq(enum softirq_nr nr, void (*action)(void));
void raise_softirq(enum softirq_nr nr);

#endif
