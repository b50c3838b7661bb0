/*
 * Which kernel a module was built for: release, and what changes the layout of
 * structures. A module that says another is refused.
 */
#ifndef _LINUX_VERMAGIC_H
#define _LINUX_VERMAGIC_H

#include <generated/utsrelease.h>

#if DEBUG_BUILD
#define VERMAGIC_DEBUG "debug "
#else
#define VERMAGIC_DEBUG ""
#endif

#define VERMAGIC_STRING UTS_RELEASE " " "mod_unload " VERMAGIC_DEBUG "686 "

#endif
