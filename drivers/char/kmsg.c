/*
 * kmsg.c - the kernel's messages as a file, /dev/kmsg.
 *
 * A read gives one record, "level,sequence,microseconds,-;text\n", and sleeps
 * when there is none yet; a write says something in the kernel's name.  Each
 * opening has its own place in the log; records that were overwritten before
 * they were read are told as EPIPE, and reading goes on with the oldest left.
 *
 * printk() may be called anywhere, with any lock held, so it must not wake
 * readers itself: it starts a work item that does.
 */
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>
#include "mem.h"

#define RECORD_TEXT	1024		/* longest text of a record */
#define RECORD_LINE	(RECORD_TEXT + 64)
#define LEVEL_MASK	7		/* priority = facility * 8 + level */

/* [m] lock */
struct kmsg_reader {
	struct mutex lock;		/* this is m */
	u64 seq;			/* [m] the next record to give */
	char text[RECORD_TEXT];		/* [m] */
	char line[RECORD_LINE];		/* [m] */
};

static DECLARE_WAIT_QUEUE_HEAD(log_wait);

static void wake_log_readers(struct work_struct *work)
{
	wake_up_interruptible_poll(&log_wait, EPOLLIN | EPOLLRDNORM);
}

static DECLARE_WORK(log_work, wake_log_readers);

static void log_grew(void)
{
	if (waitqueue_active(&log_wait))
		queue_work(system_wq, &log_work);
}

/* [m] held.  The next record as one line in reader->line; its length, or 0: there is none. */
static int format_next(struct kmsg_reader *reader, struct printk_record *rec)
{
	if (!printk_read_record(reader->seq, rec, reader->text, sizeof(reader->text)))
		return 0;
	return scnprintf(reader->line, sizeof(reader->line), "%u,%llu,%llu,-;%s\n",
			 rec->facility << 3 | rec->level, rec->seq,
			 div_u64(rec->ts_nsec, NSEC_PER_USEC), reader->text);
}

static ssize_t kmsg_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct kmsg_reader *reader = file->private_data;
	struct printk_record rec;
	ssize_t len;

	if (mutex_lock_interruptible(&reader->lock))
		return -ERESTARTSYS;
	while (!(len = format_next(reader, &rec))) {
		mutex_unlock(&reader->lock);
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		if (wait_event_interruptible(log_wait, printk_next_seq() > reader->seq))
			return -ERESTARTSYS;
		if (mutex_lock_interruptible(&reader->lock))
			return -ERESTARTSYS;
	}
	if (rec.seq != reader->seq) {
		reader->seq = rec.seq;
		len = -EPIPE;
	} else if (len > count) {
		len = -EINVAL;
	} else if (copy_to_user(buf, reader->line, len)) {
		len = -EFAULT;
	} else {
		reader->seq = rec.seq + 1;
	}
	mutex_unlock(&reader->lock);
	return len;
}

/* "<5>text" sets the level, as in the kernel's own calls; a user's record is of facility 1. */
static ssize_t kmsg_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	char *line, *text;
	int level = 4;

	if (count > RECORD_TEXT)
		return -EINVAL;
	line = kmalloc(count + 1, GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	if (copy_from_user(line, buf, count)) {
		kfree(line);
		return -EFAULT;
	}
	line[count] = '\0';
	text = line;
	if (line[0] == '<' && line[1] >= '0' && line[1] <= '7' && line[2] == '>') {
		level = line[1] - '0';
		text += 3;
	}
	printk("%c%c%s%s", KERN_SOH_ASCII, '0' + level, text,
	       count && line[count - 1] == '\n' ? "" : "\n");
	kfree(line);
	return count;
}

/* Offsets mean nothing in a log: SET is its beginning, END what comes next, DATA after the last clear. */
static loff_t kmsg_llseek(struct file *file, loff_t offset, int whence)
{
	struct kmsg_reader *reader = file->private_data;

	if (!reader)			/* open for writing only */
		return -EBADF;
	if (offset)
		return -ESPIPE;
	mutex_lock(&reader->lock);
	if (whence == SEEK_SET)
		reader->seq = printk_first_seq();
	else if (whence == SEEK_DATA)
		reader->seq = printk_clear_seq();
	else if (whence == SEEK_END)
		reader->seq = printk_next_seq();
	else
		offset = -EINVAL;
	mutex_unlock(&reader->lock);
	return offset;
}

static __poll_t kmsg_poll(struct file *file, struct poll_table_struct *wait)
{
	struct kmsg_reader *reader = file->private_data;

	if (!reader)
		return EPOLLERR | EPOLLNVAL;
	poll_wait(file, &log_wait, wait);
	return printk_next_seq() > reader->seq ? EPOLLIN | EPOLLRDNORM : 0;
}

static int kmsg_open(struct inode *inode, struct file *file)
{
	struct kmsg_reader *reader;

	if (!(file->f_mode & FMODE_READ))
		return 0;
	reader = kzalloc(sizeof(*reader), GFP_KERNEL);
	if (!reader)
		return -ENOMEM;
	mutex_init(&reader->lock);
	reader->seq = printk_first_seq();
	file->private_data = reader;
	return 0;
}

static int kmsg_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

const struct file_operations kmsg_fops = {
	.llseek		= kmsg_llseek,
	.read		= kmsg_read,
	.write		= kmsg_write,
	.poll		= kmsg_poll,
	.open		= kmsg_open,
	.release	= kmsg_release,
};

static int __init kmsg_init(void)
{
	printk_set_listener(log_grew);
	return 0;
}
late_initcall(kmsg_init);
