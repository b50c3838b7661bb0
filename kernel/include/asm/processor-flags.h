/* EFLAGS (Intel SDM vol. 1, 3.4.3). */
#ifndef ASM_PROCESSOR_FLAGS_H
#define ASM_PROCESSOR_FLAGS_H

#define X86_EFLAGS_CF		0x00000001
#define X86_EFLAGS_FIXED	0x00000002
#define X86_EFLAGS_PF		0x00000004
#define X86_EFLAGS_AF		0x00000010
#define X86_EFLAGS_ZF		0x00000040
#define X86_EFLAGS_SF		0x00000080
#define X86_EFLAGS_TF		0x00000100	/* single step */
#define X86_EFLAGS_IF		0x00000200	/* interrupts on */
#define X86_EFLAGS_DF		0x00000400
#define X86_EFLAGS_OF		0x00000800
#define X86_EFLAGS_RF		0x00010000	/* resume */
#define X86_EFLAGS_AC		0x00040000	/* alignment check; SMAP override in ring 0 */

#endif
