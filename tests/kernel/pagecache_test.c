/*
 * The page cache and the buffers in it, over a disk in memory.
 */
#include <kunit/test.h>
#include <linux/buffer_head.h>
#include <linux/pagemap.h>
#include <linux/writeback.h>
#include "test_disk.h"

#define DISK_SECTORS	512			/* 256 KiB: 64 pages */
#define BLOCK		1024

static struct test_disk td;
static struct address_space *mapping;

static int cache_init(struct kunit *test)
{
	int err = test_disk_create(&td, "kc", DISK_SECTORS);
	unsigned int i;

	if (err)
		return err;
	for (i = 0; i < DISK_SECTORS; i++)
		memset(td.data + i * SECTOR_SIZE, i, SECTOR_SIZE);
	mapping = td.bdev->bd_inode->i_mapping;
	kill_bdev(td.bdev);
	td.reads = td.writes = 0;
	return 0;
}

static void cache_exit(struct kunit *test)
{
	test_disk_destroy(&td);
}

static u8 *bytes(struct page *page)
{
	return page_address(page);
}

/* ------------------------------------------------------------------ pages */

static void second_read_is_a_hit(struct kunit *test)
{
	struct page *page = read_mapping_page(mapping, 3, NULL), *again;

	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, (int)bytes(page)[0], 24);
	KUNIT_EXPECT_EQ(test, (int)bytes(page)[4095], 31);
	again = read_mapping_page(mapping, 3, NULL);
	KUNIT_EXPECT_PTR_EQ(test, again, page);
	KUNIT_EXPECT_EQ(test, td.reads, 1u);
	put_page(again);
	put_page(page);
}

static void index_is_taken_once(struct kunit *test)
{
	struct page *first = find_or_create_page(mapping, 5, GFP_KERNEL);
	struct page *second = alloc_page(GFP_KERNEL);

	KUNIT_EXPECT_EQ(test, add_to_page_cache_lru(second, mapping, 5, GFP_KERNEL), -EEXIST);
	KUNIT_EXPECT_NULL(test, second->mapping);
	KUNIT_EXPECT_EQ(test, page_count(second), 1);
	unlock_page(first);
	put_page(first);
	put_page(second);
}

static void missing_page_is_null(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, find_get_page(mapping, 7));
	KUNIT_EXPECT_NULL(test, find_lock_page(mapping, 7));
}

static void read_error_is_told_and_mended(struct kunit *test)
{
	struct page *page;

	td.fail_reads = 1;
	KUNIT_EXPECT_EQ(test, PTR_ERR(read_mapping_page(mapping, 2, NULL)), -EIO);
	page = read_mapping_page(mapping, 2, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, (int)bytes(page)[0], 16);
	put_page(page);
}

static void make_dirty(pgoff_t index, u8 value)
{
	struct page *page = read_mapping_page(mapping, index, NULL);

	lock_page(page);
	memset(page_address(page), value, PAGE_SIZE);
	set_page_dirty(page);
	unlock_page(page);
	put_page(page);
}

static void dirty_page_is_written_once(struct kunit *test)
{
	unsigned long before = global_dirty_pages();

	make_dirty(4, 0xd1);
	KUNIT_EXPECT_EQ(test, global_dirty_pages(), before + 1);
	KUNIT_EXPECT_EQ(test, filemap_write_and_wait(mapping), 0);
	KUNIT_EXPECT_EQ(test, (int)td.data[4 * PAGE_SIZE], 0xd1);
	KUNIT_EXPECT_EQ(test, td.writes, 1u);
	KUNIT_EXPECT_EQ(test, filemap_write_and_wait(mapping), 0);
	KUNIT_EXPECT_EQ(test, td.writes, 1u);
	KUNIT_EXPECT_EQ(test, global_dirty_pages(), before);
}

static void range_limits_the_writing(struct kunit *test)
{
	make_dirty(1, 0xa1);
	make_dirty(9, 0xa9);
	filemap_write_and_wait_range(mapping, 8 * PAGE_SIZE, 12 * PAGE_SIZE - 1);
	KUNIT_EXPECT_EQ(test, (int)td.data[9 * PAGE_SIZE], 0xa9);
	KUNIT_EXPECT_NE(test, (int)td.data[PAGE_SIZE], 0xa1);
}

