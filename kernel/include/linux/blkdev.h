/*
 * <linux/blkdev.h> - the request queue of a disk, and opening block devices.
 *
 * A queue holds requests.  A bio that adjoins one already waiting is merged
 * into it; the others wait, and its elevator says who goes next to the driver.
 * Drivers see <linux/blk-mq.h>.  Limits are in <linux/blk-limits.h>.
 *
 * Differences from Linux: BLKZEROOUT does not fall back to writing zeros, so that
 * one sees whether WRITE_ZEROES reached the driver; blkdev_issue_zeroout() does.
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
struct scatterlist;
struct request;

/* What a driver can take.  Set before add_disk(), then constant. */
struct queue_limits {
	unsigned int seg_boundary_mask;	/* a piece of memory must not cross these addresses */
	unsigned int max_hw_sectors;	/* of one request, in 512-byte units */
	unsigned int max_sectors;	/* … as user space wants it, not more */
	unsigned int max_segment_size;	/* bytes of one piece */
	unsigned int logical_block_size, physical_block_size;
	unsigned int io_min, io_opt;	/* hints to user space, in bytes */
	unsigned int chunk_sectors;
	/* 0: it has no such operation */
	unsigned int max_discard_sectors, max_hw_discard_sectors, max_write_zeroes_sectors;
	unsigned int discard_granularity, discard_alignment;
	unsigned short max_segments;	/* pieces of memory of one request */
	unsigned short max_discard_segments;
};

#define SECTOR_SHIFT	9
#define SECTOR_SIZE	(1 << SECTOR_SHIFT)

enum mq_rq_state {
	MQ_RQ_IDLE = 0,			/* free, or waiting in its queue */
	MQ_RQ_IN_FLIGHT = 1,		/* with the driver */
	MQ_RQ_COMPLETE = 2,		/* blk_mq_complete_request() was called */
};

