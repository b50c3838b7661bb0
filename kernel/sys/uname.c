/*
 * The system's name, in the three sizes that it has been asked for.
 *
 * Locks: uts_sem for the two names that can be changed; they lie in kernel/lib/version.c.
 */
#include <linux/cred.h>
#include <linux/string.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <linux/utsname.h>

static struct new_utsname read_names(void)
{
	struct new_utsname names;

	down_read(&uts_sem);
	names = *utsname();
	up_read(&uts_sem);
	return names;
}

long sys_newuname(struct new_utsname __user *name)
{
	struct new_utsname names = read_names();

	return copy_to_user(name, &names, sizeof(names)) ? -EFAULT : 0;
}

/* Without the domain's name. */
long sys_uname(struct old_utsname __user *name)
{
	struct new_utsname names = read_names();

	BUILD_BUG_ON(sizeof(struct old_utsname) != offsetof(struct new_utsname, domainname));
	return copy_to_user(name, &names, sizeof(*name)) ? -EFAULT : 0;
}

/* Eight characters each. */
long sys_olduname(struct oldold_utsname __user *name)
{
	struct new_utsname names = read_names();
	struct oldold_utsname old = { .sysname = "" };

	memcpy(old.sysname, names.sysname, __OLD_UTS_LEN);
	memcpy(old.nodename, names.nodename, __OLD_UTS_LEN);
	memcpy(old.release, names.release, __OLD_UTS_LEN);
	memcpy(old.version, names.version, __OLD_UTS_LEN);
	memcpy(old.machine, names.machine, __OLD_UTS_LEN);
	return copy_to_user(name, &old, sizeof(old)) ? -EFAULT : 0;
}

static long set_name(char *field, const char __user *name, int len)
{
	char text[__NEW_UTS_LEN + 1] = "";

	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (len < 0 || len > __NEW_UTS_LEN)
		return -EINVAL;
	if (copy_from_user(text, name, len))
		return -EFAULT;
	down_write(&uts_sem);
	memcpy(field, text, sizeof(text));
	up_write(&uts_sem);
	return 0;
}

long sys_sethostname(const char __user *name, int len)
{
	return set_name(utsname()->nodename, name, len);
}

long sys_setdomainname(const char __user *name, int len)
{
	return set_name(utsname()->domainname, name, len);
}
