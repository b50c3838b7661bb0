/*
 * Red-black trees. Every path from the root down meets as many black nodes, no
 * red node has a red child: so no path is more than twice as long as another.
 * A node's parent and colour share a word. Context: any; the caller locks.
 */
#include <linux/export.h>
#include <linux/rbtree.h>

#define RB_RED		0
#define RB_BLACK	1

static bool is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & RB_BLACK);
}

static void set_black(struct rb_node *node)
{
	node->__rb_parent_color |= RB_BLACK;
}

static void set_red(struct rb_node *node)
{
	node->__rb_parent_color &= ~RB_BLACK;
}

static void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (unsigned long)parent | (node->__rb_parent_color & RB_BLACK);
}

/* Whoever pointed at old points at entry. */
static void replace_child(struct rb_node *old, struct rb_node *entry, struct rb_node *parent,
			  struct rb_root *root)
{
	if (!parent)
		root->rb_node = entry;
	else if (parent->rb_left == old)
		parent->rb_left = entry;
	else
		parent->rb_right = entry;
}

/* The child on the other side of `left` comes up, node goes down to `left`. */
static void rotate(struct rb_node *node, bool left, struct rb_root *root)
{
	struct rb_node *up = left ? node->rb_right : node->rb_left;
	struct rb_node *parent = rb_parent(node), *inner;

	if (left) {
		inner = node->rb_right = up->rb_left;
		up->rb_left = node;
	} else {
		inner = node->rb_left = up->rb_right;
		up->rb_right = node;
	}
	if (inner)
		set_parent(inner, node);
	set_parent(up, parent);
	replace_child(node, up, parent, root);
	set_parent(node, up);
}

/* The node was linked red; a red parent is repaired, upwards. */
void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *parent, *grand, *uncle;

	while (is_red(parent = rb_parent(node))) {
		bool left;

		grand = rb_parent(parent);
		left = parent == grand->rb_left;
		uncle = left ? grand->rb_right : grand->rb_left;
		if (is_red(uncle)) {
			set_black(parent);
			set_black(uncle);
			set_red(grand);
			node = grand;
			continue;
		}
		if (node == (left ? parent->rb_right : parent->rb_left)) {
			rotate(parent, left, root);
			parent = node;
		}
		set_black(parent);
		set_red(grand);
		rotate(grand, !left, root);
		break;
	}
	set_black(root->rb_node);
}
EXPORT_SYMBOL(rb_insert_color);

/* The paths through node (perhaps NULL) under parent lack one black. */
static void erase_color(struct rb_node *node, struct rb_node *parent, struct rb_root *root)
{
	while (node != root->rb_node && !is_red(node)) {
		bool left = node == parent->rb_left;
		struct rb_node *sibling = left ? parent->rb_right : parent->rb_left;
		struct rb_node *near, *far;

		if (is_red(sibling)) {
			set_black(sibling);
			set_red(parent);
			rotate(parent, left, root);
			sibling = left ? parent->rb_right : parent->rb_left;
		}
		near = left ? sibling->rb_left : sibling->rb_right;
		far = left ? sibling->rb_right : sibling->rb_left;
		if (!is_red(near) && !is_red(far)) {
			set_red(sibling);
			node = parent;
			parent = rb_parent(node);
			continue;
		}
		if (!is_red(far)) {
			set_black(near);
			set_red(sibling);
			rotate(sibling, !left, root);
			far = sibling;
			sibling = near;
		}
		if (is_red(parent))
			set_red(sibling);
		else
			set_black(sibling);
		set_black(parent);
		set_black(far);
		rotate(parent, left, root);
		node = root->rb_node;
		break;
	}
	if (node)
		set_black(node);
}

/*
 * A node with two children changes places with its successor, which has at
 * most one; so what leaves the tree always has one child at most.
 */
void rb_erase(struct rb_node *node, struct rb_root *root)
{
	struct rb_node *child, *parent, *succ;
	bool lost_black;

	if (node->rb_left && node->rb_right) {
		for (succ = node->rb_right; succ->rb_left; succ = succ->rb_left)
			;
		child = succ->rb_right;
		parent = rb_parent(succ);
		lost_black = !is_red(succ);
		if (parent == node) {
			parent = succ;
		} else {
			parent->rb_left = child;
			if (child)
				set_parent(child, parent);
			succ->rb_right = node->rb_right;
			set_parent(node->rb_right, succ);
		}
		succ->rb_left = node->rb_left;
		set_parent(node->rb_left, succ);
		succ->__rb_parent_color = node->__rb_parent_color;
		replace_child(node, succ, rb_parent(node), root);
	} else {
		child = node->rb_left ? node->rb_left : node->rb_right;
		parent = rb_parent(node);
		lost_black = !is_red(node);
		if (child)
			set_parent(child, parent);
		replace_child(node, child, parent, root);
	}
	if (lost_black && root->rb_node)
		erase_color(child, parent, root);
}
EXPORT_SYMBOL(rb_erase);

struct rb_node *rb_first(const struct rb_root *root)
{
	struct rb_node *node = root->rb_node;

	while (node && node->rb_left)
		node = node->rb_left;
	return node;
}
EXPORT_SYMBOL(rb_first);

struct rb_node *rb_last(const struct rb_root *root)
{
	struct rb_node *node = root->rb_node;

	while (node && node->rb_right)
		node = node->rb_right;
	return node;
}
EXPORT_SYMBOL(rb_last);

struct rb_node *rb_next(const struct rb_node *node)
{
	const struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_right) {
		node = node->rb_right;
		while (node->rb_left)
			node = node->rb_left;
		return (struct rb_node *)node;
	}
	while ((parent = rb_parent(node)) && node == parent->rb_right)
		node = parent;
	return (struct rb_node *)parent;
}
EXPORT_SYMBOL(rb_next);

struct rb_node *rb_prev(const struct rb_node *node)
{
	const struct rb_node *parent;

	if (RB_EMPTY_NODE(node))
		return NULL;
	if (node->rb_left) {
		node = node->rb_left;
		while (node->rb_right)
			node = node->rb_right;
		return (struct rb_node *)node;
	}
	while ((parent = rb_parent(node)) && node == parent->rb_left)
		node = parent;
	return (struct rb_node *)parent;
}
EXPORT_SYMBOL(rb_prev);
