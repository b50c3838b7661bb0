/*
 * Threads without a library: a stack each, and clone() with everything shared.
 */
#ifndef TESTS_THREAD_H
#define TESTS_THREAD_H

#include <linux/sched.h>
#include <stdint.h>

#define STACK		16384
#define THREAD_FLAGS	(CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | \
			 CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

struct thread {
	uint32_t tid;			/* cleared and woken by the kernel at the end */
	char stack[STACK] __attribute__((aligned(16)));
};

/*
 * long clone_call(unsigned long flags, void **stack, uint32_t *tid)
 * clone() returns in the thread on the new stack, on which a function and its
 * argument lie; the thread ends when the function returns.
 */
long clone_call(unsigned long flags, void **stack, uint32_t *tid);
asm("clone_call:\n"
    "	pushl %ebx\n"
    "	pushl %esi\n"
    "	pushl %edi\n"
    "	movl 16(%esp), %ebx\n"
    "	movl 20(%esp), %ecx\n"
    "	movl 24(%esp), %edx\n"
    "	movl %edx, %edi\n"
    "	xorl %esi, %esi\n"
    "	movl $120, %eax\n"		/* SYS_clone */
    "	int $0x80\n"
    "	testl %eax, %eax\n"
    "	jnz 1f\n"
    "	xorl %ebp, %ebp\n"
    "	popl %eax\n"
    "	call *%eax\n"
    "	movl $1, %eax\n"		/* SYS_exit */
    "	xorl %ebx, %ebx\n"
    "	int $0x80\n"
    "1:	popl %edi\n"
    "	popl %esi\n"
    "	popl %ebx\n"
    "	ret\n");

static inline long thread_start(struct thread *thread, unsigned long flags, void (*run)(struct thread *))
{
	void **top = (void **)(thread->stack + STACK) - 4;

	thread->tid = 1;
	top[0] = (void *)run;
	top[1] = thread;
	return clone_call(flags, top, &thread->tid);
}

#endif
