"""What a lab's tests may look at: machines with the student's kernel, programs in them, and what is seen from outside.

A test is a function of the lab's tests.py that takes a Grader and calls its expect(), or a case of a program
of the lab's folder, which runs as a process of its own beside the student's code. Each run has a random
number of its own: names and inputs come from it, so that nothing that was printed once fits twice.
"""
import glob
import os
import random
import re
import shutil
import signal
import tempfile

from machine import COMPLAINT, Machine, PANICKED, TIMED_OUT

BACKSTOP = 600                  # seconds until a machine is ended that uses no time at all
PATIENCE = 3
OUTPUT_BYTES = 256 << 10        # of what a machine says, this much is kept
OUTPUT_MOST = 16 * OUTPUT_BYTES # who says more is ended
CASE = re.compile(r'^(\w+) (begin|ok|not|stuck|fresh) (\w+)(?: expected (.*) seen (.*?))?$')

BY_ITSELF = 'an end by itself'     # what case.h says, too


class Failed(Exception):
    """A test that did not pass: what it wanted, and what it saw."""

    def __init__(self, expected, seen):
        super().__init__('expected %s, seen %s' % (expected, seen))
        self.expected, self.seen = str(expected), str(seen)


def ended_by(number):
    """What QEMU's status is after this signal: its own, and that of a room around it."""
    return [-number, 128 + number]


class Run:
    """A machine that has ended."""

    def __init__(self, output, console, outcome, code=0):
        self.output, self.console, self.outcome = output, console, outcome
        self.over = outcome.status == TIMED_OUT or code in ended_by(signal.SIGXCPU) + ended_by(signal.SIGKILL)
        self.full = code in ended_by(signal.SIGXFSZ)

    def why(self):
        """Why it ended before it should, in one line."""
        if self.outcome.status == PANICKED:
            named = re.search(r'(?:panic|PANIC|BUG|Oops)[^\n]*', self.outcome.report)
            return 'the kernel panicked: ' + (named[0] if named else self.outcome.report.split('\n')[0])
        if self.full:
            return 'it wrote more than anybody would read'
        if self.outcome.status == TIMED_OUT or self.over:
            return 'no end: it used up the time it had'
        return self.outcome.reason or 'it ended with status %d' % self.outcome.status

    def said(self):
        """The last that the kernel complained of: most likely of what ended the case."""
        found = [line for line in self.console.split('\n') if COMPLAINT.search(line)]
        return '; the kernel: ' + found[-1].strip() if found else ''


