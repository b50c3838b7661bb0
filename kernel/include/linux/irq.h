/*
 * Interrupt lines, the controllers' side: one irq_desc a line, one irq_chip
 * for the hardware that masks and acknowledges it.
 */
#ifndef LINUX_IRQ_H
#define LINUX_IRQ_H

#include <linux/types.h>
#include <linux/interrupt.h>
#include <linux/spinlock.h>
#include <asm/irq.h>

struct pt_regs;
struct seq_file;

struct irq_chip {
	const char *name;
	void (*irq_mask)(unsigned int irq);
	void (*irq_unmask)(unsigned int irq);
	/* Before the handlers: tell the controller it has been seen. False: it was spurious. */
	bool (*irq_ack)(unsigned int irq);
	/* IRQF_TRIGGER_* of the first handler, before the line is unmasked; NULL: it is as it is. */
	int (*irq_set_type)(unsigned int irq, unsigned int type);
};

/* Numbers without a vector, for chips whose driver raises them by generic_handle_irq(). Context: process. */
int irq_alloc_range(const struct irq_chip *chip, unsigned int count);
void irq_free_range(unsigned int first, unsigned int count);
/* As if the line had interrupted. Context: any. */
int generic_handle_irq(unsigned int irq);

/* One handler of one line. */
struct irqaction {
	irq_handler_t handler;		/* [I] */
	void *dev_id;			/* [I] */
	unsigned long flags;		/* [I] IRQF_* */
	const char *name;		/* [I] */
	struct irqaction *next;		/* [l] */
	irq_handler_t thread_fn;	/* [I] or NULL */
	struct task_struct *thread;	/* [I] that calls it */
	unsigned int irq;		/* [I] */
	unsigned int wanted;		/* [atomic] 1: thread_fn is to be called */
};

/* [l] lock, irq-safe  [I] set by the controller's init, then constant */
struct irq_desc {
	spinlock_t lock;
	const struct irq_chip *chip;	/* [I] */
	struct irqaction *action;	/* [l] handlers in order of request */
	unsigned int depth;		/* [l] nested disables; 0 is enabled */
	bool in_progress;		/* [l] handlers run right now */
	bool pending;			/* [l] arrived while masked or in progress */
	bool probing;			/* [l] probe_irq_on() waits for it */
	unsigned int oneshot;		/* [l] threads that keep the line masked */
	unsigned int threads_active;	/* [l] threads that have something to do */
	unsigned int count;		/* [l] interrupts taken, for /proc/interrupts */
	unsigned int unhandled;		/* by whom in_progress: in a row, wanted by no handler */
};

extern struct irq_desc irq_desc[NR_IRQS];
extern unsigned int irq_spurious_count;

/* The 8259 pair, masked, at FIRST_EXTERNAL_VECTOR. Context: boot, interrupts off. */
void init_IRQ(void);
/* The 8254, HZ interrupts a second, into tick_handler(). Context: boot. */
void pit_init(void);
/* DEBUG=1: a number that follows from preempt_jitter=SEED; 0 without it. Interrupts off. */
u32 preempt_jitter_random(void);
/* The frame of the interrupt being handled, for the tick's accounting; NULL outside one. */
struct pt_regs *get_irq_regs(void);
/* thread.c: make the thread, not running yet: 0 or -errno. Context: process. */
int irq_make_thread(struct irqaction *action);
/* Its action is off the line: end it. Context: process, not from the thread. */
void irq_stop_thread(struct irqaction *action);
/* The handler answered IRQ_WAKE_THREAD. Interrupts off. */
void irq_wake_thread(struct irq_desc *desc, struct irqaction *action);
/* Until every thread of the line has done its work. Context: process. */
void irq_wait_threads(struct irq_desc *desc);
/* handle.c: the handlers, as long as the line is pending and not masked. Interrupts off; desc->lock held. */
void irq_run_pending(struct irq_desc *desc, unsigned int irq) __must_hold(&desc->lock);
/* spurious.c: no handler of the line wanted this one. Interrupts off. */
void irq_note_unhandled(struct irq_desc *desc, unsigned int irq);
/* The line can be taken again: what came meanwhile is handled soon. desc->lock held. */
void irq_resend(struct irq_desc *desc);
/* handle.c: acknowledge, and run the handlers. Interrupts off, between irq_enter() and irq_exit(). */
void handle_line(struct irq_desc *desc, unsigned int irq);
/* Called by entry.asm. */
void do_IRQ(struct pt_regs *regs, unsigned int irq);

#endif
