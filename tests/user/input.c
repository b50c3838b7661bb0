/*
 * Input devices as files of events: keyboard, mouse and loudspeaker through /dev/input/eventN. What is written there
 * counts as reported by the device, so one descriptor presses keys and another reads them.
 * host: no, because a host's keyboard is not ours to press
 */
#include <linux/input.h>
#include <linux/kd.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include "case.h"

#define BIT_OF(map, n) ((map)[(n) / 8] >> ((n) % 8) & 1)

#define FIRST_EVENT 64		/* minor number of event0 */

static int keyboard, mouse, speaker, hand;	/* hand: the other descriptor of the keyboard */

/* A descriptor of the device whose name begins so. */
static int open_named(const char *name, int flags)
{
	char path[32], found[64];
	int n, fd;

	for (n = 0; n < 16; n++) {
		snprintf(path, sizeof(path), "/dev/input/event%d", n);
		fd = open(path, flags);
		if (fd < 0)
			continue;
		if (ioctl(fd, EVIOCGNAME(sizeof(found)), found) > 0 && !strncmp(found, name, strlen(name)))
			return fd;
		close(fd);
	}
	return -1;
}

static void put(int fd, int type, int code, int value)
{
	struct input_event e[2] = { { .type = type, .code = code, .value = value }, { .type = EV_SYN } };

	CHECK_EQ(write(fd, e, sizeof(e)), sizeof(e));
}

static int drain(int fd)
{
	struct input_event e;
	int n = 0;

	while (read(fd, &e, sizeof(e)) == sizeof(e))
		n++;
	return n;
}

static void says_what_it_is(void)
{
	unsigned char bits[KEY_MAX / 8 + 1] = { 0 };
	struct input_id id;
	char text[64];
	int version = 0;

	CHECK(!ioctl(keyboard, EVIOCGVERSION, &version) && version == EV_VERSION);
	CHECK(!ioctl(keyboard, EVIOCGID, &id) && id.bustype == BUS_I8042 && id.vendor == 1);
	CHECK_EQ(ioctl(keyboard, EVIOCGPHYS(sizeof(text)), text), sizeof("isa0060/serio0/input0"));
	CHECK(!strcmp(text, "isa0060/serio0/input0"));
	CHECK_EQ(ioctl(keyboard, EVIOCGNAME(3), text), 3);
	CHECK_FAILS(ioctl(keyboard, EVIOCGUNIQ(sizeof(text)), text), ENOENT);
	CHECK_EQ(ioctl(keyboard, EVIOCGBIT(0, sizeof(bits)), bits), 4);
	CHECK(BIT_OF(bits, EV_SYN) && BIT_OF(bits, EV_KEY) && BIT_OF(bits, EV_REP) && BIT_OF(bits, EV_LED));
	CHECK(!BIT_OF(bits, EV_REL));
	CHECK_EQ(ioctl(keyboard, EVIOCGBIT(EV_KEY, sizeof(bits)), bits), sizeof(bits));
	CHECK(BIT_OF(bits, KEY_A) && BIT_OF(bits, KEY_F12) && BIT_OF(bits, KEY_UP) && !BIT_OF(bits, BTN_LEFT));
	CHECK(ioctl(mouse, EVIOCGBIT(EV_KEY, sizeof(bits)), bits) > 0 && BIT_OF(bits, BTN_LEFT) && !BIT_OF(bits, KEY_A));
	CHECK(ioctl(mouse, EVIOCGBIT(EV_REL, sizeof(bits)), bits) > 0 && BIT_OF(bits, REL_X) && BIT_OF(bits, REL_WHEEL));
	CHECK(ioctl(mouse, EVIOCGPROP(sizeof(bits)), bits) > 0 && BIT_OF(bits, INPUT_PROP_POINTER));
	CHECK_FAILS(ioctl(mouse, EVIOCGABS(ABS_X), bits), EINVAL);
	CHECK_FAILS(ioctl(mouse, EVIOCGREP, bits), ENOSYS);
	CHECK(ioctl(speaker, EVIOCGBIT(EV_SND, sizeof(bits)), bits) > 0 && BIT_OF(bits, SND_TONE));
}

