/*
 * ext2: what is in the files, what damage leads to, and that the disk's books
 * balance after every case.
 */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include "ext2_disk.h"

static u8 buf[3 * BLOCK], back[3 * BLOCK];

/* ------------------------------------------------------------------ cases */

static void file_survives_remount(struct kunit *test)
{
	memset(buf, 0x5a, sizeof(buf));
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", CREATE), 0);
	KUNIT_EXPECT_EQ(test, ext2t_write_at("f", 0, buf, sizeof(buf)), (ssize_t)sizeof(buf));
	ext2t_umount_it();
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, ext2t_read_at("f", 0, back, sizeof(back)), (ssize_t)sizeof(buf));
	KUNIT_EXPECT_MEMEQ(test, buf, back, sizeof(buf));
	ext2t_check_books(test);
}

static void created_and_removed_leaves_nothing(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", CREATE), 0);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", CREATE), -EEXIST);
	KUNIT_EXPECT_EQ(test, ext2t_write_at("f", 0, buf, sizeof(buf)), (ssize_t)sizeof(buf));
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", UNLINK), 0);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", UNLINK), -ENOENT);
	ext2t_check_all_free(test);
}

/* 12 direct blocks, 256 indirect, then doubly: one write into each region. */
static void all_indirections(struct kunit *test)
{
	static const unsigned int at[] = { 0, 11, 12, 267, 268, 300, 12 + 256 + 256 };
	unsigned int i;

	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		memset(buf, i + 1, BLOCK);
		KUNIT_EXPECT_EQ(test, ext2t_write_at("f", (loff_t)at[i] * BLOCK, buf, BLOCK),
				(ssize_t)BLOCK);
	}
	ext2t_umount_it();
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	for (i = 0; i < ARRAY_SIZE(at); i++) {
		KUNIT_EXPECT_EQ(test, ext2t_read_at("f", (loff_t)at[i] * BLOCK, back, BLOCK),
				(ssize_t)BLOCK);
		KUNIT_EXPECT_EQ(test, (unsigned int)back[BLOCK - 1], i + 1);
	}
	/* 7 of data; the indirect block, the doubly indirect one and two below it */
	KUNIT_EXPECT_EQ(test, (unsigned int)ext2t_inode_of("f")->i_blocks, 2u * (7 + 1 + 1 + 2));
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", UNLINK), 0);
	ext2t_check_all_free(test);
}

static void hole_reads_as_zeroes(struct kunit *test)
{
	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	memset(buf, 0xff, BLOCK);
	ext2t_write_at("f", 100 * BLOCK, buf, BLOCK);
	memset(back, 0xaa, sizeof(back));
	KUNIT_EXPECT_EQ(test, ext2t_read_at("f", 50 * BLOCK, back, BLOCK), (ssize_t)BLOCK);
	KUNIT_EXPECT_NULL(test, memchr_inv(back, 0, BLOCK));
	KUNIT_EXPECT_EQ(test, (unsigned int)ext2t_inode_of("f")->i_blocks, 4u);
	ext2t_check_books(test);
}

static void cut_file_grows_back_with_zeroes(struct kunit *test)
{
	struct dentry *dentry;

	memset(buf, 0xee, sizeof(buf));
	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	ext2t_write_at("f", 0, buf, sizeof(buf));
	dentry = ext2t_look_up(ext2_mnt->mnt_root, "f");
	KUNIT_EXPECT_EQ(test, do_truncate(dentry, 100), 0);
	KUNIT_EXPECT_EQ(test, (unsigned int)d_inode(dentry)->i_blocks, 2u);
	KUNIT_EXPECT_EQ(test, do_truncate(dentry, 2000), 0);
	dput(dentry);
	KUNIT_EXPECT_EQ(test, ext2t_read_at("f", 0, back, sizeof(back)), (ssize_t)2000);
	KUNIT_EXPECT_MEMEQ(test, buf, back, 100);
	KUNIT_EXPECT_NULL(test, memchr_inv(back + 100, 0, 1900));
	ext2t_check_books(test);
}

static void full_disk_is_enospc_and_recovers(struct kunit *test)
{
	loff_t pos = 0;
	ssize_t done;

	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	do {
		done = ext2t_write_at("f", pos, buf, sizeof(buf));
		pos += done > 0 ? done : 0;
	} while (done == sizeof(buf));
	KUNIT_EXPECT_TRUE(test, done == -ENOSPC || done > 0);
	KUNIT_EXPECT_EQ(test, ext2t_write_at("f", pos + BLOCK, buf, sizeof(buf)), (ssize_t)-ENOSPC);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "d", MKDIR), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", UNLINK), 0);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "d", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "d", RMDIR), 0);
	ext2t_check_all_free(test);
}

