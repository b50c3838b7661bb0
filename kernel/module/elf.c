/*
 * The file of a module, which anybody may have written: nothing is used before
 * it was seen to lie within the file. ELF32 relocatable objects for the 386,
 * System V ABI, chapter 4.
 */
#include <linux/ctype.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include "internal.h"

static int refuse(const struct load_info *info, const char *why)
{
	pr_err("module %s: %s\n", info->name, why);
	return -ENOEXEC;
}

static bool within(const struct load_info *info, unsigned long offset, unsigned long size)
{
	return offset <= info->len && size <= info->len - offset;
}

static int check_header(const struct load_info *info)
{
	const Elf32_Ehdr *hdr = info->hdr;

	if (info->len < sizeof(*hdr))
		return refuse(info, "shorter than an ELF header");
	if (memcmp(hdr->e_ident, ELFMAG, SELFMAG))
		return refuse(info, "not an ELF file");
	if (hdr->e_ident[EI_CLASS] != ELFCLASS32 || hdr->e_ident[EI_DATA] != ELFDATA2LSB ||
	    hdr->e_machine != EM_386)
		return refuse(info, "built for another machine");
	if (hdr->e_type != ET_REL)
		return refuse(info, "not a relocatable object");
	if (hdr->e_shentsize != sizeof(Elf32_Shdr) || hdr->e_shnum < 2 ||
	    !within(info, hdr->e_shoff, hdr->e_shnum * sizeof(Elf32_Shdr)) ||
	    hdr->e_shoff % sizeof(u32))
		return refuse(info, "section headers lie outside of the file");
	if (hdr->e_shstrndx >= hdr->e_shnum)
		return refuse(info, "no section names");
	return 0;
}

/* A string table that does not end in a NUL would let its last name run on. */
static bool good_strings(const struct load_info *info, const Elf32_Shdr *sec)
{
	return sec->sh_type == SHT_STRTAB && sec->sh_size &&
	       !((const char *)info->hdr)[sec->sh_offset + sec->sh_size - 1];
}

/* The first header is that of no section: what names it names nothing. */
static bool is_null(const Elf32_Shdr *sec)
{
	return sec->sh_type == SHT_NULL && !sec->sh_flags && !sec->sh_addr && !sec->sh_size;
}

static int check_section(const struct load_info *info, const Elf32_Shdr *sec)
{
	if (sec->sh_type != SHT_NOBITS && !within(info, sec->sh_offset, sec->sh_size))
		return refuse(info, "a section reaches beyond the file's end");
	if (sec->sh_addralign & (sec->sh_addralign - 1) || sec->sh_addralign > PAGE_SIZE)
		return refuse(info, "a section with an impossible alignment");
	if (sec->sh_flags & SHF_ALLOC && sec->sh_size > MODULE_SECTION_MAX)
		return refuse(info, "a section larger than the module area");
	return 0;
}

static int check_symbols(struct load_info *info)
{
	const Elf32_Shdr *sec = &info->sechdrs[info->sym];
	const Elf32_Sym *sym = (void *)info->hdr + sec->sh_offset;

	if (sec->sh_entsize != sizeof(*sym) || sec->sh_offset % sizeof(u32) ||
	    sec->sh_size < sizeof(*sym))
		return refuse(info, "a damaged symbol table");
	info->str = sec->sh_link;
	if (info->str >= info->hdr->e_shnum || !good_strings(info, &info->sechdrs[info->str]))
		return refuse(info, "no names for its symbols");
	info->strtab = (void *)info->hdr + info->sechdrs[info->str].sh_offset;
	for (unsigned int i = 0; i < sec->sh_size / sizeof(*sym); i++)
		if (sym[i].st_name >= info->sechdrs[info->str].sh_size ||
		    (sym[i].st_shndx >= info->hdr->e_shnum && sym[i].st_shndx != SHN_ABS &&
		     sym[i].st_shndx != SHN_COMMON))
			return refuse(info, "a symbol that points nowhere");
	return 0;
}

static bool good_name(const char *name)
{
	size_t len = strnlen(name, MODULE_NAME_LEN);

	for (size_t i = 0; i < len; i++)
		if (!isalnum(name[i]) && name[i] != '_' && name[i] != '-')
			return false;
	return len && len < MODULE_NAME_LEN;
}

/* Of the struct module, name, init and exit are the file's; all else begins empty, whatever lies there. */
static int check_module_struct(struct load_info *info)
{
	const Elf32_Shdr *sec = &info->sechdrs[info->mod];
	struct module in_file;

	if (!info->mod)
		return refuse(info, "no struct module: not made by `make modules`?");
	if (sec->sh_type != SHT_PROGBITS || sec->sh_size != sizeof(struct module) ||
	    sec->sh_offset % sizeof(u32) || !(sec->sh_flags & SHF_WRITE))
		return refuse(info, "a struct module of another kernel");
	info->in_file = (void *)info->hdr + sec->sh_offset;
	if (!good_name(info->in_file->name))
		return refuse(info, "a module without a name");
	in_file = *info->in_file;
	*info->in_file = (struct module){ .init = in_file.init, .exit = in_file.exit };
	strcpy(info->in_file->name, in_file.name);
	info->name = info->in_file->name;
	return 0;
}

int elf_check(struct load_info *info)
{
	int err = check_header(info);

	if (err)
		return err;
	info->sechdrs = (void *)info->hdr + info->hdr->e_shoff;
	if (!is_null(&info->sechdrs[0]))
		return refuse(info, "a first section that is not empty");
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		err = check_section(info, &info->sechdrs[i]);
		if (err)
			return err;
		if (info->sechdrs[i].sh_type == SHT_SYMTAB) {
			if (info->sym)
				return refuse(info, "two symbol tables");
			info->sym = i;
		}
	}
	if (!good_strings(info, &info->sechdrs[info->hdr->e_shstrndx]))
		return refuse(info, "damaged section names");
	info->secstrings = (void *)info->hdr + info->sechdrs[info->hdr->e_shstrndx].sh_offset;
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_name >= info->sechdrs[info->hdr->e_shstrndx].sh_size)
			return refuse(info, "a section without a name");
	if (!info->sym)
		return refuse(info, "no symbols: stripped?");
	err = check_symbols(info);
	if (err)
		return err;
	info->mod = find_sec(info, ".gnu.linkonce.this_module");
	info->info = find_sec(info, ".modinfo");
	return check_module_struct(info);
}

unsigned int find_sec(const struct load_info *info, const char *name)
{
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++)
		if (info->sechdrs[i].sh_flags & SHF_ALLOC &&
		    !strcmp(info->secstrings + info->sechdrs[i].sh_name, name))
			return i;
	return 0;
}

void *section_objs(const struct load_info *info, const char *name, size_t size, unsigned int *num)
{
	unsigned int sec = find_sec(info, name);

	*num = sec ? info->sechdrs[sec].sh_size / size : 0;
	return *num ? (void *)info->sechdrs[sec].sh_addr : NULL;
}

/* Strings of TAG=VALUE one behind the other; the section may end without a NUL. */
const char *get_modinfo(const struct load_info *info, const char *tag)
{
	const Elf32_Shdr *sec = &info->sechdrs[info->info];
	const char *s = (void *)info->hdr + sec->sh_offset, *end = s + sec->sh_size;
	size_t len = strlen(tag);

	if (!info->info || sec->sh_type != SHT_PROGBITS || !sec->sh_size || end[-1])
		return NULL;
	for (; s < end; s += strlen(s) + 1)
		if (!strncmp(s, tag, len) && s[len] == '=')
			return s + len + 1;
	return NULL;
}
