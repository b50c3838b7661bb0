/*
 * What the boot loader left and how memory is handed on.
 *
 *	setup_arch()	reads the loader's information
 *	boot_alloc()	gives out memory for good, before there is a page allocator
 *	boot_memory_release()	tells the page allocator what is left; boot_alloc() ends there
 */
#ifndef ASM_SETUP_H
#define ASM_SETUP_H

#include <linux/types.h>

/* What head.asm has mapped when kmain() starts. */
#define BOOT_MAP_SIZE		(16UL << 20)

/* Symbols of boot/kernel.ld. */
extern char _text[], _etext[], __start_rodata[], __end_rodata[];
extern char __init_begin[], __init_end[], _sdata[], _edata[];
extern char __bss_start[], __bss_stop[], _end[];

/* A file the loader put into memory beside the kernel: the root disk of an ISO. */
struct boot_module {
	phys_addr_t start, end;
	char name[32];
};

#define BOOT_MODULES_MAX	4

extern struct boot_module boot_modules[BOOT_MODULES_MAX];
extern unsigned int boot_module_count;

/* First frame after the RAM of the direct map; frames of RAM in it (also those in use). */
extern unsigned long max_low_pfn;
extern unsigned long totalram_frames;

/*
 * setup_arch - read the loader's information into the variables above
 * @magic, @info: what head.asm was given. Context: boot, first thing of all.
 */
void setup_arch(u32 magic, u32 info);

/* Complete the direct map, write-protect the kernel. Context: boot. */
void paging_init(void);

/*
 * boot_alloc - zeroed memory that is never freed
 * @align: a power of two. Panics when there is none: nothing can run without it.
 * Context: boot, before boot_memory_release().
 */
void *boot_alloc(size_t size, size_t align);

/* Call @fn for every range of whole free frames, [start, end), in ascending order. */
void boot_memory_release(void (*fn)(unsigned long start_pfn, unsigned long end_pfn));

/* The @i-th range of RAM, [start, end), in ascending order; false: there are no more. Context: boot. */
bool boot_memory_range(unsigned int i, u32 *start, u32 *end);

/* One line for each range of RAM and each region in use. */
void boot_memory_show(void);

/* Where boot_alloc() may look: everything mapped so far. For paging_init(). */
void boot_memory_limit(unsigned long limit);

/* Set the port up and register it as a boot console. Context: boot, interrupts off. */
void early_serial_init(void);

#endif
