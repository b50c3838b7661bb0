/*
 * ktest - run the kernel's own tests.  Writing a suite's name into /proc/ktest
 * runs it; reading gives the result, in KTAP.
 */
#include "command.h"

static const char help[] =
	"usage: ktest [SUITE...]\n"
	"Runs the suites named, or all; ends with 1 if a test failed.\n";

static int run(const char *suite)
{
	char line[512];
	int failed = 0;
	FILE *f;
	int fd = open("/proc/ktest", O_WRONLY);

	if (fd < 0 || write(fd, suite, strlen(suite)) < 0)
		err(EXIT_FAILURE, "/proc/ktest: %s", suite);
	close(fd);
	f = fopen("/proc/ktest", "r");
	if (!f)
		err(EXIT_FAILURE, "/proc/ktest");
	while (fgets(line, sizeof(line), f)) {
		fputs(line, stdout);
		failed |= !strncmp(line, "not ok", 6);
	}
	fclose(f);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0;

	no_options(argc, argv, help);
	if (optind == argc)
		return run("all");
	for (; optind < argc; optind++)
		failed |= run(argv[optind]);
	return failed;
}
