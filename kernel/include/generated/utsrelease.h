/* The release that uname() answers, and that a module must have been built for. */
#ifndef _GENERATED_UTSRELEASE_H
#define _GENERATED_UTSRELEASE_H

#define UTS_RELEASE "5.10.0-lectern"

#endif
