/*
 * <linux/cdev.h> - a character driver behind a range of device numbers.
 *
 * register_chrdev_region() or alloc_chrdev_region() (<linux/fs.h>) reserve
 * numbers; cdev_add() puts a driver behind them, and from then on it can be
 * opened.  register_chrdev() does both for the 256 minors of a major.
 */
#ifndef _LINUX_CDEV_H
#define _LINUX_CDEV_H

#include <linux/types.h>
#include <linux/kdev_t.h>
#include <linux/kobject.h>
#include <linux/list.h>

struct device;
struct file_operations;
struct inode;
struct module;
struct seq_file;

/* [c] cdev_lock of fs/char_dev.c */
struct cdev {
	struct kobject kobj;			/* the driver's own reference, and one an open file */
	struct module *owner;
	const struct file_operations *ops;
	struct list_head list;			/* [c] inodes whose i_cdev is this one */
	dev_t dev;				/* constant once added */
	unsigned int count;			/* constant once added: minors */
	struct list_head map;			/* [c] on the map of the drivers' majors */
};

extern void cdev_init(struct cdev *cdev, const struct file_operations *ops);
extern struct cdev *cdev_alloc(void);
extern int cdev_add(struct cdev *cdev, dev_t dev, unsigned count);
extern void cdev_del(struct cdev *cdev);
extern void cdev_put(struct cdev *cdev);

/* The cdev lies in what parent's release frees: parent goes last. */
static inline void cdev_set_parent(struct cdev *cdev, struct kobject *parent)
{
	cdev->kobj.parent = parent;
}

/* Both in one step: dev->devt leads to cdev, and dev is added.  Without devt only that. */
extern int cdev_device_add(struct cdev *cdev, struct device *dev);
extern void cdev_device_del(struct cdev *cdev, struct device *dev);

/* One that a module which goes still has, or NULL. */
extern struct cdev *cdev_of_module(const struct module *mod);
extern void chrdev_show(struct seq_file *m);
extern void chrdev_init(void);
extern void cd_forget(struct inode *inode);

#endif
