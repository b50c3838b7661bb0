/*
 * dd - copy in blocks of given sizes: one read(2) an input block and one
 * write(2) an output block, which makes it the way to see what a device does
 * with each.  lseek(2) skips, ftruncate(2) cuts the target, fsync(2) makes it last.
 *
 * With bs= and no conversion of characters each block read is written as it is.
 * Otherwise: read, sync, swab, translate, then block or unblock records, and
 * collect in output blocks.
 */
#include <ctype.h>
#include <signal.h>
#include <sys/time.h>
#include "command.h"
#include "ebcdic.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const char help[] =
	"usage: dd [if=FILE] [of=FILE] [bs=N | ibs=N obs=N] [cbs=N] [count=N] [skip=N] [seek=N] [conv=HOW,...] [status=none]\n"
	"Copies blocks of 512 bytes, or bs; ibs is the size of those read, obs of those written.\n"
	"count and skip are input blocks, seek is output blocks to leave out of FILE.\n"
	"N: a number, with k, b, M, G or w for 1024, 512, 1024k, 1024M, 2; or a product 3x5.\n"
	"HOW  swab (pairs of bytes change places), lcase, ucase, ascii, ebcdic, ibm,\n"
	"     block (lines become records of cbs bytes), unblock, noerror (read on),\n"
	"     sync (fill up short input blocks), notrunc, excl, nocreat, fsync.\n";

enum {
	NOTRUNC = 1, FSYNC = 2, NOERROR = 4, SYNC = 8, SWAB = 16, LCASE = 32, UCASE = 64, ASCII = 128,
	EBCDIC = 256, IBM = 512, BLOCK = 1024, UNBLOCK = 2048, EXCL = 4096, NOCREAT = 8192,
};

#define CHANGES_BYTES (SWAB | LCASE | UCASE | ASCII | EBCDIC | IBM | BLOCK | UNBLOCK)

static const struct {
	const char *name;
	int bits;
} conversions[] = {
	{ "notrunc", NOTRUNC }, { "fsync", FSYNC }, { "fdatasync", FSYNC }, { "noerror", NOERROR },
	{ "sync", SYNC }, { "swab", SWAB }, { "lcase", LCASE }, { "ucase", UCASE }, { "ascii", ASCII },
	{ "ebcdic", EBCDIC }, { "ibm", IBM }, { "block", BLOCK }, { "unblock", UNBLOCK },
	{ "excl", EXCL }, { "nocreat", NOCREAT },
};

static struct side {
	const char *name;
	int fd, named;
	long long block;		/* ibs, obs */
	long long jump;			/* skip, seek */
	long long full, partial;	/* blocks so far */
	unsigned char *buf;
} in = { .name = "standard input", .fd = STDIN_FILENO, .block = 512 },
  out = { .name = "standard output", .fd = STDOUT_FILENO, .block = 512 };

static long long both, count = -1, record, bytes_out, truncated;
static size_t waiting;			/* bytes in out.buf */
static int conversion, silent;
static struct timeval began;
static unsigned char table[256];
static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
	interrupted = sig;
}

static void report(void)
{
	struct timeval end;
	long us;

	gettimeofday(&end, NULL);
	us = (end.tv_sec - began.tv_sec) * 1000000 + end.tv_usec - began.tv_usec;
	if (silent)
		return;
	fprintf(stderr, "%lld+%lld records in\n%lld+%lld records out\n", in.full, in.partial, out.full, out.partial);
	if (truncated)
		fprintf(stderr, "%lld truncated record%s\n", truncated, truncated > 1 ? "s" : "");
	fprintf(stderr, "%lld bytes copied, %ld.%06ld s\n", bytes_out, us / 1000000, us % 1000000);
}

static void __attribute__((noreturn)) fail_on(const char *name)
{
	warn("%s", name);
	report();
	exit(EXIT_FAILURE);
}

static long long size_of(const char *text)
{
	static const struct { char letter; int shift; } units[] = {
		{ 'w', 1 }, { 'b', 9 }, { 'k', 10 }, { 'K', 10 }, { 'M', 20 }, { 'G', 30 },
	};
	long long size = 1, n;
	const char *p = text;
	char *end;
	size_t i;

	for (;; p = end + 1) {
		n = strtoll(p, &end, 10);
		if (end == p || n < 0)
			errx(EXIT_FAILURE, "%s: that is no size", text);
		for (i = 0; i < COUNT(units); i++) {
			if (*end == units[i].letter) {
				n <<= units[i].shift;
				end++;
				break;
			}
		}
		size *= n;
		if (!*end)
			return size;
		if (*end != 'x')
			errx(EXIT_FAILURE, "%s: that is no size", text);
	}
}

