/*
 * The root file system is mounted.
 *
 *	mnt_init()		from kmain(): an empty ramfs as the first root,
 *				so that names work
 *	prepare_namespace()	from process 1, when the drivers are there: the
 *				disk root= names takes its place, devtmpfs goes
 *				on /dev
 *
 * root=/dev/hda1, root=hda1 or root=MAJOR:MINOR; rootfstype= tries one type
 * instead of all, and types that need no disk need no root=; ro mounts it
 * read-only.  What cannot be mounted is told with the device, the reason and
 * the disks that are there.
 */
#include <linux/devtmpfs.h>
#include <linux/fs_struct.h>
#include <linux/genhd.h>
#include <linux/seq_file.h>
#include <asm/setup.h>
#include "internal.h"
#include "ramfs/ramfs.h"

static char root_name[64] __initdata;
static const char *root_device __initdata = root_name;	/* what the mount method gets */
static char root_type[32] __initdata;
static int root_flags __initdata;

/* The device of the root file system: /dev/hda1, hda1 or MAJOR:MINOR. */
static int __init root_setup(char *value)
{
	strscpy(root_name, value, sizeof(root_name));
	return 1;
}
__setup("root=", root_setup);

/* The type of the root file system; without it each is tried. */
static int __init rootfstype_setup(char *value)
{
	strscpy(root_type, value, sizeof(root_type));
	return 1;
}
__setup("rootfstype=", rootfstype_setup);

/* The root is mounted read-only. */
static int __init readonly_setup(char *value)
{
	if (*value)
		return 0;
	root_flags |= SB_RDONLY;
	return 1;
}
__setup("ro", readonly_setup);

/* The root is mounted read-write, which it is anyway. */
static int __init readwrite_setup(char *value)
{
	if (*value)
		return 0;
	root_flags &= ~SB_RDONLY;
	return 1;
}
__setup("rw", readwrite_setup);

/* ------------------------------------------------------------------ the first root */

static void __init set_init_root(struct vfsmount *mnt)
{
	struct path root = { .mnt = mnt, .dentry = mnt->mnt_root };

	set_root_mount(mnt);
	set_fs_root(&init_fs, &root);
	set_fs_pwd(&init_fs, &root);
}

void __init mnt_init(void)
{
	struct vfsmount *mnt = kern_mount(&ramfs_type);

	if (IS_ERR(mnt))
		panic("the first root cannot be made (%ld)", PTR_ERR(mnt));
	set_init_root(mnt);
}

/* ------------------------------------------------------------------ the real one */

#define ROOT_NODE	"/root_device"

/* A node with the number, in the first root. */
static int __init make_root_node(dev_t dev)
{
	struct path parent;
	struct dentry *dentry = kern_path_create(AT_FDCWD, ROOT_NODE, &parent, 0);
	int err;

	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	err = vfs_mknod(d_inode(parent.dentry), dentry, S_IFBLK | 0600, dev);
	done_path_create(&parent, dentry);
	return err;
}

/* MAJOR:MINOR has no name that blkdev_get_by_path() knows: gets one. */
static int __init name_root_number(void)
{
	unsigned int major, minor;
	char *colon = strchr(root_name, ':');
	int err;

	if (!colon)
		return 0;
	*colon = '\0';
	if (kstrtouint(root_name, 0, &major) || kstrtouint(colon + 1, 0, &minor)) {
		*colon = ':';
		return -ENXIO;
	}
	*colon = ':';
	err = make_root_node(MKDEV(major, minor));
	if (!err)
		root_device = ROOT_NODE;
	return err;
}

static int __init try_root(struct file_system_type *type, void *arg)
{
	struct vfsmount **mnt = arg;

	*mnt = vfs_kern_mount(type, root_flags | SB_SILENT, root_device, NULL);
	return PTR_ERR_OR_ZERO(*mnt);
}

static int __init mount_typed_root(struct vfsmount **mnt)
{
	struct file_system_type *type = get_fs_type(root_type);

	if (!type)
		return -ENODEV;
	*mnt = vfs_kern_mount(type, root_flags, root_device, NULL);
	module_put(type->owner);
	return PTR_ERR_OR_ZERO(*mnt);
}

static const char *__init root_error(int err)
{
	switch (err) {
	case -ENODEV:
		return "the kernel does not know this type of file system";
	case -EINVAL:
		return "it holds no file system that the kernel knows";
	case -ENXIO:
	case -ENOENT:
		return "there is no such device";
	case -EIO:
		return "it cannot be read";
	case -EROFS:
	case -EACCES:
		return "it cannot be written to (try ro)";
	case -EUCLEAN:
		return "its file system is damaged";
	default:
		return "see the error number";
	}
}

/* What could have been named: /proc/partitions, into the log. */
static void __init list_disks(void)
{
	struct seq_file m = { .size = PAGE_SIZE };
	char *line, *rest;

	m.buf = rest = kzalloc(m.size + 1, GFP_KERNEL);
	if (!m.buf)
		return;
	show_partitions(&m);
	pr_emerg("VFS: the disks and partitions that are there (blocks of 1 KiB):\n");
	while ((line = strsep(&rest, "\n")))
		if (*line)
			pr_emerg("  %s\n", line);
	kfree(m.buf);
}

static void __noreturn __init root_panic(int err)
{
	list_disks();
	panic("root=%s%s%s cannot be mounted: %s (%d)", root_name,
	      root_type[0] ? " rootfstype=" : "", root_type, root_error(err), err);
}

static bool __init type_needs_disk(void)
{
	struct file_system_type *type = root_type[0] ? get_fs_type(root_type) : NULL;
	bool needs = !type || type->fs_flags & FS_REQUIRES_DEV;

	if (type)
		module_put(type->owner);
	return needs;
}

/* The first disk; where there is none, what the boot loader brought (or a name for the message). */
static const char *__init default_root(void)
{
	if (!type_needs_disk())
		return root_type;
	return !name_to_dev_t("hda") && boot_module_count ? "/dev/ram0" : "/dev/hda";
}

static void __init mount_root(void)
{
	struct vfsmount *mnt = NULL;
	int err;

	if (!root_name[0])
		strscpy(root_name, default_root(), sizeof(root_name));
	err = name_root_number();
	if (err)
		root_panic(err);
	err = root_type[0] ? mount_typed_root(&mnt) : for_each_disk_filesystem(try_root, &mnt);
	if (err)
		root_panic(err);
	mnt->mnt_flags |= MNT_RELATIME;
	pr_info("VFS: root is %s (%s), read-%s\n", mnt->mnt_sb->s_id, mnt->mnt_sb->s_type->name,
		sb_rdonly(mnt->mnt_sb) ? "only" : "write");
	set_init_root(mnt);
}

void __init prepare_namespace(void)
{
	int err;

	mount_root();
	err = devtmpfs_mount();
	if (err)
		pr_warn("devtmpfs cannot be mounted on /dev (%d)\n", err);
}
