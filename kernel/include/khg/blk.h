/*
 * <khg/blk.h> - a block driver of 1996 and its strategy routine.
 *
 *	#define MAJOR_NR FOO_MAJOR
 *	#include <khg/blk.h>
 *
 *	static void foo_request(void)
 *	{
 *	repeat:
 *		INIT_REQUEST;			returns when nothing is left
 *		...move CURRENT->current_nr_sectors from or to CURRENT->buffer...
 *		end_request(1);
 *		goto repeat;
 *	}
 *
 *	foo_init: register_blkdev(MAJOR_NR, "foo", &foo_fops);
 *		  blk_dev[MAJOR_NR].request_fn = foo_request;
 *		  blk_size[MAJOR_NR] = foo_sizes;		in KiB, by minor
 *
 * foo_request() is called when a request comes to an idle device, as by cli(). A device
 * that interrupts returns from it, and its handler calls end_request() and then
 * foo_request(). Requests come from the queue of blk-mq, which has merged and sorted
 * them. A disk is made when its number is first opened: blk_size says whether there is one.
 */
#ifndef _KHG_BLK_H
#define _KHG_BLK_H

#include <khg/fs.h>
#include <khg/sched.h>

#define request	khg_request

#define MAX_BLKDEV	256

struct request {
	dev_t rq_dev;
	int cmd;				/* READ or WRITE */
	int errors;				/* the driver's count */
	unsigned long sector;			/* of 512 bytes, as all here */
	unsigned long nr_sectors;
	unsigned long current_nr_sectors;	/* in one piece at buffer */
	char *buffer;
	struct request *next;
};

/* Written by the driver's init; current_request by cli(). */
struct blk_dev_struct {
	void (*request_fn)(void);
	struct request *current_request;
};

extern struct blk_dev_struct blk_dev[MAX_BLKDEV];
extern int *blk_size[MAX_BLKDEV];	/* KiB by minor; 0: no such disk */
extern int *blksize_size[MAX_BLKDEV];	/* bytes of a block of the cache; NULL: 1024 */
extern int *hardsect_size[MAX_BLKDEV];	/* bytes of a sector of the device; NULL: 512 */
extern int read_ahead[MAX_BLKDEV];	/* sectors that breada() reads */

/* CURRENT's piece is done (1) or failed (0): on to the next piece, or the next request. Context: any. */
void khg_end_request(unsigned int major, int uptodate);

#ifdef MAJOR_NR
#define CURRENT			(blk_dev[MAJOR_NR].current_request)
#define CURRENT_DEV		MINOR(CURRENT->rq_dev)
#define end_request(uptodate)	khg_end_request(MAJOR_NR, uptodate)
#define INIT_REQUEST							\
	do {								\
		if (!CURRENT)						\
			return;						\
		if (MAJOR(CURRENT->rq_dev) != MAJOR_NR)			\
			panic("request list of major %d destroyed", MAJOR_NR); \
	} while (0)
#endif

#endif
