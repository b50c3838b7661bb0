/* <linux/sched/init.h> - for kmain(). A header of its own: others call a function of theirs sched_init(). */
#ifndef _LINUX_SCHED_INIT_H
#define _LINUX_SCHED_INIT_H

extern void sched_init(void);

#endif
