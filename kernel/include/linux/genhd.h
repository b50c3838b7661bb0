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

struct block_device_operations;
struct request_queue;
struct seq_file;

#define DISK_NAME_LEN	32
#define DISK_MAX_PARTS	64		/* minors a disk can use, its own included */
#define BLKDEV_MAJOR_MAX 512

/* A stretch of a disk; part0 is the whole.  Constant once added, but: [r] atomic */
struct hd_struct {
	sector_t start_sect;		/* in 512-byte units, of the disk */
	sector_t nr_sects;
	int partno;
	int policy;			/* [r] 1: read-only */
	u8 os_type;			/* the table's type byte */
	atomic_t ios[2], sectors[2];	/* [r] finished requests and sectors, READ and WRITE */
};

#define GENHD_FL_REMOVABLE		0x0001
#define GENHD_FL_CD			0x0008
#define GENHD_FL_UP			0x0010
#define GENHD_FL_NO_PART_SCAN		0x0200

/* [d] disks_mutex   [m] its block device's bd_mutex   [r] atomic   [I] set before add_disk */
struct gendisk {
	int major, first_minor, minors;		/* [I] */
	char disk_name[DISK_NAME_LEN];		/* [I] "hda" */
	const struct block_device_operations *fops; /* [I] */
	struct request_queue *queue;		/* [I] */
	void *private_data;			/* [I] the driver's */
	int flags;				/* [d] GENHD_FL_* */
	struct hd_struct part0;			/* nr_sects: set_capacity() */
	struct hd_struct *part_tbl[DISK_MAX_PARTS]; /* [m] by number; [0] is &part0 */
	atomic_t refs;				/* [r] */
	struct list_head disk_list;		/* [d] */
};

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

extern struct gendisk *alloc_disk(int minors);
extern void add_disk(struct gendisk *disk);
extern void del_gendisk(struct gendisk *disk);
extern void put_disk(struct gendisk *disk);
extern struct gendisk *get_disk(struct gendisk *disk);

/* The disk a device number belongs to, with a reference, and which partition; or NULL. */
extern struct gendisk *get_gendisk(dev_t dev, int *partno);
/* "hda" or "hda1" -> its number, for root=; 0 if there is none. */
extern dev_t name_to_dev_t(const char *name);
extern char *disk_name(struct gendisk *disk, int partno, char *buf);
extern void set_device_ro(struct block_device *bdev, int flag);
extern int bdev_read_only(struct block_device *bdev);

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

#endif
