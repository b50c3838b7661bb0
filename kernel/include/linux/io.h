/*
 * Device registers, ports and mapped memory alike. ioremap() and friends are
 * kernel/mm/ioremap.c's.
 */
#ifndef LINUX_IO_H
#define LINUX_IO_H

#include <linux/err.h>
#include <linux/types.h>
#include <asm/io.h>

/* Map @size bytes of device memory at physical @phys, uncached; NULL on failure. May sleep. */
void __iomem *ioremap(phys_addr_t phys, unsigned long size);
void __iomem *ioremap_wc(phys_addr_t phys, unsigned long size);
#define ioremap_nocache(phys, size)	ioremap(phys, size)
void *memremap(phys_addr_t phys, size_t size, unsigned long flags);
void memunmap(void *addr);
#define MEMREMAP_WB	1	/* for memremap(): write-back, as RAM is */
#define MEMREMAP_WT	2
#define MEMREMAP_WC	4
void iounmap(volatile void __iomem *addr);

void memcpy_fromio(void *to, const volatile void __iomem *from, size_t count);
void memcpy_toio(volatile void __iomem *to, const void *from, size_t count);
void memset_io(volatile void __iomem *addr, int value, size_t count);

/*
 * ioport_map() wraps a port number into a cookie that looks like __iomem, so
 * that ioread/iowrite serve either kind: below IOPORT_COOKIE_END it is a port.
 */
#define IOPORT_COOKIE		0x10000UL
#define IOPORT_COOKIE_END	0x20000UL

void __iomem *ioport_map(unsigned long port, unsigned int count);
void ioport_unmap(void __iomem *addr);

unsigned int ioread8(const void __iomem *addr);
unsigned int ioread16(const void __iomem *addr);
unsigned int ioread32(const void __iomem *addr);
void iowrite8(u8 value, void __iomem *addr);
void iowrite16(u16 value, void __iomem *addr);
void iowrite32(u32 value, void __iomem *addr);

/* @count values from or to one register. */
void ioread8_rep(const void __iomem *addr, void *buffer, unsigned long count);
void ioread16_rep(const void __iomem *addr, void *buffer, unsigned long count);
void ioread32_rep(const void __iomem *addr, void *buffer, unsigned long count);
void iowrite8_rep(void __iomem *addr, const void *buffer, unsigned long count);
void iowrite16_rep(void __iomem *addr, const void *buffer, unsigned long count);
void iowrite32_rep(void __iomem *addr, const void *buffer, unsigned long count);

#define IOMEM_ERR_PTR(err)	((__force void __iomem *)ERR_PTR(err))

#endif
