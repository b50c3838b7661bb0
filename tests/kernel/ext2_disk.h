/* A small ext2 on a disk in memory, and what the suites do with it. */
#ifndef TESTS_KERNEL_EXT2_DISK_H
#define TESTS_KERNEL_EXT2_DISK_H

#include <kunit/test.h>
#include "../../fs/ext2/ext2.h"
#include "test_disk.h"

#define BLOCK		1024
#define BLOCKS		2048
#define INODES		64
#define ROOT_BLOCK	13
#define FIRST_FREE	14
#define FREE_BLOCKS	(BLOCKS - FIRST_FREE)
#define FREE_INODES	(INODES - 10)

extern struct test_disk ext2_td;
extern struct vfsmount *ext2_mnt;

enum change { CREATE, MKDIR, UNLINK, RMDIR };

void *ext2t_block(unsigned int nr);
int ext2t_mount_it(int flags);
void ext2t_umount_it(void);
int ext2t_init(struct kunit *test);
void ext2t_exit(struct kunit *test);
void ext2t_check_books(struct kunit *test);
void ext2t_check_all_free(struct kunit *test);
struct inode *ext2t_dir_of(struct dentry *dir);
struct dentry *ext2t_look_up(struct dentry *dir, const char *name);
int ext2t_change(struct dentry *dir, const char *name, enum change what);
struct file *ext2t_open_it(const char *name);
ssize_t ext2t_write_at(const char *name, loff_t pos, const void *data, size_t len);
ssize_t ext2t_read_at(const char *name, loff_t pos, void *data, size_t len);
struct inode *ext2t_inode_of(const char *name);
int ext2t_rename_it(struct dentry *from, const char *old, struct dentry *to, const char *new);

#endif
