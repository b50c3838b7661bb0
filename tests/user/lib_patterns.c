/*
 * The C library: shell patterns and regular expressions.
 * host: yes
 */
#include <fcntl.h>
#include <fnmatch.h>
#include <glob.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include "tap.h"

struct match {
	const char *pattern, *string;
	int flags;
	int begin, end;		/* -1: no match */
};

static void run_matches(const struct match *m, size_t n)
{
	regmatch_t where[10];
	regex_t re;

	for (; n; n--, m++) {
		int code = regcomp(&re, m->pattern, m->flags);

		where[0].rm_so = where[0].rm_eo = -1;
		if (code == 0) {
			regexec(&re, m->string, 10, where, 0);
			regfree(&re);
		}
		if (!CHECK(code == 0 && where[0].rm_so == m->begin && where[0].rm_eo == m->end))
			printf("# %s on %s: %d, %d to %d\n", m->pattern, m->string, code,
			       where[0].rm_so, where[0].rm_eo);
	}
}

#define E REG_EXTENDED
#define MATCHES(...) \
	do { \
		static const struct match list[] = { __VA_ARGS__ }; \
		run_matches(list, sizeof(list) / sizeof(*list)); \
	} while (0)

static void basic_expressions(void)
{
	MATCHES({ "abc", "xabcx", 0, 1, 4 }, { "a.c", "abc", 0, 0, 3 }, { "a*", "aaab", 0, 0, 3 }, { "a*", "b", 0, 0, 0 },
		{ "^b", "ab", 0, -1, -1 }, { "b$", "ab", 0, 1, 2 }, { "a+", "aa+", 0, 1, 3 }, { "*a", "x*a", 0, 1, 3 },
		{ "a\\{2,3\\}", "aaaa", 0, 0, 3 }, { "\\(ab\\)*c", "ababc", 0, 0, 5 }, { "a|b", "a|b", 0, 0, 3 },
		{ "\\.", "a.b", 0, 1, 2 }, { "a^b$c", "a^b$c", 0, 0, 5 }, { "x\\(^a\\)", "xa", 0, -1, -1 },
		{ "", "abc", 0, 0, 0 }, { "\\(a*\\)*b", "aab", 0, 0, 3 });
}

static void extended_expressions(void)
{
	MATCHES({ "a+", "baac", E, 1, 3 }, { "ab?c", "ac", E, 0, 2 }, { "(a|bc)d", "xbcd", E, 1, 4 }, { "a{2}", "aaa", E, 0, 2 },
		{ "a{2,}", "aaaa", E, 0, 4 }, { "^(a|b)*$", "abab", E, 0, 4 }, { "x|yz|z", "yz", E, 0, 2 },
		{ "(ab|a)(c|bcd)", "abcd", E, 0, 4 }, { "a\\+", "a+", E, 0, 2 }, { "(a)(b)?c", "ac", E, 0, 2 },
		{ "()b", "ab", E, 1, 2 }, { "(a*)*", "aaab", E, 0, 3 }, { "(a|ab)(c|bcd)(d*)", "abcd", E, 0, 4 },
		{ "(^a)b", "ab", E, 0, 2 }, { "a(b|$)", "a", E, 0, 1 });
}

static void sets(void)
{
	MATCHES({ "[abc]+", "xxbca", E, 2, 5 }, { "[^a-c]", "abcd", E, 3, 4 }, { "[]]", "a]", E, 1, 2 },
		{ "[^]]", "]a", E, 1, 2 }, { "[a-]+", "b-a", E, 1, 3 }, { "[[:digit:]]+", "ab12c", E, 2, 4 },
		{ "[[:alpha:]_][[:alnum:]_]*", "1x_9-", E, 1, 4 }, { "[\\]", "a\\", 0, 1, 2 });
}

static void back_references(void)
{
	MATCHES({ "\\(a.\\)\\1", "abab", 0, 0, 4 }, { "\\(a*\\)b\\1", "aabaa", 0, 0, 5 }, { "^\\(.*\\)\\1$", "abcabc", 0, 0, 6 },
		{ "\\(a\\)\\1", "ab", 0, -1, -1 });
}

static void case_and_lines(void)
{
	MATCHES({ "HeLLo", "xhEllO", REG_ICASE, 1, 6 }, { "[a-c]+", "xABC", E | REG_ICASE, 1, 4 },
		{ "^b", "a\nb", REG_NEWLINE, 2, 3 }, { "a$", "a\nb", REG_NEWLINE, 0, 1 }, { "a.b", "a\nb", REG_NEWLINE, -1, -1 });
}

