/*
 * SysRq: what can still be asked of a system that answers nobody. The ways here
 * are told in <linux/sysrq.h>, the keys in docs/reference/checkers.md.
 *
 * Context: a handler runs where its key arrived, an interrupt as a rule; what
 * must sleep is left to a work item. Lock: sysrq_key_table_lock, irq-safe; it
 * is not held while a handler runs, for handlers stay.
 */
#include <linux/export.h>
#include <linux/fs.h>
#include <linux/init.h>
#include <linux/irq.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/reboot.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/debug.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/sysrq.h>
#include <linux/workqueue.h>
#include <asm/ptrace.h>
#include <asm/thread_info.h>
#include <asm/traps.h>

#define SYSRQ_KEYS	36

int sysrq_enabled = 1;
static bool sysrq_always_enabled;		/* [I] */
static DEFINE_SPINLOCK(sysrq_key_table_lock);

/* The keys work whatever /proc/sys/kernel/sysrq says. */
static int __init sysrq_always_enabled_setup(char *unused)
{
	sysrq_always_enabled = true;
	pr_info("sysrq: always enabled\n");
	return 1;
}
__setup("sysrq_always_enabled", sysrq_always_enabled_setup);

/* ------------------------------------------------------------------ what keys do */

static void sysrq_loglevel(int key)
{
	console_loglevel = key - '0';
	pr_info("Loglevel set to %d\n", console_loglevel);
}

static void sysrq_reboot(int key)
{
	machine_restart(NULL);
}

static void sysrq_poweroff(int key)
{
	machine_power_off();
}

static void sysrq_crash(int key)
{
	panic("sysrq triggered crash");
}

static void sysrq_show_state(int key)
{
	show_state();
}

static void sysrq_show_blocked(int key)
{
	show_state_filter(TASK_UNINTERRUPTIBLE);
}

static void sysrq_show_memory(int key)
{
	show_mem();
}

static void sysrq_show_cpus(int key)
{
	struct pt_regs *regs = get_irq_regs();

	pr_info("CPU%u:\n", smp_processor_id());
	if (!regs) {
		dump_stack();
		return;
	}
	show_regs(regs);
	if (!user_mode(regs))
		show_stack_from(regs->bp, KERN_INFO);
}

static void sysrq_show_locks(int key)
{
	if (report_all_locks)
		report_all_locks();
	else
		pr_info("only a DEBUG=1 kernel knows its locks\n");
}

static void do_sync(struct work_struct *work)
{
	sync_everything();
	pr_info("Emergency Sync complete\n");
}
static DECLARE_WORK(sync_work, do_sync);

static void sysrq_sync(int key)
{
	schedule_work(&sync_work);
}

static void do_remount(struct work_struct *work)
{
	put_away_filesystems();
	pr_info("Emergency Remount complete\n");
}
static DECLARE_WORK(remount_work, do_remount);

static void sysrq_remount(int key)
{
	schedule_work(&remount_work);
}

static void do_oom(struct work_struct *work)
{
	if (!out_of_memory())
		pr_info("OOM request ignored. No task eligible\n");
}
static DECLARE_WORK(oom_work, do_oom);

static void sysrq_oom(int key)
{
	schedule_work(&oom_work);
}

/* Everybody but init and the kernel's own threads. */
static void send_sig_all(int sig)
{
	struct task_struct *task;

	read_lock(&tasklist_lock);
	for_each_process(task)
		if (!(task->flags & PF_KTHREAD) && task->pid != 1)
			do_send_sig_info(sig, SEND_SIG_PRIV, task, PIDTYPE_TGID);
	read_unlock(&tasklist_lock);
}

static void sysrq_term(int key)
{
	send_sig_all(SIGTERM);
}

static void sysrq_kill(int key)
{
	send_sig_all(SIGKILL);
}

#define SYSRQ_OP(name, function, help, action, mask)				\
	static const struct sysrq_key_op name = {				\
		.handler = function, .help_msg = help, .action_msg = action, .enable_mask = mask }

SYSRQ_OP(loglevel_op, sysrq_loglevel, "loglevel(0-9)", "Changing Loglevel", SYSRQ_ENABLE_LOG);
SYSRQ_OP(reboot_op, sysrq_reboot, "reboot(b)", "Resetting", SYSRQ_ENABLE_BOOT);
SYSRQ_OP(crash_op, sysrq_crash, "crash(c)", "Trigger a crash", SYSRQ_ENABLE_DUMP);
SYSRQ_OP(locks_op, sysrq_show_locks, "show-all-locks(d)", "Show Locks Held", SYSRQ_ENABLE_DUMP);
SYSRQ_OP(term_op, sysrq_term, "terminate-all-tasks(e)", "Terminate All Tasks", SYSRQ_ENABLE_SIGNAL);
SYSRQ_OP(oom_op, sysrq_oom, "memory-full-oom-kill(f)", "Manual OOM execution",
	 SYSRQ_ENABLE_SIGNAL);
