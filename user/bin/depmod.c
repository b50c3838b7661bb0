/*
 * depmod - which module needs which, into modules.dep, and their other names, into modules.alias.
 * The calls: opendir(3)'s getdents(2), mmap(2) of each module, rename(2) so that no reader sees half a list.
 */
#include <limits.h>
#include "module.h"

static const char help[] =
	"usage: depmod\n"
	"Writes /lib/modules/RELEASE/modules.dep: a line a module, with what must be loaded before it;\n"
	"and modules.alias: a line for each MODULE_ALIAS().\n";

#define MODULES_MAX	512

struct found {
	char *file;			/* below the modules' folder */
	char name[MODULE_NAME_MAX];
	char *depends;			/* names, by commas */
	int told;			/* in the line being written */
};

static struct found found[MODULES_MAX];
static int nr_found;
static struct found *order[MODULES_MAX];	/* of the line being written: what must be loaded first is first */
static int nr_order;
static FILE *aliases;			/* modules.alias */

static void add(const char *dir, const char *file)
{
	struct found *it = &found[nr_found];
	struct module_file module;
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	if (nr_found == MODULES_MAX)
		errx(EXIT_FAILURE, "more than %d modules", MODULES_MAX);
	if (open_module(&module, path))
		return;
	it->file = strdup(file);
	it->depends = strdup(modinfo_value(&module, "depends"));
	if (!it->file || !it->depends)
		err(EXIT_FAILURE, "%s", path);
	module_name(file, it->name);
	for (const char *s = module.info; s < module.info_end; s += strlen(s) + 1)
		if (!strncmp(s, "alias=", 6))
			fprintf(aliases, "alias %s %s\n", s + 6, it->name);
	close_module(&module);
	nr_found++;
}

static void walk(const char *dir, const char *below)
{
	char path[PATH_MAX], file[PATH_MAX];
	struct dirent *entry;
	DIR *stream;

	snprintf(path, sizeof(path), "%s/%s", dir, below);
	stream = opendir(path);
	if (!stream)
		err(EXIT_FAILURE, "%s", path);
	while ((entry = next_entry(stream)) != NULL) {
		size_t len = strlen(entry->d_name);
		struct stat st;

		snprintf(file, sizeof(file), "%s%s%s", below, *below ? "/" : "", entry->d_name);
		snprintf(path, sizeof(path), "%s/%s", dir, file);
		if (stat(path, &st))
			warn("%s", path);
		else if (S_ISDIR(st.st_mode))
			walk(dir, file);
		else if (len > 3 && !strcmp(entry->d_name + len - 3, ".ko"))
			add(dir, file);
	}
	closedir(stream);
}

static struct found *by_name(const char *name, size_t len)
{
	for (int i = 0; i < nr_found; i++)
		if (!strncmp(found[i].name, name, len) && !found[i].name[len])
			return &found[i];
	return NULL;
}

/* What it needs, and each after what that needs, into order[]. */
static void find_needs(struct found *it)
{
	const char *name = it->depends;

	it->told = 1;
	while (*name) {
		size_t len = strcspn(name, ",");
		struct found *need = by_name(name, len);

		if (!need)
			warnx("%s needs %.*s, which is not there", it->file, (int)len, name);
		else if (!need->told)
			find_needs(need);
		name += len + (name[len] == ',');
	}
	order[nr_order++] = it;
}

static FILE *begin_list(const char *name)
{
	char path[200];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s.new", modules_dir(), name);
	out = fopen(path, "w");
	if (!out)
		err(EXIT_FAILURE, "%s", path);
	return out;
}

static void end_list(FILE *out, const char *name)
{
	char path[192], new_path[200];

	snprintf(path, sizeof(path), "%s/%s", modules_dir(), name);
	snprintf(new_path, sizeof(new_path), "%s.new", path);
	if (fclose(out) || rename(new_path, path))
		err(EXIT_FAILURE, "%s", path);
}

int main(int argc, char **argv)
{
	FILE *out;

	no_options(argc, argv, help);
	if (optind < argc)
		wrong_usage(help);
	aliases = begin_list("modules.alias");
	walk(modules_dir(), "");
	end_list(aliases, "modules.alias");
	out = begin_list("modules.dep");
	for (int i = 0; i < nr_found; i++) {
		for (int j = 0; j < nr_found; j++)
			found[j].told = 0;
		nr_order = 0;
		find_needs(&found[i]);
		/* Who loads them goes through the line backwards. */
		for (const char *after = ":"; nr_order--; after = "")
			fprintf(out, *after ? "%s:" : " %s", order[nr_order]->file);
		fprintf(out, "\n");
	}
	end_list(out, "modules.dep");
	return EXIT_SUCCESS;
}
