"""The pages: what they cite is there, what they draw is so, and what they show does happen."""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from machine import Machine, TOP, build_dir

JOURNEYS = os.path.join(TOP, 'docs', 'journeys')
REFERENCE = os.path.join(TOP, 'docs', 'reference')
LAYOUT = os.path.join(REFERENCE, 'memory-layout.md')
BLOCK = re.compile(r'(?m)^```sh guest\n(.*?)^```\n\s*```text\n(.*?)^```\n', re.S)
NEXT = '--- next ---'


def blocks():
    """Of each page with something to see: the commands for the guest, and what the page says they print."""
    for page in sorted(glob.glob(os.path.join(JOURNEYS, '*.md'))) + [LAYOUT]:
        with open(page, encoding='utf-8') as file:
            for commands, shown in BLOCK.findall(file.read()):
                yield os.path.basename(page), commands, shown


def pattern(line):
    """A shown line as a pattern: … is anything, numbers of two digits and more are any number."""
    return re.sub(r'[0-9]{2,}', '[0-9]+', re.sub(r' +', ' +', re.escape(line.strip()).replace(r'\ ', ' '))).replace('…', '.*')


class Pages(unittest.TestCase):
    def check(self, top):
        return subprocess.run([sys.executable, os.path.join(top, 'docs', 'doccheck')],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')

    def test_citations_and_links(self):
        done = self.check(TOP)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_what_is_gone_is_told(self):
        """In a copy: a cited function gets another name, a cited line a double, a page another one."""
        with tempfile.TemporaryDirectory() as top:
            for folder in ('boot', 'kernel', 'drivers', 'fs', 'user', 'tests'):
                os.symlink(os.path.join(TOP, folder), os.path.join(top, folder))
            shutil.copytree(os.path.join(TOP, 'docs'), os.path.join(top, 'docs'))
            for name in ('README.md', 'Makefile'):
                shutil.copy(os.path.join(TOP, name), top)
            os.unlink(os.path.join(top, 'fs'))
            shutil.copytree(os.path.join(TOP, 'fs'), os.path.join(top, 'fs'))
            path = os.path.join(top, 'fs', 'char_dev.c')
            with open(path, encoding='utf-8') as file:
                text = file.read()
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text.replace('chrdev_open', 'chrdev_begin'))
            with open(os.path.join(top, 'docs', 'new.md'), 'w', encoding='utf-8') as file:
                file.write('`fs/open.c:/return/`\n[a](nowhere.md)\n[b](tour.md#no-such-place)\n`no_such` in `fs/open.c`\n')
            done = self.check(top)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stdout, r'(?m)^docs/journeys/open\.md:\d+: nothing in fs/char_dev\.c is .*chrdev_open')
        for line in (r'1: \d+ lines of fs/open\.c are return', r'2: a dead link: nowhere\.md',
                     r'3: no such heading: tour\.md#no-such-place', r'4: no no_such in fs/open\.c'):
            self.assertRegex(done.stdout, r'(?m)^docs/new\.md:' + line)

    def test_built_pages_lead_to_the_line(self):
        with tempfile.TemporaryDirectory() as out:
            subprocess.run([sys.executable, os.path.join(TOP, 'docs', 'doccheck'), '--build', out], check=True)
            with open(os.path.join(out, 'journeys', 'open.md'), encoding='utf-8') as file:
                text = file.read()
            link, number = re.search(r'\[fs/char_dev\.c:\d+\]\((.*?)#L(\d+)\) `` static int chrdev_open', text).groups()
            with open(os.path.join(out, 'journeys', link), encoding='utf-8') as file:
                self.assertIn('static int chrdev_open', file.read().split('\n')[int(number) - 1])


