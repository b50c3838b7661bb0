/*
 * The C library: formats and streams.
 * host: yes
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "tap.h"

static char path[] = "/tmp/stdio-XXXXXX";

__attribute__((format(printf, 2, 3)))
static void prints(const char *expected, const char *format, ...)
{
	char buf[200];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(buf, sizeof(buf), format, ap);
	va_end(ap);
	if (!CHECK(strcmp(buf, expected) == 0))
		printf("# \"%s\" and not \"%s\"\n", buf, expected);
	CHECK_EQ(n, strlen(expected));
}

static void integers(void)
{
	prints("-5|+5| 5|00005|5    |    5", "%d|%+d|% d|%05d|%-5d|%5d", -5, 5, 5, 5, 5, 5);
	prints("ff|FF|0xff|0XFF|377|0377", "%x|%X|%#x|%#X|%o|%#o", 255, 255, 255, 255, 255, 255);
	prints("-2147483648 4294967295", "%d %u", INT_MIN, UINT_MAX);
	prints("-9223372036854775808 18446744073709551615", "%lld %llu", LLONG_MIN, ULLONG_MAX);
	prints("-1 255 -1 65535", "%hhd %hhu %hd %hu", (char)255, (unsigned char)255, (short)65535,
	       (unsigned short)65535);
	prints("12 12 12", "%zu %jd %td", (size_t)12, (intmax_t)12, (ptrdiff_t)12);
}

static void precision_and_width(void)
{
	prints("[  007][007  ][    7]", "[%5.3d][%-5.3d][%5.1d]", 7, 7, 7);
	prints("[abc][  abc][abc  ][ab]", "[%s][%5s][%-5s][%.2s]", "abc", "abc", "abc", "abc");
	prints("[    7][7    ][ab]", "[%*d][%*d][%.*s]", 5, 7, -5, 7, 2, "abc");
	prints("[][0]", "[%.0d][%d]", 0, 0);
	prints("x%y 0x1234", "%c%%%c %p", 'x', 'y', (void *)0x1234);
}

static void truncation_is_counted(void)
{
	char buf[6];

	CHECK_EQ(snprintf(buf, sizeof(buf), "%s", "abcdefgh"), 8);
	CHECK(strcmp(buf, "abcde") == 0);
	CHECK_EQ(snprintf(NULL, 0, "%d", 12345), 5);
}

static void scanning(void)
{
	char word[8], set[8];
	int a = 0, b = 0, n = 0;
	unsigned int x = 0;
	long long big = 0;

	CHECK_EQ(sscanf("12 -7 beef 99999999999", "%d%d %x %lld", &a, &b, &x, &big), 4);
	CHECK(a == 12 && b == -7 && x == 0xbeef && big == 99999999999LL);
	CHECK_EQ(sscanf("word,abc123", "%7[^,],%7[a-c]%d%n", word, set, &a, &n), 3);
	CHECK(strcmp(word, "word") == 0 && strcmp(set, "abc") == 0 && a == 123 && n == 11);
	CHECK_EQ(sscanf("x", "%d", &a), 0);
	CHECK_EQ(sscanf("", "%d", &a), EOF);
	CHECK_EQ(sscanf("1:2", "%d:%d", &a, &b), 2);
	CHECK_EQ(sscanf("0x1f 010 9", "%i %i %i", &a, &b, &n), 3);
	CHECK(a == 31 && b == 8 && n == 9);
	CHECK_EQ(sscanf("12345", "%2d%*1d%d", &a, &b), 2);
	CHECK(a == 12 && b == 45);
}

static void lines_there_and_back(void)
{
	char line[16], *whole = NULL;
	size_t size = 0;
	FILE *f = fopen(path, "w");

	if (!CHECK(f))
		return;
	CHECK(fputs("first\nsecond line that is long\n", f) >= 0);
	CHECK_EQ(fprintf(f, "%d", 3), 1);
	CHECK_EQ(fclose(f), 0);
	f = fopen(path, "r");
	CHECK(fgets(line, sizeof(line), f) && strcmp(line, "first\n") == 0);
	CHECK(fgets(line, sizeof(line), f) && strcmp(line, "second line tha") == 0);
	CHECK_EQ(getline(&whole, &size, f), 10);
	CHECK(strcmp(whole, "t is long\n") == 0);
	CHECK_EQ(getc(f), '3');
	CHECK_EQ(getc(f), EOF);
	CHECK(feof(f) && !ferror(f));
	free(whole);
	fclose(f);
}

static void seeks_and_pushes_back(void)
{
	char buf[4] = "";
	FILE *f = fopen(path, "w+");

	if (!CHECK(f))
		return;
	fputs("0123456789", f);
	CHECK_EQ(ftell(f), 10);
	CHECK_EQ(fseek(f, 3, SEEK_SET), 0);
	CHECK_EQ(getc(f), '3');
	CHECK_EQ(ungetc('x', f), 'x');
	CHECK_EQ(getc(f), 'x');
	CHECK_EQ(ftell(f), 4);
	CHECK_EQ(fread(buf, 1, 3, f), 3);
	CHECK(memcmp(buf, "456", 3) == 0);
	CHECK_EQ(fseek(f, -1, SEEK_END), 0);
	CHECK_EQ(fputc('!', f), '!');
	rewind(f);
	CHECK_EQ(fseek(f, 9, SEEK_SET), 0);
	CHECK_EQ(getc(f), '!');
	fclose(f);
}

static void append_goes_to_the_end(void)
{
	struct stat st;
	FILE *f = fopen(path, "w");

	fputs("abc", f);
	fclose(f);
	f = fopen(path, "a");
	fputs("de", f);
	CHECK_EQ(ftell(f), 5);
	fclose(f);
	CHECK_EQ(stat(path, &st), 0);
	CHECK_EQ(st.st_size, 5);
}

static void large_blocks_pass_the_buffer(void)
{
	static char big[20000], back[20000];
	FILE *f = fopen(path, "w");
	int i;

	for (i = 0; i < sizeof(big); i++)
		big[i] = i % 251;
	CHECK_EQ(fwrite(big, 1, 100, f), 100);
	CHECK_EQ(fwrite(big + 100, 1, sizeof(big) - 100, f), sizeof(big) - 100);
	fclose(f);
	f = fopen(path, "r");
	CHECK_EQ(fread(back, 1, 7, f), 7);
	CHECK_EQ(fread(back + 7, 1, sizeof(back), f), sizeof(back) - 7);
	CHECK(memcmp(big, back, sizeof(big)) == 0);
	fclose(f);
}

static void errors_are_kept(void)
{
	FILE *f;

	CHECK(!fopen("/nonexistent/file", "r") && errno == ENOENT);
	CHECK(!fopen(path, "q") && errno == EINVAL);
	f = fopen(path, "r");
	CHECK_EQ(fputc('x', f), EOF);
	CHECK(ferror(f) && errno == EBADF);
	clearerr(f);
	CHECK(!ferror(f));
	fclose(f);
}

static void pipes_to_and_from_commands(void)
{
	char line[16] = "";
	FILE *f = popen("echo out; exit 3", "r");

	if (!CHECK(f))
		return;
	CHECK(fgets(line, sizeof(line), f) && strcmp(line, "out\n") == 0);
	CHECK_EQ(WEXITSTATUS(pclose(f)), 3);
	f = popen("read x; test \"$x\" = in", "w");
	fputs("in\n", f);
	CHECK_EQ(pclose(f), 0);
	CHECK_EQ(WEXITSTATUS(system("exit 5")), 5);
}

static void a_buffer_is_written_once(void)
{
	char out[8] = "";
	int fd[2];
	FILE *f;

	pipe(fd);
	fcntl(fd[0], F_SETFL, O_NONBLOCK);
	f = fdopen(fd[1], "w");
	fputs("ab", f);
	CHECK_FAILS(read(fd[0], out, 1), EAGAIN);
	fflush(f);
	CHECK_EQ(read(fd[0], out, 8), 2);
	setlinebuf(f);
	fputs("c", f);
	CHECK_FAILS(read(fd[0], out, 1), EAGAIN);
	fputs("d\n", f);
	CHECK_EQ(read(fd[0], out, 8), 3);
	setvbuf(f, NULL, _IONBF, 0);
	fputc('e', f);
	CHECK_EQ(read(fd[0], out, 8), 1);
	fclose(f);
	close(fd[0]);
}

int main(void)
{
	close(mkstemp(path));
	RUN(integers);
	RUN(precision_and_width);
	RUN(truncation_is_counted);
	RUN(scanning);
	RUN(lines_there_and_back);
	RUN(seeks_and_pushes_back);
	RUN(append_goes_to_the_end);
	RUN(large_blocks_pass_the_buffer);
	RUN(errors_are_kept);
	RUN(pipes_to_and_from_commands);
	RUN(a_buffer_is_written_once);
	unlink(path);
	return tap_end();
}
