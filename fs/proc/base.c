/*
 * The directory of a process, /proc/PID: what is in it, and /proc/self.
 *
 * Its inodes hold a struct pid, not the task: the process may end meanwhile,
 * and then every read and walk answers ESRCH or ENOENT; a later process with
 * the same number is another struct pid.
 */
#include <linux/dirent.h>
#include <linux/fs_struct.h>
#include <linux/mount.h>
#include "internal.h"

/* The task behind an inode with a reference, or NULL: it has ended. */
struct task_struct *get_proc_task(const struct inode *inode)
{
	return get_pid_task(PROC_I(inode)->pid, PIDTYPE_TGID);
}

/* Where a process works is its owner's affair, and root's. */
static bool may_look(struct task_struct *task)
{
	return uid_eq(current_fsuid(), task_uid(task)) || capable(CAP_SYS_PTRACE);
}

static void set_owner(struct inode *inode, struct task_struct *task)
{
	const struct cred *cred = get_task_cred(task);

	inode->i_uid = cred->euid;
	inode->i_gid = cred->egid;
	put_cred(cred);
}

struct inode *proc_pid_make_inode(struct super_block *sb, struct task_struct *task, umode_t mode)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return NULL;
	PROC_I(inode)->pid = get_task_pid(task, PIDTYPE_TGID);
	inode->i_ino = get_next_ino();
	inode->i_mode = mode;
	set_owner(inode, task);
	inode->i_atime = inode->i_mtime = inode->i_ctime = current_time(inode);
	return inode;
}

static int pid_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = d_inode(dentry);
	struct task_struct *task = inode ? get_proc_task(inode) : NULL;

	if (!task)
		return 0;
	set_owner(inode, task);
	put_task_struct(task);
	return 1;
}

static const struct dentry_operations pid_dentry_operations = {
	.d_revalidate = pid_revalidate,
	.d_delete = always_delete_dentry,
};

/* ------------------------------------------------------------------ files of text */

static int pid_file_show(struct seq_file *m, void *v)
{
	struct inode *inode = m->private;
	struct task_struct *task = get_proc_task(inode);
	int err;

	if (!task)
		return -ESRCH;
	err = PROC_I(inode)->entry->show(m, task);
	put_task_struct(task);
	return err;
}

static int pid_file_open(struct inode *inode, struct file *file)
{
	return single_open(file, pid_file_show, inode);
}

static const struct file_operations pid_file_operations = {
	.open = pid_file_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int comm_show(struct seq_file *m, struct task_struct *task)
{
	char comm[TASK_COMM_LEN];

	seq_printf(m, "%s\n", get_task_comm(comm, task));
	return 0;
}

static int wchan_show(struct seq_file *m, struct task_struct *task)
{
	seq_puts(m, task->state && task->wait_reason ? task->wait_reason : "0");
	return 0;
}

/* What is mounted where, as mount(8) wants it. */
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

static int pid_mounts_show(struct seq_file *m, struct task_struct *task)
{
	return seq_show_mounts(m, show_mount);
}

/* ------------------------------------------------------------------ links to places */

static int fs_path(struct task_struct *task, struct path *path, bool root)
{
	int err = -ENOENT;

	task_lock(task);
	if (task->fs) {
		if (root)
			get_fs_root(task->fs, path);
		else
			get_fs_pwd(task->fs, path);
		err = 0;
	}
	task_unlock(task);
	return err;
}

static int cwd_path(const struct inode *inode, struct task_struct *task, struct path *path)
{
	return fs_path(task, path, false);
}

static int root_path(const struct inode *inode, struct task_struct *task, struct path *path)
{
	return fs_path(task, path, true);
}

/* Follows the link: to the place, whatever its name is by now. */
static int link_jump(struct dentry *dentry, struct path *path)
{
	struct inode *inode = d_inode(dentry);
	struct task_struct *task = get_proc_task(inode);
	int err = -EACCES;

	if (!task)
		return -ENOENT;
	if (may_look(task))
		err = PROC_I(inode)->entry->get_path(inode, task, path);
	put_task_struct(task);
	return err;
}

static int link_readlink(struct dentry *dentry, char __user *buf, int size)
{
	struct path path;
	char *page, *name;
	int err, len;

	err = link_jump(dentry, &path);
	if (err)
		return err;
	page = kmalloc(PATH_MAX, GFP_KERNEL);
	err = -ENOMEM;
	if (page) {
		name = d_path(&path, page, PATH_MAX);
		err = PTR_ERR_OR_ZERO(name);
		if (!err) {
			len = min_t(int, size, strlen(name));
			err = copy_to_user(buf, name, len) ? -EFAULT : len;
		}
		kfree(page);
	}
	path_put(&path);
	return err;
}

const struct inode_operations proc_link_inode_operations = {
	.readlink = link_readlink,
	.jump_link = link_jump,
};

/* ------------------------------------------------------------------ the directory */

#define REG(n, m, s)	{ .name = n, .mode = S_IFREG | (m), .fop = &pid_file_operations, .show = s }
#define LNK(n, p)	{ .name = n, .mode = S_IFLNK | S_IRWXUGO, \
			  .iop = &proc_link_inode_operations, .get_path = p }

