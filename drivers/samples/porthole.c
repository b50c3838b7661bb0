/*
 * porthole - QEMU's card for teaching (1234:11e8), mapped to a program that drives it itself:
 *
 *	/dev/porthole-regs	the card's registers, uncached; to write, for CAP_SYS_RAWIO only
 *	/dev/porthole-dma	memory that the card reads and writes, at bus address `bus` (a parameter)
 *	/dev/porthole-pages	zeroed pages, one by one as they are touched, which live as long
 *				as anybody has some of them mapped
 *
 * The built-in driver has to let go of the card first:
 *	echo 0000:00:03.0 >/sys/bus/pci/drivers/edu/unbind
 *
 * Context: process. Locks: leaves_lock for the third node's pages, taken inside mmap_lock.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/kernel.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include "porthole.h"

#define CARD_BAR	0
#define CARD_DMA_BITS	28	/* of an address that it can put on the bus */
#define BUFFER_BYTES	(PORTHOLE_BUFFER_PAGES * PAGE_SIZE)

static char *name = "porthole";
module_param(name, charp, 0444);
MODULE_PARM_DESC(name, "what the nodes in /dev begin with");

static unsigned int bus;
module_param(bus, uint, 0444);
MODULE_PARM_DESC(bus, "read it: where the card sees the buffer");

static struct pci_dev *card;
static void *buffer;
static dma_addr_t buffer_bus;
static DEFINE_MUTEX(leaves_lock);
static struct page *leaves[PORTHOLE_LEAVES];	/* [leaves_lock] NULL: nobody touched it yet */
static unsigned int mappings;			/* [leaves_lock] of the leaves, in all processes */

/* ------------------------------------------------------------------ registers */

static int regs_mmap(struct file *file, struct vm_area_struct *vma)
{
	/* LAB 08.1 { bounds */
	unsigned long pages = PAGE_ALIGN(pci_resource_len(card, CARD_BAR)) >> PAGE_SHIFT;
	unsigned long frame = pci_resource_start(card, CARD_BAR) >> PAGE_SHIFT;

	if (vma->vm_pgoff >= pages || vma_pages(vma) > pages - vma->vm_pgoff)
		return -EINVAL;
	/* } LAB */

	/* LAB 08.3 { rights */
	/* Who can write there makes the card write anywhere. */
	if (!capable(CAP_SYS_RAWIO)) {
		if (vma->vm_flags & VM_WRITE)
			return -EPERM;
		vm_flags_clear(vma, VM_MAYWRITE);
	}
	/* } LAB */

	/* LAB 08.1 { map */
	vma->vm_page_prot = pgprot_noncached(vma->vm_page_prot);
	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	if (remap_pfn_range(vma, vma->vm_start, frame + vma->vm_pgoff, vma->vm_end - vma->vm_start, vma->vm_page_prot))
		return -EAGAIN;
	return 0;
	/* } LAB */
}

/* ------------------------------------------------------------------ the buffer */

static int buffer_alloc(void)
{
	/* LAB 08.2 { alloc */
	buffer = dma_alloc_coherent(&card->dev, BUFFER_BYTES, &buffer_bus, GFP_KERNEL);
	if (!buffer)
		return -ENOMEM;
	bus = buffer_bus;
	return 0;
	/* } LAB */
}

static void buffer_free(void)
{
	/* LAB 08.2 { free */
	dma_free_coherent(&card->dev, BUFFER_BYTES, buffer, buffer_bus);
	/* } LAB */
}

static int buffer_mmap(struct file *file, struct vm_area_struct *vma)
{
	/* LAB 08.2 { mmap */
	if (vma->vm_pgoff >= PORTHOLE_BUFFER_PAGES || vma_pages(vma) > PORTHOLE_BUFFER_PAGES - vma->vm_pgoff)
		return -EINVAL;
	return dma_mmap_coherent(&card->dev, vma, buffer, buffer_bus, BUFFER_BYTES);
	/* } LAB */
}

/* ------------------------------------------------------------------ pages, one by one */

/* LAB 08.3 { pages */
static vm_fault_t leaves_fault(struct vm_fault *vmf)
{
	struct page *page;

	if (vmf->pgoff >= PORTHOLE_LEAVES)
		return VM_FAULT_SIGBUS;
	mutex_lock(&leaves_lock);
	if (!leaves[vmf->pgoff])
		leaves[vmf->pgoff] = alloc_page(GFP_KERNEL | __GFP_ZERO);
	page = leaves[vmf->pgoff];
	if (page)
		get_page(page);			/* the page table's reference */
	mutex_unlock(&leaves_lock);
	vmf->page = page;
	return page ? 0 : VM_FAULT_OOM;
}

