/*
 * <linux/blk-mq.h> - the face a request queue shows to a block driver.
 *
 * The driver fills a blk_mq_tag_set (how many requests it can have in flight,
 * how many bytes of its own each needs, its methods) and makes a queue of it.
 * queue_rq() is then called for one request after another; the driver calls
 * blk_mq_start_request(), starts the hardware and returns BLK_STS_OK; when the
 * transfer is over it calls blk_mq_complete_request() or, having nothing to do
 * in ->complete, blk_mq_end_request().  A driver that cannot take a request
 * now returns BLK_STS_RESOURCE and is asked again after a completion.
 *
 * Differences from Linux: one hardware context a queue; several queues may
 * share a tag set, and then its depth is for all of them together (the two
 * disks of an IDE channel).  queue_rq() is called in process context: by whoever
 * submits, or, after a completion, from a workqueue, so that a driver may end
 * requests with its own lock held.  One that does not, and wants the next request at
 * once, sets BLK_MQ_F_CHAIN: queue_rq() is then also called by blk_mq_end_request(),
 * be it an interrupt.  One that sleeps in it sets BLK_MQ_F_BLOCKING and is always
 * called from a workqueue.
 */
#ifndef _LINUX_BLK_MQ_H
#define _LINUX_BLK_MQ_H

#include <linux/types.h>
#include <linux/blkdev.h>

#define BLK_MQ_F_SHOULD_MERGE	(1 << 0)
#define BLK_MQ_F_TAG_SHARED	(1 << 1)
#define BLK_MQ_F_TAG_QUEUE_SHARED BLK_MQ_F_TAG_SHARED
#define BLK_MQ_F_STACKING	(1 << 2)
#define BLK_MQ_F_BLOCKING	(1 << 5)
#define BLK_MQ_F_NO_SCHED	(1 << 6)	/* elevator "none", for good */
#define BLK_MQ_F_CHAIN		(1 << 7)	/* ours: see above */
#define BLK_MQ_MAX_DEPTH	1024
#define NUMA_NO_NODE		(-1)

/* Constant once made. */
struct blk_mq_hw_ctx {
	struct request_queue *queue;
	void *driver_data;		/* set by init_hctx */
	unsigned int queue_num;		/* 0 */
	unsigned int numa_node;
	unsigned long flags;
};

struct blk_mq_queue_data {
	struct request *rq;
	bool last;			/* nothing else waits */
};

enum blk_eh_timer_return {
	BLK_EH_DONE,			/* the driver has ended the request, or will: it is not told again */
	BLK_EH_RESET_TIMER,		/* give it the same time again */
};

struct blk_mq_ops {
	/* See above for the context.  A status other than OK and *RESOURCE fails the request. */
	blk_status_t (*queue_rq)(struct blk_mq_hw_ctx *, const struct blk_mq_queue_data *);
	/* The device has all that was queued: start it, if queue_rq() waits for ->last. */
	void (*commit_rqs)(struct blk_mq_hw_ctx *);
	/* What is left to do after the interrupt; ends the request.  Context: of the caller. */
	void (*complete)(struct request *);
	/*
	 * It took too long; may be ended at this very moment: whoever calls
	 * blk_mq_complete_request() first does it.  Process context, may sleep.
	 */
	enum blk_eh_timer_return (*timeout)(struct request *, bool reserved);
	bool (*get_budget)(struct request_queue *);	/* not called, nor the three below */
	void (*put_budget)(struct request_queue *);
	int (*poll)(struct blk_mq_hw_ctx *);
	int (*map_queues)(struct blk_mq_tag_set *);
	int (*init_hctx)(struct blk_mq_hw_ctx *, void *driver_data, unsigned int index);
	void (*exit_hctx)(struct blk_mq_hw_ctx *, unsigned int index);
	int (*init_request)(struct blk_mq_tag_set *, struct request *, unsigned int hctx_idx,
			    unsigned int numa_node);
	void (*exit_request)(struct blk_mq_tag_set *, struct request *, unsigned int hctx_idx);
};

