/*
 * <linux/hdreg.h> - ioctls of ATA disks and the answer to IDENTIFY; nothing
 * is added for the kernel.  Registers and commands are in <linux/ata.h>.
 */
#ifndef _LINUX_HDREG_H
#define _LINUX_HDREG_H

#include <uapi/linux/hdreg.h>

#endif
