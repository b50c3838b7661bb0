/*
 * What is at the same place in every PC, for /proc/ioports and /proc/iomem: ports of the chips that the
 * kernel itself drives, the memory, and the kernel in it. All of it is busy: no driver gets any.
 *
 * IBM PC/AT Technical Reference, "I/O address map". Context: boot.
 */
#include <linux/init.h>
#include <linux/ioport.h>
#include <linux/kernel.h>
#include <asm/page.h>
#include <asm/setup.h>

#define RAM_RANGES	8

#define PORTS(_name, _start, _end) \
	{ .name = _name, .start = _start, .end = _end, .flags = IORESOURCE_IO | IORESOURCE_BUSY }
#define MEMORY(_name)	{ .name = _name, .flags = IORESOURCE_MEM | IORESOURCE_BUSY }

static struct resource ports[] = {
	PORTS("dma1", 0x00, 0x1f),
	PORTS("pic1", 0x20, 0x21),
	PORTS("timer0", 0x40, 0x43),
	PORTS("keyboard", 0x60, 0x60),
	PORTS("keyboard", 0x64, 0x64),
	PORTS("dma page reg", 0x80, 0x8f),
	PORTS("pic2", 0xa0, 0xa1),
	PORTS("dma2", 0xc0, 0xdf),
	PORTS("fpu", 0xf0, 0xff),
	PORTS("PCI conf1", 0xcf8, 0xcff),
};

static struct resource ram[RAM_RANGES] = { [0 ... RAM_RANGES - 1] = MEMORY("System RAM") };
static struct resource code = MEMORY("Kernel code"), rodata = MEMORY("Kernel rodata"),
		       data = MEMORY("Kernel data"), bss = MEMORY("Kernel bss");

static void __init add_memory_of(struct resource *res, const char *start, const char *end)
{
	res->start = __pa(start);
	res->end = __pa(end) - 1;
	insert_resource(&iomem_resource, res);
}

static int __init reserve_pc_resources(void)
{
	unsigned int i;
	u32 start, end;

	for (i = 0; i < ARRAY_SIZE(ports); i++)
		request_resource(&ioport_resource, &ports[i]);
	for (i = 0; i < RAM_RANGES && boot_memory_range(i, &start, &end); i++) {
		ram[i].start = start;
		ram[i].end = end - 1;
		request_resource(&iomem_resource, &ram[i]);
	}
	add_memory_of(&code, _text, _etext);
	add_memory_of(&rodata, __start_rodata, __end_rodata);
	add_memory_of(&data, _sdata, _edata);
	add_memory_of(&bss, __bss_start, __bss_stop);
	return 0;
}
core_initcall(reserve_pc_resources);
