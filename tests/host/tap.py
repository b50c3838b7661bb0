"""tap: reads the Test Anything Protocol, as our user programs, the kernel's suites
(KTAP, its nested form) and the Python cases all speak it; and makes the last speak it.

    python3 tests/host/tap.py test_guest.Runner      runs those cases, in TAP
"""
import os
import re
import signal
import sys
import traceback
import unittest

from machine import complaints

PASSED, FAILED, SKIPPED = 'passed', 'failed', 'skipped'
RESULT = re.compile(r'^(\s*)(not )?ok\b\s*\d*\s*(?:- )?(.*?)\s*(?:# *(SKIP)\b\s*(.*))?$')
PLAN = re.compile(r'^\s*1\.\.(\d+)')
SUBTEST = re.compile(r'^\s*# Subtest: (.*)')


class Case:
    """One result: the context is what was said since the result before it."""

    def __init__(self, name, state, context=(), note=''):
        self.name, self.state, self.note = name, state, note
        self.context = list(context)


def split(lines):
    """The cases in lines of flat TAP, and the number its plan promised (None: no plan)."""
    cases, context, plan = [], [], None
    for line in lines:
        found = RESULT.match(line)
        if found:
            cases.append(result_case(found, context))
            context = []
            continue
        if PLAN.match(line):
            plan = int(PLAN.match(line).group(1))
        elif line.strip() and not line.startswith('TAP version'):
            context.append(line)
    return cases, plan, context


def result_case(found, context, prefix=''):
    _, failed, name, directive, note = found.groups()
    state = SKIPPED if directive == 'SKIP' else FAILED if failed else PASSED
    return Case(prefix + (name or 'unnamed'), state, context, note or '')


def program_cases(name, output, status):
    """The cases of a program that spoke TAP and ended with `status`, named NAME/CASE. What the
    protocol leaves open (it died, said too little, disagrees with itself) is a failed case."""
    cases, plan, rest = split(output.splitlines())
    for case in cases:
        case.name = '%s/%s' % (name, case.name)
    failed = any(case.state == FAILED for case in cases)
    if plan is not None and plan != len(cases):
        rest.append('%d cases were planned, %d came' % (plan, len(cases)))
        cases.append(Case(name + '/(plan)', FAILED, rest))
    elif not cases:
        rest.append('no case came; the status was %s' % status)
        cases.append(Case(name + '/(silence)', FAILED, rest))
    elif status and not failed:
        rest.append('every case passed, and the status was %s' % status)
        cases.append(Case(name + '/(status)', FAILED, rest))
    return cases


def kernel_cases(lines):
    """The cases of KTAP, named SUITE/CASE, and the suites left unfinished. The line that sums
    up a suite is no case."""
    cases, context, suite, unfinished, planned, seen = [], [], None, [], None, 0
    for line in lines:
        if SUBTEST.match(line):
            suite, context, planned, seen = SUBTEST.match(line).group(1), [], None, 0
        elif suite and PLAN.match(line):
            planned = int(PLAN.match(line).group(1))
        elif suite and RESULT.match(line):
            found = RESULT.match(line)
            if not found.group(1) and found.group(3) == suite:
                if planned is not None and planned != seen:
                    unfinished.append(suite)
                own = [case for case in cases if case.name.startswith(suite + '/')]
                if not line.startswith('ok') and all(case.state != FAILED for case in own):
                    cases.append(Case(suite + '/(leaks)', FAILED, context))
                suite = None
            else:
                seen += 1
                cases.append(result_case(found, context, suite + '/'))
            context = []
        elif suite:
            context.append(line)
    return cases, unfinished + ([suite] if suite else [])


class TapResult(unittest.TestResult):
    """Says each case in TAP as it ends, its traceback before it."""

    number = 0
    complained = False
    asked_for = False           # some class says `complains = True`

    def say(self, ok, test, note='', context=''):
        self.number += 1
        for line in context.rstrip('\n').split('\n') if context else []:
            print('# ' + line)
        name = '.'.join(test.id().split('.')[-1:])
        print('%s %d - %s%s' % ('ok' if ok else 'not ok', self.number, name, note), flush=True)

    def addSuccess(self, test):
        """A case whose machines complained has failed, unless its class says `complains = True`."""
        super().addSuccess(test)
        self.asked_for |= getattr(test, 'complains', False)
        unasked = [] if getattr(test, 'complains', False) else complaints[:1]
        del complaints[:]
        self.complained |= bool(unasked)
        self.say(not unasked, test, context='\n'.join(['the console of %s:' % unasked[0][0]] + unasked[0][1]) if unasked else '')

    def end(self):
        """What the machines of a whole class said, which go when its cases are over."""
        if complaints and not self.asked_for:
            self.complained = True
            self.number += 1
            print('\n'.join('# ' + line for line in complaints[0][1]) + '\nnot ok %d - (console)' % self.number, flush=True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.say(False, test, context=self.shorten(err))

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err:
            self.say(False, subtest, context=self.shorten(err))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.say(True, test, ' # SKIP ' + reason)

    @staticmethod
    def shorten(err):
        """The traceback without unittest's own frames."""
        frames = [frame for frame in traceback.extract_tb(err[2]) if os.sep + 'unittest' + os.sep not in frame.filename]
        return ''.join(traceback.format_list(frames) + traceback.format_exception_only(err[0], err[1]))


def interrupt(*_):
    """On SIGTERM: leave by way of every clean-up, so that no machine stays behind."""
    raise KeyboardInterrupt


def main(names):
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    signal.signal(signal.SIGTERM, interrupt)
    suite = unittest.defaultTestLoader.loadTestsFromNames(names)
    result = TapResult()
    suite.run(result)
    result.end()
    print('1..%d' % result.number)
    return 0 if result.wasSuccessful() and not result.complained else 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
