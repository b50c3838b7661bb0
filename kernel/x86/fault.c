/*
 * Page faults: which address space, which vma, may it - and then
 * handle_mm_fault() brings the page.
 *
 *	user address, from either mode	find the vma, check, handle_mm_fault()
 *	kernel address, from user mode	SIGSEGV
 *	kernel address, kernel mode	never lazily filled: exception table, or die
 *
 * A fault of the kernel on a user address is legal only inside copy_*_user()
 * and friends, which have a row in the exception table and may sleep.
 */
#include <linux/kasan.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/vmalloc.h>
#include <asm/extable.h>
#include <asm/ptrace.h>
#include <asm/traps.h>

/* The first bytes of an address space, where null pointers with an offset point. */
#define NULL_PAGE_LIMIT	PAGE_SIZE

/* In kernel mode, and no vma can help: the exception table, or the end. */
static void kernel_fault(struct pt_regs *regs, unsigned long error, unsigned long address)
{
	const char *what = "page fault";
	char text[80];

	if (kprobe_fault(regs, X86_TRAP_PF) || fixup_exception(regs))
		return;
	address = kasan_fault_address(regs->ip, address);
	if (address < NULL_PAGE_LIMIT)
		what = "null pointer dereference";
	else if (error & X86_PF_INSTR || address == regs->ip)
		what = "jump to memory that holds no kernel code";
	else if (address < TASK_SIZE)
		what = "touch of user memory without copy_*_user()";
	else if (error & X86_PF_WRITE && error & X86_PF_PROT)
		what = "write to read-only memory";
	else if (is_stack_guard(address))
		what = "touch of the guard page below a kernel stack";
	scnprintf(text, sizeof(text), "unable to handle %s at %08lx", what, address);
	die(text, regs, (long)error);
}

/* Nothing may be touched there: a signal for a program; code: SEGV_*.  No locks held. */
static void bad_area(struct pt_regs *regs, unsigned long error, unsigned long address, int code)
{
	const struct fault fault = {
		.vector = X86_TRAP_PF, .address = address, .signo = SIGSEGV, .code = code,
		/* Whether a kernel page is present is not the program's business. */
		.error = error | (address >= TASK_SIZE ? X86_PF_PROT : 0),
	};

	if (!user_mode(regs)) {
		kernel_fault(regs, error, address);
		return;
	}
	current->thread.cr2 = address;
	fault_signal(regs, &fault);
}

/* handle_mm_fault() could not: no memory, or nothing behind the mapping. */
static void fault_failed(struct pt_regs *regs, unsigned long error, unsigned long address,
			 vm_fault_t result)
{
	const struct fault fault = {
		.vector = X86_TRAP_PF, .address = address, .error = error,
		.signo = SIGBUS, .code = BUS_ADRERR,
	};

	if (!user_mode(regs)) {
		kernel_fault(regs, error, address);
		return;
	}
	if (fatal_signal_pending(current))
		return;
	if (result & VM_FAULT_OOM) {
		pagefault_out_of_memory();
	} else if (result & VM_FAULT_SIGSEGV) {
		bad_area(regs, error, address, SEGV_MAPERR);
	} else {
		current->thread.cr2 = address;
		fault_signal(regs, &fault);
	}
}

static bool access_allowed(const struct vm_area_struct *vma, unsigned long error)
{
	if (error & X86_PF_WRITE)
		return vma->vm_flags & VM_WRITE;
	/* i386 pages cannot be run without being readable, nor the other way round. */
	return vma->vm_flags & (VM_READ | VM_EXEC | VM_WRITE);
}

/* The vma of @address, the stack grown down to it if that is what it takes; or NULL. */
static struct vm_area_struct *fault_vma(struct mm_struct *mm, unsigned long address)
{
	struct vm_area_struct *vma = find_vma(mm, address);

	if (!vma || vma->vm_start <= address)
		return vma;
	if (!(vma->vm_flags & VM_GROWSDOWN) || expand_stack(vma, address))
		return NULL;
	return vma;
}

/*
 * Looks for the vma and has the page brought, again where the lock had to be
 * dropped meanwhile.  Context: process; may sleep.
 */
static void user_address_fault(struct pt_regs *regs, unsigned long error, unsigned long address)
{
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned int flags = FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE;
	vm_fault_t result;

	if (user_mode(regs))
		flags |= FAULT_FLAG_USER;
	if (error & X86_PF_WRITE)
		flags |= FAULT_FLAG_WRITE;
	do {
		mmap_read_lock(mm);
		vma = fault_vma(mm, address);
		if (unlikely(!vma || !access_allowed(vma, error))) {
			mmap_read_unlock(mm);
			bad_area(regs, error, address, vma ? SEGV_ACCERR : SEGV_MAPERR);
			return;
		}
		result = handle_mm_fault(vma, address, flags, regs);
		/* RETRY: the lock was dropped to wait; the vma may be gone by now. */
		if (!(result & VM_FAULT_RETRY))
			mmap_read_unlock(mm);
		flags |= FAULT_FLAG_TRIED;
		/* Killed while it waited: user mode meets the signal, a kernel copy gives up. */
		if (unlikely(result & VM_FAULT_RETRY && fatal_signal_pending(current)))
			result = VM_FAULT_SIGBUS;
	} while (unlikely(result & VM_FAULT_RETRY));

	if (unlikely(result & VM_FAULT_ERROR))
		fault_failed(regs, error, address, result);
}

/* May this kernel-mode fault on a user address sleep and fill the page in? */
static bool kernel_may_fault(const struct pt_regs *regs, unsigned long error)
{
	if (!(regs->flags & X86_EFLAGS_IF) || in_atomic() || error & X86_PF_INSTR)
		return false;
	/* SMAP: a present page refused outside stac(). */
	if (boot_cpu_has(X86_FEATURE_SMAP) && !(regs->flags & X86_EFLAGS_AC))
		return false;
	return !DEBUG_BUILD || search_exception_tables(regs->ip);
}

void do_page_fault(struct pt_regs *regs, unsigned long error, unsigned long address)
{
	if (regs->flags & X86_EFLAGS_IF)
		local_irq_enable();
	if (unlikely(address >= TASK_SIZE || !current->mm))
		bad_area(regs, error, address, SEGV_MAPERR);
	else if (!user_mode(regs) && kprobe_fault(regs, X86_TRAP_PF))
		;
	else if (user_mode(regs) || kernel_may_fault(regs, error))
		user_address_fault(regs, error, address);
	else
		kernel_fault(regs, error, address);
	local_irq_disable();
}
