/*
 * Radix trees: nodes of 64 slots, six bits of the index a level. The root
 * always is a node, whose shift says how high the tree is; a tag of a slot in
 * an inner node says that some entry below has it.
 *
 * The caller's lock guards a tree. Nodes come from the slab, or under a
 * spinlock from the stock that radix_tree_preload() filled (one CPU's, with
 * preemption off until radix_tree_preload_end()).
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/radix-tree.h>
#include <linux/slab.h>
#include <linux/string.h>

#define MAX_HEIGHT	6			/* 6 * 6 bits >= 32 */
/* The most an insertion takes: a path to the new entry, and new roots above the old one. */
#define PRELOAD_NODES	(2 * MAX_HEIGHT - 1)

static struct kmem_cache *node_cache;		/* [I] */

/* Nodes put by, linked by ->parent. [l] stock_lock, irq-safe */
static DEFINE_SPINLOCK(stock_lock);
static struct radix_tree_node *stock;
static unsigned int stock_count;

void radix_tree_init(void)
{
	node_cache = kmem_cache_create("radix_tree_node", sizeof(struct radix_tree_node), 0,
				       SLAB_RECLAIM_ACCOUNT, NULL);
	if (!node_cache)
		panic("no memory for radix trees");
}

static struct radix_tree_node *take_stock(void)
{
	struct radix_tree_node *node;
	unsigned long flags;

	spin_lock_irqsave(&stock_lock, flags);
	node = stock;
	if (node) {
		stock = node->parent;
		stock_count--;
	}
	spin_unlock_irqrestore(&stock_lock, flags);
	return node;
}

static struct radix_tree_node *node_alloc(gfp_t gfp, unsigned int shift)
{
	struct radix_tree_node *node = kmem_cache_alloc(node_cache, gfp | __GFP_NOWARN);

	if (!node)
		node = take_stock();
	if (node) {
		memset(node, 0, sizeof(*node));
		node->shift = shift;
	}
	return node;
}

int radix_tree_preload(gfp_t gfp)
{
	preempt_disable();
	while (READ_ONCE(stock_count) < PRELOAD_NODES) {
		struct radix_tree_node *node;
		unsigned long flags;

		preempt_enable();
		node = kmem_cache_alloc(node_cache, gfp);
		if (!node)
			return -ENOMEM;
		preempt_disable();
		spin_lock_irqsave(&stock_lock, flags);
		node->parent = stock;
		stock = node;
		stock_count++;
		spin_unlock_irqrestore(&stock_lock, flags);
	}
	return 0;
}
EXPORT_SYMBOL(radix_tree_preload);

void radix_tree_preload_end(void)
{
	preempt_enable();
}
EXPORT_SYMBOL(radix_tree_preload_end);

static bool tag_test(const struct radix_tree_node *node, unsigned int tag, unsigned int slot)
{
	return test_bit(slot, node->tags[tag]);
}

static bool any_tag(const struct radix_tree_node *node, unsigned int tag)
{
	return node->tags[tag][0] | node->tags[tag][1];
}

static unsigned int slot_of(const struct radix_tree_node *node, unsigned long index)
{
	return (index >> node->shift) & RADIX_TREE_MAP_MASK;
}

/* The last index the tree can hold as high as it is. */
static unsigned long max_index(const struct radix_tree_node *root)
{
	unsigned int bits = root->shift + RADIX_TREE_MAP_SHIFT;

	return bits >= 32 ? ~0UL : (1UL << bits) - 1;
}

/* Puts roots on top until index fits. */
static int grow(struct radix_tree_root *root, unsigned long index)
{
	while (index > max_index(root->rnode)) {
		struct radix_tree_node *old = root->rnode;
		struct radix_tree_node *node = node_alloc(root->gfp_mask,
							  old->shift + RADIX_TREE_MAP_SHIFT);

		if (!node)
			return -ENOMEM;
		node->slots[0] = old;
		node->count = 1;
		for (unsigned int tag = 0; tag < RADIX_TREE_MAX_TAGS; tag++)
			if (any_tag(old, tag))
				__set_bit(0, node->tags[tag]);
		old->parent = node;
		root->rnode = node;
	}
	return 0;
}

