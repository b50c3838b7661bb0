/*
 * Priorities and policies: nice, setpriority and the sched_* calls.
 *
 *   SCHED_NORMAL, SCHED_BATCH   by nice (kernel/sched/runqueue.c)
 *   SCHED_IDLE                  as nice 19
 *   SCHED_FIFO                  runs until it sleeps; before all of the above
 *   SCHED_RR                    the same, in turn with others of its priority
 *
 * Locks: wake_lock and run queue of the task that is changed.
 */
#include <linux/sched/signal.h>
#include <linux/cred.h>
#include <linux/export.h>
#include <linux/resource.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include "sched.h"

static int normal_prio(const struct task_struct *task)
{
	if (task_has_rt_policy(task))
		return MAX_RT_PRIO - 1 - (int)task->rt_priority;
	return task->static_prio;
}

/* [w] and [q] held: @task gets what its policy and nice now say, where it stands. */
static void set_prio(struct rq *rq, struct task_struct *task)
{
	bool waits = task->on_rq && !task->on_cpu;

	if (waits)
		dequeue_task(rq, task);
	task->prio = normal_prio(task);
	if (waits)
		enqueue_task(rq, task);
	resched_curr(rq);		/* it may be better now than who runs, or worse */
}

void set_user_nice(struct task_struct *task, long nice)
{
	unsigned long flags;
	struct rq *rq;

	if (nice < MIN_NICE || nice > MAX_NICE)
		return;
	rq = task_rq_lock(task, &flags);
	task->static_prio = NICE_TO_PRIO((int)nice);
	set_prio(rq, task);
	task_rq_unlock(rq, task, flags);
}
EXPORT_SYMBOL(set_user_nice);

int task_prio(const struct task_struct *task)
{
	return task->prio - MAX_RT_PRIO;
}

/* RLIMIT_NICE: 20 - nice, so 40 … 1 for -20 … 19. */
int can_nice(const struct task_struct *task, int nice)
{
	return (unsigned long)(20 - nice) <= task_rlimit(task, RLIMIT_NICE) || capable(CAP_SYS_NICE);
}

/* Whose? */
static bool may_change(struct task_struct *task)
{
	const struct cred *cred = current_cred(), *other = get_task_cred(task);
	bool ok = uid_eq(cred->euid, other->euid) || uid_eq(cred->euid, other->uid);

	put_cred(other);
	return ok || capable(CAP_SYS_NICE);
}

/* ------------------------------------------------------------------ nice */

long sys_nice(int increment)
{
	int nice = task_nice(current) + clamp(increment, -NICE_WIDTH, NICE_WIDTH);

	nice = clamp(nice, MIN_NICE, MAX_NICE);
	if (increment < 0 && !can_nice(current, nice))
		return -EPERM;
	set_user_nice(current, nice);
	return 0;
}

static int set_one_nice(struct task_struct *task, int nice, int err)
{
	if (!may_change(task))
		return -EPERM;
	if (nice < task_nice(task) && !can_nice(task, nice))
		return -EACCES;
	set_user_nice(task, nice);
	return err == -ESRCH ? 0 : err;
}

static bool owned_by(struct task_struct *task, int who)
{
	return uid_eq(task_uid(task), who ? KUIDT_INIT(who) : current_uid());
}

long sys_setpriority(int which, int who, int niceval)
{
	struct task_struct *p;
	int err = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	niceval = clamp(niceval, MIN_NICE, MAX_NICE);
	read_lock(&tasklist_lock);
	switch (which) {
	case PRIO_PROCESS:
		p = who ? find_task_by_vpid(who) : current;
		if (p)
			err = set_one_nice(p, niceval, err);
		break;
	case PRIO_PGRP:
		do_each_pid_task(who ? find_vpid(who) : task_pgrp(current), PIDTYPE_PGID, p) {
			err = set_one_nice(p, niceval, err);
		} while_each_pid_task(, PIDTYPE_PGID, p);
		break;
	case PRIO_USER:
		for_each_process(p)
			if (owned_by(p, who))
				err = set_one_nice(p, niceval, err);
		break;
	}
	read_unlock(&tasklist_lock);
	return err;
}

/* 40 … 1 for nice -20 … 19, so that no answer looks like an error; the highest of several. */
long sys_getpriority(int which, int who)
{
	struct task_struct *p;
	long best = -ESRCH;

	if (which < PRIO_PROCESS || which > PRIO_USER)
		return -EINVAL;
	read_lock(&tasklist_lock);
	switch (which) {
	case PRIO_PROCESS:
		p = who ? find_task_by_vpid(who) : current;
		if (p)
			best = 20 - task_nice(p);
		break;
	case PRIO_PGRP:
		do_each_pid_task(who ? find_vpid(who) : task_pgrp(current), PIDTYPE_PGID, p) {
			best = max(best, 20l - task_nice(p));
		} while_each_pid_task(, PIDTYPE_PGID, p);
		break;
	case PRIO_USER:
		for_each_process(p)
			if (owned_by(p, who))
				best = max(best, 20l - task_nice(p));
		break;
	}
	read_unlock(&tasklist_lock);
	return best;
}

/* ------------------------------------------------------------------ policies */

static bool valid_policy(int policy)
{
	return policy == SCHED_NORMAL || policy == SCHED_FIFO || policy == SCHED_RR ||
	       policy == SCHED_BATCH || policy == SCHED_IDLE;
}

static bool is_rt(int policy)
{
	return policy == SCHED_FIFO || policy == SCHED_RR;
}

