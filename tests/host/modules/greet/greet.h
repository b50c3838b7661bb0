/* What the modules of this folder share. */
#ifndef GREET_H
#define GREET_H

void greet_times(const char *who, int times);

/* By guest.ko. */
int guest_share(int whole);

#endif
