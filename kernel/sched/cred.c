/*
 * Credentials: see <linux/cred.h>.
 *
 * A task's cred pointer is changed by the task itself only, under cred_lock; so
 * it reads its own without a lock, and others take the lock to look or to get a
 * reference.  They do so with tasklist_lock or a siglock held, in interrupts
 * too: the lock is irq-safe and the innermost of all.
 */
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/mm_types.h>
#include <linux/slab.h>
#include <linux/init.h>
#include <linux/export.h>

static struct group_info init_groups = { .usage = ATOMIC_INIT(2) };
static DEFINE_SPINLOCK(cred_lock);	/* ->cred of every task, for others than itself */
static struct kmem_cache *cred_cache;	/* constant after cred_init() */

struct user_namespace init_user_ns;
EXPORT_SYMBOL(init_user_ns);

struct cred init_cred = {
	.usage = ATOMIC_INIT(2),
	.group_info = &init_groups,
};

void __init cred_init(void)
{
	cred_cache = KMEM_CACHE(cred, SLAB_PANIC);
}

/* A copy of the current task's, to be changed and committed; NULL: no memory. */
struct cred *prepare_creds(void)
{
	struct cred *new = kmem_cache_alloc(cred_cache, GFP_KERNEL);

	if (!new)
		return NULL;
	*new = *current_cred();
	atomic_set(&new->usage, 1);
	get_group_info(new->group_info);
	return new;
}
EXPORT_SYMBOL(prepare_creds);

/* Makes @new the current task's; takes over the caller's reference.  Always 0. */
int commit_creds(struct cred *new)
{
	const struct cred *old = current_cred();

	if (!uid_eq(old->euid, new->euid) || !gid_eq(old->egid, new->egid) ||
	    !uid_eq(old->fsuid, new->fsuid) || !gid_eq(old->fsgid, new->fsgid)) {
		if (current->mm)
			current->mm->dumpable = false;
		current->pdeath_signal = 0;
	}
	spin_lock_irq(&cred_lock);
	current->cred = new;
	spin_unlock_irq(&cred_lock);
	put_cred(old);
	return 0;
}
EXPORT_SYMBOL(commit_creds);

void abort_creds(struct cred *new)
{
	put_cred(new);
}
EXPORT_SYMBOL(abort_creds);

void __put_cred(struct cred *cred)
{
	put_group_info(cred->group_info);
	kmem_cache_free(cred_cache, cred);
}
EXPORT_SYMBOL(__put_cred);

const struct cred *get_task_cred(struct task_struct *task)
{
	const struct cred *cred;
	unsigned long flags;

	spin_lock_irqsave(&cred_lock, flags);
	cred = get_cred(task->cred);
	spin_unlock_irqrestore(&cred_lock, flags);
	return cred;
}
EXPORT_SYMBOL(get_task_cred);

/* The real user id of @task.  Context: any. */
kuid_t task_uid(struct task_struct *task)
{
	unsigned long flags;
	kuid_t uid;

	spin_lock_irqsave(&cred_lock, flags);
	uid = task->cred->uid;
	spin_unlock_irqrestore(&cred_lock, flags);
	return uid;
}
EXPORT_SYMBOL(task_uid);

/* Root may do everything; there are no finer capabilities. */
bool capable(int cap)
{
	return uid_eq(current_euid(), GLOBAL_ROOT_UID);
}
EXPORT_SYMBOL(capable);

struct group_info *groups_alloc(int ngroups)
{
	struct group_info *info = kmalloc(struct_size(info, gid, ngroups), GFP_KERNEL);

	if (info) {
		atomic_set(&info->usage, 1);
		info->ngroups = ngroups;
	}
	return info;
}

void put_group_info(struct group_info *info)
{
	if (atomic_dec_and_test(&info->usage))
		kfree(info);
}

/* Sorted, so halve. */
bool groups_search(const struct group_info *info, kgid_t gid)
{
	int low = 0, high = info->ngroups, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (gid_eq(info->gid[middle], gid))
			return true;
		if (__kgid_val(info->gid[middle]) < __kgid_val(gid))
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

void set_groups(struct cred *new, struct group_info *info)
{
	put_group_info(new->group_info);
	new->group_info = get_group_info(info);
}

bool in_group_p(kgid_t gid)
{
	return gid_eq(gid, current_fsgid()) || groups_search(current_cred()->group_info, gid);
}
EXPORT_SYMBOL(in_group_p);

bool in_egroup_p(kgid_t gid)
{
	return gid_eq(gid, current_egid()) || groups_search(current_cred()->group_info, gid);
}
EXPORT_SYMBOL(in_egroup_p);
