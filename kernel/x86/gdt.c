/*
 * Segments: flat ones for both modes, three TLS slots of the running task,
 * the TSS that names the kernel stack, and the task of the double fault.
 *
 * A CPU that cannot push an exception frame (the kernel stack has run into
 * its guard page) raises a double fault; only a task gate gives that handler
 * a stack of its own (Intel SDM vol. 3, 6.14.2 and 7.3).
 *
 * head.asm loads cpu_gdt itself, so it is filled in at build time.
 */
#include <linux/init.h>
#include <linux/sched.h>
#include <asm/desc.h>
#include <asm/page.h>
#include <asm/pgtable.h>
#include <asm/processor.h>
#include <asm/traps.h>

#define FLAT_CODE	(DESC_PRESENT | DESC_S | DESC_CODE | DESC_WRITABLE | DESC_ACCESSED | \
			 DESC_32BIT | DESC_GRANULAR)
#define FLAT_DATA	(DESC_PRESENT | DESC_S | DESC_WRITABLE | DESC_ACCESSED | \
			 DESC_32BIT | DESC_GRANULAR)

/* One CPU's; the TLS slots change at every switch. */
struct desc_struct cpu_gdt[GDT_ENTRIES] __attribute__((aligned(8))) = {
	[GDT_ENTRY_KERNEL_CS] = GDT_ENTRY_INIT(FLAT_CODE, 0, 0xFFFFF),
	[GDT_ENTRY_KERNEL_DS] = GDT_ENTRY_INIT(FLAT_DATA, 0, 0xFFFFF),
	[GDT_ENTRY_USER_CS] = GDT_ENTRY_INIT(FLAT_CODE | DESC_DPL3, 0, 0xFFFFF),
	[GDT_ENTRY_USER_DS] = GDT_ENTRY_INIT(FLAT_DATA | DESC_DPL3, 0, 0xFFFFF),
};

struct tss_struct cpu_tss __attribute__((aligned(128)));

static struct tss_struct doublefault_tss __attribute__((aligned(128)));
static u8 doublefault_stack[THREAD_SIZE] __attribute__((aligned(THREAD_SIZE)));

static void __init set_tss_entry(unsigned int entry, struct tss_struct *tss)
{
	u32 base = (u32)tss;

	cpu_gdt[entry] = (struct desc_struct)
		GDT_ENTRY_INIT(DESC_PRESENT | DESC_TYPE_TSS, base, sizeof(*tss) - 1);
}

/* sp0 is its address: entries push below it. The boot stack's task never had an sp0. */
static struct thread_info *interrupted_thread_info(void)
{
	return cpu_tss.sp0 ? (struct thread_info *)cpu_tss.sp0 : stack_thread_info(init_stack);
}

/*
 * The task the CPU switches to on a double fault. The hardware left the
 * interrupted registers in the TSS it came from.
 */
static void __noreturn doublefault_task(void)
{
	struct pt_regs regs = {
		.bx = cpu_tss.bx, .cx = cpu_tss.cx, .dx = cpu_tss.dx,
		.si = cpu_tss.si, .di = cpu_tss.di, .bp = cpu_tss.bp, .ax = cpu_tss.ax,
		.ds = cpu_tss.ds, .es = cpu_tss.es, .fs = cpu_tss.fs, .gs = cpu_tss.gs,
		.orig_ax = -1UL,
		.ip = cpu_tss.ip, .cs = cpu_tss.cs, .flags = cpu_tss.flags,
		.sp = cpu_tss.sp, .ss = cpu_tss.ss,
	};

	/* This stack's thread_info speaks for the task whose stack is gone. */
	*current_thread_info() = *interrupted_thread_info();
	doublefault_report(&regs);
}

static void __init doublefault_init(void)
{
	doublefault_tss = (struct tss_struct) {
		.sp0 = (u32)stack_thread_info(doublefault_stack),
		.ss0 = __KERNEL_DS,
		.cr3 = __pa(swapper_pg_dir),
		.ip = (u32)doublefault_task,
		.flags = X86_EFLAGS_FIXED,
		/* As if called: a return address on top, which is never used. */
		.sp = (u32)stack_thread_info(doublefault_stack) - sizeof(u32),
		.cs = __KERNEL_CS, .ss = __KERNEL_DS,
		.ds = __USER_DS, .es = __USER_DS,
		.io_bitmap_base = sizeof(struct tss_struct),
	};
	set_tss_entry(GDT_ENTRY_DOUBLEFAULT_TSS, &doublefault_tss);
}

void __init gdt_init(void)
{
	cpu_tss.ss0 = __KERNEL_DS;
	cpu_tss.io_bitmap_base = sizeof(cpu_tss);	/* beyond the limit: no port for user mode */
	/* Saved CR3 of a task left by a double fault is never loaded again. */
	cpu_tss.cr3 = __pa(swapper_pg_dir);
	set_tss_entry(GDT_ENTRY_TSS, &cpu_tss);
	doublefault_init();
	asm volatile("ltr %w0" :: "r"(__TSS_SELECTOR));
	/* After reset the LDT is 64 KiB at address 0: user mode could choose descriptors there. */
	asm volatile("lldt %w0" :: "r"(0));
}
