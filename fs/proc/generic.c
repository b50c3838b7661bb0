/*
 * The tree of registered /proc entries.
 *
 * Whoever has something to show makes an entry (proc_create() and friends) and
 * removes it again; removal waits until nobody is inside one of its methods,
 * so that a module's code can go right after.
 *
 * proc_lock guards the tree.  Context: process; removal sleeps.
 */
#include "internal.h"

DEFINE_SPINLOCK(proc_lock);
static DECLARE_WAIT_QUEUE_HEAD(remove_wait);

struct proc_dir_entry proc_root = {
	.name = "/proc",
	.namelen = 5,
	.low_ino = 1,
	.mode = S_IFDIR | S_IRUGO | S_IXUGO,
	.nlink = 2,
	.children = LIST_HEAD_INIT(proc_root.children),
	.sibling = LIST_HEAD_INIT(proc_root.sibling),
	.openers = LIST_HEAD_INIT(proc_root.openers),
	.count = ATOMIC_INIT(1),
};

void pde_put(struct proc_dir_entry *pde)
{
	if (!atomic_dec_and_test(&pde->count))
		return;
	kfree(pde->target);
	kfree(pde->name);
	kfree(pde);
}

static struct proc_dir_entry *find_child(struct proc_dir_entry *dir, const char *name,
					 unsigned int len)
{
	struct proc_dir_entry *pde;

	lockdep_assert_held(&proc_lock);
	list_for_each_entry(pde, &dir->children, sibling)
		if (pde->namelen == len && !memcmp(pde->name, name, len))
			return pde;
	return NULL;
}

/* name may start with existing directories: "driver/rtc".  *last is what is left; NULL: none. */
static struct proc_dir_entry *find_parent(const char *name, struct proc_dir_entry *parent,
					  const char **last)
{
	const char *slash;

	parent = parent ?: &proc_root;
	while (parent && (slash = strchr(name, '/'))) {
		parent = find_child(parent, name, slash - name);
		name = slash + 1;
	}
	*last = name;
	return parent;
}

/* ------------------------------------------------------------------ making */

/* An entry that is not in the tree yet; NULL without memory. */
static struct proc_dir_entry *pde_alloc(const char *name, umode_t mode)
{
	struct proc_dir_entry *pde = kzalloc(sizeof(*pde), GFP_KERNEL);
	const char *last = strrchr(name, '/');

	if (!pde)
		return NULL;
	pde->name = kstrdup(last ? last + 1 : name, GFP_KERNEL);
	if (!pde->name) {
		kfree(pde);
		return NULL;
	}
	pde->namelen = strlen(pde->name);
	pde->mode = mode;
	pde->nlink = S_ISDIR(mode) ? 2 : 1;
	pde->low_ino = get_next_ino();
	atomic_set(&pde->count, 1);
	INIT_LIST_HEAD(&pde->children);
	INIT_LIST_HEAD(&pde->sibling);
	INIT_LIST_HEAD(&pde->openers);
	return pde;
}

/* Into the tree, all of it being set; NULL when the name is taken or its directory missing. */
static struct proc_dir_entry *pde_register(struct proc_dir_entry *pde, const char *name,
					   struct proc_dir_entry *parent)
{
	const char *last;

	if (!pde)
		return NULL;
	spin_lock(&proc_lock);
	parent = find_parent(name, parent, &last);
	if (!parent || find_child(parent, last, strlen(last))) {
		spin_unlock(&proc_lock);
		pr_err("proc: entry \"%s\" cannot be made\n", name);
		pde_put(pde);
		return NULL;
	}
	pde->parent = parent;
	list_add_tail(&pde->sibling, &parent->children);
	if (S_ISDIR(pde->mode))
		parent->nlink++;
	spin_unlock(&proc_lock);
	return pde;
}

static umode_t file_mode(umode_t mode)
{
	return (mode & S_IALLUGO ? mode & S_IALLUGO : S_IRUGO) | S_IFREG;
}

