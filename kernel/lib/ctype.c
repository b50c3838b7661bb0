/*
 * The classes of characters, for <linux/ctype.h>.
 */
#include <linux/ctype.h>
#include <linux/export.h>

#define C _CT_CNTRL
#define P _CT_PUNCT
#define U _CT_UPPER
#define L _CT_LOWER
#define CS (_CT_CNTRL | _CT_SPACE)

const unsigned char _ctype[256] = {
	[0x00 ... 0x08] = C,
	['\t'] = CS | _CT_BLANK,
	['\n' ... '\r'] = CS,
	[0x0e ... 0x1f] = C,
	[' '] = _CT_SPACE | _CT_BLANK,
	['!' ... '/'] = P,
	['0' ... '9'] = _CT_DIGIT | _CT_XDIGIT,
	[':' ... '@'] = P,
	['A' ... 'F'] = U | _CT_XDIGIT,
	['G' ... 'Z'] = U,
	['[' ... '`'] = P,
	['a' ... 'f'] = L | _CT_XDIGIT,
	['g' ... 'z'] = L,
	['{' ... '~'] = P,
	[0x7f] = C,
};
EXPORT_SYMBOL(_ctype);
