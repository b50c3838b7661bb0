/*
 * Call chains, each kept once: a hash table of records in one pool that only
 * grows. A record is
 *
 *	pool[h]		handle of the next record of the same hash
 *	pool[h + 1]	number of entries
 *	pool[h + 2] …	the entries
 *
 * Checkers call this from inside allocators, locks and interrupts, so it
 * allocates nothing and its lock is a bare word that no checker watches.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/stackdepot.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <asm/cmpxchg.h>
#include <asm/processor.h>

#define POOL_WORDS	(128u << 10)
#define BUCKETS		2048u
#define CHAIN_MAX	16

static unsigned int depot_locked;		/* a bare lock, with interrupts off; this is l */
static unsigned long pool[POOL_WORDS];		/* [l] to add; a record never changes */
static unsigned int pool_used = 1;		/* [l] handle 0 is none */
static u32 buckets[BUCKETS];			/* [l] to add */
static bool told_full;				/* [l] */

static u32 hash_chain(const unsigned long *entries, unsigned int n)
{
	u32 hash = n;

	for (unsigned int i = 0; i < n; i++)
		hash = (hash ^ entries[i]) * 0x9E3779B1u;
	return hash >> 16;
}

/* Readable without the lock: a record is complete before its bucket names it. */
static u32 find(u32 first, const unsigned long *entries, unsigned int n)
{
	u32 h;

	for (h = first; h; h = pool[h])
		if (pool[h + 1] == n && !memcmp(&pool[h + 2], entries, n * sizeof(*entries)))
			break;
	return h;
}

depot_stack_handle_t stack_depot_save(const unsigned long *entries, unsigned int n)
{
	u32 *bucket = &buckets[hash_chain(entries, n) % BUCKETS];
	unsigned long flags;
	bool full = false;
	u32 h = find(READ_ONCE(*bucket), entries, n);

	if (h || !n)
		return h;
	local_irq_save(flags);
	while (xchg(&depot_locked, 1))
		cpu_relax();
	h = find(*bucket, entries, n);
	if (!h && pool_used + 2 + n <= POOL_WORDS) {
		h = pool_used;
		pool_used += 2 + n;
		pool[h] = *bucket;
		pool[h + 1] = n;
		memcpy(&pool[h + 2], entries, n * sizeof(*entries));
		smp_store_release(bucket, h);
	} else if (!h) {
		full = !told_full;
		told_full = true;
	}
	smp_store_release(&depot_locked, 0);
	local_irq_restore(flags);
	if (full)
		pr_warn("stackdepot: full; later reports lack some stacks\n");
	return h;
}

noinline depot_stack_handle_t stack_depot_save_here(unsigned int skipnr)
{
	unsigned long entries[CHAIN_MAX];

	return stack_depot_save(entries, stack_trace_save(entries, CHAIN_MAX, skipnr + 1));
}

unsigned int stack_depot_fetch(depot_stack_handle_t handle, const unsigned long **entries)
{
	*entries = handle ? &pool[handle + 2] : NULL;
	return handle ? pool[handle + 1] : 0;
}
