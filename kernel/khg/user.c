/*
 * <khg/segment.h>, <khg/malloc.h>, remap_page_range() of <khg/mm.h>: memory as in 1996.
 *
 * Context: process, but the complaints about those who call from elsewhere.
 */
#include "internal.h"

/* Whether there is a process whose memory could be meant; tells who thought so. */
static bool is_users(const char *what)
{
	return !WARN(in_interrupt(), "%s in an interrupt: whose memory would that be?", what);
}

static void access_fault(const char *what, const void *user)
{
	pr_err("khg: %s: pid %d has nothing at %p, and nobody asked verify_area()\n", what,
	       current->pid, user);
	force_sig(SIGSEGV);
}

void memcpy_fromfs(void *to, const void *user, unsigned long n)
{
	if (!is_users("memcpy_fromfs()"))
		memset(to, 0, n);
	else if (copy_from_user(to, (const void __user __force *)user, n))
		access_fault("memcpy_fromfs()", user);
}
EXPORT_SYMBOL(memcpy_fromfs);

void memcpy_tofs(void *user, const void *from, unsigned long n)
{
	if (is_users("memcpy_tofs()") && copy_to_user((void __user __force *)user, from, n))
		access_fault("memcpy_tofs()", user);
}
EXPORT_SYMBOL(memcpy_tofs);

#define FS_ACCESS(size, get_type, put_type)					\
get_type get_fs_##size(const void *user)					\
{										\
	get_type value = 0;							\
										\
	if (is_users("get_fs_" #size "()") &&					\
	    get_user(value, (const get_type __user __force *)user))		\
		access_fault("get_fs_" #size "()", user);			\
	return value;								\
}										\
EXPORT_SYMBOL(get_fs_##size);							\
										\
void put_fs_##size(put_type value, void *user)					\
{										\
	if (is_users("put_fs_" #size "()") &&					\
	    put_user(value, (put_type __user __force *)user))			\
		access_fault("put_fs_" #size "()", user);			\
}										\
EXPORT_SYMBOL(put_fs_##size)

FS_ACCESS(byte, unsigned char, char);
FS_ACCESS(word, unsigned short, short);
FS_ACCESS(long, unsigned long, unsigned long);

int verify_area(int type, const void *user, unsigned long size)
{
	unsigned long at = (unsigned long)user, end = at + size;
	struct page *page;

	if (!access_ok(user, size))
		return -EFAULT;
	for (at &= PAGE_MASK; at < end; at += PAGE_SIZE) {
		if (get_user_pages_fast(at, 1, type == VERIFY_WRITE ? FOLL_WRITE : 0, &page) != 1)
			return -EFAULT;
		put_page(page);
	}
	return 0;
}
EXPORT_SYMBOL(verify_area);

void kfree_s(const void *p, size_t size)
{
	WARN(p && size > ksize(p), "kfree_s() of %zu bytes, but there are %zu", size,
	     ksize(p));
	kfree(p);
}
EXPORT_SYMBOL(kfree_s);
