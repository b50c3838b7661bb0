/*
 * execve: arguments, environment, auxiliary vector, scripts, limits, what
 * survives and what does not.
 * host: yes
 */
#include <linux/elf.h>
#include <fcntl.h>
#include <linux/auxvec.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tap.h"

extern char **environ;
static char self[256];

/* Runs argv[0] in a child; its wait status. */
static int run(char *const argv[], char *const envp[])
{
	int status = -1;
	pid_t pid = fork();

	if (!pid) {
		execve(argv[0], argv, envp);
		_exit(100 + errno);
	}
	waitpid(pid, &status, 0);
	return status;
}

static int exit_code(char *const argv[], char *const envp[])
{
	int status = run(argv, envp);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- what the executed copy of this program does */

static unsigned long auxv(unsigned long type)
{
	unsigned long *p = (unsigned long *)environ;

	while (*p)
		p++;
	for (p++; p[0]; p += 2)
		if (p[0] == type)
			return p[1];
	return 0;
}

static int as_child(int argc, char **argv)
{
	const char *what = argv[1];
	struct sigaction act;

	if (!strcmp(what, "args"))
		return argc == 4 && !strcmp(argv[2], "") && !strcmp(argv[3], "two words") &&
		       !argv[4] && environ[0] && !strcmp(environ[0], "A=b") && !environ[1] ? 7 : 8;
	if (!strcmp(what, "auxv")) {
		unsigned char *random = (void *)auxv(AT_RANDOM);
		const Elf32_Ehdr *ehdr = (void *)(auxv(AT_PHDR) - sizeof(Elf32_Ehdr));
		int i, any = 0;

		for (i = 0; i < 16; i++)
			any |= random[i];
		return auxv(AT_PAGESZ) == 4096 && auxv(AT_CLKTCK) == 100 && any &&
		       auxv(AT_PHNUM) == ehdr->e_phnum && auxv(AT_ENTRY) == ehdr->e_entry &&
		       auxv(AT_UID) == getuid() && !auxv(AT_SECURE) &&
		       !strcmp((char *)auxv(AT_EXECFN), argv[0]) &&
		       (unsigned long)&argv[-1] % 16 == 0 ? 7 : 8;
	}
	if (!strcmp(what, "fds"))
		return fcntl(50, F_GETFD) >= 0 && fcntl(51, F_GETFD) < 0 ? 7 : 8;
	if (!strcmp(what, "signals")) {
		sigaction(SIGUSR1, NULL, &act);
		if (act.sa_handler != SIG_DFL)
			return 8;
		sigaction(SIGUSR2, NULL, &act);
		return act.sa_handler == SIG_IGN ? 7 : 8;
	}
	if (!strcmp(what, "count"))
		return argc - 2 == atoi(argv[2]) ? 7 : 8;
	return 9;
}

/* ---- cases */

static void arguments_arrive(void)
{
	char *argv[] = { self, "args", "", "two words", NULL }, *envp[] = { "A=b", NULL };

	CHECK_EQ(exit_code(argv, envp), 7);
}

static void auxiliary_vector_is_right(void)
{
	char *argv[] = { self, "auxv", NULL };

	CHECK_EQ(exit_code(argv, environ), 7);
}

static void close_on_exec_closes(void)
{
	char *argv[] = { self, "fds", NULL };

	dup2(0, 50);
	dup2(0, 51);
	fcntl(51, F_SETFD, FD_CLOEXEC);
	CHECK_EQ(exit_code(argv, environ), 7);
	CHECK(fcntl(51, F_GETFD) >= 0);		/* here it is still open */
	close(50);
	close(51);
}

static void handler(int sig)
{
}

static void handlers_go_and_ignored_stays(void)
{
	char *argv[] = { self, "signals", NULL };

	signal(SIGUSR1, handler);
	signal(SIGUSR2, SIG_IGN);
	CHECK_EQ(exit_code(argv, environ), 7);
	signal(SIGUSR1, SIG_DFL);
	signal(SIGUSR2, SIG_DFL);
}

static void write_file(const char *name, const char *text, int mode)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0755);

	write(fd, text, strlen(text));
	fchmod(fd, mode);
	close(fd);
}

