/* <termios.h> */
#ifndef _TERMIOS_H
#define _TERMIOS_H

#include <linux/termios.h>
#include <sys/types.h>

speed_t cfgetispeed(const struct termios *t);
speed_t cfgetospeed(const struct termios *t);
void cfmakeraw(struct termios *t);
int cfsetispeed(struct termios *t, speed_t speed);
int cfsetospeed(struct termios *t, speed_t speed);
int tcdrain(int fd);
int tcflow(int fd, int action);
int tcflush(int fd, int queue);
int tcgetattr(int fd, struct termios *t);
pid_t tcgetsid(int fd);
int tcsendbreak(int fd, int duration);
int tcsetattr(int fd, int when, const struct termios *t);

#endif
