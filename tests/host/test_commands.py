"""The shell and the commands, on this host's Linux and in Lectern, from the same binaries: each
script must write what POSIX says, in both places. All scripts share one machine."""
import glob
import os
import subprocess
import tempfile
import unittest

from machine import TOP, Machine, build_dir

# name, script, what it writes. Each starts in an empty folder of its own and must end with 0.
SCRIPTS = [
    ('echo', 'echo a  "b  c" \'$d\'', 'a b  c $d\n'),
    ('quoting', r'''x=1; echo "$x" '$x' \$x "\$x" "a\"b"''', '1 $x $x $x a"b\n'),
    ('empty_words', 'f() { echo $#; }; e=; f $e; f "$e"; f "" ""', '0\n1\n2\n'),
    ('substitution', 'echo $(echo $(echo deep)) `echo old`', 'deep old\n'),
    ('substitution_splits', 'f() { echo $#; }; f $(echo a b c); f "$(echo a b c)"', '3\n1\n'),
    ('pipeline', 'seq 1 1000 | sort -rn | head -n 1', '1000\n'),
    ('pipeline_status', 'true | false; echo $?; false | true; echo $?', '1\n0\n'),
    ('and_or', 'true && echo a; false || echo b; false && echo c; true || echo d; echo $?', 'a\nb\n0\n'),
    ('not', '! true; echo $?; ! false; echo $?', '1\n0\n'),
    ('if', 'if false; then echo 1; elif true; then echo 2; else echo 3; fi', '2\n'),
    ('while', 'i=; while test "$i" != xxx; do i=x$i; echo $i; done', 'x\nxx\nxxx\n'),
    ('until', 'i=; until test "$i" = xx; do i=x$i; done; echo $i', 'xx\n'),
    ('for', 'for i in a b c; do test $i = b && continue; echo $i; done', 'a\nc\n'),
    ('break', 'for i in a b c; do test $i = b && break; echo $i; done', 'a\n'),
    ('case', 'for w in hot cold x; do case $w in h*) echo 1;; c??d|y) echo 2;; *) echo 3;; esac; done', '1\n2\n3\n'),
    ('function', 'f() { echo $1 $#; return 3; }; f a b; echo $?', 'a 2\n3\n'),
    ('positional', 'set -- one two three; shift; echo $# $1 "$*"; for a in "$@"; do echo $a; done',
     '2 two two three\ntwo\nthree\n'),
    ('defaults', 'unset u; echo ${u-none} ${u:-none}; v=; echo ${v:-none}; echo ${u:=set} $u; w=x; echo ${w:+yes}',
     'none none\nnone\nset set\nyes\n'),
    ('trimming', 'p=a/b/c.txt; echo ${p##*/} ${p%/*} ${p#*/} ${p%.txt} ${#p}', 'c.txt a/b b/c.txt a/b/c 9\n'),
    ('arithmetic', 'x=7; echo $((x * 3 + 1)) $((x % 4)) $((1 << 4 | 1)) $((x > 3)) $((-x / 2))', '22 3 17 1 -3\n'),
    ('globbing', 'touch a1 a2 b1 .h; echo a* ?1 [ab]1 [!a]1 *z', 'a1 a2 a1 b1 a1 b1 b1 *z\n'),
    ('redirection', 'echo one >f; echo two >>f; cat <f; ls nonesuch 2>e; test -s e && echo told', 'one\ntwo\ntold\n'),
    ('descriptors', 'exec 3>out; echo kept >&3; exec 3>&-; cat out; { echo o; echo e >&2; } >both 2>&1; cat both', 'kept\no\ne\n'),
    ('here_document', 'x=1; cat <<E\na $x\nE\ncat <<\'E\'\nb $x\nE\n', 'a 1\nb $x\n'),
    ('subshell', 'x=1; (x=2; cd /; exit 3); echo $? $x', '3 1\n'),
    ('group', '{ echo a; echo b; } | wc -l', '2\n'),
    ('status_of_signal', '{ sh -c "kill -KILL \\$\\$"; } 2>/dev/null; echo $?', '137\n'),
    ('not_found', 'nonesuch 2>/dev/null; echo $?; ./also 2>/dev/null; echo $?', '127\n127\n'),
    ('not_executable', 'echo x >f; ./f 2>/dev/null; echo $?', '126\n'),
    ('background', 'sleep 0 & wait $!; echo $?; sh -c "exit 5" & wait $!; echo $?', '0\n5\n'),
    ('script_file', 'echo "echo \\$0 \\$1" >s; sh s arg; chmod 755 s; echo "#!/bin/sh\necho run" >s; ./s', 's arg\nrun\n'),
    ('read', 'echo "a b c" | { read x y; echo "$y"; }', 'b c\n'),
    ('trap_exit', 'sh -c "trap \'echo bye\' EXIT; echo hi"', 'hi\nbye\n'),
    ('errexit', 'sh -c "set -e; false; echo no"; echo $?', '1\n'),
    ('export', 'a=1; export b=2; sh -c "echo \\$a.\\$b"; c=3 sh -c "echo \\$c"', '.2\n3\n'),
    ('cat', 'echo a >x; echo b >y; cat x y; echo c | cat x - y', 'a\nb\na\nc\nb\n'),
    ('cp', 'echo data >x; cp x y; cat y; mkdir d; cp x y d; ls d', 'data\nx\ny\n'),
    ('cp_tree', 'mkdir -p d/e; echo 1 >d/e/f; cp -r d g; cat g/e/f', '1\n'),
    ('mv', 'echo 1 >x; mv x y; ls; mkdir d; mv y d; ls d', 'y\ny\n'),
    ('rm', 'mkdir -p a/b; touch a/b/c f; rm f; rm -r a; rm -f nonesuch; ls', ''),
    ('ln', 'echo 1 >x; ln x y; ln -s x z; echo 2 >>y; cat z; ls -l z | wc -l', '1\n2\n1\n'),
    ('mkdir', 'mkdir -p a/b/c; ls a/b; mkdir a 2>/dev/null; echo $?; rmdir a/b/c; ls a/b', 'c\n1\n'),
    ('head_tail', 'seq 1 20 >f; head -n 2 f; tail -n 2 f; seq 1 5 | tail -n +4', '1\n2\n19\n20\n4\n5\n'),
    ('wc', 'echo "one two" >f; wc -l <f; wc -w <f; wc -c <f', '1\n2\n8\n'),
    ('grep', 'seq 1 30 >f; grep 3 f | wc -l; grep -c 1 f; grep -v "[0-9][0-9]" f | head -n 1; grep x f; echo $?; grep -n 30 f',
     '4\n12\n1\n1\n30:30\n'),
    ('sort', 'echo "b 2\na 10\nc 1" >f; sort f; sort -k2 -n f; sort -r f | head -n 1; echo "a\na" | sort -u',
     'a 10\nb 2\nc 1\nc 1\nb 2\na 10\nc 1\na\n'),
    ('seq', 'seq 3; seq 2 4; seq 1 3 9', '1\n2\n3\n2\n3\n4\n1\n4\n7\n'),
    ('dd', 'seq 1 1000 >f; dd if=f of=g bs=100 count=3 skip=1 2>/dev/null; wc -c <g', '300\n'),
    ('test', 'touch f; mkdir d; test -f f && echo 1; test -d d && echo 2; test -s f || echo 3; test 2 -lt 10 && echo 4; [ a != b ] && echo 5',
     '1\n2\n3\n4\n5\n'),
    ('true_false', 'true; echo $?; false; echo $?', '0\n1\n'),
    ('tee', 'echo a | tee x y; cat x y', 'a\na\na\n'),
    ('env', 'env -i A=1 env', 'A=1\n'),
    ('hexdump', 'echo abc | hexdump -C | head -n 1',
     '00000000  61 62 63 0a                                       |abc.|\n'),
    ('sort_keys', 'printf "b 2 x\\na 10 y\\nC 3 z\\na 2 w\\n" >f; sort -k2n f; sort -k1,1 -k2,2n f; sort -f f | tail -n 1; sort -c f 2>/dev/null; echo $?',
     'a 2 w\nb 2 x\nC 3 z\na 10 y\nC 3 z\na 2 w\na 10 y\nb 2 x\nC 3 z\n1\n'),
    ('sort_into_itself', 'seq 3 -1 1 >f; sort -o f f; cat f', '1\n2\n3\n'),
    ('grep_patterns', 'seq 1 5 >f; seq 4 5 >p; grep -e 1 -e 3 f; grep -f p f; grep -s x nonesuch; echo $?', '1\n3\n4\n5\n2\n'),
    ('tail_bytes', 'printf abcdef >f; tail -c 2 f; tail -c +5 f; echo', 'efef\n'),
    ('links_followed', 'echo x >f; ln -s f l; cp -P l m; test -L m && echo 1; cp -L l n; test -L n || echo 2; ln -L l h; test -L h || echo 3; ls -m',
     '1\n2\n3\nf, h, l, m, n\n'),
    ('asking', 'echo 1 >f; echo n | rm -i f 2>/dev/null; ls; echo y | rm -i f 2>/dev/null; ls', 'f\n'),
    ('kill_names', 'kill -l 143; ( exit 0 ); env kill -l 130', 'TERM\nINT\n'),
    ('modes', 'umask 022; mkdir -m u=rwx,go=x d; touch f; chmod +x f; chmod u-w,o= f; ls -ld d f | grep -c -e ^drwx--x--x -e ^-r-xr-x---',
     '2\n'),
    ('ps_columns', 'ps -o pid,comm=NAME -p 1 | head -n 1; ps -f -p $$ | wc -l', '  PID NAME\n2\n'),
    ('large_pipe', 'seq 1 100000 | cat | cat | tail -n 1', '100000\n'),
    ('many_arguments', 'echo $(seq 1 3000) | wc -w', '3000\n'),
    ('dashes', 'export -- A=1; eval -- "echo \$A"; unset -- A; echo ${A-none}; cd -P -- /; pwd -LP; f() { :; }; unset -f -- f; exec -- echo end',
     '1\nnone\n/\nend\n'),
    ('wrong_options', 'cd -x / 2>/dev/null; echo $?; pwd -x 2>/dev/null; echo $?; read -z a 2>/dev/null; echo $?; read 1a 2>/dev/null; echo $?; (trap x NOPE) 2>/dev/null; echo $?',
     '2\n2\n2\n2\n1\n'),
    ('what_names_are', 'alias a="b c"; f() { :; }; command -v a if f echo /bin/nonesuch; echo $?; type if; command -V a',
     "alias a='b c'\nif\nf\necho\n127\nif is a shell keyword\na is an alias for b c\n"),
    ('traps_shown', "trap 'echo \"a\"' INT; trap; trap -p INT QUIT; trap -- - INT; trap",
     "trap -- 'echo \"a\"' INT\ntrap -- 'echo \"a\"' INT\ntrap -- - QUIT\n"),
    ('umask', 'umask u=rwx,g=rx,o=; umask; umask g+w,o=u-w; umask -S; umask -- 027; umask; umask 9 2>/dev/null; echo $?', '0027\nu=rwx,g=rwx,o=rx\n0027\n2\n'),
    ('ulimit', 'ulimit -n 50; ulimit -n; ulimit -Sn 20; ulimit -S -n; ulimit -Hn; ulimit -f 10; ulimit; ulimit -c unlimited; ulimit -c; ulimit -a | wc -l; ulimit -n x 2>/dev/null; echo $?',
     '50\n20\n50\n10\nunlimited\n7\n2\n'),
    ('hash', 'hash; hash cat; hash -r; hash nonesuch 2>/dev/null; echo $?', '1\n'),
    ('set_options', 'set -eu -o noglob; echo $- *; set +euf; set -o | grep errexit; set +o | grep errexit; set -fo pipefail; false | true; echo $?; set -o notify -h -o nolog; set - a b; echo $#',
     'efu *\nerrexit         off\nset +o errexit\n1\n2\n'),
    ('jobs', 'sleep 9 & sleep 8 & jobs -p >p; wc -l <p; jobs %1; jobs -l %sleep\\ 9 >l; wc -l <l; jobs %7 2>/dev/null; echo $?; kill %1 %2', '2\n[1] - Running\tsleep 9\n1\n2\n'),
    ('test_by_count', '[ ! ]; echo $?; [ "(" a ")" ]; echo $?; [ ! "(" a ")" ]; echo $?; test ! -f -a -f; echo $?; [ = = = ]; echo $?; [ -t x ] 2>/dev/null; echo $?; [ "(" = ")" ]; echo $?',
     '0\n0\n1\n1\n0\n2\n1\n'),
]
MARK = '#@%s\n'


