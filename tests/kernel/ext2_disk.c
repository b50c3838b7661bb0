/*
 * ext2 on a disk in memory, made here by hand: 2 MiB in blocks of 1 KiB, one group.
 *
 *   1 super block | 2 descriptors | 3 block bitmap | 4 inode bitmap |
 *   5-12 inode table | 13 the root directory | …
 */
#include <linux/bitmap.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include "ext2_disk.h"

struct test_disk ext2_td;
struct vfsmount *ext2_mnt;

/* ------------------------------------------------------------------ making the disk */

void *ext2t_block(unsigned int nr)
{
	return ext2_td.data + nr * BLOCK;
}

static void put_dir_entry(void *at, u32 ino, unsigned int len, const char *name)
{
	struct ext2_dir_entry *de = at;

	de->inode = cpu_to_le32(ino);
	de->rec_len = cpu_to_le16(len);
	de->name_len = strlen(name);
	de->file_type = 2;
	memcpy(de->name, name, de->name_len);
}

static void make_root(void)
{
	struct ext2_inode *root = (struct ext2_inode *)ext2t_block(5) + EXT2_ROOT_INO - 1;

	root->i_mode = cpu_to_le16(S_IFDIR | 0755);
	root->i_links_count = cpu_to_le16(2);
	root->i_size = cpu_to_le32(BLOCK);
	root->i_blocks = cpu_to_le32(2);
	root->i_block[0] = cpu_to_le32(ROOT_BLOCK);
	put_dir_entry(ext2t_block(ROOT_BLOCK), EXT2_ROOT_INO, 12, ".");
	put_dir_entry(ext2t_block(ROOT_BLOCK) + 12, EXT2_ROOT_INO, BLOCK - 12, "..");
}

static void make_file_system(void)
{
	struct ext2_super_block *es = ext2t_block(1);
	struct ext2_group_desc *desc = ext2t_block(2);

	es->s_inodes_count = cpu_to_le32(INODES);
	es->s_blocks_count = cpu_to_le32(BLOCKS);
	es->s_free_blocks_count = cpu_to_le32(FREE_BLOCKS);
	es->s_free_inodes_count = cpu_to_le32(FREE_INODES);
	es->s_first_data_block = cpu_to_le32(1);
	es->s_blocks_per_group = es->s_frags_per_group = cpu_to_le32(BLOCK * 8);
	es->s_inodes_per_group = cpu_to_le32(INODES);
	es->s_magic = cpu_to_le16(0xef53);
	es->s_state = cpu_to_le16(EXT2_VALID_FS);
	es->s_errors = cpu_to_le16(EXT2_ERRORS_CONTINUE);
	es->s_rev_level = cpu_to_le32(EXT2_DYNAMIC_REV);
	es->s_first_ino = cpu_to_le32(EXT2_GOOD_OLD_FIRST_INO);
	es->s_inode_size = cpu_to_le16(EXT2_GOOD_OLD_INODE_SIZE);
	es->s_feature_incompat = cpu_to_le32(EXT2_FEATURE_INCOMPAT_FILETYPE);
	es->s_feature_ro_compat = cpu_to_le32(EXT2_FEATURE_RO_COMPAT_LARGE_FILE);
	desc->bg_block_bitmap = cpu_to_le32(3);
	desc->bg_inode_bitmap = cpu_to_le32(4);
	desc->bg_inode_table = cpu_to_le32(5);
	desc->bg_free_blocks_count = cpu_to_le16(FREE_BLOCKS);
	desc->bg_free_inodes_count = cpu_to_le16(FREE_INODES);
	desc->bg_used_dirs_count = cpu_to_le16(1);
	bitmap_set(ext2t_block(3), 0, FIRST_FREE - 1);
	bitmap_set(ext2t_block(3), BLOCKS - 1, BLOCK * 8 - (BLOCKS - 1));
	bitmap_set(ext2t_block(4), 0, 10);
	bitmap_set(ext2t_block(4), INODES, BLOCK * 8 - INODES);
	make_root();
}

int ext2t_mount_it(int flags)
{
	kill_bdev(ext2_td.bdev);
	ext2_mnt = vfs_kern_mount(get_fs_type("ext2"), flags, "ke", NULL);
	return PTR_ERR_OR_ZERO(ext2_mnt);
}

void ext2t_umount_it(void)
{
	if (!IS_ERR_OR_NULL(ext2_mnt))
		mntput(ext2_mnt);
	ext2_mnt = NULL;
}

int ext2t_init(struct kunit *test)
{
	int err = test_disk_create(&ext2_td, "ke", BLOCKS * 2);

	if (err)
		return err;
	make_file_system();
	return ext2t_mount_it(0);
}

void ext2t_exit(struct kunit *test)
{
	ext2t_umount_it();
	test_disk_destroy(&ext2_td);
}

