/*
 * Queues and tag sets: made, held up, and taken down.
 *
 * Context: process; may sleep.
 */
#include <linux/bitmap.h>
#include <linux/export.h>
#include <linux/slab.h>
#include "blk.h"

unsigned int blk_drain_limit = 30 * HZ;

int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set)
{
	if (!set->ops || !set->ops->queue_rq || !set->queue_depth ||
	    set->queue_depth > BLK_MQ_MAX_DEPTH)
		return -EINVAL;
	set->tags = kcalloc(BITS_TO_LONGS(set->queue_depth), sizeof(long), GFP_KERNEL);
	if (!set->tags)
		return -ENOMEM;
	set->nr_hw_queues = 1;			/* as many as processors */
	spin_lock_init(&set->lock);
	set->nr_tags_used = 0;
	INIT_LIST_HEAD(&set->tag_list);
	return 0;
}
EXPORT_SYMBOL(blk_mq_alloc_tag_set);

void blk_mq_free_tag_set(struct blk_mq_tag_set *set)
{
	kfree(set->tags);
	set->tags = NULL;
}
EXPORT_SYMBOL(blk_mq_free_tag_set);

/* A queue without requests, for drivers that take bios as they come; NULL without memory. */
struct request_queue *blk_alloc_queue(int node_id)
{
	struct request_queue *q = kzalloc(sizeof(*q), GFP_KERNEL);

	if (!q)
		return NULL;
	spin_lock_init(&q->queue_lock);
	INIT_LIST_HEAD(&q->in_flight);
	INIT_LIST_HEAD(&q->free);
	INIT_LIST_HEAD(&q->tag_set_list);
	init_waitqueue_head(&q->free_wait);
	elv_init(q, false);
	blk_set_default_limits(&q->limits);
	blk_queue_max_hw_sectors(q, q->limits.max_sectors);
	blk_timeout_init(q);
	q->rq_timeout = BLK_DEFAULT_TIMEOUT;
	kobject_init(&q->kobj, &blk_queue_ktype);
	return q;
}
EXPORT_SYMBOL(blk_alloc_queue);

static struct request *nth_request(struct request_queue *q, unsigned int n)
{
	size_t size = ALIGN(sizeof(struct request) + q->tag_set->cmd_size, sizeof(long));

	return q->rq_mem + n * size;
}

static int alloc_requests(struct request_queue *q, struct blk_mq_tag_set *set)
{
	size_t size = ALIGN(sizeof(struct request) + set->cmd_size, sizeof(long));
	unsigned int i;
	int err;

	q->rq_mem = kvzalloc(size * BLKDEV_MAX_RQ, GFP_KERNEL);
	if (!q->rq_mem)
		return -ENOMEM;
	for (i = 0; i < BLKDEV_MAX_RQ; i++) {
		struct request *rq = nth_request(q, i);

		rq->q = q;
		rq->mq_hctx = q->queue_hw_ctx;
		rq->tag = -1;
		RB_CLEAR_NODE(&rq->rb_node);
		INIT_LIST_HEAD(&rq->fifo);
		err = set->ops->init_request ? set->ops->init_request(set, rq, 0, 0) : 0;
		if (err)
			goto out_exit;
		list_add_tail(&rq->queuelist, &q->free);
	}
	return 0;

out_exit:
	while (i-- && set->ops->exit_request)
		set->ops->exit_request(set, nth_request(q, i), 0);
	kvfree(q->rq_mem);
	q->rq_mem = NULL;
	return err;
}

static void run_work(struct work_struct *work)
{
	blk_mq_run_queue_now(container_of(to_delayed_work(work), struct request_queue, run_work));
}

struct request_queue *blk_mq_init_queue(struct blk_mq_tag_set *set)
{
	struct request_queue *q = blk_alloc_queue(NUMA_NO_NODE);
	int err = -ENOMEM;