def wrapped(name, script):
    """The script in a folder of its own, between marks that tell outputs apart."""
    return 'mkdir %s && cd %s && (\n%s\n); echo "#@status $?"; cd ..' % (name, name, script)


class Scripts:
    """Mixed into the two classes below, which say where the scripts run."""

    @classmethod
    def take(cls, text):
        """Splits the output of everything into a map from name to (output, status)."""
        cls.results = {}
        for part in text.split('#@begin ')[1:]:
            name, _, rest = part.partition('\n')
            output, _, status = rest.partition('#@status ')
            cls.results[name] = output, status.split('\n')[0]

    def check(self, name, wanted):
        self.assertIn(name, self.results, 'its output never came: the machine ended before')
        output, status = self.results[name]
        self.assertEqual(status, '0', output)
        self.assertEqual(output, wanted)


def everything():
    return '\n'.join('echo "#@begin %s"\n%s' % (name, wrapped(name, script)) for name, script, _ in SCRIPTS)


def add_cases(cls):
    for name, _, wanted in SCRIPTS:
        setattr(cls, 'test_' + name, lambda self, name=name, wanted=wanted: self.check(name, wanted))
    return cls


def host_runs_i386():
    return subprocess.run(['sh', os.path.join(TOP, 'tests', 'doctor'), 'runs-i386'],
                          stdout=subprocess.DEVNULL).returncode == 0


