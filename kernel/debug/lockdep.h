/*
 * What the two halves of the lock checker share: lockdep.c knows what each task
 * holds, lockdep_graph.c knows classes and their order. Interrupts are off in
 * every call from the first to the second.
 */
#ifndef DEBUG_LOCKDEP_H
#define DEBUG_LOCKDEP_H

#include <linux/lockdep.h>
#include <linux/stackdepot.h>

#define MAX_CLASSES	LOCKDEP_CLASSES
#define CLASS_WORDS	(MAX_CLASSES / 32)

/* In which situations a class was taken: bit numbers; + USAGE_READ as a reader. */
enum lock_usage {
	USED_IN_HARDIRQ,
	USED_IN_SOFTIRQ,
	ENABLED_HARDIRQ,		/* taken with interrupts on */
	ENABLED_SOFTIRQ,		/* … with bottom halves on */
	USAGE_READ,
	NR_USAGES = 2 * USAGE_READ,
};

struct lock_class {
	const void *key;		/* [g] a lock_class_key, or a static lock's map; NULL: free */
	const char *name;		/* [g] */
	u8 subclass;			/* [g] */
	u8 usage;			/* [g] bits of enum lock_usage */
	u16 edges;			/* [g] the first in its list; 0: none */
	depot_stack_handle_t where[NR_USAGES];	/* [g] the first time */
};

/* From the class whose list it is on to another that was taken while it was held. */
struct lock_edge {
	u16 to;
	u16 next;			/* [g] 0: the last one */
	unsigned long ip;		/* where the first one had been taken */
	depot_stack_handle_t stack;	/* where the second one was */
};

/* g: the graph lock, a bare one. Class 0 stands for those that found no place. */
extern struct lock_class lock_classes[MAX_CLASSES];
extern struct lock_edge lock_edges[];
/* [g] to write: what needs no further look; the second one for recursive readers. */
extern u32 edge_seen[2][MAX_CLASSES][CLASS_WORDS];

/* Which class; makes one. 0: no room, or a lock that nobody initialised. */
unsigned int lockdep_find_class(struct lockdep_map *map, unsigned int subclass, unsigned long ip);
/* @want: usage bits, one of them new for the class. */
void lockdep_mark_usage(const struct held_lock *lock, u8 want);
/* @next is taken while @prev is held, which was not seen before. */
void lockdep_add_edge(const struct held_lock *prev, const struct held_lock *next);
void lockdep_same_class(const struct held_lock *prev, const struct held_lock *next);

static inline bool edge_known(unsigned int from, unsigned int to, bool weak)
{
	return edge_seen[weak][from][to / 32] & 1u << to % 32;
}

#endif
