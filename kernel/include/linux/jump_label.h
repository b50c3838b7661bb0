/*
 * <linux/jump_label.h> - branches that hardly ever change. Linux rewrites the jump in the code;
 * here it is a counter that is looked at, which every reader follows.
 */
#ifndef _LINUX_JUMP_LABEL_H
#define _LINUX_JUMP_LABEL_H

#include <linux/atomic.h>
#include <linux/compiler.h>

struct static_key {
	atomic_t enabled;			/* a count; taken if it is not 0 */
};
struct static_key_true {
	struct static_key key;
};
struct static_key_false {
	struct static_key key;
};

#define STATIC_KEY_INIT_TRUE		{ .enabled = { 1 } }
#define STATIC_KEY_INIT_FALSE		{ .enabled = { 0 } }
#define STATIC_KEY_TRUE_INIT		(struct static_key_true){ .key = STATIC_KEY_INIT_TRUE }
#define STATIC_KEY_FALSE_INIT		(struct static_key_false){ .key = STATIC_KEY_INIT_FALSE }
#define DEFINE_STATIC_KEY_TRUE(name)	struct static_key_true name = STATIC_KEY_TRUE_INIT
#define DEFINE_STATIC_KEY_FALSE(name)	struct static_key_false name = STATIC_KEY_FALSE_INIT
#define DECLARE_STATIC_KEY_TRUE(name)	extern struct static_key_true name
#define DECLARE_STATIC_KEY_FALSE(name)	extern struct static_key_false name

/* Context of all: any. */
static inline int static_key_count(const struct static_key *key)
{
	return atomic_read(&key->enabled);
}

static inline void static_key_slow_inc(struct static_key *key)
{
	atomic_inc(&key->enabled);
}

static inline void static_key_slow_dec(struct static_key *key)
{
	atomic_dec(&key->enabled);
}

static inline void static_key_enable(struct static_key *key)
{
	atomic_set(&key->enabled, 1);
}

static inline void static_key_disable(struct static_key *key)
{
	atomic_set(&key->enabled, 0);
}

/* Any of the three kinds. */
#define __static_key(x)	((struct static_key *)(x))

#define static_key_enabled(x)		(static_key_count(__static_key(x)) > 0)
#define static_key_true(x)		likely(static_key_enabled(x))
#define static_key_false(x)		unlikely(static_key_enabled(x))
#define static_branch_likely(x)		likely(static_key_enabled(x))
#define static_branch_unlikely(x)	unlikely(static_key_enabled(x))
#define static_branch_inc(x)		static_key_slow_inc(__static_key(x))
#define static_branch_dec(x)		static_key_slow_dec(__static_key(x))
#define static_branch_enable(x)		static_key_enable(__static_key(x))
#define static_branch_disable(x)	static_key_disable(__static_key(x))

#endif
