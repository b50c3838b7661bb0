/*
 * stty - a terminal's modes.  The calls: ioctl(2) with TCGETS and TCSETSW, by
 * tcgetattr() and tcsetattr(); TIOCGWINSZ for the size.
 */
#include <ctype.h>
#include <sys/ioctl.h>
#include <termios.h>
#include "command.h"

static const char help[] =
	"usage: stty [-a|-g] [-F DEVICE] [SETTING...]\n"
	"Shows or changes the terminal on standard input.  SETTING: a flag as -a shows\n"
	"it (with - in front: off), a character's name and the character (intr ^C), min N,\n"
	"time N, rows N, cols N, a speed (or ispeed N, ospeed N), what -g wrote, or one of\n"
	"  raw, cooked, sane, nl, -nl, ek (erase and kill as they were made), tabs, -tabs\n"
	"  evenp, parity, oddp and with - in front, all with the right number of bits\n"
	"size and speed are shown alone.\n";

enum word { IFLAG, OFLAG, CFLAG, LFLAG };

/* mask: of several bits that make one choice */
static const struct flag {
	const char *name;
	enum word word;
	tcflag_t bit, mask;
} flags[] = {
	{ "ignbrk", IFLAG, IGNBRK, 0 }, { "brkint", IFLAG, BRKINT, 0 }, { "ignpar", IFLAG, IGNPAR, 0 },
	{ "parmrk", IFLAG, PARMRK, 0 }, { "inpck", IFLAG, INPCK, 0 }, { "istrip", IFLAG, ISTRIP, 0 },
	{ "inlcr", IFLAG, INLCR, 0 }, { "igncr", IFLAG, IGNCR, 0 }, { "icrnl", IFLAG, ICRNL, 0 },
	{ "ixon", IFLAG, IXON, 0 }, { "ixany", IFLAG, IXANY, 0 }, { "ixoff", IFLAG, IXOFF, 0 },
	{ "iuclc", IFLAG, IUCLC, 0 }, { "imaxbel", IFLAG, IMAXBEL, 0 }, { "iutf8", IFLAG, IUTF8, 0 },
	{ "opost", OFLAG, OPOST, 0 }, { "olcuc", OFLAG, OLCUC, 0 }, { "onlcr", OFLAG, ONLCR, 0 },
	{ "ocrnl", OFLAG, OCRNL, 0 }, { "onocr", OFLAG, ONOCR, 0 }, { "onlret", OFLAG, ONLRET, 0 },
	{ "ofill", OFLAG, OFILL, 0 }, { "ofdel", OFLAG, OFDEL, 0 },
	{ "nl0", OFLAG, NL0, NLDLY }, { "nl1", OFLAG, NL1, NLDLY },
	{ "cr0", OFLAG, CR0, CRDLY }, { "cr1", OFLAG, CR1, CRDLY },
	{ "cr2", OFLAG, CR2, CRDLY }, { "cr3", OFLAG, CR3, CRDLY },
	{ "tab0", OFLAG, TAB0, TABDLY }, { "tab1", OFLAG, TAB1, TABDLY },
	{ "tab2", OFLAG, TAB2, TABDLY }, { "tab3", OFLAG, TAB3, TABDLY },
	{ "bs0", OFLAG, BS0, BSDLY }, { "bs1", OFLAG, BS1, BSDLY },
	{ "vt0", OFLAG, VT0, VTDLY }, { "vt1", OFLAG, VT1, VTDLY },
	{ "ff0", OFLAG, FF0, FFDLY }, { "ff1", OFLAG, FF1, FFDLY },
	{ "cs5", CFLAG, CS5, CSIZE }, { "cs6", CFLAG, CS6, CSIZE },
	{ "cs7", CFLAG, CS7, CSIZE }, { "cs8", CFLAG, CS8, CSIZE }, { "cstopb", CFLAG, CSTOPB, 0 },
	{ "cread", CFLAG, CREAD, 0 }, { "parenb", CFLAG, PARENB, 0 }, { "parodd", CFLAG, PARODD, 0 },
	{ "hupcl", CFLAG, HUPCL, 0 }, { "clocal", CFLAG, CLOCAL, 0 }, { "crtscts", CFLAG, CRTSCTS, 0 },
	{ "isig", LFLAG, ISIG, 0 }, { "icanon", LFLAG, ICANON, 0 }, { "iexten", LFLAG, IEXTEN, 0 },
	{ "echo", LFLAG, ECHO, 0 }, { "echoe", LFLAG, ECHOE, 0 }, { "echok", LFLAG, ECHOK, 0 },
	{ "echonl", LFLAG, ECHONL, 0 }, { "echoctl", LFLAG, ECHOCTL, 0 }, { "echoke", LFLAG, ECHOKE, 0 },
	{ "echoprt", LFLAG, ECHOPRT, 0 }, { "noflsh", LFLAG, NOFLSH, 0 }, { "tostop", LFLAG, TOSTOP, 0 },
};