static void inodes_run_out(struct kunit *test)
{
	char name[8];
	int i, err = 0;

	for (i = 0; i < INODES && !err; i++) {
		snprintf(name, sizeof(name), "f%d", i);
		err = ext2t_change(ext2_mnt->mnt_root, name, CREATE);
	}
	KUNIT_EXPECT_EQ(test, err, -ENOSPC);
	KUNIT_EXPECT_EQ(test, i, FREE_INODES + 1);
	while (--i) {
		snprintf(name, sizeof(name), "f%d", i - 1);
		KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, name, UNLINK), 0);
	}
	ext2t_check_books(test);
}

static void directories_count_their_links(struct kunit *test)
{
	struct dentry *root = ext2_mnt->mnt_root, *d;

	KUNIT_EXPECT_EQ(test, ext2t_change(root, "d", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, ext2t_dir_of(root)->i_nlink, 3u);
	d = ext2t_look_up(root, "d");
	KUNIT_EXPECT_EQ(test, ext2t_change(d, "e", MKDIR), 0);
	KUNIT_EXPECT_EQ(test, d_inode(d)->i_nlink, 3u);
	KUNIT_EXPECT_EQ(test, ext2t_change(root, "d", RMDIR), -ENOTEMPTY);
	KUNIT_EXPECT_EQ(test, ext2t_change(d, "e", RMDIR), 0);
	dput(d);
	KUNIT_EXPECT_EQ(test, ext2t_change(root, "d", RMDIR), 0);
	KUNIT_EXPECT_EQ(test, ext2t_dir_of(root)->i_nlink, 2u);
	ext2t_check_all_free(test);
}

static void moved_directory_takes_its_parent_along(struct kunit *test)
{
	struct dentry *root = ext2_mnt->mnt_root, *a, *b;

	ext2t_change(root, "a", MKDIR);
	ext2t_change(root, "b", MKDIR);
	a = ext2t_look_up(root, "a");
	b = ext2t_look_up(root, "b");
	ext2t_change(a, "sub", MKDIR);
	KUNIT_EXPECT_EQ(test, ext2t_rename_it(a, "sub", b, "moved"), 0);
	KUNIT_EXPECT_EQ(test, d_inode(a)->i_nlink, 2u);
	KUNIT_EXPECT_EQ(test, d_inode(b)->i_nlink, 3u);
	KUNIT_EXPECT_EQ(test, ext2t_change(b, "moved", RMDIR), 0);
	dput(a);
	dput(b);
	ext2t_change(root, "a", RMDIR);
	ext2t_change(root, "b", RMDIR);
	ext2t_check_all_free(test);
}

static void rename_replaces(struct kunit *test)
{
	struct dentry *root = ext2_mnt->mnt_root;

	ext2t_change(root, "old", CREATE);
	ext2t_change(root, "new", CREATE);
	ext2t_write_at("old", 0, "old", 3);
	ext2t_write_at("new", 0, buf, sizeof(buf));
	KUNIT_EXPECT_EQ(test, ext2t_rename_it(root, "old", root, "new"), 0);
	KUNIT_EXPECT_EQ(test, ext2t_read_at("new", 0, back, sizeof(back)), 3l);
	KUNIT_EXPECT_MEMEQ(test, back, "old", 3);
	KUNIT_EXPECT_EQ(test, ext2t_change(root, "old", UNLINK), -ENOENT);
	KUNIT_EXPECT_EQ(test, ext2t_change(root, "new", UNLINK), 0);
	ext2t_check_all_free(test);
}

static void symlinks_short_and_long(struct kunit *test)
{
	struct inode *dir = ext2t_dir_of(ext2_mnt->mnt_root);
	struct dentry *s = ext2t_look_up(ext2_mnt->mnt_root, "s"), *l = ext2t_look_up(ext2_mnt->mnt_root, "l");
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
	ext2t_change(ext2_mnt->mnt_root, "s", UNLINK);
	ext2t_change(ext2_mnt->mnt_root, "l", UNLINK);
	ext2t_check_all_free(test);
}

static void directory_grows_and_is_searched(struct kunit *test)
{
	char name[64];
	int i;

	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "a-rather-long-name-to-fill-blocks-with-%d", i);
		KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, name, CREATE), 0);
	}
	KUNIT_EXPECT_GT(test, ext2t_dir_of(ext2_mnt->mnt_root)->i_size, (loff_t)BLOCK);
	ext2t_umount_it();
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	for (i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "a-rather-long-name-to-fill-blocks-with-%d", i);
		KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, name, UNLINK), 0);
	}
	ext2t_check_books(test);
}

