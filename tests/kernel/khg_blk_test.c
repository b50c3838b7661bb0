/*
 * Blocks of 1996: bread(), breada() and bwrite(), with a strategy routine that counts.
 */
#include <kunit/test.h>

#define MAJOR_NR	61
#include <khg/blk.h>

#define KIB	64

static char *memory;
static int sizes[3] = { KIB, 0, KIB / 2 };
static int calls, reads, writes, bad_sector;
static unsigned long longest;		/* request, in pieces */
static int quota;			/* pieces that the device moves before it takes its time */

static void bar_request(void)
{
	unsigned long at, bytes;

	calls++;
repeat:
	INIT_REQUEST;
	if (!quota)
		return;
	quota--;
	longest = max(longest, CURRENT->nr_sectors / CURRENT->current_nr_sectors);
	at = CURRENT->sector << 9;
	bytes = CURRENT->current_nr_sectors << 9;
	if (bad_sector && CURRENT->sector == bad_sector) {
		end_request(0);
		goto repeat;
	}
	if (CURRENT->cmd == READ) {
		memcpy(CURRENT->buffer, memory + at, bytes);
		reads += bytes >> 10;
	} else {
		memcpy(memory + at, CURRENT->buffer, bytes);
		writes += bytes >> 10;
	}
	end_request(1);
	goto repeat;
}

static struct file_operations bar_fops;
static struct block_device *bdev;

static int blk_init(struct kunit *test)
{
	int err;

	memory = kunit_kzalloc(test, KIB << 10, GFP_KERNEL);
	if (!memory)
		return -ENOMEM;
	for (int i = 0; i < KIB; i++)
		memory[i << 10] = i;
	calls = reads = writes = bad_sector = 0;
	quota = INT_MAX;
	err = register_blkdev(MAJOR_NR, "bar", &bar_fops);
	if (err)
		return err;
	blk_dev[MAJOR_NR].request_fn = bar_request;
	blk_size[MAJOR_NR] = sizes;
	bdev = blkdev_get_by_dev(MKDEV(MAJOR_NR, 0), FMODE_READ | FMODE_WRITE, NULL);
	return PTR_ERR_OR_ZERO(bdev);
}

static void blk_exit(struct kunit *test)
{
	quota = INT_MAX;
	bar_request();
	if (!IS_ERR_OR_NULL(bdev))
		blkdev_put(bdev, FMODE_READ | FMODE_WRITE);
	bdev = NULL;
	unregister_blkdev(MAJOR_NR, "bar");
}

/* contract: S2-04 S2-08 */
static void a_block_is_read_once(struct kunit *test)
{
	struct buffer_head *bh = bread(MKDEV(MAJOR_NR, 0), 5, 1024), *again;

	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 5);
	KUNIT_EXPECT_EQ(test, reads, 1);
	again = bread(MKDEV(MAJOR_NR, 0), 5, 1024);
	KUNIT_EXPECT_PTR_EQ(test, again, bh);		/* the cache's own room */
	KUNIT_EXPECT_EQ(test, reads, 1);		/* a hit: no call of the strategy routine */
	brelse(again);
	brelse(bh);
	bh = bread(MKDEV(MAJOR_NR, 0), 60, 1024);	/* anywhere, in any order */
	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 60);
	brelse(bh);
	KUNIT_EXPECT_NULL(test, bread(MKDEV(MAJOR_NR, 0), KIB, 1024));
	KUNIT_EXPECT_NULL(test, bread(MKDEV(MAJOR_NR, 1), 0, 1024));	/* nobody has that open */
}

/* contract: S2-04 */
static void what_is_written_waits_in_the_cache(struct kunit *test)
{
	struct buffer_head *bh = bread(MKDEV(MAJOR_NR, 0), 9, 1024);

	KUNIT_ASSERT_NOT_NULL(test, bh);
	bh->b_data[0] = 'w';
	bwrite(bh);
	brelse(bh);
	KUNIT_EXPECT_EQ(test, writes, 0);
	KUNIT_EXPECT_EQ(test, memory[9 << 10], 9);
	sync_blockdev(bdev);
	KUNIT_EXPECT_EQ(test, writes, 1);
	KUNIT_EXPECT_EQ(test, memory[9 << 10], 'w');
}

/* contract: S2-04 */
static void breada_has_more_on_its_way(struct kunit *test)
{
	struct buffer_head *bh;

	read_ahead[MAJOR_NR] = 8;			/* sectors: four blocks */
	bh = breada(MKDEV(MAJOR_NR, 0), 20, 1024, 20 << 10, KIB << 10);
	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 20);
	brelse(bh);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, reads, 5);
	for (int i = 21; i <= 24; i++) {
		bh = bread(MKDEV(MAJOR_NR, 0), i, 1024);
		KUNIT_ASSERT_NOT_NULL(test, bh);
		KUNIT_EXPECT_EQ(test, bh->b_data[0], i);
		brelse(bh);
	}
	KUNIT_EXPECT_EQ(test, reads, 5);		/* they were there */
	bh = breada(MKDEV(MAJOR_NR, 0), 30, 1024, 2 << 10, 3 << 10);
	KUNIT_ASSERT_NOT_NULL(test, bh);
	brelse(bh);
	schedule_timeout_uninterruptible(2);
	KUNIT_EXPECT_EQ(test, reads, 6);	/* not beyond the file's end */
}

