/*
 * FPU and SSE registers belong to the task: they survive other tasks, system
 * calls, fork and signal handlers, and each program starts with fresh ones.
 * host: yes
 */
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include "tap.h"

#define ROUNDS 200

static uint16_t control_word(void)
{
	uint16_t value;

	asm volatile("fnstcw %0" : "=m"(value));
	return value;
}

static void set_control_word(uint16_t value)
{
	asm volatile("fldcw %0" :: "m"(value));
}

static int has_sse(void)
{
	uint32_t a, b, c, d;

	asm volatile("cpuid" : "=a"(a), "=b"(b), "=c"(c), "=d"(d) : "a"(1));
	return d >> 25 & 1;
}

static uint32_t xmm0(void)
{
	uint32_t value[4];

	asm volatile("movups %%xmm0, %0" : "=m"(value));
	return value[2];
}

static void set_xmm0(uint32_t value)
{
	uint32_t four[4] = { value, value, value, value };

	asm volatile("movups %0, %%xmm0" :: "m"(four));
}

static void a_program_starts_fresh(void)
{
	CHECK_EQ(control_word(), 0x37F);
}

/* Two processes with different values, switching back and forth. */
static void survives_other_tasks(void)
{
	int i, status;
	pid_t child = fork();
	uint16_t mine = child ? 0x27F : 0x07F;

	set_control_word(mine);
	if (has_sse())
		set_xmm0(mine);
	for (i = 0; i < ROUNDS; i++) {
		sched_yield();
		if (control_word() != mine || (has_sse() && xmm0() != mine))
			break;
	}
	if (!child)
		_exit(i != ROUNDS);
	CHECK_EQ(i, ROUNDS);
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
	set_control_word(0x37F);
}

static void fork_copies_the_registers(void)
{
	double stored;
	int status;
	pid_t child;

	asm volatile("fldpi");
	child = fork();
	asm volatile("fstpl %0" : "=m"(stored));
	if (!child)
		_exit(stored < 3.14159 || stored > 3.14160);
	CHECK(stored > 3.14159 && stored < 3.14160);
	waitpid(child, &status, 0);
	CHECK_EQ(status, 0);
}

static uint16_t handlers_word;
static uint32_t frames_word, frames_xmm;

static void handler(int sig, siginfo_t *info, void *context)
{
	const struct _fpstate *frame = ((struct ucontext *)context)->uc_mcontext.fpstate;

	handlers_word = control_word();
	if (frame) {
		frames_word = frame->cw & 0xFFFF;
		frames_xmm = frame->_xmm[0].element[2];
	}
	set_control_word(0x37F);
	if (has_sse())
		set_xmm0(0);
}

static void survives_a_signal_handler(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = handler;
	sigaction(SIGUSR1, &action, NULL);
	set_control_word(0x27F);
	if (has_sse())
		set_xmm0(0x12345678);
	raise(SIGUSR1);
	CHECK_EQ(control_word(), 0x27F);
	CHECK_EQ(handlers_word, 0x37F);
	CHECK_EQ(frames_word, 0x27F);
	if (has_sse()) {
		CHECK_EQ(xmm0(), 0x12345678);
		CHECK_EQ(frames_xmm, 0x12345678);
	}
	set_control_word(0x37F);
}

static void change_frame(int sig, siginfo_t *info, void *context)
{
	struct _fpstate *frame = ((struct ucontext *)context)->uc_mcontext.fpstate;

	if (frame)
		frame->cw = 0xFFFF0000 | 0x67F;
}

static void a_handler_changes_the_frame(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = change_frame;
	sigaction(SIGUSR1, &action, NULL);
	set_control_word(0x37F);
	raise(SIGUSR1);
	CHECK_EQ(control_word(), 0x67F);
	set_control_word(0x37F);
}

static int exception_code;

static void note_exception(int sig, siginfo_t *info, void *context)
{
	exception_code = info->si_code;
	((struct ucontext *)context)->uc_mcontext.fpstate->cw |= 0x3F;
	((struct ucontext *)context)->uc_mcontext.fpstate->sw &= ~0x80FFu;
}

static void unmasked_division_is_a_signal(void)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = note_exception;
	sigaction(SIGFPE, &action, NULL);
	exception_code = 0;
	set_control_word(0x37F & ~4);		/* zero divide not masked */
	asm volatile("fld1; fldz; fdivrp; fwait; fstp %%st(0)" ::: "memory");
	CHECK_EQ(exception_code, FPE_FLTDIV);
	signal(SIGFPE, SIG_DFL);
	asm volatile("fninit");
}

int main(void)
{
	RUN(a_program_starts_fresh);
	RUN(survives_other_tasks);
	RUN(fork_copies_the_registers);
	RUN(survives_a_signal_handler);
	RUN(a_handler_changes_the_frame);
	RUN(unmasked_division_is_a_signal);
	return tap_end();
}
