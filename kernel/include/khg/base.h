/*
 * <khg/base.h> - under all headers of <khg/…>: the driver interface of 1996,
 * as the Kernel Hackers' Guide teaches it, spoken on top of today's.
 *
 * Some names meant something else then: struct file_operations, struct file,
 * struct timer_list, struct request, add_wait_queue(), schedule(). A file that
 * includes a header of <khg/…> means those of 1996; kernel/khg translates. All of
 * today's headers that a driver may want are read here, before the names
 * change; a driver may include them as well, it no longer matters where.
 *
 * What was true in 1996 and is not: one CPU, and nobody but an interrupt to
 * disturb a driver between two sleeps. cli() keeps the promise it made, see
 * <khg/system.h>. Without it methods of one driver may come to run side by side.
 */
#ifndef _KHG_BASE_H
#define _KHG_BASE_H

#include <linux/blkdev.h>
#include <linux/blk-mq.h>
#include <linux/buffer_head.h>
#include <linux/bug.h>
#include <linux/cdev.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/poll.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <linux/timer.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <uapi/asm/ioctls.h>
#include <uapi/linux/ioctl.h>
#include <uapi/linux/major.h>

#endif
