"""Block devices seen from outside: a second disk, what a discard does to it, and a file system on a disk in memory."""
import os
import shutil
import subprocess
import tempfile
import unittest

from machine import Machine
import mkdisk

MIB = 1 << 20


class Block(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.name

    def guest(self, script, args='', files=()):
        overlay = os.path.join(self.folder, 'overlay')
        os.makedirs(os.path.join(overlay, 'root'))
        for path in files:
            shutil.copy(path, os.path.join(overlay, 'root'))
        output = []
        with Machine(['sh', '-c', script], overlays=[overlay], args=args, timeout=90) as machine:
            outcome = machine.run(output.append)
            console = machine.console()
        text = b''.join(output).decode('utf-8', 'replace')
        self.assertEqual(outcome.status, 0, outcome.explain() + text + console)
        return text, console

    # contract: S0-20 S0-29
    def test_a_discard_reaches_the_second_disk(self):
        path = os.path.join(self.folder, 'second')
        with open(path, 'wb') as file:
            file.write(b'x' * 8 * MIB)
        text, _ = self.guest(
            'cat /sys/block/hdb/queue/discard_granularity; blkdiscard -o 1048576 -l 2097152 /dev/hdb && echo done;'
            'head -c 1 /dev/hdb; dd if=/dev/hdb bs=512 skip=2048 count=1 2>/dev/null | hexdump -C | head -n 1;'
            'blkdiscard -s /dev/hdb; blkdiscard -z /dev/hdb; blkdiscard -o 1 -l 512 /dev/hdb; blkdiscard /dev/hda;'
            'cat /sys/block/hdb/stat; true',
            '-drive file=%s,if=ide,index=1,format=raw,discard=unmap' % path)
        self.assertTrue(text.startswith('512\ndone\nx00000000  00 00 00 00'), text)
        self.assertEqual(text.count('Operation not supported'), 2, text)
        self.assertEqual(text.count('Invalid argument'), 1, text)
        self.assertEqual(text.count('Device or resource busy'), 1, text)    # hda is mounted
        self.assertEqual(text.split('\n')[-2].split()[11:14], ['1', '0', '4096'], text)
        with open(path, 'rb') as file:
            content = file.read()
        self.assertEqual(content[:MIB] + content[3 * MIB:], b'x' * 6 * MIB)
        self.assertEqual(content[MIB:3 * MIB], bytes(2 * MIB))

    # contract: S1-09 S1-12
    def test_a_reader_sleeps_for_each_transfer(self):
        path = os.path.join(self.folder, 'slow')
        with open(path, 'wb') as file:
            file.truncate(MIB)
        text, _ = self.guest('/tests/in_flight /dev/hdb', '-drive file=%s,if=ide,index=1,format=raw,throttling.iops-total=50' % path)
        self.assertIn('interrupts', text)

    # contract: S0-19
    def test_a_lost_request_is_an_error_for_the_reader(self):
        text, console = self.guest('modprobe blkram timeout_ms=50 drop=3; head -c 1 /dev/blkram0 || cat /sys/block/blkram0/counts/lost;'
                                   'echo mq-deadline >/sys/block/blkram0/queue/scheduler; dd if=/dev/blkram0 bs=4k count=1 | wc -c; rmmod blkram')
        self.assertRegex(text, r'(Input/output error|I/O error)\n3\n')
        self.assertTrue(text.endswith('\n4096\n'), text)
        self.assertRegex(console, r'blkram: sector 0: lost')
        self.assertRegex(console, r'blkram0: I/O error -110, sector 0, \d+ sectors, op 0')
        self.assertIn('Buffer I/O error on dev blkram0, logical block 0, async page read', console)

    # contract: S1-03 S1-08 S1-09 S1-12 S2-03
    def test_a_file_system_on_a_disk_in_memory(self):
        image = os.path.join(self.folder, 'fs.img')
        tree = os.path.join(self.folder, 'tree')
        os.mkdir(tree)
        with open(os.path.join(tree, 'file'), 'w', encoding='ascii') as file:
            file.write('from the disk\n' * 5000)
        plan = mkdisk.Plan()
        plan.add_tree(tree, '/')
        mkdisk.make(image, plan, 2, 1024)
        text, _ = self.guest(
            'cd /root; modprobe blkram mib=2 delay_ms=20; cat fs.img >/dev/blkram0; mkdir -p /mnt; mount -t ext2 /dev/blkram0 /mnt;'
            'rmmod blkram; blkdiscard /dev/blkram0; before=$(cat /sys/block/blkram0/counts/read); i=0;'
            'wc -c </mnt/file >/tmp/count & while test ! -s /tmp/count; do i=$((i + 1)); done; wait; cat /tmp/count;'
            'test $i -gt 3 && echo others went on; test $(cat /sys/block/blkram0/counts/read) -gt $before && echo the driver read;'
            'echo new >/mnt/new; sync /mnt/new; cat /sys/block/blkram0/counts/flush; umount /mnt && rmmod blkram && echo gone',
            files=[image])
        self.assertIn('70000\nothers went on\nthe driver read\n', text)
        self.assertIn('rmmod: could not remove module blkram: Module is in use', text)
        self.assertIn('Device or resource busy', text)
        self.assertTrue(text.endswith('\n1\ngone\n'), text)


if __name__ == '__main__':
    unittest.main()
