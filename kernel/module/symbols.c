/*
 * Names and addresses: what a module may link to, and which module an address
 * belongs to. /proc/modules.
 *
 * Reports ask from any context, so the list of modules is also under list_locked,
 * with interrupts off: a bare lock, for the lock checker asks, too. Who reports
 * while the kernel goes down does without it.
 */
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/init.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/module_tables.h>
#include <linux/panic.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <asm/extable.h>
#include "internal.h"

extern const struct kernel_symbol __start___ksymtab[], __stop___ksymtab[];
extern const struct kernel_symbol __start___ksymtab_gpl[], __stop___ksymtab_gpl[];

static unsigned int list_locked;	/* a bare lock of the list's links; innermost */

static unsigned long lock_list(void)
{
	unsigned long flags;

	local_irq_save(flags);
	while (!oops_in_progress && xchg(&list_locked, 1))
		cpu_relax();
	return flags;
}

static void unlock_list(unsigned long flags)
{
	smp_store_release(&list_locked, 0);
	local_irq_restore(flags);
}

/* ------------------------------------------------------------------ what is exported */

/* Tables lie in the order of the names: the linker script sorts them. */
static const struct kernel_symbol *search(const struct kernel_symbol *table, unsigned int num,
					  const char *name)
{
	unsigned int low = 0, high = num;

	while (low < high) {
		unsigned int middle = (low + high) / 2;
		int order = strcmp(name, table[middle].name);

		if (!order)
			return &table[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

const struct kernel_symbol *find_symbol(const char *name, struct module **owner, bool *gpl_only)
{
	const struct kernel_symbol *sym;
	struct module *mod;

	lockdep_assert_held(&module_mutex);
	*owner = NULL;
	*gpl_only = false;
	sym = search(__start___ksymtab, __stop___ksymtab - __start___ksymtab, name);
	if (sym)
		return sym;
	*gpl_only = true;
	sym = search(__start___ksymtab_gpl, __stop___ksymtab_gpl - __start___ksymtab_gpl, name);
	if (sym)
		return sym;
	list_for_each_entry(mod, &modules, list) {
		*owner = mod;
		*gpl_only = false;
		sym = search(mod->syms, mod->num_syms, name);
		if (sym)
			return sym;
		*gpl_only = true;
		sym = search(mod->gpl_syms, mod->num_gpl_syms, name);
		if (sym)
			return sym;
	}
	return NULL;
}

/* ------------------------------------------------------------------ the list */

void module_link(struct module *mod)
{
	unsigned long flags = lock_list();

	list_add(&mod->list, &modules);
	unlock_list(flags);
}

void module_unlink(struct module *mod)
{
	unsigned long flags = lock_list();

	list_del(&mod->list);
	unlock_list(flags);
}

static bool in_layout(const struct module_layout *layout, unsigned long addr)
{
	return addr - (unsigned long)layout->base < layout->size;
}

/* The module that @addr lies in. */
static struct module *module_at(unsigned long addr)
{
	struct module *mod, *found = NULL;
	unsigned long flags = lock_list();

	list_for_each_entry(mod, &modules, list)
		if (in_layout(&mod->core_layout, addr) || in_layout(&mod->init_layout, addr)) {
			found = mod;
			break;
		}
	unlock_list(flags);
	return found;
}

/* ------------------------------------------------------------------ names of addresses */

static bool worth_keeping(const struct load_info *info, const Elf32_Sym *sym)
{
	return sym->st_shndx != SHN_UNDEF && sym->st_shndx < info->hdr->e_shnum &&
	       info->sechdrs[sym->st_shndx].sh_flags & SHF_ALLOC && info->strtab[sym->st_name] &&
	       ELF_ST_TYPE(sym->st_info) <= STT_FUNC;
}

int module_keep_symbols(struct module *mod, const struct load_info *info)
{
	const Elf32_Shdr *sec = &info->sechdrs[info->sym];
	const Elf32_Sym *from = (void *)info->hdr + sec->sh_offset;
	unsigned int num = sec->sh_size / sizeof(*from), kept = 0, at = 0;
	size_t names = 0;
	Elf32_Sym *to;
	char *strings;

	for (unsigned int i = 1; i < num; i++)
		if (worth_keeping(info, &from[i])) {
			kept++;
			names += strlen(info->strtab + from[i].st_name) + 1;
		}
	to = kvmalloc(kept * sizeof(*to) + names, GFP_KERNEL);
	if (!to)
		return -ENOMEM;
	strings = (char *)(to + kept);
	mod->symtab = to;
	mod->num_symtab = kept;
	mod->strtab = strings;
	for (unsigned int i = 1; i < num; i++) {
		if (!worth_keeping(info, &from[i]))
			continue;
		*to = from[i];
		to->st_name = at;
		strcpy(strings + at, info->strtab + from[i].st_name);
		at += strlen(strings + at) + 1;
		to++;
	}
	return 0;
}

void module_free_symbols(struct module *mod)
{
	kvfree(mod->symtab);
}

/* The init part is given back after the start; its names stay in the table. */
static bool still_there(const struct module *mod, const Elf32_Sym *sym)
{
	return in_layout(&mod->core_layout, sym->st_value) ||
	       in_layout(&mod->init_layout, sym->st_value);
}

static bool module_is_text(unsigned long addr)
{
	const struct module *mod = module_at(addr);

	return mod && (addr - (unsigned long)mod->core_layout.base < mod->core_layout.text_size ||
		       addr - (unsigned long)mod->init_layout.base < mod->init_layout.text_size);
}

static bool module_contains(unsigned long addr)
{
	return module_at(addr) != NULL;
}

static const char *module_lookup(unsigned long addr, unsigned long *size, unsigned long *offset,
				 char **modname, char *namebuf)
{
	struct module *mod = module_at(addr);
	const Elf32_Sym *best = NULL;

	for (unsigned int i = 0; mod && i < mod->num_symtab; i++) {
		const Elf32_Sym *sym = &mod->symtab[i];

		if (sym->st_value <= addr && still_there(mod, sym) &&
		    (!best || sym->st_value > best->st_value ||
		     (sym->st_value == best->st_value && ELF_ST_TYPE(best->st_info) != STT_FUNC)))
			best = sym;
	}
	if (!best)
		return NULL;
	if (modname)
		*modname = mod->name;
	if (offset)
		*offset = addr - best->st_value;
	if (size)
		*size = best->st_size;
	strscpy(namebuf, mod->strtab + best->st_name, KSYM_NAME_LEN);
	return namebuf;
}

static int module_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
					unsigned long addr), void *data)
{
	struct module *mod;
	int ret = 0;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list)
		for (unsigned int i = 0; i < mod->num_symtab && !ret; i++)
			if (still_there(mod, &mod->symtab[i]))
				ret = fn(data, mod->strtab + mod->symtab[i].st_name, mod,
					 mod->symtab[i].st_value);
	mutex_unlock(&module_mutex);
	return ret;
}

