/* <grp.h>: /etc/group */
#ifndef _GRP_H
#define _GRP_H

#include <sys/types.h>

struct group {
	char *gr_name;
	char *gr_passwd;
	gid_t gr_gid;
};

struct group *getgrgid(gid_t gid);
struct group *getgrnam(const char *name);

#endif
