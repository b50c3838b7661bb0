/*
 * Signal frames on the user stack. Delivery itself (which signal, which
 * system calls begin again) is kernel/proc/signal.c's do_signal().
 */
#ifndef ASM_SIGNAL_H
#define ASM_SIGNAL_H

#include <linux/types.h>
#include <uapi/asm/signal.h>

struct ksignal;
struct pt_regs;

/*
 * setup_signal_frame - make @regs enter the handler of @ksig
 * Writes the frame at sigsp(): the old form, or with SA_SIGINFO the rt_ form; the return
 * address is sa_restorer or the kernel's fixed page. @set is the mask that sigreturn brings
 * back. Returns 0, or -EFAULT when the stack cannot be written. Context: process.
 */
int setup_signal_frame(struct ksignal *ksig, sigset_t *set, struct pt_regs *regs);

#endif
