/*
 * <linux/tty_flip.h> - received bytes, from an interrupt handler upwards.
 */
#ifndef _LINUX_TTY_FLIP_H
#define _LINUX_TTY_FLIP_H

#include <linux/types.h>

struct tty_port;

/* Context: any.  1: taken; 0: no room, counted as an overrun. */
extern int tty_insert_flip_char(struct tty_port *port, unsigned char c, char flag);
extern int tty_insert_flip_string_fixed_flag(struct tty_port *port, const unsigned char *chars,
					     char flag, size_t size);
/* How many of @size bytes there would be room for. */
extern int tty_buffer_request_room(struct tty_port *port, size_t size);

static inline int tty_insert_flip_string(struct tty_port *port, const unsigned char *chars,
					 size_t size)
{
	return tty_insert_flip_string_fixed_flag(port, chars, 0, size);
}
/* Context: any.  Lets the line discipline have what was inserted. */
extern void tty_flip_buffer_push(struct tty_port *port);
/* The line discipline has room again. */
extern void tty_buffer_restart_work(struct tty_port *port);
extern void tty_buffer_flush(struct tty_port *port);

#endif
