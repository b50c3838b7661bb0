"""Crashes on demand (lkdtm=TYPE): the report names the reason, and the machine ends with the panic's status."""
import unittest

from machine import PANICKED, Machine


class Crash(unittest.TestCase):
    complains = True

    def crash(self, kind, *words, **options):
        with Machine(['true'], append='lkdtm=' + kind, timeout=30, **options) as machine:
            outcome = machine.run()
            said = outcome.explain() + machine.console()
        self.assertEqual(outcome.status, PANICKED, said)
        for word in words:
            self.assertIn(word, said)
        return said

    def test_panic(self):
        said = self.crash('PANIC', 'Kernel panic: on request', 'lkdtm_panic', 'lkdtm_init')
        self.assertRegex(said, r'kernel/debug/lkdtm\.c:\d+')

    def test_bug(self):
        self.crash('BUG', 'kernel/debug/lkdtm.c')

    def test_null_pointer(self):
        self.crash('EXCEPTION', 'null pointer dereference at 00000000', 'lkdtm_exception')

    def test_jump_to_null(self):
        self.crash('EXEC_NULL', 'null pointer dereference', 'lkdtm_init')

    def test_constants_are_write_protected(self):
        self.crash('WRITE_RO', 'write to read-only memory')

    def test_text_is_write_protected(self):
        self.crash('WRITE_KERN', 'write to read-only memory')

    def test_stack_overflow_is_a_double_fault(self):
        said = self.crash('EXHAUST_STACK', 'BUG: kernel stack overflow', 'doublefault_report')
        self.assertIn('fill_stack', said)

    # contract: S2-02 S2-09
    def test_idle_task_does_not_sleep(self):
        said = self.crash('KHG_TASK0_SLEEPS', 'Kernel panic: task[0] trying to sleep')
        self.assertIn('sleep_in_idle', said)

    def test_with_smep_and_smap(self):
        self.crash('EXCEPTION', 'null pointer dereference', cpu='qemu32,+smep,+smap')

    def test_warning_goes_on(self):
        with Machine(['true'], append='lkdtm=WARNING', timeout=30) as machine:
            outcome = machine.run()
            said = machine.console()
        self.assertEqual(outcome.status, 0, outcome.explain())
        self.assertIn('on request', said)


if __name__ == '__main__':
    unittest.main()
