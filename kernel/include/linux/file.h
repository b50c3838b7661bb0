/*
 * <linux/file.h> - from a descriptor to its open file and back.
 *
 * fdget() takes no reference when no other task shares the table: nobody else
 * can close the descriptor meanwhile.  fdput() undoes what fdget() did.
 */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/sched.h>

struct fd {
	struct file *file;
	unsigned int flags;		/* FDPUT_* */
};

#define FDPUT_FPUT		1	/* a reference was taken */
#define FDPUT_POS_UNLOCK	2	/* f_pos_lock was taken */

extern struct fd __fdget_shared(unsigned int fd, fmode_t mask);

/* mask: modes a file must not have to be found (FMODE_PATH: O_PATH files are hidden). */
static inline struct fd __fdget(unsigned int fd, fmode_t mask)
{
	struct files_struct *files = current->files;
	struct file *file;

	if (unlikely(atomic_read(&files->count) != 1))
		return __fdget_shared(fd, mask);
	if (unlikely(fd >= files->fdt.max_fds))
		return (struct fd){ NULL, 0 };
	file = files->fdt.fd[fd];
	if (unlikely(!file || file->f_mode & mask))
		return (struct fd){ NULL, 0 };
	return (struct fd){ file, 0 };
}

static inline struct fd fdget(unsigned int fd)
{
	return __fdget(fd, FMODE_PATH);
}

static inline struct fd fdget_raw(unsigned int fd)
{
	return __fdget(fd, 0);
}

/* The same, and holds the position still where it counts: regular files that are shared. */
static inline struct fd fdget_pos(unsigned int fd)
{
	struct fd f = __fdget(fd, FMODE_PATH);

	if (f.file && f.file->f_mode & FMODE_ATOMIC_POS &&
	    (f.flags || file_count(f.file) > 1)) {
		f.flags |= FDPUT_POS_UNLOCK;
		mutex_lock(&f.file->f_pos_lock);
	}
	return f;
}

static inline void fdput(struct fd f)
{
	if (unlikely(f.flags & FDPUT_FPUT))
		fput(f.file);
}

static inline void fdput_pos(struct fd f)
{
	if (unlikely(f.flags & FDPUT_POS_UNLOCK))
		mutex_unlock(&f.file->f_pos_lock);
	fdput(f);
}

extern int f_dupfd(unsigned int from, struct file *file, unsigned int flags);
extern int replace_fd(unsigned int fd, struct file *file, unsigned int flags);
extern int close_fd(unsigned int fd);
extern void set_close_on_exec(unsigned int fd, int flag);
extern bool get_close_on_exec(unsigned int fd);

extern struct file *alloc_empty_file(int flags, const struct cred *cred);
extern void files_init(void);

#endif
