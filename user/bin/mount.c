/* mount - put a file system into its place, or show which are.  The call: mount(2). */
#include <sys/mount.h>
#include "command.h"

#define LINE 1024

static const char help[] =
	"usage: mount [-arvw] [-t TYPE] [-o OPTION,...] [[DEVICE] DIRECTORY]\n"
	"Without operands shows what is mounted; -a mounts all of /etc/fstab, one operand\n"
	"what is there for it.  Without a TYPE tries those that the kernel has for disks.\n"
	"  -r  only to read   -w  also to write   -v  tell what is done\n"
	"Options that the VFS knows: ro rw remount exec noexec suid nosuid dev nodev atime\n"
	"noatime diratime nodiratime relatime norelatime strictatime sync async dirsync silent\n"
	"bind rbind move defaults; others go to the file system.\n";

static const struct option_name {
	const char *name;
	unsigned long set, clear;
} options[] = {
	{ "ro", MS_RDONLY, 0 }, { "rw", 0, MS_RDONLY }, { "remount", MS_REMOUNT, 0 },
	{ "noexec", MS_NOEXEC, 0 }, { "exec", 0, MS_NOEXEC }, { "nosuid", MS_NOSUID, 0 },
	{ "suid", 0, MS_NOSUID }, { "nodev", MS_NODEV, 0 }, { "dev", 0, MS_NODEV },
	{ "noatime", MS_NOATIME, 0 }, { "atime", 0, MS_NOATIME }, { "nodiratime", MS_NODIRATIME, 0 },
	{ "diratime", 0, MS_NODIRATIME }, { "relatime", MS_RELATIME, 0 }, { "norelatime", 0, MS_RELATIME },
	{ "strictatime", MS_STRICTATIME, 0 }, { "sync", MS_SYNCHRONOUS, 0 }, { "async", 0, MS_SYNCHRONOUS },
	{ "dirsync", MS_DIRSYNC, 0 }, { "silent", MS_SILENT, 0 }, { "bind", MS_BIND, 0 },
	{ "rbind", MS_BIND | MS_REC, 0 }, { "move", MS_MOVE, 0 }, { "defaults", 0, 0 },
	{ "auto", 0, 0 }, { "noauto", 0, 0 },
};

struct request {
	const char *device, *directory, *type;
	unsigned long flags;
	char rest[256];			/* options for the file system */
};

static int verbose;

static void add_options(struct request *r, const char *text)
{
	char *copy = strdup(text), *left = copy, *word;
	size_t i;

	while ((word = strsep(&left, ","))) {
		for (i = 0; i < sizeof(options) / sizeof(options[0]); i++)
			if (!strcmp(word, options[i].name))
				break;
		if (i < sizeof(options) / sizeof(options[0])) {
			r->flags = (r->flags & ~options[i].clear) | options[i].set;
		} else if (strlen(r->rest) + strlen(word) + 2 < sizeof(r->rest)) {
			if (*r->rest)
				strcat(r->rest, ",");
			strcat(r->rest, word);
		}
	}
	free(copy);
}

static int try(const struct request *r, const char *type)
{
	if (mount(r->device, r->directory, type, r->flags, r->rest))
		return -1;
	if (verbose)
		printf("%s on %s%s%s\n", r->device, r->directory, type ? " type " : "", type ? type : "");
	return 0;
}

/* Of a disk nobody knows what is on it: each type that wants one is tried, until the reason is another. */
static int try_types(const struct request *r)
{
	char line[64], type[32];
	FILE *f = fopen("/proc/filesystems", "r");
	int result = -1;

	errno = ENODEV;
	while (f && result && fgets(line, sizeof(line), f))
		if (line[0] == '\t' && sscanf(line, "%31s", type) == 1) {
			result = try(r, type);
			if (result && errno != EINVAL)
				break;
		}
	if (f)
		fclose(f);
	return result;
}

static int perform(const struct request *r)
{
	int typeless = r->flags & (MS_BIND | MS_MOVE | MS_REMOUNT);

	if (!(r->type && strcmp(r->type, "auto")) && !typeless ? !try_types(r) : !try(r, r->type))
		return 0;
	warn("%s on %s", r->device, r->directory);
	return 1;
}

static int is_mounted(const char *directory)
{
	char line[LINE], there[256];
	FILE *f = fopen("/proc/mounts", "r");
	int found = 0;

	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "%*s %255s", there) == 1 && !strcmp(there, directory);
	if (f)
		fclose(f);
	return found;
}

/* Each line of /etc/fstab, or the first one with this device or directory; -a passes over noauto. */
static int from_fstab(const char *which, const struct request *asked)
{
	char line[LINE], device[256], directory[256], type[32], opts[256];
	FILE *f = fopen("/etc/fstab", "r");
	int failed = 0, found = 0;

	if (!f)
		err(EXIT_FAILURE, "/etc/fstab");
	while (!(which && found) && fgets(line, sizeof(line), f)) {
		struct request r = { device, directory, type, 0, "" };

		if (line[0] == '#' || sscanf(line, "%255s %255s %31s %255s", device, directory, type, opts) != 4 ||
		    !strcmp(type, "swap"))
			continue;
		if (which ? strcmp(which, device) && strcmp(which, directory)
			  : strstr(opts, "noauto") || is_mounted(directory))
			continue;
		found = 1;
		add_options(&r, opts);
		r.flags |= asked->flags;
		if (*asked->rest)
			add_options(&r, asked->rest);
		failed |= perform(&r);
	}
	fclose(f);
	if (which && !found)
		errx(EXIT_FAILURE, "%s: not in /etc/fstab", which);
	return failed;
}

static int show(const char *type)
{
	char device[256], directory[256], its_type[32], opts[256], line[LINE];
	FILE *f = fopen("/proc/mounts", "r");

	if (!f)
		err(EXIT_FAILURE, "/proc/mounts");
	while (fgets(line, sizeof(line), f))
		if (sscanf(line, "%255s %255s %31s %255s", device, directory, its_type, opts) == 4 &&
		    (!type || !strcmp(type, its_type)))
			printf("%s on %s type %s (%s)\n", device, directory, its_type, opts);
	fclose(f);
	return 0;
}

int main(int argc, char **argv)
{
	struct request r = { 0 };
	int c, all = 0;

	while ((c = next_option(argc, argv, "arvwt:o:", help)) != -1) {
		switch (c) {
		case 'a': all = 1; break;
		case 'r': r.flags |= MS_RDONLY; break;
		case 'w': r.flags &= ~MS_RDONLY; break;
		case 'v': verbose = 1; break;
		case 't': r.type = optarg; break;
		case 'o': add_options(&r, optarg); break;
		}
	}
	if (all && optind == argc)
		return from_fstab(NULL, &r);
	switch (argc - optind) {
	case 0:
		return show(r.type);
	case 1:
		if (!(r.flags & MS_REMOUNT))
			return from_fstab(argv[optind], &r);
		r.device = "none";		/* the directory says which */
		r.directory = argv[optind];
		return perform(&r);
	case 2:
		r.device = argv[optind];
		r.directory = argv[optind + 1];
		return perform(&r);
	}
	wrong_usage(help);
}
