/*
 * Strings and memory. The mem functions are the compiler's builtins, so that
 * short constant lengths become a few instructions; kernel/lib/memory.c has
 * the rest.
 */
#ifndef _LINUX_STRING_H
#define _LINUX_STRING_H

#include <linux/compiler.h>
#include <linux/stddef.h>
#include <linux/types.h>

/*
 * clang's KASAN turns struct copies and the builtins into calls that pass their
 * arguments on the stack, whatever -mregparm says: so do all calls then.
 */
#if DEBUG_BUILD && defined(__clang__)
#define MEM_ABI	__attribute__((regparm(0)))
#else
#define MEM_ABI
#endif

MEM_ABI void *memcpy(void *dst, const void *src, size_t n);
MEM_ABI void *memmove(void *dst, const void *src, size_t n);
MEM_ABI void *memset(void *dst, int c, size_t n);
int memcmp(const void *a, const void *b, size_t n);
void *memchr(const void *s, int c, size_t n);
void *memchr_inv(const void *s, int c, size_t n);

#if !(DEBUG_BUILD && defined(__clang__))
#define memcpy(d, s, n)		__builtin_memcpy(d, s, n)
#define memmove(d, s, n)	__builtin_memmove(d, s, n)
#define memset(d, c, n)		__builtin_memset(d, c, n)
#endif
#define memcmp(a, b, n)		__builtin_memcmp(a, b, n)

size_t strlen(const char *s);
#define strlen(s)		__builtin_strlen(s)
size_t strnlen(const char *s, size_t n);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
int strcasecmp(const char *a, const char *b);
int strncasecmp(const char *a, const char *b, size_t n);
char *strcpy(char *dst, const char *src);
char *strncpy(char *dst, const char *src, size_t n);
size_t strlcpy(char *dst, const char *src, size_t size);
/* Always terminates; -E2BIG when src did not fit. */
ssize_t strscpy(char *dst, const char *src, size_t size);
ssize_t strscpy_pad(char *dst, const char *src, size_t size);
char *stpcpy(char *dst, const char *src);
char *strcat(char *dst, const char *src);
char *strncat(char *dst, const char *src, size_t n);
size_t strlcat(char *dst, const char *src, size_t size);
char *strchr(const char *s, int c);
char *strchrnul(const char *s, int c);
char *strrchr(const char *s, int c);
char *strnchr(const char *s, size_t n, int c);
char *strstr(const char *s, const char *what);
char *strnstr(const char *s, const char *what, size_t n);
size_t strspn(const char *s, const char *accept);
size_t strcspn(const char *s, const char *reject);
char *strpbrk(const char *s, const char *accept);
char *strsep(char **s, const char *delim);
char * __must_check skip_spaces(const char *s);
char *strim(char *s);
char *strreplace(char *s, char from, char to);
#define strstrip(s)	strim(s)
bool sysfs_streq(const char *a, const char *b);
int match_string(const char * const *array, size_t n, const char *string);
int __sysfs_match_string(const char * const *array, size_t n, const char *s);
#define sysfs_match_string(a, s) __sysfs_match_string(a, ARRAY_SIZE(a), s)
const char *kbasename(const char *path);

static inline bool strstarts(const char *str, const char *prefix)
{
	return strncmp(str, prefix, __builtin_strlen(prefix)) == 0;
}

static inline size_t str_has_prefix(const char *str, const char *prefix)
{
	size_t len = __builtin_strlen(prefix);

	return strncmp(str, prefix, len) == 0 ? len : 0;
}

static inline void memzero_explicit(void *s, size_t n)
{
	memset(s, 0, n);
	asm volatile("" : : "r" (s) : "memory");
}

char *kstrdup(const char *s, gfp_t gfp) __malloc;
const char *kstrdup_const(const char *s, gfp_t gfp);
void kfree_const(const void *x);
char *kstrndup(const char *s, size_t max, gfp_t gfp) __malloc;
void *kmemdup(const void *src, size_t len, gfp_t gfp);
char *kmemdup_nul(const char *s, size_t len, gfp_t gfp);
void *memdup_user(const void __user *src, size_t len);
void *memdup_user_nul(const void __user *src, size_t len);
char *strndup_user(const char __user *s, long n);

#endif
