/* <asm/ucontext.h>: what a handler with SA_SIGINFO gets as its third argument */
#ifndef _UAPI_ASM_UCONTEXT_H
#define _UAPI_ASM_UCONTEXT_H

#include <asm/sigcontext.h>
#include <asm/signal.h>

#define UC_FP_XSTATE 0x1

struct ucontext {
	unsigned long uc_flags;
	struct ucontext *uc_link;
	stack_t uc_stack;
	struct sigcontext uc_mcontext;
	sigset_t uc_sigmask;	/* last, so that it can grow */
};

#endif
