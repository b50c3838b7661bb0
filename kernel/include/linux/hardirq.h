/* Entering and leaving interrupt context. The in_interrupt() family is <linux/preempt.h>'s. */
#ifndef LINUX_HARDIRQ_H
#define LINUX_HARDIRQ_H

#include <linux/preempt.h>

/* Around the handlers of one interrupt; irq_exit runs expired timers of the outermost one. */
void irq_enter(void);
void irq_exit(void);

#endif
