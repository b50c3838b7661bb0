/*
 * Blocks of memory: copy, move, fill, compare, search.
 *
 * The string instructions move a word an iteration, which beats any loop of
 * ours on an emulator and on silicon alike. The compiler calls memcpy, memmove,
 * memset and memcmp of its own accord; they must exist under these names.
 * Context: any.
 */
#include <linux/export.h>
#include <linux/kasan.h>
#include <linux/string.h>
#include <asm/unaligned.h>

#undef memcpy
#undef memmove
#undef memset
#undef memcmp

MEM_ABI void *memcpy(void *dst, const void *src, size_t n)
{
	void *to = dst;
	size_t words = n / 4;

	kasan_check_read(src, n);
	kasan_check_write(dst, n);
	asm volatile("rep movsl\n\t"
		     "movl %3, %2\n\t"
		     "andl $3, %2\n\t"
		     "jz 1f\n\t"
		     "rep movsb\n"
		     "1:"
		     : "+&D" (to), "+&S" (src), "+&c" (words) : "rm" (n) : "memory", "cc");
	return dst;
}
EXPORT_SYMBOL(memcpy);

/* Downwards where upwards would overwrite what is still to be read. */
MEM_ABI void *memmove(void *dst, const void *src, size_t n)
{
	char *to = dst;

	if ((unsigned long)dst - (unsigned long)src >= n)
		return memcpy(dst, src, n);
	kasan_check_read(src, n);
	kasan_check_write(dst, n);
	to += n - 1;
	src += n - 1;
	asm volatile("std\n\trep movsb\n\tcld"
		     : "+D" (to), "+S" (src), "+c" (n) : : "memory", "cc");
	return dst;
}
EXPORT_SYMBOL(memmove);

MEM_ABI void *memset(void *dst, int c, size_t n)
{
	void *to = dst;
	size_t words = n / 4;

	kasan_check_write(dst, n);
	asm volatile("rep stosl\n\t"
		     "movl %2, %1\n\t"
		     "andl $3, %1\n\t"
		     "jz 1f\n\t"
		     "rep stosb\n"
		     "1:"
		     : "+&D" (to), "+&c" (words) : "r" (n), "a" ((u8)c * 0x01010101u)
		     : "memory", "cc");
	return dst;
}
EXPORT_SYMBOL(memset);

int memcmp(const void *a, const void *b, size_t n)
{
	const u8 *x = a, *y = b;

	for (; n >= 4 && get_unaligned((const u32 *)x) == get_unaligned((const u32 *)y); n -= 4) {
		x += 4;
		y += 4;
	}
	for (; n; n--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}
EXPORT_SYMBOL(memcmp);

void *memchr(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++)
		if (*p == (u8)c)
			return (void *)p;
	return NULL;
}
EXPORT_SYMBOL(memchr);

/* The first byte that is not c. */
void *memchr_inv(const void *s, int c, size_t n)
{
	const u8 *p = s;

	for (; n; n--, p++)
		if (*p != (u8)c)
			return (void *)p;
	return NULL;
}
EXPORT_SYMBOL(memchr_inv);
