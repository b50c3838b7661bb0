"""What the house rules say that a program can see: sizes, opening comments, links, line counts."""
import glob
import os
import re
import subprocess
import sys
import unittest

from machine import TOP

SOURCE_FOLDERS = ['boot', 'kernel', 'drivers', 'fs', 'user', 'tests']
FILE_LINES, FUNCTION_LINES = 500, 60
TABLES = ['kernel/sys/syscalls.tbl', 'kernel/include/linux/pci_ids.h',
          'kernel/include/uapi/linux/input-event-codes.h']     # tables may be as long as they are
TOP_LEVEL = {'Makefile', 'README.md', 'LICENSE', 'boot', 'kernel', 'drivers', 'fs', 'user', 'tests', 'docs', 'build'}
UNFINISHED = re.compile(r'\b(TO' 'DO|FIX' r'ME|XX' r'X)\b')
LINK = re.compile(r'\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)')
CITED = re.compile(r'`(\w+)(?:\(\))?` in `([\w./-]+)`')
PATH = re.compile(r'`((?:boot|kernel|drivers|fs|user|tests|docs)/[\w./*-]*\w)`')


def sources(*kinds):
    for folder in SOURCE_FOLDERS:
        for here, _, names in os.walk(os.path.join(TOP, folder)):
            for name in sorted(names):
                if name.endswith(kinds):
                    path = os.path.join(here, name)
                    with open(path, encoding='utf-8') as file:
                        yield os.path.relpath(path, TOP), file.read()


def functions(text):
    """Name and length of each function: from its opening brace in the first column to the closing one."""
    start = name = None
    lines = text.split('\n')
    for number, line in enumerate(lines):
        if line == '{':
            start = number
            name = lines[number - 1].strip()
        elif line.startswith('}') and start is not None:
            yield name, number - start + 1
            start = None


class Sources(unittest.TestCase):
    def none(self, found):
        found = list(found)
        if found:
            self.fail('%d:\n' % len(found) + '\n'.join(found))

    def test_files_within_500_lines(self):
        self.none('%s: %d' % (path, text.count('\n')) for path, text in sources('.c', '.h', '.asm', '.py')
                  if text.count('\n') > FILE_LINES and path not in TABLES)

    def test_functions_within_60_lines(self):
        self.none('%s: %s: %d' % (path, name, length) for path, text in sources('.c')
                  for name, length in functions(text) if length > FUNCTION_LINES)

    def test_every_file_opens_with_its_map(self):
        self.none(path for path, text in sources('.c') if not re.match(r'(// SPDX-.*\n)?/\*', text))
        self.none(path for path, text in sources('.h') if not text.startswith('/*') and text.count('\n') > 40)
        self.none(path for path, text in sources('.asm') if not text.startswith(';'))

    def test_headers_are_guarded(self):
        self.none(path for path, text in sources('.h') if not re.search(r'(?m)^#ifndef \w+\n#\s*define \w+', text))

    def test_nothing_is_left_for_later(self):
        self.none('%s: %s' % (path, found.group(0)) for path, text in sources('.c', '.h', '.asm', '.py', '.sh')
                  for found in [UNFINISHED.search(text)] if found)

    def test_no_blanks_at_line_ends(self):
        self.none(path for path, text in sources('.c', '.h', '.asm', '.py', '.sh', '.mk') if re.search(r'[ \t]\n', text))

    def test_top_level_holds_what_it_may(self):
        self.none(name for name in os.listdir(TOP) if name not in TOP_LEVEL and not name.startswith('.'))

    def test_programs_say_whether_linux_runs_them(self):
        self.none(path for path, text in sources('.c') if path.startswith('tests/user/') and 'int main(' in text
                  and not re.search(r'host: (yes|no, because \S)', text[:4000]))


class Pages(unittest.TestCase):
    @staticmethod
    def pages():
        return [os.path.join(TOP, 'README.md')] + glob.glob(os.path.join(TOP, 'docs', '**', '*.md'), recursive=True)

    def test_links_lead_somewhere(self):
        lost = []
        for page in self.pages():
            with open(page, encoding='utf-8') as file:
                for target in LINK.findall(file.read()):
                    if '://' not in target and not os.path.exists(os.path.join(os.path.dirname(page), target)):
                        lost.append('%s: %s' % (os.path.relpath(page, TOP), target))
        self.assertFalse(lost, '\n'.join(lost))

    def test_cited_files_and_functions_are_there(self):
        """`name()` in `path` must find the name in that file; a path in backticks must exist (but for
        one with a placeholder in capitals)."""
        lost = []
        for page in self.pages():
            with open(page, encoding='utf-8') as file:
                text = file.read()
            for path in PATH.findall(text):
                if not re.search('[A-Z]{2}', path) and not glob.glob(os.path.join(TOP, path)):
                    lost.append('%s: %s' % (os.path.relpath(page, TOP), path))
            for name, path in CITED.findall(text):
                path = os.path.join(TOP, path)
                if os.path.isfile(path):
                    with open(path, encoding='utf-8') as file:
                        if not re.search(r'\b%s\b' % name, file.read()):
                            lost.append('%s: %s in %s' % (os.path.relpath(page, TOP), name, os.path.relpath(path, TOP)))
        self.assertFalse(lost, '\n'.join(lost))

    def test_line_counts_are_right_to_a_tenth(self):
        result = subprocess.run([sys.executable, os.path.join(TOP, 'docs', 'lines'), '--check'],
                                stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(result.stdout, '')


if __name__ == '__main__':
    unittest.main()
