; entry.asm: what must be written in assembly: jumps out of functions, vfork(),
; clone() and syscall().

%define SYS_VFORK 190
%define SYS_CLONE 120
%define SYS_EXIT 1
%define SYS_RT_SIGPROCMASK 175
%define SIG_BLOCK 0
%define SIG_SETMASK 2

struc jmpbuf
        .ebx: resd 1
        .esi: resd 1
        .edi: resd 1
        .ebp: resd 1
        .esp: resd 1
        .eip: resd 1
        .saved: resd 1
        .mask: resd 2
endstruc

extern __syscall_error

; int sigsetjmp(env, save)
global sigsetjmp, setjmp
section .text.setjmp progbits alloc exec nowrite align=16
setjmp:
        mov     eax, [esp + 4]
        mov     dword [eax + jmpbuf.saved], 0
        jmp     save_registers
sigsetjmp:
        mov     eax, [esp + 4]
        mov     ecx, [esp + 8]
        mov     [eax + jmpbuf.saved], ecx
        test    ecx, ecx
        jz      save_registers
        push    ebx
        push    esi
        mov     ebx, SIG_BLOCK          ; of nothing: reads the mask
        xor     ecx, ecx
        lea     edx, [eax + jmpbuf.mask]
        mov     esi, 8
        mov     eax, SYS_RT_SIGPROCMASK
        int     80h
        pop     esi
        pop     ebx
        mov     eax, [esp + 4]
save_registers:
        mov     [eax + jmpbuf.ebx], ebx
        mov     [eax + jmpbuf.esi], esi
        mov     [eax + jmpbuf.edi], edi
        mov     [eax + jmpbuf.ebp], ebp
        lea     ecx, [esp + 4]          ; as it is after our return
        mov     [eax + jmpbuf.esp], ecx
        mov     ecx, [esp]
        mov     [eax + jmpbuf.eip], ecx
        xor     eax, eax
        ret

; void siglongjmp(env, value): returns from setjmp() again, with value or 1
global siglongjmp, longjmp
section .text.longjmp progbits alloc exec nowrite align=16
siglongjmp:
longjmp:
        mov     edi, [esp + 4]
        mov     ebp, [esp + 8]
        cmp     dword [edi + jmpbuf.saved], 0
        je      .registers
        mov     ebx, SIG_SETMASK
        lea     ecx, [edi + jmpbuf.mask]
        xor     edx, edx
        mov     esi, 8
        mov     eax, SYS_RT_SIGPROCMASK
        int     80h
.registers:
        mov     edx, edi
        mov     eax, ebp
        cmp     eax, 1
        adc     eax, 0                  ; 0 becomes 1
        mov     ebx, [edx + jmpbuf.ebx]
        mov     esi, [edx + jmpbuf.esi]
        mov     edi, [edx + jmpbuf.edi]
        mov     ebp, [edx + jmpbuf.ebp]
        mov     esp, [edx + jmpbuf.esp]
        jmp     [edx + jmpbuf.eip]

; pid_t vfork(void): the child runs on our stack while we wait, and may
; overwrite the return address there; so it is kept in a register.
global vfork
section .text.vfork progbits alloc exec nowrite align=16
vfork:
        pop     ecx
        mov     eax, SYS_VFORK
        int     80h
        push    ecx
        cmp     eax, -4095
        jae     __syscall_error
        ret

; int clone(fn, stack, flags, arg, parent_tid, tls, child_tid)
global clone
section .text.clone progbits alloc exec nowrite align=16
clone:
        push    ebx
        push    esi
        push    edi
        mov     ecx, [esp + 20]         ; stack
        and     ecx, -16
        sub     ecx, 16
        mov     eax, [esp + 28]         ; arg
        mov     [ecx], eax
        mov     eax, [esp + 16]         ; fn
        mov     [ecx - 4], eax
        sub     ecx, 4
        mov     ebx, [esp + 24]         ; flags
        mov     edx, [esp + 32]         ; parent_tid
        mov     esi, [esp + 36]         ; tls
        mov     edi, [esp + 40]         ; child_tid
        mov     eax, SYS_CLONE
        int     80h
        test    eax, eax
        jz      .child
        pop     edi
        pop     esi
        pop     ebx
        cmp     eax, -4095
        jae     __syscall_error
        ret
.child:
        xor     ebp, ebp
        pop     eax                     ; fn; now arg is on top
        call    eax
        mov     ebx, eax
        mov     eax, SYS_EXIT
        int     80h
        hlt

; long syscall(number, ...): any call by its number
global $syscall
section .text.syscall progbits alloc exec nowrite align=16
$syscall:
        push    ebx
        push    esi
        push    edi
        push    ebp
        mov     eax, [esp + 20]
        mov     ebx, [esp + 24]
        mov     ecx, [esp + 28]
        mov     edx, [esp + 32]
        mov     esi, [esp + 36]
        mov     edi, [esp + 40]
        mov     ebp, [esp + 44]
        int     80h
        pop     ebp
        pop     edi
        pop     esi
        pop     ebx
        cmp     eax, -4095
        jae     __syscall_error
        ret
