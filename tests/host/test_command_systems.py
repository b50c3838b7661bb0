"""Commands whose work shows outside their output: a terminal's modes beside the host's stty, signals,
files that grow; and in Lectern alone what must not be tried on a host: its clock, its mounts."""
import os
import pty
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from machine import Machine, build_dir
from test_commands import host_runs_i386

PROGRAMS = os.path.join(build_dir(), 'bin')
# A pseudo-terminal has eight bits, no parity and one speed: the rest is tried in Lectern.
SETTINGS = '''raw -raw cooked -cooked sane nl -nl ek -evenp -parity -oddp tabs -tabs
cs8 -parenb parodd -parodd hupcl -hupcl hup -hup cstopb -cstopb cread clocal -clocal
ignbrk -ignbrk brkint -brkint ignpar -ignpar parmrk -parmrk inpck -inpck istrip -istrip inlcr -inlcr igncr -igncr
icrnl -icrnl ixon -ixon ixany -ixany ixoff -ixoff opost -opost ocrnl -ocrnl onocr -onocr onlret -onlret
ofill -ofill ofdel -ofdel cr0 cr1 cr2 cr3 nl0 nl1 tab0 tab1 tab2 tab3 bs0 bs1 ff0 ff1 vt0 vt1
isig -isig icanon -icanon iexten -iexten echo -echo echoe -echoe echok -echok echonl -echonl noflsh -noflsh
tostop -tostop 38400'''.split()
PAIRS = ['intr ^C', 'quit ^?', 'erase x', 'kill ^-', 'eof undef', 'eol ^A', 'susp ^Y', 'start ^Q', 'stop ^S',
         'min 3', 'time 7', 'rows 11', 'cols 17', '-echo -icanon intr ^B min 0']


@unittest.skipUnless(host_runs_i386() and shutil.which('stty'), 'this host runs no i386 programs, or has no stty')
class Terminal(unittest.TestCase):
    def setUp(self):
        self.keyboard, self.terminal = pty.openpty()
        self.addCleanup(os.close, self.keyboard)
        self.addCleanup(os.close, self.terminal)
        self.first = self.stty(shutil.which('stty'), '-g')

    def stty(self, program, *words):
        result = subprocess.run([program, *words], stdin=self.terminal, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, encoding='utf-8')
        self.assertEqual((result.returncode, result.stderr), (0, ''), words)
        return result.stdout.strip()

    def modes_after(self, program, *words):
        self.stty(shutil.which('stty'), self.first, 'rows', '24', 'cols', '80')
        self.stty(program, *words)
        return self.stty(shutil.which('stty'), '-g'), self.stty(shutil.which('stty'), 'size')

    def test_settings(self):
        ours = os.path.join(PROGRAMS, 'stty')
        for setting in SETTINGS + PAIRS:
            with self.subTest(setting):
                words = setting.split()
                self.assertEqual(self.modes_after(ours, *words), self.modes_after(shutil.which('stty'), *words))

    def test_g_is_taken_back(self):
        ours = os.path.join(PROGRAMS, 'stty')
        kept = self.stty(ours, '-g')
        self.stty(ours, 'raw', '-echo', 'intr', 'q')
        self.assertNotEqual(self.stty(ours, '-g'), kept)
        self.stty(ours, kept)
        self.assertEqual(self.stty(ours, '-g'), kept)

    def test_answers(self):
        ours = os.path.join(PROGRAMS, 'stty')
        self.stty(ours, 'rows', '20', 'cols', '30', 'cstopb', '-echo', 'intr', '^B')
        self.assertEqual((self.stty(ours, 'size'), self.stty(ours, 'speed')), ('20 30', '38400'))
        shown = self.stty(ours, '-a').replace(';', '').split()
        for word in ('38400', 'cs8', 'cstopb', '-echo', 'icanon', '^B', 'nl0', 'tab0'):
            self.assertIn(word, shown)


@unittest.skipUnless(host_runs_i386(), 'this host runs no i386 programs')
class Running(unittest.TestCase):
    def test_dd_tells_its_counts_at_an_interrupt(self):
        dd = subprocess.Popen([os.path.join(PROGRAMS, 'dd'), 'if=/dev/zero', 'of=/dev/null'], stderr=subprocess.PIPE)
        time.sleep(0.3)
        dd.send_signal(signal.SIGINT)
        _, said = dd.communicate(timeout=20)
        self.assertRegex(said.decode(), r'^\d+\+0 records in\n\d+\+0 records out\n')
        self.assertEqual(dd.returncode, -signal.SIGINT)

    def test_tail_follows(self):
        with tempfile.NamedTemporaryFile('w') as file:
            file.write('1\n2\n3\n')
            file.flush()
            tail = subprocess.Popen([os.path.join(PROGRAMS, 'tail'), '-fn1', file.name], stdout=subprocess.PIPE)
            self.assertEqual(tail.stdout.readline(), b'3\n')
            file.write('4\n')
            file.flush()
            self.assertEqual(tail.stdout.readline(), b'4\n')
            tail.terminate()
            tail.wait()
            tail.stdout.close()


