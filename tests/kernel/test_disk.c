/* See test_disk.h. */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include "test_disk.h"

#define TEST_DISK_MINORS	16

static bool should_fail(struct test_disk *td, bool write)
{
	unsigned int *left = write ? &td->fail_writes : &td->fail_reads;

	if (!*left)
		return false;
	(*left)--;
	return true;
}

static blk_qc_t test_disk_submit(struct bio *bio)
{
	struct test_disk *td = bio->bi_disk->private_data;
	u8 *at = td->data + ((unsigned long)bio->bi_iter.bi_sector << SECTOR_SHIFT);
	bool write = op_is_write(bio_op(bio));
	struct bvec_iter iter;
	struct bio_vec bv;

	if (!bio->bi_iter.bi_size)
		td->flushes++;
	else if (write)
		td->writes++;
	else
		td->reads++;
	if (should_fail(td, write))
		bio->bi_status = BLK_STS_IOERR;
	else bio_for_each_segment(bv, bio, iter) {
		void *page = page_address(bv.bv_page) + bv.bv_offset;

		memcpy(write ? at : page, write ? page : at, bv.bv_len);
		at += bv.bv_len;
	}
	bio_endio(bio);
	return BLK_QC_T_NONE;
}

static const struct block_device_operations test_disk_fops = {
	.submit_bio = test_disk_submit,
};

int test_disk_create(struct test_disk *td, const char *name, sector_t sectors)
{
	memset(td, 0, sizeof(*td));
	td->sectors = sectors;
	td->data = vzalloc((unsigned long)sectors << SECTOR_SHIFT);
	td->disk = alloc_disk(TEST_DISK_MINORS);
	if (!td->data || !td->disk)
		return -ENOMEM;
	td->disk->queue = blk_alloc_queue(0);
	td->major = register_blkdev(0, name);
	if (!td->disk->queue || td->major < 0)
		return -ENOMEM;
	td->disk->major = td->major;
	td->disk->fops = &test_disk_fops;
	td->disk->private_data = td;
	td->disk->queue->write_cache = true;
	strscpy(td->disk->disk_name, name, DISK_NAME_LEN);
	set_capacity(td->disk, sectors);
	add_disk(td->disk);
	td->bdev = blkdev_get_by_dev(disk_devt(td->disk), FMODE_READ | FMODE_WRITE, NULL);
	return PTR_ERR_OR_ZERO(td->bdev);
}

void test_disk_destroy(struct test_disk *td)
{
	struct request_queue *q = td->disk->queue;
	char name[DISK_NAME_LEN];

	if (!IS_ERR_OR_NULL(td->bdev))
		blkdev_put(td->bdev, FMODE_READ | FMODE_WRITE);
	strscpy(name, td->disk->disk_name, sizeof(name));
	del_gendisk(td->disk);
	blk_cleanup_queue(q);
	put_disk(td->disk);
	unregister_blkdev(td->major, name);
	vfree(td->data);
}
