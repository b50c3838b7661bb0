#!/usr/bin/env python3
"""The driver contract: its rows, the tests that make each up, and the page that says so.

    tests/contract.py           writes docs/reference/contract.md
    tests/contract.py --check   says what is wrong with it, and of rows without a test

The rows stand in tests/contract.tsv. A test belongs to a row by the line above it,

    /* contract: S0-07 S3-12 */         (# contract: … in Python)

and tests/run, asked for `contract`, runs these tests and says `S0-07 ok` a row.
"""
import ast
import glob
import os
import re
import sys

TESTS = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(os.path.dirname(TESTS), 'docs', 'reference', 'contract.md')
TAG = re.compile(r'contract:((?: +S\d-\d\d)+)\s*(?:\*/)?\s*$', re.M)
C_FUNCTION = re.compile(r'^(?:static )?\w[\w ]*?(\w+)\(', re.M)
PARTS = {'S0': "Today's interface", 'S1': 'The five operations', 'S2': 'The interface of 1996', 'S3': 'Character drivers'}
HEAD = """# The driver contract

*Made by `tests/contract.py` from tests/contract.tsv and from the tests' own tags: change those.*

What the textbooks on device drivers say that a driver and its kernel do, row by row, and the
tests that hold each row true. `make test T=contract` runs them all and prints a line a row;
`make test T=contract/S0-07` runs one row's. A row is ok when every one of its tests passed in
each kernel, DEBUG=1 and DEBUG=0, and at least one of them was not skipped there.
The script tests/host/break_contract breaks the code behind each row and sees the row turn red.

Kinds: **API** is there and compiles, **DEF** what a missing method does, **ERR** which errno,
**VIS** seen by a user, **FLOW** the steps in their order, **SEM** what it means, **PROG** a user's program.
"""


class Row:
    def __init__(self, ident, kind, text):
        self.ident, self.kind, self.text = ident, kind, text
        self.tests = []         # names as tests/run has them


def rows():
    """All rows by their name, without their tests."""
    with open(os.path.join(TESTS, 'contract.tsv'), encoding='utf-8') as file:
        lines = [line.rstrip('\n').split('\t') for line in file if not line.startswith('#')]
    return {line[0]: Row(*line) for line in lines}


def tags_of(text):
    """(rows, the offset behind the tag) of each tag."""
    return [(found.group(1).split(), found.end(1)) for found in TAG.finditer(text)]


def c_cases(path, text):
    """The name of each case by its function's."""
    if os.sep + 'user' + os.sep in path:
        return {name: 'user/%s/%s' % (os.path.basename(path)[:-2], name) for name in re.findall(r'\bRUN(?:_[A-Z]+)?\((\w+)\)', text)}
    cases = {}
    for body in re.findall(r'struct kunit_suite \w+ = \{(.*?)\};', text, re.S):
        suite = re.search(r'\.name = "([^"]+)"', body).group(1)
        array = re.search(r'\.test_cases = (\w+)', body).group(1)
        listed = re.search(r'struct kunit_case %s\[\] = \{(.*?)\n\};' % array, text, re.S).group(1)
        cases.update({name: 'kernel/%s/%s' % (suite, name) for name in re.findall(r'KUNIT_\w*CASE\w*\((\w+)', listed)})
    return cases


def python_cases(path, text):
    """(line of its def or first decorator, name) of each case."""
    found = []
    for node in ast.parse(text, path).body:
        if isinstance(node, ast.ClassDef):
            for item in node.body:
                if isinstance(item, ast.FunctionDef) and item.name.startswith('test'):
                    first = min([item.lineno] + [one.lineno for one in item.decorator_list])
                    found.append((first, 'host/%s.%s/%s' % (os.path.basename(path)[:-3], node.name, item.name)))
    return found


