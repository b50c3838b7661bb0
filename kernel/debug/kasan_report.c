/*
 * What KASAN says: the bad access, the trace, whose memory it is, the shadow around.
 *
 * After a report the access goes on as if nothing had been said, so one mistake
 * in a loop would fill the log: each place is told once.
 * Context: any. This file is not instrumented.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/report.h>
#include <linux/string.h>
#include <asm/thread_info.h>
#include "kasan.h"

bool kasan_enabled;				/* [I] */
void (*kasan_describe)(unsigned long addr);	/* [I] */
void (*kasan_describe_device)(unsigned long addr); /* [I] */

/* The string functions do what they are told: the place to name is their caller's. */
static unsigned long callers_frame(unsigned long frame)
{
	const unsigned long *words = (const unsigned long *)frame;
	const char *file;
	unsigned int line;

	while (!kallsyms_line(words[1] - 1, &file, &line) &&
	       (strstr(file, "kernel/lib/str") || strstr(file, "kernel/lib/memory.c") ||
		strstr(file, "kernel/debug/kasan")) &&
	       words[0] > (unsigned long)words &&
	       words[0] - (unsigned long)words < THREAD_SIZE)
		words = (const unsigned long *)words[0];
	return (unsigned long)words;
}

static const char *kind_of(const struct kasan_access *access)
{
	const u8 *shadow = kasan_shadow((void *)access->bad);

	if (access->addr + access->size <= access->addr)
		return "out-of-bounds";
	/* In the last granule of something: what follows it tells. */
	if (*shadow < KASAN_GRANULE)
		shadow++;
	switch (*shadow) {
	case KASAN_SLAB_FREE:
	case KASAN_FREE_PAGE:		return "use-after-free";
	case KASAN_DEVICE_OWNED:	return "device-owned";
	case KASAN_GLOBAL_REDZONE:	return "global-out-of-bounds";
	case KASAN_STACK_LEFT:
	case KASAN_STACK_MID:
	case KASAN_STACK_RIGHT:		return "stack-out-of-bounds";
	case KASAN_STACK_SCOPE:		return "stack-use-after-scope";
	case KASAN_ALLOCA_LEFT:
	case KASAN_ALLOCA_RIGHT:	return "alloca-out-of-bounds";
	case KASAN_VMALLOC_INVALID:	return "vmalloc-out-of-bounds";
	default:			return "slab-out-of-bounds";
	}
}

static __always_inline unsigned long here(void)
{
	return (unsigned long)__builtin_frame_address(0);
}

/* On the stack this runs on. */
static bool near_stack(unsigned long addr)
{
	return (addr & -THREAD_SIZE) == (here() & -THREAD_SIZE);
}

/* ------------------------------------------------------------------ whose memory */

static bool describe_global(unsigned long addr)
{
	const struct asan_global *file, *g;
	unsigned long start;

	for (file = kasan_globals; file; file = file->next)
		for (g = file; g < file + file->count; g++) {
			start = (unsigned long)g->start;
			if (addr < start || addr >= start + g->padded_size)
				continue;
			report_line("address %08lx is %lu bytes behind the start of the variable %s of %s, %zu bytes long",
				    addr, addr - start, g->name, g->file, g->size);
			return true;
		}
	return false;
}

#define FRAME_MAGIC	0x41B58AB3UL	/* first word of an instrumented frame */

/*
 * Behind the magic lies text: how many variables there are, then offset, size,
 * length of the name and name of each.
 */
static void describe_stack(unsigned long addr)
{
	unsigned long bottom = addr & -THREAD_SIZE, at = addr & -KASAN_GRANULE;
	const unsigned long *frame;

	report_line("address %08lx lies on the stack of the current task", addr);
	while (at > bottom && *kasan_shadow((void *)at) != KASAN_STACK_LEFT)
		at -= KASAN_GRANULE;
	while (at > bottom && *kasan_shadow((void *)(at - KASAN_GRANULE)) == KASAN_STACK_LEFT)
		at -= KASAN_GRANULE;
	frame = (const unsigned long *)at;
	if (at > bottom && frame[0] == FRAME_MAGIC)
		report_line("frame of %pS, the address %lu bytes from its start; variables (offset size name:line): %s",
			    (void *)frame[2], addr - at, (const char *)frame[1]);
}

/* ------------------------------------------------------------------ the shadow around */

#define ROW	16		/* shadow bytes */
#define ROWS	2		/* above, and below */

static void show_row(unsigned long addr, unsigned long bad)
{
	const u8 *shadow = kasan_shadow((void *)addr);
	char text[ROW * 4 + 2];
	unsigned int i, n = 0;

	for (i = 0; i < ROW; i++) {
		bool here = addr + i * KASAN_GRANULE == (bad & -KASAN_GRANULE);

		n += scnprintf(text + n, sizeof(text) - n, here ? "[%02x]" : " %02x ", shadow[i]);
	}
	report_line("%c%08lx:%s", addr == (bad & -(ROW * KASAN_GRANULE)) ? '>' : ' ', addr, text);
}

static void show_shadow(unsigned long bad)
{
	unsigned long row = ROW * KASAN_GRANULE, addr = (bad & -row) - ROWS * row;
	unsigned int i;

	report_line("memory around, one number for 8 bytes: 00 may be used, 01-07 the first so many,");
	report_line("fa a device owns it, fb freed, fc fe between objects, ff free page, fd no vmalloc area, f1-f3 around stack variables, f9 behind a global");
	for (i = 0; i < 2 * ROWS + 1; i++, addr += row)
		if (addr >= PAGE_OFFSET && addr < __KASAN_SHADOW_START)
			show_row(addr, bad);
}

static void describe(unsigned long addr)
{
	if (*kasan_shadow((void *)addr) == KASAN_DEVICE_OWNED && kasan_describe_device)
		kasan_describe_device(addr);
	if (near_stack(addr))
		describe_stack(addr);
	else if (!describe_global(addr) && kasan_describe)
		kasan_describe(addr);
	show_shadow(addr);
}

void kasan_report(const struct kasan_access *access, unsigned long frame)
{
	unsigned long ip;

	if (!kasan_enabled || report_running())
		return;
	/* Below the stack: the guard page speaks, on a stack of its own. */
	if (access->bad < here() && here() - access->bad < 2 * THREAD_SIZE &&
	    !near_stack(access->bad))
		return;
	frame = callers_frame(frame);
	ip = ((const unsigned long *)frame)[1];
	if (!report_first(ip))
		return;
	report_begin(ip, "KASAN: %s %s of %zu byte%s at %08lx", kind_of(access),
		     access->write ? "write" : "read", access->size, access->size == 1 ? "" : "s",
		     access->addr);
	report_stack_from("Call trace:", frame);
	describe(access->bad);
	report_end();
}

void kasan_report_free(const char *what, const void *addr, unsigned long frame)
{
	unsigned long ip = ((const unsigned long *)frame)[1];

	if (!kasan_enabled || report_running() || !report_first(ip))
		return;
	report_begin(ip, "KASAN: %s of %08lx", what, (unsigned long)addr);
	report_stack_from("Call trace:", frame);
	describe((unsigned long)addr);
	report_end();
}
