/*
 * From a name to a dentry: the walk.
 *
 *	walk_begin()	at /, the working directory or a directory's descriptor
 *	walk_to_last()	name by name through all but the last
 *	walk_last()	the last one, for who wants to find it; who wants to make
 *			or remove it (namei_create.c, namei_open.c) stops before
 *	walk_end()
 *
 * A symlink on the way is not a recursion: its text takes the place of its
 * name in the path, and the walk goes on with that.
 *
 *	cat /etc/tty/speed,  /etc/tty -> ../dev/ttyS0.d
 *	at /etc, left: "tty/speed"  ->  at /etc, left: "../dev/ttyS0.d/speed"
 *
 * Each dentry comes from the dcache, or, the first time, from the directory's
 * lookup method with the directory locked.  Context: process; may sleep.
 */
#include <linux/fs_struct.h>
#include "internal.h"

void path_get(const struct path *path)
{
	mntget(path->mnt);
	dget(path->dentry);
}
EXPORT_SYMBOL(path_get);

void path_put(const struct path *path)
{
	dput(path->dentry);
	mntput(path->mnt);
}
EXPORT_SYMBOL(path_put);

/* ------------------------------------------------------------------ mounts on the way */

/* On to what is mounted here, and on top of that. */
static void follow_down(struct path *path)
{
	struct vfsmount *mnt;

	while (d_mountpoint(path->dentry) && (mnt = lookup_mnt(path))) {
		path_put(path);
		path->mnt = mnt;
		path->dentry = dget(mnt->mnt_root);
	}
}

/* From the root of a mount to the place where it is mounted; 0: it is mounted nowhere. */
static int follow_up(struct path *path)
{
	struct path up;

	spin_lock(&mount_lock);
	up.mnt = path->mnt->mnt_parent;
	up.dentry = path->mnt->mnt_mountpoint;
	if (up.mnt == path->mnt) {
		spin_unlock(&mount_lock);
		return 0;
	}
	path_get(&up);
	spin_unlock(&mount_lock);
	path_put(path);
	*path = up;
	return 1;
}

static void need_root(struct nameidata *nd)
{
	if (!nd->root.mnt)
		get_fs_root(current->fs, &nd->root);
}

/* `..` stays inside the walker's root. */
static void follow_dotdot(struct nameidata *nd)
{
	need_root(nd);
	while (!path_equal(&nd->path, &nd->root)) {
		if (nd->path.dentry != nd->path.mnt->mnt_root) {
			struct dentry *parent = dget_parent(nd->path.dentry);

			dput(nd->path.dentry);
			nd->path.dentry = parent;
			break;
		}
		if (!follow_up(&nd->path))
			break;
	}
	follow_down(&nd->path);
}

/* ------------------------------------------------------------------ one name */

/* Asks the file system; the directory is locked for writing. */
static struct dentry *lookup_real(const struct qstr *name, struct dentry *parent,
				  unsigned int flags)
{
	struct inode *dir = d_inode(parent);
	struct dentry *dentry, *other;

	if (IS_DEADDIR(dir))
		return ERR_PTR(-ENOENT);
	if (!dir->i_op->lookup)
		return ERR_PTR(-ENOTDIR);
	dentry = d_alloc(parent, name);
	if (!dentry)
		return ERR_PTR(-ENOMEM);
	other = dir->i_op->lookup(dir, dentry, flags);
	if (!other)
		return dentry;
	dput(dentry);
	return other;
}

static struct dentry *lookup_cached(const struct qstr *name, struct dentry *parent,
				    unsigned int flags)
{
	struct dentry *dentry = d_lookup(parent, name);

	if (dentry && unlikely(dentry->d_op && dentry->d_op->d_revalidate) &&
	    dentry->d_op->d_revalidate(dentry, flags) <= 0) {
		d_invalidate(dentry);
		dput(dentry);
		return NULL;
	}
	return dentry;
}

/*
 * The dentry of a hashed name, for who holds the directory's i_rwsem for writing;
 * negative if there is none, or an error pointer.
 */
struct dentry *lookup_hash(const struct qstr *name, struct dentry *parent, unsigned int flags)
{
	return lookup_cached(name, parent, flags) ?: lookup_real(name, parent, flags);
}

static struct dentry *lookup_slow(const struct qstr *name, struct dentry *parent,
				  unsigned int flags)
{
	struct dentry *dentry;

	inode_lock(d_inode(parent));
	dentry = lookup_hash(name, parent, flags);
	inode_unlock(d_inode(parent));
	return dentry;
}

