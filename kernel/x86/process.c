/*
 * Tasks as the CPU sees them: the first stack of a child, the switch, the
 * registers of a fresh program, the work on the way back to user mode.
 *
 * __switch_to() runs with the run queue's lock held and interrupts off; all else
 * concerns the current task or one that nobody knows yet, and takes no lock.
 */
#include <linux/sched.h>
#include <linux/syscalls.h>
#include <linux/thread_info.h>
#include <asm/desc.h>
#include <asm/processor.h>
#include <linux/signal.h>
#include <asm/traps.h>

/* For entry.asm: length of the table, and calls by number (own CPU's, shown in /proc). */
const unsigned int nr_syscalls = NR_syscalls;
unsigned int sys_call_count[NR_syscalls];

/* entry.asm */
void ret_from_fork(void);
void ret_from_kernel_thread(void);
struct task_struct *switch_stacks(struct task_struct *prev, unsigned long *save_sp,
				  unsigned long next_sp);

/* What switch_stacks() pops from a stack that has not run yet. */
struct first_frame {
	unsigned long di, si, bx, bp;
	void (*ret_addr)(void);
};

void load_tls(const struct thread_struct *thread)
{
	/* Written out: a memcpy() of 24 bytes becomes a loop, and this is in every switch. */
	cpu_gdt[GDT_ENTRY_TLS_MIN] = thread->tls_array[0];
	cpu_gdt[GDT_ENTRY_TLS_MIN + 1] = thread->tls_array[1];
	cpu_gdt[GDT_ENTRY_TLS_MIN + 2] = thread->tls_array[2];
}

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	struct thread_struct *from = &prev->thread, *to = &next->thread;

	if (from->fpu.loaded)
		fpu_switch_out(prev);
	asm volatile("movw %%fs, %0" : "=m"(from->fs));
	asm volatile("movw %%gs, %0" : "=m"(from->gs));
	cpu_tss.sp0 = to->sp0;
	load_tls(to);
	/* Loading is what reads a descriptor, so an equal selector is loaded too. */
	if (from->fs | to->fs)
		load_user_segment(fs, to->fs);
	if (from->gs | to->gs)
		load_user_segment(gs, to->gs);
	return switch_stacks(prev, &from->sp, to->sp);
}

int copy_thread(unsigned long clone_flags, unsigned long sp, unsigned long arg,
		struct task_struct *child, unsigned long tls)
{
	struct pt_regs *regs = task_pt_regs(child);
	struct first_frame *frame = (struct first_frame *)regs - 1;
	struct thread_struct *thread = &child->thread;

	BUILD_BUG_ON(_Alignof(struct fpu) != 16);
	thread->sp = (unsigned long)frame;
	thread->sp0 = (unsigned long)(regs + 1);
	memset(frame, 0, sizeof(*frame));

	if (child->flags & PF_KTHREAD) {
		memset(regs, 0, sizeof(*regs));
		memset(thread->tls_array, 0, sizeof(thread->tls_array));
		fpu_drop(child);
		thread->fs = thread->gs = 0;
		frame->bx = sp;
		frame->si = arg;
		frame->ret_addr = ret_from_kernel_thread;
		return 0;
	}

	*regs = *task_pt_regs(current);
	regs->ax = 0;
	if (sp)
		regs->sp = sp;
	asm volatile("movw %%fs, %0" : "=m"(thread->fs));
	asm volatile("movw %%gs, %0" : "=m"(thread->gs));
	fpu_fork(child);
	frame->ret_addr = ret_from_fork;
	if (clone_flags & CLONE_SETTLS)
		return do_set_thread_area(child, -1, (void __user *)tls, 0);
	return 0;
}

void start_thread(struct pt_regs *regs, unsigned long new_ip, unsigned long new_sp)
{
	struct thread_struct *thread = &current->thread;

	memset(regs, 0, sizeof(*regs));
	regs->ds = regs->es = regs->ss = __USER_DS;
	regs->cs = __USER_CS;
	regs->ip = new_ip;
	regs->sp = new_sp;
	regs->flags = X86_EFLAGS_IF | X86_EFLAGS_FIXED;
	regs->orig_ax = -1UL;

	preempt_disable();
	loadsegment(fs, 0);
	loadsegment(gs, 0);
	memset(thread->tls_array, 0, sizeof(thread->tls_array));
	load_tls(thread);
	preempt_enable();
	fpu_drop(current);
}

/*
 * A signal may make a task runnable elsewhere, a switch may bring a signal:
 * tested anew, interrupts off, until nothing is left.
 */
void exit_to_user_work(struct pt_regs *regs)
{
	unsigned long work;

	while ((work = READ_ONCE(current_thread_info()->flags)) & _TIF_WORK_MASK) {
		local_irq_enable();
		if (work & _TIF_NEED_RESCHED)
			preempt_schedule();
		if (work & _TIF_NOTIFY_RESUME)
			clear_thread_flag(TIF_NOTIFY_RESUME);
		if (work & _TIF_SIGPENDING)
			do_signal(regs);
		local_irq_disable();
	}
}
