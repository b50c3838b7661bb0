/*
 * Names: the walk with links, dots and slashes; dentries positive and negative;
 * making, removing, renaming; mounts.  On a tmpfs of its own, mounted on /tmp.
 */
#include <kunit/test.h>
#include <linux/dcache.h>
#include <linux/err.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include <linux/namei.h>
#include <linux/sched.h>
#include <linux/statfs.h>
#include <linux/string.h>

#define HERE	"/tmp/"

static int names_init(struct kunit *test)
{
	static char options[32];
	struct path where;
	int err = kern_path("/tmp", LOOKUP_FOLLOW, &where);

	if (err)
		return err;
	strscpy(options, "size=16k", sizeof(options));
	err = do_mount("none", &where, "tmpfs", 0, options);
	path_put(&where);
	return err;
}

static void names_exit(struct kunit *test)
{
	struct path path;

	if (kern_path("/tmp", LOOKUP_FOLLOW, &path))
		return;
	dput(path.dentry);
	KUNIT_EXPECT_EQ(test, do_umount(path.mnt, 0), 0);	/* nothing may be left in use */
	mntput(path.mnt);
}

static int make(const char *name, umode_t mode, const char *target)
{
	struct path parent;
	struct dentry *dentry = kern_path_create(AT_FDCWD, name, &parent,
						 S_ISDIR(mode) ? LOOKUP_DIRECTORY : 0);
	struct inode *dir;
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	dir = d_inode(parent.dentry);
	if (S_ISDIR(mode))
		err = vfs_mkdir(dir, dentry, mode);
	else if (S_ISLNK(mode))
		err = vfs_symlink(dir, dentry, target);
	else
		err = vfs_create(dir, dentry, mode, true);
	done_path_create(&parent, dentry);
	return err;
}

static int mkfile(const char *name) { return make(name, S_IFREG | 0644, NULL); }
static int mkdir(const char *name) { return make(name, S_IFDIR | 0755, NULL); }
static int mklink(const char *name, const char *target) { return make(name, S_IFLNK, target); }

/* Removes a file of this tmpfs by its dentry. */
static int unlink(const char *name)
{
	struct path path;
	struct dentry *parent;
	int err = kern_path(name, 0, &path);

	if (err)
		return err;
	parent = dget_parent(path.dentry);
	inode_lock_nested(d_inode(parent), I_MUTEX_PARENT);
	err = vfs_unlink(d_inode(parent), path.dentry);
	inode_unlock(d_inode(parent));
	dput(parent);
	path_put(&path);
	return err;
}

static int rename(const char *from, const char *to, unsigned int flags)
{
	struct dentry *dir, *old, *new;
	struct path path;
	int err = kern_path("/tmp", LOOKUP_FOLLOW, &path);

	if (err)
		return err;
	dir = path.dentry;
	inode_lock_nested(d_inode(dir), I_MUTEX_PARENT);
	old = lookup_one_len(from, dir, strlen(from));
	new = lookup_one_len(to, dir, strlen(to));
	err = -ENOENT;
	if (d_inode(old))
		err = vfs_rename(d_inode(dir), old, d_inode(dir), new, flags);
	inode_unlock(d_inode(dir));
	dput(old);
	dput(new);
	path_put(&path);
	return err;
}

static int walk_to(const char *name, unsigned int flags, unsigned long *ino)
{
	struct path path;
	int err = kern_path(name, flags, &path);

	if (err)
		return err;
	if (ino)
		*ino = d_inode(path.dentry)->i_ino;
	path_put(&path);
	return 0;
}

/* ------------------------------------------------------------------ the walk */

static void dots_and_slashes(struct kunit *test)
{
	unsigned long a = 0, b = 0;

	KUNIT_ASSERT_EQ(test, mkdir(HERE "d"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "d/f"), 0);
	KUNIT_ASSERT_EQ(test, walk_to(HERE "d/f", 0, &a), 0);
	KUNIT_EXPECT_EQ(test, walk_to("/tmp//d/./../d///f", 0, &b), 0);
	KUNIT_EXPECT_EQ(test, a, b);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "d/f/", 0, NULL), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "d/f/x", 0, NULL), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "d/x/y", 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, walk_to("", 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, walk_to("/../../tmp/d", 0, NULL), 0);
}