static void write_error_is_told_once(struct kunit *test)
{
	make_dirty(4, 1);
	td.fail_writes = 1;
	KUNIT_EXPECT_EQ(test, filemap_write_and_wait(mapping), -EIO);
	KUNIT_EXPECT_EQ(test, filemap_write_and_wait(mapping), 0);
}

static void truncation_drops_dirty_pages(struct kunit *test)
{
	unsigned long before = global_dirty_pages();

	make_dirty(10, 0xee);
	make_dirty(11, 0xee);
	truncate_inode_pages(mapping, 11 * PAGE_SIZE);
	KUNIT_EXPECT_NULL(test, find_get_page(mapping, 11));
	KUNIT_EXPECT_EQ(test, global_dirty_pages(), before + 1);
	truncate_inode_pages(mapping, 0);
	KUNIT_EXPECT_EQ(test, mapping->nrpages, 0ul);
	KUNIT_EXPECT_EQ(test, td.writes, 0u);
}

static void invalidation_spares_dirty_and_used(struct kunit *test)
{
	struct page *used = read_mapping_page(mapping, 20, NULL);

	make_dirty(21, 0x21);
	put_page(read_mapping_page(mapping, 22, NULL));
	KUNIT_EXPECT_EQ(test, invalidate_mapping_pages(mapping, 0, -1), 1ul);
	KUNIT_EXPECT_EQ(test, mapping->nrpages, 2ul);
	put_page(used);
}

static void reclaim_takes_only_clean_pages(struct kunit *test)
{
	struct page *page;

	make_dirty(30, 0x30);
	put_page(read_mapping_page(mapping, 31, NULL));
	shrink_page_cache(1 << 20);
	page = find_get_page(mapping, 30);
	KUNIT_EXPECT_NOT_NULL(test, page);
	if (page)
		put_page(page);
	KUNIT_EXPECT_NULL(test, find_get_page(mapping, 31));
}

/* ------------------------------------------------------------------ buffers */

static int buffer_suite_init(struct kunit *test)
{
	int err = cache_init(test);

	return err ? err : set_blocksize(td.bdev, BLOCK);
}

static void bread_reads_one_block(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 5, BLOCK), *again;

	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, (int)(u8)bh->b_data[0], 10);
	KUNIT_EXPECT_EQ(test, bh->b_blocknr, (sector_t)5);
	again = __bread(td.bdev, 5, BLOCK);
	KUNIT_EXPECT_PTR_EQ(test, again, bh);
	KUNIT_EXPECT_EQ(test, td.reads, 1u);
	brelse(again);
	brelse(bh);
}

static void neighbours_share_a_page(struct kunit *test)
{
	struct buffer_head *a = __getblk(td.bdev, 8, BLOCK), *b = __getblk(td.bdev, 11, BLOCK);

	KUNIT_EXPECT_PTR_EQ(test, a->b_page, b->b_page);
	KUNIT_EXPECT_EQ(test, (long)(b->b_data - a->b_data), 3l * BLOCK);
	brelse(a);
	brelse(b);
}

static void impossible_blocks_are_refused(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, __getblk(td.bdev, DISK_SECTORS / 2, BLOCK));
	KUNIT_EXPECT_NULL(test, __getblk(td.bdev, 0, 4096));
	KUNIT_EXPECT_NULL(test, __bread(td.bdev, (sector_t)-1, BLOCK));
}

static void unreadable_block_is_null(struct kunit *test)
{
	td.fail_reads = 1;
	KUNIT_EXPECT_NULL(test, __bread(td.bdev, 40, BLOCK));
	td.fail_reads = 0;
}

