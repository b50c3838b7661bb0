/*
 * BUG() and WARN(): an invalid instruction and a row in __bug_table. The trap
 * handler calls fixup_bug(), which finds the row and prints file and line; so
 * a check costs the hot path one compare and one branch.
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
#define BUGFLAG_NO_CUT_HERE	(1 << 3)

#define BUG_UD2_LENGTH		2

struct bug_entry {
	unsigned long addr;		/* [I] of the ud2 */
	const char *file;		/* [I] */
	unsigned short line;		/* [I] */
	unsigned short flags;		/* BUGFLAG_DONE set once; none: a lost race warns twice */
};

#ifdef __CHECKER__
#define __bug_trap(bugflags) ((void)0)
#else
#define __bug_trap(bugflags)						\
	asm volatile("1:\tud2\n"					\
		     ".pushsection __bug_table,\"aw\"\n"		\
		     "\t.long 1b, %c0\n\t.short %c1, %c2\n"		\
		     ".popsection"					\
		     : : "i" (__FILE__), "i" (__LINE__), "i" (bugflags))
#endif

#define BUG() do { __bug_trap(0); unreachable(); } while (0)
#define BUG_ON(c) do { if (unlikely(c)) BUG(); } while (0)

#define WARN_ON(c) ({							\
	int __warned = !!(c);						\
	if (unlikely(__warned))						\
		__bug_trap(BUGFLAG_WARNING);				\
	unlikely(__warned); })
#define WARN_ON_ONCE(c) ({						\
	int __warned = !!(c);						\
	if (unlikely(__warned))						\
		__bug_trap(BUGFLAG_WARNING | BUGFLAG_ONCE);		\
	unlikely(__warned); })
#define WARN(c, fmt...) ({						\
	int __warned = !!(c);						\
	if (unlikely(__warned)) {					\
		__warn_printk(fmt);					\
		__bug_trap(BUGFLAG_WARNING | BUGFLAG_NO_CUT_HERE);	\
	}								\
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

__printf(1, 2) void __warn_printk(const char *fmt, ...) __cold;

/*
 * Called by the invalid-opcode handler for a fault in kernel mode. Returns 1
 * after a warning (regs->ip stepped over the ud2), 0 when the caller is to
 * die: a BUG(), which it has announced, or a stray instruction.
 */
int fixup_bug(struct pt_regs *regs);
/* How often WARN fired since boot; tests read it. */
extern unsigned int warn_count;

#endif
