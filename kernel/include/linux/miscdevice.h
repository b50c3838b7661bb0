/*
 * <linux/miscdevice.h> - single devices that share major 10.
 */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/types.h>
#include <linux/list.h>
#include <linux/major.h>

struct attribute_group;
struct device;
struct file_operations;

#define PSMOUSE_MINOR		1
#define WATCHDOG_MINOR		130
#define RTC_MINOR		135
#define NVRAM_MINOR		144
#define MISC_DYNAMIC_MINOR	255

/* list: misc_mtx of drivers/char/misc.c; the rest is the driver's and constant */
struct miscdevice {
	int minor;
	const char *name;		/* in /proc/misc, and in /dev unless nodename says otherwise */
	const struct file_operations *fops;
	struct list_head list;
	struct device *parent;
	struct device *this_device;
	const struct attribute_group **groups;
	const char *nodename;
	umode_t mode;
};

extern int misc_register(struct miscdevice *misc);
extern void misc_deregister(struct miscdevice *misc);
/* One that a module which goes still has, or NULL. */
struct miscdevice *misc_of_module(const struct module *mod);

#define module_misc_device(__misc) module_driver(__misc, misc_register, misc_deregister)

#endif
