/* Classes of characters, by a table. */
#ifndef _LINUX_CTYPE_H
#define _LINUX_CTYPE_H

/* Latin-1 above 127 counts as neither letter nor space: bytes of UTF-8. */
#define _CT_UPPER	0x01
#define _CT_LOWER	0x02
#define _CT_DIGIT	0x04
#define _CT_CNTRL	0x08
#define _CT_PUNCT	0x10
#define _CT_SPACE	0x20
#define _CT_XDIGIT	0x40
#define _CT_BLANK	0x80

extern const unsigned char _ctype[256];
#define __ismask(c)	(_ctype[(unsigned char)(c)])
#define isalnum(c)	((__ismask(c) & (_CT_UPPER | _CT_LOWER | _CT_DIGIT)) != 0)
#define isalpha(c)	((__ismask(c) & (_CT_UPPER | _CT_LOWER)) != 0)
#define iscntrl(c)	((__ismask(c) & _CT_CNTRL) != 0)
#define isgraph(c)	((__ismask(c) & (_CT_PUNCT | _CT_UPPER | _CT_LOWER | _CT_DIGIT)) != 0)
#define islower(c)	((__ismask(c) & _CT_LOWER) != 0)
#define isprint(c)	(isgraph(c) || (c) == ' ')
#define ispunct(c)	((__ismask(c) & _CT_PUNCT) != 0)
#define isspace(c)	((__ismask(c) & _CT_SPACE) != 0)
#define isupper(c)	((__ismask(c) & _CT_UPPER) != 0)
#define isxdigit(c)	((__ismask(c) & _CT_XDIGIT) != 0)
#define isascii(c)	(((unsigned char)(c)) <= 0x7f)
#define toascii(c)	((c) & 0x7f)

static inline int isdigit(int c)
{
	return c >= '0' && c <= '9';
}

static inline int isodigit(int c)
{
	return c >= '0' && c <= '7';
}

static inline int tolower(int c)
{
	return isupper(c) ? c + ('a' - 'A') : c;
}

static inline int toupper(int c)
{
	return islower(c) ? c - ('a' - 'A') : c;
}

#endif