class Reference(unittest.TestCase):
    def extract(self, top):
        return subprocess.run([sys.executable, os.path.join(top, 'docs', 'extract'), '--check'], stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, encoding='utf-8', env=dict(os.environ, LECTERN_BUILD=build_dir()))

    def test_pages_are_what_the_source_says(self):
        self.assertEqual(self.extract(TOP).stdout, '', 'make it anew: docs/extract')

    def test_what_has_changed_is_told(self):
        """In a copy: a function that is no longer exported, a parameter with another name, a figure that was moved."""
        changes = (('fs/char_dev.c', 'EXPORT_SYMBOL(cdev_add);', ''), ('fs/do_mounts.c', '"rootfstype="', '"fstype="'),
                   ('kernel/include/asm/page.h', '0xE8800000', '0xE8C00000'))
        with tempfile.TemporaryDirectory() as top:
            for folder in ('boot', 'kernel', 'drivers', 'fs', 'docs', 'tests/kernel'):
                shutil.copytree(os.path.join(TOP, folder), os.path.join(top, folder))
            self.assertEqual(self.extract(top).stdout, '')
            for path, old, new in changes:
                with open(os.path.join(top, path), encoding='utf-8') as file:
                    text = file.read()
                self.assertIn(old, text)
                with open(os.path.join(top, path), 'w', encoding='utf-8') as file:
                    file.write(text.replace(old, new))
            done = self.extract(top)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(re.findall(r'(?m)^docs/reference/([\w-]+)\.md', done.stdout), ['driver-api', 'parameters', 'memory-layout'])

    def test_system_calls_are_those_of_the_table(self):
        done = subprocess.run([sys.executable, os.path.join(TOP, 'kernel', 'sys', 'mkcalldoc.py'), build_dir(), '--check'],
                              stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(done.stdout, 'calls that nobody uses: none\n')

    def test_parameters_are_those_of_the_kernel(self):
        """Each makes a structure whose name begins so."""
        listed = subprocess.run(['nm', os.path.join(build_dir(), 'lectern.elf')], stdout=subprocess.PIPE, encoding='ascii').stdout
        made = re.findall(r' [rRdD] __(?:setup|param)_(?!ops_|arr_|string_|start|end)(\w+)\n', listed)
        with open(os.path.join(REFERENCE, 'parameters.md'), encoding='utf-8') as file:
            rows = re.findall(r'(?m)^\| `', file.read())
        self.assertEqual(len(made), len(rows), made)

    def test_every_page_is_in_the_index(self):
        with open(os.path.join(REFERENCE, 'README.md'), encoding='utf-8') as file:
            named = re.findall(r'(?m)^\| \[([\w-]+\.md)\]', file.read())
        there = {os.path.basename(page) for page in glob.glob(os.path.join(REFERENCE, '*.md'))} - {'README.md'}
        self.assertEqual(set(named), there)


class Map(unittest.TestCase):
    def test_map_has_the_floors_and_rooms(self):
        done = subprocess.run([sys.executable, os.path.join(TOP, 'docs', 'map'), '--check'],
                              stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(done.stdout, '')

    def test_tour_is_a_page(self):
        with open(os.path.join(TOP, 'docs', 'tour.md'), encoding='utf-8') as file:
            self.assertLessEqual(len(file.readlines()), 80)


class Journeys(unittest.TestCase):
    def test_figures_are_as_drawn(self):
        done = subprocess.run([sys.executable, os.path.join(TOP, 'docs', 'figures'), '--check'],
                              stdout=subprocess.PIPE, encoding='utf-8')
        self.assertEqual(done.stdout, '')

    def test_every_page_is_whole(self):
        """A step of the text for each of its figure, with the lines that do it; the race, both ages, something to see."""
        for page in sorted(glob.glob(os.path.join(JOURNEYS, '*.md'))):
            with self.subTest(page=os.path.basename(page)):
                with open(page, encoding='utf-8') as file:
                    text = file.read()
                with open(page[:-2] + 'svg', encoding='utf-8') as file:
                    drawn = len(re.findall('<circle', file.read()))
                steps = re.findall(r'(?m)^(\d)\. (.*\n(?:   .*\n)*)', text)
                self.assertEqual([number for number, _ in steps], [str(number + 1) for number in range(drawn)])
                for number, step in steps:
                    self.assertRegex(step, r'`[\w./-]+:/[^`]+/\+?`', 'step ' + number)
                self.assertRegex(text, r'(?m)^!\[.*\]\(%s\.svg\)$' % os.path.basename(page)[:-3])
                self.assertRegex(text, r'(?m)^## The (?:race|trap) of this place$')
                self.assertRegex(text, r'(?m)^## 1996 and today$')

    def test_commands_do_what_the_pages_show(self):
        """All blocks in one machine, one after the other. Each shown line must come, in that order."""
        wanted = list(blocks())
        self.assertEqual({page for page, _, _ in wanted},
                         {os.path.basename(page) for page in glob.glob(os.path.join(JOURNEYS, '*.md')) + [LAYOUT]})
        script = ''.join('{\n%s} 2>&1\necho "%s"\n' % (commands, NEXT) for _, commands, _ in wanted)
        output = []
        with Machine(['sh', '-c', script], append='8250.nr_uarts=1') as machine:
            outcome = machine.run(output.append)
        said = b''.join(output).decode('utf-8', 'replace').split(NEXT + '\n')
        self.assertEqual(len(said), len(wanted) + 1, outcome.explain() + '\n' + said[-1])
        for (page, commands, shown), text in zip(wanted, said):
            with self.subTest(page=page, commands=commands):
                lines = iter(text.split('\n'))
                for line in shown.split('\n'):
                    if line.strip() not in ('', '…'):
                        self.assertTrue(any(re.fullmatch(pattern(line), seen.strip()) for seen in lines),
                                        '%s\nis not in, or not in its place:\n%s' % (line, text))


if __name__ == '__main__':
    unittest.main()
