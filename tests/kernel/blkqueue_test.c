/*
 * The request queue: merging, order, dispatch, completion, time-outs; a driver keeps requests till the test lets go.
 */
#include <kunit/test.h>
#include <linux/bio.h>
#include <linux/blk-mq.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/jiffies.h>

#define MAX_SEEN	32
#define FAKE_SECTORS	100000
#define FAKE_LIMIT	64			/* sectors of a request */

/* A disk that is all waiting room. */
struct fake {
	struct blk_mq_tag_set set;
	struct request_queue *q;
	struct gendisk *disk;
	struct request *held[MAX_SEEN];		/* with the driver, in order of arrival */
	unsigned int nr_held;
	sector_t pos[MAX_SEEN];			/* of all that ever came */
	unsigned int sectors[MAX_SEEN], ops[MAX_SEEN];
	unsigned int seen, timeouts;
	unsigned int refuse;			/* answer BLK_STS_RESOURCE so often */
	enum blk_eh_timer_return timeout_answer;
	bool end_at_once;
	struct page *page;
};

struct submitted {
	struct bio *bio;
	struct completion done;
};

static struct fake fake;

static blk_status_t fake_queue_rq(struct blk_mq_hw_ctx *hctx, const struct blk_mq_queue_data *bd)
{
	struct fake *f = hctx->queue->queuedata;

	if (f->refuse) {
		f->refuse--;
		return BLK_STS_RESOURCE;
	}
	blk_mq_start_request(bd->rq);
	if (f->seen < MAX_SEEN) {
		f->pos[f->seen] = blk_rq_pos(bd->rq);
		f->sectors[f->seen] = blk_rq_sectors(bd->rq);
		f->ops[f->seen] = req_op(bd->rq);
	}
	f->seen++;
	if (f->end_at_once)
		blk_mq_end_request(bd->rq, BLK_STS_OK);
	else
		f->held[f->nr_held++] = bd->rq;
	return BLK_STS_OK;
}

static enum blk_eh_timer_return fake_timeout(struct request *rq, bool reserved)
{
	struct fake *f = rq->q->queuedata;

	f->timeouts++;
	if (f->timeout_answer == BLK_EH_DONE) {
		f->nr_held = 0;
		blk_mq_end_request(rq, BLK_STS_TIMEOUT);
	}
	return f->timeout_answer;
}

static const struct blk_mq_ops fake_ops = {
	.queue_rq = fake_queue_rq,
	.timeout = fake_timeout,
};
static const struct block_device_operations fake_fops;

/* Let go of the oldest held request. */
static void finish_one(struct fake *f, blk_status_t status)
{
	struct request *rq = f->held[0];

	f->nr_held--;
	memmove(&f->held[0], &f->held[1], f->nr_held * sizeof(f->held[0]));
	blk_mq_end_request(rq, status);
}

static void finish_all(struct fake *f)
{
	while (f->nr_held)
		finish_one(f, BLK_STS_OK);
}

static int fake_init(struct kunit *test)
{
	memset(&fake, 0, sizeof(fake));
	fake.q = blk_mq_init_sq_queue(&fake.set, &fake_ops, 1, BLK_MQ_F_SHOULD_MERGE | BLK_MQ_F_CHAIN);
	if (IS_ERR(fake.q))
		return PTR_ERR(fake.q);
	fake.q->queuedata = &fake;
	blk_queue_max_hw_sectors(fake.q, FAKE_LIMIT);
	fake.disk = alloc_disk(1);
	fake.page = alloc_page(GFP_KERNEL);
	if (!fake.disk || !fake.page)
		return -ENOMEM;
	fake.disk->queue = fake.q;
	fake.disk->fops = &fake_fops;
	set_capacity(fake.disk, FAKE_SECTORS);
	strscpy(fake.disk->disk_name, "fake", DISK_NAME_LEN);
	return 0;
}

static void fake_exit(struct kunit *test)
{
	finish_all(&fake);
	blk_cleanup_queue(fake.q);
	blk_mq_free_tag_set(&fake.set);
	put_disk(fake.disk);
	__free_page(fake.page);
}

static void note_done(struct bio *bio)
{
	complete(bio->bi_private);
}

