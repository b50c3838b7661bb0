/*
 * eventfd: a counter behind a descriptor, for one thread to wake another.
 *
 * A write adds, a read takes it all (or 1, with EFD_SEMAPHORE); a read of 0 and
 * a write that would pass the maximum wait.
 *
 * Lock: ctx->lock for the count; the queue's own lock is inside it.
 */
#include <linux/anon_inodes.h>
#include "internal.h"

#define EFD_SEMAPHORE	1
#define EFD_CLOEXEC	O_CLOEXEC
#define EFD_NONBLOCK	O_NONBLOCK

struct eventfd_ctx {
	spinlock_t lock;		/* this is l, irq-safe */
	wait_queue_head_t wqh;		/* readers and writers */
	u64 count;			/* [l] at most ULLONG_MAX - 1 */
	unsigned int flags;		/* constant */
};

static int eventfd_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static __poll_t eventfd_poll(struct file *file, poll_table *wait)
{
	struct eventfd_ctx *ctx = file->private_data;
	__poll_t events = 0;
	u64 count;

	poll_wait(file, &ctx->wqh, wait);
	/* Without the lock, which who wakes us holds. Half of a change may be seen: its wake-up follows. */
	count = *(volatile u64 *)&ctx->count;
	if (count > 0)
		events |= EPOLLIN;
	if (count < ULLONG_MAX - 1)
		events |= EPOLLOUT;
	return events;
}

static ssize_t eventfd_read(struct file *file, char __user *buf, size_t size, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	u64 taken;
	int err = 0;

	if (size < sizeof(taken))
		return -EINVAL;
	spin_lock_irq(&ctx->lock);
	if (!ctx->count && file->f_flags & O_NONBLOCK)
		err = -EAGAIN;
	else
		err = wait_event_interruptible_lock_irq(ctx->wqh, ctx->count, ctx->lock);
	if (err) {
		spin_unlock_irq(&ctx->lock);
		return err;
	}
	taken = ctx->flags & EFD_SEMAPHORE ? 1 : ctx->count;
	ctx->count -= taken;
	wake_up_interruptible_poll(&ctx->wqh, EPOLLOUT);
	spin_unlock_irq(&ctx->lock);
	return copy_to_user(buf, &taken, sizeof(taken)) ? -EFAULT : sizeof(taken);
}

static ssize_t eventfd_write(struct file *file, const char __user *buf, size_t size, loff_t *pos)
{
	struct eventfd_ctx *ctx = file->private_data;
	int err = 0;
	u64 add;

	if (size < sizeof(add))
		return -EINVAL;
	if (copy_from_user(&add, buf, sizeof(add)))
		return -EFAULT;
	if (add == ULLONG_MAX)
		return -EINVAL;
	spin_lock_irq(&ctx->lock);
	if (ULLONG_MAX - ctx->count <= add && file->f_flags & O_NONBLOCK)
		err = -EAGAIN;
	else
		err = wait_event_interruptible_lock_irq(ctx->wqh, ULLONG_MAX - ctx->count > add,
							ctx->lock);
	if (!err) {
		ctx->count += add;
		wake_up_interruptible_poll(&ctx->wqh, EPOLLIN);
	}
	spin_unlock_irq(&ctx->lock);
	return err ?: sizeof(add);
}

static const struct file_operations eventfd_fops = {
	.release = eventfd_release,
	.poll = eventfd_poll,
	.read = eventfd_read,
	.write = eventfd_write,
	.llseek = noop_llseek,
};

long sys_eventfd2(unsigned int count, int flags)
{
	struct eventfd_ctx *ctx;
	int fd;

	if (flags & ~(EFD_SEMAPHORE | EFD_CLOEXEC | EFD_NONBLOCK))
		return -EINVAL;
	ctx = kmalloc(sizeof(*ctx), GFP_KERNEL);
	if (!ctx)
		return -ENOMEM;
	spin_lock_init(&ctx->lock);
	init_waitqueue_head(&ctx->wqh);
	ctx->count = count;
	ctx->flags = flags;
	fd = anon_inode_getfd("[eventfd]", &eventfd_fops, ctx,
			      O_RDWR | (flags & (O_CLOEXEC | O_NONBLOCK)));
	if (fd < 0)
		kfree(ctx);
	return fd;
}
