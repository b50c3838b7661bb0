/*
 * <linux/shrinker.h> - how caches are asked to give memory back.
 *
 * Reclaim asks each registered cache how many objects it could free and then
 * to free a share of them.  Context of both methods: process, may sleep, but
 * not allocate with GFP_KERNEL; sc->gfp_mask says whether file systems may be entered.
 */
#ifndef _LINUX_SHRINKER_H
#define _LINUX_SHRINKER_H

#include <linux/types.h>
#include <linux/list.h>

struct shrink_control {
	gfp_t gfp_mask;
	int nid;				/* always 0 */
	unsigned long nr_to_scan;
	unsigned long nr_scanned;
};

#define SHRINK_STOP	(~0UL)		/* cannot free anything now */
#define SHRINK_EMPTY	(~0UL - 1)
#define DEFAULT_SEEKS	2

/* Written by the owner before register_shrinker(), then constant. */
struct shrinker {
	unsigned long (*count_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	unsigned long (*scan_objects)(struct shrinker *shrinker, struct shrink_control *sc);
	long batch;
	int seeks;				/* what one object costs to make again */
	unsigned flags;
	struct list_head list;			/* shrinker_lock */
};

extern int register_shrinker(struct shrinker *shrinker);
extern void unregister_shrinker(struct shrinker *shrinker);

#endif
