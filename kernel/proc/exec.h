/*
 * Between exec.c and exec_args.c.
 */
#ifndef KERNEL_PROC_EXEC_H
#define KERNEL_PROC_EXEC_H

#include <linux/binfmts.h>

/* argv or envp, of a program or of the kernel. */
struct arg_vector {
	bool is_kernel;
	union {
		const char __user *const __user *user;
		const char *const *kernel;
	};
};

extern int count_strings(struct arg_vector argv);
extern int set_arg_limit(struct linux_binprm *bprm);
extern int copy_strings(struct linux_binprm *bprm, int argc, struct arg_vector argv);
extern void free_arg_pages(struct linux_binprm *bprm);

#endif
