/*
 * <linux/binfmts.h> - programs on their way into memory.
 *
 * exec opens the file, gathers arguments in pages of a new address space and
 * asks each binary format in turn; the one that knows the first bytes replaces
 * the old program.
 */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/sched.h>

struct file;
struct pt_regs;

#define BINPRM_BUF_SIZE	256
#define MAX_ARG_STRLEN	(32 * PAGE_SIZE)
#define MAX_ARG_STRINGS	0x7FFFFFFF

/* One exec: touched by the task that does it only. */
struct linux_binprm {
	struct mm_struct *mm;		/* the new address space, until it is ours */
	struct vm_area_struct *vma;	/* its stack */
	unsigned long p;		/* top of the strings, in the new stack */
	unsigned long argmin;		/* strings may not reach below */
	struct file *file;
	struct file *interpreter;	/* to go on with instead: set by a script */
	struct cred *cred;		/* new ids */
	bool secureexec;		/* ids change: AT_SECURE */
	bool point_of_no_return;	/* the old program is gone: errors kill */
	int argc, envc;
	const char *filename;		/* as the caller named it: AT_EXECFN */
	const char *interp;		/* what is being run: a script's interpreter */
	char buf[BINPRM_BUF_SIZE];	/* first bytes of the file, zero-filled */
	unsigned long exec;		/* address of the file name on the new stack */
};

struct linux_binfmt {
	struct list_head lh;		/* binfmt_lock */
	/* 0: it runs; -ENOEXEC: not mine; other errors end the search */
	int (*load_binary)(struct linux_binprm *bprm);
};

extern void register_binfmt(struct linux_binfmt *fmt);
extern void unregister_binfmt(struct linux_binfmt *fmt);
extern int begin_new_exec(struct linux_binprm *bprm);
extern void setup_new_exec(struct linux_binprm *bprm);
extern void finalize_exec(struct linux_binprm *bprm);
extern int bprm_change_interp(const char *interp, struct linux_binprm *bprm);
extern int copy_string_kernel(const char *arg, struct linux_binprm *bprm);
extern int remove_arg_zero(struct linux_binprm *bprm);
extern void set_binfmt(struct linux_binfmt *fmt);
/* Run @filename in the current task with kernel strings.  Returns on failure only. */
extern int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);

#endif