/*
 * Finds the end of the name at nd->name, hashes it and says what kind it is.
 * Returns where the path goes on, or NULL when the name is too long.
 */
static const char *next_name(struct nameidata *nd, const char *name)
{
	const char *start = name;
	u32 hash = 0;

	do
		hash = (hash + (unsigned char)*name++) * 31;	/* full_name_hash() */
	while (*name && *name != '/');
	nd->last.name = (const unsigned char *)start;
	nd->last.len = name - start;
	nd->last.hash = hash;
	nd->last_type = LAST_NORM;
	if (*start == '.') {
		if (nd->last.len == 1)
			nd->last_type = LAST_DOT;
		else if (nd->last.len == 2 && start[1] == '.')
			nd->last_type = LAST_DOTDOT;
	}
	return nd->last.len > NAME_MAX ? NULL : name;
}

static void jump_to_root(struct nameidata *nd)
{
	need_root(nd);
	if (nd->path.mnt)
		path_put(&nd->path);
	nd->path = nd->root;
	path_get(&nd->path);
}

/* The link's text, a slash and what was left become what is left. */
static int splice_link_text(struct nameidata *nd, const char *text)
{
	size_t len = strlen(text), rest = strlen(nd->name);
	bool slash = rest || nd->last_slash;
	char *path;

	if (!len)
		return -ENOENT;
	if (len + slash + rest >= PATH_MAX)
		return -ENAMETOOLONG;
	path = kmalloc(PATH_MAX, GFP_KERNEL);
	if (!path)
		return -ENOMEM;
	memcpy(path, text, len);
	if (slash)
		path[len++] = '/';
	memcpy(path + len, nd->name, rest + 1);
	kfree(nd->expanded);
	nd->name = nd->expanded = path;
	if (*path == '/')
		jump_to_root(nd);
	return 1;
}

/* 1: nd->name has changed and the walk must go on; 0: nd->path is there; or an error. */
static int follow_link(struct nameidata *nd, struct dentry *link)
{
	struct inode *inode = d_inode(link);
	const struct path where = { nd->path.mnt, link };
	const char *text = inode->i_link;
	struct path path;
	int err;

	if (nd->links++ >= MAXSYMLINKS)
		return -ELOOP;
	touch_atime(&where);
	if (inode->i_op->jump_link) {
		err = inode->i_op->jump_link(link, &path);
		if (err)
			return err;
		path_put(&nd->path);
		nd->path = path;
		return 0;
	}
	if (!text)
		text = inode->i_op->get_link(link, inode);
	return IS_ERR(text) ? PTR_ERR(text) : splice_link_text(nd, text);
}

/*
 * Steps onto dentry, whose reference it takes over, across mounts, and if asked
 * to along a symlink.  Returns as follow_link(); ENOENT when it is negative.
 */
int step_into(struct nameidata *nd, struct dentry *dentry, bool follow)
{
	struct inode *inode = d_inode(dentry);
	struct path path = { nd->path.mnt, dentry };
	int err;

	if (!inode) {
		dput(dentry);
		return -ENOENT;
	}
	if (S_ISLNK(inode->i_mode) && follow) {
		err = follow_link(nd, dentry);
		dput(dentry);
		return err;
	}
	if (unlikely(d_mountpoint(dentry))) {
		mntget(path.mnt);
		follow_down(&path);
		mntput(nd->path.mnt);
	}
	dput(nd->path.dentry);
	nd->path = path;
	return 0;
}

/* ------------------------------------------------------------------ the walk */

/*
 * Steps onto nd->last; follow: along a symlink too.  0, 1 when the text of a
 * symlink is now to be walked (walk_to_last() again), or an error.
 */
int walk_last(struct nameidata *nd, bool follow)
{
	struct dentry *dentry;

	if (nd->last_type == LAST_DOTDOT)
		follow_dotdot(nd);
	if (nd->last_type != LAST_NORM)
		return 0;
	dentry = lookup_cached(&nd->last, nd->path.dentry, nd->flags);
	if (!dentry)
		dentry = lookup_slow(&nd->last, nd->path.dentry, nd->flags);
	if (IS_ERR(dentry))
		return PTR_ERR(dentry);
	return step_into(nd, dentry, follow || nd->last_slash);
}

