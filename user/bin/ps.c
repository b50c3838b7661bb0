/*
 * ps - which processes there are.  There is no call for that: it reads
 * /proc/PID/stat, one line of text a process.
 */
#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>
#include "command.h"

#define COLUMNS 16

static const char help[] =
	"usage: ps [-aAdefl] [-p PID[,PID...]] [-o COLUMN[=TITLE],...]\n"
	"Shows every process, or with -a and -d those with a terminal and those that lead\n"
	"no session, or with -p those named.  -f, -l and -o choose columns: pid ppid pgid\n"
	"sid s tty time vsz nice pri comm args user.\n"
	"States: R runs, S sleeps, D waits for a device, T stopped, Z ended, I idle.\n";

/* A line of /proc/PID/stat: proc(5) numbers the fields as here. */
struct process {
	int pid, ppid, pgid, sid, tty;
	long priority, nice;
	unsigned long utime, stime, vsize;
	char state, name[32], args[256];
	uid_t uid;
};

static void put_tty(const struct process *p, int width)
{
	char text[16] = "?";
	int minor = p->tty & 0xff;

	if (p->tty)
		snprintf(text, sizeof(text), minor >= 64 ? "ttyS%d" : "tty%d", minor >= 64 ? minor - 64 : minor);
	printf("%-*s", width, text);
}

static void put_time(const struct process *p, int width)
{
	unsigned long seconds = (p->utime + p->stime) / sysconf(_SC_CLK_TCK);

	printf("%*lu:%02lu", width - 3, seconds / 60, seconds % 60);
}

static void put_user(const struct process *p, int width)
{
	if (p->uid)
		printf("%-*u", width, (unsigned int)p->uid);
	else
		printf("%-*s", width, "root");
}

static void put_pid(const struct process *p, int width) { printf("%*d", width, p->pid); }
static void put_ppid(const struct process *p, int width) { printf("%*d", width, p->ppid); }
static void put_pgid(const struct process *p, int width) { printf("%*d", width, p->pgid); }
static void put_sid(const struct process *p, int width) { printf("%*d", width, p->sid); }
static void put_state(const struct process *p, int width) { printf("%-*c", width, p->state); }
static void put_vsz(const struct process *p, int width) { printf("%*lu", width, p->vsize / 1024); }
static void put_nice(const struct process *p, int width) { printf("%*ld", width, p->nice); }
static void put_pri(const struct process *p, int width) { printf("%*ld", width, p->priority); }
static void put_comm(const struct process *p, int width) { printf("%-*s", width, p->name); }
static void put_args(const struct process *p, int width) { printf("%-*s", width, p->args); }

static const struct column {
	const char *name, *title;
	int width;
	void (*put)(const struct process *p, int width);
} columns[] = {
	{ "pid", "PID", 5, put_pid }, { "ppid", "PPID", 5, put_ppid }, { "pgid", "PGID", 5, put_pgid },
	{ "sid", "SID", 5, put_sid }, { "s", "S", 1, put_state }, { "tty", "TTY", 6, put_tty },
	{ "time", "TIME", 8, put_time }, { "vsz", "VSZ", 6, put_vsz }, { "nice", "NI", 3, put_nice },
	{ "pri", "PRI", 3, put_pri }, { "comm", "COMMAND", 0, put_comm },
	{ "args", "COMMAND", 0, put_args }, { "user", "USER", 8, put_user },
};

static struct column shown[COLUMNS];
static int nshown, with_terminal, no_leaders;
static const char *only;

