/* The methods of pipes: pipe.c has them, pipe_open.c puts them into pipefifo_fops. */
#ifndef FS_PIPE_H
#define FS_PIPE_H

#include <linux/types.h>

struct file;
struct iov_iter;
struct kiocb;
struct poll_table_struct;

ssize_t pipe_read(struct kiocb *iocb, struct iov_iter *to);
ssize_t pipe_write(struct kiocb *iocb, struct iov_iter *from);
__poll_t pipe_poll(struct file *file, struct poll_table_struct *table);
long pipe_ioctl(struct file *file, unsigned int cmd, unsigned long arg);

#endif
