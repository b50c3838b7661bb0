"""Gives marks: runs a lab's tests on a built tree and holds them against its rubric.

rubric.tsv has a line a test: name, step, points, needs (tests without which it earns nothing), by (`tests`:
a function of tests.py; `console`: nothing that a checker reported; else the program whose case it is), hint.
"""
import collections
import importlib.util
import json
import os
import re
import sys
import traceback
from xml.sax.saxutils import quoteattr

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), 'tests', 'host'))
from evidence import Failed, Grader     # noqa: E402

Row = collections.namedtuple('Row', 'name step points needs by hint')
PASSED, FAILED, BLOCKED = 'passed', 'failed', 'blocked'


def settings(folder):
    """What the lab's lab.py says: TITLE, STEPS, and how a SEED varies it."""
    values = {}
    with open(os.path.join(folder, 'lab.py'), encoding='utf-8') as file:
        exec(compile(file.read(), file.name, 'exec'), values)
    return values


def read_rubric(folder):
    rows = []
    with open(os.path.join(folder, 'rubric.tsv'), encoding='utf-8') as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                name, step, points, needs, by, hint = line.rstrip('\n').split('\t')
                rows.append(Row(name, int(step), int(points), [] if needs == '-' else needs.split(','), by, hint))
    names = [row.name for row in rows]
    for row in rows:
        if set(row.needs) - set(names[:names.index(row.name)]):
            raise ValueError('rubric.tsv: %s needs what does not stand above it' % row.name)
    return rows


def load_tests(folder):
    spec = importlib.util.spec_from_file_location('lab_tests', os.path.join(folder, 'tests.py'))
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


class Mark:
    """What one submission got."""

    def __init__(self, lab, title, step, number, reason=''):
        self.lab, self.title, self.step, self.number = lab, title, step, number
        self.reason = reason            # why nothing could be tested
        self.tests = []                 # dictionaries: name step points max_points status expected seen hint repeat
        self.notes = []

    @property
    def score(self):
        return sum(test['points'] for test in self.tests)

    @property
    def max_score(self):
        return sum(test['max_points'] for test in self.tests)


def run_one(grader, tests, row, run_cases):
    """None if the test passed, else a Failed."""
    if row.by == 'console':
        return Failed('no report', grader.complaints[0]) if grader.complaints else None
    if row.by != 'tests':
        return run_cases(row.by).get(row.name, Failed('an answer', 'none'))
    try:
        getattr(tests, row.name)(grader)
    except Failed as failure:
        return failure
    except Exception as error:          # a machine that could not start, an answer that makes no sense
        return Failed('a machine that answers', '%s: %s' % (type(error).__name__, error or traceback.format_exc(limit=1)))
    return None


def grade(tree, folder, lab, title, number, step=1, only=None, repeat='', wrap=None):
    """Runs the tests of a lab on a tree that is built. Steps before `step` earn nothing, but are needed."""
    rows = read_rubric(os.path.join(tree, folder))
    grader = Grader(tree, folder, number, wrap)
    tests = load_tests(grader.folder)
    mark = Mark(lab, title, step, number)
    wanted = {row.name for row in rows}
    if only:
        wanted, todo = set(), [only]
        while todo:
            name = todo.pop()
            wanted.add(name)
            todo += [need for row in rows if row.name == name for need in row.needs]
    cases = {}

    def run_cases(program):
        """A program's cases are run together, when the first of them could earn something."""
        if program not in cases:
            cases[program] = grader.cases(program, [row.name for row in rows if row.by == program and row.name in wanted],
                                          **tests.setup(grader))
        return cases[program]

    passed = set()
    for row in rows:
        if row.name not in wanted:
            continue
        lacking = [need for need in row.needs if need not in passed]
        failure = None if lacking else run_one(grader, tests, row, run_cases)
        if not lacking and not failure:
            passed.add(row.name)
        most = row.points if row.step >= step else 0
        mark.tests.append({
            'name': row.name, 'step': row.step, 'max_points': most, 'points': most if row.name in passed else 0,
            'status': BLOCKED if lacking else FAILED if failure else PASSED,
            'expected': failure.expected if failure else '', 'seen': failure.seen if failure else '',
            'hint': re.sub(r'^README\.md', folder + '/README.md', row.hint) if failure else 'needs ' + ', '.join(lacking) if lacking else '',
            'repeat': '%s --test %s --random %d' % (repeat, row.name, number)})
    return mark


