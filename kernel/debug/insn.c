/*
 * Instructions as kprobes need them: how long one is (Intel SDM vol. 2, appendix A; 32-bit code of
 * a kernel, without SSE and with 32-bit addresses), and what runs in its place in a slot. That
 * is a copy and an int3 behind it, or where the instruction depends on its own address:
 *
 *	call X		push $next; int3 to X		jmp X		int3 to X
 *	call *X		push X; int3 swaps, to X	jmp *X		push X; int3; ret
 *	jcc X		jcc +1; int3 to next; int3 to X		ret	int3; ret
 */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/string.h>
#include "kprobes.h"

#define PUSH_IMM32	0x68
#define RET		0xC3
#define GROUP5		0xFF		/* the middle of ModR/M: 2 call, 4 jmp, 6 push */
#define GROUP5_CALL	2
#define GROUP5_JMP	4
#define GROUP5_PUSH	6

/*
 * What follows an opcode:
 *	.  nothing	b  1 byte	w  2	z  4, or 2 with a 66 prefix	e  3
 *	a  an address	m  ModR/M	n  ModR/M and b		o  ModR/M and z
 *	t  ModR/M, and b or z if its middle field says TEST	p  a prefix	x  none of ours
 */
static const char one_byte[256 + 1] =
	"mmmmbz..mmmmbz.x" "mmmmbz..mmmmbz.." "mmmmbzp.mmmmbzp." "mmmmbzp.mmmmbzp."
	"................" "................" "..xmppppzobn...." "bbbbbbbbbbbbbbbb"
	"nonnmmmmmmmmmmmm" "..........x....." "aaaa....bz......" "bbbbbbbbzzzzzzzz"
	"nnw.xxnoe.w..b.." "mmmmbb..mmmmmmmm" "bbbbbbbbzzxb...." "p.pp..tt......mm";

static const char two_byte[256 + 1] =
	"mmmmx.....x.xmxx" "mmmmmmmmmmmmmmmm" "mmmmxxxxmmmmmmmm" "......x.xxxxxxxx"
	"mmmmmmmmmmmmmmmm" "mmmmmmmmmmmmmmmm" "mmmmmmmmmmmmmmmm" "nnnnmmm.xxxxmmmm"
	"zzzzzzzzzzzzzzzz" "mmmmmmmmmmmmmmmm" "...mnmxx...mnmmm" "mmmmmmmmmmnmmmmm"
	"mmnmnnnm........" "mmmmmmmmmmmmmmmm" "mmmmmmmmmmmmmmmm" "mmmmmmmmmmmmmmmm";

/* ModR/M with what it asks for: SIB and displacement. */
static unsigned int modrm_length(const u8 *modrm)
{
	unsigned int mod = modrm[0] >> 6, rm = modrm[0] & 7, len = 1;

	if (mod == 3)
		return len;
	if (rm == 4) {
		len++;
		rm = modrm[1] & 7;	/* the base, which mod 0 replaces in the same way */
	}
	if (mod == 0)
		return len + (rm == 5 ? 4 : 0);
	return len + (mod == 1 ? 1 : 4);
}

unsigned int insn_length(const u8 *insn, unsigned int *opcode)
{
	unsigned int at = 0, z = 4, imm = 0;
	char kind;

	while (one_byte[insn[at]] == 'p') {
		if (insn[at] == 0x66)
			z = 2;
		if (insn[at] == 0x67 || ++at == MAX_INSN_SIZE)
			return 0;
	}
	*opcode = at;
	kind = one_byte[insn[at]];
	if (insn[at++] == 0x0F)
		kind = two_byte[insn[at++]];
	switch (kind) {
	case 'x':
		return 0;
	case 'b': case 'n':
		imm = 1;
		break;
	case 'w':
		imm = 2;
		break;
	case 'e':
		imm = 3;
		break;
	case 'a':
		imm = 4;
		break;
	case 'z': case 'o':
		imm = z;
		break;
	case 't':
		if (!(insn[at] & 0x30))
			imm = insn[at - 1] & 1 ? z : 1;
		break;
	}
	if (strchr("mnot", kind))
		at += modrm_length(&insn[at]);
	return at + imm <= MAX_INSN_SIZE ? at + imm : 0;
}

/* Makes of an instruction that ends with a relative address what stops at its two ways on. */
static int prepare_branch(struct kprobe_point *point, unsigned int opcode, unsigned int len)
{
	u8 *slot = point->slot, op = slot[opcode];
	bool wide = op == 0x0F || (op & 0xFE) == 0xE8;
	unsigned int size = wide ? 4 : 1;
	unsigned long target;
	s32 by;

	if (opcode && wide)
		return -EINVAL;		/* a prefix that makes the address short, or means nothing */
	if (wide)
		memcpy(&by, &slot[len - size], size);
	else
		by = sign_extend32(slot[len - 1], 7);
	target = point->next + by;
	if (op == 0xE8) {
		slot[0] = PUSH_IMM32;
		memcpy(&slot[1], &point->next, sizeof(point->next));
		point->next = target;
	} else if (op == 0xE9 || op == 0xEB) {
		point->stop = 0;
		point->next = target;
	} else {
		memset(&slot[len - size], 0, size);
		slot[len - size] = 1;
		point->taken = target;
		slot[len + 1] = INT3;
	}
	slot[point->stop] = INT3;
	return 0;
}

int kprobe_prepare_slot(struct kprobe_point *point)
{
	unsigned int opcode, len;
	u8 *slot = point->slot, op, reg;

	point->opcode = slot[0];
	len = insn_length(slot, &opcode);
	if (!len || len + 1 >= KPROBE_SLOT_SIZE)
		return -EINVAL;
	point->stop = len;
	point->next = (unsigned long)point->addr + len;
	op = slot[opcode];
	reg = slot[opcode + 1] >> 3 & 7;
	memset(&slot[len], INT3, KPROBE_SLOT_SIZE - len);
	if ((op & 0xF0) == 0x70 || (op & 0xFC) == 0xE0 || op == 0xE8 || op == 0xE9 || op == 0xEB ||
	    (op == 0x0F && (slot[opcode + 1] & 0xF0) == 0x80))
		return prepare_branch(point, opcode, len);
	if (op == GROUP5 && (reg == GROUP5_CALL || reg == GROUP5_JMP)) {
		slot[opcode + 1] = (slot[opcode + 1] & ~(7 << 3)) | GROUP5_PUSH << 3;
		point->swaps = reg == GROUP5_CALL;
		if (reg == GROUP5_CALL)
			return 0;
		slot[len + 1] = RET;
		point->next = (unsigned long)&slot[len + 1];
		return 0;
	}
	if (op == RET || op == 0xC2) {
		memmove(&slot[1], &slot[0], len);
		slot[0] = INT3;
		point->stop = 0;
		point->next = (unsigned long)&slot[1];
		return 0;
	}
	/* Far calls and jumps, other returns, interrupts; BUG(), whose address means something. */
	if ((op == GROUP5 && (reg == 3 || reg == 5)) || (op >= 0xCA && op <= 0xCF) ||
	    (op == 0x0F && slot[opcode + 1] == 0x0B))
		return -EINVAL;
	return 0;
}
