/*
 * sh_cases.h: runs scripts with `sh -c`, each in an empty directory, and
 * compares what they print (stdout alone) and their status.
 */
#ifndef TESTS_SH_CASES_H
#define TESTS_SH_CASES_H

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <sys/wait.h>
#include "tap.h"

struct sh_case {
	const char *name;
	const char *script;
	const char *output;
	int status;
};

static const struct sh_case *sh_case;

static void sh_child(int out, const char *directory)
{
	const char *shell = getenv("TEST_SH");
	int null = open("/dev/null", O_RDONLY);

	dup2(null, 0);
	dup2(out, 1);
	if (!getenv("TEST_VERBOSE"))
		dup2(open("/dev/null", O_WRONLY), 2);
	if (chdir(directory) < 0)
		_exit(125);
	unsetenv("ENV");
	execl(shell ? shell : "/bin/sh", "sh", "-c", sh_case->script, (char *)NULL);
	_exit(126);
}

static void remove_directory(const char *directory)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -rf %s", directory);
	system(command);
}

static void sh_run(void)
{
	static char output[4096];
	char directory[] = "/tmp/sh-XXXXXX";
	size_t have = 0;
	int fd[2], status;
	ssize_t n;
	pid_t pid;

	if (!CHECK(mkdtemp(directory)) || !CHECK(pipe2(fd, O_CLOEXEC) == 0))
		return;
	pid = fork();
	if (pid == 0)
		sh_child(fd[1], directory);
	close(fd[1]);
	while ((n = read(fd[0], output + have, sizeof(output) - 1 - have)) > 0)
		have += n;
	output[have] = '\0';
	close(fd[0]);
	waitpid(pid, &status, 0);
	remove_directory(directory);
	if (!CHECK(strcmp(output, sh_case->output) == 0))
		printf("# it printed:\n%s# and not:\n%s", output, sh_case->output);
	CHECK(WIFEXITED(status));
	CHECK_EQ(WEXITSTATUS(status), sh_case->status);
}

static int run_cases(const struct sh_case *cases, size_t n)
{
	for (; n; n--, cases++) {
		sh_case = cases;
		tap_run(cases->name, sh_run);
	}
	return tap_end();
}

#endif
