/*
 * The end of a task.
 *
 * do_exit() gives back everything but the task_struct and its number: the task
 * is then a zombie that keeps its exit code for its parent.  Children go to
 * another thread of the process, or to init.  release_task() takes the zombie
 * away: called by the parent in wait4(), or at once when the parent does not
 * care or the task is a mere thread.
 *
 * A process ends when its last thread does; its leader stays a zombie until
 * then, for the sake of the number.
 *
 * Locks: tasklist_lock (writing) for the tree; inside it siglock.
 */
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/completion.h>
#include <linux/fdtable.h>
#include <linux/fs_struct.h>
#include <linux/futex.h>
#include <linux/syscalls.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <linux/wait.h>
#include "coredump.h"
#include "proc.h"

/* ------------------------------------------------------------------ release */

/* [t] and siglock held.  Off every list; the numbers become free. */
static void unhash_process(struct task_struct *task, bool group_dead)
{
	nr_threads--;
	task->signal->nr_threads--;
	detach_pid(task, PIDTYPE_PID);
	if (group_dead) {
		detach_pid(task, PIDTYPE_TGID);
		detach_pid(task, PIDTYPE_PGID);
		detach_pid(task, PIDTYPE_SID);
		list_del(&task->tasks);
		list_del_init(&task->sibling);
	}
	list_del(&task->thread_node);
}

/* [t] held for writing: what the thread did counts for the process from now on. */
static void exit_signal_state(struct task_struct *task)
{
	struct sighand_struct *sighand = task->sighand;
	struct signal_struct *sig = task->signal;
	bool group_dead = thread_group_leader(task);
	u64 utime, stime;

	spin_lock(&sighand->siglock);
	/* exec waits for the other threads to be gone. */
	if (!group_dead && sig->notify_count > 0 && !--sig->notify_count)
		wake_up_process(sig->group_exit_task);
	task_cputime_adjusted(task, &utime, &stime);
	sig->utime += utime;
	sig->stime += stime;
	sig->min_flt += task->min_flt;
	sig->maj_flt += task->maj_flt;
	sig->nvcsw += task->nvcsw;
	sig->nivcsw += task->nivcsw;
	flush_sigqueue(&task->pending);
	if (group_dead)
		flush_sigqueue(&sig->shared_pending);
	unhash_process(task, group_dead);
	task->sighand = NULL;
	spin_unlock(&sighand->siglock);
	put_sighand(sighand);
}

/* The zombie goes.  Context: process; the caller has made its exit_state EXIT_DEAD. */
void release_task(struct task_struct *task)
{
	struct task_struct *leader;
	bool zap_leader;

	do {
		write_lock_irq(&tasklist_lock);
		exit_signal_state(task);
		/* The last thread of a process whose leader ended earlier: now that one counts. */
		leader = task->group_leader;
		zap_leader = false;
		if (leader != task && thread_group_empty(leader) &&
		    leader->exit_state == EXIT_ZOMBIE) {
			zap_leader = do_notify_parent(leader, leader->exit_signal);
			if (zap_leader)
				leader->exit_state = EXIT_DEAD;
		}
		write_unlock_irq(&tasklist_lock);
		put_task_struct(task);
		task = leader;
	} while (zap_leader);
}

/* ------------------------------------------------------------------ giving back */

static void complete_vfork_done(struct task_struct *task)
{
	struct completion *vfork;

	task_lock(task);
	vfork = task->vfork_done;
	if (vfork) {
		task->vfork_done = NULL;
		complete(vfork);
	}
	task_unlock(task);
}

/* @task, the current one, stops using @mm: by exit or by exec. */
void mm_release(struct task_struct *task, struct mm_struct *mm)
{
	if (mm) {
		futex_exit_release(task);
		if (task->clear_child_tid && atomic_read(&mm->mm_users) > 1) {
			/* pthread_join() waits for this. */
			put_user(0, task->clear_child_tid);
			futex_wake((u32 __user *)task->clear_child_tid, 0, 1,
				   FUTEX_BITSET_MATCH_ANY);
		}
		task->clear_child_tid = NULL;
	}
	complete_vfork_done(task);
}

