/*
 * rtc-cmos.c - the battery-backed clock as /dev/rtc0: its time, its alarm and its interrupts.
 *
 * The chip interrupts (line 8) for three reasons: an alarm, the second's change, and periodically,
 * 2 to 8192 times a second.  Each sets a bit and adds one to a count; read() sleeps until there is
 * something, and returns count << 8 | bits, both from zero again.
 * The alarm is a time of the day: it comes within the next 24 hours.
 *
 * Contexts: the handler in interrupt, all else in process context.  Locks: rtc_lock over the chip's
 * registers and irq_data; ops_lock over a request.
 * Motorola MC146818A data sheet.
 */
#include <linux/cred.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/cdev.h>
#include <linux/log2.h>
#include <linux/mc146818rtc.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/rtc.h>
#include <linux/time.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#define RTC_IRQ		8
#define RTC_PORT	0x70
#define RTC_PORTS	2
#define RTC_BASE_LOG	16		/* 65536 Hz >> rate */
#define RTC_MIN_FREQ	2
#define DAY_SECONDS	86400

/* [r] rtc_lock, irq-safe   [o] ops_lock   else constant once probed */
static struct {
	dev_t dev;
	struct cdev cdev;
	struct class *class;
	unsigned long busy;			/* bit 0: open; atomic */
	struct mutex ops_lock;			/* this is o */
	unsigned long irq_data;			/* [r] count << 8 | why */
	unsigned int freq, max_user_freq;	/* [o] of the periodic interrupt, Hz */
	wait_queue_head_t wait;
	struct fasync_struct *fasync;		/* fasync_helper()'s own lock */
} rtc;

/* ------------------------------------------------------------------ time */

static bool valid_time(const struct rtc_time *t)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int year = t->tm_year + 1900;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return t->tm_year >= 70 && t->tm_year < 200 && t->tm_mon >= 0 && t->tm_mon < 12 && t->tm_mday >= 1 &&
	       t->tm_mday <= days[t->tm_mon] + (t->tm_mon == 1 && leap) && t->tm_hour >= 0 && t->tm_hour < 24 &&
	       t->tm_min >= 0 && t->tm_min < 60 && t->tm_sec >= 0 && t->tm_sec < 60;
}

static time64_t to_seconds(const struct rtc_time *t)
{
	return mktime64(t->tm_year + 1900, t->tm_mon + 1, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec);
}

static int rtc_set_time(const struct rtc_time *t)
{
	return valid_time(t) ? mc146818_set_time(t) : -EINVAL;
}

/* rtc_lock held.  Interrupts of these reasons from now on, or no more. */
static void set_control(unsigned char bits, bool on)
{
	unsigned char control = CMOS_READ(RTC_CONTROL);

	CMOS_WRITE(on ? control | bits : control & ~bits, RTC_CONTROL);
	CMOS_READ(RTC_INTR_FLAGS);		/* what was before does not count */
}

static void enable(unsigned char bits, bool on)
{
	spin_lock_irq(&rtc_lock);
	set_control(bits, on);
	spin_unlock_irq(&rtc_lock);
}

/* The alarm goes off when the clock reaches this time of the day; the date does not matter to the chip. */
static int set_alarm(const struct rtc_time *t, bool on)
{
	unsigned char control;

	if (t->tm_hour < 0 || t->tm_hour > 23 || t->tm_min < 0 || t->tm_min > 59 || t->tm_sec < 0 || t->tm_sec > 59)
		return -EINVAL;
	spin_lock_irq(&rtc_lock);
	set_control(RTC_AIE, false);
	control = CMOS_READ(RTC_CONTROL);
	CMOS_WRITE(rtc_digits(t->tm_hour, control), RTC_HOURS_ALARM);
	CMOS_WRITE(rtc_digits(t->tm_min, control), RTC_MINUTES_ALARM);
	CMOS_WRITE(rtc_digits(t->tm_sec, control), RTC_SECONDS_ALARM);
	set_control(RTC_AIE, on);
	spin_unlock_irq(&rtc_lock);
	return 0;
}

