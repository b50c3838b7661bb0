/*
 * A driver's life with its queue: the forms of making a disk, holding the queue up, elevators, a
 * request that ends while its time-out looks at it, and a driver that goes while its disk is open.
 */
#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/blk-mq.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/kthread.h>
#include "../../drivers/block/blk.h"

#define SECTORS	4096
#define MAX_SEEN 16

/* Ends what it is given at once, or keeps it. [l] lock */
static struct {
	spinlock_t lock;			/* this is l: held when requests end, as drivers do */
	struct blk_mq_tag_set set;
	struct gendisk *disk;
	struct request *held;			/* [l] */
	bool keep;				/* the next stays here */
	bool locked_when_called;		/* queue_rq() came while a request was ended */
	sector_t pos[MAX_SEEN];
	unsigned int ops[MAX_SEEN], seen, late;
	bool never_ends;			/* not even when it is told that it is late */
	struct blk_mq_hw_ctx *hctx;		/* the one there was to init, and how many there were */
	unsigned int hctxs;
	int opened, open_err;
} drv;

static blk_status_t drv_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	if (spin_is_locked(&drv.lock))
		drv.locked_when_called = true;
	blk_mq_start_request(bd->rq);
	if (drv.seen < MAX_SEEN) {
		drv.pos[drv.seen] = blk_rq_pos(bd->rq);
		drv.ops[drv.seen] = req_op(bd->rq);
	}
	drv.seen++;
	if (drv.keep)
		drv.held = bd->rq;
	else
		blk_mq_end_request(bd->rq, BLK_STS_OK);
	return BLK_STS_OK;
}

/* The interrupt comes just now, and the driver says that it needs more time. */
static enum blk_eh_timer_return drv_timeout(struct request *rq, bool reserved)
{
	drv.late++;
	if (drv.never_ends)
		return BLK_EH_RESET_TIMER;
	drv.held = NULL;
	blk_mq_end_request(rq, BLK_STS_OK);
	return BLK_EH_RESET_TIMER;
}

static int drv_init_hctx(struct blk_mq_hw_ctx *hctx, void *data, unsigned int index)
{
	hctx->driver_data = data;
	drv.hctx = hctx;
	drv.hctxs++;
	return 0;
}

static const struct blk_mq_ops drv_ops = {
	.queue_rq = drv_queue_rq, .timeout = drv_timeout, .init_hctx = drv_init_hctx,
};

static int drv_open(struct block_device *bdev, fmode_t mode)
{
	drv.opened += !drv.open_err;
	return drv.open_err;
}

static void drv_release(struct gendisk *disk, fmode_t mode)
{
	drv.opened--;
}

static const struct block_device_operations drv_fops = { .open = drv_open, .release = drv_release };

static int drv_init(struct kunit *test)
{
	memset(&drv, 0, sizeof(drv));
	spin_lock_init(&drv.lock);
	drv.set = (struct blk_mq_tag_set){
		.ops = &drv_ops, .nr_hw_queues = 4, .queue_depth = 1, .flags = BLK_MQ_F_SHOULD_MERGE,
		.driver_data = &drv,
	};
	if (blk_mq_alloc_tag_set(&drv.set))
		return -ENOMEM;
	drv.disk = blk_mq_alloc_disk(&drv.set, &drv);
	if (IS_ERR(drv.disk))
		return PTR_ERR(drv.disk);
	drv.disk->fops = &drv_fops;
	strscpy(drv.disk->disk_name, "drv", DISK_NAME_LEN);
	set_capacity(drv.disk, SECTORS);
	drv.disk->flags |= GENHD_FL_NO_PART_SCAN;
	return add_disk(drv.disk);
}

static void drv_exit(struct kunit *test)
{
	del_gendisk(drv.disk);
	blk_cleanup_disk(drv.disk);
	blk_mq_free_tag_set(&drv.set);
}

static void note_done(struct bio *bio)
{
	complete(bio->bi_private);
}

static struct bio *send(sector_t sector, struct completion *done)
{
	struct bio *bio = bio_alloc(GFP_KERNEL, 1);

	init_completion(done);
	bio->bi_disk = drv.disk;
	bio->bi_opf = REQ_OP_READ;
	bio->bi_iter.bi_sector = sector;
	bio->bi_private = done;
	bio->bi_end_io = note_done;
	bio->bi_flags = BIO_QUIET;
	bio_add_page(bio, ZERO_PAGE(0), SECTOR_SIZE, 0);
	submit_bio(bio);
	return bio;
}