/* ------------------------------------------------------------------ the books */

static unsigned int zero_bits(void *map, unsigned int nbits)
{
	return nbits - bitmap_weight(map, nbits);
}

/* Unmount; then bitmaps, descriptor and super block must say the same, and "clean". */
void ext2t_check_books(struct kunit *test)
{
	struct ext2_super_block *es = ext2t_block(1);
	struct ext2_group_desc *desc = ext2t_block(2);

	ext2t_umount_it();
	sync_blockdev(ext2_td.bdev);
	KUNIT_EXPECT_EQ(test, zero_bits(ext2t_block(3), BLOCKS - 1),
			(unsigned int)le16_to_cpu(desc->bg_free_blocks_count));
	KUNIT_EXPECT_EQ(test, zero_bits(ext2t_block(4), INODES),
			(unsigned int)le16_to_cpu(desc->bg_free_inodes_count));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(es->s_free_blocks_count),
			(u32)le16_to_cpu(desc->bg_free_blocks_count));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(es->s_free_inodes_count),
			(u32)le16_to_cpu(desc->bg_free_inodes_count));
	KUNIT_EXPECT_EQ(test, (int)le16_to_cpu(es->s_state), EXT2_VALID_FS);
}

/* … and nothing may be in use that was not so at the start. */
void ext2t_check_all_free(struct kunit *test)
{
	ext2t_check_books(test);
	KUNIT_EXPECT_EQ(test, zero_bits(ext2t_block(3), BLOCKS - 1), (unsigned int)FREE_BLOCKS);
	KUNIT_EXPECT_EQ(test, zero_bits(ext2t_block(4), INODES), (unsigned int)FREE_INODES);
}

/* ------------------------------------------------------------------ doing things */

struct inode *ext2t_dir_of(struct dentry *dir)
{
	return d_inode(dir);
}

struct dentry *ext2t_look_up(struct dentry *dir, const char *name)
{
	struct dentry *dentry;

	inode_lock(ext2t_dir_of(dir));
	dentry = lookup_one_len(name, dir, strlen(name));
	inode_unlock(ext2t_dir_of(dir));
	return dentry;
}

int ext2t_change(struct dentry *dir, const char *name, enum change what)
{
	struct dentry *dentry = ext2t_look_up(dir, name);
	struct inode *parent = ext2t_dir_of(dir);
	int err = PTR_ERR_OR_ZERO(dentry);

	if (err)
		return err;
	inode_lock_nested(parent, I_MUTEX_PARENT);
	switch (what) {
	case CREATE:
		err = vfs_create(parent, dentry, 0644, true);
		break;
	case MKDIR:
		err = vfs_mkdir(parent, dentry, 0755);
		break;
	case UNLINK:
		err = vfs_unlink(parent, dentry);
		break;
	case RMDIR:
		err = vfs_rmdir(parent, dentry);
		break;
	}
	inode_unlock(parent);
	dput(dentry);
	return err;
}

struct file *ext2t_open_it(const char *name)
{
	struct path path = { .mnt = ext2_mnt, .dentry = ext2t_look_up(ext2_mnt->mnt_root, name) };
	struct file *file;

	if (IS_ERR(path.dentry))
		return ERR_CAST(path.dentry);
	if (d_is_negative(path.dentry)) {
		dput(path.dentry);
		return ERR_PTR(-ENOENT);
	}
	file = dentry_open(&path, O_RDWR, current_cred());
	dput(path.dentry);
	return file;
}

ssize_t ext2t_write_at(const char *name, loff_t pos, const void *data, size_t len)
{
	struct file *file = ext2t_open_it(name);
	ssize_t done;

	if (IS_ERR(file))
		return PTR_ERR(file);
	done = kernel_write(file, data, len, &pos);
	fput(file);
	return done;
}

ssize_t ext2t_read_at(const char *name, loff_t pos, void *data, size_t len)
{
	struct file *file = ext2t_open_it(name);
	ssize_t done;

	if (IS_ERR(file))
		return PTR_ERR(file);
	done = kernel_read(file, data, len, &pos);
	fput(file);
	return done;
}

struct inode *ext2t_inode_of(const char *name)
{
	struct dentry *dentry = ext2t_look_up(ext2_mnt->mnt_root, name);
	struct inode *inode = d_inode(dentry);

	dput(dentry);		/* the dcache keeps it as long as we do nothing else */
	return inode;
}

int ext2t_rename_it(struct dentry *from, const char *old, struct dentry *to, const char *new)
{
	struct dentry *a = ext2t_look_up(from, old), *b = ext2t_look_up(to, new);
	int err;

	lock_rename(from, to);
	err = vfs_rename(ext2t_dir_of(from), a, ext2t_dir_of(to), b, 0);
	unlock_rename(from, to);
	dput(a);
	dput(b);
	return err;
}