/* With the date on which it will go off. */
static int get_alarm(struct rtc_wkalrm *alarm)
{
	struct rtc_time now;
	unsigned char control;
	struct tm tm;
	time64_t at;
	int err = mc146818_get_time(&now);

	if (err)
		return err;
	alarm->time = now;
	spin_lock_irq(&rtc_lock);
	control = CMOS_READ(RTC_CONTROL);
	alarm->time.tm_hour = rtc_decimal(CMOS_READ(RTC_HOURS_ALARM), control);
	alarm->time.tm_min = rtc_decimal(CMOS_READ(RTC_MINUTES_ALARM), control);
	alarm->time.tm_sec = rtc_decimal(CMOS_READ(RTC_SECONDS_ALARM), control);
	spin_unlock_irq(&rtc_lock);
	alarm->enabled = !!(control & RTC_AIE);
	alarm->pending = 0;
	at = to_seconds(&alarm->time);
	if (at > to_seconds(&now))
		return 0;
	time64_to_tm(at + DAY_SECONDS, 0, &tm);
	alarm->time.tm_mday = tm.tm_mday;
	alarm->time.tm_mon = tm.tm_mon;
	alarm->time.tm_year = tm.tm_year;
	return 0;
}

/* RTC_WKALM_SET: with a date, which must be less than a day off. */
static int set_dated_alarm(const struct rtc_wkalrm *alarm)
{
	struct rtc_time now;
	time64_t ahead;
	int err;

	if (!valid_time(&alarm->time))
		return -EINVAL;
	err = mc146818_get_time(&now);
	if (err)
		return err;
	ahead = to_seconds(&alarm->time) - to_seconds(&now);
	if (alarm->enabled && ahead <= 0)
		return -ETIME;
	return ahead >= DAY_SECONDS ? -EINVAL : set_alarm(&alarm->time, alarm->enabled);
}

/* [o] held.  A power of two from 2 Hz to 8192 Hz; many a second are for whom may use resources freely. */
static int set_freq(unsigned long freq)
{
	if (freq < RTC_MIN_FREQ || freq > RTC_MAX_FREQ || !is_power_of_2(freq))
		return -EINVAL;
	if (freq > rtc.max_user_freq && !capable(CAP_SYS_RESOURCE))
		return -EACCES;
	rtc.freq = freq;
	spin_lock_irq(&rtc_lock);
	CMOS_WRITE((CMOS_READ(RTC_FREQ_SELECT) & ~RTC_RATE_SELECT) | (RTC_BASE_LOG - ilog2(freq)), RTC_FREQ_SELECT);
	spin_unlock_irq(&rtc_lock);
	return 0;
}

/* ------------------------------------------------------------------ interrupt */

static irqreturn_t rtc_interrupt(int irq, void *dev)
{
	unsigned char why;

	spin_lock(&rtc_lock);
	why = CMOS_READ(RTC_INTR_FLAGS);
	if (why & RTC_IRQF)
		rtc.irq_data = (rtc.irq_data + 0x100) | RTC_IRQF | (why & CMOS_READ(RTC_CONTROL) & RTC_IRQMASK);
	spin_unlock(&rtc_lock);
	if (!(why & RTC_IRQF))
		return IRQ_NONE;
	wake_up_interruptible(&rtc.wait);
	kill_fasync(&rtc.fasync, SIGIO, POLL_IN);
	return IRQ_HANDLED;
}

/* What came since the last call; 0: nothing. */
static unsigned long take_irq_data(void)
{
	unsigned long data;

	spin_lock_irq(&rtc_lock);
	data = rtc.irq_data;
	rtc.irq_data = 0;
	spin_unlock_irq(&rtc_lock);
	return data;
}

/* ------------------------------------------------------------------ file */

static int rtc_open(struct inode *inode, struct file *file)
{
	if (test_and_set_bit(0, &rtc.busy))
		return -EBUSY;
	take_irq_data();
	return nonseekable_open(inode, file);
}

