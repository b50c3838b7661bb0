/*
 * Ways out: reset, power off, halt, and leaving the emulator with a status.
 *
 * Runs from panic() too, so it uses no other part of the kernel: PCI
 * configuration is read through its ports directly.
 */
#include <linux/guest_channel.h>
#include <linux/io.h>
#include <linux/irqflags.h>
#include <linux/reboot.h>
#include <asm/desc.h>

/* 8042 keyboard controller: its output line 0 is the CPU's reset. */
#define I8042_STATUS		0x64
#define I8042_COMMAND		0x64
#define I8042_STATUS_INPUT_FULL	0x02
#define I8042_PULSE_RESET	0xFE
#define I8042_TRIES		10000

/* PCI configuration mechanism #1 (PCI Local Bus 2.2, 3.2.2.3.2). */
#define PCI_ADDRESS		0xCF8
#define PCI_DATA		0xCFC
#define PCI_ENABLE		0x80000000U
#define PCI_DEVFNS		256

/* PIIX4 power management (82371AB data sheet, 7.1 and 7.2). */
#define PIIX4_PM_ID		0x71138086U
#define PIIX4_PMBASE		0x40
#define PIIX4_PMBASE_MASK	0xFFC0
#define PIIX4_PMREGMISC		0x80
#define PIIX4_PMIOSE		0x01	/* the I/O space is on */
#define PM1_CONTROL		0x04
#define PM1_SLP_TYPE_OFF	(0 << 10)
#define PM1_SLP_ENABLE		(1 << 13)

static u32 pci_read(unsigned int devfn, unsigned int offset)
{
	outl(PCI_ENABLE | devfn << 8 | offset, PCI_ADDRESS);
	return inl(PCI_DATA);
}

static void piix4_power_off(void)
{
	unsigned int devfn;
	u16 base;

	for (devfn = 0; devfn < PCI_DEVFNS; devfn++)
		if (pci_read(devfn, 0) == PIIX4_PM_ID)
			break;
	if (devfn == PCI_DEVFNS || !(pci_read(devfn, PIIX4_PMREGMISC) & PIIX4_PMIOSE))
		return;
	base = pci_read(devfn, PIIX4_PMBASE) & PIIX4_PMBASE_MASK;
	outw(PM1_SLP_TYPE_OFF | PM1_SLP_ENABLE, base + PM1_CONTROL);
}

/* An exception that finds no descriptor, not even the double fault's, resets the CPU. */
static void triple_fault(void)
{
	const struct desc_ptr nothing = { 0, 0 };

	asm volatile("lidt %0; int3" :: "m"(nothing));
}

void machine_halt(void)
{
	local_irq_disable();
	for (;;)
		native_halt();
}

void machine_restart(char *cmd)
{
	unsigned int tries;

	local_irq_disable();
	for (tries = 0; tries < I8042_TRIES; tries++)
		if (!(inb(I8042_STATUS) & I8042_STATUS_INPUT_FULL))
			break;
	outb(I8042_PULSE_RESET, I8042_COMMAND);
	/* The reset takes its time; a machine without an 8042 goes on here. */
	for (tries = 0; tries < I8042_TRIES; tries++)
		io_delay();
	triple_fault();
	machine_halt();
}

void machine_power_off(void)
{
	local_irq_disable();
	piix4_power_off();
	machine_halt();
}

void debug_exit(u8 code)
{
	outb(code, GUEST_EXIT_PORT);
}
