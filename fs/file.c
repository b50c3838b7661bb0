/*
 * Descriptors: the table that turns a small number into an open file.
 *
 * A table starts with room for NR_OPEN_DEFAULT in itself and doubles when that
 * is not enough, up to RLIMIT_NOFILE.  Bitmaps say which numbers are taken and
 * which are closed by exec.  A number is first reserved (get_unused_fd_flags)
 * and made live when the file is open (fd_install): in between it is taken, but
 * fget() finds nothing.
 *
 * file_lock guards it all.  Who is alone in the table reads it without
 * (fdget() in <linux/file.h>): nobody else can change it meanwhile.
 */
#include <linux/sched/signal.h>
#include "internal.h"

struct files_struct init_files = {
	.count = ATOMIC_INIT(1),
	.file_lock = __SPIN_LOCK_UNLOCKED(init_files.file_lock),
	.fdt = {
		.max_fds = NR_OPEN_DEFAULT,
		.fd = init_files.fd_array,
		.close_on_exec = init_files.close_on_exec_init,
		.open_fds = init_files.open_fds_init,
	},
};

/* ------------------------------------------------------------------ the table */

/* One block: the pointers, then the two bitmaps.  nr is a multiple of BITS_PER_LONG. */
static bool alloc_fdtable(struct fdtable *fdt, unsigned int nr)
{
	size_t pointers = nr * sizeof(struct file *), bits = nr / BITS_PER_BYTE;
	char *block = kzalloc(pointers + 2 * bits, GFP_KERNEL);

	if (!block)
		return false;
	fdt->max_fds = nr;
	fdt->fd = (struct file **)block;
	fdt->open_fds = (unsigned long *)(block + pointers);
	fdt->close_on_exec = (unsigned long *)(block + pointers + bits);
	return true;
}

static void free_fdtable(struct files_struct *files, struct fdtable *fdt)
{
	if (fdt->fd != files->fd_array)
		kfree(fdt->fd);
}

static void copy_fdtable(struct fdtable *to, const struct fdtable *from)
{
	unsigned int nr = min(to->max_fds, from->max_fds);

	memcpy(to->fd, from->fd, nr * sizeof(struct file *));
	memcpy(to->open_fds, from->open_fds, nr / BITS_PER_BYTE);
	memcpy(to->close_on_exec, from->close_on_exec, nr / BITS_PER_BYTE);
}

/* Makes room for fd; file_lock is held, and released meanwhile.  0 or -ENOMEM. */
int expand_files(struct files_struct *files, unsigned int fd) __must_hold(&files->file_lock)
{
	struct fdtable new, old;

	if (fd < files->fdt.max_fds)
		return 0;
	spin_unlock(&files->file_lock);
	if (!alloc_fdtable(&new, roundup_pow_of_two(fd + 1))) {
		spin_lock(&files->file_lock);
		return -ENOMEM;
	}
	spin_lock(&files->file_lock);
	old = new;
	if (new.max_fds > files->fdt.max_fds) {	/* else another thread was faster */
		copy_fdtable(&new, &files->fdt);
		old = files->fdt;
		files->fdt = new;
	}
	free_fdtable(files, &old);
	return 0;
}

/* Reserves the lowest free number in [start, end); EMFILE when there is none. */
int alloc_fd(unsigned int start, unsigned int end, unsigned int flags)
{
	struct files_struct *files = current->files;
	unsigned int fd;
	int err;

	spin_lock(&files->file_lock);
	do {
		fd = max(start, files->next_fd);
		if (fd < files->fdt.max_fds && test_bit(fd, files->fdt.open_fds))
			fd = find_next_zero_bit(files->fdt.open_fds, files->fdt.max_fds, fd);
		err = -EMFILE;
		if (fd >= end)
			goto out;
		err = expand_files(files, fd);
		if (err)
			goto out;
	} while (test_bit(fd, files->fdt.open_fds));	/* taken while there was no lock */
	if (start <= files->next_fd)
		files->next_fd = fd + 1;
	__set_bit(fd, files->fdt.open_fds);
	if (flags & O_CLOEXEC)
		__set_bit(fd, files->fdt.close_on_exec);
	else
		__clear_bit(fd, files->fdt.close_on_exec);
	err = fd;
out:
	spin_unlock(&files->file_lock);
	return err;
}

int get_unused_fd_flags(unsigned int flags)
{
	return alloc_fd(0, rlimit(RLIMIT_NOFILE), flags);
}
EXPORT_SYMBOL(get_unused_fd_flags);

static void __put_unused_fd(struct files_struct *files, unsigned int fd)
{
	__clear_bit(fd, files->fdt.open_fds);
	if (fd < files->next_fd)
		files->next_fd = fd;
}

/* The opening has failed: the number is free again. */
void put_unused_fd(unsigned int fd)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	__put_unused_fd(files, fd);
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(put_unused_fd);

/* Makes a reserved number live; takes over the reference. */
void fd_install(unsigned int fd, struct file *file)
{
	struct files_struct *files = current->files;

	spin_lock(&files->file_lock);
	files->fdt.fd[fd] = file;
	spin_unlock(&files->file_lock);
}
EXPORT_SYMBOL(fd_install);

/* ------------------------------------------------------------------ finding */

