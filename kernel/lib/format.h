/*
 * What the formatter's two halves share: vsprintf.c (the format language and
 * numbers) and pointer.c (%p and what may follow it).
 */
#ifndef KERNEL_LIB_FORMAT_H
#define KERNEL_LIB_FORMAT_H

#include <linux/types.h>

#define FORMAT_LEFT	0x01
#define FORMAT_PLUS	0x02
#define FORMAT_SPACE	0x04
#define FORMAT_ALT	0x08
#define FORMAT_ZERO	0x10
#define FORMAT_UPPER	0x20
#define FORMAT_SIGNED	0x40

/* Where the text goes; pos runs on behind end, to count what did not fit. */
struct format_out {
	char *pos, *end;
};

struct format_spec {
	unsigned int flags;
	unsigned int base;
	int width;			/* 0: as wide as it is */
	int precision;			/* -1: none given */
};

static inline void format_char(struct format_out *out, char c)
{
	if (out->pos < out->end)
		*out->pos = c;
	out->pos++;
}

void format_pad(struct format_out *out, char c, int n);
/* n bytes of s, in the width of the spec. */
void format_bytes(struct format_out *out, const char *s, int n, const struct format_spec *spec);
void format_string(struct format_out *out, const char *s, const struct format_spec *spec);
void format_number(struct format_out *out, u64 num, const struct format_spec *spec);
/* fmt is what follows "%p"; returns how many letters of it were used. */
int format_pointer(struct format_out *out, const void *ptr, const char *fmt,
		   struct format_spec *spec);

#endif