static void links_are_followed(struct kunit *test)
{
	unsigned long target = 0, link = 0, through = 0;

	KUNIT_ASSERT_EQ(test, mkdir(HERE "d"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "d/f"), 0);
	KUNIT_ASSERT_EQ(test, mklink(HERE "relative", "d/../d"), 0);
	KUNIT_ASSERT_EQ(test, mklink(HERE "absolute", "/tmp/relative/f"), 0);
	KUNIT_ASSERT_EQ(test, walk_to(HERE "d/f", 0, &target), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "absolute", LOOKUP_FOLLOW, &through), 0);
	KUNIT_EXPECT_EQ(test, through, target);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "absolute", 0, &link), 0);
	KUNIT_EXPECT_NE(test, link, target);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "relative/f", 0, &through), 0);
	KUNIT_EXPECT_EQ(test, through, target);
}

static void links_in_a_circle(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, mklink(HERE "a", "b"), 0);
	KUNIT_ASSERT_EQ(test, mklink(HERE "b", "a"), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a", LOOKUP_FOLLOW, NULL), -ELOOP);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a/x", 0, NULL), -ELOOP);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a", 0, NULL), 0);
}

static void dangling_link(struct kunit *test)
{
	struct file *file;

	KUNIT_ASSERT_EQ(test, mklink(HERE "link", "target"), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "link", LOOKUP_FOLLOW, NULL), -ENOENT);
	file = filp_open(HERE "link", O_RDWR | O_CREAT | O_EXCL, 0600);
	KUNIT_EXPECT_EQ(test, PTR_ERR(file), (long)-EEXIST);
	file = filp_open(HERE "link", O_RDWR | O_CREAT, 0600);	/* makes what it points to */
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	fput(file);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "target", 0, NULL), 0);
}

static void long_names(struct kunit *test)
{
	char *name = kunit_kmalloc(test, PATH_MAX + 2, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, name);
	memset(name, 'n', PATH_MAX + 1);
	memcpy(name, HERE, strlen(HERE));
	name[strlen(HERE) + NAME_MAX] = '\0';
	KUNIT_EXPECT_EQ(test, mkfile(name), 0);
	KUNIT_EXPECT_EQ(test, walk_to(name, 0, NULL), 0);
	name[strlen(HERE) + NAME_MAX] = 'n';
	name[strlen(HERE) + NAME_MAX + 1] = '\0';
	KUNIT_EXPECT_EQ(test, walk_to(name, 0, NULL), -ENAMETOOLONG);
	KUNIT_EXPECT_EQ(test, mkfile(name), -ENAMETOOLONG);
}

static void open_flags(struct kunit *test)
{
	struct file *file;

	KUNIT_ASSERT_EQ(test, mkdir(HERE "d"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "f"), 0);
	KUNIT_ASSERT_EQ(test, mklink(HERE "l", "f"), 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "f", O_DIRECTORY, 0)), (long)-ENOTDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "d", O_WRONLY, 0)), (long)-EISDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "d", O_CREAT, 0)), (long)-EISDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "l", O_NOFOLLOW, 0)), (long)-ELOOP);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "n/", O_CREAT, 0)), (long)-EISDIR);
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "f", O_CREAT | O_EXCL, 0)), (long)-EEXIST);
	file = filp_open(HERE "l", O_PATH | O_NOFOLLOW, 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_TRUE(test, S_ISLNK(file_inode(file)->i_mode));
	fput(file);
}

/* ------------------------------------------------------------------ dentries */

static void negative_dentry_turns_positive(struct kunit *test)
{
	struct path path;
	struct dentry *dentry;

	KUNIT_EXPECT_EQ(test, walk_to(HERE "n", 0, NULL), -ENOENT);
	KUNIT_ASSERT_EQ(test, kern_path("/tmp", LOOKUP_FOLLOW, &path), 0);
	inode_lock_nested(d_inode(path.dentry), I_MUTEX_PARENT);
	dentry = lookup_one_len("n", path.dentry, 1);
	inode_unlock(d_inode(path.dentry));
	KUNIT_EXPECT_TRUE(test, d_is_negative(dentry));
	KUNIT_EXPECT_EQ(test, mkfile(HERE "n"), 0);
	KUNIT_EXPECT_TRUE(test, d_is_positive(dentry));	/* the very same */
	dput(dentry);
	path_put(&path);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "n", 0, NULL), 0);
}

