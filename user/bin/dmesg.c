/* dmesg - the kernel's messages.  The call: syslog(2), here by its library name klogctl(). */
#include <ctype.h>
#include <sys/klog.h>
#include "command.h"

#define SYSLOG_READ_ALL 3
#define SYSLOG_READ_CLEAR 4
#define SYSLOG_CLEAR 5
#define SYSLOG_CONSOLE_LEVEL 8
#define SYSLOG_SIZE 10

static const char help[] =
	"usage: dmesg [-cCr] [-n LEVEL]\n"
	"  -c  and forget them   -C  only forget them   -r  with their priorities\n"
	"  -n  say only what is more urgent than LEVEL (1-8) on the console\n";

/* Without "<priority>" at the beginning of each line. */
static void show(const char *text, size_t n, int raw)
{
	int line_start = 1;

	while (n--) {
		if (!raw && line_start && *text == '<') {
			while (n && *text != '>')
				text++, n--;
			text++;
			line_start = 0;
			continue;
		}
		line_start = *text == '\n';
		putchar(*text++);
	}
}

int main(int argc, char **argv)
{
	int c, n, action = SYSLOG_READ_ALL, raw = 0;
	char *buf;

	while ((c = next_option(argc, argv, "cCrn:", help)) != -1) {
		switch (c) {
		case 'c':
			action = SYSLOG_READ_CLEAR;
			break;
		case 'C':
			if (klogctl(SYSLOG_CLEAR, NULL, 0))
				err(EXIT_FAILURE, "clear");
			return 0;
		case 'r':
			raw = 1;
			break;
		case 'n':
			if (klogctl(SYSLOG_CONSOLE_LEVEL, NULL, number_or_die(optarg)))
				err(EXIT_FAILURE, "level %s", optarg);
			return 0;
		}
	}
	n = klogctl(SYSLOG_SIZE, NULL, 0);
	buf = n > 0 ? malloc(n) : NULL;
	n = buf ? klogctl(action, buf, n) : -1;
	if (n < 0)
		err(EXIT_FAILURE, "the kernel's messages");
	show(buf, n, raw);
	return 0;
}