/* Send sectors [sector, sector + nr); nr at most 8: one page. */
static void send(struct submitted *s, unsigned int op, sector_t sector, unsigned int nr)
{
	struct bio *bio = bio_alloc(GFP_KERNEL, 1);

	s->bio = bio;
	init_completion(&s->done);
	bio->bi_disk = fake.disk;
	bio->bi_opf = op;
	bio->bi_iter.bi_sector = sector;
	bio->bi_end_io = note_done;
	bio->bi_private = &s->done;
	bio->bi_flags = BIO_QUIET;
	if (nr)
		bio_add_page(bio, fake.page, nr << SECTOR_SHIFT, 0);
	submit_bio(bio);
}

static blk_status_t result_of(struct submitted *s)
{
	blk_status_t status;

	wait_for_completion(&s->done);
	status = s->bio->bi_status;
	bio_put(s->bio);
	return status;
}

/* Occupy the driver, so that what follows waits and can merge. */
static void occupy(struct submitted *s)
{
	send(s, REQ_OP_READ, FAKE_SECTORS - 8, 8);
}

static void drain(struct submitted *s, unsigned int nr)
{
	finish_all(&fake);
	while (nr--)
		result_of(&s[nr]);
}

/* ------------------------------------------------------------------ merging */

/* Two neighbours become one request of both, whichever comes first. */
static void merge_two(struct kunit *test, unsigned int op, sector_t first, sector_t second)
{
	struct submitted s[3];

	occupy(&s[0]);
	send(&s[1], op, first, 8);
	send(&s[2], op, second, 8);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.seen, 2u);
	KUNIT_EXPECT_EQ(test, fake.pos[1], min(first, second));
	KUNIT_EXPECT_EQ(test, fake.sectors[1], 16u);
	KUNIT_EXPECT_PTR_EQ(test, fake.held[0]->bio, s[first < second ? 1 : 2].bio);
	drain(s, 3);
}

static void back_merge(struct kunit *test)
{
	merge_two(test, REQ_OP_READ, 100, 108);
}

static void front_merge(struct kunit *test)
{
	merge_two(test, REQ_OP_WRITE, 108, 100);
}

static void gap_closed_joins_three(struct kunit *test)
{
	struct submitted s[4];

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_READ, 116, 8);
	send(&s[3], REQ_OP_READ, 108, 8);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.seen, 2u);
	KUNIT_EXPECT_EQ(test, fake.sectors[1], 24u);
	drain(s, 4);
}

static void read_and_write_stay_apart(struct kunit *test)
{
	struct submitted s[3];

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_WRITE, 108, 8);
	drain(s, 3);
	KUNIT_EXPECT_EQ(test, fake.seen, 3u);
}

static void limit_ends_merging(struct kunit *test)
{
	struct submitted s[11];
	unsigned int i;

	occupy(&s[0]);
	for (i = 1; i < 11; i++)
		send(&s[i], REQ_OP_READ, 100 + 8 * i, 8);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.sectors[1], (unsigned int)FAKE_LIMIT);
	drain(s, 11);
	KUNIT_EXPECT_EQ(test, fake.seen, 3u);
}

static void segments_add_up(struct kunit *test)
{
	struct submitted s[3];
	struct req_iterator iter;
	struct bio_vec bv;
	unsigned int bytes = 0, segments = 0;

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_READ, 108, 4);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_ASSERT_EQ(test, fake.nr_held, 1u);
	rq_for_each_segment(bv, fake.held[0], iter) {
		bytes += bv.bv_len;
		segments++;
	}
	KUNIT_EXPECT_EQ(test, bytes, blk_rq_bytes(fake.held[0]));
	KUNIT_EXPECT_EQ(test, segments, 2u);
	KUNIT_EXPECT_EQ(test, (unsigned int)fake.held[0]->nr_phys_segments, 2u);
	drain(s, 3);
}

/* ------------------------------------------------------------------ order */

static void sweep_goes_up_then_wraps(struct kunit *test)
{
	static const sector_t sent[] = { 9000, 500, 7000, 100 }, want[] = { 7000, 9000, 100, 500 };
	struct submitted s[5];
	unsigned int i;

	send(&s[0], REQ_OP_READ, 6000, 8);
	for (i = 0; i < 4; i++)
		send(&s[i + 1], REQ_OP_READ, sent[i], 8);
	finish_all(&fake);
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, fake.pos[i + 1], want[i]);
	drain(s, 5);
}

