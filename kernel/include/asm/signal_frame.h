/* Delivering signals on the way back to user mode. */
#ifndef ASM_SIGNAL_FRAME_H
#define ASM_SIGNAL_FRAME_H

struct pt_regs;

/*
 * do_signal - take one pending signal and arrange for its handler, or restart the system call
 * Context: process, on the way to user mode, interrupts on; may not return (fatal signal).
 */
void do_signal(struct pt_regs *regs);

/* Copy the sigreturn stubs into the page at FIX_SIGRETURN_ADDR. Context: boot. */
void sigreturn_page_init(void);

#endif
