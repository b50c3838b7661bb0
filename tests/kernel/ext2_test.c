/*
 * ext2 on a disk in memory: what is in the files, and that the disk's books
 * balance after every case.
 *
 * The disk is made here, by hand: 2 MiB in blocks of 1 KiB, one group.
 *
 *   1 super block | 2 descriptors | 3 block bitmap | 4 inode bitmap |
 *   5-12 inode table | 13 the root directory | …
 */
#include <kunit/test.h>
#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/bitmap.h>
#include "../../fs/ext2/ext2.h"
#include "../../fs/internal.h"
#include "test_disk.h"

#define BLOCK		1024
#define BLOCKS		2048
#define INODES		64
#define ROOT_BLOCK	13
#define FIRST_FREE	14
#define FREE_BLOCKS	(BLOCKS - FIRST_FREE)
#define FREE_INODES	(INODES - 10)

static struct test_disk td;
static struct vfsmount *mnt;
static u8 buf[3 * BLOCK], back[3 * BLOCK];

/* ------------------------------------------------------------------ making the disk */

static void *block(unsigned int nr)
{
	return td.data + nr * BLOCK;
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
	struct ext2_inode *root = (struct ext2_inode *)block(5) + EXT2_ROOT_INO - 1;

	root->i_mode = cpu_to_le16(S_IFDIR | 0755);
	root->i_links_count = cpu_to_le16(2);
	root->i_size = cpu_to_le32(BLOCK);
	root->i_blocks = cpu_to_le32(2);
	root->i_block[0] = cpu_to_le32(ROOT_BLOCK);
	put_dir_entry(block(ROOT_BLOCK), EXT2_ROOT_INO, 12, ".");
	put_dir_entry(block(ROOT_BLOCK) + 12, EXT2_ROOT_INO, BLOCK - 12, "..");
}

static void make_file_system(void)
{
	struct ext2_super_block *es = block(1);
	struct ext2_group_desc *desc = block(2);

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
	bitmap_set(block(3), 0, FIRST_FREE - 1);
	bitmap_set(block(3), BLOCKS - 1, BLOCK * 8 - (BLOCKS - 1));
	bitmap_set(block(4), 0, 10);
	bitmap_set(block(4), INODES, BLOCK * 8 - INODES);
	make_root();
}

static int mount_it(int flags)
{
	kill_bdev(td.bdev);
	mnt = vfs_kern_mount(get_fs_type("ext2"), flags, "ke", NULL);
	return PTR_ERR_OR_ZERO(mnt);
}

static void umount_it(void)
{
	if (!IS_ERR_OR_NULL(mnt))
		mntput(mnt);
	mnt = NULL;
}

static int ext2_test_init(struct kunit *test)
{
	int err = test_disk_create(&td, "ke", BLOCKS * 2);

	if (err)
		return err;
	make_file_system();
	return mount_it(0);
}

static void ext2_test_exit(struct kunit *test)
{
	umount_it();
	test_disk_destroy(&td);
}

/* ------------------------------------------------------------------ the books */

static unsigned int zero_bits(void *map, unsigned int nbits)
{
	return nbits - bitmap_weight(map, nbits);
}

/* Unmount; then bitmaps, descriptor and super block must say the same, and "clean". */
static void check_books(struct kunit *test)
{
	struct ext2_super_block *es = block(1);
	struct ext2_group_desc *desc = block(2);

	umount_it();
	sync_blockdev(td.bdev);
	KUNIT_EXPECT_EQ(test, zero_bits(block(3), BLOCKS - 1),
			(unsigned int)le16_to_cpu(desc->bg_free_blocks_count));
	KUNIT_EXPECT_EQ(test, zero_bits(block(4), INODES),
			(unsigned int)le16_to_cpu(desc->bg_free_inodes_count));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(es->s_free_blocks_count),
			(u32)le16_to_cpu(desc->bg_free_blocks_count));
	KUNIT_EXPECT_EQ(test, le32_to_cpu(es->s_free_inodes_count),
			(u32)le16_to_cpu(desc->bg_free_inodes_count));
	KUNIT_EXPECT_EQ(test, (int)le16_to_cpu(es->s_state), EXT2_VALID_FS);
}

