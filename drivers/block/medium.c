/*
 * What may change of a disk while it is there: its medium, its size, whether it
 * may be written.
 *
 * Context: process; may sleep.
 */
#include <linux/export.h>
#include "blk.h"

struct block_device *bdget_disk(struct gendisk *disk, int partno)
{
	return bdget(MKDEV(disk->major, disk->first_minor + partno));
}
EXPORT_SYMBOL(bdget_disk);

/* Called by the driver's open(): bd_mutex is held. */
bool bdev_check_media_change(struct block_device *bdev)
{
	struct gendisk *disk = bdev->bd_disk;
	const struct block_device_operations *fops = disk->fops;

	if (!fops->check_events ||
	    !(fops->check_events(disk, DISK_EVENT_MEDIA_CHANGE) & DISK_EVENT_MEDIA_CHANGE))
		return false;
	kill_bdev(bdev);
	if (fops->revalidate_disk)
		fops->revalidate_disk(disk);
	bdev->bd_invalidated = true;
	return true;
}
EXPORT_SYMBOL(bdev_check_media_change);

void revalidate_disk_size(struct gendisk *disk, bool verbose)
{
	struct block_device *bdev = disk->flags & GENHD_FL_UP ? bdget_disk(disk, 0) : NULL;

	if (!bdev)
		return;
	if (verbose && i_size_read(bdev->bd_inode) != (loff_t)get_capacity(disk) << SECTOR_SHIFT)
		pr_info("%s: now has %llu sectors\n", disk->disk_name,
			(unsigned long long)get_capacity(disk));
	i_size_write(bdev->bd_inode, (loff_t)get_capacity(disk) << SECTOR_SHIFT);
	bdput(bdev);
}
EXPORT_SYMBOL(revalidate_disk_size);

bool set_capacity_and_notify(struct gendisk *disk, sector_t sectors)
{
	sector_t old = get_capacity(disk);

	set_capacity(disk, sectors);
	revalidate_disk_size(disk, true);
	if (old == sectors || !old || !sectors || !(disk->flags & GENHD_FL_UP))
		return false;
	kobject_uevent(&disk_to_dev(disk)->kobj, KOBJ_CHANGE);
	return true;
}
EXPORT_SYMBOL(set_capacity_and_notify);

void set_device_ro(struct block_device *bdev, int flag)
{
	bdev->bd_part->policy = flag;
}
EXPORT_SYMBOL(set_device_ro);

void set_disk_ro(struct gendisk *disk, int flag)
{
	int i;

	for (i = 0; i < disk->minors; i++) {
		if (disk->part_tbl[i])
			disk->part_tbl[i]->policy = flag;
	}
}
EXPORT_SYMBOL(set_disk_ro);

int bdev_read_only(struct block_device *bdev)
{
	return bdev->bd_part && (bdev->bd_part->policy || bdev->bd_disk->part0.policy);
}
EXPORT_SYMBOL(bdev_read_only);
