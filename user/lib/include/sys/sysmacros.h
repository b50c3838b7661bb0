/* <sys/sysmacros.h>: a device number has 12 bits of major and 20 of minor, its low 16 as in 1991 */
#ifndef _SYS_SYSMACROS_H
#define _SYS_SYSMACROS_H

#define major(dev) ((unsigned int)(((dev) >> 8) & 0xfff))
#define minor(dev) ((unsigned int)(((dev) & 0xff) | (((dev) >> 12) & 0xfff00)))
#define makedev(ma, mi) \
	((dev_t)((((unsigned int)(mi)) & 0xff) | ((ma) & 0xfffu) << 8 | (((unsigned int)(mi)) & 0xfff00) << 12))

#endif
