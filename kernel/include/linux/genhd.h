/*
 * <linux/genhd.h> - disks, their partitions and their major numbers.
 *
 * A driver takes a major with register_blkdev(), describes each disk by a
 * gendisk and makes it public with add_disk(), which reads the partition table
 * and makes the nodes in /dev.
 *
 * Context of all calls here: process, may sleep, unless said otherwise.
 */
#ifndef _LINUX_GENHD_H
#define _LINUX_GENHD_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/kdev_t.h>
#include <linux/blk_types.h>
#include <linux/device.h>

struct blk_mq_tag_set;
struct block_device_operations;
struct request_queue;
struct seq_file;

#define DISK_NAME_LEN	32
#define DISK_MAX_PARTS	64		/* minors a disk can use, its own included */
#define BLKDEV_MAJOR_MAX 512
#define BLOCK_EXT_MAJOR	259		/* numbers for disks whose driver has no major */

extern const struct device_type part_type;	/* of partitions' devices */

/* A stretch of a disk; part0 is the whole.  Constant once added, but: [r] atomic */
struct hd_struct {
	sector_t start_sect;		/* in 512-byte units, of the disk */
	sector_t nr_sects;
	struct device __dev;		/* use part_to_dev() */
	int partno;
	int policy;			/* [r] 1: read-only */
	u8 os_type;			/* the table's type byte */
	/* [r] what has ended, READ and WRITE; discards count apart, as [2], and flushes, as [3] */
	atomic_t ios[4], merges[4], sectors[4], ticks[4];
};

#define GENHD_FL_REMOVABLE		0x0001
#define GENHD_FL_CD			0x0008
#define GENHD_FL_UP			0x0010
#define GENHD_FL_SUPPRESS_PARTITION_INFO 0x0020
#define GENHD_FL_EXT_DEVT		0x0040
#define GENHD_FL_NO_PART_SCAN		0x0200
#define GENHD_FL_HIDDEN			0x0400
#define GENHD_FL_QUEUE_REF		0x1000	/* the disk holds a reference to its queue */
#define GENHD_FL_OWNS_QUEUE		0x2000	/* from blk_alloc_disk(): its end is the queue's */

/* disk->events, and what ->check_events answers */
#define DISK_EVENT_MEDIA_CHANGE		(1 << 0)
#define DISK_EVENT_EJECT_REQUEST	(1 << 1)

/* [d] disks_mutex   [m] its block device's bd_mutex   [r] atomic   [I] set before add_disk */
struct gendisk {
	int major, first_minor, minors;		/* [I] major 0: add_disk() finds numbers */
	char disk_name[DISK_NAME_LEN];		/* [I] "hda" */
	unsigned short events, event_flags;	/* [I] DISK_EVENT_* the driver tells */
	const struct block_device_operations *fops; /* [I] */
	struct request_queue *queue;		/* [I] */
	void *private_data;			/* [I] the driver's */
	int flags;				/* [d] GENHD_FL_* */
	struct hd_struct part0;			/* nr_sects: set_capacity() */
	struct hd_struct *part_tbl[DISK_MAX_PARTS]; /* [m] by number; [0] is &part0 */
	atomic_t in_flight;			/* [r] requests begun and not ended */
	struct list_head disk_list;		/* [d] */
};

#define disk_to_dev(disk)	(&(disk)->part0.__dev)
#define part_to_dev(part)	(&(part)->__dev)
#define dev_to_disk(device)	container_of((device), struct gendisk, part0.__dev)
#define dev_to_part(device)	container_of((device), struct hd_struct, __dev)

extern struct class block_class;

/*
 * register_blkdev - reserve a major number, or find a free one if major is 0
 * Returns 0 (or the number found), -EBUSY if taken, -EINVAL out of range, -ENOMEM.
 * @probe: called when a number of it is opened that no disk has yet; add_disk() there
 * serves that open.
 */
