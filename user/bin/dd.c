/*
 * dd - copy in blocks of a given size: one read(2) and one write(2) a block,
 * which makes it the way to see what a device does with each.
 * lseek(2) skips, ftruncate(2) cuts the target, fsync(2) makes it last.
 */
#include <sys/time.h>
#include "command.h"

static const char help[] =
	"usage: dd [if=FILE] [of=FILE] [bs=N] [ibs=N] [obs=N] [count=N] [skip=N] [seek=N] [conv=notrunc,fsync] [status=none]\n"
	"Copies blocks of bs bytes (512); N may end in k, M or G.\n";

static const char *in_name = "standard input", *out_name = "standard output";
static long long block = 512, count = -1, skip, seek_to;
static int notrunc, sync_out, silent;

static long long size_of(const char *text)
{
	char *end;
	long long n = strtoll(text, &end, 10);

	if (*end == 'k' || *end == 'K')
		n <<= 10;
	else if (*end == 'M')
		n <<= 20;
	else if (*end == 'G')
		n <<= 30;
	else if (*end || end == text)
		errx(EXIT_FAILURE, "'%s' is not a size", text);
	return n;
}

static void operand(const char *arg)
{
	if (!strncmp(arg, "if=", 3))
		in_name = arg + 3;
	else if (!strncmp(arg, "of=", 3))
		out_name = arg + 3;
	else if (!strncmp(arg, "bs=", 3))
		block = size_of(arg + 3);
	else if (!strncmp(arg, "ibs=", 4) || !strncmp(arg, "obs=", 4))
		block = size_of(arg + 4);	/* what is read is written: the last one counts */
	else if (!strncmp(arg, "count=", 6))
		count = size_of(arg + 6);
	else if (!strncmp(arg, "skip=", 5))
		skip = size_of(arg + 5);
	else if (!strncmp(arg, "seek=", 5))
		seek_to = size_of(arg + 5);
	else if (!strncmp(arg, "conv=", 5)) {
		notrunc = strstr(arg, "notrunc") != NULL;
		sync_out = strstr(arg, "fsync") != NULL;
	} else if (!strcmp(arg, "status=none"))
		silent = 1;
	else
		wrong_usage(help);
}

static int open_in(void)
{
	int fd = STDIN_FILENO;
	char *buf;

	if (strcmp(in_name, "standard input"))
		fd = open(in_name, O_RDONLY);
	if (fd < 0)
		err(EXIT_FAILURE, "%s", in_name);
	if (skip && lseek(fd, skip * block, SEEK_CUR) < 0) {
		buf = malloc(block);		/* a pipe: read what cannot be skipped */
		while (buf && skip-- && read(fd, buf, block) > 0)
			;
		free(buf);
	}
	return fd;
}

static int open_out(void)
{
	int fd = STDOUT_FILENO;

	if (strcmp(out_name, "standard output"))
		fd = open(out_name, O_WRONLY | O_CREAT | (notrunc || seek_to ? 0 : O_TRUNC), 0666);
	if (fd < 0)
		err(EXIT_FAILURE, "%s", out_name);
	if (seek_to && lseek(fd, seek_to * block, SEEK_CUR) < 0)
		err(EXIT_FAILURE, "%s", out_name);
	return fd;
}

int main(int argc, char **argv)
{
	long long full = 0, partial = 0, bytes = 0;
	struct timeval start, end;
	int in, out, failed = 0;
	ssize_t n = 0;
	long us;
	char *buf;

	no_options(argc, argv, help);
	for (; optind < argc; optind++)
		operand(argv[optind]);
	buf = block > 0 ? malloc(block) : NULL;
	if (!buf)
		errx(EXIT_FAILURE, "no memory for a block of %lld bytes", block);
	in = open_in();
	out = open_out();
	gettimeofday(&start, NULL);
	while ((count < 0 || full + partial < count) && (n = read(in, buf, block)) > 0) {
		if (write_all(out, buf, n)) {
			warn("%s", out_name);
			failed = 1;
			break;
		}
		bytes += n;
		if (n == block)
			full++;
		else
			partial++;
	}
	if (n < 0) {
		warn("%s", in_name);
		failed = 1;
	}
	if (sync_out && fsync(out)) {
		warn("%s", out_name);
		failed = 1;
	}
	gettimeofday(&end, NULL);
	us = (end.tv_sec - start.tv_sec) * 1000000 + end.tv_usec - start.tv_usec;
	if (!silent)
		fprintf(stderr, "%lld+%lld records in\n%lld+%lld records out\n"
			"%lld bytes copied, %ld.%06ld s\n", full, partial, full, partial, bytes,
			us / 1000000, us % 1000000);
	return failed;
}
