/*
 * The tree of names that are known: dentries.
 *
 * A name once looked up stays here, found by a hash of its parent and itself,
 * so that the next walk along the same path asks no file system.  A name that
 * is not there is remembered too (a negative dentry: d_inode is NULL).
 *
 * d_count holds a dentry; it in turn holds its parent and its inode.  With the
 * last reference gone a dentry is not freed but joins the LRU, still hashed,
 * until memory runs low (dcache_scan) or its file system is unmounted.  It
 * may stay on the LRU while it is in use again: whoever prunes looks at d_count.
 *
 * Locks: dcache_lock covers hash, tree, LRU and names.  It is held for a few
 * dozen instructions at a time and never while a file system is called.
 * Context: process; functions that drop a reference may sleep.
 */
#include <linux/hash.h>
#include "internal.h"

#define DCACHE_HASH_BITS	10

DEFINE_SPINLOCK(dcache_lock);

static struct hlist_head dentry_hashtable[1 << DCACHE_HASH_BITS];	/* dcache_lock */
LIST_HEAD(dentry_unused);
static struct kmem_cache *dentry_cache;

u32 full_name_hash(const void *salt, const char *name, unsigned int len)
{
	u32 hash = 0;

	while (len--)
		hash = (hash + (unsigned char)*name++) * 31;
	return hash;
}

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

/* A dentry outside the tree, whose name only /proc shows: "pipe:[7]". */
struct dentry *d_alloc_pseudo(struct super_block *sb, const char *name)
{
	struct qstr q = QSTR_INIT(name, strlen(name));

	return __d_alloc(sb, &q);
}

/* The root of a file system; takes over the reference to the inode, also when it fails. */
struct dentry *d_make_root(struct inode *root)
{
	static const struct qstr name = QSTR_INIT("/", 1);
	struct dentry *dentry = root ? __d_alloc(root->i_sb, &name) : NULL;

	if (dentry)
		d_instantiate(dentry, root);
	else
		iput(root);
	return dentry;
}

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

void __d_rehash(struct dentry *dentry)
{
	lockdep_assert_held(&dcache_lock);
	hlist_add_head(&dentry->d_hash, d_hash(dentry->d_parent, dentry->d_name.hash));
}

/* What lookup methods end with: the inode (NULL: no such name), and found from now on. */
void d_add(struct dentry *dentry, struct inode *inode)
{
	d_instantiate(dentry, inode);
	spin_lock(&dcache_lock);
	if (d_unhashed(dentry))
		__d_rehash(dentry);
	spin_unlock(&dcache_lock);
}

static bool has_name(struct inode *inode)
{
	struct dentry *alias;
	bool found = false;

	spin_lock(&dcache_lock);
	hlist_for_each_entry(alias, &inode->i_dentry, d_alias)
		found |= !d_unhashed(alias);
	spin_unlock(&dcache_lock);
	return found;
}

/*
 * d_add() for lookup methods that may have an error in inode.  A directory has
 * one name only: a second one means that the disk is damaged, and following it
 * could lead in circles.
 */
struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry)
{
	if (IS_ERR(inode))
		return ERR_CAST(inode);
	if (inode && S_ISDIR(inode->i_mode) && has_name(inode)) {
		iput(inode);
		return ERR_PTR(-ELOOP);
	}
	d_add(dentry, inode);
	return NULL;
}

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

void __d_drop(struct dentry *dentry)
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

void dentry_lru_del(struct dentry *dentry)
{
	if (dentry->d_flags & DCACHE_LRU_LIST) {
		list_del_init(&dentry->d_lru);
		dentry->d_flags &= ~DCACHE_LRU_LIST;
	}
}

void dentry_lru_add(struct dentry *dentry)
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
struct dentry *dentry_kill(struct dentry *dentry) __releases(&dcache_lock)
{
	struct dentry *parent = IS_ROOT(dentry) ? NULL : dentry->d_parent;
	struct inode *inode = dentry->d_inode;

	lockdep_assert_held(&dcache_lock);
	__d_drop(dentry);
	dentry_lru_del(dentry);
	list_del_init(&dentry->d_child);
	if (inode)
		hlist_del_init(&dentry->d_alias);
	spin_unlock(&dcache_lock);

	iput(inode);
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

void __init dcache_init(void)
{
	dentry_cache = KMEM_CACHE(dentry, SLAB_RECLAIM_ACCOUNT);
	inode_init();
}