static void exit_mm(struct task_struct *task)
{
	struct mm_struct *mm = task->mm;

	mm_release(task, mm);
	if (!mm)
		return;
	if (unlikely(get_nr_threads(task) > 1))		/* alone, nobody can be dumping us */
		coredump_wait_turn();
	/* Its page tables stay loaded until the last switch: hold the struct. */
	mmgrab(mm);
	task_lock(task);
	task->mm = NULL;
	task_unlock(task);
	mmput(mm);
}

/* ------------------------------------------------------------------ children */

/* [t] held: a living thread of the same process, or init. */
static struct task_struct *find_new_reaper(struct task_struct *father)
{
	struct task_struct *t;

	for_each_thread(father, t)
		if (!(t->flags & PF_EXITING))
			return t;
	return init_reaper;
}

/* [t] held: @p, leader of a process, has a new parent, and is perhaps dead already. */
static void reparent_leader(struct task_struct *father, struct task_struct *p,
			    struct list_head *dead)
{
	if (p->exit_state == EXIT_DEAD)
		return;
	p->exit_signal = SIGCHLD;
	if (p->exit_state == EXIT_ZOMBIE && thread_group_empty(p) &&
	    do_notify_parent(p, p->exit_signal)) {
		p->exit_state = EXIT_DEAD;
		list_add(&p->run_list, dead);	/* a zombie waits for no CPU */
	}
	kill_orphaned_pgrp(p, father);
}

/* [t] held for writing */
static void forget_original_parent(struct task_struct *father, struct list_head *dead)
{
	struct task_struct *p, *t, *reaper;

	if (list_empty(&father->children))
		return;
	reaper = find_new_reaper(father);
	list_for_each_entry(p, &father->children, sibling) {
		for_each_thread(p, t) {
			t->real_parent = t->parent = reaper;
			if (t->pdeath_signal)
				group_send_sig_info(t->pdeath_signal, SEND_SIG_NOINFO, t,
						    PIDTYPE_TGID);
		}
		if (!same_thread_group(reaper, father))
			reparent_leader(father, p, dead);
	}
	list_splice_tail_init(&father->children, &reaper->children);
}

/* Tell everybody who must know, and become a zombie, or nothing at all. */
static void exit_notify(struct task_struct *task, bool group_dead)
{
	struct task_struct *p, *next;
	LIST_HEAD(dead);
	bool autoreap;

	write_lock_irq(&tasklist_lock);
	forget_original_parent(task, &dead);
	if (group_dead)
		kill_orphaned_pgrp(task->group_leader, NULL);
	task->exit_state = EXIT_ZOMBIE;
	if (thread_group_leader(task))
		autoreap = thread_group_empty(task) && do_notify_parent(task, task->exit_signal);
	else
		autoreap = true;
	if (autoreap)
		task->exit_state = EXIT_DEAD;
	/* exec of another thread waits for us, the leader, to be a zombie. */
	if (task->signal->notify_count < 0)
		wake_up_process(task->signal->group_exit_task);
	write_unlock_irq(&tasklist_lock);

	list_for_each_entry_safe(p, next, &dead, run_list) {
		list_del_init(&p->run_list);
		release_task(p);
	}
	if (autoreap)
		release_task(task);
}

/* ------------------------------------------------------------------ the end */

/* Under wake_lock, so that no wake-up that saw an older state undoes it. */
static void set_dead(struct task_struct *task)
{
	spin_lock_irq(&task->wake_lock);
	task->state = TASK_DEAD;
	spin_unlock_irq(&task->wake_lock);
}

