; The page at FFFFE000 that every process sees: where a signal handler returns
; to, unless its action names a restorer. One page for all, so that no code
; has to be written to a stack. signal.c knows the two offsets.

SYS_sigreturn		equ 119
SYS_rt_sigreturn	equ 173
RT_STUB_OFFSET		equ 0x10

section .rodata.sigreturn progbits alloc noexec nowrite align=4096
global sigreturn_page
sigreturn_page:
	; the old frame: the signal number is still on the stack
	pop eax
	mov eax, SYS_sigreturn
	int 0x80

	times RT_STUB_OFFSET - ($ - sigreturn_page) int3
	mov eax, SYS_rt_sigreturn
	int 0x80

	times 4096 - ($ - sigreturn_page) int3
