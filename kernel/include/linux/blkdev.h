/*
 * <linux/blkdev.h> - the request queue of a disk, and opening block devices.
 *
 * A queue holds requests.  A bio that adjoins one already waiting is merged
 * into it; the others wait sorted by sector, and are given to the driver one
 * after the other in one sweep over the disk, except that one which has waited
 * past its deadline goes first.  Drivers see <linux/blk-mq.h>.
 */
#ifndef _LINUX_BLKDEV_H
#define _LINUX_BLKDEV_H

#include <linux/types.h>
#include <linux/bio.h>
#include <linux/genhd.h>
#include <linux/list.h>
#include <linux/rbtree.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <linux/fs.h>

struct blk_mq_hw_ctx;
struct blk_mq_ops;
struct blk_mq_tag_set;
struct hd_geometry;
struct request;

#define SECTOR_SHIFT	9
#define SECTOR_SIZE	(1 << SECTOR_SHIFT)

enum mq_rq_state {
	MQ_RQ_IDLE = 0,			/* free, or waiting in its queue */
	MQ_RQ_IN_FLIGHT = 1,		/* with the driver */
	MQ_RQ_COMPLETE = 2,		/* the driver, or the time-out, is done with it */
};

typedef void (rq_end_io_fn)(struct request *, blk_status_t);

/*
 * A stretch of the disk and the bios that make it up, in order.  The driver's
 * own bytes (cmd_size of the tag set) follow it in memory.
 *
 * [q] q->queue_lock, irq-safe while it waits; the driver's from queue_rq to blk_mq_end_request
 * [a] changed by cmpxchg
 */
struct request {
	struct request_queue *q;	/* constant */
	struct blk_mq_hw_ctx *mq_hctx;	/* constant */
	unsigned int cmd_flags;		/* [q] REQ_OP_* | REQ_* */
	int tag;			/* [q] -1: not dispatched */
	unsigned int __data_len;	/* [q] bytes left; use blk_rq_bytes() */
	sector_t __sector;		/* [q] use blk_rq_pos() */
	struct bio *bio, *biotail;	/* [q] */
	unsigned short nr_phys_segments; /* [q] */
	u8 retries;			/* the driver's count */
	unsigned int state;		/* [a] enum mq_rq_state */
	struct list_head queuelist;	/* [q] free list, dispatch list or in-flight list */
	struct list_head fifo;		/* [q] by age, per direction */
	struct rb_node rb_node;		/* [q] by sector */
	unsigned long fifo_time;	/* [q] jiffies when it must go */
	unsigned long deadline;		/* [q] jiffies when the driver is too late */
	struct gendisk *rq_disk;
	rq_end_io_fn *end_io;		/* of a request that has no bio */
	void *end_io_data;
};

#define req_op(req)		((req)->cmd_flags & REQ_OP_MASK)
#define rq_data_dir(rq)		(op_is_write(req_op(rq)) ? WRITE : READ)

static inline sector_t blk_rq_pos(const struct request *rq) { return rq->__sector; }
static inline unsigned int blk_rq_bytes(const struct request *rq) { return rq->__data_len; }
static inline unsigned int blk_rq_sectors(const struct request *rq) { return rq->__data_len >> 9; }

static inline unsigned int blk_rq_cur_bytes(const struct request *rq)
{
	return rq->bio ? bio_iter_iovec(rq->bio, rq->bio->bi_iter).bv_len : 0;
}

static inline unsigned int blk_rq_cur_sectors(const struct request *rq)
{
	return blk_rq_cur_bytes(rq) >> 9;
}

static inline bool blk_rq_is_passthrough(const struct request *rq)
{
	return req_op(rq) == REQ_OP_DRV_IN || req_op(rq) == REQ_OP_DRV_OUT;
}

struct req_iterator {
	struct bvec_iter iter;
	struct bio *bio;
};

#define __rq_for_each_bio(_bio, rq) \
	for (_bio = (rq)->bio; _bio; _bio = _bio->bi_next)

#define rq_for_each_segment(bvl, _rq, _iter)			\
	__rq_for_each_bio((_iter).bio, _rq)			\
		bio_for_each_segment(bvl, (_iter).bio, (_iter).iter)

struct queue_limits {
	unsigned int max_sectors;	/* of one request, in 512-byte units */
	unsigned short max_segments;	/* pieces of memory of one request */
	unsigned int max_segment_size;	/* bytes of one piece */
	unsigned int seg_boundary_mask;	/* a piece must not cross these addresses */
	unsigned int logical_block_size, physical_block_size;
	bool discard, secure_erase, write_zeroes; /* the driver can do these */
};

