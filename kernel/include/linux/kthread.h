/*
 * <linux/kthread.h> - threads of the kernel itself.
 *
 * kthread_create() makes one, asleep; wake_up_process() or kthread_run() lets it
 * go.  kthread_stop() asks it to return from its function and waits until it has.
 * Not here: binding to CPUs, kthread_worker (see <linux/workqueue.h>).
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/sched.h>

extern __printf(4, 5) struct task_struct *kthread_create_on_node(int (*threadfn)(void *data),
								  void *data, int node,
								  const char namefmt[], ...);

#define kthread_create(threadfn, data, namefmt, ...) \
	kthread_create_on_node(threadfn, data, -1, namefmt, ##__VA_ARGS__)

#define kthread_run(threadfn, data, namefmt, ...)				\
({										\
	struct task_struct *__k = kthread_create(threadfn, data, namefmt, ##__VA_ARGS__); \
	if (!IS_ERR(__k))							\
		wake_up_process(__k);						\
	__k;									\
})

/* The function's result, or -EINTR when the thread never ran.  Context: process, sleeps. */
extern int kthread_stop(struct task_struct *task);
extern bool kthread_should_stop(void);
/*
 * A thread that calls kthread_parkme() where kthread_should_park() sleeps there until
 * kthread_unpark(); kthread_park() waits until it does: 0, -EBUSY: parked already. Context: process.
 */
extern int kthread_park(struct task_struct *task);
extern void kthread_unpark(struct task_struct *task);
extern bool kthread_should_park(void);
extern void kthread_parkme(void);
/* The data a thread was made with. */
extern void *kthread_data(struct task_struct *task);
extern void *kthread_func(struct task_struct *task);
extern int kthreadd(void *unused);
extern struct task_struct *kthreadd_task;

#endif
