/*
 * <linux/rcupdate.h> - read-copy-update: readers that take no lock, writers that replace
 * whole objects and free the old one when no reader can be left.
 *
 *	reader			writer
 *	rcu_read_lock()
 *	p = rcu_dereference(g)	old = g
 *	... uses *p ...		rcu_assign_pointer(g, new)
 *	rcu_read_unlock()	synchronize_rcu(), then kfree(old)
 *
 * A reader may not sleep: it holds off preemption, and a CPU that has switched tasks
 * has none of the readers any more that there were before. synchronize_rcu() waits for that.
 */
#ifndef _LINUX_RCUPDATE_H
#define _LINUX_RCUPDATE_H

#include <linux/compiler.h>
#include <linux/preempt.h>
#include <linux/slab.h>
#include <linux/types.h>
#include <asm/barrier.h>

/* Context: any. */
static inline void rcu_read_lock(void)
{
	preempt_disable();
}

static inline void rcu_read_unlock(void)
{
	preempt_enable();
}

#define rcu_read_lock_bh()	rcu_read_lock()
#define rcu_read_unlock_bh()	rcu_read_unlock()
#define rcu_read_lock_sched()	rcu_read_lock()
#define rcu_read_unlock_sched()	rcu_read_unlock()
#define rcu_read_lock_held()	(preempt_count() != 0)

#define RCU_INIT_POINTER(p, v)		WRITE_ONCE(p, (typeof(p))(v))
#define rcu_assign_pointer(p, v)	smp_store_release(&(p), (typeof(p))(v))
#define rcu_access_pointer(p)		READ_ONCE(p)
#define rcu_dereference_raw(p)		READ_ONCE(p)
#define rcu_dereference_check(p, c)	READ_ONCE(p)
#define rcu_dereference_protected(p, c)	(p)
#define rcu_dereference_sched(p)	rcu_dereference(p)
#define rcu_dereference_bh(p)		rcu_dereference(p)
#define rcu_dereference(p)							\
({										\
	WARN_ONCE(!rcu_read_lock_held(), "rcu_dereference() outside of rcu_read_lock()\n"); \
	READ_ONCE(p);								\
})
#define rcu_replace_pointer(p, v, c)						\
({										\
	typeof(p) __old = (p);							\
	rcu_assign_pointer(p, v);						\
	__old;									\
})

/* Every reader that there was has ended. Context: process, may sleep. */
void synchronize_rcu(void);
#define synchronize_rcu_expedited()	synchronize_rcu()
/* The function later, in process context, when every reader that there was has ended. Context: any. */
void call_rcu(struct rcu_head *head, rcu_callback_t func);
/* All functions of earlier calls have run: a module calls it before it goes. Context: process. */
void rcu_barrier(void);
/* kfree() of the object that @head lies @offset bytes inside. */
void kvfree_call_rcu(struct rcu_head *head, unsigned long offset);
#define kfree_rcu(ptr, member)							\
do {										\
	typeof(ptr) __ptr = (ptr);						\
	if (__ptr)								\
		kvfree_call_rcu(&__ptr->member, offsetof(typeof(*__ptr), member)); \
} while (0)

#endif
