/*
 * Mounting /proc: there is one, and the directories that are always there.
 */
#include "internal.h"

static struct dentry *proc_mount(struct file_system_type *type, int flags, const char *dev,
				 void *data)
{
	return mount_single(type, flags, data, proc_fill_super);
}

static struct file_system_type proc_fs_type = {
	.name = "proc",
	.mount = proc_mount,
	.kill_sb = kill_anon_super,
};

static int __init proc_root_init_call(void)
{
	proc_symlink("mounts", NULL, "self/mounts");
	proc_mkdir("tty", NULL);
	proc_mkdir("tty/driver", NULL);
	proc_mkdir("driver", NULL);
	proc_mkdir("bus", NULL);
	proc_mkdir("fs", NULL);
	return register_filesystem(&proc_fs_type);
}
subsys_initcall(proc_root_init_call);
