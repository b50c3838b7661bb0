/*
 * <linux/cred.h> - on whose behalf a task acts.
 *
 * Shared by reference and never changed once a task uses it: who wants other
 * ids prepares a copy, changes that and commits it.  So no lock is needed to
 * read one's own.
 */
#ifndef _LINUX_CRED_H
#define _LINUX_CRED_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/uidgid.h>
#include <uapi/linux/capability.h>
#include <uapi/linux/limits.h>

/* Supplementary groups, sorted; shared by reference, constant. */
struct group_info {
	atomic_t usage;
	int ngroups;
	kgid_t gid[];
};

struct cred {
	atomic_t usage;
	kuid_t uid, suid, euid, fsuid;
	kgid_t gid, sgid, egid, fsgid;
	struct group_info *group_info;
};

struct task_struct;

extern struct cred init_cred;
extern struct cred *prepare_creds(void);
extern int commit_creds(struct cred *new);
extern void abort_creds(struct cred *new);
extern void __put_cred(struct cred *cred);
extern bool in_group_p(kgid_t gid);
extern bool in_egroup_p(kgid_t gid);
extern bool capable(int cap);
extern void cred_init(void);
/* A reference to another task's. */
extern const struct cred *get_task_cred(struct task_struct *task);
extern struct group_info *groups_alloc(int ngroups);
extern void put_group_info(struct group_info *info);
extern bool groups_search(const struct group_info *info, kgid_t gid);
extern void set_groups(struct cred *new, struct group_info *info);

static inline const struct cred *get_cred(const struct cred *cred)
{
	atomic_inc((atomic_t *)&cred->usage);
	return cred;
}

static inline void put_cred(const struct cred *cred)
{
	if (atomic_dec_and_test((atomic_t *)&cred->usage))
		__put_cred((struct cred *)cred);
}

static inline struct group_info *get_group_info(struct group_info *info)
{
	atomic_inc(&info->usage);
	return info;
}

#define current_cred()	((const struct cred *)current->cred)
#define current_uid()	(current->cred->uid)
#define current_euid()	(current->cred->euid)
#define current_gid()	(current->cred->gid)
#define current_egid()	(current->cred->egid)
#define current_fsuid()	(current->cred->fsuid)
#define current_fsgid()	(current->cred->fsgid)
#define current_suid()	(current->cred->suid)
#define current_uid_gid(u, g)	(*(u) = current_uid(), *(g) = current_gid())

/* Of another task: see get_task_cred(). */
extern kuid_t task_uid(struct task_struct *task);

#endif
