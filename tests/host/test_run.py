"""tests/run itself, with machines that are none: what it must not let pass."""
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import types
import unittest

from machine import TOP, Outcome, build_dir

loader = importlib.machinery.SourceFileLoader('tests_run', os.path.join(TOP, 'tests', 'run'))
run = importlib.util.module_from_spec(importlib.util.spec_from_loader('tests_run', loader))
loader.exec_module(run)

REPORT = '[    0.100000] WARNING: a check: some_function+0x1/0x2  some/file.c:1'
EXPECTED = '[    0.100000] expected BUG: a check: some_function+0x1/0x2  some/file.c:1'
KTAP = ['KTAP version 1', '    # Subtest: list', '    1..1', '    ok 1 - one', 'ok 1 - list']
TAP = b'#@begin pipes\nok 1 - one\n1..1\n#@end pipes 0\n#@lockdep\n'


class Way(run.Way):
    """Its machines end well and have said what they are told to."""

    def __init__(self, console, prefix=''):
        super().__init__(prefix, build_dir())
        self.console = console

    @contextlib.contextmanager
    def machine(self, command, **options):
        def say(write):
            write(TAP)
            return Outcome(0)
        yield types.SimpleNamespace(run=say, channel=types.SimpleNamespace(ktest=KTAP), console=lambda: self.console,
                                    tail=lambda lines: self.console)


class Run(unittest.TestCase):
    PATTERNS = ('', 'list', 'kernel/list', 'kernel/list/*', 'kernel/list/one', 'contract', 'user/pipes/one')

    @staticmethod
    def status(pattern, console):
        """What tests/run would end with, and what it says."""
        pattern, said = run.Pattern(pattern), io.StringIO()
        results = run.Results(pattern, True, "make test T='%s'")
        with contextlib.redirect_stdout(said):
            if not pattern.text.startswith('user'):
                run.run_kernel(Way(console), ['list'], results)
            if not pattern.text.startswith('kernel'):
                run.run_batch(Way(console), ['pipes'], results)
            results.take('a row', [run.tap.Case('user/pipes/one', run.tap.PASSED)], 0)
            return results.close(), said.getvalue()

    def test_a_report_fails_whatever_is_asked_for(self):
        for pattern in self.PATTERNS:
            with self.subTest(pattern):
                status, said = self.status(pattern, REPORT)
                self.assertEqual(status, 1)
                self.assertIn(REPORT, said)
                self.assertIn("make test T='%s'" % pattern if pattern else 'make test T=', said)

    def test_what_a_test_expects_is_none(self):
        for pattern in set(self.PATTERNS) - {'contract'}:       # none of these cases is a row's
            with self.subTest(pattern):
                status, said = self.status(pattern, EXPECTED)
                self.assertEqual(status, 0, said)
                self.assertNotIn('(console)', said)

    def test_a_machine_of_a_whole_class(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'test_it.py'), 'w', encoding='utf-8') as file:
                file.write('import unittest, machine\nclass It(unittest.TestCase):\n    @classmethod\n'
                           '    def tearDownClass(cls):\n        machine.complaints.append(("sh", ["%s"]))\n'
                           '    def test_one(self):\n        pass\n' % REPORT)
            result = subprocess.run([sys.executable, os.path.join(TOP, 'tests/host/tap.py'), 'test_it'], stdout=subprocess.PIPE,
                                    env=dict(os.environ, PYTHONPATH=folder), encoding='utf-8')
        self.assertEqual(result.returncode, 1)
        self.assertIn('# ' + REPORT, result.stdout)
        self.assertIn('not ok 2 - (console)', result.stdout)


if __name__ == '__main__':
    unittest.main()