/* pid,comm=NAME,...: what comes after = is a title, up to the end. */
static void add_columns(char *text)
{
	char *next, *title;
	size_t i;

	for (; text; text = next) {
		title = strchr(text, '=');
		next = strchr(text, ',');
		if (title && (!next || title < next))
			next = NULL;
		else
			title = NULL;
		if (title)
			*title++ = '\0';
		if (next)
			*next++ = '\0';
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

static int read_process(const char *pid, struct process *p)
{
	char text[512], path[64], *name, *end;
	struct stat st;
	int n, i;

	if (read_text(pid, "stat", text, sizeof(text)) < 0)
		return 0;
	name = strchr(text, '(');
	end = strrchr(text, ')');		/* the name itself may hold one */
	if (!name || !end)
		return 0;
	*end = '\0';
	p->pid = atoi(pid);
	snprintf(p->name, sizeof(p->name), "%s", name + 1);
	if (sscanf(end + 2, "%c %d %d %d %d %*d %*u %*u %*u %*u %*u %lu %lu %*d %*d %ld %ld %*d %*d %*u %lu",
		   &p->state, &p->ppid, &p->pgid, &p->sid, &p->tty, &p->utime, &p->stime, &p->priority,
		   &p->nice, &p->vsize) != 10)
		return 0;
	snprintf(path, sizeof(path), "/proc/%s", pid);
	p->uid = stat(path, &st) ? 0 : st.st_uid;
	n = read_text(pid, "cmdline", p->args, sizeof(p->args));
	for (i = 0; i + 1 < n; i++)
		if (!p->args[i])
			p->args[i] = ' ';
		else if (iscntrl((unsigned char)p->args[i]))
			p->args[i] = '?';	/* a line a process */
	if (n <= 0)
		snprintf(p->args, sizeof(p->args), "[%s]", p->name);
	return 1;
}

static int wanted(const struct process *p)
{
	const char *at = only;

	if (with_terminal && (!p->tty || p->pid == p->sid))
		return 0;
	if (no_leaders && p->pid == p->sid)
		return 0;
	while (at && *at) {
		if (atoi(at) == p->pid)
			return 1;
		at += strcspn(at, ", ");
		at += strspn(at, ", ");
	}
	return !only;
}

static void show_titles(void)
{
	int i;

	for (i = 0; i < nshown; i++)
		printf(shown[i].put == put_state || shown[i].put == put_tty || shown[i].put == put_user ? "%s%-*s" : "%s%*s",
		       i ? " " : "", shown[i].width, shown[i].title);
	putchar('\n');
}

static int by_number(const void *a, const void *b)
{
	return atoi(*(char *const *)a) - atoi(*(char *const *)b);
}

static void show_all(char **pids, size_t n)
{
	struct process p;
	size_t i;
	int c;

	for (i = 0; i < n; i++) {
		if (!read_process(pids[i], &p) || !wanted(&p))
			continue;
		for (c = 0; c < nshown; c++) {
			if (c)
				putchar(' ');
			shown[c].put(&p, shown[c].width);
		}
		putchar('\n');
	}
}

int main(int argc, char **argv)
{
	static char usual[] = "pid,ppid,pgid,s,tty,time,comm", full[] = "user,pid,ppid,tty,time,args",
		    longer[] = "s,user,pid,ppid,pri,nice,vsz,tty,time,comm";
	char *pids[4096], *set = usual;
	struct dirent *d;
	size_t n = 0;
	DIR *proc;
	int c;

	while ((c = next_option(argc, argv, "aAdeflo:p:", help)) != -1) {
		with_terminal |= c == 'a';
		no_leaders |= c == 'd';
		if (c == 'o')
			add_columns(optarg);
		else if (c == 'p')
			only = optarg;
		else if (c == 'f' || c == 'l')
			set = c == 'f' ? full : longer;
	}
	if (!nshown)
		add_columns(set);
	proc = opendir("/proc");
	if (!proc)
		err(EXIT_FAILURE, "/proc");
	while ((d = readdir(proc)))
		if (isdigit(d->d_name[0]) && n < sizeof(pids) / sizeof(pids[0]))
			pids[n++] = strdup(d->d_name);
	closedir(proc);
	qsort(pids, n, sizeof(pids[0]), by_number);
	show_titles();
	show_all(pids, n);
	return 0;
}
