/*
 * Resource limits.
 *
 * Each has a soft value, which acts, and a hard one, up to which a process may
 * raise the soft one; only root raises the hard one.
 *
 * Locks: alloc_lock of the process's leader.
 */
#include <linux/cred.h>
#include <linux/resource.h>
#include <linux/sched/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define NR_OPEN_MAX	(1024 * 1024)

/* @new and @old may each be NULL. */
static int do_prlimit(struct task_struct *task, unsigned int resource, const struct rlimit *new,
		      struct rlimit *old)
{
	struct rlimit *rlim;
	int err = 0;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (new && new->rlim_cur > new->rlim_max)
		return -EINVAL;
	if (new && resource == RLIMIT_NOFILE && new->rlim_max > NR_OPEN_MAX)
		return -EPERM;
	rlim = task->signal->rlim + resource;
	task_lock(task->group_leader);
	if (new && new->rlim_max > rlim->rlim_max && !capable(CAP_SYS_RESOURCE))
		err = -EPERM;
	if (!err) {
		if (old)
			*old = *rlim;
		if (new)
			*rlim = *new;
	}
	task_unlock(task->group_leader);
	return err;
}

long sys_getrlimit(unsigned int resource, struct rlimit __user *rlim)
{
	struct rlimit value;
	int err = do_prlimit(current, resource, NULL, &value);

	if (err)
		return err;
	return copy_to_user(rlim, &value, sizeof(value)) ? -EFAULT : 0;
}

/* The first version knew 31 bits only. */
long sys_old_getrlimit(unsigned int resource, struct rlimit __user *rlim)
{
	struct rlimit value;
	int err = do_prlimit(current, resource, NULL, &value);

	if (err)
		return err;
	value.rlim_cur = min(value.rlim_cur, 0x7ffffffful);
	value.rlim_max = min(value.rlim_max, 0x7ffffffful);
	return copy_to_user(rlim, &value, sizeof(value)) ? -EFAULT : 0;
}

long sys_setrlimit(unsigned int resource, const struct rlimit __user *rlim)
{
	struct rlimit value;

	if (copy_from_user(&value, rlim, sizeof(value)))
		return -EFAULT;
	return do_prlimit(current, resource, &value, NULL);
}

static unsigned long from_64(u64 value)
{
	return value >= RLIM_INFINITY ? RLIM_INFINITY : (unsigned long)value;
}

static u64 to_64(unsigned long value)
{
	return value == RLIM_INFINITY ? RLIM64_INFINITY : value;
}

/* All ids of the other process must be ours. */
static bool may_prlimit(struct task_struct *task)
{
	const struct cred *cred = current_cred(), *other;
	bool ok;

	if (task == current)
		return true;
	other = get_task_cred(task);
	ok = uid_eq(cred->uid, other->euid) && uid_eq(cred->uid, other->suid) &&
	     uid_eq(cred->uid, other->uid) && gid_eq(cred->gid, other->egid) &&
	     gid_eq(cred->gid, other->sgid) && gid_eq(cred->gid, other->gid);
	put_cred(other);
	return ok || capable(CAP_SYS_RESOURCE);
}

long sys_prlimit64(pid_t pid, unsigned int resource, const struct rlimit64 __user *new_rlim,
		   struct rlimit64 __user *old_rlim)
{
	struct rlimit64 value;
	struct rlimit new, old;
	struct task_struct *task;
	int err;

	if (new_rlim) {
		if (copy_from_user(&value, new_rlim, sizeof(value)))
			return -EFAULT;
		new.rlim_cur = from_64(value.rlim_cur);
		new.rlim_max = from_64(value.rlim_max);
	}
	task = pid ? find_get_task_by_vpid(pid) : get_task_struct(current);
	if (!task)
		return -ESRCH;
	err = may_prlimit(task) ? do_prlimit(task, resource, new_rlim ? &new : NULL, &old)
				: -EPERM;
	put_task_struct(task);
	if (err || !old_rlim)
		return err;
	value.rlim_cur = to_64(old.rlim_cur);
	value.rlim_max = to_64(old.rlim_max);
	return copy_to_user(old_rlim, &value, sizeof(value)) ? -EFAULT : 0;
}
