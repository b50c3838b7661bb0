/*
 * Lab 06's peers: programs at this end of the line, with the grader at the other (machinery/wire.h).
 * Here is what their cases have in common.  Word: the device's name.  Each case loads the driver for itself.
 */
#ifndef LAB06_PEER_H
#define LAB06_PEER_H

#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static int unload(void);
#define BEFORE_CASE unload
#include "../machinery/wire.h"
#include <linux/serial_reg.h>
#include "../../../drivers/samples/pier.h"

#define PAGE	4096
#define LOTS	4096			/* more than the line, the FIFOs and the ring hold together */

static unsigned char data[LOTS], seen[LOTS];

/* How often a word stands in a file of /proc, or with `first` before it in the same line. */
static inline int mentioned(const char *file, const char *first, const char *word)
{
	char text[256];
	FILE *f = fopen(file, "r");
	int found = 0;

	while (f && fgets(text, sizeof(text), f))
		found += strstr(text, first) && strstr(text, word);
	if (f)
		fclose(f);
	return found;
}

/* Away with the driver of the last case; the far end forgets it, too, and the UART is as after power-on. */
static int unload(void)
{
	if (syscall(SYS_delete_module, "pier", O_NONBLOCK) < 0 && errno != ENOENT)
		return -1;
	if (wire("new") || mentioned("/proc/ioports", "02f8-02ff", "") || mentioned("/proc/interrupts", " 3:", words[0]))
		return -1;
	port_out(WIRE_PORT + UART_IER, 0);
	port_out(WIRE_PORT + UART_LCR, UART_LCR_DLAB);
	port_out(WIRE_PORT + UART_DLL, 12);
	port_out(WIRE_PORT + UART_LCR, 0);
	port_out(WIRE_PORT + UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR | UART_FCR_CLEAR_XMIT);
	port_out(WIRE_PORT + UART_FCR, 0);
	port_out(WIRE_PORT + UART_MCR, 0);
	return 0;
}

/* 0 or -1 with errno, as the driver's own init said. */
static inline int load(const char *words_of_mine)
{
	char text[128];
	int fd = open("./pier.ko", O_RDONLY), ret, err;

	snprintf(text, sizeof(text), "name=%s %s", words[0], words_of_mine);
	ret = syscall(SYS_finit_module, fd, text, 0);
	err = errno;
	close(fd);
	errno = err;
	return ret;
}

static inline int line(const char *words_of_mine, int flags)
{
	char path[64];
	int fd;

	if (load(words_of_mine))
		SAY_NOT("expected the driver loads seen %s", strerror(errno));
	snprintf(path, sizeof(path), "/dev/%s", words[0]);
	fd = open(path, O_RDWR | flags);
	if (fd < 0)
		SAY_NOT("expected open(%s) works seen %s", path, strerror(errno));
	return fd;
}

/* Exactly so many bytes, in as many calls as it takes; a file with O_NONBLOCK is asked again and again. */
static inline void read_all(int fd, int count)
{
	for (int at = 0, n, misses = 0; at < count; at += n) {
		n = read(fd, seen + at, count - at);
		if (n < 0 && errno == EAGAIN && misses++ < WIRE_TRIES) {
			nap(10);
			n = 0;
		} else if (n <= 0) {
			SAY_NOT("expected %d bytes seen %d, then %s", count, at, n ? strerror(errno) : "an end of file");
		}
	}
}

/* The far end hears just these bytes of a stream, and no more. */
static inline void expect_heard(int count, unsigned long seed)
{
	EXPECT(heard(count), count);
	EXPECT(wire("same %lu", seed), count);
	nap(50);
	EXPECT(wire("heard"), count);
}

/* A number in a line of /proc/PID/status. */
static inline long status_of(pid_t pid, const char *word)
{
	char path[32], text[128];
	long value = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	f = fopen(path, "r");
	while (f && fgets(text, sizeof(text), f))
		if (!strncmp(text, word, strlen(word)))
			value = strtol(text + strlen(word), NULL, 10);
	if (f)
		fclose(f);
	return value;
}

/* This process is asleep for half a second on end: nothing wakes it, and it does not compute. */
static inline void expect_asleep(pid_t pid)
{
	long slept, waits;
	int state;

	nap(300);
	waits = status_of(pid, "voluntary_ctxt_switches:") + status_of(pid, "nonvoluntary_ctxt_switches:");
	nap(500);
	EXPECT(waitpid(pid, &state, WNOHANG), 0);
	slept = status_of(pid, "voluntary_ctxt_switches:") + status_of(pid, "nonvoluntary_ctxt_switches:") - waits;
	if (slept > 3)
		SAY_NOT("expected asleep until something comes seen it ran %ld times in half a second", slept);
}

static inline int ended_with(pid_t pid)
{
	int state;

	for (int try = 0; try < WIRE_TRIES; try++) {
		if (waitpid(pid, &state, WNOHANG) == pid)
			return WIFEXITED(state) ? WEXITSTATUS(state) : -WTERMSIG(state);
		nap(20);
	}
	return -1000;
}

/* A process that reads one byte and ends with what read() said; 100 + the error. */
static inline pid_t reader(int fd)
{
	pid_t pid = fork();

	if (!pid) {
		int n = read(fd, seen, 1);

		_exit(n < 0 ? 100 + errno : n);
	}
	return pid;
}

static void no_restart(int sig)
{
}

/* A read that a signal ends. */
static inline void interrupted_read(int fd)
{
	struct sigaction action = { .sa_handler = no_restart };
	pid_t pid;

	sigaction(SIGUSR1, &action, NULL);
	pid = reader(fd);
	nap(200);
	EXPECT(kill(pid, SIGUSR1), 0);
	EXPECT(ended_with(pid), 100 + EINTR);
}

#endif
