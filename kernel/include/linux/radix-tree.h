/*
 * Radix trees: pointers by an unsigned long index, with three tags an entry.
 * The page cache and idr stand on them.
 *
 * The caller's lock guards a tree, lookups included. Insertion allocates with
 * the tree's gfp mask; radix_tree_preload() before taking a spinlock makes
 * sure that the insertion under it finds its nodes.
 */
#ifndef _LINUX_RADIX_TREE_H
#define _LINUX_RADIX_TREE_H

#include <linux/preempt.h>
#include <linux/types.h>

#define RADIX_TREE_MAX_TAGS	3
#define RADIX_TREE_MAP_SHIFT	6
#define RADIX_TREE_MAP_SIZE	(1UL << RADIX_TREE_MAP_SHIFT)
#define RADIX_TREE_MAP_MASK	(RADIX_TREE_MAP_SIZE - 1)
#define RADIX_TREE_TAG_LONGS	(RADIX_TREE_MAP_SIZE / 32)

struct radix_tree_node {
	unsigned char shift;		/* of the index bits this level looks at */
	unsigned char offset;		/* slot in the parent */
	unsigned char count;		/* slots in use */
	struct radix_tree_node *parent;	/* NULL: the root; links free nodes when preloaded */
	void *slots[RADIX_TREE_MAP_SIZE];
	unsigned long tags[RADIX_TREE_MAX_TAGS][RADIX_TREE_TAG_LONGS];
};

/*
 * A tree always has a node, unless it is empty. [all: the owner's lock]
 */
struct radix_tree_root {
	gfp_t gfp_mask;
	struct radix_tree_node *rnode;
};

#define RADIX_TREE_INIT(name, mask) { .gfp_mask = (mask), .rnode = NULL }
#define RADIX_TREE(name, mask) struct radix_tree_root name = RADIX_TREE_INIT(name, mask)
#define INIT_RADIX_TREE(root, mask) \
	(*(root) = (struct radix_tree_root)RADIX_TREE_INIT(, mask))

static inline bool radix_tree_empty(const struct radix_tree_root *root)
{
	return root->rnode == NULL;
}

/* 0, -EEXIST, -ENOMEM. */
int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item);
void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index);
/* The slot itself, to replace an entry in place; NULL when there is none. */
void **radix_tree_lookup_slot(const struct radix_tree_root *root, unsigned long index);
#define radix_tree_deref_slot(slot) (*(slot))
#define radix_tree_replace_slot(root, slot, item) (*(slot) = (item))
/* Returns what was there, or NULL. */
void *radix_tree_delete(struct radix_tree_root *root, unsigned long index);

void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag);
void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag);
int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index,
		       unsigned int tag);
bool radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag);

/* The next entry (with a tag) at *index or after; *index becomes its. NULL: none. */
void *radix_tree_next(const struct radix_tree_root *root, unsigned long *index);
/* Up to max entries from first on; how many. */
unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first, unsigned int max);
unsigned int radix_tree_gang_lookup_tag(const struct radix_tree_root *root, void **results,
					unsigned long first, unsigned int max, unsigned int tag);
/* The first index at or after `from` without an entry; ULONG_MAX + wrap gives 0. */
unsigned long radix_tree_next_hole(const struct radix_tree_root *root, unsigned long from,
				   unsigned long max_scan);

/*
 * Fills this CPU's stock of nodes and returns 0 with preemption off, or
 * -ENOMEM with it on. Context: process, may sleep with GFP_KERNEL.
 */
int radix_tree_preload(gfp_t gfp);
#define radix_tree_maybe_preload(gfp) radix_tree_preload(gfp)
void radix_tree_preload_end(void);
void radix_tree_init(void);

#endif
