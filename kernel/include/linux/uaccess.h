/*
 * <linux/uaccess.h> - the only way to user memory.
 *
 * Each function checks the address against TASK_SIZE (the __ forms leave that
 * to a caller who did), opens user memory (SMAP) for the access alone, and
 * recovers from a fault through the exception table.  copy_*_user() and
 * clear_user() return the number of bytes NOT done: 0 is success.
 *
 * Context: process; may sleep (a page may have to be read in).  Under
 * pagefault_disable() they do not sleep, and fail where they would have to.
 */
#ifndef _LINUX_UACCESS_H
#define _LINUX_UACCESS_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <linux/errno.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/preempt.h>
#include <asm/extable.h>
#include <asm/page.h>
#include <asm/processor.h>
#include <asm/smap.h>

#define VERIFY_READ	0
#define VERIFY_WRITE	1
#define user_addr_max()	TASK_SIZE

/* Whether [addr, addr + size) lies below TASK_SIZE; says nothing about what is mapped there. */
#define access_ok(addr, size)						\
	likely(__access_ok((unsigned long)(addr), (unsigned long)(size)))

static __always_inline bool __access_ok(unsigned long addr, unsigned long size)
{
	return size <= TASK_SIZE && addr <= TASK_SIZE - size;
}

/* While counted up, do_page_fault() goes straight to the exception table. */
#if DEBUG_BUILD
extern void pagefault_disable(void);
extern void pagefault_enable(void);
#else
#define pagefault_disable()	preempt_disable()
#define pagefault_enable()	preempt_enable()
#endif

#define pagefault_disabled()	in_atomic()

extern unsigned long __copy_user(void *to, const void *from, unsigned long n);
extern unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n);
extern unsigned long __clear_user(void __user *to, unsigned long n);
extern unsigned long clear_user(void __user *to, unsigned long n);
/* Length copied without the 0; @count when no 0 was met; -EFAULT. */
extern long strncpy_from_user(char *to, const char __user *from, long count);
/* Length with the 0; more than @count when none was met; 0 on a fault. */
extern long strnlen_user(const char __user *str, long count);
/* A copy from a user struct that may be longer or shorter than ours: the rest must be 0. */
extern int copy_struct_from_user(void *to, size_t ksize, const void __user *from, size_t usize);
extern int check_zeroed_user(const void __user *from, size_t size);
extern long copy_from_kernel_nofault(void *to, const void *from, size_t size);

/* ------------------------------------------------------------------ one value */

/* Not defined anywhere: reached only with an object of 3, 5 … bytes. */
extern void __uaccess_bad_size(void);

#define __put_user_asm(x, ptr, itype, reg, rtype, fault)		\
	asm volatile goto("1: mov" itype " %" reg "0, %1\n"			\
		 _ASM_EXTABLE(1b, %l[fault])				\
		 : : rtype(x), "m"(*(ptr)) : : fault)

/* Leaves @err alone, or sets it to -EFAULT and x to 0. (asm goto with outputs breaks gcc 12.) */
#define __get_user_asm(x, ptr, err, itype, reg, rtype)			\
	asm volatile("1: mov" itype " %2, %" reg "1\n"			\
		     "2:\n"						\
		     ".pushsection .text.fixup, \"ax\"\n"		\
		     "3: movl %3, %0\n"					\
		     "   xor" itype " %" reg "1, %" reg "1\n"		\
		     "   jmp 2b\n"					\
		     ".popsection\n"					\
		     _ASM_EXTABLE(1b, 3b)				\
		     : "+r"(err), rtype(x)				\
		     : "m"(*(ptr)), "i"(-EFAULT))