static void a_key_is_two_packets(void)
{
	unsigned char keys[KEY_MAX / 8 + 1];
	struct input_event e[4];
	struct pollfd p = { keyboard, POLLIN | POLLOUT, 0 };

	drain(keyboard);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == POLLOUT);
	CHECK_FAILS(read(keyboard, e, sizeof(e)), EAGAIN);
	put(hand, EV_KEY, KEY_F5, 1);
	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLIN | POLLOUT));
	CHECK(ioctl(hand, EVIOCGKEY(sizeof(keys)), keys) > 0 && BIT_OF(keys, KEY_F5));
	put(hand, EV_KEY, KEY_F5, 1);			/* no news */
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_EQ(read(keyboard, e, sizeof(e)), sizeof(e));
	CHECK(e[0].type == EV_KEY && e[0].code == KEY_F5 && e[0].value == 1);
	CHECK(e[1].type == EV_SYN && e[1].code == SYN_REPORT);
	CHECK(e[2].type == EV_KEY && e[2].code == KEY_F5 && e[2].value == 0);
	CHECK(labs((long)e[0].time.tv_sec - (long)time(NULL)) <= 1);
	CHECK(ioctl(hand, EVIOCGKEY(sizeof(keys)), keys) > 0 && !BIT_OF(keys, KEY_F5));
	put(hand, EV_KEY, BTN_LEFT, 1);			/* not among its keys */
	put(hand, EV_REL, REL_X, 1);
	CHECK_EQ(drain(keyboard), 0);
}

static void half_a_packet_waits(void)
{
	struct input_event e = { .type = EV_KEY, .code = KEY_F5, .value = 1 };

	CHECK_EQ(write(hand, &e, sizeof(e)), sizeof(e));
	CHECK_FAILS(read(keyboard, &e, sizeof(e)), EAGAIN);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_EQ(drain(keyboard), 3);
}

static void a_held_key_repeats(void)
{
	unsigned int rep[2] = { 60, 20 }, was[2];
	struct input_event e[64];
	int n, i, again = 0;

	CHECK(!ioctl(keyboard, EVIOCGREP, was) && was[0] == 250 && was[1] == 33);
	CHECK(!ioctl(keyboard, EVIOCSREP, rep));
	CHECK(!ioctl(hand, EVIOCGREP, rep) && rep[0] == 60 && rep[1] == 20);
	drain(keyboard);
	put(hand, EV_KEY, KEY_F5, 1);
	nap(300);
	put(hand, EV_KEY, KEY_F5, 0);
	n = read(keyboard, e, sizeof(e)) / (int)sizeof(*e);
	for (i = 0; i < n; i++)
		again += e[i].type == EV_KEY && e[i].code == KEY_F5 && e[i].value == 2;
	CHECK(again >= 3 && again <= 15);
	nap(100);
	CHECK_EQ(drain(keyboard), 0);
	CHECK(!ioctl(keyboard, EVIOCSREP, was));
	drain(keyboard);
}

static void lamps(void)
{
	unsigned char leds[2] = { 0 };
	int tries;

	put(hand, EV_LED, LED_SCROLLL, 1);
	CHECK(ioctl(keyboard, EVIOCGLED(sizeof(leds)), leds) > 0 && BIT_OF(leds, LED_SCROLLL));
	put(hand, EV_LED, LED_SCROLLL, 0);
	CHECK(ioctl(keyboard, EVIOCGLED(sizeof(leds)), leds) > 0 && !BIT_OF(leds, LED_SCROLLL));
	put(hand, EV_KEY, KEY_CAPSLOCK, 1);		/* the console's doing */
	put(hand, EV_KEY, KEY_CAPSLOCK, 0);
	for (tries = 0; tries < 100 && !BIT_OF(leds, LED_CAPSL); tries++, nap(10))
		ioctl(keyboard, EVIOCGLED(sizeof(leds)), leds);
	CHECK(BIT_OF(leds, LED_CAPSL));
	put(hand, EV_KEY, KEY_CAPSLOCK, 1);
	put(hand, EV_KEY, KEY_CAPSLOCK, 0);
	nap(50);
	drain(keyboard);
}

static void one_may_have_it_alone(void)
{
	drain(hand);
	drain(keyboard);
	CHECK(!ioctl(keyboard, EVIOCGRAB, 1));
	CHECK_FAILS(ioctl(hand, EVIOCGRAB, 1), EBUSY);
	CHECK_FAILS(ioctl(hand, EVIOCGRAB, 0), EINVAL);
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_EQ(drain(hand), 0);
	CHECK_EQ(drain(keyboard), 4);
	CHECK(!ioctl(keyboard, EVIOCGRAB, 0));
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_EQ(drain(hand), 4);
	drain(keyboard);
}

