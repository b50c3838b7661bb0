/*
 * reclaim.c - getting memory back from those who can do without.
 *
 * Caches of upper floors (pages of files, names, inodes, kernel stacks)
 * register a shrinker. A task that finds no free page asks each for a share,
 * in its own context: there is no reclaim daemon, and who needs memory pays.
 *
 * Context: process; may sleep. PF_MEMALLOC keeps reclaim from recursing when
 * a shrinker allocates.
 */
#include <linux/export.h>
#include <linux/mutex.h>
#include <linux/shrinker.h>
#include "internal.h"

#define DEFAULT_BATCH	128

static DEFINE_MUTEX(shrinker_lock);
static LIST_HEAD(shrinkers);		/* shrinker_lock */

int register_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinker_lock);
	list_add_tail(&shrinker->list, &shrinkers);
	mutex_unlock(&shrinker_lock);
	return 0;
}
EXPORT_SYMBOL(register_shrinker);

void unregister_shrinker(struct shrinker *shrinker)
{
	mutex_lock(&shrinker_lock);
	list_del(&shrinker->list);
	mutex_unlock(&shrinker_lock);
}
EXPORT_SYMBOL(unregister_shrinker);

/* An eighth of what it has, at least a batch. */
static unsigned long shrink_one(struct shrinker *shrinker, gfp_t gfp)
{
	struct shrink_control sc = { .gfp_mask = gfp };
	unsigned long freeable = shrinker->count_objects(shrinker, &sc);
	unsigned long freed;

	if (!freeable || freeable >= SHRINK_EMPTY)
		return 0;
	sc.nr_to_scan = max(freeable / 8, (unsigned long)(shrinker->batch ?: DEFAULT_BATCH));
	sc.nr_scanned = sc.nr_to_scan;
	freed = shrinker->scan_objects(shrinker, &sc);
	return freed == SHRINK_STOP ? 0 : freed;
}

/*
 * shrink_caches - one round of reclaim
 * Returns how many objects were freed. Whoever finds another task at it waits
 * for its round and then looks for free pages again.
 */
unsigned long shrink_caches(gfp_t gfp)
{
	struct shrinker *shrinker;
	unsigned long freed = 0;

	if (!mutex_trylock(&shrinker_lock)) {
		mutex_lock(&shrinker_lock);
		mutex_unlock(&shrinker_lock);
		return 1;
	}
	current->flags |= PF_MEMALLOC;
	list_for_each_entry(shrinker, &shrinkers, list)
		freed += shrink_one(shrinker, gfp);
	current->flags &= ~PF_MEMALLOC;
	mutex_unlock(&shrinker_lock);
	return freed;
}
