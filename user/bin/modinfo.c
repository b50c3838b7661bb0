/* modinfo - what a module says about itself.  The calls: open(2) and mmap(2) of its file. */
#include <limits.h>
#include "module.h"

static const char help[] =
	"usage: modinfo [-F FIELD] FILE|MODULE...\n"
	"  -F  only the values of that field\n";

/* A parameter is told twice, "parm=NAME:text" and "parmtype=NAME:type": one line. */
static void show_parm(const struct module_file *file, const char *parm)
{
	size_t len = strcspn(parm, ":") + 1;

	printf("%-16s%s", "parm:", parm);
	for (const char *s = file->info; s < file->info_end; s += strlen(s) + 1)
		if (!strncmp(s, "parmtype=", 9) && !strncmp(s + 9, parm, len))
			printf(" (%s)", s + 9 + len);
	printf("\n");
}

static void show_all(const struct module_file *file, const char *path)
{
	printf("%-16s%s\n", "filename:", path);
	for (const char *s = file->info; s < file->info_end; s += strlen(s) + 1) {
		int len = strcspn(s, "=");

		if (!strncmp(s, "parm=", 5))
			show_parm(file, s + 5);
		else if (s[len] && strncmp(s, "parmtype=", 9))
			printf("%.*s:%*s%s\n", len, s, len < 15 ? 15 - len : 1, "", s + len + 1);
	}
}

static void show_field(const struct module_file *file, const char *path, const char *field)
{
	size_t len = strlen(field);

	if (!strcmp(field, "filename"))
		puts(path);
	for (const char *s = file->info; s < file->info_end; s += strlen(s) + 1)
		if (!strncmp(s, field, len) && s[len] == '=')
			puts(s + len + 1);
}

/* A name without a slash or .ko is an installed module's. */
static const char *file_of(const char *arg, char *path)
{
	static char line[2048];
	char name[MODULE_NAME_MAX];

	if (strchr(arg, '/') || strstr(arg, ".ko"))
		return arg;
	module_name(arg, name);
	if (!find_line("modules.dep", name, line, sizeof(line))) {
		warnx("module %s not found", arg);
		return NULL;
	}
	*strchr(line, ':') = '\0';
	snprintf(path, PATH_MAX, "%s/%s", modules_dir(), line);
	return path;
}

int main(int argc, char **argv)
{
	const char *field = NULL, *file;
	static char path[PATH_MAX];
	struct module_file module;
	int failed = 0;

	while (next_option(argc, argv, "F:", help) != -1)
		field = optarg;
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		file = file_of(argv[optind], path);
		if (!file || open_module(&module, file)) {
			failed = 1;
			continue;
		}
		if (field)
			show_field(&module, file, field);
		else
			show_all(&module, file);
		close_module(&module);
	}
	return failed;
}
