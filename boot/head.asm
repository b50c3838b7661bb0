; From the boot loader to kmain().
;
; A Multiboot 1 loader (GRUB, QEMU's -kernel, an emulator in a web page) puts
; the ELF file at 1 MiB and jumps to _start in 32-bit protected mode without
; paging, eax holding the loader's magic and ebx the physical address of its
; information (Multiboot Specification 0.6.96, section 3.2).
;
; The kernel is linked at C0100000. Until paging is on, every symbol must be
; taken PHYS(). The first page tables map physical 0-16 MiB twice: at 0, for
; the instructions around the jump, and at C0000000 for good. paging_init()
; completes the map later.

%include "layout.inc"

MULTIBOOT_MAGIC		equ 0x1BADB002
MULTIBOOT_PAGE_ALIGN	equ 1 << 0	; modules start on a page
MULTIBOOT_MEMORY_INFO	equ 1 << 1	; tell us the memory map
MULTIBOOT_FLAGS		equ MULTIBOOT_PAGE_ALIGN | MULTIBOOT_MEMORY_INFO

CR0_PG			equ 1 << 31
PTE_PRESENT_RW		equ 0x003
PGD_ENTRY		equ 0x063	; present, writable, accessed, dirty

BOOT_TABLES		equ 4		; BOOT_MAP_SIZE of <asm/setup.h>: 4 MiB a table

%define PHYS(x)		((x) - KERNEL_OFFSET)

extern kmain, cpu_gdt, init_task

section .multiboot
align 4
	dd MULTIBOOT_MAGIC
	dd MULTIBOOT_FLAGS
	dd -(MULTIBOOT_MAGIC + MULTIBOOT_FLAGS)

section .head.text

global _start
_start:
	cld
	mov esp, PHYS(init_stack + THREAD_SIZE - TI_SIZE)
	push eax				; magic
	push ebx				; information

	; page tables: frame n at entry n
	mov edi, PHYS(boot_page_tables)
	mov eax, PTE_PRESENT_RW
	mov ecx, BOOT_TABLES * 1024
.fill:
	stosd
	add eax, PAGE_SIZE
	loop .fill

	; directory: the same tables at 0 and at KERNEL_OFFSET
	mov edi, PHYS(swapper_pg_dir)
	mov eax, PHYS(boot_page_tables) + PGD_ENTRY
	mov ecx, BOOT_TABLES
.link:
	mov [edi + (KERNEL_OFFSET >> 20)], eax
	stosd
	add eax, PAGE_SIZE
	loop .link

%if DEBUG_BUILD
	; KASAN's shadow: one page of zeros everywhere, until kasan_init()
	mov edi, PHYS(kasan_zero_table)
	mov eax, PHYS(kasan_zero_page) + PTE_PRESENT_RW
	mov ecx, 1024
	rep stosd
	mov edi, PHYS(swapper_pg_dir) + (KASAN_SHADOW_START >> 20)
	mov eax, PHYS(kasan_zero_table) + PGD_ENTRY
	mov ecx, KASAN_SHADOW_SIZE >> 22
	rep stosd
%endif

	pop edx					; information
	pop eax					; magic
	mov ebx, PHYS(swapper_pg_dir)
	mov cr3, ebx
	mov ebx, cr0
	or ebx, CR0_PG
	mov cr0, ebx
	mov ebx, .high
	jmp ebx

.high:
	lgdt [boot_gdt_pointer]
	jmp KERNEL_CS:.segments
.segments:
	; ds and es hold the flat user selector for ever: entry.asm counts on it
	mov ecx, USER_DS
	mov ds, ecx
	mov es, ecx
	mov ecx, KERNEL_DS
	mov ss, ecx
	xor ecx, ecx
	mov fs, ecx
	mov gs, ecx

	; nothing runs at low addresses any more
	mov edi, swapper_pg_dir
	mov dword [edi], 0
	mov dword [edi + 4], 0
	mov dword [edi + 8], 0
	mov dword [edi + 12], 0
	mov ebx, cr3
	mov cr3, ebx

	mov dword [init_stack + THREAD_SIZE - TI_SIZE + TI_TASK], init_task
	mov esp, init_stack + THREAD_SIZE - TI_SIZE
	xor ebp, ebp				; where a backtrace ends
	push ebp				; no return address: kmain() does not return
	jmp kmain

section .rodata
boot_gdt_pointer:
	dw 32 * 8 - 1
	dd cpu_gdt

section .bss nobits alloc write align=16384
; the stack of the boot, later of the idle task; thread_info at its top
global init_stack
init_stack:
	resb THREAD_SIZE

alignb PAGE_SIZE
global swapper_pg_dir
swapper_pg_dir:
	resb PAGE_SIZE
boot_page_tables:
	resb BOOT_TABLES * PAGE_SIZE
%if DEBUG_BUILD
global kasan_zero_page, kasan_zero_table
kasan_zero_page:
	resb PAGE_SIZE
kasan_zero_table:
	resb PAGE_SIZE
%endif
