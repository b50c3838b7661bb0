/*
 * The foo device of the Kernel Hackers' Guide, 1996: a line that brings back, after a
 * while, what is written to it. All of it is the interface of <khg/…>.
 *
 *	foo_write()	user memory -> foo->sent, kernel memory; the line starts
 *	foo_interrupt()	when the line is through (a timer plays the hardware): sent -> arrived.
 *			It has no user memory, any process may be current. It wakes who sleeps.
 *	foo_read()	sleeps until something arrived; arrived -> user memory
 *
 * /dev/foo0 can be opened once (EBUSY); opening /dev/foo1 waits for the other end, FOO_CARRIER, as a
 * modem line does; foo2 has no method at all, so the defaults of 1996 show; there are no more (ENODEV).
 *
 * Context: as named; cli() keeps the interrupt away.
 */
#include <khg/fs.h>
#include <khg/kernel.h>
#include <khg/malloc.h>
#include <khg/module.h>
#include <khg/sched.h>
#include "foo1996.h"

#define LINE_MINOR	0
#define MODEM_MINOR	1
#define BARE_MINOR	2
#define BARE_SIZE	1000		/* i_size of the bare one, for lseek() from the end */

static struct wait_queue *foo_wait = NULL;	/* readers, writers, select() */
static struct wait_queue *carrier_wait = NULL;
static struct timer_list line;			/* pending: something is on its way */
static char *sent, *arrived;			/* FOO_SIZE each; cli() */
static int sent_count, arrived_count;		/* cli() */
static int busy, carrier, alarm_on;		/* cli() */
static int delay_ms = 20, calls, releases;	/* what the programs are told */

/* "Interrupt": the line is through. */
static void foo_interrupt(unsigned long unused)
{
	memcpy(arrived, sent, sent_count);
	arrived_count = sent_count;
	sent_count = 0;
	wake_up_interruptible(&foo_wait);
}

/* What write() and select() ask: nothing is on its way, and nobody has yet to fetch what came. */
static int line_idle(void)
{
	return !sent_count && !arrived_count;
}

static int foo_read(struct inode *inode, struct file *file, char *buf, int count)
{
	unsigned long flags;
	char *data;

	if (verify_area(VERIFY_WRITE, buf, count))
		return -EFAULT;
	data = kmalloc(FOO_SIZE, GFP_KERNEL);
	if (!data)
		return -ENOMEM;
	save_flags(flags);
	cli();				/* from the look to the sleep no interrupt may come */
	while (!arrived_count) {
		if (file->f_flags & O_NONBLOCK || signal_pending(current)) {
			restore_flags(flags);
			kfree_s(data, FOO_SIZE);
			return file->f_flags & O_NONBLOCK ? -EAGAIN : -ERESTARTSYS;
		}
		interruptible_sleep_on(&foo_wait);
	}
	if (count > arrived_count)
		count = arrived_count;
	memcpy(data, arrived, count);
	arrived_count -= count;
	memmove(arrived, arrived + count, arrived_count);
	restore_flags(flags);
	memcpy_tofs(buf, data, count);
	kfree_s(data, FOO_SIZE);
	file->f_pos += count;
	wake_up_interruptible(&foo_wait);	/* there may be room now */
	return count;
}

static int foo_write(struct inode *inode, struct file *file, char *buf, int count)
{
	unsigned long flags;
	char data[FOO_SIZE];

	if (verify_area(VERIFY_READ, buf, count))
		return -EFAULT;
	if (count > FOO_SIZE)
		count = FOO_SIZE;
	if (count <= 0)
		return 0;
	memcpy_fromfs(data, buf, count);
	save_flags(flags);
	cli();
	while (!line_idle()) {
		if (file->f_flags & O_NONBLOCK || signal_pending(current)) {
			restore_flags(flags);
			return file->f_flags & O_NONBLOCK ? -EAGAIN : -ERESTARTSYS;
		}
		interruptible_sleep_on(&foo_wait);
	}
	memcpy(sent, data, count);
	sent_count = count;
	line.expires = jiffies + 1 + delay_ms * HZ / 1000;
	add_timer(&line);
	restore_flags(flags);
	return count;
}

