/* fnmatch.c: shell patterns: * ? [set] and \ before an ordinary character. */
#include <ctype.h>
#include <fnmatch.h>
#include <stddef.h>
#include <string.h>

static int in_class(const char *name, size_t len, int c)
{
	static const struct {
		const char *name;
		int (*test)(int c);
	} classes[] = {
		{ "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum }, { "upper", isupper },
		{ "lower", islower }, { "space", isspace }, { "blank", isblank }, { "punct", ispunct },
		{ "print", isprint }, { "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
	};
	int i;

	for (i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (strlen(classes[i].name) == len && strncmp(classes[i].name, name, len) == 0)
			return classes[i].test(c);
	return 0;
}

/* `p` is behind the [. Returns what is behind the ], or null if there is none: then [ is itself. */
static const char *match_set(const char *p, int c, int flags, int *matched)
{
	int negate = *p == '!' || *p == '^', found = 0;
	const char *start;

	p += negate;
	for (start = p; *p && (*p != ']' || p == start); ) {
		int low, high;

		if (p[0] == '[' && p[1] == ':' && strstr(p + 2, ":]")) {
			const char *end = strstr(p + 2, ":]");

			found |= in_class(p + 2, end - p - 2, c);
			p = end + 2;
			continue;
		}
		if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1])
			p++;
		low = high = (unsigned char)*p++;
		if (p[0] == '-' && p[1] && p[1] != ']') {
			p++;
			if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1])
				p++;
			high = (unsigned char)*p++;
		}
		found |= c >= low && c <= high;
	}
	*matched = found != negate;
	return *p ? p + 1 : NULL;
}

/* One place of the pattern but *: returns what follows it, or null for no match. */
static const char *match_one(const char *p, int c, int flags)
{
	const char *after;
	int matched;

	if (*p == '?')
		return p + 1;
	if (*p == '[') {
		after = match_set(p + 1, c, flags, &matched);
		if (after)
			return matched ? after : NULL;
	}
	if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1])
		p++;
	return (unsigned char)*p == c ? p + 1 : NULL;
}

/*
 * After a mismatch it is enough to go back to the last *, and to let it take
 * one character more: an earlier one could not do better.
 */
int fnmatch(const char *pattern, const char *string, int flags)
{
	const char *p = pattern, *s = string, *star = NULL, *star_s = NULL, *next;

	for (;;) {
		int hidden = *s == '.' && flags & FNM_PERIOD &&
			     (s == string || (flags & FNM_PATHNAME && s[-1] == '/'));
		int special = *p == '?' || *p == '[';

		if (*p == '*' && !hidden) {
			star = ++p;
			star_s = s;
			continue;
		}
		if (!*s && !*p)
			return 0;
		if (*s && *p && *p != '*' && !(special && (hidden || (*s == '/' && flags & FNM_PATHNAME)))) {
			next = match_one(p, (unsigned char)*s, flags);
			if (next) {
				p = next;
				s++;
				continue;
			}
		}
		if (!star || !*star_s || (*star_s == '/' && flags & FNM_PATHNAME))
			return FNM_NOMATCH;
		p = star;
		s = ++star_s;
	}
}
