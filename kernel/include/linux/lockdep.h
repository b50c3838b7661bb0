/*
 * <linux/lockdep.h> - the lock checker: see kernel/debug/lockdep.c for what it finds.
 *
 * Every lock has a lockdep_map; locks that were initialised by the same line of
 * code are of one class, and rules hold between classes. A key names the
 * class: one a line that initialises locks, the lock itself if it is static.
 * DEBUG=0: maps are empty, calls and assertions nothing.
 *
 * Not watched, because anybody may release them: semaphores, completions, the
 * locks that are a bit (pages, buffers). Differences from Linux: lock_acquire()
 * takes its kind as LOCK_* bits.
 */
#ifndef _LINUX_LOCKDEP_H
#define _LINUX_LOCKDEP_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/irqflags.h>

#define MAX_LOCKDEP_SUBCLASSES	8
#define SINGLE_DEPTH_NESTING	1

/* How a lock is taken. */
#define LOCK_TRY	1	/* without waiting: makes no order */
#define LOCK_READ	2	/* shared */
#define LOCK_RECURSIVE	4	/* … and a reader may come again while writers wait */

#if DEBUG_BUILD

struct lock_class_key {
	u16 class[MAX_LOCKDEP_SUBCLASSES];	/* [graph lock] numbers of classes; 0: none yet */
};

struct lockdep_map {
	struct lock_class_key *key;	/* [I] NULL: a static lock, which is its own key */
	const char *name;		/* [I] "&inode->i_rwsem (fs/inode.c)" */
	u16 class[2];			/* [graph lock] what was looked up for subclasses 0 and 1 */
};

/* A lock that a task holds. */
struct held_lock {
	struct lockdep_map *map;
	unsigned long ip;		/* return address of who took it */
	u16 class;
	u8 how;				/* LOCK_* */
	u8 context;			/* process, bottom half, interrupt: see lockdep.c */
};

#define MAX_LOCK_DEPTH	32

/* A task's share; the task itself and interrupts on its stack write it. */
struct lockdep_task {
	unsigned int depth;
	unsigned int resting;		/* > 0: the checker is at work or looks away */
	unsigned int softirqs;		/* > 0: runs bottom halves */
	unsigned int nofault;		/* > 0: pagefault_disable() */
	unsigned long preempt_disable_ip; /* who made preempt_count nonzero */
	unsigned long flags;		/* interrupts, before the checker turned them off */
	struct held_lock locks[MAX_LOCK_DEPTH];
};

/* In an initialiser of a static lock; and at run time, a class a line. */
#define DEP_MAP_INIT(lockname)	.dep_map = { .name = #lockname " (" __FILE__ ")" }
#define lockdep_init_site(map, text)						\
	do {									\
		static struct lock_class_key __key;				\
		lockdep_init_map(map, text " (" __FILE__ ")", &__key, 0);	\
	} while (0)

void lockdep_init_map(struct lockdep_map *map, const char *name, struct lock_class_key *key,
		      int subclass);