# name, script, what it writes: as root of a machine that is thrown away
SCRIPTS = [
    ('date', 'for t in 010203042031.05 1231235999 020304051970 0229000024; do date -u $t >/dev/null; date "+%Y-%m-%d %H:%M"; done >all; cat all; '
             'date 02300000 2>/dev/null; echo $?; date 010203042031 >all; date -u +%A%j',
     '2031-01-02 03:04\n1999-12-31 23:59\n1970-02-03 04:05\n2024-02-29 00:00\n1\nThursday002\n'),
    ('mount', 'mkdir m n; mount -t tmpfs -o ro,nosuid it m; touch m/f 2>/dev/null || echo ro; mount -o remount,rw m && touch m/f; '
              'mount -o bind m n; ls n; mount -t tmpfs | grep -c " $PWD/m "; umount -v n >all; '
              'umount it && ls m; umount m 2>/dev/null; echo $?; mount nowhere 2>/dev/null; echo $?; mount -a; echo $?',
     'ro\nf\n1\n1\n1\n0\n'),
    ('dmesg', 'dmesg -r | head -n 1 | grep -c "^<[0-7]>"; dmesg -t | grep -c "^\\["; dmesg -l emerg; dmesg -x | head -n 1 | grep -c "^kern"; '
              'dmesg -C; dmesg | wc -l', '1\n0\n1\n0\n'),
    ('ps', 'ps -A -o pid= -o comm= | head -n 1; ps -o pid= -p $$ | wc -l; ps -e -o stat 2>/dev/null; echo $?; sleep 5 & sleep 1; ps -o args= -p $!; '
           'ps -u root -o ruser= -p 1 | head -n 1; ps -t ttyS9 -o pid=; echo $?; kill $!', '    1 init\n1\n1\nsleep 5\nroot\n1\n'),
    ('mknod', 'mknod a c 0x1 5; mknod -m u=rw,go= b u 1 03; mknod -m 640 c b 010 0; mknod p p; mknod d c x 1 2>/dev/null; echo $?; mknod e c 1 2>/dev/null; '
              'echo $?; for f in a b c p; do set -- $(ls -l $f); echo $1 ${5%,} $6; done; head -c 2 a | wc -c',
     '1\n2\ncrw-r--r-- 1 5\ncrw------- 1 3\nbrw-r----- 8 0\nprw-r--r-- 0 Jan\n2\n'),
    ('stty', 'for s in 9600 evenp oddp -parity cs5 cs6 cs8 parenb "-parenb parodd -cread" "cread -parodd" 134 "ispeed 4800" "ospeed 300" '
             '115200; do stty -F /dev/ttyS0 $s; g=$(stty -F /dev/ttyS0 -g); g=${g#*:*:}; echo ${g%%:*}; done; stty -F /dev/ttyS0 speed',
     'cbd\ndad\nfad\nebd\ne8d\ne9d\nebd\nfbd\ne3d\ncbd\ncb4\ncbc\ncb7\n1cb2\n115200\n'),
    ('full', 'mkdir s; mount -t tmpfs -o size=8k x s; cat /bin/sh >s/f 2>/dev/null; echo $?; cp /bin/sh s/g 2>/dev/null; echo $?; '
             'seq 100000 >s/h 2>/dev/null; echo $?; dd if=/dev/zero of=s/i 2>/dev/null; echo $?; umount s', '1\n1\n1\n1\n'),
]


def add_cases(cls):
    for name, _, wanted in SCRIPTS:
        setattr(cls, 'test_' + name, lambda self, name=name, wanted=wanted: self.assertEqual(self.outputs.get(name), wanted))
    return cls


@add_cases
class InLectern(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        text = ''.join('mkdir /tmp/%s; cd /tmp/%s; echo "#@%s"\n%s\n' % (name, name, name, script)
                       for name, script, _ in SCRIPTS)
        output = []
        with tempfile.TemporaryDirectory() as folder:
            os.makedirs(os.path.join(folder, 'root'))
            with open(os.path.join(folder, 'root', 'all.sh'), 'w') as file:
                file.write(text)
            with Machine(['sh', '/root/all.sh'], overlays=[folder], timeout=60) as machine:
                machine.run(output.append)
        parts = b''.join(output).decode('utf-8', 'replace').split('#@')[1:]
        cls.outputs = dict(part.split('\n', 1) for part in parts)


if __name__ == '__main__':
    unittest.main()
