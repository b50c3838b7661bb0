/*
 * <linux/brd.h> - disks in memory: /dev/ram0 and those that tests make.
 */
#ifndef _LINUX_BRD_H
#define _LINUX_BRD_H

#include <linux/types.h>

struct brd_device;
struct gendisk;

/*
 * brd_create - a RAM disk of so many sectors
 * base: memory that holds its content and will be its storage, or NULL: pages
 * are found when first written, and read as zeroes before.  ERR_PTR on failure.
 * Context: process, may sleep.
 */
extern struct brd_device *brd_create(int minor, sector_t sectors, void *base);
extern void brd_destroy(struct brd_device *brd);
extern struct gendisk *brd_disk(struct brd_device *brd);

#define RAMDISK_TEST_MINOR	8	/* minors from here on are the tests' */

#endif
