/*
 * fcntl(): what can be asked of a descriptor; and SIGIO, which it asks for.
 *
 * F_SETFL changes O_APPEND, O_NONBLOCK, O_DIRECT, O_NOATIME and FASYNC only.
 * With FASYNC set the driver's fasync method puts the file on its list
 * (fasync_helper), and kill_fasync() signals the owners of all files there.
 */
#include <linux/filelock.h>
#include <linux/pipe_fs_i.h>
#include <linux/signal.h>
#include "internal.h"

#define SETFL_MASK	(O_APPEND | O_NONBLOCK | O_NDELAY | O_DIRECT | O_NOATIME)

static int set_flags(int fd, struct file *file, unsigned long arg)
{
	int err = 0;

	if (IS_APPEND(file_inode(file)) && !(arg & O_APPEND) && file->f_flags & O_APPEND)
		return -EPERM;
	if (arg & O_NOATIME && !(file->f_flags & O_NOATIME) &&
	    !inode_owner_or_capable(file_inode(file)))
		return -EPERM;
	if (file->f_op->check_flags)
		err = file->f_op->check_flags(arg);
	if (!err && (arg ^ file->f_flags) & O_DIRECT && !S_ISFIFO(file_inode(file)->i_mode))
		err = set_direct(file, arg & O_DIRECT);
	if (err)
		return err;
	if ((arg ^ file->f_flags) & FASYNC && file->f_op->fasync) {
		err = file->f_op->fasync(fd, file, (arg & FASYNC) != 0);
		if (err < 0)
			return err;
	}
	spin_lock(&file->f_lock);
	file->f_flags = (arg & SETFL_MASK) | (file->f_flags & ~SETFL_MASK);
	spin_unlock(&file->f_lock);
	return 0;
}

/* ------------------------------------------------------------------ the owner */

/* nr 0: nobody.  ESRCH: there is no such process or group. */
static int set_owner(struct file *file, pid_t nr, int type, int force)
{
	struct fown_struct *owner = &file->f_owner;
	struct pid *pid = nr ? find_get_pid(nr) : NULL, *unused = pid;

	if (nr && !pid)
		return -ESRCH;
	spin_lock_irq(&owner->lock);
	if (force || !owner->pid) {
		unused = owner->pid;
		owner->pid = pid;
		owner->pid_type = type;
		owner->uid = current_uid();
		owner->euid = current_euid();
	}
	spin_unlock_irq(&owner->lock);
	put_pid(unused);
	return 0;
}

/* who: a process, or the negative of a process group; 0: nobody. */
int f_setown(struct file *file, int who, int force)
{
	if (who == INT_MIN)
		return -EINVAL;
	return who < 0 ? set_owner(file, -who, PIDTYPE_PGID, force)
		       : set_owner(file, who, PIDTYPE_TGID, force);
}
EXPORT_SYMBOL(f_setown);

static pid_t f_getown(struct file *file)
{
	pid_t nr;

	spin_lock_irq(&file->f_owner.lock);
	nr = pid_nr(file->f_owner.pid);
	if (file->f_owner.pid_type == PIDTYPE_PGID)
		nr = -nr;
	spin_unlock_irq(&file->f_owner.lock);
	return nr;
}

static const int owner_types[] = {
	[F_OWNER_TID] = PIDTYPE_PID,
	[F_OWNER_PID] = PIDTYPE_TGID,
	[F_OWNER_PGRP] = PIDTYPE_PGID,
};

static int set_owner_ex(struct file *file, const struct f_owner_ex __user *arg)
{
	struct f_owner_ex owner;

	if (copy_from_user(&owner, arg, sizeof(owner)))
		return -EFAULT;
	if (owner.type < 0 || owner.type >= ARRAY_SIZE(owner_types))
		return -EINVAL;
	return set_owner(file, owner.pid, owner_types[owner.type], 1);
}

static int get_owner_ex(struct file *file, struct f_owner_ex __user *arg)
{
	struct f_owner_ex owner = { .type = F_OWNER_PID };
	int i;

	spin_lock_irq(&file->f_owner.lock);
	owner.pid = pid_nr(file->f_owner.pid);
	for (i = 0; i < ARRAY_SIZE(owner_types); i++)
		if (owner.pid && owner_types[i] == file->f_owner.pid_type)
			owner.type = i;
	spin_unlock_irq(&file->f_owner.lock);
	return copy_to_user(arg, &owner, sizeof(owner)) ? -EFAULT : 0;
}

/* ------------------------------------------------------------------ the call */

static long do_fcntl(int fd, unsigned int cmd, unsigned long arg, struct file *file)
{
	int err;

	switch (cmd) {
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		err = f_dupfd(arg, get_file(file), cmd == F_DUPFD_CLOEXEC ? O_CLOEXEC : 0);
		if (err < 0)
			fput(file);
		return err;
	case F_GETFD:
		return get_close_on_exec(fd) ? FD_CLOEXEC : 0;
	case F_SETFD:
		set_close_on_exec(fd, arg & FD_CLOEXEC);
		return 0;
	case F_GETFL:
		return file->f_flags;
	case F_SETFL:
		return set_flags(fd, file, arg);
	case F_GETOWN:
		return f_getown(file);
	case F_SETOWN:
		return f_setown(file, arg, 1);
	case F_GETOWN_EX:
		return get_owner_ex(file, (void __user *)arg);
	case F_SETOWN_EX:
		return set_owner_ex(file, (void __user *)arg);
	case F_GETSIG:
		return file->f_owner.signum;
	case F_SETSIG:
		if (!valid_signal(arg))
			return -EINVAL;
		file->f_owner.signum = arg;
		return 0;
	case F_SETPIPE_SZ:
	case F_GETPIPE_SZ:
		return pipe_fcntl(file, cmd, arg);
	case F_GETLK:
	case F_SETLK:
	case F_SETLKW:
		return fcntl_lock(fd, file, cmd, (void __user *)arg, false);
	case F_GETLK64:
	case F_SETLK64:
	case F_SETLKW64:
		return fcntl_lock(fd, file, cmd - F_GETLK64 + F_GETLK, (void __user *)arg, true);
	default:
		return -EINVAL;
	}
}

/* What may be done with an O_PATH descriptor. */
static bool allowed_on_path(unsigned int cmd)
{
	return cmd == F_DUPFD || cmd == F_DUPFD_CLOEXEC || cmd == F_GETFD || cmd == F_SETFD ||
	       cmd == F_GETFL;
}

long sys_fcntl64(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct fd f = fdget_raw(fd);
	long err = -EBADF;

	if (!f.file)
		return -EBADF;
	if (!(f.file->f_mode & FMODE_PATH) || allowed_on_path(cmd))
		err = do_fcntl(fd, cmd, arg, f.file);
	fdput(f);
	return err;
}

/* The older one does not know the 64-bit locks. */
long sys_fcntl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	if (cmd == F_GETLK64 || cmd == F_SETLK64 || cmd == F_SETLKW64)
		return -EINVAL;
	return sys_fcntl64(fd, cmd, arg);
}
