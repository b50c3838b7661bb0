/*
 * <linux/percpu.h> - a variable for each CPU, which needs no lock against other CPUs: only
 * against being moved to another, which get_cpu_var() holds off.
 *
 * DEFINE_PER_CPU() is the first CPU's; another's lies per_cpu_offset(cpu) further on, as
 * does its piece of what alloc_percpu() gives.
 */
#ifndef _LINUX_PERCPU_H
#define _LINUX_PERCPU_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/smp.h>

extern unsigned long __per_cpu_offset[NR_CPUS];		/* constant; all CPUs that run have one */

#define per_cpu_offset(cpu)	(__per_cpu_offset[cpu])

#define DECLARE_PER_CPU(type, name)	extern __percpu __typeof__(type) name
#define DEFINE_PER_CPU(type, name)	__percpu __section(".data..percpu") __typeof__(type) name
#define DEFINE_PER_CPU_ALIGNED(type, name)	DEFINE_PER_CPU(type, name) ____cacheline_aligned
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) DEFINE_PER_CPU_ALIGNED(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name)	DEFINE_PER_CPU(type, name)
#define EXPORT_PER_CPU_SYMBOL(name)	EXPORT_SYMBOL(name)
#define EXPORT_PER_CPU_SYMBOL_GPL(name)	EXPORT_SYMBOL_GPL(name)

#define per_cpu_ptr(ptr, cpu) \
	((typeof(*(ptr)) __kernel __force *)((unsigned long)(ptr) + per_cpu_offset(cpu)))
#define raw_cpu_ptr(ptr)	per_cpu_ptr(ptr, smp_processor_id())
#define this_cpu_ptr(ptr)	raw_cpu_ptr(ptr)
#define per_cpu(name, cpu)	(*per_cpu_ptr(&(name), cpu))

/* The CPU's own, not to be taken away from it meanwhile: it may not sleep. */
#define get_cpu_var(name)	(*({ preempt_disable(); this_cpu_ptr(&(name)); }))
#define put_cpu_var(name)	do { (void)&(name); preempt_enable(); } while (0)
#define get_cpu_ptr(ptr)	({ preempt_disable(); this_cpu_ptr(ptr); })
#define put_cpu_ptr(ptr)	do { (void)(ptr); preempt_enable(); } while (0)

/* One step for whoever runs on this CPU, interrupt handlers not included. */
#define this_cpu_op(name, op)							\
({										\
	typeof(name) __kernel __force *__ptr;					\
	preempt_disable();							\
	__ptr = this_cpu_ptr(&(name));						\
	(void)(op);								\
	preempt_enable();							\
})
#define this_cpu_write(name, value)	this_cpu_op(name, *__ptr = (value))
#define this_cpu_add(name, value)	this_cpu_op(name, *__ptr += (value))
#define this_cpu_sub(name, value)	this_cpu_op(name, *__ptr -= (value))
#define this_cpu_inc(name)		this_cpu_add(name, 1)
#define this_cpu_dec(name)		this_cpu_sub(name, 1)
#define this_cpu_read(name)							\
({										\
	typeof(name) __value;							\
	preempt_disable();							\
	__value = *this_cpu_ptr(&(name));					\
	preempt_enable();							\
	__value;								\
})
#define __this_cpu_read(name)		(*this_cpu_ptr(&(name)))
#define __this_cpu_write(name, value)	((void)(*this_cpu_ptr(&(name)) = (value)))
#define __this_cpu_add(name, value)	((void)(*this_cpu_ptr(&(name)) += (value)))
#define __this_cpu_inc(name)		__this_cpu_add(name, 1)
#define __this_cpu_dec(name)		__this_cpu_add(name, -1)

/* Zeroed, for each CPU; NULL.  Context: process, may sleep. */
void __percpu *__alloc_percpu(size_t size, size_t align);
void free_percpu(void __percpu *ptr);

#define alloc_percpu(type) \
	((typeof(type) __percpu *)__alloc_percpu(sizeof(type), __alignof__(type)))

#endif
