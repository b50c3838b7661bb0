/*
 * Files about the kernel itself: syscalls, kallsyms, ioports, iomem, ktest.
 */
#include <kunit/test.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/kmemleak.h>
#include <linux/syscalls.h>
#include "internal.h"

/* How often each system call was made since boot: count, number, name; those made alone. */
static int syscalls_show(struct seq_file *m, void *v)
{
	unsigned int nr;

	for (nr = 0; nr < NR_syscalls; nr++)
		if (sys_call_count[nr])
			seq_printf(m, "%10u %3u %s\n", sys_call_count[nr], nr,
				   sys_call_names[nr] ?: "?");
	return 0;
}

static int show_symbol(void *data, const char *name, struct module *mod, unsigned long addr)
{
	seq_printf(data, "%08lx %c %s", addr, is_kernel_text(addr) ? 't' : 'd', name);
	if (mod)
		seq_printf(data, "\t[%s]", mod->name);
	seq_putc(data, '\n');
	return seq_has_overflowed(data);
}

static int kallsyms_show(struct seq_file *m, void *v)
{
	kallsyms_on_each_symbol(show_symbol, m);
	return 0;
}

/* Depth first, two blanks a level. */
static int resources_show(struct seq_file *m, void *v)
{
	struct resource *root = m->private, *res;
	int depth = 0;

	read_lock(&resource_lock);
	for (res = root->child; res;) {
		seq_printf(m, "%*s%0*llx-%0*llx : %s\n", depth * 2, "",
			   root == &ioport_resource ? 4 : 8, (unsigned long long)res->start,
			   root == &ioport_resource ? 4 : 8, (unsigned long long)res->end,
			   res->name ?: "<unnamed>");
		if (res->child) {
			res = res->child;
			depth++;
			continue;
		}
		while (!res->sibling && res->parent != root) {
			res = res->parent;
			depth--;
		}
		res = res->sibling;
	}
	read_unlock(&resource_lock);
	return 0;
}

/* ------------------------------------------------------------------ ktest */

/* The last run's KTAP.  Grows by doubling; what does not fit is cut off. */
static DEFINE_MUTEX(ktest_mutex);
static char *ktest_text;			/* ktest_mutex */
static size_t ktest_len, ktest_size;		/* ktest_mutex */

static void ktest_line(void *data, const char *line)
{
	size_t len = strlen(line);
	char *bigger;

	if (ktest_len + len + 2 > ktest_size) {
		bigger = krealloc(ktest_text, max(ktest_size * 2, ktest_len + len + 2), GFP_KERNEL);
		if (!bigger)
			return;
		kmemleak_not_leak(bigger);	/* not the suite's that is running */
		ktest_text = bigger;
		ktest_size = max(ktest_size * 2, ktest_len + len + 2);
	}
	memcpy(ktest_text + ktest_len, line, len);
	ktest_len += len;
	ktest_text[ktest_len++] = '\n';
}

/* A write names suites by commas, or "all", and runs them before it returns. */
static ssize_t ktest_write(struct file *file, const char __user *buf, size_t count, loff_t *pos)
{
	struct kunit_totals totals;
	char *names;
	int err;

	if (count >= PAGE_SIZE)
		return -EINVAL;
	names = memdup_user_nul(buf, count);
	if (IS_ERR(names))
		return PTR_ERR(names);
	mutex_lock(&ktest_mutex);
	ktest_len = 0;
	err = kunit_run(strim(names), ktest_line, NULL, &totals);
	mutex_unlock(&ktest_mutex);
	kfree(names);
	return err < 0 ? err : count;
}

/* The result of the last run; before the first one, the names of the suites. */
static ssize_t ktest_read(struct file *file, char __user *buf, size_t count, loff_t *pos)
{
	ssize_t ret;

	mutex_lock(&ktest_mutex);
	if (!ktest_text) {
		const char *name;
		unsigned int nr;

		for (nr = 0; (name = kunit_suite_name(nr)); nr++)
			ktest_line(NULL, name);
	}
	ret = simple_read_from_buffer(buf, count, pos, ktest_text, ktest_len);
	mutex_unlock(&ktest_mutex);
	return ret;
}

static const struct proc_ops ktest_proc_ops = {
	.proc_read = ktest_read,
	.proc_write = ktest_write,
};

static int __init proc_kernel_init(void)
{
	proc_create_single("syscalls", 0, NULL, syscalls_show);
	proc_create_single("kallsyms", 0400, NULL, kallsyms_show);
	proc_create_single_data("ioports", 0, NULL, resources_show, &ioport_resource);
	proc_create_single_data("iomem", 0, NULL, resources_show, &iomem_resource);
	proc_create("ktest", 0600, NULL, &ktest_proc_ops);
	return 0;
}
fs_initcall(proc_kernel_init);
