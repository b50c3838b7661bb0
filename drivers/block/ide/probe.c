/*
 * Finding IDE controllers: PIIX and what behaves like it.
 *
 * A PCI function of class 01:01 has two channels, at the ports every PC has
 * had since the AT (compatibility mode) or where its BARs say (native mode);
 * BAR4 holds the bus-master registers.  Without a PCI function the old ports
 * are tried, without DMA.
 *
 * Context: process; sleeps.
 */
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/major.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "ide.h"

#define IDE_CHANNELS	2
#define IDE_CTL_OFS	2		/* the control port within BAR1 and BAR3 */
#define IDE_BMDMA_BAR	4
#define IDE_PROG_NATIVE(i)	(1 << (2 * (i)))	/* of the class's interface byte */

static const struct {
	unsigned int io_base, ctl_port, irq;
} legacy[IDE_CHANNELS] = {
	{ 0x1f0, 0x3f6, 14 },
	{ 0x170, 0x376, 15 },
};

static struct ide_channel *channels[IDE_CHANNELS];	/* set by probe */
static bool pci_found;					/* set by probe: no need to try the old ports */
bool ide_nodma, ide_sync;				/* set by the command line */

/* nodma: disks are read by programmed I/O; sync: a transfer ends as it starts. */
static int __init ide_setup(char *arg)
{
	ide_nodma = !strcmp(arg, "nodma");
	ide_sync = !strcmp(arg, "sync");
	return ide_nodma || ide_sync;
}
__setup("ide=", ide_setup);

static void name_drives(struct ide_channel *ch)
{
	unsigned int unit;

	snprintf(ch->name, sizeof(ch->name), "ide%u", ch->index);
	for (unit = 0; unit < IDE_DRIVES; unit++) {
		struct ide_drive *drive = &ch->drives[unit];

		drive->channel = ch;
		drive->unit = unit;
		snprintf(drive->name, sizeof(drive->name), "hd%c",
			 'a' + IDE_DRIVES * ch->index + unit);
	}
}

static void free_dma(struct ide_channel *ch)
{
	if (ch->prd)
		dma_free_coherent(ch->dev, PAGE_SIZE, ch->prd, ch->prd_dma);
	kfree(ch->trim);
	kfree(ch->sg);
}

/* What a transfer needs, so that none has to ask for memory: 0 or -ENOMEM. */
static int alloc_dma(struct ide_channel *ch)
{
	if (!ch->bmdma)
		return 0;
	ch->sg = kmalloc_array(IDE_MAX_SEGMENTS, sizeof(*ch->sg), GFP_KERNEL);
	ch->trim = kmalloc(ATA_SECT_SIZE, GFP_KERNEL);
	ch->prd = dma_alloc_coherent(ch->dev, PAGE_SIZE, &ch->prd_dma, GFP_KERNEL);
	if (!ch->sg || !ch->trim || !ch->prd) {
		free_dma(ch);
		return -ENOMEM;
	}
	sg_init_table(ch->sg, IDE_MAX_SEGMENTS);
	return 0;
}

/* The channel's tag set, memory for DMA, ports and interrupt: 0, -ENOMEM, -EBUSY. */
static int claim_resources(struct ide_channel *ch)
{
	int err = alloc_dma(ch);

	if (err)
		return err;
	ch->tag_set.ops = &ide_mq_ops;
	ch->tag_set.nr_hw_queues = 1;
	ch->tag_set.queue_depth = 1;		/* one set of registers for both disks */
	ch->tag_set.cmd_size = sizeof(struct ide_cmd);
	ch->tag_set.flags = BLK_MQ_F_SHOULD_MERGE | BLK_MQ_F_TAG_SHARED | BLK_MQ_F_CHAIN;
	ch->tag_set.driver_data = ch;
	err = blk_mq_alloc_tag_set(&ch->tag_set);
	if (err)
		goto out_free_dma;
	err = -EBUSY;
	if (!request_region(ch->io_base, ATA_CMD_BLOCK_PORTS, ch->name))
		goto out_free_tags;
	if (!request_region(ch->ctl_port, 1, ch->name))
		goto out_release_io;
	err = request_irq(ch->irq, ide_interrupt, IRQF_SHARED, ch->name, ch);
	if (err)
		goto out_release_ctl;
	return 0;

out_release_ctl:
	release_region(ch->ctl_port, 1);
out_release_io:
	release_region(ch->io_base, ATA_CMD_BLOCK_PORTS);
out_free_tags:
	blk_mq_free_tag_set(&ch->tag_set);
out_free_dma:
	free_dma(ch);
	return err;
}

