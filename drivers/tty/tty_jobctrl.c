/*
 * tty_jobctrl.c - job control: whose terminal it is, and who may use it now.
 *
 * A session has at most one controlling terminal; that terminal's foreground
 * process group reads, writes and gets ^C.  Others of the session are stopped
 * when they try: SIGTTIN for reading, SIGTTOU for changing it.
 * POSIX.1-2017, XBD 11.1.
 *
 * Locks: tasklist_lock, then siglock or ctrl_lock.  signal->tty is read and
 * written under siglock, tty->session and tty->pgrp under ctrl_lock.
 */
#include <linux/sched/signal.h>
#include <linux/tty.h>
#include <linux/uaccess.h>
#include "tty_internal.h"

/* The caller's own, until tty_kref_put(); NULL if it has none. */
struct tty_struct *get_current_tty(void)
{
	struct tty_struct *tty;

	spin_lock_irq(&current->sighand->siglock);
	tty = tty_kref_get(current->signal->tty);
	spin_unlock_irq(&current->sighand->siglock);
	return tty;
}
EXPORT_SYMBOL(get_current_tty);

static struct pid *tty_pgrp(struct tty_struct *tty)
{
	struct pid *pgrp;
	unsigned long irq;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	pgrp = get_pid(tty->pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	return pgrp;
}

static bool sig_ignored_or_blocked(int sig)
{
	return sigismember(&current->blocked, sig) ||
	       current->sighand->action[sig - 1].sa.sa_handler == SIG_IGN;
}

/*
 * May the current process go on, for which sig would stop a background one?
 * 0: yes.  -ERESTARTSYS: it was sent to the whole group, ask again afterwards.
 * -EIO: it cannot be stopped (orphaned group), or refused to be and reads.
 */
int __tty_check_change(struct tty_struct *tty, int sig)
{
	struct pid *pgrp, *own;
	int ret = 0;

	if (current->signal->tty != tty)
		return 0;
	pgrp = tty_pgrp(tty);
	own = get_task_pid(current, PIDTYPE_PGID);
	if (!pgrp || pgrp == own)
		goto out;
	if (sig_ignored_or_blocked(sig)) {
		ret = sig == SIGTTIN ? -EIO : 0;
	} else if (is_current_pgrp_orphaned()) {
		ret = -EIO;
	} else {
		kill_pgrp(own, sig, 1);
		set_bit(TIF_SIGPENDING, &current_thread_info()->flags);
		ret = -ERESTARTSYS;
	}
out:
	put_pid(own);
	put_pid(pgrp);
	return ret;
}

int tty_check_change(struct tty_struct *tty)
{
	return __tty_check_change(tty, SIGTTOU);
}
EXPORT_SYMBOL(tty_check_change);

/* ------------------------------------------------------------------ becoming the controlling one */

void proc_clear_tty(struct task_struct *task)
{
	unsigned long irq;

	spin_lock_irqsave(&task->sighand->siglock, irq);
	task->signal->tty = NULL;
	spin_unlock_irqrestore(&task->sighand->siglock, irq);
}

/* Everybody in the session loses it.  [t] held. */
static void session_clear_tty(struct pid *session)
{
	struct task_struct *task;

	do_each_pid_task(session, PIDTYPE_SID, task) {
		proc_clear_tty(task);
	} while_each_pid_task(session, PIDTYPE_SID, task);
}

static void set_owner(struct tty_struct *tty, struct pid *session, struct pid *pgrp)
{
	struct pid *old_session, *old_pgrp;
	unsigned long irq;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	old_session = tty->session;
	old_pgrp = tty->pgrp;
	tty->session = get_pid(session);
	tty->pgrp = get_pid(pgrp);
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	put_pid(old_session);		/* only now: they may be the new ones as well */
	put_pid(old_pgrp);
}

static void proc_set_tty(struct tty_struct *tty)
{
	set_owner(tty, task_session(current), task_pgrp(current));
	spin_lock_irq(&current->sighand->siglock);
	current->signal->tty = tty;
	spin_unlock_irq(&current->sighand->siglock);
}

/* A session's leader without a terminal that opens one nobody has, gets it. */
void tty_open_proc_set_tty(struct file *file, struct tty_struct *tty)
{
	tty_lock(tty);
	read_lock(&tasklist_lock);
	if (current->signal->leader && !current->signal->tty && !tty->session &&
	    (file->f_mode & FMODE_READ) && !tty_hung_up_p(file))
		proc_set_tty(tty);
	read_unlock(&tasklist_lock);
	tty_unlock(tty);
}

/* TIOCSCTTY; arg 1 lets root take it from another session. */
static int tiocsctty(struct tty_struct *tty, struct file *file, int arg)
{
	int ret = 0;

	tty_lock(tty);
	read_lock(&tasklist_lock);
	if (current->signal->leader && task_session(current) == tty->session)
		goto out;
	ret = -EPERM;
	if (!current->signal->leader || current->signal->tty || tty_hung_up_p(file))
		goto out;
	if (tty->session) {
		if (arg != 1 || !capable(CAP_SYS_ADMIN))
			goto out;
		session_clear_tty(tty->session);
	}
	if (!(file->f_mode & FMODE_READ) && !capable(CAP_SYS_ADMIN))
		goto out;
	proc_set_tty(tty);
	ret = 0;
out:
	read_unlock(&tasklist_lock);
	tty_unlock(tty);
	return ret;
}

/* ------------------------------------------------------------------ losing it */

/* Called by a hang-up: the session's leader gets SIGHUP and SIGCONT, so does the foreground. */
void tty_signal_session_leader(struct tty_struct *tty)
{
	struct pid *session, *pgrp;
	struct task_struct *task;

	spin_lock_irq(&tty->ctrl_lock);
	session = tty->session;
	pgrp = tty->pgrp;
	tty->session = tty->pgrp = NULL;	/* their references are ours now */
	spin_unlock_irq(&tty->ctrl_lock);

	read_lock(&tasklist_lock);
	do_each_pid_task(session, PIDTYPE_SID, task) {
		proc_clear_tty(task);
		if (task->signal->leader) {
			send_sig(SIGHUP, task, 1);
			send_sig(SIGCONT, task, 1);
		}
	} while_each_pid_task(session, PIDTYPE_SID, task);
	read_unlock(&tasklist_lock);
	if (pgrp)
		kill_pgrp(pgrp, SIGHUP, 1);
	put_pid(pgrp);
	put_pid(session);
}

/* The session that the terminal controls, if any, has none any more.  Context: process. */
void tty_leave_session(struct tty_struct *tty)
{
	struct pid *session;

	spin_lock_irq(&tty->ctrl_lock);
	session = get_pid(tty->session);
	spin_unlock_irq(&tty->ctrl_lock);
	set_owner(tty, NULL, NULL);
	read_lock(&tasklist_lock);
	if (session)
		session_clear_tty(session);
	read_unlock(&tasklist_lock);
	put_pid(session);
}

/*
 * The current session's leader gives its terminal up: because it ends (on_exit,
 * then the line hangs up), or by TIOCNOTTY.  Context: process, may sleep.
 */
void disassociate_ctty(int on_exit)
{
	struct tty_struct *tty;
	struct pid *pgrp;

	if (!current->signal->leader)
		return;
	tty = get_current_tty();
	if (!tty)
		return;
	if (on_exit) {
		tty_vhangup(tty);
		goto out;
	}
	pgrp = tty_pgrp(tty);
	if (pgrp) {
		kill_pgrp(pgrp, SIGHUP, 0);
		kill_pgrp(pgrp, SIGCONT, 0);
		put_pid(pgrp);
	}
	tty_leave_session(tty);
out:
	tty_kref_put(tty);
}

/* TIOCNOTTY: the leader takes it from all, anybody else only leaves it himself. */
void no_tty(void)
{
	disassociate_ctty(0);
	proc_clear_tty(current);
}

/* ------------------------------------------------------------------ ioctls */

/* The group becomes the foreground, unless the line was lost meanwhile: -ENOTTY. */
static int set_foreground(struct tty_struct *tty, struct pid *pgrp)
{
	struct pid *old = NULL;
	unsigned long irq;
	int ret = -ENOTTY;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	if (tty->session == task_session(current)) {
		old = tty->pgrp;
		tty->pgrp = get_pid(pgrp);
		ret = 0;
	}
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	put_pid(old);
	return ret;
}

/* TIOCGSID */
static int tiocgsid(struct tty_struct *tty, pid_t __user *arg)
{
	struct pid *session;
	unsigned long irq;
	pid_t nr;

	spin_lock_irqsave(&tty->ctrl_lock, irq);
	session = get_pid(tty->session);
	spin_unlock_irqrestore(&tty->ctrl_lock, irq);
	if (!session || current->signal->tty != tty) {
		put_pid(session);
		return -ENOTTY;
	}
	nr = pid_vnr(session);
	put_pid(session);
	return put_user(nr, arg);
}

static int tiocspgrp(struct tty_struct *tty, pid_t __user *arg)
{
	struct pid *pgrp;
	pid_t nr;
	int ret;

	ret = tty_check_change(tty);
	if (ret == -EIO)
		return -ENOTTY;
	if (ret)
		return ret;
	if (current->signal->tty != tty)
		return -ENOTTY;
	if (get_user(nr, arg))
		return -EFAULT;
	if (nr < 0)
		return -EINVAL;

	read_lock(&tasklist_lock);
	pgrp = find_vpid(nr);
	ret = -ESRCH;
	if (pgrp && pid_task(pgrp, PIDTYPE_PGID)) {
		ret = -EPERM;
		if (task_session(pid_task(pgrp, PIDTYPE_PGID)) == task_session(current))
			ret = set_foreground(tty, pgrp);
	}
	read_unlock(&tasklist_lock);
	return ret;
}

/* -ENOIOCTLCMD when cmd is not about job control. */
long tty_jobctrl_ioctl(struct tty_struct *tty, struct file *file, unsigned int cmd,
		       unsigned long arg)
{
	struct pid *pgrp;
	pid_t nr;

	switch (cmd) {
	case TIOCSCTTY:
		return tiocsctty(tty, file, arg);
	case TIOCNOTTY:
		if (current->signal->tty != tty)
			return -ENOTTY;
		no_tty();
		return 0;
	case TIOCGPGRP:
		if (current->signal->tty != tty)
			return -ENOTTY;
		pgrp = tty_pgrp(tty);
		nr = pid_vnr(pgrp);
		put_pid(pgrp);
		return put_user(nr, (pid_t __user *)arg);
	case TIOCSPGRP:
		return tiocspgrp(tty, (pid_t __user *)arg);
	case TIOCGSID:
		return tiocgsid(tty, (pid_t __user *)arg);
	}
	return -ENOIOCTLCMD;
}
