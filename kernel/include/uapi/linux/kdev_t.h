/* <linux/kdev_t.h>: device numbers of 16 bits, as old calls and old disks have them */
#ifndef _UAPI_LINUX_KDEV_T_H
#define _UAPI_LINUX_KDEV_T_H

#ifndef __KERNEL__	/* the kernel's dev_t has 12 bits of major and 20 of minor */
#define MAJOR(dev) ((dev) >> 8)
#define MINOR(dev) ((dev) & 0xff)
#define MKDEV(ma, mi) ((ma) << 8 | (mi))
#endif

#endif
