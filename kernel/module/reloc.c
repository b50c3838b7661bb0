/*
 * Linking a module: every symbol gets its value, every place that names one is
 * patched. System V ABI for the 386, "Relocation types": S is the symbol's
 * value, A what the place holds, P its address.
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <asm/unaligned.h>
#include "internal.h"

static const struct kernel_symbol *resolve(struct module *mod, const char *name, int *err)
{
	const struct kernel_symbol *sym;
	struct module *owner;
	bool gpl_only;

	sym = find_symbol(name, &owner, &gpl_only);
	*err = -ENOENT;
	if (!sym)
		return NULL;
	if (gpl_only && mod->taints & (1 << TAINT_PROPRIETARY_MODULE)) {
		pr_err("module %s: %s is for modules under the GPL\n", mod->name, name);
		return NULL;
	}
	mod->using_gplonly_symbols |= gpl_only;
	*err = use_module(mod, owner);
	return *err ? NULL : sym;
}

int simplify_symbols(struct module *mod, const struct load_info *info)
{
	const Elf32_Shdr *symsec = &info->sechdrs[info->sym];
	Elf32_Sym *sym = (void *)info->hdr + symsec->sh_offset;
	const struct kernel_symbol *found;
	int err, ret = 0;

	for (unsigned int i = 1; i < symsec->sh_size / sizeof(*sym); i++) {
		const char *name = info->strtab + sym[i].st_name;

		switch (sym[i].st_shndx) {
		case SHN_ABS:
			break;
		case SHN_COMMON:
			pr_err("module %s: %s is a common symbol: compile with -fno-common\n",
			       mod->name, name);
			return -ENOEXEC;
		case SHN_UNDEF:
			found = resolve(mod, name, &err);
			if (found) {
				sym[i].st_value = found->value;
			} else if (ELF_ST_BIND(sym[i].st_info) == STB_WEAK) {
				sym[i].st_value = 0;
			} else {
				/* All of them are told, not only the first. */
				pr_err("module %s: unknown symbol %s (err %d)\n", mod->name, name, err);
				ret = err;
			}
			break;
		default:
			sym[i].st_value += info->sechdrs[sym[i].st_shndx].sh_addr;
		}
	}
	return ret;
}

static int apply(struct module *mod, const struct load_info *info, const Elf32_Shdr *relsec)
{
	const Elf32_Shdr *target = &info->sechdrs[relsec->sh_info];
	const Elf32_Rel *rel = (void *)info->hdr + relsec->sh_offset;
	const Elf32_Sym *symtab = (void *)info->hdr + info->sechdrs[info->sym].sh_offset;
	unsigned int symbols = info->sechdrs[info->sym].sh_size / sizeof(*symtab);

	for (unsigned int i = 0; i < relsec->sh_size / sizeof(*rel); i++) {
		unsigned long place = target->sh_addr + rel[i].r_offset;
		u32 *where = (u32 *)place, value;

		if (ELF32_R_SYM(rel[i].r_info) >= symbols || target->sh_size < sizeof(*where) ||
		    rel[i].r_offset > target->sh_size - sizeof(*where)) {
			pr_err("module %s: a relocation outside of its section\n", mod->name);
			return -ENOEXEC;
		}
		value = symtab[ELF32_R_SYM(rel[i].r_info)].st_value;
		switch (ELF32_R_TYPE(rel[i].r_info)) {
		case R_386_NONE:
			break;
		case R_386_32:		/* S + A */
			put_unaligned(get_unaligned(where) + value, where);
			break;
		case R_386_PC32:	/* S + A - P */
		case R_386_PLT32:	/* to a function: no table is needed to reach it */
			put_unaligned(get_unaligned(where) + value - place, where);
			break;
		default:
			pr_err("module %s: unknown relocation %u\n", mod->name,
			       ELF32_R_TYPE(rel[i].r_info));
			return -ENOEXEC;
		}
	}
	return 0;
}

int apply_relocations(struct module *mod, const struct load_info *info)
{
	int err;

	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		const Elf32_Shdr *sec = &info->sechdrs[i];

		/* Of debug information nothing is loaded. */
		if (sec->sh_info >= info->hdr->e_shnum ||
		    !(info->sechdrs[sec->sh_info].sh_flags & SHF_ALLOC))
			continue;
		if (sec->sh_type == SHT_RELA) {
			pr_err("module %s: relocations with addends are not for this machine\n", mod->name);
			return -ENOEXEC;
		}
		if (sec->sh_type != SHT_REL)
			continue;
		err = apply(mod, info, sec);
		if (err)
			return err;
	}
	return 0;
}
