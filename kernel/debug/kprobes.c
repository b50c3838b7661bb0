/*
 * Kprobes: an int3 in place of an instruction's first byte.
 *
 *	addr:  int3  ->  kprobe_int3 -> pre_handlers -> ip = slot
 *	slot:  a copy of the instruction, an int3  ->  kprobe_int3 -> post_handlers -> ip = next
 *
 * The copy (insn.c) runs as it is, interrupts as they were, and nothing is remembered meanwhile: what
 * says where it came from is the address of the second int3.
 *
 * Locks: kprobe_mutex over registering; handlers, with interrupts off, read the lists as RCU's
 * readers do. A slot is in use only as long as nobody sleeps: a fault in it goes back to the
 * instruction itself first. So synchronize_rcu() is what unregistering waits for.
 *
 * Context of all that is __kprobes: int3, interrupts off. It calls nothing that may be probed, but for
 * handlers, and those while in_handler says that a nested hit calls none.
 */
#include <linux/err.h>
#include <linux/export.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/page.h>
#include <asm/setup.h>
#include <asm/special_insns.h>
#include "kprobes.h"

extern const u8 __kprobes_text_end[];

unsigned int kprobe_points;		/* [k] how many there are */
DEFINE_PER_CPU(bool, kprobe_in_handler);
static DEFINE_MUTEX(kprobe_mutex);
static LIST_HEAD(points);		/* [k] */

/* ------------------------------------------------------------------ being hit */

static void __kprobes run_pre_handlers(struct kprobe_point *point, struct pt_regs *regs)
{
	bool *busy = raw_cpu_ptr(&kprobe_in_handler), nested = *busy;
	struct kprobe *p;

	*busy = true;
	list_for_each_entry_rcu(p, &point->probes, list) {
		if (kprobe_disabled(p))
			continue;
		if (nested) {
			p->nmissed++;
		} else if (p->pre_handler && p->pre_handler(p, regs)) {
			*busy = false;
			return;
		}
	}
	*busy = nested;
	regs->ip = (unsigned long)point->slot;
}

static void __kprobes run_post_handlers(struct kprobe_point *point, struct pt_regs *regs, unsigned long ip)
{
	bool *busy = raw_cpu_ptr(&kprobe_in_handler);
	unsigned long *stack = (unsigned long *)kernel_stack_pointer(regs);
	struct kprobe *p;

	regs->ip = ip;
	if (point->swaps) {
		regs->ip = *stack;
		*stack = ip;
	}
	if (*busy)
		return;
	*busy = true;
	list_for_each_entry_rcu(p, &point->probes, list)
		if (p->post_handler && !kprobe_disabled(p))
			p->post_handler(p, regs, 0);
	*busy = false;
}

bool __kprobes kprobe_int3(struct pt_regs *regs)
{
	const u8 *at = (const u8 *)regs->ip - 1;
	struct kprobe_point *point;

	if (at == kretprobe_trampoline)
		return kretprobe_return(regs);
	list_for_each_entry_rcu(point, &points, list) {
		if (at == point->addr) {
			run_pre_handlers(point, regs);
			return true;
		}
		if (at == point->slot + point->stop) {
			run_post_handlers(point, regs, point->next);
			return true;
		}
		if (point->taken && at == point->slot + point->stop + 1) {
			run_post_handlers(point, regs, point->taken);
			return true;
		}
	}
	return false;
}

bool __kprobes __kprobe_fault(struct pt_regs *regs, int trapnr)
{
	struct kprobe_point *point;
	struct kprobe *p;

	list_for_each_entry_rcu(point, &points, list) {
		if (regs->ip - (unsigned long)point->slot >= KPROBE_SLOT_SIZE)
			continue;
		list_for_each_entry_rcu(p, &point->probes, list)
			if (p->fault_handler && !kprobe_disabled(p) && p->fault_handler(p, regs, trapnr))
				return true;
		regs->ip = (unsigned long)point->addr;
		return false;
	}
	return false;
}

/* ------------------------------------------------------------------ points. [k] held */

static struct kprobe_point *find_point(const u8 *addr)
{
	struct kprobe_point *point;

	list_for_each_entry(point, &points, list)
		if (point->addr == addr)
			return point;
	return NULL;
}