	if (!q)
		return ERR_PTR(-ENOMEM);
	q->tag_set = set;
	q->mq_ops = set->ops;
	q->nr_requests = BLKDEV_MAX_RQ;
	elv_init(q, !(set->flags & BLK_MQ_F_NO_SCHED));
	if (set->timeout)
		q->rq_timeout = set->timeout;
	INIT_DELAYED_WORK(&q->run_work, run_work);
	q->queue_hw_ctx = kzalloc(sizeof(*q->queue_hw_ctx), GFP_KERNEL);
	if (!q->queue_hw_ctx)
		goto out_put_queue;
	q->queue_hw_ctx->queue = q;
	err = set->ops->init_hctx ? set->ops->init_hctx(q->queue_hw_ctx, set->driver_data, 0) : 0;
	if (err)
		goto out_put_queue;
	err = alloc_requests(q, set);
	if (err)
		goto out_exit_hctx;
	spin_lock_irq(&set->lock);
	list_add_tail(&q->tag_set_list, &set->tag_list);
	spin_unlock_irq(&set->lock);
	return q;

out_exit_hctx:
	if (set->ops->exit_hctx)
		set->ops->exit_hctx(q->queue_hw_ctx, 0);
out_put_queue:
	blk_put_queue(q);
	return ERR_PTR(err);
}
EXPORT_SYMBOL(blk_mq_init_queue);

/* A tag set of the usual kind and its only queue. */
struct request_queue *blk_mq_init_sq_queue(struct blk_mq_tag_set *set, const struct blk_mq_ops *ops,
					   unsigned int queue_depth, unsigned int set_flags)
{
	struct request_queue *q;
	int err;

	memset(set, 0, sizeof(*set));
	set->ops = ops;
	set->nr_hw_queues = 1;
	set->queue_depth = queue_depth;
	set->numa_node = NUMA_NO_NODE;
	set->flags = set_flags;
	err = blk_mq_alloc_tag_set(set);
	if (err)
		return ERR_PTR(err);
	q = blk_mq_init_queue(set);
	if (IS_ERR(q))
		blk_mq_free_tag_set(set);
	return q;
}
EXPORT_SYMBOL(blk_mq_init_sq_queue);

/* ------------------------------------------------------------------ holding it up */

static unsigned int nr_used(struct request_queue *q)
{
	unsigned int used;

	spin_lock_irq(&q->queue_lock);
	used = q->nr_used;
	spin_unlock_irq(&q->queue_lock);
	return used;
}

static void change_depth(struct request_queue *q, unsigned int *depth, int by)
{
	spin_lock_irq(&q->queue_lock);
	*depth += by;
	spin_unlock_irq(&q->queue_lock);
}

void blk_mq_freeze_queue(struct request_queue *q)
{
	might_sleep();
	change_depth(q, &q->freeze_depth, 1);
	if (q->mq_ops)
		wait_event(q->free_wait, !nr_used(q));
}
EXPORT_SYMBOL(blk_mq_freeze_queue);

void blk_mq_unfreeze_queue(struct request_queue *q)
{
	change_depth(q, &q->freeze_depth, -1);
	wake_up_all(&q->free_wait);
}
EXPORT_SYMBOL(blk_mq_unfreeze_queue);

void blk_mq_quiesce_queue(struct request_queue *q)
{
	might_sleep();
	change_depth(q, &q->quiesce_depth, 1);
	wait_event(q->free_wait, !READ_ONCE(q->dispatching));
}
EXPORT_SYMBOL(blk_mq_quiesce_queue);

void blk_mq_unquiesce_queue(struct request_queue *q)
{
	change_depth(q, &q->quiesce_depth, -1);
	blk_mq_run_hw_queues(q, true);
}
EXPORT_SYMBOL(blk_mq_unquiesce_queue);

void blk_mq_stop_hw_queues(struct request_queue *q)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->stopped = true;
	spin_unlock_irqrestore(&q->queue_lock, flags);
}
EXPORT_SYMBOL(blk_mq_stop_hw_queues);

void blk_mq_start_stopped_hw_queues(struct request_queue *q, bool async)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	q->stopped = false;
	spin_unlock_irqrestore(&q->queue_lock, flags);
	blk_mq_run_hw_queues(q, async);
}
EXPORT_SYMBOL(blk_mq_start_stopped_hw_queues);

/* One that the driver has and that iter has not seen: they are numbered by their tags. */
static struct request *request_of_tag(struct blk_mq_tag_set *set, int tag)
{
	struct request_queue *q;
	struct request *rq, *found = NULL;