@unittest.skipUnless(host_runs_i386(), 'this host runs no i386 programs')
@add_cases
class OnLinux(Scripts, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            programs = os.path.join(build_dir(), 'bin')
            result = subprocess.run([os.path.join(programs, 'sh'), '-c', everything()], cwd=folder,
                                    env={'PATH': programs}, stdin=subprocess.DEVNULL, timeout=60,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        cls.take(result.stdout.decode('utf-8', 'replace'))

    def test_help(self):
        """Every command answers --help with its usage and ends with 0, but for false."""
        for path in sorted(glob.glob(os.path.join(build_dir(), 'bin', '*'))):
            with self.subTest(os.path.basename(path)):
                result = subprocess.run([path, '--help'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, encoding='utf-8', timeout=20)
                self.assertEqual(result.returncode, os.path.basename(path) == 'false', result.stdout)
                self.assertRegex(result.stdout, r'(?i)usage:? *%s' % os.path.basename(path))


@add_cases
class InLectern(Scripts, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        output = []
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, 'root'))
            with open(os.path.join(folder, 'root', 'all.sh'), 'w') as file:
                file.write('mkdir /tmp/all && cd /tmp/all || exit 1\n' + everything())
            with Machine(['sh', '/root/all.sh'], overlays=[folder], timeout=120) as machine:
                outcome = machine.run(output.append)
        cls.take(b''.join(output).decode('utf-8', 'replace') + '\n' + outcome.explain())


if __name__ == '__main__':
    unittest.main()
