/*
 * mv - give files other names.  The call: rename(2), which replaces the target
 * in one step, and says EXDEV between two file systems: then cp and rm do it.
 */
#include <limits.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "command.h"

static const char help[] =
	"usage: mv [-fi] SOURCE... TARGET\n"
	"Renames files; into TARGET if that is a directory.\n"
	"  -i  ask before a target that is there is lost\n";

static int ask;

static int run(char *const argv[])
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		execvp(argv[0], argv);
		err(127, "%s", argv[0]);
	}
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		err(EXIT_FAILURE, "%s", argv[0]);
	return status != 0;
}

static int move(char *from, char *to)
{
	char *copy[] = { "cp", "-Rp", "--", from, to, NULL };
	char *remove[] = { "rm", "-rf", "--", from, NULL };

	if (ask && !access(to, F_OK) && !answered_yes("replace", to))
		return 0;
	if (!rename(from, to))
		return 0;
	if (errno != EXDEV) {
		warn("'%s' to '%s'", from, to);
		return 1;
	}
	return run(copy) || run(remove);
}

int main(int argc, char **argv)
{
	char path[PATH_MAX], *target;
	struct stat st;
	int c, failed = 0;

	while ((c = next_option(argc, argv, "fi", help)) != -1)
		ask = c == 'i';
	if (argc - optind < 2)
		wrong_usage(help);
	target = argv[--argc];
	if (stat(target, &st) || !S_ISDIR(st.st_mode)) {
		if (argc - optind > 1)
			errx(EXIT_FAILURE, "'%s' is not a directory", target);
		return move(argv[optind], target);
	}
	for (; optind < argc; optind++) {
		snprintf(path, sizeof(path), "%s/%s", target, last_part(argv[optind]));
		failed |= move(argv[optind], path);
	}
	return failed;
}
