/*
 * Where the sections of a module go. Two runs of pages: one that stays, with
 * text, then constants, then data, each part from a page of its own so that
 * the first two can be write-protected; and one for what only its start needs.
 *
 *	the file			core_layout		init_layout
 *	.text .rodata .data .bss  ->	.text|.rodata|.data .bss
 *	.init.text .init.data	  ->				.init.text|.init.data
 */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kprobes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>
#include <asm/set_memory.h>
#include "internal.h"

enum part { TEXT, CONSTANTS, DATA, PARTS };

static enum part part_of(const Elf32_Shdr *sec)
{
	if (sec->sh_flags & SHF_EXECINSTR)
		return TEXT;
	return sec->sh_flags & SHF_WRITE ? DATA : CONSTANTS;
}

static bool is_init(const struct load_info *info, const Elf32_Shdr *sec)
{
	return !strncmp(info->secstrings + sec->sh_name, ".init", 5);
}

/* Leaves each section's offset in its sh_entsize, which SHF_ALLOC sections have no use for. */
static int measure(struct module_layout *layout, struct load_info *info, bool init)
{
	for (enum part part = TEXT; part < PARTS; part++) {
		for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
			Elf32_Shdr *sec = &info->sechdrs[i];

			if (!(sec->sh_flags & SHF_ALLOC) || part_of(sec) != part ||
			    is_init(info, sec) != init)
				continue;
			sec->sh_entsize = ALIGN(layout->size, sec->sh_addralign ?: 1);
			layout->size = sec->sh_entsize + sec->sh_size;
			if (layout->size > MODULE_SECTION_MAX)
				return -ENOEXEC;
		}
		layout->size = PAGE_ALIGN(layout->size);
		if (part == TEXT)
			layout->text_size = layout->size;
		if (part == CONSTANTS)
			layout->ro_size = layout->size;
	}
	return 0;
}

static int allocate(struct module_layout *layout)
{
	if (!layout->size)
		return 0;
	layout->base = vzalloc(layout->size);
	return layout->base ? 0 : -ENOMEM;
}

void free_layout(struct module_layout *layout)
{
	kprobes_text_gone(layout->base, layout->size);
	vfree(layout->base);
	*layout = (struct module_layout){ 0 };
}

void protect_layout(const struct module_layout *layout)
{
	if (layout->ro_size)
		set_memory_ro((unsigned long)layout->base, layout->ro_size >> PAGE_SHIFT);
}

static void move_sections(struct load_info *info, const struct module *layouts)
{
	for (unsigned int i = 1; i < info->hdr->e_shnum; i++) {
		Elf32_Shdr *sec = &info->sechdrs[i];
		const struct module_layout *layout;
		void *to;

		if (!(sec->sh_flags & SHF_ALLOC)) {
			sec->sh_addr = (unsigned long)info->hdr + sec->sh_offset;
			continue;
		}
		layout = is_init(info, sec) ? &layouts->init_layout : &layouts->core_layout;
		to = layout->base + sec->sh_entsize;
		if (sec->sh_type != SHT_NOBITS)
			memcpy(to, (void *)info->hdr + sec->sh_offset, sec->sh_size);
		sec->sh_addr = (unsigned long)to;
	}
}

struct module *layout_and_allocate(struct load_info *info)
{
	struct module *mod = info->in_file;
	int err;

	/* What the file says of itself is read from the file, to its end. */
	if (info->info)
		info->sechdrs[info->info].sh_flags &= ~SHF_ALLOC;
	mod->core_layout = mod->init_layout = (struct module_layout){ 0 };
	err = measure(&mod->core_layout, info, false);
	if (!err)
		err = measure(&mod->init_layout, info, true);
	if (!err)
		err = allocate(&mod->core_layout);
	if (!err)
		err = allocate(&mod->init_layout);
	if (err) {
		free_layout(&mod->core_layout);
		return ERR_PTR(err);
	}
	move_sections(info, mod);
	return (struct module *)info->sechdrs[info->mod].sh_addr;
}
