/*
 * Port and memory-mapped I/O. Device memory is reached through an __iomem
 * pointer from ioremap(), only with these accessors, each of which is one
 * access of that width, in program order.
 */
#ifndef ASM_IO_H
#define ASM_IO_H

#include <linux/types.h>
#include <linux/compiler.h>
#include <asm/page.h>
#include <asm/barrier.h>

#define DEFINE_PORT(suffix, type, reg)						\
static inline type in##suffix(int port)						\
{										\
	type value;								\
										\
	asm volatile("in" #suffix " %w1, %" reg "0" : "=a"(value) : "Nd"(port) : "memory"); \
	return value;								\
}										\
										\
static inline void out##suffix(type value, int port)				\
{										\
	asm volatile("out" #suffix " %" reg "0, %w1" :: "a"(value), "Nd"(port) : "memory"); \
}										\
										\
static inline void ins##suffix(int port, void *addr, unsigned long count)	\
{										\
	asm volatile("rep; ins" #suffix						\
		     : "+D"(addr), "+c"(count) : "d"(port) : "memory");		\
}										\
										\
static inline void outs##suffix(int port, const void *addr, unsigned long count) \
{										\
	asm volatile("rep; outs" #suffix					\
		     : "+S"(addr), "+c"(count) : "d"(port) : "memory");		\
}

DEFINE_PORT(b, u8, "b")
DEFINE_PORT(w, u16, "w")
DEFINE_PORT(l, u32, "")
#undef DEFINE_PORT

/* Port 80h holds POST codes: writing it takes about a microsecond and changes nothing. */
#define IO_DELAY_PORT	0x80

static inline void io_delay(void)
{
	outb(0, IO_DELAY_PORT);
}

/* For the oldest controllers, which need a pause between accesses. */
static inline u8 inb_p(int port)
{
	u8 value = inb(port);

	io_delay();
	return value;
}

static inline void outb_p(u8 value, int port)
{
	outb(value, port);
	io_delay();
}

#define DEFINE_MMIO(suffix, type, insn, reg, con)				\
static inline type read##suffix(const volatile void __iomem *addr)		\
{										\
	type value;								\
										\
	asm volatile(insn " %1, %0" : "=" con(value)				\
		     : "m"(*(const volatile type __force *)addr) : "memory");	\
	return value;								\
}										\
										\
static inline void write##suffix(type value, volatile void __iomem *addr)	\
{										\
	asm volatile(insn " %0, %1" :: con(value),				\
		     "m"(*(volatile type __force *)addr) : "memory");		\
}

DEFINE_MMIO(b, u8, "movb", "b", "q")
DEFINE_MMIO(w, u16, "movw", "w", "r")
DEFINE_MMIO(l, u32, "movl", "", "r")
#undef DEFINE_MMIO

#define readb_relaxed(a)	readb(a)
#define readw_relaxed(a)	readw(a)
#define readl_relaxed(a)	readl(a)
#define writeb_relaxed(v, a)	writeb(v, a)
#define writew_relaxed(v, a)	writew(v, a)
#define writel_relaxed(v, a)	writel(v, a)
#define __raw_readb(a)		readb(a)
#define __raw_readw(a)		readw(a)
#define __raw_readl(a)		readl(a)
#define __raw_writeb(v, a)	writeb(v, a)
#define __raw_writew(v, a)	writew(v, a)
#define __raw_writel(v, a)	writel(v, a)

/* Two 32-bit halves, low first: a 32-bit CPU has no other way. */
static inline u64 readq(const volatile void __iomem *addr)
{
	u32 low = readl(addr);

	return (u64)readl((const volatile u8 __iomem *)addr + 4) << 32 | low;
}

static inline void writeq(u64 value, volatile void __iomem *addr)
{
	writel((u32)value, addr);
	writel((u32)(value >> 32), (volatile u8 __iomem *)addr + 4);
}

static inline unsigned long virt_to_phys(const volatile void *address)
{
	return __pa(address);
}

static inline void *phys_to_virt(unsigned long address)
{
	return __va(address);
}

#define virt_to_bus(a)	virt_to_phys(a)
#define bus_to_virt(a)	phys_to_virt(a)

#endif
