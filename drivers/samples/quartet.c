/*
 * /dev/quartet: a device that is all ioctl, one request of each direction.
 *
 * A request's number says whose it is (type), which (nr), which way its argument
 * goes and how large it is, so that all arguments are looked at in one place,
 * before any request is.  "Read" and "write" are the program's words: _IOR is
 * what the program reads, which the driver writes.
 *
 * Context: process.  The mutex makes each request one step.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/uaccess.h>
#include "quartet.h"

static DEFINE_MUTEX(quartet_lock);
static struct quartet_config config;		/* quartet_lock */
static uint32_t status;				/* quartet_lock: QUARTET_STATUS_* */

static long set_config(const struct quartet_config __user *arg)
{
	struct quartet_config wanted;

	if (copy_from_user(&wanted, arg, sizeof(wanted)))
		return -EFAULT;
	if (wanted.speed > QUARTET_MAX_SPEED || wanted.mode > QUARTET_MAX_MODE)
		return -EINVAL;
	config = wanted;
	status |= QUARTET_STATUS_CONFIGURED;
	return 0;
}

static long xfer_params(struct quartet_params __user *arg)
{
	struct quartet_params params;

	if (copy_from_user(&params, arg, sizeof(params)))
		return -EFAULT;
	params.output_result = params.input_param * config.mode;
	return copy_to_user(arg, &params, sizeof(params)) ? -EFAULT : 0;
}

static long quartet_request(unsigned int cmd, void __user *arg)
{
	switch (cmd) {
	case QUARTET_GET_STATUS:
		return put_user(status, (uint32_t __user *)arg);
	case QUARTET_SET_CONFIG:
		return set_config(arg);
	case QUARTET_XFER_PARAMS:
		return xfer_params(arg);
	case QUARTET_RESET:
		memset(&config, 0, sizeof(config));
		status = 0;
		return 0;
	default:		/* our type and a number of ours, but another size or direction */
		return -ENOTTY;
	}
}

static long quartet_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	long ret;

	if (_IOC_TYPE(cmd) != QUARTET_IOC_MAGIC || _IOC_NR(cmd) > QUARTET_IOC_MAXNR)
		return -ENOTTY;
	if (_IOC_DIR(cmd) & (_IOC_READ | _IOC_WRITE) && !access_ok(argp, _IOC_SIZE(cmd)))
		return -EFAULT;
	if (mutex_lock_interruptible(&quartet_lock))
		return -ERESTARTSYS;
	ret = quartet_request(cmd, argp);
	mutex_unlock(&quartet_lock);
	return ret;
}

static const struct file_operations quartet_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = quartet_ioctl,
};

static struct miscdevice quartet_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "quartet",
	.fops = &quartet_fops,
	.mode = 0666,
};
module_misc_device(quartet_misc);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("one ioctl of each direction");
