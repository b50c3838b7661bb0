/*
 * Futexes: sleeping on a word of user memory.
 *
 * User space locks and unlocks by atomic operations on the word and calls the
 * kernel only to sleep or to wake.  Sleepers queue in hash buckets by what the
 * word is: an address of one address space, or, in a shared mapping, a place in
 * a file or in memory without one.
 *
 *      sleeper                                 waker
 *      lock bucket                             word = 0   (user space)
 *      word still 1?  queue, unlock            futex_wake(): lock bucket … waits
 *      schedule()                              finds the sleeper
 *   or
 *                                              word = 0; lock bucket: nobody; unlock
 *      lock bucket; word is 0: EAGAIN
 *
 * Locks: bucket->lock.  Two of them in the order of their addresses.
 */
#include <linux/fs.h>
#include <linux/futex.h>
#include <linux/hash.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/mm.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>

#define FUTEX_HASH_BITS		6

/* What a word is, the same for all who can wait for it. */
struct futex_key {
	const void *object;		/* the mm; of shared memory its object, or the file's inode */
	unsigned long page;		/* page of the address, or of the object */
	unsigned long offset;		/* within the page */
};

struct futex_bucket {
	spinlock_t lock;
	struct list_head waiters;	/* [lock] struct futex_q, first come first */
};

/* A sleeper, on its stack. */
struct futex_q {
	struct list_head list;		/* [bucket's lock] */
	struct futex_bucket *bucket;	/* [its lock] NULL: woken */
	struct futex_key key;		/* [bucket's lock] changed by requeue */
	struct task_struct *task;	/* constant */
	u32 bitset;			/* constant */
};

static struct futex_bucket buckets[1 << FUTEX_HASH_BITS];

static int __init futex_init(void)
{
	int i;

	for (i = 0; i < 1 << FUTEX_HASH_BITS; i++) {
		spin_lock_init(&buckets[i].lock);
		INIT_LIST_HEAD(&buckets[i].waiters);
	}
	return 0;
}
early_initcall(futex_init);

static struct futex_bucket *key_bucket(const struct futex_key *key)
{
	unsigned long mix = (unsigned long)key->object ^ (key->page * 61) ^ (key->offset << 16);

	return &buckets[hash_32(mix, FUTEX_HASH_BITS)];
}

static bool key_equal(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->page == b->page && a->offset == b->offset;
}

/* FUTEX_PRIVATE_FLAG in @flags promises that no other process waits: no need to look. */
static int get_key(u32 __user *uaddr, unsigned int flags, struct futex_key *key)
{
	unsigned long addr = (unsigned long)uaddr;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	int err = 0;

	if (addr % sizeof(u32))
		return -EINVAL;
	if (!access_ok(uaddr, sizeof(u32)))
		return -EFAULT;
	key->object = mm;
	key->page = addr >> PAGE_SHIFT;
	key->offset = addr & ~PAGE_MASK;
	if (flags & FUTEX_PRIVATE_FLAG)
		return 0;
	mmap_read_lock(mm);
	vma = find_vma(mm, addr);
	if (!vma || addr < vma->vm_start) {
		err = -EFAULT;
	} else if (vma->vm_flags & VM_MAYSHARE) {
		key->object = vma_is_shmem(vma) ? vma->vm_private_data : file_inode(vma->vm_file);
		key->page = ((addr - vma->vm_start) >> PAGE_SHIFT) + vma->vm_pgoff;
	}
	mmap_read_unlock(mm);
	return err;
}

/* ------------------------------------------------------------------ waking */

/* Bucket's lock held.  After bucket is NULL the sleeper may return and @q be gone. */
static void wake_one(struct futex_q *q)
{
	struct task_struct *task = get_task_struct(q->task);

	list_del(&q->list);
	smp_store_release(&q->bucket, NULL);
	wake_up_state(task, TASK_NORMAL);
	put_task_struct(task);
}

int futex_wake(u32 __user *uaddr, unsigned int flags, int nr, u32 bitset)
{
	struct futex_bucket *bucket;
	struct futex_q *q, *next;
	struct futex_key key;
	int err, woken = 0;

	if (!bitset)
		return -EINVAL;
	err = get_key(uaddr, flags, &key);
	if (err)
		return err;
	bucket = key_bucket(&key);
	spin_lock(&bucket->lock);
	list_for_each_entry_safe(q, next, &bucket->waiters, list) {
		if (!key_equal(&q->key, &key) || !(q->bitset & bitset))
			continue;
		wake_one(q);
		if (++woken >= nr)
			break;
	}
	spin_unlock(&bucket->lock);
	return woken;
}

/* ------------------------------------------------------------------ sleeping */

