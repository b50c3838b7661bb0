/*
 * The shell's lists, loops, choices, functions, subshells.
 * What each script must print is what POSIX says and Linux's sh does.
 * host: yes (the host's own /bin/sh, or $TEST_SH)
 */
#include "sh_cases.h"

static const struct sh_case cases[] = {
	{
		.name = "if",
		.script =
			"if true; then echo y; else echo n; fi; if false; then echo y; elif true; then echo e; else "
			"echo n; fi; if false; then :; fi; echo $?",
		.output =
			"y\n"
			"e\n"
			"0\n",
	},
	{
		.name = "while",
		.script =
			"i=0; while [ $i -lt 5 ]; do i=$((i+1)); [ $i = 2 ] && continue; [ $i = 4 ] && break; echo "
			"$i; done",
		.output =
			"1\n"
			"3\n",
	},
	{
		.name = "nested_loops",
		.script =
			"for i in 1 2 3; do for j in a b c; do [ $j = b ] && continue 2; echo $i$j; done; done; for "
			"i in 1 2; do for j in a b; do break 2; done; done; echo $i$j",
		.output =
			"1a\n"
			"2a\n"
			"3a\n"
			"1a\n",
	},
	{
		.name = "until",
		.script =
			"until false; do echo once; break; done; echo $?; i=0; until [ $i = 2 ]; do i=$((i+1)); "
			"done; echo $i",
		.output =
			"once\n"
			"0\n"
			"2\n",
	},
	{
		.name = "case",
		.script =
			"case abc in a) echo 1;; a*) echo 2;; *) echo 3;; esac; case \"*\" in \\*) echo star;; esac; "
			"case x in (y|x) echo par;; esac; case q in a) ;; esac; echo $?",
		.output =
			"2\n"
			"star\n"
			"par\n"
			"0\n",
	},
	{
		.name = "case_patterns",
		.script =
			"case 'a]b' in *']'*) echo yes;; esac; case b in [!a]) echo nota;; esac; case - in [a-]) "
			"echo dash;; esac; case '' in '') echo empty;; esac",
		.output =
			"yes\n"
			"nota\n"
			"dash\n"
			"empty\n",
	},
	{
		.name = "case_last",
		.script =
			"case x in x) echo last\n"
			"esac; case y in\n"
			" a|b) echo ab ;;\n"
			" y) echo y\n"
			" ;;\n"
			"esac",
		.output =
			"last\n"
			"y\n",
	},
	{
		.name = "functions",
		.script =
			"f() { echo \"f: $1 $#\"; return 5; }; f x y; echo $?; g() ( echo sub; exit 3 ); g; echo $?",
		.output =
			"f: x 2\n"
			"5\n"
			"sub\n"
			"3\n",
	},
	{
		.name = "local",
		.script =
			"f() { local x=1; echo $x; }; x=0; f; echo $x",
		.output =
			"1\n"
			"0\n",
	},
	{
		.name = "recursion",
		.script =
			"f() { echo $1; if [ $1 -gt 0 ]; then f $(($1-1)); fi; }; f 3",
		.output =
			"3\n"
			"2\n"
			"1\n"
			"0\n",
	},
	{
		.name = "and_or",
		.script =
			"true && echo a || echo b; false && echo a || echo b; ! true; echo $?; ! false; echo $?",
		.output =
			"a\n"
			"b\n"
			"1\n"
			"0\n",
	},
	{
		.name = "groups",
		.script =
			"(x=1; echo $x); echo \"[$x]\"; { x=2; }; echo $x; (cd / && pwd); (exit 4); echo $?",
		.output =
			"1\n"
			"[]\n"
			"2\n"
			"/\n"
			"4\n",
	},
	{
		.name = "pipelines",
		.script =
			"echo one | cat | cat; echo a | (read x; echo got $x); false | true; echo $?; true | false; "
			"echo $?; { echo a; echo b; } | { read x; read y; echo $y $x; }",
		.output =
			"one\n"
			"got a\n"
			"0\n"
			"1\n"
			"b a\n",
	},
	{
		.name = "for",
		.script =
			"x=\"1 2 3\"; for i in $x; do printf \"%s,\" $i; done; echo; for i in \"$x\"; do echo "
			"\"$i\"; done; for i in; do echo no; done",
		.output =
			"1,2,3,\n"
			"1 2 3\n",
	},
	{
		.name = "for_newlines",
		.script =
			"for x in a \\\n"
			" b\n"
			"do\n"
			" echo $x\n"
			"done\n"
			"for y\n"
			"do echo none; done",
		.output =
			"a\n"
			"b\n",
	},
	{
		.name = "set_e",
		.script =
			"set -e; false || true; if false; then :; fi; ! true; while false; do :; done; echo here; "
			"false; echo not reached",
		.output =
			"here\n",
		.status = 1,
	},
	{
		.name = "set_e_functions",
		.script =
			"set -e; f() { false; echo in; }; f || echo caught; (false); echo no",
		.output =
			"in\n",
		.status = 1,
	},
	{
		.name = "return",
		.script =
			"f() { return; }; false; f; echo $?; f2() { false; return; }; f2; echo $?; f3() { for i in 1 "
			"2; do return 7; done; }; f3; echo $?",
		.output =
			"1\n"
			"1\n"
			"7\n",
	},
	{
		.name = "separators",
		.script =
			"echo a;echo b&&echo c||echo d;(echo e);{ echo f;}",
		.output =
			"a\n"
			"b\n"
			"c\n"
			"e\n"
			"f\n",
	},
	{
		.name = "comments",
		.script =
			"# comment\n"
			"echo a # comment\n"
			"echo a#b '#c'",
		.output =
			"a\n"
			"a#b #c\n",
	},
	{
		.name = "subshell_in_if",
		.script =
			"if ( exit 0 ); then echo s; fi; if ! ( exit 1 ); then echo t; fi",
		.output =
			"s\n"
			"t\n",
	},
	{
		.name = "functions_calling",
		.script =
			"foo() { bar; }; bar() { echo late; }; foo; unset -f bar; bar 2>/dev/null; echo $?",
		.output =
			"late\n"
			"127\n",
	},
	{
		.name = "multiline_function",
		.script =
			"f ()\n"
			"{\n"
			"echo body\n"
			"}\n"
			"f",
		.output =
			"body\n",
	},
	{
		.name = "syntax_error",
		.script =
			"if true; then echo missing",
		.output =
			"",
		.status = 2,
	},
	{
		.name = "status",
		.script =
			"true; echo $?; false; echo $?; echo $?; (exit 9); x=$?; echo $x",
		.output =
			"0\n"
			"1\n"
			"0\n"
			"9\n",
	},
	{
		.name = "exit_code",
		.script =
			"exit 300",
		.output =
			"",
		.status = 44,
	},
};

int main(void)
{
	return run_cases(cases, sizeof(cases) / sizeof(*cases));
}
