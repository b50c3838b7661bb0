/*
 * FPU and SSE registers, given to a task at its first use after a switch.
 *
 *	switched in	CR0.TS set: the first FPU instruction raises exception 7
 *	exception 7	registers loaded, TS clear, fpu.loaded
 *	switched out	saved if loaded, TS set
 *
 * A task that never uses them costs a test at each switch. All functions run
 * on the CPU that runs, or just leaves, the task; interrupts never use the FPU.
 */
#include <linux/init.h>
#include <linux/sched.h>
#include <asm/fpu.h>
#include <asm/special_insns.h>
#include <asm/traps.h>
#include <uapi/asm/siginfo.h>

/* Control words of a fresh program: all exceptions masked, 64-bit mantissa. */
#define FPU_CWD_DEFAULT		0x037F
#define MXCSR_DEFAULT		0x1F80
#define MXCSR_EXCEPTIONS	0x3F
#define MXCSR_MASK_SHIFT	7
#define MXCSR_MASK_FALLBACK	0xFFBF	/* CPUs that store no mask: all but DAZ */

static struct fxregs_state pristine = { .cwd = FPU_CWD_DEFAULT, .mxcsr = MXCSR_DEFAULT };
u32 fpu_mxcsr_mask = MXCSR_MASK_FALLBACK;

static void fxsave(struct fxregs_state *state)
{
	asm volatile("fxsave %0" : "=m"(*state));
}

static void fxrstor(const struct fxregs_state *state)
{
	asm volatile("fxrstor %0" :: "m"(*state));
}

void __init fpu_init(void)
{
	unsigned long cr4 = read_cr4() | X86_CR4_OSFXSR;
	struct fxregs_state probe = { .mxcsr_mask = 0 };

	if (!boot_cpu_has(X86_FEATURE_FXSR))
		panic("this CPU has no FXSAVE (Pentium II or later needed)");
	if (boot_cpu_has(X86_FEATURE_XMM))
		cr4 |= X86_CR4_OSXMMEXCPT;
	write_cr4(cr4);
	write_cr0((read_cr0() & ~X86_CR0_EM) | X86_CR0_MP | X86_CR0_NE);
	clts();
	asm volatile("fninit");
	fxsave(&probe);
	if (probe.mxcsr_mask)
		fpu_mxcsr_mask = probe.mxcsr_mask;
	stts();
}

void fpu_restore_current(void)
{
	struct fpu *fpu = &current->thread.fpu;

	clts();
	fxrstor(fpu->used ? &fpu->state : &pristine);
	fpu->used = fpu->loaded = true;
}

void fpu_switch_out(struct task_struct *prev)
{
	struct fpu *fpu = &prev->thread.fpu;

	fxsave(&fpu->state);
	fpu->loaded = false;
	stts();
}

void fpu_sync_current(void)
{
	struct fpu *fpu = &current->thread.fpu;

	preempt_disable();
	if (fpu->loaded)
		fpu_switch_out(current);
	preempt_enable();
	if (!fpu->used) {
		fpu->state = pristine;
		fpu->used = true;
	}
}

void fpu_fork(struct task_struct *child)
{
	struct fpu *fpu = &current->thread.fpu;

	if (fpu->used) {
		fpu_sync_current();
		child->thread.fpu.state = fpu->state;
	}
	child->thread.fpu.used = fpu->used;
	child->thread.fpu.loaded = false;
}

void fpu_drop(struct task_struct *task)
{
	struct fpu *fpu = &task->thread.fpu;

	preempt_disable();
	if (fpu->loaded && task == current)
		stts();
	fpu->used = fpu->loaded = false;
	preempt_enable();
}

/* Status bits 0-5 (both units): invalid, denormal, zero divide, overflow, underflow, precision. */
int fpu_exception_code(unsigned int vector)
{
	static const int codes[] = {
		FPE_FLTINV, FPE_FLTUND, FPE_FLTDIV, FPE_FLTOVF, FPE_FLTUND, FPE_FLTRES,
	};
	const struct fxregs_state *state = &current->thread.fpu.state;
	unsigned int raised, i;

	fpu_sync_current();
	if (vector == X86_TRAP_MF)
		raised = state->swd & ~state->cwd;
	else
		raised = state->mxcsr & ~(state->mxcsr >> MXCSR_MASK_SHIFT);
	for (i = 0; i < ARRAY_SIZE(codes); i++)
		if (raised & (1U << i))
			return codes[i];
	return FPE_FLTINV;
}
