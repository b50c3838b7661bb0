/*
 * ps - which processes there are.  There is no call for that: it reads
 * /proc/PID/stat, one line of text a process, and who owns it from /proc/PID/status.
 */
#include <ctype.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <time.h>
#include "command.h"

#define COLUMNS 32
#define LISTS 32
#define TEXT 512

static const char help[] =
	"usage: ps [-aAdefl] [-G|-g|-p|-t|-u|-U LIST]... [-o COLUMN[=TITLE],...]...\n"
	"Shows the caller's processes on this terminal, or\n"
	"  -A, -e  all   -a  those with a terminal   -d  all, both without leaders of sessions\n"
	"  -p, -t, -u, -U, -G, -g  those with these numbers, terminals, users, real users,\n"
	"      real groups, sessions; a LIST has blanks or commas between its parts\n"
	"  -f, -l, -o  choose columns: ruser user uid rgroup group pid ppid pgid sid pcpu c vsz sz\n"
	"      nice pri etime time stime tty s f addr wchan comm args; TITLE goes up to the end\n"
	"States: R runs, S sleeps, D waits for a device, T stopped, Z ended, I idle.\n";

/* A line of /proc/PID/stat: proc(5) numbers the fields as here. */
struct process {
	int pid, ppid, pgid, sid, tty;
	long priority, nice;
	unsigned long flags, utime, stime, vsize;
	unsigned long long start;	/* ticks since the machine's start */
	char state, name[32], args[TEXT];
	unsigned int uid, euid, gid, egid;
};

static long ticks;			/* a second */
static unsigned long uptime;

static unsigned long seconds(const struct process *p)
{
	return (p->utime + p->stime) / ticks;
}

static unsigned long age(const struct process *p)
{
	unsigned long start = p->start / ticks;

	return uptime > start ? uptime - start : 0;
}

static void tty_name(const struct process *p, char *text)
{
	int major = p->tty >> 8 & 0xfff, minor = p->tty & 0xff;

	if (!p->tty)
		strcpy(text, "?");
	else if (major >= 136)
		sprintf(text, "pts/%d", (major - 136) * 256 + minor);
	else if (major == 5)
		strcpy(text, minor == 1 ? "console" : "tty");
	else
		sprintf(text, minor >= 64 ? "ttyS%d" : "tty%d", minor >= 64 ? minor - 64 : minor);
}

/* [dd-]hh:mm:ss, or without hours where they are none and short asks for that */
static void put_duration(unsigned long s, int is_short, char *text)
{
	if (s >= 86400)
		text += sprintf(text, "%02lu-", s / 86400);
	if (s >= 3600 || !is_short)
		text += sprintf(text, "%02lu:", s / 3600 % 24);
	sprintf(text, "%02lu:%02lu", s / 60 % 60, s % 60);
}

static void put_user(unsigned int uid, char *text)
{
	struct passwd *user = getpwuid(uid);

	if (user && strlen(user->pw_name) <= 8)
		strcpy(text, user->pw_name);
	else
		sprintf(text, "%u", uid);
}

static void put_group(unsigned int gid, char *text)
{
	struct group *group = getgrgid(gid);

	if (group && strlen(group->gr_name) <= 8)
		strcpy(text, group->gr_name);
	else
		sprintf(text, "%u", gid);
}

/* The hour of what began within a day, the date of what did not. */
static void put_start(const struct process *p, char *text)
{
	time_t start = time(NULL) - age(p);

	strftime(text, TEXT, age(p) < 86400 ? "%H:%M" : "%b%d", localtime(&start));
}

static unsigned long percent(const struct process *p)
{
	return age(p) ? seconds(p) * 1000 / age(p) : 0;
}

enum { PID, PPID, PGID, SID, UID, NICE, PRI, SZ, VSZ, CPU, C, F, S, COMM, ARGS, USER, RUSER, GROUP, RGROUP,
       TTY, TIME, ELAPSED, STIME, UNKNOWN };