#define lockdep_set_class(lock, key) \
	lockdep_init_map(&(lock)->dep_map, #key " (" __FILE__ ")", key, 0)
#define lockdep_set_class_and_name(lock, key, name) \
	lockdep_init_map(&(lock)->dep_map, name, key, 0)
/* Forget classes: a key's, or those whose keys lie in memory that goes (a module). */
void lockdep_unregister_key(struct lock_class_key *key);
void lockdep_free_key_range(const void *start, unsigned long size);

/* Before waiting for a lock (after, if by trying); before releasing it. @ip: return address. */
void lock_acquire(struct lockdep_map *map, unsigned int subclass, unsigned int how,
		  unsigned long ip);
void lock_release(struct lockdep_map *map, unsigned long ip);
/* A writer becomes a reader. */
void lock_downgrade(struct lockdep_map *map, unsigned long ip);

/* Does the current task hold it? @read: 0 as a writer, 1 as a reader, -1 either way. */
bool lock_is_held_type(const struct lockdep_map *map, int read);
void lockdep_assert_report(const struct lockdep_map *map, const char *wanted) __cold;
void lockdep_assert_context(const char *wanted) __cold;

#define __lockdep_assert(lock, cond, wanted)					\
	do {									\
		if (unlikely(!(cond)))						\
			lockdep_assert_report(&(lock)->dep_map, wanted);	\
	} while (0)
#define lockdep_is_held(lock)		lock_is_held_type(&(lock)->dep_map, -1)
#define lockdep_assert_held(l)		__lockdep_assert(l, lockdep_is_held(l), "held")
#define lockdep_assert_held_write(l) \
	__lockdep_assert(l, lock_is_held_type(&(l)->dep_map, 0), "held for writing")
#define lockdep_assert_held_read(l) \
	__lockdep_assert(l, lock_is_held_type(&(l)->dep_map, 1), "held for reading")
#define lockdep_assert_not_held(l)	__lockdep_assert(l, !lockdep_is_held(l), "not held")
#define __lockdep_assert_context(cond, wanted)					\
	do {									\
		if (unlikely(!(cond)))						\
			lockdep_assert_context(wanted);				\
	} while (0)
#define lockdep_assert_irqs_disabled() \
	__lockdep_assert_context(arch_irqs_disabled_flags(arch_local_save_flags()), "interrupts off")
#define lockdep_assert_irqs_enabled() \
	__lockdep_assert_context(!arch_irqs_disabled_flags(arch_local_save_flags()), "interrupts on")

/* On the way back to user mode, at a task's end, before memory is freed. */
void lockdep_sys_exit(void);
void debug_check_no_locks_held(void);
void debug_check_no_locks_freed(const void *from, unsigned long len);

/* What turned preemption and interrupts off, for reports. */
void report_atomic(bool irqs_off);

/* For /proc/lockdep. Class @nr, or false; the next class after @last taken inside it, or 0. */
bool lockdep_class_info(unsigned int nr, const char **name, unsigned int *subclass,
			unsigned int *usage);
unsigned int lockdep_next_inside(unsigned int nr, unsigned int last);
#define LOCKDEP_CLASSES	512u

extern unsigned long irqs_off_ip;	/* own CPU: who turned interrupts off */
#define lockdep_softirq_enter()	(current->lockdep.softirqs++)
#define lockdep_softirq_exit()	(current->lockdep.softirqs--)

#else /* !DEBUG_BUILD */

struct lock_class_key { };
struct lockdep_map { };
struct lockdep_task { };

#define DEP_MAP_INIT(lockname)		.dep_map = { }
#define lockdep_init_site(map, text)	do { (void)(map); } while (0)
#define lockdep_init_map(map, name, key, subclass) do { (void)(key); } while (0)
#define lockdep_set_class(lock, key)	do { (void)(key); } while (0)
#define lockdep_set_class_and_name(lock, key, name) do { (void)(key); } while (0)
#define lockdep_unregister_key(key)	do { } while (0)
#define lockdep_free_key_range(start, size) do { } while (0)
#define lock_acquire(map, subclass, how, ip) do { } while (0)
#define lock_release(map, ip)		do { } while (0)
#define lock_downgrade(map, ip)		do { } while (0)
#define lockdep_assert_held(l)		do { (void)(l); } while (0)
#define lockdep_assert_held_write(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_read(l)	do { (void)(l); } while (0)
#define lockdep_assert_not_held(l)	do { (void)(l); } while (0)
#define lockdep_assert_irqs_disabled()	do { } while (0)
#define lockdep_assert_irqs_enabled()	do { } while (0)
#define debug_check_no_locks_held()	do { } while (0)
#define debug_check_no_locks_freed(from, len) do { } while (0)
#define lockdep_softirq_enter()		do { } while (0)
#define lockdep_softirq_exit()		do { } while (0)

#endif

/* Holds nothing: a new task, or one that dies with all it holds. */
#define lockdep_init_task(task)	((task)->lockdep = (struct lockdep_task){ })

/* What could be taken is taken and released: finds the order even where it was free to skip it. */
#define might_lock(lock)							\
	do {									\
		lock_acquire(&(lock)->dep_map, 0, 0, _RET_IP_);			\
		lock_release(&(lock)->dep_map, _RET_IP_);			\
	} while (0)
#define might_lock_read(lock)							\
	do {									\
		lock_acquire(&(lock)->dep_map, 0, LOCK_READ, _RET_IP_);		\
		lock_release(&(lock)->dep_map, _RET_IP_);			\
	} while (0)

/* All tasks' held locks, for SysRq and reports of hung tasks. Context: any. */
#if DEBUG_BUILD
struct task_struct;
void debug_show_held_locks(struct task_struct *task);
void debug_show_all_locks(void);
#else
static inline void debug_show_all_locks(void) { }
#define debug_show_held_locks(task)	do { (void)(task); } while (0)
#endif

#endif
