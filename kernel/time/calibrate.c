/*
 * Which counter tells the time, and how fast it runs.
 *
 * The TSC is measured against the tick's own 8254 counter: at two moments
 * right after a tick, counter 0 and the TSC are read together, and the CPU
 * halts in between, so that measuring costs no instructions. Two measurements
 * must agree, or the TSC is not trusted (a host that stops us, a frequency that
 * changes) and the ACPI PM timer of the PIIX4 does the work.
 *
 * (Intel 8254 data sheet, "counter latch command"; PIIX4 data sheet, 7.2 and
 * function 3; ACPI 1.0, 4.7.3.3.)
 */
#include <linux/init.h>
#include <linux/io.h>
#include <linux/timekeeping.h>
#include <asm/cpufeature.h>
#include <asm/timex.h>
#include "clock.h"

#define PIT_COUNTER0		0x40
#define PIT_CONTROL		0x43
#define PIT_LATCH_COUNTER0	0x00
#define PIT_RELOAD		((PIT_TICK_RATE + HZ / 2) / HZ)

#define WINDOW_TICKS		2
#define MEASUREMENTS_MAX	6
#define TOLERANCE_PPM		500
#define NOMINAL_HZ		1000000000u	/* the TSC under instruction counting */

#define PCI_CONFIG_ADDRESS	0xcf8
#define PCI_CONFIG_DATA		0xcfc
#define PCI_ENABLE		0x80000000u
#define PIIX4_PM_ID		0x71138086u
#define PIIX4_PMBASE		0x40
#define PIIX4_PMREGMISC		0x80
#define PIIX4_PMIOSE		0x01		/* the PM ports answer */
#define PM_TMR			0x08
#define PM_TIMER_HZ		3579545
#define PM_TIMER_MASK		0xffffff
#define PM_TIMER_READS		1000

unsigned int tsc_khz;
static int pm_timer_port;

static u64 read_tsc(void)
{
	return rdtsc();
}

static u64 read_pm_timer(void)
{
	return inl(pm_timer_port) & PM_TIMER_MASK;
}

static struct clock_source tsc_clock = { "tsc", read_tsc, ~0ULL, 0 };
static struct clock_source pm_clock = { "acpi_pm", read_pm_timer, PM_TIMER_MASK, PM_TIMER_HZ };

struct sample {
	unsigned long tick;
	unsigned int elapsed;		/* PIT clocks since that tick */
	u64 tsc;
};

/* Just after a tick the counter is far from its next reload: no tick is missed. */
static void __init take_sample(struct sample *sample, unsigned long not_before)
{
	unsigned long flags;
	unsigned int count;

	while (time_before(jiffies, not_before))
		safe_halt();
	local_irq_save(flags);
	outb(PIT_LATCH_COUNTER0, PIT_CONTROL);
	sample->tsc = rdtsc();
	count = inb(PIT_COUNTER0);
	count |= inb(PIT_COUNTER0) << 8;
	sample->tick = jiffies;
	sample->elapsed = PIT_RELOAD - min(count, (unsigned int)PIT_RELOAD);
	local_irq_restore(flags);
}

/* One measurement over WINDOW_TICKS, in Hz; *from becomes its end. */
static u32 __init measure_tsc(struct sample *from)
{
	struct sample to;
	u32 clocks;
	u64 hz;

	take_sample(&to, from->tick + WINDOW_TICKS);
	clocks = (to.tick - from->tick) * PIT_RELOAD + to.elapsed - from->elapsed;
	hz = mul_u64_u32_div(to.tsc - from->tsc, PIT_TICK_RATE, clocks);
	*from = to;
	return hz > U32_MAX ? 0 : hz;
}

static bool __init agree(u32 a, u32 b)
{
	u32 difference = a > b ? a - b : b - a;

	return difference <= mul_u64_u32_div(a, TOLERANCE_PPM, 1000000);
}

static bool __init calibrate_tsc(void)
{
	struct sample from;
	u32 hz, last = 0;

	if (!boot_cpu_has(X86_FEATURE_TSC))
		return false;
	take_sample(&from, jiffies + 1);
	for (int i = 0; i < MEASUREMENTS_MAX; i++, last = hz) {
		hz = measure_tsc(&from);
		if (!hz || !last || !agree(hz, last))
			continue;
		tsc_clock.hz = ((u64)hz + last) / 2;
		if (agree(tsc_clock.hz, NOMINAL_HZ))
			tsc_clock.hz = NOMINAL_HZ;
		tsc_khz = (u32)tsc_clock.hz / 1000;
		return true;
	}
	pr_notice("clock: the TSC does not run evenly\n");
	return false;
}

static u32 __init pci_read(unsigned int slot, unsigned int function, unsigned int reg)
{
	outl(PCI_ENABLE | slot << 11 | function << 8 | reg, PCI_CONFIG_ADDRESS);
	return inl(PCI_CONFIG_DATA);
}

/* Looks for the power management function of a PIIX4, with its ports enabled and counting. */
static bool __init find_pm_timer(void)
{
	for (unsigned int slot = 0; slot < 32; slot++) {
		u64 start;

		if (pci_read(slot, 3, 0) != PIIX4_PM_ID ||
		    !(pci_read(slot, 3, PIIX4_PMREGMISC) & PIIX4_PMIOSE))
			continue;
		pm_timer_port = (pci_read(slot, 3, PIIX4_PMBASE) & 0xffc0) + PM_TMR;
		start = read_pm_timer();
		for (int i = 0; i < PM_TIMER_READS; i++)
			if (read_pm_timer() != start)
				return true;
	}
	return false;
}

static bool no_tsc;
/* The TSC is no clock. */
static int __init notsc_setup(char *unused)
{
	no_tsc = true;
	return 0;
}
early_param("notsc", notsc_setup);

const struct clock_source * __init clock_choose(void)
{
	unsigned long flags;
	bool good;

	local_irq_save(flags);
	local_irq_enable();
	good = !no_tsc && calibrate_tsc();
	local_irq_restore(flags);
	if (good)
		return &tsc_clock;
	return find_pm_timer() ? &pm_clock : NULL;
}
