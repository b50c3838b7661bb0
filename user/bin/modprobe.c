/*
 * modprobe - load an installed module and, before it, what it needs; or unload
 * it and what is then not needed.  The calls: finit_module(2), delete_module(2).
 */
#include <fnmatch.h>
#include <limits.h>
#include "module.h"

static const char help[] =
	"usage: modprobe [-nqv] MODULE [NAME=VALUE...]\n"
	"       modprobe -r [-nqv] MODULE...\n"
	"  -r  remove instead\n"
	"  -q  do not say that there is no such module\n"
	"  -v  say what is done\n"
	"  -n  only say it\n";

#define NEEDS_MAX	64

static int verbose, quiet, dry;

static int is_loaded(const char *name)
{
	char line[256];
	size_t len = strlen(name);
	FILE *modules = fopen("/proc/modules", "r");
	int loaded = 0;

	while (modules && !loaded && fgets(line, sizeof(line), modules))
		loaded = !strncmp(line, name, len) && line[len] == ' ';
	if (modules)
		fclose(modules);
	return loaded;
}

/* Whether a module has that other name, which may be a pattern: modules.alias. It goes to @name. */
static int find_alias(const char *alias, char *name)
{
	char path[192], line[512], pattern[256];
	FILE *list;
	int found = 0;

	snprintf(path, sizeof(path), "%s/modules.alias", modules_dir());
	list = fopen(path, "r");
	while (list && !found && fgets(line, sizeof(line), list))
		found = sscanf(line, "alias %255s %55s", pattern, name) == 2 && !fnmatch(pattern, alias, 0);
	if (list)
		fclose(list);
	return found;
}

/* The module's file and those it needs, in the order of modules.dep; how many. 0: it is built in. */
static int files_of(const char *module, char *line, size_t size, char **files)
{
	char name[MODULE_NAME_MAX];
	int n = 0;

	module_name(module, name);
	if (find_line("modules.builtin", name, line, size))
		return 0;
	if (!find_line("modules.dep", name, line, size) &&
	    !(find_alias(module, name) && find_line("modules.dep", name, line, size))) {
		if (quiet)
			exit(EXIT_FAILURE);
		errx(EXIT_FAILURE, "module %s not found in %s", module, modules_dir());
	}
	for (char *word = strtok(line, ": "); word && n < NEEDS_MAX; word = strtok(NULL, ": "))
		files[n++] = word;
	return n;
}

static int load(const char *file, const char *params)
{
	char path[PATH_MAX], name[MODULE_NAME_MAX];

	module_name(file, name);
	if (is_loaded(name))
		return 0;
	snprintf(path, sizeof(path), "%s/%s", modules_dir(), file);
	if (verbose || dry)
		printf("insmod %s %s\n", path, params);
	/* Somebody may have been faster. */
	return dry || !insert_module(path, params) || errno == EEXIST ? 0 : -1;
}

static int load_all(char **argv)
{
	static char line[4096], params[MODULE_PARAMS_MAX];
	char *files[NEEDS_MAX];
	int n = files_of(argv[0], line, sizeof(line), files);

	join_params(argv + 1, params);
	while (--n > 0)
		if (load(files[n], ""))
			return EXIT_FAILURE;
	return n == 0 && load(files[0], params) ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* What it needed goes too where nobody else needs it: that is not worth a word. */
static int unload_all(const char *module)
{
	static char line[4096];
	char *files[NEEDS_MAX], name[MODULE_NAME_MAX];
	int n = files_of(module, line, sizeof(line), files);

	if (!n)
		errx(EXIT_FAILURE, "module %s is built in", module);
	for (int i = 0; i < n; i++) {
		module_name(files[i], name);
		if (verbose || dry)
			printf("rmmod %s\n", name);
		if (dry)
			continue;
		if (!i && remove_module(name))
			return EXIT_FAILURE;
		if (i)
			syscall(SYS_delete_module, name, O_NONBLOCK);
	}
	return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	int c, removing = 0, failed = 0;

	while ((c = next_option(argc, argv, "rvnq", help)) != -1) {
		if (c == 'r')
			removing = 1;
		else if (c == 'v')
			verbose = 1;
		else if (c == 'q')
			quiet = 1;
		else
			dry = 1;
	}
	if (optind == argc)
		wrong_usage(help);
	if (!removing)
		return load_all(argv + optind);
	for (; optind < argc; optind++)
		failed |= unload_all(argv[optind]);
	return failed;
}
