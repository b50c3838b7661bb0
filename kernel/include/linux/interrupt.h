/*
 * Interrupt handlers, the drivers' side.
 *
 * Supported: request_irq, threaded handlers, free_irq (which waits for a running
 * handler), nested disable_irq/enable_irq, shared lines, tasklets. Not here:
 * trigger types (lines are what the board wires them to be).
 */
#ifndef LINUX_INTERRUPT_H
#define LINUX_INTERRUPT_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/irqflags.h>
#include <linux/hardirq.h>

enum irqreturn {
	IRQ_NONE	= 0,	/* not mine: ask the next handler of this line */
	IRQ_HANDLED	= 1,
	IRQ_WAKE_THREAD	= 2,	/* mine: the rest is for its thread */
};

typedef enum irqreturn irqreturn_t;

#define IRQ_RETVAL(x)	((x) ? IRQ_HANDLED : IRQ_NONE)

typedef irqreturn_t (*irq_handler_t)(int irq, void *dev_id);

#define IRQF_TRIGGER_NONE	0x0000
#define IRQF_TRIGGER_RISING	0x0001
#define IRQF_TRIGGER_FALLING	0x0002
#define IRQF_TRIGGER_HIGH	0x0004
#define IRQF_TRIGGER_LOW	0x0008
#define IRQF_TRIGGER_MASK	0x000f
#define IRQF_SHARED		0x0080
#define IRQF_TIMER		0x0200
#define IRQF_ONESHOT		0x2000
#define IRQF_NO_THREAD		0x10000

/*
 * request_irq - call @handler on every interrupt of line @irq
 * Sharing needs IRQF_SHARED from every handler of the line and a @dev that tells them apart.
 * Returns 0, -EINVAL (no such line, no handler, shared without @dev), -EBUSY (taken), -ENOMEM.
 * The handler runs with interrupts off and may be called before this returns.
 * Context: process, may sleep.
 */
int __must_check request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags,
			     const char *name, void *dev);

/*
 * The same with a second half: where @handler (NULL: always) answers
 * IRQ_WAKE_THREAD, a thread of the line calls @thread_fn, which may sleep. With
 * IRQF_ONESHOT, a must without @handler, the line stays masked until it has.
 */
int __must_check request_threaded_irq(unsigned int irq, irq_handler_t handler,
				      irq_handler_t thread_fn, unsigned long flags,
				      const char *name, void *dev);

struct device;

/* On the account of a device: freed when its driver leaves. */
int __must_check devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
				  unsigned long irqflags, const char *devname, void *dev_id);
int __must_check devm_request_threaded_irq(struct device *dev, unsigned int irq,
					   irq_handler_t handler, irq_handler_t thread_fn,
					   unsigned long irqflags, const char *devname, void *dev_id);
void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id);

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
	HI_SOFTIRQ,
	NR_SOFTIRQS
};

void open_softirq(enum softirq_nr nr, void (*action)(void));
void raise_softirq(enum softirq_nr nr);

/*
 * Tasklets: a function to be called soon in a bottom half, once however often
 * it was scheduled, never on two CPUs at a time. It may schedule itself.
 */
struct tasklet_struct {
	struct tasklet_struct *next;	/* on its CPU's list: interrupts off there */
	unsigned long state;		/* [atomic] TASKLET_STATE_* */
	atomic_t count;			/* nested tasklet_disable() */
	bool use_callback;		/* [I] which of the two forms */
	union {
		void (*func)(unsigned long data);
		void (*callback)(struct tasklet_struct *t);
	};				/* [I] */
	unsigned long data;		/* [I] */
};

#define TASKLET_STATE_SCHED	0	/* on a list */
#define TASKLET_STATE_RUN	1	/* being called */

#define DECLARE_TASKLET(name, _callback) \
	struct tasklet_struct name = { .callback = _callback, .use_callback = true }
#define DECLARE_TASKLET_DISABLED(name, _callback) \
	struct tasklet_struct name = { .count = ATOMIC_INIT(1), .callback = _callback, .use_callback = true }
#define DECLARE_TASKLET_OLD(name, _func) struct tasklet_struct name = { .func = _func }
#define from_tasklet(var, callback_tasklet, tasklet_fieldname) \
	container_of(callback_tasklet, typeof(*var), tasklet_fieldname)

void tasklet_setup(struct tasklet_struct *t, void (*callback)(struct tasklet_struct *));
void tasklet_init(struct tasklet_struct *t, void (*func)(unsigned long), unsigned long data);
/* Context of these two: any. hi: before the others. */
void tasklet_schedule(struct tasklet_struct *t);
void tasklet_hi_schedule(struct tasklet_struct *t);
/* Not called until enabled as often; tasklet_disable() waits for a call that runs. */
void tasklet_disable(struct tasklet_struct *t);
void tasklet_disable_nosync(struct tasklet_struct *t);
void tasklet_enable(struct tasklet_struct *t);
/* Neither scheduled nor running when this returns. Context: process; nobody may schedule it. */
void tasklet_kill(struct tasklet_struct *t);

#endif