static void unlinked_while_open(struct kunit *test)
{
	struct file *file = filp_open(HERE "f", O_RDWR | O_CREAT, 0600);
	char buf[64], *name;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_EQ(test, unlink(HERE "f"), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "f", 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, file_inode(file)->i_nlink, 0u);
	name = d_path(&file->f_path, buf, sizeof(buf));
	KUNIT_EXPECT_FALSE(test, IS_ERR(name));
	if (!IS_ERR(name))
		KUNIT_EXPECT_STREQ(test, name, "/tmp/f (deleted)");
	KUNIT_EXPECT_EQ(test, mkfile(HERE "f"), 0);	/* another file of that name */
	fput(file);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "f", 0, NULL), 0);
}

static void renames(struct kunit *test)
{
	unsigned long a = 0, b = 0, now = 0;

	KUNIT_ASSERT_EQ(test, mkfile(HERE "a"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "b"), 0);
	KUNIT_ASSERT_EQ(test, walk_to(HERE "a", 0, &a), 0);
	KUNIT_ASSERT_EQ(test, walk_to(HERE "b", 0, &b), 0);
	KUNIT_EXPECT_EQ(test, rename("a", "b", RENAME_EXCHANGE), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a", 0, &now), 0);
	KUNIT_EXPECT_EQ(test, now, b);
	KUNIT_EXPECT_EQ(test, rename("a", "b", 0), 0);		/* over the other */
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a", 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "b", 0, &now), 0);
	KUNIT_EXPECT_EQ(test, now, b);
	KUNIT_EXPECT_EQ(test, rename("b", "a_name_too_long_to_live_inside_its_dentry", 0), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "a_name_too_long_to_live_inside_its_dentry", 0, &now), 0);
	KUNIT_EXPECT_EQ(test, now, b);
	KUNIT_EXPECT_EQ(test, rename("b", "c", 0), -ENOENT);
}

static void rename_over_directories(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, mkdir(HERE "d"), 0);
	KUNIT_ASSERT_EQ(test, mkdir(HERE "full"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "full/f"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "f"), 0);
	KUNIT_EXPECT_EQ(test, rename("d", "full", 0), -ENOTEMPTY);
	KUNIT_EXPECT_EQ(test, rename("f", "d", 0), -EISDIR);
	KUNIT_EXPECT_EQ(test, rename("d", "f", 0), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, rename("full", "d", 0), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "d/f", 0, NULL), 0);
}

static void deep_tree_is_shrunk(struct kunit *test)
{
	struct path path;

	KUNIT_ASSERT_EQ(test, mkdir(HERE "1"), 0);
	KUNIT_ASSERT_EQ(test, mkdir(HERE "1/2"), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "1/2/no", 0, NULL), -ENOENT);
	KUNIT_ASSERT_EQ(test, kern_path(HERE "1/2", 0, &path), 0);
	KUNIT_EXPECT_FALSE(test, list_empty(&path.dentry->d_subdirs));	/* "no" is remembered */
	shrink_dcache_sb(path.dentry->d_sb);
	KUNIT_EXPECT_TRUE(test, list_empty(&path.dentry->d_subdirs));
	path_put(&path);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "1/2", 0, NULL), 0);	/* files are not forgotten */
}

/* ------------------------------------------------------------------ tmpfs, mounts */

static void tmpfs_is_full(struct kunit *test)
{
	char *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	struct file *file = filp_open(HERE "f", O_RDWR | O_CREAT, 0600);
	struct kstatfs st = { 0 };
	loff_t pos = 0;
	int i;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	for (i = 0; i < 4; i++)
		KUNIT_EXPECT_EQ(test, kernel_write(file, page, PAGE_SIZE, &pos), (ssize_t)PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, kernel_write(file, page, PAGE_SIZE, &pos), (ssize_t)-ENOSPC);
	KUNIT_EXPECT_EQ(test, vfs_statfs(&file->f_path, &st), 0);
	KUNIT_EXPECT_EQ(test, st.f_bfree, 0ull);
	KUNIT_EXPECT_EQ(test, do_truncate(file->f_path.dentry, 100), 0);
	KUNIT_EXPECT_EQ(test, vfs_statfs(&file->f_path, &st), 0);
	KUNIT_EXPECT_EQ(test, st.f_bfree, 3ull);
	pos = 0;
	KUNIT_EXPECT_EQ(test, kernel_read(file, page, PAGE_SIZE, &pos), (ssize_t)100);
	fput(file);
}

