/* commands.c: builtins that must be part of the shell: cd, umask, exec, type, command. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "../bin/mode.h"
#include "sh.h"

/* Does PWD, as the environment has it, name the directory we are in? */
static int pwd_is_right(const char *pwd)
{
	struct stat a, b;

	return pwd && *pwd == '/' && stat(pwd, &a) == 0 && stat(".", &b) == 0 &&
	       a.st_ino == b.st_ino && a.st_dev == b.st_dev;
}

/* Reads -L and -P, of which the last counts, up to the operands: where they begin, or 0 after a complaint. */
static int path_options(int argc, char **argv, int *physical)
{
	int i = 1;
	const char *p;

	for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
		if (strcmp(argv[i], "--") == 0)
			return i + 1;
		for (p = argv[i] + 1; *p; p++) {
			if (*p != 'L' && *p != 'P') {
				complain("%s: Illegal option -%c", argv[0], *p);
				return 0;
			}
			*physical = *p == 'P';
		}
	}
	return i;
}

int builtin_pwd(int argc, char **argv)
{
	const char *pwd = var_get("PWD");
	char real[PATH_MAX];
	int physical = 0;

	if (!path_options(argc, argv, &physical))
		return 2;
	if (physical || !pwd_is_right(pwd)) {
		if (!getcwd(real, sizeof(real))) {
			complain("pwd: %s", strerror(errno));
			return 1;
		}
		pwd = real;
	}
	puts(pwd);
	return 0;
}

/* /a/b + ../c is /a/c, by names alone: a link that was followed is left the way it was entered. */
static char *logical_path(const char *base, const char *dir)
{
	struct buf b = { 0 };
	const char *parts[2] = { *dir == '/' ? "" : base, dir };
	int i;

	buf_char(&b, '/');
	b.len = 0;
	for (i = 0; i < 2; i++) {
		const char *p = parts[i];

		while (*p) {
			size_t n = strcspn(p, "/");

			if (n == 2 && p[0] == '.' && p[1] == '.') {
				while (b.len && b.text[--b.len] != '/')
					;
			} else if (n && !(n == 1 && *p == '.')) {
				buf_char(&b, '/');
				buf_bytes(&b, p, n);
			}
			p += n + (p[n] == '/');
		}
	}
	if (!b.len)
		buf_char(&b, '/');
	return buf_end(&b);
}

static int change_to(const char *dir, int physical, int say)
{
	const char *pwd = var_get("PWD");
	char real[PATH_MAX], *path;

	path = physical || !pwd ? copy_string(dir) : logical_path(pwd, dir);
	if (chdir(path) < 0 && chdir(dir) < 0)
		return -1;
	if (physical || !pwd_is_right(path))
		path = getcwd(real, sizeof(real)) ? real : path;
	var_set("OLDPWD", pwd ? pwd : "");
	var_set("PWD", path);
	if (say)
		puts(path);
	return 0;
}

/* cd [-L|-P] [dir | -], along CDPATH */
int builtin_cd(int argc, char **argv)
{
	const char *dir, *cdpath = var_get("CDPATH"), *end;
	int physical = 0, say = 0, i = path_options(argc, argv, &physical);

	if (!i)
		return 2;
	dir = i < argc ? argv[i] : var_get("HOME");
	if (dir && strcmp(dir, "-") == 0) {
		dir = var_get("OLDPWD");
		say = 1;
	}
	if (!dir || !*dir) {
		complain("cd: %s not set", say ? "OLDPWD" : "HOME");
		return 2;
	}
	for (; cdpath && *dir != '/' && *dir != '.'; cdpath = end + 1) {
		struct buf b = { 0 };

		end = strchrnul(cdpath, ':');
		if (end > cdpath) {
			buf_bytes(&b, cdpath, end - cdpath);
			buf_char(&b, '/');
			buf_string(&b, dir);
			if (change_to(buf_end(&b), physical, 1) == 0)
				return 0;
		}
		if (!*end)
			break;
	}
	if (change_to(dir, physical, say) < 0) {
		complain("cd: can't cd to %s", dir);
		return 2;
	}
	return 0;
}

