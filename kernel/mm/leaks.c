/*
 * What was allocated and is not free (<linux/kmemleak.h>). Every object knows
 * which allocation it is (slab_meta): those younger than a mark are looked up in
 * the slabs themselves, nothing is kept beside them.
 *
 * Not instrumented: it reads behind the objects. Locks: slab_mutex, then each
 * cache's lock. Context: process.
 */
#include <linux/delay.h>
#include <linux/kmemleak.h>
#include <linux/mutex.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/workqueue.h>
#include "slab.h"

#define LEAKS_MAX	16u	/* reports of one run */
#define PATIENCE	10	/* times 20 ms, for what others still put away */

struct search {
	const struct leak_filter *filter;
	struct leak *leaks;
	unsigned int size, found;
};

u32 kmemleak_mark(void)
{
	return slab_debug_seq();
}

struct leak_filter kmemleak_filter_current(void)
{
	struct leak_filter filter = { .mark = kmemleak_mark(), .pid = task_pid_nr(current) };
	struct task_struct *task;

	read_lock(&tasklist_lock);
	for_each_process(task)
		filter.new_pids = max(filter.new_pids, (unsigned int)task_pid_nr(task) + 1);
	read_unlock(&tasklist_lock);
	return filter;
}

#define NEAR	3		/* calls between who wants memory and the allocator: kstrdup(), … */

static bool allocated_from(const struct leak_filter *filter, const struct slab_meta *meta)
{
	const unsigned long *entries;
	unsigned int n = stack_depot_fetch(meta->alloc_stack, &entries);

	for (unsigned int i = 0; i < min(n, (unsigned int)NEAR); i++)
		if (entries[i] - filter->text < filter->text_size)
			return true;
	return false;
}

static bool meant(const struct leak_filter *filter, const struct slab_meta *meta)
{
	if ((s32)(meta->seq - filter->mark) <= 0 || !meta->seq || meta->seq == SLAB_SEQ_KEPT)
		return false;
	if (filter->text_size && !allocated_from(filter, meta))
		return false;
	return !filter->pid || meta->alloc_pid == filter->pid ||
	       (meta->alloc_pid >= filter->new_pids && meta->alloc_pid != LEAK_PID_IRQ);
}

static void note(struct search *search, const struct kmem_cache *cache, const void *object)
{
	const struct slab_meta *meta = slab_meta(cache, object);
	unsigned int i, known = min(search->found, search->size);
	struct leak *leak;

	if (!meant(search->filter, meta))
		return;
	for (i = 0; i < known; i++) {
		leak = &search->leaks[i];
		if (leak->stack == meta->alloc_stack && leak->cache == cache->name &&
		    leak->pid == meta->alloc_pid) {
			leak->count++;
			leak->bytes += meta->size;
			return;
		}
	}
	if (search->found++ < search->size)
		search->leaks[known] = (struct leak) {
			.cache = cache->name, .stack = meta->alloc_stack, .pid = meta->alloc_pid,
			.count = 1, .bytes = meta->size, .first = object,
		};
}

static void look_through(struct search *search, const struct kmem_cache *cache,
			 struct page *page)
{
	const char *object = page_address(page) + cache->left;
	unsigned int i;

	for (i = 0; i < page->objects; i++, object += cache->size)
		note(search, cache, object);
}

unsigned int kmemleak_find(const struct leak_filter *filter, struct leak *leaks, unsigned int size)
{
	struct search search = { .filter = filter, .leaks = leaks, .size = size };
	struct kmem_cache *cache;
	unsigned long flags;
	struct page *page;

	mutex_lock(&slab_mutex);
	list_for_each_entry(cache, &slab_caches, list) {
		spin_lock_irqsave(&cache->lock, flags);
		list_for_each_entry(page, &cache->partial, slab_list)
			look_through(&search, cache, page);
		list_for_each_entry(page, &cache->full, slab_list)
			look_through(&search, cache, page);
		if (cache->active)
			look_through(&search, cache, cache->active);
		spin_unlock_irqrestore(&cache->lock, flags);
	}
	mutex_unlock(&slab_mutex);
	return search.found;
}

static void report_leak(const struct leak *leak)
{
	const unsigned long *entries;
	unsigned int n = stack_depot_fetch(leak->stack, &entries);

	report_begin(n ? entries[0] : 0, "leak: %u object%s of %s", leak->count,
		     leak->count == 1 ? "" : "s", leak->cache);
	report_line("%lu bytes, allocated by task %u and not freed; one is at %px", leak->bytes,
		    leak->pid, leak->first);
	report_saved_stack("Allocated at:", leak->stack);
	report_end();
}

unsigned int kmemleak_report(const struct leak_filter *filter)
{
	static struct leak leaks[LEAKS_MAX];	/* the caller's turn: one test run at a time */
	unsigned int i, n, objects = 0;

	for (i = 0; (n = kmemleak_find(filter, leaks, LEAKS_MAX)) && i < PATIENCE; i++) {
		flush_scheduled_work();
		msleep(20);
	}
	for (i = 0; i < min(n, LEAKS_MAX); i++) {
		report_leak(&leaks[i]);
		objects += leaks[i].count;
	}
	return objects;
}