static void dirty_buffer_alone_is_written(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 6, BLOCK);

	memset(bh->b_data, 0x77, BLOCK);
	mark_buffer_dirty(bh);
	KUNIT_EXPECT_EQ(test, sync_blockdev(td.bdev), 0);
	KUNIT_EXPECT_FALSE(test, buffer_dirty(bh));
	KUNIT_EXPECT_EQ(test, (int)td.data[6 * BLOCK], 0x77);
	KUNIT_EXPECT_EQ(test, (int)td.data[7 * BLOCK], 14);
	KUNIT_EXPECT_EQ(test, td.writes, 1u);
	brelse(bh);
}

static void sync_dirty_buffer_tells_errors(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 6, BLOCK);

	mark_buffer_dirty(bh);
	td.fail_writes = 1;
	KUNIT_EXPECT_EQ(test, sync_dirty_buffer(bh), -EIO);
	mark_buffer_dirty(bh);
	KUNIT_EXPECT_EQ(test, sync_dirty_buffer(bh), 0);
	brelse(bh);
	filemap_check_errors(mapping);
}

static void forgotten_buffer_is_not_written(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 9, BLOCK);

	memset(bh->b_data, 0x99, BLOCK);
	mark_buffer_dirty(bh);
	bforget(bh);
	sync_blockdev(td.bdev);
	KUNIT_EXPECT_EQ(test, td.writes, 0u);
	KUNIT_EXPECT_EQ(test, (int)td.data[9 * BLOCK], 18);
}

static void held_buffer_keeps_its_page(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 12, BLOCK);
	struct page *page = bh->b_page;

	lock_page(page);
	KUNIT_EXPECT_EQ(test, try_to_free_buffers(page), 0);
	brelse(bh);
	KUNIT_EXPECT_EQ(test, try_to_free_buffers(page), 1);
	KUNIT_EXPECT_FALSE(test, page_has_buffers(page));
	unlock_page(page);
}

/* One cache: what a buffer holds is what reading the device gives. */
static void buffer_and_page_are_one(struct kunit *test)
{
	struct buffer_head *bh = __bread(td.bdev, 16, BLOCK);
	struct page *page;

	memset(bh->b_data, 0x42, BLOCK);
	mark_buffer_dirty(bh);
	page = read_mapping_page(mapping, 4, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(page));
	KUNIT_EXPECT_EQ(test, (int)bytes(page)[0], 0x42);
	KUNIT_EXPECT_EQ(test, (int)bytes(page)[BLOCK], 34);
	put_page(page);
	brelse(bh);
}

static struct kunit_case cache_cases[] = {
	KUNIT_CASE(second_read_is_a_hit),
	KUNIT_CASE(index_is_taken_once),
	KUNIT_CASE(missing_page_is_null),
	KUNIT_CASE(read_error_is_told_and_mended),
	KUNIT_CASE(dirty_page_is_written_once),
	KUNIT_CASE(range_limits_the_writing),
	KUNIT_CASE(write_error_is_told_once),
	KUNIT_CASE(truncation_drops_dirty_pages),
	KUNIT_CASE(invalidation_spares_dirty_and_used),
	KUNIT_CASE(reclaim_takes_only_clean_pages),
	{}
};

static struct kunit_case buffer_cases[] = {
	KUNIT_CASE(bread_reads_one_block),
	KUNIT_CASE(neighbours_share_a_page),
	KUNIT_CASE(impossible_blocks_are_refused),
	KUNIT_CASE(unreadable_block_is_null),
	KUNIT_CASE(dirty_buffer_alone_is_written),
	KUNIT_CASE(sync_dirty_buffer_tells_errors),
	KUNIT_CASE(forgotten_buffer_is_not_written),
	KUNIT_CASE(held_buffer_keeps_its_page),
	KUNIT_CASE(buffer_and_page_are_one),
	{}
};

static struct kunit_suite cache_suite = {
	.name = "pagecache", .init = cache_init, .exit = cache_exit, .test_cases = cache_cases,
};
static struct kunit_suite buffer_suite = {
	.name = "buffers", .init = buffer_suite_init, .exit = cache_exit, .test_cases = buffer_cases,
};
kunit_test_suites(&cache_suite, &buffer_suite);
