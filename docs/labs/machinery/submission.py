"""A teacher's side: takes a submission from a folder, a ZIP or a git repository, builds it and has it marked.

Only the files that the lab asks for are taken, by their names, and laid over a pristine tree of the same
lab and seed; makefiles, tests and all else are the teacher's own. So what a submission deletes, edits or
shadows is not even read.
"""
import contextlib
import fcntl
import hashlib
import os
import resource
import shutil
import stat
import subprocess
import tempfile
import zipfile

import confine
import cut
import grading
from machine import Machine

BOOTS = 20                      # a machine may take as long as so many
FILE_LIMIT = 1 << 20            # bytes of one source file
GIT_SECONDS = 120
GOAL = ['make', 'DEBUG=1', '-j1', 'lab-build']
NOT_COPIED = ('headercheck', 'stripped', 'iso', 'user', 'bin')


class Refused(Exception):
    """The submission is nothing that could be built; the text says why."""


def digest(tree):
    total = hashlib.sha256()
    for path, data in sorted(tree.files.items()):
        total.update(path.encode() + b'\0' + data + b'\0')
    return total.hexdigest()


def pristine(tree):
    """The folder of a lab's bare tree, built, in build/labs of this one; made or brought up to date."""
    name = '%s-%s' % (tree.number, hashlib.sha256(tree.seed.encode()).hexdigest()[:8] if tree.seed else 'plain')
    folder = os.path.join(tree.top, 'build', 'labs', name)
    os.makedirs(folder, exist_ok=True)
    with open(folder + '.lock', 'w') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp, now = folder + '.stamp', digest(tree)
        if os.path.exists(stamp) and open(stamp, encoding='utf-8').read() == now:
            return folder
        shutil.rmtree(folder)
        tree.write(folder)
        built = os.path.join(tree.top, 'build', 'debug')
        if os.path.isdir(built):
            shutil.copytree(built, os.path.join(folder, 'build', 'debug'), symlinks=True, ignore=lambda where, names: [
                name for name in names if name.endswith(('.img', '.iso')) or name == 'headercheck'])
        status, said = confine.build(folder, ['make', 'DEBUG=1', 'all', 'lab-build'], confined=False, seconds=3600)
        if status:
            raise cut.LabError('the bare tree of lab %s does not build:\n%s' % (tree.number, said[-4000:]))
        with open(folder + '.boot', 'w', encoding='utf-8') as file:
            file.write('%.2f\n' % boot_seconds(folder))
        with open(stamp, 'w', encoding='utf-8') as file:
            file.write(now)
    return folder


def boot_seconds(folder):
    """What starting and ending a machine of this tree takes of this host's processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with Machine(['true'], build=os.path.join(folder, 'build', 'debug'), seed=0, timeout=600) as machine:
        outcome = machine.run()
    if outcome.status:
        raise cut.LabError('the bare tree does not start: ' + outcome.explain())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def machine_seconds(folder):
    """What a machine may take of a processor: many times a boot, so that a slow host gives the same marks."""
    with open(folder + '.boot', encoding='utf-8') as file:
        return max(10, int(BOOTS * float(file.read())))


# ---------------------------------------------------------------- what was handed in

class Folder:
    """Files of a folder, by their path in the tree, by it below one folder more, or by their last name."""

    def __init__(self, top):
        self.tops = [top] + [os.path.join(top, name) for name in sorted(os.listdir(top)) if os.path.isdir(os.path.join(top, name))][:8]
        self.top = top

    def read(self, path):
        places = [os.path.join(top, path) for top in self.tops] + [os.path.join(self.top, os.path.basename(path))]
        for place in places:
            try:
                fd = os.open(place, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            except OSError:
                continue
            with os.fdopen(fd, 'rb') as file:
                if stat.S_ISREG(os.fstat(fd).st_mode) and os.path.realpath(place).startswith(os.path.realpath(self.top) + os.sep):
                    return file.read(FILE_LIMIT + 1)
        return None


class Archive:
    """The same of a ZIP, which is not unpacked: only what is asked for is read, up to the limit."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)

    def read(self, path):
        names = sorted((name for name in self.zip.namelist() if ('/' + name).endswith('/' + path)), key=len) or \
            [name for name in self.zip.namelist() if name == os.path.basename(path)]
        if not names:
            return None
        with self.zip.open(names[0]) as file:
            return file.read(FILE_LIMIT + 1)


