/* <linux/major.h>: major numbers; character and block devices count apart */
#ifndef _UAPI_LINUX_MAJOR_H
#define _UAPI_LINUX_MAJOR_H

#define UNNAMED_MAJOR 0
#define MEM_MAJOR 1
#define RAMDISK_MAJOR 1
#define FLOPPY_MAJOR 2
#define PTY_MASTER_MAJOR 2
#define IDE0_MAJOR 3
#define HD_MAJOR IDE0_MAJOR
#define PTY_SLAVE_MAJOR 3
#define TTY_MAJOR 4
#define TTYAUX_MAJOR 5
#define LP_MAJOR 6
#define VCS_MAJOR 7
#define LOOP_MAJOR 7
#define SCSI_DISK0_MAJOR 8
#define MISC_MAJOR 10
#define SCSI_CDROM_MAJOR 11
#define INPUT_MAJOR 13
#define IDE1_MAJOR 22
#define FB_MAJOR 29
#define UNIX98_PTY_MASTER_MAJOR 128
#define UNIX98_PTY_SLAVE_MAJOR 136

#endif
