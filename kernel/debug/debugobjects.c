/*
 * Active objects: see <linux/debugobjects.h>. A hash table by page, so that the
 * freeing of a block finds those in it; entries come from a fixed pool.
 *
 * The table's lock is a bare word that no checker watches: it is taken under
 * every other. Reports are made without it.
 */
#include <linux/debugobjects.h>
#include <linux/export.h>
#include <linux/hash.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <asm/cmpxchg.h>
#include <asm/processor.h>

#define POOL_OBJECTS	2048u
#define BUCKET_BITS	8

struct object {
	struct hlist_node node;		/* [l] of its bucket, or free */
	void *addr;			/* [l] */
	const struct debug_obj_descr *descr; /* [l] */
	depot_stack_handle_t started;	/* [l] */
	pid_t pid;			/* [l] who started it */
};

static unsigned int table_locked;		/* with interrupts off; this is l */
static struct object pool[POOL_OBJECTS];
static unsigned int pool_used;			/* [l] */
static struct hlist_head free_objects;		/* [l] */
static struct hlist_head buckets[1 << BUCKET_BITS]; /* [l] */
static bool stopped;				/* set once */

static unsigned long lock_table(void)
{
	unsigned long flags;

	local_irq_save(flags);
	while (xchg(&table_locked, 1))
		cpu_relax();
	return flags;
}

static void unlock_table(unsigned long flags)
{
	smp_store_release(&table_locked, 0);
	local_irq_restore(flags);
}

static struct hlist_head *bucket_of(unsigned long addr)
{
	return &buckets[hash_long(addr >> PAGE_SHIFT, BUCKET_BITS)];
}

/* [l] held */
static struct object *find(const void *addr)
{
	struct object *object;

	hlist_for_each_entry(object, bucket_of((unsigned long)addr), node)
		if (object->addr == addr)
			return object;
	return NULL;
}

/* [l] held: a free one, or NULL, and then the check ends for good. */
static struct object *take_object(void)
{
	struct object *object;

	if (!hlist_empty(&free_objects)) {
		object = hlist_entry(free_objects.first, struct object, node);
		hlist_del(&object->node);
		return object;
	}
	if (pool_used < POOL_OBJECTS)
		return &pool[pool_used++];
	stopped = true;
	return NULL;
}

void debug_object_activate(void *addr, const struct debug_obj_descr *descr)
{
	depot_stack_handle_t started;
	struct object *object;
	unsigned long flags;

	if (stopped)
		return;
	started = stack_depot_save_here(1);
	flags = lock_table();
	object = find(addr);
	if (!object) {
		object = take_object();
		if (object) {
			object->addr = addr;
			hlist_add_head(&object->node, bucket_of((unsigned long)addr));
		}
	}
	if (object) {
		object->descr = descr;
		object->started = started;
		object->pid = task_pid_nr(current);
	}
	unlock_table(flags);
	if (!object)
		pr_warn_once("debugobjects: the table is full; objects are not checked any more\n");
}

void debug_object_deactivate(void *addr)
{
	unsigned long flags = lock_table();
	struct object *object = find(addr);

	if (object) {
		hlist_del(&object->node);
		hlist_add_head(&object->node, &free_objects);
	}
	unlock_table(flags);
}

int debug_object_state(const void *addr)
{
	unsigned long flags;
	int active;

	if (stopped)
		return ODEBUG_UNKNOWN;
	flags = lock_table();
	active = find(addr) ? ODEBUG_ACTIVE : ODEBUG_INACTIVE;
	unlock_table(flags);
	return active;
}

/* In an entry point, whom the mistake belongs to: who called kfree(), mod_timer() or the like. */
#define CULPRIT	((*(unsigned long **)__builtin_frame_address(0))[1])

/* @object: what is known of it, or NULL. */
static void report(unsigned long where, const char *mistake, void *addr,
		   const struct debug_obj_descr *descr, const struct object *object)
{
	char title[32];

	report_begin(where, "ODEBUG: %s %s, callback=%ps", mistake, descr->name,
		     descr->debug_hint(addr));
	report_line("the %s is at %p", descr->name, addr);
	report_stack_here("Call trace:");
	if (object) {
		snprintf(title, sizeof(title), "Started by PID %d:", object->pid);
		report_saved_stack(title, object->started);
	}
	report_end();
}

void debug_object_report(const char *mistake, void *addr, const struct debug_obj_descr *descr)
{
	if (!report_running())
		report(CULPRIT, mistake, addr, descr, NULL);
}

/* Whether there was one at @addr exactly, or (size) in that many bytes; a copy of it. */
static bool find_in(const void *addr, unsigned long size, struct object *copy)
{
	unsigned long start = (unsigned long)addr, end = start + size, flags;
	struct object *object, *first = NULL;

	for (unsigned long at = start & PAGE_MASK; at < end; at += PAGE_SIZE) {
		if (hlist_empty(bucket_of(at)))
			continue;
		flags = lock_table();
		hlist_for_each_entry(object, bucket_of(at), node)
			if ((unsigned long)object->addr - start < size &&
			    (!first || object->addr < first->addr))
				first = object;
		if (first)
			*copy = *first;
		unlock_table(flags);
		if (first)
			return true;
	}
	return false;
}

static void report_and_cancel(unsigned long where, const char *mistake,
			      const struct object *object)
{
	report(where, mistake, object->addr, object->descr, object);
	object->descr->cancel(object->addr);
	debug_object_deactivate(object->addr);
}

void debug_object_init(void *addr, const struct debug_obj_descr *descr)
{
	struct object object;

	if (!stopped && !report_running() && find_in(addr, 1, &object))
		report_and_cancel(CULPRIT, "initialise active", &object);
}

void debug_check_no_obj_freed(const void *address, unsigned long size)
{
	struct object object;

	while (!stopped && !report_running() && find_in(address, size, &object))
		report_and_cancel(CULPRIT, "free active", &object);
}
EXPORT_SYMBOL(debug_check_no_obj_freed);

static bool find_of_module(const struct module *mod, struct object *copy)
{
	unsigned long flags = lock_table();
	struct object *object;
	bool found = false;

	for (unsigned int i = 0; i < ARRAY_SIZE(buckets) && !found; i++)
		hlist_for_each_entry(object, &buckets[i], node)
			if (within_module((unsigned long)object->addr, mod) ||
			    within_module((unsigned long)object->descr->debug_hint(object->addr), mod)) {
				*copy = *object;
				found = true;
				break;
			}
	unlock_table(flags);
	return found;
}

unsigned int debug_objects_of_module(const struct module *mod)
{
	struct object object;
	char mistake[80];
	unsigned int n = 0;

	snprintf(mistake, sizeof(mistake), "module %s is unloaded, but left an active", mod->name);
	for (; !stopped && find_of_module(mod, &object); n++)
		report_and_cancel((unsigned long)object.descr->debug_hint(object.addr), mistake, &object);
	return n;
}
