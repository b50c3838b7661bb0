/*
 * Who is who: process, parent, group and session numbers.
 *
 * A session is what one login holds together, a process group what one command
 * line started; terminals and kill() speak to groups.
 *
 * Locks: tasklist_lock, writing to change.
 */
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/tty.h>

long sys_getpid(void)
{
	return current->tgid;
}

long sys_gettid(void)
{
	return current->pid;
}

long sys_getppid(void)
{
	pid_t pid;

	read_lock(&tasklist_lock);
	pid = current->real_parent->tgid;
	read_unlock(&tasklist_lock);
	return pid;
}

/* [t] held: may the current process move @p to the group @pgid? */
static int check_setpgid(struct task_struct *p, pid_t pgid)
{
	struct task_struct *leader = current->group_leader, *member;

	if (!p)
		return -ESRCH;
	if (!thread_group_leader(p))
		return -EINVAL;
	if (same_thread_group(p->real_parent, leader)) {
		if (task_session(p) != task_session(leader))
			return -EPERM;
		if (!(p->flags & PF_FORKNOEXEC))
			return -EACCES;		/* the child runs a program of its own */
	} else if (p != leader) {
		return -ESRCH;
	}
	if (p->signal->leader)
		return -EPERM;
	if (pgid != p->pid) {
		member = pid_task(find_vpid(pgid), PIDTYPE_PGID);
		if (!member || task_session(member) != task_session(leader))
			return -EPERM;
	}
	return 0;
}

long sys_setpgid(pid_t pid, pid_t pgid)
{
	struct task_struct *p;
	struct pid *pgrp;
	int err;

	if (!pid)
		pid = current->tgid;
	if (!pgid)
		pgid = pid;
	if (pgid < 0)
		return -EINVAL;
	write_lock_irq(&tasklist_lock);
	p = find_task_by_vpid(pid);
	err = check_setpgid(p, pgid);
	if (!err) {
		pgrp = find_vpid(pgid);
		if (task_pgrp(p) != pgrp)
			change_pid(p, PIDTYPE_PGID, pgrp);
	}
	write_unlock_irq(&tasklist_lock);
	return err;
}

static long number_of(pid_t pid, pid_t (*number)(struct task_struct *))
{
	struct task_struct *p;
	long ret = -ESRCH;

	read_lock(&tasklist_lock);
	p = pid ? find_task_by_vpid(pid) : current;
	if (p)
		ret = number(p);
	read_unlock(&tasklist_lock);
	return ret;
}

long sys_getpgid(pid_t pid)
{
	return number_of(pid, task_pgrp_nr);
}

long sys_getpgrp(void)
{
	return number_of(0, task_pgrp_nr);
}

long sys_getsid(pid_t pid)
{
	return number_of(pid, task_session_nr);
}

/* A new session with a new group in it, both of this process, and no terminal. */
long sys_setsid(void)
{
	struct task_struct *leader = current->group_leader;
	struct pid *sid = task_pid(leader);
	long err = -EPERM;

	write_lock_irq(&tasklist_lock);
	/* A group with the number exists: its members would be in two sessions. */
	if (leader->signal->leader || pid_task(sid, PIDTYPE_PGID))
		goto out;
	leader->signal->leader = 1;
	if (task_session(leader) != sid)
		change_pid(leader, PIDTYPE_SID, sid);
	if (task_pgrp(leader) != sid)
		change_pid(leader, PIDTYPE_PGID, sid);
	err = sid->nr;
out:
	write_unlock_irq(&tasklist_lock);
	if (err > 0)
		proc_clear_tty(leader);
	return err;
}
