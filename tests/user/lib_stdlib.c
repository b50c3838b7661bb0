/*
 * The C library: the heap, sorting, the environment, time, jumps, options, directories.
 * host: yes
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/auxv.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "tap.h"

static void blocks_do_not_overlap(void)
{
	enum { BLOCKS = 200 };
	static unsigned char *p[BLOCKS];
	static size_t size[BLOCKS];
	int round, i, j, wrong = 0;

	for (round = 0; round < 2000; round++) {
		i = rand() % BLOCKS;
		for (j = 0; p[i] && j < size[i]; j++)
			wrong += p[i][j] != (unsigned char)i;
		free(p[i]);
		size[i] = rand() % (round % 50 ? 500 : 200000);
		p[i] = malloc(size[i]);
		wrong += ((uintptr_t)p[i] & 7) != 0;
		memset(p[i], i, size[i]);
	}
	for (i = 0; i < BLOCKS; i++)
		free(p[i]);
	CHECK_EQ(wrong, 0);
}

static void realloc_keeps_the_content(void)
{
	char *p = malloc(10);
	int i;

	strcpy(p, "content");
	for (i = 16; i < 1000000; i *= 3) {
		p = realloc(p, i);
		CHECK(strcmp(p, "content") == 0);
	}
	p = realloc(p, 8);
	CHECK(strcmp(p, "content") == 0);
	free(p);
}

static void sizes_that_cannot_be(void)
{
	volatile size_t huge = SIZE_MAX / 2 + 10;

	errno = 0;
	CHECK(!malloc(huge) && errno == ENOMEM);
	CHECK(!calloc(huge, 4));
	CHECK(!reallocarray(NULL, 65536, 65537));
	free(NULL);
}

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void sorts_and_finds(void)
{
	int v[500], i, wrong = 0, key;

	for (i = 0; i < 500; i++)
		v[i] = i * 7919 % 1000;
	qsort(v, 500, sizeof(int), ascending);
	for (i = 1; i < 500; i++)
		wrong += v[i - 1] > v[i];
	CHECK_EQ(wrong, 0);
	key = v[123];
	CHECK(*(int *)bsearch(&key, v, 500, sizeof(int), ascending) == key);
	key = 1001;
	CHECK(!bsearch(&key, v, 500, sizeof(int), ascending));
	qsort(v, 0, sizeof(int), ascending);
}

static void environment(void)
{
	CHECK_EQ(setenv("LECTERN_A", "1", 1), 0);
	CHECK(strcmp(getenv("LECTERN_A"), "1") == 0);
	CHECK_EQ(setenv("LECTERN_A", "2", 0), 0);
	CHECK(strcmp(getenv("LECTERN_A"), "1") == 0);
	CHECK_EQ(putenv("LECTERN_B=x=y"), 0);
	CHECK(strcmp(getenv("LECTERN_B"), "x=y") == 0);
	CHECK_EQ(WEXITSTATUS(system("test \"$LECTERN_B\" = x=y")), 0);
	CHECK_EQ(unsetenv("LECTERN_A"), 0);
	CHECK(!getenv("LECTERN_A"));
	CHECK_FAILS(setenv("a=b", "c", 1), EINVAL);
}

static void dates_there_and_back(void)
{
	static const struct { time_t t; const char *text; } known[] = {
		{ 0, "1970-01-01 00:00:00 Thu 001" }, { 951782400, "2000-02-29 00:00:00 Tue 060" },
		{ 1709251199, "2024-02-29 23:59:59 Thu 060" }, { 2147483647, "2038-01-19 03:14:07 Tue 019" },
		{ -1, "1969-12-31 23:59:59 Wed 365" }, { -2147483647 - 1, "1901-12-13 20:45:52 Fri 347" },
	};
	char text[40];
	struct tm tm;
	long day;
	int i, wrong = 0;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
		gmtime_r(&known[i].t, &tm);
		strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S %a %j", &tm);
		if (!CHECK(strcmp(text, known[i].text) == 0))
			printf("# %s\n", text);
	}
	for (day = -24000; day < 24000; day++) {
		time_t t = day * 86400 + 12345;

		gmtime_r(&t, &tm);
		wrong += timegm(&tm) != t;
	}
	CHECK_EQ(wrong, 0);
	gmtime_r(&known[2].t, &tm);
	strftime(text, sizeof(text), "%Ey %Od %EC %OH", &tm);
	CHECK(strcmp(text, "24 29 20 23") == 0);
	tm = (struct tm){ .tm_year = 100, .tm_mon = 13, .tm_mday = 32 };
	timegm(&tm);
	CHECK(tm.tm_year == 101 && tm.tm_mon == 2 && tm.tm_mday == 4);
}

static void weeks_of_iso_8601(void)
{
	static const struct { time_t t; const char *week; } known[] = {
		{ 1104537600, "2004-W53-6" }, { 1136073600, "2005-W52-7" }, { 1230768000, "2009-W01-4" },
		{ 1262304000, "2009-W53-5" }, { 1293753600, "2010-W52-5" },
	};
	char text[20];
	int i;

	for (i = 0; i < sizeof(known) / sizeof(*known); i++) {
		strftime(text, sizeof(text), "%G-W%V-%u", gmtime(&known[i].t));
		if (!CHECK(strcmp(text, known[i].week) == 0))
			printf("# %s and not %s\n", text, known[i].week);
	}
}

static jmp_buf place;
static volatile int frames;

static void jump(void)
{
	if (frames-- > 0)
		jump();
	if (frames < 0)
		longjmp(place, 0);
}

static void jumps(void)
{
	volatile int passes = 0;
	int value = setjmp(place);

	passes++;
	frames = 10;
	if (passes == 1)
		jump();
	CHECK_EQ(value, 1);
	CHECK_EQ(passes, 2);
}

static void on_usr1(int sig)
{
	siglongjmp(place, 7);
}

static void jumps_out_of_handlers(void)
{
	sigset_t mask;

	signal(SIGUSR1, on_usr1);
	if (sigsetjmp(place, 1) == 0)
		raise(SIGUSR1);
	sigprocmask(SIG_BLOCK, NULL, &mask);
	CHECK_EQ(sigismember(&mask, SIGUSR1), 0);
	signal(SIGUSR1, SIG_DFL);
}

static void options(void)
{
	static const struct option longs[] = {
		{ "all", no_argument, NULL, 'A' }, { "size", required_argument, NULL, 'S' },
		{ "silent", no_argument, NULL, 'Q' }, { NULL },
	};
	char *argv[] = { "x", "-ab", "val", "-cval2", "--size=3", "--all", "--si", "-z", "--", "rest", NULL };
	int argc = 10;

	optind = 0;
	opterr = 0;
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), 'a');
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), 'b');
	CHECK(strcmp(optarg, "val") == 0);
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), 'c');
	CHECK(strcmp(optarg, "val2") == 0);
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), 'S');
	CHECK(strcmp(optarg, "3") == 0);
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), 'A');
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), '?');
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), '?');
	CHECK_EQ(optopt, 'z');
	CHECK_EQ(getopt_long(argc, argv, "ab:c:", longs, NULL), -1);
	CHECK_EQ(optind, 9);
}

static void directories(void)
{
	char dir[] = "/tmp/dir-XXXXXX", name[64];
	struct dirent **list, *entry;
	int count = 0, n, i;
	DIR *d;

	if (!CHECK(mkdtemp(dir)))
		return;
	for (i = 0; i < 150; i++) {
		snprintf(name, sizeof(name), "%s/file%03d", dir, i);
		close(open(name, O_CREAT | O_WRONLY, 0600));
	}
	d = opendir(dir);
	while ((entry = readdir(d)))
		count += entry->d_name[0] != '.' && (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN);
	CHECK_EQ(count, 150);
	rewinddir(d);
	CHECK(readdir(d) != NULL);
	closedir(d);
	n = scandir(dir, &list, NULL, alphasort);
	CHECK_EQ(n, 152);
	CHECK(n == 152 && strcmp(list[151]->d_name, "file149") == 0);
	for (i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "%s/%s", dir, list[i]->d_name);
		unlink(name);
		free(list[i]);
	}
	free(list);
	CHECK_EQ(rmdir(dir), 0);
	CHECK(!opendir(dir) && errno == ENOENT);
}

static void exit_runs_and_flushes(void)
{
	char out[8] = "";
	int fd[2], status;

	pipe(fd);
	if (fork() == 0) {
		FILE *f = fdopen(fd[1], "w");

		fputs("late", f);
		exit(4);
	}
	close(fd[1]);
	wait(&status);
	CHECK_EQ(WEXITSTATUS(status), 4);
	CHECK_EQ(read(fd[0], out, sizeof(out)), 4);
	close(fd[0]);
}

static void signals_by_name(void)
{
	char name[SIG2STR_MAX];
	int sig = -1, n, wrong = 0;

	CHECK(str2sig("INT", &sig) == 0 && sig == SIGINT);
	CHECK(str2sig("sigterm", &sig) == 0 && sig == SIGTERM);
	CHECK(str2sig("64", &sig) == 0 && sig == 64);
	CHECK_EQ(str2sig("NONE", &sig), -1);
	CHECK_EQ(str2sig("65", &sig), -1);
	CHECK_EQ(sig2str(65, name), -1);
	for (n = 1; n < 65; n++)
		wrong += sig2str(n, name) || str2sig(name, &sig) || sig != n;
	CHECK_EQ(wrong, 0);
}

static void start_up(void)
{
	CHECK_EQ(getauxval(AT_PAGESZ), 4096);
	CHECK(getauxval(AT_PHDR) != 0);
	CHECK_EQ(getauxval(AT_UID), getuid());
	CHECK(getauxval(AT_RANDOM) != 0);
}

int main(void)
{
	RUN(blocks_do_not_overlap);
	RUN(realloc_keeps_the_content);
	RUN(sizes_that_cannot_be);
	RUN(sorts_and_finds);
	RUN(environment);
	RUN(dates_there_and_back);
	RUN(weeks_of_iso_8601);
	RUN(jumps);
	RUN(jumps_out_of_handlers);
	RUN(options);
	RUN(directories);
	RUN(exit_runs_and_flushes);
	RUN(signals_by_name);
	RUN(start_up);
	return tap_end();
}