static void groups_report_their_places(void)
{
	regmatch_t m[4];
	regex_t re;

	CHECK_EQ(regcomp(&re, "([a-z]+)=([0-9]*)(;)?", REG_EXTENDED), 0);
	CHECK_EQ(re.re_nsub, 3);
	CHECK_EQ(regexec(&re, "  key=42 ", 4, m, 0), 0);
	CHECK(m[0].rm_so == 2 && m[0].rm_eo == 8);
	CHECK(m[1].rm_so == 2 && m[1].rm_eo == 5);
	CHECK(m[2].rm_so == 6 && m[2].rm_eo == 8);
	CHECK_EQ(m[3].rm_so, -1);
	CHECK_EQ(regexec(&re, "none", 4, m, 0), REG_NOMATCH);
	regfree(&re);
}

static void errors_of_expressions(void)
{
	static const char *const bad[] = { "(", "[a", "a{2,1}", "a\\", "[b-a]", "[[:nope:]]" };
	regex_t re;
	int i;

	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (!CHECK(regcomp(&re, bad[i], REG_EXTENDED) != 0))
			printf("# %s\n", bad[i]);
}

static void shell_patterns(void)
{
	CHECK_EQ(fnmatch("*.c", "a.c", 0), 0);
	CHECK_EQ(fnmatch("*.c", "a.h", 0), FNM_NOMATCH);
	CHECK_EQ(fnmatch("a*b*c", "aXbYbZc", 0), 0);
	CHECK_EQ(fnmatch("?", "", 0), FNM_NOMATCH);
	CHECK_EQ(fnmatch("[!a-c]x", "dx", 0), 0);
	CHECK_EQ(fnmatch("[[:upper:]]*", "Ab", 0), 0);
	CHECK_EQ(fnmatch("\\*", "*", 0), 0);
	CHECK_EQ(fnmatch("\\*", "a", 0), FNM_NOMATCH);
	CHECK_EQ(fnmatch("[", "[", 0), 0);
	CHECK_EQ(fnmatch("*", "a/b", FNM_PATHNAME), FNM_NOMATCH);
	CHECK_EQ(fnmatch("*/*", "a/b", FNM_PATHNAME), 0);
	CHECK_EQ(fnmatch("*", ".a", FNM_PERIOD), FNM_NOMATCH);
	CHECK_EQ(fnmatch(".*", ".a", FNM_PERIOD), 0);
	CHECK_EQ(fnmatch("", "", 0), 0);
	CHECK_EQ(fnmatch("*************b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", 0), FNM_NOMATCH);
}

static void names_of_files(void)
{
	char dir[] = "/tmp/glob-XXXXXX", start[100];
	glob_t g;

	if (!CHECK(mkdtemp(dir)) || !CHECK(getcwd(start, sizeof(start))) || !CHECK(chdir(dir) == 0))
		return;
	close(creat("b.c", 0600));
	close(creat("a.c", 0600));
	close(creat(".hidden", 0600));
	mkdir("sub", 0700);
	close(creat("sub/d.c", 0600));
	CHECK_EQ(glob("*.c", 0, NULL, &g), 0);
	CHECK(g.gl_pathc == 2 && strcmp(g.gl_pathv[0], "a.c") == 0 && strcmp(g.gl_pathv[1], "b.c") == 0);
	globfree(&g);
	CHECK_EQ(glob("*/*.c", 0, NULL, &g), 0);
	CHECK(g.gl_pathc == 1 && strcmp(g.gl_pathv[0], "sub/d.c") == 0);
	globfree(&g);
	CHECK_EQ(glob("*", GLOB_MARK, NULL, &g), 0);
	CHECK(g.gl_pathc == 3 && strcmp(g.gl_pathv[2], "sub/") == 0);
	globfree(&g);
	CHECK_EQ(glob("*.none", 0, NULL, &g), GLOB_NOMATCH);
	CHECK_EQ(glob("*.none", GLOB_NOCHECK, NULL, &g), 0);
	CHECK(g.gl_pathc == 1 && strcmp(g.gl_pathv[0], "*.none") == 0);
	globfree(&g);
	unlink("sub/d.c");
	unlink("a.c");
	unlink("b.c");
	unlink(".hidden");
	rmdir("sub");
	chdir(start);
	CHECK_EQ(rmdir(dir), 0);
}

int main(void)
{
	RUN(basic_expressions);
	RUN(extended_expressions);
	RUN(sets);
	RUN(back_references);
	RUN(case_and_lines);
	RUN(groups_report_their_places);
	RUN(errors_of_expressions);
	RUN(shell_patterns);
	RUN(names_of_files);
	return tap_end();
}
