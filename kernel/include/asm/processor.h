/*
 * What a task leaves in the CPU when it is switched away, the address-space
 * limits, and small CPU helpers.
 */
#ifndef ASM_PROCESSOR_H
#define ASM_PROCESSOR_H

#include <linux/types.h>
#include <asm/page.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/desc_defs.h>
#include <asm/processor-flags.h>
#include <asm/special_insns.h>
#include <asm/cpufeature.h>
#include <asm/fpu.h>
#include <asm/current.h>

struct task_struct;

#define TASK_SIZE		PAGE_OFFSET
#define TASK_SIZE_MAX		TASK_SIZE
#define STACK_TOP		TASK_SIZE
#define TASK_UNMAPPED_BASE	0x40000000UL

/* Written and read by the task itself or by the switch, which no one else can enter: no lock. */
struct thread_struct {
	unsigned long sp;		/* kernel stack pointer while switched away */
	unsigned long sp0;		/* where an entry from user mode starts pushing */
	struct desc_struct tls_array[GDT_ENTRY_TLS_ENTRIES];
	unsigned short fs;		/* user's, while switched away */
	unsigned short gs;
	/* Of the last fault, for signal frames. */
	unsigned long cr2;
	unsigned long trap_nr;
	unsigned long error_code;
	struct fpu fpu;
};

/* The user registers of @task, at the top of its stack; meaningless for a kernel thread. */
#define task_pt_regs(task)	stack_pt_regs((task)->stack)

/*
 * start_thread - make @regs return to a fresh user program
 * Clears TLS, FPU and segment registers of the current task. Context: process, from exec.
 */
void start_thread(struct pt_regs *regs, unsigned long new_ip, unsigned long new_sp);

/*
 * copy_thread - give a child, whose stack and task_struct exist, its kernel stack content
 * @sp: user stack, or 0 for the parent's; for a kernel thread (PF_KTHREAD) the function to
 * call, with @arg its argument. @tls: user_desc for CLONE_SETTLS, or 0.
 * Returns 0 or a negative errno (bad TLS descriptor).
 */
int copy_thread(unsigned long clone_flags, unsigned long sp, unsigned long arg,
		struct task_struct *child, unsigned long tls);

static inline void rep_nop(void)
{
	asm volatile("pause" ::: "memory");
}

static inline void cpu_relax(void)
{
	rep_nop();
}

#endif
