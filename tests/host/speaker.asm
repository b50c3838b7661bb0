; speaker.asm: a machine's whole software, which speaks the guest channel and
; nothing else. The test of the runner boots it in the kernel's place, so that the
; runner is judged by itself. A flat image at 1 MiB; the Multiboot header carries
; the addresses, so no linker is needed.
;
; The first letter of the command chooses: e output the other arguments, each with
; a line end · x end with the status whose digit follows · s be ended by signal 11
; · p panic · h hang · r reset (triple fault) · d farewell, power off · g output
; with stray bytes and a 300-byte frame around it.

bits 32
org 100000h

PORT		equ 0E9h
EXIT_PORT	equ 0F4h
FW_SELECT	equ 510h
FW_DATA		equ 511h
FW_DIRECTORY	equ 19h
POWER_PORT	equ 604h
COM1		equ 3F8h

header:	dd 1BADB002h, 10000h, -(1BADB002h + 10000h)
	dd header, header, end, bss_end, start

start:	mov esp, stack_top
	mov esi, hello
.say:	lodsb			; the console's only line, for the tail
	mov dx, COM1
	out dx, al
	cmp al, 10
	jne .say

	; the directory: a count, then entries of 64 bytes, numbers high byte first
	mov ax, FW_DIRECTORY
	mov dx, FW_SELECT
	out dx, ax
	mov dx, FW_DATA
	mov edi, command
	mov ecx, 4
	rep insb
	mov ebp, [command]
	bswap ebp
.entry:	mov edi, command
	mov ecx, 64
	rep insb
	mov esi, name
	mov edi, command + 8
	mov ecx, name_end - name
	repe cmpsb
	je .found
	dec ebp
	jnz .entry
	jmp hang
.found:	mov ecx, [command]
	bswap ecx
	mov ax, [command + 4]
	xchg al, ah
	mov dx, FW_SELECT
	out dx, ax
	mov dx, FW_DATA
	mov edi, command
	rep insb
	mov ebp, edi		; where the command ends

	mov esi, command
	mov dx, PORT
	mov al, [esi]
	cmp al, 'e'
	je echo
	cmp al, 'x'
	je exit
	cmp al, 's'
	je signal
	cmp al, 'p'
	je panic
	cmp al, 'r'
	je reset
	cmp al, 'd'
	je down
	cmp al, 'g'
	je garbage
hang:	hlt
	jmp hang

; Writes a frame: type in BL, length in ECX, bytes at ESI.
frame:	mov al, 4Ch
	out dx, al
	mov al, bl
	out dx, al
	mov al, cl
	out dx, al
	mov al, ch
	out dx, al
	rep outsb
	ret

skip:	lodsb			; to the next argument
	test al, al
	jnz skip
	ret

echo:	call skip
.next:	cmp esi, ebp
	jae zero
	mov edi, esi
	xor ecx, ecx
.scan:	inc ecx
	cmp byte [edi + ecx - 1], 0
	jne .scan
	mov byte [edi + ecx - 1], 10
	mov bl, 1
	call frame
	jmp .next

exit:	movzx eax, byte [esi + 1]
	sub eax, '0'
	shl eax, 8
	jmp status
signal:	mov eax, 11
	jmp status
zero:	xor eax, eax
status:	mov [word4], eax
	mov esi, word4
	mov ecx, 4
	mov bl, 2
	call frame
power:	mov dx, POWER_PORT
	mov ax, 2000h
	out dx, ax
	jmp hang
panic:	mov esi, report
	mov ecx, report_end - report
	mov bl, 3
	call frame
	mov dx, EXIT_PORT
	mov al, 62
	out dx, al
	jmp hang
reset:	lidt [none]
	int3
down:	xor ecx, ecx
	mov bl, 5
	call frame
	jmp power
garbage:
	mov al, 'L'		; a magic byte with no known type behind it
	out dx, al
	mov al, 0FFh
	out dx, al
	mov ecx, 300
	mov edi, stack_top
	mov al, '.'
	rep stosb
	mov esi, stack_top
	mov ecx, 300
	mov bl, 1
	call frame
	jmp zero

hello:	db 'speaker is here', 10
name:	db 'opt/lectern/command', 0
name_end:
report:	db 'panic: on request', 10
report_end:
	align 4
none:	dw 0
	dd 0
word4:	dd 0
end:
stack	equ end + 1000h
stack_top equ stack + 1000h
command	equ stack_top + 1000h
bss_end	equ command + 10000h
