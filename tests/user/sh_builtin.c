/*
 * The shell's builtins, traps, file name patterns, scripts.
 * What each script must print is what POSIX says and Linux's sh does.
 * host: yes (the host's own /bin/sh, or $TEST_SH)
 */
#include "sh_cases.h"

static const struct sh_case cases[] = {
	{
		.name = "environment",
		.script =
			"x=1 y=2 env | grep -E '^[xy]=' | sort; echo \"[$x$y]\"; export A=1; B=2; export B; sh -c "
			"'echo $A $B'",
		.output =
			"x=1\n"
			"y=2\n"
			"[]\n"
			"1 2\n",
	},
	{
		.name = "trap_exit",
		.script =
			"trap 'echo bye' EXIT; echo hi; exit 3",
		.output =
			"hi\n"
			"bye\n",
		.status = 3,
	},
	{
		.name = "trap_signal",
		.script =
			"trap 'echo usr' USR1; kill -USR1 $$; echo after; trap - USR1",
		.output =
			"usr\n"
			"after\n",
	},
	{
		.name = "trap_subshell",
		.script =
			"(trap 'echo sub' EXIT; echo in); echo out",
		.output =
			"in\n"
			"sub\n"
			"out\n",
	},
	{
		.name = "trap_exits",
		.script =
			"trap 'echo T; exit 9' TERM; kill $$; echo no",
		.output =
			"T\n",
		.status = 9,
	},
	{
		.name = "trap_ignores",
		.script =
			"trap '' INT; sh -c 'kill -INT $$; echo survived'",
		.output =
			"survived\n",
	},
	{
		.name = "read",
		.script =
			"echo a b c | while read x y; do echo \"$x|$y\"; done; printf 'a\\\\b c\\n' | { read x; echo "
			"\"$x\"; }; printf 'a\\\\b\\n' | { read -r x; echo \"$x\"; }",
		.output =
			"a|b c\n"
			"ab c\n"
			"a\n",
	},
	{
		.name = "read_fields",
		.script =
			"printf '  lead  trail  \\n' | { read x; echo \"[$x]\"; }; printf 'a:b:c\\n' | { IFS=: read "
			"x y; echo \"$x,$y\"; }; printf 'x' | { read v; echo $? $v; }; printf 'a b\\n' | { read x y "
			"z; echo \"$x$y[$z]\"; }",
		.output =
			"[lead  trail]\n"
			"a,b:c\n"
			"1 x\n"
			"ab[]\n",
	},
	{
		.name = "printf",
		.script =
			"printf '%s %d %5s|%-5s|%05d %x %c\\n' str 42 r l 7 255 Q; printf '%s\\n' a b c; printf '%b' "
			"'a\\tb\\n'; printf '%%\\n'; printf '%d\\n' \"'A\"",
		.output =
			"str 42     r|l    |00007 ff Q\n"
			"a\n"
			"b\n"
			"c\n"
			"a\tb\n"
			"%\n"
			"65\n",
	},
	{
		.name = "echo",
		.script =
			"echo -n x; echo y; echo; echo \"\" a",
		.output =
			"xy\n"
			"\n"
			" a\n",
	},
	{
		.name = "test_strings",
		.script =
			"[ a = a ]; echo $?; [ a != a ]; echo $?; [ -z \"\" ]; echo $?; [ -n \"\" ]; echo $?; test; "
			"echo $?; [ x ]; echo $?; [ ! x ]; echo $?",
		.output =
			"0\n"
			"1\n"
			"0\n"
			"1\n"
			"1\n"
			"0\n"
			"1\n",
	},
	{
		.name = "test_numbers",
		.script =
			"[ 3 -gt 2 -a 1 -eq 1 ]; echo $?; [ 1 -ge 2 ]; echo $?; [ -1 -lt 0 ]; echo $?; [ \"(\" = "
			"\"(\" ]; echo $?; [ \\( a = a \\) -o b = c ]; echo $?; [ x -eq 1 ] 2>/dev/null; echo $?",
		.output =
			"0\n"
			"1\n"
			"0\n"
			"0\n"
			"0\n"
			"2\n",
	},
	{
		.name = "test_files",
		.script =
			"echo x > f; ln -s f l; [ -d . ] && [ -f f ] && [ ! -d f ] && [ -r f ] && [ -L l ] && [ -s f "
			"] && [ ! -e nope ] && [ ! -x f ] && echo ok; [ f -ef l ]; echo $?",
		.output =
			"ok\n"
			"0\n",
	},
	{
		.name = "cd",
		.script =
			"mkdir -p d/e; cd d/e; cd ..; [ \"${PWD##*/}\" = d ]; echo $?; cd e; cd - > o; cat o | grep "
			"-c /d; cd /; pwd; cd /nonexistent 2>/dev/null; [ $? -ne 0 ]; echo $?; pwd",
		.output =
			"0\n"
			"0\n"
			"/\n"
			"0\n"
			"/\n",
	},
	{
		.name = "globs",
		.script =
			">a.c; >b.c; >.h; >\"x y\"; mkdir d; echo *; echo *.c; echo .h*; echo \"*\"; echo *.z; for f "
			"in x*; do echo \"[$f]\"; done; echo [ab].c; echo [!a].c; echo */; echo ./*.c",
		.output =
			"a.c b.c d x y\n"
			"a.c b.c\n"
			".h\n"
			"*\n"
			"*.z\n"
			"[x y]\n"
			"a.c b.c\n"
			"b.c\n"
			"d/\n"
			"./a.c ./b.c\n",
	},
	{
		.name = "globs_off",
		.script =
			">a; x='*'; echo $x \"$x\"; set -f; echo *; set +f; echo a{b,c} [",
		.output =
			"a *\n"
			"*\n"
			"a{b,c} [\n",
	},
	{
		.name = "eval",
		.script =
			"eval 'x=5; echo $x'; eval echo '$x'; y='echo hi'; $y; eval \"$y; $y\"; eval; echo $?",
		.output =
			"5\n"
			"5\n"
			"hi\n"
			"hi\n"
			"hi\n"
			"0\n",
	},
	{
		.name = "shift",
		.script =
			"set -- a b c; shift; echo $*; shift 2; echo $#",
		.output =
			"b c\n"
			"0\n",
	},
	{
		.name = "getopts",
		.script =
			"set -- -ab foo -c rest; while getopts ab:c o; do echo \"$o $OPTARG\"; done; shift "
			"$((OPTIND-1)); echo \"$@\"",
		.output =
			"a \n"
			"b foo\n"
			"c \n"
			"rest\n",
	},
	{
		.name = "getopts_errors",
		.script =
			"while getopts :ab: o -x -b; do echo \"$o $OPTARG\"; done",
		.output =
			"? x\n"
			": b\n",
	},
	{
		.name = "umask",
		.script =
			"umask 022; umask; umask 077; umask; umask -S; umask u=rwx,go=rx; umask",
		.output =
			"0022\n"
			"0077\n"
			"u=rwx,g=,o=\n"
			"0022\n",
	},
	{
		.name = "command",
		.script =
			"command -v echo; command -v nosuchthing; echo $?; command echo c; echo() { :; }; command "
			"echo d",
		.output =
			"echo\n"
			"127\n"
			"c\n"
			"d\n",
	},
	{
		.name = "not_found",
		.script =
			"nosuchcmd 2>/dev/null; echo $?; /etc/passwd 2>/dev/null; echo $?; sh -c 'exit 7'; echo $?",
		.output =
			"127\n"
			"126\n"
			"7\n",
	},
	{
		.name = "killed",
		.script =
			"sh -c 'kill -9 $$' 2>/dev/null; echo $?; sh -c 'kill -TERM $$' 2>/dev/null; echo $?",
		.output =
			"137\n"
			"143\n",
	},
	{
		.name = "wait",
		.script =
			"sleep 0.01 & wait $!; echo $?; (exit 3) & wait $!; echo $?; wait; echo $?; wait 99999 "
			"2>/dev/null; echo $?",
		.output =
			"0\n"
			"3\n"
			"0\n"
			"127\n",
	},
	{
		.name = "readonly",
		.script =
			"readonly r=1; r=2; echo not reached",
		.output =
			"",
		.status = 2,
	},
	{
		.name = "dot",
		.script =
			"printf 'return 3\\n' > dot; . ./dot; echo $?; printf 'echo $1; q=1\\n' > dot; set -- arg; . "
			"./dot; echo $q",
		.output =
			"3\n"
			"arg\n"
			"1\n",
	},
	{
		.name = "scripts",
		.script =
			"sh -c 'echo $0 $1' name arg; echo 'echo $1' > s; sh s p; chmod +x s; ./s q; echo 'echo a; "
			"exit 5' | sh; echo $?",
		.output =
			"name arg\n"
			"p\n"
			"q\n"
			"a\n"
			"5\n",
	},
	{
		.name = "unset",
		.script =
			"x=1; unset x; echo ${x-none}; f() { :; }; unset -f f; f 2>/dev/null; echo $?; unset "
			"nothing; echo $?",
		.output =
			"none\n"
			"127\n"
			"0\n",
	},
	{
		.name = "xtrace",
		.script =
			"{ set -x; echo hi; x=1 true; set +x; } 2>&1",
		.output =
			"+ echo hi\n"
			"hi\n"
			"+ x=1 true\n"
			"+ set +x\n",
	},
	{
		.name = "options",
		.script =
			"case $- in *e*) echo e;; *) echo none;; esac; set -e; case $- in *e*) echo e;; esac; set "
			"+e; false; echo on",
		.output =
			"none\n"
			"e\n"
			"on\n",
	},
	{
		.name = "kill_list",
		.script =
			"kill -l 9; kill -l 15; kill -0 $$; echo $?",
		.output =
			"KILL\n"
			"TERM\n"
			"0\n",
	},
	{
		.name = "background",
		.script =
			"{ sleep 0.02; echo late; } & echo early; wait",
		.output =
			"early\n"
			"late\n",
	},
	{
		.name = "special_assignments",
		.script =
			"x=1 eval 'echo $x'; f() { echo \"$y\"; }; y=2 f; echo \"${y-unset}\"",
		.output =
			"1\n"
			"2\n"
			"unset\n",
	},
	{
		.name = "set_params",
		.script =
			"set a b; echo $1 $2; set -- -x; echo $1; set --; echo $#",
		.output =
			"a b\n"
			"-x\n"
			"0\n",
	},
	{
		.name = "times",
		.script =
			"times > o; [ -s o ]; echo $?; : a b c; echo $?",
		.output =
			"0\n"
			"0\n",
	},
};

int main(void)
{
	return run_cases(cases, sizeof(cases) / sizeof(*cases));
}
