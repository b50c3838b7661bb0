/*
 * KASAN: the shadow, the checks, and what the compiler calls.
 *
 * gcc and clang put the check of an access into the code itself and call
 * __asan_report_*() when it fails; ranges come here whole. They also write the
 * shadow of their stack frames, and hand over the globals of each file once.
 *
 * Nothing here takes a lock: a range's shadow belongs to whoever owns the range.
 * This file is not instrumented. Context: any.
 */
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/panic.h>
#include <linux/report.h>
#include <asm/thread_info.h>
#include <asm/unaligned.h>
#include "kasan.h"

struct asan_global *kasan_globals;		/* [I] all files', linked through their first */

/* Not memset(): that one is checked. */
static void fill(u8 *shadow, u8 value, size_t n)
{
	size_t words = n / 4;

	n &= 3;
	asm volatile("rep stosl" : "+D" (shadow), "+c" (words) : "a" (value * 0x01010101u) : "memory");
	while (n--)
		*shadow++ = value;
}

void kasan_poison(const void *addr, size_t size, u8 value)
{
	fill(kasan_shadow(addr), value, DIV_ROUND_UP(size, KASAN_GRANULE));
}

void kasan_unpoison(const void *addr, size_t size)
{
	fill(kasan_shadow(addr), 0, size / KASAN_GRANULE);
	if (size % KASAN_GRANULE)
		*kasan_shadow(addr + size) = size % KASAN_GRANULE;
}

void kasan_repoison(const void *addr, size_t size, u8 from, u8 to)
{
	const void *end = addr + size - (KASAN_GRANULE - 1);
	u8 *shadow;

	for (addr = PTR_ALIGN(addr, KASAN_GRANULE); addr < end; addr += KASAN_GRANULE) {
		shadow = kasan_shadow(addr);
		if (*shadow == from)
			*shadow = to;
	}
}

/* ------------------------------------------------------------------ checks */

/* The first byte of the range that may not be used, or 0. */
static __always_inline unsigned long find_bad(unsigned long addr, size_t size)
{
	const u8 *at = kasan_shadow((void *)addr), *last = kasan_shadow((void *)(addr + size - 1));
	unsigned long granule;

	while (at < last && (unsigned long)at % 4 && !*at)
		at++;
	if (!((unsigned long)at % 4))
		while (last - at >= 4 && !*(const u32 *)at)
			at += 4;
	while (at < last && !*at)
		at++;
	/* The last granule may be good in part. */
	if (at == last && (!*at || (s8)*at > (s8)((addr + size - 1) & (KASAN_GRANULE - 1))))
		return 0;
	granule = ((unsigned long)at - KASAN_SHADOW_OFFSET) << KASAN_SHADOW_SHIFT;
	return max(addr, *at < KASAN_GRANULE ? granule + *at : granule);
}

static __always_inline bool check_range(unsigned long addr, size_t size, bool write,
					unsigned long frame)
{
	struct kasan_access access = { .addr = addr, .size = size, .write = write };

	if (!size || addr < PAGE_OFFSET)
		return true;
	if (likely(addr + size > addr)) {
		access.bad = find_bad(addr, size);
		if (likely(!access.bad))
			return true;
	} else {
		access.bad = addr;
	}
	kasan_report(&access, frame);
	return false;
}

#define HERE	((unsigned long)__builtin_frame_address(0))

bool kasan_check_read(const volatile void *addr, size_t size)
{
	return check_range((unsigned long)addr, size, false, HERE);
}
EXPORT_SYMBOL(kasan_check_read);

bool kasan_check_write(const volatile void *addr, size_t size)
{
	return check_range((unsigned long)addr, size, true, HERE);
}
EXPORT_SYMBOL(kasan_check_write);

/* ------------------------------------------------------------------ what the compiler calls */

