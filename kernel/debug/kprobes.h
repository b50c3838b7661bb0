/*
 * Between kprobes.c, insn.c, which makes the slots, and kretprobe.c.
 */
#ifndef KERNEL_DEBUG_KPROBES_H
#define KERNEL_DEBUG_KPROBES_H

#include <linux/kprobes.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>

#define INT3			0xCC
#define MAX_INSN_SIZE		15
#define KPROBE_SLOT_SIZE	(MAX_INSN_SIZE + 2)

/* An address with probes. [I] once it is on the list, but for what is [k]: kprobe_mutex */
struct kprobe_point {
	struct list_head list;		/* [k] */
	struct list_head probes;	/* [k] */
	struct rcu_head rcu;
	u8 *addr;
	u8 opcode;			/* the byte that int3 replaces */
	bool armed;			/* [k] */
	bool swaps;			/* a call by pointer: its target lies on the stack */
	u8 stop;			/* where in the slot the int3 is */
	unsigned long next;		/* where to go from there */
	unsigned long taken;		/* where to go from an int3 behind it; 0: there is none */
	u8 slot[KPROBE_SLOT_SIZE];
};

/* How long the instruction is, 0: none that a kernel uses. *opcode: where its opcode is. */
unsigned int insn_length(const u8 *insn, unsigned int *opcode);
/* Of the instruction in the slot. 0 or -EINVAL: not one that may run elsewhere. */
int kprobe_prepare_slot(struct kprobe_point *point);

extern const u8 kretprobe_trampoline[];
DECLARE_PER_CPU(bool, kprobe_in_handler);	/* hits call no handlers meanwhile */

/* A kretprobe's pre_handler; the int3 of the trampoline, false: nobody put it there. Interrupts off. */
int kretprobe_entry(struct kprobe *p, struct pt_regs *regs);
bool kretprobe_return(struct pt_regs *regs);

#endif