static int rtc_fasync(int fd, struct file *file, int on)
{
	return fasync_helper(fd, file, on, &rtc.fasync);
}

static int rtc_release(struct inode *inode, struct file *file)
{
	enable(RTC_PIE | RTC_UIE, false);	/* an alarm outlives who set it */
	rtc_fasync(-1, file, 0);
	clear_bit(0, &rtc.busy);
	return 0;
}

static ssize_t rtc_file_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	unsigned long data;
	int err;

	if (count < sizeof(data))
		return -EINVAL;
	while (!(data = take_irq_data())) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		err = wait_event_interruptible(rtc.wait, READ_ONCE(rtc.irq_data));
		if (err)
			return err;
	}
	return put_user(data, (unsigned long __user *)buf) ?: (ssize_t)sizeof(data);
}

static __poll_t rtc_poll(struct file *file, poll_table *wait)
{
	poll_wait(file, &rtc.wait, wait);
	return READ_ONCE(rtc.irq_data) ? EPOLLIN | EPOLLRDNORM : 0;
}

/* [o] held.  Requests that carry a time. */
static long time_ioctl(unsigned int cmd, void __user *arg)
{
	struct rtc_wkalrm alarm = { 0 };
	struct rtc_time t;
	int err = 0;

	switch (cmd) {
	case RTC_RD_TIME:
		err = mc146818_get_time(&t);
		return err ?: copy_to_user(arg, &t, sizeof(t)) ? -EFAULT : 0;
	case RTC_SET_TIME:
		if (copy_from_user(&t, arg, sizeof(t)))
			return -EFAULT;
		return capable(CAP_SYS_TIME) ? rtc_set_time(&t) : -EACCES;
	case RTC_ALM_SET:
		return copy_from_user(&t, arg, sizeof(t)) ? -EFAULT : set_alarm(&t, false);
	case RTC_WKALM_SET:
		return copy_from_user(&alarm, arg, sizeof(alarm)) ? -EFAULT : set_dated_alarm(&alarm);
	case RTC_ALM_READ:
		err = get_alarm(&alarm);
		return err ?: copy_to_user(arg, &alarm.time, sizeof(alarm.time)) ? -EFAULT : 0;
	case RTC_WKALM_RD:
		err = get_alarm(&alarm);
		return err ?: copy_to_user(arg, &alarm, sizeof(alarm)) ? -EFAULT : 0;
	}
	return -ENOTTY;
}

/* [o] held. */
static long irq_ioctl(unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case RTC_PIE_ON:
		if (rtc.freq > rtc.max_user_freq && !capable(CAP_SYS_RESOURCE))
			return -EACCES;
		fallthrough;
	case RTC_PIE_OFF:
		enable(RTC_PIE, cmd == RTC_PIE_ON);
		return 0;
	case RTC_AIE_ON:
	case RTC_AIE_OFF:
		enable(RTC_AIE, cmd == RTC_AIE_ON);
		return 0;
	case RTC_UIE_ON:
	case RTC_UIE_OFF:
		enable(RTC_UIE, cmd == RTC_UIE_ON);
		return 0;
	case RTC_IRQP_SET:
		return set_freq(arg);
	case RTC_IRQP_READ:
		return put_user(rtc.freq, (unsigned long __user *)arg);
	}
	return time_ioctl(cmd, (void __user *)arg);
}

static long rtc_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	long err;

	if (mutex_lock_interruptible(&rtc.ops_lock))
		return -ERESTARTSYS;
	err = irq_ioctl(cmd, arg);
	mutex_unlock(&rtc.ops_lock);
	return err;
}

static const struct file_operations rtc_fops = {
	.owner		= THIS_MODULE,
	.llseek		= no_llseek,
	.read		= rtc_file_read,
	.poll		= rtc_poll,
	.unlocked_ioctl	= rtc_ioctl,
	.open		= rtc_open,
	.release	= rtc_release,
	.fasync		= rtc_fasync,
};

/* ------------------------------------------------------------------ attributes */

static ssize_t name_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "rtc_cmos\n");
}
static DEVICE_ATTR_RO(name);

