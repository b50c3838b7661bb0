/*
 * The pair of 8259A interrupt controllers: lines 0-7 on the master, 8-15 on
 * the slave, whose output is the master's line 2.
 *
 * An interrupt is acknowledged before its handlers run, without masking:
 * handlers run with interrupts off, so a level that is still up comes again
 * after them and no sooner.
 *
 * Spurious interrupts: a line that falls between the controller's request
 * and the CPU's acknowledge is delivered as 7 (or 15), without its bit in the
 * in-service register. (Intel 8259A data sheet, 231468-003.)
 *
 * chip state is guarded by i8259_lock, innermost, irq-safe.
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/irq.h>
#include <asm/irq.h>

#define PIC_MASTER_CMD		0x20
#define PIC_MASTER_IMR		0x21
#define PIC_SLAVE_CMD		0xA0
#define PIC_SLAVE_IMR		0xA1

#define ICW1_INIT		0x11	/* edge triggered, cascade, ICW4 follows */
#define ICW4_8086		0x01
#define OCW2_SPECIFIC_EOI	0x60	/* | line */
#define OCW3_READ_ISR		0x0B
#define OCW3_READ_IRR		0x0A

#define CASCADE_LINE		2
#define SPURIOUS_LINE		7	/* of either controller */
#define LINES			8
#define ALL_LINES		0xFF

static DEFINE_SPINLOCK(i8259_lock);
/* [i8259_lock] the two mask registers, slave's in the high byte */
static u16 cached_mask = 0xFFFF & ~(1 << CASCADE_LINE);

static void write_mask(unsigned int irq)
{
	if (irq < LINES)
		outb((u8)cached_mask, PIC_MASTER_IMR);
	else
		outb(cached_mask >> LINES, PIC_SLAVE_IMR);
}

static void i8259_mask(unsigned int irq)
{
	unsigned long flags;

	spin_lock_irqsave(&i8259_lock, flags);
	cached_mask |= 1 << irq;
	write_mask(irq);
	spin_unlock_irqrestore(&i8259_lock, flags);
}

static void i8259_unmask(unsigned int irq)
{
	unsigned long flags;

	spin_lock_irqsave(&i8259_lock, flags);
	cached_mask &= ~(1 << irq);
	write_mask(irq);
	spin_unlock_irqrestore(&i8259_lock, flags);
}

static bool in_service(int command_port, unsigned int line)
{
	u8 isr;

	outb(OCW3_READ_ISR, command_port);
	isr = inb(command_port);
	outb(OCW3_READ_IRR, command_port);
	return isr & (1 << line);
}

static bool i8259_ack(unsigned int irq)
{
	bool real = true;

	spin_lock(&i8259_lock);
	if (irq < LINES) {
		if (unlikely(irq == SPURIOUS_LINE))
			real = in_service(PIC_MASTER_CMD, irq);
		if (real)
			outb(OCW2_SPECIFIC_EOI | irq, PIC_MASTER_CMD);
	} else {
		if (unlikely(irq == LINES + SPURIOUS_LINE))
			real = in_service(PIC_SLAVE_CMD, SPURIOUS_LINE);
		if (real)
			outb(OCW2_SPECIFIC_EOI | (irq - LINES), PIC_SLAVE_CMD);
		/* The master took even a spurious one for real. */
		outb(OCW2_SPECIFIC_EOI | CASCADE_LINE, PIC_MASTER_CMD);
	}
	spin_unlock(&i8259_lock);
	return real;
}

static const struct irq_chip i8259_chip = {
	.name		= "XT-PIC",
	.irq_mask	= i8259_mask,
	.irq_unmask	= i8259_unmask,
	.irq_ack	= i8259_ack,
};

void __init init_IRQ(void)
{
	unsigned int irq;

	outb_p(ICW1_INIT, PIC_MASTER_CMD);
	outb_p(FIRST_EXTERNAL_VECTOR, PIC_MASTER_IMR);
	outb_p(1 << CASCADE_LINE, PIC_MASTER_IMR);
	outb_p(ICW4_8086, PIC_MASTER_IMR);
	outb_p(ICW1_INIT, PIC_SLAVE_CMD);
	outb_p(FIRST_EXTERNAL_VECTOR + LINES, PIC_SLAVE_IMR);
	outb_p(CASCADE_LINE, PIC_SLAVE_IMR);
	outb_p(ICW4_8086, PIC_SLAVE_IMR);
	outb((u8)cached_mask, PIC_MASTER_IMR);
	outb(cached_mask >> LINES, PIC_SLAVE_IMR);

	for (irq = 0; irq < NR_IRQS; irq++) {
		spin_lock_init(&irq_desc[irq].lock);
		if (irq < NR_IRQS_LEGACY && irq != CASCADE_LINE)
			irq_desc[irq].chip = &i8259_chip;
	}
}
