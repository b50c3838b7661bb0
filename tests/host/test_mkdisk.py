"""The disk maker: repeatable to the byte, root's, clean to e2fsck, laid over without loss."""
import os
import subprocess
import sys
import tempfile
import time
import unittest

import disks
from machine import TOP

MKDISK = os.path.join(TOP, 'user', 'mkdisk.py')


class MakeDisk(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.tree = self.path('tree')
        os.makedirs(os.path.join(self.tree, 'deep', 'er'))
        for n in range(40):
            self.write('deep/file%d' % n, 'contents %d\n' % n * n)
        self.write('deep/er/a b', 'a name with a blank')
        self.write('large', 'x' * 300000)
        os.symlink('large', os.path.join(self.tree, 'link'))
        os.chmod(os.path.join(self.tree, 'large'), 0o750)

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def write(self, name, text):
        with open(os.path.join(self.tree, name), 'w') as file:
            file.write(text)

    def mkdisk(self, *words):
        return subprocess.run([sys.executable, MKDISK, *words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding='utf-8')

    def made(self, name, *words):
        result = self.mkdisk('make', self.path(name), '--size', '8', '--tree', self.tree, '/data', *words)
        self.assertEqual(result.returncode, 0, result.stdout)
        return self.path(name)

    def test_same_to_the_byte(self):
        first = self.made('first')
        time.sleep(1.1)         # any time stamp taken from the clock differs now
        os.utime(os.path.join(self.tree, 'large'), (1, 1))
        self.assertEqual(disks.bytes_of(first), disks.bytes_of(self.made('second')))

    def test_block_sizes(self):
        for size in ('1024', '2048', '4096'):
            image = self.made('disk' + size, '--block', size)
            self.assertEqual(disks.complaints(image), '')
            self.assertIn('Block size:               ' + size, disks.debugfs(image, 'stats'))

    def test_contents(self):
        image = self.made('disk')
        self.assertEqual(disks.contents(image, '/data/deep/er/a b', self.scratch.name), b'a name with a blank')
        self.assertEqual(disks.contents(image, '/data/large', self.scratch.name), b'x' * 300000)
        self.assertIn('Fast link dest: "large"', disks.debugfs(image, 'stat /data/link'))

    def test_owner_and_modes(self):
        image = self.made('disk')
        listing = disks.debugfs(image, 'ls -l /', 'ls -l /data')
        self.assertRegex(listing, r'41777 \(2\) +0 +0 .* tmp')
        self.assertRegex(listing, r'100755 \(1\) +0 +0 .* large')

    def test_overlay(self):
        image = self.made('disk')
        self.write('large', 'replaced')
        self.write('new', 'new')
        os.unlink(os.path.join(self.tree, 'link'))
        self.assertEqual(self.mkdisk('lay', image, '--tree', self.tree, '/data').returncode, 0)
        self.assertEqual(disks.complaints(image), '')
        self.assertEqual(disks.contents(image, '/data/large', self.scratch.name), b'replaced')
        self.assertEqual(disks.contents(image, '/data/new', self.scratch.name), b'new')
        self.assertIn('100750', disks.debugfs(image, 'ls -l /data').split(' large')[0])
        self.assertIn('Fast link dest', disks.debugfs(image, 'stat /data/link'))

    def test_overlay_keeps_directories(self):
        image = self.made('disk')
        os.makedirs(self.path('wrong/data/large'))
        result = self.mkdisk('lay', image, '--tree', self.path('wrong'), '/')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertEqual(disks.complaints(image), '')
        result = self.mkdisk('lay', image, '--tree', self.tree, '/data')
        self.assertEqual(result.returncode, 1)
        self.assertIn('/data/large is a directory', result.stdout)

    def test_too_large(self):
        self.write('huge', 'y' * (9 << 20))
        result = self.mkdisk('make', self.path('disk'), '--size', '8', '--tree', self.tree, '/data')
        self.assertEqual(result.returncode, 1)
        self.assertFalse(os.path.exists(self.path('disk')))

    def test_sparse_copy(self):
        image = self.made('disk')
        self.assertEqual(self.mkdisk('copy', image, self.path('copy')).returncode, 0)
        self.assertEqual(disks.bytes_of(image), disks.bytes_of(self.path('copy')))
        self.assertLess(os.stat(self.path('copy')).st_blocks * 512, 4 << 20)


if __name__ == '__main__':
    unittest.main()
