/*
 * /proc/PID/fd: a link for each descriptor, to the very file that is open.
 */
#include <linux/dirent.h>
#include <linux/fdtable.h>
#include "internal.h"

/* The open file with a reference, or NULL. */
static struct file *task_file(struct task_struct *task, unsigned int fd)
{
	struct file *file = NULL;

	task_lock(task);
	if (task->files) {
		spin_lock(&task->files->file_lock);
		if (fd < task->files->fdt.max_fds)
			file = task->files->fdt.fd[fd];
		if (file)
			get_file(file);
		spin_unlock(&task->files->file_lock);
	}
	task_unlock(task);
	return file;
}

static int fd_path(const struct inode *inode, struct task_struct *task, struct path *path)
{
	struct file *file = task_file(task, PROC_I(inode)->fd);

	if (!file)
		return -ENOENT;
	*path = file->f_path;
	path_get(path);
	fput(file);
	return 0;
}

static const struct pid_entry fd_entry = { .get_path = fd_path };

/* Is the descriptor still open? */
static int fd_revalidate(struct dentry *dentry, unsigned int flags)
{
	struct inode *inode = d_inode(dentry);
	struct task_struct *task = get_proc_task(inode);
	struct file *file;

	if (!task)
		return 0;
	file = task_file(task, PROC_I(inode)->fd);
	put_task_struct(task);
	if (!file)
		return 0;
	fput(file);
	return 1;
}

static const struct dentry_operations fd_dentry_operations = {
	.d_revalidate = fd_revalidate,
	.d_delete = always_delete_dentry,
};

/* The link's permissions tell how the file was opened. */
static umode_t link_mode(const struct file *file)
{
	umode_t mode = S_IFLNK;

	if (file->f_mode & FMODE_READ)
		mode |= S_IRUSR | S_IXUSR;
	if (file->f_mode & FMODE_WRITE)
		mode |= S_IWUSR | S_IXUSR;
	return mode;
}

static struct inode *fd_inode(struct super_block *sb, struct task_struct *task, unsigned int fd)
{
	struct file *file = task_file(task, fd);
	struct inode *inode;

	if (!file)
		return ERR_PTR(-ENOENT);
	inode = proc_pid_make_inode(sb, task, link_mode(file));
	fput(file);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_op = &proc_link_inode_operations;
	inode->i_size = 64;
	PROC_I(inode)->entry = &fd_entry;
	PROC_I(inode)->fd = fd;
	return inode;
}

static struct dentry *fd_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct task_struct *task = get_proc_task(dir);
	struct inode *inode = ERR_PTR(-ENOENT);
	unsigned int fd;

	if (!task)
		return ERR_PTR(-ENOENT);
	if (!kstrtouint((const char *)dentry->d_name.name, 10, &fd))
		inode = fd_inode(dir->i_sb, task, fd);
	put_task_struct(task);
	if (!IS_ERR(inode))
		dentry->d_op = &fd_dentry_operations;
	return d_splice_alias(inode, dentry);
}

static int emit_fds(struct task_struct *task, struct dir_context *ctx)
{
	char name[12];
	struct file *file;
	unsigned int max;

	task_lock(task);
	max = task->files ? task->files->fdt.max_fds : 0;
	task_unlock(task);
	for (; ctx->pos - 2 < max; ctx->pos++) {
		file = task_file(task, ctx->pos - 2);
		if (!file)
			continue;
		fput(file);
		snprintf(name, sizeof(name), "%u", (unsigned int)(ctx->pos - 2));
		if (!dir_emit(ctx, name, strlen(name), ctx->pos, DT_LNK))
			break;
	}
	return 0;
}

static int fd_readdir(struct file *file, struct dir_context *ctx)
{
	struct task_struct *task = get_proc_task(file_inode(file));
	int err = 0;

	if (!task)
		return -ENOENT;
	if (dir_emit_dots(file, ctx))
		err = emit_fds(task, ctx);
	put_task_struct(task);
	return err;
}

const struct file_operations proc_fd_operations = {
	.llseek = generic_file_llseek,
	.read = generic_read_dir,
	.iterate_shared = fd_readdir,
};

const struct inode_operations proc_fd_inode_operations = {
	.lookup = fd_lookup,
};
