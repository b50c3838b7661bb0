/*
 * kmain(): the bring-up of the core, in order, one call after the other. Each
 * may use what stands above it. Drivers and file systems follow as initcalls,
 * level by level (<linux/init.h>).
 *
 * Runs on the boot stack with interrupts off until the clock ticks; becomes
 * the idle task at the end.
 */
#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/printk.h>
#include <asm/cpufeature.h>
#include <asm/desc.h>
#include <asm/early_serial.h>
#include <asm/fpu.h>
#include <asm/setup.h>
#include <asm/smp.h>

void kmain(u32 magic, u32 info);

void kmain(u32 magic, u32 info)
{
	early_serial_init();		/* printk() is seen from here on */
	cpu_identify();			/* CPUID; SMEP, SMAP */
	setup_arch(magic, info);	/* memory map, command line, modules */
	gdt_init();			/* TSS, task of the double fault */
	idt_init();			/* exceptions are reported from here on */
	paging_init();			/* direct map, write protection; boot_alloc() */
	fpu_init();			/* FXSAVE, lazily */
	boot_memory_show();

	panic("nothing to run yet");
}