static void set_conversions(char *text)
{
	char *name;
	size_t i;

	while ((name = strsep(&text, ","))) {
		for (i = 0; i < COUNT(conversions) && strcmp(name, conversions[i].name); i++)
			;
		if (i == COUNT(conversions))
			errx(EXIT_FAILURE, "%s: that is no conversion", name);
		conversion |= conversions[i].bits;
	}
}

static void operand(char *arg)
{
	static const struct { const char *name; long long *value; } numbers[] = {
		{ "bs", &both }, { "ibs", &in.block }, { "obs", &out.block }, { "cbs", &record },
		{ "count", &count }, { "skip", &in.jump }, { "seek", &out.jump },
	};
	char *value = strchr(arg, '=');
	size_t i;

	if (!value)
		wrong_usage(help);
	*value++ = '\0';
	for (i = 0; i < COUNT(numbers); i++) {
		if (!strcmp(arg, numbers[i].name)) {
			*numbers[i].value = size_of(value);
			return;
		}
	}
	if (!strcmp(arg, "if") || !strcmp(arg, "of")) {
		struct side *side = *arg == 'i' ? &in : &out;

		side->name = value;
		side->named = 1;
	} else if (!strcmp(arg, "conv")) {
		set_conversions(value);
	} else if (!strcmp(arg, "status")) {
		silent = !strcmp(value, "none");
	} else {
		wrong_usage(help);
	}
}

/* At most one of them. */
static void exclusive(int bits)
{
	int both_of = conversion & bits;

	if (both_of & (both_of - 1))
		errx(EXIT_FAILURE, "these conversions exclude each other");
}

/* What becomes of each byte: to ASCII first, then its case, then from ASCII. */
static void set_table(void)
{
	int wanted = conversion & (ASCII | EBCDIC | IBM), c, i;

	if (record && wanted)
		conversion |= wanted & ASCII ? UNBLOCK : BLOCK;
	exclusive(ASCII | EBCDIC | IBM);
	exclusive(LCASE | UCASE);
	exclusive(BLOCK | UNBLOCK);
	if (!record)
		conversion &= ~(BLOCK | UNBLOCK);
	for (c = 0; c < 256; c++)
		table[wanted == ASCII ? ebcdic[c] : c] = c;
	for (c = 0; c < 256; c++)
		table[c] = conversion & LCASE ? tolower(table[c]) : conversion & UCASE ? toupper(table[c]) : table[c];
	for (c = 0; c < 256 && wanted & (EBCDIC | IBM); c++) {
		unsigned char from = table[c];

		table[c] = ebcdic[from];
		for (i = 0; wanted == IBM && i < (int)COUNT(ibm_differences); i++)
			if (ibm_differences[i][0] == from)
				table[c] = ibm_differences[i][1];
	}
}

static void open_in(void)
{
	long long left = in.jump * in.block;
	ssize_t n = 1;

	if (in.named)
		in.fd = open(in.name, O_RDONLY);
	if (in.fd < 0)
		err(EXIT_FAILURE, "%s", in.name);
	if (!left || lseek(in.fd, left, SEEK_CUR) >= 0)
		return;
	for (; left && n > 0; left -= n) {	/* a pipe: read what cannot be skipped */
		n = read(in.fd, in.buf, left < in.block ? left : in.block);
		if (n < 0)
			fail_on(in.name);
	}
}

static void write_block(const unsigned char *buf, size_t n)
{
	if (write_all(out.fd, (const char *)buf, n))
		fail_on(out.name);
	bytes_out += n;
	*((long long)n == out.block ? &out.full : &out.partial) += 1;
}

static void open_out(void)
{
	long long left = out.jump * out.block;
	int flags = O_WRONLY | (conversion & NOCREAT ? 0 : O_CREAT) | (conversion & EXCL ? O_EXCL : 0);

	if (out.named)
		out.fd = open(out.name, flags | (conversion & NOTRUNC || left ? 0 : O_TRUNC), 0666);
	if (out.fd < 0)
		err(EXIT_FAILURE, "%s", out.name);
	if (!left)
		return;
	if (out.named && !(conversion & NOTRUNC) && ftruncate(out.fd, left) && errno != EINVAL)
		err(EXIT_FAILURE, "%s", out.name);
	if (lseek(out.fd, left, SEEK_CUR) >= 0)
		return;
	for (; left; left -= out.block)		/* a pipe gets zeros instead */
		if (write_all(out.fd, (const char *)out.buf, out.block))
			fail_on(out.name);
}

