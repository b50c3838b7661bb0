/*
 * What a Multiboot 1 loader tells (Multiboot Specification 0.6.96, 3.3).
 * Every address in it is physical. Loaders differ in what they fill in: only
 * the fields whose flag is set mean anything.
 */
#ifndef ASM_MULTIBOOT_H
#define ASM_MULTIBOOT_H

#include <linux/types.h>

#define MULTIBOOT_BOOTLOADER_MAGIC	0x2BADB002

#define MULTIBOOT_INFO_MEMORY		0x001	/* mem_lower, mem_upper */
#define MULTIBOOT_INFO_CMDLINE		0x004
#define MULTIBOOT_INFO_MODS		0x008
#define MULTIBOOT_INFO_MMAP		0x040

struct multiboot_info {
	u32 flags;
	u32 mem_lower, mem_upper;	/* KiB from 0 and from 1 MiB */
	u32 boot_device;
	u32 cmdline;
	u32 mods_count, mods_addr;
	u32 syms[4];
	u32 mmap_length, mmap_addr;
} __attribute__((packed));

struct multiboot_module {
	u32 mod_start, mod_end;		/* end is exclusive */
	u32 cmdline;
	u32 pad;
} __attribute__((packed));

#define MULTIBOOT_MEMORY_AVAILABLE	1

struct multiboot_mmap_entry {
	u32 size;			/* of what follows this word */
	u64 addr, len;
	u32 type;
} __attribute__((packed));

#endif
