/*
 * Locks on files: flock() on a whole open file, fcntl() record locks on ranges.
 *
 * Both kinds are advice, kept apart on inode->i_flock.  A flock lock belongs to
 * the struct file and goes with it; a record lock belongs to the process (its
 * files_struct) and goes with the process's FIRST close of that file.
 *
 * A driver's methods lock and flock are asked instead, where there are; they may call
 * locks_lock_file_wait() for what is done here.
 *
 * file_lock_lock guards all lists; who must wait sleeps on one queue and tries
 * again after each unlock.  Waiting for record locks in a circle: EDEADLK.
 */
#include <linux/filelock.h>
#include "internal.h"

static DEFINE_SPINLOCK(file_lock_lock);
static DECLARE_WAIT_QUEUE_HEAD(file_lock_wait);
static LIST_HEAD(blocked_locks);	/* file_lock_lock: record locks whose owner sleeps */

static bool same_owner(const struct file_lock *a, const struct file_lock *b)
{
	return (a->fl_flags & (FL_POSIX | FL_FLOCK)) == (b->fl_flags & (FL_POSIX | FL_FLOCK)) &&
	       a->fl_owner == b->fl_owner;
}

static bool overlap(const struct file_lock *a, const struct file_lock *b)
{
	return a->fl_end >= b->fl_start && b->fl_end >= a->fl_start;
}

static bool conflict(const struct file_lock *a, const struct file_lock *b)
{
	if ((a->fl_flags ^ b->fl_flags) & (FL_POSIX | FL_FLOCK) || a->fl_owner == b->fl_owner)
		return false;
	return overlap(a, b) && (a->fl_type == F_WRLCK || b->fl_type == F_WRLCK);
}

/* Of those in the way the one that begins first: F_GETLK tells of it. */
static struct file_lock *find_conflict(struct inode *inode, const struct file_lock *want)
{
	struct file_lock *fl, *first = NULL;

	list_for_each_entry(fl, &inode->i_flock, fl_list)
		if (conflict(want, fl) && (!first || fl->fl_start < first->fl_start))
			first = fl;
	return first;
}

/* Does blocker wait, directly or over others, for a lock of owner's? */
static bool would_deadlock(fl_owner_t blocker, fl_owner_t owner)
{
	const struct file_lock *waiter;
	int steps = 0;

repeat:
	if (++steps > 10)	/* a chain this long is taken for a circle */
		return true;
	list_for_each_entry(waiter, &blocked_locks, fl_blocked) {
		if (waiter->fl_owner != blocker)
			continue;
		if (waiter->fl_blocker == owner)
			return true;
		blocker = waiter->fl_blocker;
		goto repeat;
	}
	return false;
}

/* ------------------------------------------------------------------ ranges */

static struct file_lock *copy_lock(const struct file_lock *from)
{
	struct file_lock *fl = kmalloc(sizeof(*fl), GFP_KERNEL);

	if (fl) {
		*fl = *from;
		INIT_LIST_HEAD(&fl->fl_list);
		INIT_LIST_HEAD(&fl->fl_blocked);
	}
	return fl;
}

/*
 * Takes want's range out of what its owner holds; a lock that is cut in two
 * uses *spare for its second half.
 */
static void cut_range(struct inode *inode, const struct file_lock *want, struct file_lock **spare,
		      struct list_head *freed)
{
	struct file_lock *fl, *next;

	list_for_each_entry_safe(fl, next, &inode->i_flock, fl_list) {
		if (!same_owner(fl, want) || !overlap(fl, want))
			continue;
		if (fl->fl_start < want->fl_start && fl->fl_end > want->fl_end) {
			**spare = *fl;
			(*spare)->fl_start = want->fl_end + 1;
			INIT_LIST_HEAD(&(*spare)->fl_blocked);
			list_add(&(*spare)->fl_list, &fl->fl_list);
			*spare = NULL;
			fl->fl_end = want->fl_start - 1;
		} else if (fl->fl_start < want->fl_start) {
			fl->fl_end = want->fl_start - 1;
		} else if (fl->fl_end > want->fl_end) {
			fl->fl_start = want->fl_end + 1;
		} else {
			list_move(&fl->fl_list, freed);
		}
	}
}

