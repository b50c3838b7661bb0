/*
 * The elevator: in which order waiting requests go to the driver.
 *
 * They stand in a tree by sector, in which a new bio finds the request it
 * adjoins, and in two lists by age.  The sweep takes the next one upwards from
 * where the disk stands and starts again at the bottom after the last; one
 * that has waited past its deadline (a read sooner than a write, for somebody
 * usually sleeps for it) goes before the sweep, so that nothing starves.
 *
 * Context: any.  Lock: q->queue_lock, held by every caller.
 */
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
	rq->__data_len += next->__data_len;
	rq->nr_phys_segments += next->nr_phys_segments;
	if (time_before(next->fifo_time, rq->fifo_time))
		rq->fifo_time = next->fifo_time;
	next->bio = NULL;
	list_add(&next->queuelist, &q->free);
}

bool elv_merge(struct request_queue *q, struct bio *bio)
{
	struct request *below, *above;

	lockdep_assert_held(&q->queue_lock);
	below = find_at_or_below(q, bio->bi_iter.bi_sector);
	if (below && rq_end(below) == bio->bi_iter.bi_sector && bio_may_join(q, below, bio)) {
		below->biotail->bi_next = bio;
		below->biotail = bio;
		below->__data_len += bio->bi_iter.bi_size;
		below->nr_phys_segments += bio->bi_vcnt;
		merge_with_next(q, below);
		return true;
	}
	above = tree_entry(below ? rb_next(&below->rb_node) : rb_first(&q->sorted));
	if (above && bio_end_sector(bio) == blk_rq_pos(above) && bio_may_join(q, above, bio)) {
		rb_erase(&above->rb_node, &q->sorted);
		bio->bi_next = above->bio;
		above->bio = bio;
		above->__sector = bio->bi_iter.bi_sector;
		above->__data_len += bio->bi_iter.bi_size;
		above->nr_phys_segments += bio->bi_vcnt;
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
	rq->fifo_time = jiffies + (dir == READ ? READ_EXPIRE : WRITE_EXPIRE);
	list_add_tail(&rq->fifo, &q->fifo[dir]);
	q->nr_waiting++;
}

static struct request *expired(struct request_queue *q, int dir)
{
	struct request *rq = list_first_entry_or_null(&q->fifo[dir], struct request, fifo);

	return rq && time_after_eq(jiffies, rq->fifo_time) ? rq : NULL;
}

struct request *elv_next(struct request_queue *q)
{
	struct request *rq;

	lockdep_assert_held(&q->queue_lock);
	if (!list_empty(&q->dispatch))
		return list_first_entry(&q->dispatch, struct request, queuelist);
	if (!q->nr_waiting)
		return NULL;
	rq = expired(q, READ);
	if (!rq)
		rq = expired(q, WRITE);
	if (rq)
		return rq;
	/* The sweep: whoever starts at the head or above it, else the lowest of all. */
	rq = find_at_or_below(q, q->head);
	if (rq && blk_rq_pos(rq) == q->head)
		return rq;
	rq = tree_entry(rq ? rb_next(&rq->rb_node) : rb_first(&q->sorted));
	return rq ? rq : tree_entry(rb_first(&q->sorted));
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

void elv_init(struct request_queue *q)
{
	q->sorted = RB_ROOT;
	INIT_LIST_HEAD(&q->fifo[READ]);
	INIT_LIST_HEAD(&q->fifo[WRITE]);
	INIT_LIST_HEAD(&q->dispatch);
}