static blk_status_t result(struct bio *bio, struct completion *done)
{
	blk_status_t status;

	wait_for_completion(done);
	status = bio->bi_status;
	bio_put(bio);
	return status;
}

/* The interrupt, with the driver's lock. */
static void finish(void)
{
	struct request *rq = drv.held;

	drv.held = NULL;
	spin_lock_irq(&drv.lock);
	blk_mq_end_request(rq, BLK_STS_OK);
	spin_unlock_irq(&drv.lock);
}

/* ------------------------------------------------------------------ cases */

/* contract: S0-18 */
static void disk_without_a_major_gets_numbers(struct kunit *test)
{
	int partno;
	struct gendisk *found = get_gendisk(disk_devt(drv.disk), &partno);

	KUNIT_EXPECT_EQ(test, drv.disk->major, BLOCK_EXT_MAJOR);
	KUNIT_EXPECT_EQ(test, drv.set.nr_hw_queues, 1u);
	KUNIT_EXPECT_PTR_EQ(test, found, drv.disk);
	KUNIT_EXPECT_PTR_EQ(test, (void *)drv.disk->queue->queuedata, (void *)&drv);
	put_gendisk(found, NULL);
}

/* A hardware queue for each that the machine can use, one, known to its requests' queue. */
/* contract: S0-18 S0-19 */
static void hardware_queue_is_made_known(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, drv.hctxs, drv.set.nr_hw_queues);
	KUNIT_EXPECT_PTR_EQ(test, drv.hctx->driver_data, (void *)&drv);
	KUNIT_EXPECT_PTR_EQ(test, drv.hctx->queue, drv.disk->queue);
}

/* contract: S0-18 */
static void driver_hears_of_each_opening_and_may_refuse(struct kunit *test)
{
	struct block_device *one = blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ, NULL), *two;

	KUNIT_ASSERT_FALSE(test, IS_ERR(one));
	KUNIT_EXPECT_EQ(test, drv.opened, 1);
	two = blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(two));
	KUNIT_EXPECT_EQ(test, drv.opened, 2);
	blkdev_put(two, FMODE_READ);
	KUNIT_EXPECT_EQ(test, drv.opened, 1);
	blkdev_put(one, FMODE_READ);
	KUNIT_EXPECT_EQ(test, drv.opened, 0);
	drv.open_err = -ENOMEDIUM;
	KUNIT_EXPECT_EQ(test, PTR_ERR(blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ, NULL)), -ENOMEDIUM);
}

/* Requests may be ended under the lock that queue_rq() takes. */
/* contract: S0-19 S1-10 */
static void next_request_does_not_come_in_the_end_of_one(struct kunit *test)
{
	struct completion done[2];
	struct bio *bios[2];

	drv.keep = true;
	bios[0] = send(0, &done[0]);
	bios[1] = send(100, &done[1]);
	KUNIT_EXPECT_EQ(test, drv.seen, 1u);
	drv.keep = false;
	finish();
	KUNIT_EXPECT_EQ(test, result(bios[0], &done[0]), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, result(bios[1], &done[1]), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, drv.seen, 2u);
	KUNIT_EXPECT_FALSE(test, drv.locked_when_called);
}

/* @late: the first of them has waited past its deadline. */
static void order_of(struct kunit *test, const char *elevator, bool late, const sector_t want[4])
{
	static const sector_t sent[4] = { 3000, 100, 2000, 1000 };
	struct request_queue *q = drv.disk->queue;
	struct completion done[5];
	struct bio *bios[5];
	int i;

	drv.seen = 0;
	drv.keep = true;
	KUNIT_EXPECT_GT(test, elv_store(q, elevator, strlen(elevator)), 0);
	bios[4] = send(1500, &done[4]);
	for (i = 0; i < 4; i++)
		bios[i] = send(sent[i], &done[i]);
	if (late)
		list_first_entry(&q->fifo[READ], struct request, fifo)->fifo_time = jiffies;
	drv.keep = false;
	finish();
	for (i = 0; i < 5; i++)
		result(bios[i], &done[i]);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, drv.pos[i + 1], want[i]);
}

