/*
 * Where a process's names start: its root, its working directory, its umask.
 *
 * Threads share one, forked processes have copies.  Context: process.
 */
#include <linux/fs_struct.h>
#include "internal.h"

struct fs_struct init_fs = {
	.users = ATOMIC_INIT(1),
	.lock = __SPIN_LOCK_UNLOCKED(init_fs.lock),
	.umask = 0022,
};

static void get_place(struct fs_struct *fs, const struct path *place, struct path *path)
{
	spin_lock(&fs->lock);
	*path = *place;
	path_get(path);
	spin_unlock(&fs->lock);
}

void get_fs_root(struct fs_struct *fs, struct path *root)
{
	get_place(fs, &fs->root, root);
}

void get_fs_pwd(struct fs_struct *fs, struct path *pwd)
{
	get_place(fs, &fs->pwd, pwd);
}

/* A reference to the new place is taken, the one to the old is dropped. */
static void set_place(struct fs_struct *fs, struct path *place, const struct path *path)
{
	struct path old;

	path_get(path);
	spin_lock(&fs->lock);
	old = *place;
	*place = *path;
	spin_unlock(&fs->lock);
	if (old.dentry)
		path_put(&old);
}

void set_fs_root(struct fs_struct *fs, const struct path *path)
{
	set_place(fs, &fs->root, path);
}

void set_fs_pwd(struct fs_struct *fs, const struct path *path)
{
	set_place(fs, &fs->pwd, path);
}

/* For fork(); NULL without memory. */
struct fs_struct *copy_fs_struct(struct fs_struct *old)
{
	struct fs_struct *fs = kmalloc(sizeof(*fs), GFP_KERNEL);

	if (!fs)
		return NULL;
	atomic_set(&fs->users, 1);
	spin_lock_init(&fs->lock);
	spin_lock(&old->lock);
	fs->umask = old->umask;
	fs->root = old->root;
	fs->pwd = old->pwd;
	path_get(&fs->root);
	path_get(&fs->pwd);
	spin_unlock(&old->lock);
	return fs;
}

void exit_fs(struct task_struct *task)
{
	struct fs_struct *fs = task->fs;

	if (!fs)
		return;
	task_lock(task);
	task->fs = NULL;
	task_unlock(task);
	if (atomic_dec_and_test(&fs->users)) {
		path_put(&fs->root);
		path_put(&fs->pwd);
		kfree(fs);
	}
}

int current_umask(void)
{
	return current->fs->umask;
}

long sys_umask(int mask)
{
	return xchg(&current->fs->umask, mask & S_IRWXUGO);
}

/* ------------------------------------------------------------------ changing them */

static int may_be_inside(const struct path *path)
{
	return inode_permission(d_inode(path->dentry), MAY_EXEC | MAY_CHDIR);
}

static long change_place(const char __user *name, bool root)
{
	struct path path;
	int err = user_path_at(AT_FDCWD, name, LOOKUP_FOLLOW | LOOKUP_DIRECTORY, &path);

	if (err)
		return err;
	err = may_be_inside(&path);
	if (!err && root && !capable(CAP_SYS_CHROOT))
		err = -EPERM;
	if (!err && root)
		set_fs_root(current->fs, &path);
	else if (!err)
		set_fs_pwd(current->fs, &path);
	path_put(&path);
	return err;
}

long sys_chdir(const char __user *filename)
{
	return change_place(filename, false);
}

long sys_chroot(const char __user *filename)
{
	return change_place(filename, true);
}

long sys_fchdir(unsigned int fd)
{
	struct fd f = fdget_raw(fd);
	int err = -ENOTDIR;

	if (!f.file)
		return -EBADF;
	if (S_ISDIR(file_inode(f.file)->i_mode))
		err = may_be_inside(&f.file->f_path);
	if (!err)
		set_fs_pwd(current->fs, &f.file->f_path);
	fdput(f);
	return err;
}

/* ------------------------------------------------------------------ access */

static bool ids_are_real(void)
{
	const struct cred *cred = current_cred();

	return uid_eq(cred->fsuid, cred->uid) && gid_eq(cred->fsgid, cred->gid);
}

/* access() asks for the real ids, those of who started a set-user-id program: acts as him. */
static const struct cred *real_ids(void)
{
	struct cred *cred = prepare_creds();

	if (!cred)
		return NULL;
	cred->fsuid = cred->euid = cred->uid;	/* euid decides on capabilities */
	cred->fsgid = cred->gid;
	return cred;
}

static int check_access(const struct path *path, int mode)
{
	struct inode *inode = d_inode(path->dentry);
	int err;

	if (mode & MAY_EXEC && S_ISREG(inode->i_mode) && path->mnt->mnt_flags & MNT_NOEXEC)
		return -EACCES;
	err = inode_permission(inode, mode | MAY_ACCESS);
	if (!err && mode & MAY_WRITE && __mnt_is_readonly(path->mnt) &&
	    !S_ISCHR(inode->i_mode) && !S_ISBLK(inode->i_mode) && !S_ISFIFO(inode->i_mode))
		err = -EROFS;
	return err;
}

long sys_faccessat2(int dfd, const char __user *filename, int mode, int flags)
{
	const struct cred *old = NULL, *cred;
	struct path path;
	int err;

	if (mode & ~(MAY_READ | MAY_WRITE | MAY_EXEC) ||
	    flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (!(flags & AT_EACCESS) && !ids_are_real()) {
		cred = real_ids();
		if (!cred)
			return -ENOMEM;
		old = current->cred;
		current->cred = cred;
	}
	err = user_path_at(dfd, filename, lookup_how(flags), &path);
	if (!err) {
		err = check_access(&path, mode);
		path_put(&path);
	}
	if (old) {
		put_cred(current->cred);
		current->cred = old;
	}
	return err;
}
