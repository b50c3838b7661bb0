/*
 * The tables of block majors and of disks, and a disk's way into /dev.
 *
 * open("/dev/hda1") comes here through block_dev.c: get_gendisk() finds the
 * disk whose range of minors holds the number, and which partition it means.
 *
 * Context: process; may sleep.  Lock: disks_mutex for both tables.
 */
#include <linux/blkdev.h>
#include <linux/export.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include "blk.h"

#define DYNAMIC_MAJOR_FIRST	234	/* Linux gives out this range, from above */
#define DYNAMIC_MAJOR_LAST	254
#define EXT_MINORS_MAX		(1 << MINORBITS)

struct blk_major {
	unsigned int major;
	char name[16];
	void (*probe)(dev_t dev);	/* adds the disk of a number, or does not; NULL */
	struct list_head list;
};

DEFINE_MUTEX(disks_mutex);
static LIST_HEAD(major_names);		/* disks_mutex; ascending */
static LIST_HEAD(all_disks);		/* disks_mutex */

/* ------------------------------------------------------------------ majors */

static struct blk_major *find_major(unsigned int major)
{
	struct blk_major *m;

	list_for_each_entry(m, &major_names, list) {
		if (m->major == major)
			return m;
	}
	return NULL;
}

static int free_major(void)
{
	int major;

	for (major = DYNAMIC_MAJOR_LAST; major >= DYNAMIC_MAJOR_FIRST; major--) {
		if (!find_major(major))
			return major;
	}
	return -EBUSY;
}

static void insert_major(struct blk_major *new)
{
	struct blk_major *m;

	list_for_each_entry(m, &major_names, list) {
		if (m->major > new->major)
			break;
	}
	list_add_tail(&new->list, &m->list);
}

int __register_blkdev(unsigned int major, const char *name, void (*probe)(dev_t dev))
{
	struct blk_major *new;
	int found = major, err;

	if (major >= BLKDEV_MAJOR_MAX)
		return -EINVAL;
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	strscpy(new->name, name, sizeof(new->name));
	new->probe = probe;

	mutex_lock(&disks_mutex);
	if (major == 0)
		found = free_major();
	err = found < 0 || find_major(found) ? -EBUSY : 0;
	if (!err) {
		new->major = found;
		insert_major(new);
	}
	mutex_unlock(&disks_mutex);
	if (err) {
		kfree(new);
		return err;
	}
	return major == 0 ? found : 0;
}
EXPORT_SYMBOL(__register_blkdev);

/* Only under the name it was registered with: another's major stays. */
void unregister_blkdev(unsigned int major, const char *name)
{
	struct blk_major *m;

	mutex_lock(&disks_mutex);
	m = find_major(major);
	if (m && !strncmp(m->name, name, sizeof(m->name) - 1))
		list_del(&m->list);
	else
		m = NULL;
	mutex_unlock(&disks_mutex);
	kfree(m);
}
EXPORT_SYMBOL(unregister_blkdev);

void blkdev_show(struct seq_file *m, loff_t offset)
{
	struct blk_major *major;

	mutex_lock(&disks_mutex);
	list_for_each_entry(major, &major_names, list)
		seq_printf(m, "%3u %s\n", major->major, major->name);
	mutex_unlock(&disks_mutex);
}

/* ------------------------------------------------------------------ disks */

struct gendisk *alloc_disk(int minors)
{
	struct gendisk *disk;

	if (minors < 0)
		return NULL;
	disk = kzalloc(sizeof(*disk), GFP_KERNEL);
	if (!disk)
		return NULL;
	disk->minors = min(minors, DISK_MAX_PARTS);
	disk->part_tbl[0] = &disk->part0;
	INIT_LIST_HEAD(&disk->disk_list);
	disk_device_init(disk);
	return disk;
}
EXPORT_SYMBOL(alloc_disk);

static struct gendisk *disk_for_queue(struct request_queue *q)
{
	struct gendisk *disk = alloc_disk(0);

	if (!disk) {
		blk_cleanup_queue(q);
		return NULL;
	}
	disk->queue = q;
	disk->flags |= GENHD_FL_OWNS_QUEUE;
	return disk;
}

struct gendisk *blk_alloc_disk(int node)
{
	struct request_queue *q = blk_alloc_queue(node);

	return q ? disk_for_queue(q) : NULL;
}
EXPORT_SYMBOL(blk_alloc_disk);

struct gendisk *__blk_mq_alloc_disk(struct blk_mq_tag_set *set, void *queuedata)
{
	struct request_queue *q = blk_mq_init_queue(set);

