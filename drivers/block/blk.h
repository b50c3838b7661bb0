/* What the files of the block core share; drivers see <linux/blk-mq.h> and <linux/genhd.h>. */
#ifndef DRIVERS_BLOCK_BLK_H
#define DRIVERS_BLOCK_BLK_H

#include <linux/blk-mq.h>
#include <linux/blkdev.h>
#include <linux/jiffies.h>
#include <linux/mutex.h>

#define BLKDEV_MAX_RQ		64		/* requests of one queue */
#define BLK_DEFAULT_TIMEOUT	(30 * HZ)
#define BLK_RESOURCE_DELAY	1		/* jiffies before a busy driver is asked again */

/* In jiffies: a queue's end waits no longer for its requests.  A test is less patient. */
extern unsigned int blk_drain_limit;
/* Runs queues whose drivers sleep, and time-outs. */
extern struct workqueue_struct *kblockd;

/*
 * elevator.c: the requests that wait.  All with q->queue_lock held.
 *
 * elv_merge - make bio a part of a waiting request; false if none adjoins it
 * elv_add - let rq wait, by sector and by age
 * elv_next - who goes next, still waiting; NULL: nobody
 * elv_remove - rq waits no longer
 */
bool elv_merge(struct request_queue *q, struct bio *bio);
void elv_add(struct request_queue *q, struct request *rq);
struct request *elv_next(struct request_queue *q);
void elv_remove(struct request_queue *q, struct request *rq);
void elv_init(struct request_queue *q, bool sort);
/* The attribute `scheduler`: all, the one in use in brackets; and another one by its name. */
ssize_t elv_show(struct request_queue *q, char *buf);
ssize_t elv_store(struct request_queue *q, const char *buf, size_t count);

/* blk-mq.c */
void blk_mq_submit_bio(struct request_queue *q, struct bio *bio);
void blk_mq_run_queue_now(struct request_queue *q);
void blk_mq_free_request(struct request *rq);
/* What an operation counts as in hd_struct: READ, WRITE, 2 for discards, 3 for flushes. */
static inline unsigned int blk_stat_group(unsigned int op)
{
	if (op == REQ_OP_FLUSH)
		return 3;
	return op == REQ_OP_DISCARD || op == REQ_OP_SECURE_ERASE ? 2 : op & 1;
}

/* blk-timeout.c */
void blk_timeout_init(struct request_queue *q);
void blk_timeout_arm(struct request_queue *q, struct request *rq);
/* None from here on, neither timer nor ->timeout. Sets driver_left. Context: process. */
void blk_timeout_end(struct request_queue *q);

/* blk-settings.c */
void blk_set_default_limits(struct queue_limits *limits);

/* genhd.c */
void disk_free(struct gendisk *disk);

/* genhd-sysfs.c: disks and partitions as devices */
void disk_device_init(struct gendisk *disk);
int disk_device_add(struct device *parent, struct gendisk *disk,
		    const struct attribute_group **groups);
void disk_device_del(struct gendisk *disk);
int part_device_add(struct gendisk *disk, struct hd_struct *part);

/* blk-sysfs.c: a queue as a directory; its kobject counts the references */
extern struct kobj_type blk_queue_ktype;
int blk_register_queue(struct gendisk *disk);
void blk_unregister_queue(struct gendisk *disk);

extern struct mutex disks_mutex;		/* genhd.c: the list of disks, their part_tbl[] for readers */

#endif
