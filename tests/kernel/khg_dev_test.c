/*
 * Character devices of 1996 from below: what their methods are given, and what missing ones do.
 *
 * The calls of today come first; from <khg/…> on a name means what it meant then.
 */
#include <kunit/test.h>
#include <linux/devtmpfs.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/poll.h>
#include "test_mm.h"

#define MAJOR_TESTED	61
#define NODE		"khg_dev_test"

static struct file *opened;

static int open_minor(unsigned int minor, int flags)
{
	devtmpfs_create_node(MKDEV(MAJOR_TESTED, minor), 0600, NODE, S_IFCHR);
	opened = filp_open("/dev/" NODE, flags, 0);
	devtmpfs_delete_node(NODE);
	return PTR_ERR_OR_ZERO(opened);
}

static void close_it(void)
{
	if (!IS_ERR_OR_NULL(opened))
		fput(opened);
	opened = NULL;
}

static ssize_t read_it(size_t count)
{
	return vfs_read(opened, NULL, count, &opened->f_pos);
}

static ssize_t write_it(size_t count)
{
	return vfs_write(opened, NULL, count, &opened->f_pos);
}

static loff_t seek_it(loff_t offset, int whence)
{
	return vfs_llseek(opened, offset, whence);
}

static long ioctl_it(unsigned int cmd, unsigned long arg)
{
	return vfs_ioctl(opened, cmd, arg);
}

static unsigned int poll_it(poll_table *table)
{
	return (__force unsigned int)vfs_poll(opened, table);
}

static int readdir_it(void)
{
	struct dir_context ctx = { 0 };

	return iterate_dir(opened, &ctx);
}

static unsigned long map_it(unsigned long at, unsigned long len, int prot, unsigned long off)
{
	return vm_mmap(opened, at, len, prot, MAP_SHARED | MAP_FIXED, off);
}

static int add_today(int major, const char *name)
{
	static const struct file_operations none;

	return register_chrdev(major, name, &none);
}

#include <khg/fs.h>
#include <khg/mm.h>

/* ------------------------------------------------------------------ what methods are given */

/* What the driver saw in its last call. */
static struct {
	struct inode *inode;
	struct file *file;
	int count, releases, readdirs, sel_types, tables;
	unsigned int cmd, arg;
	off_t offset;
	int origin;
	unsigned long addr, off;
	size_t len;
	int prot, outside;
} seen;

static struct wait_queue *queue = NULL;
static int ready;			/* SEL_* that are */
static int *shared;			/* a page to map */

static struct file_operations foo_fops, bare_fops;

static void note(struct inode *inode, struct file *file)
{
	seen.inode = inode;
	seen.file = file;
}

static int foo_lseek(struct inode *inode, struct file *file, off_t offset, int origin)
{
	note(inode, file);
	seen.offset = offset;
	seen.origin = origin;
	file->f_pos = 77;
	return 77;
}

static int foo_read(struct inode *inode, struct file *file, char *buf, int count)
{
	note(inode, file);
	seen.count = count;
	file->f_pos += 3;
	return 3;
}

static int foo_write(struct inode *inode, struct file *file, char *buf, int count)
{
	note(inode, file);
	return -EIO;
}

static int foo_readdir(struct inode *inode, struct file *file, struct dirent *dirent, int count)
{
	seen.readdirs++;
	return 0;
}

static int foo_select(struct inode *inode, struct file *file, int sel_type, select_table *table)
{
	note(inode, file);
	seen.sel_types |= sel_type;
	seen.tables += table != NULL;
	if (ready & sel_type)
		return 1;
	select_wait(&queue, table);
	return 0;
}

static int foo_ioctl(struct inode *inode, struct file *file, unsigned int cmd, unsigned int arg)
{
	note(inode, file);
	seen.cmd = cmd;
	seen.arg = arg;
	return 1996;
}