SYSRQ_OP(kill_op, sysrq_kill, "kill-all-tasks(i)", "Kill All Tasks", SYSRQ_ENABLE_SIGNAL);
SYSRQ_OP(cpus_op, sysrq_show_cpus, "show-backtrace-all-active-cpus(l)",
	 "Show backtrace of all active CPUs", SYSRQ_ENABLE_DUMP);
SYSRQ_OP(memory_op, sysrq_show_memory, "show-memory-usage(m)", "Show Memory", SYSRQ_ENABLE_DUMP);
SYSRQ_OP(poweroff_op, sysrq_poweroff, "poweroff(o)", "Power Off", SYSRQ_ENABLE_BOOT);
SYSRQ_OP(sync_op, sysrq_sync, "sync(s)", "Emergency Sync", SYSRQ_ENABLE_SYNC);
SYSRQ_OP(state_op, sysrq_show_state, "show-task-states(t)", "Show State", SYSRQ_ENABLE_DUMP);
SYSRQ_OP(remount_op, sysrq_remount, "unmount(u)", "Emergency Remount R/O", SYSRQ_ENABLE_REMOUNT);
SYSRQ_OP(blocked_op, sysrq_show_blocked, "show-blocked-tasks(w)", "Show Blocked State",
	 SYSRQ_ENABLE_DUMP);

/* ------------------------------------------------------------------ keys */

#define LETTER(c)	((c) - 'a' + 10)

static const struct sysrq_key_op *sysrq_key_table[SYSRQ_KEYS] = {	/* sysrq_key_table_lock */
	[0 ... 9]	= &loglevel_op,
	[LETTER('b')]	= &reboot_op,
	[LETTER('c')]	= &crash_op,
	[LETTER('d')]	= &locks_op,
	[LETTER('e')]	= &term_op,
	[LETTER('f')]	= &oom_op,
	[LETTER('i')]	= &kill_op,
	[LETTER('l')]	= &cpus_op,
	[LETTER('m')]	= &memory_op,
	[LETTER('o')]	= &poweroff_op,
	[LETTER('s')]	= &sync_op,
	[LETTER('t')]	= &state_op,
	[LETTER('u')]	= &remount_op,
	[LETTER('w')]	= &blocked_op,
};

static int key_index(int key)
{
	if (key >= '0' && key <= '9')
		return key - '0';
	return key >= 'a' && key <= 'z' ? LETTER(key) : -1;
}

static int replace_op(int key, const struct sysrq_key_op *old, const struct sysrq_key_op *new)
{
	int at = key_index(key), err = -1;
	unsigned long flags;

	spin_lock_irqsave(&sysrq_key_table_lock, flags);
	if (at >= 0 && sysrq_key_table[at] == old) {
		sysrq_key_table[at] = new;
		err = 0;
	}
	spin_unlock_irqrestore(&sysrq_key_table_lock, flags);
	return err;
}

int register_sysrq_key(int key, const struct sysrq_key_op *op)
{
	return replace_op(key, NULL, op);
}
EXPORT_SYMBOL(register_sysrq_key);

int unregister_sysrq_key(int key, const struct sysrq_key_op *op)
{
	return replace_op(key, op, NULL);
}
EXPORT_SYMBOL(unregister_sysrq_key);

/* One line, each operation once. */
static void print_help(void)
{
	pr_info("sysrq: HELP : ");
	for (int i = 9; i < SYSRQ_KEYS; i++)
		if (sysrq_key_table[i])
			pr_cont("%s ", sysrq_key_table[i]->help_msg);
	pr_cont("\n");
}

void __handle_sysrq(int key, bool check_mask)
{
	int at = key_index(key), loglevel = console_loglevel;
	const struct sysrq_key_op *op = at < 0 ? NULL : READ_ONCE(sysrq_key_table[at]);
	bool allowed = !check_mask || sysrq_enabled == 1 || sysrq_always_enabled;
	unsigned long flags;

	local_irq_save(flags);
	/* What is said here is seen, however quiet the console has been told to be. */
	console_loglevel = CONSOLE_LOGLEVEL_DEFAULT;
	if (!op)
		print_help();
	else if (!allowed && !(op->enable_mask & sysrq_enabled))
		pr_info("sysrq: This sysrq operation is disabled.\n");
	else
		pr_info("sysrq: %s\n", op->action_msg);
	console_loglevel = loglevel;
	if (op && (allowed || op->enable_mask & sysrq_enabled))
		op->handler(key);
	local_irq_restore(flags);
}

void handle_sysrq(int key)
{
	if (sysrq_enabled || sysrq_always_enabled)
		__handle_sysrq(key, true);
}
EXPORT_SYMBOL(handle_sysrq);
