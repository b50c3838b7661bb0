/*
 * What a program's own mistakes become: the right signal, with the code and
 * the address that name the mistake.
 * host: yes
 */
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <ucontext.h>
#include <unistd.h>
#include "tap.h"

static sigjmp_buf back;
static siginfo_t seen;
static int seen_trap;

static void handler(int sig, siginfo_t *info, void *context)
{
	seen = *info;
	seen_trap = ((struct ucontext *)context)->uc_mcontext.trapno;
	siglongjmp(back, 1);
}

/* Runs @mistake; leaves the siginfo in `seen`. */
static void provoke(int sig, void (*mistake)(void))
{
	struct sigaction action = { .sa_flags = SA_SIGINFO };

	action.sa_sigaction = handler;
	sigaction(sig, &action, NULL);
	memset(&seen, 0, sizeof(seen));
	if (!sigsetjmp(back, 1)) {
		mistake();
		tap_complain(__FILE__, __LINE__, "no signal came");
	}
	signal(sig, SIG_DFL);
}

static volatile uint32_t *volatile target;

static void load(void)
{
	(void)*target;
}

static void store(void)
{
	*target = 1;
}

static void null_pointer(void)
{
	target = (uint32_t *)8;
	provoke(SIGSEGV, load);
	CHECK_EQ(seen.si_code, SEGV_MAPERR);
	CHECK_EQ((uintptr_t)seen.si_addr, 8);
	CHECK_EQ(seen_trap, 14);
}

static void write_to_read_only(void)
{
	target = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	provoke(SIGSEGV, store);
	CHECK_EQ(seen.si_code, SEGV_ACCERR);
	CHECK((uintptr_t)seen.si_addr == (uintptr_t)target);
	munmap((void *)target, 4096);
}

static void kernel_address(void)
{
	target = (uint32_t *)0xC0100000;
	provoke(SIGSEGV, load);
	CHECK(seen.si_code == SEGV_MAPERR || seen.si_code == SEGV_ACCERR);
	CHECK_EQ((uintptr_t)seen.si_addr, 0xC0100000u);
}

static void divide(void)
{
	asm volatile("divl %%ecx" :: "a"(1), "d"(0), "c"(0) : "cc");
}

static void division_by_zero(void)
{
	provoke(SIGFPE, divide);
	CHECK_EQ(seen.si_code, FPE_INTDIV);
	CHECK_EQ(seen_trap, 0);
}

static void undefined(void)
{
	asm volatile("ud2");
}

static void undefined_instruction(void)
{
	provoke(SIGILL, undefined);
	CHECK_EQ(seen.si_code, ILL_ILLOPN);
	CHECK(seen.si_addr != NULL);
}

static void breakpoint(void)
{
	asm volatile("int3");
}

static void breakpoint_instruction(void)
{
	provoke(SIGTRAP, breakpoint);
	CHECK_EQ(seen_trap, 3);
}

static void privileged(void)
{
	asm volatile("hlt");
}

static void privileged_instruction(void)
{
	provoke(SIGSEGV, privileged);
	CHECK_EQ(seen.si_code, SI_KERNEL);
	CHECK_EQ(seen_trap, 13);
}

static void port(void)
{
	asm volatile("inb $0x80, %%al" ::: "eax");
}

static void port_access(void)
{
	provoke(SIGSEGV, port);
	CHECK_EQ(seen_trap, 13);
}

static void bad_segment(void)
{
	asm volatile("movl %0, %%ds" :: "r"(0x1234) : "memory");
}

static void segment_without_descriptor(void)
{
	provoke(SIGSEGV, bad_segment);
	CHECK_EQ(seen_trap, 13);
}

static void kill_by_load(void)
{
	target = (uint32_t *)8;
	load();
}

static void unhandled_fault_kills(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		kill_by_load();
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

/* Blocking SIGSEGV does not help a program that raises it itself. */
static void blocked_fault_kills(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		sigset_t set;

		sigemptyset(&set);
		sigaddset(&set, SIGSEGV);
		sigprocmask(SIG_BLOCK, &set, NULL);
		signal(SIGSEGV, SIG_IGN);
		kill_by_load();
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

/* A handler with a stack that is no stack: the frame cannot be written. */
static void no_stack_for_the_frame(void)
{
	int status;
	pid_t child = fork();

	if (!child) {
		signal(SIGUSR1, SIG_DFL);
		signal(SIGSEGV, (void (*)(int))abort);
		asm volatile("movl $16, %esp\n movl 0, %eax");
		_exit(0);
	}
	waitpid(child, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
}

int main(void)
{
	RUN(null_pointer);
	RUN(write_to_read_only);
	RUN(kernel_address);
	RUN(division_by_zero);
	RUN(undefined_instruction);
	RUN(breakpoint_instruction);
	RUN(privileged_instruction);
	RUN(port_access);
	RUN(segment_without_descriptor);
	RUN(unhandled_fault_kills);
	RUN(blocked_fault_kills);
	RUN(no_stack_for_the_frame);
	return tap_end();
}
