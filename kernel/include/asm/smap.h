/*
 * stac() opens user memory to the kernel, clac() closes it again, on CPUs
 * with SMAP (Intel SDM vol. 3, 4.6). CPUs without it would fault on the
 * instructions, so the kernel and its modules are linked with three-byte NOPs
 * in their place; smap_init() and the loader write the real ones where
 * .smap_sites points, before the text becomes read-only.
 */
#ifndef ASM_SMAP_H
#define ASM_SMAP_H

#include <linux/types.h>

/* One place to patch; entry.asm writes the same layout. */
struct smap_site {
	u8 *where;
	u32 modrm;		/* third byte of the instruction: CAh CLAC, CBh STAC */
};

#define SMAP_SITE(modrm)				\
	"991: .byte 0x0f, 0x1f, 0x00\n"			\
	".pushsection .smap_sites, \"a\"\n"		\
	".balign 4\n"					\
	".long 991b, " modrm "\n"			\
	".popsection\n"

static inline void stac(void)
{
	asm volatile(SMAP_SITE("0xcb") ::: "memory");
}

static inline void clac(void)
{
	asm volatile(SMAP_SITE("0xca") ::: "memory");
}

void smap_init(void);
/* Nothing without SMAP. */
void smap_patch(const struct smap_site *site, const struct smap_site *end);

#endif