static void put_column(int what, const struct process *p, char *text)
{
	switch (what) {
	case PID: sprintf(text, "%d", p->pid); break;
	case PPID: sprintf(text, "%d", p->ppid); break;
	case PGID: sprintf(text, "%d", p->pgid); break;
	case SID: sprintf(text, "%d", p->sid); break;
	case UID: sprintf(text, "%u", p->euid); break;
	case NICE: sprintf(text, "%ld", p->nice); break;
	case PRI: sprintf(text, "%ld", p->priority); break;
	case SZ: sprintf(text, "%lu", p->vsize / getpagesize()); break;
	case VSZ: sprintf(text, "%lu", p->vsize / 1024); break;
	case CPU: sprintf(text, "%lu.%lu", percent(p) / 10, percent(p) % 10); break;
	case C: sprintf(text, "%lu", percent(p) / 10); break;
	case F: sprintf(text, "%lx", p->flags & 0xf); break;
	case S: sprintf(text, "%c", p->state); break;
	case COMM: strcpy(text, p->name); break;
	case ARGS: strcpy(text, p->args); break;
	case USER: put_user(p->euid, text); break;
	case RUSER: put_user(p->uid, text); break;
	case GROUP: put_group(p->egid, text); break;
	case RGROUP: put_group(p->gid, text); break;
	case TTY: tty_name(p, text); break;
	case TIME: put_duration(seconds(p), 0, text); break;
	case ELAPSED: put_duration(age(p), 1, text); break;
	case STIME: put_start(p, text); break;
	default: strcpy(text, "-");
	}
}

/* width: negative for text, which begins at the left */
static const struct column {
	const char *name, *title;
	int width, what;
} columns[] = {
	{ "pid", "PID", 5, PID }, { "ppid", "PPID", 5, PPID }, { "pgid", "PGID", 5, PGID },
	{ "sid", "SID", 5, SID }, { "uid", "UID", 5, UID }, { "nice", "NI", 3, NICE }, { "pri", "PRI", 3, PRI },
	{ "sz", "SZ", 5, SZ }, { "vsz", "VSZ", 6, VSZ }, { "pcpu", "%CPU", 4, CPU }, { "c", "C", 2, C },
	{ "f", "F", 1, F }, { "s", "S", -1, S }, { "comm", "COMMAND", -15, COMM },
	{ "args", "COMMAND", -27, ARGS }, { "user", "USER", -8, USER }, { "ruser", "RUSER", -8, RUSER },
	{ "group", "GROUP", -8, GROUP }, { "rgroup", "RGROUP", -8, RGROUP }, { "tty", "TT", -8, TTY },
	{ "time", "TIME", 8, TIME }, { "etime", "ELAPSED", 11, ELAPSED }, { "stime", "STIME", -5, STIME },
	{ "addr", "ADDR", -4, UNKNOWN }, { "wchan", "WCHAN", -6, UNKNOWN },
};

static struct column shown[COLUMNS];
static int nshown;

static struct list {
	int letter;			/* the option it came with; its text is null for -a, -A, -d */
	const char *text;
} lists[LISTS];
static int nlists;

