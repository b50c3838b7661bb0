/* Model-specific registers and the time-stamp counter. */
#ifndef ASM_MSR_H
#define ASM_MSR_H

#include <linux/types.h>

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
