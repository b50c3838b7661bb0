/*
 * Are a list's links what they should be? Asked before each list_add(),
 * list_del(), hlist_add_*() and hlist_del() of a DEBUG=1 build. An operation on
 * a broken list is reported and left out, which damages the least.
 *
 * No locks: whoever changes a list holds its lock. Context: any.
 */
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/report.h>

#define corrupt(what, fmt, ...) ({						\
	if (!report_running()) {						\
		report_begin(_RET_IP_, what " corruption: " fmt, ##__VA_ARGS__);	\
		report_stack_here("Call trace:");				\
		report_end();							\
	}									\
	false; })

bool __list_add_valid(struct list_head *entry, struct list_head *prev, struct list_head *next)
{
	if (unlikely(!prev || !next))
		return corrupt("list_add", "the neighbours of %p are prev %p, next %p: "
			       "is the head initialised?", entry, prev, next);
	if (unlikely(next->prev != prev))
		return corrupt("list_add", "next->prev is %p, prev is %p (next %p)",
			       next->prev, prev, next);
	if (unlikely(prev->next != next))
		return corrupt("list_add", "prev->next is %p, next is %p (prev %p)",
			       prev->next, next, prev);
	if (unlikely(entry == prev || entry == next))
		return corrupt("list_add", "%p is already there (prev %p, next %p)",
			       entry, prev, next);
	return true;
}
EXPORT_SYMBOL(__list_add_valid);

bool __list_del_entry_valid(struct list_head *entry)
{
	struct list_head *prev = entry->prev, *next = entry->next;

	if (unlikely(next == LIST_POISON1 || prev == LIST_POISON2))
		return corrupt("list_del", "%p was deleted before", entry);
	if (unlikely(!prev || !next))
		return corrupt("list_del", "%p was never on a list (prev %p, next %p)",
			       entry, prev, next);
	if (unlikely(prev->next != entry))
		return corrupt("list_del", "prev->next is %p, the entry is %p (prev %p)",
			       prev->next, entry, prev);
	if (unlikely(next->prev != entry))
		return corrupt("list_del", "next->prev is %p, the entry is %p (next %p)",
			       next->prev, entry, next);
	return true;
}
EXPORT_SYMBOL(__list_del_entry_valid);

bool __hlist_add_valid(struct hlist_node *node, struct hlist_node *const *link)
{
	const struct hlist_node *next = *link;

	if (unlikely(next == node))
		return corrupt("hlist_add", "%p is already there", node);
	if (unlikely(next && next->pprev != link))
		return corrupt("hlist_add", "next->pprev is %p, not %p (next %p)",
			       next->pprev, link, next);
	return true;
}
EXPORT_SYMBOL(__hlist_add_valid);

bool __hlist_del_valid(const struct hlist_node *node)
{
	if (unlikely(node->pprev == LIST_POISON2))
		return corrupt("hlist_del", "%p was deleted before", node);
	if (unlikely(!node->pprev))
		return corrupt("hlist_del", "%p is on no list", node);
	if (unlikely(*node->pprev != node))
		return corrupt("hlist_del", "*pprev is %p, the node is %p", *node->pprev, node);
	if (unlikely(node->next && node->next->pprev != &node->next))
		return corrupt("hlist_del", "next->pprev is %p, not %p (next %p)",
			       node->next->pprev, &node->next, node->next);
	return true;
}
EXPORT_SYMBOL(__hlist_del_valid);