/* … and nothing may be in use that was not so at the start. */
static void check_all_free(struct kunit *test)
{
	check_books(test);
	KUNIT_EXPECT_EQ(test, zero_bits(block(3), BLOCKS - 1), (unsigned int)FREE_BLOCKS);
	KUNIT_EXPECT_EQ(test, zero_bits(block(4), INODES), (unsigned int)FREE_INODES);
}

/* ------------------------------------------------------------------ doing things */

static struct inode *dir_of(struct dentry *dir)
{
	return d_inode(dir);
}

static struct dentry *look_up(struct dentry *dir, const char *name)
{
	struct dentry *dentry;

	inode_lock(dir_of(dir));
	dentry = lookup_one_len(name, dir, strlen(name));
	inode_unlock(dir_of(dir));
	return dentry;
}

enum change { CREATE, MKDIR, UNLINK, RMDIR };

static int change(struct dentry *dir, const char *name, enum change what)
{
	struct dentry *dentry = look_up(dir, name);
	struct inode *parent = dir_of(dir);
	int err = PTR_ERR_OR_ZERO(dentry);

	if (err)
		return err;
	inode_lock(parent);
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

static struct file *open_it(const char *name)
{
	struct path path = { .mnt = mnt, .dentry = look_up(mnt->mnt_root, name) };
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

static ssize_t write_at(const char *name, loff_t pos, const void *data, size_t len)
{
	struct file *file = open_it(name);
	ssize_t done;

	if (IS_ERR(file))
		return PTR_ERR(file);
	done = kernel_write(file, data, len, &pos);
	fput(file);
	return done;
}

static ssize_t read_at(const char *name, loff_t pos, void *data, size_t len)
{
	struct file *file = open_it(name);
	ssize_t done;

	if (IS_ERR(file))
		return PTR_ERR(file);
	done = kernel_read(file, data, len, &pos);
	fput(file);
	return done;
}

static struct inode *inode_of(const char *name)
{
	struct dentry *dentry = look_up(mnt->mnt_root, name);
	struct inode *inode = d_inode(dentry);

	dput(dentry);		/* the dcache keeps it as long as we do nothing else */
	return inode;
}

static int rename_it(struct dentry *from, const char *old, struct dentry *to, const char *new)
{
	struct dentry *a = look_up(from, old), *b = look_up(to, new);
	int err;

	lock_rename(from, to);
	err = vfs_rename(dir_of(from), a, dir_of(to), b, 0);
	unlock_rename(from, to);
	dput(a);
	dput(b);
	return err;
}

/* ------------------------------------------------------------------ cases */

static void file_survives_remount(struct kunit *test)
{
	memset(buf, 0x5a, sizeof(buf));
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", CREATE), 0);
	KUNIT_EXPECT_EQ(test, write_at("f", 0, buf, sizeof(buf)), (ssize_t)sizeof(buf));
	umount_it();
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, read_at("f", 0, back, sizeof(back)), (ssize_t)sizeof(buf));
	KUNIT_EXPECT_MEMEQ(test, buf, back, sizeof(buf));
	check_books(test);
}

static void created_and_removed_leaves_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", CREATE), 0);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", CREATE), -EEXIST);
	KUNIT_EXPECT_EQ(test, write_at("f", 0, buf, sizeof(buf)), (ssize_t)sizeof(buf));
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", UNLINK), 0);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", UNLINK), -ENOENT);
	check_all_free(test);
}

