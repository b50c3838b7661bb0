/*
 * The tree of names that are known: dentries.
 *
 * A name once looked up stays here, found by a hash of its parent and itself,
 * so that the next walk along the same path asks no file system.  A name that
 * is not there is remembered too (a negative dentry: d_inode is NULL).
 *
 * d_count holds a dentry; it in turn holds its parent and its inode.  With the
 * last reference gone a dentry is not freed but joins the LRU, still hashed,
 * until memory runs low (prune_dcache) or its file system is unmounted.  It
 * may stay on the LRU while it is in use again: whoever prunes looks at d_count.
 *
 * Locks: dcache_lock covers hash, tree, LRU and names.  It is held for a few
 * dozen instructions at a time and never while a file system is called.
 * Context: process; functions that drop a reference may sleep.
 */
#include <linux/dcache.h>
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/hash.h>
#include <linux/init.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "internal.h"

#define DCACHE_HASH_BITS	10

DEFINE_SPINLOCK(dcache_lock);

static struct hlist_head dentry_hashtable[1 << DCACHE_HASH_BITS];	/* dcache_lock */
static LIST_HEAD(dentry_unused);					/* dcache_lock: oldest first */
static struct kmem_cache *dentry_cache;

u32 full_name_hash(const void *salt, const char *name, unsigned int len)
{
	u32 hash = 0;

	while (len--)
		hash = (hash + (unsigned char)*name++) * 31;
	return hash;
}
EXPORT_SYMBOL(full_name_hash);

static inline struct hlist_head *d_hash(const struct dentry *parent, u32 hash)
{
	return &dentry_hashtable[hash_32(hash ^ (u32)(unsigned long)parent, DCACHE_HASH_BITS)];
}

static struct dentry *__d_alloc(struct super_block *sb, const struct qstr *name)
{
	struct dentry *dentry = kmem_cache_alloc(dentry_cache, GFP_KERNEL);
	char *dname;

	if (!dentry)
		return NULL;
	memset(dentry, 0, sizeof(*dentry));
	dname = (char *)dentry->d_iname;
	if (name->len >= DNAME_INLINE_LEN) {
		dname = kmalloc(name->len + 1, GFP_KERNEL);
		if (!dname) {
			kmem_cache_free(dentry_cache, dentry);
			return NULL;
		}
	}
	memcpy(dname, name->name, name->len);
	dname[name->len] = '\0';
	dentry->d_name.name = (unsigned char *)dname;
	dentry->d_name.len = name->len;
	dentry->d_name.hash = name->hash;
	atomic_set(&dentry->d_count, 1);
	dentry->d_parent = dentry;
	dentry->d_sb = sb;
	dentry->d_op = sb->s_d_op;
	INIT_LIST_HEAD(&dentry->d_lru);
	INIT_LIST_HEAD(&dentry->d_child);
	INIT_LIST_HEAD(&dentry->d_subdirs);
	return dentry;
}

/* A dentry for name in parent, not hashed yet; name->hash must be set.  NULL without memory. */
struct dentry *d_alloc(struct dentry *parent, const struct qstr *name)
{
	struct dentry *dentry = __d_alloc(parent->d_sb, name);

	if (!dentry)
		return NULL;
	dentry->d_parent = dget(parent);
	spin_lock(&dcache_lock);
	list_add(&dentry->d_child, &parent->d_subdirs);
	spin_unlock(&dcache_lock);
	return dentry;
}
EXPORT_SYMBOL(d_alloc);

struct dentry *d_alloc_name(struct dentry *parent, const char *name)
{
	struct qstr q = QSTR_INIT(name, strlen(name));

	q.hash = full_name_hash(parent, name, q.len);
	return d_alloc(parent, &q);
}
EXPORT_SYMBOL(d_alloc_name);

/* A dentry outside the tree: pipes and the like. */
struct dentry *d_alloc_anon(struct super_block *sb)
{
	static const struct qstr anon = QSTR_INIT("/", 1);

	return __d_alloc(sb, &anon);
}

/* The root of a file system; takes over the reference to the inode, also when it fails. */
struct dentry *d_make_root(struct inode *root)
{
	struct dentry *dentry;

