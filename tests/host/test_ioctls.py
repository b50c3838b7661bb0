"""No ioctl number twice: what a program asks of one device must not mean something else to another.

The register is the headers, those of uapi/ and the drivers' own: every macro made by _IO(),
_IOR(), _IOW() or _IOWR(), and every number of the families that are older than those."""
import os
import re
import subprocess
import sys
import unittest

from machine import TOP, build_dir
from test_style import sources

PAGE = os.path.join(TOP, 'docs', 'reference', 'ioctls.md')
HEAD = """# Numbers of ioctl requests

*Made by `tests/host/test_ioctls.py --write` from the headers, those of uapi and the drivers' own; `make check` fails
when a number is here twice, and when this page is not what the headers say.*

Take a letter and a number that nobody has: a request that reaches the wrong device must mean nothing there.
`FIOCLEX`, `FIONCLEX`, `FIONBIO` and `FIOASYNC` never reach a driver. The direction is the program's: `r` is what it reads.

| number | type | nr | way | size | name | header |
|---|---|---|---|---:|---|---|"""
OLDER = r'(?:TC|TIOC|FIO|FBIO|HDIO_|KD|[GPS]IO_|VT_|LOOP_|CDROM|FD|SIOC|LP[A-Z]|KIOC)\w+|I2C_(?:SLAVE\w*|FUNCS|SMBUS)'
MADE = re.compile(r'(?m)^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+_S?IO[WRC]*(?:_BAD)?\(')
PLAIN = re.compile(r'(?m)^#[ \t]*define[ \t]+(%s)[ \t]+0x[0-9A-Fa-f]{4}\b' % OLDER)
COMMANDS = re.compile(r'(?ms)^(\t+)switch \((?:cmd|request)\) \{\n(.*?)^\1\}')
LABEL = re.compile(r'\bcase (\w+):')
# Linux's own clashes: its sound timer took the terminals' first numbers.
CLASHES = [{'TCSETS', 'SNDCTL_TMR_START'}, {'TCSETSW', 'SNDCTL_TMR_STOP'}, {'TCSETSF', 'SNDCTL_TMR_CONTINUE'}]


def values(header, names):
    """What each macro of a header comes to, as the compiler has it."""
    standard = '#include <stddef.h>\n' if '/uapi/' in header else ''
    text = standard + '#include "%s"\nconst unsigned int values[] = { %s };\n' % (header, ', '.join(names))
    flags = ['-I', 'user/lib/include', '-I', 'kernel/include/uapi', '-I', os.path.join(build_dir(), 'include', 'uapi')]
    if '/uapi/' not in header:
        flags = ['-D__KERNEL__', '-DDEBUG_BUILD=0', '-I', 'kernel/include', '-I', os.path.join(build_dir(), 'include')] + flags[2:]
    made = subprocess.run(['gcc', '-m32', '-w', '-std=gnu11', '-nostdinc', '-S', '-o', '-', *flags, '-x', 'c', '-'],
                          input=text, cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
    if made.returncode:
        raise AssertionError('%s: %s' % (header, made.stderr))
    words = re.findall(r'(?m)^\s+\.long\s+(-?\d+)', made.stdout.partition('values:')[2])
    return dict(zip(names, (int(word) & 0xffffffff for word in words), strict=True))


def register():
    """(header, name, number) of every request."""
    for header, text in sources('.h'):
        names = MADE.findall(text) + PLAIN.findall(text)
        if header.startswith(('kernel/', 'drivers/', 'fs/')) and names:
            for name, number in values(header, names).items():
                yield header, name, number


def clashes(requests):
    """A line for each number that two requests have."""
    seen = {}
    for header, name, number in requests:
        first = seen.setdefault(number, (header, name))
        if first != (header, name) and {name, first[1]} not in CLASHES:
            yield '0x%x is %s in %s and %s in %s' % (number, first[1], first[0], name, header)


def page():
    """docs/reference/ioctls.md."""
    lines = [HEAD]
    for number, name, header in sorted({(number, name, header) for header, name, number in register()}):
        way, size = ('-', 'w', 'r', 'rw')[number >> 30], number >> 16 & 0x3fff
        letter = chr(number >> 8 & 0xff)
        lines.append('| `%08x` | %s | %02x | %s | %s | `%s` | `%s` |' % (
            number, letter if letter.isalnum() else '', number & 0xff, way, size or '', name, header))
    return '\n'.join(lines) + '\n'


class Ioctls(unittest.TestCase):
    # contract: S2-24
    def test_no_number_twice(self):
        known = list(register())
        self.assertFalse(list(clashes(known)), '\n'.join(clashes(known)))
        self.assertGreater(len(known), 100)

    # contract: S2-24
    def test_a_clash_is_seen(self):
        known = list(register())
        for name in ('FIOCLEX', 'FIONCLEX', 'FIONBIO', 'FIOASYNC', 'QUARTET_RESET'):
            number = [number for _, known_name, number in known if known_name == name]
            self.assertEqual(len(number), 1, name)
            found = list(clashes(known + [('mine.h', 'MINE', number[0])]))
            self.assertEqual(len(found), 1)
            self.assertIn('MINE in mine.h', found[0])
            self.assertIn(name, found[0])

    # contract: S2-24
    def test_page_is_made_of_the_headers(self):
        with open(PAGE, encoding='utf-8') as file:
            self.assertEqual(file.read(), page(), 'make it anew: tests/host/test_ioctls.py --write')

    def test_numbers_are_in_headers(self):
        hidden = ['%s: %s' % (path, name) for path, text in sources('.c') for name in MADE.findall(text)
                  if path.startswith(('kernel/', 'drivers/', 'fs/'))]
        self.assertFalse(hidden, '\n'.join(hidden))

    def test_handlers_take_requests_of_the_register(self):
        known = {name for _, name, _ in register()} | {'TIOCINQ'}      # FIONREAD's second name
        strange, taken = [], set()
        for path, text in sources('.c'):
            for _, body in COMMANDS.findall(text) if 'ioctl' in text and path.startswith(('drivers/', 'fs/')) else []:
                taken |= set(LABEL.findall(body))
                strange += ['%s: %s' % (path, label) for label in LABEL.findall(body)
                            if label not in known and not re.match(r'F_|[A-Z]+_UNUSED', label)]
        self.assertFalse(strange, '\n'.join(strange))
        self.assertGreater(len(taken), 50)


if __name__ == '__main__' and sys.argv[1:] == ['--write']:
    with open(PAGE, 'w', encoding='utf-8') as output:
        output.write(page())
elif __name__ == '__main__':
    unittest.main()
