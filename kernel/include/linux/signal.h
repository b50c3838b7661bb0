/*
 * <linux/signal.h> - sets of signals, and what each does by default.
 *
 * Sending is <linux/sched/signal.h>.  A signal's way: send_signal() queues it
 * under siglock and sets TIF_SIGPENDING on a thread that may take it; that
 * thread, on its way back to user mode, fetches it with get_signal().
 */
#ifndef _LINUX_SIGNAL_H
#define _LINUX_SIGNAL_H

#include <linux/signal_types.h>
#include <linux/string.h>
#include <linux/bug.h>

struct pt_regs;

/* What get_signal() found for the frame builder: the action as it was then. */
struct ksignal {
	struct k_sigaction ka;
	kernel_siginfo_t info;
	int sig;
};

static inline unsigned long __sigbit(int sig)
{
	return 1UL << ((sig - 1) % _NSIG_BPW);
}

static inline void sigaddset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / _NSIG_BPW] |= __sigbit(sig);
}

static inline void sigdelset(sigset_t *set, int sig)
{
	set->sig[(sig - 1) / _NSIG_BPW] &= ~__sigbit(sig);
}

static inline int sigismember(const sigset_t *set, int sig)
{
	return (set->sig[(sig - 1) / _NSIG_BPW] & __sigbit(sig)) != 0;
}

static inline int sigisemptyset(const sigset_t *set)
{
	return !(set->sig[0] | set->sig[1]);
}

static inline int sigequalsets(const sigset_t *a, const sigset_t *b)
{
	return a->sig[0] == b->sig[0] && a->sig[1] == b->sig[1];
}

static inline void sigemptyset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = 0;
}

static inline void sigfillset(sigset_t *set)
{
	set->sig[0] = set->sig[1] = ~0UL;
}

static inline void sigorsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] | b->sig[0];
	r->sig[1] = a->sig[1] | b->sig[1];
}

static inline void sigandsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & b->sig[0];
	r->sig[1] = a->sig[1] & b->sig[1];
}

/* a without b */
static inline void sigandnsets(sigset_t *r, const sigset_t *a, const sigset_t *b)
{
	r->sig[0] = a->sig[0] & ~b->sig[0];
	r->sig[1] = a->sig[1] & ~b->sig[1];
}

static inline void signotset(sigset_t *set)
{
	set->sig[0] = ~set->sig[0];
	set->sig[1] = ~set->sig[1];
}

/* The first 32 as one word, which is all that the old calls know. */
#define sigmask(sig)	(1UL << ((sig) - 1))

static inline void sigaddsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] |= mask;
}

static inline void sigdelsetmask(sigset_t *set, unsigned long mask)
{
	set->sig[0] &= ~mask;
}

static inline int sigtestsetmask(const sigset_t *set, unsigned long mask)
{
	return (set->sig[0] & mask) != 0;
}

static inline void siginitset(sigset_t *set, unsigned long mask)
{
	set->sig[0] = mask;
	set->sig[1] = 0;
}

static inline void siginitsetinv(sigset_t *set, unsigned long mask)
{
	set->sig[0] = ~mask;
	set->sig[1] = ~0UL;
}

static inline void init_sigpending(struct sigpending *pending)
{
	sigemptyset(&pending->signal);
	INIT_LIST_HEAD(&pending->list);
}

static inline int valid_signal(unsigned long sig)
{
	return sig <= _NSIG;
}

/*
 * Of the 128 bytes that user space sees, no signal uses more than these; the
 * kernel keeps no others, and shows zeroes for them (copy_siginfo_to_user()).
 */
#define SI_KERNEL_SIZE	(offsetof(struct siginfo, _sifields) + 5 * sizeof(int))

static inline void clear_siginfo(kernel_siginfo_t *info)
{
	memset(info, 0, SI_KERNEL_SIZE);
}

static inline void copy_siginfo(kernel_siginfo_t *to, const kernel_siginfo_t *from)
{
	memcpy(to, from, SI_KERNEL_SIZE);
}

/* ---- what a signal does when there is no handler */

#define SIG_KERNEL_ONLY_MASK	(sigmask(SIGKILL) | sigmask(SIGSTOP))
#define SIG_KERNEL_STOP_MASK \
	(sigmask(SIGSTOP) | sigmask(SIGTSTP) | sigmask(SIGTTIN) | sigmask(SIGTTOU))
#define SIG_KERNEL_COREDUMP_MASK \
	(sigmask(SIGQUIT) | sigmask(SIGILL) | sigmask(SIGTRAP) | sigmask(SIGABRT) | \
	 sigmask(SIGFPE) | sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGSYS) | \
	 sigmask(SIGXCPU) | sigmask(SIGXFSZ))
#define SIG_KERNEL_IGNORE_MASK \
	(sigmask(SIGCONT) | sigmask(SIGCHLD) | sigmask(SIGWINCH) | sigmask(SIGURG))
/* Raised by the program's own instruction: taken before all others. */
#define SYNCHRONOUS_MASK \
	(sigmask(SIGSEGV) | sigmask(SIGBUS) | sigmask(SIGILL) | sigmask(SIGTRAP) | \
	 sigmask(SIGFPE) | sigmask(SIGSYS))

#define siginmask(sig, mask)	((sig) > 0 && (sig) < SIGRTMIN && (sigmask(sig) & (mask)))
#define sig_kernel_only(sig)		siginmask(sig, SIG_KERNEL_ONLY_MASK)
#define sig_kernel_coredump(sig)	siginmask(sig, SIG_KERNEL_COREDUMP_MASK)
#define sig_kernel_ignore(sig)		siginmask(sig, SIG_KERNEL_IGNORE_MASK)
#define sig_kernel_stop(sig)		siginmask(sig, SIG_KERNEL_STOP_MASK)

extern void flush_sigqueue(struct sigpending *queue);
extern bool unhandled_signal(struct task_struct *task, int sig);

/* The next signal that has a handler.  Others act at once: stop, end (no return), nothing. */
extern bool get_signal(struct ksignal *ksig);
/* The frame is on the user stack (or could not be built): block what the handler wants blocked. */
extern void signal_setup_done(int failed, struct ksignal *ksig, int stepping);
/* On the way back to user mode with TIF_SIGPENDING or TIF_RESTORE_SIGMASK: kernel/proc. */
extern void do_signal(struct pt_regs *regs);
extern void exit_signals(struct task_struct *task);
extern int copy_siginfo_to_user(siginfo_t __user *to, const kernel_siginfo_t *from);
extern int copy_siginfo_from_user(kernel_siginfo_t *to, const siginfo_t __user *from);
extern int do_sigaction(int sig, struct k_sigaction *act, struct k_sigaction *oact);
extern int sigprocmask(int how, sigset_t *set, sigset_t *oldset);
extern int set_user_sigmask(const sigset_t __user *umask, size_t sigsetsize);
extern int restore_altstack(const stack_t __user *uss);
extern int __save_altstack(stack_t __user *uss, unsigned long sp);
extern void set_current_blocked(sigset_t *newset);
extern void __set_current_blocked(const sigset_t *newset);

#endif