/* fdget() for a table that others share: they could close it, so a reference is taken. */
struct fd __fdget_shared(unsigned int fd, fmode_t mask)
{
	struct files_struct *files = current->files;
	struct file *file = NULL;

	spin_lock(&files->file_lock);
	if (fd < files->fdt.max_fds)
		file = files->fdt.fd[fd];
	if (file && !(file->f_mode & mask))
		get_file(file);
	else
		file = NULL;
	spin_unlock(&files->file_lock);
	return (struct fd){ file, file ? FDPUT_FPUT : 0 };
}
EXPORT_SYMBOL(__fdget_shared);

/* The open file with a reference of its own, for fput(); NULL. */
struct file *fget(unsigned int fd)
{
	return __fdget_shared(fd, FMODE_PATH).file;
}
EXPORT_SYMBOL(fget);

struct file *fget_raw(unsigned int fd)
{
	return __fdget_shared(fd, 0).file;
}

/* ------------------------------------------------------------------ closing */

/* One descriptor less: the driver's flush method, each time. */
int filp_close(struct file *file, fl_owner_t owner)
{
	int err = 0;

	if (file->f_op->flush)
		err = file->f_op->flush(file, owner);
	if (unlikely(!list_empty(&file->f_inode->i_flock)))
		locks_remove_posix(file, owner);
	fput(file);
	return err;
}
EXPORT_SYMBOL(filp_close);

int close_fd(unsigned int fd)
{
	struct files_struct *files = current->files;
	struct file *file = NULL;

	spin_lock(&files->file_lock);
	if (fd < files->fdt.max_fds)
		file = files->fdt.fd[fd];
	if (unlikely(!file)) {
		spin_unlock(&files->file_lock);
		return -EBADF;
	}
	files->fdt.fd[fd] = NULL;
	__put_unused_fd(files, fd);
	spin_unlock(&files->file_lock);
	return filp_close(file, files);
}

/* The number is free whatever flush said, so a close that failed must not be repeated. */
long sys_close(unsigned int fd)
{
	int err = close_fd(fd);

	if (unlikely(err == -ERESTARTSYS || err == -ERESTARTNOINTR))
		err = -EINTR;
	return err;
}

void do_close_on_exec(struct files_struct *files)
{
	unsigned int fd;

	for (fd = 0; fd < files->fdt.max_fds; fd++)
		if (test_bit(fd, files->fdt.close_on_exec) && test_bit(fd, files->fdt.open_fds))
			close_fd(fd);
}

/* ------------------------------------------------------------------ whole tables */

static struct files_struct *alloc_files(void)
{
	struct files_struct *files = kzalloc(sizeof(*files), GFP_KERNEL);

	if (!files)
		return NULL;
	atomic_set(&files->count, 1);
	spin_lock_init(&files->file_lock);
	files->fdt.max_fds = NR_OPEN_DEFAULT;
	files->fdt.fd = files->fd_array;
	files->fdt.open_fds = files->open_fds_init;
	files->fdt.close_on_exec = files->close_on_exec_init;
	return files;
}

/* Numbers that are reserved only are not copied: their open() goes on in the old table. */
static void take_references(struct files_struct *files)
{
	struct fdtable *fdt = &files->fdt;
	unsigned int fd;

	for_each_set_bit(fd, fdt->open_fds, fdt->max_fds) {
		if (fdt->fd[fd])
			get_file(fdt->fd[fd]);
		else
			__put_unused_fd(files, fd);
	}
}

/* A copy of the table for fork(); NULL and *error. */
struct files_struct *dup_fd(struct files_struct *old, int *error)
{
	struct files_struct *new = alloc_files();
	unsigned int nr;

	*error = -ENOMEM;
	if (!new)
		return NULL;
	spin_lock(&old->file_lock);
	while ((nr = old->fdt.max_fds) > new->fdt.max_fds) {
		spin_unlock(&old->file_lock);
		free_fdtable(new, &new->fdt);
		if (!alloc_fdtable(&new->fdt, nr)) {
			kfree(new);
			return NULL;
		}
		spin_lock(&old->file_lock);	/* it may have grown: look again */
	}
	copy_fdtable(&new->fdt, &old->fdt);
	new->next_fd = old->next_fd;
	take_references(new);
	spin_unlock(&old->file_lock);
	return new;
}

/* One user less; the last one closes all. */
void put_files_struct(struct files_struct *files)
{
	unsigned int fd;

	if (!atomic_dec_and_test(&files->count))
		return;
	for_each_set_bit(fd, files->fdt.open_fds, files->fdt.max_fds)
		if (files->fdt.fd[fd])
			filp_close(files->fdt.fd[fd], files);
	free_fdtable(files, &files->fdt);
	if (files != &init_files)
		kfree(files);
}

void exit_files(struct task_struct *task)
{
	struct files_struct *files = task->files;

	if (!files)
		return;
	task_lock(task);
	task->files = NULL;
	task_unlock(task);
	put_files_struct(files);
}

/* For exec: a table of its own, so that threads left behind see no change. */
int unshare_files(void)
{
	struct files_struct *old = current->files, *new;
	int err = 0;

	if (atomic_read(&old->count) == 1)
		return 0;
	new = dup_fd(old, &err);
	if (!new)
		return err;
	task_lock(current);
	current->files = new;
	task_unlock(current);
	put_files_struct(old);
	return 0;
}
