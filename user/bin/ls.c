/*
 * ls - what is in a directory.  The calls: getdents64(2), by readdir(), for the
 * names and lstat(2) for everything else.  Of a device, -l shows the major and
 * minor number where other files have their size.
 */
#include <ctype.h>
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
	"usage: ls [-1aACcdfFgHiklLmnopqRrSstux] [FILE...]\n"
	"  -a all names   -A all but . and ..   -l long   -n long, with numbers\n"
	"  -i inode numbers   -d directories themselves   -R and all below\n"
	"  -F, -p mark kinds, or directories only   -s blocks of 512 bytes (-k: of 1024)\n"
	"  -t by time (-u of last use, -c of change)   -S by size   -r backwards   -f as they come\n"
	"  -1 one a line   -C, -x in columns, down or across   -m with commas   -q ? for odd characters\n"
	"  -g, -o long without owner, or group   -L, -H follow links, or those named\n";

enum layout { SINGLE, COLUMNS, ACROSS, COMMAS, LONG };

struct entry {
	char *name;
	struct stat st;
	char *target;			/* of a symbolic link */
};

static struct {
	enum layout layout;
	int all, almost, directory, classify, slash, inode, numeric, recursive, reverse;
	int order, unsorted, blocks, kilo, quote;
	int no_owner, no_group, follow, which_time;
} opt;
static int failed;

static const struct timespec *time_of(const struct stat *st)
{
	return opt.which_time == 'u' ? &st->st_atim : opt.which_time == 'c' ? &st->st_ctim : &st->st_mtim;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	const struct timespec *tx = time_of(&x->st), *ty = time_of(&y->st);
	int c = 0;

	if (opt.order == 't')
		c = (ty->tv_sec > tx->tv_sec) - (ty->tv_sec < tx->tv_sec);
	if (opt.order == 't' && !c)
		c = (ty->tv_nsec > tx->tv_nsec) - (ty->tv_nsec < tx->tv_nsec);
	else if (opt.order == 'S')
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
	show_time(time_of(st)->tv_sec);
}

static const char *mark_of(const struct entry *e)
{
	mode_t mode = e->st.st_mode;

	if (opt.layout == LONG && e->target)
		return "";
	if ((opt.classify || opt.slash) && S_ISDIR(mode))
		return "/";
	if (!opt.classify)
		return "";
	return S_ISLNK(mode) ? "@" : S_ISFIFO(mode) ? "|" : S_ISSOCK(mode) ? "=" : mode & 0111 ? "*" : "";
}

static unsigned long long blocks_of(const struct stat *st)
{
	return opt.kilo ? (st->st_blocks + 1) / 2 : st->st_blocks;
}

/* Number, blocks, name and mark; allocated. */
static char *label_of(const struct entry *e)
{
	char inode[24] = "", blocks[24] = "", *label, *p;

	if (opt.inode)
		snprintf(inode, sizeof(inode), "%7llu ", (unsigned long long)e->st.st_ino);
	if (opt.blocks)
		snprintf(blocks, sizeof(blocks), "%5llu ", blocks_of(&e->st));
	if (opt.layout == LONG) {
		printf("%s%s", inode, blocks);
		show_long(e);
		*inode = *blocks = '\0';
	}
	if (asprintf(&label, "%s%s%s%s", inode, blocks, e->name, mark_of(e)) < 0)
		err(EXIT_FAILURE, "%s", e->name);
	for (p = label; opt.quote && *p; p++)
		if (!isprint((unsigned char)*p))
			*p = '?';
	return label;
}

static size_t line_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize ws = { 0 };

	if (columns && atoi(columns) > 0)
		return atoi(columns);
	return !ioctl(STDOUT_FILENO, TIOCGWINSZ, &ws) && ws.ws_col ? ws.ws_col : 80;
}