/* contract: S0-19 */
static void elevators_have_their_orders(struct kunit *test)
{
	order_of(test, "none", false, (const sector_t[]){ 3000, 100, 2000, 1000 });
	order_of(test, "clook", true, (const sector_t[]){ 2000, 3000, 100, 1000 });
	order_of(test, "mq-deadline", false, (const sector_t[]){ 2000, 3000, 100, 1000 });
	order_of(test, "mq-deadline", true, (const sector_t[]){ 3000, 100, 1000, 2000 });
	KUNIT_EXPECT_EQ(test, elv_store(drv.disk->queue, "no such", 7), -EINVAL);
}

/* contract: S0-19 */
static void request_that_ends_at_its_timeout_ends_once(struct kunit *test)
{
	struct request_queue *q = drv.disk->queue;
	struct completion done;
	struct bio *bio;

	blk_queue_rq_timeout(q, 2);
	drv.keep = true;
	bio = send(0, &done);
	KUNIT_EXPECT_EQ(test, result(bio, &done), BLK_STS_OK);
	blk_mq_freeze_queue(q);			/* … until it is free, too */
	KUNIT_EXPECT_EQ(test, q->nr_used, 0u);
	KUNIT_EXPECT_EQ(test, drv.set.nr_tags_used, 0u);
	KUNIT_EXPECT_EQ(test, drv.late, 1u);
	blk_mq_unfreeze_queue(q);
	drv.keep = false;
	bio = send(0, &done);
	KUNIT_EXPECT_EQ(test, result(bio, &done), BLK_STS_OK);
}

static void quiet_queue_keeps_its_requests(struct kunit *test)
{
	struct request_queue *q = drv.disk->queue;
	struct completion done;
	struct bio *bio;

	blk_mq_quiesce_queue(q);
	bio = send(0, &done);
	blk_mq_run_hw_queues(q, false);
	KUNIT_EXPECT_EQ(test, drv.seen, 0u);
	blk_mq_unquiesce_queue(q);
	KUNIT_EXPECT_EQ(test, result(bio, &done), BLK_STS_OK);
}

static int send_one(void *unused)
{
	struct completion done;
	struct bio *bio = send(0, &done);

	return result(bio, &done);
}

static void frozen_queue_takes_no_requests(struct kunit *test)
{
	struct request_queue *q = drv.disk->queue;
	struct task_struct *sender;

	blk_mq_freeze_queue(q);
	sender = kthread_run(send_one, NULL, "sender");
	get_task_struct(sender);
	msleep(50);
	KUNIT_EXPECT_EQ(test, drv.seen, 0u);
	KUNIT_EXPECT_EQ(test, q->nr_used, 0u);
	blk_mq_unfreeze_queue(q);
	while (drv.seen == 0)
		msleep(10);
	KUNIT_EXPECT_EQ(test, kthread_stop(sender), 0);
	put_task_struct(sender);
}

/* Without WRITE_ZEROES zeros are written, unless the caller wants to know. */
/* contract: S0-29 */
static void zeros_are_written_where_there_is_no_other_way(struct kunit *test)
{
	struct block_device *bdev = blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ | FMODE_WRITE, NULL);

	KUNIT_ASSERT_FALSE(test, IS_ERR(bdev));
	drv.seen = 0;
	KUNIT_EXPECT_EQ(test, blkdev_issue_zeroout(bdev, 0, 16, GFP_KERNEL, BLKDEV_ZERO_NOFALLBACK), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, blkdev_issue_discard(bdev, 0, 16, GFP_KERNEL, 0), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, drv.seen, 0u);
	KUNIT_EXPECT_EQ(test, blkdev_issue_zeroout(bdev, 0, 16, GFP_KERNEL, 0), 0);
	KUNIT_EXPECT_EQ(test, drv.ops[0], (unsigned int)REQ_OP_WRITE);
	blk_queue_max_write_zeroes_sectors(drv.disk->queue, 8);
	drv.seen = 0;
	KUNIT_EXPECT_EQ(test, blkdev_issue_zeroout(bdev, 0, 16, GFP_KERNEL, 0), 0);
	KUNIT_EXPECT_EQ(test, drv.ops[0], (unsigned int)REQ_OP_WRITE_ZEROES);
	KUNIT_EXPECT_EQ(test, drv.seen, 2u);
	blkdev_put(bdev, FMODE_READ | FMODE_WRITE);
}

