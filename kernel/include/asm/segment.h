/*
 * Segment selectors. The numbers are Linux's for i386, because user space
 * can see them: 0x73 and 0x7b in its registers, 0x33 for its first TLS slot.
 */
#ifndef ASM_SEGMENT_H
#define ASM_SEGMENT_H

#include <asm/extable.h>

#define GDT_ENTRY_TLS_MIN	6
#define GDT_ENTRY_TLS_ENTRIES	3
#define GDT_ENTRY_TLS_MAX	(GDT_ENTRY_TLS_MIN + GDT_ENTRY_TLS_ENTRIES - 1)
#define GDT_ENTRY_KERNEL_CS	12
#define GDT_ENTRY_KERNEL_DS	13
#define GDT_ENTRY_USER_CS	14
#define GDT_ENTRY_USER_DS	15
#define GDT_ENTRY_TSS		16
#define GDT_ENTRY_DOUBLEFAULT_TSS 31
#define GDT_ENTRIES		32

#define SEGMENT_RPL_MASK	3
#define USER_RPL		3

#define __KERNEL_CS		(GDT_ENTRY_KERNEL_CS * 8)
#define __KERNEL_DS		(GDT_ENTRY_KERNEL_DS * 8)
#define __USER_CS		(GDT_ENTRY_USER_CS * 8 + USER_RPL)
#define __USER_DS		(GDT_ENTRY_USER_DS * 8 + USER_RPL)
#define __TSS_SELECTOR		(GDT_ENTRY_TSS * 8)
#define __DOUBLEFAULT_TSS_SELECTOR (GDT_ENTRY_DOUBLEFAULT_TSS * 8)

#define loadsegment(seg, value) \
	asm volatile("movl %0, %%" #seg :: "r"((unsigned int)(value)) : "memory")
#define savesegment(seg, value) \
	asm volatile("movl %%" #seg ", %0" : "=r"(value))

/* A selector whose descriptor is gone or wrong becomes null instead of killing the switch. */
#define load_user_segment(seg, value)				\
do {								\
	unsigned int __value = (value);				\
								\
	asm volatile("1: movl %0, %%" #seg "\n"			\
		     "2:\n"					\
		     ".pushsection .text.fixup, \"ax\"\n"	\
		     "3: xorl %0, %0\n"				\
		     "jmp 1b\n"					\
		     ".popsection\n"				\
		     _ASM_EXTABLE(1b, 3b)			\
		     : "+r"(__value) :: "memory");		\
} while (0)

#endif
