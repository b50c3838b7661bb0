/* umount - take a file system out of its place.  The call: umount2(2); EBUSY while something is open in it. */
#include <sys/mount.h>
#include "command.h"

static const char help[] =
	"usage: umount [-flrv] -a | DEVICE | DIRECTORY...\n"
	"  -l  out of the tree now, gone when nothing in it is used any more   -f  by force\n"
	"  -r  if it is busy, make it one to read only   -a  all but the root   -v  tell the names\n";

static int flags, read_only, verbose;

struct mounted {
	struct mounted *next;		/* the one mounted before it */
	char device[256], directory[256];
};

static struct mounted *read_mounts(void)
{
	struct mounted *list = NULL, *m;
	char line[1024];
	FILE *f = fopen("/proc/mounts", "r");

	while (f && fgets(line, sizeof(line), f)) {
		m = calloc(1, sizeof(*m));
		if (!m)
			err(EXIT_FAILURE, "/proc/mounts");
		if (sscanf(line, "%255s %255s", m->device, m->directory) == 2) {
			m->next = list;
			list = m;
		}
	}
	if (f)
		fclose(f);
	return list;
}

static int take_out(const char *directory)
{
	if (umount2(directory, flags) &&
	    !(read_only && errno == EBUSY && !mount("none", directory, NULL, MS_REMOUNT | MS_RDONLY, NULL)))
		return failed_on(directory);
	if (verbose)
		puts(directory);
	return 0;
}

/* A device stands for where it was mounted last. */
static int take_out_by_name(const char *name, const struct mounted *list)
{
	for (; list && !is_directory(name); list = list->next)
		if (!strcmp(name, list->device))
			return take_out(list->directory);
	return take_out(name);
}

int main(int argc, char **argv)
{
	struct mounted *list = read_mounts(), *m;
	int c, all = 0, failed = 0;

	while ((c = next_option(argc, argv, "aflrv", help)) != -1) {
		switch (c) {
		case 'a': all = 1; break;
		case 'f': flags |= MNT_FORCE; break;
		case 'l': flags |= MNT_DETACH; break;
		case 'r': read_only = 1; break;
		case 'v': verbose = 1; break;
		}
	}
	if ((optind == argc) != all)
		wrong_usage(help);
	for (m = list; all && m; m = m->next)
		if (strcmp(m->directory, "/"))
			failed |= take_out(m->directory);
	for (; optind < argc; optind++)
		failed |= take_out_by_name(argv[optind], list);
	return failed;
}
