/*
 * Terminals: lines and their editing, raw input, signals of the keyboard, who
 * owns the terminal and who may use it. The keys are typed by TIOCSTI.
 * host: no, because it needs a serial line of its own, and newer kernels forbid TIOCSTI
 */
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include "case.h"

static int tty;
static struct termios usual;
static void (*now_run)(void);
static pid_t outer_group;

static void type(const char *keys)
{
	for (; *keys; keys++)
		CHECK_EQ(ioctl(tty, TIOCSTI, keys), 0);
}

static void set_modes(tcflag_t clear_local, tcflag_t set_local, int min, int time)
{
	struct termios t = usual;

	t.c_lflag = (t.c_lflag & ~clear_local) | set_local;
	t.c_cc[VMIN] = min;
	t.c_cc[VTIME] = time;
	CHECK_EQ(tcsetattr(tty, TCSANOW, &t), 0);
}

/* In a new session that owns the terminal. */
static void own_terminal(void)
{
	setsid();
	tty = open("/dev/ttyS0", O_RDWR);
	if (!CHECK(tty >= 0))
		return;
	tcflush(tty, TCIOFLUSH);
	tcgetattr(tty, &usual);
	usual.c_lflag = ICANON | ISIG | IEXTEN;		/* no echo: the console's output is not ours */
	usual.c_iflag = ICRNL;
	tcsetattr(tty, TCSANOW, &usual);
	now_run();
	signal(SIGTTOU, SIG_IGN);
	tcsetattr(tty, TCSANOW, &usual);
}

static void in_terminal(void (*function)(void))
{
	if (access("/dev/ttyS0", F_OK) < 0)
		SKIP("no serial line");
	now_run = function;
	in_child(own_terminal);
}

static int input_waits(void)
{
	struct pollfd p = { .fd = tty, .events = POLLIN };

	return poll(&p, 1, 0) == 1 && p.revents & POLLIN;
}

static int reads(const char *expected)
{
	char buf[300];
	int n = read(tty, buf, sizeof(buf));

	return n == (int)strlen(expected) && memcmp(buf, expected, n) == 0;
}

static void lines(void)
{
	int n = -1;
	char c;

	type("one");
	CHECK(!input_waits());			/* the line is not over */
	type("\rtwo\n");
	CHECK(input_waits());
	CHECK_EQ(ioctl(tty, FIONREAD, &n), 0);
	CHECK_EQ(n, 8);
	CHECK(reads("one\n"));
	CHECK_EQ(read(tty, &c, 1), 1);
	CHECK_EQ(c, 't');
	CHECK(reads("wo\n"));
	CHECK(!input_waits());
}

static void editing(void)
{
	type("abx\177c\n");
	CHECK(reads("abc\n"));
	type("gone\025stays\n");			/* ^U */
	CHECK(reads("stays\n"));
	type("two words\027" "lines\n");		/* ^W */
	CHECK(reads("two lines\n"));
	type("\026\003\n");				/* ^V ^C: the byte itself */
	CHECK(reads("\003\n"));
	type("end\004");				/* ^D: as it is, without a newline */
	CHECK(reads("end"));
	type("\004");
	CHECK(reads(""));
}

static void raw(void)
{
	long began;
	char buf[10];

	set_modes(ICANON, 0, 1, 0);
	type("x");
	CHECK(input_waits());
	CHECK(reads("x"));
	set_modes(ICANON, 0, 0, 0);
	CHECK_EQ(read(tty, buf, 1), 0);			/* never waits */
	set_modes(ICANON, 0, 0, 2);
	began = now_ms();
	CHECK_EQ(read(tty, buf, 1), 0);			/* waits for 0.2 s */
	CHECK(now_ms() - began >= 150 && now_ms() - began < 3000);
	set_modes(ICANON, 0, 3, 1);
	type("ab");
	CHECK_EQ(read(tty, buf, 10), 2);		/* the time between bytes ran out */
	type("abcd");
	CHECK_EQ(read(tty, buf, 10), 4);
	fcntl(tty, F_SETFL, O_NONBLOCK);
	CHECK_FAILS(read(tty, buf, 1), EAGAIN);
}

