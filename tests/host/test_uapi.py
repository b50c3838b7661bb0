"""The system calls' numbers and structures against the headers of the Linux that builds us."""
import os
import re
import subprocess
import unittest

from machine import TOP

UAPI = os.path.join(TOP, 'kernel', 'include', 'uapi')
OURS = ['-nostdinc', '-I', UAPI, '-I', os.path.join(TOP, 'build', 'include', 'uapi'),
        '-I', os.path.join(TOP, 'user/lib/include')]      # <linux/input.h> has <sys/time.h>

# where Linux has changed since 5.10, or its C library's headers are meant instead of the kernel's
DIFFER = {'MLOCK_LIMIT', 'NR_LDISCS', 'SIGRTMAX', 'sigaction', '_IOC_TYPECHECK'}
MEMBERS = re.compile(r'^#define (?:si|sa|sigev)_\w+', re.M)        # names of members, no values
MACRO = re.compile(r'^#define (\w+)[ \t]+\S', re.M)
STRUCT = re.compile(r'^(?:typedef )?struct (\w+) \{(.*?)^\}', re.M | re.S)
MEMBER = re.compile(r'^\t(?!\t)[^;{}]*?(\w+)(?:\[[^;]*)?;', re.M)


def compiler(flags, text, *options):
    return subprocess.run(['gcc', '-m32', '-w', '-std=gnu11', *options, '-o', '-', *flags, '-x', 'c', '-'],
                          input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding='utf-8')


def expansions(flags, header, names):
    """What each macro stands for, without blanks and parentheses; a macro that is not there is left out."""
    text = '#include <%s>\n' % header
    text += ''.join('#ifdef %s\n"@%s@" %s\n#endif\n' % (name, name, name) for name in names)
    seen = compiler(flags, text, '-E', '-P').stdout
    return {name: re.sub(r'[\s()]', '', value) for name, value in re.findall(r'"@(\w+)@"([^"@]*)', seen)}


def value(flags, header, expression):
    """An integer constant as the compiler sees it; None for anything else. LPSETTIMEOUT asks how long a time_t is."""
    text = '#include <%s>\nlong long value = (long long)(%s);\n' % (header, expression)
    for before in '', '#include <time.h>\n':
        words = re.findall(r'^\s+\.(long|zero)\s+(-?\d+)', compiler(flags, before + text, '-S', '-O1').stdout, re.M)
        if words:
            return words
    return None


def place(flags, header, name, member):
    """Where a member lies, its size, and for a number its sign, as one constant; None if there is no such member."""
    one = '((struct %s *)0)->%s' % (name, member)
    plain = '__builtin_choose_expr(__builtin_classify_type(%s) == 1, %s, 0)' % (one, one)
    return value(flags, header, '__builtin_offsetof(struct %s, %s) << 20 | sizeof(%s) << 1 | '
                 '((__typeof__(%s))-1 < 0)' % (name, member, one, plain))


class Interface(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        probe = compiler([], '#include <linux/types.h>\n#include <asm/errno.h>\n', '-E')
        if probe.returncode:
            raise unittest.SkipTest('no headers of 32-bit Linux here (gcc-multilib, linux-libc-dev)')
        subprocess.run(['make', '-s', '-C', TOP, 'build/include/uapi/asm/unistd.h'], check=True)
        cls.headers = sorted('%s/%s' % (folder, name) for folder in ('asm', 'linux')
                             for name in os.listdir(os.path.join(UAPI, folder)))

    def each(self):
        for header in self.headers:
            if compiler([], '#include <%s>\n' % header, '-E').returncode == 0:
                with open(os.path.join(UAPI, header), encoding='utf-8') as file:
                    yield header, file.read()

    def test_numbers(self):
        compared = 0
        for header, text in self.each():
            names = [name for name in MACRO.findall(MEMBERS.sub('', text)) if name not in DIFFER]
            ours, theirs = expansions(OURS, header, names), expansions([], header, names)
            for name in theirs:
                compared += 1
                if ours.get(name) != theirs[name]:
                    self.assertEqual(value(OURS, header, name), value([], header, name), (header, name))
        self.assertGreater(compared, 1000)

    def test_structures(self):
        """The size of each structure, and where each member of a name that both have lies, how long it is
        and whether it has a sign."""
        compared = members = 0
        for header, text in self.each():
            for name, body in STRUCT.findall(text):
                theirs = value([], header, 'sizeof(struct %s)' % name)
                if not theirs or name in DIFFER:
                    continue
                compared += 1
                self.assertEqual(value(OURS, header, 'sizeof(struct %s)' % name), theirs, (header, name))
                for member in MEMBER.findall(re.sub(r'/\*.*?\*/', '', body, flags=re.S)):
                    theirs = place([], header, name, member)
                    if theirs:
                        members += 1
                        self.assertEqual(place(OURS, header, name, member), theirs, (header, name, member))
        self.assertGreater(compared, 50)
        self.assertGreater(members, 300)

    def test_system_calls(self):
        with open(os.path.join(TOP, 'kernel', 'sys', 'syscalls.tbl'), encoding='utf-8') as file:
            rows = re.findall(r'^(\d+)\s+(\w+)', file.read(), re.M)
        names = ['__NR_' + name for _, name in rows]
        theirs = expansions([], 'asm/unistd.h', names)
        for number, name in rows:
            self.assertEqual(theirs.get('__NR_' + name, number), number, name)
        self.assertGreater(len(theirs), 250)
