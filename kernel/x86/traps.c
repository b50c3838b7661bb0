/*
 * Exceptions other than page faults: from user mode they become a signal and,
 * if it kills, a line in the log; from kernel mode they are either expected
 * (the exception table, BUG(), WARN()) or the end of the kernel.
 *
 * Entered from entry.asm with interrupts off; switched on again where the
 * interrupted code had them on.
 */
#include <linux/bug.h>
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/module_tables.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/stacktrace.h>
#include <asm/extable.h>
#include <asm/fpu.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

/* What an exception means for the program that raised it. */
struct trap_kind {
	const char *name;
	int signo;
	int code;		/* si_code */
};

static const struct trap_kind traps[NR_EXCEPTIONS] = {
	[X86_TRAP_DE] = { "divide error", SIGFPE, FPE_INTDIV },
	[X86_TRAP_DB] = { "debug", SIGTRAP, TRAP_TRACE },
	[X86_TRAP_NMI] = { "NMI", 0, 0 },
	[X86_TRAP_BP] = { "int3", SIGTRAP, SI_KERNEL },
	[X86_TRAP_OF] = { "overflow", SIGSEGV, SI_KERNEL },
	[X86_TRAP_BR] = { "bounds", SIGSEGV, SI_KERNEL },
	[X86_TRAP_UD] = { "invalid opcode", SIGILL, ILL_ILLOPN },
	[X86_TRAP_NM] = { "device not available", SIGSEGV, SI_KERNEL },
	[X86_TRAP_DF] = { "double fault", SIGSEGV, SI_KERNEL },
	[X86_TRAP_OLD_MF] = { "coprocessor segment overrun", SIGFPE, SI_KERNEL },
	[X86_TRAP_TS] = { "invalid TSS", SIGSEGV, SI_KERNEL },
	[X86_TRAP_NP] = { "segment not present", SIGBUS, SI_KERNEL },
	[X86_TRAP_SS] = { "stack segment", SIGBUS, SI_KERNEL },
	[X86_TRAP_GP] = { "general protection fault", SIGSEGV, SI_KERNEL },
	[X86_TRAP_PF] = { "page fault", SIGSEGV, SEGV_MAPERR },
	[X86_TRAP_MF] = { "x87 FPU error", SIGFPE, FPE_FLTINV },
	[X86_TRAP_AC] = { "alignment check", SIGBUS, BUS_ADRALN },
	[X86_TRAP_MC] = { "machine check", SIGBUS, SI_KERNEL },
	[X86_TRAP_XF] = { "SIMD error", SIGFPE, FPE_FLTINV },
};

const char *trap_name(unsigned int vector)
{
	if (vector >= NR_EXCEPTIONS || !traps[vector].name)
		return "reserved exception";
	return traps[vector].name;
}

const struct exception_table_entry *search_exception_tables(unsigned long ip)
{
	extern const struct exception_table_entry __start___ex_table[], __stop___ex_table[];
	const struct exception_table_entry *entry;

	for (entry = __start___ex_table; entry < __stop___ex_table; entry++)
		if (entry->insn == ip)
			return entry;
	return module_tables ? module_tables->search_extable(ip) : NULL;
}

bool fixup_exception(struct pt_regs *regs)
{
	const struct exception_table_entry *entry = search_exception_tables(regs->ip);

	if (entry)
		regs->ip = entry->fixup;
	return entry != NULL;
}

void fault_signal(struct pt_regs *regs, const struct fault *fault)
{
	struct thread_struct *thread = &current->thread;

	thread->trap_nr = fault->vector;
	thread->error_code = fault->error;
	if (unhandled_signal(current, fault->signo))
		pr_info("%s[%d]: %s at %08lx ip %08lx sp %08lx error %lx\n",
			current->comm, task_pid_nr(current), trap_name(fault->vector),
			fault->address, regs->ip, regs->sp, fault->error);
	force_sig_fault(fault->signo, fault->code, (void __user *)fault->address);
}

