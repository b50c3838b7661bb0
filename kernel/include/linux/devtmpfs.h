/*
 * <linux/devtmpfs.h> - device nodes that appear in /dev by themselves.
 *
 * name may hold slashes ("bus/usb/001"): directories appear as needed.  mode 0
 * means the usual: 0600.  type is S_IFCHR or S_IFBLK.
 * Context: process; may sleep.
 */
#ifndef _LINUX_DEVTMPFS_H
#define _LINUX_DEVTMPFS_H

#include <linux/types.h>

extern void devtmpfs_init(void);
extern int devtmpfs_create_node(dev_t dev, umode_t mode, const char *name, umode_t type);
extern int devtmpfs_delete_node(const char *name);
extern int devtmpfs_mount(void);

#endif
