/*
 * The lock checker, first half: which locks each task holds, and what may not
 * be while it holds them.
 *
 *	lock_acquire()	asks lockdep_graph.c whether this class may be taken in
 *			this context and after those that are held; notes it
 *	lock_release()	forgets it, or tells that it was not held
 *	the rest	nothing is held at the return to user mode, at a task's
 *			end, in memory that is freed; assertions
 *
 * A task notes its locks in its own task_struct, interrupts on its stack notes
 * theirs above; they are gone before it goes on. A lock of an interrupt stands
 * in no order to those of whom it interrupted.
 *
 * The common case (all seen before) takes no lock and calls nothing. The
 * checker allocates nothing, and rests while a report is printed.
 */
#include <linux/bug.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kasan.h>
#include <linux/kernel.h>
#include <linux/mm_types.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/stacktrace.h>
#include <linux/uaccess.h>
#include "lockdep.h"

enum { PROCESS, BOTTOM_HALF, INTERRUPT };

unsigned long irqs_off_ip;
EXPORT_SYMBOL(irqs_off_ip);
static bool given_up;			/* a task holds more than its table; set once */

static bool resting(const struct lockdep_task *held)
{
	return unlikely(held->resting || given_up) || report_running();
}

/* ------------------------------------------------------------------ taking, releasing */

static u8 context_of(const struct lockdep_task *held, int count)
{
	if (count & HARDIRQ_MASK)
		return INTERRUPT;
	return held->softirqs ? BOTTOM_HALF : PROCESS;
}

/* What taking @lock now says of its class. @flags: interrupts, before we turned them off. */
static u8 usage_now(const struct held_lock *lock, unsigned long flags, int count)
{
	u8 want = 0;

	if (lock->context != PROCESS && !(lock->how & LOCK_TRY))
		want = lock->context == INTERRUPT ? 1 << USED_IN_HARDIRQ : 1 << USED_IN_SOFTIRQ;
	if (flags & X86_EFLAGS_IF) {
		want |= 1 << ENABLED_HARDIRQ;
		if (!(count & SOFTIRQ_MASK))
			want |= 1 << ENABLED_SOFTIRQ;
	}
	return lock->how & LOCK_READ ? want << USAGE_READ : want;
}

/* Against all that is held in the same context, the latest first. */
static inline void check_order(const struct lockdep_task *held, const struct held_lock *new)
{
	const struct held_lock *prev = new;
	bool direct = true;		/* no held lock stands between that implies the order */

	while (prev-- > held->locks && prev->context == new->context) {
		bool weak = (prev->how | new->how) & LOCK_RECURSIVE;

		if (unlikely(prev->class == new->class)) {
			if (!(prev->how & new->how & LOCK_RECURSIVE) &&
			    !edge_known(prev->class, new->class, weak))
				lockdep_same_class(prev, new);
		} else if (direct && !edge_known(prev->class, new->class, weak)) {
			lockdep_add_edge(prev, new);
		}
		direct &= (prev->how & (LOCK_TRY | LOCK_RECURSIVE)) != 0;
	}
}

static noinline void give_up(struct lockdep_task *held)
{
	given_up = true;
	pr_warn("lockdep: %s holds more than %u locks; the checker stops\n", current->comm,
		MAX_LOCK_DEPTH);
}

void lock_acquire(struct lockdep_map *map, unsigned int subclass, unsigned int how,
		  unsigned long ip)
{
	struct lockdep_task *held = &current->lockdep;
	struct held_lock *new;
	unsigned long flags;
	int count;
	u8 want;

	if (resting(held))
		return;
	kasan_check_read(map, sizeof(*map));	/* a lock in freed memory; this file is compiled without */
	flags = arch_local_irq_save();
	held->flags = flags;
	count = preempt_count();
	if (unlikely(held->depth == MAX_LOCK_DEPTH)) {
		give_up(held);
		goto out;
	}
	new = &held->locks[held->depth];
	new->map = map;
	new->ip = ip;
	new->how = how;
	new->context = context_of(held, count);
	new->class = subclass < ARRAY_SIZE(map->class) ? map->class[subclass] : 0;
	if (unlikely(!new->class))
		new->class = lockdep_find_class(map, subclass, ip);
	if (likely(new->class)) {
		want = usage_now(new, flags, count);
		if (unlikely(want & ~lock_classes[new->class].usage))
			lockdep_mark_usage(new, want);
		if (held->depth && !(how & LOCK_TRY))
			check_order(held, new);
	}
	held->depth++;
out:
	held->flags = 0;
	arch_local_irq_restore(flags);
}
EXPORT_SYMBOL(lock_acquire);

