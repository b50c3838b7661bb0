"""Makes trees of a lab out of this one: with holes for a student, whole for a teacher, broken for a proof.

The tree is the reference solution. A mark in it says which lines a lab cuts out,

    /* LAB 05.2 { wake */
    …
    /* } LAB */

and docs/labs/05-…/holes says what stands there instead, below a line `== 05.2 wake  path/of/file.c`. An
assembled tree has no marks, no lab but its own, and nothing of what the other labs' proofs hold.
"""
import hashlib
import os
import random
import re
import shutil
import subprocess

import answers
import grading

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(os.path.dirname(HERE)))
OPEN = re.compile(r'^\s*(?:/\*|;|#) LAB (\d\d)\.(\d) \{ (\w+)(?: \*/)?$')
CLOSE = re.compile(r'^\s*(?:/\*|;|#) \} LAB(?: \*/)?$')
LINK = re.compile(r'\[([^\]]*)\]\(([^)\s:#]+)(?:#[^)]*)?\)')
CITATION = re.compile(r'`([\w./-]+):/([^`]+)/\+?`')    # of a page: docs/doccheck resolves it
SECTION = re.compile(r'^== (\d\d)\.(\d) (\w+)  (\S+)$')
# What only the teacher has: solutions in part, as texts to break.
TEACHERS = re.compile(r'^(docs/labs/\d\d-[^/]*/(holes|mutants\.py|answers\.py|submissions/.*)|docs/labs/(TEACHING\.md|grade-all)|'
                      r'docs/labs/machinery/(prove|cut|submission|batch)\.py|docs/reference/labs\.md|\.ci/.*|'
                      r'tests/host/(test_planted|test_contract|contract_plants|test_labs|test_style|test_docs)\.py|tests/host/break_contract)$')
TELLING = 24            # a line of a solution shorter than this tells nothing


def compiles(pattern):
    try:
        return re.compile(pattern)
    except re.error:
        return None


class LabError(Exception):
    """A lab, a mark or a hole that does not fit; the text says which."""


class Hole:
    """One place of a solution: the lab and step it belongs to, its name, and what a student finds there."""

    def __init__(self, lab, step, name, path, stub):
        self.lab, self.step, self.name, self.path, self.stub = lab, step, name, path, stub


def lab_folder(number, top=TOP):
    """docs/labs/03-…, from 03 or 3."""
    base = os.path.join(top, 'docs', 'labs')
    found = [name for name in sorted(os.listdir(base)) if re.match(r'0*%s-' % re.escape(str(number).lstrip('0')), name)]
    if len(found) != 1:
        raise LabError('there is no lab %s' % number)
    return os.path.join('docs', 'labs', found[0])


def lab_numbers(top=TOP):
    return [name[:2] for name in sorted(os.listdir(os.path.join(top, 'docs', 'labs'))) if re.match(r'\d\d-', name)]


def read_holes(folder, top=TOP):
    """The holes of a lab, from its file of that name."""
    holes, hole = [], None
    with open(os.path.join(top, folder, 'holes'), encoding='utf-8') as file:
        for line in file:
            match = SECTION.match(line)
            if match:
                hole = Hole(match[1], int(match[2]), match[3], match[4], '')
                holes.append(hole)
            elif hole:
                hole.stub += line
            elif line.strip() and not line.startswith('#'):
                raise LabError('%s/holes: text above the first hole' % folder)
    return holes


def tracked(top=TOP):
    """The files of a tree: what git knows and does not ignore, or all but build/ where there is no git."""
    if os.path.isdir(os.path.join(top, '.git')):
        result = subprocess.run(['git', '-C', top, 'ls-files', '-co', '--exclude-standard', '-z'], stdout=subprocess.PIPE, check=True)
        names = os.fsdecode(result.stdout).split('\0')
        return sorted({name for name in names if name and os.path.exists(os.path.join(top, name))})
    return sorted(os.path.relpath(os.path.join(here, name), top) for here, folders, names in os.walk(top)
                  for name in names if 'build' not in os.path.relpath(here, top).split(os.sep)[:1])


