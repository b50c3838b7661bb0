/*
 * User and group ids: who a process is, and becomes.
 *
 * Real: who started it; effective: with whose rights; saved: what effective may
 * be set back to; fs: with whose rights it opens files, the effective one unless
 * setfsuid() says otherwise.  Root sets any; others exchange among those they
 * have.  A changed id is a new struct cred; see <linux/cred.h>.
 */
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/sort.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define UNCHANGED	((uid_t)-1)

long sys_getuid(void)
{
	return __kuid_val(current_uid());
}

long sys_geteuid(void)
{
	return __kuid_val(current_euid());
}

long sys_getgid(void)
{
	return __kgid_val(current_gid());
}

long sys_getegid(void)
{
	return __kgid_val(current_egid());
}

/* ------------------------------------------------------------------ users */

long sys_setuid(uid_t uid)
{
	struct cred *new = prepare_creds();
	kuid_t kuid = KUIDT_INIT(uid);

	if (!new)
		return -ENOMEM;
	if (capable(CAP_SETUID)) {
		new->uid = new->suid = kuid;
	} else if (!uid_eq(kuid, new->uid) && !uid_eq(kuid, new->suid)) {
		abort_creds(new);
		return -EPERM;
	}
	new->euid = new->fsuid = kuid;
	return commit_creds(new);
}

long sys_setreuid(uid_t ruid, uid_t euid)
{
	const struct cred *old = current_cred();
	kuid_t kruid = KUIDT_INIT(ruid), keuid = KUIDT_INIT(euid);
	struct cred *new = prepare_creds();

	if (!new)
		return -ENOMEM;
	if (ruid != UNCHANGED) {
		new->uid = kruid;
		if (!uid_eq(old->uid, kruid) && !uid_eq(old->euid, kruid) && !capable(CAP_SETUID))
			goto denied;
	}
	if (euid != UNCHANGED) {
		new->euid = keuid;
		if (!uid_eq(old->uid, keuid) && !uid_eq(old->euid, keuid) &&
		    !uid_eq(old->suid, keuid) && !capable(CAP_SETUID))
			goto denied;
	}
	if (ruid != UNCHANGED || (euid != UNCHANGED && !uid_eq(keuid, old->uid)))
		new->suid = new->euid;
	new->fsuid = new->euid;
	return commit_creds(new);
denied:
	abort_creds(new);
	return -EPERM;
}

static bool may_be_uid(uid_t uid)
{
	const struct cred *cred = current_cred();

	return uid == UNCHANGED || uid_eq(cred->uid, KUIDT_INIT(uid)) ||
	       uid_eq(cred->euid, KUIDT_INIT(uid)) || uid_eq(cred->suid, KUIDT_INIT(uid));
}

long sys_setresuid(uid_t ruid, uid_t euid, uid_t suid)
{
	struct cred *new;

	if (!capable(CAP_SETUID) && !(may_be_uid(ruid) && may_be_uid(euid) && may_be_uid(suid)))
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (ruid != UNCHANGED)
		new->uid = KUIDT_INIT(ruid);
	if (euid != UNCHANGED)
		new->euid = KUIDT_INIT(euid);
	if (suid != UNCHANGED)
		new->suid = KUIDT_INIT(suid);
	new->fsuid = new->euid;
	return commit_creds(new);
}

long sys_getresuid(uid_t __user *ruid, uid_t __user *euid, uid_t __user *suid)
{
	const struct cred *cred = current_cred();

	if (put_user(__kuid_val(cred->uid), ruid) || put_user(__kuid_val(cred->euid), euid) ||
	    put_user(__kuid_val(cred->suid), suid))
		return -EFAULT;
	return 0;
}

/* Always the old one; whether it was changed one sees by asking again. */
long sys_setfsuid(uid_t uid)
{
	uid_t old = __kuid_val(current_fsuid());
	struct cred *new;

	if (uid == UNCHANGED || uid == old)
		return old;
	if (!may_be_uid(uid) && !capable(CAP_SETUID))
		return old;
	new = prepare_creds();
	if (new) {
		new->fsuid = KUIDT_INIT(uid);
		commit_creds(new);
	}
	return old;
}

/* ------------------------------------------------------------------ groups */

long sys_setgid(gid_t gid)
{
	struct cred *new = prepare_creds();
	kgid_t kgid = KGIDT_INIT(gid);

	if (!new)
		return -ENOMEM;
	if (capable(CAP_SETGID)) {
		new->gid = new->sgid = kgid;
	} else if (!gid_eq(kgid, new->gid) && !gid_eq(kgid, new->sgid)) {
		abort_creds(new);
		return -EPERM;
	}
	new->egid = new->fsgid = kgid;
	return commit_creds(new);
}