static const struct character {
	const char *name;
	int index;
	cc_t usual;
} characters[] = {
	{ "intr", VINTR, 3 }, { "quit", VQUIT, 034 }, { "erase", VERASE, 0177 }, { "kill", VKILL, 025 },
	{ "eof", VEOF, 4 }, { "eol", VEOL, 0 }, { "eol2", VEOL2, 0 }, { "start", VSTART, 021 },
	{ "stop", VSTOP, 023 }, { "susp", VSUSP, 032 }, { "rprnt", VREPRINT, 022 },
	{ "werase", VWERASE, 027 }, { "lnext", VLNEXT, 026 }, { "discard", VDISCARD, 017 },
};

/* A name that stands for other settings. */
static const struct combination {
	const char *name, *settings;
} combinations[] = {
	{ "parity", "parenb -parodd cs7" }, { "evenp", "parenb -parodd cs7" }, { "oddp", "parenb parodd cs7" },
	{ "-parity", "-parenb cs8" }, { "-evenp", "-parenb cs8" }, { "-oddp", "-parenb cs8" },
	{ "nl", "-icrnl -onlcr" }, { "-nl", "icrnl -inlcr -igncr onlcr -ocrnl -onlret" },
	{ "tabs", "tab0" }, { "-tabs", "tab3" }, { "hup", "hupcl" }, { "-hup", "-hupcl" },
	{ "raw", "-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr -icrnl -ixon -ixoff -iuclc "
		 "-ixany -imaxbel -opost -isig -icanon" },
	{ "cooked", "brkint ignpar istrip icrnl ixon opost isig icanon" },
	{ "sane", "cread -ignbrk brkint -inlcr -igncr icrnl icanon iexten echo echoe echok -echonl -noflsh -ixoff "
		  "ixon -iutf8 -iuclc -ixany imaxbel -olcuc -ocrnl opost -ofill onlcr -onocr -onlret nl0 cr0 tab0 "
		  "bs0 vt0 ff0 isig -tostop -ofdel -echoprt echoctl echoke" },
};

