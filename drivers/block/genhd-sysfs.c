/*
 * Disks and partitions as devices: class block, /sys/block, their attributes.
 *
 *	/sys/devices/virtual/block/NAME		(or below the parent)
 *		size ro removable range stat inflight dev uevent
 *		queue/		blk-sysfs.c
 *		NAME1/		partition start size ro stat
 *	/sys/class/block/NAME, NAME1; /sys/block/NAME; /sys/dev/block/MAJOR:MINOR
 *
 * The nodes in /dev, 0660 root disk, come with the devices.
 *
 * Context: process; may sleep.
 */
#include <linux/init.h>
#include <linux/slab.h>
#include "blk.h"

#define BLOCK_NODE_MODE	0660
#define BLOCK_NODE_GID	6		/* group disk */

static struct kobject *block_kobj;	/* /sys/block; set at boot */

struct class block_class = { .name = "block" };
EXPORT_SYMBOL(block_class);

/* ------------------------------------------------------------------ attributes of both */

static struct gendisk *disk_of(struct device *dev)
{
	return dev_to_disk(dev->type == &part_type ? dev->parent : dev);
}

static ssize_t size_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", (unsigned long long)dev_to_part(dev)->nr_sects);
}

static ssize_t ro_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", dev_to_part(dev)->policy || disk_of(dev)->part0.policy);
}

/* Eleven numbers for reads, writes and what is going on, four for discards, two for flushes. */
static ssize_t stat_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct hd_struct *part = dev_to_part(dev);
	unsigned int ms[4], i, all = 0;

	for (i = 0; i < ARRAY_SIZE(ms); i++) {
		ms[i] = jiffies_to_msecs(atomic_read(&part->ticks[i]));
		all += ms[i];
	}
	return sysfs_emit(buf, "%8d %8d %8u %8u %8d %8d %8u %8u %8d %8u %8u %8d %8d %8u %8u %8d %8u\n",
			  atomic_read(&part->ios[READ]), atomic_read(&part->merges[READ]),
			  atomic_read(&part->sectors[READ]), ms[READ],
			  atomic_read(&part->ios[WRITE]), atomic_read(&part->merges[WRITE]),
			  atomic_read(&part->sectors[WRITE]), ms[WRITE],
			  dev->type == &part_type ? 0 : atomic_read(&disk_of(dev)->in_flight),
			  all, all,
			  atomic_read(&part->ios[2]), atomic_read(&part->merges[2]),
			  atomic_read(&part->sectors[2]), ms[2], atomic_read(&part->ios[3]), ms[3]);
}

static DEVICE_ATTR_RO(size);
static DEVICE_ATTR_RO(ro);
static DEVICE_ATTR_RO(stat);

/* ------------------------------------------------------------------ disks */

static ssize_t removable_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", (disk_of(dev)->flags & GENHD_FL_REMOVABLE) != 0);
}

static ssize_t range_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", disk_of(dev)->minors);
}

static DEVICE_ATTR_RO(removable);
static DEVICE_ATTR_RO(range);

static struct attribute *disk_attrs[] = {
	&dev_attr_size.attr, &dev_attr_ro.attr, &dev_attr_stat.attr, &dev_attr_removable.attr,
	&dev_attr_range.attr, NULL,
};
ATTRIBUTE_GROUPS(disk);

static char *block_devnode(struct device *dev, umode_t *mode, kuid_t *uid, kgid_t *gid)
{
	struct gendisk *disk = disk_of(dev);

	*mode = BLOCK_NODE_MODE;
	*gid = KGIDT_INIT(BLOCK_NODE_GID);
	if (dev->type != &part_type && disk->fops->devnode)
		return disk->fops->devnode(disk, mode);
	return NULL;
}

static void disk_release(struct device *dev)
{
	disk_free(dev_to_disk(dev));
}

static const struct device_type disk_type = {
	.name = "disk", .groups = disk_groups, .release = disk_release, .devnode = block_devnode,
};

void disk_device_init(struct gendisk *disk)
{
	struct device *dev = disk_to_dev(disk);

	device_initialize(dev);
	dev->class = &block_class;
	dev->type = &disk_type;
}

int disk_device_add(struct device *parent, struct gendisk *disk,
		    const struct attribute_group **groups)
{
	struct device *dev = disk_to_dev(disk);
	int err = dev_set_name(dev, "%s", disk->disk_name);

	if (err)
		return err;
	strreplace((char *)kobject_name(&dev->kobj), '/', '!');
	dev->parent = parent;
	dev->groups = groups;
	dev->devt = disk_devt(disk);
	err = device_add(dev);
	if (err)
		return err;
	err = sysfs_create_link(block_kobj, &dev->kobj, dev_name(dev));
	if (err)
		goto out_del;
	err = blk_register_queue(disk);
	if (!err)
		return 0;
	sysfs_remove_link(block_kobj, dev_name(dev));
out_del:
	device_del(dev);
	return err;
}

void disk_device_del(struct gendisk *disk)
{
	struct device *dev = disk_to_dev(disk);

	blk_unregister_queue(disk);
	sysfs_remove_link(block_kobj, dev_name(dev));
	device_del(dev);
}

/* ------------------------------------------------------------------ partitions */

static ssize_t partition_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%d\n", dev_to_part(dev)->partno);
}

static ssize_t start_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%llu\n", (unsigned long long)dev_to_part(dev)->start_sect);
}

static DEVICE_ATTR_RO(partition);
static DEVICE_ATTR_RO(start);

static struct attribute *part_attrs[] = {
	&dev_attr_size.attr, &dev_attr_ro.attr, &dev_attr_stat.attr, &dev_attr_partition.attr,
	&dev_attr_start.attr, NULL,
};
ATTRIBUTE_GROUPS(part);

static int part_uevent(struct device *dev, struct kobj_uevent_env *env)
{
	return add_uevent_var(env, "PARTN=%d", dev_to_part(dev)->partno);
}

static void part_release(struct device *dev)
{
	kfree(dev_to_part(dev));
}

const struct device_type part_type = {
	.name = "partition", .groups = part_groups, .release = part_release,
	.devnode = block_devnode, .uevent = part_uevent,
};

/* @part has its numbers; put_device() is the way to let go of it, whatever comes back. */
int part_device_add(struct gendisk *disk, struct hd_struct *part)
{
	struct device *dev = part_to_dev(part);
	char name[DISK_NAME_LEN];
	int err;

	device_initialize(dev);
	dev->class = &block_class;
	dev->type = &part_type;
	dev->parent = disk_to_dev(disk);
	dev->devt = MKDEV(disk->major, disk->first_minor + part->partno);
	err = dev_set_name(dev, "%s", disk_name(disk, part->partno, name));
	return err ?: device_add(dev);
}

static int __init block_class_init(void)
{
	block_kobj = kobject_create_and_add("block", NULL);
	return block_kobj ? class_register(&block_class) : -ENOMEM;
}
subsys_initcall(block_class_init);
