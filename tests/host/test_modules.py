"""Modules from outside: built by their own makefiles, loaded, used, unloaded; and files that are none."""
import glob
import os
import random
import re
import shutil
import struct
import subprocess
import tempfile
import unittest

from machine import TOP, Machine, build_dir

SOURCES = os.path.join(TOP, 'tests', 'host', 'modules')
RELEASE = '5.10.0-lectern'
HOSTILE = 150           # damaged copies that are offered to the loader


def make(folder, *words):
    clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
    debug = 'DEBUG=%d' % (os.path.basename(build_dir()) == 'debug')
    return subprocess.run(['make', '-C', TOP, 'M=' + folder, debug, *words], env=clean, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')


class Built(unittest.TestCase):
    """All modules are built once for a class, into a folder that its cases share."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        cls.folder = os.path.join(cls.scratch.name, 'modules')
        shutil.copytree(SOURCES, cls.folder)
        cls.said = ''
        for name in sorted(os.listdir(cls.folder)):
            result = make(os.path.join(cls.folder, name), 'modules')
            cls.said += result.stdout
            if result.returncode:
                raise AssertionError(result.stdout)

    def program(self, assembly):
        """A program of a few instructions for the machine."""
        with tempfile.TemporaryDirectory() as folder:
            source, result = os.path.join(folder, 'it.asm'), os.path.join(folder, 'it')
            with open(source, 'w') as file:
                file.write(assembly)
            subprocess.run(['nasm', '-f', 'elf32', '-o', result + '.o', source], check=True)
            subprocess.run(['ld', '-m', 'elf_i386', '-o', result, result + '.o'], check=True)
            with open(result, 'rb') as file:
                return file.read()

    def guest(self, script, files=()):
        """What a script wrote in a machine with all modules in /root, and the kernel's log."""
        with tempfile.TemporaryDirectory() as overlay:
            root = os.path.join(overlay, 'root')
            os.mkdir(root)
            for name in os.listdir(self.folder):
                for file in os.listdir(os.path.join(self.folder, name)):
                    if file.endswith('.ko'):
                        shutil.copy(os.path.join(self.folder, name, file), root)
            for name, data in files:
                with open(os.path.join(root, name), 'wb') as file:
                    file.write(data)
            output = []
            with Machine(['sh', '-c', 'cd /root; ' + script], overlays=[overlay], timeout=120) as machine:
                outcome = machine.run(output.append)
                console = machine.console()
        text = b''.join(output).decode('utf-8', 'replace')
        self.assertEqual(outcome.status, 0, outcome.explain() + text + console)
        return text, console


class Modules(Built):
    def test_an_ordinary_makefile_builds_without_a_warning(self):
        self.assertNotIn('arning', self.said)
        self.assertIn('LD [M]', self.said)

    def test_student_makefile_and_clean(self):
        folder = os.path.join(self.scratch.name, 'student')
        shutil.copytree(os.path.join(SOURCES, 'greet'), folder)
        before = set(os.listdir(folder))
        debug = 'DEBUG=%d' % (os.path.basename(build_dir()) == 'debug')
        environment = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        environment['PWD'] = folder
        for goal in ('all', 'clean'):
            subprocess.run(['make', 'KDIR=' + TOP, debug, goal], cwd=folder, env=environment, check=True,
                           stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            if goal == 'all':
                self.assertIn('greet.ko', os.listdir(folder))
        self.assertEqual(set(os.listdir(folder)), before)

    def test_what_nobody_exports_is_an_error(self):
        folder = os.path.join(self.scratch.name, 'wrong')
        os.mkdir(folder)
        with open(os.path.join(folder, 'wrong.c'), 'w', encoding='utf-8') as file:
            file.write('#include <linux/module.h>\nvoid no_such_function(void);\n'
                       'int init_module(void) { no_such_function(); return 0; }\nMODULE_LICENSE("GPL");\n')
        with open(os.path.join(folder, 'Makefile'), 'w', encoding='utf-8') as file:
            file.write('obj-m := wrong.o\n')
        result = make(folder, 'modules')
        self.assertNotEqual(result.returncode, 0)
        self.assertIn('"no_such_function"', result.stdout)
        self.assertIn('undefined!', result.stdout)

    def test_load_with_parameters_list_unload(self):
        text, console = self.guest(
            'insmod greet.ko times=2 who="big world" loud list=1,2,3 text=seven77 || exit 1; lsmod; cat /proc/modules;'
            'grep "greet_times.*greet" /proc/kallsyms; insmod greet.ko; rmmod greet; rmmod greet; lsmod')
        self.assertIn('greet: 2 big world 1 3 6 seven77', console)
        self.assertIn('greet: hello big world, 2 of 2, by greet', console)
        self.assertIn('greet: good-bye', console)
        self.assertRegex(text, r'(?m)^greet +\d+  0$')
        self.assertRegex(text, r'(?m)^greet \d+ 0 - Live 0x[0-9a-f]{8} \(O\)$')
        self.assertRegex(text, r'greet_times.*\[greet\]')
        self.assertIn('could not insert module greet.ko: File exists', text)
        self.assertIn('could not remove module greet: Module is not loaded', text)
        self.assertTrue(text.endswith('Used by\n'), text)

    def test_bad_parameters_and_a_failing_init(self):
        text, console = self.guest('insmod greet.ko times=many; insmod greet.ko list=1,2,3,4,5; insmod greet.ko text=eight888;'
                                   'insmod greet.ko fail=12; insmod greet.ko nonsense=1; lsmod')
        self.assertIn("greet: 'many' invalid for parameter 'times'", console)
        self.assertIn("invalid for parameter 'list'", console)
        self.assertIn('No space left on device', text)
        self.assertIn('could not insert module greet.ko: Cannot allocate memory', text)
        self.assertIn("greet: unknown parameter 'nonsense' ignored", console)
        self.assertRegex(text, r'(?m)^greet +\d+  0$')

    def test_a_module_watches_the_kernel_and_another_module(self):
        text, console = self.guest('insmod probe.ko symbol=no_such_thing; insmod probe.ko; rmmod probe; insmod greet.ko;'
                                   'insmod probe.ko symbol=greet_times && insmod guest.ko && rmmod guest && rmmod greet &&'
                                   'insmod greet.ko && insmod guest.ko && rmmod probe guest greet; lsmod')
        self.assertIn('register_kprobe failed, returned -2', console)
        self.assertIn('sys_call_table is there', console)
        self.assertRegex(console, r'<kernel_clone> p->addr = .*, ip = [0-9a-f]{8}, flags = 0x')
        self.assertRegex(console, r'kernel_clone returned \d+ and took some time')
        self.assertIn('Missed probing 0 instances of kernel_clone', console)
        self.assertEqual(console.count('<greet_times> p->addr'), 1)     # it went with the first greet
        self.assertRegex(console, r'greet: hello guest.*\n.*greet_times returned \d+ and')
        self.assertTrue(text.endswith('Used by\n'), text)

    def test_one_module_uses_another(self):
        text, console = self.guest('insmod guest.ko; insmod greet.ko && insmod guest.ko && lsmod; rmmod greet; rmmod guest greet; lsmod')
        self.assertIn('unknown symbol greet_times', console)
        self.assertIn('Unknown symbol in module', text)
        self.assertIn('guest: 1428571428', console)
        self.assertRegex(text, r'(?m)^greet +\d+  1 guest$')
        self.assertIn('could not remove module greet: Module is in use', text)
        self.assertTrue(text.endswith('Used by\n'), text)

    def test_installed_modules_load_in_order(self):
        text, _ = self.guest('d=/lib/modules/%s/extra; mkdir -p $d; cp greet.ko guest.ko $d; depmod; cat $d/../modules.dep;'
                             'modprobe -v guest warn=0; lsmod; modprobe -r guest; lsmod; modprobe -v visitor-7 && modprobe -r visitor-7; modinfo greet; modinfo -F version greet;'
                             'modprobe nothing' % RELEASE + '; true')
        self.assertIn('extra/guest.ko: extra/greet.ko\n', text)
        self.assertRegex(text, r'(?s)insmod .*extra/greet.ko.*insmod .*extra/guest.ko warn=0')
        self.assertRegex(text, r'(?s)insmod .*extra/greet.ko.*insmod .*extra/guest.ko \n')     # by its other name
        self.assertRegex(text, r'(?m)^greet +\d+  1 guest$')
        self.assertRegex(text, r'(?m)^parm: +times:how often to greet \(int\)$')
        self.assertRegex(text, r'(?m)^vermagic: +5\.10\.0-lectern ')
        self.assertIn('\n1.2\n', text)
        self.assertIn('module nothing not found', text)

    def test_what_two_modules_need_is_loaded_before_both(self):
        text, console = self.guest('d=/lib/modules/%s/extra; mkdir -p $d; cp greet.ko guest.ko party.ko $d; depmod;'
                                   'cat $d/../modules.dep; modprobe party && modprobe -r party; lsmod' % RELEASE)
        self.assertIn('extra/party.ko: extra/guest.ko extra/greet.ko\n', text)
        self.assertIn('greet: hello party', console)
        self.assertTrue(text.endswith('Used by\n'), text)
        shutil.copytree(os.path.join(self.folder, 'greet'), os.path.join(self.scratch.name, 'installed'))
        subprocess.run([os.path.join(TOP, 'kernel', 'module', 'depmod.py'), os.path.join(self.scratch.name, 'installed')], check=True)
        with open(os.path.join(self.scratch.name, 'installed', 'modules.dep'), encoding='utf-8') as file:
            self.assertIn('party.ko: guest.ko greet.ko\n', file.read())

    def test_sys_module(self):
        text, _ = self.guest(
            'insmod greet.ko list=1,2 who=me; insmod guest.ko; cd /sys/module/greet; ls -l parameters holders; cat refcnt initstate taint version;'
            'grep . parameters/who parameters/list; for w in "a longer name" "one more"; do echo $w >parameters/who; cat parameters/who; done;'
            'echo x >parameters/times; echo 5 >parameters/times; cat parameters/times; cat sections/.text; exec 3<parameters/who;'
            'cd /; rmmod guest; ls /sys/module/greet/holders; rmmod greet; cat <&3; ls /sys/module/greet; true')
        self.assertRegex(text, r'guest -> ../../guest\n')
        self.assertRegex(text, r'-rw-r--r-- .* who\n')
        self.assertIn('\n1\nlive\nO\n1.2\n', text)
        self.assertIn('parameters/who:me\nparameters/list:1,2\na longer name\none more\n', text)
        self.assertIn('echo: Invalid argument\n5\n0x', text)
        self.assertIn('No such device', text)
        self.assertTrue(text.endswith('/sys/module/greet: No such file or directory\n'), text)

    # contract: S3-17
    def test_a_driver_for_linux_is_built_unchanged(self):
        """Here, and where they are installed with Debian's kernel headers: its own makefile, the same files."""
        text, console = self.guest(
            'insmod tally.ko start=2 greeting="at your service"; printf "one\\ntwo\\nthree" >/dev/tally; cat /proc/tally;'
            'echo 0 >/proc/tally; cat /proc/tally; cat /sys/module/tally/parameters/greeting; rmmod tally; ls /proc/tally; true')
        self.assertIn('tally: at your service', console)
        self.assertTrue(text.startswith('bytes 13\nlines 4\nbytes 0\nlines 0\nat your service\n'), text)
        program = '#include "tally.h"\nunsigned long request = TALLY_GET; struct tally_counts counts;\n'
        subprocess.run(['gcc', '-fsyntax-only', '-I', os.path.join(SOURCES, 'tally'), '-xc', '-'], input=program, text=True, check=True)

    def test_the_same_driver_against_debians_headers(self):
        headers = sorted(glob.glob('/usr/src/linux-headers-*-amd64'))
        if not headers:
            self.skipTest('linux-headers-amd64 is not installed')
        folder = os.path.join(self.scratch.name, 'outside')
        shutil.copytree(os.path.join(SOURCES, 'tally'), folder)
        environment = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        result = subprocess.run(['make', 'KDIR=' + headers[-1]], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertNotRegex(result.stdout, r'tally\S*: (warning|error)')
        self.assertIn('tally.ko', os.listdir(folder))

    def test_terminal_driver(self):
        text, console = self.guest(
            'insmod mirror.ko; ls /dev/ttyM1; exec 3<>/dev/ttyM1; stty opost <&3; stty -a <&3 | grep -c -- -opost; exec 3<&-;'
            'stty -a </dev/ttyM1 | grep -c -- -opost; (stty raw; printf xyz; head -c 3 >/tmp/back) <>/dev/ttyM0 >&0;'
            'cat /tmp/back; echo; exec 3<>/dev/ttyM1 4<>/dev/tty; exec 3<&-; rmmod mirror; stty -a <&4 | grep -c opost; exec 4<&-;'
            'rmmod mirror; ls /dev/ttyM0; true')
        self.assertTrue(text.startswith('/dev/ttyM1\n0\n1\n'), text)        # the last close put it back
        self.assertIn('xyz\n', text)
        self.assertIn('could not remove module mirror: Module is in use\n1\n', text)        # by /dev/tty, too
        self.assertIn('ttyM0: No such file', text)
        self.assertIn('line 0: 3 out, 3 in', console)

    # Whoever has a line open that goes meets its end, and the next line of that number is another.
    def test_terminal_unplugged(self):
        text, console = self.guest(
            'insmod mirror.ko; cd /sys/module/mirror/parameters; : </dev/ttyM0; echo 0 >unplug;'
            '(stty raw; printf xyz; head -c 3 >/tmp/back) <>/dev/ttyM0 >&0; cat /tmp/back; echo;'
            '(exec 3<>/dev/ttyM1; (cat <&3; echo ended) & sleep 1; echo 1 >unplug; wait; echo lost >&3);'
            '(stty raw; printf uvw; head -c 3 >/tmp/back) <>/dev/ttyM1 >&0; cat /tmp/back; echo;'
            'cd /; rmmod mirror; ls /dev/ttyM*; true')
        self.assertIn('xyz\nended\n', text)
        self.assertRegex(text, 'echo: (I/O|Input/output) error')
        self.assertIn('uvw\n', text)
        self.assertIn('line 1 is still open', console)
        self.assertRegex(text, 'ttyM.*: No such file')

    def test_general_purpose_lines(self):
        text, console = self.guest(
            'mount -t debugfs debugfs /sys/kernel/debug; w=/sys/kernel/debug/gpio-mockup/gpiochip0; insmod buttons.ko;'
            'for l in 1 0 1; do echo $l >$w/21; echo $l >$w/22; cat $w/20; done; p=/sys/module/buttons/parameters; sleep 0.1; cat $p/heard $p/rung;'
            'grep -c mockup /proc/interrupts; grep lamp /sys/kernel/debug/gpio; cd /sys/class/gpio; echo 20 >export; echo 5 >export;'
            'echo out >gpio5/direction; echo 1 >gpio5/value; cat $w/5 gpio5/direction gpio5/value; echo 5 >unexport; ls;'
            'rmmod buttons; cat $w/20')
        self.assertIn('again: -16, none: -517, sleeps: 0', console)
        self.assertRegex(text, r'\A1\n0\n1\n3\n1\n2\n gpio-20 +\(lamp +\) out hi\n')
        self.assertIn('Device or resource busy', text)
        self.assertTrue(text.endswith('1\nout\n1\nexport\nunexport\n0\n'), text)

    def test_helpers_and_what_is_for_each_cpu(self):
        """Unloaded while a program that it started runs: that one's record is no leak of the module's."""
        text, console = self.guest('insmod helper.ko && cat /tmp/said; rmmod helper openbuf')
        self.assertRegex(text, r'\Akernel says \d+\n')
        self.assertIn('umh: 0 3 0 -2', console)
        self.assertIn('request_module: 1 0', console)
        self.assertNotIn('not found', text)         # asked by the kernel, modprobe is quiet
        self.assertIn('rcu: 6, then 0, 2 freed', console)
        self.assertIn('percpu: 42 1', console)
        self.assertIn('branch: 0 1', console)
        self.assertNotIn('BUG:', console)

    def test_debugfs(self):
        text, _ = self.guest(
            'mount -t debugfs debugfs /sys/kernel/debug; insmod knobs.ko; cd /sys/kernel/debug/knobs; ls; cat level hex enabled doubled lines;'
            'echo 12 >level; echo 1 >enabled; echo 10 >doubled; cat level hex enabled doubled; echo 3 >doubled; echo x >level; echo 1 >hex;'
            'exec 3<lines; cd /; rmmod knobs; exec 3<&-; rmmod knobs; ls /sys/kernel/debug; lsmod; true')
        self.assertTrue(text.startswith('doubled\nenabled\nhex\nlevel\nlines\n7\n0x00000007\nN\n42\nline 0\nline 1\nline 2\n'
                                        '12\n0x0000000c\nY\n10\n'), text)
        self.assertEqual(text.count('Invalid argument'), 2)
        self.assertIn('echo: Permission denied', text)
        self.assertIn('could not remove module knobs: Module is in use', text)
        self.assertTrue(text.endswith('Used by\n'), text)

    def test_again_and_again_leaves_nothing(self):
        text, _ = self.guest(
            'free() { while read n v u; do test $n = MemFree: && echo $v; done </proc/meminfo; };'
            'again() { i=0; while test $i -lt $1; do insmod greet.ko && modprobe mydevice && rmmod mydevice greet || exit 1; i=$((i + 1));'
            'done; }; again 20; free; again 100; free; true')
        before, after = (int(word) for word in text.split())
        self.assertLess(before - after, 64, 'KiB are gone after 100 rounds')

    def damaged(self):
        """Copies of a module that lie about themselves: cut short, or with one number of a header, symbol or
        relocation that points out of the file. The code itself is whole: what it does is not the loader's business."""
        with open(os.path.join(self.folder, 'greet', 'greet.ko'), 'rb') as file:
            good = file.read()
        chance = random.Random(1)
        shoff, = struct.unpack_from('<I', good, 32)
        count, = struct.unpack_from('<H', good, 48)
        sections = [struct.unpack_from('<10I', good, shoff + 40 * i) for i in range(count)]
        places = [(at, '<I') for at in (16, 20, 24, 32, 36)] + [(at, '<H') for at in (16, 18, 46, 48, 50)]
        places += [(shoff + 40 * i + 4 * field, '<I') for i in range(1, count) for field in (0, 1, 4, 5, 6, 7, 8)]
        for kind, size, fields in ((2, 16, ((0, '<I'), (14, '<H'))), (9, 8, ((0, '<I'), (4, '<I')))):
            for section in (s for s in sections if s[1] == kind):
                places += [(section[4] + entry + at, form) for entry in range(0, section[5], size) for at, form in fields]
        for number in range(HOSTILE):
            data = bytearray(good)
            if number % 3 == 0:
                data = data[:chance.randrange(len(data))]
            else:
                at, form = chance.choice(places)
                wrong = chance.choice((0x7fffffff, 0x80000000, 0xffffffff, 0xfffffff0)) >> (0 if form == '<I' else 16)
                struct.pack_into(form, data, at, wrong)
            yield 'bad%03d.ko' % number, bytes(data)
        data = bytearray(good)      # names in section 0, which nobody has, and which lies anywhere
        struct.pack_into('<H', data, 50, 0)
        struct.pack_into('<10I', data, shoff, 0, 3, 0, 0, 0x30000000, 0x1000, 0, 0, 1, 0)
        yield 'bad-null.ko', bytes(data)

    def relocated(self, beyond):
        """The module with its first relocation moved to that many bytes before, or 4 more than behind, its section's last word."""
        with open(os.path.join(self.folder, 'greet', 'greet.ko'), 'rb') as file:
            data = bytearray(file.read())
        shoff, = struct.unpack_from('<I', data, 32)
        count, = struct.unpack_from('<H', data, 48)
        sections = [struct.unpack_from('<10I', data, shoff + 40 * i) for i in range(count)]
        table = next(s for s in sections if s[1] == 9 and sections[s[7]][2] & 2)        # SHT_REL, of what is loaded
        struct.pack_into('<I', data, table[4], (sections[table[7]][5] - 4 + beyond) & 0xffffffff)
        return bytes(data)

    def test_relocations_stay_in_their_section(self):
        # The last word is still inside: that one is loaded, but for its parameter.
        files = [(name + '.ko', self.relocated(beyond)) for name, beyond in (('last', 0), ('edge', 1), ('far', 0x100000), ('before', -0x100000))]
        text, console = self.guest('for f in last edge far before; do insmod $f.ko times=many; done; lsmod; insmod greet.ko && rmmod greet && echo well', files)
        for name in ('edge', 'far', 'before'):
            self.assertIn('could not insert module %s.ko: Invalid module format' % name, text)
        self.assertIn('could not insert module last.ko: Invalid argument', text)
        self.assertEqual(console.count('module greet: a relocation outside of its section'), 3, console[-1000:])
        self.assertTrue(text.endswith('Used by\nwell\n'), text[-500:])

    def test_files_that_are_no_modules(self):
        # What is not refused for its form is for its parameter: no init is reached.
        files = list(self.damaged()) + [('text.ko', b'not a module\n'), ('empty.ko', b'')]
        text, console = self.guest('for f in text empty; do insmod $f.ko; done; for f in bad*.ko; do insmod $f times=many; done; lsmod;'
                                   'insmod greet.ko && rmmod greet && echo well', files)
        self.assertIn('could not insert module text.ko: Invalid module format', text)
        self.assertIn('could not insert module empty.ko: Invalid argument', text)
        self.assertTrue(text.endswith('Used by\nwell\n'), text[-500:])
        self.assertGreater(text.count('Invalid module format'), HOSTILE // 3)       # those that were cut, at least
        self.assertIn('shorter than an ELF header', console)

    def test_another_version_is_refused(self):
        with open(os.path.join(self.folder, 'greet', 'greet.ko'), 'rb') as file:
            data = file.read()
        text, console = self.guest('insmod other.ko; lsmod', [('other.ko', data.replace(b'vermagic=5.10', b'vermagic=5.11'))])
        self.assertIn('Invalid module format', text)
        self.assertIn("version magic '5.11.0-lectern", console)


class FirstDriver(unittest.TestCase):
    def test_the_page_leads_to_a_driver(self):
        """Every command of docs/first-driver.md, as it stands there; only the folder lies elsewhere."""
        with open(os.path.join(TOP, 'docs', 'first-driver.md'), encoding='utf-8') as file:
            commands = '\n'.join(re.findall(r'```sh\n(.*?)```', file.read(), re.S))
        environment = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
        with tempfile.TemporaryDirectory() as scratch:
            commands = commands.replace('$PWD/foo', 'foo').replace('DIR=foo', 'DIR=' + scratch + '/foo')
            commands = re.sub(r'(?<![\w/=])foo(?=/| modules)|(?<=M=)foo', scratch + '/foo', commands)
            if os.path.basename(build_dir()) != 'debug':
                commands = commands.replace('DEBUG=1', 'DEBUG=0').replace('build/debug', 'build')
            result = subprocess.run(['sh', '-e', '-c', commands], cwd=TOP, env=environment, stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
        self.assertEqual(result.returncode, 0, result.stdout)
        self.assertTrue(result.stdout.endswith('well\n'), result.stdout)


class Crimes(Built):
    complains = True

    def test_reports_name_the_module(self):
        text, console = self.guest('insmod greet.ko; insmod guest.ko warn crash; rmmod guest; echo $?; lsmod')
        self.assertRegex(console, r'WARNING: .*guest_init\+0x[0-9a-f]+/0x[0-9a-f]+ \[guest\]')
        self.assertRegex(console, r'BUG: .*null pointer dereference.*')
        self.assertRegex(console, r'guest_crash\+0x[0-9a-f]+/0x[0-9a-f]+ \[guest\]')
        self.assertRegex(text, r'(?m)^139$')
        self.assertRegex(text, r'(?m)^guest ')

    CRIMES = {
        'use_after_free': r'KASAN: use-after-free read of 4 bytes.*: use_after_free\+.* \[crimes\]',
        'sleep_while_atomic': r'context: sleeping function(?s:.*)sleep_while_atomic\+.* \[crimes\]',
        'both_orders': r'lock order: .*both_orders\+.* \[crimes\]',
        'sync': r'KASAN: device-owned read of 1 byte.*: forget_sync\+.* \[crimes\]',
        'timer': r'(ODEBUG: )?module crimes is unloaded, but left an active timer.*callback=too_late',
        'work': r'(ODEBUG: )?module crimes is unloaded, but left an active .*callback=\w*work\w*',
        'irq': r'module crimes is unloaded, but left its handler culprit on interrupt 5',
        'region': r'module crimes is unloaded, but left the region culprit, 0*320-0*327',
        'leak': r'leak: 1 object of \S+: leak\+.* \[crimes\]',
        'thread': r'module crimes is unloaded, but left its thread culprit, PID \d+, running',
        'device': r'module crimes is unloaded, but left the device /dev/culprit',
        'kprobe': r'module crimes is unloaded, but left its kprobe at sys_newuname\+0x0/',
        'open': r'module crimes is unloaded, but left 1 open file, which answers ENODEV',
    }

    # contract: S0-26
    def test_each_planted_crime_is_told_by_name(self):
        text, console = self.guest(
            'commit() { echo "crime: $1" >/dev/kmsg; insmod crimes.ko crime=$1; test $1 = open && exec 3</dev/culprit; rmmod crimes; uname; };'
            'for c in %s; do commit $c; done; cat <&3; ls /dev/culprit; sleep 1; insmod crimes.ko && rmmod crimes && echo well; true'
            % ' '.join(self.CRIMES))
        told = dict(part.split('\n', 1) for part in console.split('crime: ')[1:])
        for crime, words in self.CRIMES.items():
            with self.subTest(crime):
                debug = os.path.basename(build_dir()) == 'debug'
                if debug or crime in ('timer', 'work', 'irq', 'region', 'thread', 'device', 'kprobe', 'open'):
                    self.assertRegex(told[crime], r'BUG: ' + words)
        self.assertIn('cat: standard input: No such device', text)
        self.assertIn('/dev/culprit: No such file', text)
        self.assertTrue(text.endswith('well\n'), text)
        self.assertNotIn('the code of a module that is gone', console)

    # Maps the device, closes it, says so, waits for a byte, and looks again.
    MAPPER = '''
        global _start
        section .text
        _start: mov eax, 5              ; open()
                mov ebx, name
                mov ecx, 2
                int 80h
                mov edi, eax
                push eax
                mov eax, 192            ; mmap2()
                xor ebx, ebx
                mov ecx, 4096
                mov edx, 3
                mov esi, 1
                xor ebp, ebp
                int 80h
                mov [page], eax
                inc dword [eax]
                pop ebx
                mov eax, 6              ; close()
                int 80h
                mov eax, 4              ; write()
                mov ebx, 1
                mov ecx, said
                mov edx, 7
                int 80h
                mov eax, 3              ; read()
                xor ebx, ebx
                mov ecx, page + 4
                mov edx, 1
                int 80h
                mov eax, [page]
                mov ebx, [eax]          ; 1, if the page is still there
                mov eax, 1              ; exit()
                int 80h
        section .data
        page:   dd 0, 0
        name:   db '/dev/culprit', 0
        said:   db 'mapped', 10
        '''

    # No descriptor is left: who mapped it is found all the same, and the module's code is not met again.
    def test_a_mapping_that_outlives_its_module(self):
        text, console = self.guest(
            'insmod crimes.ko crime=mapped; mkfifo go; chmod +x mapper; ./mapper <go >said & exec 4>go;'
            'until test -s said; do sleep 0.1; done; rmmod crimes; echo >&4; wait $!; echo ended $?; cat said',
            files=[('mapper', self.program(self.MAPPER))])
        self.assertEqual(text, 'ended 135\nmapped\n')                # 128 + SIGBUS
        self.assertRegex(console, 'module crimes is unloaded, but left 1 mapping, where the next access is SIGBUS')


if __name__ == '__main__':
    unittest.main()