/* The bytes at @addr as they are without breakpoints; zeroes behind the end of the text. */
static void read_insn(const u8 *addr, u8 *insn)
{
	unsigned long end = (unsigned long)addr + MAX_INSN_SIZE;
	struct kprobe_point *point;

	if (!is_kernel_text(end - 1))
		end = min(end, PAGE_ALIGN((unsigned long)addr + 1));
	memset(insn, 0, KPROBE_SLOT_SIZE);
	memcpy(insn, addr, end - (unsigned long)addr);
	list_for_each_entry(point, &points, list)
		if (point->armed && (unsigned long)(point->addr - addr) < MAX_INSN_SIZE)
			insn[point->addr - addr] = point->opcode;
}

/* Counts instructions from the start of the function on. */
static bool starts_insn(const u8 *addr)
{
	char name[KSYM_NAME_LEN], *module;
	unsigned long size, offset;
	u8 insn[KPROBE_SLOT_SIZE];
	unsigned int opcode, len;
	const u8 *at;

	if (!kallsyms_lookup((unsigned long)addr, &size, &offset, &module, name))
		return false;
	for (at = addr - offset; at < addr; at += len) {
		read_insn(at, insn);
		len = insn_length(insn, &opcode);
		if (!len)
			return false;
	}
	return at == addr;
}

/* As text is read-only: for this CPU, with interrupts off, it is not. */
static void set_armed(struct kprobe_point *point, bool armed)
{
	unsigned long flags, cr0;

	if (armed == point->armed)
		return;
	local_irq_save(flags);
	cr0 = read_cr0();
	write_cr0(cr0 & ~X86_CR0_WP);
	WRITE_ONCE(*point->addr, armed ? INT3 : point->opcode);
	write_cr0(cr0);
	local_irq_restore(flags);
	point->armed = armed;
}

/* The breakpoint is there as long as a probe wants it. */
static void update_point(struct kprobe_point *point)
{
	struct kprobe *p;

	list_for_each_entry(p, &point->probes, list)
		if (!kprobe_disabled(p)) {
			set_armed(point, true);
			return;
		}
	set_armed(point, false);
}

static struct kprobe_point *add_point(u8 *addr)
{
	unsigned long at = (unsigned long)addr;
	struct kprobe_point *point;
	int err;

	if (!is_kernel_text(at) || (at >= (unsigned long)_text && addr < __kprobes_text_end) ||
	    (system_state >= SYSTEM_RUNNING && at >= (unsigned long)__init_begin && at < (unsigned long)__init_end))
		return ERR_PTR(-EINVAL);
	if (!starts_insn(addr))
		return ERR_PTR(-EILSEQ);
	point = kzalloc(sizeof(*point), GFP_KERNEL);
	if (!point)
		return ERR_PTR(-ENOMEM);
	point->addr = addr;
	INIT_LIST_HEAD(&point->probes);
	read_insn(addr, point->slot);
	err = kprobe_prepare_slot(point);
	if (err) {
		kfree(point);
		return ERR_PTR(err);
	}
	list_add_rcu(&point->list, &points);
	kprobe_points++;
	return point;
}

/* Its memory goes when nobody is on the way through. */
static void drop_point(struct kprobe_point *point)
{
	set_armed(point, false);
	list_del_rcu(&point->list);
	kprobe_points--;
	kfree_rcu(point, rcu);
}

/* Its point if @p is registered. */
static struct kprobe_point *point_of(const struct kprobe *p)
{
	struct kprobe_point *point = find_point(p->addr);
	struct kprobe *other;

	if (point)
		list_for_each_entry(other, &point->probes, list)
			if (other == p)
				return point;
	return NULL;
}

/* ------------------------------------------------------------------ registering */

static u8 *probe_addr(const struct kprobe *p)
{
	unsigned long addr = (unsigned long)p->addr;

	if (!p->symbol_name == !p->addr)
		return ERR_PTR(-EINVAL);
	if (p->symbol_name) {
		addr = kallsyms_lookup_name(p->symbol_name);
		if (!addr)
			return ERR_PTR(-ENOENT);
	}
	return (u8 *)(addr + p->offset);
}