static ssize_t date_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time t;
	int err = mc146818_get_time(&t);

	return err ?: sysfs_emit(buf, "%04d-%02d-%02d\n", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}
static DEVICE_ATTR_RO(date);

static ssize_t time_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time t;
	int err = mc146818_get_time(&t);

	return err ?: sysfs_emit(buf, "%02d:%02d:%02d\n", t.tm_hour, t.tm_min, t.tm_sec);
}
static DEVICE_ATTR_RO(time);

static ssize_t since_epoch_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct rtc_time t;
	int err = mc146818_get_time(&t);

	return err ?: sysfs_emit(buf, "%lld\n", to_seconds(&t));
}
static DEVICE_ATTR_RO(since_epoch);

static ssize_t max_user_freq_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%u\n", rtc.max_user_freq);
}

static ssize_t max_user_freq_store(struct device *dev, struct device_attribute *attr, const char *buf,
				   size_t count)
{
	unsigned int freq;
	int err = kstrtouint(buf, 0, &freq);

	if (err || freq == 0 || freq >= 4096)
		return err ?: -EINVAL;
	mutex_lock(&rtc.ops_lock);
	rtc.max_user_freq = freq;
	mutex_unlock(&rtc.ops_lock);
	return count;
}
static DEVICE_ATTR_RW(max_user_freq);

static struct attribute *rtc_attrs[] = {
	&dev_attr_name.attr, &dev_attr_date.attr, &dev_attr_time.attr, &dev_attr_since_epoch.attr,
	&dev_attr_max_user_freq.attr, NULL
};
ATTRIBUTE_GROUPS(rtc);

/* ------------------------------------------------------------------ probe */

/* The line, then the number, then the node.  0; -ENODEV: no chip answers. */
static int __init rtc_init(void)
{
	struct rtc_time t;
	struct device *dev;
	int err;

	if (mc146818_get_time(&t))
		return -ENODEV;
	if (!request_region(RTC_PORT, RTC_PORTS, "rtc0"))
		return -EBUSY;
	mutex_init(&rtc.ops_lock);
	init_waitqueue_head(&rtc.wait);
	rtc.max_user_freq = 64;
	set_freq(rtc.max_user_freq);
	enable(RTC_PIE | RTC_AIE | RTC_UIE, false);
	err = request_irq(RTC_IRQ, rtc_interrupt, 0, "rtc0", &rtc);
	if (err)
		goto out_ports;
	err = alloc_chrdev_region(&rtc.dev, 0, 1, "rtc");
	if (err)
		goto out_irq;
	cdev_init(&rtc.cdev, &rtc_fops);
	rtc.cdev.owner = THIS_MODULE;
	err = cdev_add(&rtc.cdev, rtc.dev, 1);
	if (err)
		goto out_region;
	rtc.class = class_create(THIS_MODULE, "rtc");
	err = PTR_ERR_OR_ZERO(rtc.class);
	if (err)
		goto out_cdev;
	dev = device_create_with_groups(rtc.class, NULL, rtc.dev, NULL, rtc_groups, "rtc0");
	err = PTR_ERR_OR_ZERO(dev);
	if (!err)
		return 0;
	class_destroy(rtc.class);
out_cdev:
	cdev_del(&rtc.cdev);
out_region:
	unregister_chrdev_region(rtc.dev, 1);
out_irq:
	free_irq(RTC_IRQ, &rtc);
out_ports:
	release_region(RTC_PORT, RTC_PORTS);
	return err;
}

static void __exit rtc_exit(void)
{
	enable(RTC_PIE | RTC_AIE | RTC_UIE, false);
	device_destroy(rtc.class, rtc.dev);
	class_destroy(rtc.class);
	cdev_del(&rtc.cdev);
	unregister_chrdev_region(rtc.dev, 1);
	free_irq(RTC_IRQ, &rtc);
	release_region(RTC_PORT, RTC_PORTS);
}

module_init(rtc_init);
module_exit(rtc_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("the PC's battery-backed clock");