#define ASAN_ACCESS(name, size, write)						\
void kasan_abi __asan_##name##size##_noabort(unsigned long addr);		\
void kasan_abi __asan_##name##size##_noabort(unsigned long addr)		\
{										\
	check_range(addr, size, write, HERE);					\
}										\
EXPORT_SYMBOL(__asan_##name##size##_noabort);					\
void kasan_abi __asan_report_##name##size##_noabort(unsigned long addr);	\
void kasan_abi __asan_report_##name##size##_noabort(unsigned long addr)	\
{										\
	check_range(addr, size, write, HERE);					\
}										\
EXPORT_SYMBOL(__asan_report_##name##size##_noabort)

ASAN_ACCESS(load, 1, false);
ASAN_ACCESS(load, 2, false);
ASAN_ACCESS(load, 4, false);
ASAN_ACCESS(load, 8, false);
ASAN_ACCESS(load, 16, false);
ASAN_ACCESS(store, 1, true);
ASAN_ACCESS(store, 2, true);
ASAN_ACCESS(store, 4, true);
ASAN_ACCESS(store, 8, true);
ASAN_ACCESS(store, 16, true);

#define ASAN_RANGE(name, write)							\
void kasan_abi name(unsigned long addr, size_t size);				\
void kasan_abi name(unsigned long addr, size_t size)				\
{										\
	check_range(addr, size, write, HERE);					\
}										\
EXPORT_SYMBOL(name)

ASAN_RANGE(__asan_loadN_noabort, false);
ASAN_RANGE(__asan_storeN_noabort, true);
ASAN_RANGE(__asan_report_load_n_noabort, false);
ASAN_RANGE(__asan_report_store_n_noabort, true);

/*
 * Before a call that does not return: frames may be left without their epilogue,
 * so what they have in the shadow goes now.
 */
void kasan_abi __asan_handle_no_return(void);
void kasan_abi __asan_handle_no_return(void)
{
	unsigned long sp = HERE & -KASAN_GRANULE;

	kasan_unpoison((void *)sp, (sp | (THREAD_SIZE - 1)) + 1 - sp);
}
EXPORT_SYMBOL(__asan_handle_no_return);

#define ALLOCA_REDZONE	32

void kasan_abi __asan_alloca_poison(unsigned long addr, size_t size);
void kasan_abi __asan_alloca_poison(unsigned long addr, size_t size)
{
	unsigned long end = addr + size, right = ALIGN(end, KASAN_GRANULE);

	kasan_poison((void *)(addr - ALLOCA_REDZONE), ALLOCA_REDZONE, KASAN_ALLOCA_LEFT);
	kasan_unpoison((void *)addr, size);
	kasan_poison((void *)right, ALIGN(end, ALLOCA_REDZONE) + ALLOCA_REDZONE - right,
		     KASAN_ALLOCA_RIGHT);
}
EXPORT_SYMBOL(__asan_alloca_poison);

void kasan_abi __asan_allocas_unpoison(const void *top, const void *bottom);
void kasan_abi __asan_allocas_unpoison(const void *top, const void *bottom)
{
	if (top && top <= bottom)
		kasan_unpoison(top, ALIGN((unsigned long)(bottom - top), KASAN_GRANULE));
}
EXPORT_SYMBOL(__asan_allocas_unpoison);

/* clang fills the shadow of long frames by these. */
#define ASAN_SET_SHADOW(byte)							\
void kasan_abi __asan_set_shadow_##byte(u8 *shadow, size_t n);			\
void kasan_abi __asan_set_shadow_##byte(u8 *shadow, size_t n)			\
{										\
	fill(shadow, 0x##byte, n);						\
}										\
EXPORT_SYMBOL(__asan_set_shadow_##byte)

ASAN_SET_SHADOW(00);
ASAN_SET_SHADOW(f1);
ASAN_SET_SHADOW(f2);
ASAN_SET_SHADOW(f3);
ASAN_SET_SHADOW(f5);
ASAN_SET_SHADOW(f8);

/*
 * Compilers read the shadow by an instruction with KASAN_SHADOW_OFFSET as its
 * displacement. There is none of addresses below the kernel's: a null pointer
 * faults in that instruction, before its own.
 */
unsigned long kasan_fault_address(unsigned long ip, unsigned long address)
{
	unsigned int at;
	u32 word;

	if (address < KASAN_SHADOW_OFFSET || address >= __KASAN_SHADOW_START || !is_kernel_text(ip))
		return address;
	for (at = 2; at <= 4; at++) {
		word = get_unaligned((const u32 *)(ip + at));
		if (word == KASAN_SHADOW_OFFSET)
			return (address - KASAN_SHADOW_OFFSET) << KASAN_SHADOW_SHIFT;
	}
	return address;
}

/* ------------------------------------------------------------------ globals */

void kasan_abi __asan_register_globals(struct asan_global *globals, size_t n);
void kasan_abi __asan_register_globals(struct asan_global *globals, size_t n)
{
	size_t i, good;

	for (i = 0; i < n; i++) {
		good = ALIGN(globals[i].size, KASAN_GRANULE);
		kasan_unpoison(globals[i].start, globals[i].size);
		kasan_poison(globals[i].start + good, globals[i].padded_size - good,
			     KASAN_GLOBAL_REDZONE);
	}
	globals->count = n;
	globals->next = kasan_globals;
	kasan_globals = globals;
}
EXPORT_SYMBOL(__asan_register_globals);

/* Of a module that goes. */
void kasan_abi __asan_unregister_globals(struct asan_global *globals, size_t n);
void kasan_abi __asan_unregister_globals(struct asan_global *globals, size_t n)
{
	struct asan_global **link = &kasan_globals;

	while (*link && *link != globals)
		link = &(*link)->next;
	if (*link)
		*link = globals->next;
}
EXPORT_SYMBOL(__asan_unregister_globals);

/* clang's name for the calls a file's code runs in as it starts; nothing is checked by them here. */
void kasan_abi __asan_before_dynamic_init(const char *module);
void kasan_abi __asan_before_dynamic_init(const char *module)
{
}
void kasan_abi __asan_after_dynamic_init(void);
void kasan_abi __asan_after_dynamic_init(void)
{
}

void __init kasan_enable(void)
{
	extern void (*const __start_init_array[])(void), (*const __stop_init_array[])(void);

	for (void (*const *fn)(void) = __start_init_array; fn < __stop_init_array; fn++)
		(*fn)();
	kasan_enabled = true;
}
