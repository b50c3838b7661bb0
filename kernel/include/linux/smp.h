/*
 * <linux/smp.h> - which CPU this is. There is one so far; nothing relies on it.
 */
#ifndef _LINUX_SMP_H
#define _LINUX_SMP_H

#include <linux/preempt.h>
#include <linux/sched.h>

#ifndef NR_CPUS
#define NR_CPUS	1
#endif

/* This CPU, not to be left until put_cpu(). */
#define get_cpu()	({ preempt_disable(); smp_processor_id(); })
#define put_cpu()	preempt_enable()

#endif
