/*
 * uaccess.c - copies between kernel and user memory that survive a bad pointer.
 *
 * Each instruction that may fault has an entry in the exception table; the
 * page-fault handler first tries to make the page present and, if the address
 * is bad, continues at the fixup, which computes what is left.  User memory is
 * open (SMAP) only between stac() and clac().
 *
 * Context: process; may sleep, except under pagefault_disable().
 */
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/uaccess.h>

/* Returns the bytes not copied. One of the two is a user address that access_ok() accepted. */
unsigned long __copy_user(void *to, const void *from, unsigned long n)
{
	unsigned long left = n >> 2;

	stac();
	asm volatile("1: rep; movsl\n"
		     "   movl %3, %0\n"
		     "2: rep; movsb\n"
		     "3:\n"
		     ".pushsection .text.fixup, \"ax\"\n"
		     "4: leal (%3, %0, 4), %0\n"
		     "   jmp 2b\n"		/* byte by byte to where it is bad */
		     ".popsection\n"
		     _ASM_EXTABLE(1b, 4b)
		     _ASM_EXTABLE(2b, 3b)
		     : "+c"(left), "+D"(to), "+S"(from)
		     : "r"(n & 3) : "memory");
	clac();
	return left;
}
EXPORT_SYMBOL(__copy_user);

unsigned long _copy_from_user(void *to, const void __user *from, unsigned long n)
{
	unsigned long left = n;

	kasan_check_write(to, n);
	if (access_ok(from, n))
		left = __copy_user(to, (const void __force *)from, n);
	if (unlikely(left))		/* nobody shall see what lay there before */
		memset((char *)to + (n - left), 0, left);
	return left;
}
EXPORT_SYMBOL(_copy_from_user);

unsigned long __clear_user(void __user *to, unsigned long n)
{
	unsigned long left = n >> 2;

	stac();
	asm volatile("1: rep; stosl\n"
		     "   movl %2, %0\n"
		     "2: rep; stosb\n"
		     "3:\n"
		     ".pushsection .text.fixup, \"ax\"\n"
		     "4: leal (%2, %0, 4), %0\n"
		     "   jmp 2b\n"		/* byte by byte to where it is bad */
		     ".popsection\n"
		     _ASM_EXTABLE(1b, 4b)
		     _ASM_EXTABLE(2b, 3b)
		     : "+c"(left), "+D"(to)
		     : "r"(n & 3), "a"(0) : "memory");
	clac();
	return left;
}
EXPORT_SYMBOL(__clear_user);

unsigned long clear_user(void __user *to, unsigned long n)
{
	might_fault();
	return access_ok(to, n) ? __clear_user(to, n) : n;
}
EXPORT_SYMBOL(clear_user);

/* ------------------------------------------------------------------ strings */

#define ONES	0x01010101u
#define HIGHS	0x80808080u

/* The top bit of the lowest byte of @word that is 0, or 0 when none is. */
static inline u32 zero_byte(u32 word)
{
	return (word - ONES) & ~word & HIGHS;
}

/*
 * Words first: a word that runs over the end of the string may run into an
 * unmapped page, so a fault there only means to go on byte by byte.
 */
long strncpy_from_user(char *to, const char __user *from, long count)
{
	const char *src = (const char __force *)from;
	unsigned long addr = (unsigned long)from, max, done = 0;
	int err = 0;
	u32 word;
	u8 byte;

	might_fault();
	if (unlikely(count <= 0))
		return 0;
	if (unlikely(addr >= TASK_SIZE))
		return -EFAULT;
	max = min((unsigned long)count, TASK_SIZE - addr);

	stac();
	for (; max - done >= sizeof(word); done += sizeof(word)) {
		__get_user_asm(word, (const u32 *)(src + done), err, "l", "", "=r");
		if (err)
			break;
		*(u32 *)(to + done) = word;
		if (zero_byte(word)) {
			clac();
			return done + (__ffs(zero_byte(word)) >> 3);
		}
	}
	for (err = 0; done < max; done++) {
		__get_user_asm(byte, (const u8 *)(src + done), err, "b", "b", "=q");
		to[done] = byte;
		if (!byte)
			break;
	}
	clac();
	/* Stopped by the end of user space, not by count: there is no string. */
	if (err || (done == max && max < (unsigned long)count))
		return -EFAULT;
	return done;
}
EXPORT_SYMBOL(strncpy_from_user);

long strnlen_user(const char __user *str, long count)
{
	const char *src = (const char __force *)str;
	unsigned long addr = (unsigned long)str, max, done = 0;
	int err = 0;
	u32 word;
	u8 byte;

	if (unlikely(count <= 0 || addr >= TASK_SIZE))
		return 0;
	max = min((unsigned long)count, TASK_SIZE - addr);

	stac();
	for (; max - done >= sizeof(word); done += sizeof(word)) {
		__get_user_asm(word, (const u32 *)(src + done), err, "l", "", "=r");
		if (err)
			break;
		if (zero_byte(word)) {
			clac();
			return done + (__ffs(zero_byte(word)) >> 3) + 1;
		}
	}
	for (err = 0; done < max; done++) {
		__get_user_asm(byte, (const u8 *)(src + done), err, "b", "b", "=q");
		if (!byte)
			break;
	}
	clac();
	if (err || (done == max && max < (unsigned long)count))
		return 0;
	return done + 1;
}
EXPORT_SYMBOL(strnlen_user);

/* ------------------------------------------------------------------ structs that grow */

/* 1 when all @size bytes are 0, 0 when not, or -EFAULT. */
int check_zeroed_user(const void __user *from, size_t size)
{
	const u8 __user *byte = from;
	u8 value;

	for (; size; size--, byte++) {
		if (get_user(value, byte))
			return -EFAULT;
		if (value)
			return 0;
	}
	return 1;
}
EXPORT_SYMBOL(check_zeroed_user);

/* 0, -EFAULT, or -E2BIG when the user's struct is longer than ours and uses the rest. */
int copy_struct_from_user(void *to, size_t ksize, const void __user *from, size_t usize)
{
	size_t common = min(ksize, usize);
	int zeroed;

	if (usize > ksize) {
		zeroed = check_zeroed_user(from + ksize, usize - ksize);
		if (zeroed <= 0)
			return zeroed ?: -E2BIG;
	} else {
		memset((char *)to + usize, 0, ksize - usize);
	}
	return copy_from_user(to, from, common) ? -EFAULT : 0;
}
EXPORT_SYMBOL(copy_struct_from_user);

/* ------------------------------------------------------------------ doubtful kernel addresses */

/* For reports: 0, or -EFAULT when @from is not mapped. Context: any. */
long copy_from_kernel_nofault(void *to, const void *from, size_t size)
{
	unsigned long left;

	if ((unsigned long)from < PAGE_OFFSET)
		return -ERANGE;
	pagefault_disable();
	left = __copy_user(to, from, size);
	pagefault_enable();
	return left ? -EFAULT : 0;
}
EXPORT_SYMBOL(copy_from_kernel_nofault);