/* pid,comm=NAME,...: what comes after = is a title, up to the end. */
static void add_columns(char *text)
{
	char *next, *title;
	size_t i;

	for (; text; text = next) {
		title = strchr(text, '=');
		next = text + strcspn(text, ", ");
		if (title && title < next)
			next = NULL;
		else
			title = NULL;
		if (title)
			*title++ = '\0';
		if (next)
			next = *next ? (*next = '\0', next + 1) : NULL;
		for (i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
			if (!strcmp(text, columns[i].name))
				break;
		if (i == sizeof(columns) / sizeof(columns[0]) || nshown == COLUMNS)
			errx(EXIT_FAILURE, "'%s' is not a column", text);
		shown[nshown] = columns[i];
		if (title)
			shown[nshown].title = title;
		nshown++;
	}
}

static int read_text(const char *pid, const char *file, char *text, size_t size)
{
	char path[64];
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%s/%s", pid, file);
	f = fopen(path, "r");
	if (!f)
		return -1;			/* it has ended meanwhile */
	n = fread(text, 1, size - 1, f);
	fclose(f);
	text[n] = '\0';
	return n;
}

static void read_arguments(const char *pid, struct process *p)
{
	int n = read_text(pid, "cmdline", p->args, sizeof(p->args)), i;

	for (i = 0; i + 1 < n; i++)
		if (!p->args[i])
			p->args[i] = ' ';
		else if (iscntrl((unsigned char)p->args[i]))
			p->args[i] = '?';	/* a line a process */
	if (n <= 0)
		snprintf(p->args, sizeof(p->args), "[%s]", p->name);
}

static int read_process(const char *pid, struct process *p)
{
	char text[2048], *name, *end;

	if (read_text(pid, "stat", text, sizeof(text)) < 0)
		return 0;
	name = strchr(text, '(');
	end = strrchr(text, ')');		/* the name itself may hold one */
	if (!name || !end)
		return 0;
	*end = '\0';
	p->pid = atoi(pid);
	snprintf(p->name, sizeof(p->name), "%s", name + 1);
	if (sscanf(end + 2, "%c %d %d %d %d %*d %lu %*u %*u %*u %*u %lu %lu %*d %*d %ld %ld %*d %*d %llu %lu",
		   &p->state, &p->ppid, &p->pgid, &p->sid, &p->tty, &p->flags, &p->utime, &p->stime,
		   &p->priority, &p->nice, &p->start, &p->vsize) != 12)
		return 0;
	read_arguments(pid, p);
	if (read_text(pid, "status", text, sizeof(text)) < 0)
		return 0;
	name = strstr(text, "\nUid:");
	end = strstr(text, "\nGid:");
	return name && end && sscanf(name + 5, "%u %u", &p->uid, &p->euid) == 2 &&
	       sscanf(end + 5, "%u %u", &p->gid, &p->egid) == 2;
}

/* Terminals go by their names, with or without /dev/ and tty. */
static int is_terminal(const struct process *p, const char *word)
{
	char name[TEXT];

	if (!strncmp(word, "/dev/", 5))
		word += 5;
	tty_name(p, name);
	return !strcmp(word, name) || (!strncmp(name, "tty", 3) && !strcmp(word, name + 3));
}

static unsigned int user_number(const char *word)
{
	struct passwd *user = isdigit((unsigned char)*word) ? NULL : getpwnam(word);

	if (!user && !isdigit((unsigned char)*word))
		errx(EXIT_FAILURE, "%s: there is no such user", word);
	return user ? user->pw_uid : (unsigned int)atoi(word);
}

static unsigned int group_number(const char *word)
{
	struct group *group = isdigit((unsigned char)*word) ? NULL : getgrnam(word);

	if (!group && !isdigit((unsigned char)*word))
		errx(EXIT_FAILURE, "%s: there is no such group", word);
	return group ? group->gr_gid : (unsigned int)atoi(word);
}

static int matches(const struct process *p, int letter, const char *word)
{
	switch (letter) {
	case 'p': return p->pid == atoi(word);
	case 'g': return p->sid == atoi(word);
	case 't': return is_terminal(p, word);
	case 'u': return p->euid == user_number(word);
	case 'U': return p->uid == user_number(word);
	default: return p->gid == group_number(word);
	}
}

static int in_list(const struct process *p, const struct list *list)
{
	char *copy, *rest, *word;
	int found = 0;

	switch (list->letter) {
	case 'A': return 1;
	case 'a': return p->tty && p->pid != p->sid;
	case 'd': return p->pid != p->sid;
	}
	copy = rest = strdup(list->text);
	while ((word = strsep(&rest, ", \t")))
		found |= *word && matches(p, list->letter, word);
	free(copy);
	return found;
}

static int wanted(const struct process *p, const struct process *self)
{
	int i;

	for (i = 0; i < nlists; i++)
		if (in_list(p, &lists[i]))
			return 1;
	return !nlists && p->euid == self->euid && p->tty == self->tty;
}

/* One cell; the last of a line needs no blanks behind it. */
static void show_cell(int i, const char *text)
{
	const struct column *c = &shown[i];
	int width = abs(c->width), title = strlen(c->title);

	if (title > width)
		width = title;
	if (c->width < 0)
		width = i + 1 < nshown ? -width : 0;
	printf("%s%*s", i ? " " : "", width, text);
}

static void show_titles(void)
{
	int i, any = 0;

	for (i = 0; i < nshown; i++)
		any |= *shown[i].title;
	for (i = 0; any && i < nshown; i++)
		show_cell(i, shown[i].title);
	if (any)
		putchar('\n');
}

static int by_number(const void *a, const void *b)
{
	return atoi(*(char *const *)a) - atoi(*(char *const *)b);
}

/* Returns 1 if there was none to show. */
static int show_all(char **pids, size_t n)
{
	struct process p, self = { 0 };
	char text[TEXT];
	int i, none = 1;

	snprintf(text, sizeof(text), "%d", getpid());
	read_process(text, &self);
	for (; n--; pids++) {
		if (!read_process(*pids, &p) || !wanted(&p, &self))
			continue;
		none = 0;
		for (i = 0; i < nshown; i++) {
			put_column(shown[i].what, &p, text);
			show_cell(i, text);
		}
		putchar('\n');
	}
	return none;
}

/* The columns of -f and -l, and those of neither. */
static void add_usual_columns(int full, int longer)
{
	static const char *const sets[2][2] = {
		{ "pid tty=TTY", "f s uid pid ppid c pri nice addr sz wchan tty=TTY" },
		{ "user=UID", "f s user=UID" },
	};
	static const char *const after_user = "pid ppid c", *const more = "pri nice addr sz wchan",
			  *const from_start = "stime tty=TTY";

	add_columns(strdup(sets[full][longer]));
	if (full)
		add_columns(strdup(after_user));
	if (full && longer)
		add_columns(strdup(more));
	if (full)
		add_columns(strdup(from_start));
	add_columns(strdup("time"));
	add_columns(strdup(full ? "args=CMD" : "comm=CMD"));
}

static void read_clock(void)
{
	FILE *f = fopen("/proc/uptime", "r");

	ticks = sysconf(_SC_CLK_TCK);
	if (!f || fscanf(f, "%lu", &uptime) != 1)
		err(EXIT_FAILURE, "/proc/uptime");
	fclose(f);
}

static char **all_processes(size_t *n)
{
	struct dirent *d;
	char **pids = NULL;
	DIR *proc = opendir("/proc");

	if (!proc)
		err(EXIT_FAILURE, "/proc");
	for (*n = 0; (d = readdir(proc)); ) {
		if (!isdigit((unsigned char)d->d_name[0]))
			continue;
		if (*n % 256 == 0)
			pids = realloc(pids, (*n + 256) * sizeof(*pids));
		if (!pids)
			err(EXIT_FAILURE, "/proc");
		pids[(*n)++] = strdup(d->d_name);
	}
	closedir(proc);
	qsort(pids, *n, sizeof(pids[0]), by_number);
	return pids;
}

int main(int argc, char **argv)
{
	int c, full = 0, longer = 0;
	char **pids;
	size_t n;

	while ((c = next_option(argc, argv, "aAdefg:G:ln:o:p:t:u:U:", help)) != -1) {
		if (c == 'o') {
			add_columns(strdup(optarg));	/* itself it is what others see as the arguments */
		} else if (c == 'f' || c == 'l') {
			full |= c == 'f';
			longer |= c == 'l';
		} else if (c != 'n') {		/* -n: the kernel's names are not needed here */
			if (nlists == LISTS)
				errx(EXIT_FAILURE, "more than %d lists", LISTS);
			lists[nlists++] = (struct list){ c == 'e' ? 'A' : c, optarg };
		}
	}
	if (optind < argc)
		wrong_usage(help);
	for (c = 0; c < nlists; c++)
		in_list(&(struct process){ 0 }, &lists[c]);	/* a name that is none ends it before all output */
	if (!nshown)
		add_usual_columns(full, longer);
	read_clock();
	pids = all_processes(&n);
	show_titles();
	return show_all(pids, n);
}
