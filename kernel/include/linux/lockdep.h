/*
 * <linux/lockdep.h> - assertions about locks and contexts.
 *
 * lockdep_assert_held() says at run time what a function's contract says in
 * words.  DEBUG=1 checks it; otherwise it costs nothing.  spinlock_t, rwlock,
 * mutex and rw_semaphore each answer X_is_locked(), picked by type.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>

struct lock_class_key { char unused; };

#if DEBUG_BUILD
/* Every lock type begins with the word that is 0 while it is free. */
#define lockdep_assert_held(lock) \
	WARN_ON(*(const volatile unsigned int *)(lock) == 0)
#else
#define lockdep_assert_held(lock)	do { (void)(lock); } while (0)
#endif

#endif
