/*
 * Physical memory at boot: which RAM there is, who uses it, and a simple
 * allocator until the page allocator takes over.
 *
 * Two sorted lists of ranges: `ram` (what the loader named, whole frames,
 * within the direct map) and `used` (frame 0, the kernel, modules, whatever
 * boot_alloc() gave out). Free memory is the first minus the second.
 *
 * One CPU, no interrupts yet: no lock.
 */
#include <linux/kernel.h>
#include <linux/init.h>
#include <linux/string.h>
#include <asm/multiboot.h>
#include <asm/page.h>
#include <asm/setup.h>

#define RANGES_MAX	32

struct range {
	u32 start, end;			/* physical, end exclusive */
};

struct range_list {
	unsigned int count;
	struct range range[RANGES_MAX];
};

static struct range_list ram __initdata, used __initdata;
static unsigned long alloc_limit __initdata = BOOT_MAP_SIZE;
static bool released __initdata;
static u64 ram_left_alone __initdata;

char boot_command_line[COMMAND_LINE_SIZE];
struct boot_module boot_modules[BOOT_MODULES_MAX];
unsigned int boot_module_count;
unsigned long max_low_pfn;
unsigned long totalram_frames;

/* Keep the list sorted and without overlaps: what touches [start, end) becomes one range. */
static void __init range_add(struct range_list *list, u32 start, u32 end)
{
	unsigned int first = 0, last;

	while (first < list->count && list->range[first].end < start)
		first++;
	for (last = first; last < list->count && list->range[last].start <= end; last++) {
		start = min(start, list->range[last].start);
		end = max(end, list->range[last].end);
	}
	if (list->count - (last - first) >= RANGES_MAX)
		panic("memory map: more than %d separate ranges", RANGES_MAX);
	memmove(&list->range[first + 1], &list->range[last],
		(list->count - last) * sizeof(struct range));
	list->range[first] = (struct range) { start, end };
	list->count = list->count - (last - first) + 1;
}

/* Take part of the RAM that the loader names, whole frames within the direct map. */
static void __init add_ram(u64 start, u64 length)
{
	u64 end = start + length;

	if (end < start)
		end = ~0ULL;
	if (end > MAXMEM) {
		ram_left_alone += end - max(start, (u64)MAXMEM);
		end = MAXMEM;
	}
	start = (start + PAGE_SIZE - 1) & ~(u64)(PAGE_SIZE - 1);
	end &= ~(u64)(PAGE_SIZE - 1);
	if (start < end)
		range_add(&ram, (u32)start, (u32)end);
}

/* A physical address the boot page tables reach, or NULL. */
static void *__init boot_va(u32 phys, u32 size)
{
	if (phys >= BOOT_MAP_SIZE || size > BOOT_MAP_SIZE - phys)
		return NULL;
	return __va(phys);
}

static void __init read_memory_map(const struct multiboot_info *info)
{
	const struct multiboot_mmap_entry *entry;
	u32 at = info->mmap_addr, end = info->mmap_addr + info->mmap_length;

	if (!(info->flags & MULTIBOOT_INFO_MMAP)) {
		if (!(info->flags & MULTIBOOT_INFO_MEMORY))
			panic("the boot loader names no memory");
		add_ram(0, (u64)info->mem_lower << 10);
		add_ram(1 << 20, (u64)info->mem_upper << 10);
		return;
	}
	while (at < end && (entry = boot_va(at, sizeof(*entry)))) {
		if (entry->type == MULTIBOOT_MEMORY_AVAILABLE)
			add_ram(entry->addr, entry->len);
		at += entry->size + sizeof(entry->size);
	}
}

static void __init copy_string(char *to, size_t size, u32 phys)
{
	const char *from = boot_va(phys, size);

	if (from)
		strscpy(to, from, size);
}

/*
 * QEMU and GRUB put the kernel's file name before the arguments, other
 * loaders do not: a first word that looks like a file is dropped.
 */
static void __init read_command_line(u32 phys)
{
	char *word_end;

	copy_string(boot_command_line, sizeof(boot_command_line), phys);
	word_end = strchrnul(boot_command_line, ' ');
	if (memchr(boot_command_line, '=', word_end - boot_command_line))
		return;
	if (!memchr(boot_command_line, '/', word_end - boot_command_line) &&
	    !memchr(boot_command_line, '.', word_end - boot_command_line))
		return;
	while (*word_end == ' ')
		word_end++;
	memmove(boot_command_line, word_end, strlen(word_end) + 1);
}

