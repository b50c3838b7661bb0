/*
 * Block devices of 1996: <khg/blk.h>, and bread() and its sisters of <khg/fs.h>.
 *
 *	page cache -> bio -> request of blk-mq -> queue_request(): at the end of the major's
 *	list -> the driver's strategy routine -> khg_end_request() -> the request of blk-mq ends
 *
 * A request of 1996 lies behind that of blk-mq it stands for. A disk comes to be
 * when its number is first opened: only then are the arrays filled that describe it.
 * The driver's open method is asked first, with the number, whether there is such a device.
 *
 * Locks: cli() for the lists of requests, which the driver looks at by itself, and
 * inside it those of blk-mq; drivers_lock, a mutex, for majors and their disks.
 */
#include <linux/kmemleak.h>
#include "internal.h"

#define QUEUE_DEPTH		16
#define DEFAULT_BLOCK_SIZE	1024
#define DEFAULT_SECTOR_SIZE	512

struct khg_blkdev {
	struct list_head list;			/* [d] drivers_lock */
	struct list_head disks;			/* [d] */
	unsigned int major;			/* [I] */
	char name[16];				/* [I] */
	const struct khg_file_operations *fops;	/* the driver's; gone_fops once it is gone */
	struct block_device_operations ops;	/* [I] ours, with the module that owns the driver */
};

struct khg_disk {
	struct list_head list;			/* [d] */
	struct khg_blkdev *driver;		/* [I] */
	struct gendisk *disk;			/* [I] */
	struct blk_mq_tag_set set;		/* [I] */
};

struct blk_dev_struct blk_dev[MAX_BLKDEV];
int *blk_size[MAX_BLKDEV], *blksize_size[MAX_BLKDEV], *hardsect_size[MAX_BLKDEV];
int read_ahead[MAX_BLKDEV];
EXPORT_SYMBOL(blk_dev);
EXPORT_SYMBOL(blk_size);
EXPORT_SYMBOL(blksize_size);
EXPORT_SYMBOL(hardsect_size);
EXPORT_SYMBOL(read_ahead);

static bool ending[MAX_BLKDEV];			/* cli(): the driver asks for the next one by itself */

static DEFINE_MUTEX(drivers_lock);
static LIST_HEAD(drivers);			/* [d] struct khg_blkdev */
static const struct khg_file_operations gone_fops;	/* of who unregistered while open */

/* ------------------------------------------------------------------ requests */

/* What is left of a request, and the piece of it that comes next. */
static void describe(struct khg_request *old, const struct request *rq)
{
	struct bio_vec piece = bio_iter_iovec(rq->bio, rq->bio->bi_iter);

	old->cmd = rq_data_dir(rq);
	old->sector = blk_rq_pos(rq);
	old->nr_sectors = blk_rq_sectors(rq);
	old->current_nr_sectors = piece.bv_len >> SECTOR_SHIFT;
	old->buffer = page_address(piece.bv_page) + piece.bv_offset;
	old->errors = 0;
}

static blk_status_t queue_request(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *data)
{
	struct khg_request *old = blk_mq_rq_to_pdu(data->rq), **end;
	struct khg_disk *kd = hctx->queue->queuedata;
	struct blk_dev_struct *dev = &blk_dev[kd->driver->major];
	unsigned long flags;
	bool idle;

	if (req_op(data->rq) != REQ_OP_READ && req_op(data->rq) != REQ_OP_WRITE)
		return BLK_STS_NOTSUPP;
	blk_mq_start_request(data->rq);
	old->rq_dev = disk_devt(kd->disk);
	old->next = NULL;
	describe(old, data->rq);
	save_flags(flags);
	cli();
	idle = !dev->current_request && !ending[kd->driver->major];
	for (end = &dev->current_request; *end; end = &(*end)->next)
		;
	*end = old;
	if (idle)
		dev->request_fn();
	restore_flags(flags);
	return BLK_STS_OK;
}

void khg_end_request(unsigned int major, int uptodate)
{
	struct blk_dev_struct *dev = &blk_dev[major];
	struct khg_request *old = dev->current_request;
	struct request *rq = blk_mq_rq_from_pdu(old);
	blk_status_t status = uptodate ? BLK_STS_OK : BLK_STS_IOERR;
	unsigned long flags;

	save_flags(flags);
	cli();
	if (old->current_nr_sectors < old->nr_sectors) {
		blk_update_request(rq, status, old->current_nr_sectors << SECTOR_SHIFT);
		describe(old, rq);
	} else {
		dev->current_request = old->next;
		ending[major] = true;
		blk_mq_end_request(rq, status);
		ending[major] = false;
	}
	restore_flags(flags);
}
EXPORT_SYMBOL(khg_end_request);