static void translations(void)
{
	struct termios t = usual;

	t.c_iflag = INLCR;
	tcsetattr(tty, TCSANOW, &t);
	type("a\r\n\004");
	CHECK(reads("a\r\r"));
	t.c_iflag = IGNCR;
	tcsetattr(tty, TCSANOW, &t);
	type("a\rb\n");
	CHECK(reads("ab\n"));
	t.c_iflag = ISTRIP;
	tcsetattr(tty, TCSANOW, &t);
	type("\301\n");
	CHECK(reads("A\n"));
}

static volatile sig_atomic_t caught;

static void note(int sig)
{
	caught = sig;
}

static void keys_that_signal(void)
{
	signal(SIGINT, note);
	signal(SIGQUIT, note);
	type("lost\003");
	CHECK_EQ(caught, SIGINT);
	type("kept\n");
	CHECK(reads("kept\n"));				/* what stood before ^C is gone */
	type("\034");
	CHECK_EQ(caught, SIGQUIT);
	caught = 0;
	set_modes(ISIG, 0, 1, 0);
	type("\003\n");
	CHECK_EQ(caught, 0);
	CHECK(reads("\003\n"));
}

static void wait_for_ever(void)
{
	for (;;)
		pause();
}

/* A child in a group of its own, which is the foreground if @foreground. */
static pid_t start_group(void (*function)(void), int foreground)
{
	pid_t pid = start(function);

	setpgid(pid, pid);
	if (foreground)
		CHECK_EQ(tcsetpgrp(tty, pid), 0);
	return pid;
}

static int stopped_by(pid_t pid)
{
	int status = 0;

	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	return WIFSTOPPED(status) ? WSTOPSIG(status) : -status;
}

static void foreground_gets_the_keys(void)
{
	pid_t pid;

	signal(SIGTTOU, SIG_IGN);
	signal(SIGINT, note);
	pid = start_group(wait_for_ever, 1);
	CHECK_EQ(tcgetpgrp(tty), pid);
	type("\032");					/* ^Z */
	CHECK_EQ(stopped_by(pid), SIGTSTP);
	kill(pid, SIGCONT);
	signal(SIGINT, note);
	kill(pid, SIGKILL);
	CHECK_EQ(reap(pid), 128 + SIGKILL);
	CHECK_EQ(caught, 0);
	CHECK_EQ(tcsetpgrp(tty, getpgrp()), 0);
	CHECK_FAILS(tcsetpgrp(tty, 99999999), ESRCH);
	CHECK_FAILS(tcsetpgrp(tty, outer_group), EPERM);	/* of another session */
}

static void read_once(void)
{
	char c;

	nap(20);
	CHECK_EQ(read(tty, &c, 1), 1);
}

static void write_once(void)
{
	nap(20);
	CHECK_EQ(write(tty, "\r", 1), 1);
}

static void set_once(void)
{
	nap(20);
	CHECK_EQ(tcsetattr(tty, TCSANOW, &usual), 0);
}

static void background_is_stopped(void)
{
	pid_t pid = start_group(read_once, 0);

	CHECK_EQ(stopped_by(pid), SIGTTIN);
	signal(SIGTTOU, SIG_IGN);
	CHECK_EQ(tcsetpgrp(tty, pid), 0);		/* fg */
	type("x\n");
	kill(pid, SIGCONT);
	CHECK_EQ(reap(pid), 0);
	tcsetpgrp(tty, getpgrp());
	tcflush(tty, TCIFLUSH);
	signal(SIGTTOU, SIG_DFL);
	pid = start_group(set_once, 0);
	CHECK_EQ(stopped_by(pid), SIGTTOU);
	kill(pid, SIGKILL);
	reap(pid);
	pid = start_group(write_once, 0);		/* allowed … */
	CHECK_EQ(reap(pid), 0);
	set_modes(0, TOSTOP, 1, 0);
	pid = start_group(write_once, 0);		/* … unless TOSTOP */
	CHECK_EQ(stopped_by(pid), SIGTTOU);
	kill(pid, SIGKILL);
	reap(pid);
}

static void take_it(void)
{
	setsid();
	CHECK_FAILS(open("/dev/tty", O_RDWR), ENXIO);
	CHECK_FAILS(ioctl(tty, TIOCGPGRP, &tty), ENOTTY);
	CHECK_FAILS(ioctl(tty, TIOCSCTTY, 0), EPERM);
}

