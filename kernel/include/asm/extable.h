/*
 * The exception table: instructions that may fault on a user address, each
 * with the place to go on when it does. Both halves are kernel addresses.
 *
 *	asm volatile("1: movl (%2), %1\n"
 *		     "2:\n"
 *		     ... "3: movl %3, %0; jmp 2b"
 *		     _ASM_EXTABLE(1b, 3b) : ...);
 */
#ifndef ASM_EXTABLE_H
#define ASM_EXTABLE_H

#include <linux/types.h>

struct pt_regs;

struct exception_table_entry {
	unsigned long insn;
	unsigned long fixup;
};

#define _ASM_EXTABLE(from, to)			\
	".pushsection __ex_table, \"a\"\n"	\
	".balign 4\n"				\
	".long " #from ", " #to "\n"		\
	".popsection\n"

/* The entry whose instruction is at @ip, or NULL. */
const struct exception_table_entry *search_exception_tables(unsigned long ip);
/* Continue @regs at the fixup of its instruction, if it has one: returns whether it has. */
bool fixup_exception(struct pt_regs *regs);

#endif
