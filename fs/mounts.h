/* The tree of mounts, for namespace.c, which keeps it, and mount_calls.c, which changes it. */
#ifndef FS_MOUNTS_H
#define FS_MOUNTS_H

struct path;
struct rw_semaphore;
struct vfsmount;

extern struct rw_semaphore namespace_sem;

int attach_mount(struct vfsmount *mnt, const struct path *where);
void detach_mount(struct vfsmount *mnt, struct path *where);
struct vfsmount *clone_mount(const struct path *path);

#endif
