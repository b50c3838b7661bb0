/* What the CPU can do, asked once from CPUID leaves 1 and 7. */
#ifndef ASM_CPUFEATURE_H
#define ASM_CPUFEATURE_H

#include <linux/types.h>

/* word * 32 + bit. Words: 0 leaf 1 EDX, 1 leaf 1 ECX, 2 leaf 7 EBX, 3 leaf 80000007h EDX. */
#define X86_FEATURE_PSE		(0 * 32 + 3)
#define X86_FEATURE_TSC		(0 * 32 + 4)
#define X86_FEATURE_APIC	(0 * 32 + 9)
#define X86_FEATURE_PGE		(0 * 32 + 13)
#define X86_FEATURE_PAT		(0 * 32 + 16)
#define X86_FEATURE_FXSR	(0 * 32 + 24)
#define X86_FEATURE_XMM		(0 * 32 + 25)
#define X86_FEATURE_SMEP	(2 * 32 + 7)
#define X86_FEATURE_SMAP	(2 * 32 + 20)
#define X86_FEATURE_WORDS	4

/* Written once by cpu_identify(), then constant. */
struct cpuinfo_x86 {
	u32 x86_capability[X86_FEATURE_WORDS];
	u8 family, model, stepping;
	char vendor_id[13];
	char model_id[49];
};

extern struct cpuinfo_x86 boot_cpu_data;

static inline bool boot_cpu_has(unsigned int feature)
{
	return boot_cpu_data.x86_capability[feature / 32] >> (feature % 32) & 1;
}

static inline void cpuid(u32 leaf, u32 *eax, u32 *ebx, u32 *ecx, u32 *edx)
{
	asm volatile("cpuid" : "=a"(*eax), "=b"(*ebx), "=c"(*ecx), "=d"(*edx)
		     : "a"(leaf), "c"(0));
}

/* Ask CPUID; turn on what needs a CR4 bit. Context: boot, before anything asks. */
void cpu_identify(void);
/* pat.c: write combining, where the CPU has it. */
void pat_init(void);

#endif
