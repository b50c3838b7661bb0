/*
 * The chute's requests, for the driver and for programs.
 */
#ifndef CHUTE_H
#define CHUTE_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define CHUTE_BYTES	48		/* what it holds */
#define CHUTE_MAGIC	'c'
#define CHUTE_FIRST_NR	16

/* Sleeps until something is in it, by the wait that loses a wake-up. */
#define CHUTE_WAIT_LOSSY	_IO(CHUTE_MAGIC, CHUTE_FIRST_NR)
/* The argument's bits 0-7 fall in by themselves, as many milliseconds later as its other bits say. */
#define CHUTE_LATER		_IO(CHUTE_MAGIC, CHUTE_FIRST_NR + 1)
/* From now on this many milliseconds pass between a sleeper's look and its sleep. */
#define CHUTE_GAP		_IO(CHUTE_MAGIC, CHUTE_FIRST_NR + 2)
/* Answers how many bytes are in it. */
#define CHUTE_USED		_IO(CHUTE_MAGIC, CHUTE_FIRST_NR + 3)

#endif