/* Its driver goes while it is open: what is open fails, a new one of the name is another disk. */
static void driver_may_leave_an_open_disk(struct kunit *test)
{
	struct block_device *bdev = blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ, NULL), *again;
	struct gendisk *gone = drv.disk;
	struct task_struct *sender;
	struct completion done;
	struct bio *bio;

	KUNIT_ASSERT_FALSE(test, IS_ERR(bdev));
	get_disk(gone);
	blk_mq_freeze_queue(gone->queue);
	sender = kthread_run(send_one, NULL, "sender");
	get_task_struct(sender);
	msleep(50);				/* it waits for a request */
	drv_exit(test);
	KUNIT_EXPECT_EQ(test, kthread_stop(sender), (int)BLK_STS_IOERR);
	put_task_struct(sender);
	bio = send(0, &done);
	KUNIT_EXPECT_EQ(test, result(bio, &done), BLK_STS_IOERR);
	KUNIT_EXPECT_EQ(test, drv.seen, 0u);
	KUNIT_EXPECT_EQ(test, blkdev_ioctl(bdev, FMODE_READ, 0x1234, 0), -ENODEV);
	KUNIT_ASSERT_EQ(test, drv_init(test), 0);
	again = blkdev_get_by_dev(disk_devt(drv.disk), FMODE_READ, NULL);
	KUNIT_ASSERT_FALSE(test, IS_ERR(again));
	KUNIT_EXPECT_PTR_EQ(test, again->bd_disk, drv.disk);
	KUNIT_EXPECT_PTR_EQ(test, bdev->bd_disk, gone);
	blkdev_put(again, FMODE_READ);
	blkdev_put(bdev, FMODE_READ);
	put_disk(gone);
}

static void leave(void *test)
{
	drv_exit(test);
}

static void end_it(void *unused)
{
	finish();
}

/*
 * It goes with a request that it never ended: told, and neither the time-out nor a late end finds
 * what is no more. What it was never given fails.
 */
static void driver_may_leave_without_ending_its_requests(struct kunit *test)
{
	unsigned int limit = blk_drain_limit, late;
	struct completion done[2];
	struct bio *bios[2];

	blk_queue_rq_timeout(drv.disk->queue, 2);
	drv.keep = drv.never_ends = true;
	bios[0] = send(0, &done[0]);
	bios[1] = send(100, &done[1]);
	blk_drain_limit = 10;
	kunit_expect_report(test, "drv: its driver leaves with 1 requests not ended", leave, test);
	blk_drain_limit = limit;
	late = READ_ONCE(drv.late);
	KUNIT_EXPECT_GT(test, late, 0u);
	KUNIT_EXPECT_EQ(test, result(bios[1], &done[1]), BLK_STS_IOERR);
	msleep(50);
	KUNIT_EXPECT_EQ(test, READ_ONCE(drv.late), late);
	KUNIT_EXPECT_FALSE(test, completion_done(&done[0]));
	kunit_expect_report(test, "a request ends after its queue, by drv_queue_rq", end_it, NULL);
	KUNIT_EXPECT_EQ(test, result(bios[0], &done[0]), BLK_STS_OK);
	msleep(20);				/* that was the queue's last */
	KUNIT_ASSERT_EQ(test, drv_init(test), 0);
}

static struct kunit_case blkmq_cases[] = {
	KUNIT_CASE(disk_without_a_major_gets_numbers),
	KUNIT_CASE(hardware_queue_is_made_known),
	KUNIT_CASE(driver_hears_of_each_opening_and_may_refuse),
	KUNIT_CASE(next_request_does_not_come_in_the_end_of_one),
	KUNIT_CASE(elevators_have_their_orders),
	KUNIT_CASE(request_that_ends_at_its_timeout_ends_once),
	KUNIT_CASE(quiet_queue_keeps_its_requests),
	KUNIT_CASE(frozen_queue_takes_no_requests),
	KUNIT_CASE(zeros_are_written_where_there_is_no_other_way),
	KUNIT_CASE(driver_may_leave_an_open_disk),
	KUNIT_CASE(driver_may_leave_without_ending_its_requests),
	{}
};

static struct kunit_suite blkmq_suite = {
	.name = "blkmq",
	.init = drv_init,
	.exit = drv_exit,
	.test_cases = blkmq_cases,
};
kunit_test_suite(blkmq_suite);
