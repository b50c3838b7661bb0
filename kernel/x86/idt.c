/*
 * The interrupt descriptor table: 32 exceptions, 32 interrupt lines and the
 * system call.
 *
 * Exceptions come through interrupt gates, so that CR2 and the debug
 * registers can be read before anything else happens; the system call
 * through a trap gate, which leaves interrupts on and saves an STI.
 */
#include <linux/init.h>
#include <asm/desc.h>
#include <asm/irq.h>
#include <asm/traps.h>

#define IDT_ENTRIES	256

/* Tables of entry points, made by entry.asm. */
extern const void *const exception_entry[NR_EXCEPTIONS];
extern const void *const irq_entry[NR_IRQS_VECTORS];
void entry_int80(void);

static struct gate_struct idt[IDT_ENTRIES] __attribute__((aligned(8)));

static void __init set_gate(unsigned int vector, u8 type, u8 dpl, const void *handler)
{
	u32 address = (u32)handler;

	idt[vector] = (struct gate_struct) {
		.offset_low = (u16)address,
		.segment = __KERNEL_CS,
		.type = type, .dpl = dpl, .p = 1,
		.offset_high = (u16)(address >> 16),
	};
}

void __init idt_init(void)
{
	const struct desc_ptr pointer = { sizeof(idt) - 1, (u32)idt };
	unsigned int i;

	for (i = 0; i < NR_EXCEPTIONS; i++)
		set_gate(i, GATE_INTERRUPT, 0, exception_entry[i]);
	/* What user programs may raise with an instruction made for it. */
	set_gate(X86_TRAP_BP, GATE_INTERRUPT, USER_RPL, exception_entry[X86_TRAP_BP]);
	set_gate(X86_TRAP_OF, GATE_INTERRUPT, USER_RPL, exception_entry[X86_TRAP_OF]);
	idt[X86_TRAP_DF] = (struct gate_struct) {
		.segment = __DOUBLEFAULT_TSS_SELECTOR, .type = GATE_TASK, .p = 1,
	};

	for (i = 0; i < NR_IRQS_VECTORS; i++)
		set_gate(FIRST_EXTERNAL_VECTOR + i, GATE_INTERRUPT, 0, irq_entry[i]);
	set_gate(IA32_SYSCALL_VECTOR, GATE_TRAP, USER_RPL, entry_int80);
	asm volatile("lidt %0" :: "m"(pointer));
}
