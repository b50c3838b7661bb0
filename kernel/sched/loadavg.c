/*
 * What the machine had to do: averages of the tasks that run or want to, or
 * wait for a disk, over 1, 5 and 15 minutes; and where CPU time went.
 *
 * Every LOAD_FREQ ticks:  load = load * e + n * (1 - e),  e = exp(-5 s / period).
 */
#include <linux/sched/loadavg.h>
#include "sched.h"

#define EXP_1	1884		/* FIXED_1 * exp(-5 / 60) */
#define EXP_5	2014
#define EXP_15	2037

unsigned long avenrun[3];		/* written by CPU 0's tick only; a reader may see a mixture */
struct kernel_cpustat kcpustat;

static unsigned long calc_load(unsigned long load, unsigned long exp, unsigned long active)
{
	unsigned long sum = load * exp + active * (FIXED_1 - exp);

	if (active >= load)
		sum += FIXED_1 - 1;	/* round towards where it goes */
	return sum / FIXED_1;
}

unsigned int nr_running(void)
{
	unsigned int cpu, sum = 0;

	for (cpu = 0; cpu < NR_SCHED_CPUS; cpu++)
		sum += READ_ONCE(cpu_rq(cpu)->nr_running);
	return sum;
}

unsigned long long nr_context_switches(void)
{
	unsigned long long sum = 0;
	unsigned int cpu;

	for (cpu = 0; cpu < NR_SCHED_CPUS; cpu++)
		sum += cpu_rq(cpu)->nr_switches;
	return sum;
}

/* Context: timer interrupt of CPU 0. */
void calc_global_load(void)
{
	static int countdown = LOAD_FREQ;
	long active = 0;
	unsigned int cpu;

	if (--countdown)
		return;
	countdown = LOAD_FREQ;
	for (cpu = 0; cpu < NR_SCHED_CPUS; cpu++)
		active += (long)cpu_rq(cpu)->nr_running + cpu_rq(cpu)->nr_uninterruptible;
	active = max(active, 0l) * FIXED_1;
	avenrun[0] = calc_load(avenrun[0], EXP_1, active);
	avenrun[1] = calc_load(avenrun[1], EXP_5, active);
	avenrun[2] = calc_load(avenrun[2], EXP_15, active);
}

static void cpu_itimer_tick(struct task_struct *task, struct cpu_itimer *it, int sig)
{
	if (likely(!it->value))
		return;
	if (it->value > TICK_NSEC) {
		it->value -= TICK_NSEC;
		return;
	}
	it->value = it->incr;
	send_signal_locked(sig, SEND_SIG_PRIV, task, PIDTYPE_TGID);
}

/* ITIMER_VIRTUAL and ITIMER_PROF of the running task. */
static void cpu_itimers(struct task_struct *task, int user_tick)
{
	struct cpu_itimer *it = task->signal->it;

	if (likely(!(it[CPU_ITIMER_VIRTUAL].value | it[CPU_ITIMER_PROF].value)))
		return;
	if (task->flags & PF_EXITING)
		return;			/* its handlers may be gone already */
	spin_lock(&task->sighand->siglock);
	if (user_tick)
		cpu_itimer_tick(task, &it[CPU_ITIMER_VIRTUAL], SIGVTALRM);
	cpu_itimer_tick(task, &it[CPU_ITIMER_PROF], SIGPROF);
	spin_unlock(&task->sighand->siglock);
}

/* The tick is a sample: the whole tick goes to what it found. */
void account_process_tick(struct task_struct *task, int user_tick)
{
	if (user_tick) {
		task->utime += TICK_NSEC;
		if (task_nice(task) > 0)
			kcpustat.nice += TICK_NSEC;
		else
			kcpustat.user += TICK_NSEC;
	} else if (task == this_rq()->idle) {
		kcpustat.idle += TICK_NSEC;
	} else {
		task->stime += TICK_NSEC;
		kcpustat.system += TICK_NSEC;
	}
	cpu_itimers(task, user_tick);
}

/*
 * The samples say how a task's time divides, the scheduler how much it was:
 * scale the first to the second.
 */
static void cputime_adjust(u64 utime, u64 stime, u64 runtime, u64 *ut, u64 *st)
{
	u32 all = (u32)div_u64(utime + stime, TICK_NSEC);
	u32 user = (u32)div_u64(utime, TICK_NSEC);

	if (!user)
		*ut = 0;
	else if (user == all)
		*ut = runtime;
	else
		*ut = div_u64(runtime, all) * user;
	*st = runtime - *ut;
}

void task_cputime_adjusted(struct task_struct *task, u64 *utime, u64 *stime)
{
	cputime_adjust(task->utime, task->stime, task->sum_exec_runtime, utime, stime);
}

/* Of the whole process.  Context: siglock held, or the process is the caller's own. */
void thread_group_cputime_adjusted(struct task_struct *task, u64 *utime, u64 *stime)
{
	struct signal_struct *sig = task->signal;
	struct task_struct *t;
	u64 ut, st;

	*utime = sig->utime;
	*stime = sig->stime;
	list_for_each_entry(t, &sig->thread_head, thread_node) {
		task_cputime_adjusted(t, &ut, &st);
		*utime += ut;
		*stime += st;
	}
}
