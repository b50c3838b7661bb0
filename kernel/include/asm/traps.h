/* Exception vectors (Intel SDM vol. 3, table 6-1) and page-fault error bits. */
#ifndef ASM_TRAPS_H
#define ASM_TRAPS_H

#include <linux/compiler.h>
#include <linux/types.h>

struct pt_regs;

#define X86_TRAP_DE		0	/* divide error */
#define X86_TRAP_DB		1	/* debug */
#define X86_TRAP_NMI		2
#define X86_TRAP_BP		3	/* INT3 */
#define X86_TRAP_OF		4	/* INTO */
#define X86_TRAP_BR		5	/* BOUND */
#define X86_TRAP_UD		6	/* invalid opcode */
#define X86_TRAP_NM		7	/* no FPU, or task switched */
#define X86_TRAP_DF		8	/* double fault */
#define X86_TRAP_OLD_MF		9
#define X86_TRAP_TS		10	/* invalid TSS */
#define X86_TRAP_NP		11	/* segment not present */
#define X86_TRAP_SS		12	/* stack segment */
#define X86_TRAP_GP		13	/* general protection */
#define X86_TRAP_PF		14	/* page fault */
#define X86_TRAP_MF		16	/* x87 error */
#define X86_TRAP_AC		17	/* alignment check */
#define X86_TRAP_MC		18	/* machine check */
#define X86_TRAP_XF		19	/* SIMD error */
#define NR_EXCEPTIONS		32

#define X86_PF_PROT		0x01	/* page present, access not allowed */
#define X86_PF_WRITE		0x02
#define X86_PF_USER		0x04	/* CPU was in user mode */
#define X86_PF_RSVD		0x08
#define X86_PF_INSTR		0x10	/* instruction fetch (SMEP or NX) */

/*
 * Called by entry.asm with interrupts off. @error: what the CPU pushed, else 0.
 * @address: CR2, read before anything could fault again.
 */
void do_exception(struct pt_regs *regs, unsigned int vector, unsigned long error);
void do_page_fault(struct pt_regs *regs, unsigned long error, unsigned long address);
/* The way back to user space found work flags set. Called and returns with interrupts off. */
void exit_to_user_work(struct pt_regs *regs);

/* A fault of a user program, on its way to be a signal. */
struct fault {
	unsigned int vector;
	unsigned long error;
	unsigned long address;		/* si_addr; 0 where the signal names none */
	int signo, code;
};

/* Remember @fault for the signal frame, log it if nothing catches it, raise the signal. */
void fault_signal(struct pt_regs *regs, const struct fault *fault);
void doublefault_report(struct pt_regs *regs) __noreturn;

/* Name of exception @vector, for reports. */
const char *trap_name(unsigned int vector);

/* The registers of @regs and the control registers, on the console. Context: any. */
void show_regs(struct pt_regs *regs);

#endif
