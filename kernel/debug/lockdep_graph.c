/*
 * The lock checker, second half: classes of locks, in which contexts each is
 * taken, and which was taken while which was held.
 *
 * The orders are a graph of classes: an edge from A to B means that somebody
 * took a B while holding an A. Told at once, though nobody has hung yet:
 *
 *	a new edge closes a cycle	two tasks can each wait for the other
 *	A interrupt handler's lock is	a handler can wait for the task that it
 *	taken with interrupts on	interrupted
 *	… or is held while such a	… or for one that waits for that task
 *	lock is taken
 *
 * (and the same for bottom halves). An edge that was told is not added to the
 * graph, else all later cycles through it were told, too. Readers that may
 * come again (rwlocks) wait for no reader and make no edges; only seen ones.
 *
 * Locks: the word graph_locked, a bare lock that no checker watches. Reading
 * a bit that is set needs none. Context: interrupts off, inside lock_acquire().
 */
#include <linux/export.h>
#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module_tables.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <asm/processor.h>
#include <asm/setup.h>
#include "lockdep.h"

#define MAX_EDGES	4096u

enum direction { AFTER, BEFORE };

struct lock_class lock_classes[MAX_CLASSES];
struct lock_edge lock_edges[MAX_EDGES];
u32 edge_seen[2][MAX_CLASSES][CLASS_WORDS];
static unsigned long order[2][MAX_CLASSES][CLASS_WORDS];	/* [g] AFTER: from row to column */
static unsigned int nr_edges = 1;				/* [g] never used so far; 0 is none */
static u16 free_edges;						/* [g] given back by forget() */
static u16 reached_from[MAX_CLASSES];				/* [g] path of the last search() */
static unsigned int graph_locked;				/* this is g */

static void graph_lock(void)
{
	while (xchg(&graph_locked, 1))
		cpu_relax();
}

static void graph_unlock(void)
{
	smp_store_release(&graph_locked, 0);
}

/* Said by who found no room, once a table. The record of the log takes locks itself. */
static noinline void told_full(const char *table)
{
	current->lockdep.resting++;
	pr_warn("lockdep: no more %s; what is new is not checked\n", table);
	current->lockdep.resting--;
}

/* The frame of lock_acquire(), in what it calls: for stacks that begin with its caller. */
#define CALLERS_FRAME	(*(unsigned long *)__builtin_frame_address(0))

static depot_stack_handle_t save_stack(unsigned long frame)
{
	unsigned long entries[16];

	return stack_depot_save(entries, stack_trace_save_from(frame, entries, ARRAY_SIZE(entries)));
}

static const char *class_name(unsigned int class)
{
	return lock_classes[class].name ?: "(static lock)";
}

/* ------------------------------------------------------------------ classes */

void lockdep_init_map(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		      int subclass)
{
	map->name = name;
	map->key = key;
	map->class[0] = map->class[1] = 0;
}
EXPORT_SYMBOL(lockdep_init_map);

/* [g] held: its number, or a free one that is made its, or 0. */
static unsigned int class_of_key(const void *key, const char *name, unsigned int subclass)
{
	unsigned int class, unused = 0;

	for (class = MAX_CLASSES - 1; class; class--) {
		if (lock_classes[class].key == key && lock_classes[class].subclass == subclass)
			return class;
		if (!lock_classes[class].key)
			unused = class;
	}
	if (unused)
		lock_classes[unused] = (struct lock_class){
			.key = key, .name = name, .subclass = subclass };
	return unused;
}

static bool is_static(const void *object)
{
	return (object >= (const void *)_sdata && object < (const void *)_end) ||
	       (module_tables && module_tables->contains((unsigned long)object));
}

static noinline void not_initialised(const struct lockdep_map *map, unsigned long ip)
{
	report_begin(ip, "lock: taken before it was initialised");
	report_line("lock: at %p", map);
	report_stack_here("Call trace:");
	report_end();
}

