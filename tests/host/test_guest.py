"""The guest runner, judged with a machine that runs speaker.asm in the kernel's place."""
import os
import subprocess
import sys
import tempfile
import time
import unittest

from machine import Channel, TOP, exit_status

HERE = os.path.dirname(os.path.abspath(__file__))


class Frames(unittest.TestCase):
    def feed(self, *pieces):
        self.seen = b''
        channel = Channel(self.collect)
        for piece in pieces:
            channel.feed(piece)
        return channel

    def collect(self, data):
        self.seen += data

    def test_whole(self):
        channel = self.feed(b'L\1\3\0abcL\2\4\0\0\7\0\0')
        self.assertEqual(self.seen, b'abc')
        self.assertEqual(exit_status(channel.wait_status), 7)

    def test_byte_by_byte(self):
        self.feed(*[bytes([byte]) for byte in b'L\1\3\0LLLL\1\2\0\1\2'])
        self.assertEqual(self.seen, b'LLL\1\2')

    def test_stray_bytes_are_skipped(self):
        channel = self.feed(b'noiseL\xff', b'L\1\1\0x')
        self.assertEqual(self.seen, b'x')
        self.assertEqual(channel.stray, b'noiseL\xff')

    def test_a_flood(self):
        """Megabytes that are no frame, and as many that are: neither takes longer the more there were before."""
        channel = self.feed(b'L' * (4 << 20), b'L\3\1\0x' * (1 << 20))
        self.assertEqual((len(channel.stray), len(channel.report)), (4 << 20, 1 << 20))

    def test_all_kinds(self):
        channel = self.feed(b'L\3\2\0hiL\4\2\0okL\5\0\0')
        self.assertEqual((channel.report, channel.ktest, channel.farewell), (b'hi', ['ok'], True))

    def test_signal(self):
        self.assertEqual(exit_status(11), 139)
        self.assertEqual(exit_status(0x80 | 6), 134)


class Runner(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.kernel = os.path.join(cls.folder.name, 'speaker')
        subprocess.run(['nasm', '-f', 'bin', '-o', cls.kernel, os.path.join(HERE, 'speaker.asm')], check=True)
        cls.disk = cls.make_disk('disk')

    @classmethod
    def make_disk(cls, name):
        path = os.path.join(cls.folder.name, name)
        with open(path, 'wb') as disk:
            disk.truncate(1 << 20)
        return path

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def start(self, *command, options=()):
        return subprocess.Popen([sys.executable, os.path.join(TOP, 'tests/guest'), '--kernel', self.kernel,
                                 '--disk', self.disk, *options, '--', *command],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def guest(self, *command, options=()):
        process = self.start(*command, options=options)
        output, errors = process.communicate(timeout=60)
        return process.returncode, output.decode(), errors.decode()

    def test_output_is_exact(self):
        status, output, errors = self.guest('echo', 'two words', '', "it's", 'ünï\n')
        self.assertEqual((status, output, errors), (0, "two words\n\nit's\nünï\n\n", ''))

    def test_status(self):
        self.assertEqual(self.guest('x7')[0], 7)

    def test_signal(self):
        self.assertEqual(self.guest('segv')[0], 128 + 11)

    def test_panic(self):
        status, output, errors = self.guest('panic')
        self.assertEqual((status, output), (125, ''))
        self.assertIn('the kernel panicked:\npanic: on request\n', errors)

    def test_hang(self):
        started = time.monotonic()
        status, _, errors = self.guest('hang', options=['--timeout', '2'])
        self.assertEqual(status, 124)
        self.assertIn('no end after 2 s', errors)
        self.assertIn('speaker is here', errors)
        self.assertLess(time.monotonic() - started, 20)

    def test_triple_fault(self):
        status, _, errors = self.guest('reset')
        self.assertEqual(status, 125)
        self.assertIn('without a word', errors)

    def test_farewell(self):
        self.assertEqual(self.guest('down')[0], 0)

    def test_stray_bytes_and_long_frame(self):
        self.assertEqual(self.guest('garbage')[:2], (0, '.' * 300))

    def test_long_command(self):
        words = ['%04d' % n for n in range(3000)]
        self.assertEqual(self.guest('echo', *words)[1].split(), words)

    def test_no_kernel(self):
        status, _, errors = self.guest('x0', options=['--kernel', '/nowhere/kernel'])
        self.assertEqual(status, 126)
        self.assertIn('/nowhere/kernel', errors)

    def test_bad_qemu_arguments(self):
        status, _, errors = self.guest('x0', options=['--qemu', '-device nonesuch'])
        self.assertEqual(status, 126)
        self.assertIn('nonesuch', errors)

    def test_usage(self):
        self.assertEqual(self.guest('x0', options=['--memory', 'much'])[0], 126)

    def test_side_by_side(self):
        guests = [self.start('x%d' % n, options=['--disk', self.make_disk('disk%d' % n)]) for n in range(4)]
        for guest in guests:
            guest.communicate(timeout=60)
        self.assertEqual([guest.returncode for guest in guests], [0, 1, 2, 3])

    def test_instruction_clock(self):
        self.assertEqual(self.guest('x5', options=['--icount'])[0], 5)

    def test_nothing_is_left_behind(self):
        with tempfile.TemporaryDirectory() as scratch:
            environment = dict(os.environ, TMPDIR=scratch)
            subprocess.run([sys.executable, os.path.join(TOP, 'tests/guest'), '--kernel', self.kernel,
                            '--disk', self.disk, '--', 'x0'], env=environment, check=True)
            self.assertEqual(os.listdir(scratch), [])


if __name__ == '__main__':
    unittest.main()
