#ifndef _LINUX_UIDGID_H
#define _LINUX_UIDGID_H

#include <linux/types.h>

/* One user namespace: a kuid is the number itself, wrapped so that the two kinds do not mix. */
typedef struct { uid_t val; } kuid_t;
typedef struct { gid_t val; } kgid_t;

#define KUIDT_INIT(v)	((kuid_t){ v })
#define KGIDT_INIT(v)	((kgid_t){ v })
#define GLOBAL_ROOT_UID	KUIDT_INIT(0)
#define GLOBAL_ROOT_GID	KGIDT_INIT(0)
#define INVALID_UID	KUIDT_INIT(-1)
#define INVALID_GID	KGIDT_INIT(-1)

static inline bool uid_eq(kuid_t a, kuid_t b) { return a.val == b.val; }
static inline bool gid_eq(kgid_t a, kgid_t b) { return a.val == b.val; }
static inline bool uid_valid(kuid_t uid) { return uid.val != (uid_t)-1; }
static inline bool gid_valid(kgid_t gid) { return gid.val != (gid_t)-1; }
static inline uid_t __kuid_val(kuid_t uid) { return uid.val; }
static inline gid_t __kgid_val(kgid_t gid) { return gid.val; }

/* There is one name space of users, in which ids are what they are. */
struct user_namespace {
	int level;
};
extern struct user_namespace init_user_ns;
#define current_user_ns()		(&init_user_ns)
#define make_kuid(ns, uid)	((void)(ns), KUIDT_INIT(uid))
#define make_kgid(ns, gid)	((void)(ns), KGIDT_INIT(gid))
#define from_kuid(ns, uid)	((void)(ns), __kuid_val(uid))
#define from_kgid(ns, gid)	((void)(ns), __kgid_val(gid))
#define from_kuid_munged(ns, uid)	((void)(ns), __kuid_val(uid))
#define from_kgid_munged(ns, gid)	((void)(ns), __kgid_val(gid))

#endif