/* The deepest stack so far is worth a line once little of it was left. */
static void check_stack_usage(void)
{
#if DEBUG_BUILD
	static unsigned long lowest = 2048;	/* none: a lost race says it twice */
	unsigned long left = thread_stack_unused(current->stack);

	if (left >= lowest)
		return;
	lowest = left;
	pr_warn("%s[%d] used its stack but for %lu bytes, more than any before\n",
		current->comm, task_pid_nr(current), left);
#endif
}

/*
 * do_exit - the current task ends with @code, in wait4()'s form
 * Context: process; nothing locked.  Does not return.
 */
void do_exit(long code)
{
	struct task_struct *task = current;
	bool group_dead;

	if (in_interrupt())
		panic("an interrupt handler tried to exit");
	if (!task->pid)
		panic("the idle task tried to exit");
	if (task->flags & PF_EXITING) {
		pr_alert("%s[%d]: fault while exiting, left as it is: a reboot is needed\n",
			 task->comm, task->pid);
		for (;;) {
			set_current_state(TASK_UNINTERRUPTIBLE);
			schedule();
		}
	}
	exit_signals(task);			/* sets PF_EXITING */
	group_dead = atomic_dec_and_test(&task->signal->live);
	if (group_dead) {
		if (task->tgid == 1)
			panic("init ended, exit code %#lx",
			      task->signal->group_exit_code ?: code);
		del_timer_sync(&task->signal->real_timer);
	}
	task->exit_code = (int)code;
	exit_mm(task);
	exit_files(task);
	exit_fs(task);
	if (group_dead && task->signal->leader)
		disassociate_ctty(1);
	fpu_drop(task);
	check_stack_usage();
	debug_check_no_locks_held();
	exit_notify(task, group_dead);

	set_dead(task);
	schedule();
	BUG();
}
EXPORT_SYMBOL(do_exit);

/* The end of a thread whose module waits for it: nothing of the module runs after complete(). */
void complete_and_exit(struct completion *done, long code)
{
	if (done)
		complete(done);
	do_exit(code);
}
EXPORT_SYMBOL(complete_and_exit);

/*
 * make_task_dead - the current task ends, for the kernel made a mistake on its behalf
 * What it held, it keeps: a lock stays locked. Only what leaving needs is put right.
 */
void make_task_dead(int signr)
{
	if (preempt_count()) {
		pr_alert("%s[%d] exited with preempt_count %x\n", current->comm,
			 task_pid_nr(current), preempt_count());
		preempt_count_sub(preempt_count());
	}
	local_irq_enable();
	lockdep_init_task(current);		/* the report showed what it held */
	do_exit(signr);
}

/* [siglock] held: the other threads shall end; how many they are. */
int zap_other_threads(struct task_struct *task)
{
	struct task_struct *t;
	int count = 0;

	task->signal->group_stop_count = 0;
	for_each_thread(task, t) {
		if (t == task)
			continue;
		t->jobctl &= ~(JOBCTL_STOP_PENDING | JOBCTL_STOP_CONSUME);
		count++;
		if (t->exit_state)
			continue;
		sigaddset(&t->pending.signal, SIGKILL);
		signal_wake_up(t, true);
	}
	return count;
}

/* All threads of the current process end with @exit_code; the first to say so decides. */
void do_group_exit(int exit_code)
{
	struct signal_struct *sig = current->signal;

	spin_lock_irq(&current->sighand->siglock);
	if (sig->flags & SIGNAL_GROUP_EXIT) {
		exit_code = sig->group_exit_code;
	} else if (sig->group_exit_task) {
		exit_code = 0;			/* another thread execs: only we end */
	} else {
		sig->group_exit_code = exit_code;
		sig->flags = SIGNAL_GROUP_EXIT;
		zap_other_threads(current);
	}
	spin_unlock_irq(&current->sighand->siglock);
	do_exit(exit_code);
}

long sys_exit(int error_code)
{
	do_exit((error_code & 0xff) << 8);
}

long sys_exit_group(int error_code)
{
	do_group_exit((error_code & 0xff) << 8);
}