/* umask [-S] [mask]: a symbolic mask says what is let through, the opposite of the mask's bits */
int builtin_umask(int argc, char **argv)
{
	mode_t mask = umask(0), allowed = ~mask & 0777;
	int symbolic = 0, i, result = 0;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] && strchr("S-", argv[i][1]); i++)
		symbolic |= argv[i][1] == 'S';
	if (i < argc && change_mode(argv[i], &allowed, 0) < 0) {
		complain("umask: Illegal mode: %s", argv[i]);
		result = 2;
	} else if (i < argc) {
		mask = (isdigit((unsigned char)*argv[i]) ? allowed : ~allowed) & 0777;
	} else if (symbolic) {
		printf("u=%s%s%s,g=%s%s%s,o=%s%s%s\n", allowed & 0400 ? "r" : "", allowed & 0200 ? "w" : "",
		       allowed & 0100 ? "x" : "", allowed & 040 ? "r" : "", allowed & 020 ? "w" : "",
		       allowed & 010 ? "x" : "", allowed & 04 ? "r" : "", allowed & 02 ? "w" : "",
		       allowed & 01 ? "x" : "");
	} else {
		printf("%04o\n", mask);
	}
	umask(mask);
	return result;
}

int builtin_exec(int argc, char **argv)
{
	if (argc < 2)
		return 0;
	traps_reset();
	subshell++;
	exec_program(argv + 1, var_environment(NULL), find_command(argv[1]));
}

/* What a name is: a word that brings it about (command -v), or a sentence. */
static int describe(const char *name, int brief)
{
	const char *text = alias_text(name);
	char *path;

	if (text) {
		printf(brief ? "alias %s=" : "%s is an alias for ", name);
		if (brief)
			print_quoted(text);
		else
			printf("%s", text);
		putchar('\n');
	} else if (is_reserved(name)) {
		printf(brief ? "%s\n" : "%s is a shell keyword\n", name);
	} else if (find_function(name)) {
		printf(brief ? "%s\n" : "%s is a shell function\n", name);
	} else if (find_builtin(name)) {
		printf(brief ? "%s\n" : "%s is a shell builtin\n", name);
	} else if ((path = find_command(name)) && access(path, X_OK) == 0) {
		if (brief)
			puts(path);
		else
			printf("%s is %s\n", name, path);
	} else {
		if (!brief)
			printf("%s: not found\n", name);
		return 127;
	}
	return 0;
}

/* hash [-r] [name ...]: commands are looked up anew each time, so there is nothing to forget, or to show. */
int builtin_hash(int argc, char **argv)
{
	int result = 0, i;

	for (i = 1; i < argc; i++) {
		char *path = find_command(argv[i]);

		if (strcmp(argv[i], "-r") == 0 || find_builtin(argv[i]) || (path && access(path, X_OK) == 0))
			continue;
		complain("hash: %s: not found", argv[i]);
		result = 1;
	}
	return result;
}

int builtin_type(int argc, char **argv)
{
	int result = 0, i;

	for (i = 1; i < argc; i++)
		if (describe(argv[i], 0))
			result = 127;
	return result;
}

/* command [-v | -V] name ...: functions are passed over. */
int builtin_command(int argc, char **argv)
{
	const struct builtin *builtin;
	struct job *job;
	int i = 1;

	if (i < argc && (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-V") == 0)) {
		int result = 0, brief = argv[i][1] == 'v';

		for (i++; i < argc; i++)
			result |= describe(argv[i], brief);
		return result;
	}
	while (i < argc && (strcmp(argv[i], "-p") == 0 || strcmp(argv[i], "--") == 0))
		i++;
	if (i == argc)
		return 0;
	builtin = find_builtin(argv[i]);
	if (builtin)
		return run_builtin(builtin, argc - i, argv + i);
	job = job_new(argv[i]);
	if (job_fork(job, 1) == 0)
		exec_program(argv + i, var_environment(NULL), find_command(argv[i]));
	return job_wait(job);
}