static const struct blk_mq_ops queue_ops = {
	.queue_rq = queue_request,
};

/* ------------------------------------------------------------------ methods */

static struct khg_disk *khg_disk(struct gendisk *disk)
{
	return disk->private_data;
}

/* The file that a method gets: block devices have none of their own here. */
static struct khg_file method_file(const struct khg_blkdev *driver, struct inode *inode, fmode_t mode)
{
	return (struct khg_file){ .f_mode = mode, .f_inode = inode, .f_op = driver->fops };
}

static int call_open(const struct khg_blkdev *driver, struct inode *inode, fmode_t mode)
{
	struct khg_file file = method_file(driver, inode, mode);

	return driver->fops->open ? driver->fops->open(inode, &file) : 0;
}

static void call_release(const struct khg_blkdev *driver, struct inode *inode, fmode_t mode)
{
	struct khg_file file = method_file(driver, inode, mode);

	if (driver->fops->release)
		driver->fops->release(inode, &file);
}

static int khg_open(struct block_device *bdev, fmode_t mode)
{
	return call_open(khg_disk(bdev->bd_disk)->driver, bdev->bd_inode, mode);
}

static void khg_release(struct gendisk *disk, fmode_t mode)
{
	struct block_device *bdev = bdget(disk_devt(disk));

	if (WARN_ON(!bdev))	/* it is open, so it is in memory */
		return;
	call_release(khg_disk(disk)->driver, bdev->bd_inode, mode);
	bdput(bdev);
}

static int khg_ioctl(struct block_device *bdev, fmode_t mode, unsigned int cmd, unsigned long arg)
{
	const struct khg_blkdev *driver = khg_disk(bdev->bd_disk)->driver;
	const struct khg_file_operations *fops = READ_ONCE(driver->fops);
	struct khg_file file = method_file(driver, bdev->bd_inode, mode);

	if (fops == &gone_fops)
		return -ENODEV;
	return fops->ioctl ? fops->ioctl(bdev->bd_inode, &file, cmd, arg) : -EINVAL;
}

/* ------------------------------------------------------------------ disks */

static int by_minor(int *const *table, unsigned int major, unsigned int minor, int otherwise)
{
	return table[major] ? table[major][minor] : otherwise;
}

static void add_khg_disk(struct khg_blkdev *driver, unsigned int minor)
{
	int kib = by_minor(blk_size, driver->major, minor, 0);
	struct khg_disk *kd;
	struct gendisk *disk;

	if (kib <= 0 || !blk_dev[driver->major].request_fn)
		return;
	kd = kzalloc(sizeof(*kd), GFP_KERNEL);
	disk = alloc_disk(1);
	if (!kd || !disk)
		goto out_free;
	kd->set = (struct blk_mq_tag_set){
		.ops = &queue_ops, .nr_hw_queues = 1, .queue_depth = QUEUE_DEPTH,
		.flags = BLK_MQ_F_SHOULD_MERGE | BLK_MQ_F_CHAIN, .cmd_size = sizeof(struct khg_request),
	};
	if (blk_mq_alloc_tag_set(&kd->set))
		goto out_free;
	disk->queue = blk_mq_init_queue(&kd->set);
	if (IS_ERR(disk->queue))
		goto out_free_set;
	disk->queue->queuedata = kd;
	blk_queue_logical_block_size(disk->queue, by_minor(hardsect_size, driver->major, minor,
							   DEFAULT_SECTOR_SIZE));
	blk_queue_physical_block_size(disk->queue, by_minor(blksize_size, driver->major, minor,
							    DEFAULT_BLOCK_SIZE));
	disk->major = driver->major;
	disk->first_minor = minor;
	disk->fops = &driver->ops;
	disk->private_data = kd;
	snprintf(disk->disk_name, sizeof(disk->disk_name), "%s%u", driver->name, minor);
	set_capacity(disk, (sector_t)kib << (10 - SECTOR_SHIFT));
	kd->driver = driver;
	kd->disk = disk;
	list_add(&kd->list, &driver->disks);
	add_disk(disk);
	return;

out_free_set:
	blk_mq_free_tag_set(&kd->set);
out_free:
	if (disk)
		put_disk(disk);
	kfree(kd);
}

static struct khg_blkdev *find_driver(unsigned int major)
{
	struct khg_blkdev *driver;

	lockdep_assert_held(&drivers_lock);
	list_for_each_entry(driver, &drivers, list) {
		if (driver->major == major)
			return driver;
	}
	return NULL;
}