def nothing(folder, lab, title, number, step, reason):
    """The mark of what could not be tested at all."""
    mark = Mark(lab, title, step, number, reason)
    for row in read_rubric(folder):
        most = row.points if row.step >= step else 0
        mark.tests.append({'name': row.name, 'step': row.step, 'max_points': most, 'points': 0, 'status': BLOCKED,
                           'expected': '', 'seen': '', 'hint': 'nothing could be tested', 'repeat': ''})
    return mark


# ---------------------------------------------------------------- formats

def as_text(mark):
    lines = ['Lab %s: %s' % (mark.lab, mark.title)]
    if mark.reason:
        lines.append('Nothing could be tested: ' + mark.reason)
    step = None
    for test in mark.tests:
        if test['step'] != step and not mark.reason:
            step = test['step']
            lines.append('step %d' % step)
        if mark.reason:
            continue
        lines.append('  %3d/%-3d %-8s %s' % (test['points'], test['max_points'], test['status'], test['name']))
        if test['status'] == FAILED:
            lines += ['          expected ' + test['expected'], '          seen     ' + test['seen'],
                      '          read     ' + test['hint'], '          repeat   ' + test['repeat']]
        elif test['status'] == BLOCKED:
            lines.append('          ' + test['hint'])
    return '\n'.join(lines + mark.notes + ['%d of %d points' % (mark.score, mark.max_score)]) + '\n'


def as_json(mark):
    return json.dumps({'lab': mark.lab, 'score': mark.score, 'max_score': mark.max_score, 'reason': mark.reason,
                       'random': mark.number, 'notes': mark.notes, 'tests': mark.tests}, indent=1) + '\n'


def told(test):
    return '\n'.join(word + ': ' + test[word] for word in ('expected', 'seen', 'hint', 'repeat') if test[word])


def xml_text(text):
    """An attribute; what XML has no character for (a guest may say anything) is a question mark."""
    return quoteattr(re.sub('[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]', '?', text))


def as_junit(mark):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>',
             '<testsuite name="lab %s" tests="%d" failures="%d">' % (
                 mark.lab, len(mark.tests), sum(test['status'] != PASSED for test in mark.tests))]
    for test in mark.tests:
        lines.append('  <testcase classname="lab%s.step%d" name=%s%s' % (
            mark.lab, test['step'], xml_text(test['name']), '/>' if test['status'] == PASSED else
            '><failure message=%s/></testcase>' % xml_text('\n'.join(filter(None, [mark.reason, told(test)])))))
    lines += ['  <system-out>%s</system-out>' % xml_text(note)[1:-1] for note in mark.notes]
    return '\n'.join(lines + ['</testsuite>']) + '\n'


def as_tap(mark):
    lines = ['1..%d' % len(mark.tests)]
    lines += ['# ' + line for said in [mark.reason] + mark.notes if said for line in said.split('\n')]
    for number, test in enumerate(mark.tests, 1):
        lines.append('%s %d - %s' % ('ok' if test['status'] == PASSED else 'not ok', number, test['name']))
        lines += ['# ' + line for line in told(test).split('\n') if line and test['status'] != PASSED]
    return '\n'.join(lines) + '\n'


def as_gradescope(mark):
    tests = [{'name': 'step %d: %s' % (test['step'], test['name']), 'score': test['points'], 'max_score': test['max_points'],
              'status': 'passed' if test['status'] == PASSED else 'failed', 'output': told(test)} for test in mark.tests]
    return json.dumps({'score': mark.score, 'output': '\n'.join([mark.reason] + mark.notes).strip(), 'tests': tests}, indent=1) + '\n'


FORMATS = {'text': as_text, 'json': as_json, 'junit': as_junit, 'tap': as_tap, 'gradescope': as_gradescope}