/* fl takes in its owner's locks of the same type that touch it; cut_range() has run. */
static void merge_neighbours(struct inode *inode, struct file_lock *fl, struct list_head *freed)
{
	struct file_lock *other, *next;

	list_for_each_entry_safe(other, next, &inode->i_flock, fl_list) {
		if (!same_owner(other, fl) || other->fl_type != fl->fl_type)
			continue;
		if (other->fl_end < fl->fl_start && other->fl_end + 1 == fl->fl_start)
			fl->fl_start = other->fl_start;
		else if (fl->fl_end != OFFSET_MAX && fl->fl_end + 1 == other->fl_start)
			fl->fl_end = other->fl_end;
		else
			continue;
		list_move(&other->fl_list, freed);
	}
}

static void free_locks(struct list_head *freed)
{
	struct file_lock *fl, *next;

	list_for_each_entry_safe(fl, next, freed, fl_list)
		kfree(fl);
}

/* Sleeps until some lock goes; fl is known as blocked meanwhile.  file_lock_lock held. */
static int wait_for_unlock(struct file_lock *fl, struct file_lock *blocker)
	__releases(&file_lock_lock) __acquires(&file_lock_lock)
{
	DEFINE_WAIT(wait);
	int err = 0;

	if (fl->fl_flags & FL_POSIX && would_deadlock(blocker->fl_owner, fl->fl_owner))
		return -EDEADLK;
	fl->fl_blocker = blocker->fl_owner;
	list_add(&fl->fl_blocked, &blocked_locks);
	prepare_to_wait(&file_lock_wait, &wait, TASK_INTERRUPTIBLE);
	spin_unlock(&file_lock_lock);
	if (signal_pending(current))
		err = -ERESTARTSYS;
	else
		schedule();
	finish_wait(&file_lock_wait, &wait);
	spin_lock(&file_lock_lock);
	list_del_init(&fl->fl_blocked);
	return err;
}

/*
 * Sets or (F_UNLCK) takes away a lock.  EAGAIN: somebody else has one, and
 * wait is false; ENOMEM, EDEADLK, ERESTARTSYS.
 */
static int apply_lock(struct inode *inode, const struct file_lock *want, bool wait)
{
	struct file_lock *fl = copy_lock(want), *spare = copy_lock(want), *blocker;
	LIST_HEAD(freed);
	int err = -ENOMEM;

	if (!fl || !spare)
		goto out_free;
	err = 0;
	spin_lock(&file_lock_lock);
	while (want->fl_type != F_UNLCK && (blocker = find_conflict(inode, want))) {
		err = wait ? wait_for_unlock(fl, blocker) : -EAGAIN;
		if (err)
			goto out_unlock;
	}
	cut_range(inode, want, &spare, &freed);
	if (want->fl_type != F_UNLCK) {
		merge_neighbours(inode, fl, &freed);
		list_add(&fl->fl_list, &inode->i_flock);
		fl = NULL;
	}
out_unlock:
	spin_unlock(&file_lock_lock);
	if (!err)
		wake_up_interruptible_all(&file_lock_wait);
	free_locks(&freed);
out_free:
	kfree(fl);
	kfree(spare);
	return err;
}

/* ------------------------------------------------------------------ closing */

static void remove_owner(struct inode *inode, fl_owner_t owner, unsigned int kind)
{
	struct file_lock *fl, *next;
	LIST_HEAD(freed);

	spin_lock(&file_lock_lock);
	list_for_each_entry_safe(fl, next, &inode->i_flock, fl_list)
		if (fl->fl_owner == owner && fl->fl_flags & kind)
			list_move(&fl->fl_list, &freed);
	spin_unlock(&file_lock_lock);
	if (!list_empty(&freed))
		wake_up_interruptible_all(&file_lock_wait);
	free_locks(&freed);
}

