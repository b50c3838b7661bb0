; Every way into the kernel and out of it: system calls, exceptions,
; interrupts, the first run of a new task, and the switch between two tasks.
;
; Each entry from user mode leaves a complete struct pt_regs right below
; thread_info, at the top of the task's kernel stack:
;
;	TI_*			thread_info
;	PT_SP, PT_SS		from user mode only
;	PT_IP, CS, FLAGS	pushed by the CPU
;	PT_ORIG_AX		system call number, error code, or ~line of an interrupt
;	PT_GS, PT_FS		not stored: user space's values stay in the CPU
;	PT_ES ... PT_BX		pushed here
;
; ds and es always hold the flat user selector inside the kernel. Loading a
; segment register is the most expensive thing an entry could do, so they are
; compared first and loaded only for a program that changed them.

%include "layout.inc"

extern sys_call_table, sys_call_count, nr_syscalls
%if DEBUG_BUILD
extern lockdep_sys_exit
%endif
extern do_exception, do_page_fault, do_IRQ, exit_to_user_work, schedule_tail

ENOSYS			equ 38
NR_EXCEPTIONS		equ 32
NR_IRQS_VECTORS		equ 32
TRAP_PF			equ 14

; A NOP that smap_init() turns into CLAC: user mode can set EFLAGS.AC, which
; would leave SMAP off in the kernel. Layout of struct smap_site.
%macro CLOSE_USER_MEMORY 0
%%site:	db 0x0F, 0x1F, 0x00
	[section .smap_sites progbits alloc noexec nowrite align=4]
	dd %%site, 0xCA
	__?SECT?__
%endmacro

; After orig_ax; %1: bytes of the fs slot, and of the gs slot where that is not
; pushed already. Changes no register but esp and flags; ecx for odd segments.
%macro SAVE_REGISTERS 1
	sub esp, %1
	push es
	push ds
	push eax
	push ebp
	push edi
	push esi
	push edx
	push ecx
	push ebx
	cld
	CLOSE_USER_MEMORY
	cmp word [esp + PT_DS], USER_DS
	jne %%load
	cmp word [esp + PT_ES], USER_DS
	je %%flat
%%load:	call load_flat_segments
%%flat:
%endmacro

; gcc's stack frames under KASAN (DEBUG=1) want esp at a multiple of 8 at a call.
; %1: what to call; edi is lost.
%macro CALL_C 1
%if DEBUG_BUILD
	mov edi, esp
	and esp, -8
	call %1
	mov esp, edi
%else
	call %1
%endif
%endmacro

section .entry.text progbits alloc exec nowrite align=16

load_flat_segments:
	mov ecx, USER_DS
	mov ds, ecx
	mov es, ecx
	ret

; ---------------------------------------------------------- system calls

; eax: number; arguments in ebx, ecx, edx, esi, edi, ebp. Interrupts are on.
align 16
global entry_int80
entry_int80:
	push eax				; orig_ax
	SAVE_REGISTERS 8
	mov edx, [esp + PT_ORIG_AX]
	cmp edx, [nr_syscalls]
	jae .unknown
	inc dword [sys_call_count + edx * 4]
	mov eax, esp
	CALL_C [sys_call_table + edx * 4]
.return:
	mov [esp + PT_AX], eax

; esp at the pt_regs of an entry from user mode.
global ret_to_user
ret_to_user:
%if DEBUG_BUILD
	call lockdep_sys_exit
%endif
	cli					; no flag may be set behind the test
	test dword [esp + PT_SIZE + TI_FLAGS], TIF_WORK_MASK
	jnz .work
restore_registers:
	cmp word [esp + PT_DS], USER_DS
	jne .segments
	cmp word [esp + PT_ES], USER_DS
	jne .segments
	pop ebx
	pop ecx
	pop edx
	pop esi
	pop edi
	pop ebp
	pop eax
	add esp, PT_IP - PT_DS
.iret:	iret
.segments:
	pop ebx
	pop ecx
	pop edx
	pop esi
	pop edi
	pop ebp
	pop eax
.ds:	pop ds
.es:	pop es
	add esp, PT_IP - PT_FS
	jmp restore_registers.iret