static void old_request_goes_first(struct kunit *test)
{
	struct submitted s[3];
	struct request *rq;

	send(&s[0], REQ_OP_READ, 6000, 8);
	send(&s[1], REQ_OP_WRITE, 100, 8);
	send(&s[2], REQ_OP_READ, 7000, 8);
	rq = list_first_entry(&fake.q->fifo[WRITE], struct request, fifo);
	rq->fifo_time = jiffies - 1;
	finish_all(&fake);
	KUNIT_EXPECT_EQ(test, fake.pos[1], (sector_t)100);
	drain(s, 3);
}

static void busy_driver_gets_one_at_a_time(struct kunit *test)
{
	struct submitted s[3];

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_READ, 300, 8);
	KUNIT_EXPECT_EQ(test, fake.nr_held, 1u);
	KUNIT_EXPECT_EQ(test, fake.seen, 1u);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.nr_held, 1u);
	KUNIT_EXPECT_EQ(test, fake.seen, 2u);
	drain(s, 3);
}

static void refused_request_comes_again(struct kunit *test)
{
	struct submitted s;

	fake.refuse = 2;
	fake.end_at_once = true;
	send(&s, REQ_OP_READ, 100, 8);
	KUNIT_EXPECT_EQ(test, fake.seen, 0u);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.seen, 1u);
}

/* ------------------------------------------------------------------ ends */

/* contract: S0-18 */
static void error_reaches_every_bio(struct kunit *test)
{
	struct submitted s[3];

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_READ, 108, 8);
	finish_one(&fake, BLK_STS_OK);
	finish_one(&fake, BLK_STS_IOERR);
	KUNIT_EXPECT_EQ(test, result_of(&s[0]), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, result_of(&s[1]), BLK_STS_IOERR);
	KUNIT_EXPECT_EQ(test, result_of(&s[2]), BLK_STS_IOERR);
}

static void part_of_a_request_ends(struct kunit *test)
{
	struct submitted s[3];

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, 100, 8);
	send(&s[2], REQ_OP_READ, 108, 8);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_ASSERT_EQ(test, fake.nr_held, 1u);
	KUNIT_EXPECT_TRUE(test, blk_update_request(fake.held[0], BLK_STS_OK, 10 << SECTOR_SHIFT));
	KUNIT_EXPECT_TRUE(test, completion_done(&s[1].done));
	KUNIT_EXPECT_FALSE(test, completion_done(&s[2].done));
	KUNIT_EXPECT_EQ(test, blk_rq_pos(fake.held[0]), (sector_t)110);
	KUNIT_EXPECT_EQ(test, blk_rq_sectors(fake.held[0]), 6u);
	drain(s, 3);
}

static void request_completes_once(struct kunit *test)
{
	struct submitted s;

	send(&s, REQ_OP_READ, 100, 8);
	KUNIT_ASSERT_EQ(test, fake.nr_held, 1u);
	fake.nr_held = 0;
	KUNIT_EXPECT_TRUE(test, blk_mq_complete_request(fake.held[0]));
	KUNIT_EXPECT_FALSE(test, blk_mq_complete_request(fake.held[0]));
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
}

static void requeued_request_goes_first(struct kunit *test)
{
	struct submitted s[2];
	struct request *rq;

	occupy(&s[0]);
	send(&s[1], REQ_OP_READ, FAKE_SECTORS - 40, 8);
	rq = fake.held[0];
	fake.nr_held = 0;
	blk_mq_requeue_request(rq, false);
	blk_mq_run_hw_queues(fake.q, false);
	KUNIT_EXPECT_EQ(test, fake.pos[1], (sector_t)FAKE_SECTORS - 8);
	drain(s, 2);
}

/* ------------------------------------------------------------------ time-outs */

static void late_request_is_shown_to_the_driver(struct kunit *test)
{
	struct submitted s;

	blk_queue_rq_timeout(fake.q, 2);
	fake.timeout_answer = BLK_EH_DONE;
	send(&s, REQ_OP_READ, 100, 8);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_TIMEOUT);
	KUNIT_EXPECT_EQ(test, fake.timeouts, 1u);
}