/* Ready: 1. Else who asks is put on the queue, and 0; the sleep is select()'s own. */
static int foo_select(struct inode *inode, struct file *file, int sel_type, select_table *wait)
{
	switch (sel_type) {
	case SEL_IN:
		if (arrived_count)
			return 1;
		break;
	case SEL_OUT:
		if (line_idle())
			return 1;
		break;
	case SEL_EX:
		if (alarm_on)
			return 1;
		break;
	}
	select_wait(&foo_wait, wait);
	return 0;
}

static int foo_about(struct inode *inode, struct file *file, unsigned int what)
{
	switch (what) {
	case 0: return MINOR(inode->i_rdev);
	case 1: return inode->i_mode;
	case 2: return inode->i_size;
	case 3: return file->f_flags;
	case 4: return file->f_pos;
	}
	return -EINVAL;
}

static int foo_ioctl(struct inode *inode, struct file *file, unsigned int cmd, unsigned int arg)
{
	calls++;
	switch (cmd) {
	case FOO_CALLS:
		return calls;
	case FOO_RELEASES:
		return releases;
	case FOO_ALARM:
		alarm_on = arg;
		wake_up_interruptible(&foo_wait);
		return 0;
	case FOO_CARRIER:
		carrier = arg;
		wake_up_interruptible(&carrier_wait);
		return 0;
	case FOO_INODE:
		return foo_about(inode, file, arg);
	case FOO_DELAY:
		delay_ms = arg;
		return 0;
	}
	return -EINVAL;
}

/* The line is no file: without this method lseek() would succeed. */
static int foo_lseek(struct inode *inode, struct file *file, off_t offset, int origin)
{
	return -ESPIPE;
}

/*
 * A sleep of our own, as a serial driver's: open() waits for the other end. On the queue and
 * "asleep" before the look, so that a wake-up in between only means no sleep.
 */
static int block_til_ready(struct file *file)
{
	struct wait_queue wait = { current, NULL };
	int err = 0;

	if (file->f_flags & O_NONBLOCK)
		return 0;
	add_wait_queue(&carrier_wait, &wait);
	for (;;) {
		current->state = TASK_INTERRUPTIBLE;
		barrier();		/* the state first, then the look */
		if (carrier)
			break;
		if (signal_pending(current)) {
			err = -ERESTARTSYS;
			break;
		}
		schedule();
	}
	current->state = TASK_RUNNING;
	remove_wait_queue(&carrier_wait, &wait);
	return err;
}

static struct file_operations bare_fops;

static int foo_open(struct inode *inode, struct file *file)
{
	switch (MINOR(inode->i_rdev)) {
	case LINE_MINOR:
		if (busy)
			return -EBUSY;
		busy = 1;
		return 0;
	case MODEM_MINOR:
		return block_til_ready(file);
	case BARE_MINOR:
		inode->i_size = BARE_SIZE;
		file->f_op = &bare_fops;
		return 0;
	}
	return -ENODEV;
}

static void foo_release(struct inode *inode, struct file *file)
{
	releases++;
	if (MINOR(inode->i_rdev) == LINE_MINOR)
		busy = 0;
}

static struct file_operations foo_fops = {
	foo_lseek,
	foo_read,
	foo_write,
	NULL,			/* readdir: not for devices */
	foo_select,
	foo_ioctl,
	NULL,			/* mmap */
	foo_open,
	foo_release,
};

/* Called from chr_dev_init() in 1996, from the initcalls or the module loader today. */
static int __init foo_init(void)
{
	int err = -ENOMEM;

	sent = kmalloc(FOO_SIZE, GFP_KERNEL);
	arrived = kmalloc(FOO_SIZE, GFP_KERNEL);
	if (!sent || !arrived)
		goto out_free;
	init_timer(&line);
	line.function = foo_interrupt;
	line.data = 0;
	err = register_chrdev(FOO_MAJOR, "foo", &foo_fops);
	if (err)
		goto out_free;
	printk(KERN_INFO "foo: a line of %d bytes, a modem, and one that does nothing\n", FOO_SIZE);
	return 0;

out_free:
	kfree(sent);
	kfree(arrived);
	return err;
}

static void __exit foo_exit(void)
{
	unregister_chrdev(FOO_MAJOR, "foo");
	del_timer(&line);
	kfree_s(sent, FOO_SIZE);
	kfree_s(arrived, FOO_SIZE);
}

module_init(foo_init);
module_exit(foo_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The foo device of 1996");