static void release_resources(struct ide_channel *ch)
{
	free_irq(ch->irq, ch);
	release_region(ch->ctl_port, 1);
	release_region(ch->io_base, ATA_CMD_BLOCK_PORTS);
	blk_mq_free_tag_set(&ch->tag_set);
	free_dma(ch);
}

/* Bring up a channel whose ports are filled in; it goes again if nothing is there. */
static int add_channel(struct ide_channel *ch, unsigned int index)
{
	unsigned int unit, disks = 0;
	int err;

	ch->index = index;
	spin_lock_init(&ch->lock);
	INIT_WORK(&ch->error_work, ide_error_work);
	name_drives(ch);
	for (unit = 0; unit < IDE_DRIVES; unit++) {
		ide_identify(&ch->drives[unit]);
		disks += ch->drives[unit].present;
	}
	if (!disks)
		return -ENODEV;
	err = claim_resources(ch);
	if (err) {
		pr_err("%s: cannot have its ports or its interrupt (error %d)\n", ch->name, err);
		return err;
	}
	err = register_blkdev(index == 0 ? IDE0_MAJOR : IDE1_MAJOR, ch->name);
	if (err) {
		release_resources(ch);
		return err;
	}
	channels[index] = ch;
	ide_debug_add(ch);
	for (unit = 0; unit < IDE_DRIVES; unit++) {
		if (ch->drives[unit].present)
			ide_add_disk(&ch->drives[unit]);
	}
	return 0;
}

static void remove_channel(struct ide_channel *ch)
{
	unsigned int unit;

	for (unit = 0; unit < IDE_DRIVES; unit++)
		ide_remove_disk(&ch->drives[unit]);
	ide_debug_remove(ch);
	unregister_blkdev(ch->index == 0 ? IDE0_MAJOR : IDE1_MAJOR, ch->name);
	release_resources(ch);
	channels[ch->index] = NULL;
	kfree(ch);
}

/* Channel i of a PCI function, or of the old ports if dev is NULL. */
static void probe_channel(struct pci_dev *dev, unsigned int i)
{
	struct ide_channel *ch;

	if (channels[i])
		return;
	ch = kzalloc(sizeof(*ch), GFP_KERNEL);
	if (!ch)
		return;
	ch->io_base = legacy[i].io_base;
	ch->ctl_port = legacy[i].ctl_port;
	ch->irq = legacy[i].irq;
	if (dev && dev->class & IDE_PROG_NATIVE(i)) {
		ch->io_base = pci_resource_start(dev, 2 * i);
		ch->ctl_port = pci_resource_start(dev, 2 * i + 1) + IDE_CTL_OFS;
		ch->irq = dev->irq;
	}
	if (dev && pci_resource_len(dev, IDE_BMDMA_BAR))
		ch->bmdma = pci_resource_start(dev, IDE_BMDMA_BAR) + i * ATA_DMA_CHANNEL_PORTS;
	ch->dev = dev ? &dev->dev : NULL;
	if (add_channel(ch, i))
		kfree(ch);
}

static int ide_pci_probe(struct pci_dev *dev, const struct pci_device_id *id)
{
	unsigned int i;
	int err = pci_enable_device(dev);

	if (err)
		return err;
	err = pci_request_region(dev, IDE_BMDMA_BAR, "ide");
	if (err) {
		pci_disable_device(dev);
		return err;
	}
	pci_set_master(dev);
	pci_found = true;
	for (i = 0; i < IDE_CHANNELS; i++)
		probe_channel(dev, i);
	return 0;
}

static void ide_pci_remove(struct pci_dev *dev)
{
	unsigned int i;

	for (i = 0; i < IDE_CHANNELS; i++) {
		if (channels[i])
			remove_channel(channels[i]);
	}
	pci_release_region(dev, IDE_BMDMA_BAR);
	pci_disable_device(dev);
}

static const struct pci_device_id ide_ids[] = {
	{ PCI_DEVICE_CLASS(PCI_CLASS_STORAGE_IDE << 8, 0xffff00) },
	{ }
};

static struct pci_driver ide_driver = {
	.name = "ide",
	.id_table = ide_ids,
	.probe = ide_pci_probe,
	.remove = ide_pci_remove,
};

static int __init ide_init(void)
{
	unsigned int i;
	int err = pci_register_driver(&ide_driver);

	if (err)
		return err;
	for (i = 0; i < IDE_CHANNELS && !pci_found; i++)
		probe_channel(NULL, i);
	return 0;
}
module_init(ide_init);
