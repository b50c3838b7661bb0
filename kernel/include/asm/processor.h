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
#include <asm/desc.h>
#include <asm/special_insns.h>
#include <asm/cpufeature.h>
#include <asm/fpu.h>
#include <asm/current.h>

/* EFLAGS (Intel SDM vol. 1, 3.4.3). */
#define X86_EFLAGS_CF		0x00000001
#define X86_EFLAGS_FIXED	0x00000002
#define X86_EFLAGS_PF		0x00000004
#define X86_EFLAGS_AF		0x00000010
#define X86_EFLAGS_ZF		0x00000040
#define X86_EFLAGS_SF		0x00000080
#define X86_EFLAGS_TF		0x00000100	/* single step */
#define X86_EFLAGS_IF		0x00000200	/* interrupts on */
#define X86_EFLAGS_DF		0x00000400
#define X86_EFLAGS_OF		0x00000800
#define X86_EFLAGS_RF		0x00010000	/* resume */
#define X86_EFLAGS_AC		0x00040000	/* alignment check; SMAP override in ring 0 */

struct task_struct;

#define TASK_SIZE		PAGE_OFFSET
#define TASK_SIZE_MAX		TASK_SIZE
#define STACK_TOP		TASK_SIZE
#define STACK_TOP_MAX		STACK_TOP
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
#define KSTK_EIP(task)		(task_pt_regs(task)->ip)
#define KSTK_ESP(task)		(task_pt_regs(task)->sp)

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

struct task_struct;

/*
 * __switch_to - run @next's kernel stack instead of @prev's
 * Returns, on @prev's stack, when someone switches back to it: the task that was left then.
 * The caller has loaded @next's address space.
 * Context: scheduler, interrupts off, run-queue lock held.
 */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);

#define switch_to(prev, next, last)	((last) = __switch_to(prev, next))

#endif
