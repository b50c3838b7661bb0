"""The user programs about files, run again on each file system that can hold them: tmpfs, and ext2
with small blocks, where pages hold several and tables are reached sooner. e2fsck looks at the disk
afterwards. One more disk bears any calls with any arguments."""
import os
import tempfile
import unittest

import disks
import mkdisk
from machine import Machine

PROGRAMS = 'files names content directories file_status locks memory rights proc_exec'
SCRIPT = '''
    cd /mnt || exit 100
    for t in %s; do /tests/$t >/tmp/said || { cat /tmp/said; exit 1; }; done
    ls -A /mnt; cd /; umount /mnt
'''


class Elsewhere(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.image = os.path.join(scratch.name, 'image')

    def run_there(self, script, **options):
        output = []
        with Machine(['sh', '-c', script], timeout=120, **options) as machine:
            outcome = machine.run(output.append)
        text = b''.join(output).decode('utf-8', 'replace')
        self.assertEqual((outcome.status, text), (0, ''), outcome.explain())

    def run_on_ext2(self, block):
        mkdisk.make(self.image, mkdisk.Plan(), 8, block)
        self.run_there('mount -t ext2 /dev/hdb /mnt; rm -rf /mnt/*' + SCRIPT % PROGRAMS,
                       args='-drive file=%s,if=ide,index=1,format=raw' % self.image)
        self.assertEqual(disks.complaints(self.image), '')

    def test_tmpfs(self):
        self.run_there('mount -t tmpfs none /mnt' + SCRIPT % PROGRAMS)

    def test_ext2_with_blocks_of_1_kib(self):
        self.run_on_ext2(1024)

    def test_ext2_with_blocks_of_2_kib(self):
        self.run_on_ext2(2048)

    def test_root_disk_after_any_calls(self):
        disk = disks.root_copy(self.image)
        self.run_there('cd /root && /tests/any_call >/tmp/said || cat /tmp/said', disk=disk)
        self.assertEqual(disks.complaints(disk), '')
