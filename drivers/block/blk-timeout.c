/*
 * Requests that take too long.
 *
 * One timer a queue, set for the oldest request in flight.  It may fire early
 * for a younger one, looks, and is set again.  Late requests are shown to the
 * driver's ->timeout in process context, where it may sleep to reset a disk.
 *
 * The interrupt may come while ->timeout looks at the request: blk_mq_complete_request()
 * lets one of the two win, and a request that ends meanwhile is not used for another
 * before ->timeout has returned:
 *
 *     interrupt                          time-out
 *                                        late: IN_TIME -> AT_TIMEOUT
 *     blk_mq_complete_request            ->timeout()
 *       -> blk_mq_free_request:
 *          AT_TIMEOUT -> ENDED_AT_TIMEOUT
 *                                        ENDED_AT_TIMEOUT: frees it
 */
#include <linux/blk-mq.h>
#include <linux/printk.h>
#include "blk.h"

void blk_timeout_arm(struct request_queue *q, struct request *rq)
{
	lockdep_assert_held(&q->queue_lock);
	rq->deadline = jiffies + rq->timeout;
	if (q->driver_left)
		return;
	if (!timer_pending(&q->timeout) || time_before(rq->deadline, q->timeout.expires))
		mod_timer(&q->timeout, rq->deadline);
}

/* A late request, held fast; NULL: none.  Sets the timer for the next. */
static struct request *hold_late_request(struct request_queue *q)
{
	struct request *rq, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&q->queue_lock, flags);
	list_for_each_entry(rq, &q->in_flight, queuelist) {
		if (q->driver_left)
			break;
		if (READ_ONCE(rq->state) != MQ_RQ_IN_FLIGHT || rq->late != RQ_IN_TIME)
			continue;
		if (time_before(jiffies, rq->deadline)) {
			mod_timer(&q->timeout, rq->deadline);
			break;
		}
		rq->late = RQ_AT_TIMEOUT;
		found = rq;
		break;
	}
	spin_unlock_irqrestore(&q->queue_lock, flags);
	return found;
}

/* Let go of it: free, or again in time, or left to the driver for good. */
static void let_go(struct request_queue *q, struct request *rq, bool more_time)
{
	unsigned long flags;
	bool ended;

	spin_lock_irqsave(&q->queue_lock, flags);
	ended = rq->late == RQ_ENDED_AT_TIMEOUT;
	if (ended) {
		rq->late = RQ_IN_TIME;
	} else if (rq->late == RQ_AT_TIMEOUT) {		/* not if it was requeued */
		rq->late = more_time ? RQ_IN_TIME : RQ_LATE;
		if (more_time) {
			list_move_tail(&rq->queuelist, &q->in_flight);
			blk_timeout_arm(q, rq);
		}
	}
	spin_unlock_irqrestore(&q->queue_lock, flags);
	if (ended)
		blk_mq_free_request(rq);
}

/* A driver without ->timeout still has the request: to end it here would end it twice. */
static bool ask_driver(struct request_queue *q, struct request *rq)
{
	if (q->mq_ops->timeout)
		return q->mq_ops->timeout(rq, false) == BLK_EH_RESET_TIMER;
	pr_warn("%s: sector %llu: late, and its driver has no timeout method\n",
		rq->rq_disk ? rq->rq_disk->disk_name : "?", (unsigned long long)blk_rq_pos(rq));
	return true;
}

static void timeout_work(struct work_struct *work)
{
	struct request_queue *q = container_of(work, struct request_queue, timeout_work);
	struct request *rq;

	while ((rq = hold_late_request(q)) != NULL)
		let_go(q, rq, ask_driver(q, rq));
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

/*
 * The work sets the timer and the timer queues the work, so first neither may start again:
 *
 *     the work                           blk_timeout_end()
 *                                        driver_left = true
 *     hold_late_request: sees it, sets   del_timer_sync: may queue the work
 *       no timer                         cancel_work_sync
 */
void blk_timeout_end(struct request_queue *q)
{
	spin_lock_irq(&q->queue_lock);
	q->driver_left = true;
	spin_unlock_irq(&q->queue_lock);
	del_timer_sync(&q->timeout);
	cancel_work_sync(&q->timeout_work);
}
