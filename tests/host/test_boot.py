"""Power-on to a shell: by the direct load and from the CD, at every size of memory, and back off."""
import os
import re
import subprocess
import unittest

import disks
from machine import PANICKED, TOP, Machine, build_dir
from terminal import Terminal

HEADROOM = 4096         # KiB of the machine's memory that firmware and page frames' own records may take


class Boot(unittest.TestCase):
    """What holds for every way to start."""
    lean = True         # the ISO and the times are those of the kernel that is shipped

    def session(self, terminal):
        with terminal:
            terminal.start()
            terminal.prompt(60)
            self.assertEqual(terminal.ask('echo one two'), 'one two')
            self.assertEqual(terminal.ask('uname -r'), '5.10.0-lectern')
            self.assertIn('/dev/hda / ext2 rw', terminal.ask('cat /proc/mounts'))
            self.assertEqual(terminal.poweroff(), 0)
            self.assertEqual(disks.complaints(terminal.disk), '')

    def test_direct(self):
        self.session(Terminal())

    def test_iso(self):
        iso = os.path.join(build_dir(), 'lectern.iso')
        made = subprocess.run(['make', '-C', TOP, iso[len(TOP) + 1:] if iso.startswith(TOP + '/') else 'iso'],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual(made.returncode, 0, made.stdout)
        self.session(Terminal(iso=iso, memory=128))

    def test_reboot_ends_the_machine(self):
        with Terminal() as terminal:
            terminal.start()
            terminal.prompt()
            terminal.send('reboot\r')
            self.assertEqual(terminal.wait(), 0)
            self.assertEqual(disks.complaints(terminal.disk), '')

    def test_unknown_parameters_reach_init(self):
        with Machine(['env'], append='colour=green') as machine:
            output = []
            outcome = machine.run(output.append)
        self.assertEqual(outcome.status, 0, outcome.explain())
        self.assertIn(b'colour=green\n', b''.join(output))


class Memory(unittest.TestCase):
    lean = True         # checkers take memory

    def guest(self, memory, script):
        output = []
        with Machine(['sh', '-c', script], memory=memory) as machine:
            outcome = machine.run(output.append)
            self.assertEqual(outcome.status, 0, outcome.explain())
            return b''.join(output).decode()

    def check(self, memory, used=None):
        text = self.guest(memory, 'cat /proc/meminfo; seq 1 1000 | sort -rn | head -n 1')
        total = int(re.search(r'MemTotal: +(\d+) kB', text).group(1))
        self.assertLessEqual(total, (used or memory) * 1024)
        # One 128th of memory holds the page frames' records; the kernel itself is under 2 MiB.
        self.assertGreaterEqual(total, (used or memory) * 1024 * 127 // 128 - HEADROOM)
        self.assertTrue(text.endswith('\n1000\n'), text)
        return memory * 1024 - int(re.search(r'MemFree: +(\d+) kB', text).group(1))

    def test_8(self):
        self.check(8)

    def test_16(self):
        self.check(16)

    def test_64_and_idle_takes_less_than_6(self):
        self.assertLess(self.check(64), 6 * 1024)

    def test_640(self):
        self.check(640)

    def test_1024_uses_640(self):
        self.check(1024, used=640)


class ModuleLoader(unittest.TestCase):
    lean = True

    def test_under_40_kib(self):
        folder = os.path.join(build_dir(), 'kernel', 'module')
        objects = [os.path.join(folder, name) for name in os.listdir(folder) if name.endswith('.o')]
        sizes = subprocess.run(['size', *objects], stdout=subprocess.PIPE, check=True, encoding='ascii').stdout
        total = sum(int(line.split()[3]) for line in sizes.splitlines()[1:])
        self.assertTrue(8 * 1024 < total < 40 * 1024, sizes)


class Processor(unittest.TestCase):
    # contract: S0-04
    def test_smep_and_smap(self):
        """User memory is closed to the kernel and to drivers, but for the functions that are for it."""
        with Machine(['sh', '-c', '/tests/char_samples && /tests/methods >/dev/null && echo fine'], cpu='qemu32,+smep,+smap',
                     append='ktest=x86,uaccess') as machine:
            output = []
            outcome = machine.run(output.append)
            self.assertEqual((outcome.status, b''.join(output)[-5:]), (0, b'fine\n'), outcome.explain())
            self.assertRegex(machine.console(), r'ok \d+ user_memory_is_closed_to_the_kernel\n')

    def test_without_sse(self):
        with Machine(['sh', '-c', 'echo fine | cat'], cpu='pentium2') as machine:
            output = []
            outcome = machine.run(output.append)
            self.assertEqual((outcome.status, b''.join(output)), (0, b'fine\n'), outcome.explain())

    def test_without_fxsave(self):
        with Machine(['true'], cpu='qemu32,-fxsr,-sse,-sse2,-sse3') as machine:
            outcome = machine.run()
            self.assertEqual(outcome.status, PANICKED)
            self.assertIn('this CPU has no FXSAVE', machine.console() + outcome.explain())


if __name__ == '__main__':
    unittest.main()