/* Takes empty nodes away, upwards; then roots with nothing but slot 0, downwards. */
static void shrink(struct radix_tree_root *root, struct radix_tree_node *node)
{
	while (node && !node->count) {
		struct radix_tree_node *parent = node->parent;

		if (parent) {
			parent->slots[node->offset] = NULL;
			parent->count--;
		} else {
			root->rnode = NULL;
		}
		kmem_cache_free(node_cache, node);
		node = parent;
	}
	while ((node = root->rnode) && node->shift && node->count == 1 && node->slots[0]) {
		root->rnode = node->slots[0];
		root->rnode->parent = NULL;
		kmem_cache_free(node_cache, node);
	}
}

/* The leaf node that has index's slot, or NULL. */
static struct radix_tree_node *find_leaf(const struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *node = root->rnode;

	if (!node || index > max_index(node))
		return NULL;
	while (node && node->shift)
		node = node->slots[slot_of(node, index)];
	return node;
}

int radix_tree_insert(struct radix_tree_root *root, unsigned long index, void *item)
{
	struct radix_tree_node *node;
	int err = -ENOMEM;

	if (!root->rnode) {
		root->rnode = node_alloc(root->gfp_mask, 0);
		if (!root->rnode)
			return -ENOMEM;
	}
	node = root->rnode;
	if (grow(root, index))
		goto out_shrink;
	for (node = root->rnode; node->shift; ) {
		unsigned int slot = slot_of(node, index);
		struct radix_tree_node *child = node->slots[slot];

		if (!child) {
			child = node_alloc(root->gfp_mask, node->shift - RADIX_TREE_MAP_SHIFT);
			if (!child)
				goto out_shrink;
			child->parent = node;
			child->offset = slot;
			node->slots[slot] = child;
			node->count++;
		}
		node = child;
	}
	err = -EEXIST;
	if (node->slots[slot_of(node, index)])
		goto out_shrink;
	node->slots[slot_of(node, index)] = item;
	node->count++;
	return 0;

out_shrink:
	shrink(root, node);
	return err;
}
EXPORT_SYMBOL(radix_tree_insert);

void **radix_tree_lookup_slot(const struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *node = find_leaf(root, index);
	void **slot = node ? &node->slots[slot_of(node, index)] : NULL;

	return slot && *slot ? slot : NULL;
}
EXPORT_SYMBOL(radix_tree_lookup_slot);

void *radix_tree_lookup(const struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *node = find_leaf(root, index);

	return node ? node->slots[slot_of(node, index)] : NULL;
}
EXPORT_SYMBOL(radix_tree_lookup);

/* Upwards, until a node has the tag for another reason. */
static void clear_tag(struct radix_tree_node *node, unsigned int slot, unsigned int tag)
{
	for (; node; slot = node->offset, node = node->parent) {
		__clear_bit(slot, node->tags[tag]);
		if (any_tag(node, tag))
			break;
	}
}

void *radix_tree_delete(struct radix_tree_root *root, unsigned long index)
{
	struct radix_tree_node *node = find_leaf(root, index);
	unsigned int slot;
	void *found;

	if (!node)
		return NULL;
	slot = slot_of(node, index);
	found = node->slots[slot];
	if (!found)
		return NULL;
	for (unsigned int tag = 0; tag < RADIX_TREE_MAX_TAGS; tag++)
		if (tag_test(node, tag, slot))
			clear_tag(node, slot, tag);
	node->slots[slot] = NULL;
	node->count--;
	shrink(root, node);
	return found;
}
EXPORT_SYMBOL(radix_tree_delete);

/* Returns the entry; one that is not there is no place for a tag. */
void *radix_tree_tag_set(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct radix_tree_node *node = find_leaf(root, index);
	void *item = node ? node->slots[slot_of(node, index)] : NULL;
	unsigned int slot;

	if (WARN_ON_ONCE(!item))
		return NULL;
	slot = slot_of(node, index);
	for (; node && !tag_test(node, tag, slot); slot = node->offset, node = node->parent)
		__set_bit(slot, node->tags[tag]);
	return item;
}
EXPORT_SYMBOL(radix_tree_tag_set);

