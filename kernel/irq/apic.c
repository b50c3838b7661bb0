/*
 * The local APIC of the one CPU, for two things: messages of devices (MSI), and a
 * timer that interrupts once, at any time.
 *
 * The 8259s stay: their output goes through input LINT0 as an "external"
 * interrupt, whose vector they deliver (virtual-wire mode), and which
 * needs no EOI here. Everything else that comes by the local APIC does.
 * Without one, or with `nolapic`, devices use their pins and hrtimers the tick.
 *
 * Registers: Intel SDM vol. 3, chapter 10. Locks: lapic_lock; the registers are the CPU's own.
 */
#include <linux/bitops.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/irq.h>
#include <linux/ktime.h>
#include <asm/apic.h>
#include <asm/cpufeature.h>
#include <asm/special_insns.h>

#define MSR_IA32_APICBASE	0x1b
#define APICBASE_ENABLE		(1u << 11)
#define APICBASE_ADDRESS	0xfffff000u

#define APIC_ID			0x020		/* in the highest byte */
#define APIC_TASKPRI		0x080
#define APIC_EOI		0x0b0
#define APIC_SPIV		0x0f0
#define  APIC_SPIV_ENABLED	(1u << 8)
#define APIC_ESR		0x280
#define APIC_LVTT		0x320
#define APIC_LVT0		0x350
#define APIC_LVT1		0x360
#define APIC_LVTERR		0x370
#define  APIC_LVT_MASKED	(1u << 16)
#define  APIC_LVT_NMI		0x400
#define  APIC_LVT_EXTINT	0x700
#define APIC_TMICT		0x380		/* the timer's initial count: starts it */
#define APIC_TMCCT		0x390		/* … its current one */
#define APIC_TDCR		0x3e0
#define  APIC_TDR_DIV_1		0xb

#define MSI_ADDRESS		0xfee00000u
#define MSI_DESTINATION_SHIFT	12

#define CALIBRATE_US		500

static struct resource lapic_resource = { .name = "Local APIC", .flags = IORESOURCE_MEM | IORESOURCE_BUSY };
static void __iomem *lapic;			/* [I] NULL: none in use */
static bool nolapic;				/* [I] */
static u32 timer_khz;				/* [I] */
bool lapic_timer_runs;				/* [I] */
static DEFINE_SPINLOCK(lapic_lock);
static unsigned long msi_taken;			/* lapic_lock: lines, by number */

/* The local APIC is left alone: devices use their pins, hrtimers the tick. */
static int __init set_nolapic(char *unused)
{
	nolapic = true;
	return 0;
}
early_param("nolapic", set_nolapic);

static u32 vector_of(unsigned int irq)
{
	return FIRST_EXTERNAL_VECTOR + irq;
}

/* ------------------------------------------------------------------ the lines */

/* A message cannot be held up: one that comes while its line is masked is kept as pending. */
static void lapic_nothing(unsigned int irq)
{
}

static bool lapic_ack(unsigned int irq)
{
	if (irq == LAPIC_SPURIOUS_IRQ)
		return false;			/* and has no EOI */
	writel(0, lapic + APIC_EOI);
	return true;
}

static const struct irq_chip msi_chip = {
	.name = "PCI-MSI", .irq_mask = lapic_nothing, .irq_unmask = lapic_nothing, .irq_ack = lapic_ack,
};
static const struct irq_chip lapic_chip = {
	.name = "LAPIC", .irq_mask = lapic_nothing, .irq_unmask = lapic_nothing, .irq_ack = lapic_ack,
};

int lapic_alloc_irq(void)
{
	int irq, end = LAPIC_TIMER_IRQ;

	if (!lapic)
		return -ENODEV;
	spin_lock(&lapic_lock);
	irq = find_next_zero_bit(&msi_taken, end, LAPIC_FIRST_MSI);
	if (irq < end)
		msi_taken |= 1UL << irq;
	spin_unlock(&lapic_lock);
	return irq < end ? irq : -ENOSPC;
}
EXPORT_SYMBOL(lapic_alloc_irq);

void lapic_free_irq(int irq)
{
	spin_lock(&lapic_lock);
	msi_taken &= ~(1UL << irq);
	spin_unlock(&lapic_lock);
}
EXPORT_SYMBOL(lapic_free_irq);

