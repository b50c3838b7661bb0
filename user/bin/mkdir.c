/* mkdir - make directories.  The calls: mkdir(2), which takes the umask off; chmod(2) for -m. */
#include "command.h"
#include "mode.h"

static const char help[] =
	"usage: mkdir [-p] [-m MODE] DIRECTORY...\n"
	"  -p  the ones above it too, and no complaint if it is there\n"
	"  -m  with this mode, octal or as chmod takes it (from a=rwx)\n";

/* The ones above; whatever the umask, the next one can be made in each. */
static int make_parents(char *path)
{
	mode_t mask = umask(0);
	char *slash = path;
	int failed = 0;

	umask(mask & ~(S_IWUSR | S_IXUSR));
	while (!failed && (slash = strchr(slash + 1, '/'))) {
		if (!slash[strspn(slash, "/")])
			break;
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST && !is_directory(path))
			failed = failed_on(path);
		*slash = '/';
	}
	umask(mask);
	return failed;
}

int main(int argc, char **argv)
{
	int c, parents = 0, failed = 0;
	const char *mode = NULL;

	while ((c = next_option(argc, argv, "pm:", help)) != -1) {
		if (c == 'p')
			parents = 1;
		else
			mode = optarg;
	}
	if (optind == argc)
		wrong_usage(help);
	if (mode)
		new_mode(mode, 0777);		/* wrong, it ends all before anything is made */
	for (; optind < argc; optind++) {
		char *path = argv[optind];

		if (parents && make_parents(path)) {
			failed = 1;
		} else if (mkdir(path, 0777)) {
			int error = errno;

			if (parents && is_directory(path))
				continue;
			errno = error;
			failed = failed_on(path);
		} else if (mode && chmod(path, new_mode(mode, S_IFDIR | 0777))) {
			failed = failed_on(path);
		}
	}
	return failed;
}