/* [l] lock, irq-safe, inside queue_lock   [I] set by the driver before the first queue */
struct blk_mq_tag_set {
	const struct blk_mq_ops *ops;	/* [I] */
	unsigned int nr_hw_queues;	/* [I] 1: no more than processors */
	unsigned int nr_maps;
	unsigned int queue_depth;	/* [I] requests in flight at most */
	unsigned int cmd_size;		/* [I] the driver's bytes behind each request */
	int numa_node;
	unsigned int timeout;		/* [I] in jiffies; 0: 30 seconds */
	unsigned int flags;		/* [I] BLK_MQ_F_* */
	void *driver_data;		/* [I] */
	spinlock_t lock;		/* this is l */
	unsigned long *tags;		/* [l] bit set: in flight */
	unsigned int nr_tags_used;	/* [l] */
	struct list_head tag_list;	/* [l] the queues; who was served goes to the end */
};

extern int blk_mq_alloc_tag_set(struct blk_mq_tag_set *set);
extern void blk_mq_free_tag_set(struct blk_mq_tag_set *set);
/* A queue, or ERR_PTR.  Context: process. */
extern struct request_queue *blk_mq_init_queue(struct blk_mq_tag_set *set);
extern struct request_queue *blk_mq_init_sq_queue(struct blk_mq_tag_set *set,
						  const struct blk_mq_ops *ops,
						  unsigned int queue_depth,
						  unsigned int set_flags);

/* Context of all these: any. */
extern void blk_mq_start_request(struct request *rq);
/* False when it had been called already: leave the request alone then. */
extern bool blk_mq_complete_request(struct request *rq);
extern void blk_mq_end_request(struct request *rq, blk_status_t error);
extern void __blk_mq_end_request(struct request *rq, blk_status_t error);
extern void blk_mq_free_request(struct request *rq);
extern bool blk_update_request(struct request *rq, blk_status_t error, unsigned int bytes);
extern void blk_mq_requeue_request(struct request *rq, bool kick_requeue_list);
extern void blk_mq_run_hw_queue(struct blk_mq_hw_ctx *hctx, bool async);
extern void blk_mq_run_hw_queues(struct request_queue *q, bool async);
extern void blk_mq_delay_run_hw_queue(struct blk_mq_hw_ctx *hctx, unsigned long msecs);
extern void blk_mq_stop_hw_queues(struct request_queue *q);
extern void blk_mq_start_stopped_hw_queues(struct request_queue *q, bool async);
#define blk_mq_stop_hw_queue(hctx)	blk_mq_stop_hw_queues((hctx)->queue)
#define blk_mq_start_hw_queue(hctx)	blk_mq_start_stopped_hw_queues((hctx)->queue, false)
#define blk_mq_start_hw_queues(q)	blk_mq_start_stopped_hw_queues(q, false)
#define blk_mq_start_stopped_hw_queue(hctx, async) \
	blk_mq_start_stopped_hw_queues((hctx)->queue, async)
#define blk_mq_kick_requeue_list(q)	blk_mq_run_hw_queues(q, true)
extern void blk_mq_unquiesce_queue(struct request_queue *q);
/* Call iter for each request with the driver, queue_lock not held; false ends it. */
extern void blk_mq_tagset_busy_iter(struct blk_mq_tag_set *set,
				    bool (*iter)(struct request *, void *, bool), void *priv);

/*
 * blk_mq_quiesce_queue - no request to the driver from now on; waits for a queue_rq() that runs
 * blk_mq_freeze_queue - no new requests; waits until the old ones have ended
 * Both count their calls.  Context: process.
 */
extern void blk_mq_quiesce_queue(struct request_queue *q);
extern void blk_mq_freeze_queue(struct request_queue *q);
extern void blk_mq_unfreeze_queue(struct request_queue *q);

static inline void *blk_mq_rq_to_pdu(struct request *rq)
{
	return rq + 1;
}

static inline struct request *blk_mq_rq_from_pdu(void *pdu)
{
	return (struct request *)pdu - 1;
}

#define queue_for_each_hw_ctx(q, hctx, i) \
	for ((i) = 0; (i) < 1 && ((hctx) = (q)->queue_hw_ctx, 1); (i)++)

static inline bool blk_mq_queue_stopped(struct request_queue *q)
{
	return READ_ONCE(q->stopped);
}

static inline bool blk_mq_request_completed(struct request *rq)
{
	return READ_ONCE(rq->state) == MQ_RQ_COMPLETE;
}

static inline bool blk_mq_request_started(struct request *rq)
{
	return READ_ONCE(rq->state) != MQ_RQ_IDLE;
}

#endif
