/*
 * /sys/kernel/debug/ide/ide0/prd: the table of the last transfer by DMA, as the controller read it.
 *
 *	0: 012ab000  4096
 *	1: 01f40200  1024 last
 *
 * Context: process. Lock: the channel's.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <asm/byteorder.h>
#include "ide.h"

static struct dentry *ide_dir;		/* made with the first channel, for good */

static int prd_show(struct seq_file *m, void *unused)
{
	struct ide_channel *ch = m->private;
	struct ata_bmdma_prd *table = kmalloc(PAGE_SIZE, GFP_KERNEL);
	unsigned int i, n;

	if (!table)
		return -ENOMEM;
	spin_lock_irq(&ch->lock);
	n = ch->prd_entries;
	memcpy(table, ch->prd, n * sizeof(*table));
	spin_unlock_irq(&ch->lock);
	for (i = 0; i < n; i++) {
		u32 flags_len = le32_to_cpu(table[i].flags_len);

		seq_printf(m, "%u: %08x %5u%s\n", i, le32_to_cpu(table[i].addr),
			   (flags_len & 0xffff) ?: ATA_DMA_BOUNDARY,
			   flags_len & ATA_PRD_EOT ? " last" : "");
	}
	kfree(table);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(prd);

void ide_debug_add(struct ide_channel *ch)
{
	if (!ch->prd)
		return;
	if (!ide_dir)
		ide_dir = debugfs_create_dir("ide", NULL);
	ch->debug_dir = debugfs_create_dir(ch->name, ide_dir);
	debugfs_create_file("prd", 0400, ch->debug_dir, ch, &prd_fops);
}

void ide_debug_remove(struct ide_channel *ch)
{
	debugfs_remove_recursive(ch->debug_dir);
}