	if (!root)
		return NULL;
	dentry = d_alloc_anon(root->i_sb);
	if (dentry)
		d_instantiate(dentry, root);
	else
		iput(root);
	return dentry;
}
EXPORT_SYMBOL(d_make_root);

/* Makes a negative dentry name an inode, whose reference it takes over. */
void d_instantiate(struct dentry *dentry, struct inode *inode)
{
	if (!inode)
		return;
	spin_lock(&dcache_lock);
	hlist_add_head(&dentry->d_alias, &inode->i_dentry);
	dentry->d_inode = inode;
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_instantiate);

static void __d_rehash(struct dentry *dentry)
{
	lockdep_assert_held(&dcache_lock);
	hlist_add_head(&dentry->d_hash, d_hash(dentry->d_parent, dentry->d_name.hash));
}

void d_rehash(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	if (d_unhashed(dentry))
		__d_rehash(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_rehash);

/* What lookup methods end with: the inode (NULL: no such name), and found from now on. */
void d_add(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	d_rehash(dentry);
}
EXPORT_SYMBOL(d_add);

struct dentry *d_find_alias(struct inode *inode)
{
	struct dentry *alias;

	spin_lock(&dcache_lock);
	hlist_for_each_entry(alias, &inode->i_dentry, d_alias)
		if (!d_unhashed(alias)) {
			dget(alias);
			spin_unlock(&dcache_lock);
			return alias;
		}
	spin_unlock(&dcache_lock);
	return NULL;
}

/*
 * d_add() for lookup methods that may have an error in inode.  A directory has
 * one name only: a second one means that the disk is damaged, and following it
 * could lead in circles.
 */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry)
{
	struct dentry *alias;

	if (IS_ERR(inode))
		return ERR_CAST(inode);
	if (inode && S_ISDIR(inode->i_mode)) {
		alias = d_find_alias(inode);
		if (alias) {
			dput(alias);
			iput(inode);
			return ERR_PTR(-ELOOP);
		}
	}
	d_add(dentry, inode);
	return NULL;
}
EXPORT_SYMBOL(d_splice_alias);

/* The dentry of name in parent with one more reference, or NULL: not known. */
struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name)
{
	struct hlist_head *head = d_hash(parent, name->hash);
	struct dentry *dentry;

	spin_lock(&dcache_lock);
	hlist_for_each_entry(dentry, head, d_hash) {
		if (dentry->d_name.hash != name->hash || dentry->d_parent != parent ||
		    dentry->d_name.len != name->len ||
		    memcmp(dentry->d_name.name, name->name, name->len))
			continue;
		atomic_inc(&dentry->d_count);
		spin_unlock(&dcache_lock);
		return dentry;
	}
	spin_unlock(&dcache_lock);
	return NULL;
}
EXPORT_SYMBOL(d_lookup);

static void __d_drop(struct dentry *dentry)
{
	lockdep_assert_held(&dcache_lock);
	hlist_del_init(&dentry->d_hash);
}

/* Lookups shall not find it any more; it goes with its last reference. */
void d_drop(struct dentry *dentry)
{
	spin_lock(&dcache_lock);
	__d_drop(dentry);
	spin_unlock(&dcache_lock);
}
EXPORT_SYMBOL(d_drop);

static void dentry_lru_del(struct dentry *dentry)
{
	if (dentry->d_flags & DCACHE_LRU_LIST) {
		list_del_init(&dentry->d_lru);
		dentry->d_flags &= ~DCACHE_LRU_LIST;
	}
}

static void dentry_lru_add(struct dentry *dentry)
{
	dentry->d_flags |= DCACHE_REFERENCED;
	if (!(dentry->d_flags & DCACHE_LRU_LIST)) {
		dentry->d_flags |= DCACHE_LRU_LIST;
		list_add_tail(&dentry->d_lru, &dentry_unused);
	}
}

/*
 * Frees a dentry without references; dcache_lock is held on entry and released.
 * Returns the parent, whose reference the caller must drop, or NULL.
 */
static struct dentry *dentry_kill(struct dentry *dentry) __releases(&dcache_lock)
{
	struct dentry *parent = IS_ROOT(dentry) ? NULL : dentry->d_parent;
	struct inode *inode = dentry->d_inode;