static const struct speed {
	unsigned int baud;
	speed_t code;
} speeds[] = {
	{ 0, B0 }, { 50, B50 }, { 75, B75 }, { 110, B110 }, { 134, B134 }, { 150, B150 }, { 200, B200 },
	{ 300, B300 }, { 600, B600 }, { 1200, B1200 }, { 1800, B1800 }, { 2400, B2400 }, { 4800, B4800 },
	{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
	{ 230400, B230400 }, { 460800, B460800 }, { 921600, B921600 },
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

static unsigned int baud(void)
{
	size_t i;

	for (i = 0; i + 1 < COUNT(speeds) && speeds[i].code != cfgetospeed(&t); i++)
		;
	return speeds[i].baud;
}

static void show_flags(void)
{
	enum word word = IFLAG;
	const char *between = "";
	size_t i;

	for (i = 0; i < COUNT(flags); i++) {
		const struct flag *f = &flags[i];
		int on = (*word_of(f->word) & (f->mask ? f->mask : f->bit)) == f->bit;

		if (f->word != word)
			between = "\n";
		word = f->word;
		if (f->mask && !on)
			continue;
		printf("%s%s%s", between, on ? "" : "-", f->name);
		between = " ";
	}
	putchar('\n');
}

static void show(int fd, int all)
{
	struct winsize ws = { 0 };
	size_t i;

	ioctl(fd, TIOCGWINSZ, &ws);
	printf("speed %u baud; rows %u; columns %u; line = %u;\n", baud(), ws.ws_row, ws.ws_col, t.c_line);
	if (!all)
		return;
	for (i = 0; i < COUNT(characters); i++) {
		printf("%s = ", characters[i].name);
		show_character(t.c_cc[characters[i].index]);
		printf(i % 7 == 6 ? ";\n" : "; ");
	}
	printf("min = %u; time = %u;\n", t.c_cc[VMIN], t.c_cc[VTIME]);
	show_flags();
}

static int set_flag(const char *name)
{
	int off = *name == '-';
	size_t i;

	for (i = 0; i < COUNT(flags); i++) {
		if (strcmp(name + off, flags[i].name) || (off && flags[i].mask))
			continue;
		*word_of(flags[i].word) &= ~(flags[i].mask ? flags[i].mask : flags[i].bit);
		if (!off)
			*word_of(flags[i].word) |= flags[i].bit;
		return 1;
	}
	return 0;
}

static void set_usual_characters(const char *only)
{
	size_t i;

	for (i = 0; i < COUNT(characters); i++)
		if (!only || strstr(only, characters[i].name))
			t.c_cc[characters[i].index] = characters[i].usual;
}

static int set_combination(const char *name)
{
	char *copy, *rest, *one;
	size_t i;

	if (!strcmp(name, "ek")) {
		set_usual_characters("erase kill");
		return 1;
	}
	if (!strcmp(name, "-raw") || !strcmp(name, "-cooked"))
		name = name[1] == 'r' ? "cooked" : "raw";
	for (i = 0; i < COUNT(combinations) && strcmp(name, combinations[i].name); i++)
		;
	if (i == COUNT(combinations))
		return 0;
	copy = rest = strdup(combinations[i].settings);
	while ((one = strsep(&rest, " ")))
		set_flag(one);
	free(copy);
	if (!strcmp(name, "raw")) {
		t.c_cc[VMIN] = 1;
		t.c_cc[VTIME] = 0;
	} else if (!strcmp(name, "sane")) {
		set_usual_characters(NULL);
	}
	return 1;
}

/* which: as in ispeed and ospeed, or 0 for both */
static int set_speed(const char *text, char which)
{
	char *end;
	unsigned long baud = strtoul(text, &end, 10);
	size_t i;

	if (!isdigit((unsigned char)*text) || *end)
		return 0;
	for (i = 0; i < COUNT(speeds); i++)
		if (speeds[i].baud == baud)
			return !(which != 'i' && cfsetospeed(&t, speeds[i].code)) &&
			       !(which != 'o' && cfsetispeed(&t, speeds[i].code));
	return 0;
}

static unsigned char character(const char *text)
{
	if (!text[0] || !text[1])
		return text[0];
	if (text[0] == '^')
		return text[1] == '?' ? 0177 : text[1] == '-' ? 0 : text[1] & 0x1f;
	return strcmp(text, "undef") ? number_or_die(text) : 0;
}

/* A setting with a value after it.  1: it was one. */
static int set_value(int fd, const char *name, const char *value)
{
	struct winsize ws;
	size_t i;

	if (!value)
		return 0;
	if (!strcmp(name, "ispeed") || !strcmp(name, "ospeed"))
		return set_speed(value, *name);
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

/* Other systems write more characters than there are here: they do no harm. */
static int set_all(const char *text)
{
	tcflag_t *const words[] = { &t.c_iflag, &t.c_oflag, &t.c_cflag, &t.c_lflag };
	struct termios kept = t;
	char *end;
	int i;

	for (i = 0; ; i++) {
		unsigned long value = strtoul(text, &end, 16);

		if (end == text || (*end && *end != ':') || (!*end && i < 3 + NCCS)) {
			t = kept;
			return 0;
		}
		if (i < 4)
			*words[i] = value;
		else if (i < 4 + NCCS)
			t.c_cc[i - 4] = value;
		if (!*end)
			return 1;
		text = end + 1;
	}
}

/* size and speed: answers, not settings. */
static int answered(int fd, const char *name)
{
	struct winsize ws = { 0 };

	if (!strcmp(name, "speed")) {
		printf("%u\n", baud());
		return 1;
	}
	if (strcmp(name, "size"))
		return 0;
	ioctl(fd, TIOCGWINSZ, &ws);
	printf("%u %u\n", ws.ws_row, ws.ws_col);
	return 1;
}

static void change(int fd, char **settings)
{
	for (; *settings; settings++) {
		if (set_value(fd, settings[0], settings[1]))
			settings++;
		else if (!set_flag(*settings) && !set_combination(*settings) && !set_speed(*settings, 0) &&
			 !set_all(*settings) && !answered(fd, *settings))
			errx(EXIT_FAILURE, "'%s' is not a setting", *settings);
	}
	if (tcsetattr(fd, TCSADRAIN, &t))
		err(EXIT_FAILURE, "standard input");
}

int main(int argc, char **argv)
{
	int i = 1, fd = STDIN_FILENO, all = 0, numbers = 0;

	start(argc, argv, help);
	for (; i < argc; i++) {			/* no getopt: -echo is a setting */
		if (!strcmp(argv[i], "-F") && i + 1 < argc) {
			fd = open(argv[++i], O_RDWR | O_NONBLOCK | O_NOCTTY);
			if (fd < 0)
				err(EXIT_FAILURE, "%s", argv[i]);
		} else if (!strcmp(argv[i], "-a")) {
			all = 1;
		} else if (!strcmp(argv[i], "-g")) {
			numbers = 1;
		} else {
			break;
		}
	}
	i += i < argc && !strcmp(argv[i], "--");
	if ((all && numbers) || ((all || numbers) && i < argc))
		wrong_usage(help);
	if (tcgetattr(fd, &t))
		err(EXIT_FAILURE, "standard input");
	if (i < argc)
		change(fd, argv + i);
	else if (numbers)
		show_all_as_numbers();
	else
		show(fd, all);
	return 0;
}
