"""tests/guest with the kernel itself: output, status, overlay, kept disk, hang, panic."""
import os
import subprocess
import sys
import tempfile
import time
import unittest

import disks
from machine import TOP, build_dir


class Guest(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def words(self, *command, options=()):
        kernel = os.path.join(build_dir(), 'lectern.elf')
        return [sys.executable, os.path.join(TOP, 'tests', 'guest'), '--kernel', kernel, *options, '--', *command]

    def guest(self, *command, options=()):
        result = subprocess.run(self.words(*command, options=options), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return result.returncode, result.stdout.decode(), result.stderr.decode()

    def test_output_and_arguments(self):
        self.assertEqual(self.guest('echo', 'a  b', '', '*'), (0, 'a  b  *\n', ''))

    def test_standard_error_comes_too(self):
        self.assertEqual(self.guest('sh', '-c', 'echo out; echo err >&2')[:2], (0, 'out\nerr\n'))

    def test_input_is_empty(self):
        self.assertEqual(self.guest('sh', '-c', 'cat; wc -c')[1].strip(), '0')

    def test_status(self):
        self.assertEqual(self.guest('sh', '-c', 'exit 42')[0], 42)

    def test_signal(self):
        self.assertEqual(self.guest('sh', '-c', 'kill -SEGV $$')[0], 139)

    def test_no_such_command(self):
        status, output, _ = self.guest('/bin/nonesuch')
        self.assertEqual(status, 127)
        self.assertIn('/bin/nonesuch', output)

    def test_binary_output_is_exact(self):
        with open(os.path.join(build_dir(), 'stripped', 'bin', 'sh'), 'rb') as file:
            wanted = file.read()
        result = subprocess.run(self.words('cat', '/bin/sh'), stdout=subprocess.PIPE)
        self.assertEqual(result.stdout, wanted)

    def test_poweroff_as_the_command(self):
        self.assertEqual(self.guest('poweroff')[0], 0)

    def test_hang(self):
        status, _, errors = self.guest('sleep', '1000', options=['--timeout', '6'])
        self.assertEqual(status, 124)
        self.assertIn('no end after 6 s; the console said last:\n', errors)
        self.assertIn('VFS: root is hda', errors)

    def test_overlay(self):
        os.makedirs(self.path('tree/root/bin'))
        with open(self.path('tree/root/bin/hello'), 'w') as file:
            file.write('#!/bin/sh\necho hello from the overlay\n')
        os.chmod(self.path('tree/root/bin/hello'), 0o755)
        status, output, _ = self.guest('sh', '-c', 'ls -ln /root/bin; /root/bin/hello',
                                       options=['--overlay', self.path('tree')])
        self.assertEqual(status, 0)
        self.assertRegex(output, r'-rwxr-xr-x +1 +0 +0 .*hello\nhello from the overlay\n')

    def test_kept_disk(self):
        disk = disks.root_copy(self.path('disk'))
        self.assertEqual(self.guest('sh', '-c', 'echo kept >/root/note', options=['--disk', disk])[0], 0)
        self.assertEqual(disks.complaints(disk), '')
        self.assertEqual(self.guest('cat', '/root/note', options=['--disk', disk])[1], 'kept\n')

    def test_root_disk_is_left_alone(self):
        root = os.path.join(build_dir(), 'root.img')
        before = disks.bytes_of(root)
        self.assertEqual(self.guest('sh', '-c', 'rm -r /etc; echo x >/new')[0], 0)
        self.assertEqual(disks.bytes_of(root), before)

    def test_runs_repeat(self):
        disk = [disks.root_copy(self.path('disk%d' % n)) for n in (1, 2)]
        for image in disk:
            self.assertEqual(self.guest('sh', '-c', 'ls -l / >/root/list; mkdir /root/dir',
                                        options=['--disk', image, '--icount'])[0], 0)
        self.assertEqual(disks.contents(disk[0], '/root/list', self.scratch.name),
                         disks.contents(disk[1], '/root/list', self.scratch.name))

    def test_second_serial_port_is_the_callers(self):
        log = self.path('com2')
        status, output, errors = self.guest('sh', '-c', 'echo over there >/dev/ttyS1',
                                            options=['--qemu', '-serial file:' + log])
        self.assertEqual(status, 0, output + errors)
        self.assertIn(b'over there', disks.bytes_of(log))

    def test_side_by_side(self):
        guests = [subprocess.Popen(self.words('sh', '-c', 'echo %d; exit %d' % (n, n)), stdout=subprocess.PIPE)
                  for n in range(3)]
        answers = [(guest.communicate()[0], guest.returncode) for guest in guests]
        self.assertEqual(answers, [(b'0\n', 0), (b'1\n', 1), (b'2\n', 2)])


class Panic(unittest.TestCase):
    """The kernel's end: status 125, and a report that says why and where."""

    def panic(self, *options):
        words = [sys.executable, os.path.join(TOP, 'tests', 'guest'), '--kernel',
                 os.path.join(build_dir(), 'lectern.elf'), *options, '--', 'true']
        began = time.monotonic()
        result = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(result.returncode, 125, result.stderr.decode())
        self.assertLess(time.monotonic() - began, 30)
        report = result.stderr.decode()
        self.assertIn('panic', report)
        return report

    def test_no_init(self):
        report = self.panic('--append', 'init=/bin/nonesuch')
        self.assertIn('/bin/nonesuch', report)

    def test_backtrace_names_functions_and_lines(self):
        report = self.panic('--append', 'init=/bin/nonesuch')
        self.assertRegex(report, r'kernel_init\S*.* kernel/main\.c:\d+')

    def test_init_ends(self):
        self.assertIn('init ended', self.panic('--append', 'init=/bin/true'))


if __name__ == '__main__':
    unittest.main()
