/*
 * <linux/kprobes.h> - breakpoints in the kernel's own text that call functions of yours.
 *
 *	kprobe		at an instruction: pre_handler before it, post_handler behind it
 *	kretprobe	at a function: entry_handler, and handler when it returns
 *
 * Handlers run with interrupts off and may not sleep. A probe that is hit while a handler runs is
 * only counted, in nmissed. As in Linux the ip of the registers is one byte behind the
 * instruction in a pre_handler, and the next one's in a post_handler; a pre_handler that returns
 * other than 0 has set ip itself.
 *
 * Unlike Linux, fault_handler is asked for faults of the probed instruction only, not for those of
 * the handlers; the post_handler of a `ret` runs before it; and names are not MODULE:SYMBOL.
 */
#ifndef _LINUX_KPROBES_H
#define _LINUX_KPROBES_H

#include <linux/compiler.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/types.h>
#include <asm/ptrace.h>

struct kprobe;
struct kretprobe;
struct kretprobe_instance;
struct module;
struct task_struct;

typedef u8 kprobe_opcode_t;
typedef int (*kprobe_pre_handler_t)(struct kprobe *p, struct pt_regs *regs);
typedef void (*kprobe_post_handler_t)(struct kprobe *p, struct pt_regs *regs, unsigned long flags);
typedef int (*kprobe_fault_handler_t)(struct kprobe *p, struct pt_regs *regs, int trapnr);
typedef int (*kretprobe_handler_t)(struct kretprobe_instance *ri, struct pt_regs *regs);

/* Code that a probe's own breakpoint runs: refused, -EINVAL. */
#define __kprobes	noinline __section(".kprobes.text")
/* Of a handler only: to probe one is safe, and counted in nmissed. */
#define NOKPROBE_SYMBOL(name)	_Static_assert(sizeof(&(name)) == sizeof(void *), #name)

/* [k] kprobe_mutex; handlers read without, under RCU */
struct kprobe {
	struct list_head list;		/* [k] the probes of one address */
	unsigned long nmissed;		/* hits that called no handler */
	kprobe_opcode_t *addr;		/* or symbol_name and offset, not both */
	const char *symbol_name;
	unsigned int offset;
	kprobe_pre_handler_t pre_handler;
	kprobe_post_handler_t post_handler;
	kprobe_fault_handler_t fault_handler;
	kprobe_opcode_t opcode;		/* what the breakpoint replaces */
	u32 flags;			/* [k] KPROBE_FLAG_* */
};

#define KPROBE_FLAG_GONE	1	/* its module is unloaded */
#define KPROBE_FLAG_DISABLED	2

static inline int kprobe_gone(struct kprobe *p)
{
	return p->flags & KPROBE_FLAG_GONE;
}

static inline int kprobe_disabled(struct kprobe *p)
{
	return p->flags & (KPROBE_FLAG_DISABLED | KPROBE_FLAG_GONE);
}

struct kretprobe {
	struct kprobe kp;
	kretprobe_handler_t handler;
	kretprobe_handler_t entry_handler;	/* other than 0: this call's return is of no interest */
	int maxactive;				/* calls followed at a time; 0: ten */
	int nmissed;				/* calls beyond them */
	size_t data_size;
	struct hlist_head free_instances;	/* instances_locked */
	raw_spinlock_t lock;
};

/* One call that has not returned yet. */
struct kretprobe_instance {
	struct hlist_node hlist;		/* instances_locked: free, active or retired */
	struct kretprobe *rp;
	kprobe_opcode_t *ret_addr;
	struct task_struct *task;
	void *fp;				/* where the return address lies */
	char data[] __aligned(4);		/* data_size bytes, from the entry_handler to the handler */
};

/*
 * 0, or -ENOENT: no such symbol; -EINVAL: not kernel text, not to be probed, registered already, or
 * both or neither of addr and symbol_name; -EILSEQ: not the start of an instruction; -ENOMEM.
 * When unregister returns no handler runs. Context: process, may sleep.
 */
int register_kprobe(struct kprobe *p);
void unregister_kprobe(struct kprobe *p);
int register_kprobes(struct kprobe **kps, int num);
void unregister_kprobes(struct kprobe **kps, int num);
int disable_kprobe(struct kprobe *p);
int enable_kprobe(struct kprobe *p);

/* The same; -EINVAL, too, where no function begins. */
int register_kretprobe(struct kretprobe *rp);
void unregister_kretprobe(struct kretprobe *rp);
int register_kretprobes(struct kretprobe **rps, int num);
void unregister_kretprobes(struct kretprobe **rps, int num);

static inline int disable_kretprobe(struct kretprobe *rp)
{
	return disable_kprobe(&rp->kp);
}

static inline int enable_kretprobe(struct kretprobe *rp)
{
	return enable_kprobe(&rp->kp);
}

/* ------------------------------------------------------------------ for the kernel itself */

extern unsigned int kprobe_points;	/* addresses with a breakpoint */

/* An int3 of the kernel: true if it was a probe's. Interrupts off. */
bool kprobe_int3(struct pt_regs *regs);

/* A fault in the kernel: true if a fault_handler dealt with it; ip is that of the probed instruction. */
bool __kprobe_fault(struct pt_regs *regs, int trapnr);

static inline bool kprobe_fault(struct pt_regs *regs, int trapnr)
{
	return unlikely(kprobe_points) && __kprobe_fault(regs, trapnr);
}

/* @task runs no more: its calls that kretprobes follow are forgotten. Context: any. */
void kprobe_flush_task(struct task_struct *task);
/* Text is about to be freed: its probes are gone. Context: process. */
void kprobes_text_gone(const void *start, unsigned long size);
/* Unregisters a probe that lies in @mod or calls it and returns its address; 0: there is none. */
unsigned long kprobe_forget_one(const struct module *mod);

#endif