static void a_full_ring_says_so(void)
{
	struct input_event e;
	int i, dropped = 0, last = -1;

	for (i = 0; i < 100; i++)
		put(hand, EV_KEY, KEY_F5, i % 2 == 0);
	while (read(keyboard, &e, sizeof(e)) == sizeof(e)) {
		dropped += e.type == EV_SYN && e.code == SYN_DROPPED;
		last = e.type == EV_KEY ? e.value : last;
	}
	CHECK_EQ(dropped, 1);		/* what was before it is gone, an earlier notice too */
	CHECK_EQ(last, 0);
	drain(hand);
}

static void clocks(void)
{
	struct input_event e;
	struct timespec t;
	int clock = CLOCK_MONOTONIC;

	CHECK(!ioctl(keyboard, EVIOCSCLOCKID, &clock));
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_EQ(read(keyboard, &e, sizeof(e)), sizeof(e));
	clock_gettime(CLOCK_MONOTONIC, &t);
	CHECK(t.tv_sec - e.time.tv_sec <= 1);
	clock = CLOCK_REALTIME;
	CHECK(!ioctl(keyboard, EVIOCSCLOCKID, &clock));
	CHECK_FAILS(read(keyboard, &e, sizeof(e)), EAGAIN);
	clock = 77;
	CHECK_FAILS(ioctl(keyboard, EVIOCSCLOCKID, &clock), EINVAL);
	drain(hand);
}

static void press_later(void)
{
	nap(60);
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
}

static volatile sig_atomic_t signals;

static void on_signal(int signal)
{
	signals++;
}

static void a_reader_sleeps(void)
{
	struct input_event e;
	pid_t pid = start(press_later);

	CHECK(!fcntl(keyboard, F_SETFL, 0));
	CHECK_EQ(read(keyboard, &e, sizeof(e)), sizeof(e));
	CHECK(e.type == EV_KEY && e.value == 1);
	CHECK_EQ(reap(pid), 0);
	signal(SIGIO, on_signal);
	CHECK(!fcntl(keyboard, F_SETOWN, getpid()) && !fcntl(keyboard, F_SETFL, FASYNC | O_NONBLOCK));
	drain(keyboard);
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK(signals >= 1);
	CHECK(!fcntl(keyboard, F_SETFL, O_NONBLOCK));
	signal(SIGIO, SIG_DFL);
	drain(keyboard);
}

/* contract: S0-31 */
static void revoked_is_gone(void)
{
	int fd = open_named("AT ", O_RDWR | O_NONBLOCK);
	struct pollfd p = { fd, POLLIN, 0 };
	struct input_event e = { 0 };

	CHECK_EQ(poll(&p, 1, 0), 0);
	CHECK(!ioctl(fd, EVIOCREVOKE, 0));
	CHECK(poll(&p, 1, 0) == 1 && p.revents == (POLLHUP | POLLERR));
	CHECK_FAILS(read(fd, &e, sizeof(e)), ENODEV);
	CHECK_FAILS(write(fd, &e, sizeof(e)), ENODEV);
	CHECK_FAILS(ioctl(fd, EVIOCGID, &e), ENODEV);
	close(fd);
}

static int sounding(void)
{
	unsigned char snd[4] = { 0 };

	CHECK(ioctl(speaker, EVIOCGSND(sizeof(snd)), snd) > 0);
	return BIT_OF(snd, SND_TONE);
}

/* The two bits of port 61h that let the counter through to the loudspeaker. */
static int audible(void)
{
	unsigned char port = 0;
	int fd = open("/dev/port", O_RDONLY);

	CHECK_EQ(pread(fd, &port, 1, 0x61), 1);
	close(fd);
	return port & 3;
}