static void script_runs_its_interpreter(void)
{
	char text[320], *argv[] = { "./exec-script", "two words", NULL }, *envp[] = { "A=b", NULL };

	/* self args "" … would need an empty word: the argument is one, with its blank */
	sprintf(text, "#!  %s  count \nignored\n", self);
	write_file("./exec-script", text, 0755);
	argv[1] = "2";				/* self count ./exec-script 2: argv[2] is the name */
	CHECK_EQ(exit_code(argv, envp), 8);
	sprintf(text, "#!/nonexistent/interpreter\n");
	write_file("./exec-script", text, 0755);
	CHECK_EQ(exit_code(argv, envp), 100 + ENOENT);
	write_file("./exec-script", "#!./exec-script\n", 0755);
	CHECK_EQ(exit_code(argv, envp), 100 + ELOOP);
	write_file("./exec-script", "#!\n", 0755);
	CHECK_EQ(exit_code(argv, envp), 100 + ENOEXEC);
	unlink("./exec-script");
}

static void wrong_files_are_refused(void)
{
	char *argv[] = { "./exec-file", NULL };

	unlink("./exec-file");
	CHECK_EQ(exit_code(argv, environ), 100 + ENOENT);
	write_file("./exec-file", "neither this nor that", 0755);
	CHECK_EQ(exit_code(argv, environ), 100 + ENOEXEC);
	write_file("./exec-file", "", 0755);
	CHECK_EQ(exit_code(argv, environ), 100 + ENOEXEC);
	write_file("./exec-file", "#!/bin/sh\n", 0644);
	CHECK_EQ(exit_code(argv, environ), 100 + EACCES);
	unlink("./exec-file");
	argv[0] = ".";
	CHECK_EQ(exit_code(argv, environ), 100 + EACCES);
	CHECK_FAILS(syscall(SYS_execve, 8, argv, environ), EFAULT);
	CHECK_FAILS(syscall(SYS_execve, self, 8, environ), EFAULT);
}

static void running_file_cannot_be_written(void)
{
	CHECK_FAILS(open(self, O_WRONLY), ETXTBSY);
}

static void file_open_for_writing_cannot_run(void)
{
	char *argv[] = { "./exec-busy", NULL };
	int fd;

	write_file("./exec-busy", "#!/bin/sh\n", 0755);
	fd = open("./exec-busy", O_WRONLY);
	CHECK_EQ(exit_code(argv, environ), 100 + ETXTBSY);
	close(fd);
	unlink("./exec-busy");
}

static void too_much_is_refused(void)
{
	size_t size = 33 * 4096;
	char *big = malloc(size), *argv[4] = { self, "count", "1", NULL };
	char **many = malloc(600 * sizeof(*many)), *envp[] = { NULL };
	int i;

	memset(big, 'x', size);
	big[size - 1] = 0;
	argv[1] = big;
	CHECK_EQ(exit_code(argv, envp), 100 + E2BIG);	/* one string above 32 pages */
	big[31 * 4096] = 0;
	many[0] = self;
	for (i = 1; i < 599; i++)
		many[i] = big;
	many[599] = NULL;
	CHECK_EQ(exit_code(many, envp), 100 + E2BIG);	/* all together */
	/* Much, but not too much. */
	many[1] = "count";
	many[2] = "4";
	many[3] = many[4] = many[5] = big;
	many[6] = NULL;
	CHECK_EQ(exit_code(many, envp), 7);
	free(many);
	free(big);
}

static void error_leaves_the_program_running(void)
{
	char *argv[] = { "/nonexistent", NULL };
	volatile int word = 5;

	CHECK_FAILS(execve(argv[0], argv, environ), ENOENT);
	CHECK_EQ(word, 5);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return as_child(argc, argv);
	strcpy(self, argv[0]);
	if (self[0] != '/') {
		getcwd(self, sizeof(self));
		strcat(self, "/");
		strcat(self, argv[0]);
	}
	chdir("/tmp");
	RUN(arguments_arrive);
	RUN(auxiliary_vector_is_right);
	RUN(close_on_exec_closes);
	RUN(handlers_go_and_ignored_stays);
	RUN(script_runs_its_interpreter);
	RUN(wrong_files_are_refused);
	RUN(running_file_cannot_be_written);
	RUN(file_open_for_writing_cannot_run);
	RUN(too_much_is_refused);
	RUN(error_leaves_the_program_running);
	return tap_end();
}
