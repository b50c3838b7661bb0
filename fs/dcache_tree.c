/*
 * The tree of dentries as a tree: moving names after a rename, and throwing
 * names out when memory is low or a file system goes.
 *
 * All of it under dcache_lock; see dcache.c.
 */
#include <linux/shrinker.h>
#include "internal.h"

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

/*
 * After a rename: both trade name and parent, with the references to the parents.
 * target is found under its new name if they were exchanged, else no more.
 */
void d_rename(struct dentry *dentry, struct dentry *target, bool exchange)
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

/* A directory was removed: lets go what is remembered of names in it. */
void shrink_dcache_parent(struct dentry *parent)
{
	struct dentry *child, *next;
	LIST_HEAD(dispose);

	spin_lock(&dcache_lock);
	list_for_each_entry_safe(child, next, &parent->d_subdirs, d_child)
		if (child->d_flags & DCACHE_LRU_LIST)
			list_move(&child->d_lru, &dispose);
	spin_unlock(&dcache_lock);
	shrink_list(&dispose, ULONG_MAX, false);
}

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

/* ------------------------------------------------------------------ for reclaim */

/*
 * Held by who frees unused names and inodes for want of memory, and by unmounting,
 * which must not miss one that is on its way out:
 *
 *	reclaim					unmount
 *	takes an inode off its lists
 *	sleeps in evict()			finds none, frees the super block
 *	looks into the super block
 */
static DEFINE_MUTEX(reclaim_mutex);

void names_reclaim_off(void)
{
	mutex_lock(&reclaim_mutex);
}

void names_reclaim_on(void)
{
	mutex_unlock(&reclaim_mutex);
}

static unsigned long dcache_count(struct shrinker *shrinker, struct shrink_control *sc)
{
	struct list_head *pos;
	unsigned long nr = 0;

	spin_lock(&dcache_lock);
	list_for_each(pos, &dentry_unused)
		nr++;
	spin_unlock(&dcache_lock);
	return nr;
}

/* Inodes become free by their names: both in one go. */
static unsigned long dcache_scan(struct shrinker *shrinker, struct shrink_control *sc)
{
	unsigned long freed;

	if (!(sc->gfp_mask & __GFP_FS) || !mutex_trylock(&reclaim_mutex))
		return SHRINK_STOP;
	freed = shrink_list(&dentry_unused, sc->nr_to_scan, true);
	freed += prune_icache(sc->nr_to_scan);
	mutex_unlock(&reclaim_mutex);
	return freed;
}

static int __init dcache_shrinker_init(void)
{
	static struct shrinker shrinker = {
		.count_objects = dcache_count,
		.scan_objects = dcache_scan,
		.seeks = DEFAULT_SEEKS,
	};

	return register_shrinker(&shrinker);
}
fs_initcall(dcache_shrinker_init);
