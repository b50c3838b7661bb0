/*
 * A driver with planted crimes: crime=NAME commits one of them, most at load, some by
 * what is left at the end. Each must be told by name.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/interrupt.h>
#include <linux/ioport.h>
#include <linux/kprobes.h>
#include <linux/kthread.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

static char *crime = "none";
module_param(crime, charp, 0444);

static volatile int seen;

static void use_after_free(void)
{
	int *word = kmalloc(sizeof(*word), GFP_KERNEL);

	kfree(word);
	seen = *(volatile int *)word;
}

static DEFINE_SPINLOCK(lock);

static void sleep_while_atomic(void)
{
	spin_lock(&lock);
	kfree(kmalloc(16, GFP_KERNEL));
	spin_unlock(&lock);
}

static DEFINE_MUTEX(one);
static DEFINE_MUTEX(two);

static void both_orders(void)
{
	mutex_lock(&one);
	mutex_lock(&two);
	mutex_unlock(&two);
	mutex_unlock(&one);
	mutex_lock(&two);
	mutex_lock(&one);
	mutex_unlock(&one);
	mutex_unlock(&two);
}

static void too_late(struct timer_list *unused)
{
	pr_alert("crimes: the code of a module that is gone\n");
}

static DEFINE_TIMER(timer, too_late);

static void leave_timer(void)
{
	mod_timer(&timer, jiffies + HZ / 2);
}

static void work_too_late(struct work_struct *work)
{
	pr_alert("crimes: the code of a module that is gone\n");
}

static DECLARE_DELAYED_WORK(work, work_too_late);

static void leave_work(void)
{
	schedule_delayed_work(&work, HZ / 2);
}

static void forget_sync(void)
{
	struct platform_device *pdev = platform_device_register_simple("culprit", -1, NULL, 0);
	char *buf = kzalloc(64, GFP_KERNEL);
	dma_addr_t addr;

	dma_set_mask_and_coherent(&pdev->dev, DMA_BIT_MASK(32));
	addr = dma_map_single(&pdev->dev, buf, 64, DMA_FROM_DEVICE);
	seen = *(volatile char *)buf;
	dma_unmap_single(&pdev->dev, addr, 64, DMA_FROM_DEVICE);
	kfree(buf);
	platform_device_unregister(pdev);
}

static irqreturn_t handler(int irq, void *dev)
{
	return IRQ_NONE;
}

static void leave_irq(void)
{
	if (request_irq(5, handler, IRQF_SHARED, "culprit", &lock))
		pr_alert("crimes: no interrupt\n");
}

static void leave_region(void)
{
	request_region(0x320, 8, "culprit");
}

static void leak(void)
{
	seen = (long)kmalloc(77, GFP_KERNEL);
}

static int walk(void *unused)
{
	while (!kthread_should_stop())
		msleep(50);
	return 0;
}

static void leave_thread(void)
{
	kthread_run(walk, NULL, "culprit");
}

/* Without an owner nobody knows that it is in use. */
static ssize_t culprit_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	return 0;
}

static vm_fault_t culprit_fault(struct vm_fault *vmf)
{
	vmf->page = alloc_page(GFP_HIGHUSER);
	return vmf->page ? 0 : VM_FAULT_OOM;
}

static const struct vm_operations_struct culprit_vm_ops = { .fault = culprit_fault };

static int culprit_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &culprit_vm_ops;
	return 0;
}

static const struct file_operations culprit_fops = { .read = culprit_read, .mmap = culprit_mmap };
static struct miscdevice culprit = { .minor = MISC_DYNAMIC_MINOR, .name = "culprit", .fops = &culprit_fops };

static void leave_device(void)
{
	if (misc_register(&culprit))
		pr_alert("crimes: no device\n");
}

static int pre_too_late(struct kprobe *p, struct pt_regs *regs)
{
	pr_alert("crimes: the code of a module that is gone\n");
	return 0;
}

static struct kprobe probe = { .symbol_name = "sys_newuname", .pre_handler = pre_too_late };

static void leave_kprobe(void)
{
	if (register_kprobe(&probe))
		pr_alert("crimes: no kprobe\n");
}

static const struct {
	const char *name;
	void (*commit)(void);
} crimes[] = {
	{ "use_after_free", use_after_free }, { "sleep_while_atomic", sleep_while_atomic },
	{ "both_orders", both_orders }, { "timer", leave_timer }, { "work", leave_work },
	{ "sync", forget_sync }, { "irq", leave_irq }, { "region", leave_region }, { "leak", leak },
	{ "thread", leave_thread }, { "device", leave_device }, { "kprobe", leave_kprobe },
	{ "open", leave_device }, { "mapped", leave_device },
};

static int __init crimes_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(crimes); i++)
		if (!strcmp(crimes[i].name, crime))
			crimes[i].commit();
	return 0;
}

static void __exit crimes_exit(void)
{
	if (!strcmp(crime, "open") || !strcmp(crime, "mapped"))
		misc_deregister(&culprit);
}

module_init(crimes_init);
module_exit(crimes_exit);
MODULE_LICENSE("GPL");