static struct held_lock *find_held(struct lockdep_task *held, const struct lockdep_map *map)
{
	struct held_lock *lock = &held->locks[held->depth];

	while (lock-- > held->locks)
		if (lock->map == map)
			return lock;
	return NULL;
}

static noinline void not_held(const struct lockdep_map *map, unsigned long ip)
{
	report_begin(ip, "lock: unlocking what is not held");
	report_line("lock: %s", map->name ?: "(uninitialised)");
	report_stack_here("Call trace:");
	report_end();
}

void lock_release(struct lockdep_map *map, unsigned long ip)
{
	struct lockdep_task *held = &current->lockdep;
	struct held_lock *lock, *last;
	unsigned long flags;

	if (resting(held))
		return;
	flags = arch_local_irq_save();
	lock = find_held(held, map);
	if (likely(lock)) {
		last = &held->locks[--held->depth];
		for (; unlikely(lock < last); lock++)
			*lock = lock[1];
	} else {
		not_held(map, ip);
	}
	arch_local_irq_restore(flags);
}
EXPORT_SYMBOL(lock_release);

void lock_downgrade(struct lockdep_map *map, unsigned long ip)
{
	struct held_lock *lock = find_held(&current->lockdep, map);

	if (lock)
		lock->how |= LOCK_READ;
	else if (!resting(&current->lockdep))
		not_held(map, ip);
}
EXPORT_SYMBOL(lock_downgrade);

/* ------------------------------------------------------------------ who holds what */

static void show_lock(const struct held_lock *lock)
{
	const char *file;
	unsigned int line;
	const char *how = lock->how & LOCK_READ ? ", for reading" : "";

	if (!kallsyms_line(lock->ip - 1, &file, &line))
		pr_emerg(" holding: %s%s, taken at %pB  %s:%u\n", lock->map->name ?: "a lock", how,
			 (void *)lock->ip, file, line);
	else
		pr_emerg(" holding: %s%s, taken at %pB\n", lock->map->name ?: "a lock", how,
			 (void *)lock->ip);
}

void debug_show_held_locks(struct task_struct *task)
{
	const struct lockdep_task *held = &task->lockdep;

	for (unsigned int i = min(READ_ONCE(held->depth), MAX_LOCK_DEPTH + 0u); i--; )
		show_lock(&held->locks[i]);
}

static void show_mine(void)
{
	debug_show_held_locks(current);
}

/* Without locks: it is asked for when nothing goes on any more. */
void debug_show_all_locks(void)
{
	struct task_struct *leader, *task;

	for_each_process(leader)
		for_each_thread(leader, task) {
			if (!task->lockdep.depth)
				continue;
			pr_emerg("PID %d (%s):\n", task->pid, task->comm);
			debug_show_held_locks(task);
		}
}

void report_atomic(bool irqs_off)
{
	if (in_irq()) {
		report_line("it is an interrupt");
		return;
	}
	if (in_atomic()) {
		report_line("preemption off since:");
		print_address(KERN_EMERG, current->lockdep.preempt_disable_ip);
	}
	if (irqs_off && irqs_off_ip) {
		report_line("interrupts off since (if it was not the CPU itself):");
		print_address(KERN_EMERG, irqs_off_ip);
	}
}

/* ------------------------------------------------------------------ who may sleep */

static noinline void cannot_sleep(const char *file, int line, unsigned long ip)
{
	bool irqs_off = irqs_disabled();

	/* The bring-up allocates with interrupts off: there is nobody to sleep for. */
	if (report_running() || system_state == SYSTEM_BOOTING)
		return;
	report_begin(ip, "context: sleeping function called from atomic context");
	report_line("at %s:%d", file, line);
	report_atomic(irqs_off);
	report_stack_here("Call trace:");
	report_end();
}

