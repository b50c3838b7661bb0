/* dmesg - the kernel's messages.  The call: syslog(2), here by its library name klogctl(). */
#include <ctype.h>
#include <sys/klog.h>
#include "command.h"

#define SYSLOG_READ_ALL 3
#define SYSLOG_READ_CLEAR 4
#define SYSLOG_CLEAR 5
#define SYSLOG_CONSOLE_OFF 6
#define SYSLOG_CONSOLE_ON 7
#define SYSLOG_CONSOLE_LEVEL 8
#define SYSLOG_SIZE 10

static const char help[] =
	"usage: dmesg [-c|-C|-D|-E|-n LEVEL] [-rtx] [-l LEVEL,...] [-s BYTES]\n"
	"  -c  and forget them   -C  only forget them   -D, -E  none, or all again, on the console\n"
	"  -n  say only what is more urgent than LEVEL on the console\n"
	"  -r  with their priorities as numbers   -x  as words   -t  without their times\n"
	"  -l  only those of these LEVELs   -s  only what goes into so many bytes\n"
	"LEVEL: emerg alert crit err warn notice info debug, or 1 to 8.\n";

static const char *const levels[] = { "emerg", "alert", "crit", "err", "warn", "notice", "info", "debug" };

static int raw, in_words, no_times;
static unsigned int wanted = 0xff;	/* a bit a level */

static int level_or_die(const char *name)
{
	int i;

	for (i = 0; i < 8; i++)
		if (!strcmp(name, levels[i]))
			return i;
	errx(EXIT_FAILURE, "%s: there is no such level", name);
}

static unsigned int levels_or_die(char *list)
{
	unsigned int bits = 0;
	char *name;

	while ((name = strsep(&list, ",")))
		bits |= 1 << level_or_die(name);
	return bits;
}

/* One line "<priority>[   time] text". */
static void show_line(const char *line, const char *end)
{
	static int level = 4;		/* a line without one goes on with the message before */
	const char *text = line;

	if (*line == '<' && isdigit((unsigned char)line[1])) {
		level = strtol(line + 1, (char **)&text, 10) & 7;
		text += *text == '>';
	}
	if (!(wanted & 1 << level))
		return;
	if (raw)
		text = line;
	else if (in_words)
		printf("kern  :%-6s: ", levels[level]);
	if (no_times && *text == '[' && memchr(text, ']', end - text)) {
		text = (const char *)memchr(text, ']', end - text) + 1;
		text += text < end && *text == ' ';
	}
	fwrite(text, 1, end - text, stdout);
	putchar('\n');
}

static void show(const char *text, const char *end)
{
	const char *line_end;

	for (; text < end; text = line_end + 1) {
		line_end = memchr(text, '\n', end - text);
		if (!line_end)
			line_end = end;
		show_line(text, line_end);
	}
}

static int only(int action, int argument)
{
	return klogctl(action, NULL, argument) < 0 ? failed_on("the kernel's messages") : 0;
}

int main(int argc, char **argv)
{
	int c, n, action = SYSLOG_READ_ALL, size = klogctl(SYSLOG_SIZE, NULL, 0);
	char *buf;

	while ((c = next_option(argc, argv, "cCDErtxl:n:s:", help)) != -1) {
		switch (c) {
		case 'c': action = SYSLOG_READ_CLEAR; break;
		case 'C': return only(SYSLOG_CLEAR, 0);
		case 'D': return only(SYSLOG_CONSOLE_OFF, 0);
		case 'E': return only(SYSLOG_CONSOLE_ON, 0);
		case 'n':
			return only(SYSLOG_CONSOLE_LEVEL, isdigit((unsigned char)*optarg) ? number_or_die(optarg)
										     : level_or_die(optarg) + 1);
		case 'r': raw = 1; break;
		case 't': no_times = 1; break;
		case 'x': in_words = 1; break;
		case 'l': wanted = levels_or_die(optarg); break;
		case 's': size = number_or_die(optarg); break;
		}
	}
	buf = size > 0 ? malloc(size) : NULL;
	n = buf ? klogctl(action, buf, size) : -1;
	if (n < 0)
		err(EXIT_FAILURE, "the kernel's messages");
	show(buf, buf + n);
	return 0;
}
