/*
 * ls - what is in a directory.  The calls: getdents64(2), by readdir(), for the
 * names and lstat(2) for everything else.  Of a device, -l shows the major and
 * minor number where other files have their size.
 */
#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <time.h>
#include "command.h"

static const char help[] =
	"usage: ls [-1aACcdFfgHiklLmnopqRrSstux] [FILE...]\n"
	"  -a all names   -A all but . and ..   -l long   -n long, with numbers\n"
	"  -i inode numbers   -d directories themselves   -R and all below\n"
	"  -F, -p mark kinds, or directories only   -s blocks of 512 bytes (-k: of 1024)\n"
	"  -t by time (-u of last use, -c of change)   -S by size   -r backwards   -f as they come\n"
	"  -1 one a line   -C, -x in columns, down or across   -m with commas   -q ? for odd characters\n"
	"  -g, -o long without owner, or group   -L, -H follow links, or those named\n";

struct entry {
	char *name;
	struct stat st;
	char *target;			/* of a symbolic link */
};

static struct {
	int all, almost, directory, classify, slash, inode, longer, numeric, recursive, reverse;
	int by_size, by_time, unsorted, single, across, commas, blocks, kilo, quote;
	int no_owner, no_group, follow, which_time;
} opt;
static int failed;

static time_t time_of(const struct stat *st)
{
	return opt.which_time == 'u' ? st->st_atime : opt.which_time == 'c' ? st->st_ctime : st->st_mtime;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int c = 0;

	if (opt.by_time)
		c = (time_of(&y->st) > time_of(&x->st)) - (time_of(&y->st) < time_of(&x->st));
	else if (opt.by_size)
		c = (y->st.st_size > x->st.st_size) - (y->st.st_size < x->st.st_size);
	if (!c)
		c = strcmp(x->name, y->name);
	return opt.reverse ? -c : c;
}

static char kind_letter(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFDIR: return 'd';
	case S_IFCHR: return 'c';
	case S_IFBLK: return 'b';
	case S_IFLNK: return 'l';
	case S_IFIFO: return 'p';
	case S_IFSOCK: return 's';
	}
	return '-';
}

static char execute_letter(mode_t mode, mode_t x, mode_t special, char letter)
{
	if (mode & special)
		return mode & x ? letter : letter + 'A' - 'a';
	return mode & x ? 'x' : '-';
}

static void show_mode(mode_t mode)
{
	putchar(kind_letter(mode));
	putchar(mode & S_IRUSR ? 'r' : '-');
	putchar(mode & S_IWUSR ? 'w' : '-');
	putchar(execute_letter(mode, S_IXUSR, S_ISUID, 's'));
	putchar(mode & S_IRGRP ? 'r' : '-');
	putchar(mode & S_IWGRP ? 'w' : '-');
	putchar(execute_letter(mode, S_IXGRP, S_ISGID, 's'));
	putchar(mode & S_IROTH ? 'r' : '-');
	putchar(mode & S_IWOTH ? 'w' : '-');
	putchar(execute_letter(mode, S_IXOTH, S_ISVTX, 't'));
}

static void show_owner(const struct stat *st)
{
	struct passwd *user = opt.numeric ? NULL : getpwuid(st->st_uid);
	struct group *group = opt.numeric ? NULL : getgrgid(st->st_gid);

	if (user && !opt.no_owner)
		printf(" %-6s", user->pw_name);
	else if (!opt.no_owner)
		printf(" %-6u", (unsigned int)st->st_uid);
	if (opt.no_group)
		return;
	if (group)
		printf(" %-6s", group->gr_name);
	else
		printf(" %-6u", (unsigned int)st->st_gid);
}

/* The hour of what is recent, the year of what is not. */
static void show_time(time_t t)
{
	const time_t half_year = 182 * 24 * 60 * 60;
	time_t now = time(NULL);
	char text[32];

	strftime(text, sizeof(text), t > now || now - t > half_year ? "%b %e  %Y" : "%b %e %H:%M",
		 localtime(&t));
	printf(" %s ", text);
}

