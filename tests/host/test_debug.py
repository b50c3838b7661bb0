"""gdb on a running machine: the commands of kernel/debug/lectern-gdb.py."""
import os
import select
import shutil
import subprocess
import tempfile
import threading
import time
import unittest

from machine import TOP, build_dir, debug_build
from terminal import Terminal

SECONDS = 60            # what a run may take
SCRIPT = os.path.join(TOP, 'kernel', 'debug', 'lectern-gdb.py')


@unittest.skipUnless(shutil.which('gdb'), 'gdb is not here')
class Gdb(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.terminal = Terminal()
        cls.terminal.__enter__()
        cls.addClassCleanup(cls.terminal.__exit__)
        cls.socket = cls.terminal.path('gdb')
        cls.terminal.args = ['-gdb', 'unix:%s,server=on,wait=off' % cls.socket]
        cls.terminal.start()
        cls.terminal.prompt()
        cls.terminal.ask('cat /etc/rc; ls -l /dev/null')

    def gdb(self, *commands):
        words = ['gdb', '-q', '-batch', '-iex', 'set auto-load off', '-ex', 'target remote ' + self.socket, '-x', SCRIPT]
        for command in commands:
            words += ['-ex', command]
        result = subprocess.run(words + [os.path.join(build_dir(), 'lectern.elf')], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace',
                                timeout=60)
        return result.stdout

    def test_ps(self):
        said = self.gdb('ps')
        self.assertRegex(said, r' 0 +0 R\+? .*swapper')
        self.assertRegex(said, r' 1 +0 S .* init')
        self.assertRegex(said, r' S .* sh\n')

    def test_waitq(self):
        said = self.gdb('python waiting = [t for t in tasks() if int(t["waiting_on"])]',
                        'python gdb.execute("waitq %d" % int(waiting[0]["waiting_on"])) if waiting else print("1 sleeping")')
        self.assertRegex(said, r'[1-9]\d* sleeping')

    def test_inode_by_path(self):
        said = self.gdb('inode /etc/rc')
        self.assertIn('file of file system ext2', said)
        self.assertIn('mode 0755, links 1', said)

    def test_inode_of_what_was_never_looked_up(self):
        self.assertIn('is not in the dentry cache', self.gdb('inode /no/such/thing'))

    def test_pt(self):
        said = self.gdb('pt &init_task', 'pt 0xc0100000', 'pt 0')
        self.assertRegex(said, r'physical 0x00100000')
        self.assertIn('not present', said)

    def test_source_lines(self):
        self.assertRegex(self.gdb('info line kmain'), r'kernel/main\.c')

    def test_breakpoints_in_modules(self):
        """One that is loaded, one that is not yet; each stops where its source says."""
        self.terminal.ask('modprobe openbuf')
        self.terminal.ask('t() { modprobe mydevice; : >/dev/openbuf; rmmod mydevice; }')
        self.terminal.ask('while sleep 1; do t; done &')
        said = self.gdb('lx-symbols', 'lx-lsmod', 'break mydev_init', 'break mydev_probe', 'break openbuf_open', 'continue',
                        'continue', 'print pdev->name', 'continue', 'backtrace 2', 'delete', 'detach')
        self.terminal.ask('kill $!')
        self.assertRegex(said, r'openbuf: symbols from .*drivers/samples/openbuf\.ko')
        self.assertRegex(said, r'(?m)^0x[0-9a-f]{8} openbuf +\d+ 0 $')
        self.assertRegex(said, r'mydevice: symbols from .*mydevice\.ko')
        self.assertRegex(said, r'(?s)Breakpoint 1, mydev_init \(\) at drivers/samples/mydevice\.c:\d+\n.*'
                               r'Breakpoint 2, mydev_probe \(pdev=0x[0-9a-f]+\) at drivers/samples/mydevice\.c:\d+\n.*"mydevice"')
        self.assertRegex(said, r'Breakpoint 3, openbuf_open \(inode=0x[0-9a-f]+, file=0x[0-9a-f]+\) at drivers/samples/openbuf\.c:\d+\n')
        self.assertRegex(said, r'(?m)^#1 .* in \w*open\w* \(')

    def test_a_file_that_is_not_the_loaded_one(self):
        self.terminal.ask('modprobe quartet')
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(os.path.join(build_dir(), 'drivers/samples/mydevice.ko'), os.path.join(folder, 'quartet.ko'))
            said = self.gdb('lx-symbols ' + folder)
        self.assertRegex(said, r'quartet: symbols from .*drivers/samples/quartet\.ko')

    def test_dmesg(self):
        self.assertRegex(self.gdb('lx-dmesg'), r'(?m)^\[ +\d+\.\d{6}\] VFS: root is hda')


@unittest.skipUnless(shutil.which('gdb'), 'gdb is not here')
class MakeDebug(unittest.TestCase):
    COMMANDS = ('lx-symbols\nps\nlx-lsmod\nbreak openbuf_open\ncontinue\n'
                'backtrace 1\nps\ndelete\ncontinue\nquit\n')
    TYPED = b'modprobe openbuf; : >/dev/openbuf; echo opened $((6 * 7)); poweroff\n'

    def test_from_the_first_instruction(self):
        """As docs/first-driver.md has it: two terminals, lx-symbols and a breakpoint before there is a kernel."""
        debug = 'DEBUG=%d' % debug_build()
        clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        link = os.path.join(build_dir(), 'console')
        if os.path.islink(link):
            os.unlink(link)
        with subprocess.Popen(['make', '-C', TOP, debug, 'debug', 'QEMU_ARGS=-snapshot'], env=clean, stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8', errors='replace') as gdb:
            late = threading.Timer(SECONDS, gdb.terminate)
            late.start()
            gdb.stdin.write(self.COMMANDS)
            gdb.stdin.close()
            while not os.path.islink(link) and gdb.poll() is None:
                time.sleep(0.1)
            with subprocess.Popen(['make', '-s', '-C', TOP, debug, 'console'], env=clean, stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as console:
                shown = b''
                while not shown.endswith(b'# ') and console.poll() is None:
                    if select.select([console.stdout], [], [], 1)[0]:
                        shown += os.read(console.stdout.fileno(), 4096)
                    else:
                        console.stdin.write(b'\n')      # the prompt went by while nobody listened
                        console.stdin.flush()
                console.stdin.write(self.TYPED)
                console.stdin.flush()
                shown += console.stdout.read()
                said = gdb.stdout.read()
            late.cancel()
        self.assertRegex(said, r'The console is /dev/pts/\d+: `make (DEBUG=1 )?console` in another terminal')
        self.assertRegex(said, r'\(gdb\) The kernel does not run yet: the symbols of each module are read when it is loaded\.\n'
                               r'\(gdb\) The kernel does not run yet: `c` starts it, Ctrl-C stops it\.\n\(gdb\) The kernel does not run')
        self.assertNotIn('Python Exception', said)
        self.assertRegex(said, r'Breakpoint 1, openbuf_open \(inode=0x[0-9a-f]+, file=0x[0-9a-f]+\)\s+at \S+:\d+\n')
        self.assertRegex(said, r' 1 +0 S .* init')
        self.assertIn(b'\r\nopened 42\r\n', shown)
        self.assertFalse(os.path.islink(link))


if __name__ == '__main__':
    unittest.main()