/* 12 direct blocks, 256 indirect, then doubly: one write into each region. */
static void all_indirections(struct kunit *test)
{
	static const unsigned int at[] = { 0, 11, 12, 267, 268, 300, 12 + 256 + 256 };
	unsigned int i;

	change(mnt->mnt_root, "f", CREATE);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		memset(buf, i + 1, BLOCK);
		KUNIT_EXPECT_EQ(test, write_at("f", (loff_t)at[i] * BLOCK, buf, BLOCK),
				(ssize_t)BLOCK);
	}
	umount_it();
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		KUNIT_EXPECT_EQ(test, read_at("f", (loff_t)at[i] * BLOCK, back, BLOCK),
				(ssize_t)BLOCK);
		KUNIT_EXPECT_EQ(test, (unsigned int)back[BLOCK - 1], i + 1);
	}
	/* 7 of data; the indirect block, the doubly indirect one and two below it */
	KUNIT_EXPECT_EQ(test, (unsigned int)inode_of("f")->i_blocks, 2u * (7 + 1 + 1 + 2));
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", UNLINK), 0);
	check_all_free(test);
}

static void hole_reads_as_zeroes(struct kunit *test)
{
	change(mnt->mnt_root, "f", CREATE);
	memset(buf, 0xff, BLOCK);
	write_at("f", 100 * BLOCK, buf, BLOCK);
	memset(back, 0xaa, sizeof(back));
	KUNIT_EXPECT_EQ(test, read_at("f", 50 * BLOCK, back, BLOCK), (ssize_t)BLOCK);
	KUNIT_EXPECT_NULL(test, memchr_inv(back, 0, BLOCK));
	KUNIT_EXPECT_EQ(test, (unsigned int)inode_of("f")->i_blocks, 4u);
	check_books(test);
}

static void cut_file_grows_back_with_zeroes(struct kunit *test)
{
	struct dentry *dentry;

	memset(buf, 0xee, sizeof(buf));
	change(mnt->mnt_root, "f", CREATE);
	write_at("f", 0, buf, sizeof(buf));
	dentry = look_up(mnt->mnt_root, "f");
	KUNIT_EXPECT_EQ(test, do_truncate(dentry, 100, 0, NULL), 0);
	KUNIT_EXPECT_EQ(test, (unsigned int)d_inode(dentry)->i_blocks, 2u);
	KUNIT_EXPECT_EQ(test, do_truncate(dentry, 2000, 0, NULL), 0);
	dput(dentry);
	KUNIT_EXPECT_EQ(test, read_at("f", 0, back, sizeof(back)), (ssize_t)2000);
	KUNIT_EXPECT_MEMEQ(test, buf, back, 100);
	KUNIT_EXPECT_NULL(test, memchr_inv(back + 100, 0, 1900));
	check_books(test);
}

static void full_disk_is_enospc_and_recovers(struct kunit *test)
{
	loff_t pos = 0;
	ssize_t done;

	change(mnt->mnt_root, "f", CREATE);
	do {
		done = write_at("f", pos, buf, sizeof(buf));
		pos += done > 0 ? done : 0;
	} while (done == sizeof(buf));
	KUNIT_EXPECT_TRUE(test, done == -ENOSPC || done > 0);
	KUNIT_EXPECT_EQ(test, write_at("f", pos + BLOCK, buf, sizeof(buf)), (ssize_t)-ENOSPC);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "d", MKDIR), -ENOSPC);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", UNLINK), 0);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "d", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "d", RMDIR), 0);
	check_all_free(test);
}

static void inodes_run_out(struct kunit *test)
{
	char name[8];
	int i, err = 0;

	for (i = 0; i < INODES && !err; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		err = change(mnt->mnt_root, name, CREATE);
	}
	KUNIT_EXPECT_EQ(test, err, -ENOSPC);
	KUNIT_EXPECT_EQ(test, i, FREE_INODES + 1);
	while (--i) {
		snprintf(name, sizeof(name), "f%d", i - 1);
		KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, name, UNLINK), 0);
	}
	check_books(test);
}