static void driver_may_ask_for_more_time(struct kunit *test)
{
	struct submitted s;

	blk_queue_rq_timeout(fake.q, 2);
	fake.timeout_answer = BLK_EH_RESET_TIMER;
	send(&s, REQ_OP_READ, 100, 8);
	while (READ_ONCE(fake.timeouts) < 2)
		msleep(10);
	finish_one(&fake, BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
}

/* ------------------------------------------------------------------ other operations */

static void flush_reaches_the_driver(struct kunit *test)
{
	struct submitted s;

	blk_queue_write_cache(fake.q, true, false);
	fake.end_at_once = true;
	send(&s, REQ_OP_WRITE | REQ_PREFLUSH, 0, 0);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.ops[0], (unsigned int)REQ_OP_FLUSH);
}

static void unknown_operation_is_refused(struct kunit *test)
{
	struct submitted s;

	send(&s, REQ_OP_DISCARD, 100, 0);
	KUNIT_EXPECT_EQ(test, blk_status_to_errno(result_of(&s)), -EOPNOTSUPP);
	KUNIT_EXPECT_EQ(test, fake.seen, 0u);
}

static void discard_reaches_a_driver_that_has_it(struct kunit *test)
{
	struct submitted s;

	blk_queue_flag_set(QUEUE_FLAG_DISCARD, fake.q);
	fake.end_at_once = true;
	send(&s, REQ_OP_DISCARD, 100, 0);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
	KUNIT_EXPECT_EQ(test, fake.ops[0], (unsigned int)REQ_OP_DISCARD);
}

static void end_of_disk_is_guarded(struct kunit *test)
{
	struct submitted s;

	send(&s, REQ_OP_READ, FAKE_SECTORS - 4, 8);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_IOERR);
	KUNIT_EXPECT_EQ(test, fake.seen, 0u);
}

static void read_only_disk_is_guarded(struct kunit *test)
{
	struct submitted s;

	fake.disk->part0.policy = 1;
	send(&s, REQ_OP_WRITE, 0, 8);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_IOERR);
	KUNIT_EXPECT_EQ(test, fake.seen, 0u);
}

static void stopped_queue_waits(struct kunit *test)
{
	struct submitted s;

	fake.end_at_once = true;
	blk_mq_stop_hw_queues(fake.q);
	send(&s, REQ_OP_READ, 100, 8);
	KUNIT_EXPECT_EQ(test, fake.seen, 0u);
	blk_mq_start_stopped_hw_queues(fake.q, false);
	KUNIT_EXPECT_EQ(test, result_of(&s), BLK_STS_OK);
}

static struct kunit_case blkqueue_cases[] = {
	KUNIT_CASE(back_merge),
	KUNIT_CASE(front_merge),
	KUNIT_CASE(gap_closed_joins_three),
	KUNIT_CASE(read_and_write_stay_apart),
	KUNIT_CASE(limit_ends_merging),
	KUNIT_CASE(segments_add_up),
	KUNIT_CASE(sweep_goes_up_then_wraps),
	KUNIT_CASE(old_request_goes_first),
	KUNIT_CASE(busy_driver_gets_one_at_a_time),
	KUNIT_CASE(refused_request_comes_again),
	KUNIT_CASE(error_reaches_every_bio),
	KUNIT_CASE(part_of_a_request_ends),
	KUNIT_CASE(request_completes_once),
	KUNIT_CASE(requeued_request_goes_first),
	KUNIT_CASE(late_request_is_shown_to_the_driver),
	KUNIT_CASE(driver_may_ask_for_more_time),
	KUNIT_CASE(flush_reaches_the_driver),
	KUNIT_CASE(unknown_operation_is_refused),
	KUNIT_CASE(discard_reaches_a_driver_that_has_it),
	KUNIT_CASE(end_of_disk_is_guarded),
	KUNIT_CASE(read_only_disk_is_guarded),
	KUNIT_CASE(stopped_queue_waits),
	{}
};

static struct kunit_suite blkqueue_suite = {
	.name = "blkqueue",
	.init = fake_init,
	.exit = fake_exit,
	.test_cases = blkqueue_cases,
};
kunit_test_suite(blkqueue_suite);
