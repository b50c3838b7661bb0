/*
 * dup() and its kin: another number for the same open file, and close_range().
 */
#include <linux/sched/signal.h>
#include "internal.h"

/* The lowest free number not below from; takes over the reference if it succeeds. */
int f_dupfd(unsigned int from, struct file *file, unsigned int flags)
{
	int fd;

	if (from >= rlimit(RLIMIT_NOFILE))
		return -EINVAL;
	fd = alloc_fd(from, rlimit(RLIMIT_NOFILE), flags);
	if (fd >= 0)
		fd_install(fd, file);
	return fd;
}

long sys_dup(unsigned int fildes)
{
	struct fd f = fdget_raw(fildes);
	int fd;

	if (unlikely(!f.file))
		return -EBADF;
	fd = get_unused_fd_flags(0);
	if (fd >= 0)
		fd_install(fd, get_file(f.file));
	fdput(f);
	return fd;
}

/*
 * Puts file (NULL: nothing) at number fd, in one step: what was there is closed
 * afterwards.  EBUSY: an open() in another thread has fd reserved.
 */
int replace_fd(unsigned int fd, struct file *file, unsigned int flags)
{
	struct files_struct *files = current->files;
	struct file *old;
	int err;

	if (!file)
		return close_fd(fd);
	if (fd >= rlimit(RLIMIT_NOFILE))
		return -EBADF;
	spin_lock(&files->file_lock);
	err = expand_files(files, fd);
	old = err ? NULL : files->fdt.fd[fd];
	if (!err && !old && test_bit(fd, files->fdt.open_fds))
		err = -EBUSY;
	if (err) {
		spin_unlock(&files->file_lock);
		return err;
	}
	files->fdt.fd[fd] = get_file(file);
	__set_bit(fd, files->fdt.open_fds);
	__assign_bit(fd, files->fdt.close_on_exec, flags & O_CLOEXEC);
	spin_unlock(&files->file_lock);
	if (old)
		filp_close(old, files);
	return fd;
}

static long do_dup3(unsigned int oldfd, unsigned int newfd, int flags)
{
	struct file *file = fget_raw(oldfd);
	int err;

	if (!file)
		return -EBADF;
	err = replace_fd(newfd, file, flags);
	fput(file);
	return err;
}

long sys_dup3(unsigned int oldfd, unsigned int newfd, int flags)
{
	if (flags & ~O_CLOEXEC || oldfd == newfd)
		return -EINVAL;
	return do_dup3(oldfd, newfd, flags);
}

long sys_dup2(unsigned int oldfd, unsigned int newfd)
{
	struct fd f;

	if (oldfd != newfd)
		return do_dup3(oldfd, newfd, 0);
	f = fdget_raw(oldfd);
	if (!f.file)
		return -EBADF;
	fdput(f);
	return newfd;
}

void set_close_on_exec(unsigned int fd, int flag)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	__assign_bit(fd, files->fdt.close_on_exec, flag);
	spin_unlock(&files->file_lock);
}

bool get_close_on_exec(unsigned int fd)
{
	return test_bit(fd, current->files->fdt.close_on_exec);
}

#define CLOSE_RANGE_UNSHARE	(1U << 1)
#define CLOSE_RANGE_CLOEXEC	(1U << 2)

/* Closes, or marks for exec, all descriptors from fd to max_fd. */
long sys_close_range(unsigned int fd, unsigned int max_fd, unsigned int flags)
{
	int err;

	if (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC) || fd > max_fd)
		return -EINVAL;
	if (flags & CLOSE_RANGE_UNSHARE) {
		err = unshare_files();
		if (err)
			return err;
	}
	max_fd = min(max_fd, current->files->fdt.max_fds - 1);
	for (; fd <= max_fd; fd++) {
		if (!(flags & CLOSE_RANGE_CLOEXEC))
			close_fd(fd);
		else if (test_bit(fd, current->files->fdt.open_fds))
			set_close_on_exec(fd, 1);
	}
	return 0;
}
