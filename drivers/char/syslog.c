/*
 * syslog.c - syslog(2): the log as dmesg has always read it, and the console's level.
 *
 * A record is "<priority>[seconds.micros] text\n".  Root only, but for reading
 * everything, which anybody may.
 */
#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/syscalls.h>
#include <linux/time64.h>
#include <linux/uaccess.h>

#define ACTION_CLOSE		0
#define ACTION_OPEN		1
#define ACTION_READ_ALL		3
#define ACTION_READ_CLEAR	4
#define ACTION_CLEAR		5
#define ACTION_CONSOLE_OFF	6
#define ACTION_CONSOLE_ON	7
#define ACTION_CONSOLE_LEVEL	8
#define ACTION_SIZE_BUFFER	10

#define RECORD_TEXT	1024
#define LOG_BYTES	(64 * 1024)	/* told to who asks how large a buffer to bring */
#define LEVEL_MINIMUM	1
#define LEVEL_QUIET	1

static DEFINE_MUTEX(syslog_lock);
static int saved_console_level = -1;	/* [m] syslog_lock; -1: the console is on */

/* One record as text into line; its length. */
static int format_record(const struct printk_record *rec, const char *text, char *line, size_t size)
{
	u32 nsec;
	u64 sec = div_u64_rem(rec->ts_nsec, NSEC_PER_SEC, &nsec);

	return scnprintf(line, size, "<%u>[%5llu.%06u] %s\n", rec->facility << 3 | rec->level, sec,
			 (unsigned int)(nsec / NSEC_PER_USEC), text);
}

/* The first record from which on everything fits into size bytes. */
static u64 first_that_fits(char *text, char *line, size_t line_size, size_t size)
{
	struct printk_record rec;
	u64 seq = printk_clear_seq(), first = seq;
	size_t total = 0;

	for (; printk_read_record(seq, &rec, text, RECORD_TEXT); seq = rec.seq + 1)
		total += format_record(&rec, text, line, line_size);
	for (; total > size && printk_read_record(first, &rec, text, RECORD_TEXT); first = rec.seq + 1)
		total -= format_record(&rec, text, line, line_size);
	return first;
}

/* The newest records that fit; the number of bytes, or -EFAULT, -ENOMEM. */
static int read_all(char __user *buf, int size)
{
	const size_t line_size = RECORD_TEXT + 64;
	char *text = kmalloc(RECORD_TEXT + line_size, GFP_KERNEL);
	char *line = text + RECORD_TEXT;
	struct printk_record rec;
	int done = 0, n;
	u64 seq;

	if (!text)
		return -ENOMEM;
	seq = first_that_fits(text, line, line_size, size);
	while (printk_read_record(seq, &rec, text, RECORD_TEXT)) {
		n = format_record(&rec, text, line, line_size);
		if (n > size - done)
			break;
		if (copy_to_user(buf + done, line, n)) {
			done = -EFAULT;
			break;
		}
		done += n;
		seq = rec.seq + 1;
	}
	kfree(text);
	return done;
}

/* [m] held. */
static int console_action(int action, int level)
{
	switch (action) {
	case ACTION_CONSOLE_OFF:
		if (saved_console_level < 0)
			saved_console_level = console_loglevel;
		console_loglevel = LEVEL_QUIET;
		return 0;
	case ACTION_CONSOLE_ON:
		if (saved_console_level >= 0)
			console_loglevel = saved_console_level;
		saved_console_level = -1;
		return 0;
	}
	if (level < LEVEL_MINIMUM || level > 8)
		return -EINVAL;
	console_loglevel = level;
	saved_console_level = -1;
	return 0;
}

long sys_syslog(int action, char __user *buf, int len)
{
	int ret = 0;

	if (action != ACTION_READ_ALL && action != ACTION_SIZE_BUFFER && !capable(CAP_SYSLOG))
		return -EPERM;
	mutex_lock(&syslog_lock);
	switch (action) {
	case ACTION_CLOSE:
	case ACTION_OPEN:
		break;
	case ACTION_READ_ALL:
	case ACTION_READ_CLEAR:
		ret = !buf || len < 0 ? -EINVAL : read_all(buf, len);
		if (ret >= 0 && action == ACTION_READ_CLEAR)
			printk_clear();
		break;
	case ACTION_CLEAR:
		printk_clear();
		break;
	case ACTION_CONSOLE_OFF:
	case ACTION_CONSOLE_ON:
	case ACTION_CONSOLE_LEVEL:
		ret = console_action(action, len);
		break;
	case ACTION_SIZE_BUFFER:
		ret = LOG_BYTES;
		break;
	default:
		ret = -EINVAL;
	}
	mutex_unlock(&syslog_lock);
	return ret;
}
