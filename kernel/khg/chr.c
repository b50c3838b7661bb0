/*
 * Character devices of 1996: <khg/fs.h>.
 *
 *	read(fd) -> khg_read(), today's method -> the driver's read(inode, file, buf, count)
 *
 * All of them share one table of today's methods. open() finds the driver by its
 * major, and gives the opening a struct khg_file, which is private_data of today's; from then
 * on khg_file->f_op says whom to call. The cdev has the driver's module as its owner:
 * it stays while a file is open. A driver that takes its major back before that is told of, and
 * none of its methods is called again: its files answer ENODEV.
 *
 * Context: process. Lock: drivers_lock for the list of majors and for who has them open.
 */
#include <linux/report.h>
#include "internal.h"

#define MINORS	256

struct khg_chrdev {
	struct list_head list;			/* [d] drivers_lock */
	unsigned int major;			/* [I] */
	const struct khg_file_operations *fops;	/* [I] the driver's */
	struct cdev *cdev;			/* [I] */
	struct list_head openings;		/* [d] */
};

struct khg_opening {
	struct khg_file file;
	struct list_head list;			/* [d] in its driver's openings, or by itself */
};

static DEFINE_MUTEX(drivers_lock);
static LIST_HEAD(drivers);			/* [d] struct khg_chrdev */

static const struct khg_file_operations gone_fops;	/* of who unregistered while open */

static DEFINE_MUTEX(mmap_lock);			/* taken inside the address space's */
static struct vm_area_struct *mapping;		/* [mmap_lock] what an mmap method fills just now */

void khg_tell_open(unsigned long ip, const char *name, unsigned int major, unsigned int open)
{
	report_begin(ip, "%s gives its major %u back while %u file%s open", name, major, open,
		     open == 1 ? " is" : "s are");
	report_line(" from now on they answer ENODEV, and none of its methods is called");
	report_end();
}

void khg_refresh(struct khg_file *old, const struct file *file)
{
	old->f_mode = file->f_mode;
	old->f_flags = file->f_flags;
	old->f_pos = file->f_pos;
}

/* What a method is called with; NULL if its driver is gone. */
static struct khg_file *old_file(struct file *file)
{
	struct khg_file *old = file->private_data;

	if (READ_ONCE(old->f_op) == &gone_fops)
		return NULL;
	khg_refresh(old, file);
	return old;
}

/* ------------------------------------------------------------------ methods */

static loff_t default_lseek(struct khg_file *old, loff_t offset, int origin)
{
	switch (origin) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		offset += old->f_pos;
		break;
	case SEEK_END:
		if (!old->f_inode)
			return -EINVAL;
		offset += i_size_read(old->f_inode);
		break;
	default:
		return -EINVAL;
	}
	return offset;
}

static loff_t khg_lseek(struct file *file, loff_t offset, int origin)
{
	struct khg_file *old = old_file(file);
	loff_t pos;

	if (!old)
		return -ENODEV;
	if (offset != (off_t)offset)
		return -EOVERFLOW;
	if (old->f_op->lseek) {
		pos = old->f_op->lseek(file_inode(file), old, offset, origin);
		if (pos >= 0)
			file->f_pos = old->f_pos;
		return pos;
	}
	pos = default_lseek(old, offset, origin);
	if (pos < 0)
		return -EINVAL;
	if (pos != (off_t)pos)
		return -EOVERFLOW;
	file->f_pos = pos;
	return pos;
}

typedef int (*transfer_fn)(struct inode *, struct khg_file *, char *, int);

static ssize_t transfer(struct file *file, transfer_fn method, char __user *buf, size_t count,
			loff_t *ppos)
{
	struct khg_file *old = old_file(file);
	ssize_t done;

	if (!old)
		return -ENODEV;
	if (!method)
		return -EINVAL;
	if (*ppos != (off_t)*ppos)
		return -EOVERFLOW;
	old->f_pos = *ppos;
	done = method(file_inode(file), old, (char __force *)buf, count);
	*ppos = old->f_pos;
	return done;
}

