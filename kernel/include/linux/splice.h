/*
 * <linux/splice.h> - bytes from file to file through a pipe: flags of splice().
 * The methods for files with read_iter and write_iter are in <linux/fs.h>.
 * Not here: pages that change hands (they are copied), splice_to_pipe(), actors.
 */
#ifndef _LINUX_SPLICE_H
#define _LINUX_SPLICE_H

#include <linux/pipe_fs_i.h>

#define SPLICE_F_MOVE		0x01	/* hints: pages rather than copies, */
#define SPLICE_F_NONBLOCK	0x02	/* the pipe does not make the caller sleep */
#define SPLICE_F_MORE		0x04	/* more comes soon, */
#define SPLICE_F_GIFT		0x08	/* the program's pages are the kernel's now */
#define SPLICE_F_ALL		0x0f

#endif