static void directories_count_their_links(struct kunit *test)
{
	struct dentry *root = mnt->mnt_root, *d;

	KUNIT_EXPECT_EQ(test, change(root, "d", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, dir_of(root)->i_nlink, 3u);
	d = look_up(root, "d");
	KUNIT_EXPECT_EQ(test, change(d, "e", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, d_inode(d)->i_nlink, 3u);
	KUNIT_EXPECT_EQ(test, change(root, "d", RMDIR), -ENOTEMPTY);
	KUNIT_EXPECT_EQ(test, change(d, "e", RMDIR), 0);
	dput(d);
	KUNIT_EXPECT_EQ(test, change(root, "d", RMDIR), 0);
	KUNIT_EXPECT_EQ(test, dir_of(root)->i_nlink, 2u);
	check_all_free(test);
}

static void moved_directory_takes_its_parent_along(struct kunit *test)
{
	struct dentry *root = mnt->mnt_root, *a, *b;

	change(root, "a", MKDIR);
	change(root, "b", MKDIR);
	a = look_up(root, "a");
	b = look_up(root, "b");
	change(a, "sub", MKDIR);
	KUNIT_EXPECT_EQ(test, rename_it(a, "sub", b, "moved"), 0);
	KUNIT_EXPECT_EQ(test, d_inode(a)->i_nlink, 2u);
	KUNIT_EXPECT_EQ(test, d_inode(b)->i_nlink, 3u);
	KUNIT_EXPECT_EQ(test, change(b, "moved", RMDIR), 0);
	dput(a);
	dput(b);
	change(root, "a", RMDIR);
	change(root, "b", RMDIR);
	check_all_free(test);
}

static void rename_replaces(struct kunit *test)
{
	struct dentry *root = mnt->mnt_root;

	change(root, "old", CREATE);
	change(root, "new", CREATE);
	write_at("old", 0, "old", 3);
	write_at("new", 0, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, rename_it(root, "old", root, "new"), 0);
	KUNIT_EXPECT_EQ(test, read_at("new", 0, back, sizeof(back)), 3l);
	KUNIT_EXPECT_MEMEQ(test, back, "old", 3);
	KUNIT_EXPECT_EQ(test, change(root, "old", UNLINK), -ENOENT);
	KUNIT_EXPECT_EQ(test, change(root, "new", UNLINK), 0);
	check_all_free(test);
}

static void symlinks_short_and_long(struct kunit *test)
{
	struct inode *dir = dir_of(mnt->mnt_root);
	struct dentry *s = look_up(mnt->mnt_root, "s"), *l = look_up(mnt->mnt_root, "l");
	char target[100];

	memset(target, 'x', sizeof(target) - 1);
	target[sizeof(target) - 1] = 0;
	inode_lock(dir);
	KUNIT_EXPECT_EQ(test, vfs_symlink(dir, s, "short"), 0);
	KUNIT_EXPECT_EQ(test, vfs_symlink(dir, l, target), 0);
	inode_unlock(dir);
	KUNIT_EXPECT_EQ(test, (unsigned int)d_inode(s)->i_blocks, 0u);
	KUNIT_EXPECT_EQ(test, (unsigned int)d_inode(l)->i_blocks, 2u);
	KUNIT_EXPECT_EQ(test, d_inode(l)->i_size, 99ll);
	dput(s);
	dput(l);
	change(mnt->mnt_root, "s", UNLINK);
	change(mnt->mnt_root, "l", UNLINK);
	check_all_free(test);
}

static void directory_grows_and_is_searched(struct kunit *test)
{
	char name[64];
	int i;

	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "a-rather-long-name-to-fill-blocks-with-%d", i);
		KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, name, CREATE), 0);
	}
	KUNIT_EXPECT_GT(test, dir_of(mnt->mnt_root)->i_size, (loff_t)BLOCK);
	umount_it();
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "a-rather-long-name-to-fill-blocks-with-%d", i);
		KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, name, UNLINK), 0);
	}
	check_books(test);
}