	lockdep_assert_held(&dcache_lock);
	dentry->d_flags |= DCACHE_DYING;
	__d_drop(dentry);
	dentry_lru_del(dentry);
	list_del_init(&dentry->d_child);
	if (inode)
		hlist_del_init(&dentry->d_alias);
	spin_unlock(&dcache_lock);

	if (inode && dentry->d_op && dentry->d_op->d_iput)
		dentry->d_op->d_iput(dentry, inode);
	else if (inode)
		iput(inode);
	if (dentry->d_op && dentry->d_op->d_release)
		dentry->d_op->d_release(dentry);
	if (dentry->d_name.name != dentry->d_iname)
		kfree(dentry->d_name.name);
	kmem_cache_free(dentry_cache, dentry);
	return parent;
}

/* Drops a reference; the last one of an unhashed dentry frees it and its parent's in turn. */
void dput(struct dentry *dentry)
{
	while (dentry) {
		if (atomic_add_unless(&dentry->d_count, -1, 1))
			return;
		spin_lock(&dcache_lock);
		if (!atomic_dec_and_test(&dentry->d_count)) {
			spin_unlock(&dcache_lock);
			return;
		}
		if (!d_unhashed(dentry) &&
		    !(dentry->d_op && dentry->d_op->d_delete && dentry->d_op->d_delete(dentry))) {
			dentry_lru_add(dentry);
			spin_unlock(&dcache_lock);
			return;
		}
		dentry = dentry_kill(dentry);
	}
}
EXPORT_SYMBOL(dput);

struct dentry *dget_parent(struct dentry *dentry)
{
	struct dentry *parent;

	spin_lock(&dcache_lock);
	parent = dget(dentry->d_parent);
	spin_unlock(&dcache_lock);
	return parent;
}
EXPORT_SYMBOL(dget_parent);

/*
 * The file is unlinked.  If nobody else uses the dentry it turns negative and
 * remembers that the name is free; else it is dropped, and the users keep the inode.
 */
void d_delete(struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	spin_lock(&dcache_lock);
	if (atomic_read(&dentry->d_count) != 1) {
		__d_drop(dentry);
		spin_unlock(&dcache_lock);
		return;
	}
	dentry->d_inode = NULL;
	hlist_del_init(&dentry->d_alias);
	spin_unlock(&dcache_lock);
	iput(inode);
}
EXPORT_SYMBOL(d_delete);

static void swap_names(struct dentry *a, struct dentry *b)
{
	bool a_inline = a->d_name.name == a->d_iname, b_inline = b->d_name.name == b->d_iname;
	unsigned char iname[DNAME_INLINE_LEN];
	struct qstr name = a->d_name;

	memcpy(iname, a->d_iname, sizeof(iname));
	memcpy(a->d_iname, b->d_iname, sizeof(iname));
	memcpy(b->d_iname, iname, sizeof(iname));
	a->d_name = b->d_name;
	b->d_name = name;
	if (b_inline)
		a->d_name.name = a->d_iname;
	if (a_inline)
		b->d_name.name = b->d_iname;
}

/* Both trade name and parent, with the references to the parents; hashed anew if asked. */
static void __d_move(struct dentry *dentry, struct dentry *target, bool exchange)
{
	struct dentry *parent = dentry->d_parent;

	spin_lock(&dcache_lock);
	__d_drop(dentry);
	__d_drop(target);
	swap_names(dentry, target);
	dentry->d_parent = target->d_parent;
	target->d_parent = parent;
	list_move(&dentry->d_child, &dentry->d_parent->d_subdirs);
	list_move(&target->d_child, &target->d_parent->d_subdirs);
	__d_rehash(dentry);
	if (exchange)
		__d_rehash(target);
	spin_unlock(&dcache_lock);
}

/* After a rename: dentry takes target's place, which nobody finds any more. */
void d_move(struct dentry *dentry, struct dentry *target)
{
	__d_move(dentry, target, false);
}
EXPORT_SYMBOL(d_move);

void d_exchange(struct dentry *a, struct dentry *b)
{
	__d_move(a, b, true);
}