extern int __register_blkdev(unsigned int major, const char *name, void (*probe)(dev_t dev));
#define register_blkdev(major, name) __register_blkdev(major, name, NULL)
extern void unregister_blkdev(unsigned int major, const char *name);
/* For /proc/devices and /proc/partitions. */
extern void blkdev_show(struct seq_file *m, loff_t offset);
extern void show_partitions(struct seq_file *m);

/*
 * A disk and, by the two later forms, its queue: NULL, or an ERR_PTR of blk_mq_alloc_disk().
 * put_disk() gives back what the disk holds; blk_cleanup_disk() ends the queue before.
 */
extern struct gendisk *alloc_disk(int minors);
#define alloc_disk_node(minors, node) alloc_disk(minors)
extern struct gendisk *blk_alloc_disk(int node);
extern struct gendisk *__blk_mq_alloc_disk(struct blk_mq_tag_set *set, void *queuedata);
/* Since Linux 6.9 queue limits stand between the two. */
#define blk_mq_alloc_disk(set, queuedata) __blk_mq_alloc_disk(set, queuedata)
extern void blk_cleanup_disk(struct gendisk *disk);
/* 0; or why it is not to be seen: the caller still has it. */
extern int device_add_disk(struct device *parent, struct gendisk *disk,
			   const struct attribute_group **groups);
extern void del_gendisk(struct gendisk *disk);
extern void put_disk(struct gendisk *disk);
extern struct gendisk *get_disk(struct gendisk *disk);

static inline int add_disk(struct gendisk *disk)
{
	return device_add_disk(NULL, disk, NULL);
}

/* The disk a device number belongs to and which partition, or NULL; with references to it and its module. */
extern struct gendisk *get_gendisk(dev_t dev, int *partno);
extern void put_gendisk(struct gendisk *disk, struct module *owner);
/* "hda" or "hda1" -> its number, for root=; 0 if there is none. */
extern dev_t name_to_dev_t(const char *name);
extern char *disk_name(struct gendisk *disk, int partno, char *buf);
extern void set_device_ro(struct block_device *bdev, int flag);
extern void set_disk_ro(struct gendisk *disk, int flag);
extern int bdev_read_only(struct block_device *bdev);

/* With a reference; NULL without memory. partno 0: the disk itself. */
extern struct block_device *bdget_disk(struct gendisk *disk, int partno);
/* Ask the driver; true: what the cache held is gone, and the partition table is read again. */
extern bool bdev_check_media_change(struct block_device *bdev);
/* An open disk learns its new size; true if it was announced to user space. */
extern void revalidate_disk_size(struct gendisk *disk, bool verbose);
extern bool set_capacity_and_notify(struct gendisk *disk, sector_t sectors);
#define set_capacity_revalidate_and_notify(disk, sectors, revalidate) \
	set_capacity_and_notify(disk, sectors)

/* Read the partition table of an open, not otherwise used disk: 0, -EBUSY, -EIO. Holds bd_mutex. */
extern int rescan_partitions(struct gendisk *disk, struct block_device *bdev);
extern struct hd_struct *add_partition(struct gendisk *disk, int partno, sector_t start,
				       sector_t len, u8 os_type);
extern void delete_partition(struct gendisk *disk, int partno);

static inline void set_capacity(struct gendisk *disk, sector_t sectors)
{
	disk->part0.nr_sects = sectors;
}

static inline sector_t get_capacity(struct gendisk *disk)
{
	return disk->part0.nr_sects;
}

static inline dev_t disk_devt(struct gendisk *disk)
{
	return MKDEV(disk->major, disk->first_minor);
}

static inline dev_t part_devt(struct hd_struct *part)
{
	return part_to_dev(part)->devt;
}

static inline int get_disk_ro(struct gendisk *disk)
{
	return disk->part0.policy;
}

static inline sector_t get_start_sect(struct block_device *bdev)
{
	return bdev->bd_part->start_sect;
}

#endif
