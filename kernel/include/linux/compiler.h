/*
 * Branch hints, compiler barriers and single accesses.
 */
#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/compiler_types.h>

#define likely(x)	__builtin_expect(!!(x), 1)
#define unlikely(x)	__builtin_expect(!!(x), 0)

/* Nothing the compiler has in registers survives this line. */
#define barrier()	asm volatile("" : : : "memory")
#define unreachable()	__builtin_unreachable()

/* Hides what the compiler knows about `var`. */
#define OPTIMIZER_HIDE_VAR(var) asm volatile("" : "=r" (var) : "0" (var))
#define RELOC_HIDE(p, off)	({ unsigned long __p;			\
	asm("" : "=r" (__p) : "0" (p)); (typeof(p))(__p + (off)); })

/* One access, neither split, merged nor repeated, to a word others change. */
#define READ_ONCE(x)	(*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, v) ((void)(*(volatile typeof(x) *)&(x) = (v)))
#define ACCESS_ONCE(x)	(*(volatile typeof(x) *)&(x))

/* KASAN does not see what assembly touches: before it, a load that it does see. */
#if DEBUG_BUILD
#define instrument_atomic(p)	((void)*(const volatile typeof(*(p)) *)(p))
#else
#define instrument_atomic(p)	((void)0)
#endif

#define data_race(e)	(e)
#define __must_be_array(a) BUILD_BUG_ON_ZERO(__same_type((a), &(a)[0]))

#include <linux/build_bug.h>

#endif