struct wanted {
	const char *name;
	unsigned long addr;
};

static int match_name(void *data, const char *name, struct module *mod, unsigned long addr)
{
	struct wanted *wanted = data;

	if (strcmp(name, wanted->name))
		return 0;
	wanted->addr = addr;
	return 1;
}

static unsigned long module_lookup_name(const char *name)
{
	struct wanted wanted = { .name = name };

	module_each_symbol(match_name, &wanted);
	return wanted.addr;
}

/* ------------------------------------------------------------------ faults in a module */

static const struct exception_table_entry *module_search_extable(unsigned long ip)
{
	const struct module *mod = module_at(ip);

	for (unsigned int i = 0; mod && i < mod->num_exentries; i++)
		if (mod->extable[i].insn == ip)
			return &mod->extable[i];
	return NULL;
}

static struct bug_entry *module_find_bug(unsigned long ip)
{
	const struct module *mod = module_at(ip);

	for (unsigned int i = 0; mod && i < mod->num_bugs; i++)
		if (mod->bug_table[i].addr == ip)
			return &mod->bug_table[i];
	return NULL;
}

static const struct module_tables loader_tables = {
	.is_text = module_is_text,
	.contains = module_contains,
	.lookup = module_lookup,
	.lookup_name = module_lookup_name,
	.each_symbol = module_each_symbol,
	.search_extable = module_search_extable,
	.find_bug = module_find_bug,
};

/* ------------------------------------------------------------------ /proc/modules */

static void show_users(struct seq_file *m, const struct module *mod)
{
	const struct module_use *use;

	if (list_empty(&mod->source_list) && (!mod->init || mod->exit))
		seq_puts(m, "-");
	list_for_each_entry(use, &mod->source_list, source_list)
		seq_printf(m, "%s,", use->source->name);
	if (mod->init && !mod->exit)
		seq_puts(m, "[permanent],");
}

/* name size references users state address (taints) */
static int modules_show(struct seq_file *m, void *v)
{
	static const char *const states[] = {
		[MODULE_STATE_LIVE] = "Live", [MODULE_STATE_COMING] = "Loading",
		[MODULE_STATE_GOING] = "Unloading",
	};
	struct module *mod;

	mutex_lock(&module_mutex);
	list_for_each_entry(mod, &modules, list) {
		seq_printf(m, "%s %u %u ", mod->name, mod->core_layout.size + mod->init_layout.size,
			   module_refcount(mod));
		show_users(m, mod);
		seq_printf(m, " %s 0x%p", states[mod->state], mod->core_layout.base);
		if (mod->taints)
			seq_printf(m, " (%s%s)", mod->taints & (1 << TAINT_PROPRIETARY_MODULE) ? "P" : "",
				   mod->taints & (1 << TAINT_OOT_MODULE) ? "O" : "");
		seq_puts(m, "\n");
	}
	mutex_unlock(&module_mutex);
	return 0;
}

static int __init module_symbols_init(void)
{
	module_tables = &loader_tables;
	proc_create_single("modules", 0, NULL, modules_show);
	return 0;
}
fs_initcall(module_symbols_init);
