/*
 * The kernel starts programs; what is for each CPU, what readers see without a lock, and a branch that
 * changes.
 */
#include <linux/jump_label.h>
#include <linux/kmod.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/rculist.h>

struct item {
	int value;
	struct list_head list;
	struct rcu_head rcu;
};

static LIST_HEAD(items);
static DEFINE_PER_CPU(int, counter) = 40;
static DEFINE_STATIC_KEY_FALSE(key);
static int freed;

static void free_item(struct rcu_head *head)
{
	freed++;
	kfree(container_of(head, struct item, rcu));
}

static int add(int value)
{
	struct item *item = kmalloc(sizeof(*item), GFP_KERNEL);

	if (!item)
		return -ENOMEM;
	item->value = value;
	list_add_tail_rcu(&item->list, &items);
	return 0;
}

static int sum(void)
{
	struct item *item;
	int total = 0;

	rcu_read_lock();
	list_for_each_entry_rcu(item, &items, list)
		total += item->value;
	rcu_read_unlock();
	return total;
}

static void lists(void)
{
	struct item *item, *next;
	int before = add(1) ?: add(2) ?: add(3) ?: sum();

	list_for_each_entry_safe(item, next, &items, list) {
		list_del_rcu(&item->list);
		if (item->value == 2)
			kfree_rcu(item, rcu);
		else
			call_rcu(&item->rcu, free_item);
	}
	rcu_barrier();
	pr_info("rcu: %d, then %d, %d freed\n", before, sum(), freed);
}

static void percpu(void)
{
	int __percpu *more = alloc_percpu(int);

	if (!more)
		return;
	get_cpu_var(counter) += 2;
	put_cpu_var(counter);
	this_cpu_inc(*more);
	pr_info("percpu: %d %d\n", per_cpu(counter, 0), *per_cpu_ptr(more, 0));
	free_percpu(more);
}

static void branches(void)
{
	bool before = static_branch_unlikely(&key);

	static_branch_enable(&key);
	pr_info("branch: %d %d\n", before, static_branch_unlikely(&key) && static_key_enabled(&key));
}

static int run(char *script, int wait)
{
	char *argv[] = { "/bin/sh", "-c", script, NULL }, *envp[] = { "PATH=/bin", NULL };

	return call_usermodehelper(argv[0], argv, envp, wait);
}

static int __init helper_init(void)
{
	char *argv[] = { "/none", NULL }, *envp[] = { NULL };

	pr_info("umh: %d %d %d %d\n", run("echo kernel says $$ >/tmp/said", UMH_WAIT_PROC), run("exit 3", UMH_WAIT_PROC) >> 8,
		run("sleep 9", UMH_WAIT_EXEC), call_usermodehelper(argv[0], argv, envp, UMH_WAIT_EXEC));
	pr_info("request_module: %d %d\n", request_module("no-such-module") > 0, request_module("%s", "openbuf"));
	lists();
	percpu();
	branches();
	return 0;
}

static void __exit helper_exit(void)
{
}

module_init(helper_init);
module_exit(helper_exit);
MODULE_LICENSE("GPL");
