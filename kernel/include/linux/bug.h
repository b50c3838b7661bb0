/*
 * BUG() and WARN_ON(): an invalid instruction and a row in __bug_table. The trap
 * handler calls fixup_bug(), which finds the row and reports; so a check costs
 * the hot path one compare and one branch. WARN() calls.
 */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/printk.h>

struct pt_regs;

#define BUGFLAG_WARNING		(1 << 0)
#define BUGFLAG_ONCE		(1 << 1)
#define BUGFLAG_DONE		(1 << 2)

#define BUG_UD2_LENGTH		2

struct bug_entry {
	unsigned long addr;		/* [I] of the ud2 */
	const char *file;		/* [I] */
	unsigned short line;		/* [I] */
	unsigned short flags;		/* BUGFLAG_DONE set once; none: a lost race warns twice */
#if DEBUG_BUILD
	const char *condition;		/* [I] "(words)", or "" */
#endif
};

#if DEBUG_BUILD
#define __BUG_CONDITION		"\t.long %c3\n"
#define __bug_operand(text)	, "i" (text)
#define bug_condition(bug)	((bug)->condition)
#else
#define __BUG_CONDITION		""
#define __bug_operand(text)
#define bug_condition(bug)	""
#endif

#ifdef __CHECKER__
#define __bug_trap(bugflags, text) ((void)0)
#else
#define __bug_trap(bugflags, text)					\
	asm volatile("1:\tud2\n"					\
		     ".pushsection __bug_table,\"aw\"\n"		\
		     "\t.long 1b, %c0\n\t.short %c1, %c2\n"		\
		     __BUG_CONDITION					\
		     ".popsection"					\
		     : : "i" (__FILE__), "i" (__LINE__), "i" (bugflags)	\
		     __bug_operand(text))
#endif

#define BUG() do { __bug_trap(0, ""); unreachable(); } while (0)
#define BUG_ON(c) do {							\
	if (unlikely(c)) {						\
		__bug_trap(0, "(" #c ")");				\
		unreachable();						\
	} } while (0)

#define WARN_ON(c) ({							\
	int __warned = !!(c);						\
	if (unlikely(__warned))						\
		__bug_trap(BUGFLAG_WARNING, "(" #c ")");		\
	unlikely(__warned); })
#define WARN_ON_ONCE(c) ({						\
	int __warned = !!(c);						\
	if (unlikely(__warned))						\
		__bug_trap(BUGFLAG_WARNING | BUGFLAG_ONCE, "(" #c ")");	\
	unlikely(__warned); })
#define WARN(c, fmt...) ({						\
	int __warned = !!(c);						\
	if (unlikely(__warned))						\
		__warn_printk(fmt);					\
	unlikely(__warned); })
#define WARN_ONCE(c, fmt...) ({						\
	static bool __did_warn;						\
	int __warn_now = !!(c);						\
	if (unlikely(__warn_now) && !__did_warn) {			\
		__did_warn = 1;						\
		WARN(1, fmt);						\
	}								\
	unlikely(__warn_now); })
#define WARN_TAINT(c, taint, fmt...) WARN(c, fmt)
#define WARN_ON_SMP(c) WARN_ON(c)

/* Reports a warning at its caller. Context: any. */
__printf(1, 2) void __warn_printk(const char *fmt, ...) __cold;

/*
 * Called by the invalid-opcode handler for a fault in kernel mode. Returns 1
 * after a warning (regs->ip stepped over the ud2), 0 for a stray instruction;
 * a BUG() does not return.
 */
int fixup_bug(struct pt_regs *regs);

#endif