long sys_setregid(gid_t rgid, gid_t egid)
{
	const struct cred *old = current_cred();
	kgid_t krgid = KGIDT_INIT(rgid), kegid = KGIDT_INIT(egid);
	struct cred *new = prepare_creds();

	if (!new)
		return -ENOMEM;
	if (rgid != UNCHANGED) {
		new->gid = krgid;
		if (!gid_eq(old->gid, krgid) && !gid_eq(old->egid, krgid) && !capable(CAP_SETGID))
			goto denied;
	}
	if (egid != UNCHANGED) {
		new->egid = kegid;
		if (!gid_eq(old->gid, kegid) && !gid_eq(old->egid, kegid) &&
		    !gid_eq(old->sgid, kegid) && !capable(CAP_SETGID))
			goto denied;
	}
	if (rgid != UNCHANGED || (egid != UNCHANGED && !gid_eq(kegid, old->gid)))
		new->sgid = new->egid;
	new->fsgid = new->egid;
	return commit_creds(new);
denied:
	abort_creds(new);
	return -EPERM;
}

static bool may_be_gid(gid_t gid)
{
	const struct cred *cred = current_cred();

	return gid == UNCHANGED || gid_eq(cred->gid, KGIDT_INIT(gid)) ||
	       gid_eq(cred->egid, KGIDT_INIT(gid)) || gid_eq(cred->sgid, KGIDT_INIT(gid));
}

long sys_setresgid(gid_t rgid, gid_t egid, gid_t sgid)
{
	struct cred *new;

	if (!capable(CAP_SETGID) && !(may_be_gid(rgid) && may_be_gid(egid) && may_be_gid(sgid)))
		return -EPERM;
	new = prepare_creds();
	if (!new)
		return -ENOMEM;
	if (rgid != UNCHANGED)
		new->gid = KGIDT_INIT(rgid);
	if (egid != UNCHANGED)
		new->egid = KGIDT_INIT(egid);
	if (sgid != UNCHANGED)
		new->sgid = KGIDT_INIT(sgid);
	new->fsgid = new->egid;
	return commit_creds(new);
}

long sys_getresgid(gid_t __user *rgid, gid_t __user *egid, gid_t __user *sgid)
{
	const struct cred *cred = current_cred();

	if (put_user(__kgid_val(cred->gid), rgid) || put_user(__kgid_val(cred->egid), egid) ||
	    put_user(__kgid_val(cred->sgid), sgid))
		return -EFAULT;
	return 0;
}

long sys_setfsgid(gid_t gid)
{
	gid_t old = __kgid_val(current_fsgid());
	struct cred *new;

	if (gid == UNCHANGED || gid == old)
		return old;
	if (!may_be_gid(gid) && !capable(CAP_SETGID))
		return old;
	new = prepare_creds();
	if (new) {
		new->fsgid = KGIDT_INIT(gid);
		commit_creds(new);
	}
	return old;
}

/* ------------------------------------------------------------------ supplementary groups */

/* @width: bytes of a group id in user memory, 2 or 4. */
static int get_group(gid_t *gid, const void __user *list, int i, int width)
{
	old_gid_t gid16;

	if (width == sizeof(gid_t))
		return get_user(*gid, (const gid_t __user *)list + i);
	if (get_user(gid16, (const old_gid_t __user *)list + i))
		return -EFAULT;
	*gid = gid16;
	return 0;
}

static int compare_groups(const void *a, const void *b)
{
	gid_t left = __kgid_val(*(const kgid_t *)a), right = __kgid_val(*(const kgid_t *)b);

	return left < right ? -1 : left > right;
}

static long setgroups(int size, const void __user *list, int width)
{
	struct group_info *info;
	struct cred *new;
	int i, err = -EFAULT;
	gid_t gid;

	if (!capable(CAP_SETGID))
		return -EPERM;
	if ((unsigned int)size > NGROUPS_MAX)
		return -EINVAL;
	info = groups_alloc(size);
	if (!info)
		return -ENOMEM;
	for (i = 0; i < size; i++) {
		if (get_group(&gid, list, i, width))
			goto out;
		info->gid[i] = KGIDT_INIT(gid);
	}
	sort(info->gid, size, sizeof(info->gid[0]), compare_groups, NULL);
	err = -ENOMEM;
	new = prepare_creds();
	if (!new)
		goto out;
	set_groups(new, info);
	err = commit_creds(new);
out:
	put_group_info(info);
	return err;
}

static long getgroups(int size, void __user *list, int width)
{
	const struct group_info *info = current_cred()->group_info;
	int i, err;
	gid_t gid;

	if (size < 0 || (size && size < info->ngroups))
		return -EINVAL;
	for (i = 0; size && i < info->ngroups; i++) {
		gid = __kgid_val(info->gid[i]);
		if (width == sizeof(gid_t))
			err = put_user(gid, (gid_t __user *)list + i);
		else
			err = put_user((old_gid_t)min(gid, 65534u), (old_gid_t __user *)list + i);
		if (err)
			return -EFAULT;
	}
	return info->ngroups;
}

long sys_getgroups(int gidsetsize, gid_t __user *grouplist)
{
	return getgroups(gidsetsize, grouplist, sizeof(gid_t));
}

long sys_setgroups(int gidsetsize, const gid_t __user *grouplist)
{
	return setgroups(gidsetsize, grouplist, sizeof(gid_t));
}

long sys_getgroups16(int gidsetsize, old_gid_t __user *grouplist)
{
	return getgroups(gidsetsize, grouplist, sizeof(old_gid_t));
}

long sys_setgroups16(int gidsetsize, const old_gid_t __user *grouplist)
{
	return setgroups(gidsetsize, grouplist, sizeof(old_gid_t));
}