unsigned int lockdep_find_class(struct lockdep_map *map, unsigned int subclass, unsigned long ip)
{
	static bool told;
	unsigned int class;
	bool full;

	if (!map->key && !is_static(map)) {
		not_initialised(map, ip);
		return 0;
	}
	graph_lock();
	class = map->key ? map->key->class[subclass] : 0;
	if (!class)
		class = class_of_key(map->key ?: (const void *)map, map->name, subclass);
	if (map->key)
		map->key->class[subclass] = class;
	if (subclass < ARRAY_SIZE(map->class))
		map->class[subclass] = class;
	full = !class && !told;
	told |= full;
	graph_unlock();
	if (full)
		told_full("classes");
	return class;
}

/* [g] held: the class and all its edges. */
static void forget(unsigned int class)
{
	u16 *link;

	for (unsigned int from = 1; from < MAX_CLASSES; from++) {
		for (link = &lock_classes[from].edges; *link; ) {
			struct lock_edge *edge = &lock_edges[*link];
			u16 nr = *link;

			if (from != class && edge->to != class) {
				link = &edge->next;
				continue;
			}
			*link = edge->next;
			edge->next = free_edges;
			free_edges = nr;
		}
		for (int i = 0; i < 2; i++) {
			edge_seen[i][from][class / 32] &= ~(1u << class % 32);
			order[i][from][class / 32] &= ~(1ul << class % 32);
		}
	}
	for (int i = 0; i < 2; i++) {
		memset(edge_seen[i][class], 0, sizeof(edge_seen[i][class]));
		memset(order[i][class], 0, sizeof(order[i][class]));
	}
	lock_classes[class] = (struct lock_class){ };
}

void lockdep_free_key_range(const void *start, unsigned long size)
{
	unsigned long flags;

	local_irq_save(flags);
	graph_lock();
	for (unsigned int class = 1; class < MAX_CLASSES; class++)
		if (lock_classes[class].key &&
		    (unsigned long)lock_classes[class].key - (unsigned long)start < size)
			forget(class);
	graph_unlock();
	local_irq_restore(flags);
}
EXPORT_SYMBOL(lockdep_free_key_range);

void lockdep_unregister_key(struct lock_class_key *key)
{
	lockdep_free_key_range(key, sizeof(*key));
	memset(key, 0, sizeof(*key));
}
EXPORT_SYMBOL(lockdep_unregister_key);

/* ------------------------------------------------------------------ the graph */

/*
 * [g] held. Breadth first from @start: the first class that is @target or has one of
 * @usage, 0: none. reached_from[] leads back to @start.
 */
static unsigned int search(enum direction dir, unsigned int start, unsigned int target, u8 usage)
{
	static unsigned long visited[CLASS_WORDS];
	static u16 queue[MAX_CLASSES];
	unsigned int head = 0, tail = 0, class, next;

	memset(visited, 0, sizeof(visited));
	visited[start / 32] |= 1ul << start % 32;
	for (queue[tail++] = start; head < tail; ) {
		class = queue[head++];
		if (class == target || lock_classes[class].usage & usage)
			return class;
		for (unsigned int word = 0; word < CLASS_WORDS; word++) {
			unsigned long news = order[dir][class][word] & ~visited[word];

			visited[word] |= news;
			for (; news; news &= news - 1) {
				next = word * 32 + __ffs(news);
				reached_from[next] = class;
				queue[tail++] = next;
			}
		}
	}
	return 0;
}

static const struct lock_edge *find_edge(unsigned int from, unsigned int to)
{
	unsigned int edge;

	for (edge = lock_classes[from].edges; edge; edge = lock_edges[edge].next)
		if (lock_edges[edge].to == to)
			return &lock_edges[edge];
	return NULL;
}

