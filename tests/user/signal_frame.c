/*
 * Signal frames: what a handler finds in its arguments and registers, and
 * what coming back through sigreturn restores.
 * host: yes
 */
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <ucontext.h>
#include <unistd.h>
#include "tap.h"

static volatile sig_atomic_t handled;
static siginfo_t seen_info;
static struct ucontext seen_context;
static uintptr_t seen_sp;

static void catch(int sig, void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = { .sa_flags = flags | SA_SIGINFO };

	action.sa_sigaction = handler;
	sigaction(sig, &action, NULL);
}

static void note(int sig, siginfo_t *info, void *context)
{
	int here;

	handled++;
	seen_info = *info;
	seen_context = *(struct ucontext *)context;
	seen_sp = (uintptr_t)&here;
}

static void siginfo_names_the_sender(void)
{
	catch(SIGUSR1, note, 0);
	handled = 0;
	kill(getpid(), SIGUSR1);
	CHECK_EQ(handled, 1);
	CHECK_EQ(seen_info.si_signo, SIGUSR1);
	CHECK_EQ(seen_info.si_code, SI_USER);
	CHECK_EQ(seen_info.si_pid, getpid());
	CHECK_EQ(seen_info.si_uid, getuid());
}

static void context_holds_the_registers(void)
{
	uint32_t bx, si, di, ax;
	int pid = getpid();

	catch(SIGUSR1, note, 0);
	/* kill() by hand: the registers around it are known. */
	asm volatile("int $0x80\n"
		     : "=a"(ax), "=b"(bx), "=S"(si), "=D"(di)
		     : "a"(37), "b"(pid), "c"(SIGUSR1), "S"(0x51515151), "D"(0xD1D1D1D1)
		     : "memory", "cc");
	CHECK_EQ(ax, 0);
	CHECK_EQ(bx, pid);
	CHECK_EQ(si, 0x51515151u);
	CHECK_EQ(di, 0xD1D1D1D1u);
	CHECK_EQ(seen_context.uc_mcontext.bx, pid);
	CHECK_EQ(seen_context.uc_mcontext.si, 0x51515151u);
	CHECK_EQ(seen_context.uc_mcontext.di, 0xD1D1D1D1u);
	CHECK_EQ(seen_context.uc_mcontext.ax, 0);
	CHECK_EQ(seen_context.uc_mcontext.cs & 3, 3);
}

static void change_registers(int sig, siginfo_t *info, void *context)
{
	struct sigcontext *regs = &((struct ucontext *)context)->uc_mcontext;

	regs->si = 0xABCDEF01;
	regs->flags |= 1;		/* carry */
}

static void changed_registers_come_back(void)
{
	uint32_t si, ax;
	uint8_t carry;

	catch(SIGUSR1, change_registers, 0);
	asm volatile("clc\n int $0x80\n setc %2"
		     : "=a"(ax), "=S"(si), "=qm"(carry)
		     : "a"(37), "b"(getpid()), "c"(SIGUSR1), "S"(1) : "memory", "cc");
	CHECK_EQ(si, 0xABCDEF01u);
	CHECK_EQ(carry, 1);
}

static void become_privileged(int sig, siginfo_t *info, void *context)
{
	struct sigcontext *regs = &((struct ucontext *)context)->uc_mcontext;

	regs->flags |= 0x3000;		/* IOPL 3 */
	regs->flags &= ~0x200u;		/* interrupts off */
}

static void a_frame_grants_no_privilege(void)
{
	uint32_t flags;

	catch(SIGUSR1, become_privileged, 0);
	kill(getpid(), SIGUSR1);
	asm volatile("pushfl; popl %0" : "=r"(flags));
	CHECK_EQ(flags & 0x3000, 0);
	CHECK_EQ(flags & 0x200, 0x200);
}

uintptr_t entry_sp;		/* not static: the assembly below names it */

/* The stack pointer at the entry of a handler, before its prologue. */
void entry_probe(int sig);
asm("entry_probe:\n movl %esp, entry_sp\n ret\n");

static void stack_is_aligned_for_c(void)
{
	struct sigaction action = { .sa_flags = 0 };

	action.sa_handler = entry_probe;
	sigaction(SIGUSR2, &action, NULL);
	entry_sp = 0;
	raise(SIGUSR2);
	CHECK_EQ((entry_sp + 4) % 16, 0);
}

static void handler(int sig)
{
	handled = sig;
}

static void old_frame_passes_the_number(void)
{
	struct sigaction action = { .sa_flags = 0 };

	action.sa_handler = handler;
	handled = 0;
	sigaction(SIGUSR2, &action, NULL);
	raise(SIGUSR2);
	CHECK_EQ(handled, SIGUSR2);
}

static void mask_is_in_force_and_restored(void)
{
	sigset_t before, during, after, pending;

	sigemptyset(&before);
	sigaddset(&before, SIGHUP);
	sigprocmask(SIG_SETMASK, &before, NULL);
	catch(SIGUSR1, note, 0);
	raise(SIGUSR1);
	sigprocmask(SIG_SETMASK, NULL, &after);
	during = seen_context.uc_sigmask;
	CHECK(sigismember(&during, SIGHUP) && !sigismember(&during, SIGUSR1));
	CHECK(sigismember(&after, SIGHUP) && !sigismember(&after, SIGUSR1));
	sigpending(&pending);
	CHECK(!sigismember(&pending, SIGUSR1));
	sigemptyset(&before);
	sigprocmask(SIG_SETMASK, &before, NULL);
}

static void alternate_stack_is_used(void)
{
	static char memory[SIGSTKSZ];
	stack_t stack = { .ss_sp = memory, .ss_size = sizeof(memory) }, now;

	CHECK_EQ(sigaltstack(&stack, NULL), 0);
	catch(SIGUSR1, note, SA_ONSTACK);
	raise(SIGUSR1);
	CHECK(seen_sp > (uintptr_t)memory && seen_sp < (uintptr_t)memory + sizeof(memory));
	CHECK(seen_context.uc_stack.ss_sp == memory);
	sigaltstack(NULL, &now);
	CHECK(now.ss_sp == memory && now.ss_flags == 0);
	stack.ss_flags = SS_DISABLE;
	CHECK_EQ(sigaltstack(&stack, NULL), 0);
	stack.ss_flags = 0;
	stack.ss_size = 16;
	CHECK_FAILS(sigaltstack(&stack, NULL), ENOMEM);
}

static int depth;

static void nest(int sig, siginfo_t *info, void *context)
{
	if (++depth < 5)
		raise(SIGUSR1);
}

static void handlers_nest_with_nodefer(void)
{
	catch(SIGUSR1, nest, SA_NODEFER);
	depth = 0;
	raise(SIGUSR1);
	CHECK_EQ(depth, 5);
}

int main(void)
{
	RUN(siginfo_names_the_sender);
	RUN(context_holds_the_registers);
	RUN(changed_registers_come_back);
	RUN(a_frame_grants_no_privilege);
	RUN(stack_is_aligned_for_c);
	RUN(old_frame_passes_the_number);
	RUN(mask_is_in_force_and_restored);
	RUN(alternate_stack_is_used);
	RUN(handlers_nest_with_nodefer);
	return tap_end();
}
