/*
 * The registers of an interrupted context, as the entry code saves them on
 * the kernel stack: what an interrupt, an exception, a system call, a signal
 * frame and a panic report all speak of.
 *
 * The last two words exist only when the CPU came from user mode; a frame
 * taken in kernel mode ends at `flags`. fs and gs belong to user space and
 * stay live in the CPU, so their two slots are filled only by those who
 * show or copy a frame (save_user_segments()).
 */
#ifndef ASM_PTRACE_H
#define ASM_PTRACE_H

#include <linux/types.h>
#include <asm/segment.h>

struct pt_regs {
	unsigned long bx;
	unsigned long cx;
	unsigned long dx;
	unsigned long si;
	unsigned long di;
	unsigned long bp;
	unsigned long ax;
	unsigned short ds, __dsh;
	unsigned short es, __esh;
	unsigned short fs, __fsh;
	unsigned short gs, __gsh;
	unsigned long orig_ax;		/* system call, error code, or ~vector of an IRQ */
	unsigned long ip;
	unsigned short cs, __csh;
	unsigned long flags;
	unsigned long sp;		/* from user mode only */
	unsigned short ss, __ssh;	/* from user mode only */
};

static inline int user_mode(const struct pt_regs *regs)
{
	return (regs->cs & SEGMENT_RPL_MASK) == USER_RPL;
}

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->ip;
}

static inline unsigned long frame_pointer(const struct pt_regs *regs)
{
	return regs->bp;
}

static inline unsigned long user_stack_pointer(const struct pt_regs *regs)
{
	return regs->sp;
}

/* The stack pointer at the moment of the interrupt, from either mode. */
static inline unsigned long kernel_stack_pointer(const struct pt_regs *regs)
{
	return user_mode(regs) ? regs->sp : (unsigned long)&regs->sp;
}

static inline unsigned long regs_return_value(const struct pt_regs *regs)
{
	return regs->ax;
}

#endif
