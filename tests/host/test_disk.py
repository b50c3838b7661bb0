"""Disks over many boots: what was written is found again and e2fsck has nothing to say; disks
that are missing, of another kind or damaged end in a message, never in a hang or further damage."""
import os
import re
import struct
import subprocess
import tempfile
import unittest

import disks
import mkdisk
from machine import Machine, PANICKED
from terminal import Terminal

SUPERBLOCK = 1024
BLOCK = 4096
MAGIC, LOG_BLOCK_SIZE, BLOCKS_PER_GROUP, INODES_PER_GROUP, INCOMPAT = 56, 24, 32, 40, 96    # offsets in it


class Scratch(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.disk = disks.root_copy(self.path('disk'))

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def run_on(self, disk, script, **options):
        """Runs a script on a kept disk; its outcome and output."""
        output = []
        with Machine(['sh', '-c', script], disk=disk, **options) as machine:
            outcome = machine.run(output.append)
            outcome.console = machine.console()
        return outcome, b''.join(output).decode('utf-8', 'replace')


class Persistence(Scratch):
    def test_session_of_300_files_and_5_megabytes(self):
        outcome, output = self.run_on(self.disk, '''
            mkdir /root/many && cd /root/many || exit 1
            for i in $(seq 1 300); do echo "file $i" >f$i || exit 2; done
            dd if=/dev/zero bs=1024 count=5120 of=/root/zeros || exit 3
            seq 1 700000 >/root/numbers || exit 4
        ''', timeout=120)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertEqual(disks.complaints(self.disk), '')
        numbers = ''.join('%d\n' % n for n in range(1, 700001)).encode()
        self.assertEqual(disks.contents(self.disk, '/root/numbers', self.scratch.name), numbers)
        self.assertEqual(disks.contents(self.disk, '/root/zeros', self.scratch.name), b'\0' * (5 << 20))
        outcome, output = self.run_on(self.disk, '''
            cd /root/many; ls | wc -l; cat f300; tail -n 1 /root/numbers; wc -c </root/zeros
        ''')
        self.assertEqual(outcome.status, 0, outcome.explain())
        self.assertEqual(output.split(), ['300', 'file', '300', '700000', str(5 << 20)])

    def test_typed_session(self):
        with Terminal(disk=self.disk) as terminal:
            terminal.start()
            terminal.prompt()
            terminal.ask('mkdir -p /home/student/notes')
            terminal.ask('echo remembered >/home/student/notes/first')
            terminal.ask('ln -s first /home/student/notes/link')
            self.assertEqual(terminal.poweroff(), 0)
        self.assertEqual(disks.complaints(self.disk), '')
        with Terminal(disk=self.disk) as terminal:
            terminal.start()
            terminal.prompt()
            self.assertEqual(terminal.ask('cat /home/student/notes/link'), 'remembered')

    def test_removed_files_give_their_blocks_back(self):
        before = disks.debugfs(self.disk, 'stats').split('Free blocks:')[1].split()[0]
        outcome, output = self.run_on(self.disk, '''
            mkdir /root/a && seq 1 200000 >/root/a/b && mv /root/a /root/c && rm -r /root/c
        ''')
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertEqual(disks.complaints(self.disk), '')
        self.assertEqual(disks.debugfs(self.disk, 'stats').split('Free blocks:')[1].split()[0], before)

    def check_put_away(self, state):
        self.assertIn('Filesystem state:         %s\n' % state, disks.debugfs(self.disk, 'stats'))
        self.assertEqual(disks.complaints(self.disk), '')

    def test_put_away_in_order(self):
        outcome, output = self.run_on(self.disk, 'echo x >/root/x')
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.check_put_away('clean')

    def test_power_goes_while_files_without_a_name_are_open(self):
        outcome, output = self.run_on(self.disk, '''
            seq 1 100000 >/root/open; exec 5</root/open; rm /root/open
            mkdir /root/gone; cd /root/gone; rmdir /root/gone; poweroff
        ''')
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.check_put_away('clean')

    def test_not_put_away_stays_so_until_it_was_checked(self):
        disks.debugfs(self.disk, 'ssv state 0', write=True)
        outcome, output = self.run_on(self.disk, 'echo x >/root/x')
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.check_put_away('not clean')

    def test_read_only_only_without_writers(self):
        outcome, output = self.run_on(self.disk, '''
            exec 5>/root/x; mount -o remount,ro none / && echo too early
            exec 5>&-; exec 5</root/x; rm /root/x; mount -o remount,ro none / && echo too early
            exec 5<&-; mount -o remount,ro none / && echo now; echo y >/root/y || echo read-only
        ''')
        self.assertEqual(output.splitlines()[-1], 'read-only', output)
        self.assertIn('now\n', output)
        self.assertNotIn('too early', output)
        self.check_put_away('clean')

    def test_full_disk(self):
        outcome, output = self.run_on(self.disk, '''
            dd if=/dev/zero of=/root/all bs=65536; echo status $?; rm /root/all; echo room >/root/again; cat /root/again
        ''', timeout=120)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertIn('No space left on device', output)
        self.assertIn('status 1\nroom\n', output)
        self.assertEqual(disks.complaints(self.disk), '')

    def test_other_block_sizes(self):
        for size in (1024, 2048):
            with self.subTest(block=size):
                image = self.path('other%d' % size)
                mkdisk.make(image, mkdisk.Plan(), 16, size)
                outcome, output = self.run_on(self.disk, '''
                    mount -t ext2 /dev/hdb /mnt && seq 1 200000 >/mnt/numbers && mkdir /mnt/dir &&
                    for i in $(seq 1 100); do echo $i >/mnt/dir/f$i; done; tail -n 1 /mnt/numbers; umount /mnt
                ''', args='-drive file=%s,if=ide,index=1,format=raw' % image)
                self.assertEqual((outcome.status, output), (0, '200000\n'), outcome.explain())
                self.assertEqual(disks.complaints(image), '')
                self.assertEqual(disks.contents(image, '/dir/f100', self.scratch.name), b'100\n')


    def test_new_file_inherits_nothing_of_its_inode_number(self):
        image = self.path('attributes')
        with open(image, 'wb') as file:
            file.truncate(4 << 20)
        subprocess.run([mkdisk.find_tool('mke2fs'), '-q', '-t', 'ext2', '-I', '256', '-O', 'ext_attr', '-F', image], check=True,
                       stderr=subprocess.DEVNULL)
        disks.debugfs(image, 'write %s old' % os.path.abspath(__file__), 'ea_set old user.secret x', write=True)
        number = re.search(r'Inode: (\d+)', disks.debugfs(image, 'stat old')).group(1)
        self.assertIn('user.secret', disks.debugfs(image, 'ea_list <%s>' % number))
        disks.debugfs(image, 'rm old', write=True)
        outcome, output = self.run_on(self.disk, '''
            mount -t ext2 /dev/hdb /mnt; for i in $(seq 9); do echo $i >/mnt/$i; done; umount /mnt
        ''', args='-drive file=%s,if=ide,index=1,format=raw' % image)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertIn('Links: 1', disks.debugfs(image, 'stat <%s>' % number))
        self.assertNotIn('user.secret', disks.debugfs(image, 'ea_list <%s>' % number))
        self.assertEqual(disks.complaints(image), '')

    def test_removed_files_leave_no_attributes(self):
        image = self.path('attributes')
        with open(image, 'wb') as file:
            file.truncate(4 << 20)
        subprocess.run([mkdisk.find_tool('mke2fs'), '-q', '-t', 'ext2', '-I', '128', '-O', 'ext_attr', '-F', image], check=True,
                       stderr=subprocess.DEVNULL)
        disks.debugfs(image, 'write %s old' % os.path.abspath(__file__), 'ea_set old user.secret x',
                      'symlink link /tmp', 'ea_set link trusted.secret y', write=True)
        free = disks.debugfs(image, 'stats').split('Free blocks:')[1].split()[0]
        outcome, output = self.run_on(self.disk, 'mount -t ext2 /dev/hdb /mnt; rm /mnt/old /mnt/link; umount /mnt',
                                      args='-drive file=%s,if=ide,index=1,format=raw' % image)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertEqual(disks.complaints(image), '')
        self.assertGreater(int(disks.debugfs(image, 'stats').split('Free blocks:')[1].split()[0]), int(free) + 1)

    def test_unmounting_beside_sync(self):
        image = self.path('other')
        mkdisk.make(image, mkdisk.Plan(), 4, 1024)
        outcome, output = self.run_on(self.disk, '''
            for i in $(seq 60); do sync; done &
            for i in $(seq 30); do mount -t ext2 /dev/hdb /mnt; echo $i >/mnt/$i; umount /mnt; done; wait; echo both
        ''', args='-drive file=%s,if=ide,index=1,format=raw' % image, timeout=30)
        self.assertEqual((outcome.status, output), (0, 'both\n'), outcome.explain())
        self.assertEqual(disks.complaints(image), '')

    def test_pages_of_many_blocks(self):
        image = self.path('small')
        mkdisk.make(image, mkdisk.Plan(), 1, 1024)
        outcome, output = self.run_on(self.disk, '''
            mount -t ext2 /dev/hdb /mnt && cd /mnt && /tests/small_blocks || exit 1
            cd / && umount /mnt && mount -t ext2 /dev/hdb /mnt && cd /mnt && /tests/small_blocks check
        ''', args='-drive file=%s,if=ide,index=1,format=raw' % image)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertNotIn('SKIP', output)
        self.assertEqual(disks.complaints(image), '')


class WrongDisk(Scratch):
    """No root to be had: a panic that names the device and the reason, within seconds."""

    def refused(self, *words, **options):
        with Machine(['true'], timeout=30, **options) as machine:
            outcome = machine.run()
            said = outcome.explain() + machine.console()
        self.assertEqual(outcome.status, PANICKED, said)
        for word in words:
            self.assertIn(word, said)

    def damaged(self, at, data):
        disks.overwrite(self.disk, at, data)
        return disks.bytes_of(self.disk)

    def test_no_disk(self):
        self.refused('/dev/hda', disk='')

    def test_root_names_another_disk(self):
        self.refused('/dev/hdb', root='root=/dev/hdb')

    def test_root_is_nonsense(self):
        self.refused('/dev/nonsense', root='root=/dev/nonsense')

    def test_no_root_parameter(self):
        with Machine(['true'], root='', timeout=30) as machine:
            outcome = machine.run()
        self.assertIn(outcome.status, (0, PANICKED), outcome.explain())

    def test_not_an_ext2(self):
        with open(self.path('zeros'), 'wb') as file:
            file.truncate(8 << 20)
        self.refused('/dev/hda', disk=self.path('zeros'))

    def test_smaller_than_a_superblock(self):
        with open(self.path('tiny'), 'wb') as file:
            file.truncate(512)
        self.refused('/dev/hda', disk=self.path('tiny'))

    def check_superblock(self, field, value):
        before = self.damaged(SUPERBLOCK + field, value)
        self.refused('/dev/hda', disk=self.disk)
        self.assertEqual(disks.bytes_of(self.disk), before)

    def test_superblock_magic(self):
        self.check_superblock(MAGIC, b'\0\0')

    def test_superblock_block_size(self):
        self.check_superblock(LOG_BLOCK_SIZE, struct.pack('<I', 30))

    def test_superblock_no_blocks_in_a_group(self):
        self.check_superblock(BLOCKS_PER_GROUP, struct.pack('<I', 0))

    def test_superblock_too_many_inodes_in_a_group(self):
        self.check_superblock(INODES_PER_GROUP, struct.pack('<I', 0x7fffffff))

    def test_superblock_unknown_features(self):
        self.check_superblock(INCOMPAT, struct.pack('<I', 0x8002))

    def test_cut_short(self):
        with open(self.disk, 'r+b') as file:
            file.truncate(1 << 20)
        with Machine(['true'], disk=self.disk, timeout=30) as machine:
            outcome = machine.run()
        self.assertNotEqual(outcome.status, 124, outcome.explain())


class DamagedDirectory(Scratch):
    """One directory is damaged: using it fails, the machine goes on, nothing is written there."""

    def setUp(self):
        super().setUp()
        disks.debugfs(self.disk, 'mkdir hurt', 'cd hurt', 'write %s inside' % os.path.abspath(__file__), write=True)
        self.at = disks.block_of(self.disk, '/hurt') * BLOCK

    def check(self, data, at=0):
        disks.overwrite(self.disk, self.at + at, data)
        before = disks.bytes_of(self.disk)[self.at:self.at + BLOCK]
        outcome, output = self.run_on(self.disk, '''
            ls /hurt; echo "ls $?"; cat /hurt/outside; echo "cat $?"; echo x >/hurt/new; echo alive
        ''', timeout=30)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertIn('alive', output)
        self.assertNotIn('ls 0', output)
        self.assertIn('hda', outcome.console.split('ext2', 1)[-1] if 'ext2' in outcome.console else '')
        self.assertEqual(disks.bytes_of(self.disk)[self.at:self.at + BLOCK], before)

    def test_record_of_no_length(self):
        self.check(struct.pack('<IHBB', 2, 0, 1, 2))

    def test_record_past_the_block(self):
        self.check(struct.pack('<IHBB', 2, 0xfff0, 1, 2))

    def test_record_not_aligned(self):
        self.check(struct.pack('<IHBB', 2, 13, 1, 2))

    def test_name_longer_than_its_record(self):
        self.check(struct.pack('<IHBB', 2, 12, 200, 2))

    def test_inode_number_out_of_range(self):
        disks.overwrite(self.disk, self.at + 24, struct.pack('<I', 0x7fffffff))
        outcome, output = self.run_on(self.disk, 'cat /hurt/inside; echo "cat $?"; echo alive', timeout=30)
        self.assertEqual(outcome.status, 0, output + outcome.explain())
        self.assertNotIn('cat 0', output)
        self.assertIn('alive', output)


if __name__ == '__main__':
    unittest.main()
