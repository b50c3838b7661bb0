/*
 * mapkinds.c - the four kinds of memory that a driver's mmap() hands out, a node each:
 *
 *	/dev/map-regs	registers of the display adaptor: uncached, for whoever may touch hardware
 *	/dev/map-dma	a buffer that a device would share with us: dma_mmap_coherent()
 *	/dev/map-frame	the adaptor's memory: write-combining, never cached, stores gathered
 *	/dev/map-shared	pages of our own, one by one as they are touched: fault()
 *
 * The first three exist at once and whole, so mmap() enters all of them into the page
 * table; the last are ordinary pages with references, which fault() finds. What is in the
 * second and the fourth can be read and written as a file too: the kernel sees the same.
 *
 * Context: process. Locks: shared_lock for which pages there are.
 */
#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>
#include <linux/platform_device.h>
#include <linux/uaccess.h>

#define QEMU_VGA	0x1111
#define BAR_FRAME	0
#define BAR_REGS	2
#define SHARED_PAGES	8

static unsigned int dma_size = 4 * PAGE_SIZE;
module_param(dma_size, uint, 0444);
MODULE_PARM_DESC(dma_size, "bytes of the DMA buffer, whole pages");

static struct platform_device *pdev;		/* whose DMA buffer it is */
static struct pci_dev *adaptor;			/* NULL: this machine has none */
static void *dma_cpu;
static dma_addr_t dma_handle;
static DEFINE_MUTEX(shared_lock);
static struct page *shared[SHARED_PAGES];	/* shared_lock; NULL: not touched yet */

/* ------------------------------------------------------------------ registers, frame buffer */

/* The whole of a BAR, or a part of it, as @prot says. */
static int map_bar(struct vm_area_struct *vma, int bar, pgprot_t prot)
{
	unsigned long size = vma->vm_end - vma->vm_start, len;

	if (!adaptor)
		return -ENODEV;
	len = PAGE_ALIGN(pci_resource_len(adaptor, bar));
	if (vma->vm_pgoff > len >> PAGE_SHIFT || size > len - (vma->vm_pgoff << PAGE_SHIFT))
		return -EINVAL;
	vma->vm_page_prot = prot;
	vm_flags_set(vma, VM_IO | VM_DONTEXPAND | VM_DONTDUMP);
	if (io_remap_pfn_range(vma, vma->vm_start,
			       (pci_resource_start(adaptor, bar) >> PAGE_SHIFT) + vma->vm_pgoff, size, prot))
		return -EAGAIN;
	return 0;
}

/* Who can make a device do what it likes owns the machine. */
static int map_regs(struct file *file, struct vm_area_struct *vma)
{
	if (!capable(CAP_SYS_RAWIO))
		return -EPERM;
	return map_bar(vma, BAR_REGS, pgprot_noncached(vma->vm_page_prot));
}

static int map_frame(struct file *file, struct vm_area_struct *vma)
{
	return map_bar(vma, BAR_FRAME, pgprot_writecombine(vma->vm_page_prot));
}

/* ------------------------------------------------------------------ a DMA buffer */

static int map_dma(struct file *file, struct vm_area_struct *vma)
{
	if (vma->vm_end - vma->vm_start > dma_size)
		return -EINVAL;
	return dma_mmap_coherent(&pdev->dev, vma, dma_cpu, dma_handle, dma_size);
}

static ssize_t dma_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return simple_read_from_buffer(buf, count, pos, dma_cpu, dma_size);
}

static ssize_t dma_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	return simple_write_to_buffer(dma_cpu, dma_size, pos, buf, count);
}

/* ------------------------------------------------------------------ shared memory */

/* The page, zeroed when it is new, referenced for the page table; NULL: no memory. */
static struct page *get_shared(pgoff_t index)
{
	struct page *page;

