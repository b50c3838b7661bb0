/*
 * Kretprobes: a kprobe at a function's start puts the address of an int3 in the place of the return
 * address and keeps that in an instance, which the int3 finds again. Two of one function nest:
 * the later one's return address is the int3 once more.
 *
 * Locks: instances_locked, a bare lock with interrupts off, innermost, for any other may be probed.
 * An instance is on one list: its kretprobe's free ones; active; or retired, for its kretprobe
 * is no more and int3's context cannot free it.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include "kprobes.h"

#define MAXACTIVE	10

asm(".pushsection .kprobes.text, \"ax\"\n"
    "	nop\n"				/* stack traces name the byte before a return address */
    ".globl kretprobe_trampoline\n"
    ".type kretprobe_trampoline, @function\n"
    "kretprobe_trampoline: int3\n"
    ".popsection");

static HLIST_HEAD(active);		/* instances_locked */
static HLIST_HEAD(retired);		/* instances_locked */
static unsigned int instances_locked;

static void __kprobes lock_instances(void)
{
	while (xchg(&instances_locked, 1))
		cpu_relax();
}

static void __kprobes unlock_instances(void)
{
	smp_store_release(&instances_locked, 0);
}

/* instances_locked */
static void __kprobes put_instance(struct kretprobe_instance *ri)
{
	if (!hlist_unhashed(&ri->hlist))
		hlist_del(&ri->hlist);
	hlist_add_head(&ri->hlist, ri->rp ? &ri->rp->free_instances : &retired);
}

static void __kprobes give_back(struct kretprobe_instance *ri)
{
	lock_instances();
	put_instance(ri);
	unlock_instances();
}

int __kprobes kretprobe_entry(struct kprobe *p, struct pt_regs *regs)
{
	struct kretprobe *rp = container_of(p, struct kretprobe, kp);
	unsigned long *stack = (unsigned long *)kernel_stack_pointer(regs);
	struct kretprobe_instance *ri;

	lock_instances();
	ri = hlist_entry_safe(rp->free_instances.first, struct kretprobe_instance, hlist);
	if (ri)
		hlist_del_init(&ri->hlist);
	else
		rp->nmissed++;
	unlock_instances();
	if (!ri)
		return 0;
	ri->rp = rp;
	ri->task = current;
	ri->fp = stack;
	ri->ret_addr = (kprobe_opcode_t *)*stack;
	if (rp->entry_handler && rp->entry_handler(ri, regs)) {
		give_back(ri);
		return 0;
	}
	*stack = (unsigned long)kretprobe_trampoline;
	lock_instances();
	hlist_add_head(&ri->hlist, &active);
	unlock_instances();
	return 0;
}

/* The newest call of this task that is over; of one function's two probes the later comes first. */
static struct kretprobe_instance *__kprobes find_instance(unsigned long sp)
{
	struct kretprobe_instance *ri;

	lock_instances();
	for (ri = hlist_entry_safe(active.first, struct kretprobe_instance, hlist); ri;
	     ri = hlist_entry_safe(ri->hlist.next, struct kretprobe_instance, hlist))
		if (ri->task == current && (unsigned long)ri->fp < sp)
			break;
	unlock_instances();
	return ri;
}

bool __kprobes kretprobe_return(struct pt_regs *regs)
{
	bool *busy = raw_cpu_ptr(&kprobe_in_handler), nested = *busy;
	struct kretprobe_instance *ri;
	struct kretprobe *rp;

	*busy = true;
	ri = find_instance(kernel_stack_pointer(regs));
	if (ri) {
		rp = READ_ONCE(ri->rp);
		regs->ip = (unsigned long)ri->ret_addr;
		if (rp && rp->handler && !kprobe_disabled(&rp->kp))
			rp->handler(ri, regs);
		give_back(ri);
	}
	*busy = nested;
	return ri != NULL;
}

/* It ended inside its calls: they return no more. */
void __kprobes kprobe_flush_task(struct task_struct *task)
{
	struct kretprobe_instance *ri;
	struct hlist_node *next;
	unsigned long flags;

	if (hlist_empty(&active))
		return;
	local_irq_save(flags);
	lock_instances();
	hlist_for_each_entry_safe(ri, next, &active, hlist)
		if (ri->task == task)
			put_instance(ri);
	unlock_instances();
	local_irq_restore(flags);
}

/* ------------------------------------------------------------------ registering */

/* Frees all of a list but what is in use. */
static void free_instances(struct hlist_head *list)
{
	struct kretprobe_instance *ri;
	unsigned long flags;

	for (;;) {
		local_irq_save(flags);
		lock_instances();
		ri = hlist_entry_safe(list->first, struct kretprobe_instance, hlist);
		if (ri)
			hlist_del(&ri->hlist);
		unlock_instances();
		local_irq_restore(flags);
		if (!ri)
			return;
		kfree(ri);
	}
}

static int add_instances(struct kretprobe *rp)
{
	struct kretprobe_instance *ri;

	INIT_HLIST_HEAD(&rp->free_instances);
	if (rp->maxactive <= 0)
		rp->maxactive = MAXACTIVE;
	for (int i = 0; i < rp->maxactive; i++) {
		ri = kzalloc(sizeof(*ri) + rp->data_size, GFP_KERNEL);
		if (!ri) {
			free_instances(&rp->free_instances);
			return -ENOMEM;
		}
		hlist_add_head(&ri->hlist, &rp->free_instances);
	}
	return 0;
}

static bool is_function(const struct kprobe *kp)
{
	unsigned long addr = (unsigned long)kp->addr, size, offset;
	char name[KSYM_NAME_LEN], *module;

	if (kp->symbol_name)
		return kp->offset == 0;
	return kallsyms_lookup(addr + kp->offset, &size, &offset, &module, name) && !offset;
}

int register_kretprobe(struct kretprobe *rp)
{
	int err;

	if (!is_function(&rp->kp))
		return -EINVAL;
	free_instances(&retired);
	err = add_instances(rp);
	if (err)
		return err;
	rp->nmissed = 0;
	rp->kp.pre_handler = kretprobe_entry;
	rp->kp.post_handler = NULL;
	rp->kp.fault_handler = NULL;
	err = register_kprobe(&rp->kp);
	if (err)
		free_instances(&rp->free_instances);
	return err;
}
EXPORT_SYMBOL_GPL(register_kretprobe);

void unregister_kretprobe(struct kretprobe *rp)
{
	struct kretprobe_instance *ri;
	unsigned long flags;

	unregister_kprobe(&rp->kp);
	local_irq_save(flags);
	lock_instances();
	hlist_for_each_entry(ri, &active, hlist)
		if (ri->rp == rp)
			WRITE_ONCE(ri->rp, NULL);
	unlock_instances();
	local_irq_restore(flags);
	synchronize_rcu();		/* a handler that runs */
	free_instances(&rp->free_instances);
	free_instances(&retired);
}
EXPORT_SYMBOL_GPL(unregister_kretprobe);

void unregister_kretprobes(struct kretprobe **rps, int num)
{
	for (int i = 0; i < num; i++)
		unregister_kretprobe(rps[i]);
}
EXPORT_SYMBOL_GPL(unregister_kretprobes);

int register_kretprobes(struct kretprobe **rps, int num)
{
	int err = num > 0 ? 0 : -EINVAL;

	for (int i = 0; i < num && !err; i++) {
		err = register_kretprobe(rps[i]);
		if (err)
			unregister_kretprobes(rps, i);
	}
	return err;
}
EXPORT_SYMBOL_GPL(register_kretprobes);