/* Read a word that must not fault in: a bucket's lock is held. */
static int get_value_locked(u32 *value, u32 __user *uaddr)
{
	int err;

	pagefault_disable();
	err = __get_user(*value, uaddr);
	pagefault_enable();
	return err;
}

/* On the queue, if the word is still @val.  Returns 0, -EAGAIN (it is not), -EFAULT. */
static int queue_me(struct futex_q *q, u32 __user *uaddr, u32 val)
{
	struct futex_bucket *bucket = key_bucket(&q->key);
	u32 seen;

	for (;;) {
		spin_lock(&bucket->lock);
		if (!get_value_locked(&seen, uaddr))
			break;
		spin_unlock(&bucket->lock);
		if (get_user(seen, uaddr))	/* brings the page in, or says why not */
			return -EFAULT;
	}
	if (seen == val) {
		q->bucket = bucket;
		list_add_tail(&q->list, &bucket->waiters);
		set_current_state(TASK_INTERRUPTIBLE);
	}
	spin_unlock(&bucket->lock);
	return seen == val ? 0 : -EAGAIN;
}

/* True: still on a queue, now off it.  False: somebody has woken us. */
static bool unqueue_me(struct futex_q *q)
{
	struct futex_bucket *bucket;

	while ((bucket = smp_load_acquire(&q->bucket)) != NULL) {
		spin_lock(&bucket->lock);
		if (q->bucket == bucket) {
			list_del(&q->list);
			spin_unlock(&bucket->lock);
			return true;
		}
		spin_unlock(&bucket->lock);	/* requeued meanwhile */
	}
	return false;
}

/* @expires: absolute, on @clock; NULL: no limit. */
static int futex_wait(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *expires, u32 bitset)
{
	clockid_t clock = flags & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME : CLOCK_MONOTONIC;
	struct futex_q q = { .task = current, .bitset = bitset };
	int err;

	if (!bitset)
		return -EINVAL;
	for (;;) {
		err = get_key(uaddr, flags, &q.key);
		if (!err)
			err = queue_me(&q, uaddr, val);
		if (err)
			return err;
		err = -EINTR;
		if (READ_ONCE(q.bucket))
			err = schedule_hrtimeout_range_clock(expires, 0, HRTIMER_MODE_ABS, clock);
		__set_current_state(TASK_RUNNING);
		if (!unqueue_me(&q))
			return 0;
		if (!err)
			return -ETIMEDOUT;
		if (signal_pending(current))
			return -ERESTARTSYS;
		/* woken by something else: the word is looked at again */
	}
}

static long futex_wait_restart(struct restart_block *block)
{
	ktime_t expires = block->expires;
	int err = futex_wait(block->uaddr, block->flags, block->val, &expires,
			     FUTEX_BITSET_MATCH_ANY);

	return err == -ERESTARTSYS ? -ERESTART_RESTARTBLOCK : err;
}

/* FUTEX_WAIT's time is relative: a restart must not begin it again. */
static int futex_wait_relative(u32 __user *uaddr, unsigned int flags, u32 val, ktime_t *timeout)
{
	struct restart_block *block = &current->restart_block;
	ktime_t expires;
	int err;

	if (!timeout)
		return futex_wait(uaddr, flags, val, NULL, FUTEX_BITSET_MATCH_ANY);
	expires = ktime_add_safe(ktime_get(), *timeout);
	err = futex_wait(uaddr, flags & ~FUTEX_CLOCK_REALTIME, val, &expires,
			 FUTEX_BITSET_MATCH_ANY);
	if (err != -ERESTARTSYS)
		return err;
	block->fn = futex_wait_restart;
	block->uaddr = uaddr;
	block->val = val;
	block->flags = flags & ~FUTEX_CLOCK_REALTIME;
	block->expires = expires;
	return -ERESTART_RESTARTBLOCK;
}

/* ------------------------------------------------------------------ requeue */

/* For sparse one that is both counts twice. */
static void lock_two(struct futex_bucket *a, struct futex_bucket *b)
	__acquires(&a->lock) __acquires(&b->lock)
{
	if (a > b)
		swap(a, b);
	spin_lock(&a->lock);
	if (a != b)
		spin_lock_nested(&b->lock, SINGLE_DEPTH_NESTING);
	else
		__acquire(&b->lock);
}

static void unlock_two(struct futex_bucket *a, struct futex_bucket *b)
	__releases(&a->lock) __releases(&b->lock)
{
	spin_unlock(&a->lock);
	if (a != b)
		spin_unlock(&b->lock);
	else
		__release(&b->lock);
}

/* Both words, and how many to wake and to move. */
struct requeue {
	u32 __user *from, *to;
	unsigned int flags;
	int nr_wake, nr_requeue;
	const u32 *expected;		/* FUTEX_CMP_REQUEUE: the word must still be this */
};