def tagged():
    """(rows, name of the test, where) of each tag of all sources; the name is None where no test follows."""
    for path in sorted(glob.glob(os.path.join(TESTS, 'kernel', '*.c')) + glob.glob(os.path.join(TESTS, 'user', '*.c'))):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        tags = tags_of(text)
        cases = c_cases(path, text) if tags else {}
        for names, end in tags:
            function = C_FUNCTION.search(text, end)
            yield names, cases.get(function and function.group(1)), '%s:%d' % (path, text.count('\n', 0, end) + 1)
    for path in sorted(glob.glob(os.path.join(TESTS, 'host', 'test_*.py'))):
        with open(path, encoding='utf-8') as file:
            text = file.read()
        tags = tags_of(text)
        cases = dict(python_cases(path, text)) if tags else {}
        for names, end in tags:
            line = text.count('\n', 0, end) + 1
            yield names, cases.get(line + 1), '%s:%d' % (path, line)


def read():
    """The rows with their tests, and what is wrong with the tags."""
    table, wrong = rows(), []
    for names, test, where in tagged():
        where = os.path.relpath(where, os.path.dirname(TESTS))
        if not test:
            wrong.append('%s: no test follows this tag' % where)
            continue
        for name in names:
            if name not in table:
                wrong.append('%s: there is no row %s' % (where, name))
            elif test not in table[name].tests:
                table[name].tests.append(test)
    wrong += ['%s has no test: %s' % (row.ident, row.text) for row in table.values() if not row.tests]
    return table, wrong


class Verdict:
    """Takes the states of cases and says of each row whether it holds. `kernels`: prefixes of names
    that must all be heard of, '' and 'lean/'."""

    def __init__(self, table, kernels):
        self.table, self.kernels, self.states = table, kernels, {}

    def take(self, case):
        self.states[case.name] = case.state

    def state_of(self, test):
        """None if it was not heard of; a case that a kernel has not, of a suite that it has, is skipped there."""
        suite = test.rsplit('/', 1)[0] + '/'
        absent = 'kernel/' in test and any(name.startswith(suite) for name in self.states)
        return self.states.get(test, 'skipped' if absent else None)

    def why_not(self, row):
        """What keeps a row from being ok; None if nothing does."""
        if not row.tests:
            return 'no test names it'
        for kernel in self.kernels:
            states = {test: self.state_of(kernel + test) for test in row.tests}
            for test, state in states.items():
                bad = kernel + test if state == 'failed' else self.broken(kernel + test)
                if bad:
                    return '%s failed' % bad
                if state is None:
                    return '%s never came to its end' % (kernel + test)
            if 'passed' not in states.values():
                return 'only skipped: %s' % (kernel + row.tests[0])
        return None

    def broken(self, test):
        """What the program or machine that ran the test left beside its cases, a complaint or a bad end; None."""
        unit = test.rsplit('/', 1)[0] + '/('
        return next((name for name, state in self.states.items() if state == 'failed' and name.startswith(unit)), None)

    def lines(self, chosen=None):
        """A line a row, and the number of rows that are ok."""
        said, good = [], 0
        for ident in chosen or self.table:
            why = self.why_not(self.table[ident])
            good += not why
            said.append('%s not ok: %s' % (ident, why) if why else '%s ok' % ident)
        return said, good


def page(table):
    text, part = HEAD, None
    for row in table.values():
        if row.ident[:2] != part:
            part = row.ident[:2]
            text += '\n## %s: %s\n\n| row | kind | what | tests |\n|---|---|---|---|\n' % (part, PARTS[part])
        tests = '<br>'.join(row.tests)
        text += '| %s | %s | %s | %s |\n' % (row.ident, row.kind, row.text, tests)
    return text


def main(argv):
    table, wrong = read()
    text = page(table)
    if argv == ['--check']:
        with open(PAGE, encoding='utf-8') as file:
            if file.read() != text:
                wrong.append('docs/reference/contract.md is not what tests/contract.py makes of the tags: run it')
    elif argv:
        sys.exit(__doc__)
    else:
        with open(PAGE, 'w', encoding='utf-8') as file:
            file.write(text)
    print('\n'.join(wrong + ['%d of %d rows have tests' % (sum(bool(row.tests) for row in table.values()), len(table))]))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
