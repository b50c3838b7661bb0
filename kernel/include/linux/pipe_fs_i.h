/*
 * <linux/pipe_fs_i.h> - a pipe: a ring of pages between writers and readers.
 *
 * head and tail count slots for ever and are taken modulo the ring's size (a
 * power of two): head == tail is empty, head - tail == ring_size is full.
 */
#ifndef _LINUX_PIPE_FS_I_H
#define _LINUX_PIPE_FS_I_H

#include <linux/types.h>
#include <linux/mutex.h>
#include <linux/wait.h>

struct fasync_struct;
struct file;
struct page;

#define PIPE_DEF_BUFFERS	16
#define PIPE_MAX_BUFFERS	256

/* Some bytes of one page.  [m] the pipe's mutex */
struct pipe_buffer {
	struct page *page;		/* [m] */
	unsigned int offset, len;	/* [m] the bytes not yet read */
	unsigned int flags;		/* [m] PIPE_BUF_FLAG_* */
};

#define PIPE_BUF_FLAG_PACKET	0x08	/* what one read() gets, and who does not take all loses the rest */

/* [m] mutex   [i] inode->i_lock   [r] looked at by poll without the mutex */
struct pipe_inode_info {
	struct mutex mutex;		/* this is m */
	wait_queue_head_t rd_wait, wr_wait;
	unsigned int head;		/* [m][r] next slot to fill */
	unsigned int tail;		/* [m][r] next slot to read */
	unsigned int ring_size;		/* [m][r] slots */
	struct page *tmp_page;		/* [m] the last page emptied, for the next write */
	unsigned int readers, writers;	/* [m][r] openings for reading, for writing */
	unsigned int files;		/* [i] openings at all: 0 frees this */
	unsigned int r_counter, w_counter; /* [m] openings ever, for a FIFO's open to wait on */
	struct fasync_struct *fasync_readers, *fasync_writers;
	struct pipe_buffer *bufs;	/* [m] */
};

static inline bool pipe_empty(unsigned int head, unsigned int tail)
{
	return head == tail;
}

static inline bool pipe_full(unsigned int head, unsigned int tail, unsigned int slots)
{
	return head - tail >= slots;
}

static inline struct pipe_buffer *pipe_slot(struct pipe_inode_info *pipe, unsigned int n)
{
	return &pipe->bufs[n & (pipe->ring_size - 1)];
}

extern long pipe_fcntl(struct file *file, unsigned int cmd, unsigned long arg);
extern int create_pipe_files(struct file *files[2], int flags);

#endif
