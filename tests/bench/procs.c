/*
 * procs.c - processes made and ended.
 */
#include "bench.h"

void row_procs(void)
{
	int pid;
	static char *av[] = { "kbench", "x", 0 };

	if (want("fork_exit_wait"))
		REPEAT("fork_exit_wait", 10,
		       pid = k_fork();
		       if (pid == 0)
			       k_exit(0);
		       k_wait(pid));
	if (want("fork_exec_wait"))
		REPEAT("fork_exec_wait", 5,
		       pid = k_fork();
		       if (pid == 0) {
			       k_exec(SELF, av);
			       k_exit(1);
		       }
		       k_wait(pid));
	if (want("vfork_exec_wait")) {
		static char *ev[1];

		/* vfork, execve and exit in one piece of assembly: the child
		 * borrows our stack and must not return on it */
		REPEAT("vfork_exec_wait", 5,
		       __asm__ volatile("int $0x80\n"
					"	test %%eax,%%eax\n"
					"	jnz 1f\n"
					"	mov $11,%%eax\n"
					"	int $0x80\n"
					"	mov $1,%%eax\n"
					"	int $0x80\n"
					"1:"
					: "=a"(pid)
					: "0"(SYS_vfork), "b"(SELF), "c"(av), "d"(ev)
					: "memory");
		       k_wait(pid));
	}
}