	spin_lock_irq(&set->lock);
	list_for_each_entry(q, &set->tag_list, tag_set_list) {
		unsigned int i;

		for (i = 0; i < BLKDEV_MAX_RQ && !found; i++) {
			rq = nth_request(q, i);
			if (rq->tag == tag && blk_mq_request_started(rq))
				found = rq;
		}
	}
	spin_unlock_irq(&set->lock);
	return found;
}

void blk_mq_tagset_busy_iter(struct blk_mq_tag_set *set,
			     bool (*iter)(struct request *, void *, bool), void *priv)
{
	unsigned int tag;
	struct request *rq;

	for (tag = 0; tag < set->queue_depth; tag++) {
		rq = request_of_tag(set, tag);
		if (rq && !iter(rq, priv, false))
			return;
	}
}
EXPORT_SYMBOL(blk_mq_tagset_busy_iter);

/* ------------------------------------------------------------------ the end */

bool blk_get_queue(struct request_queue *q)
{
	return !q->dying && kobject_get(&q->kobj);
}
EXPORT_SYMBOL(blk_get_queue);

/* Context: any but that the last one ends it. */
void blk_put_queue(struct request_queue *q)
{
	kobject_put(&q->kobj);
}
EXPORT_SYMBOL(blk_put_queue);

/* What the driver was never given fails; what it has is its own to end. */
static void fail_waiting(struct request_queue *q)
{
	struct request *rq;

	for (;;) {
		spin_lock_irq(&q->queue_lock);
		rq = elv_next(q);
		if (rq)
			elv_remove(q, rq);
		spin_unlock_irq(&q->queue_lock);
		if (!rq)
			return;
		blk_mq_end_request(rq, BLK_STS_IOERR);
	}
}

static void put_abandoned(struct work_struct *work)
{
	blk_put_queue(container_of(work, struct request_queue, timeout_work));
}

/*
 * The driver has requests that it never ended: their memory stays, for the device may
 * still write to it, and so does the queue, till the last has ended after all.
 */
static void abandon_requests(struct request_queue *q)
{
	unsigned int nr = nr_used(q);
	const char *name = "queue";
	struct request *rq;

	if (!nr)
		return;
	spin_lock_irq(&q->queue_lock);
	kobject_get(&q->kobj);
	INIT_WORK(&q->timeout_work, put_abandoned);
	list_for_each_entry(rq, &q->in_flight, queuelist) {
		if (rq->rq_disk)
			name = rq->rq_disk->disk_name;
		rq->rq_disk = NULL;
	}
	spin_unlock_irq(&q->queue_lock);
	WARN(1, "%s: its driver leaves with %u requests not ended\n", name, nr);
}

/* The driver's methods are called for the last time here. */
static void leave_driver(struct request_queue *q)
{
	const struct blk_mq_ops *ops = q->mq_ops;
	unsigned int i;

	if (!wait_event_timeout(q->free_wait, !nr_used(q), blk_drain_limit))
		fail_waiting(q);
	blk_mq_stop_hw_queues(q);
	cancel_delayed_work_sync(&q->run_work);
	blk_timeout_end(q);
	abandon_requests(q);
	spin_lock_irq(&q->tag_set->lock);
	list_del_init(&q->tag_set_list);
	spin_unlock_irq(&q->tag_set->lock);
	for (i = 0; i < BLKDEV_MAX_RQ && ops->exit_request; i++)
		ops->exit_request(q->tag_set, nth_request(q, i), 0);
	if (ops->exit_hctx)
		ops->exit_hctx(q->queue_hw_ctx, 0);
}

/* The disk is gone, as a rule. */
void blk_cleanup_queue(struct request_queue *q)
{
	might_sleep();
	spin_lock_irq(&q->queue_lock);
	q->dying = true;
	spin_unlock_irq(&q->queue_lock);
	wake_up_all(&q->free_wait);
	if (q->mq_ops) {
		if (q->stopped || q->quiesce_depth)
			fail_waiting(q);
		leave_driver(q);
	}
	blk_put_queue(q);
}
EXPORT_SYMBOL(blk_cleanup_queue);