/* As many columns as the line has room for, one blank behind the widest name at least. */
static void show_columns(char **labels, size_t n)
{
	size_t i, width = 0, columns, rows, row, column;

	for (i = 0; i < n; i++)
		if (strlen(labels[i]) > width)
			width = strlen(labels[i]);
	width += 2;
	columns = line_width() / width;
	if (!columns)
		columns = 1;
	rows = (n + columns - 1) / columns;
	for (row = 0; row < rows; row++) {
		for (column = 0; column < columns; column++) {
			size_t at = opt.layout == ACROSS ? row * columns + column : column * rows + row;
			size_t after = opt.layout == ACROSS ? at + 1 : at + rows;

			if (at < n)
				printf("%-*s", after < n && column + 1 < columns ? (int)width : 0, labels[at]);
		}
		putchar('\n');
	}
}

static void show_with_commas(char **labels, size_t n)
{
	size_t i, at = 0, width = line_width();

	for (i = 0; i < n; i++) {
		size_t len = strlen(labels[i]) + (i + 1 < n);

		if (i && at + 1 + len >= width) {
			putchar('\n');
			at = 0;
		} else if (i) {
			putchar(' ');
			at++;
		}
		printf(i + 1 < n ? "%s," : "%s\n", labels[i]);
		at += len;
	}
}

static void show(struct entry *e, size_t n)
{
	char **labels = calloc(n + 1, sizeof(*labels));
	size_t i;

	if (!opt.unsorted)
		qsort(e, n, sizeof(*e), compare);
	for (i = 0; i < n; i++) {
		labels[i] = label_of(&e[i]);
		if (opt.layout != SINGLE && opt.layout != LONG)
			continue;
		fputs(labels[i], stdout);
		if (opt.layout == LONG && e[i].target)
			printf(" -> %s", e[i].target);
		putchar('\n');
	}
	if (opt.layout == COLUMNS || opt.layout == ACROSS)
		show_columns(labels, n);
	else if (opt.layout == COMMAS)
		show_with_commas(labels, n);
	while (n--)
		free(labels[n]);
	free(labels);
}

