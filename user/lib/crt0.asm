; crt0.asm: where a program begins.
;
; The kernel enters _start with nothing but the stack, which holds, upwards
; from esp: argc; argv[0] ... argv[argc-1], 0; the environment's strings, 0;
; the auxiliary vector (System V ABI for i386, figure 3-31).

global _start
extern __libc_start

section .text._start progbits alloc exec nowrite align=16
_start:
        xor     ebp, ebp        ; the outermost frame: backtraces end here
        mov     eax, esp
        and     esp, -16        ; the ABI's alignment at a call
        sub     esp, 12
        push    eax
        call    __libc_start    ; does not return
        hlt