static void put_byte(unsigned char c)
{
	out.buf[waiting++] = c;
	if ((long long)waiting == out.block) {
		waiting = 0;
		write_block(out.buf, out.block);
	}
}

static long long column;		/* in the record */

static void pad_record(void)
{
	for (; column < record; column++)
		put_byte(table[' ']);
	column = 0;
}

/* A line becomes a record: spaces fill it, what is too long goes. */
static void block_byte(unsigned char c)
{
	if (c == '\n') {
		pad_record();
		return;
	}
	if (column < record)
		put_byte(table[c]);
	else if (column == record)
		truncated++;
	column++;
}

/* A record becomes a line, without the spaces that end it. */
static void unblock_byte(unsigned char c)
{
	static long long spaces;

	if (column == record) {
		put_byte('\n');
		column = spaces = 0;
	}
	column++;
	if (table[c] == ' ') {
		spaces++;
		return;
	}
	for (; spaces; spaces--)
		put_byte(' ');
	put_byte(table[c]);
}

static void convert(unsigned char *p, size_t n)
{
	size_t i;

	for (i = 0; conversion & SWAB && i + 1 < n; i += 2) {
		unsigned char c = p[i];

		p[i] = p[i + 1];
		p[i + 1] = c;
	}
	for (i = 0; i < n; i++) {
		if (conversion & BLOCK)
			block_byte(p[i]);
		else if (conversion & UNBLOCK)
			unblock_byte(p[i]);
		else
			put_byte(table[p[i]]);
	}
}

static void finish(void)
{
	if (conversion & BLOCK && column)
		pad_record();
	if (conversion & UNBLOCK && column)
		put_byte('\n');
	if (waiting)
		write_block(out.buf, waiting);
	if (conversion & FSYNC && fsync(out.fd))
		fail_on(out.name);
}

/* One input block into in.buf: its length, 0 at the end, -1 for one that could not be read. */
static ssize_t read_block(void)
{
	ssize_t n = read(in.fd, in.buf, in.block);
	int filler = conversion & (BLOCK | UNBLOCK) ? ' ' : '\0';

	if (n < 0 && errno == EINTR)
		return -1;
	if (n < 0) {
		if (!(conversion & NOERROR))
			fail_on(in.name);
		warn("%s", in.name);
		report();
		lseek(in.fd, in.block, SEEK_CUR);
		if (!(conversion & SYNC))
			return -1;
	}
	if (n == 0)
		return 0;
	*(n == in.block ? &in.full : &in.partial) += 1;
	if (n < in.block && conversion & SYNC) {
		n = n < 0 ? 0 : n;
		memset(in.buf + n, filler, in.block - n);
		n = in.block;
	}
	return n;
}

int main(int argc, char **argv)
{
	struct sigaction on_int = { .sa_handler = on_interrupt };
	int as_it_comes;
	ssize_t n;

	no_options(argc, argv, help);
	for (; optind < argc; optind++)
		operand(argv[optind]);
	set_table();
	as_it_comes = both && !(conversion & CHANGES_BYTES);
	if (both)
		in.block = out.block = both;
	if (in.block <= 0 || out.block <= 0)
		errx(EXIT_FAILURE, "a block has at least one byte");
	in.buf = in.block > 0x40000000 ? NULL : malloc(in.block);
	out.buf = out.block > 0x40000000 ? NULL : calloc(1, out.block);
	if (!in.buf || !out.buf)
		errx(EXIT_FAILURE, "no memory for a block");
	gettimeofday(&began, NULL);
	sigaction(SIGINT, &on_int, NULL);
	open_in();
	open_out();
	while (!interrupted && (count < 0 || in.full + in.partial < count) && (n = read_block())) {
		if (n > 0 && as_it_comes)
			write_block(in.buf, n);
		else if (n > 0)
			convert(in.buf, n);
	}
	if (!interrupted)
		finish();
	report();
	if (interrupted) {
		signal(SIGINT, SIG_DFL);
		raise(SIGINT);
	}
	return 0;
}