/* named: by the command line, not found in a directory.  A link that leads nowhere is shown itself. */
static int fill(struct entry *e, const char *path, const char *name, int named)
{
	int through = opt.follow == 'L' || (opt.follow == 'H' && named);
	char target[PATH_MAX];
	ssize_t n;

	memset(e, 0, sizeof(*e));
	if ((!through || stat(path, &e->st)) && lstat(path, &e->st)) {
		failed = failed_on(path);
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

/* The directories that lead to the one being listed: with -L a link may lead back to one. */
struct above {
	const struct above *up;
	dev_t dev;
	ino_t ino;
};

static void list_directory(const char *path, int with_title, const struct above *up);

static void list_below(const char *path, struct entry *e, size_t n, const struct above *here)
{
	const struct above *up;
	size_t i;

	for (i = 0; i < n; i++) {
		char *inner;

		if (!S_ISDIR(e[i].st.st_mode) || !strcmp(e[i].name, ".") || !strcmp(e[i].name, ".."))
			continue;
		inner = path_in(path, e[i].name);
		for (up = here; up && (up->dev != e[i].st.st_dev || up->ino != e[i].st.st_ino); up = up->up)
			;
		if (up) {
			warnx("%s: leads to a directory above it", inner);
			failed = 1;
		} else {
			putchar('\n');
			list_directory(inner, 1, here);
		}
		free(inner);
	}
}

/* All entries of the directory that are not hidden, into *list; their number. */
static size_t read_directory(const char *path, DIR *dir, struct entry **list)
{
	struct entry *e = NULL;
	struct dirent *d;
	size_t n = 0, room = 0;

	while ((errno = 0, d = readdir(dir))) {
		char *inner;

		if (hidden(d->d_name))
			continue;
		if (n == room) {
			room = room ? 2 * room : 64;
			e = realloc(e, room * sizeof(*e));
			if (!e)
				err(EXIT_FAILURE, "%s", path);
		}
		inner = path_in(path, d->d_name);
		n += !fill(&e[n], inner, d->d_name, 0);
		free(inner);
	}
	if (errno)
		failed = failed_on(path);
	*list = e;
	return n;
}

static void list_directory(const char *path, int with_title, const struct above *up)
{
	unsigned long long blocks = 0;
	struct above here = { .up = up };
	struct entry *e;
	struct stat st;
	size_t n, i;
	DIR *dir = opendir(path);

	if (!dir) {
		failed = failed_on(path);
		return;
	}
	if (!stat(path, &st)) {
		here.dev = st.st_dev;
		here.ino = st.st_ino;
	}
	n = read_directory(path, dir, &e);
	closedir(dir);
	if (with_title)
		printf("%s:\n", path);
	for (i = 0; i < n; i++)
		blocks += e[i].st.st_blocks;
	if (opt.layout == LONG || opt.blocks)
		printf("total %llu\n", opt.kilo ? (blocks + 1) / 2 : blocks);
	show(e, n);
	if (opt.recursive)
		list_below(path, e, n, &here);
	while (n--) {
		free(e[n].name);
		free(e[n].target);
	}
	free(e);
}

/* Files first, all together; then each directory. */
static void list_operands(char **paths, int n)
{
	struct entry *files = calloc(n, sizeof(*files)), *dirs = calloc(n, sizeof(*dirs));
	int links_stay = !opt.follow && (opt.classify || opt.layout == LONG), i, nfiles = 0, ndirs = 0;
	struct stat st;

	for (i = 0; i < n; i++) {
		int is_dir = !opt.directory && !(links_stay ? lstat : stat)(paths[i], &st) && S_ISDIR(st.st_mode);
		struct entry *e = is_dir ? &dirs[ndirs] : &files[nfiles];

		if (fill(e, paths[i], paths[i], 1))
			continue;
		ndirs += is_dir;
		nfiles += !is_dir;
	}
	if (nfiles)
		show(files, nfiles);
	if (!opt.unsorted)
		qsort(dirs, ndirs, sizeof(*dirs), compare);
	for (i = 0; i < ndirs; i++) {
		if (i || nfiles)
			putchar('\n');
		list_directory(dirs[i].name, n > 1 || opt.recursive, NULL);
	}
}

static void set_option(int c)
{
	switch (c) {
	case '1': opt.layout = opt.layout == LONG ? LONG : SINGLE; break;
	case 'C': opt.layout = COLUMNS; break;
	case 'x': opt.layout = ACROSS; break;
	case 'm': opt.layout = COMMAS; break;
	case 'l': opt.layout = LONG; break;
	case 'g': opt.layout = LONG; opt.no_owner = 1; break;
	case 'o': opt.layout = LONG; opt.no_group = 1; break;
	case 'n': opt.layout = LONG; opt.numeric = 1; break;
	case 'c': case 'u': opt.which_time = c; break;
	case 't': case 'S': opt.order = c; break;
	case 'H': case 'L': opt.follow = c; break;
	case 'f': opt.unsorted = opt.all = 1; break;
	case 'a': opt.all = 1; break;
	case 'A': opt.almost = 1; break;
	case 'd': opt.directory = 1; break;
	case 'F': opt.classify = 1; break;
	case 'p': opt.slash = 1; break;
	case 'i': opt.inode = 1; break;
	case 'k': opt.kilo = 1; break;
	case 's': opt.blocks = 1; break;
	case 'q': opt.quote = 1; break;
	case 'R': opt.recursive = 1; break;
	case 'r': opt.reverse = 1; break;
	}
}

int main(int argc, char **argv)
{
	static char *here[] = { "." };
	int c;

	opt.quote = isatty(STDOUT_FILENO);
	opt.layout = opt.quote ? COLUMNS : SINGLE;
	while ((c = next_option(argc, argv, "1aACcdfFgHiklLmnopqRrSstux", help)) != -1)
		set_option(c);
	if (optind == argc)
		list_operands(here, 1);
	else
		list_operands(argv + optind, argc - optind);
	return failed;
}
