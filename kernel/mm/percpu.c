/*
 * percpu.c - <linux/percpu.h> and <linux/cpumask.h>. With one CPU its piece is all there is.
 */
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/percpu.h>

unsigned long __per_cpu_offset[NR_CPUS];
EXPORT_SYMBOL(__per_cpu_offset);

const struct cpumask __cpu_online_mask = { { BIT(NR_CPUS) - 1 } };
EXPORT_SYMBOL(__cpu_online_mask);

void __percpu *__alloc_percpu(size_t size, size_t align)
{
	if (WARN_ON_ONCE(align > ARCH_KMALLOC_MINALIGN && size < align))
		return NULL;
	return (void __percpu __force *)kzalloc(size, GFP_KERNEL);
}
EXPORT_SYMBOL_GPL(__alloc_percpu);

void free_percpu(void __percpu *ptr)
{
	kfree((void __force *)ptr);
}
EXPORT_SYMBOL_GPL(free_percpu);
