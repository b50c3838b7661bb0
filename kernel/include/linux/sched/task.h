/* <linux/sched/task.h> - making tasks and letting them go. */
#ifndef _LINUX_SCHED_TASK_H
#define _LINUX_SCHED_TASK_H

#include <linux/sched.h>

struct rusage;

/* What clone() was asked for, in one piece. */
struct kernel_clone_args {
	u64 flags;			/* CLONE_*, without the signal */
	int __user *child_tid;
	int __user *parent_tid;
	int exit_signal;
	unsigned long stack;		/* user stack; for a kernel thread its function */
	unsigned long stack_size;	/* for a kernel thread its argument */
	unsigned long tls;
	unsigned int kthread;		/* a kernel thread is to be made */
};

extern pid_t kernel_clone(struct kernel_clone_args *args);
/* A thread of the kernel that calls @fn(@arg); its pid.  Drivers want kthread_run(). */
extern long kernel_wait(pid_t pid, int *stat);
extern pid_t kernel_thread(int (*fn)(void *), void *arg, unsigned long flags);
extern void fork_init(void);
/* kernel/sched/task.c: what fork fills */
extern void task_caches_init(void);
extern struct task_struct *alloc_task_struct(void);
extern struct signal_struct *alloc_signal_struct(void);
extern struct sighand_struct *alloc_sighand(void);
extern void put_sighand(struct sighand_struct *sighand);
extern void put_signal_struct(struct signal_struct *sig);
extern void free_task(struct task_struct *task);
extern void release_task(struct task_struct *task);
extern __noreturn void do_group_exit(int exit_code);
extern void schedule_tail(struct task_struct *prev);
extern unsigned long nr_processes(void);
extern int nr_threads;
extern int max_threads;

extern void set_user_nice(struct task_struct *task, long nice);
extern void getrusage(struct task_struct *task, int who, struct rusage *ru);
extern int can_nice(const struct task_struct *task, int nice);

#endif
