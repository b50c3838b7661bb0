/*
 * <linux/filelock.h> - a lock on a range of a file: see fs/locks.c.
 */
#ifndef _LINUX_FILELOCK_H
#define _LINUX_FILELOCK_H

#include <linux/types.h>
#include <linux/limits.h>
#include <linux/list.h>

struct file;

#define FL_POSIX	1
#define FL_FLOCK	2
#define FL_SLEEP	128		/* when the lock is free, not at once */
#define OFFSET_MAX	((loff_t)LLONG_MAX)

/* [l] file_lock_lock   else constant */
struct file_lock {
	struct list_head fl_list;	/* [l] on inode->i_flock */
	struct list_head fl_blocked;	/* [l] on blocked_locks, while its owner sleeps */
	void *fl_blocker;		/* [l] the owner it sleeps for */
	void *fl_owner;			/* the process's files_struct, or the struct file */
	unsigned int fl_flags;		/* FL_* */
	unsigned char fl_type;		/* F_RDLCK, F_WRLCK, F_UNLCK */
	pid_t fl_pid;
	struct file *fl_file;
	loff_t fl_start, fl_end;	/* [l] first and last byte */
};

extern int locks_lock_file_wait(struct file *file, struct file_lock *fl);
extern void posix_test_lock(struct file *file, struct file_lock *fl);
extern int fcntl_lock(int fd, struct file *file, unsigned int cmd, void __user *arg, bool wide);

#endif
