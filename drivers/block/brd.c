/*
 * Disks in memory: major 1, /dev/ram0 on.
 *
 * The smallest block driver there is: no queue, no interrupt; submit_bio copies
 * and ends the bio.  If the boot loader brought a module, its memory is ram0's
 * storage: that is how the root file system gets in where there is no disk.
 *
 * Context: process.  Lock: brd->lock for the tree of pages.  A disk on a
 * module's memory needs none: where two bios overlap, so do their copies.
 */
#include <linux/blkdev.h>
#include <linux/brd.h>
#include <linux/io.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/setup.h>

#define RAMDISK_MINORS		1		/* no partitions */
#define RAMDISK_DEFAULT_KIB	4096

struct brd_device {
	struct gendisk *disk;		/* constant */
	void *base;			/* constant: all of its storage, or NULL */
	spinlock_t lock;		/* this is l */
	struct radix_tree_root pages;	/* [l] by page of the disk */
};

static unsigned long ramdisk_kib = RAMDISK_DEFAULT_KIB;	/* set by the command line */

/* The size of /dev/ram0 in KiB, if the loader brought no disk for it. */
static int __init ramdisk_size_setup(char *arg)
{
	ramdisk_kib = simple_strtoul(arg, NULL, 0);
	return 1;
}
__setup("ramdisk_size=", ramdisk_size_setup);

static void *find_page(struct brd_device *brd, pgoff_t index)
{
	void *page;

	spin_lock(&brd->lock);
	page = radix_tree_lookup(&brd->pages, index);
	spin_unlock(&brd->lock);
	return page;
}

/* The page at index, made if it is not there; NULL without memory. */
static void *find_or_make_page(struct brd_device *brd, pgoff_t index)
{
	void *page = find_page(brd, index), *new;

	if (page)
		return page;
	new = (void *)get_zeroed_page(GFP_NOIO);
	if (!new)
		return NULL;
	if (radix_tree_preload(GFP_NOIO)) {
		free_page((unsigned long)new);
		return NULL;
	}
	spin_lock(&brd->lock);
	if (radix_tree_insert(&brd->pages, index, new)) {	/* another was first */
		page = radix_tree_lookup(&brd->pages, index);
		free_page((unsigned long)new);
	} else {
		page = new;
	}
	spin_unlock(&brd->lock);
	radix_tree_preload_end();
	return page;
}

/* Move len bytes, within one page of the disk. */
static int move_within_page(struct brd_device *brd, loff_t pos, void *data, unsigned int len,
			    bool write)
{
	unsigned int offset = pos & ~PAGE_MASK;
	pgoff_t index = pos >> PAGE_SHIFT;
	void *page;

	if (brd->base)
		page = brd->base + ((unsigned long)index << PAGE_SHIFT);
	else
		page = write ? find_or_make_page(brd, index) : find_page(brd, index);
	if (write && !page)
		return -ENOSPC;
	if (write)
		memcpy(page + offset, data, len);
	else if (page)
		memcpy(data, page + offset, len);
	else
		memset(data, 0, len);
	return 0;
}

static int move(struct brd_device *brd, loff_t pos, const struct bio_vec *bv, bool write)
{
	void *data = page_address(bv->bv_page) + bv->bv_offset;
	unsigned int left = bv->bv_len;

	while (left) {
		unsigned int now = min_t(unsigned int, left, PAGE_SIZE - (pos & ~PAGE_MASK));
		int err = move_within_page(brd, pos, data, now, write);

		if (err)
			return err;
		pos += now;
		data += now;
		left -= now;
	}
	return 0;
}

static blk_qc_t brd_submit_bio(struct bio *bio)
{
	struct brd_device *brd = bio->bi_disk->private_data;
	loff_t pos = (loff_t)bio->bi_iter.bi_sector << SECTOR_SHIFT;
	struct bvec_iter iter;
	struct bio_vec bv;
	int err = 0;

	bio_for_each_segment(bv, bio, iter) {
		err = move(brd, pos, &bv, op_is_write(bio_op(bio)));
		if (err)
			break;
		pos += bv.bv_len;
	}
	bio->bi_status = errno_to_blk_status(err);
	bio_endio(bio);
	return BLK_QC_T_NONE;
}

static const struct block_device_operations brd_fops = {
	.submit_bio = brd_submit_bio,
};

struct brd_device *brd_create(int minor, sector_t sectors, void *base)
{
	struct brd_device *brd = kzalloc(sizeof(*brd), GFP_KERNEL);
	struct gendisk *disk;

	if (!brd)
		return ERR_PTR(-ENOMEM);
	spin_lock_init(&brd->lock);
	INIT_RADIX_TREE(&brd->pages, GFP_ATOMIC);
	brd->base = base;
	disk = alloc_disk(RAMDISK_MINORS);
	if (!disk)
		goto out_free_brd;
	disk->queue = blk_alloc_queue(0);
	if (!disk->queue)
		goto out_put_disk;
	disk->major = RAMDISK_MAJOR;
	disk->first_minor = minor;
	disk->fops = &brd_fops;
	disk->private_data = brd;
	snprintf(disk->disk_name, sizeof(disk->disk_name), "ram%d", minor);
	set_capacity(disk, sectors);
	brd->disk = disk;
	add_disk(disk);
	return brd;

out_put_disk:
	put_disk(disk);
out_free_brd:
	kfree(brd);
	return ERR_PTR(-ENOMEM);
}

/* Nobody has it open any more. */
void brd_destroy(struct brd_device *brd)
{
	unsigned long index = 0;
	void *page;

	del_gendisk(brd->disk);
	while ((page = radix_tree_next(&brd->pages, &index)) != NULL) {
		radix_tree_delete(&brd->pages, index);
		free_page((unsigned long)page);
	}
	blk_cleanup_queue(brd->disk->queue);
	put_disk(brd->disk);
	kfree(brd);
}

struct gendisk *brd_disk(struct brd_device *brd)
{
	return brd->disk;
}

static int __init brd_init(void)
{
	sector_t sectors = (sector_t)ramdisk_kib << 1;
	void *base = NULL;
	struct brd_device *brd;
	int err = register_blkdev(RAMDISK_MAJOR, "ramdisk");

	if (err)
		return err;
	if (boot_module_count) {
		base = phys_to_virt(boot_modules[0].start);
		sectors = (boot_modules[0].end - boot_modules[0].start) >> SECTOR_SHIFT;
		pr_info("ram0: %llu KiB from the boot loader\n",
			(unsigned long long)sectors >> 1);
	}
	brd = brd_create(0, sectors, base);
	return PTR_ERR_OR_ZERO(brd);
}
module_init(brd_init);
