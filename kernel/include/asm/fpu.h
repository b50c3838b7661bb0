/*
 * FPU and SSE state: 512 bytes a task, in FXSAVE's layout (Intel SDM vol. 1,
 * 10.5.1).
 *
 * The kernel never uses these registers, so a system call and an interrupt
 * leave them alone. A task owns them from its first FPU instruction after a
 * switch (CR0.TS traps it) until it is switched away, which saves them.
 *
 * struct fpu lies in task_struct, which therefore must be allocated with its
 * own alignment of 16 bytes: FXSAVE faults on any other address.
 */
#ifndef ASM_FPU_H
#define ASM_FPU_H

#include <linux/compiler.h>
#include <linux/types.h>

struct task_struct;
struct pt_regs;
struct _fpstate;

struct fxregs_state {
	u16 cwd;		/* control */
	u16 swd;		/* status */
	u16 twd;		/* abridged tag: one bit a register */
	u16 fop;
	u32 fip, fcs;
	u32 foo, fos;
	u32 mxcsr;
	u32 mxcsr_mask;
	u32 st_space[32];	/* eight registers of 16 bytes */
	u32 xmm_space[32];	/* eight registers of 16 bytes */
	u32 padding[56];
} __attribute__((aligned(16)));

/* Touched by the owning task and by the switch on its CPU: no lock. */
struct fpu {
	bool used;		/* state holds something: the task ran an FPU instruction */
	bool loaded;		/* the registers of this CPU are this task's */
	struct fxregs_state state;
};

/* MXCSR bits this CPU knows; others must not be loaded. */
extern u32 fpu_mxcsr_mask;

/* Turn the FPU on, remember a pristine state. Context: boot. */
void fpu_init(void);
/* Exception 7: give the registers to the current task. Context: trap, interrupts off. */
void fpu_restore_current(void);
/* Save the registers of a task that is switched away, if it owns them. */
void fpu_switch_out(struct task_struct *prev);
/* Bring the current task's state into its struct fpu, registers given up. Context: process. */
void fpu_sync_current(void);
/* Child gets a copy of the current task's state. */
void fpu_fork(struct task_struct *child);
/* si_code of the error that raised exception 16 or 19 in the current task. */
int fpu_exception_code(unsigned int vector);
/* A state that is in memory in the two forms that signal frames and core files have. */
void fpu_to_frame(const struct fxregs_state *fx, struct _fpstate *fp);
/*
 * The current task's state to and from a struct _fpstate of a signal frame.
 * 0 or -EFAULT. Context: process, may sleep.
 */
int fpu_save_to_user(void __user *frame);
int fpu_restore_from_user(const void __user *frame);
/* Back to the state of a program that never used it (exec), or that ends (exit). */
void fpu_drop(struct task_struct *task);

#endif
