/*
 * The request queue: from a bio to the driver and back.
 *
 *   blk_mq_submit_bio    merged into a waiting request, or a new one waits
 *   blk_mq_run_queue_now while there are tags: next request -> ->queue_rq()
 *   (the device works; the interrupt comes)
 *   blk_mq_complete_request -> ->complete() -> blk_mq_end_request: bios end,
 *                        the tag is free, and the queue runs again from there
 *
 * After a completion the queue runs from a workqueue, unless the driver asked for
 * BLK_MQ_F_CHAIN.  Freezing and quiescing are in blk-queue.c.
 *
 * Context: submission may sleep for a free request; all else runs anywhere.
 * Locks: q->queue_lock, then tag_set->lock; neither is held over queue_rq().
 */
#include <linux/export.h>
#include <linux/printk.h>
#include "blk.h"

/* ------------------------------------------------------------------ tags */

static int get_tag(struct blk_mq_tag_set *set)
{
	unsigned long flags;
	int tag = -1;

	spin_lock_irqsave(&set->lock, flags);
	if (set->nr_tags_used < set->queue_depth) {
		tag = find_first_zero_bit(set->tags, set->queue_depth);
		__set_bit(tag, set->tags);
		set->nr_tags_used++;
	}
	spin_unlock_irqrestore(&set->lock, flags);
	return tag;
}

static void put_tag(struct blk_mq_tag_set *set, struct request *rq)
{
	unsigned long flags;

	spin_lock_irqsave(&set->lock, flags);
	__clear_bit(rq->tag, set->tags);
	set->nr_tags_used--;
	spin_unlock_irqrestore(&set->lock, flags);
	rq->tag = -1;
}

/* ------------------------------------------------------------------ dispatch */

/* The driver could not take it: it is first in line when there is reason to ask again. */
static void put_back(struct request_queue *q, struct request *rq)
{
	rq->state = MQ_RQ_IDLE;
	put_tag(q->tag_set, rq);
	list_add(&rq->queuelist, &q->dispatch);
	/* With nothing in flight no completion will come to run the queue. */
	if (list_empty(&q->in_flight))
		queue_delayed_work(kblockd, &q->run_work, BLK_RESOURCE_DELAY);
}

/* Hand over one request; false when there is none, or no tag, or the driver is full. */
static bool dispatch_one(struct request_queue *q, unsigned long *flags)
	__must_hold(&q->queue_lock)
{
	struct request *rq = q->stopped || q->quiesce_depth ? NULL : elv_next(q);
	struct blk_mq_queue_data bd = { .rq = rq };
	blk_status_t status;
	int tag;

	if (!rq)
		return false;
	tag = get_tag(q->tag_set);
	if (tag < 0)
		return false;
	elv_remove(q, rq);
	rq->tag = tag;
	bd.last = !elv_next(q);
	spin_unlock_irqrestore(&q->queue_lock, *flags);
	status = q->mq_ops->queue_rq(q->queue_hw_ctx, &bd);
	if (status != BLK_STS_OK && status != BLK_STS_RESOURCE && status != BLK_STS_DEV_RESOURCE) {
		blk_mq_end_request(rq, status);
		status = BLK_STS_OK;
	}
	spin_lock_irqsave(&q->queue_lock, *flags);
	if (status == BLK_STS_OK)
		return true;
	list_del_init(&rq->queuelist);
	put_back(q, rq);
	if (q->mq_ops->commit_rqs) {	/* it was told that others would follow */
		spin_unlock_irqrestore(&q->queue_lock, *flags);
		q->mq_ops->commit_rqs(q->queue_hw_ctx);
		spin_lock_irqsave(&q->queue_lock, *flags);
	}
	return false;
}

/*
 * One party at a time is in the loop.  Who comes meanwhile (an interrupt that
 * freed a tag) leaves a note, so that nothing is overlooked:
 *
 *     in the loop                        interrupt
 *     dispatch_one: no tag               blk_mq_end_request: tag freed
 *                                        dispatching: rerun = true
 *     rerun: looks again                 (both under queue_lock)
 */
void blk_mq_run_queue_now(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	if (q->dispatching) {
		q->rerun = true;
		spin_unlock_irqrestore(&q->queue_lock, flags);
		return;
	}
	q->dispatching = true;
	do {
		q->rerun = false;
		while (dispatch_one(q, &flags))
			;
	} while (q->rerun);
	q->dispatching = false;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (q->quiesce_depth)
		wake_up_all(&q->free_wait);
}

void blk_mq_run_hw_queue(struct blk_mq_hw_ctx *hctx, bool async)
{
	struct request_queue *q = hctx->queue;

	if (async || (q->tag_set->flags & BLK_MQ_F_BLOCKING))
		queue_delayed_work(kblockd, &q->run_work, 0);
	else
		blk_mq_run_queue_now(q);
}
EXPORT_SYMBOL(blk_mq_run_hw_queue);