int register_kprobe(struct kprobe *p)
{
	u8 *addr = probe_addr(p);
	struct kprobe_point *point;
	int err = -EINVAL;

	if (IS_ERR(addr))
		return PTR_ERR(addr);
	mutex_lock(&kprobe_mutex);
	if (p->addr && point_of(p))
		goto out;
	p->addr = addr;
	p->flags &= KPROBE_FLAG_DISABLED;
	p->nmissed = 0;
	point = find_point(addr) ?: add_point(addr);
	err = PTR_ERR_OR_ZERO(point);
	if (err)
		goto out;
	p->opcode = point->opcode;
	list_add_tail_rcu(&p->list, &point->probes);
	update_point(point);
out:
	mutex_unlock(&kprobe_mutex);
	return err;
}
EXPORT_SYMBOL_GPL(register_kprobe);

void unregister_kprobes(struct kprobe **kps, int num)
{
	struct kprobe_point *point;

	mutex_lock(&kprobe_mutex);
	for (int i = 0; i < num; i++) {
		point = point_of(kps[i]);
		if (!point)
			continue;
		list_del_rcu(&kps[i]->list);
		if (list_empty(&point->probes))
			drop_point(point);
		else
			update_point(point);
	}
	mutex_unlock(&kprobe_mutex);
	synchronize_rcu();
}
EXPORT_SYMBOL_GPL(unregister_kprobes);

void unregister_kprobe(struct kprobe *p)
{
	unregister_kprobes(&p, 1);
}
EXPORT_SYMBOL_GPL(unregister_kprobe);

int register_kprobes(struct kprobe **kps, int num)
{
	int err = num > 0 ? 0 : -EINVAL;

	for (int i = 0; i < num && !err; i++) {
		err = register_kprobe(kps[i]);
		if (err)
			unregister_kprobes(kps, i);
	}
	return err;
}
EXPORT_SYMBOL_GPL(register_kprobes);

static int set_flags(struct kprobe *p, u32 clear, u32 set)
{
	struct kprobe_point *point;

	mutex_lock(&kprobe_mutex);
	point = point_of(p);
	if (point) {
		WRITE_ONCE(p->flags, (p->flags & ~clear) | set);
		update_point(point);
	}
	mutex_unlock(&kprobe_mutex);
	return point ? 0 : -EINVAL;
}

int disable_kprobe(struct kprobe *p)
{
	return set_flags(p, 0, KPROBE_FLAG_DISABLED);
}
EXPORT_SYMBOL_GPL(disable_kprobe);

int enable_kprobe(struct kprobe *p)
{
	return set_flags(p, KPROBE_FLAG_DISABLED, 0);
}
EXPORT_SYMBOL_GPL(enable_kprobe);

/* ------------------------------------------------------------------ modules */

void kprobes_text_gone(const void *start, unsigned long size)
{
	struct kprobe_point *point, *next;
	struct kprobe *p;

	mutex_lock(&kprobe_mutex);
	list_for_each_entry_safe(point, next, &points, list)
		if ((unsigned long)((void *)point->addr - start) < size) {
			list_for_each_entry(p, &point->probes, list)
				p->flags |= KPROBE_FLAG_GONE;
			drop_point(point);
		}
	mutex_unlock(&kprobe_mutex);
}

static struct kprobe *probe_of_module(const struct module *mod)
{
	struct kprobe_point *point;
	struct kprobe *p;

	list_for_each_entry(point, &points, list)
		list_for_each_entry(p, &point->probes, list)
			if (within_module((unsigned long)p, mod) ||
			    within_module((unsigned long)p->pre_handler, mod) ||
			    within_module((unsigned long)p->post_handler, mod))
				return p;
	return NULL;
}

unsigned long kprobe_forget_one(const struct module *mod)
{
	unsigned long addr = 0;
	struct kprobe *p;

	mutex_lock(&kprobe_mutex);
	p = probe_of_module(mod);
	if (p)
		addr = (unsigned long)p->addr;
	mutex_unlock(&kprobe_mutex);
	if (p && p->pre_handler == kretprobe_entry)
		unregister_kretprobe(container_of(p, struct kretprobe, kp));
	else if (p)
		unregister_kprobe(p);
	return addr;
}