/* [q] queue_lock, irq-safe: taken by completions   [t] tag_set->lock   [I] set before add_disk */
struct request_queue {
	spinlock_t queue_lock;		/* this is q */
	struct queue_limits limits;	/* [I] */
	struct rb_root sorted;		/* [q] waiting requests by sector */
	struct list_head fifo[2];	/* [q] the same by age, READ and WRITE */
	struct list_head dispatch;	/* [q] flushes and requeued ones: next, in this order */
	struct list_head in_flight;	/* [q] with the driver, oldest first */
	struct list_head free;		/* [q] unused requests */
	wait_queue_head_t free_wait;	/* submitters without one */
	sector_t head;			/* [q] where the sweep stands */
	unsigned int nr_waiting;	/* [q] */
	bool dispatching, rerun;	/* [q] somebody is in the loop; look again */
	bool stopped, dying;		/* [q] */
	bool write_cache;		/* [I] REQ_OP_FLUSH means something */
	bool fua;			/* [I] */
	unsigned int rq_timeout;	/* [I] in jiffies */
	struct timer_list timeout;	/* when the oldest in flight is late */
	struct work_struct timeout_work;
	struct delayed_work run_work;
	struct blk_mq_tag_set *tag_set;	/* [I] */
	const struct blk_mq_ops *mq_ops; /* [I] */
	struct blk_mq_hw_ctx *queue_hw_ctx; /* [I] the one there is */
	struct list_head tag_set_list;	/* [t] */
	atomic_t refs;			/* the disk's, and of who is about to run it */
	unsigned int ra_pages;		/* the longest read-ahead, in pages */
	void *queuedata;		/* the driver's */
	void *rq_mem;			/* [I] all requests */
};

/* What a disk's driver does beside moving data. */
struct block_device_operations {
	blk_qc_t (*submit_bio)(struct bio *bio);	/* instead of a request queue */
	int (*open)(struct block_device *bdev, fmode_t mode);
	void (*release)(struct gendisk *disk, fmode_t mode);
	int (*ioctl)(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg);
	int (*compat_ioctl)(struct block_device *bdev, fmode_t mode, unsigned cmd,
			    unsigned long arg);
	int (*getgeo)(struct block_device *bdev, struct hd_geometry *geo);
	struct module *owner;
};

extern struct request_queue *blk_alloc_queue(int node_id);	/* for ->submit_bio drivers */
extern void blk_cleanup_queue(struct request_queue *q);
extern void blk_put_queue(struct request_queue *q);
extern void blk_queue_logical_block_size(struct request_queue *q, unsigned int size);
extern void blk_queue_physical_block_size(struct request_queue *q, unsigned int size);
extern void blk_queue_max_hw_sectors(struct request_queue *q, unsigned int sectors);
extern void blk_queue_max_segments(struct request_queue *q, unsigned short segments);
extern void blk_queue_max_segment_size(struct request_queue *q, unsigned int bytes);
extern void blk_queue_segment_boundary(struct request_queue *q, unsigned long mask);
extern void blk_queue_write_cache(struct request_queue *q, bool enabled, bool fua);
extern void blk_queue_rq_timeout(struct request_queue *q, unsigned int timeout);
extern void blk_queue_max_discard_sectors(struct request_queue *q, unsigned int sectors);
extern void blk_queue_max_write_zeroes_sectors(struct request_queue *q, unsigned int sectors);

#define QUEUE_FLAG_DISCARD	8
#define QUEUE_FLAG_SECERASE	11
extern void blk_queue_flag_set(unsigned int flag, struct request_queue *q);

/* Write the disk's own cache out: 0 or -errno; done at once where it has none. May sleep. */
extern int blkdev_issue_flush(struct block_device *bdev, gfp_t gfp);
extern int blkdev_issue_discard(struct block_device *bdev, sector_t sector, sector_t nr_sects,
				gfp_t gfp, unsigned long flags);
extern int blkdev_issue_zeroout(struct block_device *bdev, sector_t sector, sector_t nr_sects,
				gfp_t gfp, unsigned flags);
#define BLKDEV_DISCARD_SECURE	1

static inline struct request_queue *bdev_get_queue(struct block_device *bdev)
{
	return bdev->bd_disk->queue;
}

static inline unsigned int queue_logical_block_size(const struct request_queue *q)
{
	return q->limits.logical_block_size;
}

static inline unsigned int bdev_logical_block_size(struct block_device *bdev)
{
	return bdev->bd_disk->queue->limits.logical_block_size;
}

static inline unsigned int queue_max_sectors(const struct request_queue *q)
{
	return q->limits.max_sectors;
}

/* block_dev.c.  Context: process, all may sleep. */
extern struct block_device *bdget(dev_t dev);
extern void bdput(struct block_device *bdev);
/* Open it: 0, -ENXIO (no such disk), -EBUSY (FMODE_EXCL and another holder), what the driver says. */
extern int blkdev_get(struct block_device *bdev, fmode_t mode, void *holder);
extern struct block_device *blkdev_get_by_path(const char *path, fmode_t mode, void *holder);
extern struct block_device *blkdev_get_by_dev(dev_t dev, fmode_t mode, void *holder);
extern void blkdev_put(struct block_device *bdev, fmode_t mode);
extern struct block_device *I_BDEV(struct inode *inode);
extern int set_blocksize(struct block_device *bdev, int size);
extern int sync_blockdev(struct block_device *bdev);
extern void invalidate_bdev(struct block_device *bdev);
extern void kill_bdev(struct block_device *bdev);
extern void iterate_bdevs(void (*func)(struct block_device *, void *), void *arg);
extern const char *bdevname(struct block_device *bdev, char *buf);
#define BDEVNAME_SIZE	32

/* ioctl.c */
extern int blkdev_ioctl(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg);

#endif