static int check_policy(struct task_struct *task, int policy, int priority)
{
	if (!valid_policy(policy) || priority < 0 || priority >= MAX_RT_PRIO)
		return -EINVAL;
	if (is_rt(policy) != (priority != 0))
		return -EINVAL;
	if (!may_change(task))
		return -EPERM;
	if (is_rt(policy) && (unsigned long)priority > task_rlimit(task, RLIMIT_RTPRIO) &&
	    !capable(CAP_SYS_NICE))
		return -EPERM;
	return 0;
}

/* @policy below 0: as it is. */
static long do_sched_setscheduler(pid_t pid, int policy, const struct sched_param __user *param)
{
	struct task_struct *task;
	struct sched_param sp;
	unsigned long flags;
	struct rq *rq;
	int err;

	if (!param || pid < 0)
		return -EINVAL;
	if (copy_from_user(&sp, param, sizeof(sp)))
		return -EFAULT;
	task = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	if (!task)
		return -ESRCH;
	if (policy < 0)
		policy = task->policy;
	else
		policy &= ~SCHED_RESET_ON_FORK;
	err = check_policy(task, policy, sp.sched_priority);
	if (!err) {
		rq = task_rq_lock(task, &flags);
		task->policy = policy;
		task->rt_priority = sp.sched_priority;
		set_prio(rq, task);
		task_rq_unlock(rq, task, flags);
	}
	put_task_struct(task);
	return err;
}

long sys_sched_setscheduler(pid_t pid, int policy, const struct sched_param __user *param)
{
	return policy < 0 ? -EINVAL : do_sched_setscheduler(pid, policy, param);
}

long sys_sched_setparam(pid_t pid, const struct sched_param __user *param)
{
	return do_sched_setscheduler(pid, -1, param);
}

long sys_sched_getscheduler(pid_t pid)
{
	struct task_struct *task;
	long policy = -ESRCH;

	if (pid < 0)
		return -EINVAL;
	read_lock(&tasklist_lock);
	task = pid ? find_task_by_vpid(pid) : current;
	if (task)
		policy = task->policy;
	read_unlock(&tasklist_lock);
	return policy;
}

long sys_sched_getparam(pid_t pid, struct sched_param __user *param)
{
	struct sched_param sp = { .sched_priority = 0 };
	struct task_struct *task;

	if (!param || pid < 0)
		return -EINVAL;
	read_lock(&tasklist_lock);
	task = pid ? find_task_by_vpid(pid) : current;
	if (task)
		sp.sched_priority = (int)task->rt_priority;
	read_unlock(&tasklist_lock);
	if (!task)
		return -ESRCH;
	return copy_to_user(param, &sp, sizeof(sp)) ? -EFAULT : 0;
}

long sys_sched_get_priority_max(int policy)
{
	if (!valid_policy(policy))
		return -EINVAL;
	return is_rt(policy) ? MAX_RT_PRIO - 1 : 0;
}

long sys_sched_get_priority_min(int policy)
{
	if (!valid_policy(policy))
		return -EINVAL;
	return is_rt(policy) ? 1 : 0;
}

static int rr_interval(pid_t pid, struct timespec64 *ts)
{
	struct task_struct *task;

	if (pid < 0)
		return -EINVAL;
	read_lock(&tasklist_lock);
	task = pid ? find_task_by_vpid(pid) : current;
	if (task)
		*ts = ns_to_timespec64(task->policy == SCHED_FIFO ? 0 : task_timeslice(task));
	read_unlock(&tasklist_lock);
	return task ? 0 : -ESRCH;
}

long sys_sched_rr_get_interval(pid_t pid, struct __kernel_timespec __user *interval)
{
	struct timespec64 ts;
	int err = rr_interval(pid, &ts);

	return err ? err : put_timespec64(&ts, interval);
}

long sys_sched_rr_get_interval_time32(pid_t pid, struct old_timespec32 __user *interval)
{
	struct timespec64 ts;
	int err = rr_interval(pid, &ts);

	return err ? err : put_old_timespec32(&ts, interval);
}

long sys_sched_yield(void)
{
	yield();
	return 0;
}

/* ------------------------------------------------------------------ CPUs: there is one */

static int task_exists(pid_t pid)
{
	int err = 0;

	read_lock(&tasklist_lock);
	if (pid && !find_task_by_vpid(pid))
		err = -ESRCH;
	read_unlock(&tasklist_lock);
	return err;
}

long sys_sched_setaffinity(pid_t pid, unsigned int len, const unsigned long __user *user_mask_ptr)
{
	unsigned long mask = 0;
	int err = task_exists(pid);

	if (copy_from_user(&mask, user_mask_ptr, min_t(size_t, len, sizeof(mask))))
		return -EFAULT;
	if (err)
		return err;
	return mask & ((1ul << NR_SCHED_CPUS) - 1) ? 0 : -EINVAL;
}

/* The bytes written. */
long sys_sched_getaffinity(pid_t pid, unsigned int len, unsigned long __user *user_mask_ptr)
{
	unsigned long mask = (1ul << NR_SCHED_CPUS) - 1;
	int err = task_exists(pid);

	if (len < sizeof(mask) || len % sizeof(mask))
		return -EINVAL;
	if (err)
		return err;
	return put_user(mask, user_mask_ptr) ? -EFAULT : (long)sizeof(mask);
}

long sys_getcpu(unsigned int __user *cpup, unsigned int __user *nodep, void __user *unused)
{
	if (cpup && put_user(smp_processor_id(), cpup))
		return -EFAULT;
	return nodep && put_user(0u, nodep) ? -EFAULT : 0;
}
