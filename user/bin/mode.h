/* mode.h - a mode as chmod(1) takes it. */
#ifndef _USER_BIN_MODE_H
#define _USER_BIN_MODE_H

#include <sys/stat.h>

/*
 * Changes *mode as text says: octal, or [ugoa]*([+-=](u|g|o|[rwxXst]*))+ with commas between.
 * Without [ugoa] the bits of umask stay as they are; X is x where *mode has one or is a
 * directory's.  -1: that is no mode.
 */
int change_mode(const char *text, mode_t *mode, mode_t umask);

/* mode, changed so by a command with the umask of the process; ends with a complaint if text is wrong. */
mode_t new_mode(const char *text, mode_t mode);

#endif
