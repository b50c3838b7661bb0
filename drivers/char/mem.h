#ifndef _DRIVERS_CHAR_MEM_H
#define _DRIVERS_CHAR_MEM_H

#include <linux/fs.h>

#define HARDWARE_WINDOW_END	0x100000	/* the first MiB: BIOS, VGA and adapters */

extern const struct file_operations kmsg_fops;	/* kmsg.c */

#endif
