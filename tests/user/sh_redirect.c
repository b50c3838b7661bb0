/*
 * The shell's redirections and here-documents.
 * What each script must print is what POSIX says and Linux's sh does.
 * host: yes (the host's own /bin/sh, or $TEST_SH)
 */
#include "sh_cases.h"

static const struct sh_case cases[] = {
	{
		.name = "files",
		.script =
			"echo a > o; echo b >> o; cat < o; cat /nonexistent-x 2>/dev/null || echo failed",
		.output =
			"a\n"
			"b\n"
			"failed\n",
	},
	{
		.name = "descriptors",
		.script =
			"exec 3>o; echo three >&3; exec 3>&-; cat o; read l < o; echo $l",
		.output =
			"three\n"
			"three\n",
	},
	{
		.name = "order",
		.script =
			"{ echo out; echo err >&2; } 2>&1 >/dev/null; echo x 2>/dev/null; { echo e2 >&2; } 2>&1",
		.output =
			"err\n"
			"x\n"
			"e2\n",
	},
	{
		.name = "here",
		.script =
			"cat <<E\n"
			"a $((1+1)) $(echo b) \\$x `echo c` \"q\" 'r'\n"
			"E",
		.output =
			"a 2 b $x c \"q\" 'r'\n",
	},
	{
		.name = "here_quoted",
		.script =
			"cat <<'E'\n"
			"a $x `b` \\\n"
			"E",
		.output =
			"a $x `b` \\\n",
	},
	{
		.name = "here_tabs",
		.script =
			"cat <<-E\n"
			"\ttab\n"
			"\t\ttwo\n"
			"\tE\n"
			"echo end",
		.output =
			"tab\n"
			"two\n"
			"end\n",
	},
	{
		.name = "here_two",
		.script =
			"cat <<A; cat <<B\n"
			"a\n"
			"A\n"
			"b\n"
			"B",
		.output =
			"a\n"
			"b\n",
	},
	{
		.name = "here_function",
		.script =
			"f() { cat; }; echo piped | f; f <<E\n"
			"heredoc to function\n"
			"E",
		.output =
			"piped\n"
			"heredoc to function\n",
	},
	{
		.name = "here_substitution",
		.script =
			"x=$(cat <<E\n"
			"in sub\n"
			"E\n"
			"); echo \"$x\"",
		.output =
			"in sub\n",
	},
	{
		.name = "loop",
		.script =
			"x=3; while [ $x -gt 0 ]; do echo $x; x=$((x-1)); done > o; cat o; while read l; do echo "
			"\"<$l>\"; done < o",
		.output =
			"3\n"
			"2\n"
			"1\n"
			"<3>\n"
			"<2>\n"
			"<1>\n",
	},
	{
		.name = "exec",
		.script =
			"exec 4>&1 > o; echo redirected; exec >&4; cat o",
		.output =
			"redirected\n",
	},
	{
		.name = "function",
		.script =
			"f() { echo a; } > o; f; cat o",
		.output =
			"a\n",
	},
	{
		.name = "noclobber",
		.script =
			"> e; cat e; [ -s e ]; echo $?; set -C; (echo x > e) 2>/dev/null; echo $?; echo x >| e; cat e",
		.output =
			"1\n"
			"2\n"
			"x\n",
	},
	{
		.name = "missing_directory",
		.script =
			"(echo x > /nonexistent/dir/file) 2>/dev/null; echo $?; cat < /nonexistent 2>/dev/null; echo "
			"$?",
		.output =
			"2\n"
			"2\n",
	},
	{
		.name = "both_ways",
		.script =
			"echo hello > f; exec 5<>f; read x <&5; echo \"$x\"; exec 5>&-",
		.output =
			"hello\n",
	},
};

int main(void)
{
	return run_cases(cases, sizeof(cases) / sizeof(*cases));
}
