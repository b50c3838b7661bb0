/* <fnmatch.h> */
#ifndef _FNMATCH_H
#define _FNMATCH_H

#define FNM_NOMATCH 1
#define FNM_PATHNAME 1		/* * and ? do not match / */
#define FNM_NOESCAPE 2
#define FNM_PERIOD 4		/* a leading . must be matched by a . */

int fnmatch(const char *pattern, const char *string, int flags);

#endif
