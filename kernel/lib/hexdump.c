/*
 * Bytes as hex digits.
 */
#include <linux/ctype.h>
#include <linux/export.h>
#include <linux/kernel.h>

const char hex_asc[] = "0123456789abcdef";
const char hex_asc_upper[] = "0123456789ABCDEF";
EXPORT_SYMBOL(hex_asc);
EXPORT_SYMBOL(hex_asc_upper);

/* One group, least significant byte last, as a number of its size is read. */
static int dump_group(char *buf, size_t size, const u8 *p, int group)
{
	int n = 0;

	for (int i = group; i-- > 0; )
		n += scnprintf(buf + n, size - n, "%02x", p[i]);
	return n;
}

/*
 * One line of at most rowsize (16 or 32) bytes in groups of 1, 2, 4 or 8, with
 * the characters beside when `ascii`. Returns the line's length.
 */
int hex_dump_to_buffer(const void *buf, size_t len, int rowsize, int groupsize,
		       char *linebuf, size_t size, bool ascii)
{
	const u8 *p = buf;
	int n = 0, column;

	if (!size)
		return 0;
	*linebuf = '\0';
	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	len = min(len, (size_t)rowsize);
	if (!is_power_of_2(groupsize) || groupsize > 8 || len % groupsize)
		groupsize = 1;
	for (size_t i = 0; i < len; i += groupsize) {
		if (i)
			n += scnprintf(linebuf + n, size - n, " ");
		n += dump_group(linebuf + n, size - n, p + i, groupsize);
	}
	if (!ascii)
		return n;
	column = rowsize * 2 + rowsize / groupsize + 1;
	n += scnprintf(linebuf + n, size - n, "%*s", column - n, "");
	for (size_t i = 0; i < len; i++)
		n += scnprintf(linebuf + n, size - n, "%c", isprint(p[i]) ? p[i] : '.');
	return n;
}
EXPORT_SYMBOL(hex_dump_to_buffer);

void print_hex_dump(const char *level, const char *prefix_str, int prefix_type,
		    int rowsize, int groupsize, const void *buf, size_t len, bool ascii)
{
	char line[32 * 3 + 2 + 32 + 1];

	if (rowsize != 16 && rowsize != 32)
		rowsize = 16;
	for (size_t i = 0; i < len; i += rowsize) {
		hex_dump_to_buffer(buf + i, len - i, rowsize, groupsize, line, sizeof(line), ascii);
		if (prefix_type == DUMP_PREFIX_ADDRESS)
			printk("%s%s%p: %s\n", level, prefix_str, buf + i, line);
		else if (prefix_type == DUMP_PREFIX_OFFSET)
			printk("%s%s%.8x: %s\n", level, prefix_str, i, line);
		else
			printk("%s%s%s\n", level, prefix_str, line);
	}
}
EXPORT_SYMBOL(print_hex_dump);