	if (IS_ERR(q))
		return ERR_CAST(q);
	q->queuedata = queuedata;
	return disk_for_queue(q) ?: ERR_PTR(-ENOMEM);
}
EXPORT_SYMBOL(__blk_mq_alloc_disk);

void blk_cleanup_disk(struct gendisk *disk)
{
	blk_cleanup_queue(disk->queue);
	put_disk(disk);
}
EXPORT_SYMBOL(blk_cleanup_disk);

/* The last reference is gone; partitions hold one each. */
void disk_free(struct gendisk *disk)
{
	if ((disk->flags & GENHD_FL_OWNS_QUEUE) && !disk->queue->dying)
		blk_cleanup_queue(disk->queue);
	if (disk->flags & GENHD_FL_QUEUE_REF)
		blk_put_queue(disk->queue);
	kfree(disk);
}

struct gendisk *get_disk(struct gendisk *disk)
{
	get_device(disk_to_dev(disk));
	return disk;
}
EXPORT_SYMBOL(get_disk);

void put_disk(struct gendisk *disk)
{
	if (disk)
		put_device(disk_to_dev(disk));
}
EXPORT_SYMBOL(put_disk);

/* "hda" and 1 -> "hda1"; a name that ends in a digit gets a p between.  Returns buf (32 bytes). */
char *disk_name(struct gendisk *disk, int partno, char *buf)
{
	const char *name = disk->disk_name;
	char last = name[0] ? name[strlen(name) - 1] : 0;

	if (!partno)
		snprintf(buf, DISK_NAME_LEN, "%s", name);
	else
		snprintf(buf, DISK_NAME_LEN, last >= '0' && last <= '9' ? "%sp%d" : "%s%d", name,
			 partno);
	return buf;
}

static struct gendisk *find_disk(dev_t dev)
{
	struct gendisk *disk;

	list_for_each_entry(disk, &all_disks, disk_list) {
		if (disk->major == MAJOR(dev) && MINOR(dev) >= disk->first_minor &&
		    MINOR(dev) < disk->first_minor + disk->minors)
			return disk;
	}
	return NULL;
}

static struct gendisk *lookup_disk(dev_t dev, int *partno, void (**probe)(dev_t))
{
	struct gendisk *disk;
	struct blk_major *m;

	mutex_lock(&disks_mutex);
	disk = find_disk(dev);
	m = find_major(MAJOR(dev));
	*probe = m ? m->probe : NULL;
	if (disk && !try_module_get(disk->fops->owner)) {	/* it is being unloaded */
		disk = NULL;
		*probe = NULL;
	}
	if (disk) {
		get_disk(disk);
		*partno = MINOR(dev) - disk->first_minor;
	}
	mutex_unlock(&disks_mutex);
	return disk;
}

/* What get_gendisk() took. @owner: of its methods then. */
void put_gendisk(struct gendisk *disk, struct module *owner)
{
	put_disk(disk);
	module_put(owner);
}

/* A driver with a probe method makes its disks when somebody asks for them. */
struct gendisk *get_gendisk(dev_t dev, int *partno)
{
	void (*probe)(dev_t);
	struct gendisk *disk = lookup_disk(dev, partno, &probe);

	if (disk || !probe)
		return disk;
	probe(dev);
	return lookup_disk(dev, partno, &probe);
}

/* The part of name behind the disk's own: a partition number, 0 for none, -1 for neither. */
static int partition_suffix(const struct gendisk *disk, const char *name)
{
	size_t len = strlen(disk->disk_name);
	char buf[DISK_NAME_LEN];
	int partno;

	if (strncmp(name, disk->disk_name, len))
		return -1;
	for (partno = 0; partno < disk->minors; partno++) {
		if (disk->part_tbl[partno] &&
		    !strcmp(disk_name((struct gendisk *)disk, partno, buf), name))
			return partno;
	}
	return -1;
}

dev_t name_to_dev_t(const char *name)
{
	struct gendisk *disk;
	dev_t dev = 0;
	int partno;

	if (!strncmp(name, "/dev/", 5))
		name += 5;
	mutex_lock(&disks_mutex);
	list_for_each_entry(disk, &all_disks, disk_list) {
		partno = partition_suffix(disk, name);
		if (partno >= 0) {
			dev = MKDEV(disk->major, disk->first_minor + partno);
			break;
		}
	}
	mutex_unlock(&disks_mutex);
	return dev;
}

