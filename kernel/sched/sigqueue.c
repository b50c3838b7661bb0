/*
 * Queues of pending signals.
 *
 * A signal is pending when its bit is set.  The list beside the bits keeps who
 * sent it and why; it may lack an entry (memory was short), then that is lost
 * but not the signal.  Signals below SIGRTMIN are queued once, the others as
 * often as they are sent.
 *
 * Locks: sighand->siglock of the receiver, held by every caller.
 */
#include <linux/sched/signal.h>
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/init.h>
#include "sched_signal.h"
#include <linux/export.h>

static struct kmem_cache *sigqueue_cache;	/* constant after signals_init() */

void __init signals_init(void)
{
	sigqueue_cache = KMEM_CACHE(sigqueue, SLAB_PANIC);
}

/* Room for one siginfo, or NULL.  @limited: counts against RLIMIT_SIGPENDING. */
static struct sigqueue *sigqueue_alloc(struct task_struct *task, bool limited)
{
	struct signal_struct *sig = task->signal;
	struct sigqueue *q;

	if (limited && sig->nr_queued >= task_rlimit(task, RLIMIT_SIGPENDING))
		return NULL;
	q = kmem_cache_alloc(sigqueue_cache, GFP_ATOMIC);
	if (!q)
		return NULL;
	q->owner = sig;
	sig->nr_queued++;
	return q;
}

static void sigqueue_free(struct sigqueue *q)
{
	q->owner->nr_queued--;
	list_del(&q->list);
	kmem_cache_free(sigqueue_cache, q);
}

static void fill_siginfo(struct siginfo *to, int sig, struct siginfo *info)
{
	if (info == SEND_SIG_NOINFO || info == SEND_SIG_PRIV) {
		clear_siginfo(to);
		to->si_signo = sig;
		if (info == SEND_SIG_PRIV) {
			to->si_code = SI_KERNEL;
		} else {
			to->si_code = SI_USER;
			to->si_pid = task_tgid_nr(current);
			to->si_uid = __kuid_val(current_uid());
		}
	} else {
		copy_siginfo(to, info);
	}
}

/*
 * Make @sig pending on @pending of @task.  0, or -EAGAIN when a program's queued
 * signal would lose its value; the bit is then not set.
 */
int sigqueue_add(struct task_struct *task, struct sigpending *pending, int sig,
		 struct siginfo *info)
{
	bool from_kernel = info == SEND_SIG_PRIV || (info != SEND_SIG_NOINFO && info->si_code >= 0);
	struct sigqueue *q;

	q = sigqueue_alloc(task, sig >= SIGRTMIN || !(from_kernel || info == SEND_SIG_NOINFO));
	if (q) {
		list_add_tail(&q->list, &pending->list);
		fill_siginfo(&q->info, sig, info);
	} else if (sig >= SIGRTMIN && info > SEND_SIG_PRIV && info->si_code != SI_USER) {
		return -EAGAIN;
	}
	sigaddset(&pending->signal, sig);
	return 0;
}

/* The lowest that is pending and not in @mask; one the program itself caused before others. */
static int next_signal(const struct sigpending *pending, const sigset_t *mask)
{
	unsigned long word = pending->signal.sig[0] & ~mask->sig[0];

	if (word) {
		if (word & SYNCHRONOUS_MASK)
			word &= SYNCHRONOUS_MASK;
		return (int)__ffs(word) + 1;
	}
	word = pending->signal.sig[1] & ~mask->sig[1];
	return word ? (int)__ffs(word) + 1 + _NSIG_BPW : 0;
}

/* Take the oldest entry of @sig; the bit stays while there is another. */
static void collect_signal(int sig, struct sigpending *pending, struct siginfo *info)
{
	struct sigqueue *q, *first = NULL;

	list_for_each_entry(q, &pending->list, list) {
		if (q->info.si_signo != sig)
			continue;
		if (first)
			goto still_pending;
		first = q;
	}
	sigdelset(&pending->signal, sig);
still_pending:
	if (first) {
		copy_siginfo(info, &first->info);
		sigqueue_free(first);
	} else {
		clear_siginfo(info);
		info->si_signo = sig;
		info->si_code = SI_USER;
	}
}

/* The next signal of @task, which is the caller, that is not in @mask; 0: none. */
int dequeue_signal(struct task_struct *task, sigset_t *mask, struct siginfo *info)
{
	struct sigpending *pending = &task->pending;
	int sig = next_signal(pending, mask);

	if (!sig) {
		pending = &task->signal->shared_pending;
		sig = next_signal(pending, mask);
	}
	if (sig)
		collect_signal(sig, pending, info);
	recalc_sigpending();
	return sig;
}
EXPORT_SYMBOL(dequeue_signal);

void flush_sigqueue(struct sigpending *pending)
{
	struct sigqueue *q, *next;

	sigemptyset(&pending->signal);
	list_for_each_entry_safe(q, next, &pending->list, list)
		sigqueue_free(q);
}

void flush_sigqueue_mask(const sigset_t *mask, struct sigpending *pending)
{
	struct sigqueue *q, *next;
	sigset_t hit;

	sigandsets(&hit, mask, &pending->signal);
	if (sigisemptyset(&hit))
		return;
	sigandnsets(&pending->signal, &pending->signal, mask);
	list_for_each_entry_safe(q, next, &pending->list, list)
		if (sigismember(mask, q->info.si_signo))
			sigqueue_free(q);
}