/* One mapping more: after mmap(), in fork's child, and when one is cut in two. */
static void leaves_open(struct vm_area_struct *vma)
{
	mutex_lock(&leaves_lock);
	mappings++;
	mutex_unlock(&leaves_lock);
}

static void leaves_close(struct vm_area_struct *vma)
{
	mutex_lock(&leaves_lock);
	if (!--mappings)
		for (int i = 0; i < PORTHOLE_LEAVES; i++)
			if (leaves[i]) {
				put_page(leaves[i]);
				leaves[i] = NULL;
			}
	mutex_unlock(&leaves_lock);
}

static const struct vm_operations_struct leaves_ops = {
	.open = leaves_open,
	.close = leaves_close,
	.fault = leaves_fault,
};
/* } LAB */

static int leaves_mmap(struct file *file, struct vm_area_struct *vma)
{
	/* LAB 08.3 { leaves */
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;			/* a copy of one's own would not be theirs */
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	vma->vm_ops = &leaves_ops;
	leaves_open(vma);			/* the kernel does so only for the ones after the first */
	return 0;
	/* } LAB */
}

/* ------------------------------------------------------------------ the nodes and the card */

/* LAB 08.1 { table */
static const struct file_operations regs_fops = { .owner = THIS_MODULE, .mmap = regs_mmap };
/* } LAB */
static const struct file_operations buffer_fops = { .owner = THIS_MODULE, .mmap = buffer_mmap };
static const struct file_operations leaves_fops = { .owner = THIS_MODULE, .mmap = leaves_mmap };

static char names[3][32];
static struct miscdevice nodes[] = {
	{ .minor = MISC_DYNAMIC_MINOR, .name = names[0], .fops = &regs_fops, .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = names[1], .fops = &buffer_fops, .mode = 0600 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = names[2], .fops = &leaves_fops, .mode = 0666 },
};

static int nodes_register(void)
{
	static const char *const kinds[] = { "regs", "dma", "pages" };
	int err = 0, i = 0;

	for (; i < ARRAY_SIZE(nodes); i++) {
		snprintf(names[i], sizeof(names[i]), "%s-%s", name, kinds[i]);
		err = misc_register(&nodes[i]);
		if (err)
			break;
	}
	while (err && i--)
		misc_deregister(&nodes[i]);
	return err;
}

static int porthole_probe(struct pci_dev *pci, const struct pci_device_id *id)
{
	int err;

	if (card)
		return -EBUSY;			/* the names are for one */
	err = pci_enable_device(pci);
	if (err)
		return err;
	err = pci_request_regions(pci, "porthole");
	if (err)
		goto out_disable;
	card = pci;
	err = dma_set_mask_and_coherent(&pci->dev, DMA_BIT_MASK(CARD_DMA_BITS)) ?: buffer_alloc();
	if (err)
		goto out_regions;
	pci_set_master(pci);
	err = nodes_register();
	if (!err)
		return 0;
	pci_clear_master(pci);
	buffer_free();
out_regions:
	card = NULL;
	pci_release_regions(pci);
out_disable:
	pci_disable_device(pci);
	return err;
}

/* A mapping holds its file, and that the module; so nobody has one when the module goes. */
static void porthole_remove(struct pci_dev *pci)
{
	for (int i = 0; i < ARRAY_SIZE(nodes); i++)
		misc_deregister(&nodes[i]);
	pci_clear_master(pci);			/* before its memory is somebody else's */
	buffer_free();
	card = NULL;
	pci_release_regions(pci);
	pci_disable_device(pci);
}

static const struct pci_device_id porthole_ids[] = {
	{ PCI_DEVICE(0x1234, 0x11e8) },
	{ },
};

static struct pci_driver porthole_driver = {
	.name = "porthole",
	.id_table = porthole_ids,
	.probe = porthole_probe,
	.remove = porthole_remove,
	.driver = { .suppress_bind_attrs = true },
};

static int __init porthole_init(void)
{
	return pci_register_driver(&porthole_driver);
}
module_init(porthole_init);

static void __exit porthole_exit(void)
{
	pci_unregister_driver(&porthole_driver);
}
module_exit(porthole_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("a card's registers, its buffer and pages of our own, to map");
