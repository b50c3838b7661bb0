/*
 * Which CPU this is and what it can do; turns on the features that have no
 * user of their own to do it: SMEP, SMAP.
 *
 * CPUID leaves: Intel SDM vol. 2, CPUID.
 */
#include <linux/init.h>
#include <asm/cpufeature.h>
#include <asm/smap.h>
#include <asm/special_insns.h>

#define CPUID_FEATURES		1
#define CPUID_EXTENDED_FEATURES	7
#define CPUID_BRAND_FIRST	0x80000002
#define CPUID_BRAND_LAST	0x80000004
#define CPUID_MAX_EXTENDED	0x80000000
#define CPUID_POWER		0x80000007

struct cpuinfo_x86 boot_cpu_data;

static void __init read_brand(struct cpuinfo_x86 *c)
{
	u32 *out = (u32 *)c->model_id;
	u32 leaf;

	for (leaf = CPUID_BRAND_FIRST; leaf <= CPUID_BRAND_LAST; leaf++, out += 4)
		cpuid(leaf, &out[0], &out[1], &out[2], &out[3]);
}

static void __init read_signature(struct cpuinfo_x86 *c, u32 signature)
{
	c->stepping = signature & 0xF;
	c->model = signature >> 4 & 0xF;
	c->family = signature >> 8 & 0xF;
	if (c->family == 6 || c->family == 15)
		c->model |= (signature >> 16 & 0xF) << 4;
	if (c->family == 15)
		c->family += signature >> 20 & 0xFF;
}

void __init cpu_identify(void)
{
	struct cpuinfo_x86 *c = &boot_cpu_data;
	u32 *vendor = (u32 *)c->vendor_id;
	u32 leaves, extended, eax, ebx, ecx;

	cpuid(0, &leaves, &vendor[0], &vendor[2], &vendor[1]);
	cpuid(CPUID_FEATURES, &eax, &ebx, &c->x86_capability[1], &c->x86_capability[0]);
	read_signature(c, eax);
	if (leaves >= CPUID_EXTENDED_FEATURES)
		cpuid(CPUID_EXTENDED_FEATURES, &eax, &c->x86_capability[2], &ecx, &ebx);
	cpuid(CPUID_MAX_EXTENDED, &extended, &ebx, &ecx, &eax);
	/* A CPU without extended leaves answers with its highest ordinary one. */
	if (extended >= CPUID_BRAND_LAST && extended < 0x80010000)
		read_brand(c);
	if (extended >= CPUID_POWER && extended < 0x80010000)
		cpuid(CPUID_POWER, &eax, &ebx, &ecx, &c->x86_capability[3]);

	if (boot_cpu_has(X86_FEATURE_SMAP))
		smap_init();
	if (boot_cpu_has(X86_FEATURE_SMEP))
		write_cr4(read_cr4() | X86_CR4_SMEP);
	pat_init();
}

void smap_patch(const struct smap_site *site, const struct smap_site *end)
{
	if (!boot_cpu_has(X86_FEATURE_SMAP))
		return;
	for (; site < end; site++) {
		site->where[1] = 0x01;		/* 0F 1F 00 NOP becomes 0F 01 CA/CB */
		site->where[2] = (u8)site->modrm;
	}
}

/* The text is still writable: paging_init() comes later. */
void __init smap_init(void)
{
	extern const struct smap_site __start_smap_sites[], __stop_smap_sites[];

	smap_patch(__start_smap_sites, __stop_smap_sites);
	write_cr4(read_cr4() | X86_CR4_SMAP);
}
