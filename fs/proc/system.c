/*
 * Files about the whole system: meminfo, stat, uptime, loadavg, version, ...
 */
#include <linux/cdev.h>
#include <linux/genhd.h>
#include <linux/irq.h>
#include <linux/sched/loadavg.h>
#include <linux/mm.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>
#include <linux/vmstat.h>
#include <linux/writeback.h>
#include <uapi/linux/sysinfo.h>
#include "internal.h"

static unsigned long kib(unsigned long pages)
{
	return pages << (PAGE_SHIFT - 10);
}

static int meminfo_show(struct seq_file *m, void *v)
{
	unsigned long buffers = global_buffer_pages();
	unsigned long cached = global_cached_pages();
	struct sysinfo info = { 0 };
	unsigned long free;

	si_meminfo(&info);
	free = info.freeram;
	seq_printf(m, "MemTotal:       %8lu kB\n", kib(info.totalram));
	seq_printf(m, "MemFree:        %8lu kB\n", kib(free));
	seq_printf(m, "MemAvailable:   %8lu kB\n", kib(si_mem_available()));
	seq_printf(m, "Buffers:        %8lu kB\n", kib(buffers));
	seq_printf(m, "Cached:         %8lu kB\n", kib(cached));
	seq_printf(m, "Dirty:          %8lu kB\n", kib(global_dirty_pages()));
	seq_printf(m, "Writeback:      %8lu kB\n", kib(global_writeback_pages()));
	seq_printf(m, "AnonPages:      %8lu kB\n", kib(global_node_page_state(NR_ANON_MAPPED)));
	seq_printf(m, "Shmem:          %8lu kB\n", kib(global_node_page_state(NR_SHMEM)));
	seq_printf(m, "Slab:           %8lu kB\n", kib(slab_pages()));
	seq_printf(m, "KernelStack:    %8lu kB\n",
		   global_node_page_state(NR_KERNEL_STACK) * (THREAD_SIZE / 1024));
	seq_printf(m, "PageTables:     %8lu kB\n", kib(global_node_page_state(NR_PAGETABLE)));
	seq_puts(m, "SwapTotal:             0 kB\nSwapFree:              0 kB\n");
	return 0;
}

static int uptime_show(struct seq_file *m, void *v)
{
	struct timespec64 up = ns_to_timespec64(ktime_to_ns(ktime_get()));
	struct timespec64 idle = ns_to_timespec64(init_task.sum_exec_runtime);

	seq_printf(m, "%lld.%02ld %lld.%02ld\n", (long long)up.tv_sec, up.tv_nsec / 10000000,
		   (long long)idle.tv_sec, idle.tv_nsec / 10000000);
	return 0;
}

#define LOAD_INT(x)	((x) >> FSHIFT)
#define LOAD_FRAC(x)	LOAD_INT(((x) & (FIXED_1 - 1)) * 100)

static int loadavg_show(struct seq_file *m, void *v)
{
	int i;

	for (i = 0; i < 3; i++) {
		unsigned long load = avenrun[i] + FIXED_1 / 200;	/* rounded */

		seq_printf(m, "%lu.%02lu ", LOAD_INT(load), LOAD_FRAC(load));
	}
	seq_printf(m, "%u/%d %d\n", nr_running(), nr_threads, current->pid);
	return 0;
}

static int stat_show(struct seq_file *m, void *v)
{
	u64 user = 0, system = 0, up = ktime_to_ns(ktime_get()), total = 0;
	struct task_struct *task;
	int irq;

	read_lock(&tasklist_lock);
	for_each_process(task) {
		user += task->utime;
		system += task->stime;
	}
	read_unlock(&tasklist_lock);
	seq_printf(m, "cpu  %llu 0 %llu %llu 0 0 0 0 0 0\n", nsec_to_clock_t(user),
		   nsec_to_clock_t(system),
		   nsec_to_clock_t(up > user + system ? up - user - system : 0));
	for (irq = 0; irq < NR_IRQS; irq++)
		total += irq_desc[irq].count;
	seq_printf(m, "intr %llu", total);
	for (irq = 0; irq < NR_IRQS; irq++)
		seq_printf(m, " %u", irq_desc[irq].count);
	seq_printf(m, "\nctxt %llu\nbtime %lld\nprocesses %d\nprocs_running %u\n",
		   nr_context_switches(),
		   (long long)(ktime_get_real_seconds() - ktime_get_seconds()), nr_threads,
		   nr_running());
	return 0;
}

static int interrupts_show(struct seq_file *m, void *v)
{
	struct irqaction *action;
	unsigned long flags;
	int irq;

	seq_puts(m, "           CPU0\n");
	for (irq = 0; irq < NR_IRQS; irq++) {
		struct irq_desc *desc = &irq_desc[irq];

		spin_lock_irqsave(&desc->lock, flags);
		if (desc->action || desc->count) {
			seq_printf(m, "%3d: %10u   %8s ", irq, desc->count,
				   desc->chip ? desc->chip->name : "none");
			for (action = desc->action; action; action = action->next)
				seq_printf(m, "%s%s", action == desc->action ? " " : ", ",
					   action->name);
			seq_putc(m, '\n');
		}
		spin_unlock_irqrestore(&desc->lock, flags);
	}
	seq_printf(m, "ERR: %10u\n", irq_spurious_count);
	return 0;
}

static int version_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s version %s %s\n", utsname()->sysname, utsname()->release,
		   utsname()->version);
	return 0;
}

static int cmdline_show(struct seq_file *m, void *v)
{
	seq_printf(m, "%s\n", saved_command_line);
	return 0;
}

static int devices_show(struct seq_file *m, void *v)
{
	seq_puts(m, "Character devices:\n");
	chrdev_show(m);
	seq_puts(m, "\nBlock devices:\n");
	blkdev_show(m, 0);
	return 0;
}

static int partitions_show(struct seq_file *m, void *v)
{
	show_partitions(m);
	return 0;
}

static int slab_row(const struct slabinfo *info, void *arg)
{
	seq_printf(arg, "%-17s %6lu %6lu %6u %4u %4u : slabs %6lu %6lu\n", info->name,
		   info->active_objs, info->num_objs, info->object_size, info->objects_per_slab,
		   info->pages_per_slab, info->active_slabs, info->num_slabs);
	return 0;
}

static int slabinfo_show(struct seq_file *m, void *v)
{
	seq_puts(m, "slabinfo - version: 2.1\n# name            <active_objs> <num_objs> "
		    "<objsize> <objperslab> <pagesperslab> : slabs <active_slabs> <num_slabs>\n");
	return slab_for_each(slab_row, m);
}

static int __init proc_system_init(void)
{
	proc_create_single("meminfo", 0, NULL, meminfo_show);
	proc_create_single("uptime", 0, NULL, uptime_show);
	proc_create_single("loadavg", 0, NULL, loadavg_show);
	proc_create_single("stat", 0, NULL, stat_show);
	proc_create_single("interrupts", 0, NULL, interrupts_show);
	proc_create_single("version", 0, NULL, version_show);
	proc_create_single("cmdline", 0, NULL, cmdline_show);
	proc_create_single("devices", 0, NULL, devices_show);
	proc_create_single("filesystems", 0, NULL, filesystems_show);
	proc_create_single("partitions", 0, NULL, partitions_show);
	proc_create_single("slabinfo", 0400, NULL, slabinfo_show);
	return 0;
}
fs_initcall(proc_system_init);