/* contract: S2-04 */
static void breada_does_not_wait_for_the_others(struct kunit *test)
{
	struct buffer_head *bh;

	read_ahead[MAJOR_NR] = 4;
	quota = 1;
	bh = breada(MKDEV(MAJOR_NR, 0), 40, 1024, 40 << 10, KIB << 10);
	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 40);
	KUNIT_EXPECT_EQ(test, reads, 1);
	KUNIT_EXPECT_NOT_NULL(test, CURRENT);		/* asked for, not there yet */
	brelse(bh);
	calls = 0;
	__breadahead(bdev, 50, 1024);
	KUNIT_EXPECT_EQ(test, calls, 0);		/* the device is busy: queued, not told again */
	KUNIT_EXPECT_EQ(test, reads, 1);
	quota = INT_MAX;
	bar_request();
	bh = bread(MKDEV(MAJOR_NR, 0), 50, 1024);
	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 50);
	KUNIT_EXPECT_EQ(test, reads, 4);
	KUNIT_EXPECT_NULL(test, CURRENT);
	brelse(bh);
}

/* contract: S2-04 */
static void a_bad_block_is_none(struct kunit *test)
{
	struct buffer_head *bh;

	bad_sector = 14;
	KUNIT_EXPECT_NULL(test, bread(MKDEV(MAJOR_NR, 0), 7, 1024));
	bad_sector = 0;
	bh = bread(MKDEV(MAJOR_NR, 0), 7, 1024);
	KUNIT_ASSERT_NOT_NULL(test, bh);
	KUNIT_EXPECT_EQ(test, bh->b_data[0], 7);
	brelse(bh);
}

/* contract: S2-04 */
static void a_long_request_is_moved_piece_by_piece(struct kunit *test)
{
	struct buffer_head *bh = bread(MKDEV(MAJOR_NR, 0), 0, 1024);	/* the cache's blocks: 1 KiB */

	brelse(bh);
	longest = 0;
	quota = 0;
	for (int i = 8; i < 40; i++)
		__breadahead(bdev, i, 1024);
	for (struct request *waits = CURRENT; waits; waits = waits->next) {
		KUNIT_EXPECT_EQ(test, MINOR(waits->rq_dev), 0u);
		KUNIT_EXPECT_EQ(test, waits->cmd, READ);
	}
	quota = INT_MAX;
	bar_request();
	for (int i = 8; i < 40; i++) {
		bh = bread(MKDEV(MAJOR_NR, 0), i, 1024);
		KUNIT_ASSERT_NOT_NULL(test, bh);
		KUNIT_EXPECT_EQ(test, bh->b_data[0], i);
		brelse(bh);
	}
	KUNIT_EXPECT_EQ(test, reads, 1 + 32);
	KUNIT_EXPECT_GT(test, longest, 1ul);		/* those that waited became one */
}

/* contract: S2-04 S2-14 */
static void arrays_describe_the_disks(struct kunit *test)
{
	static int sectors[] = { 512, 512, 2048 };
	struct block_device *other;

	hardsect_size[MAJOR_NR] = sectors;
	other = blkdev_get_by_dev(MKDEV(MAJOR_NR, 2), FMODE_READ, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(other));
	KUNIT_EXPECT_EQ(test, bdev_logical_block_size(other), 2048u);
	KUNIT_EXPECT_EQ(test, i_size_read(other->bd_inode), (loff_t)(KIB / 2) << 10);
	KUNIT_EXPECT_EQ(test, bdev_logical_block_size(bdev), 512u);
	blkdev_put(other, FMODE_READ);
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(MKDEV(MAJOR_NR, 1), FMODE_READ, NULL)), -ENXIO);
}

static void take_back(void *ctx)
{
	unregister_blkdev(MAJOR_NR, "bar");
}

/* Who has it open is told of, reads nothing more, and can close it. */
static void unregistered_while_open(struct kunit *test)
{
	kunit_expect_report(test, "bar gives its major 61 back while 1 file is open", take_back, NULL);
	KUNIT_EXPECT_NULL(test, bread(MKDEV(MAJOR_NR, 0), 5, 1024));
	KUNIT_EXPECT_EQ(test, blkdev_ioctl(bdev, FMODE_READ, 5, 6), -ENODEV);
	blkdev_put(bdev, FMODE_READ | FMODE_WRITE);
	bdev = NULL;
}

static struct kunit_case blk_cases[] = {
	KUNIT_CASE(a_block_is_read_once), KUNIT_CASE(what_is_written_waits_in_the_cache),
	KUNIT_CASE(breada_has_more_on_its_way), KUNIT_CASE(breada_does_not_wait_for_the_others),
	KUNIT_CASE(a_bad_block_is_none), KUNIT_CASE(a_long_request_is_moved_piece_by_piece),
	KUNIT_CASE(arrays_describe_the_disks), KUNIT_CASE(unregistered_while_open), {}
};

static struct kunit_suite khg_blk_suite = {
	.name = "khg_blk",
	.init = blk_init,
	.exit = blk_exit,
	.test_cases = blk_cases,
};
kunit_test_suite(khg_blk_suite);
