/*
 * <linux/blk_types.h> - one transfer between a block device and memory.
 */
#ifndef _LINUX_BLK_TYPES_H
#define _LINUX_BLK_TYPES_H

#include <linux/types.h>
#include <linux/atomic.h>
#include <linux/bvec.h>
#include <linux/list.h>
#include <linux/mutex.h>

struct address_space;
struct bio;
struct gendisk;
struct hd_struct;
struct inode;
struct page;
struct super_block;

/*
 * One disk or partition as the file side sees it; it lives as long as its
 * inode on the internal "bdev" file system, whose pages cache its blocks.
 *
 * [m] bd_mutex, may sleep   [b] bdev_lock   [I] constant once made
 */
struct block_device {
	dev_t bd_dev;				/* [I] */
	int bd_openers;				/* [m] */
	struct inode *bd_inode;			/* [I] */
	struct super_block *bd_super;		/* [b] the file system mounted from it */
	struct mutex bd_mutex;			/* this is m; a partition's before its disk's */
	void *bd_holder;			/* [b] who has it to himself */
	int bd_holders;				/* [b] how often */
	struct block_device *bd_contains;	/* [m] the whole disk */
	struct hd_struct *bd_part;		/* [m] where on the disk, while open */
	struct gendisk *bd_disk;		/* [m] while open */
	u8 bd_partno;				/* [m] 0: the whole disk */
	unsigned bd_part_count;			/* [m] of a disk: its open partitions */
	bool bd_invalidated;			/* [m] read the partition table at the next open */
	struct list_head bd_list;		/* [b] all of them */
};

typedef u8 blk_status_t;

#define BLK_STS_OK		0
#define BLK_STS_NOTSUPP		1
#define BLK_STS_TIMEOUT		2
#define BLK_STS_NOSPC		3
#define BLK_STS_TRANSPORT	4
#define BLK_STS_TARGET		5
#define BLK_STS_NEXUS		6
#define BLK_STS_MEDIUM		7
#define BLK_STS_PROTECTION	8
#define BLK_STS_RESOURCE	9
#define BLK_STS_IOERR		10
#define BLK_STS_AGAIN		12
#define BLK_STS_DEV_RESOURCE	13

typedef void (bio_end_io_t)(struct bio *);

/* Owned by its submitter until submit_bio(), by the queue until bi_end_io. */
struct bio {
	struct bio *bi_next;		/* next in its request */
	struct gendisk *bi_disk;
	unsigned int bi_opf;		/* REQ_OP_* | REQ_* */
	unsigned short bi_flags;
	u8 bi_partno;
	blk_status_t bi_status;
	struct bvec_iter bi_iter;
	bio_end_io_t *bi_end_io;	/* called in interrupt context */
	void *bi_private;
	unsigned short bi_vcnt, bi_max_vecs;
	atomic_t __bi_cnt;		/* references */
	struct bio_vec *bi_io_vec;
	struct bio_vec bi_inline_vecs[];
};

#define REQ_OP_BITS	8
#define REQ_OP_MASK	((1 << REQ_OP_BITS) - 1)

enum req_opf {
	REQ_OP_READ = 0,
	REQ_OP_WRITE = 1,
	REQ_OP_FLUSH = 2,
	REQ_OP_DISCARD = 3,
	REQ_OP_SECURE_ERASE = 5,
	REQ_OP_WRITE_ZEROES = 9,
	REQ_OP_DRV_IN = 34,
	REQ_OP_DRV_OUT = 35,
};

#define REQ_FAILFAST_DEV (1 << 8)
#define REQ_SYNC	(1 << 11)	/* somebody waits for it */
#define REQ_META	(1 << 12)
#define REQ_FUA		(1 << 17)
#define REQ_PREFLUSH	(1 << 18)
#define REQ_RAHEAD	(1 << 19)

#define bio_op(bio)	((bio)->bi_opf & REQ_OP_MASK)
#define op_is_write(op)	((op) & 1)

typedef unsigned int blk_qc_t;
#define BLK_QC_T_NONE	-1U

#endif