static void ownership(void)
{
	int other = open("/dev/tty", O_RDWR);

	CHECK(other >= 0);
	CHECK_EQ(tcgetsid(other), getpid());
	CHECK_EQ(tcgetpgrp(other), getpid());
	in_child(take_it);
	signal(SIGHUP, SIG_IGN);
	CHECK_EQ(ioctl(tty, TIOCNOTTY), 0);
	CHECK_FAILS(open("/dev/tty", O_RDWR), ENXIO);
	close(other);
}

static int report[2];

static void leave_at_once(void)
{
	setsid();
	tty = open("/dev/ttyS0", O_RDWR);
	if (fork() == 0) {				/* in the foreground when the leader ends */
		signal(SIGHUP, note);
		nap(60);
		write(report[1], caught == SIGHUP ? "h" : "?", 1);
		write(report[1], read(tty, (char[1]){ 0 }, 1) == 0 ? "e" : "?", 1);
		_exit(0);
	}
	nap(20);
}

static void the_end_of_the_leader_hangs_up(void)
{
	char c[2] = "";

	if (access("/dev/ttyS0", F_OK) < 0)
		SKIP("no serial line");
	pipe(report);
	in_child(leave_at_once);
	close(report[1]);
	CHECK_EQ(read(report[0], c, 1), 1);
	CHECK_EQ(c[0], 'h');
	CHECK_EQ(read(report[0], c + 1, 1), 1);
	CHECK_EQ(c[1], 'e');				/* end of file from now on */
	close(report[0]);
}

static void size_of_the_window(void)
{
	struct winsize size = { .ws_row = 33, .ws_col = 111 }, now, old;

	signal(SIGWINCH, note);
	ioctl(tty, TIOCGWINSZ, &old);
	CHECK_EQ(ioctl(tty, TIOCSWINSZ, &size), 0);
	CHECK_EQ(caught, SIGWINCH);
	CHECK_EQ(ioctl(tty, TIOCGWINSZ, &now), 0);
	CHECK(now.ws_row == 33 && now.ws_col == 111);
	caught = 0;
	ioctl(tty, TIOCSWINSZ, &size);			/* the same: nothing to tell */
	CHECK_EQ(caught, 0);
	ioctl(tty, TIOCSWINSZ, &old);
}

static void flushing(void)
{
	type("lost\n");
	CHECK_EQ(tcflush(tty, TCIFLUSH), 0);
	CHECK(!input_waits());
	type("half");
	CHECK_EQ(tcsetattr(tty, TCSAFLUSH, &usual), 0);
	type("line\n");
	CHECK(reads("line\n"));
	CHECK_EQ(write(tty, "\r", 1), 1);
	CHECK_EQ(tcdrain(tty), 0);
	CHECK_FAILS(tcflush(tty, 77), EINVAL);
}

static void speeds(void)
{
	struct termios t = usual, now;

	cfsetospeed(&t, B9600);
	cfsetispeed(&t, B9600);
	CHECK_EQ(tcsetattr(tty, TCSADRAIN, &t), 0);
	CHECK_EQ(tcgetattr(tty, &now), 0);
	CHECK_EQ(cfgetospeed(&now), B9600);
}

static void long_lines(void)
{
	static char buf[6000];
	int n;

	for (int i = 0; i < 5000; i++)
		type("x");
	type("\n");
	n = read(tty, buf, sizeof(buf));
	CHECK(n == 4096 && buf[n - 1] == '\n');		/* the rest did not fit */
	type("next\n");
	CHECK(reads("next\n"));
}

static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{ "a_read_is_a_line", lines },
	{ "lines_are_edited", editing },
	{ "raw_input_by_min_and_time", raw },
	{ "input_is_translated", translations },
	{ "keys_send_signals", keys_that_signal },
	{ "foreground_gets_the_keys", foreground_gets_the_keys },
	{ "background_is_stopped", background_is_stopped },
	{ "the_terminal_is_its_sessions", ownership },
	{ "size_of_the_window", size_of_the_window },
	{ "flushing", flushing },
	{ "speeds", speeds },
	{ "long_lines", long_lines },
};

static unsigned int current;

static void run_current(void)
{
	in_terminal(cases[current].run);
}

int main(void)
{
	outer_group = getpgrp();
	for (current = 0; current < sizeof(cases) / sizeof(cases[0]); current++)
		tap_run(cases[current].name, run_current);
	RUN(the_end_of_the_leader_hangs_up);
	return tap_end();
}
