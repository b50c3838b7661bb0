/*
 * <linux/binfmts.h> - programs on their way into memory.
 *
 * exec opens the file, gathers arguments in pages for a new stack and
 * asks each binary format in turn; the one that knows the first bytes replaces
 * the old program.
 */
#ifndef _LINUX_BINFMTS_H
#define _LINUX_BINFMTS_H

#include <linux/types.h>
#include <linux/list.h>
#include <linux/sched.h>

struct cred;
struct file;
struct page;

#define BINPRM_BUF_SIZE	256
#define MAX_ARG_STRLEN	(32 * PAGE_SIZE)
#define MAX_ARG_STRINGS	0x7FFFFFFF

/* Strings gather in these pages, which are copied to the new stack at the end. */
#define MAX_ARG_PAGES	512
#define ARG_AREA_SIZE	(MAX_ARG_PAGES * PAGE_SIZE)

/* One exec: touched by the task that does it only. */
struct linux_binprm {
	struct page *page[MAX_ARG_PAGES]; /* the top of the stack to be; NULL: nothing there */
	unsigned long p;		/* lowest string: an offset in them, later an address */
	unsigned long argmin;		/* p may not go below */
	struct mm_struct *mm;		/* the new address space, until it is ours */
	struct file *file;		/* what is being loaded; not writable meanwhile */
	struct file *interpreter;	/* to go on with instead: set by a script */
	struct cred *cred;		/* new ids, until they are ours */
	bool secureexec;		/* ids change: AT_SECURE */
	bool point_of_no_return;	/* the old program is gone: errors kill */
	int argc, envc;
	const char *filename;		/* as the caller named it: AT_EXECFN */
	char *interp;			/* a script's interpreter; ours to free */
	unsigned long exec;		/* where the file name is, as p */
	char buf[BINPRM_BUF_SIZE];	/* first bytes of the file, zero-filled */
};

struct linux_binfmt {
	struct list_head lh;		/* binfmt_lock */
	/* 0: it runs; -ENOEXEC: not mine; other errors end the search */
	int (*load_binary)(struct linux_binprm *bprm);
};

extern void register_binfmt(struct linux_binfmt *fmt);
extern void unregister_binfmt(struct linux_binfmt *fmt);

/*
 * For load_binary(), in this order: the old program goes; the stack exists and
 * holds the strings (bprm->p is then an address); registers are the loader's job.
 */
extern int begin_new_exec(struct linux_binprm *bprm);
extern int setup_arg_pages(struct linux_binprm *bprm, bool executable_stack);
extern int bprm_change_interp(const char *interp, struct linux_binprm *bprm);
extern int copy_string_kernel(const char *arg, struct linux_binprm *bprm);
extern int remove_arg_zero(struct linux_binprm *bprm);
/* Run @filename in the current task with kernel strings.  Returns on failure only. */
extern int kernel_execve(const char *filename, const char *const *argv, const char *const *envp);

#endif
