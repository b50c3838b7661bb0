/*
 * /proc/mounts (/proc/PID/mounts): what is mounted where, as mount(8) wants it.
 */
#include <linux/mount.h>
#include "internal.h"

static int show_mount(struct seq_file *m, struct vfsmount *mnt)
{
	const struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };
	struct super_block *sb = mnt->mnt_sb;
	const struct mnt_option *option;

	seq_escape(m, mnt->mnt_devname, " \t\n\\");
	seq_putc(m, ' ');
	seq_path(m, &path, " \t\n\\");
	seq_printf(m, " %s %s", sb->s_type->name, __mnt_is_readonly(mnt) ? "ro" : "rw");
	if (sb->s_flags & SB_SYNCHRONOUS)
		seq_puts(m, ",sync");
	for (option = mnt_options; option->name; option++)
		if (mnt->mnt_flags & option->mnt)
			seq_puts(m, option->name);
	if (sb->s_op->show_options)
		sb->s_op->show_options(m, mnt->mnt_root);
	seq_puts(m, " 0 0\n");
	return 0;
}

int mounts_show(struct seq_file *m, void *v)
{
	return seq_show_mounts(m, show_mount);
}
