/*
 * The elevator: in which order waiting requests go to the driver.
 *
 * They stand in a tree by sector, in which a new bio finds the request it
 * adjoins, and in two lists by age.  Which of them is next is up to the queue's
 * elevator, chosen by /sys/block/NAME/queue/scheduler at any time:
 *
 *	none		who came first
 *	clook		the next one upwards from where the disk stands, and again
 *			from the bottom after the last; far ones may starve
 *	mq-deadline	the same, but one that has waited past its deadline (a read
 *			sooner than a write, for somebody usually sleeps for it) first
 *
 * Context: any.  Lock: q->queue_lock, held by every caller.
 */
#include <linux/blk-mq.h>
#include <linux/string.h>
#include "blk.h"

#define READ_EXPIRE	(HZ / 2)
#define WRITE_EXPIRE	(5 * HZ)

static inline sector_t rq_end(const struct request *rq)
{
	return blk_rq_pos(rq) + blk_rq_sectors(rq);
}

static struct request *tree_entry(struct rb_node *node)
{
	return node ? rb_entry(node, struct request, rb_node) : NULL;
}

static void tree_add(struct request_queue *q, struct request *rq)
{
	struct rb_node **link = &q->sorted.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = blk_rq_pos(rq) < blk_rq_pos(tree_entry(parent)) ? &parent->rb_left :
									 &parent->rb_right;
	}
	rb_link_node(&rq->rb_node, parent, link);
	rb_insert_color(&rq->rb_node, &q->sorted);
}

/* The last request that starts at or below sector. */
static struct request *find_at_or_below(struct request_queue *q, sector_t sector)
{
	struct rb_node *node = q->sorted.rb_node;
	struct request *best = NULL;

	while (node) {
		struct request *rq = tree_entry(node);

		if (blk_rq_pos(rq) <= sector) {
			best = rq;
			node = node->rb_right;
		} else {
			node = node->rb_left;
		}
	}
	return best;
}

static bool fits(const struct request_queue *q, const struct request *rq, unsigned int sectors,
		 unsigned int segments)
{
	return blk_rq_sectors(rq) + sectors <= q->limits.max_sectors &&
	       rq->nr_phys_segments + segments <= q->limits.max_segments;
}

static bool bio_may_join(const struct request_queue *q, const struct request *rq,
			 const struct bio *bio)
{
	return req_op(rq) == bio_op(bio) && fits(q, rq, bio_sectors(bio), bio->bi_vcnt);
}

static void stop_waiting(struct request_queue *q, struct request *rq)
{
	rb_erase(&rq->rb_node, &q->sorted);
	RB_CLEAR_NODE(&rq->rb_node);
	list_del_init(&rq->fifo);
	q->nr_waiting--;
}

/* One more was merged into it. */
static void grow(struct request *rq, unsigned int bytes, unsigned int segments)
{
	rq->__data_len += bytes;
	rq->nr_phys_segments += segments;
	atomic_inc(&rq->rq_disk->part0.merges[blk_stat_group(req_op(rq))]);
}

/* rq has grown to touch its successor: make one of two. */
static void merge_with_next(struct request_queue *q, struct request *rq)
{
	struct request *next = tree_entry(rb_next(&rq->rb_node));

	if (!next || rq_end(rq) != blk_rq_pos(next) || req_op(rq) != req_op(next) ||
	    !fits(q, rq, blk_rq_sectors(next), next->nr_phys_segments))
		return;
	stop_waiting(q, next);
	rq->biotail->bi_next = next->bio;
	rq->biotail = next->biotail;
	grow(rq, next->__data_len, next->nr_phys_segments);
	if (time_before(next->fifo_time, rq->fifo_time))
		rq->fifo_time = next->fifo_time;
	next->bio = NULL;
	list_add(&next->queuelist, &q->free);
	q->nr_used--;
	atomic_dec(&rq->rq_disk->in_flight);
}

bool elv_merge(struct request_queue *q, struct bio *bio)
{
	struct request *below, *above;

	lockdep_assert_held(&q->queue_lock);
	below = find_at_or_below(q, bio->bi_iter.bi_sector);
	if (below && rq_end(below) == bio->bi_iter.bi_sector && bio_may_join(q, below, bio)) {
		below->biotail->bi_next = bio;
		below->biotail = bio;
		grow(below, bio->bi_iter.bi_size, bio->bi_vcnt);
		merge_with_next(q, below);
		return true;
	}
	above = tree_entry(below ? rb_next(&below->rb_node) : rb_first(&q->sorted));
	if (above && bio_end_sector(bio) == blk_rq_pos(above) && bio_may_join(q, above, bio)) {
		rb_erase(&above->rb_node, &q->sorted);
		bio->bi_next = above->bio;
		above->bio = bio;
		above->__sector = bio->bi_iter.bi_sector;
		grow(above, bio->bi_iter.bi_size, bio->bi_vcnt);
		tree_add(q, above);
		return true;
	}
	return false;
}