/* A driver with a method of its own is told that all goes. */
static void tell_unlock(struct file *file, fl_owner_t owner, unsigned int kind,
			int (*method)(struct file *, int, struct file_lock *))
{
	struct file_lock fl = {
		.fl_owner = owner,
		.fl_pid = current->tgid,
		.fl_flags = kind,
		.fl_type = F_UNLCK,
		.fl_file = file,
		.fl_end = OFFSET_MAX,
	};

	method(file, F_SETLK, &fl);
}

/* A descriptor is closed: the process's record locks on the file go. */
void locks_remove_posix(struct file *file, fl_owner_t owner)
{
	if (file->f_op->lock)
		tell_unlock(file, owner, FL_POSIX, file->f_op->lock);
	remove_owner(file_inode(file), owner, FL_POSIX);
}

/* The last reference is gone: so is the flock. */
void locks_remove_file(struct file *file)
{
	if (file->f_op->flock)
		tell_unlock(file, file, FL_FLOCK, file->f_op->flock);
	remove_owner(file_inode(file), file, FL_FLOCK);
}

/* ------------------------------------------------------------------ for methods lock and flock */

/* The VFS's own locks, at once or (FL_SLEEP) when they are free: what a file without methods has. */
int locks_lock_file_wait(struct file *file, struct file_lock *fl)
{
	return apply_lock(file_inode(file), fl, fl->fl_flags & FL_SLEEP);
}
EXPORT_SYMBOL(locks_lock_file_wait);

/* What stands in fl's way, into fl; F_UNLCK: nothing. */
void posix_test_lock(struct file *file, struct file_lock *fl)
{
	struct file_lock *other;

	spin_lock(&file_lock_lock);
	other = find_conflict(file_inode(file), fl);
	if (other) {
		fl->fl_type = other->fl_type;
		fl->fl_start = other->fl_start;
		fl->fl_end = other->fl_end;
		fl->fl_pid = other->fl_pid;
	} else {
		fl->fl_type = F_UNLCK;
	}
	spin_unlock(&file_lock_lock);
}
EXPORT_SYMBOL(posix_test_lock);

/* ------------------------------------------------------------------ fcntl() */

/* l_whence, l_start, l_len to first and last byte; l_len 0: to the end of all files. */
static int set_range(struct file *file, struct file_lock *fl, const struct flock64 *l)
{
	loff_t start = l->l_start;

	switch (l->l_whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		start += file->f_pos;
		break;
	case SEEK_END:
		start += i_size_read(file_inode(file));
		break;
	default:
		return -EINVAL;
	}
	fl->fl_start = start;
	fl->fl_end = l->l_len > 0 ? start + l->l_len - 1 : OFFSET_MAX;
	if (l->l_len < 0) {		/* the bytes before */
		fl->fl_start = start + l->l_len;
		fl->fl_end = start - 1;
	}
	if (fl->fl_start < 0)
		return -EINVAL;
	return fl->fl_end < fl->fl_start ? -EOVERFLOW : 0;
}

static int flock_to_lock(struct file *file, struct file_lock *fl, const struct flock64 *l)
{
	*fl = (struct file_lock){
		.fl_owner = current->files,
		.fl_pid = current->tgid,
		.fl_flags = FL_POSIX,
		.fl_type = l->l_type,
		.fl_file = file,
	};
	if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
		return -EINVAL;
	return set_range(file, fl, l);
}

static int get_lock(struct file *file, struct flock64 *l, struct file_lock *fl)
{
	int err = 0;

	if (file->f_op->lock)
		err = file->f_op->lock(file, F_GETLK, fl);
	else
		posix_test_lock(file, fl);
	l->l_type = fl->fl_type;
	if (err || fl->fl_type == F_UNLCK)
		return err;
	l->l_whence = SEEK_SET;
	l->l_start = fl->fl_start;
	l->l_len = fl->fl_end == OFFSET_MAX ? 0 : fl->fl_end - fl->fl_start + 1;
	l->l_pid = fl->fl_pid;
	return 0;
}