/* [g] held. False: no room, so that a report will lack the stack. */
static bool remember_edge(const struct held_lock *prev, const struct held_lock *next,
			  unsigned long frame)
{
	struct lock_class *from = &lock_classes[prev->class];
	unsigned int nr = free_edges;

	if (find_edge(prev->class, next->class))
		return true;
	if (nr)
		free_edges = lock_edges[nr].next;
	else if (nr_edges < MAX_EDGES)
		nr = nr_edges++;
	else
		return false;
	lock_edges[nr] = (struct lock_edge){
		.to = next->class, .ip = prev->ip, .stack = save_stack(frame), .next = from->edges };
	from->edges = nr;
	return true;
}

/* ------------------------------------------------------------------ reports */

static void line_at(const char *text, unsigned int class, unsigned long ip)
{
	const char *file;
	unsigned int line;

	if (!kallsyms_line(ip - 1, &file, &line))
		report_line("%s %s/%u, at %pB  %s:%u", text, class_name(class),
			    lock_classes[class].subclass, (void *)ip, file, line);
	else
		report_line("%s %s/%u, at %pB", text, class_name(class),
			    lock_classes[class].subclass, (void *)ip);
}

static void print_edge(unsigned int from, unsigned int to)
{
	const struct lock_edge *edge = find_edge(from, to);

	if (!edge) {
		report_line("seen before: %s, then %s", class_name(from), class_name(to));
		return;
	}
	report_line("seen before: %s, then", class_name(from));
	report_line("             %s", class_name(to));
	line_at("  the first taken:", from, edge->ip);
	report_saved_stack("  the second taken while the first was held:", edge->stack);
}

static void print_now(const struct held_lock *prev, const struct held_lock *next,
		      unsigned long frame)
{
	line_at("takes now:", next->class, next->ip);
	line_at("holds:    ", prev->class, prev->ip);
	report_stack_from("Call trace:", frame);
}

/* From @to back to @start along the last search(). */
static void print_path(enum direction dir, unsigned int start, unsigned int to)
{
	for (; to != start; to = reached_from[to])
		print_edge(dir == AFTER ? reached_from[to] : to,
			   dir == AFTER ? to : reached_from[to]);
}

static noinline void report_cycle(const struct held_lock *prev, const struct held_lock *next,
				  unsigned long frame)
{
	report_begin(next->ip, "lock order: possible circular locking dependency");
	print_now(prev, next, frame);
	print_path(AFTER, next->class, prev->class);
	report_end();
}

void lockdep_same_class(const struct held_lock *prev, const struct held_lock *next)
{
	unsigned long frame = CALLERS_FRAME;

	edge_seen[0][prev->class][next->class / 32] |= 1u << next->class % 32;
	edge_seen[1][prev->class][next->class / 32] |= 1u << next->class % 32;
	report_begin(next->ip, "lock order: possible recursive locking");
	print_now(prev, next, frame);
	if (prev->map == next->map)
		report_line("it is the same lock: this waits for ever");
	else
		report_line("two locks of one class: who takes them in the other order waits for ever");
	report_end();
}

static void print_usage(unsigned int class, unsigned int usage)
{
	static const char *const text[] = {
		[USED_IN_HARDIRQ] = "taken in an interrupt:",
		[USED_IN_SOFTIRQ] = "taken in a bottom half:",
		[ENABLED_HARDIRQ] = "taken with interrupts on:",
		[ENABLED_SOFTIRQ] = "taken with bottom halves on:",
	};
	const struct lock_class *c = &lock_classes[class];

	if (!(c->usage & 1 << usage))
		usage += USAGE_READ;
	report_line("lock: %s/%u", class_name(class), c->subclass);
	report_saved_stack(text[usage % USAGE_READ], c->where[usage]);
}

/* ------------------------------------------------------------------ the rules */

#define EITHER(usage)	(1 << (usage) | 1 << ((usage) + USAGE_READ))

/*
 * [g] held. The orders lead from a lock that an interrupt takes (@handlers, which
 * is @from or held before it) to one that is taken with interrupts on (@open).
 */