static void the_bell_rings(void)
{
	int tty = open("/dev/tty1", O_RDWR | O_NOCTTY), tries;
	unsigned char leds = 0;

	CHECK_EQ(audible(), 0);
	CHECK(!ioctl(tty, KDMKTONE, 150 << 16 | 2000));
	for (tries = 0; tries < 50 && !sounding(); tries++)
		nap(2);
	CHECK_EQ(audible(), 3);
	for (tries = 0; tries < 100 && sounding(); tries++)
		nap(10);
	CHECK(!sounding() && !audible());
	CHECK_EQ(write(tty, "\a", 1), 1);
	for (tries = 0; tries < 50 && !audible(); tries++)
		nap(2);
	CHECK_EQ(audible(), 3);
	CHECK(!ioctl(tty, KIOCSOUND, 0));
	nap(30);
	CHECK_EQ(audible(), 0);
	put(speaker, EV_SND, SND_TONE, 440);
	CHECK_EQ(audible(), 3);
	put(speaker, EV_SND, SND_TONE, 0);
	CHECK_EQ(audible(), 0);
	CHECK(!ioctl(tty, KDSETLED, LED_NUM) && !ioctl(tty, KDGETLED, &leds) && leds == LED_NUM);
	CHECK(!ioctl(tty, KDSETLED, 0xff) && !ioctl(tty, KDGETLED, &leds) && leds == 0);	/* what the keys say */
	CHECK_FAILS(ioctl(tty, KDGETLED, UNMAPPED), EFAULT);
	CHECK(!ioctl(tty, KDSETLED, 0));
	close(tty);
}

static void bad_arguments(void)
{
	static const unsigned int commands[] = {
		EVIOCGVERSION, EVIOCGID, EVIOCGREP, EVIOCSREP, EVIOCSCLOCKID, EVIOCGNAME(8), EVIOCGPHYS(8),
		EVIOCGPROP(8), EVIOCGKEY(8), EVIOCGLED(8), EVIOCGSW(8), EVIOCGBIT(EV_KEY, 8),
	};
	struct input_event e;
	unsigned int i;

	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		CHECK_FAILS(ioctl(keyboard, commands[i], UNMAPPED), EFAULT);
		CHECK_FAILS(ioctl(keyboard, commands[i], NOWHERE), EFAULT);
	}
	CHECK_FAILS(read(keyboard, &e, sizeof(e) - 1), EINVAL);
	CHECK_EQ(read(keyboard, &e, 0), 0);
	CHECK_FAILS(write(keyboard, &e, 1), EINVAL);
	CHECK_FAILS(write(keyboard, UNMAPPED, sizeof(e)), EFAULT);
	put(hand, EV_KEY, KEY_F5, 1);
	put(hand, EV_KEY, KEY_F5, 0);
	CHECK_FAILS(read(keyboard, UNMAPPED, sizeof(e)), EFAULT);
	CHECK_FAILS(ioctl(keyboard, EVIOCGBIT(EV_REP, 8), &e), EINVAL);
	CHECK_FAILS(ioctl(keyboard, EVIOCREVOKE, 5), EINVAL);
	CHECK_FAILS(ioctl(keyboard, _IO('E', 0x01), 0), EINVAL);
	CHECK_FAILS(ioctl(keyboard, TIOCGWINSZ, &e), EINVAL);
	CHECK_FAILS(lseek(keyboard, 0, SEEK_SET), ESPIPE);
	drain(keyboard);
}

/* An event file's device is the input device, that one's the hardware's. */
static void devices_are_linked(void)
{
	char name[64], link[64] = "";
	struct stat s;

	CHECK_EQ(fstat(keyboard, &s), 0);
	snprintf(name, sizeof(name), "/sys/class/input/event%u/device", minor(s.st_rdev) - FIRST_EVENT);
	CHECK(readlink(name, link, sizeof(link)) > 0);
	CHECK(!strncmp(link, "../../input", 11));
	strcat(name, "/device/subsystem");
	CHECK_EQ(access(name, F_OK), 0);
}

int main(void)
{
	keyboard = open_named("AT ", O_RDWR | O_NONBLOCK);
	hand = open_named("AT ", O_RDWR | O_NONBLOCK);
	mouse = open_named("ImPS/2", O_RDWR | O_NONBLOCK);
	speaker = open_named("PC Speaker", O_RDWR | O_NONBLOCK);
	printf("# keyboard %d, mouse %d, speaker %d\n", keyboard, mouse, speaker);
	RUN(says_what_it_is);
	RUN(devices_are_linked);
	RUN(a_key_is_two_packets);
	RUN(half_a_packet_waits);
	RUN(a_held_key_repeats);
	RUN(lamps);
	RUN(one_may_have_it_alone);
	RUN(a_full_ring_says_so);
	RUN(clocks);
	RUN(a_reader_sleeps);
	RUN(revoked_is_gone);
	RUN(the_bell_rings);
	RUN(bad_arguments);
	return tap_end();
}
