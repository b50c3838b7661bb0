/*
 * Signal frames: what a handler finds on the user stack and what sigreturn
 * takes back from there. Layouts are Linux's for i386, the old one and, with
 * SA_SIGINFO, the rt_ one:
 *
 *	higher addresses	fpstate, if the program used the FPU
 *				sigcontext or siginfo and ucontext
 *				arguments of the handler
 *	sp			return address: sa_restorer or the kernel's page
 *
 * Everything read back is user input: segments, flags and FPU words are
 * made harmless before the CPU sees them.
 */
#include <linux/sched/signal.h>
#include <linux/signal.h>
#include <linux/syscalls.h>
#include <linux/uaccess.h>
#include <asm/fixmap.h>
#include <asm/fpu.h>
#include <asm/processor.h>
#include <asm/signal.h>
#include <uapi/asm/sigcontext.h>
#include <uapi/asm/siginfo.h>
#include <uapi/asm/ucontext.h>

/* Offsets of the stubs of sigreturn_page.asm in its page. */
#define SIGRETURN_STUB		FIX_SIGRETURN_ADDR
#define RT_SIGRETURN_STUB	(FIX_SIGRETURN_ADDR + 0x10)

struct sigframe {
	u32 pretcode;
	int sig;
	struct sigcontext sc;
	struct _fpstate fpstate_unused;	/* where Linux 2.4 kept it */
	u32 extramask[_NSIG_WORDS - 1];
	char retcode[8];		/* never written: stacks hold no code */
};

struct rt_sigframe {
	u32 pretcode;
	int sig;
	u32 pinfo;
	u32 puc;
	struct siginfo info;
	struct ucontext uc;
	char retcode[8];
};

/* What a program may set in EFLAGS: arithmetic, direction, single step, alignment. */
#define FLAGS_FROM_USER	(X86_EFLAGS_AC | X86_EFLAGS_OF | X86_EFLAGS_DF | X86_EFLAGS_TF | \
			 X86_EFLAGS_SF | X86_EFLAGS_ZF | X86_EFLAGS_AF | X86_EFLAGS_PF | \
			 X86_EFLAGS_CF | X86_EFLAGS_RF)
/* What a handler starts without. */
#define FLAGS_CLEARED	(X86_EFLAGS_DF | X86_EFLAGS_RF | X86_EFLAGS_TF)

static void fill_sigcontext(struct sigcontext *sc, const struct pt_regs *regs,
			    unsigned long mask, void __user *fpstate)
{
	const struct thread_struct *thread = &current->thread;
	unsigned int fs, gs;

	savesegment(fs, fs);
	savesegment(gs, gs);
	*sc = (struct sigcontext) {
		.gs = gs, .fs = fs, .es = regs->es, .ds = regs->ds,
		.di = regs->di, .si = regs->si, .bp = regs->bp, .sp = regs->sp,
		.bx = regs->bx, .dx = regs->dx, .cx = regs->cx, .ax = regs->ax,
		.trapno = thread->trap_nr, .err = thread->error_code,
		.ip = regs->ip, .cs = regs->cs, .flags = regs->flags,
		.sp_at_signal = regs->sp, .ss = regs->ss,
		.fpstate = (struct _fpstate __force *)fpstate,
		.oldmask = mask, .cr2 = thread->cr2,
	};
}

/* The handler is a C function: at its entry, sp + 4 is on a 16-byte boundary. */
static unsigned long align_frame(unsigned long sp)
{
	return ((sp + 4) & -16UL) - 4;
}

/*
 * Room for a frame of @size on the handler's stack, the FPU state saved above
 * it (*fpstate, NULL without). NULL: no such stack.
 */
static void __user *place_frame(struct ksignal *ksig, const struct pt_regs *regs, size_t size,
				void __user **fpstate)
{
	unsigned long sp = sigsp(regs->sp, ksig);
	bool nested = on_sig_stack(regs->sp);

	*fpstate = NULL;
	if (current->thread.fpu.used) {
		sp = (sp - sizeof(struct _fpstate)) & -16UL;
		*fpstate = (void __user *)sp;
		if (fpu_save_to_user(*fpstate))
			return NULL;
	}
	sp = align_frame(sp - size);
	/* A handler that ran down the alternate stack must not go on below it. */
	if (nested && !on_sig_stack(sp))
		return NULL;
	return (void __user *)sp;
}

static u32 return_address(const struct ksignal *ksig, unsigned long stub)
{
	if (ksig->ka.sa.sa_flags & SA_RESTORER)
		return (u32)ksig->ka.sa.sa_restorer;
	return stub;
}

static int setup_frame(struct ksignal *ksig, const sigset_t *set, struct pt_regs *regs)
{
	void __user *fpstate;
	struct sigframe __user *frame = place_frame(ksig, regs, sizeof(*frame), &fpstate);
	struct {
		u32 pretcode;
		int sig;
		struct sigcontext sc;
	} head;

	if (!frame)
		return -EFAULT;
	head.pretcode = return_address(ksig, SIGRETURN_STUB);
	head.sig = ksig->sig;
	fill_sigcontext(&head.sc, regs, set->sig[0], fpstate);
	if (copy_to_user(frame, &head, sizeof(head)) ||
	    put_user(set->sig[1], &frame->extramask[0]))
		return -EFAULT;
	regs->sp = (unsigned long)frame;
	regs->ax = ksig->sig;
	regs->dx = 0;
	regs->cx = 0;
	return 0;
}