/* Maps the page that holds `shared`, and tries one that was not asked for. */
static int foo_mmap(struct inode *inode, struct file *file, unsigned long addr, size_t len, int prot,
		    unsigned long off)
{
	note(inode, file);
	seen.addr = addr;
	seen.len = len;
	seen.prot = prot;
	seen.off = off;
	seen.outside = remap_page_range(addr + len, virt_to_phys(shared), PAGE_SIZE, PAGE_READONLY);
	return remap_page_range(addr, virt_to_phys(shared), PAGE_SIZE,
				prot & PROT_WRITE ? PAGE_SHARED : PAGE_READONLY);
}

/* Minor 1 is bare; 2 has no inode, as far as its file knows; 3 is taken; 4 is absent. */
static int foo_open(struct inode *inode, struct file *file)
{
	note(inode, file);
	switch (MINOR(inode->i_rdev)) {
	case 1:
	case 2:
		file->f_op = &bare_fops;
		inode->i_size = 1000;
		if (MINOR(inode->i_rdev) == 2)
			file->f_inode = NULL;
		break;
	case 3:
		return -EBUSY;
	case 4:
		return -ENODEV;
	}
	return 0;
}

static void foo_release(struct inode *inode, struct file *file)
{
	note(inode, file);
	seen.releases++;
}

static struct file_operations foo_fops = {
	foo_lseek, foo_read, foo_write, foo_readdir, foo_select, foo_ioctl, foo_mmap, foo_open, foo_release,
};

static int dev_init(struct kunit *test)
{
	memset(&seen, 0, sizeof(seen));
	ready = 0;
	return register_chrdev(MAJOR_TESTED, "foo", &foo_fops);
}

static void dev_exit(struct kunit *test)
{
	close_it();
	unregister_chrdev(MAJOR_TESTED, "foo");
}

/* contract: S2-11 S2-14 S2-15 */
static void methods_get_inode_and_file(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, open_minor(200, O_RDWR | O_NONBLOCK), 0);
	KUNIT_EXPECT_EQ(test, MINOR(seen.inode->i_rdev), 200u);
	KUNIT_EXPECT_TRUE(test, S_ISCHR(seen.inode->i_mode));
	KUNIT_EXPECT_EQ(test, seen.inode->i_size, (loff_t)0);
	KUNIT_EXPECT_PTR_EQ(test, seen.file->f_inode, seen.inode);
	KUNIT_EXPECT_PTR_EQ(test, seen.file->f_op, &foo_fops);
	KUNIT_EXPECT_TRUE(test, seen.file->f_flags & O_NONBLOCK);
	KUNIT_EXPECT_EQ(test, seen.file->f_pos, (off_t)0);
	KUNIT_EXPECT_EQ(test, read_it(10), (ssize_t)3);
	KUNIT_EXPECT_EQ(test, seen.count, 10);
	KUNIT_EXPECT_EQ(test, read_it(10), (ssize_t)3);
	KUNIT_EXPECT_EQ(test, seen.file->f_pos, (off_t)6);
	KUNIT_EXPECT_EQ(test, write_it(1), (ssize_t)-EIO);
	KUNIT_EXPECT_EQ(test, ioctl_it(5, 6), 1996l);
	KUNIT_EXPECT_EQ(test, seen.cmd, 5u);
	KUNIT_EXPECT_EQ(test, seen.arg, 6u);
	KUNIT_EXPECT_EQ(test, seek_it(-9, 2), (loff_t)77);
	KUNIT_EXPECT_EQ(test, seen.offset, (off_t)-9);
	KUNIT_EXPECT_EQ(test, seen.origin, 2);
	KUNIT_EXPECT_EQ(test, read_it(1), (ssize_t)3);
	KUNIT_EXPECT_EQ(test, seen.file->f_pos, (off_t)80);	/* the position lseek() left */
	KUNIT_EXPECT_EQ(test, readdir_it(), -ENOTDIR);		/* whatever the driver has */
	KUNIT_EXPECT_EQ(test, seen.readdirs, 0);
	close_it();
	KUNIT_EXPECT_EQ(test, seen.releases, 1);
}

