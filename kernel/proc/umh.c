/*
 * umh.c - <linux/umh.h>: programs that the kernel starts.
 *
 *	call_usermodehelper()	-> a thread of the kernel: run_helper()
 *					-> its child: become_program()
 *
 * The thread between them waits for the child, which the caller may be unable to: it is
 * whoever made a system call, and has children of its own. The request lives until both
 * caller and thread are done with it.
 *
 * Context: process.
 */
#include <linux/binfmts.h>
#include <linux/completion.h>
#include <linux/export.h>
#include <linux/kmemleak.h>
#include <linux/kmod.h>
#include <linux/kref.h>
#include <linux/kthread.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

struct helper {
	struct kref kref;
	const char *path;			/* [I] as all but the last two */
	const char *const *argv, *const *envp;
	int wait;
	int result;				/* written before done completes */
	struct completion done;
};

static void free_helper(struct kref *kref)
{
	kfree(container_of(kref, struct helper, kref));
}

static void tell(struct helper *helper, int result)
{
	helper->result = result;
	complete(&helper->done);
}

/* With return 0 the thread goes on as the program. */
static int become_program(void *arg)
{
	struct helper *helper = arg;
	int err;

	spin_lock_irq(&current->sighand->siglock);
	flush_signal_handlers(current, 1);
	spin_unlock_irq(&current->sighand->siglock);
	err = kernel_execve(helper->path, helper->argv, helper->envp);
	if (err || !(helper->wait & UMH_WAIT_PROC))
		tell(helper, err);
	kref_put(&helper->kref, free_helper);
	if (err)
		do_exit(0);
	return 0;
}

static int run_helper(void *arg)
{
	struct helper *helper = arg;
	int status = 0;
	pid_t pid;

	/* Else the child's end would leave nothing to wait for. */
	spin_lock_irq(&current->sighand->siglock);
	current->sighand->action[SIGCHLD - 1].sa.sa_handler = SIG_DFL;
	spin_unlock_irq(&current->sighand->siglock);
	kref_get(&helper->kref);
	pid = kernel_thread(become_program, helper, SIGCHLD);
	if (pid < 0) {
		kref_put(&helper->kref, free_helper);
		tell(helper, pid);
	} else {
		kernel_wait(pid, &status);
		if (helper->wait & UMH_WAIT_PROC && !helper->result)	/* else the child has told why it failed */
			tell(helper, status);
	}
	kref_put(&helper->kref, free_helper);
	return 0;
}

int call_usermodehelper(const char *path, char **argv, char **envp, int wait)
{
	struct helper *helper = kmalloc(sizeof(*helper), GFP_KERNEL);
	struct task_struct *thread;
	int result = 0;

	if (!helper)
		return -ENOMEM;
	*helper = (struct helper){ .path = path, .argv = (const char *const *)argv,
				   .envp = (const char *const *)envp, .wait = wait };
	init_completion(&helper->done);
	kref_init(&helper->kref);
	kref_get(&helper->kref);
	thread = kthread_run(run_helper, helper, "umh");
	if (IS_ERR(thread)) {
		kref_put(&helper->kref, free_helper);
		result = PTR_ERR(thread);
	} else if (wait & UMH_KILLABLE) {
		result = wait_for_completion_killable(&helper->done) ? -EINTR : helper->result;
	} else if (wait != UMH_NO_WAIT) {
		wait_for_completion(&helper->done);
		result = helper->result;
	}
	kmemleak_not_leak(helper);		/* the caller's module may go before the program */
	kref_put(&helper->kref, free_helper);
	return result;
}
EXPORT_SYMBOL(call_usermodehelper);

int __request_module(bool wait, const char *fmt, ...)
{
	static char *environment[] = { "HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin", NULL };
	char name[64], *argv[] = { "/bin/modprobe", "-q", "--", name, NULL };
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(name, sizeof(name), fmt, args);
	va_end(args);
	if (len >= sizeof(name))
		return -ENAMETOOLONG;
	/* The name is on this stack: it is waited for in any case until the program runs. */
	return call_usermodehelper(argv[0], argv, environment, wait ? UMH_WAIT_PROC : UMH_WAIT_EXEC);
}
EXPORT_SYMBOL(__request_module);
