/*
 * SIGIO: telling a process by signal that its file is ready.
 *
 * A driver keeps a list (struct fasync_struct *) of files that asked for it,
 * changes it with fasync_helper() from its fasync method, and calls
 * kill_fasync() from wherever it sees data come: also from an interrupt.
 */
#include <linux/sched/signal.h>
#include "internal.h"

/* [l] fasync_lock, irq-safe */
struct fasync_struct {
	int fa_fd;				/* [l] told with the signal */
	struct fasync_struct *fa_next;		/* [l] */
	struct file *fa_file;			/* constant; not a reference: release takes it off */
};

static DEFINE_SPINLOCK(fasync_lock);

static struct fasync_struct **find_entry(struct file *file, struct fasync_struct **queue)
{
	while (*queue && (*queue)->fa_file != file)
		queue = &(*queue)->fa_next;
	return queue;
}

/* Puts file on the queue or takes it off.  1: it changed, 0: it was so already, or -ENOMEM. */
int fasync_helper(int fd, struct file *file, int on, struct fasync_struct **queue)
{
	struct fasync_struct *fresh = NULL, *old, **place;
	unsigned long flags;

	if (on) {
		fresh = kmalloc(sizeof(*fresh), GFP_KERNEL);
		if (!fresh)
			return -ENOMEM;
	}
	spin_lock_irqsave(&fasync_lock, flags);
	place = find_entry(file, queue);
	old = *place;
	if (old && on) {
		old->fa_fd = fd;
	} else if (old) {
		*place = old->fa_next;
	} else if (on) {
		fresh->fa_fd = fd;
		fresh->fa_file = file;
		fresh->fa_next = *queue;
		*queue = fresh;
		fresh = NULL;
	}
	spin_unlock_irqrestore(&fasync_lock, flags);
	set_file_flag(file, FASYNC, on);
	kfree(fresh);
	if (old && !on)
		kfree(old);
	return !old == !!on;
}
EXPORT_SYMBOL(fasync_helper);

/* May the owner's asker signal this task? */
static bool sigio_perm(struct task_struct *task, struct fown_struct *fown)
{
	const struct cred *cred = get_task_cred(task);
	bool ok = uid_eq(fown->euid, GLOBAL_ROOT_UID) ||
		  uid_eq(fown->euid, cred->suid) || uid_eq(fown->euid, cred->uid) ||
		  uid_eq(fown->uid, cred->suid) || uid_eq(fown->uid, cred->uid);

	put_cred(cred);
	return ok;
}

/* What poll() would say, by POLL_IN, … */
static const __poll_t bands[] = {
	[POLL_IN] = EPOLLIN | EPOLLRDNORM,
	[POLL_OUT] = EPOLLOUT | EPOLLWRNORM | EPOLLWRBAND,
	[POLL_MSG] = EPOLLIN | EPOLLRDNORM | EPOLLMSG,
	[POLL_ERR] = EPOLLERR,
	[POLL_PRI] = EPOLLPRI | EPOLLRDBAND,
	[POLL_HUP] = EPOLLHUP | EPOLLERR,
};

/* With F_SETSIG the signal tells which descriptor and what; plain SIGIO if its queue is full. */
static void send_sigio_to_task(struct task_struct *task, struct fown_struct *fown, int fd, int band,
			       enum pid_type type)
{
	int signum = READ_ONCE(fown->signum);
	struct siginfo info = { 0 };

	if (!sigio_perm(task, fown))
		return;
	info.si_signo = signum;
	info.si_code = band;
	info.si_fd = fd;
	if (band > 0 && band < ARRAY_SIZE(bands))
		info.si_band = mangle_poll(bands[band]);
	if (!signum || do_send_sig_info(signum, &info, task, type))
		do_send_sig_info(SIGIO, SEND_SIG_PRIV, task, type);
}

/* Signals the owner, or all of the group that is.  Any context. */
static void send_sigio(struct fown_struct *fown, int fd, int band)
{
	struct task_struct *task;
	unsigned long flags;
	enum pid_type type;
	struct pid *pid;

	spin_lock_irqsave(&fown->lock, flags);
	type = fown->pid_type;
	pid = fown->pid;
	if (!pid)
		goto out;
	read_lock(&tasklist_lock);
	do_each_pid_task(pid, type, task) {
		send_sigio_to_task(task, fown, fd, band, type);
	} while_each_pid_task(pid, type, task);
	read_unlock(&tasklist_lock);
out:
	spin_unlock_irqrestore(&fown->lock, flags);
}

/* sig is SIGIO; band POLL_IN, POLL_OUT, …  Any context. */
void kill_fasync(struct fasync_struct **queue, int sig, int band)
{
	struct fasync_struct *fa;
	unsigned long flags;

	if (likely(!READ_ONCE(*queue)))
		return;
	spin_lock_irqsave(&fasync_lock, flags);
	for (fa = *queue; fa; fa = fa->fa_next)
		send_sigio(&fa->fa_file->f_owner, fa->fa_fd, band);
	spin_unlock_irqrestore(&fasync_lock, flags);
}
EXPORT_SYMBOL(kill_fasync);
