/*
 * The signal calls of 1992, with masks of 32 bits, and who may queue what.
 * host: yes
 */
#include <sys/syscall.h>
#include "case.h"

/* sigaction()'s form before real-time signals */
struct action_1992 {
	void (*handler)(int);
	unsigned long mask, flags;
	void (*restorer)(void);
};

#define BIT(sig) (1UL << ((sig) - 1))

static volatile sig_atomic_t caught;
static volatile unsigned long mask_inside;

static void note(int sig)
{
	caught = sig;
	mask_inside = syscall(SYS_sgetmask);
}

static void signal_is_one_shot(void)
{
	syscall(SYS_signal, SIGUSR1, note);
	CHECK_EQ(syscall(SYS_signal, SIGUSR1, note), (long)note);
	caught = 0;
	raise(SIGUSR1);
	CHECK_EQ(caught, SIGUSR1);
	CHECK_EQ(syscall(SYS_signal, SIGUSR1, SIG_DFL), (long)SIG_DFL);	/* it was set back */
	CHECK_FAILS(syscall(SYS_signal, SIGKILL, note), EINVAL);
}

static void sigaction_of_1992(void)
{
	struct action_1992 act = { .handler = note, .mask = BIT(SIGUSR2) }, old;

	CHECK_EQ(syscall(SYS_sigaction, SIGUSR1, &act, NULL), 0);
	caught = 0;
	raise(SIGUSR1);
	CHECK_EQ(caught, SIGUSR1);
	CHECK_EQ(mask_inside, BIT(SIGUSR1) | BIT(SIGUSR2));
	CHECK_EQ(syscall(SYS_sgetmask), 0);
	CHECK_EQ(syscall(SYS_sigaction, SIGUSR1, NULL, &old), 0);
	CHECK(old.handler == note && old.mask == BIT(SIGUSR2));
	CHECK_FAILS(syscall(SYS_sigaction, SIGSTOP, &act, NULL), EINVAL);
	CHECK_FAILS(syscall(SYS_sigaction, SIGUSR1, NOWHERE, NULL), EFAULT);
	signal(SIGUSR1, SIG_DFL);
}

static void masks_of_32_bits(void)
{
	unsigned long set = BIT(SIGUSR1), old = 77, pending = 0;

	signal(SIGUSR1, note);
	CHECK_EQ(syscall(SYS_sigprocmask, SIG_BLOCK, &set, &old), 0);
	CHECK_EQ(old, 0);
	raise(SIGUSR1);
	CHECK_EQ(syscall(SYS_sigpending, &pending), 0);
	CHECK_EQ(pending, BIT(SIGUSR1));
	CHECK_EQ(syscall(SYS_ssetmask, BIT(SIGUSR1) | BIT(SIGKILL)), BIT(SIGUSR1));
	CHECK_EQ(syscall(SYS_sgetmask), BIT(SIGUSR1));
	caught = 0;
	CHECK_EQ(syscall(SYS_ssetmask, 0), BIT(SIGUSR1));
	CHECK_EQ(caught, SIGUSR1);
	CHECK_FAILS(syscall(SYS_sigprocmask, 9, &set, NULL), EINVAL);
	CHECK_FAILS(syscall(SYS_sigprocmask, SIG_BLOCK, NOWHERE, NULL), EFAULT);
	CHECK_FAILS(syscall(SYS_sigpending, NOWHERE), EFAULT);
}

static void sigsuspend_of_1992(void)
{
	unsigned long set = BIT(SIGUSR1);

	signal(SIGUSR1, note);
	syscall(SYS_sigprocmask, SIG_BLOCK, &set, NULL);
	raise(SIGUSR1);
	caught = 0;
	CHECK_FAILS(syscall(SYS_sigsuspend, 0, 0, 0), EINTR);
	CHECK_EQ(caught, SIGUSR1);
	CHECK_EQ(syscall(SYS_sgetmask), BIT(SIGUSR1));
	syscall(SYS_ssetmask, 0);
}

static void sizes_are_checked(void)
{
	sigset_t set;

	sigemptyset(&set);
	CHECK_FAILS(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, NULL, 4), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigpending, &set, 16), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigsuspend, &set, 4), EINVAL);
	CHECK_FAILS(syscall(SYS_rt_sigaction, SIGUSR1, NULL, &set, 4), EINVAL);
}

static siginfo_t seen;

static void note_info(int sig, siginfo_t *info, void *context)
{
	seen = *info;
}

static void queued_to_one_thread(void)
{
	struct sigaction act = { .sa_flags = SA_SIGINFO };
	siginfo_t info;

	act.sa_sigaction = note_info;
	sigaction(SIGUSR1, &act, NULL);
	memset(&info, 0, sizeof(info));
	info.si_signo = SIGUSR1;
	info.si_code = SI_QUEUE;
	info.si_pid = getpid();
	info.si_value.sival_int = 4711;
	CHECK_EQ(syscall(SYS_rt_tgsigqueueinfo, getpid(), getpid(), SIGUSR1, &info), 0);
	CHECK(seen.si_code == SI_QUEUE && seen.si_value.sival_int == 4711);
	CHECK_FAILS(syscall(SYS_rt_tgsigqueueinfo, getpid(), 99999999, SIGUSR1, &info), ESRCH);
	signal(SIGUSR1, SIG_DFL);
}

/* Nobody may say that a signal came from the kernel or by kill(), but to oneself. */
static void forged_codes_are_refused(void)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	info.si_code = SI_USER;
	CHECK_FAILS(syscall(SYS_rt_sigqueueinfo, getppid(), 0, &info), EPERM);
	info.si_code = SI_KERNEL;
	CHECK_FAILS(syscall(SYS_rt_sigqueueinfo, getppid(), 0, &info), EPERM);
}

static void return_by_hand_kills(void)
{
	asm volatile("movl $1, %%esp\n int $0x80" : : "a"(SYS_sigreturn));
}

static void rt_return_by_hand_kills(void)
{
	asm volatile("movl $1, %%esp\n int $0x80" : : "a"(SYS_rt_sigreturn));
}

static void returns_without_a_frame_kill(void)
{
	CHECK_EQ(reap(start(return_by_hand_kills)), 128 + SIGSEGV);
	CHECK_EQ(reap(start(rt_return_by_hand_kills)), 128 + SIGSEGV);
}

int main(void)
{
	RUN(signal_is_one_shot);
	RUN(sigaction_of_1992);
	RUN(masks_of_32_bits);
	RUN(sigsuspend_of_1992);
	RUN(sizes_are_checked);
	RUN(queued_to_one_thread);
	RUN(forged_codes_are_refused);
	RUN(returns_without_a_frame_kill);
	return tap_end();
}