static void show_long(const struct entry *e)
{
	const struct stat *st = &e->st;

	show_mode(st->st_mode);
	printf(" %3u", (unsigned int)st->st_nlink);
	show_owner(st);
	if (S_ISCHR(st->st_mode) || S_ISBLK(st->st_mode))
		printf(" %4u, %3u", major(st->st_rdev), minor(st->st_rdev));
	else
		printf(" %9lld", (long long)st->st_size);
	show_time(time_of(st));
}

static void show_mark(mode_t mode)
{
	if (S_ISDIR(mode))
		putchar('/');
	else if (!opt.classify)
		return;
	else if (S_ISLNK(mode))
		putchar('@');
	else if (S_ISFIFO(mode))
		putchar('|');
	else if (mode & 0111)
		putchar('*');
}

static void show_name(const char *name)
{
	for (; *name; name++)
		putchar(opt.quote && (unsigned char)*name < ' ' ? '?' : *name);
}

static void show_line(const struct entry *e, const char *end)
{
	if (opt.inode)
		printf("%7llu ", (unsigned long long)e->st.st_ino);
	if (opt.blocks)
		printf("%5llu ", (unsigned long long)e->st.st_blocks / (opt.kilo ? 2 : 1));
	if (opt.longer)
		show_long(e);
	show_name(e->name);
	if ((opt.classify || opt.slash) && !(opt.longer && e->target))
		show_mark(e->st.st_mode);
	if (opt.longer && e->target)
		printf(" -> %s", e->target);
	fputs(end, stdout);
}

/* Down the columns, as many as the terminal has room for. */
static void show_columns(const struct entry *e, size_t n)
{
	struct winsize ws = { .ws_col = 80 };
	size_t i, width = 0, columns, rows, row;

	for (i = 0; i < n; i++)
		if (strlen(e[i].name) > width)
			width = strlen(e[i].name);
	width += 2;
	ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws);
	columns = ws.ws_col > width ? ws.ws_col / width : 1;
	if (opt.across) {
		for (i = 0; i < n; i++)
			printf((i + 1) % columns && i + 1 < n ? "%-*s" : "%*s\n", (i + 1) % columns && i + 1 < n ? (int)width : 0,
			       e[i].name);
		return;
	}
	rows = (n + columns - 1) / columns;
	for (row = 0; row < rows; row++) {
		for (i = row; i < n; i += rows)
			printf("%-*s", i + rows < n ? (int)width : 0, e[i].name);
		putchar('\n');
	}
}

static void show(struct entry *e, size_t n)
{
	size_t i;

	if (!opt.unsorted)
		qsort(e, n, sizeof(*e), compare);
	if (!opt.single && !opt.longer && !opt.inode && !opt.classify && !opt.slash && !opt.blocks && !opt.commas) {
		show_columns(e, n);
		return;
	}
	for (i = 0; i < n; i++)
		show_line(&e[i], opt.commas && i + 1 < n ? ", " : "\n");
}

/* named: by the command line, not found in a directory */
static int fill(struct entry *e, const char *path, const char *name, int named)
{
	int through = opt.follow == 'L' || (opt.follow == 'H' && named);
	char target[PATH_MAX];
	ssize_t n;

	memset(e, 0, sizeof(*e));
	if ((through ? stat : lstat)(path, &e->st)) {
		warn("%s", path);
		failed = 1;
		return -1;
	}
	e->name = strdup(name);
	if (S_ISLNK(e->st.st_mode) && (n = readlink(path, target, sizeof(target) - 1)) >= 0) {
		target[n] = '\0';
		e->target = strdup(target);
	}
	return 0;
}

static int hidden(const char *name)
{
	if (opt.all)
		return 0;
	if (opt.almost)
		return !strcmp(name, ".") || !strcmp(name, "..");
	return name[0] == '.';
}

static void list_directory(const char *path, int with_title);