	mutex_lock(&shared_lock);
	if (!shared[index])
		shared[index] = alloc_page(GFP_KERNEL | __GFP_ZERO);
	page = shared[index];
	if (page)
		get_page(page);
	mutex_unlock(&shared_lock);
	return page;
}

/* Mappings may be longer than the memory: who touches what is not there gets SIGBUS. */
static vm_fault_t shared_fault(struct vm_fault *vmf)
{
	if (vmf->pgoff >= SHARED_PAGES)
		return VM_FAULT_SIGBUS;
	vmf->page = get_shared(vmf->pgoff);
	return vmf->page ? 0 : VM_FAULT_OOM;
}

static const struct vm_operations_struct shared_ops = { .fault = shared_fault };

static int map_shared(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &shared_ops;
	return 0;
}

/* One page at most a call; what nobody has touched is zero. */
static ssize_t shared_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	struct page *page;
	ssize_t ret;

	if (*pos >= SHARED_PAGES * PAGE_SIZE)
		return 0;
	page = get_shared(*pos >> PAGE_SHIFT);
	if (!page)
		return -ENOMEM;
	count = min_t(size_t, count, PAGE_SIZE - offset_in_page(*pos));
	ret = copy_to_user(buf, page_address(page) + offset_in_page(*pos), count) ? -EFAULT : count;
	put_page(page);
	if (ret > 0)
		*pos += ret;
	return ret;
}

/* ------------------------------------------------------------------ the nodes */

static const struct file_operations regs_fops = { .owner = THIS_MODULE, .mmap = map_regs };
static const struct file_operations frame_fops = { .owner = THIS_MODULE, .mmap = map_frame };
static const struct file_operations dma_fops = {
	.owner = THIS_MODULE, .mmap = map_dma, .read = dma_read, .write = dma_write, .llseek = default_llseek,
};
static const struct file_operations shared_fops = {
	.owner = THIS_MODULE, .mmap = map_shared, .read = shared_read, .llseek = default_llseek,
};

static struct miscdevice nodes[] = {
	{ .minor = MISC_DYNAMIC_MINOR, .name = "map-regs", .fops = &regs_fops, .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "map-frame", .fops = &frame_fops, .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "map-dma", .fops = &dma_fops, .mode = 0666 },
	{ .minor = MISC_DYNAMIC_MINOR, .name = "map-shared", .fops = &shared_fops, .mode = 0666 },
};

static int __init mapkinds_init(void)
{
	int i = 0, err;

	adaptor = pci_get_device(PCI_VENDOR_ID_QEMU, QEMU_VGA, NULL);
	pdev = platform_device_register_simple("mapkinds", -1, NULL, 0);
	if (IS_ERR(pdev))
		return PTR_ERR(pdev);
	err = dma_coerce_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	if (err)
		goto out_device;
	err = -ENOMEM;
	dma_cpu = dma_alloc_coherent(&pdev->dev, dma_size, &dma_handle, GFP_KERNEL);
	if (!dma_cpu)
		goto out_device;
	for (; i < ARRAY_SIZE(nodes); i++) {
		err = misc_register(&nodes[i]);
		if (err)
			goto out_nodes;
	}
	return 0;

out_nodes:
	while (i--)
		misc_deregister(&nodes[i]);
	dma_free_coherent(&pdev->dev, dma_size, dma_cpu, dma_handle);
out_device:
	platform_device_unregister(pdev);
	return err;
}
module_init(mapkinds_init);

/* A mapping holds its file, and that the module: nobody maps anything any more. */
static void __exit mapkinds_exit(void)
{
	for (int i = 0; i < ARRAY_SIZE(nodes); i++)
		misc_deregister(&nodes[i]);
	for (int i = 0; i < SHARED_PAGES; i++)
		if (shared[i])
			put_page(shared[i]);
	dma_free_coherent(&pdev->dev, dma_size, dma_cpu, dma_handle);
	platform_device_unregister(pdev);
}
module_exit(mapkinds_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("registers, a DMA buffer, a frame buffer and shared memory to map");