void elv_add(struct request_queue *q, struct request *rq)
{
	int dir = rq_data_dir(rq);

	lockdep_assert_held(&q->queue_lock);
	tree_add(q, rq);
	rq->fifo_seq = q->next_seq++;
	rq->fifo_time = jiffies + (dir == READ ? READ_EXPIRE : WRITE_EXPIRE);
	list_add_tail(&rq->fifo, &q->fifo[dir]);
	q->nr_waiting++;
}

static struct request *expired(struct request_queue *q, int dir)
{
	struct request *rq = list_first_entry_or_null(&q->fifo[dir], struct request, fifo);

	return rq && time_after_eq(jiffies, rq->fifo_time) ? rq : NULL;
}

/* The sweep: whoever starts at the head or above it, else the lowest of all. */
static struct request *clook_next(struct request_queue *q)
{
	struct request *rq = find_at_or_below(q, q->head);

	if (rq && blk_rq_pos(rq) == q->head)
		return rq;
	rq = tree_entry(rq ? rb_next(&rq->rb_node) : rb_first(&q->sorted));
	return rq ? rq : tree_entry(rb_first(&q->sorted));
}

static struct request *deadline_next(struct request_queue *q)
{
	struct request *rq = expired(q, READ);

	if (!rq)
		rq = expired(q, WRITE);
	return rq ? rq : clook_next(q);
}

static struct request *none_next(struct request_queue *q)
{
	struct request *read = list_first_entry_or_null(&q->fifo[READ], struct request, fifo);
	struct request *write = list_first_entry_or_null(&q->fifo[WRITE], struct request, fifo);

	if (!read || !write)
		return read ?: write;
	return (int)(read->fifo_seq - write->fifo_seq) < 0 ? read : write;
}

/* The first is what a queue begins with, the last what it has if it is not to sort. */
static const struct elevator_type elevators[] = {
	{ .elevator_name = "mq-deadline", .next = deadline_next },
	{ .elevator_name = "clook", .next = clook_next },
	{ .elevator_name = "none", .next = none_next },
};
#define ELEVATOR_NONE	(&elevators[ARRAY_SIZE(elevators) - 1])

struct request *elv_next(struct request_queue *q)
{
	lockdep_assert_held(&q->queue_lock);
	if (!list_empty(&q->dispatch))
		return list_first_entry(&q->dispatch, struct request, queuelist);
	return q->nr_waiting ? q->elevator->next(q) : NULL;
}

/* Can it have another than none? */
static bool may_sort(const struct request_queue *q)
{
	return q->mq_ops && !(q->tag_set->flags & BLK_MQ_F_NO_SCHED);
}

ssize_t elv_show(struct request_queue *q, char *buf)
{
	unsigned int i;
	ssize_t len = 0;

	if (!may_sort(q))
		return sysfs_emit(buf, "none\n");
	for (i = 0; i < ARRAY_SIZE(elevators); i++)
		len += sysfs_emit_at(buf, len, q->elevator == &elevators[i] ? "[%s] " : "%s ",
				     elevators[i].elevator_name);
	buf[len - 1] = '\n';
	return len;
}

/* What waits is in all orders: it goes on by the new one at once. */
ssize_t elv_store(struct request_queue *q, const char *buf, size_t count)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(elevators); i++) {
		if (!sysfs_streq(buf, elevators[i].elevator_name))
			continue;
		if (!may_sort(q) && &elevators[i] != ELEVATOR_NONE)
			return -EINVAL;
		spin_lock_irq(&q->queue_lock);
		q->elevator = &elevators[i];
		spin_unlock_irq(&q->queue_lock);
		return count;
	}
	return -EINVAL;
}

void elv_remove(struct request_queue *q, struct request *rq)
{
	lockdep_assert_held(&q->queue_lock);
	if (RB_EMPTY_NODE(&rq->rb_node)) {		/* from the dispatch list */
		list_del_init(&rq->queuelist);
		return;
	}
	stop_waiting(q, rq);
	q->head = rq_end(rq);
}

void elv_init(struct request_queue *q, bool sort)
{
	q->elevator = sort ? &elevators[0] : ELEVATOR_NONE;
	q->sorted = RB_ROOT;
	INIT_LIST_HEAD(&q->fifo[READ]);
	INIT_LIST_HEAD(&q->fifo[WRITE]);
	INIT_LIST_HEAD(&q->dispatch);
}