/* Is dir root itself or below it? */
bool is_subdir(struct dentry *dir, struct dentry *root)
{
	spin_lock(&dcache_lock);
	while (dir != root && !IS_ROOT(dir))
		dir = dir->d_parent;
	spin_unlock(&dcache_lock);
	return dir == root;
}
EXPORT_SYMBOL(is_subdir);

/*
 * Frees up to nr unused dentries from those on list, which dcache_lock guards;
 * with second_chance one that was used since the last look is passed over once.
 */
static unsigned long shrink_list(struct list_head *list, unsigned long nr, bool second_chance)
{
	struct dentry *dentry;
	unsigned long freed = 0;

	spin_lock(&dcache_lock);
	while (nr-- && !list_empty(list)) {
		dentry = list_first_entry(list, struct dentry, d_lru);
		if (atomic_read(&dentry->d_count)) {
			dentry_lru_del(dentry);
			continue;
		}
		if (second_chance && dentry->d_flags & DCACHE_REFERENCED) {
			dentry->d_flags &= ~DCACHE_REFERENCED;
			list_move_tail(&dentry->d_lru, list);
			continue;
		}
		dput(dentry_kill(dentry));
		freed++;
		spin_lock(&dcache_lock);
	}
	spin_unlock(&dcache_lock);
	return freed;
}

/* Memory is low: looks at nr of the oldest unused names.  Returns how many it freed. */
unsigned long prune_dcache(unsigned long nr)
{
	return shrink_list(&dentry_unused, nr, true);
}

/* Forgets all names of a file system that nobody uses. */
void shrink_dcache_sb(struct super_block *sb)
{
	struct dentry *dentry, *next;
	LIST_HEAD(dispose);

	do {	/* with its last child gone a directory becomes unused too */
		spin_lock(&dcache_lock);
		list_for_each_entry_safe(dentry, next, &dentry_unused, d_lru)
			if (dentry->d_sb == sb)
				list_move(&dentry->d_lru, &dispose);
		spin_unlock(&dcache_lock);
	} while (shrink_list(&dispose, ULONG_MAX, false));
}
EXPORT_SYMBOL(shrink_dcache_sb);

/* The next dentry below root in the order parent, children, next sibling; NULL at the end. */
static struct dentry *next_in_tree(struct dentry *dentry, struct dentry *root)
{
	if (!list_empty(&dentry->d_subdirs))
		return list_first_entry(&dentry->d_subdirs, struct dentry, d_child);
	while (dentry != root && list_is_last(&dentry->d_child, &dentry->d_parent->d_subdirs))
		dentry = dentry->d_parent;
	return dentry == root ? NULL : list_next_entry(dentry, d_child);
}

/*
 * File systems that live in dentries (tmpfs) hold each name by one reference
 * more.  This drops it for all below root, which is about to be unmounted.
 */
void d_genocide(struct dentry *root)
{
	struct dentry *dentry = root;

	spin_lock(&dcache_lock);
	while ((dentry = next_in_tree(dentry, root)))
		if (dentry->d_inode && !d_unhashed(dentry) &&
		    atomic_dec_and_test(&dentry->d_count))
			dentry_lru_add(dentry);
	spin_unlock(&dcache_lock);
}

/* The name is wrong now (d_revalidate said so), and with it all below. */
void d_invalidate(struct dentry *dentry)
{
	struct dentry *child = dentry;

	spin_lock(&dcache_lock);
	__d_drop(dentry);
	while ((child = next_in_tree(child, dentry)))
		__d_drop(child);
	spin_unlock(&dcache_lock);
	shrink_dcache_sb(dentry->d_sb);
}
EXPORT_SYMBOL(d_invalidate);

/* The last step of an unmount: nobody can walk in any more. */
void shrink_dcache_for_umount(struct super_block *sb)
{
	struct dentry *root = sb->s_root;

	shrink_dcache_sb(sb);
	sb->s_root = NULL;
	WARN_ON(!list_empty(&root->d_subdirs));
	d_drop(root);
	dput(root);
}

void __init dcache_init(void)
{
	dentry_cache = KMEM_CACHE(dentry, 0);
	inode_init();
}