/* Buckets' locks held.  Returns how many were woken or moved. */
static int move_waiters(const struct requeue *r, const struct futex_key *from,
			const struct futex_key *to)
{
	struct futex_bucket *source = key_bucket(from), *target = key_bucket(to);
	struct futex_q *q, *next;
	int done = 0;

	list_for_each_entry_safe(q, next, &source->waiters, list) {
		if (done - r->nr_wake >= r->nr_requeue)
			break;
		if (!key_equal(&q->key, from))
			continue;
		if (++done <= r->nr_wake) {
			wake_one(q);
			continue;
		}
		q->key = *to;
		if (source != target) {
			list_move_tail(&q->list, &target->waiters);
			smp_store_release(&q->bucket, target);
		}
	}
	return done;
}

static int futex_requeue(const struct requeue *r)
{
	struct futex_bucket *source, *target;
	struct futex_key from, to;
	u32 seen;
	int ret;

	if (r->nr_wake < 0 || r->nr_requeue < 0)
		return -EINVAL;
	ret = get_key(r->from, r->flags, &from);
	if (!ret)
		ret = get_key(r->to, r->flags, &to);
	if (ret)
		return ret;
	source = key_bucket(&from);
	target = key_bucket(&to);
	for (;;) {
		lock_two(source, target);
		if (!r->expected || !get_value_locked(&seen, r->from))
			break;
		unlock_two(source, target);
		if (get_user(seen, r->from))
			return -EFAULT;
	}
	ret = r->expected && seen != *r->expected ? -EAGAIN : move_waiters(r, &from, &to);
	unlock_two(source, target);
	return ret;
}

/* ------------------------------------------------------------------ calls */

static long do_futex(u32 __user *uaddr, int op, u32 val, ktime_t *timeout, const struct requeue *r)
{
	unsigned int flags = op & ~FUTEX_CMD_MASK;

	if ((flags & FUTEX_CLOCK_REALTIME) && (op & FUTEX_CMD_MASK) != FUTEX_WAIT_BITSET)
		return -ENOSYS;
	switch (op & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
		return futex_wait_relative(uaddr, flags, val, timeout);
	case FUTEX_WAIT_BITSET:
		return futex_wait(uaddr, flags, val, timeout, *r->expected);
	case FUTEX_WAKE:
		return futex_wake(uaddr, flags, (int)val, FUTEX_BITSET_MATCH_ANY);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, flags, (int)val, *r->expected);
	case FUTEX_REQUEUE:
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(r);
	default:
		return -ENOSYS;
	}
}

/* The fourth argument is a time for those that wait, and a number for requeue. */
static bool has_timeout(int op)
{
	int cmd = op & FUTEX_CMD_MASK;

	return cmd == FUTEX_WAIT || cmd == FUTEX_WAIT_BITSET;
}

static long futex_call(u32 __user *uaddr, int op, u32 val, struct timespec64 *ts,
		       struct requeue *r)
{
	ktime_t timeout;

	if (ts) {
		if (!timespec64_valid(ts))
			return -EINVAL;
		timeout = timespec64_to_ktime(*ts);
	}
	r->from = uaddr;
	r->flags = op & ~FUTEX_CMD_MASK;
	r->nr_wake = (int)val;
	return do_futex(uaddr, op, val, ts ? &timeout : NULL, r);
}

static void prepare_requeue(struct requeue *r, int op, unsigned long utime, u32 __user *uaddr2,
			    const u32 *val3)
{
	r->to = uaddr2;
	r->nr_requeue = (int)utime;
	r->expected = (op & FUTEX_CMD_MASK) == FUTEX_REQUEUE ? NULL : val3;
}

long sys_futex(u32 __user *uaddr, int op, u32 val, const struct __kernel_timespec __user *utime,
	       u32 __user *uaddr2, u32 val3)
{
	struct timespec64 ts;
	struct requeue r;
	bool timed = utime && has_timeout(op);

	if (timed && get_timespec64(&ts, utime))
		return -EFAULT;
	prepare_requeue(&r, op, (unsigned long)utime, uaddr2, &val3);
	return futex_call(uaddr, op, val, timed ? &ts : NULL, &r);
}

long sys_futex_time32(u32 __user *uaddr, int op, u32 val,
		      const struct old_timespec32 __user *utime, u32 __user *uaddr2, u32 val3)
{
	struct timespec64 ts;
	struct requeue r;
	bool timed = utime && has_timeout(op);

	if (timed && get_old_timespec32(&ts, utime))
		return -EFAULT;
	prepare_requeue(&r, op, (unsigned long)utime, uaddr2, &val3);
	return futex_call(uaddr, op, val, timed ? &ts : NULL, &r);
}
