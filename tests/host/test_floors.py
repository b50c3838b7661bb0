"""docs/reference/floors.md against the kernel as it was built: which object calls upwards?"""
import fnmatch
import functools
import os
import re
import subprocess
import unittest

from machine import TOP, build_dir
from test_style import sources

PAGE = os.path.join(TOP, 'docs', 'reference', 'floors.md')
CODE = re.compile(r'`([^`]+)`')
FOLDERS = ('boot', 'kernel', 'drivers', 'fs')


def read_page():
    """The floors as (pattern, number), the most exact first, and the calls upwards as (who, names)."""
    floors, upwards = [], []
    with open(PAGE, encoding='utf-8') as page:
        for line in page:
            cells = [cell.strip() for cell in line.split('|')]
            if len(cells) == 4 and cells[1].isdigit():
                floors += [(pattern, int(cells[1])) for pattern in CODE.findall(cells[2])]
            elif len(cells) == 5 and CODE.match(cells[1]):
                upwards.append((CODE.findall(cells[1])[0], CODE.findall(cells[2])))
    return tuple(sorted(floors, key=lambda item: -len(item[0].rstrip('*')))), upwards


@functools.lru_cache(None)
def floor_of(path, floors):
    for pattern, number in floors:
        folder, _, last = pattern.rpartition('/')
        if path == pattern or (last == '*' and os.path.dirname(path) == folder) or (not last and path.startswith(pattern)):
            return number
    raise AssertionError('%s lists no floor for %s' % (PAGE, path))


def symbols():
    """Of each object of the kernel that has a source here: what it defines and what it needs."""
    sources_of = {}
    for folder in FOLDERS:
        for here, _, names in os.walk(os.path.join(build_dir(), folder)):
            for name in names:
                path = os.path.relpath(os.path.join(here, name), build_dir())
                source = [path[:-2] + kind for kind in ('.c', '.asm') if os.path.exists(os.path.join(TOP, path[:-2] + kind))]
                if name.endswith('.o') and source:
                    sources_of[path] = source[0]
    listed = subprocess.run(['nm', '-A', *sources_of], cwd=build_dir(), stdout=subprocess.PIPE, encoding='utf-8').stdout
    kinds = {path: [] for path in sources_of}
    for path, row in (line.split(':', 1) for line in listed.splitlines()):
        kinds[path].append(row.split()[-2:])
    for path, rows in kinds.items():
        yield sources_of[path], {n for kind, n in rows if kind in 'TDBRVWC'}, {n for kind, n in rows if kind == 'U'}


class Floors(unittest.TestCase):
    # contract: S2-05
    def test_block_drivers_have_a_folder(self):
        """Block drivers in drivers/block and no others there; the samples have both kinds."""
        home = {kind: {path.split('/')[1] for path, text in sources('.c') if path.startswith('drivers/') and re.search(words, text)}
                for kind, words in (('block', r'\b(?:add_disk|register_blkdev)\('),
                                    ('char', r'\b(?:cdev_add|register_chrdev|misc_register)\('))}
        self.assertEqual(home['block'], {'block', 'samples'})
        self.assertLessEqual({'char', 'samples'}, home['char'])
        self.assertNotIn('block', home['char'])

    def test_calls_go_down(self):
        floors, upwards = read_page()
        objects = list(symbols())
        self.assertGreater(len(objects), 100)
        home = {name: path for path, defined, _ in objects for name in defined}
        stray, used = [], set()
        for path, _, needed in objects:
            for name in sorted(needed & home.keys()):
                if floor_of(home[name], floors) <= floor_of(path, floors):
                    continue
                rows = [who for who, names in upwards
                        if fnmatch.fnmatchcase(path, who) and name in names]
                used.update(rows)
                if not rows:
                    stray.append('%s calls %s of %s' % (path, name, home[name]))
        self.assertFalse(stray, '\n'.join(stray))
        # A checker's row is needed only where it is built in.
        built = [path for path, _, _ in objects]
        needless = {who for who, _ in upwards if fnmatch.filter(built, who)} - used
        self.assertFalse(needless, 'rows that nothing needs')


if __name__ == '__main__':
    unittest.main()
