/* Control registers and other privileged instructions (Intel SDM vol. 3, 2.5). */
#ifndef ASM_SPECIAL_INSNS_H
#define ASM_SPECIAL_INSNS_H

#include <linux/types.h>

#define X86_CR0_MP	0x00000002UL	/* monitor coprocessor */
#define X86_CR0_EM	0x00000004UL	/* emulate the FPU */
#define X86_CR0_TS	0x00000008UL	/* task switched: FPU traps */
#define X86_CR0_NE	0x00000020UL	/* FPU errors as exception 16 */
#define X86_CR0_WP	0x00010000UL	/* ring 0 honours read-only pages */

#define X86_CR4_PSE	0x00000010UL	/* 4 MiB pages */
#define X86_CR4_PGE	0x00000080UL	/* global pages */
#define X86_CR4_OSFXSR	0x00000200UL	/* FXSAVE and SSE */
#define X86_CR4_OSXMMEXCPT 0x00000400UL	/* SSE exceptions as exception 19 */
#define X86_CR4_SMEP	0x00100000UL	/* ring 0 may not run user pages */
#define X86_CR4_SMAP	0x00200000UL	/* ring 0 may not touch user pages, unless EFLAGS.AC */

#define DEFINE_CR(n)								\
static inline unsigned long read_cr##n(void)					\
{										\
	unsigned long value;							\
										\
	asm volatile("movl %%cr" #n ", %0" : "=r"(value) :: "memory");		\
	return value;								\
}										\
										\
static inline void write_cr##n(unsigned long value)				\
{										\
	asm volatile("movl %0, %%cr" #n :: "r"(value) : "memory");		\
}

DEFINE_CR(0)
DEFINE_CR(2)
DEFINE_CR(3)
DEFINE_CR(4)
#undef DEFINE_CR

static inline void clts(void)
{
	asm volatile("clts");
}

static inline void stts(void)
{
	write_cr0(read_cr0() | X86_CR0_TS);
}

/* Model-specific registers and the time-stamp counter. */
static inline u64 native_read_msr(u32 msr)
{
	u64 value;

	asm volatile("rdmsr" : "=A"(value) : "c"(msr));
	return value;
}

static inline void native_write_msr(u32 msr, u64 value)
{
	asm volatile("wrmsr" :: "c"(msr), "A"(value) : "memory");
}

#define rdmsrl(msr, value)	((void)((value) = native_read_msr(msr)))
#define wrmsrl(msr, value)	native_write_msr(msr, value)

static inline u64 rdtsc(void)
{
	u64 value;

	asm volatile("rdtsc" : "=A"(value));
	return value;
}

/* For measuring differences: cycles or, under instruction counting, nanoseconds. */
static inline u64 get_cycles(void)
{
	return rdtsc();
}

#endif