#define USER	0x40000000ul

/* contract: S2-11 S2-19 */
static void mmap_is_told_where_and_how(struct kunit *test)
{
	static const int prots[] = { PROT_NONE, PROT_READ, PROT_READ | PROT_EXEC, PROT_READ | PROT_WRITE };
	static struct test_mm mm;

	shared = (int *)get_zeroed_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, shared);
	*shared = 1996;
	KUNIT_ASSERT_EQ(test, open_minor(0, O_RDWR), 0);
	KUNIT_ASSERT_TRUE(test, enter_test_mm(&mm));
	for (int i = 0; i < ARRAY_SIZE(prots); i++) {
		KUNIT_EXPECT_EQ(test, map_it(USER, 2 * PAGE_SIZE, prots[i], 3 * PAGE_SIZE), USER);
		KUNIT_EXPECT_EQ(test, seen.addr, USER);
		KUNIT_EXPECT_EQ(test, seen.len, 2 * PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, seen.off, 3 * PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, seen.prot, prots[i]);
		KUNIT_EXPECT_EQ(test, seen.outside, -EINVAL);
	}
	KUNIT_EXPECT_EQ(test, peek(USER), 1996);
	KUNIT_EXPECT_EQ(test, poke(USER, 7), 0);
	KUNIT_EXPECT_EQ(test, *shared, 7);
	KUNIT_EXPECT_EQ(test, peek(USER + PAGE_SIZE), -EFAULT);		/* the method mapped one page */
	KUNIT_EXPECT_EQ(test, map_it(USER, PAGE_SIZE, PROT_READ, 0), USER);
	KUNIT_EXPECT_EQ(test, poke(USER, 8), -EFAULT);
	leave_test_mm(&mm);
	free_page((unsigned long)shared);
}

/* contract: S2-20 */
static void open_says_busy_or_absent(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, open_minor(3, O_RDWR), -EBUSY);
	KUNIT_EXPECT_EQ(test, open_minor(4, O_RDWR), -ENODEV);
	KUNIT_EXPECT_EQ(test, seen.releases, 0);		/* what was not opened is not closed */
	KUNIT_EXPECT_EQ(test, open_minor(0, O_RDWR), 0);
}

