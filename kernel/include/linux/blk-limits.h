/*
 * <linux/blk-limits.h> - what a driver says of its queue before add_disk(), and
 * what others ask of it.  Included by <linux/blkdev.h>.
 */
#ifndef _LINUX_BLK_LIMITS_H
#define _LINUX_BLK_LIMITS_H

#include <linux/bitops.h>
#include <linux/blkdev.h>

/* Bits of queue_flags. */
#define QUEUE_FLAG_NONROT	6
#define QUEUE_FLAG_VIRT		QUEUE_FLAG_NONROT
#define QUEUE_FLAG_DISCARD	8
#define QUEUE_FLAG_ADD_RANDOM	10
#define QUEUE_FLAG_SECERASE	11
#define QUEUE_FLAG_WC		17
#define QUEUE_FLAG_FUA		18

extern void blk_queue_flag_set(unsigned int flag, struct request_queue *q);
extern void blk_queue_flag_clear(unsigned int flag, struct request_queue *q);

extern void blk_queue_logical_block_size(struct request_queue *q, unsigned int size);
extern void blk_queue_physical_block_size(struct request_queue *q, unsigned int size);
extern void blk_queue_io_min(struct request_queue *q, unsigned int bytes);
extern void blk_queue_io_opt(struct request_queue *q, unsigned int bytes);
extern void blk_queue_max_hw_sectors(struct request_queue *q, unsigned int sectors);
extern void blk_queue_chunk_sectors(struct request_queue *q, unsigned int sectors);
extern void blk_queue_max_segments(struct request_queue *q, unsigned short segments);
extern void blk_queue_max_discard_segments(struct request_queue *q, unsigned short segments);
extern void blk_queue_max_segment_size(struct request_queue *q, unsigned int bytes);
extern void blk_queue_segment_boundary(struct request_queue *q, unsigned long mask);
extern void blk_queue_write_cache(struct request_queue *q, bool enabled, bool fua);
extern void blk_queue_rq_timeout(struct request_queue *q, unsigned int timeout);
extern void blk_queue_max_discard_sectors(struct request_queue *q, unsigned int sectors);
extern void blk_queue_max_write_zeroes_sectors(struct request_queue *q, unsigned int sectors);

/* All memory is reached by everybody, and a page's own alignment does. */
#define BLK_BOUNCE_HIGH	(-1ULL)
#define BLK_BOUNCE_ANY	(-1ULL)

static inline void blk_queue_bounce_limit(struct request_queue *q, u64 limit)
{
}

static inline void blk_queue_dma_alignment(struct request_queue *q, int mask)
{
}

#define blk_queue_flag(q, flag)	test_bit(QUEUE_FLAG_##flag, &(q)->queue_flags)
#define blk_queue_nonrot(q)	blk_queue_flag(q, NONROT)
#define blk_queue_discard(q)	blk_queue_flag(q, DISCARD)
#define blk_queue_secure_erase(q) blk_queue_flag(q, SECERASE)
#define blk_queue_add_random(q)	blk_queue_flag(q, ADD_RANDOM)

static inline unsigned int queue_logical_block_size(const struct request_queue *q)
{
	return q->limits.logical_block_size;
}

static inline unsigned int queue_physical_block_size(const struct request_queue *q)
{
	return q->limits.physical_block_size;
}

static inline unsigned int queue_io_min(const struct request_queue *q)
{
	return q->limits.io_min;
}

static inline unsigned int queue_io_opt(const struct request_queue *q)
{
	return q->limits.io_opt;
}

static inline unsigned int queue_max_sectors(const struct request_queue *q)
{
	return q->limits.max_sectors;
}

static inline unsigned int queue_max_hw_sectors(const struct request_queue *q)
{
	return q->limits.max_hw_sectors;
}

static inline unsigned short queue_max_segments(const struct request_queue *q)
{
	return q->limits.max_segments;
}

static inline unsigned int queue_max_segment_size(const struct request_queue *q)
{
	return q->limits.max_segment_size;
}

#endif
