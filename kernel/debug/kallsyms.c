/*
 * Names and lines of kernel addresses.
 *
 * The table lies behind everything else in the image, made by mksyms.py from
 * the first link, whose addresses the second one keeps:
 *
 *	struct kallsyms_head
 *	u32 address[symbols]		ascending
 *	u32 name[symbols]		offsets into the names
 *	struct line_block[blocks]	the state before each run of LINES_A_BLOCK
 *	u32 file[files]			offsets into the names
 *	u8 lines[]			runs: see next_line()
 *	char names[]			NUL-terminated
 *
 * Without a table (the first link, or none made) everything answers "unknown".
 * All of it is constant. Context: any.
 */
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module_tables.h>
#include <linux/string.h>
#include <asm/setup.h>

#define KALLSYMS_MAGIC	0x314d5953	/* "SYM1" */

struct kallsyms_head {
	u32 magic;
	u32 symbols, blocks, files, lines_size;
	u32 lines_end;			/* address after the last known line */
};

struct line_block {
	u32 addr;
	u16 file;			/* 0: no known source */
	u16 line;
	u32 offset;			/* of the run that follows */
};

#define LINES_A_BLOCK	64		/* mksyms.py knows it too */

extern const char __start_kallsyms[], __stop_kallsyms[];

static const struct kallsyms_head *table(void)
{
	const struct kallsyms_head *head = (const void *)__start_kallsyms;

	if (&__start_kallsyms[0] == &__stop_kallsyms[0] || head->magic != KALLSYMS_MAGIC)
		return NULL;
	return head;
}

static const u32 *addresses(const struct kallsyms_head *head)
{
	return (const u32 *)(head + 1);
}

static const u32 *name_offsets(const struct kallsyms_head *head)
{
	return addresses(head) + head->symbols;
}

static const struct line_block *blocks(const struct kallsyms_head *head)
{
	return (const struct line_block *)(name_offsets(head) + head->symbols);
}

static const u32 *file_offsets(const struct kallsyms_head *head)
{
	return (const u32 *)(blocks(head) + head->blocks);
}

static const u8 *line_runs(const struct kallsyms_head *head)
{
	return (const u8 *)(file_offsets(head) + head->files);
}

static const char *names(const struct kallsyms_head *head)
{
	return (const char *)line_runs(head) + head->lines_size;
}

const struct module_tables *module_tables;	/* set once */

static bool is_core_text(unsigned long addr)
{
	return (addr >= (unsigned long)_text && addr < (unsigned long)_etext) ||
	       (addr >= (unsigned long)__init_begin && addr < (unsigned long)__init_end);
}

bool is_kernel_text(unsigned long addr)
{
	return is_core_text(addr) || (module_tables && module_tables->is_text(addr));
}

/* The last symbol at or before addr, or -1. */
static int find_symbol(const struct kallsyms_head *head, unsigned long addr)
{
	const u32 *sym = addresses(head);
	u32 low = 0, high = head->symbols;

	while (low < high) {
		u32 middle = (low + high) / 2;

		if (sym[middle] <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return (int)low - 1;
}

const char *kallsyms_lookup(unsigned long addr, unsigned long *symbolsize,
			    unsigned long *offset, char **modname, char *namebuf)
{
	const struct kallsyms_head *head = table();
	const u32 *sym;
	int i;

	if (modname)
		*modname = NULL;
	if (!is_core_text(addr) && module_tables)
		return module_tables->lookup(addr, symbolsize, offset, modname, namebuf);
	if (!head || !is_core_text(addr))
		return NULL;
	i = find_symbol(head, addr);
	if (i < 0)
		return NULL;
	sym = addresses(head);
	if (offset)
		*offset = addr - sym[i];
	if (symbolsize)
		*symbolsize = (u32)i + 1 < head->symbols ? sym[i + 1] - sym[i] : 0;
	strscpy(namebuf, names(head) + name_offsets(head)[i], KSYM_NAME_LEN);
	return namebuf;
}

unsigned long kallsyms_lookup_name(const char *name)
{
	const struct kallsyms_head *head = table();

	for (u32 i = 0; head && i < head->symbols; i++)
		if (!strcmp(names(head) + name_offsets(head)[i], name))
			return addresses(head)[i];
	return module_tables ? module_tables->lookup_name(name) : 0;
}
EXPORT_SYMBOL_GPL(kallsyms_lookup_name);

int kallsyms_on_each_symbol(int (*fn)(void *data, const char *name, struct module *mod,
				      unsigned long addr), void *data)
{
	const struct kallsyms_head *head = table();
	int ret = 0;

	for (u32 i = 0; head && !ret && i < head->symbols; i++)
		ret = fn(data, names(head) + name_offsets(head)[i], NULL, addresses(head)[i]);
	if (!ret && module_tables)
		ret = module_tables->each_symbol(fn, data);
	return ret;
}

/* `back`: look up the byte before, as a return address may be another function's start. */
static int sprint(char *buffer, unsigned long addr, unsigned long back, bool with_offset)
{
	unsigned long size, offset;
	char name[KSYM_NAME_LEN], *module;
	int len;

	if (!kallsyms_lookup(addr - back, &size, &offset, &module, name))
		return sprintf(buffer, "0x%lx", addr);
	if (!with_offset)
		len = sprintf(buffer, "%s", name);
	else
		len = sprintf(buffer, "%s+0x%lx/0x%lx", name, offset + back, size);
	return module ? len + sprintf(buffer + len, " [%s]", module) : len;
}

int sprint_symbol(char *buffer, unsigned long address)
{
	return sprint(buffer, address, 0, true);
}
EXPORT_SYMBOL(sprint_symbol);

int sprint_symbol_no_offset(char *buffer, unsigned long address)
{
	return sprint(buffer, address, 0, false);
}
EXPORT_SYMBOL(sprint_symbol_no_offset);

int sprint_backtrace(char *buffer, unsigned long address)
{
	return sprint(buffer, address, 1, true);
}

/* LEB128: seven bits a byte, the lowest first. */
static u32 get_number(const u8 **p)
{
	u32 value = 0;
	unsigned int shift = 0;

	do
		value |= (u32)(**p & 0x7f) << shift, shift += 7;
	while (*(*p)++ & 0x80);
	return value;
}

/* Zigzag: 0, -1, 1, -2, … */
static s32 get_signed(const u8 **p)
{
	u32 value = get_number(p);

	return (s32)(value >> 1) ^ -(s32)(value & 1);
}

/* An entry: how far on, twice, plus 1 if the file changes; by how many lines; the file. */
static void next_line(struct line_block *at, const u8 **p)
{
	u32 step = get_number(p);

	at->addr += step >> 1;
	at->line += get_signed(p);
	if (step & 1)
		at->file = get_number(p);
}

int kallsyms_line(unsigned long addr, const char **file, unsigned int *line)
{
	const struct kallsyms_head *head = table();
	struct line_block at, next;
	u32 low = 0, high;
	const u8 *p;

	if (!head || !head->blocks || addr >= head->lines_end)
		return -ENOENT;
	for (high = head->blocks; low < high; ) {
		u32 middle = (low + high) / 2;

		if (blocks(head)[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low)
		return -ENOENT;
	at = next = blocks(head)[low - 1];
	p = line_runs(head) + at.offset;
	for (int i = 1; i < LINES_A_BLOCK && p < (const u8 *)names(head); i++) {
		next_line(&next, &p);
		if (next.addr > addr)
			break;
		at = next;
	}
	if (!at.file)
		return -ENOENT;
	*file = names(head) + file_offsets(head)[at.file - 1];
	*line = at.line;
	return 0;
}