void __might_sleep(const char *file, int line, int preempt_offset)
{
	if (unlikely(preempt_count() != preempt_offset || irqs_disabled()))
		cannot_sleep(file, line, _RET_IP_);
}
EXPORT_SYMBOL(__might_sleep);

void __might_fault(const char *file, int line)
{
	struct mm_struct *mm = current->mm;

	if (current->lockdep.nofault)
		return;
	if (unlikely(in_atomic() || irqs_disabled()))
		cannot_sleep(file, line, _RET_IP_);
	else if (mm)
		might_lock_read(&mm->mmap_lock);
}
EXPORT_SYMBOL(__might_fault);

void pagefault_disable(void)
{
	preempt_disable();
	current->lockdep.nofault++;
}
EXPORT_SYMBOL(pagefault_disable);

void pagefault_enable(void)
{
	current->lockdep.nofault--;
	preempt_enable();
}
EXPORT_SYMBOL(pagefault_enable);

/* ------------------------------------------------------------------ what must be held */

bool lock_is_held_type(const struct lockdep_map *map, int read)
{
	struct lockdep_task *held = &current->lockdep;
	const struct held_lock *lock = find_held(held, map);

	if (unlikely(resting(held)))
		return true;
	return lock && (read < 0 || read == !!(lock->how & LOCK_READ));
}
EXPORT_SYMBOL(lock_is_held_type);

void lockdep_assert_report(const struct lockdep_map *map, const char *wanted)
{
	if (resting(&current->lockdep))
		return;
	report_begin(_RET_IP_, "lock: should be %s here", wanted);
	report_line("lock: %s", map->name ?: "a lock");
	report_stack_here("Call trace:");
	report_end();
}
EXPORT_SYMBOL(lockdep_assert_report);

void lockdep_assert_context(const char *wanted)
{
	if (report_running())
		return;
	report_begin(_RET_IP_, "context: needs %s", wanted);
	report_stack_here("Call trace:");
	report_end();
}
EXPORT_SYMBOL(lockdep_assert_context);

/* ------------------------------------------------------------------ what must not be held */

/* Forgets them, so that each is told once. */
static void all_must_be_free(const char *when, unsigned long ip)
{
	report_begin(ip, "lock: %s", when);
	report_stack_here("Call trace:");
	report_end();
	current->lockdep.depth = 0;
}

/*
 * Called by entry.asm from the end of a system call, an exception or an
 * interrupt that came from user mode; interrupts as that left them.
 */
void lockdep_sys_exit(void)
{
	struct thread_info *ti = current_thread_info();

	if (unlikely(ti->task->lockdep.depth))
		all_must_be_free("held at the return to user mode", _RET_IP_);
	if (unlikely(ti->preempt_count)) {
		report_begin(_RET_IP_, "context: preempt_count %x at the return to user mode",
			     ti->preempt_count);
		report_line("preemption off since:");
		print_address(KERN_EMERG, ti->task->lockdep.preempt_disable_ip);
		report_line("system call: %ld", current_pt_regs()->orig_ax);
		report_end();
		ti->preempt_count = 0;
	}
	if (unlikely(irqs_disabled() && (long)current_pt_regs()->orig_ax >= 0)) {
		report_begin(_RET_IP_, "context: interrupts off at the end of a system call");
		report_line("since:");
		print_address(KERN_EMERG, irqs_off_ip);
		report_line("system call: %ld", current_pt_regs()->orig_ax);
		report_end();
	}
}

void debug_check_no_locks_held(void)
{
	if (unlikely(current->lockdep.depth) && !report_running())
		all_must_be_free("held by a task that ends", _RET_IP_);
}

void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	struct lockdep_task *held = &current->lockdep;
	struct held_lock *lock = &held->locks[held->depth];

	while (lock-- > held->locks) {
		if ((unsigned long)lock->map - (unsigned long)from >= len || resting(held))
			continue;
		report_begin(_RET_IP_, "lock: memory freed that has a held lock");
		report_line("lock: %s, in %lu bytes at %p", lock->map->name, len, from);
		report_stack_here("Call trace:");
		report_end();
		lock_release(lock->map, _RET_IP_);
	}
}

static int __init lockdep_init(void)
{
	report_held_locks = show_mine;
	report_all_locks = debug_show_all_locks;
	return 0;
}
pure_initcall(lockdep_init);
