/*
 * The id calls of the time when ids had 16 bits, by way of the others.
 *
 * -1 stays "leave it"; an id that does not fit is told as 65534 ("nobody").
 */
#include <linux/cred.h>
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define OVERFLOW_ID	65534

static uid_t widen(old_uid_t id)
{
	return id == (old_uid_t)-1 ? (uid_t)-1 : id;
}

static old_uid_t narrow(uid_t id)
{
	return id > 0xffff ? OVERFLOW_ID : id;
}

long sys_getuid16(void)
{
	return narrow(__kuid_val(current_uid()));
}

long sys_geteuid16(void)
{
	return narrow(__kuid_val(current_euid()));
}

long sys_getgid16(void)
{
	return narrow(__kgid_val(current_gid()));
}

long sys_getegid16(void)
{
	return narrow(__kgid_val(current_egid()));
}

long sys_setuid16(old_uid_t uid)
{
	return sys_setuid(widen(uid));
}

long sys_setgid16(old_gid_t gid)
{
	return sys_setgid(widen(gid));
}

long sys_setreuid16(old_uid_t ruid, old_uid_t euid)
{
	return sys_setreuid(widen(ruid), widen(euid));
}

long sys_setregid16(old_gid_t rgid, old_gid_t egid)
{
	return sys_setregid(widen(rgid), widen(egid));
}

long sys_setresuid16(old_uid_t ruid, old_uid_t euid, old_uid_t suid)
{
	return sys_setresuid(widen(ruid), widen(euid), widen(suid));
}

long sys_setresgid16(old_gid_t rgid, old_gid_t egid, old_gid_t sgid)
{
	return sys_setresgid(widen(rgid), widen(egid), widen(sgid));
}

long sys_setfsuid16(old_uid_t uid)
{
	return narrow(sys_setfsuid(widen(uid)));
}

long sys_setfsgid16(old_gid_t gid)
{
	return narrow(sys_setfsgid(widen(gid)));
}

long sys_getresuid16(old_uid_t __user *ruid, old_uid_t __user *euid, old_uid_t __user *suid)
{
	const struct cred *cred = current_cred();

	if (put_user(narrow(__kuid_val(cred->uid)), ruid) ||
	    put_user(narrow(__kuid_val(cred->euid)), euid) ||
	    put_user(narrow(__kuid_val(cred->suid)), suid))
		return -EFAULT;
	return 0;
}

long sys_getresgid16(old_gid_t __user *rgid, old_gid_t __user *egid, old_gid_t __user *sgid)
{
	const struct cred *cred = current_cred();

	if (put_user(narrow(__kgid_val(cred->gid)), rgid) ||
	    put_user(narrow(__kgid_val(cred->egid)), egid) ||
	    put_user(narrow(__kgid_val(cred->sgid)), sgid))
		return -EFAULT;
	return 0;
}