static void __init read_modules(const struct multiboot_info *info)
{
	const struct multiboot_module *mod;
	struct boot_module *kept;
	u32 i;

	for (i = 0; i < info->mods_count && i < BOOT_MODULES_MAX; i++) {
		mod = boot_va(info->mods_addr + i * sizeof(*mod), sizeof(*mod));
		if (!mod || mod->mod_end <= mod->mod_start || mod->mod_end > MAXMEM) {
			pr_warn("boot: module %u lies out of reach, left out\n", i);
			continue;
		}
		kept = &boot_modules[boot_module_count++];
		kept->start = mod->mod_start;
		kept->end = mod->mod_end;
		copy_string(kept->name, sizeof(kept->name), mod->cmdline);
		range_add(&used, mod->mod_start & PAGE_MASK, PAGE_ALIGN(mod->mod_end));
	}
}

void __init setup_arch(u32 magic, u32 info_phys)
{
	const struct multiboot_info *info = boot_va(info_phys, sizeof(*info));
	unsigned int i;

	if (magic != MULTIBOOT_BOOTLOADER_MAGIC || !info)
		panic("not started by a Multiboot loader (eax was %08x)", magic);

	/* Frame 0 holds the BIOS's tables, and no address of a frame is 0. */
	range_add(&used, 0, PAGE_SIZE);
	range_add(&used, __pa(_text), PAGE_ALIGN(__pa(_end)));

	read_memory_map(info);
	if (info->flags & MULTIBOOT_INFO_CMDLINE)
		read_command_line(info->cmdline);
	if (info->flags & MULTIBOOT_INFO_MODS)
		read_modules(info);

	for (i = 0; i < ram.count; i++)
		totalram_frames += (ram.range[i].end - ram.range[i].start) >> PAGE_SHIFT;
	if (!ram.count)
		panic("the boot loader's memory map holds no RAM");
	max_low_pfn = ram.range[ram.count - 1].end >> PAGE_SHIFT;
}

void __init boot_memory_limit(unsigned long limit)
{
	alloc_limit = limit;
}

/* Lowest address from @start on where @size bytes meet no range of `used`. */
static u32 __init skip_used(u32 start, u32 size, u32 align)
{
	unsigned int i;

	for (i = 0; i < used.count; i++)
		if (used.range[i].start < start + size && start < used.range[i].end)
			start = ALIGN(used.range[i].end, align);
	return start;
}

void *__init boot_alloc(size_t size, size_t align)
{
	unsigned int i;
	u32 start;

	if (released)
		panic("boot_alloc() after the page allocator took over");
	for (i = 0; i < ram.count; i++) {
		/* Below 1 MiB memory is scarce and some devices want just that. */
		start = ALIGN(max(ram.range[i].start, (u32)1 << 20), (u32)align);
		start = skip_used(start, size, align);
		if (start + size > ram.range[i].end || start + size > alloc_limit)
			continue;
		range_add(&used, start, start + size);
		return memset(__va(start), 0, size);
	}
	panic("out of memory at boot: no %zu bytes in %lu KiB", size,
	      totalram_frames << (PAGE_SHIFT - 10));
}

void __init boot_memory_release(void (*fn)(unsigned long start_pfn, unsigned long end_pfn))
{
	unsigned int i, j;
	u32 from, to;

	released = true;
	for (i = 0; i < ram.count; i++) {
		from = ram.range[i].start;
		for (j = 0; j < used.count && used.range[j].start < ram.range[i].end; j++) {
			to = used.range[j].start & PAGE_MASK;
			if (used.range[j].end <= from)
				continue;
			if (from < to)
				fn(from >> PAGE_SHIFT, to >> PAGE_SHIFT);
			from = PAGE_ALIGN(used.range[j].end);
		}
		if (from < ram.range[i].end)
			fn(from >> PAGE_SHIFT, ram.range[i].end >> PAGE_SHIFT);
	}
}

bool __init boot_memory_range(unsigned int i, u32 *start, u32 *end)
{
	if (i >= ram.count)
		return false;
	*start = ram.range[i].start;
	*end = ram.range[i].end;
	return true;
}

void __init boot_memory_show(void)
{
	unsigned int i;

	for (i = 0; i < ram.count; i++)
		pr_info("memory: RAM %08x-%08x\n", ram.range[i].start, ram.range[i].end - 1);
	if (ram_left_alone)
		pr_info("memory: %llu MiB above the direct map left alone\n",
			ram_left_alone >> 20);
	for (i = 0; i < boot_module_count; i++)
		pr_info("memory: module %08x-%08x %s\n", boot_modules[i].start,
			boot_modules[i].end - 1, boot_modules[i].name);
}