static int set_lock(struct file *file, struct file_lock *fl, bool wait)
{
	if ((fl->fl_type == F_RDLCK && !(file->f_mode & FMODE_READ)) ||
	    (fl->fl_type == F_WRLCK && !(file->f_mode & FMODE_WRITE)))
		return -EBADF;
	if (wait)
		fl->fl_flags |= FL_SLEEP;
	if (file->f_op->lock)
		return file->f_op->lock(file, wait ? F_SETLKW : F_SETLK, fl);
	return locks_lock_file_wait(file, fl);
}

/*
 * Another thread may close @fd while this one takes or awaits a lock:
 *
 *	fcntl(fd, F_SETLKW)		close(fd)
 *		waits			takes off the locks there are: not this one
 *		gets its lock
 *
 * Nobody would ever take that one off: it goes, and the call fails as if it came later.
 */
static int set_lock_of(int fd, struct file *file, struct file_lock *fl, bool wait)
{
	int err = set_lock(file, fl, wait);
	struct file *now;

	if (err || fl->fl_type == F_UNLCK || atomic_read(&current->files->count) == 1)
		return err;
	now = fget(fd);
	if (now != file) {
		fl->fl_type = F_UNLCK;
		set_lock(file, fl, false);	/* never sleeps: nothing is in its way */
		err = -EBADF;
	}
	if (now)
		fput(now);
	return err;
}

/* cmd: F_GETLK, F_SETLK or F_SETLKW; wide: arg is a struct flock64, else a struct flock. */
int fcntl_lock(int fd, struct file *file, unsigned int cmd, void __user *arg, bool wide)
{
	struct flock64 l;
	struct flock narrow;
	struct file_lock fl;
	int err;

	if (copy_from_user(wide ? (void *)&l : &narrow, arg, wide ? sizeof(l) : sizeof(narrow)))
		return -EFAULT;
	if (!wide)
		l = (struct flock64){ narrow.l_type, narrow.l_whence, narrow.l_start,
				      narrow.l_len, narrow.l_pid };
	err = flock_to_lock(file, &fl, &l);
	if (err)
		return err;
	if (cmd != F_GETLK)
		return set_lock_of(fd, file, &fl, cmd == F_SETLKW);
	if (fl.fl_type == F_UNLCK)
		return -EINVAL;
	err = get_lock(file, &l, &fl);
	if (err)
		return err;
	if (!wide && (l.l_start > LONG_MAX || l.l_len > LONG_MAX))
		return -EOVERFLOW;
	if (!wide)
		narrow = (struct flock){ l.l_type, l.l_whence, l.l_start, l.l_len, l.l_pid };
	return copy_to_user(arg, wide ? (void *)&l : &narrow, wide ? sizeof(l) : sizeof(narrow))
		? -EFAULT : 0;
}

/* ------------------------------------------------------------------ flock() */

long sys_flock(unsigned int fd, unsigned int cmd)
{
	static const int types[] = {
		[LOCK_SH] = F_RDLCK, [LOCK_EX] = F_WRLCK, [LOCK_UN] = F_UNLCK,
	};
	unsigned int op = cmd & ~LOCK_NB;
	struct fd f = fdget(fd);
	struct file_lock fl;
	int err;

	if (!f.file)
		return -EBADF;
	err = -EINVAL;
	if (op != LOCK_SH && op != LOCK_EX && op != LOCK_UN)
		goto out;
	err = -EBADF;
	if (op != LOCK_UN && !(f.file->f_mode & (FMODE_READ | FMODE_WRITE)))
		goto out;
	fl = (struct file_lock){
		.fl_owner = f.file,
		.fl_pid = current->tgid,
		.fl_flags = FL_FLOCK | (cmd & LOCK_NB ? 0 : FL_SLEEP),
		.fl_type = types[op],
		.fl_file = f.file,
		.fl_end = OFFSET_MAX,
	};
	if (f.file->f_op->flock)
		err = f.file->f_op->flock(f.file, cmd & LOCK_NB ? F_SETLK : F_SETLKW, &fl);
	else
		err = locks_lock_file_wait(f.file, &fl);
out:
	fdput(f);
	return err;
}