static ssize_t khg_read(struct file *file, char __user *buf, size_t count, loff_t *ppos)
{
	struct khg_file *old = file->private_data;

	return transfer(file, old->f_op->read, buf, count, ppos);
}

static ssize_t khg_write(struct file *file, const char __user *buf, size_t count, loff_t *ppos)
{
	struct khg_file *old = file->private_data;

	return transfer(file, old->f_op->write, (char __user *)buf, count, ppos);
}

void select_wait(struct wait_queue **q, select_table *table)
{
	if (q && table)
		poll_wait(table->file, &khg_selectors, table->poll);
}
EXPORT_SYMBOL(select_wait);

/*
 * Asks for each of the three sets that the caller has an interest in. A driver that is ready names
 * no queue; epoll does not ask again by itself, so it is put on one all the same.
 */
static __poll_t khg_poll(struct file *file, poll_table *poll)
{
	static const struct {
		int type;
		__poll_t mask;
	} sets[] = {
		{ SEL_IN, EPOLLIN | EPOLLRDNORM },
		{ SEL_OUT, EPOLLOUT | EPOLLWRNORM },
		{ SEL_EX, EPOLLPRI },
	};
	struct select_table_struct table = { .file = file, .poll = poll };
	struct khg_file *old = old_file(file);
	__poll_t ready = 0;

	if (!old)
		return EPOLLERR | EPOLLHUP;
	if (!old->f_op->select)
		return DEFAULT_POLLMASK;
	for (int i = 0; i < ARRAY_SIZE(sets); i++) {
		if (poll_requested_events(poll) & sets[i].mask &&
		    old->f_op->select(file_inode(file), old, sets[i].type,
				      poll_does_not_wait(poll) ? NULL : &table))
			ready |= sets[i].mask;
	}
	if (ready)
		poll_wait(file, &khg_selectors, poll);
	return ready;
}

static long khg_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct khg_file *old = old_file(file);
	int ret;

	if (!old)
		return -ENODEV;
	if (!old->f_op->ioctl)
		return -EINVAL;
	ret = old->f_op->ioctl(file_inode(file), old, cmd, arg);
	file->f_pos = old->f_pos;
	return ret;
}

static int khg_mmap(struct file *file, struct vm_area_struct *vma)
{
	struct khg_file *old = old_file(file);
	int prot = (vma->vm_flags & VM_READ ? PROT_READ : 0) |
		   (vma->vm_flags & VM_WRITE ? PROT_WRITE : 0) |
		   (vma->vm_flags & VM_EXEC ? PROT_EXEC : 0), err;

	if (!old || !old->f_op->mmap)
		return -ENODEV;
	mutex_lock(&mmap_lock);
	mapping = vma;
	err = old->f_op->mmap(file_inode(file), old, vma->vm_start, vma->vm_end - vma->vm_start,
			      prot, vma->vm_pgoff << PAGE_SHIFT);
	mapping = NULL;
	mutex_unlock(&mmap_lock);
	return err;
}

int remap_page_range(unsigned long from, unsigned long phys, unsigned long size, pgprot_t prot)
{
	lockdep_assert_held(&mmap_lock);
	return remap_pfn_range(mapping, from, phys >> PAGE_SHIFT, size, prot);
}
EXPORT_SYMBOL(remap_page_range);

/* The guide says O_SYNC, the name says SIGIO: both flags follow. Nothing of 1996 sends the signal. */
static int khg_fasync(int fd, struct file *file, int on)
{
	spin_lock(&file->f_lock);
	if (on)
		file->f_flags |= FASYNC | O_SYNC;
	else
		file->f_flags &= ~(FASYNC | O_SYNC);
	spin_unlock(&file->f_lock);
	return 0;
}

static void forget_opening(struct khg_opening *opening)
{
	mutex_lock(&drivers_lock);
	list_del(&opening->list);
	mutex_unlock(&drivers_lock);
	kfree(opening);
}

/* [d] held. */
static struct khg_chrdev *find_driver(unsigned int major)
{
	struct khg_chrdev *dev;

