/*
 * FPU state in a signal frame: FSAVE's image of 1980, which debuggers and old
 * programs read, followed by FXSAVE's. Both describe the same registers; on
 * the way back the older one wins where they overlap, as in Linux, because
 * that is the one handlers change.
 *
 * FSAVE's tag word has two bits a register, FXSAVE's one (Intel SDM vol. 1,
 * table 10-2): the other bit is worked out from the register's content.
 */
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/fpu.h>
#include <uapi/asm/sigcontext.h>

#define FP_REGISTERS		8
#define FXSR_ST_BYTES		16
#define FSAVE_ST_BYTES		10
#define FSAVE_HIGH_WORD		0xFFFF0000U	/* upper halves of 16-bit words read as ones */
#define SW_TOP_SHIFT		11
#define EXPONENT_MASK		0x7FFF
#define MANTISSA_INTEGER_BIT	0x8000

enum fp_tag { TAG_VALID, TAG_ZERO, TAG_SPECIAL, TAG_EMPTY };

static const struct _fpxreg *st_register(const struct fxregs_state *fx, unsigned int i)
{
	return (const struct _fpxreg *)fx->st_space + i;
}

static enum fp_tag register_tag(const struct _fpxreg *st)
{
	unsigned int exponent = st->exponent & EXPONENT_MASK;

	if (exponent == EXPONENT_MASK)
		return TAG_SPECIAL;
	if (exponent)
		return st->significand[3] & MANTISSA_INTEGER_BIT ? TAG_VALID : TAG_SPECIAL;
	if (st->significand[0] | st->significand[1] | st->significand[2] | st->significand[3])
		return TAG_SPECIAL;
	return TAG_ZERO;
}

static u32 full_tags(const struct fxregs_state *fx)
{
	unsigned int top = fx->swd >> SW_TOP_SHIFT & 7, i;
	u32 tags = FSAVE_HIGH_WORD;

	for (i = 0; i < FP_REGISTERS; i++) {
		if (fx->twd & 1 << i)
			tags |= register_tag(st_register(fx, (i - top) & 7)) << 2 * i;
		else
			tags |= TAG_EMPTY << 2 * i;
	}
	return tags;
}

static u16 abridged_tags(u32 tags)
{
	unsigned int i;
	u16 twd = 0;

	for (i = 0; i < FP_REGISTERS; i++)
		if ((tags >> 2 * i & 3) != TAG_EMPTY)
			twd |= 1 << i;
	return twd;
}

void fpu_to_frame(const struct fxregs_state *fx, struct _fpstate *fp)
{
	unsigned int i;

	fp->cw = fx->cwd | FSAVE_HIGH_WORD;
	fp->sw = fx->swd | FSAVE_HIGH_WORD;
	fp->tag = full_tags(fx);
	fp->ipoff = fx->fip;
	fp->cssel = (fx->fcs & 0xFFFF) | (u32)fx->fop << 16;
	fp->dataoff = fx->foo;
	fp->datasel = fx->fos;
	for (i = 0; i < FP_REGISTERS; i++)
		memcpy(&fp->_st[i], st_register(fx, i), FSAVE_ST_BYTES);
	fp->status = fx->swd;
	fp->magic = X86_FXSR_MAGIC;
	memcpy(fp->_fxsr_env, fx, sizeof(*fx));
}

int fpu_save_to_user(void __user *frame)
{
	struct _fpstate fp;

	fpu_sync_current();
	fpu_to_frame(&current->thread.fpu.state, &fp);
	return copy_to_user(frame, &fp, sizeof(fp)) ? -EFAULT : 0;
}

int fpu_restore_from_user(const void __user *frame)
{
	struct fpu *fpu = &current->thread.fpu;
	struct fxregs_state *fx = &fpu->state;
	struct _fpstate fp;
	unsigned int i;

	if (copy_from_user(&fp, frame, sizeof(fp)))
		return -EFAULT;
	fpu_sync_current();
	if (fp.magic == X86_FXSR_MAGIC)
		memcpy(fx, fp._fxsr_env, sizeof(*fx));
	fx->cwd = fp.cw;
	fx->swd = fp.sw;
	fx->twd = abridged_tags(fp.tag);
	fx->fop = fp.cssel >> 16;
	fx->fip = fp.ipoff;
	fx->fcs = fp.cssel & 0xFFFF;
	fx->foo = fp.dataoff;
	fx->fos = fp.datasel;
	for (i = 0; i < FP_REGISTERS; i++)
		memcpy((u8 *)fx->st_space + i * FXSR_ST_BYTES, &fp._st[i], FSAVE_ST_BYTES);
	/* FXRSTOR faults on bits that this CPU does not know. */
	fx->mxcsr &= fpu_mxcsr_mask;
	return 0;
}
