/*
 * Partition tables, block majors, and who may open a device how.
 */
#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/pagemap.h>
#include <asm/unaligned.h>
#include "test_disk.h"

#define DISK_SECTORS	2048
#define TABLE		446
#define ENTRY		16

static struct test_disk td;

static int disk_init(struct kunit *test)
{
	return test_disk_create(&td, "kt", DISK_SECTORS);
}

static void disk_exit(struct kunit *test)
{
	test_disk_destroy(&td);
}

/* Entry nr of the table in `sector`. */
static void put_entry(sector_t sector, int nr, u8 type, u32 start, u32 len)
{
	u8 *base = td.data + ((unsigned long)sector << SECTOR_SHIFT);
	u8 *entry = base + TABLE + nr * ENTRY;

	entry[4] = type;
	put_unaligned_le32(start, entry + 8);
	put_unaligned_le32(len, entry + 12);
	base[510] = 0x55;
	base[511] = 0xaa;
}

static int rescan(void)
{
	int err;

	mutex_lock(&td.bdev->bd_mutex);
	invalidate_bdev(td.bdev);
	err = rescan_partitions(td.disk, td.bdev);
	mutex_unlock(&td.bdev->bd_mutex);
	return err;
}

static bool part_is(int nr, sector_t start, sector_t len)
{
	struct hd_struct *part = td.disk->part_tbl[nr];

	return part && part->start_sect == start && part->nr_sects == len;
}

static void no_table_no_partitions(struct kunit *test)
{
	int i;

	KUNIT_EXPECT_EQ(test, rescan(), 0);
	for (i = 1; i < 16; i++)
		KUNIT_EXPECT_NULL(test, td.disk->part_tbl[i]);
}

static void primary_partitions(struct kunit *test)
{
	put_entry(0, 0, 0x83, 63, 100);
	put_entry(0, 2, 0x82, 200, 300);
	KUNIT_EXPECT_EQ(test, rescan(), 0);
	KUNIT_EXPECT_TRUE(test, part_is(1, 63, 100));
	KUNIT_EXPECT_NULL(test, td.disk->part_tbl[2]);
	KUNIT_EXPECT_TRUE(test, part_is(3, 200, 300));
	KUNIT_EXPECT_EQ(test, (int)td.disk->part_tbl[3]->os_type, 0x82);
}

/* The chain: data relative to its own sector, links relative to the extended partition. */
static void logical_partitions(struct kunit *test)
{
	put_entry(0, 0, 0x83, 63, 100);
	put_entry(0, 1, 0x05, 500, 1000);
	put_entry(500, 0, 0x83, 10, 50);
	put_entry(500, 1, 0x05, 300, 200);
	put_entry(800, 0, 0x83, 20, 60);
	put_entry(800, 1, 0x05, 600, 100);
	put_entry(1100, 0, 0x83, 5, 7);
	KUNIT_EXPECT_EQ(test, rescan(), 0);
	KUNIT_EXPECT_TRUE(test, part_is(5, 510, 50));
	KUNIT_EXPECT_TRUE(test, part_is(6, 820, 60));
	KUNIT_EXPECT_TRUE(test, part_is(7, 1105, 7));
	KUNIT_EXPECT_NULL(test, td.disk->part_tbl[8]);
}

static void circular_chain_ends(struct kunit *test)
{
	put_entry(0, 1, 0x05, 500, 1000);
	put_entry(500, 0, 0x83, 10, 50);
	put_entry(500, 1, 0x05, 0, 200);
	KUNIT_EXPECT_EQ(test, rescan(), 0);
	KUNIT_EXPECT_TRUE(test, part_is(5, 510, 50));
}

static void entries_are_cut_to_the_disk(struct kunit *test)
{
	put_entry(0, 0, 0x83, 2000, 5000);
	put_entry(0, 1, 0x83, 5000, 10);
	KUNIT_EXPECT_EQ(test, rescan(), 0);
	KUNIT_EXPECT_TRUE(test, part_is(1, 2000, 48));
	KUNIT_EXPECT_NULL(test, td.disk->part_tbl[2]);
}

/* A FAT boot sector has the signature too, and text where the table would be. */
static void boot_sector_is_no_table(struct kunit *test)
{
	put_entry(0, 0, 0x83, 63, 100);
	td.data[TABLE] = 'F';
	KUNIT_EXPECT_EQ(test, rescan(), 0);
	KUNIT_EXPECT_NULL(test, td.disk->part_tbl[1]);
}

