/*
 * layout.inc repeats for nasm what C headers define. Here the two are held
 * against each other: a difference does not compile.
 */
#include <linux/build_bug.h>
#include <asm/ptrace.h>
#include <asm/segment.h>
#include <asm/setup.h>
#include <asm/smap.h>
#include <asm/thread_info.h>

#define CHECK(nasm, c)	static_assert((nasm) == (c))

CHECK(0x60, __KERNEL_CS);
CHECK(0x68, __KERNEL_DS);
CHECK(0x73, __USER_CS);
CHECK(0x7B, __USER_DS);
CHECK(0, offsetof(struct pt_regs, bx));
CHECK(24, offsetof(struct pt_regs, ax));
CHECK(28, offsetof(struct pt_regs, ds));
CHECK(32, offsetof(struct pt_regs, es));
CHECK(36, offsetof(struct pt_regs, fs));
CHECK(40, offsetof(struct pt_regs, gs));
CHECK(44, offsetof(struct pt_regs, orig_ax));
CHECK(48, offsetof(struct pt_regs, ip));
CHECK(52, offsetof(struct pt_regs, cs));
CHECK(60, offsetof(struct pt_regs, sp));
CHECK(68, sizeof(struct pt_regs));
CHECK(0, offsetof(struct thread_info, task));
CHECK(4, offsetof(struct thread_info, flags));
CHECK(16, sizeof(struct thread_info));
CHECK(0x0E, _TIF_WORK_MASK);
CHECK((DEBUG_BUILD ? 4 : 2) * PAGE_SIZE, THREAD_SIZE);
CHECK(4 * 4UL << 20, BOOT_MAP_SIZE);
CHECK(0xF0000000, __KASAN_SHADOW_START);
CHECK(0x08000000, __KASAN_SHADOW_END - __KASAN_SHADOW_START);
CHECK(8, sizeof(struct smap_site));
CHECK(4, offsetof(struct smap_site, modrm));
