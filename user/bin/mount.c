/* mount - put a file system into its place, or show which are.  The call: mount(2). */
#include <sys/mount.h>
#include "command.h"

static const char help[] =
	"usage: mount [-t TYPE] [-o OPTION,...] [-r] [DEVICE DIRECTORY]\n"
	"Without operands shows what is mounted.  Options that the VFS knows: ro rw\n"
	"remount noexec nosuid nodev noatime sync bind; others go to the file system.\n";

static const struct option_name {
	const char *name;
	unsigned long set, clear;
} options[] = {
	{ "ro", MS_RDONLY, 0 }, { "rw", 0, MS_RDONLY }, { "remount", MS_REMOUNT, 0 },
	{ "noexec", MS_NOEXEC, 0 }, { "exec", 0, MS_NOEXEC }, { "nosuid", MS_NOSUID, 0 },
	{ "nodev", MS_NODEV, 0 }, { "noatime", MS_NOATIME, 0 }, { "sync", MS_SYNCHRONOUS, 0 },
	{ "bind", MS_BIND, 0 }, { "defaults", 0, 0 },
};

static unsigned long flags;
static char rest[256];

static void parse_options(char *text)
{
	char *word;
	size_t i;

	for (word = strtok(text, ","); word; word = strtok(NULL, ",")) {
		for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
			if (!strcmp(word, options[i].name))
				break;
		if (i < sizeof(options) / sizeof(options[0])) {
			flags = (flags & ~options[i].clear) | options[i].set;
		} else if (strlen(rest) + strlen(word) + 2 < sizeof(rest)) {
			if (*rest)
				strcat(rest, ",");
			strcat(rest, word);
		}
	}
}

static int show(void)
{
	char device[64], directory[256], type[32], opts[256], line[640];
	FILE *f = fopen("/proc/mounts", "r");

	if (!f)
		err(EXIT_FAILURE, "/proc/mounts");
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%63s %255s %31s %255s", device, directory, type, opts) == 4)
			printf("%s on %s type %s (%s)\n", device, directory, type, opts);
	fclose(f);
	return 0;
}

int main(int argc, char **argv)
{
	const char *type = "ext2";
	int c;

	while ((c = next_option(argc, argv, "t:o:r", help)) != -1) {
		if (c == 't')
			type = optarg;
		else if (c == 'o')
			parse_options(optarg);
		else
			flags |= MS_RDONLY;
	}
	if (optind == argc)
		return show();
	if (argc - optind != 2)
		wrong_usage(help);
	if (mount(argv[optind], argv[optind + 1], type, flags, rest))
		err(EXIT_FAILURE, "%s on %s", argv[optind], argv[optind + 1]);
	return 0;
}
