/*
 * A block driver of 1996: 256 KiB of memory behind a strategy routine. It has no read() and no
 * write(): those go to the buffer cache, and what the cache does not have comes here.
 *
 *	mknod /tmp/bar b 62 0; echo hello >/tmp/bar; head -c 5 /tmp/bar
 *
 * The memory is slow hardware: each request takes a tick, then an "interrupt" ends it and starts
 * the next. BAR_REQUESTS says how many came, so that one can see what the cache kept away.
 *
 * Context: bar_request() and the interrupt with cli().
 */
#define MAJOR_NR BAR_MAJOR
#include "rd1996.h"
#include <khg/blk.h>
#include <khg/kernel.h>
#include <khg/module.h>

static char *memory;
static int bar_sizes[BAR_MINORS] = { BAR_KIB };
static struct timer_list transfer;	/* pending: CURRENT is being moved */
static int reads, writes, opens;	/* cli() */

/* Starts the first request, if there is one. */
static void bar_request(void)
{
	INIT_REQUEST;
	transfer.expires = jiffies + 1;
	add_timer(&transfer);
}

static void bar_interrupt(unsigned long unused)
{
	unsigned long at = CURRENT->sector << 9, bytes = CURRENT->current_nr_sectors << 9, flags;
	int good = CURRENT->sector + CURRENT->current_nr_sectors <= BAR_KIB * 2;

	save_flags(flags);
	cli();
	if (good && CURRENT->cmd == WRITE) {
		memcpy(memory + at, CURRENT->buffer, bytes);
		writes++;
	} else if (good) {
		memcpy(CURRENT->buffer, memory + at, bytes);
		reads++;
	}
	end_request(good);
	bar_request();
	restore_flags(flags);
}

static int bar_ioctl(struct inode *inode, struct file *file, unsigned int cmd, unsigned int arg)
{
	switch (cmd) {
	case BAR_READS:
		return reads;
	case BAR_WRITES:
		return writes;
	}
	return -EINVAL;
}

static int bar_open(struct inode *inode, struct file *file)
{
	if (MINOR(inode->i_rdev) >= BAR_MINORS)
		return -ENODEV;
	opens++;
	return 0;
}

static void bar_release(struct inode *inode, struct file *file)
{
	opens--;
}

static struct file_operations bar_fops = {
	.ioctl = bar_ioctl,
	.open = bar_open,
	.release = bar_release,
};

static int __init bar_init(void)
{
	int err;

	memory = vzalloc(BAR_KIB * 1024);
	if (!memory)
		return -ENOMEM;
	err = register_blkdev(MAJOR_NR, "bar", &bar_fops);
	if (err) {
		vfree(memory);
		return err;
	}
	init_timer(&transfer);
	transfer.function = bar_interrupt;
	blk_dev[MAJOR_NR].request_fn = bar_request;
	blk_size[MAJOR_NR] = bar_sizes;
	read_ahead[MAJOR_NR] = 8;
	printk(KERN_INFO "bar: %d KiB of slow memory\n", BAR_KIB);
	return 0;
}

static void __exit bar_exit(void)
{
	unregister_blkdev(MAJOR_NR, "bar");
	del_timer(&transfer);
	vfree(memory);
}

module_init(bar_init);
module_exit(bar_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("A block driver of 1996 with a strategy routine");