static void list_below(const char *path, struct entry *e, size_t n)
{
	char inner[PATH_MAX];
	size_t i;

	for (i = 0; i < n; i++) {
		if (!S_ISDIR(e[i].st.st_mode) || !strcmp(e[i].name, ".") || !strcmp(e[i].name, ".."))
			continue;
		snprintf(inner, sizeof(inner), "%s/%s", path, e[i].name);
		putchar('\n');
		list_directory(inner, 1);
	}
}

static void list_directory(const char *path, int with_title)
{
	struct entry *e = NULL;
	struct dirent *d;
	char inner[PATH_MAX];
	size_t n = 0, room = 0;
	DIR *dir = opendir(path);

	if (!dir) {
		warn("%s", path);
		failed = 1;
		return;
	}
	while ((errno = 0, d = readdir(dir))) {
		if (hidden(d->d_name))
			continue;
		if (n == room) {
			room = room ? 2 * room : 64;
			e = realloc(e, room * sizeof(*e));
			if (!e)
				err(EXIT_FAILURE, "ls");
		}
		snprintf(inner, sizeof(inner), "%s/%s", path, d->d_name);
		if (!fill(&e[n], inner, d->d_name, 0))
			n++;
	}
	if (errno) {
		warn("%s", path);
		failed = 1;
	}
	closedir(dir);
	if (with_title)
		printf("%s:\n", path);
	show(e, n);
	if (opt.recursive)
		list_below(path, e, n);
	while (n--) {
		free(e[n].name);
		free(e[n].target);
	}
	free(e);
}

/* Files first, all together; then each directory. */
static void list_operands(char **paths, int n)
{
	struct entry *files = calloc(n, sizeof(*files));
	char **dirs = calloc(n, sizeof(*dirs));
	int i, nfiles = 0, ndirs = 0;
	struct stat st;

	for (i = 0; i < n; i++) {
		if (!opt.directory && !stat(paths[i], &st) && S_ISDIR(st.st_mode))
			dirs[ndirs++] = paths[i];
		else if (!fill(&files[nfiles], paths[i], paths[i], 1))
			nfiles++;
	}
	if (nfiles)
		show(files, nfiles);
	for (i = 0; i < ndirs; i++) {
		if (i || nfiles)
			putchar('\n');
		list_directory(dirs[i], n > 1 || opt.recursive);
	}
}

int main(int argc, char **argv)
{
	static char *here[] = { "." };
	int c;

	opt.single = !isatty(STDOUT_FILENO);
	while ((c = next_option(argc, argv, "1aACcdFfgHiklLmnopqRrSstux", help)) != -1) {
		switch (c) {
		case 'C': opt.single = opt.across = opt.commas = 0; break;
		case 'x': opt.single = opt.commas = 0; opt.across = 1; break;
		case 'm': opt.commas = 1; break;
		case 'c': case 'u': opt.which_time = c; break;
		case 'f': opt.unsorted = opt.all = 1; break;
		case 'g': opt.no_owner = opt.longer = 1; break;
		case 'o': opt.no_group = opt.longer = 1; break;
		case 'H': case 'L': opt.follow = c; break;
		case 'k': opt.kilo = 1; break;
		case 'p': opt.slash = 1; break;
		case 'q': opt.quote = 1; break;
		case 's': opt.blocks = 1; break;
		case '1': opt.single = 1; break;
		case 'a': opt.all = 1; break;
		case 'A': opt.almost = 1; break;
		case 'd': opt.directory = 1; break;
		case 'F': opt.classify = 1; break;
		case 'i': opt.inode = 1; break;
		case 'n': opt.numeric = 1; /* and long */
			/* fall through */
		case 'l': opt.longer = 1; break;
		case 'R': opt.recursive = 1; break;
		case 'r': opt.reverse = 1; break;
		case 'S': opt.by_size = 1; break;
		case 't': opt.by_time = 1; break;
		}
	}
	if (optind == argc)
		list_operands(here, 1);
	else
		list_operands(argv + optind, argc - optind);
	return fflush(stdout) || failed;
}
