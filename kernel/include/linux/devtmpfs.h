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
#include <linux/uidgid.h>

extern void devtmpfs_init(void);
/* gid: its group; the node is root's. */
extern int devtmpfs_create_node_of(dev_t dev, umode_t mode, kgid_t gid, const char *name,
				   umode_t type);
#define devtmpfs_create_node(dev, mode, name, type) \
	devtmpfs_create_node_of(dev, mode, GLOBAL_ROOT_GID, name, type)
extern int devtmpfs_delete_node(const char *name);
extern int devtmpfs_mount(void);

#endif
