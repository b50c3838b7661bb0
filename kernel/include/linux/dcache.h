/*
 * <linux/dcache.h> - names: what is called how, in which directory.
 *
 * A dentry joins a name in a directory to an inode.  It pins its parent and
 * its inode.  One without an inode is negative: it remembers that the name is
 * not there.  Dentries nobody uses stay hashed on an LRU until memory runs low.
 */
#ifndef _LINUX_DCACHE_H
#define _LINUX_DCACHE_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/atomic.h>
#include <linux/spinlock.h>

struct inode;
struct path;
struct super_block;
struct dentry;

/* A name with its length and hash; d_name's ends with a zero too. */
struct qstr {
	u32 hash, len;
	const unsigned char *name;
};

#define QSTR_INIT(n, l)	{ .len = (l), .name = (const unsigned char *)(n) }

#define DNAME_INLINE_LEN 40

struct dentry_operations {
	int (*d_revalidate)(struct dentry *dentry, unsigned int flags);
	int (*d_delete)(const struct dentry *dentry);	/* 1: do not keep it unused */
	char *(*d_dname)(struct dentry *dentry, char *buf, int len);	/* for names outside the tree */
};

/*
 * [l] dcache_lock   [r] atomic
 * [s] the parent inode's i_rwsem held, and dcache_lock to change: either is enough to read
 */
struct dentry {
	unsigned int d_flags;			/* [l] DCACHE_* */
	atomic_t d_count;			/* [r] references; leaves and reaches 0 under l */
	struct hlist_node d_hash;		/* [l] */
	struct dentry *d_parent;		/* [s] itself at a root */
	struct qstr d_name;			/* [s] */
	struct inode *d_inode;			/* [s] NULL: negative */
	unsigned char d_iname[DNAME_INLINE_LEN]; /* short names live here */
	const struct dentry_operations *d_op;	/* constant */
	struct super_block *d_sb;		/* constant */
	struct list_head d_lru;			/* [l] */
	struct list_head d_child;		/* [l] on the parent's d_subdirs */
	struct list_head d_subdirs;		/* [l] */
	struct hlist_node d_alias;		/* [l] on inode->i_dentry */
};

#define DCACHE_MOUNTED		0x0001		/* something is mounted here */
#define DCACHE_LRU_LIST		0x0002		/* is on the LRU */
#define DCACHE_REFERENCED	0x0004		/* used since the LRU last looked */

extern spinlock_t dcache_lock;

extern void dcache_init(void);
extern struct dentry *d_alloc(struct dentry *parent, const struct qstr *name);
extern struct dentry *d_make_root(struct inode *root);
extern void d_instantiate(struct dentry *dentry, struct inode *inode);
extern void d_add(struct dentry *dentry, struct inode *inode);
extern struct dentry *d_splice_alias(struct inode *inode, struct dentry *dentry);
extern struct dentry *d_lookup(const struct dentry *parent, const struct qstr *name);
extern void d_drop(struct dentry *dentry);
extern void d_delete(struct dentry *dentry);
extern void d_rename(struct dentry *dentry, struct dentry *target, bool exchange);
extern void d_genocide(struct dentry *root);
extern void d_invalidate(struct dentry *dentry);
extern void shrink_dcache_sb(struct super_block *sb);
extern struct dentry *dget_parent(struct dentry *dentry);
extern void dput(struct dentry *dentry);
extern char *d_path(const struct path *path, char *buf, int buflen);
extern char *dynamic_dname(struct dentry *dentry, char *buf, int buflen, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
extern u32 full_name_hash(const void *salt, const char *name, unsigned int len);

/* One more reference, by who holds one already. */
static inline struct dentry *dget(struct dentry *dentry)
{
	if (dentry)
		atomic_inc(&dentry->d_count);
	return dentry;
}

static inline struct inode *d_inode(const struct dentry *dentry)
{
	return dentry->d_inode;
}

static inline bool d_is_negative(const struct dentry *dentry)
{
	return !dentry->d_inode;
}

#define d_is_positive(dentry)	(!d_is_negative(dentry))
#define d_really_is_negative	d_is_negative
#define d_really_is_positive	d_is_positive

/* Lookups do not find it: a root, a name that is gone, or one that never was. */
static inline bool d_unhashed(const struct dentry *dentry)
{
	return hlist_unhashed(&dentry->d_hash);
}

static inline bool d_mountpoint(const struct dentry *dentry)
{
	return dentry->d_flags & DCACHE_MOUNTED;
}

#define IS_ROOT(dentry)	((dentry) == (dentry)->d_parent)

#endif