void blk_mq_run_hw_queues(struct request_queue *q, bool async)
{
	blk_mq_run_hw_queue(q->queue_hw_ctx, async);
}
EXPORT_SYMBOL(blk_mq_run_hw_queues);

void blk_mq_delay_run_hw_queue(struct blk_mq_hw_ctx *hctx, unsigned long msecs)
{
	queue_delayed_work(kblockd, &hctx->queue->run_work, msecs_to_jiffies(msecs));
}
EXPORT_SYMBOL(blk_mq_delay_run_hw_queue);

/*
 * A tag came free: let the queues that share the set have it in turn.
 * @pending: the own queue has something for it.
 */
static void run_tag_set(struct blk_mq_tag_set *set, struct request_queue *own, bool pending)
{
	bool async = !(set->flags & BLK_MQ_F_CHAIN);
	struct request_queue *q;
	unsigned long flags;
	int left;

	if (list_is_singular(&set->tag_list)) {
		if (pending)
			blk_mq_run_hw_queue(own->queue_hw_ctx, async);
		return;
	}
	for (left = 2; left; left--) {
		spin_lock_irqsave(&set->lock, flags);
		q = list_first_entry_or_null(&set->tag_list, struct request_queue, tag_set_list);
		if (q) {
			list_move_tail(&q->tag_set_list, &set->tag_list);
			kobject_get(&q->kobj);
		}
		spin_unlock_irqrestore(&set->lock, flags);
		if (!q)
			return;
		blk_mq_run_hw_queue(q->queue_hw_ctx, async);
		blk_put_queue(q);
	}
}

/* ------------------------------------------------------------------ submission */

static void init_request_from_bio(struct request_queue *q, struct request *rq, struct bio *bio)
{
	rq->cmd_flags = bio->bi_opf;
	if ((bio->bi_opf & REQ_PREFLUSH) && !bio->bi_iter.bi_size)
		rq->cmd_flags = REQ_OP_FLUSH | (bio->bi_opf & ~(REQ_OP_MASK | REQ_PREFLUSH));
	rq->__sector = bio->bi_iter.bi_sector;
	rq->__data_len = bio->bi_iter.bi_size;
	rq->nr_phys_segments = bio->bi_vcnt;
	rq->bio = rq->biotail = bio;
	rq->rq_disk = bio->bi_disk;
	rq->retries = 0;
	rq->state = MQ_RQ_IDLE;
	rq->late = RQ_IN_TIME;
	rq->timeout = q->rq_timeout;
	rq->start_time = jiffies;
	atomic_inc(&bio->bi_disk->in_flight);
	rq->end_io = NULL;
}

static bool may_merge(const struct request_queue *q, const struct bio *bio)
{
	return bio->bi_vcnt && q->nr_waiting && !q->nomerges &&
	       (q->tag_set->flags & BLK_MQ_F_SHOULD_MERGE);
}

/* Queue it; false when all requests are in use, or no new ones are wanted. */
static bool try_to_queue(struct request_queue *q, struct bio *bio)
{
	struct request *rq;
	unsigned long flags;
	bool queued = true;

	spin_lock_irqsave(&q->queue_lock, flags);
	if (unlikely(q->freeze_depth)) {
		queued = false;
		goto out;
	}
	if (may_merge(q, bio) && elv_merge(q, bio))
		goto out;
	if (q->nr_used >= q->nr_requests) {
		queued = false;
		goto out;
	}
	rq = list_first_entry(&q->free, struct request, queuelist);
	list_del_init(&rq->queuelist);
	q->nr_used++;
	init_request_from_bio(q, rq, bio);
	if (bio->bi_vcnt)
		elv_add(q, rq);
	else
		list_add_tail(&rq->queuelist, &q->dispatch);
out:
	spin_unlock_irqrestore(&q->queue_lock, flags);
	return queued;
}

void blk_mq_submit_bio(struct request_queue *q, struct bio *bio)
{
	bool dead;

	bio->bi_next = NULL;
	wait_event(q->free_wait, (dead = READ_ONCE(q->dying)) || try_to_queue(q, bio));
	if (dead)
		bio_io_error(bio);
	else
		blk_mq_run_hw_queue(q->queue_hw_ctx, false);
}

/* ------------------------------------------------------------------ completion */

void blk_mq_start_request(struct request *rq)
{
	struct request_queue *q = rq->q;
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	WRITE_ONCE(rq->state, MQ_RQ_IN_FLIGHT);
	list_move_tail(&rq->queuelist, &q->in_flight);
	blk_timeout_arm(q, rq);
	spin_unlock_irqrestore(&q->queue_lock, flags);
}
EXPORT_SYMBOL(blk_mq_start_request);

/* Who comes first: the interrupt, or the driver's ->timeout. */
bool blk_mq_complete_request(struct request *rq)
{
	if (cmpxchg(&rq->state, MQ_RQ_IN_FLIGHT, MQ_RQ_COMPLETE) != MQ_RQ_IN_FLIGHT)
		return false;
	if (rq->q->mq_ops->complete)
		rq->q->mq_ops->complete(rq);
	else
		blk_mq_end_request(rq, BLK_STS_OK);
	return true;
}
EXPORT_SYMBOL(blk_mq_complete_request);

