/*
 * Core dumps: who gets one, and that nobody moves meanwhile.
 *
 *	the thread with the signal		the others
 *	SIGNAL_GROUP_EXIT, SIGKILL to all	wake up, do_exit()
 *	waits for them				exit_mm(): coredump_wait_turn() sleeps
 *	writes "core" in its folder		(or what kernel.core_pattern says)
 *	lets them go				go on to exit
 *	exits with bit 7 of the status set
 *
 * A process that changed its ids, or whose RLIMIT_CORE is less than a page, gets
 * none; the file must be the user's alone.
 *
 * Context: process; sleeps. Locks: siglock.
 */
#include <linux/cred.h>
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/sched/sysctl.h>
#include <linux/sched/task.h>
#include <linux/timekeeping.h>
#include "coredump.h"

#define CORE_NAME_MAX	256
#define MIN_CORE	PAGE_SIZE	/* a limit below this: no file at all */
#define DUMPED		0x80		/* of a wait status */

/* Below the limit, and nobody wants it to end. */
static bool may_go_on(const struct coredump_params *cprm, size_t size)
{
	return size <= cprm->limit && cprm->pos <= cprm->limit - size && !fatal_signal_pending(current);
}

bool dump_emit(struct coredump_params *cprm, const void *data, size_t size)
{
	return may_go_on(cprm, size) && kernel_write(cprm->file, data, size, &cprm->pos) == size;
}

bool dump_skip(struct coredump_params *cprm, size_t size)
{
	if (!may_go_on(cprm, size))
		return false;
	cprm->pos += size;
	return true;
}

/* ------------------------------------------------------------------ the other threads */

void coredump_wait_turn(void)
{
	struct core_thread self = { .task = current };
	struct core_state *state;

	spin_lock_irq(&current->sighand->siglock);
	state = current->signal->core_state;
	if (state) {
		self.next = state->threads;
		state->threads = &self;
		if (!--state->missing)
			complete(&state->all_here);
	}
	current->flags |= PF_POSTCOREDUMP;	/* a dump that begins now does not wait for us */
	spin_unlock_irq(&current->sighand->siglock);
	if (!state)
		return;
	for (;;) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		if (!READ_ONCE(self.task))
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

/* All other threads stand still, or it is not ours to dump: false. */
static bool stop_the_others(struct core_state *state, int signr)
{
	struct signal_struct *sig = current->signal;
	struct task_struct *t;

	init_completion(&state->all_here);
	spin_lock_irq(&current->sighand->siglock);
	if ((sig->flags & SIGNAL_GROUP_EXIT) || sig->group_exit_task) {
		spin_unlock_irq(&current->sighand->siglock);
		return false;
	}
	sig->flags = SIGNAL_GROUP_EXIT;
	sig->group_exit_code = signr;
	sig->core_state = state;
	zap_other_threads(current);
	for_each_thread(current, t)
		if (t != current && !(t->flags & PF_POSTCOREDUMP))
			state->missing++;
	spin_unlock_irq(&current->sighand->siglock);
	if (state->missing)
		wait_for_completion(&state->all_here);
	return true;
}

static void let_them_go(struct core_state *state, bool dumped)
{
	struct core_thread *thread, *next;
	struct task_struct *task;

	spin_lock_irq(&current->sighand->siglock);
	current->signal->core_state = NULL;
	if (dumped)
		current->signal->group_exit_code |= DUMPED;
	spin_unlock_irq(&current->sighand->siglock);
	for (thread = state->threads; thread; thread = next) {
		next = thread->next;
		task = thread->task;
		get_task_struct(task);
		smp_store_release(&thread->task, NULL);	/* *thread is gone as soon as it sees this */
		wake_up_process(task);
		put_task_struct(task);
	}
}

/* ------------------------------------------------------------------ the file */

/* Nobody else's, of no other name, empty. */
static bool file_is_ours(struct file *file)
{
	struct inode *inode = file_inode(file);

	return S_ISREG(inode->i_mode) && inode->i_nlink == 1 && !(inode->i_mode & 077) &&
	       uid_eq(inode->i_uid, current_cred()->fsuid) && !do_truncate(file->f_path.dentry, 0);
}

/* The pattern with %p, %s, %t and %e filled in: PID, signal, time, name. False: too long. */
static bool core_name(char *name, int signr)
{
	char task[TASK_COMM_LEN];
	int len = 0;

	strscpy(task, current->comm, sizeof(task));
	strreplace(task, '/', '!');		/* it must not lead elsewhere */
	for (const char *p = core_pattern; *p && len < CORE_NAME_MAX; p++) {
		size_t room = CORE_NAME_MAX - len;

		if (*p != '%')
			len += snprintf(name + len, room, "%c", *p);
		else if (*++p == 'p' || *p == 's')
			len += snprintf(name + len, room, "%d", *p == 'p' ? task_tgid_nr(current) : signr);
		else if (*p == 't')
			len += snprintf(name + len, room, "%lld", (s64)ktime_get_real_seconds());
		else if (*p == 'e')
			len += snprintf(name + len, room, "%s", task);
		else if (*p == '%')
			len += snprintf(name + len, room, "%%");
		else if (!*p)
			break;
	}
	return len < CORE_NAME_MAX;
}

static bool dump_to_file(struct coredump_params *cprm)
{
	char name[CORE_NAME_MAX];
	struct file *file;
	bool dumped = false;

	if (!core_name(name, cprm->siginfo->si_signo))
		return false;
	file = filp_open(name, O_CREAT | O_RDWR | O_NOFOLLOW | O_LARGEFILE | O_NONBLOCK, 0600);
	if (IS_ERR(file))
		return false;
	cprm->file = file;
	if (file_is_ours(file)) {
		dumped = elf_core_dump(cprm);
		/* Zeroes at the end are a hole, which only the size tells of. */
		if (i_size_read(file_inode(file)) < cprm->pos)
			do_truncate(file->f_path.dentry, cprm->pos);
	}
	filp_close(file, NULL);
	return dumped;
}

void do_coredump(const struct siginfo *siginfo)
{
	struct core_state state = { };
	struct coredump_params cprm = {
		.siginfo = siginfo, .state = &state, .limit = rlimit(RLIMIT_CORE),
	};

	if (!current->mm || !current->mm->dumpable || cprm.limit < MIN_CORE)
		return;
	if (stop_the_others(&state, siginfo->si_signo))
		let_them_go(&state, dump_to_file(&cprm));
}