/* Somebody opens a number that has no disk yet. */
static void probe_disk(dev_t dev)
{
	struct block_device *bdev = bdget(dev);
	struct khg_blkdev *driver;

	if (!bdev)
		return;
	mutex_lock(&drivers_lock);
	driver = find_driver(MAJOR(dev));
	if (driver && !call_open(driver, bdev->bd_inode, FMODE_READ)) {
		add_khg_disk(driver, MINOR(dev));
		call_release(driver, bdev->bd_inode, FMODE_READ);
	}
	mutex_unlock(&drivers_lock);
	bdput(bdev);
}

int khg_register_blkdev(unsigned int major, const char *name,
			const struct khg_file_operations *fops, struct module *owner)
{
	struct khg_blkdev *driver;
	int err;

	if (major >= MAX_BLKDEV)
		return -EINVAL;
	driver = kzalloc(sizeof(*driver), GFP_KERNEL);
	if (!driver)
		return -ENOMEM;
	err = __register_blkdev(major, name, probe_disk);
	if (err < 0) {
		kfree(driver);
		return err;
	}
	INIT_LIST_HEAD(&driver->disks);
	driver->major = major ?: err;
	driver->fops = fops;
	driver->ops = (struct block_device_operations){
		.open = khg_open, .release = khg_release, .ioctl = khg_ioctl, .owner = owner,
	};
	strscpy(driver->name, name, sizeof(driver->name));
	mutex_lock(&drivers_lock);
	list_add(&driver->list, &drivers);
	mutex_unlock(&drivers_lock);
	return err;
}
EXPORT_SYMBOL(khg_register_blkdev);

/* How many have the disk open: somebody may be in a method, so what methods use stays for good. */
static int remove_disk(struct khg_disk *kd)
{
	struct block_device *bdev = bdget_disk(kd->disk, 0);
	int open = bdev ? bdev->bd_openers : 0;

	if (bdev)
		bdput(bdev);
	del_gendisk(kd->disk);
	blk_cleanup_queue(kd->disk->queue);
	blk_mq_free_tag_set(&kd->set);
	put_disk(kd->disk);
	if (open)
		kmemleak_not_leak(kd);
	else
		kfree(kd);
	return open;
}

int khg_unregister_blkdev(unsigned int major, const char *name)
{
	struct khg_blkdev *driver;
	struct khg_disk *kd, *next;
	int open = 0;

	mutex_lock(&drivers_lock);
	driver = find_driver(major);
	if (driver)
		list_del(&driver->list);
	mutex_unlock(&drivers_lock);
	if (!driver)
		return -EINVAL;
	list_for_each_entry_safe(kd, next, &driver->disks, list)
		open += remove_disk(kd);
	unregister_blkdev(major, name);
	if (open) {
		khg_tell_open(_RET_IP_, name, major, open);
		WRITE_ONCE(driver->fops, &gone_fops);
		kmemleak_not_leak(driver);
	} else {
		kfree(driver);
	}
	blk_dev[major].request_fn = NULL;
	blk_size[major] = NULL;
	blksize_size[major] = NULL;
	hardsect_size[major] = NULL;
	read_ahead[major] = 0;
	return 0;
}
EXPORT_SYMBOL(khg_unregister_blkdev);

/* ------------------------------------------------------------------ the buffer cache */

/* An open device by its number, whose cache has blocks of this size; NULL. */
static struct block_device *cached(dev_t dev, int size)
{
	struct block_device *bdev = bdget(dev);

	if (!bdev)
		return NULL;
	if (bdev->bd_openers &&
	    (size == 1 << bdev->bd_inode->i_blkbits || (!bdev->bd_holder && !set_blocksize(bdev, size))))
		return bdev;
	bdput(bdev);
	return NULL;
}

struct buffer_head *breada(dev_t dev, int block, int size, unsigned int pos, unsigned int filesize)
{
	struct block_device *bdev = cached(dev, size);
	unsigned int end = min(filesize, pos + size + (read_ahead[MAJOR(dev) % MAX_BLKDEV] << SECTOR_SHIFT));
	struct buffer_head *bh;
	int ahead = block;

	if (!bdev)
		return NULL;
	bh = __getblk(bdev, block, size);
	if (bh && !buffer_uptodate(bh)) {
		__breadahead(bdev, block, size);
		for (pos += size; pos < end; pos += size)
			__breadahead(bdev, ++ahead, size);
	}
	brelse(bh);
	bh = __bread(bdev, block, size);
	bdput(bdev);
	return bh;
}
EXPORT_SYMBOL(breada);

struct buffer_head *bread(dev_t dev, int block, int size)
{
	return breada(dev, block, size, 0, 0);
}
EXPORT_SYMBOL(bread);

void bwrite(struct buffer_head *bh)
{
	mark_buffer_dirty(bh);
}
EXPORT_SYMBOL(bwrite);
