/*
 * /proc/mounts (/proc/PID/mounts): what is mounted where, as mount(8) wants it.
 */
#include <linux/mount.h>
#include "internal.h"

static const struct {
	int flag;
	const char *text;
} mnt_options[] = {
	{ MNT_NOSUID, ",nosuid" }, { MNT_NODEV, ",nodev" }, { MNT_NOEXEC, ",noexec" },
	{ MNT_NOATIME, ",noatime" }, { MNT_NODIRATIME, ",nodiratime" },
	{ MNT_RELATIME, ",relatime" },
};

static int show_mount(struct seq_file *m, struct vfsmount *mnt)
{
	const struct path path = { .mnt = mnt, .dentry = mnt->mnt_root };
	struct super_block *sb = mnt->mnt_sb;
	int i;

	seq_escape(m, mnt->mnt_devname, " \t\n\\");
	seq_putc(m, ' ');
	seq_path(m, &path, " \t\n\\");
	seq_printf(m, " %s %s", sb->s_type->name, __mnt_is_readonly(mnt) ? "ro" : "rw");
	if (sb->s_flags & SB_SYNCHRONOUS)
		seq_puts(m, ",sync");
	for (i = 0; i < ARRAY_SIZE(mnt_options); i++)
		if (mnt->mnt_flags & mnt_options[i].flag)
			seq_puts(m, mnt_options[i].text);
	if (sb->s_op->show_options)
		sb->s_op->show_options(m, mnt->mnt_root);
	seq_puts(m, " 0 0\n");
	return 0;
}

int mounts_show(struct seq_file *m, void *v)
{
	return seq_show_mounts(m, show_mount);
}
