/*
 * Arguments and environment on their way from the old address space to the new
 * one.
 *
 * The strings are copied, last one first, into kernel pages that stand for the
 * top of the stack to be; when the new address space is the task's own, its
 * stack is made and the pages are copied there.
 *
 *      top ->  four bytes of 0
 *              file name
 *              envp[n-1] … envp[0]
 *              argv[n-1] … argv[0]
 *      p ->    (a script's interpreter and argument are put below)
 *
 * Context: process; the task that does the exec.
 */
#include <linux/binfmts.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>
#include "exec.h"

#define STACK_TOP_GAP	sizeof(void *)		/* Linux leaves a null pointer up there */
#define STACK_ROOM	(32 * PAGE_SIZE)	/* mapped below the strings from the start */

/* How many strings; @argv may be NULL.  -E2BIG, -EFAULT. */
int count_strings(struct arg_vector argv)
{
	const char __user *str;
	int i = 0;

	if (argv.is_kernel) {
		while (argv.kernel[i])
			i++;
		return i;
	}
	if (!argv.user)
		return 0;
	for (;;) {
		if (get_user(str, argv.user + i))
			return -EFAULT;
		if (!str)
			return i;
		if (++i >= ARG_AREA_SIZE / sizeof(str))
			return -E2BIG;
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
}

/*
 * A quarter of the stack's limit, but at least what POSIX programs expect, for
 * strings and pointers together.
 */
int set_arg_limit(struct linux_binprm *bprm)
{
	unsigned long limit = clamp_t(unsigned long, rlimit(RLIMIT_STACK) / 4,
					      32 * PAGE_SIZE, ARG_AREA_SIZE);
	unsigned long pointers = (max(bprm->argc, 1) + bprm->envc) * sizeof(void *);

	if (limit <= pointers)
		return -E2BIG;
	bprm->p = ARG_AREA_SIZE - STACK_TOP_GAP;
	bprm->argmin = ARG_AREA_SIZE - (limit - pointers);
	return 0;
}

static char *arg_page(struct linux_binprm *bprm, unsigned long pos)
{
	struct page **page = &bprm->page[pos / PAGE_SIZE];

	if (!*page)
		*page = alloc_page(GFP_KERNEL);
	return *page ? page_address(*page) : NULL;
}

/* @len bytes, the final 0 included, below what is there already. */
static int push_string(struct linux_binprm *bprm, const char *str, unsigned long len, bool is_user)
{
	unsigned long pos, part;
	char *page;

	if (len > bprm->p || bprm->p - len < bprm->argmin)
		return -E2BIG;
	bprm->p -= len;
	for (pos = bprm->p; len; pos += part, str += part, len -= part) {
		part = min(len, PAGE_SIZE - pos % PAGE_SIZE);
		page = arg_page(bprm, pos);
		if (!page)
			return -ENOMEM;
		page += pos % PAGE_SIZE;
		if (!is_user)
			memcpy(page, str, part);
		else if (copy_from_user(page, (const char __force __user *)str, part))
			return -EFAULT;
	}
	return 0;
}

int copy_string_kernel(const char *arg, struct linux_binprm *bprm)
{
	return push_string(bprm, arg, strlen(arg) + 1, false);
}

int copy_strings(struct linux_binprm *bprm, int argc, struct arg_vector argv)
{
	const char __user *str;
	long len;
	int err = 0;

	while (argc-- > 0 && !err) {
		if (argv.is_kernel) {
			err = copy_string_kernel(argv.kernel[argc], bprm);
			continue;
		}
		if (get_user(str, argv.user + argc))
			return -EFAULT;
		len = strnlen_user(str, MAX_ARG_STRLEN);
		if (!len)
			return -EFAULT;
		if (len > MAX_ARG_STRLEN)
			return -E2BIG;
		err = push_string(bprm, (const char __force *)str, len, true);
		if (fatal_signal_pending(current))
			return -EINTR;
		cond_resched();
	}
	return err;
}

static void drop_arg_page(struct linux_binprm *bprm, unsigned long i)
{
	if (bprm->page[i])
		put_page(bprm->page[i]);
	bprm->page[i] = NULL;
}

/* A script's argv[0] makes room for its interpreter.  Pages below p hold nothing: they go. */
int remove_arg_zero(struct linux_binprm *bprm)
{
	char last;

	if (!bprm->argc)
		return 0;
	do {
		char *page = arg_page(bprm, bprm->p);

		if (!page)
			return -EFAULT;
		last = page[bprm->p % PAGE_SIZE];
		if (++bprm->p % PAGE_SIZE == 0)
			drop_arg_page(bprm, bprm->p / PAGE_SIZE - 1);
	} while (last);
	bprm->argc--;
	return 0;
}

void free_arg_pages(struct linux_binprm *bprm)
{
	unsigned long i;

	for (i = bprm->p / PAGE_SIZE; i < MAX_ARG_PAGES; i++)
		drop_arg_page(bprm, i);
}

static int make_stack(struct linux_binprm *bprm, bool executable)
{
	unsigned long flags = VM_STACK_FLAGS, bottom;
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma = vm_area_alloc(mm);
	int err;

	if (!vma)
		return -ENOMEM;
	if (!executable)
		flags &= ~VM_EXEC;
	bottom = STACK_TOP - PAGE_ALIGN(ARG_AREA_SIZE - bprm->p);
	vma->vm_start = PAGE_ALIGN(bottom - PAGE_SIZE + 1) - STACK_ROOM;
	vma->vm_end = STACK_TOP;
	vma_set_anonymous(vma);
	vma->vm_flags = flags;
	vma->vm_page_prot = vm_get_page_prot(flags);
	vma_set_anonymous(vma);
	mmap_write_lock(mm);
	err = insert_vm_struct(mm, vma);
	if (!err) {
		mm->stack_vm = vma_pages(vma);
		mm->total_vm += vma_pages(vma);
	}
	mmap_write_unlock(mm);
	if (err)
		vm_area_free(vma);
	return err;
}

/* In the new address space: the stack, and the strings on it. */
int setup_arg_pages(struct linux_binprm *bprm, bool executable_stack)
{
	unsigned long base = STACK_TOP - ARG_AREA_SIZE, pos, part;
	int err = make_stack(bprm, executable_stack);

	if (err)
		return err;
	for (pos = bprm->p; pos < ARG_AREA_SIZE; pos += part) {
		part = PAGE_SIZE - pos % PAGE_SIZE;
		if (pos + part == ARG_AREA_SIZE)
			part -= STACK_TOP_GAP;
		if (part && copy_to_user((void __user *)(base + pos),
					 arg_page(bprm, pos) + pos % PAGE_SIZE, part))
			return -EFAULT;
		if (pos + part == ARG_AREA_SIZE - STACK_TOP_GAP)
			break;
	}
	free_arg_pages(bprm);
	bprm->p += base;
	bprm->exec += base;
	current->mm->start_stack = bprm->p;
	return 0;
}