/* The address is good: 0 or -EFAULT. */
#define __put_user(x, ptr)						\
({									\
	__label__ __pu_fault, __pu_out;					\
	int __pu_err = 0;						\
	typeof(*(ptr)) __user *__pu_ptr = (ptr);			\
	typeof(*(ptr)) __pu_x = (x);					\
	stac();								\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		__put_user_asm((u8)(unsigned long)__pu_x, (u8 __force *)__pu_ptr, \
			       "b", "b", "iq", __pu_fault);		\
		break;							\
	case 2:								\
		__put_user_asm((u16)(unsigned long)__pu_x, (u16 __force *)__pu_ptr, \
			       "w", "w", "ir", __pu_fault);		\
		break;							\
	case 4:								\
		__put_user_asm((u32)(unsigned long)__pu_x, (u32 __force *)__pu_ptr, \
			       "l", "", "ir", __pu_fault);		\
		break;							\
	case 8: {							\
		const u32 *__pu_w = (const u32 *)&__pu_x;		\
									\
		__put_user_asm(__pu_w[0], (u32 __force *)__pu_ptr,	\
			       "l", "", "r", __pu_fault);		\
		__put_user_asm(__pu_w[1], (u32 __force *)__pu_ptr + 1,	\
			       "l", "", "r", __pu_fault);		\
		break;							\
	}								\
	default:							\
		__uaccess_bad_size();					\
	}								\
	goto __pu_out;							\
__pu_fault:								\
	__pu_err = -EFAULT;						\
__pu_out:								\
	clac();								\
	__pu_err;							\
})

/* On a fault x becomes 0. */
#define __get_user(x, ptr)						\
({									\
	int __gu_err = 0;						\
	const typeof(*(ptr)) __user *__gu_ptr = (ptr);			\
	union {								\
		u8 b;							\
		u16 w;							\
		u32 l[2];						\
		typeof(*(ptr)) val;					\
	} __gu_u;							\
	stac();								\
	switch (sizeof(*(ptr))) {					\
	case 1:								\
		__get_user_asm(__gu_u.b, (const u8 __force *)__gu_ptr,	\
			       __gu_err, "b", "b", "=q");		\
		break;							\
	case 2:								\
		__get_user_asm(__gu_u.w, (const u16 __force *)__gu_ptr,	\
			       __gu_err, "w", "w", "=r");		\
		break;							\
	case 8:								\
		__get_user_asm(__gu_u.l[1], (const u32 __force *)__gu_ptr + 1, \
			       __gu_err, "l", "", "=r");		\
		fallthrough;						\
	case 4:								\
		__get_user_asm(__gu_u.l[0], (const u32 __force *)__gu_ptr, \
			       __gu_err, "l", "", "=r");		\
		break;							\
	default:							\
		__uaccess_bad_size();					\
	}								\
	clac();								\
	(x) = (__force typeof(*(ptr)))__gu_u.val;			\
	__gu_err;							\
})

#define put_user(x, ptr)						\
({									\
	typeof(*(ptr)) __user *__p_ptr = (ptr);				\
	might_fault();							\
	access_ok(__p_ptr, sizeof(*__p_ptr)) ?				\
		__put_user((typeof(*(ptr)))(x), __p_ptr) : -EFAULT;	\
})

#define get_user(x, ptr)						\
({									\
	const typeof(*(ptr)) __user *__g_ptr = (ptr);			\
	int __g_err = -EFAULT;						\
									\
	might_fault();							\
	if (access_ok(__g_ptr, sizeof(*__g_ptr)))			\
		__g_err = __get_user(x, __g_ptr);			\
	else								\
		(x) = (__force typeof(*(ptr)))0;			\
	__g_err;							\
})

/* ------------------------------------------------------------------ many bytes */

static inline unsigned long raw_copy_from_user(void *to, const void __user *from,
					       unsigned long n)
{
	return __copy_user(to, (const void __force *)from, n);
}

static inline unsigned long raw_copy_to_user(void __user *to, const void *from, unsigned long n)
{
	return __copy_user((void __force *)to, from, n);
}

#define __copy_from_user(to, from, n)		raw_copy_from_user(to, from, n)
#define __copy_to_user(to, from, n)		raw_copy_to_user(to, from, n)
#define __copy_from_user_inatomic(to, from, n)	raw_copy_from_user(to, from, n)
#define __copy_to_user_inatomic(to, from, n)	raw_copy_to_user(to, from, n)

/* What could not be read is 0 in @to. */
static __always_inline unsigned long __must_check
copy_from_user(void *to, const void __user *from, unsigned long n)
{
	might_fault();
	return _copy_from_user(to, from, n);
}

static __always_inline unsigned long __must_check
copy_to_user(void __user *to, const void *from, unsigned long n)
{
	might_fault();
	kasan_check_read(from, n);
	if (!access_ok(to, n))
		return n;
	return raw_copy_to_user(to, from, n);
}

#endif