static void check_interrupts(unsigned int from, unsigned int to, unsigned long ip)
{
	unsigned int handlers, open;

	for (unsigned int in = USED_IN_HARDIRQ; in <= USED_IN_SOFTIRQ; in++) {
		unsigned int on = in + ENABLED_HARDIRQ - USED_IN_HARDIRQ;

		handlers = search(BEFORE, from, 0, EITHER(in));
		if (!handlers)
			continue;
		open = search(AFTER, to, 0, EITHER(on));
		if (!open || (open == handlers && from == to))
			continue;
		report_begin(ip, "lock context: %s's lock is held while one is taken that is not safe from it",
			     in == USED_IN_HARDIRQ ? "an interrupt" : "a bottom half");
		print_usage(handlers, in);
		print_usage(open, on);
		if (from != to)
			print_edge(from, to);
		print_path(AFTER, to, open);
		search(BEFORE, from, handlers, 0);
		print_path(BEFORE, from, handlers);
		report_end();
		return;
	}
}

/* Taken by a handler, and where that handler can come: not both, unless all are readers. */
static bool inconsistent(u8 usage, unsigned int in)
{
	unsigned int on = in + ENABLED_HARDIRQ - USED_IN_HARDIRQ;
	u8 writes = 1 << in | 1 << on;

	return usage & EITHER(in) && usage & EITHER(on) && usage & writes;
}

void lockdep_mark_usage(const struct held_lock *lock, u8 want)
{
	struct lock_class *class = &lock_classes[lock->class];
	unsigned long frame = CALLERS_FRAME;
	u8 old;

	graph_lock();
	old = class->usage;
	class->usage |= want;
	for (unsigned int bit = 0; bit < NR_USAGES; bit++)
		if (want & ~old & 1 << bit)
			class->where[bit] = save_stack(frame);
	for (unsigned int in = USED_IN_HARDIRQ; in <= USED_IN_SOFTIRQ; in++) {
		if (!inconsistent(class->usage, in) || inconsistent(old, in))
			continue;
		report_begin(lock->ip, "lock context: taken in %s and elsewhere with those on",
			     in == USED_IN_HARDIRQ ? "an interrupt" : "a bottom half");
		print_usage(lock->class, in);
		print_usage(lock->class, in + ENABLED_HARDIRQ - USED_IN_HARDIRQ);
		report_end();
		/* One mistake, one report: what follows from it is not looked for. */
		goto out;
	}
	check_interrupts(lock->class, lock->class, lock->ip);
out:
	graph_unlock();
}

void lockdep_add_edge(const struct held_lock *prev, const struct held_lock *next)
{
	static bool told;
	unsigned long frame = CALLERS_FRAME;
	bool weak = (prev->how | next->how) & LOCK_RECURSIVE, full;
	unsigned int from = prev->class, to = next->class;

	if (!from || !to)
		return;
	graph_lock();
	edge_seen[weak][from][to / 32] |= 1u << to % 32;
	if (!weak && search(AFTER, to, from, 0)) {
		report_cycle(prev, next, frame);
		goto out;
	}
	full = !remember_edge(prev, next, frame) && !told;
	told |= full;
	if (!weak) {
		order[AFTER][from][to / 32] |= 1ul << to % 32;
		order[BEFORE][to][from / 32] |= 1ul << from % 32;
		check_interrupts(from, to, next->ip);
	}
	if (full) {
		graph_unlock();
		told_full("orders");
		return;
	}
out:
	graph_unlock();
}

/* ------------------------------------------------------------------ for /proc/lockdep */

bool lockdep_class_info(unsigned int nr, const char **name, unsigned int *subclass,
			unsigned int *usage)
{
	const struct lock_class *class = &lock_classes[nr];

	*name = class_name(nr);
	*subclass = class->subclass;
	*usage = (class->usage | class->usage >> USAGE_READ) & ((1u << USAGE_READ) - 1);
	return class->key;
}

unsigned int lockdep_next_inside(unsigned int nr, unsigned int last)
{
	while (++last < MAX_CLASSES)
		if (edge_known(nr, last, false) || edge_known(nr, last, true))
			return last;
	return 0;
}
