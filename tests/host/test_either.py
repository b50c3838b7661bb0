"""Drivers that may be either: a kernel with none of them linked in, and all as modules of the same source."""
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from machine import TOP, Machine, build_dir

COPIED = ['Makefile', 'boot', 'kernel', 'drivers', 'fs', 'user', 'tests']
NOT_COPIED = ('disk.img', 'lectern.iso', 'iso', 'headercheck', 'debug')
FIRST = ['i2c-piix4', 'i8042']          # others have devices on these
WANTED = {'8250', 'atkbd', 'edu', 'lp', 'psmouse', *FIRST}
PROGRAMS = ['edu', 'eeprom', 'framebuffer', 'input', 'printer', 'rtc', 'serial', 'terminal']
NODES = '/dev/ttyS0 /dev/lp0 /dev/edu0 /dev/eep-mem7 /dev/rtc0 /dev/fb0 /dev/input/event1'
SCRIPT = '''
cat /proc/modules
ls /dev/ttyS*
load() { for m in %(load)s; do modprobe $m || echo "not ok modprobe $m: $?"; done; }
load
for p in %(programs)s; do echo "# $p"; /tests/$p || echo "not ok $p: $?"; done
for turn in 1 2; do
	ls -d %(nodes)s
	for m in %(unload)s; do rmmod $m || echo "not ok rmmod $m: $?"; done
	echo "left: $(cat /proc/modules; ls -d %(nodes)s 2>/dev/null)"
	load
done
'''


# However its chips came and went, it can be loaded again, and leaves none of its own behind.
UNBOUND = '''
cd /sys/bus/i2c; modprobe i2c-piix4; modprobe eep-mem
for n in 0 1 2 3 4 5 6 7; do echo 0-005$n >drivers/eep-mem/unbind; done
rmmod eep-mem; echo devices/*
modprobe eep-mem && echo /dev/eep*; rmmod eep-mem
echo eep 0x52 >devices/i2c-0/new_device; modprobe eep-mem && echo /dev/eep*; rmmod eep-mem; echo devices/*
modprobe eep-mem && rmmod i2c-piix4; modprobe i2c-piix4; rmmod eep-mem; modprobe eep-mem && echo /dev/eep*
'''


class Either(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix='lectern.')
        cls.addClassCleanup(scratch.cleanup)
        cls.build = cls.make_copy(scratch.name)

    @classmethod
    def make_copy(cls, top):
        """Where a copy of the tree was built with MODULES=all: nothing but those drivers is compiled again."""
        for name in COPIED:
            copy = shutil.copytree if os.path.isdir(os.path.join(TOP, name)) else shutil.copy2
            copy(os.path.join(TOP, name), os.path.join(top, name))
        build = os.path.join(top, os.path.relpath(build_dir(), TOP))
        shutil.copytree(build_dir(), build, ignore=lambda folder, names: [
            name for name in names if name in NOT_COPIED and folder == build_dir()])
        clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        done = subprocess.run(['make', '-C', top, 'DEBUG=%d' % (os.path.basename(build_dir()) == 'debug'), 'MODULES=all', 'all'],
                              env=clean, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        if done.returncode or '  CC     kernel/' in done.stdout:
            raise AssertionError(done.stdout[-3000:])
        return build

    def guest(self, script):
        output = []
        with Machine(['sh', '-c', script], build=self.build, timeout=180) as machine:
            outcome = machine.run(output.append)
            return b''.join(output).decode('utf-8', 'replace') + outcome.explain(), machine.console()

    def test_all_are_modules(self):
        """Loaded, used by the programs that use them when they are built in, unloaded, and the same again."""
        modules = {name[:-3] for name in os.listdir(os.path.join(self.build, 'loaded')) if name.endswith('.ko')}
        self.assertLessEqual(WANTED, modules)
        load = FIRST + sorted(modules - set(FIRST))
        text, console = self.guest(SCRIPT % {'load': ' '.join(load), 'unload': ' '.join(reversed(load)),
                                             'programs': ' '.join(PROGRAMS), 'nodes': NODES})
        self.assertNotIn('not ok', text)
        self.assertRegex(text, r'\Aatkbd .*\ni8042 .*\n8250 .*\n/dev/ttyS0\n/dev/ttyS1\n')      # by /etc/rc
        self.assertEqual(text.count('left: \n'), 2, text)
        for node in NODES.split():
            self.assertEqual(len(re.findall('(?m)^%s$' % node, text)), 2 + (node == '/dev/ttyS0'), text)
        self.assertEqual(console.count('ttyS0 at I/O 0x3f8 (irq = 4) is a 16550A'), 1 + 2 + 3, console)

    def test_chips_come_and_go(self):
        banks = ' '.join('/dev/eep-mem%d' % bank for bank in range(8))
        self.assertEqual(self.guest(UNBOUND)[0].split('\n'), [
            'devices/i2c-0', banks, banks, 'devices/0-0052 devices/i2c-0', banks, ''])


if __name__ == '__main__':
    unittest.main()