/* Read the partition table by opening the disk once: block_dev.c sees bd_invalidated. */
static void scan_new_disk(struct gendisk *disk)
{
	struct block_device *bdev;

	if (disk->minors == 1 || (disk->flags & GENHD_FL_NO_PART_SCAN) || !get_capacity(disk))
		return;
	bdev = bdget(disk_devt(disk));
	if (!bdev)
		return;
	bdev->bd_invalidated = true;
	if (!blkdev_get(bdev, FMODE_READ, NULL))
		blkdev_put(bdev, FMODE_READ);
}

/* Numbers for a disk without a major: 0, or -EBUSY. disks_mutex held. */
static int find_numbers(struct gendisk *disk)
{
	dev_t dev = MKDEV(BLOCK_EXT_MAJOR, 0);
	struct gendisk *other;

	if (disk->major)
		return disk->minors ? 0 : -EINVAL;
	disk->minors = disk->minors ?: DISK_MAX_PARTS;
	while (MINOR(dev) + disk->minors <= EXT_MINORS_MAX && (other = find_disk(dev)) != NULL)
		dev = MKDEV(BLOCK_EXT_MAJOR, other->first_minor + other->minors);
	if (MINOR(dev) + disk->minors > EXT_MINORS_MAX)
		return -EBUSY;
	disk->major = BLOCK_EXT_MAJOR;
	disk->first_minor = MINOR(dev);
	return 0;
}

/* Nobody finds it by its number any more. */
static void take_down(struct gendisk *disk)
{
	mutex_lock(&disks_mutex);
	disk->flags &= ~GENHD_FL_UP;
	list_del_init(&disk->disk_list);
	mutex_unlock(&disks_mutex);
}

/* From here on it can be opened; the driver must be ready. */
int device_add_disk(struct device *parent, struct gendisk *disk,
		    const struct attribute_group **groups)
{
	int err;

	mutex_lock(&disks_mutex);
	err = find_numbers(disk);
	if (!err) {
		disk->flags |= GENHD_FL_UP;
		list_add_tail(&disk->disk_list, &all_disks);
	}
	mutex_unlock(&disks_mutex);
	if (err)
		return err;
	err = disk_device_add(parent, disk, groups);
	if (err) {
		take_down(disk);
		pr_err("%s: cannot be added (error %d)\n", disk->disk_name, err);
		return err;
	}
	if (blk_get_queue(disk->queue))
		disk->flags |= GENHD_FL_QUEUE_REF;
	scan_new_disk(disk);
	return 0;
}
EXPORT_SYMBOL(device_add_disk);

/* What is open of it stays open, but the next disk of this number is another one. */
static void forget_bdev(struct gendisk *disk, int partno)
{
	struct block_device *bdev = bdget_disk(disk, partno);

	if (!bdev)
		return;
	sync_blockdev(bdev);
	invalidate_bdev(bdev);
	remove_inode_hash(bdev->bd_inode);
	bdput(bdev);
}

/* For a disk whose driver has left while it was open and whose module nothing held. */
static int gone_ioctl(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg)
{
	return -ENODEV;
}

static const struct block_device_operations gone_fops = {
	.ioctl = gone_ioctl,
};

void del_gendisk(struct gendisk *disk)
{
	int i;

	might_sleep();
	if (!(disk->flags & GENHD_FL_UP))
		return;
	take_down(disk);
	for (i = 1; i < disk->minors; i++) {
		if (disk->part_tbl[i]) {
			forget_bdev(disk, i);
			delete_partition(disk, i);
		}
	}
	forget_bdev(disk, 0);
	disk_device_del(disk);
	if (!disk->fops->owner)
		disk->fops = &gone_fops;
}
EXPORT_SYMBOL(del_gendisk);

/* ------------------------------------------------------------------ /proc/partitions */

void show_partitions(struct seq_file *m)
{
	char buf[DISK_NAME_LEN];
	struct gendisk *disk;
	int i;

	seq_puts(m, "major minor  #blocks  name\n\n");
	mutex_lock(&disks_mutex);
	list_for_each_entry(disk, &all_disks, disk_list) {
		for (i = 0; i < disk->minors && get_capacity(disk); i++) {
			struct hd_struct *part = disk->part_tbl[i];

			if (!part)
				continue;
			seq_printf(m, "%4d  %7d %10llu %s\n", disk->major, disk->first_minor + i,
				   (unsigned long long)part->nr_sects >> 1,
				   disk_name(disk, i, buf));
		}
	}
	mutex_unlock(&disks_mutex);
}
