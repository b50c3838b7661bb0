/*
 * How the shell expands words: quotes, parameters, substitution, arithmetic, splitting.
 * What each script must print is what POSIX says and Linux's sh does.
 * host: yes (the host's own /bin/sh, or $TEST_SH)
 */
#include "sh_cases.h"

static const struct sh_case cases[] = {
	{
		.name = "quotes",
		.script =
			"echo a\\ b 'c  d' \"e  f\" \\$x \\\\ \"\\$\" '\\' \"\\q\"",
		.output =
			"a b c  d e  f $x \\ $ \\ \\q\n",
	},
	{
		.name = "splitting",
		.script =
			"x=\"a b  c\"; echo $x; echo \"$x\"; echo '$x'",
		.output =
			"a b c\n"
			"a b  c\n"
			"$x\n",
	},
	{
		.name = "defaults",
		.script =
			"x=; echo ${x:-d} ${x-d} ${y-d} ${y:=q} $y ${x:+z} ${x+z} \"${y:+a b}\"",
		.output =
			"d d q q z a b\n",
	},
	{
		.name = "trimming",
		.script =
			"p=/usr/lib/libfoo.so.1; echo ${p##*/} ${p#*/} ${p%.*} ${p%%.*} ${p%/*} ${#p}",
		.output =
			"libfoo.so.1 usr/lib/libfoo.so.1 /usr/lib/libfoo.so /usr/lib/libfoo /usr/lib 20\n",
	},
	{
		.name = "parameters",
		.script =
			"set -- a \"b c\" d; echo $# \"$*\" \"$@\" $1; for i in \"$@\"; do echo \"[$i]\"; done; for "
			"i in $*; do echo \"($i)\"; done",
		.output =
			"3 a b c d a b c d a\n"
			"[a]\n"
			"[b c]\n"
			"[d]\n"
			"(a)\n"
			"(b)\n"
			"(c)\n"
			"(d)\n",
	},
	{
		.name = "ifs",
		.script =
			"IFS=:; x=a:b::c; set -- $x; echo $#; for i; do echo \"<$i>\"; done; echo \"$*\"",
		.output =
			"4\n"
			"<a>\n"
			"<b>\n"
			"<>\n"
			"<c>\n"
			"a:b::c\n",
	},
	{
		.name = "ifs_blank",
		.script =
			"IFS=' :'; x=' a : b c:d : '; for i in $x; do echo \"<$i>\"; done",
		.output =
			"<a>\n"
			"<b>\n"
			"<c>\n"
			"<d>\n",
	},
	{
		.name = "substitution",
		.script =
			"echo $(echo a; echo b) \"$(echo a; echo b)\" \"$(printf 'x\\n\\n\\n')y\"",
		.output =
			"a b a\n"
			"b xy\n",
	},
	{
		.name = "backquotes",
		.script =
			"echo `echo \\`echo nested\\`` \"`echo \"q q\"`\"",
		.output =
			"nested q q\n",
	},
	{
		.name = "arithmetic",
		.script =
			"echo $((1+2*3)) $(( (1+2)*3 )) $((7/2)) $((-7/2)) $((7%3)) $((1<<4)) $((5>3)) $((5&&0)) "
			"$((!5)) $((~0)) $((1?2:3))",
		.output =
			"7 9 3 -3 1 16 1 0 0 -1 2\n",
	},
	{
		.name = "arithmetic_variables",
		.script =
			"x=5; echo $((x+1)) $((x*=2)) $x $(($x+1)) $((x==10)) $((0x1f)) $((010))",
		.output =
			"6 10 10 11 1 31 8\n",
	},
	{
		.name = "tilde",
		.script =
			"HOME=/h; echo ~ ~/a \"~\" a~ \\~; x=~/p:~/q; echo $x",
		.output =
			"/h /h/a ~ a~ ~\n"
			"/h/p:/h/q\n",
	},
	{
		.name = "quotes_in_braces",
		.script =
			"echo \"${x:-\"a b\"}\" ${x:-\"a b\"} ${x:-a b} \"${x:-it's}\" \"${x:-}\" end",
		.output =
			"a b a b a b it's  end\n",
	},
	{
		.name = "all_params",
		.script =
			"set -- ; echo \"$@\"a; set -- 1; echo \"x$@y\"; set -- 1 2; echo \"x$@y\"; for i in "
			"\"a$@b\"; do echo \"<$i>\"; done; set --; for i in \"$@\" \"\"; do echo \"[$i]\"; done",
		.output =
			"a\n"
			"x1y\n"
			"x1 2y\n"
			"<a1>\n"
			"<2b>\n"
			"[]\n",
	},
	{
		.name = "newlines",
		.script =
			"echo \"a\n"
			"b\"; echo a\\\n"
			"b; echo 'a\n"
			"b'",
		.output =
			"a\n"
			"b\n"
			"ab\n"
			"a\n"
			"b\n",
	},
	{
		.name = "quoted_patterns",
		.script =
			"var=abc; echo \"${var%\"c\"}\" \"${var#'a'}\" ${var%[bc]*} \"${var%%b*}\" \"${var##*b}\"; "
			"v='a*b'; echo \"${v%\\**}\" \"${v%'*'b}\"",
		.output =
			"ab bc ab a c\n"
			"a a\n",
	},
	{
		.name = "ten",
		.script =
			"echo ${1-none} ${10-ten}; set -- 1 2 3 4 5 6 7 8 9 A B; echo $10 ${10} ${11}",
		.output =
			"none ten\n"
			"10 A B\n",
	},
	{
		.name = "assignments",
		.script =
			"x=a; x=b$x; x=\"$x\"c; echo $x; a=1 b=$a; echo $b; x=$(false); echo $?; x=$(exit 4) ; echo "
			"$?",
		.output =
			"bac\n"
			"1\n"
			"1\n"
			"4\n",
	},
	{
		.name = "nested_quotes",
		.script =
			"echo \"$(echo \"inner \"quoted\" text\")\"; echo \"a'b\" 'a\"b' \"`echo \"x\"`\"",
		.output =
			"inner quoted text\n"
			"a'b a\"b x\n",
	},
	{
		.name = "names",
		.script =
			"foo=bar; echo \"${foo}s\" \"$foo\"s $foo.s ${foo}$foo \"$foo$\"",
		.output =
			"bars bars bar.s barbar bar$\n",
	},
	{
		.name = "substitution_splits",
		.script =
			"a=\"x y\"; b=$a; echo \"$b\"; c=`echo \"$a\"`; echo \"$c\"; d=$(echo $a); echo \"$d\"",
		.output =
			"x y\n"
			"x y\n"
			"x y\n",
	},
	{
		.name = "assign_default",
		.script =
			": ${X:=default}; echo $X; : \"${Y:=$X-y}\"; echo $Y",
		.output =
			"default\n"
			"default-y\n",
	},
	{
		.name = "case_in_substitution",
		.script =
			"echo $(case a in a) echo paren;; esac) \"$(case b in (b) echo two;; esac)\"",
		.output =
			"paren two\n",
	},
	{
		.name = "unset_is_error",
		.script =
			"echo ${x?gone}; echo not reached",
		.output =
			"",
		.status = 2,
	},
	{
		.name = "nounset",
		.script =
			"set -u; echo $nope; echo not reached",
		.output =
			"",
		.status = 2,
	},
	{
		.name = "joined",
		.script =
			"x=; y=; echo a\"$x\"b\"$y\"'' ''\"$x\" end; for i in $x \"$x\" ''; do echo \"<$i>\"; done",
		.output =
			"ab  end\n"
			"<>\n"
			"<>\n",
	},
	{
		.name = "hash",
		.script =
			"set -- a b; echo $# ${#} ${#1} \"${#}\" $#a",
		.output =
			"2 2 1 2 2a\n",
	},
	{
		.name = "dollar",
		.script =
			"echo $ \"$\" a$ \"a$\" \\$a '$'a \"$ a\"",
		.output =
			"$ $ a$ a$ $a $a $ a\n",
	},
};

int main(void)
{
	return run_cases(cases, sizeof(cases) / sizeof(*cases));
}