static void user_exception(struct pt_regs *regs, unsigned int vector, unsigned long error)
{
	struct fault fault = {
		.vector = vector, .error = error,
		.signo = traps[vector].signo ?: SIGSEGV,
		.code = traps[vector].code,
	};

	/* A signal that names an instruction carries its address. */
	if (fault.code != SI_KERNEL)
		fault.address = regs->ip;
	if (vector == X86_TRAP_MF || vector == X86_TRAP_XF)
		fault.code = fpu_exception_code(vector);
	fault_signal(regs, &fault);
}

static void kernel_exception(struct pt_regs *regs, unsigned int vector, unsigned long error)
{
	if (kprobe_fault(regs, vector) || fixup_exception(regs) ||
	    (vector == X86_TRAP_UD && fixup_bug(regs)))
		return;
	current->thread.trap_nr = vector;
	current->thread.error_code = error;
	die(trap_name(vector), regs, (long)error);
}

void __kprobes do_exception(struct pt_regs *regs, unsigned int vector, unsigned long error)
{
	if (vector == X86_TRAP_NM && user_mode(regs)) {
		fpu_restore_current();
		return;
	}
	if (vector == X86_TRAP_NMI) {
		pr_emerg("NMI: the hardware reports an error (ip %08lx)\n", regs->ip);
		return;
	}
	if (vector == X86_TRAP_BP && !user_mode(regs) && kprobe_int3(regs))
		return;
	if (regs->flags & X86_EFLAGS_IF)
		local_irq_enable();
	if (user_mode(regs))
		user_exception(regs, vector, error);
	else
		kernel_exception(regs, vector, error);
	local_irq_disable();
}

static void show_regs_sp(struct pt_regs *regs, unsigned long sp)
{
	bool user = user_mode(regs);
	unsigned int fs, gs;

	savesegment(fs, fs);
	savesegment(gs, gs);
	pr_emerg("ip: %04x:%08lx %pS flags: %08lx\n", regs->cs, regs->ip,
		 user ? NULL : (void *)regs->ip, regs->flags);
	pr_emerg("ax: %08lx bx: %08lx cx: %08lx dx: %08lx\n",
		 regs->ax, regs->bx, regs->cx, regs->dx);
	pr_emerg("si: %08lx di: %08lx bp: %08lx sp: %04x:%08lx\n",
		 regs->si, regs->di, regs->bp, user ? regs->ss : __KERNEL_DS, sp);
	pr_emerg("ds: %04x es: %04x fs: %04x gs: %04x orig_ax: %08lx\n",
		 regs->ds, regs->es, fs & 0xFFFF, gs & 0xFFFF, regs->orig_ax);
	pr_emerg("cr0: %08lx cr2: %08lx cr3: %08lx cr4: %08lx\n",
		 read_cr0(), read_cr2(), read_cr3(), read_cr4());
}

void show_regs(struct pt_regs *regs)
{
	show_regs_sp(regs, kernel_stack_pointer(regs));
}

#define OVERFLOW_DEPTH	128	/* calls shown: how it came to so many is the question */

/*
 * On the double fault's own stack, with the registers of the interrupted
 * kernel. CR2 tells whether it was the stack.
 */
void doublefault_report(struct pt_regs *regs)
{
	static unsigned long entries[OVERFLOW_DEPTH];
	const struct report_place place = { .ip = regs->ip };
	unsigned long stack = (unsigned long)current->stack, address = read_cr2();
	const char *what = "double fault";

	if (address - (stack - PAGE_SIZE) < PAGE_SIZE)
		what = "kernel stack overflow";
	panic_first_record = printk_next_seq();
	report_begin_at(&place, "%s", what);
	oops_enter();
	report_line("stack: %08lx-%08lx; esp is %08lx", stack, stack + THREAD_SIZE, regs->sp);
	/* This frame has its sp although it is from kernel mode: the hardware saved it. */
	show_regs_sp(regs, regs->sp);
	report_line("Call trace:");
	stack_trace_print(KERN_EMERG, entries,
			  stack_trace_save_from(regs->bp, entries, OVERFLOW_DEPTH));
	report_end();
	panic("%s", what);
}