ret_to_user.work:
	mov eax, esp
	CALL_C exit_to_user_work
	jmp restore_registers

entry_int80.unknown:
	mov eax, -ENOSYS
	jmp entry_int80.return

; A frame whose segments the CPU refuses (a signal handler or a descriptor
; change spoilt them): ds and es become null. An iret that is refused has only
; the five words of the iret frame left; it is made a fault of the program at
; the address it was to return to.
bad_ds:	mov dword [esp], 0
	jmp restore_registers.ds
bad_es:	mov dword [esp], 0
	jmp restore_registers.es
bad_iret:
	push dword 0				; orig_ax: error code
	push dword TRAP_GP			; gs slot: vector
	jmp common_exception

TRAP_GP			equ 13

section __ex_table progbits alloc noexec nowrite align=4
	dd restore_registers.ds, bad_ds
	dd restore_registers.es, bad_es
	dd restore_registers.iret, bad_iret

; ----------------------------------------------- exceptions, interrupts

section .entry.text

; One stub a vector: error code (or 0), then the vector in the gs slot. The
; CPU itself pushes an error code for vectors 8, 10-14 and 17.
%assign vector 0
%rep NR_EXCEPTIONS
exception_%+vector:
	%if vector <> 8 && (vector < 10 || vector > 14) && vector <> 17
	push dword 0
	%endif
	%if vector = TRAP_PF
	jmp page_fault
	%else
	push dword vector
	jmp common_exception
	%endif
	%assign vector vector + 1
%endrep

align 16
common_exception:
	SAVE_REGISTERS 4
	mov eax, esp
	mov edx, [esp + PT_GS]			; vector
	mov ecx, -1				; not a system call: nothing to restart
	xchg ecx, [esp + PT_ORIG_AX]		; error code
	CALL_C do_exception
	jmp ret_from_interrupt

align 16
page_fault:
	SAVE_REGISTERS 8
	mov eax, esp
	mov edx, [esp + PT_ORIG_AX]		; error code
	mov dword [esp + PT_ORIG_AX], -1
	mov ecx, cr2
	CALL_C do_page_fault

ret_from_interrupt:
	test byte [esp + PT_CS], 3
	jnz ret_to_user
	cli
	jmp restore_registers

%assign line 0
%rep NR_IRQS_VECTORS
irq_%+line:
	push dword ~line			; below 0: not a system call
	jmp common_interrupt
	%assign line line + 1
%endrep

align 16
common_interrupt:
	SAVE_REGISTERS 8
	mov eax, esp
	mov edx, [esp + PT_ORIG_AX]
	not edx
	CALL_C do_IRQ
	jmp ret_from_interrupt

; ------------------------------------------------------------ new tasks

; First code of a forked task: copy_thread() has put its address where
; switch_stacks() returns to. eax: the task that was left.
global ret_from_fork
ret_from_fork:
	CALL_C schedule_tail
	jmp ret_to_user

; The same for a kernel thread: its function in ebx, the argument in esi. A
; function that returns has exec'ed a user program: its pt_regs are ready.
global ret_from_kernel_thread
ret_from_kernel_thread:
	CALL_C schedule_tail
	mov eax, esi
	CALL_C ebx
	jmp ret_to_user

; struct task_struct *switch_stacks(struct task_struct *prev, unsigned long *save_sp,
;				    unsigned long next_sp)
; Parks the callee-saved registers on this stack and goes on with the other
; one. prev stays in eax: the next task's code gets it as the result.
global switch_stacks
switch_stacks:
	push ebp
	push ebx
	push esi
	push edi
	mov [edx], esp
	mov esp, ecx
	pop edi
	pop esi
	pop ebx
	pop ebp
	ret

; --------------------------------------------------------------- tables

section .rodata
align 4
global exception_entry, irq_entry
exception_entry:
%assign vector 0
%rep NR_EXCEPTIONS
	dd exception_%+vector
	%assign vector vector + 1
%endrep

irq_entry:
%assign line 0
%rep NR_IRQS_VECTORS
	dd irq_%+line
	%assign line line + 1
%endrep
