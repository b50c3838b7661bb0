"""The build: without and with DEBUG=1, one file at a time, and what `make` says where tools are
missing. What both compilers and each header say is `make check`'s."""
import glob
import os
import re
import shutil
import subprocess
import tempfile
import unittest

from machine import TOP, build_dir

TEXT_TOOLS = ['sh', 'sed', 'tr', 'sort', 'grep', 'id', 'uname', 'mktemp', 'rm', 'chmod', 'ls', 'cat', 'ln', 'touch']
TOOLS = ['gcc', 'ld', 'nasm', 'python3', 'mke2fs', 'debugfs', 'e2fsck', 'qemu-system-i386', 'grub-mkrescue', 'xorriso',
         'mformat', 'gdb', 'git', 'bwrap', 'parallel', 'sparse', 'clang', 'clang-tidy']

# Without drivers, of which there are ever more: what it weighed before they came. What made the kernel a host of
# drivers (modules, the 1996 tree, the checkers) was to be paid for by what it saves elsewhere.
LARGEST_KERNEL = 480345
SECTIONS = re.compile(r'\.(text|rodata|data|init\.|exit\.|kunit|__ex_table)|__(ex_table|ksymtab|param)')


def make(*words, **environment):
    clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
    return subprocess.run(['make', '-C', TOP, *words], env=dict(clean, **environment), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')


class Build(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def test_nothing_is_left_to_do(self):
        make('all')
        self.assertNotRegex(make('all').stdout, r'(?m)^  [A-Z]+ ')

    def test_debug_and_one_changed_file(self):
        # In the folder that the tests beside this one do not run from.
        debug = 'DEBUG=%d' % (os.path.basename(build_dir()) != 'debug')
        built = make(debug, 'all')
        self.assertEqual(built.returncode, 0, built.stdout[-3000:])
        self.assertNotIn('warning', built.stdout)
        said = make(debug, '-W', 'kernel/main.c', 'all').stdout.splitlines()
        self.assertEqual([line.split() for line in said if line.startswith('  CC')], [['CC', 'kernel/main.c']])

    def test_cross_compiler(self):
        tools = os.path.join(self.scratch.name, 'tools')
        os.mkdir(tools)
        for name in ('gcc', 'ld', 'nm', 'objcopy', 'ar', 'strip'):
            os.symlink(shutil.which(name), os.path.join(tools, 'i686-elf-' + name))
        one = os.path.join(self.scratch.name, 'kernel', 'main.o')
        built = make('V=1', 'CROSS=i686-elf-', 'B=' + self.scratch.name, one, PATH=tools + ':' + os.environ['PATH'])
        self.assertEqual(built.returncode, 0, built.stdout)
        self.assertIn('i686-elf-gcc', built.stdout)
        self.assertTrue(os.path.exists(one))

    @staticmethod
    def loaded(path):
        """Bytes of code and data that lie in the file, by section."""
        listed = subprocess.run(['size', '-A', path], stdout=subprocess.PIPE, encoding='utf-8').stdout
        rows = [line.split() for line in listed.splitlines()]
        return sum(int(row[1]) for row in rows if len(row) == 3 and SECTIONS.match(row[0]))

    def test_text_and_data(self):
        """What the lean kernel weighs without its symbol table, its test suites and its drivers."""
        lean = os.path.join(TOP, 'build')
        suites = glob.glob(os.path.join(lean, 'tests', 'kernel', '*.o'))
        drivers = [path for path in glob.glob(os.path.join(lean, 'drivers', '**', '*.o'), recursive=True)
                   if '/samples/' not in path and not path.endswith('.mod.o')]
        self.assertTrue(suites and drivers)
        size = self.loaded(os.path.join(lean, 'lectern.elf')) - sum(map(self.loaded, suites + drivers))
        self.assertLess(size, LARGEST_KERNEL)
        self.assertGreater(size, LARGEST_KERNEL // 2)

    def test_help_has_a_line_for_each_goal(self):
        lines = make('help').stdout.splitlines()
        goals = {line.split()[1] for line in lines if line.startswith('make ') and len(line) > 20}
        self.assertLessEqual({'all', 'run', 'run-iso', 'run-gui', 'iso', 'debug', 'doctor', 'fresh-disk', 'test', 'bench',
                              'check', 'headercheck', 'sparse', 'tidy', 'clean', 'help'}, goals)


class Doctor(unittest.TestCase):
    """tests/doctor on machines that lack something: a PATH of our own plays them."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.bin = os.path.join(scratch.name, 'bin')
        os.mkdir(self.bin)
        for name in TEXT_TOOLS + TOOLS:
            self.fake(name) if name in TOOLS else os.symlink(shutil.which(name), os.path.join(self.bin, name))
        self.release = os.path.join(scratch.name, 'os-release')
        self.log = os.path.join(scratch.name, 'log')

    def fake(self, name, script='exit 0'):
        path = os.path.join(self.bin, name)
        with open(path, 'w') as file:
            file.write('#!%s\n%s\n' % (shutil.which('sh'), script))
        os.chmod(path, 0o755)

    def doctor(self, *words, system='debian', root=True):
        with open(self.release, 'w') as file:
            file.write('ID=%s\n' % system)
        self.fake('id.new', 'echo %d' % (0 if root else 1000))
        os.replace(os.path.join(self.bin, 'id.new'), os.path.join(self.bin, 'id'))
        # mke2fs and friends are looked for in /usr/sbin, too: only tools of /usr/bin can be made to lack.
        result = subprocess.run([shutil.which('sh'), os.path.join(TOP, 'tests', 'doctor'), *words], stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8',
                                env={'PATH': self.bin, 'OS_RELEASE': self.release, 'LOG': self.log})
        return result.returncode, result.stdout

    def lack(self, *names):
        for name in names:
            os.unlink(os.path.join(self.bin, name))

    def test_nothing_missing(self):
        self.assertEqual(self.doctor('need', 'run', 'test'), (0, ''))

    def test_debian_installs_for_root(self):
        self.lack('nasm')
        self.fake('apt-get', 'echo "$@" >>"$LOG"; ln -s /bin/true %s/nasm' % self.bin)
        status, said = self.doctor('need', 'run')
        self.assertEqual(status, 0, said)
        self.assertIn('Lectern needs: nasm', said)
        with open(self.log) as log:
            self.assertEqual(log.read(), 'install -y --no-install-recommends nasm\n')

    def test_debian_asks_no_one_without_a_terminal(self):
        self.lack('nasm')
        self.fake('apt-get', 'touch "$LOG"')
        status, said = self.doctor('need', 'test', root=False)
        self.assertEqual(status, 1)
        self.assertIn('apt-get install -y --no-install-recommends nasm', said)
        self.assertFalse(os.path.exists(self.log))

    def test_debian_installation_fails(self):
        self.lack('nasm')
        self.fake('apt-get', 'exit 100')
        self.assertEqual(self.doctor('need', 'run')[0], 1)

    def test_plain_make_installs_nothing(self):
        self.lack('nasm')
        self.fake('apt-get', 'touch "$LOG"')
        status, said = self.doctor('need', 'all')
        self.assertEqual(status, 1)
        self.assertIn('apt-get install', said)
        self.assertFalse(os.path.exists(self.log))

    def test_fedora_and_arch_are_told_one_command(self):
        self.lack('nasm', 'qemu-system-i386')
        for system, command in (('fedora', 'dnf install nasm qemu-system-x86-core'),
                                ('arch', 'pacman -S --needed nasm qemu-system-x86')):
            status, said = self.doctor('need', 'run', system=system)
            self.assertEqual(status, 1)
            self.assertEqual(said.count(command), 1, said)

    def test_macos_is_told_of_cross_binutils(self):
        self.lack('gcc', 'ld', 'uname')
        self.fake('uname', 'echo Darwin')
        self.fake('brew')
        status, said = self.doctor('need', 'run')
        self.assertEqual(status, 1)
        self.assertIn('brew install i686-elf-binutils i686-elf-gcc', said)

    def test_doctor_names_what_is_missing(self):
        self.lack('nasm')
        status, said = self.doctor(system='fedora')
        self.assertEqual(status, 1)
        self.assertRegex(said, r'nasm +MISSING')
        self.assertIn('Do this: dnf install nasm', said)


if __name__ == '__main__':
    unittest.main()
