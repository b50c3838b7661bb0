/*
 * <linux/tty_flip.h> - received bytes, from an interrupt handler upwards.
 */
#ifndef _LINUX_TTY_FLIP_H
#define _LINUX_TTY_FLIP_H

#include <linux/types.h>

struct tty_port;

/* Context: any.  1: taken; 0: no room, counted as an overrun. */
extern int tty_insert_flip_char(struct tty_port *port, unsigned char c, char flag);
extern int tty_insert_flip_string(struct tty_port *port, const unsigned char *chars, size_t size);
/* Context: any.  Lets the line discipline have what was inserted. */
extern void tty_flip_buffer_push(struct tty_port *port);
/* The line discipline has room again. */
extern void tty_buffer_restart_work(struct tty_port *port);
extern void tty_buffer_flush(struct tty_port *port);

#endif