class Variation:
    """The names and numbers of one cohort: the same SEED gives the same, none the tree's own."""

    def __init__(self, lab, seed=''):
        rng = random.Random(hashlib.sha256(seed.encode()).digest())
        self.words, self.numbers = {}, {}
        for name, others in sorted(lab.get('NAMES', {}).items()):
            self.words[name] = rng.choice(others) if seed else name
        for name, values in sorted(lab.get('NUMBERS', {}).items()):
            if seed:
                self.numbers[name] = rng.choice(values)
        parts = [re.escape(form) for name in self.words for form in (name, name.upper(), name.capitalize())]
        self.pattern = re.compile(r'(?<![A-Za-z])(%s)(?=s?(?![a-z]))' % '|'.join(parts)) if seed and parts else None

    def word(self, match):
        old = match[0]
        new = self.words[old.lower()]
        return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new

    def text(self, text):
        for name, value in self.numbers.items():
            text = re.sub(r'(#define %s\s+)\S+' % name, lambda match, value=value: match[1] + str(value), text)
        return self.pattern.sub(self.word, text) if self.pattern else text


def split(text, path):
    """A file's lines in pieces: (None, lines) or ((lab, step, name), lines)."""
    pieces, lines, mark = [], [], None
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        opened = OPEN.match(line.rstrip('\n'))
        if not opened and not CLOSE.match(line.rstrip('\n')):
            lines.append(line)
            continue
        if bool(opened) == bool(mark):
            raise LabError('%s:%d: a mark inside another, or an end without a beginning' % (path, number))
        pieces.append((mark, lines))
        lines, mark = [], (opened[1], int(opened[2]), opened[3]) if opened else None
    if mark:
        raise LabError('%s: LAB %s.%d %s has no end' % ((path,) + mark))
    return pieces + [(None, lines)]


