/*
 * %p and its letters:
 *
 *	%p %px %pK	the address, eight hex digits (nothing is hidden here)
 *	%pS %pf %pB	name+0xoff/0xsize; %pB of a return address: of the call
 *	%ps %pF		the name alone (%pF as %pS)
 *	%pd[2-4] %pD	name of a dentry, of a file, with up to four components
 *	%pV		a struct va_format: a nested format
 *	%pe		an errno in a pointer, by name
 *	%*ph[CDN]	up to 64 bytes in hex, parted by space : - or nothing
 *	%pM[F] %pm	a MAC address with : (or -), without
 *	%pI4 %pi4	an IPv4 address
 *	%pR %pr		a struct resource
 *	%pa[d]		a phys_addr_t, a dma_addr_t by reference
 *	%pU		a UUID
 */
#include <linux/ctype.h>
#include <linux/dcache.h>
#include <linux/fs.h>
#include <linux/ioport.h>
#include <linux/kallsyms.h>
#include <linux/string.h>
#include "format.h"

static void address(struct format_out *out, const void *ptr, struct format_spec *spec)
{
	spec->base = 16;
	if (!spec->width) {
		spec->width = 2 * sizeof(void *);
		spec->flags |= FORMAT_ZERO;
	}
	format_number(out, (unsigned long)ptr, spec);
}

static void symbol(struct format_out *out, const void *ptr, char how, struct format_spec *spec)
{
	char name[KSYM_SYMBOL_LEN];

	if (how == 'B')
		sprint_backtrace(name, (unsigned long)ptr);
	else if (how == 's')
		sprint_symbol_no_offset(name, (unsigned long)ptr);
	else
		sprint_symbol(name, (unsigned long)ptr);
	format_string(out, name, spec);
}

static void bytes(struct format_out *out, const u8 *p, int n, char separator)
{
	for (int i = 0; i < n; i++) {
		if (i && separator)
			format_char(out, separator);
		format_char(out, hex_asc_hi(p[i]));
		format_char(out, hex_asc_lo(p[i]));
	}
}

static int hex_string(struct format_out *out, const u8 *p, char how, struct format_spec *spec)
{
	int n = clamp(spec->width ? spec->width : 1, 1, 64);

	bytes(out, p, n, how == 'C' ? ':' : how == 'D' ? '-' : how == 'N' ? 0 : ' ');
	return how == 'C' || how == 'D' || how == 'N' ? 2 : 1;
}

/* A dentry's name behind up to depth - 1 of its parents', the root as "/". */
static int dentry_name(struct format_out *out, const struct dentry *d, const char *fmt,
		       struct format_spec *spec)
{
	const struct dentry *path[4];
	int depth = fmt[1] >= '2' && fmt[1] <= '4' ? fmt[1] - '0' : 1, n = 0;
	struct format_spec plain = { .precision = -1 };

	if (!d || IS_ERR(d)) {
		format_string(out, NULL, spec);
		return depth > 1 ? 2 : 1;
	}
	do {
		path[n++] = d;
		if (d == d->d_parent)
			break;
		d = d->d_parent;
	} while (n < depth);
	if (n == 1) {
		format_bytes(out, (const char *)path[0]->d_name.name, path[0]->d_name.len, spec);
		return depth > 1 ? 2 : 1;
	}
	while (n--) {
		if (path[n] == path[n]->d_parent)
			continue;
		format_bytes(out, (const char *)path[n]->d_name.name, path[n]->d_name.len, &plain);
		if (n)
			format_char(out, '/');
	}
	return depth > 1 ? 2 : 1;
}

static int ip4(struct format_out *out, const u8 *p, bool zeros)
{
	struct format_spec spec = { .base = 10, .precision = zeros ? 3 : -1 };

	for (int i = 0; i < 4; i++) {
		if (i)
			format_char(out, '.');
		format_number(out, p[i], &spec);
	}
	return 2;
}

static void resource(struct format_out *out, const struct resource *res)
{
	bool io = res->flags & IORESOURCE_IO, irq = res->flags & IORESOURCE_IRQ;
	struct format_spec text = { .precision = -1 };
	struct format_spec num = { .base = irq ? 10 : 16, .flags = irq ? 0 : FORMAT_ALT | FORMAT_ZERO,
				   .width = irq ? 0 : io ? 6 : 10, .precision = -1 };

	format_string(out, irq ? "[irq " : io ? "[io  " : "[mem ", &text);
	format_number(out, res->start, &num);
	if (res->start != res->end) {
		format_char(out, '-');
		format_number(out, res->end, &num);
	}
	format_char(out, ']');
}

static void uuid(struct format_out *out, const u8 *p)
{
	static const u8 group[] = { 4, 2, 2, 2, 6 };

	for (int i = 0; i < 5; p += group[i++]) {
		if (i)
			format_char(out, '-');
		bytes(out, p, group[i], 0);
	}
}

static void nested(struct format_out *out, const struct va_format *vaf)
{
	va_list args;
	char *end = max(out->end, out->pos);

	va_copy(args, *vaf->va);
	out->pos += vsnprintf(out->pos, end - out->pos, vaf->fmt, args);
	va_end(args);
}

static void error_name(struct format_out *out, const void *ptr, struct format_spec *spec)
{
	const char *name = IS_ERR(ptr) ? errname(PTR_ERR(ptr)) : NULL;

	if (name) {
		format_string(out, name, spec);
	} else if (IS_ERR(ptr)) {
		spec->flags |= FORMAT_SIGNED;
		spec->base = 10;
		format_number(out, (s64)(long)ptr, spec);
	} else {
		address(out, ptr, spec);
	}
}

int format_pointer(struct format_out *out, const void *ptr, const char *fmt,
		   struct format_spec *spec)
{
	switch (*fmt) {
	case 'S': case 's': case 'B': case 'F': case 'f':
		symbol(out, ptr, *fmt, spec);
		return fmt[1] == 'R' ? 2 : 1;
	case 'd':
		return dentry_name(out, ptr, fmt, spec);
	case 'D':
		return dentry_name(out, ptr ? ((const struct file *)ptr)->f_path.dentry : NULL,
				   fmt, spec);
	case 'V':
		nested(out, ptr);
		return 1;
	case 'e':
		error_name(out, ptr, spec);
		return 1;
	case 'h':
		return hex_string(out, ptr, fmt[1], spec);
	case 'M': case 'm':
		bytes(out, ptr, 6, *fmt == 'm' ? 0 : fmt[1] == 'F' ? '-' : ':');
		return fmt[1] == 'F' ? 2 : 1;
	case 'I': case 'i':
		return fmt[1] == '4' ? ip4(out, ptr, *fmt == 'i') : 0;
	case 'R': case 'r':
		resource(out, ptr);
		return 1;
	case 'a':
		spec->flags |= FORMAT_ALT | FORMAT_ZERO;
		spec->width = 10;
		spec->base = 16;
		format_number(out, *(const phys_addr_t *)ptr, spec);
		return fmt[1] == 'd' || fmt[1] == 'p' ? 2 : 1;
	case 'U':
		uuid(out, ptr);
		return isalpha(fmt[1]) && strchr("bBlL", fmt[1]) ? 2 : 1;
	case 'K': case 'x':
		address(out, ptr, spec);
		return 1;
	}
	address(out, ptr, spec);
	return 0;
}