static void read_only_mount_writes_nothing(struct kunit *test)
{
	umount_it();
	sync_blockdev(td.bdev);
	td.writes = 0;
	KUNIT_ASSERT_EQ(test, mount_it(SB_RDONLY), 0);
	KUNIT_EXPECT_TRUE(test, IS_ERR(open_it("f")));
	umount_it();
	sync_blockdev(td.bdev);
	KUNIT_EXPECT_EQ(test, td.writes, 0u);
}

/* ------------------------------------------------------------------ damage */

static int mount_damaged(void)
{
	umount_it();
	sync_blockdev(td.bdev);
	return 0;
}

static void bad_super_blocks_are_refused(struct kunit *test)
{
	struct ext2_super_block *es = block(1), good;

	mount_damaged();
	good = *es;
	es->s_magic = 0;
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	es->s_log_block_size = cpu_to_le32(77);
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	es->s_blocks_per_group = 0;
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	es->s_inodes_per_group = cpu_to_le32(1 << 30);
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	es->s_blocks_count = cpu_to_le32(BLOCKS * 2);
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	es->s_feature_incompat = cpu_to_le32(0x40);
	KUNIT_EXPECT_EQ(test, mount_it(0), -EINVAL);
	*es = good;
	KUNIT_EXPECT_EQ(test, mount_it(0), 0);
}

static void unknown_ro_feature_mounts_read_only(struct kunit *test)
{
	struct ext2_super_block *es = block(1);

	mount_damaged();
	es->s_feature_ro_compat = cpu_to_le32(0x400);
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	KUNIT_EXPECT_TRUE(test, sb_rdonly(mnt->mnt_sb));
}

static void damaged_directory_is_eio(struct kunit *test)
{
	struct ext2_dir_entry *dotdot = block(ROOT_BLOCK) + 12;

	mount_damaged();
	dotdot->rec_len = cpu_to_le16(7);
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, change(mnt->mnt_root, "f", CREATE), -EIO);
}

/* A pointer into the inode table: neither followed nor freed. */
static void wild_pointer_is_eio(struct kunit *test)
{
	struct ext2_inode *raw = (struct ext2_inode *)block(5) + EXT2_GOOD_OLD_FIRST_INO - 1;

	change(mnt->mnt_root, "f", CREATE);
	write_at("f", 0, buf, BLOCK);
	mount_damaged();
	raw->i_block[0] = cpu_to_le32(6);
	KUNIT_ASSERT_EQ(test, mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, read_at("f", 0, back, BLOCK), (ssize_t)-EIO);
	change(mnt->mnt_root, "f", UNLINK);
	umount_it();
	KUNIT_EXPECT_TRUE(test, test_bit(5, block(3)));
}

static struct kunit_case ext2_cases[] = {
	KUNIT_CASE(file_survives_remount),
	KUNIT_CASE(created_and_removed_leaves_nothing),
	KUNIT_CASE(all_indirections),
	KUNIT_CASE(hole_reads_as_zeroes),
	KUNIT_CASE(cut_file_grows_back_with_zeroes),
	KUNIT_CASE(full_disk_is_enospc_and_recovers),
	KUNIT_CASE(inodes_run_out),
	KUNIT_CASE(directories_count_their_links),
	KUNIT_CASE(moved_directory_takes_its_parent_along),
	KUNIT_CASE(rename_replaces),
	KUNIT_CASE(symlinks_short_and_long),
	KUNIT_CASE(directory_grows_and_is_searched),
	KUNIT_CASE(read_only_mount_writes_nothing),
	KUNIT_CASE(bad_super_blocks_are_refused),
	KUNIT_CASE(unknown_ro_feature_mounts_read_only),
	KUNIT_CASE(damaged_directory_is_eio),
	KUNIT_CASE(wild_pointer_is_eio),
	{}
};

static struct kunit_suite ext2_suite = {
	.name = "ext2",
	.init = ext2_test_init,
	.exit = ext2_test_exit,
	.test_cases = ext2_cases,
};
kunit_test_suite(ext2_suite);
