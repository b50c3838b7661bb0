/*
 * stty - a terminal's modes.  The calls: ioctl(2) with TCGETS and TCSETSW, by
 * tcgetattr() and tcsetattr(); TIOCGWINSZ for the size.
 */
#include <sys/ioctl.h>
#include <termios.h>
#include "command.h"

static const char help[] =
	"usage: stty [-a|-g] [-F DEVICE] [SETTING...]\n"
	"Shows or changes the terminal on standard input.  SETTING: a flag as -a shows\n"
	"it (with - in front: off), raw, cooked, sane, -echo, a speed, rows N, cols N,\n"
	"min N, time N, what -g wrote, or a character's name and the character (intr ^C).\n";

enum word { IFLAG, OFLAG, CFLAG, LFLAG };

static const struct flag {
	const char *name;
	enum word word;
	tcflag_t bit, mask;
} flags[] = {
	{ "ignbrk", IFLAG, IGNBRK, 0 }, { "brkint", IFLAG, BRKINT, 0 }, { "ignpar", IFLAG, IGNPAR, 0 },
	{ "parmrk", IFLAG, PARMRK, 0 }, { "inpck", IFLAG, INPCK, 0 }, { "istrip", IFLAG, ISTRIP, 0 },
	{ "inlcr", IFLAG, INLCR, 0 }, { "igncr", IFLAG, IGNCR, 0 }, { "icrnl", IFLAG, ICRNL, 0 },
	{ "ixon", IFLAG, IXON, 0 }, { "ixany", IFLAG, IXANY, 0 }, { "ixoff", IFLAG, IXOFF, 0 },
	{ "imaxbel", IFLAG, IMAXBEL, 0 }, { "iutf8", IFLAG, IUTF8, 0 },
	{ "opost", OFLAG, OPOST, 0 }, { "onlcr", OFLAG, ONLCR, 0 }, { "ocrnl", OFLAG, OCRNL, 0 },
	{ "tab3", OFLAG, XTABS, TABDLY },
	{ "cs7", CFLAG, CS7, CSIZE }, { "cs8", CFLAG, CS8, CSIZE }, { "cstopb", CFLAG, CSTOPB, 0 },
	{ "cread", CFLAG, CREAD, 0 }, { "parenb", CFLAG, PARENB, 0 }, { "parodd", CFLAG, PARODD, 0 },
	{ "hupcl", CFLAG, HUPCL, 0 }, { "clocal", CFLAG, CLOCAL, 0 }, { "crtscts", CFLAG, CRTSCTS, 0 },
	{ "isig", LFLAG, ISIG, 0 }, { "icanon", LFLAG, ICANON, 0 }, { "echo", LFLAG, ECHO, 0 },
	{ "echoe", LFLAG, ECHOE, 0 }, { "echok", LFLAG, ECHOK, 0 }, { "echonl", LFLAG, ECHONL, 0 },
	{ "echoctl", LFLAG, ECHOCTL, 0 }, { "echoke", LFLAG, ECHOKE, 0 }, { "noflsh", LFLAG, NOFLSH, 0 },
	{ "tostop", LFLAG, TOSTOP, 0 }, { "iexten", LFLAG, IEXTEN, 0 },
};

static const struct character {
	const char *name;
	int index;
} characters[] = {
	{ "intr", VINTR }, { "quit", VQUIT }, { "erase", VERASE }, { "kill", VKILL }, { "eof", VEOF },
	{ "eol", VEOL }, { "start", VSTART }, { "stop", VSTOP }, { "susp", VSUSP },
	{ "rprnt", VREPRINT }, { "werase", VWERASE }, { "lnext", VLNEXT },
};

