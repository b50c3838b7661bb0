/*
 * <linux/fdtable.h> - descriptors: small numbers for open files, by process.
 */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>

struct file;
struct task_struct;

#define NR_OPEN_DEFAULT	32		/* this many need no table of their own */

/* [l] files->file_lock; the array is replaced whole when it grows, never in place */
struct fdtable {
	unsigned int max_fds;
	struct file **fd;			/* [l] to change; see fdget() for reading */
	unsigned long *close_on_exec;		/* [l] bitmap */
	unsigned long *open_fds;		/* [l] bitmap */
};

struct files_struct {
	atomic_t count;				/* tasks that share it (CLONE_FILES) */
	spinlock_t file_lock;			/* this is l */
	unsigned int next_fd;			/* [l] no free one lies below */
	struct fdtable fdt;			/* [l] */
	struct file *fd_array[NR_OPEN_DEFAULT];
	unsigned long close_on_exec_init[1];
	unsigned long open_fds_init[1];
};

extern struct files_struct init_files;
extern struct files_struct *dup_fd(struct files_struct *old, int *error);
extern void exit_files(struct task_struct *task);
extern void put_files_struct(struct files_struct *files);
extern int unshare_files(void);
extern void do_close_on_exec(struct files_struct *files);

#endif
