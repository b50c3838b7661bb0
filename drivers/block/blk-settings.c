/*
 * What a driver says of its disk before the first request: sizes, limits,
 * whether it caches writes.  Constant after add_disk().
 */
#include <linux/export.h>
#include "blk.h"

#define BLK_DEF_MAX_SECTORS	256		/* as long as the driver says nothing */
#define BLK_SAFE_MAX_SECTORS	2560		/* user space may ask for more */
#define BLK_DEF_MAX_SEGMENTS	128
#define BLK_DEF_RA_BYTES	(128 * 1024)

void blk_set_default_limits(struct queue_limits *limits)
{
	*limits = (struct queue_limits){
		.max_hw_sectors = BLK_DEF_MAX_SECTORS,
		.max_sectors = BLK_DEF_MAX_SECTORS,
		.max_segments = BLK_DEF_MAX_SEGMENTS,
		.max_segment_size = 65536,
		.seg_boundary_mask = ~0u,
		.logical_block_size = SECTOR_SIZE,
		.physical_block_size = SECTOR_SIZE,
		.io_min = SECTOR_SIZE,
		.max_discard_segments = 1,
	};
}

void blk_queue_logical_block_size(struct request_queue *q, unsigned int size)
{
	q->limits.logical_block_size = size;
	blk_queue_physical_block_size(q, q->limits.physical_block_size);
}
EXPORT_SYMBOL(blk_queue_logical_block_size);

void blk_queue_physical_block_size(struct request_queue *q, unsigned int size)
{
	q->limits.physical_block_size = max(size, q->limits.logical_block_size);
	blk_queue_io_min(q, q->limits.io_min);
}
EXPORT_SYMBOL(blk_queue_physical_block_size);

void blk_queue_io_min(struct request_queue *q, unsigned int bytes)
{
	q->limits.io_min = max(bytes, q->limits.physical_block_size);
}
EXPORT_SYMBOL(blk_queue_io_min);

void blk_queue_io_opt(struct request_queue *q, unsigned int bytes)
{
	q->limits.io_opt = bytes;
}
EXPORT_SYMBOL(blk_queue_io_opt);

/* A hint: requests may cross it. */
void blk_queue_chunk_sectors(struct request_queue *q, unsigned int sectors)
{
	q->limits.chunk_sectors = sectors;
}
EXPORT_SYMBOL(blk_queue_chunk_sectors);

/* At least a page must fit, or the page cache could not use the disk. */
void blk_queue_max_hw_sectors(struct request_queue *q, unsigned int sectors)
{
	sectors = max_t(unsigned int, sectors, PAGE_SIZE >> SECTOR_SHIFT);
	q->limits.max_hw_sectors = sectors;
	q->limits.max_sectors = min_t(unsigned int, sectors, BLK_SAFE_MAX_SECTORS);
	q->ra_pages = min_t(unsigned int, BLK_DEF_RA_BYTES >> PAGE_SHIFT,
			    q->limits.max_sectors >> (PAGE_SHIFT - SECTOR_SHIFT));
}
EXPORT_SYMBOL(blk_queue_max_hw_sectors);

void blk_queue_max_segments(struct request_queue *q, unsigned short segments)
{
	q->limits.max_segments = max_t(unsigned short, segments, 1);
}
EXPORT_SYMBOL(blk_queue_max_segments);

void blk_queue_max_segment_size(struct request_queue *q, unsigned int bytes)
{
	q->limits.max_segment_size = max_t(unsigned int, bytes, PAGE_SIZE);
}
EXPORT_SYMBOL(blk_queue_max_segment_size);

void blk_queue_segment_boundary(struct request_queue *q, unsigned long mask)
{
	q->limits.seg_boundary_mask = max_t(unsigned long, mask, PAGE_SIZE - 1);
}
EXPORT_SYMBOL(blk_queue_segment_boundary);

void blk_queue_write_cache(struct request_queue *q, bool enabled, bool fua)
{
	q->write_cache = enabled;
	q->fua = enabled && fua;
}
EXPORT_SYMBOL(blk_queue_write_cache);

/* In jiffies, for each request from its start. */
void blk_queue_rq_timeout(struct request_queue *q, unsigned int timeout)
{
	q->rq_timeout = timeout;
}
EXPORT_SYMBOL(blk_queue_rq_timeout);

/* 0: none. A driver sets QUEUE_FLAG_DISCARD besides. */
void blk_queue_max_discard_sectors(struct request_queue *q, unsigned int sectors)
{
	q->limits.max_discard_sectors = sectors;
	q->limits.max_hw_discard_sectors = sectors;
}
EXPORT_SYMBOL(blk_queue_max_discard_sectors);

void blk_queue_max_discard_segments(struct request_queue *q, unsigned short segments)
{
	q->limits.max_discard_segments = segments;
}
EXPORT_SYMBOL(blk_queue_max_discard_segments);

void blk_queue_max_write_zeroes_sectors(struct request_queue *q, unsigned int sectors)
{
	q->limits.max_write_zeroes_sectors = sectors;
}
EXPORT_SYMBOL(blk_queue_max_write_zeroes_sectors);

void blk_queue_flag_set(unsigned int flag, struct request_queue *q)
{
	set_bit(flag, &q->queue_flags);
}
EXPORT_SYMBOL(blk_queue_flag_set);

void blk_queue_flag_clear(unsigned int flag, struct request_queue *q)
{
	clear_bit(flag, &q->queue_flags);
}
EXPORT_SYMBOL(blk_queue_flag_clear);
