/*
 * <linux/kasan.h> - the memory checker (DEBUG=1).
 *
 * Each 8 bytes of kernel addresses have a byte of shadow, at (addr >> 3) +
 * KASAN_SHADOW_OFFSET: 0 all 8 may be used, 1-7 the first so many, anything else
 * none, and the value tells why. The compiler looks there before every access;
 * what it does not see (memcpy, copies to and from user memory, atomic
 * operations) asks kasan_check_read() and kasan_check_write().
 *
 * The allocators keep the shadow true: what they hand out is 0, all else is not.
 * Under DEBUG=0 nothing of this exists.
 */
#ifndef _LINUX_KASAN_H
#define _LINUX_KASAN_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/page.h>

/* Why 8 bytes may not be used. */
#define KASAN_FREE_PAGE		0xFF	/* page_alloc has it */
#define KASAN_PAGE_REDZONE	0xFE	/* behind a kmalloc() of whole pages */
#define KASAN_VMALLOC_INVALID	0xFD	/* no area of vmalloc() */
#define KASAN_SLAB_REDZONE	0xFC	/* between objects */
#define KASAN_SLAB_FREE		0xFB	/* an object that was freed */
#define KASAN_DEVICE_OWNED	0xFA	/* mapped for a device that may write it */
#define KASAN_GLOBAL_REDZONE	0xF9
#define KASAN_STACK_LEFT	0xF1	/* these six are the compilers' */
#define KASAN_STACK_MID		0xF2
#define KASAN_STACK_RIGHT	0xF3
#define KASAN_STACK_SCOPE	0xF8
#define KASAN_ALLOCA_LEFT	0xCA
#define KASAN_ALLOCA_RIGHT	0xCB

#define KASAN_SHADOW_SHIFT	3
#define KASAN_GRANULE		(1UL << KASAN_SHADOW_SHIFT)

struct page;

#if DEBUG_BUILD

static __always_inline u8 *kasan_shadow(const void *addr)
{
	return (u8 *)(((unsigned long)addr >> KASAN_SHADOW_SHIFT) + KASAN_SHADOW_OFFSET);
}

/* Context of all: any. @addr is a multiple of 8; the last granule counts as a whole. */
void kasan_poison(const void *addr, size_t size, u8 value);
/* @size bytes from @addr may be used, those behind in the last granule may not. */
void kasan_unpoison(const void *addr, size_t size);
/* Of the granules that lie wholly in the range those whose shadow is @from get @to. */
void kasan_repoison(const void *addr, size_t size, u8 from, u8 to);
/* Reports, if not all of the range may be used; false then. User addresses are left to page faults. */
bool kasan_check_read(const volatile void *addr, size_t size);
bool kasan_check_write(const volatile void *addr, size_t size);

/* Real shadow for the RAM there is. Context: boot, once paging_init() has mapped it. */
void kasan_init(void);
/* Redzones of global variables; the checks begin. Context: boot. */
void kasan_enable(void);
/* @address, or, where a fault met the shadow of an address below the kernel, that one. */
unsigned long kasan_fault_address(unsigned long ip, unsigned long address);

/* A free that is none: @what is "double-free" or "invalid-free", @frame the freeing function's. */
void kasan_report_free(const char *what, const void *addr, unsigned long frame);
/* Set by the allocators: who has @addr, in lines of the report. */
extern void (*kasan_describe)(unsigned long addr);
/* Set by the DMA API: which device owns @addr. */
extern void (*kasan_describe_device)(unsigned long addr);

/* mm/kasan_vmalloc.c. 0 or -ENOMEM. Context: process, may sleep. */
int kasan_vmalloc_alloc(const void *addr, unsigned long size);
void kasan_vmalloc_free(const void *addr, unsigned long size);

#else

static inline void kasan_poison(const void *addr, size_t size, u8 value) { }
static inline void kasan_unpoison(const void *addr, size_t size) { }
#define kasan_check_read(addr, size)	do { } while (0)
#define kasan_check_write(addr, size)	do { } while (0)
static inline void kasan_init(void) { }
static inline void kasan_enable(void) { }
static inline unsigned long kasan_fault_address(unsigned long ip, unsigned long address)
{
	return address;
}
static inline int kasan_vmalloc_alloc(const void *addr, unsigned long size)
{
	return 0;
}
static inline void kasan_vmalloc_free(const void *addr, unsigned long size) { }

#endif
#endif
