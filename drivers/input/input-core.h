/*
 * input-core.h - what input.c and input-register.c share.
 */
#ifndef _DRIVERS_INPUT_INPUT_CORE_H
#define _DRIVERS_INPUT_INPUT_CORE_H

#include <linux/input.h>

void input_release_keys(struct input_dev *dev);

#endif