void *radix_tree_tag_clear(struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct radix_tree_node *node = find_leaf(root, index);
	void *item = node ? node->slots[slot_of(node, index)] : NULL;

	if (item && tag_test(node, tag, slot_of(node, index)))
		clear_tag(node, slot_of(node, index), tag);
	return item;
}
EXPORT_SYMBOL(radix_tree_tag_clear);

int radix_tree_tag_get(const struct radix_tree_root *root, unsigned long index, unsigned int tag)
{
	struct radix_tree_node *node = find_leaf(root, index);

	return node && tag_test(node, tag, slot_of(node, index));
}
EXPORT_SYMBOL(radix_tree_tag_get);

bool radix_tree_tagged(const struct radix_tree_root *root, unsigned int tag)
{
	return root->rnode && any_tag(root->rnode, tag);
}
EXPORT_SYMBOL(radix_tree_tagged);

/* The first slot from `slot` on that is in use and, with tag >= 0, has the tag; 64: none. */
static unsigned int next_slot(const struct radix_tree_node *node, unsigned int slot, int tag)
{
	if (tag >= 0)
		return find_next_bit(node->tags[tag], RADIX_TREE_MAP_SIZE, slot);
	while (slot < RADIX_TREE_MAP_SIZE && !node->slots[slot])
		slot++;
	return slot;
}

/* Down while there is a subtree that has something; up and on where there is none. */
static void *next_entry(const struct radix_tree_root *root, unsigned long *index, int tag)
{
	const struct radix_tree_node *node = root->rnode;
	unsigned long at = *index;

	if (!node || at > max_index(node))
		return NULL;
	for (;;) {
		unsigned int slot = slot_of(node, at), next = next_slot(node, slot, tag);

		if (next == RADIX_TREE_MAP_SIZE) {
			/* Behind this node: the first index of the parent's next slot. */
			if (!node->parent)
				return NULL;
			at |= max_index(node);
			if (++at == 0)
				return NULL;
			/* A carry into the parent's slot 0 means that it is done, too. */
			do
				node = node->parent;
			while (node && slot_of(node, at) == 0);
			if (!node)
				return NULL;
			continue;
		}
		if (next != slot) {
			at &= ~max_index(node);
			at |= (unsigned long)next << node->shift;
		}
		if (!node->shift) {
			*index = at;
			return node->slots[next];
		}
		node = node->slots[next];
	}
}

void *radix_tree_next(const struct radix_tree_root *root, unsigned long *index)
{
	return next_entry(root, index, -1);
}
EXPORT_SYMBOL(radix_tree_next);

static unsigned int gang(const struct radix_tree_root *root, void **results, unsigned long first,
			 unsigned int max, int tag)
{
	unsigned int n = 0;

	while (n < max) {
		void *item = next_entry(root, &first, tag);

		if (!item)
			break;
		results[n++] = item;
		if (++first == 0)
			break;
	}
	return n;
}

unsigned int radix_tree_gang_lookup(const struct radix_tree_root *root, void **results,
				    unsigned long first, unsigned int max)
{
	return gang(root, results, first, max, -1);
}
EXPORT_SYMBOL(radix_tree_gang_lookup);

unsigned int radix_tree_gang_lookup_tag(const struct radix_tree_root *root, void **results,
					unsigned long first, unsigned int max, unsigned int tag)
{
	return gang(root, results, first, max, tag);
}
EXPORT_SYMBOL(radix_tree_gang_lookup_tag);

/* A leaf at a time: 64 slots for one descent. */
unsigned long radix_tree_next_hole(const struct radix_tree_root *root, unsigned long from,
				   unsigned long max_scan)
{
	unsigned long left = max_scan;

	while (left) {
		const struct radix_tree_node *node = find_leaf(root, from);

		if (!node)
			break;
		do {
			if (!node->slots[slot_of(node, from)])
				return from;
			from++;
		} while (--left && slot_of(node, from));
		if (!from)
			break;
	}
	return from;
}
EXPORT_SYMBOL(radix_tree_next_hole);