class Grader:
    """The tests' view of one tree that has been built."""

    def __init__(self, tree, folder, number, wrap=None):
        self.tree, self.folder = tree, os.path.join(tree, folder)
        self.build = os.path.join(tree, 'build', 'debug')
        self.number = number            # what this run's random numbers come from
        self.rng = random.Random(number)
        self.wrap = wrap                # puts QEMU into a confinement
        self.complaints = []            # what the consoles complained of
        self.patience = PATIENCE        # machines that may use up their time before no more is started

    # ------------------------------------------------------------ saying what was seen

    def expect(self, expected, seen, what=''):
        if expected != seen:
            raise Failed('%s%s' % (what + ': ' if what else '', self.show(expected)), self.show(seen))

    def expect_match(self, pattern, text, what=''):
        """what: the pattern in words, for people."""
        found = re.search(pattern, text)
        if not found:
            raise Failed(what or pattern, self.show(text[-400:]))
        return found

    def fail(self, expected, seen):
        raise Failed(expected, seen)

    @staticmethod
    def show(value):
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return ', '.join(value) or 'nothing'
        return value if isinstance(value, str) and value and '\n' not in value else repr(value)

    # ------------------------------------------------------------ machines

    def machine(self, command, files=(), kind=Machine, **options):
        """A machine of the student's kernel, not yet started, with the lab's modules and programs in /root."""
        overlay = tempfile.mkdtemp(prefix='lab.')
        root = os.path.join(overlay, 'root')
        os.mkdir(root)
        for path in glob.glob(os.path.join(self.build, 'drivers', 'samples', '*.ko')) + \
                glob.glob(os.path.join(self.build, 'docs', 'labs', os.path.basename(self.folder), '*')):
            if os.path.isfile(path) and not path.endswith(('.o', '.d')):
                shutil.copy(path, root)
        for name, data in files:
            with open(os.path.join(root, name), 'wb') as file:
                file.write(data if isinstance(data, bytes) else data.encode())
        options.setdefault('timeout', BACKSTOP)
        machine = kind(command, build=self.build, overlays=[overlay], **options)
        machine.wrap = self.wrap
        machine.lab_overlay = overlay
        return machine

    def note(self, machine):
        """Keeps what a machine's console complained of, and clears up behind it."""
        self.complaints += [line for line in machine.console().split('\n') if COMPLAINT.search(line)]
        shutil.rmtree(machine.lab_overlay, ignore_errors=True)

    def guest(self, script, files=(), may_break=False, **options):
        """Runs a script of the shell in a fresh machine, whose clock counts instructions. Returns the Run; a machine
        that hung or broke down is a Failed, unless it may."""
        if self.patience == 0:
            raise Failed('a machine that ends', 'none, in %d machines: no more was tried' % PATIENCE)
        options.setdefault('seed', self.number % 1000)
        kept = bytearray()
        with self.machine(['sh', '-c', 'cd /root; ' + script], files, **options) as machine:
            def hear(data):
                kept.extend(data[:OUTPUT_MOST - len(kept)])
                if len(kept) == OUTPUT_MOST:
                    machine.end()
            outcome = machine.run(hear)
            console = machine.console()[-OUTPUT_BYTES:]
            self.note(machine)
        if outcome.status == PANICKED:
            self.complaints.append('the kernel panicked')
        run = Run(kept[:OUTPUT_BYTES].decode('utf-8', 'replace'), console, outcome, machine.process.returncode if machine.process else 0)
        run.full = run.full or len(kept) == OUTPUT_MOST
        self.patience -= run.over or run.full
        if not may_break and (run.over or run.full or outcome.status == PANICKED):
            raise Failed('a machine that goes on', run.why())
        return run

    def cases(self, program, wanted, setup='', words=(), **options):
        """Runs cases of a program that includes case.h of this folder: {name: None or Failed}.

        A case that hangs or brings the machine down fails by itself; those after it run in a fresh machine.
        """
        results, left = {}, list(wanted)
        while left:
            token = '%016x' % self.rng.getrandbits(64)
            line = ' '.join(['exec ./' + program, token, str(self.rng.getrandbits(31))] + [str(word) for word in words] + ['--'] + left)
            try:
                run = self.guest((setup + ' && ' if setup else '') + line, may_break=True, **options)
            except Failed as failure:
                return {**dict.fromkeys(left, failure), **results}
            begun, fresh = self.hear(run, token, left, results)
            missing = [name for name in left if name not in results]
            if missing and not (fresh and len(missing) < len(left)):
                said = run.output.strip().split('\n')[-1][:200]
                why = run.why() if run.outcome.status or not begun else 'it ended without a word'
                if begun is None:       # nothing ever began: what comes before the cases failed
                    return {**dict.fromkeys(missing, Failed('the device, ready', why + (': ' + said if said else ''))), **results}
                results[begun if begun in missing else missing[0]] = Failed(BY_ITSELF, why)
            left = [name for name in missing if name not in results]
        return results

    @staticmethod
    def hear(run, token, asked, results):
        """Takes the results from what a run said. (the last case that began, the one after which, or for which, there has to be a fresh machine)"""
        begun = fresh = None
        for text in run.output.split('\n'):
            match = CASE.match(text)
            if not match or match[1] != token or match[3] not in asked:
                continue
            if match[2] == 'begin':
                begun = match[3]
            elif match[2] == 'fresh':
                fresh = match[3]
            elif match[2] == 'ok':
                results.setdefault(match[3], None)
            elif match[2] == 'stuck':
                results[match[3]], fresh = Failed(BY_ITSELF, 'it hung, and could not be killed' + run.said()), match[3]
            else:
                results[match[3]] = Failed(match[4], match[5] + (run.said() if match[4] == BY_ITSELF else ''))
        return begun, fresh


def gdb_args(machine, stopped=True):
    """QEMU's words for a gdb stub of this machine."""
    return '-gdb unix:%s,server=on,wait=off%s' % (machine.path('gdb'), ' -S' if stopped else '')
