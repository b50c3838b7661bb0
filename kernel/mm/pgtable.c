/*
 * pgtable.c - page directories and page tables of processes.
 *
 * Both come zeroed, and both are zero again when they are given back: every
 * entry was zapped first. So a few of each wait here for the next fork instead
 * of being cleared anew (a directory keeps its kernel half, which never
 * changes after boot).
 *
 * Context: process; getting one may sleep. Locks: table_lock.
 */
#include <linux/init.h>
#include <linux/string.h>
#include <linux/vmstat.h>
#include <asm/tlbflush.h>
#include "internal.h"

#define TABLES_KEPT	32
#define KERNEL_PGD_PTRS	(PTRS_PER_PGD - USER_PTRS_PER_PGD)

/* Linked through the first word of each, which is 0 again once it is taken. */
struct table_pool {
	unsigned long *first;		/* [table_lock] */
	unsigned int count;		/* [table_lock] */
};

static DEFINE_SPINLOCK(table_lock);
static struct table_pool pgd_pool, pte_pool;

static unsigned long *pool_get(struct table_pool *pool)
{
	unsigned long *table;

	spin_lock(&table_lock);
	table = pool->first;
	if (table) {
		pool->first = (unsigned long *)*table;
		pool->count--;
		*table = 0;
	}
	spin_unlock(&table_lock);
	return table;
}

static void pool_put(struct table_pool *pool, unsigned long *table)
{
	spin_lock(&table_lock);
	if (likely(pool->count < TABLES_KEPT)) {
		*table = (unsigned long)pool->first;
		pool->first = table;
		pool->count++;
		table = NULL;
	}
	spin_unlock(&table_lock);
	if (table)
		free_page((unsigned long)table);
}

pgd_t *pgd_alloc(void)
{
	pgd_t *pgd = (pgd_t *)pool_get(&pgd_pool);

	if (pgd)
		return pgd;
	pgd = (pgd_t *)get_zeroed_page(GFP_KERNEL);
	if (pgd)
		memcpy(pgd + USER_PTRS_PER_PGD, swapper_pg_dir + USER_PTRS_PER_PGD,
		       KERNEL_PGD_PTRS * sizeof(pgd_t));
	return pgd;
}

/* The user half is empty. */
void pgd_free(pgd_t *pgd)
{
	pool_put(&pgd_pool, (unsigned long *)pgd);
}

int __pte_alloc(struct mm_struct *mm, pgd_t *pgd)
{
	unsigned long *table = pool_get(&pte_pool);

	if (!table)
		table = (unsigned long *)get_zeroed_page(GFP_KERNEL);
	if (!table)
		return -ENOMEM;
	spin_lock(&mm->page_table_lock);
	if (likely(pgd_none(*pgd))) {
		set_pgd(pgd, __pgd(__pa(table) | _PAGE_TABLE));
		table = NULL;
		inc_node_page_state(NR_PAGETABLE);
	}
	spin_unlock(&mm->page_table_lock);
	if (table)			/* another thread was faster */
		pool_put(&pte_pool, table);
	return 0;
}

/*
 * free_pgtables - give back the tables of [start, end), all of whose entries are zapped
 * @floor, @ceiling: where the neighbouring vmas end and begin; a table they share stays.
 * Context: process; mmap_lock held for writing, no vma there any more.
 */
void free_pgtables(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long floor, unsigned long ceiling)
{
	unsigned int first = pgd_index(start), last = pgd_index(end - 1), i;
	unsigned long *chain = NULL, *table;

	if (floor > first * PGDIR_SIZE)
		first++;
	if (ceiling - 1 < last * PGDIR_SIZE + (PGDIR_SIZE - 1)) {
		if (!last)
			return;
		last--;
	}
	for (i = first; i <= last; i++) {
		if (pgd_none(mm->pgd[i]))
			continue;
		table = (unsigned long *)pgd_page_vaddr(mm->pgd[i]);
		spin_lock(&mm->page_table_lock);
		pgd_clear(&mm->pgd[i]);
		spin_unlock(&mm->page_table_lock);
		*table = (unsigned long)chain;
		chain = table;
	}
	if (!chain)
		return;
	flush_tlb_mm(mm);		/* the CPU may remember where a table was */
	while ((table = chain) != NULL) {
		chain = (unsigned long *)*table;
		*table = 0;
		dec_node_page_state(NR_PAGETABLE);
		pool_put(&pte_pool, table);
	}
}

static unsigned long release_pool(struct table_pool *pool)
{
	unsigned long *table, released = 0;

	while ((table = pool_get(pool)) != NULL) {
		free_page((unsigned long)table);
		released++;
	}
	return released;
}

static unsigned long count_tables(struct shrinker *shrinker, struct shrink_control *sc)
{
	return READ_ONCE(pgd_pool.count) + READ_ONCE(pte_pool.count);
}

static unsigned long scan_tables(struct shrinker *shrinker, struct shrink_control *sc)
{
	return release_pool(&pgd_pool) + release_pool(&pte_pool);
}

static struct shrinker table_shrinker = {
	.count_objects = count_tables,
	.scan_objects = scan_tables,
	.seeks = DEFAULT_SEEKS,
};

static int __init pgtable_init(void)
{
	return register_shrinker(&table_shrinker);
}
core_initcall(pgtable_init);