struct proc_dir_entry *proc_create_data(const char *name, umode_t mode,
					struct proc_dir_entry *parent,
					const struct proc_ops *ops, void *data)
{
	struct proc_dir_entry *pde = pde_alloc(name, file_mode(mode));

	if (pde) {
		pde->ops = ops;
		pde->data = data;
	}
	return pde_register(pde, name, parent);
}
EXPORT_SYMBOL(proc_create_data);

struct proc_dir_entry *proc_create(const char *name, umode_t mode, struct proc_dir_entry *parent,
				   const struct proc_ops *ops)
{
	return proc_create_data(name, mode, parent, ops, NULL);
}
EXPORT_SYMBOL(proc_create);

static int proc_seq_open(struct inode *inode, struct file *file)
{
	return seq_open(file, PROC_I(inode)->pde->seq_ops);
}

static const struct proc_ops proc_seq_ops = {
	.proc_open = proc_seq_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = seq_release,
};

struct proc_dir_entry *proc_create_seq_data(const char *name, umode_t mode,
					    struct proc_dir_entry *parent,
					    const struct seq_operations *ops, void *data)
{
	struct proc_dir_entry *pde = pde_alloc(name, file_mode(mode));

	if (pde) {
		pde->ops = &proc_seq_ops;
		pde->seq_ops = ops;
		pde->data = data;
	}
	return pde_register(pde, name, parent);
}
EXPORT_SYMBOL(proc_create_seq_data);

static int proc_single_open(struct inode *inode, struct file *file)
{
	struct proc_dir_entry *pde = PROC_I(inode)->pde;

	return single_open(file, pde->single_show, pde->data);
}

static const struct proc_ops proc_single_ops = {
	.proc_open = proc_single_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
};

/* A file that one call of show() makes whole. */
struct proc_dir_entry *proc_create_single_data(const char *name, umode_t mode,
					       struct proc_dir_entry *parent,
					       int (*show)(struct seq_file *, void *), void *data)
{
	struct proc_dir_entry *pde = pde_alloc(name, file_mode(mode));

	if (pde) {
		pde->ops = &proc_single_ops;
		pde->single_show = show;
		pde->data = data;
	}
	return pde_register(pde, name, parent);
}
EXPORT_SYMBOL(proc_create_single_data);

struct proc_dir_entry *proc_mkdir_mode(const char *name, umode_t mode,
				       struct proc_dir_entry *parent)
{
	umode_t bits = mode & S_IALLUGO ? mode & S_IALLUGO : S_IRUGO | S_IXUGO;

	return pde_register(pde_alloc(name, bits | S_IFDIR), name, parent);
}
EXPORT_SYMBOL(proc_mkdir_mode);

struct proc_dir_entry *proc_mkdir(const char *name, struct proc_dir_entry *parent)
{
	return proc_mkdir_mode(name, 0, parent);
}
EXPORT_SYMBOL(proc_mkdir);

struct proc_dir_entry *proc_symlink(const char *name, struct proc_dir_entry *parent,
				    const char *target)
{
	struct proc_dir_entry *pde = pde_alloc(name, S_IFLNK | S_IRWXUGO);

	if (pde) {
		pde->target = kstrdup(target, GFP_KERNEL);
		pde->size = strlen(target);
		if (!pde->target) {
			pde_put(pde);
			return NULL;
		}
	}
	return pde_register(pde, name, parent);
}
EXPORT_SYMBOL(proc_symlink);

void proc_set_size(struct proc_dir_entry *entry, loff_t size)
{
	entry->size = size;
}
EXPORT_SYMBOL(proc_set_size);

void proc_set_user(struct proc_dir_entry *entry, kuid_t uid, kgid_t gid)
{
	entry->uid = uid;
	entry->gid = gid;
}
EXPORT_SYMBOL(proc_set_user);

void *PDE_DATA(const struct inode *inode)
{
	return PROC_I(inode)->pde->data;
}
EXPORT_SYMBOL(PDE_DATA);

/* ------------------------------------------------------------------ removing */