static const struct pid_entry pid_entries[] = {
	{ .name = "fd", .mode = S_IFDIR | S_IRUSR | S_IXUSR,
	  .iop = &proc_fd_inode_operations, .fop = &proc_fd_operations },
	REG("environ", S_IRUSR, proc_pid_environ),
	REG("status", S_IRUGO, proc_pid_status),
	REG("stat", S_IRUGO, proc_pid_stat),
	REG("statm", S_IRUGO, proc_pid_statm),
	REG("cmdline", S_IRUGO, proc_pid_cmdline),
	REG("comm", S_IRUGO, comm_show),
	REG("maps", S_IRUGO, proc_pid_maps),
	REG("mounts", S_IRUGO, pid_mounts_show),
	REG("wchan", S_IRUGO, wchan_show),
	LNK("cwd", cwd_path),
	LNK("root", root_path),
	LNK("exe", proc_exe_path),
};

static struct dentry *pid_dir_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task = get_proc_task(dir);
	const struct pid_entry *entry = pid_entries;
	const struct pid_entry *end = entry + ARRAY_SIZE(pid_entries);
	struct inode *inode;

	if (!task)
		return ERR_PTR(-ENOENT);
	while (entry < end && strcmp(entry->name, (const char *)dentry->d_name.name))
		entry++;
	inode = ERR_PTR(-ENOENT);
	if (entry < end) {
		inode = proc_pid_make_inode(dir->i_sb, task, entry->mode) ?: ERR_PTR(-ENOMEM);
		if (!IS_ERR(inode)) {
			PROC_I(inode)->entry = entry;
			if (entry->iop)
				inode->i_op = entry->iop;
			if (entry->fop)
				inode->i_fop = entry->fop;
			if (S_ISDIR(entry->mode))
				set_nlink(inode, 2);
			dentry->d_op = &pid_dentry_operations;
		}
	}
	put_task_struct(task);
	return d_splice_alias(inode, dentry);
}

static int pid_dir_readdir(struct file *file, struct dir_context *ctx)
{
	const struct pid_entry *entry;

	if (!dir_emit_dots(file, ctx))
		return 0;
	while (ctx->pos - 2 < ARRAY_SIZE(pid_entries)) {
		entry = &pid_entries[ctx->pos - 2];
		if (!dir_emit(ctx, entry->name, strlen(entry->name),
			      file_inode(file)->i_ino + ctx->pos, entry->mode >> 12))
			return 0;
		ctx->pos++;
	}
	return 0;
}

static const struct file_operations pid_dir_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = pid_dir_readdir,
};

static const struct inode_operations pid_dir_inode_operations = {
	.lookup = pid_dir_lookup,
};

/* ------------------------------------------------------------------ in the root */

/*
 * "self" is another link for each process: the inode belongs to the one that
 * looked it up, and its dentry is thrown out when another one walks along.
 */
static int self_revalidate(struct dentry *dentry, unsigned int flags)
{
	return PROC_I(d_inode(dentry))->pid == task_pid(current->group_leader);
}

static const struct dentry_operations self_dentry_operations = {
	.d_revalidate = self_revalidate,
	.d_delete = always_delete_dentry,
};

static struct dentry *self_lookup(struct dentry *dentry)
{
	struct inode *inode;

	inode = proc_pid_make_inode(dentry->d_sb, current->group_leader, S_IFLNK | S_IRWXUGO);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_op = &simple_symlink_inode_operations;
	inode->i_link = kasprintf(GFP_KERNEL, "%d", current->tgid);	/* freed by evict */
	if (!inode->i_link) {
		iput(inode);
		return ERR_PTR(-ENOMEM);
	}
	dentry->d_op = &self_dentry_operations;
	return d_splice_alias(inode, dentry);
}

/* A name of digits that is a process's number, or "self"; ENOENT. */
struct dentry *proc_pid_lookup(struct dentry *dentry)
{
	struct task_struct *task;
	struct inode *inode;
	pid_t nr;

	if (!strcmp((const char *)dentry->d_name.name, "self"))
		return self_lookup(dentry);
	if (dentry->d_name.name[0] < '1' || dentry->d_name.name[0] > '9' ||
	    kstrtoint((const char *)dentry->d_name.name, 10, &nr))
		return ERR_PTR(-ENOENT);
	task = find_get_task_by_vpid(nr);
	if (!task)
		return ERR_PTR(-ENOENT);
	inode = ERR_PTR(-ENOENT);
	if (thread_group_leader(task))
		inode = proc_pid_make_inode(dentry->d_sb, task, S_IFDIR | S_IRUGO | S_IXUGO)
			?: ERR_PTR(-ENOMEM);
	if (!IS_ERR(inode)) {
		inode->i_op = &pid_dir_inode_operations;
		inode->i_fop = &pid_dir_operations;
		set_nlink(inode, 2);
		dentry->d_op = &pid_dentry_operations;
	}
	put_task_struct(task);
	return d_splice_alias(inode, dentry);
}

/* Positions from first on: "self", then the processes by number. */
int proc_pid_readdir(struct file *file, struct dir_context *ctx, loff_t first)
{
	char name[16];
	pid_t nr;
	int len;

	if (ctx->pos == first) {
		if (!dir_emit(ctx, "self", 4, 2, DT_LNK))
			return 0;
		ctx->pos++;
	}
	while ((nr = next_tgid(ctx->pos - first))) {
		len = snprintf(name, sizeof(name), "%d", nr);
		ctx->pos = nr + first;
		if (!dir_emit(ctx, name, len, nr, DT_DIR))
			return 0;
		ctx->pos++;
	}
	return 0;
}