enum rq_late {
	RQ_IN_TIME = 0,
	RQ_LATE,			/* the driver knows that it is */
	RQ_AT_TIMEOUT,			/* ->timeout runs: it cannot be used for another */
	RQ_ENDED_AT_TIMEOUT,		/* … and has ended meanwhile */
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
	enum rq_late late;		/* [q] */
	struct list_head queuelist;	/* [q] free list, dispatch list or in-flight list */
	struct list_head fifo;		/* [q] by age, per direction */
	struct rb_node rb_node;		/* [q] by sector */
	unsigned long start_time;	/* [q] jiffies when it came */
	unsigned int fifo_seq;		/* [q] its place among those that came */
	unsigned long fifo_time;	/* [q] jiffies when it must go */
	unsigned long deadline;		/* [q] jiffies when the driver is too late */
	unsigned int timeout;		/* [q] in jiffies */
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

static inline unsigned short blk_rq_nr_phys_segments(struct request *rq)
{
	return rq->nr_phys_segments;
}

struct req_iterator {
	struct bvec_iter iter;
	struct bio *bio;
};

#define __rq_for_each_bio(_bio, rq) \
	for (_bio = (rq)->bio; _bio; _bio = _bio->bi_next)

#define rq_iter_last(bvec, _iter) \
	(!(_iter).bio->bi_next && (_iter).iter.bi_size == (bvec).bv_len)
#define rq_for_each_bvec(bvl, _rq, _iter) rq_for_each_segment(bvl, _rq, _iter)

#define rq_for_each_segment(bvl, _rq, _iter)			\
	__rq_for_each_bio((_iter).bio, _rq)			\
		bio_for_each_segment(bvl, (_iter).bio, (_iter).iter)

/* Which of the waiting requests is next: elevator.c has them all. */
struct elevator_type {
	const char *elevator_name;
	struct request *(*next)(struct request_queue *q);	/* of at least one; queue_lock held */
};

/* [q] queue_lock, irq-safe: taken by completions   [t] tag_set->lock   [I] set before add_disk */
struct request_queue {
	spinlock_t queue_lock;		/* this is q */
	struct queue_limits limits;	/* [I] */
	unsigned long queue_flags;	/* QUEUE_FLAG_*; bits are set atomically */
	const struct elevator_type *elevator; /* [q] */
	struct rb_root sorted;		/* [q] waiting requests by sector */
	struct list_head fifo[2];	/* [q] the same by age, READ and WRITE */
	struct list_head dispatch;	/* [q] flushes and requeued ones: next, in this order */
	struct list_head in_flight;	/* [q] with the driver, oldest first */
	struct list_head free;		/* [q] unused requests */
	wait_queue_head_t free_wait;	/* submitters without one, and who waits for none in use */
	sector_t head;			/* [q] where the sweep stands */
	unsigned int next_seq;		/* [q] */
	unsigned int nr_waiting;	/* [q] */
	unsigned int nr_used;		/* [q] requests that are not free */
	unsigned int nr_requests;	/* [q] may be used at once */
	unsigned int freeze_depth;	/* [q] no new requests while not 0 */
	unsigned int quiesce_depth;	/* [q] none to the driver while not 0 */
	bool dispatching, rerun;	/* [q] somebody is in the loop; look again */
	bool stopped;			/* [q] by the driver */
	bool dying;			/* [q] its driver is about to leave: every bio fails */
	bool driver_left;		/* [q] no method, tag or timer of it from here on */
	bool write_cache;		/* [I] REQ_OP_FLUSH means something */
	bool fua;			/* [I] */
	bool nomerges;			/* by sysfs */
	unsigned int rq_timeout;	/* [I] in jiffies */
	struct timer_list timeout;	/* when the oldest in flight is late */
	struct work_struct timeout_work;
	struct delayed_work run_work;
	struct blk_mq_tag_set *tag_set;	/* [I] */
	const struct blk_mq_ops *mq_ops; /* [I] */
	struct blk_mq_hw_ctx *queue_hw_ctx; /* [I] the one there is */
	struct list_head tag_set_list;	/* [t] */
	struct kobject kobj;		/* its references; /sys/block/NAME/queue */
	struct gendisk *disk;		/* while it is added */
	unsigned int ra_pages;		/* the longest read-ahead, in pages */
	void *queuedata;		/* the driver's */
	void *rq_mem;			/* [I] all requests */
};

/* What a disk's driver does beside moving data.  Context: process, may sleep. */
struct block_device_operations {
	blk_qc_t (*submit_bio)(struct bio *bio);	/* instead of a request queue */
	int (*open)(struct block_device *bdev, fmode_t mode);
	void (*release)(struct gendisk *disk, fmode_t mode);
	int (*rw_page)(struct block_device *bdev, sector_t sector, struct page *page,
		       unsigned int op);		/* not called */
	int (*ioctl)(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg);
	int (*compat_ioctl)(struct block_device *bdev, fmode_t mode, unsigned cmd,
			    unsigned long arg);
	/* DISK_EVENT_*: what has happened since it was asked last; clearing are asked for anyway. */
	unsigned int (*check_events)(struct gendisk *disk, unsigned int clearing);
	void (*unlock_native_capacity)(struct gendisk *disk);
	int (*revalidate_disk)(struct gendisk *disk);	/* after a change of medium */
	int (*getgeo)(struct block_device *bdev, struct hd_geometry *geo);
	int (*set_read_only)(struct block_device *bdev, bool ro);
	void (*swap_slot_free_notify)(struct block_device *bdev, unsigned long slot);
	char *(*devnode)(struct gendisk *disk, umode_t *mode);
	struct module *owner;				/* pinned while it is open */
};

extern struct request_queue *blk_alloc_queue(int node_id);	/* for ->submit_bio drivers */
/* No more requests: what waits is done or fails; the queue stays for who holds a reference. */
extern void blk_cleanup_queue(struct request_queue *q);
extern bool blk_get_queue(struct request_queue *q);	/* false: it is dying */
extern void blk_put_queue(struct request_queue *q);

/* Pieces of memory of a request, those that lie side by side as one; returns how many. */
extern int blk_rq_map_sg(struct request_queue *q, struct request *rq, struct scatterlist *sglist);

/* Write the disk's own cache out: 0 or -errno; done at once where it has none. May sleep. */
extern int blkdev_issue_flush(struct block_device *bdev, gfp_t gfp);
/* -EOPNOTSUPP where the driver has no such operation, -EPERM on a read-only disk, -EINVAL. */
extern int blkdev_issue_discard(struct block_device *bdev, sector_t sector, sector_t nr_sects,
				gfp_t gfp, unsigned long flags);
extern int blkdev_issue_zeroout(struct block_device *bdev, sector_t sector, sector_t nr_sects,
				gfp_t gfp, unsigned flags);
#define BLKDEV_DISCARD_SECURE	1
#define BLKDEV_ZERO_NOUNMAP	(1 << 0)	/* no other way is taken here */
#define BLKDEV_ZERO_NOFALLBACK	(1 << 1)	/* -EOPNOTSUPP in place of writing zeros */

static inline struct request_queue *bdev_get_queue(struct block_device *bdev)
{
	return bdev->bd_disk->queue;
}

static inline unsigned int bdev_logical_block_size(struct block_device *bdev)
{
	return bdev_get_queue(bdev)->limits.logical_block_size;
}

/* Bios are not split here: bio_add_page() keeps to the limits. */
static inline void blk_queue_split(struct bio **bio)
{
}

#include <linux/blk-limits.h>

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
/* Write and drop what is cached of these bytes: 0, -EBUSY (mounted), -EIO. */
extern int truncate_bdev_range(struct block_device *bdev, fmode_t mode, loff_t start, loff_t end);
extern void kill_bdev(struct block_device *bdev);
extern struct block_device *bdgrab(struct block_device *bdev);
extern void iterate_bdevs(void (*func)(struct block_device *, void *), void *arg);
extern const char *bdevname(struct block_device *bdev, char *buf);
#define BDEVNAME_SIZE	32

/* ioctl.c */
extern int blkdev_ioctl(struct block_device *bdev, fmode_t mode, unsigned cmd, unsigned long arg);

#endif
