/*
 * <linux/pid.h> - a process number that cannot be mistaken for a later one.
 *
 * Who remembers a process by its number may signal a stranger once the number
 * is used again.  Who holds a struct pid does not: it stays until the last
 * reference is dropped, with or without tasks.
 */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/refcount.h>

struct task_struct;

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_SID, PIDTYPE_MAX };

/* [t] tasklist_lock   [h] pidmap_lock */
struct pid {
	refcount_t count;
	pid_t nr;				/* constant */
	struct hlist_node hash;			/* [h] */
	struct hlist_head tasks[PIDTYPE_MAX];	/* [t] who uses it as what */
};

struct pid_namespace;

extern struct pid init_struct_pid;
extern struct pid *alloc_pid(void);
extern void free_pid(struct pid *pid);
extern void pid_init(void);
extern void put_pid(struct pid *pid);
extern struct pid *find_vpid(pid_t nr);
extern struct pid *find_get_pid(pid_t nr);
extern struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
extern struct task_struct *pid_task(struct pid *pid, enum pid_type type);
extern struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
extern struct task_struct *find_task_by_vpid(pid_t nr);
extern struct task_struct *find_get_task_by_vpid(pid_t nr);
extern pid_t next_tgid(pid_t nr);
extern void attach_pid(struct task_struct *task, enum pid_type type);
extern void detach_pid(struct task_struct *task, enum pid_type type);
extern void change_pid(struct task_struct *task, enum pid_type type, struct pid *pid);
extern void exchange_tids(struct task_struct *a, struct task_struct *b);
extern void transfer_pid(struct task_struct *from, struct task_struct *to, enum pid_type type);
extern pid_t task_pgrp_nr(struct task_struct *task);
extern pid_t task_session_nr(struct task_struct *task);
#define task_pgrp_vnr(task)	task_pgrp_nr(task)
#define task_session_vnr(task)	task_session_nr(task)
extern struct pid *task_tgid(struct task_struct *task);
extern struct pid *task_pid(struct task_struct *task);
extern struct pid *task_pgrp(struct task_struct *task);
extern struct pid *task_session(struct task_struct *task);

static inline struct pid *get_pid(struct pid *pid)
{
	if (pid)
		refcount_inc(&pid->count);
	return pid;
}

static inline pid_t pid_nr(struct pid *pid)
{
	return pid ? pid->nr : 0;
}

#define pid_vnr pid_nr

/* [t] held; task is the cursor */
#define do_each_pid_task(pid, type, task) \
	do { \
		if (pid) \
			hlist_for_each_entry(task, &(pid)->tasks[type], pid_links[type])
#define while_each_pid_task(pid, type, task) } while (0)

#endif