	list_for_each_entry(dev, &drivers, list) {
		if (dev->major == major)
			return dev;
	}
	return NULL;
}

static int khg_open(struct inode *inode, struct file *file)
{
	struct khg_opening *opening = kzalloc(sizeof(*opening), GFP_KERNEL);
	struct khg_file *old = &opening->file;
	struct khg_chrdev *dev;
	int err = 0;

	if (!opening)
		return -ENOMEM;
	khg_refresh(old, file);
	old->f_inode = inode;
	old->f_op = &gone_fops;
	INIT_LIST_HEAD(&opening->list);
	mutex_lock(&drivers_lock);
	dev = find_driver(imajor(inode));
	if (dev) {
		old->f_op = dev->fops;
		list_add(&opening->list, &dev->openings);
	}
	mutex_unlock(&drivers_lock);
	file->private_data = old;
	if (!dev)
		err = -ENODEV;
	else if (old->f_op->open)
		err = old->f_op->open(inode, old);
	if (err)
		forget_opening(opening);
	return err;
}

static int khg_release(struct inode *inode, struct file *file)
{
	struct khg_file *old = old_file(file);

	if (old && old->f_op->release)
		old->f_op->release(inode, old);
	forget_opening(container_of(file->private_data, struct khg_opening, file));
	return 0;
}

static const struct file_operations khg_chr_fops = {
	.llseek = khg_lseek,
	.read = khg_read,
	.write = khg_write,
	.poll = khg_poll,
	.unlocked_ioctl = khg_ioctl,
	.mmap = khg_mmap,
	.fasync = khg_fasync,
	.open = khg_open,
	.release = khg_release,
};

/* ------------------------------------------------------------------ registration */

int khg_register_chrdev(unsigned int major, const char *name,
			const struct khg_file_operations *fops, struct module *owner)
{
	struct khg_chrdev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	dev_t first = MKDEV(major, 0);
	int err;

	if (!dev)
		return -ENOMEM;
	err = major ? register_chrdev_region(first, MINORS, name)
		    : alloc_chrdev_region(&first, 0, MINORS, name);
	if (err)
		goto out_free;
	err = -ENOMEM;
	dev->cdev = cdev_alloc();
	if (!dev->cdev)
		goto out_unregister;
	dev->cdev->owner = owner;
	dev->cdev->ops = &khg_chr_fops;
	dev->major = MAJOR(first);
	dev->fops = fops;
	INIT_LIST_HEAD(&dev->openings);
	mutex_lock(&drivers_lock);
	list_add(&dev->list, &drivers);
	mutex_unlock(&drivers_lock);
	cdev_add(dev->cdev, first, MINORS);
	return major ? 0 : dev->major;

out_unregister:
	unregister_chrdev_region(first, MINORS);
out_free:
	kfree(dev);
	return err;
}
EXPORT_SYMBOL(khg_register_chrdev);

/* [d] held. From now on the driver's files answer ENODEV; how many there are. */
static unsigned int forget_openings(struct khg_chrdev *dev)
{
	struct khg_opening *opening, *next;
	unsigned int n = 0;

	list_for_each_entry_safe(opening, next, &dev->openings, list) {
		WRITE_ONCE(opening->file.f_op, &gone_fops);
		list_del_init(&opening->list);
		n++;
	}
	return n;
}

int khg_unregister_chrdev(unsigned int major, const char *name)
{
	struct khg_chrdev *dev;
	unsigned int open = 0;

	mutex_lock(&drivers_lock);
	dev = find_driver(major);
	if (dev) {
		list_del(&dev->list);
		open = forget_openings(dev);
	}
	mutex_unlock(&drivers_lock);
	if (!dev)
		return -EINVAL;
	if (open)
		khg_tell_open(_RET_IP_, name, major, open);
	cdev_del(dev->cdev);
	unregister_chrdev_region(MKDEV(major, 0), MINORS);
	kfree(dev);
	return 0;
}
EXPORT_SYMBOL(khg_unregister_chrdev);
