/*
 * mv - give files other names.  The call: rename(2), which replaces the target
 * in one step, and says EXDEV between two file systems: then cp and rm do it.
 */
#include <sys/stat.h>
#include <sys/wait.h>
#include "command.h"

static const char help[] =
	"usage: mv [-fi] SOURCE... TARGET\n"
	"Renames files; into TARGET if that is a directory.\n"
	"  -i  ask before a target that is there is lost   -f  never ask\n"
	"Without them asks on a terminal before a target is lost that may not be written.\n";

static int answer;			/* the last of -f and -i */

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

/* What cp would copy into, or over, goes first: that much rename() does, too. */
static int move_by_copy(const char *from, const char *to)
{
	char *copy[] = { "cp", "-Rp", "--", (char *)from, (char *)to, NULL };
	char *gone[] = { "rm", "-rf", "--", (char *)from, NULL };
	struct stat st, there;

	if (lstat(from, &st))
		return failed_on(from);
	if (!lstat(to, &there)) {
		errno = S_ISDIR(there.st_mode) ? EISDIR : ENOTDIR;
		if (S_ISDIR(st.st_mode) != S_ISDIR(there.st_mode) || remove(to))
			return failed_on(to);
	}
	return run(copy) || run(gone);
}

static int move(const char *from, const char *to)
{
	struct stat st, there;
	int is_there = !lstat(to, &there), in_doubt = access(to, W_OK) && isatty(STDIN_FILENO);

	if (lstat(from, &st))
		return failed_on(from);
	if (is_there && st.st_dev == there.st_dev && st.st_ino == there.st_ino) {
		warnx("%s and %s are the same file", from, to);
		return 1;
	}
	if (is_there && (answer == 'i' || (!answer && in_doubt && !S_ISLNK(there.st_mode))) &&
	    !answered_yes("replace", to))
		return 0;
	if (!rename(from, to))
		return 0;
	return errno == EXDEV ? move_by_copy(from, to) : failed_on(to);
}

int main(int argc, char **argv)
{
	int c;

	while ((c = next_option(argc, argv, "fi", help)) != -1)
		answer = c;
	return for_each_source(argc, argv, help, move);
}
