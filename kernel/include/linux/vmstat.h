/*
 * <linux/vmstat.h> - counts of pages by use, for /proc/meminfo and for reclaim.
 * Each is kept by whoever owns that use.  Context: any.
 */
#ifndef _LINUX_VMSTAT_H
#define _LINUX_VMSTAT_H

#include <linux/atomic.h>

enum node_stat_item {
	NR_FILE_PAGES,		/* in address spaces, block devices' among them */
	NR_BLOCKDEV_PAGES,	/* … those of block devices alone */
	NR_FILE_DIRTY,
	NR_WRITEBACK,
	NR_SHMEM,		/* tmpfs and shared anonymous memory */
	NR_ANON_MAPPED,
	NR_PAGETABLE,
	NR_KERNEL_STACK,	/* in stacks, not pages */
	NR_VM_NODE_STAT_ITEMS,
};

extern atomic_t vm_node_stat[NR_VM_NODE_STAT_ITEMS];

static inline void mod_node_page_state(enum node_stat_item item, int delta)
{
	atomic_add(delta, &vm_node_stat[item]);
}

static inline void inc_node_page_state(enum node_stat_item item)
{
	atomic_inc(&vm_node_stat[item]);
}

static inline void dec_node_page_state(enum node_stat_item item)
{
	atomic_dec(&vm_node_stat[item]);
}

/* Several CPUs add at once: a reader may see a moment's -1. */
static inline unsigned long global_node_page_state(enum node_stat_item item)
{
	int count = atomic_read(&vm_node_stat[item]);

	return count < 0 ? 0 : count;
}

#endif