void wake_pde_remover(void)
{
	wake_up_all(&remove_wait);
}

/* With all below.  Returns when no method runs any more and every opening was released. */
void proc_remove(struct proc_dir_entry *pde)
{
	struct proc_dir_entry *child;

	if (!pde)
		return;
	spin_lock(&proc_lock);
	while (!list_empty(&pde->children)) {
		child = list_first_entry(&pde->children, struct proc_dir_entry, sibling);
		spin_unlock(&proc_lock);
		proc_remove(child);
		spin_lock(&proc_lock);
	}
	pde->dead = true;
	list_del_init(&pde->sibling);
	if (S_ISDIR(pde->mode))
		pde->parent->nlink--;
	spin_unlock(&proc_lock);
	wait_event(remove_wait, !READ_ONCE(pde->in_use));
	proc_close_openers(pde);
	pde_put(pde);
}
EXPORT_SYMBOL(proc_remove);

int remove_proc_subtree(const char *name, struct proc_dir_entry *parent)
{
	struct proc_dir_entry *pde = NULL;
	const char *last;

	spin_lock(&proc_lock);
	parent = find_parent(name, parent, &last);
	if (parent)
		pde = find_child(parent, last, strlen(last));
	spin_unlock(&proc_lock);
	if (!pde)
		return -ENOENT;
	proc_remove(pde);
	return 0;
}
EXPORT_SYMBOL(remove_proc_subtree);

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	if (remove_proc_subtree(name, parent))
		pr_warn("proc: there is no entry \"%s\" to remove\n", name);
}
EXPORT_SYMBOL(remove_proc_entry);

/* ------------------------------------------------------------------ directories */

static int proc_revalidate(struct dentry *dentry, unsigned int flags)
{
	return !d_inode(dentry) || !READ_ONCE(PROC_I(d_inode(dentry))->pde->dead);
}

static const struct dentry_operations proc_dentry_operations = {
	.d_revalidate = proc_revalidate,
	.d_delete = always_delete_dentry,
};

struct dentry *proc_lookup(struct inode *dir, struct dentry *dentry, unsigned int flags)
{
	struct proc_dir_entry *pde;
	struct inode *inode;

	spin_lock(&proc_lock);
	pde = find_child(PROC_I(dir)->pde, (const char *)dentry->d_name.name, dentry->d_name.len);
	if (pde)
		atomic_inc(&pde->count);
	spin_unlock(&proc_lock);
	if (!pde)
		return ERR_PTR(-ENOENT);
	inode = proc_get_inode(dir->i_sb, pde);
	if (!inode)
		return ERR_PTR(-ENOMEM);
	dentry->d_op = &proc_dentry_operations;
	return d_splice_alias(inode, dentry);
}

/* Positions from 2 on count the entries.  One that is removed meanwhile may hide another. */
int proc_readdir(struct file *file, struct dir_context *ctx)
{
	struct proc_dir_entry *dir = PROC_I(file_inode(file))->pde, *pde, *next;
	loff_t skip = ctx->pos - 2;
	bool ok = true;

	if (!dir_emit_dots(file, ctx))
		return 1;
	skip = max_t(loff_t, skip, 0);
	spin_lock(&proc_lock);
	list_for_each_entry(pde, &dir->children, sibling)
		if (skip-- == 0)
			goto found;
	spin_unlock(&proc_lock);
	return 0;
found:
	while (ok && &pde->sibling != &dir->children && !pde->dead) {
		atomic_inc(&pde->count);
		spin_unlock(&proc_lock);
		ok = dir_emit(ctx, pde->name, pde->namelen, pde->low_ino, pde->mode >> 12);
		if (ok)
			ctx->pos++;
		spin_lock(&proc_lock);
		next = pde->dead ? NULL : list_next_entry(pde, sibling);
		spin_unlock(&proc_lock);
		pde_put(pde);
		spin_lock(&proc_lock);
		if (!next)
			break;
		pde = next;
	}
	spin_unlock(&proc_lock);
	return ok ? 0 : 1;
}