static void report_error(struct request *rq, blk_status_t error)
{
	if (error == BLK_STS_NOTSUPP || (rq->bio && (rq->bio->bi_flags & BIO_QUIET)))
		return;
	pr_err("%s: I/O error %d, sector %llu, %u sectors, op %u\n",
	       rq->rq_disk ? rq->rq_disk->disk_name : "?", blk_status_to_errno(error),
	       (unsigned long long)blk_rq_pos(rq), blk_rq_sectors(rq), req_op(rq));
}

/* The first bytes of what is left are done; true while more are to come. */
bool blk_update_request(struct request *rq, blk_status_t error, unsigned int bytes)
{
	if (error)
		report_error(rq, error);
	if (rq->rq_disk)
		atomic_add(bytes >> SECTOR_SHIFT,
			   &rq->rq_disk->part0.sectors[blk_stat_group(req_op(rq))]);
	rq->__sector += bytes >> SECTOR_SHIFT;
	rq->__data_len -= bytes;
	while (rq->bio) {
		struct bio *bio = rq->bio;
		unsigned int now = min(bytes, bio->bi_iter.bi_size);

		if (error)
			bio->bi_status = error;
		if (now < bio->bi_iter.bi_size) {
			bio_advance(bio, now);
			return true;
		}
		bytes -= now;
		rq->bio = bio->bi_next;
		bio->bi_next = NULL;
		bio_endio(bio);
	}
	return false;
}
EXPORT_SYMBOL(blk_update_request);

static void account(struct request *rq)
{
	struct hd_struct *whole = &rq->rq_disk->part0;
	unsigned int group = blk_stat_group(req_op(rq));

	atomic_dec(&rq->rq_disk->in_flight);
	atomic_inc(&whole->ios[group]);
	atomic_add(jiffies - rq->start_time, &whole->ticks[group]);
}

/* It can be used for another bio, and its tag for another request. */
void blk_mq_free_request(struct request *rq)
{
	struct request_queue *q = rq->q;
	unsigned long flags;
	bool pending, last;

	spin_lock_irqsave(&q->queue_lock, flags);
	if (rq->late == RQ_AT_TIMEOUT) {	/* blk-timeout.c does this when the driver returns */
		rq->late = RQ_ENDED_AT_TIMEOUT;
		spin_unlock_irqrestore(&q->queue_lock, flags);
		return;
	}
	rq->state = MQ_RQ_IDLE;
	list_del_init(&rq->queuelist);
	last = !--q->nr_used;
	if (unlikely(q->driver_left)) {		/* with the tags, maybe the disk */
		spin_unlock_irqrestore(&q->queue_lock, flags);
		WARN(1, "a request ends after its queue, by %ps\n", q->mq_ops->queue_rq);
		if (last)
			queue_work(kblockd, &q->timeout_work);
		return;
	}
	if (rq->tag >= 0)
		put_tag(q->tag_set, rq);
	list_add(&rq->queuelist, &q->free);
	pending = !q->dispatching && elv_next(q);
	q->rerun = true;			/* for who is in the loop */
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (waitqueue_active(&q->free_wait))
		wake_up(&q->free_wait);
	run_tag_set(q->tag_set, q, pending);
}
EXPORT_SYMBOL(blk_mq_free_request);

/* For a driver that has called blk_update_request() until it said false. */
void __blk_mq_end_request(struct request *rq, blk_status_t error)
{
	rq_end_io_fn *end_io = rq->end_io;

	if (rq->rq_disk)
		account(rq);
	if (end_io)
		end_io(rq, error);
	blk_mq_free_request(rq);
}
EXPORT_SYMBOL(__blk_mq_end_request);

void blk_mq_end_request(struct request *rq, blk_status_t error)
{
	blk_update_request(rq, error, blk_rq_bytes(rq));
	__blk_mq_end_request(rq, error);
}
EXPORT_SYMBOL(blk_mq_end_request);

/* The driver started it but wants it back later, before all others. */
void blk_mq_requeue_request(struct request *rq, bool kick_requeue_list)
{
	struct request_queue *q = rq->q;
	unsigned long flags;

	if (unlikely(q->driver_left)) {
		blk_mq_end_request(rq, BLK_STS_IOERR);
		return;
	}
	spin_lock_irqsave(&q->queue_lock, flags);
	list_del_init(&rq->queuelist);
	rq->state = MQ_RQ_IDLE;
	rq->late = RQ_IN_TIME;
	put_tag(q->tag_set, rq);
	list_add(&rq->queuelist, &q->dispatch);
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (kick_requeue_list)
		blk_mq_run_hw_queues(q, true);
}
EXPORT_SYMBOL(blk_mq_requeue_request);
