/*
 * <khg/sched.h> - what <linux/sched.h> brought along in 1996: current, jiffies, HZ,
 * sleeping, timers, cli(). request_irq() is today's: handler(irq, dev_id)
 * returns IRQ_HANDLED.
 */
#ifndef _KHG_SCHED_H
#define _KHG_SCHED_H

#include <khg/base.h>
#include <khg/wait.h>
#include <khg/timer.h>
#include <khg/system.h>

#endif