static void read_only_mount_writes_nothing(struct kunit *test)
{
	ext2t_umount_it();
	sync_blockdev(ext2_td.bdev);
	ext2_td.writes = 0;
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(SB_RDONLY), 0);
	KUNIT_EXPECT_TRUE(test, IS_ERR(ext2t_open_it("f")));
	ext2t_umount_it();
	sync_blockdev(ext2_td.bdev);
	KUNIT_EXPECT_EQ(test, ext2_td.writes, 0u);
}

/* fsync: the bytes, what finds them, and the disk's own cache. */
static void fsync_reaches_the_disk(struct kunit *test)
{
	unsigned int i, found = 0;
	struct file *file;
	loff_t pos = 20 * BLOCK;

	memset(buf, 0xc7, BLOCK);
	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	file = ext2t_open_it("f");
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_EQ(test, kernel_write(file, buf, BLOCK, &pos), (ssize_t)BLOCK);
	ext2_td.flushes = 0;
	KUNIT_EXPECT_EQ(test, vfs_fsync(file, 0), 0);
	KUNIT_EXPECT_EQ(test, ext2_td.flushes, 1u);
	fput(file);
	for (i = FIRST_FREE; i < BLOCKS; i++)
		found += !memcmp(ext2t_block(i), buf, BLOCK);
	KUNIT_EXPECT_EQ(test, found, 1u);
	ext2t_check_books(test);
}

static void write_error_reaches_fsync(struct kunit *test)
{
	struct file *file;
	loff_t pos = 0;

	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	file = ext2t_open_it("f");
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	kernel_write(file, buf, BLOCK, &pos);
	ext2_td.fail_writes = 1;
	KUNIT_EXPECT_EQ(test, vfs_fsync(file, 0), -EIO);
	ext2_td.fail_writes = 0;
	KUNIT_EXPECT_EQ(test, vfs_fsync(file, 0), 0);
	fput(file);
}

/* ------------------------------------------------------------------ damage */

static int mount_damaged(void)
{
	ext2t_umount_it();
	sync_blockdev(ext2_td.bdev);
	return 0;
}

static void bad_super_blocks_are_refused(struct kunit *test)
{
	struct ext2_super_block *es = ext2t_block(1), good;

	mount_damaged();
	good = *es;
	es->s_magic = 0;
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	es->s_log_block_size = cpu_to_le32(77);
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	es->s_blocks_per_group = 0;
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	es->s_inodes_per_group = cpu_to_le32(1 << 30);
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	es->s_blocks_count = cpu_to_le32(BLOCKS * 2);
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	es->s_feature_incompat = cpu_to_le32(0x40);
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), -EINVAL);
	*es = good;
	KUNIT_EXPECT_EQ(test, ext2t_mount_it(0), 0);
}

static void unknown_ro_feature_mounts_read_only(struct kunit *test)
{
	struct ext2_super_block *es = ext2t_block(1);

	mount_damaged();
	es->s_feature_ro_compat = cpu_to_le32(0x400);
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	KUNIT_EXPECT_TRUE(test, sb_rdonly(ext2_mnt->mnt_sb));
}

static void damaged_directory_is_eio(struct kunit *test)
{
	struct ext2_dir_entry *dotdot = ext2t_block(ROOT_BLOCK) + 12;

	mount_damaged();
	dotdot->rec_len = cpu_to_le16(7);
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, ext2t_change(ext2_mnt->mnt_root, "f", CREATE), -EIO);
}

/* A pointer into the inode table: neither followed nor freed. */
static void wild_pointer_is_eio(struct kunit *test)
{
	struct ext2_inode *raw = (struct ext2_inode *)ext2t_block(5) + EXT2_GOOD_OLD_FIRST_INO - 1;

	ext2t_change(ext2_mnt->mnt_root, "f", CREATE);
	ext2t_write_at("f", 0, buf, BLOCK);
	mount_damaged();
	raw->i_block[0] = cpu_to_le32(6);
	KUNIT_ASSERT_EQ(test, ext2t_mount_it(0), 0);
	KUNIT_EXPECT_EQ(test, ext2t_read_at("f", 0, back, BLOCK), (ssize_t)-EIO);
	ext2t_change(ext2_mnt->mnt_root, "f", UNLINK);
	ext2t_umount_it();
	KUNIT_EXPECT_TRUE(test, test_bit(5, ext2t_block(3)));
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
	KUNIT_CASE(fsync_reaches_the_disk),
	KUNIT_CASE(write_error_reaches_fsync),
	KUNIT_CASE(bad_super_blocks_are_refused),
	KUNIT_CASE(unknown_ro_feature_mounts_read_only),
	KUNIT_CASE(damaged_directory_is_eio),
	KUNIT_CASE(wild_pointer_is_eio),
	{}
};

static struct kunit_suite ext2_suite = {
	.name = "ext2",
	.init = ext2t_init,
	.exit = ext2t_exit,
	.test_cases = ext2_cases,
};
kunit_test_suite(ext2_suite);