static void sparse_file_reads_zero(struct kunit *test)
{
	struct file *file = filp_open(HERE "s", O_RDWR | O_CREAT, 0600);
	loff_t pos = 100000;
	char c = 1;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_EQ(test, kernel_write(file, "x", 1, &pos), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, i_size_read(file_inode(file)), (loff_t)100001);
	pos = 5000;
	KUNIT_EXPECT_EQ(test, kernel_read(file, &c, 1, &pos), (ssize_t)1);
	KUNIT_EXPECT_EQ(test, c, (char)0);
	fput(file);
}

static void busy_mount_stays(struct kunit *test)
{
	struct file *file = filp_open(HERE "f", O_RDWR | O_CREAT, 0600);
	struct path path;

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_ASSERT_EQ(test, kern_path("/tmp", LOOKUP_FOLLOW, &path), 0);
	dput(path.dentry);
	KUNIT_EXPECT_EQ(test, do_umount(path.mnt, 0), -EBUSY);
	mntput(path.mnt);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "f", 0, NULL), 0);
	fput(file);
}

static void mounts_cover_and_uncover(struct kunit *test)
{
	struct path path;

	KUNIT_ASSERT_EQ(test, mkdir(HERE "m"), 0);
	KUNIT_ASSERT_EQ(test, mkfile(HERE "m/under"), 0);
	KUNIT_ASSERT_EQ(test, kern_path(HERE "m", 0, &path), 0);
	KUNIT_EXPECT_EQ(test, do_mount("none", &path, "tmpfs", 0, NULL), 0);
	path_put(&path);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "m/under", 0, NULL), -ENOENT);
	KUNIT_EXPECT_EQ(test, mkfile(HERE "m/over"), 0);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "m/../m/over", 0, NULL), 0);
	KUNIT_ASSERT_EQ(test, kern_path(HERE "m", 0, &path), 0);
	dput(path.dentry);
	KUNIT_EXPECT_EQ(test, do_umount(path.mnt, 0), 0);
	mntput(path.mnt);
	KUNIT_EXPECT_EQ(test, walk_to(HERE "m/under", 0, NULL), 0);
}

static void read_only_refuses_writers(struct kunit *test)
{
	struct path path;
	struct file *file = filp_open(HERE "f", O_RDWR | O_CREAT, 0600);

	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_ASSERT_EQ(test, kern_path("/tmp", LOOKUP_FOLLOW, &path), 0);
	KUNIT_EXPECT_EQ(test, do_mount(NULL, &path, NULL, MS_REMOUNT | MS_RDONLY, NULL),
			(long)-EBUSY);		/* open for writing */
	fput(file);
	KUNIT_EXPECT_EQ(test, do_mount(NULL, &path, NULL, MS_REMOUNT | MS_RDONLY, NULL), 0l);
	KUNIT_EXPECT_EQ(test, mkfile(HERE "g"), -EROFS);
	KUNIT_EXPECT_EQ(test, mkfile(HERE "f"), -EEXIST);	/* which goes first */
	KUNIT_EXPECT_EQ(test, PTR_ERR(filp_open(HERE "f", O_RDWR, 0)), (long)-EROFS);
	path_put(&path);
}

static struct kunit_case names_cases[] = {
	KUNIT_CASE(dots_and_slashes), KUNIT_CASE(links_are_followed),
	KUNIT_CASE(links_in_a_circle), KUNIT_CASE(dangling_link), KUNIT_CASE(long_names),
	KUNIT_CASE(open_flags), KUNIT_CASE(negative_dentry_turns_positive),
	KUNIT_CASE(unlinked_while_open), KUNIT_CASE(renames),
	KUNIT_CASE(rename_over_directories), KUNIT_CASE(deep_tree_is_shrunk),
	KUNIT_CASE(tmpfs_is_full), KUNIT_CASE(sparse_file_reads_zero),
	KUNIT_CASE(busy_mount_stays), KUNIT_CASE(mounts_cover_and_uncover),
	KUNIT_CASE(read_only_refuses_writers), {}
};

static struct kunit_suite names_suite = {
	.name = "vfs_names",
	.init = names_init,
	.exit = names_exit,
	.test_cases = names_cases,
};
kunit_test_suite(names_suite);