static const struct speed {
	unsigned int baud;
	speed_t code;
} speeds[] = {
	{ 0, B0 }, { 300, B300 }, { 1200, B1200 }, { 2400, B2400 }, { 4800, B4800 }, { 9600, B9600 },
	{ 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static struct termios t;

static tcflag_t *word_of(enum word w)
{
	switch (w) {
	case IFLAG: return &t.c_iflag;
	case OFLAG: return &t.c_oflag;
	case CFLAG: return &t.c_cflag;
	default: return &t.c_lflag;
	}
}

static void show_character(unsigned char c)
{
	if (!c)
		printf("<undef>");
	else if (c == 0177)
		printf("^?");
	else if (c < ' ')
		printf("^%c", c + '@');
	else
		printf("%c", c);
}

static void show(int fd, int all)
{
	struct winsize ws = { 0 };
	enum word word = IFLAG;
	size_t i;

	for (i = 0; i < COUNT(speeds); i++)
		if (speeds[i].code == cfgetospeed(&t))
			printf("speed %u baud;", speeds[i].baud);
	ioctl(fd, TIOCGWINSZ, &ws);
	printf(" rows %u; columns %u; line = %u;\n", ws.ws_row, ws.ws_col, t.c_line);
	if (!all)
		return;
	for (i = 0; i < COUNT(characters); i++) {
		printf("%s = ", characters[i].name);
		show_character(t.c_cc[characters[i].index]);
		printf(i % 7 == 6 ? ";\n" : "; ");
	}
	printf("min = %u; time = %u;\n", t.c_cc[VMIN], t.c_cc[VTIME]);
	for (i = 0; i < COUNT(flags); i++) {
		const struct flag *f = &flags[i];

		if (f->word != word)
			putchar('\n');
		else if (i)
			putchar(' ');
		word = f->word;
		printf("%s%s", (*word_of(word) & (f->mask ? f->mask : f->bit)) == f->bit ? "" : "-", f->name);
	}
	putchar('\n');
}

static int set_flag(const char *name)
{
	int off = *name == '-';
	size_t i;

	for (i = 0; i < COUNT(flags); i++) {
		if (strcmp(name + off, flags[i].name))
			continue;
		*word_of(flags[i].word) &= ~(flags[i].mask ? flags[i].mask : flags[i].bit);
		if (!off)
			*word_of(flags[i].word) |= flags[i].bit;
		return 1;
	}
	return 0;
}

static int set_combination(const char *name)
{
	if (!strcmp(name, "raw") || !strcmp(name, "-cooked")) {
		cfmakeraw(&t);
		t.c_cc[VMIN] = 1;
		t.c_cc[VTIME] = 0;
	} else if (!strcmp(name, "cooked") || !strcmp(name, "-raw") || !strcmp(name, "sane")) {
		t.c_iflag |= BRKINT | ICRNL | IXON;
		t.c_oflag |= OPOST | ONLCR;
		t.c_lflag |= ISIG | ICANON | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE | IEXTEN;
		t.c_cc[VINTR] = 3;
		t.c_cc[VEOF] = 4;
		t.c_cc[VERASE] = 0177;
	} else {
		return 0;
	}
	return 1;
}

static int set_speed(const char *text)
{
	char *end;
	unsigned long baud = strtoul(text, &end, 10);
	size_t i;

	if (*end)
		return 0;
	for (i = 0; i < COUNT(speeds); i++)
		if (speeds[i].baud == baud)
			return !cfsetospeed(&t, speeds[i].code) && !cfsetispeed(&t, speeds[i].code);
	return 0;
}

static unsigned char character(const char *text)
{
	if (text[0] == '^' && text[1])
		return text[1] == '?' ? 0177 : text[1] == '-' ? 0 : text[1] & 0x1f;
	return strcmp(text, "undef") ? text[0] : 0;
}

/* A setting with a value after it.  1: it was one. */
static int set_value(int fd, const char *name, const char *value)
{
	struct winsize ws;
	size_t i;

	if (!value)
		return 0;
	if (!strcmp(name, "rows") || !strcmp(name, "cols") || !strcmp(name, "columns")) {
		ioctl(fd, TIOCGWINSZ, &ws);
		*(name[0] == 'r' ? &ws.ws_row : &ws.ws_col) = number_or_die(value);
		return !ioctl(fd, TIOCSWINSZ, &ws);
	}
	if (!strcmp(name, "min") || !strcmp(name, "time")) {
		t.c_cc[name[0] == 'm' ? VMIN : VTIME] = number_or_die(value);
		return 1;
	}
	for (i = 0; i < COUNT(characters); i++) {
		if (!strcmp(name, characters[i].name)) {
			t.c_cc[characters[i].index] = character(value);
			return 1;
		}
	}
	return 0;
}

/* -g: all of it in a form that stty takes back. */
static void show_all_as_numbers(void)
{
	int i;

	printf("%x:%x:%x:%x", t.c_iflag, t.c_oflag, t.c_cflag, t.c_lflag);
	for (i = 0; i < NCCS; i++)
		printf(":%x", t.c_cc[i]);
	putchar('\n');
}

static int set_all(const char *text)
{
	tcflag_t *const words[] = { &t.c_iflag, &t.c_oflag, &t.c_cflag, &t.c_lflag };
	struct termios kept = t;
	char *end;
	int i;

	for (i = 0; i < 4 + NCCS; i++) {
		unsigned long value = strtoul(text, &end, 16);

		if (end == text || *end != (i < 3 + NCCS ? ':' : '\0')) {
			t = kept;
			return 0;
		}
		if (i < 4)
			*words[i] = value;
		else
			t.c_cc[i - 4] = value;
		text = end + 1;
	}
	return 1;
}

int main(int argc, char **argv)
{
	int i = 1, fd = STDIN_FILENO, all = 0, numbers = 0, changed = 0;

	if (argc > 1 && !strcmp(argv[1], "--help"))
		no_options(argc, argv, help);
	for (; i < argc; i++) {			/* no getopt: -echo is a setting */
		if (!strcmp(argv[i], "-F") && i + 1 < argc)
			fd = open(argv[++i], O_RDWR | O_NONBLOCK | O_NOCTTY);
		else if (!strcmp(argv[i], "-a"))
			all = 1;
		else if (!strcmp(argv[i], "-g"))
			numbers = 1;
		else
			break;
	}
	if (tcgetattr(fd, &t))
		err(EXIT_FAILURE, "the terminal");
	for (; i < argc; i++) {
		if (set_value(fd, argv[i], argv[i + 1]))
			i++;
		else if (!set_flag(argv[i]) && !set_combination(argv[i]) && !set_speed(argv[i]) &&
			 !set_all(argv[i]))
			errx(EXIT_FAILURE, "'%s' is not a setting", argv[i]);
		changed = 1;
	}
	if (!changed && numbers)
		show_all_as_numbers();
	else if (!changed)
		show(fd, all);
	else if (tcsetattr(fd, TCSADRAIN, &t))
		err(EXIT_FAILURE, "the terminal");
	return 0;
}