class Tree:
    """A lab's tree as texts: {path: bytes}, with what was cut kept beside for the checks."""

    def __init__(self, number, step=1, seed='', solution=False, top=TOP):
        self.folder = lab_folder(number, top)
        self.number = os.path.basename(self.folder)[:2]
        self.step, self.seed, self.solution, self.top = step, seed, solution, top
        self.lab = grading.settings(os.path.join(top, self.folder))
        if not solution and step not in self.lab['STEPS']:
            raise LabError('lab %s has no step %s: its steps are %s' % (self.number, step, ' '.join(map(str, self.lab['STEPS']))))
        self.variation = Variation(self.lab, seed)
        self.holes = {(hole.lab, hole.step, hole.name): hole for hole in read_holes(self.folder, top)}
        self.cut, self.files, self.changed = [], {}, set()
        self.assemble()

    def wanted(self, path):
        if TEACHERS.match(path) and not (self.solution and path.startswith(self.folder)):
            return False
        return not re.match(r'docs/labs/\d\d-', path) or path.startswith(self.folder + '/')

    def assemble(self):
        seen = set()
        for path in tracked(self.top):
            if not self.wanted(path):
                continue
            with open(os.path.join(self.top, path), 'rb') as file:
                data = file.read()
            new = data
            if b'LAB ' in data or self.seed:
                try:
                    text = data.decode('utf-8')
                except UnicodeDecodeError:
                    text = None
                if text is not None:
                    new = self.variation.text(self.fill(path, text, seen)).encode()
            renamed = self.variation.text(path)
            self.files[renamed] = new
            if new != data or renamed != path:
                self.changed.add(renamed)
        missing = set(self.holes) - seen
        if missing:
            raise LabError('%s/holes: no such mark: %s' % (self.folder, ', '.join('%s.%d %s' % key for key in sorted(missing))))
        self.blunt()
        self.answer()
        self.files['.lab'] = ('%s %d %s\n' % (self.number, self.step, self.seed or '-')).encode()

    def blunt(self):
        """Where a page cites a line that was cut, the file's name stays: a citation is a piece of the solution. A link to
        what is the teacher's alone, or another lab's, is its text."""
        folders = {os.path.dirname(path) for path in self.files}

        def cited(match):
            path, pattern = match.groups()
            found = path not in self.files or any(
                re.search(shape, self.files[path].decode(), re.M) for shape in (re.escape(pattern), pattern) if compiles(shape))
            return match[0] if found else '`%s`' % path

        def led(match):
            there = os.path.normpath(os.path.join(os.path.dirname(page), match[2]))
            return match[0] if there in self.files or there in folders else match[1]

        for page in self.files:
            if self.cut and page.endswith('.md'):
                text = self.files[page].decode()
                new = LINK.sub(led, CITATION.sub(cited, text))
                if new != text:
                    self.files[page] = new.encode()
                    self.changed.add(page)

    def handed(self, path):
        """A file's text as who begins this lab finds it."""
        with open(os.path.join(self.top, path), encoding='utf-8') as file:
            pieces = split(file.read(), path)
        return self.variation.text(''.join(self.holes[mark].stub if mark in self.holes else ''.join(lines) for mark, lines in pieces))

    def answer(self):
        """A lab with questions: the hashes of what is right, and the answers of what is done."""
        script = os.path.join(self.top, self.folder, 'answers.py')
        if not os.path.exists(script):
            return
        values, path = {}, self.folder + '/answers.txt'
        with open(script, encoding='utf-8') as file:
            exec(compile(file.read(), script, 'exec'), values)
        steps = values['answers'](self.handed)
        right = {name: answer for step in sorted(steps) for name, answer in steps[step].items()}
        done = {name: answer for step in steps if self.solution or step < self.step for name, answer in steps[step].items()}
        self.files[self.folder + '/answers.hashes'] = answers.hashed(right, self.seed).encode()
        self.files[path] = answers.filled(self.files[path].decode(), done).encode()
        self.changed.add(path)

    def fill(self, path, text, seen):
        if path.startswith('docs/labs/') or ' LAB ' not in text:
            return text
        kept = []
        for mark, lines in split(text, path):
            if not mark or mark[0] != self.number:
                kept += lines
                continue
            hole = self.holes.get(mark)
            if not hole or hole.path != path:
                raise LabError('%s: LAB %s.%d %s is not in %s/holes' % ((path,) + mark + (self.folder,)))
            seen.add(mark)
            if self.solution or hole.step < self.step:
                kept += lines
            else:
                kept.append(hole.stub)
                self.cut.append((hole, ''.join(lines)))
        return ''.join(kept)

    def students(self):
        """The files that are handed in: those with holes, and what lab.py names beside them."""
        return sorted({self.variation.text(path) for path in [hole.path for hole in self.holes.values()] + self.lab.get('ANSWERS', [])})

    def leaks(self):
        """Lines of what was cut that can still be read somewhere in the tree: [(path, line)]."""
        def bare(line):
            return re.sub(r'\s+', ' ', line.strip())
        everywhere = {path: {bare(line) for line in data.decode('utf-8', 'replace').splitlines()} for path, data in self.files.items()}
        usual = self.usual_lines(bare)
        return sorted({(path, line) for hole, text in self.cut for line in map(bare, self.variation.text(text).splitlines())
                       if len(line) >= TELLING and line not in usual for path, lines in everywhere.items() if line in lines})

    def usual_lines(self, bare):
        """Lines that stand outside every hole of the tree, too: `if (mutex_lock_interruptible(&lock))`."""
        usual = set()
        for path in tracked(self.top):
            if not path.endswith(('.c', '.h', '.asm')) or path.startswith('docs/labs/'):
                continue
            with open(os.path.join(self.top, path), encoding='utf-8') as file:
                text = file.read()
            for mark, lines in split(text, path) if ' LAB ' in text else [(None, text.splitlines())]:
                if not mark or mark[0] != self.number or mark[1] < self.step:
                    usual.update(bare(self.variation.text(line)) for line in lines)
        return usual

    def write(self, folder):
        """The tree as files. What is as in this tree keeps its time stamp, so that objects of this tree fit."""
        for path, data in self.files.items():
            target = os.path.join(folder, path)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, 'wb') as file:
                file.write(data)
            origin = os.path.join(self.top, path)
            if path not in self.changed and os.path.exists(origin):
                shutil.copystat(origin, target)
            elif os.path.exists(origin):
                shutil.copymode(origin, target)


def hand_out(tree, folder):
    """A student's own git repository: one commit, and nothing of what was cut."""
    if os.path.lexists(folder):
        raise LabError('%s is there already; nothing was written' % folder)
    leaks = tree.leaks() if not tree.solution else []
    if leaks:
        raise LabError('a solution could be read:\n' + '\n'.join('%s: %s' % leak for leak in leaks))
    tree.write(folder)
    stamp = '2026-01-01T00:00:00Z'
    clean = {key: value for key, value in os.environ.items() if not key.startswith('GIT_')}
    clean.update(GIT_AUTHOR_NAME='Lectern', GIT_AUTHOR_EMAIL='lectern@localhost', GIT_AUTHOR_DATE=stamp,
                 GIT_COMMITTER_NAME='Lectern', GIT_COMMITTER_EMAIL='lectern@localhost', GIT_COMMITTER_DATE=stamp)
    title = 'Lab %s: %s' % (tree.number, tree.lab['TITLE'])
    for words in (['init', '-q', '-b', 'main'], ['add', '-A'], ['commit', '-q', '-m', title]):
        subprocess.run(['git', '-C', folder] + words, check=True, env=clean, stdin=subprocess.DEVNULL)