static int setup_rt_frame(struct ksignal *ksig, const sigset_t *set, struct pt_regs *regs)
{
	void __user *fpstate;
	struct rt_sigframe __user *frame = place_frame(ksig, regs, sizeof(*frame), &fpstate);
	struct {
		u32 pretcode;
		int sig;
		u32 pinfo, puc;
	} head;
	struct ucontext uc = { .uc_flags = 0 };

	if (!frame)
		return -EFAULT;
	head.pretcode = return_address(ksig, RT_SIGRETURN_STUB);
	head.sig = ksig->sig;
	head.pinfo = (u32)&frame->info;
	head.puc = (u32)&frame->uc;
	fill_sigcontext(&uc.uc_mcontext, regs, set->sig[0], fpstate);
	uc.uc_sigmask = *set;
	if (copy_to_user(frame, &head, sizeof(head)) ||
	    copy_siginfo_to_user(&frame->info, &ksig->info) ||
	    copy_to_user(&frame->uc, &uc, sizeof(uc)) ||
	    __save_altstack(&frame->uc.uc_stack, regs->sp))
		return -EFAULT;
	regs->sp = (unsigned long)frame;
	regs->ax = ksig->sig;
	regs->dx = (unsigned long)&frame->info;
	regs->cx = (unsigned long)&frame->uc;
	return 0;
}

int setup_signal_frame(struct ksignal *ksig, sigset_t *set, struct pt_regs *regs)
{
	int err;

	if (ksig->ka.sa.sa_flags & SA_SIGINFO)
		err = setup_rt_frame(ksig, set, regs);
	else
		err = setup_frame(ksig, set, regs);
	if (err)
		return err;
	regs->ip = (unsigned long)ksig->ka.sa.sa_handler;
	regs->ds = regs->es = regs->ss = __USER_DS;
	regs->cs = __USER_CS;
	regs->flags &= ~FLAGS_CLEARED;
	/* The handler starts with a fresh FPU; the frame holds the program's. */
	fpu_drop(current);
	return 0;
}

/* The interrupted registers, from user memory back into @regs. */
static int restore_sigcontext(struct pt_regs *regs, const struct sigcontext __user *user)
{
	struct sigcontext sc;

	/* A call that the handler left by sigreturn is not restarted after all. */
	current->restart_block.fn = do_no_restart_syscall;
	if (copy_from_user(&sc, user, sizeof(sc)))
		return -EFAULT;
	regs->bx = sc.bx;
	regs->cx = sc.cx;
	regs->dx = sc.dx;
	regs->si = sc.si;
	regs->di = sc.di;
	regs->bp = sc.bp;
	regs->ax = sc.ax;
	regs->sp = sc.sp;
	regs->ip = sc.ip;
	/* Always user mode's privilege; a selector that names nothing faults in user mode. */
	regs->cs = sc.cs | USER_RPL;
	regs->ss = sc.ss | USER_RPL;
	regs->ds = sc.ds;
	regs->es = sc.es;
	load_user_segment(fs, sc.fs);
	load_user_segment(gs, sc.gs);
	regs->flags = (regs->flags & ~FLAGS_FROM_USER) | (sc.flags & FLAGS_FROM_USER);
	regs->orig_ax = -1UL;		/* not a system call any more: nothing to restart */
	if (!sc.fpstate) {
		fpu_drop(current);
		return 0;
	}
	return fpu_restore_from_user((void __force __user *)sc.fpstate);
}

/* A frame that cannot be read back leaves nothing to return to. */
static long bad_frame(struct pt_regs *regs, const char *what)
{
	pr_info("%s[%d]: bad frame in %s at %08lx\n", current->comm, task_pid_nr(current),
		what, regs->sp);
	force_sig(SIGSEGV);
	return 0;
}

long sys_sigreturn(void)
{
	struct pt_regs *regs = current_pt_regs();
	/* The stub has popped the signal number, the handler its return address. */
	struct sigframe __user *frame = (struct sigframe __user *)(regs->sp - 8);
	sigset_t set;

	if (get_user(set.sig[0], &frame->sc.oldmask) ||
	    get_user(set.sig[1], &frame->extramask[0]))
		return bad_frame(regs, "sigreturn");
	set_current_blocked(&set);
	if (restore_sigcontext(regs, &frame->sc))
		return bad_frame(regs, "sigreturn");
	return regs->ax;
}

long sys_rt_sigreturn(void)
{
	struct pt_regs *regs = current_pt_regs();
	struct rt_sigframe __user *frame = (struct rt_sigframe __user *)(regs->sp - 4);
	sigset_t set;

	if (copy_from_user(&set, &frame->uc.uc_sigmask, sizeof(set)))
		return bad_frame(regs, "rt_sigreturn");
	set_current_blocked(&set);
	if (restore_sigcontext(regs, &frame->uc.uc_mcontext) ||
	    restore_altstack(&frame->uc.uc_stack))
		return bad_frame(regs, "rt_sigreturn");
	return regs->ax;
}