class Repository:
    """The same of a bare repository. Nothing is checked out: a small one can hold more files than a disk."""

    def __init__(self, folder):
        self.git = confine.limits(GIT_SECONDS) + ['git', '-C', folder]
        tops = self.ask('ls-tree', '-z', '-d', '--name-only', 'HEAD') or b''
        self.tops = [''] + [os.fsdecode(name) + '/' for name in tops.split(b'\0')[:8] if name]

    def ask(self, *words):
        """The first bytes of what git says, None if it fails or is killed."""
        with subprocess.Popen(self.git + list(words), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            said = process.stdout.read(FILE_LIMIT + 1)
            process.stdout.close()
        return said if process.returncode == 0 or len(said) > FILE_LIMIT else None

    def read(self, path):
        for place in [top + path for top in self.tops] + [os.path.basename(path)]:
            data = self.ask('cat-file', 'blob', 'HEAD:' + place)
            if data is not None:
                return data
        return None


@contextlib.contextmanager
def opened(submission):
    """A Folder or an Archive of a DIR, a ZIP or a GIT (a bare repository, or an address git can clone)."""
    is_git = submission.endswith('.git') or '://' in submission or os.path.exists(os.path.join(submission, 'HEAD'))
    if is_git:
        with tempfile.TemporaryDirectory(prefix='lab.') as folder:
            clean = {**os.environ, 'GIT_TERMINAL_PROMPT': '0'}
            source = submission if '://' in submission else 'file://' + os.path.abspath(submission)
            try:
                subprocess.run(confine.limits(GIT_SECONDS) + ['git', 'clone', '-q', '--bare', '--depth', '1', '--', source, folder + '/bare'],
                               check=True, env=clean, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=GIT_SECONDS)
            except (subprocess.SubprocessError, OSError) as error:
                raise Refused('git could not clone it: %s' % (getattr(error, 'output', b'') or str(error).encode()).decode('utf-8', 'replace')[-200:])
            yield Repository(folder + '/bare')
    elif os.path.isdir(submission):
        yield Folder(submission)
    else:
        try:
            yield Archive(submission)
        except Refused:
            raise
        except Exception as error:      # whatever zipfile, zlib, lzma and bz2 say of an archive that somebody broke
            raise Refused('%s is no folder, no ZIP and no git repository: %s' % (os.path.basename(submission), error))


def collect(submission, names):
    """The student's files: {path: bytes}. Every one must be there."""
    taken = {}
    with opened(submission) as source:
        for name in names:
            data = source.read(name)
            if data is None:
                continue
            if len(data) > FILE_LIMIT:
                raise Refused('%s has more than %d bytes' % (name, FILE_LIMIT))
            taken[name] = data
    if not taken:
        raise Refused('it has none of the files of this lab: ' + ', '.join(names))
    return taken


# ---------------------------------------------------------------- building and marking

def first_errors(said):
    lines = [line for line in said.split('\n') if ': error' in line or 'fatal error' in line or 'undefined' in line or 'Error ' in line]
    return '\n'.join((lines or said.strip().split('\n')[-5:])[:5])


def copy_built(base, folder):
    shutil.copytree(base, folder, symlinks=True, dirs_exist_ok=True, ignore=lambda where, names: [
        name for name in names if os.path.basename(where) == 'debug' and name in NOT_COPIED])


def grade(tree, files, number, step=1, only=None, confined=True, repeat=''):
    """Builds a student's files in a copy of the lab's bare tree, and marks them. Returns the Mark."""
    base = pristine(tree)
    folder, title = tree.folder, tree.lab['TITLE']
    missing = [name for name in tree.students() if name not in files]
    with tempfile.TemporaryDirectory(prefix='lab.') as scratch:
        work = os.path.join(scratch, 'tree')
        copy_built(base, work)
        for name, data in files.items():
            target = os.path.join(work, name)
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, 'wb') as file:
                file.write(data)
        status, said = confine.build(work, GOAL, confined)
        if status != 0:
            reason = 'it does not build:\n' + first_errors(said) if status else 'building it took more than %d s' % confine.BUILD_SECONDS
            return grading.nothing(os.path.join(base, folder), tree.number, title, number, step, reason)
        mark = grading.grade(work, folder, tree.number, title, number, step, only, repeat, confine.machines(work, machine_seconds(base), confined))
    if missing:
        mark.notes.append('not handed in, so as in the hand-out: ' + ', '.join(missing))
    return mark
