/*
 * ioctl(): the second journey.
 *
 *	sys_ioctl()	descriptor -> file
 *	  do_vfs_ioctl()  the four calls every descriptor answers itself, and what
 *			  regular files answer
 *	  vfs_ioctl()	  the driver's unlocked_ioctl method; none: ENOTTY
 *
 * A driver that does not know a command returns -ENOTTY or -ENOIOCTLCMD; user
 * space sees ENOTTY for both.  What it returns else, also a positive number,
 * is the result of the call.
 */
#include <uapi/asm/ioctls.h>
#include "internal.h"

/* FIONBIO: O_NONBLOCK on or off. */
static int ioctl_fionbio(struct file *file, int __user *arg)
{
	int on;

	if (get_user(on, arg))
		return -EFAULT;
	set_file_flag(file, O_NONBLOCK, on);
	return 0;
}

/* FIOASYNC: SIGIO on or off; the driver's fasync method keeps the list and sets FASYNC. */
static int ioctl_fioasync(unsigned int fd, struct file *file, int __user *arg)
{
	int on, err = 0;

	if (get_user(on, arg))
		return -EFAULT;
	if (!on == !(file->f_flags & FASYNC))
		return 0;
	if (!file->f_op->fasync)
		return -ENOTTY;
	err = file->f_op->fasync(fd, file, on);
	return err < 0 ? err : 0;
}

/* What needs no driver.  -ENOIOCTLCMD: not one of these. */
static int do_vfs_ioctl(struct file *file, unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct inode *inode = file_inode(file);
	void __user *argp = (void __user *)arg;

	switch (cmd) {
	case FIOCLEX:
		set_close_on_exec(fd, 1);
		return 0;
	case FIONCLEX:
		set_close_on_exec(fd, 0);
		return 0;
	case FIONBIO:
		return ioctl_fionbio(file, argp);
	case FIOASYNC:
		return ioctl_fioasync(fd, file, argp);
	}
	if (!S_ISREG(inode->i_mode))
		return -ENOIOCTLCMD;
	switch (cmd) {
	case FIONREAD:
		return put_user((int)(i_size_read(inode) - file->f_pos), (int __user *)argp);
	case FIGETBSZ:
		return put_user((int)inode->i_sb->s_blocksize, (int __user *)argp);
	}
	return -ENOIOCTLCMD;
}

long vfs_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long err;

	if (!file->f_op->unlocked_ioctl)
		return -ENOTTY;
	err = file->f_op->unlocked_ioctl(file, cmd, arg);
	return err == -ENOIOCTLCMD ? -ENOTTY : err;
}

long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct fd f = fdget(fd);
	long err;

	if (!f.file)
		return -EBADF;
	err = do_vfs_ioctl(f.file, fd, cmd, arg);
	if (err == -ENOIOCTLCMD)
		err = vfs_ioctl(f.file, cmd, arg);
	fdput(f);
	return err;
}
