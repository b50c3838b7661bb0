/*
 * Attributes and sparse annotations. Under __CHECKER__ (make sparse) the
 * address spaces and lock contexts are real; a compiler sees nothing of them.
 */
#ifndef _LINUX_COMPILER_TYPES_H
#define _LINUX_COMPILER_TYPES_H

#ifdef __CHECKER__
#define __kernel	__attribute__((address_space(0)))
#define __user		__attribute__((noderef, address_space(__user)))
#define __iomem		__attribute__((noderef, address_space(__iomem)))
#define __percpu	__attribute__((noderef, address_space(__percpu)))
#define __rcu		__attribute__((noderef, address_space(__rcu)))
#define __force		__attribute__((force))
#define __nocast	__attribute__((nocast))
#define __safe		__attribute__((safe))
#define __bitwise	__attribute__((bitwise))
#define __must_hold(x)	__attribute__((context(x, 1, 1)))
#define __acquires(x)	__attribute__((context(x, 0, 1)))
#define __releases(x)	__attribute__((context(x, 1, 0)))
#define __cond_lock(x, c) ((c) ? ({ __acquire(x); 1; }) : 0)
#define __acquire(x)	__context__(x, 1)
#define __release(x)	__context__(x, -1)
#define __chk_user_ptr(x) ((void)(const volatile void __user *)(x))
#define __chk_io_ptr(x)	((void)(const volatile void __iomem *)(x))
#else
#define __kernel
#define __user
#define __iomem
#define __percpu
#define __rcu
#define __force
#define __nocast
#define __safe
#define __bitwise
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __cond_lock(x, c) (c)
#define __acquire(x)	((void)0)
#define __release(x)	((void)0)
#define __chk_user_ptr(x) ((void)0)
#define __chk_io_ptr(x)	((void)0)
#endif

#define __must_check	__attribute__((warn_unused_result))
#undef __always_inline
#define __always_inline	inline __attribute__((always_inline))
#define noinline	__attribute__((noinline))
#define __pure		__attribute__((pure))
#define __attribute_const__ __attribute__((const))
#define __cold		__attribute__((cold))
/* The attributes of another function, for an alias of it. */
#ifdef __clang__
#define __copy(fn)
#else
#define __copy(fn)	__attribute__((copy(fn)))
#endif
#define __weak		__attribute__((weak))
#define __used		__attribute__((used))
#define __unused	__attribute__((unused))
#define __maybe_unused	__attribute__((unused))
#define __always_unused	__attribute__((unused))
#define __packed	__attribute__((packed))
#define __aligned(x)	__attribute__((aligned(x)))
#define __section(s)	__attribute__((section(s)))
#define __alias(s)	__attribute__((alias(#s)))
#define __malloc	__attribute__((malloc))
#define __noreturn	__attribute__((noreturn))
#define __printf(a, b)	__attribute__((format(printf, a, b)))
#define __scanf(a, b)	__attribute__((format(scanf, a, b)))
#define __deprecated
#define asmlinkage	__attribute__((regparm(0)))
#define __visible
#define __read_mostly
#define __ro_after_init
#define __cacheline_aligned __aligned(64)
#define ____cacheline_aligned __aligned(64)
#define ____cacheline_aligned_in_smp __aligned(64)
#define notrace

#if defined(__CHECKER__)
#define fallthrough	do {} while (0)
#else
#define fallthrough	__attribute__((fallthrough))
#endif

#define __same_type(a, b) __builtin_types_compatible_p(typeof(a), typeof(b))
#define __native_word(t) (sizeof(t) <= sizeof(long))

#define ___PASTE(a, b)	a##b
#define __PASTE(a, b)	___PASTE(a, b)
#define __UNIQUE_ID(p)	__PASTE(__PASTE(__UNIQUE_ID_, p), __COUNTER__)

#endif
