/*
 * Device registers behind one kind of pointer: ioread and iowrite reach a
 * port where the __iomem cookie is a port number (ioport_map()), memory
 * elsewhere. And block copies to and from device memory, byte by byte or word
 * by word, never more than once each.
 */
#include <linux/export.h>
#include <linux/io.h>

static bool is_port(const volatile void __iomem *addr)
{
	unsigned long cookie = (unsigned long __force)addr;

	return cookie >= IOPORT_COOKIE && cookie < IOPORT_COOKIE_END;
}

static int cookie_port(const volatile void __iomem *addr)
{
	return (unsigned long __force)addr - IOPORT_COOKIE;
}

void __iomem *ioport_map(unsigned long port, unsigned int count)
{
	if (port + count > IOPORT_COOKIE_END - IOPORT_COOKIE)
		return NULL;
	return (void __iomem *)(port + IOPORT_COOKIE);
}
EXPORT_SYMBOL(ioport_map);

void ioport_unmap(void __iomem *addr)
{
	/* A cookie owns nothing. */
}
EXPORT_SYMBOL(ioport_unmap);

unsigned int ioread8(const void __iomem *addr)
{
	return is_port(addr) ? inb(cookie_port(addr)) : readb(addr);
}
EXPORT_SYMBOL(ioread8);

unsigned int ioread16(const void __iomem *addr)
{
	return is_port(addr) ? inw(cookie_port(addr)) : readw(addr);
}
EXPORT_SYMBOL(ioread16);

unsigned int ioread32(const void __iomem *addr)
{
	return is_port(addr) ? inl(cookie_port(addr)) : readl(addr);
}
EXPORT_SYMBOL(ioread32);

void iowrite8(u8 value, void __iomem *addr)
{
	if (is_port(addr))
		outb(value, cookie_port(addr));
	else
		writeb(value, addr);
}
EXPORT_SYMBOL(iowrite8);

void iowrite16(u16 value, void __iomem *addr)
{
	if (is_port(addr))
		outw(value, cookie_port(addr));
	else
		writew(value, addr);
}
EXPORT_SYMBOL(iowrite16);

void iowrite32(u32 value, void __iomem *addr)
{
	if (is_port(addr))
		outl(value, cookie_port(addr));
	else
		writel(value, addr);
}
EXPORT_SYMBOL(iowrite32);

/* One register, @count times: a FIFO. */
#define IO_REP(size, type)									\
void ioread##size##_rep(const void __iomem *addr, void *buffer, unsigned long count)		\
{												\
	for (type *to = buffer; count; count--)							\
		*to++ = ioread##size(addr);							\
}												\
EXPORT_SYMBOL(ioread##size##_rep);								\
												\
void iowrite##size##_rep(void __iomem *addr, const void *buffer, unsigned long count)		\
{												\
	for (const type *from = buffer; count; count--)						\
		iowrite##size(*from++, addr);							\
}												\
EXPORT_SYMBOL(iowrite##size##_rep)

IO_REP(8, u8);
IO_REP(16, u16);
IO_REP(32, u32);

void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count)
{
	const volatile u8 __iomem *src = from;
	u8 *dst = to;

	for (; count >= sizeof(u32); count -= sizeof(u32), src += sizeof(u32), dst += sizeof(u32))
		*(u32 *)dst = readl(src);
	while (count--)
		*dst++ = readb(src++);
}
EXPORT_SYMBOL(memcpy_fromio);

void memcpy_toio(volatile void __iomem *to, const void *from, size_t count)
{
	volatile u8 __iomem *dst = to;
	const u8 *src = from;

	for (; count >= sizeof(u32); count -= sizeof(u32), src += sizeof(u32), dst += sizeof(u32))
		writel(*(const u32 *)src, dst);
	while (count--)
		writeb(*src++, dst++);
}
EXPORT_SYMBOL(memcpy_toio);

void memset_io(volatile void __iomem *addr, int value, size_t count)
{
	volatile u8 __iomem *dst = addr;

	while (count--)
		writeb((u8)value, dst++);
}
EXPORT_SYMBOL(memset_io);