void lapic_compose_msg(int irq, struct msi_msg *msg)
{
	u32 id = readl(lapic + APIC_ID) >> 24;

	*msg = (struct msi_msg) {
		.address_lo = MSI_ADDRESS | id << MSI_DESTINATION_SHIFT,
		.data = vector_of(irq),		/* fixed delivery, on the edge */
	};
}
EXPORT_SYMBOL(lapic_compose_msg);

/* ------------------------------------------------------------------ its own interrupts */

static irqreturn_t lapic_error(int irq, void *unused)
{
	writel(0, lapic + APIC_ESR);		/* latches what has gathered */
	pr_err("APIC error: %02x\n", readl(lapic + APIC_ESR));
	return IRQ_HANDLED;
}

static irqreturn_t lapic_timer(int irq, void *unused)
{
	hrtimer_interrupt();
	return IRQ_HANDLED;
}

void lapic_timer_arm(u64 ns)
{
	u64 count = div_u64(ns * timer_khz, USEC_PER_SEC) + 1;

	writel(min_t(u64, count, U32_MAX), lapic + APIC_TMICT);
}

/* How fast it counts, by the clock. */
static void __init start_timer(void)
{
	u32 from, to;
	ktime_t start, took;

	if (!clocksource_runs())
		return;
	writel(APIC_TDR_DIV_1, lapic + APIC_TDCR);
	writel(APIC_LVT_MASKED | vector_of(LAPIC_TIMER_IRQ), lapic + APIC_LVTT);
	writel(U32_MAX, lapic + APIC_TMICT);
	start = ktime_get();
	from = readl(lapic + APIC_TMCCT);
	udelay(CALIBRATE_US);
	took = ktime_get() - start;
	to = readl(lapic + APIC_TMCCT);
	writel(0, lapic + APIC_TMICT);
	timer_khz = div64_u64((u64)(from - to) * USEC_PER_SEC, took);
	if (!timer_khz || request_irq(LAPIC_TIMER_IRQ, lapic_timer, IRQF_TIMER, "hrtimer", NULL))
		return;
	writel(vector_of(LAPIC_TIMER_IRQ), lapic + APIC_LVTT);
	lapic_timer_runs = true;
}

static void __init set_lines(void)
{
	for (unsigned int irq = LAPIC_FIRST_MSI; irq < NR_IRQS_VECTORS; irq++)
		irq_desc[irq].chip = irq < LAPIC_TIMER_IRQ ? &msi_chip : &lapic_chip;
}

/* The order matters: while it is switched on, no interrupt of the 8259s may be lost. */
static int __init lapic_init(void)
{
	unsigned long flags;
	u64 base;

	if (nolapic || !boot_cpu_has(X86_FEATURE_APIC))
		return 0;
	rdmsrl(MSR_IA32_APICBASE, base);
	lapic = ioremap(base & APICBASE_ADDRESS, PAGE_SIZE);
	if (!lapic)
		return -ENOMEM;
	lapic_resource.start = base & APICBASE_ADDRESS;
	lapic_resource.end = lapic_resource.start + PAGE_SIZE - 1;
	request_resource(&iomem_resource, &lapic_resource);
	set_lines();
	local_irq_save(flags);
	wrmsrl(MSR_IA32_APICBASE, base | APICBASE_ENABLE);
	writel(0, lapic + APIC_TASKPRI);
	writel(APIC_SPIV_ENABLED | vector_of(LAPIC_SPURIOUS_IRQ), lapic + APIC_SPIV);
	writel(APIC_LVT_EXTINT, lapic + APIC_LVT0);
	writel(APIC_LVT_NMI, lapic + APIC_LVT1);
	writel(vector_of(LAPIC_ERROR_IRQ), lapic + APIC_LVTERR);
	writel(0, lapic + APIC_ESR);
	local_irq_restore(flags);
	if (request_irq(LAPIC_ERROR_IRQ, lapic_error, 0, "APIC error", NULL))
		return -EBUSY;
	start_timer();
	pr_info("APIC: at %08x, timer %u kHz; the 8259s through LINT0\n",
		(u32)base & APICBASE_ADDRESS, timer_khz);
	return 0;
}
early_initcall(lapic_init);
