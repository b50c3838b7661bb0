/* What kasan.c and kasan_report.c share. */
#ifndef DEBUG_KASAN_H
#define DEBUG_KASAN_H

#include <linux/kasan.h>

/* clang 14 passes the arguments of the calls it makes itself on the stack, whatever -mregparm says. */
#ifdef __clang__
#define kasan_abi	__attribute__((regparm(0)))
#else
#define kasan_abi
#endif

struct kasan_access {
	unsigned long addr;
	size_t size;
	bool write;
	unsigned long bad;	/* the first byte that may not be touched */
};

/* A global variable, as both compilers describe it; ours in the words that C++ needs. */
struct asan_global {
	const void *start;
	size_t size, padded_size;
	const char *name, *file;
	struct asan_global *next;	/* in the first of a file */
	const void *location;
	unsigned long count;		/* in the first of a file */
};

extern struct asan_global *kasan_globals;
extern bool kasan_enabled;

/* @frame: of the function that the compiler, or the code that does not return to it, called. */
void kasan_report(const struct kasan_access *access, unsigned long frame) __cold;

#endif
