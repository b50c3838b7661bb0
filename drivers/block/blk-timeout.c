/*
 * Requests that take too long.
 *
 * One timer a queue, set for the oldest request in flight.  It may fire early
 * for a younger one, looks, and is set again.  Late requests are shown to the
 * driver's ->timeout in process context, where it may sleep to reset a disk.
 *
 * A request is claimed by one cmpxchg of its state, so that it is ended once:
 *
 *     interrupt                          time-out
 *     blk_mq_complete_request
 *       IN_FLIGHT -> COMPLETE            IN_FLIGHT -> COMPLETE fails: leaves it
 *       ->complete, blk_mq_end_request
 */
#include "blk.h"

void blk_timeout_arm(struct request_queue *q, struct request *rq)
{
	lockdep_assert_held(&q->queue_lock);
	rq->deadline = jiffies + q->rq_timeout;
	if (!timer_pending(&q->timeout) || time_before(rq->deadline, q->timeout.expires))
		mod_timer(&q->timeout, rq->deadline);
}

/* A late request, claimed; NULL: none.  Sets the timer for the next. */
static struct request *claim_late_request(struct request_queue *q)
{
	struct request *rq, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	list_for_each_entry(rq, &q->in_flight, queuelist) {
		if (READ_ONCE(rq->state) != MQ_RQ_IN_FLIGHT)
			continue;
		if (time_before(jiffies, rq->deadline)) {
			mod_timer(&q->timeout, rq->deadline);
			break;
		}
		if (cmpxchg(&rq->state, MQ_RQ_IN_FLIGHT, MQ_RQ_COMPLETE) == MQ_RQ_IN_FLIGHT) {
			found = rq;
			break;
		}
	}
	spin_unlock_irqrestore(&q->queue_lock, flags);
	return found;
}

static void give_more_time(struct request_queue *q, struct request *rq)
{
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	list_move_tail(&rq->queuelist, &q->in_flight);
	WRITE_ONCE(rq->state, MQ_RQ_IN_FLIGHT);
	blk_timeout_arm(q, rq);
	spin_unlock_irqrestore(&q->queue_lock, flags);
}

static void timeout_work(struct work_struct *work)
{
	struct request_queue *q = container_of(work, struct request_queue, timeout_work);
	struct request *rq;

	while ((rq = claim_late_request(q)) != NULL) {
		if (!q->mq_ops->timeout)
			blk_mq_end_request(rq, BLK_STS_TIMEOUT);
		else if (q->mq_ops->timeout(rq, false) == BLK_EH_RESET_TIMER)
			give_more_time(q, rq);
	}
}

static void timeout_timer(struct timer_list *timer)
{
	struct request_queue *q = from_timer(q, timer, timeout);

	queue_work(kblockd, &q->timeout_work);
}

void blk_timeout_init(struct request_queue *q)
{
	timer_setup(&q->timeout, timeout_timer, 0);
	INIT_WORK(&q->timeout_work, timeout_work);
}