/* contract: S2-16 */
static void select_is_asked_with_and_without_a_table(struct kunit *test)
{
	static const struct {
		int type;
		unsigned int mask;
	} sets[] = {
		{ SEL_IN, POLLIN | POLLRDNORM }, { SEL_OUT, POLLOUT | POLLWRNORM }, { SEL_EX, POLLPRI },
	};
	struct poll_wqueues waits;

	KUNIT_ASSERT_EQ(test, open_minor(0, O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, poll_it(NULL), 0u);
	KUNIT_EXPECT_EQ(test, seen.sel_types, SEL_IN | SEL_OUT | SEL_EX);
	KUNIT_EXPECT_EQ(test, seen.tables, 0);
	for (int i = 0; i < 3; i++) {
		ready = sets[i].type;
		KUNIT_EXPECT_EQ(test, poll_it(NULL), sets[i].mask);
	}
	ready = 0;
	poll_initwait(&waits);
	waits.pt._key = (__force __poll_t)POLLIN;
	seen.sel_types = 0;
	KUNIT_EXPECT_EQ(test, poll_it(&waits.pt), 0u);		/* and it did not sleep */
	KUNIT_EXPECT_EQ(test, seen.sel_types, SEL_IN);
	KUNIT_EXPECT_EQ(test, seen.tables, 1);
	KUNIT_EXPECT_EQ(test, waits.triggered, 0);
	wake_up_interruptible(&queue);
	KUNIT_EXPECT_EQ(test, waits.triggered, 1);
	poll_freewait(&waits);
	select_wait(&queue, NULL);
	KUNIT_EXPECT_NULL(test, queue);
}

/* ------------------------------------------------------------------ what missing methods do */

/* contract: S2-12 S2-13 S2-14 S2-15 S2-17 S2-22 */
static void defaults_of_1996(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, open_minor(1, O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, read_it(0), (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, write_it(0), (ssize_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, ioctl_it(1, 0), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, readdir_it(), -ENOTDIR);
	KUNIT_EXPECT_EQ(test, poll_it(NULL), (unsigned int)(POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM));
	KUNIT_EXPECT_EQ(test, seek_it(10, 0), (loff_t)10);
	KUNIT_EXPECT_EQ(test, seek_it(5, 1), (loff_t)15);
	KUNIT_EXPECT_EQ(test, seek_it(-20, 1), (loff_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, seek_it(-1, 2), (loff_t)999);	/* i_size counts */
	KUNIT_EXPECT_EQ(test, seek_it(1, 2), (loff_t)1001);
	KUNIT_EXPECT_EQ(test, seek_it(0, 1), (loff_t)1001);
	KUNIT_EXPECT_EQ(test, seek_it(-1001, 2), (loff_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, seek_it(0, 3), (loff_t)-EINVAL);
	close_it();
	KUNIT_EXPECT_EQ(test, seen.releases, 0);		/* the bare one has none */
}

/* contract: S2-12 */
static void no_inode_no_end(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, open_minor(2, O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, seek_it(0, 2), (loff_t)-EINVAL);
	KUNIT_EXPECT_EQ(test, seek_it(3, 0), (loff_t)3);
}

/* contract: S2-22 */
static void a_major_is_registered_once(struct kunit *test)
{
	int major = register_chrdev(0, "any", &bare_fops);

	KUNIT_EXPECT_GT(test, major, 0);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(major, "any"), 0);
	KUNIT_EXPECT_EQ(test, unregister_chrdev(major, "any"), -EINVAL);
	KUNIT_EXPECT_EQ(test, register_chrdev(MAJOR_TESTED, "again", &bare_fops), -EBUSY);
	KUNIT_EXPECT_EQ(test, add_today(MAJOR_TESTED, "today's"), -EBUSY);
	KUNIT_EXPECT_EQ(test, register_chrdev(600, "large", &bare_fops), -EINVAL);
}

static void take_back(void *ctx)
{
	unregister_chrdev(MAJOR_TESTED, "foo");
}

/* What its open file keeps is told of, and calls the driver no more. */
static void unregistered_while_open(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, open_minor(200, O_RDWR), 0);
	KUNIT_EXPECT_EQ(test, read_it(10), (ssize_t)3);
	memset(&seen, 0, sizeof(seen));
	kunit_expect_report(test, "foo gives its major 61 back while 1 file is open", take_back, NULL);
	KUNIT_EXPECT_EQ(test, read_it(10), (ssize_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, write_it(10), (ssize_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, ioctl_it(5, 6), (long)-ENODEV);
	KUNIT_EXPECT_EQ(test, seek_it(0, 0), (loff_t)-ENODEV);
	KUNIT_EXPECT_EQ(test, poll_it(NULL), (__force unsigned int)(EPOLLERR | EPOLLHUP));
	close_it();
	KUNIT_EXPECT_EQ(test, seen.releases, 0);
	KUNIT_EXPECT_EQ(test, open_minor(200, O_RDWR), -ENXIO);
}

static struct kunit_case dev_cases[] = {
	KUNIT_CASE(methods_get_inode_and_file), KUNIT_CASE(mmap_is_told_where_and_how), KUNIT_CASE(open_says_busy_or_absent),
	KUNIT_CASE(select_is_asked_with_and_without_a_table), KUNIT_CASE(defaults_of_1996),
	KUNIT_CASE(no_inode_no_end), KUNIT_CASE(a_major_is_registered_once),
	KUNIT_CASE(unregistered_while_open), {}
};

static struct kunit_suite khg_dev_suite = {
	.name = "khg_dev",
	.init = dev_init,
	.exit = dev_exit,
	.test_cases = dev_cases,
};

kunit_test_suite(khg_dev_suite);