/*
 * Walks up to the last name: afterwards nd->path is its directory and nd->last
 * the name; last_type LAST_ROOT: there is none, nd->path is the place itself.
 */
int walk_to_last(struct nameidata *nd)
{
	struct inode *inode;
	const char *name;
	int err;

	for (;;) {
		name = nd->name;
		while (*name == '/')
			name++;
		nd->last_slash = false;
		if (!*name) {
			nd->last_type = LAST_ROOT;
			return 0;
		}
		inode = d_inode(nd->path.dentry);
		if (!S_ISDIR(inode->i_mode))
			return -ENOTDIR;
		err = inode_permission(inode, MAY_EXEC);
		if (err)
			return err;
		name = next_name(nd, name);
		if (!name)
			return -ENAMETOOLONG;
		while (*name == '/') {
			nd->last_slash = true;
			name++;
		}
		nd->name = name;
		if (!*name)
			return 0;
		err = walk_last(nd, true);
		if (err < 0)
			return err;
	}
}

/* dfd: a descriptor or AT_FDCWD, for names that do not start with a slash.  ENOENT for "". */
int walk_begin(struct nameidata *nd, int dfd, const char *name, unsigned int flags)
{
	struct fd f;

	nd->root.mnt = NULL;
	nd->path.mnt = NULL;
	nd->flags = flags;
	nd->links = 0;
	nd->name = name;
	nd->expanded = NULL;
	if (!*name && !(flags & LOOKUP_EMPTY))
		return -ENOENT;
	if (*name == '/') {
		jump_to_root(nd);
		return 0;
	}
	if (dfd == AT_FDCWD) {
		get_fs_pwd(current->fs, &nd->path);
		return 0;
	}
	f = fdget_raw(dfd);
	if (!f.file)
		return -EBADF;
	nd->path = f.file->f_path;
	path_get(&nd->path);
	fdput(f);
	return 0;
}

/* Both, for who makes or removes a name: walk_end() follows, also after an error. */
int walk_to_parent(struct nameidata *nd, int dfd, const char *name, unsigned int flags)
{
	return walk_begin(nd, dfd, name, flags) ?: walk_to_last(nd);
}

void walk_end(struct nameidata *nd)
{
	if (nd->path.mnt)
		path_put(&nd->path);
	if (nd->root.mnt)
		path_put(&nd->root);
	kfree(nd->expanded);
}

static int walk(struct nameidata *nd, struct path *path)
{
	int err;

	do {
		err = walk_to_last(nd);
		if (!err)
			err = walk_last(nd, nd->flags & LOOKUP_FOLLOW);
	} while (err > 0);
	if (err)
		return err;
	if ((nd->flags & LOOKUP_DIRECTORY || nd->last_slash) &&
	    !S_ISDIR(d_inode(nd->path.dentry)->i_mode))
		return -ENOTDIR;
	*path = nd->path;
	nd->path.mnt = NULL;		/* the reference is the caller's now */
	return 0;
}

/* The place called name, with a reference.  flags: LOOKUP_*. */
static int lookup_path(int dfd, const char *name, unsigned int flags, struct path *path)
{
	struct nameidata nd;
	int err = walk_begin(&nd, dfd, name, flags);

	if (!err)
		err = walk(&nd, path);
	walk_end(&nd);
	return err;
}

int kern_path(const char *name, unsigned int flags, struct path *path)
{
	return lookup_path(AT_FDCWD, name, flags, path);
}
EXPORT_SYMBOL(kern_path);

int user_path_at(int dfd, const char __user *name, unsigned int flags, struct path *path)
{
	char *copy = getname_flags(name, flags);
	int err;

	if (IS_ERR(copy))
		return PTR_ERR(copy);
	err = lookup_path(dfd, copy, flags, path);
	putname(copy);
	return err;
}

/* The dentry of one name of len bytes in base, whose i_rwsem is held. */
struct dentry *lookup_one_len(const char *name, struct dentry *base, int len)
{
	struct qstr q = QSTR_INIT(name, len);
	int err;

	if (!len || memchr(name, '/', len) || (len <= 2 && !memcmp(name, "..", len)))
		return ERR_PTR(-EACCES);
	err = inode_permission(d_inode(base), MAY_EXEC);
	if (err)
		return ERR_PTR(err);
	q.hash = full_name_hash(base, name, len);
	return lookup_hash(&q, base, 0);
}