static void partition_io_is_shifted_and_bounded(struct kunit *test)
{
	struct block_device *part;
	struct page *page;

	put_entry(0, 0, 0x83, 64, 8);
	rescan();
	td.data[64 * SECTOR_SIZE] = 0x5a;
	part = blkdev_get_by_dev(td.bdev->bd_dev + 1, FMODE_READ, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(part));
	KUNIT_EXPECT_EQ(test, i_size_read(part->bd_inode), 4096ll);
	page = read_mapping_page(part->bd_inode->i_mapping, 0, NULL);
	KUNIT_EXPECT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, (int)*(u8 *)page_address(page), 0x5a);
	put_page(page);
	page = read_mapping_page(part->bd_inode->i_mapping, 1, NULL);
	KUNIT_EXPECT_TRUE(test, IS_ERR(page) || !*(u8 *)page_address(page));
	if (!IS_ERR(page))
		put_page(page);
	blkdev_put(part, FMODE_READ);
}

static void open_partition_blocks_rescan(struct kunit *test)
{
	struct block_device *part;

	put_entry(0, 0, 0x83, 64, 8);
	rescan();
	part = blkdev_get_by_dev(td.bdev->bd_dev + 1, FMODE_READ, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(part));
	KUNIT_EXPECT_EQ(test, rescan(), -EBUSY);
	blkdev_put(part, FMODE_READ);
	KUNIT_EXPECT_EQ(test, rescan(), 0);
}

static void missing_device_is_enxio(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(td.bdev->bd_dev + 3, FMODE_READ, NULL)),
			-ENXIO);
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(MKDEV(200, 0), FMODE_READ, NULL)), -ENXIO);
}

static void one_holder_at_a_time(struct kunit *test)
{
	const fmode_t mode = FMODE_READ | FMODE_EXCL;
	dev_t dev = td.bdev->bd_dev;
	struct block_device *disk, *part;
	int a, b;

	put_entry(0, 0, 0x83, 64, 8);
	rescan();
	disk = blkdev_get_by_dev(dev, mode, &a);
	KUNIT_ASSERT_FALSE(test, IS_ERR(disk));
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(dev, mode, &b)), -EBUSY);
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(dev + 1, mode, &b)), -EBUSY);
	blkdev_put(disk, mode);
	part = blkdev_get_by_dev(dev + 1, mode, &b);
	KUNIT_ASSERT_FALSE(test, IS_ERR(part));
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(dev, mode, &a)), -EBUSY);
	blkdev_put(part, mode);
}

static void majors_are_unique(struct kunit *test)
{
	int dynamic = register_blkdev(0, "kt-b");

	KUNIT_EXPECT_EQ(test, register_blkdev(td.major, "kt-a"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_blkdev(BLKDEV_MAJOR_MAX, "kt-a"), -EINVAL);
	KUNIT_EXPECT_GT(test, dynamic, 0);
	KUNIT_EXPECT_NE(test, dynamic, td.major);
	unregister_blkdev(dynamic, "another's");
	KUNIT_EXPECT_EQ(test, register_blkdev(dynamic, "kt-a"), -EBUSY);
	unregister_blkdev(dynamic, "kt-b");
}

static void disks_are_found_by_name(struct kunit *test)
{
	put_entry(0, 0, 0x83, 64, 8);
	rescan();
	KUNIT_EXPECT_EQ(test, name_to_dev_t("kt"), td.bdev->bd_dev);
	KUNIT_EXPECT_EQ(test, name_to_dev_t("/dev/kt1"), td.bdev->bd_dev + 1);
	KUNIT_EXPECT_EQ(test, name_to_dev_t("kt2"), (dev_t)0);
}

static struct kunit_case partition_cases[] = {
	KUNIT_CASE(no_table_no_partitions),
	KUNIT_CASE(primary_partitions),
	KUNIT_CASE(logical_partitions),
	KUNIT_CASE(circular_chain_ends),
	KUNIT_CASE(entries_are_cut_to_the_disk),
	KUNIT_CASE(boot_sector_is_no_table),
	KUNIT_CASE(partition_io_is_shifted_and_bounded),
	KUNIT_CASE(open_partition_blocks_rescan),
	KUNIT_CASE(missing_device_is_enxio),
	KUNIT_CASE(one_holder_at_a_time),
	KUNIT_CASE(majors_are_unique),
	KUNIT_CASE(disks_are_found_by_name),
	{}
};

static struct kunit_suite partition_suite = {
	.name = "partitions",
	.init = disk_init,
	.exit = disk_exit,
	.test_cases = partition_cases,
};
kunit_test_suite(partition_suite);
