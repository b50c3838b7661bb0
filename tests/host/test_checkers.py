"""The checkers: each crime of /proc/lkdtm is told, and what can go on goes on."""
import re
import unittest

from machine import PANICKED, Machine, debug_build


class Checked(unittest.TestCase):
    """Commits crimes and gives what the console said about them."""
    complains = True

    def machine(self, script, append=''):
        with Machine(['sh', '-c', script], append=append, timeout=60) as machine:
            said = []
            outcome = machine.run(lambda data: said.append(data.decode()))
            return outcome, ''.join(said), machine.console()

    def lives(self, *crimes, append=''):
        """Each crime in a shell of its own; the machine outlives them. The shells' words, the console's."""
        script = '; '.join('(echo %s >/proc/lkdtm); echo %s: $?' % (crime, crime) for crime in crimes)
        outcome, said, console = self.machine(script, append)
        self.assertEqual(outcome.status, 0, outcome.explain() + console)
        return said, console

    def panics(self, crime, append=''):
        outcome, _, console = self.machine('echo %s >/proc/lkdtm' % crime, append)
        self.assertEqual(outcome.status, PANICKED, outcome.explain() + console)
        return console


class Mistakes(Checked):
    """BUG(), WARN(), oops and panic: kernel/debug/panic.c."""

    def test_a_bug_kills_its_process(self):
        said, console = self.lives('BUG', 'EXCEPTION', 'EXEC_NULL')
        self.assertEqual(re.findall(r'(\w+): 139', said), ['BUG', 'EXCEPTION', 'EXEC_NULL'], said)
        self.assertRegex(console, r'\] BUG: kernel BUG: lkdtm_bug\+0x.*  kernel/debug/lkdtm\.c:\d+\n')
        self.assertRegex(console, r'\] BUG: unable to handle null pointer dereference at 00000000: '
                                  r'lkdtm_exception\+0x.*  kernel/debug/lkdtm\.c:\d+\n')
        self.assertRegex(console, r'at 00000000: lkdtm_exec_null\+0x')
        self.assertRegex(console, r' who: PID \d+ \(sh\), CPU 0, process context')

    def test_its_descriptors_are_closed_and_its_memory_returns(self):
        script = ('bugs() { for i in $(seq 20); do (echo BUG >/proc/lkdtm) | cat; done; '
                  'grep MemFree /proc/meminfo; }; bugs; bugs')
        outcome, said, console = self.machine(script)
        self.assertEqual(outcome.status, 0, console)        # each cat saw the end of its pipe
        before, after = map(int, re.findall(r'MemFree: *(\d+)', said))
        self.assertLess(before - after, 600, said)     # a stack each would be more

    def test_a_bug_with_preemption_off(self):
        said, console = self.lives('BUG_ATOMIC', 'WARNING')
        self.assertIn('BUG_ATOMIC: 139', said)
        self.assertRegex(console, r'sh\[\d+\] exited with preempt_count 1\n')

    def test_the_dead_keep_their_locks(self):
        said, console = self.lives('BUG_MUTEX', 'BUG_MUTEX')
        self.assertIn('BUG_MUTEX: 139\nBUG_MUTEX: 0\n', said.replace('Segmentation fault\n', ''))
        self.assertIn('] WARNING: the dead keep their locks: ', console)

    def test_a_kernel_thread_dies_alone(self):
        said, console = self.lives('BUG_KTHREAD')
        self.assertRegex(console, r'BUG: kernel BUG: bug_thread\+0x')
        self.assertIn("the thread's result is -4", console)

    def test_a_fault_on_the_way_out_happens_once(self):
        outcome, said, console = self.machine('(echo BUG_EXIT >/proc/lkdtm) & sleep 1; echo alive')
        self.assertEqual((outcome.status, said), (0, 'alive\n'), console)
        self.assertEqual(console.count('] BUG: '), 1)
        self.assertIn('fault while exiting', console)

    def test_a_bug_in_an_interrupt_is_the_end(self):
        console = self.panics('BUG_INTERRUPT')
        self.assertIn(' bottom half context', console)
        self.assertIn('Kernel panic: fatal exception in interrupt: kernel BUG', console)

    def test_oops_panic(self):
        self.assertIn('Kernel panic: fatal exception: kernel BUG', self.panics('BUG', 'oops=panic'))

    def test_panic_on_warn(self):
        self.assertIn('Kernel panic: a warning, and panic_on_warn', self.panics('WARNING', 'panic_on_warn=1'))

    def test_panic_reboots_after_seconds(self):
        console = self.panics('PANIC', 'panic=1')
        self.assertIn('reboot in 1 seconds', console)

    def test_a_fault_inside_a_report(self):
        console = self.panics('REPORT_FAULT')
        self.assertIn('Kernel panic: a fault inside the report of another: a report that will not', console)
        self.assertLess(len(console.split('\n')), 60)

    def test_stack_overflow(self):
        console = self.panics('EXHAUST_STACK')
        self.assertRegex(console, r'\] BUG: kernel stack overflow: fill_stack')
        self.assertRegex(console, r'\(the same \d+ times\)\n.*lkdtm_exhaust_stack')

    def test_the_deepest_stack_is_told(self):
        script = 'grep StackFree /proc/self/status && (echo DEEP_STACK >/proc/lkdtm)'
        outcome, said, console = self.machine(script)
        if 'StackFree' not in said:
            self.skipTest('built with DEBUG=0')
        self.assertGreater(int(said.split()[1]), 4096)
        self.assertRegex(console, r'sh\[\d+\] used its stack but for 1[0-4]\d\d bytes')

    def test_sysctls(self):
        script = ('cd /proc/sys/kernel; cat panic panic_on_oops panic_on_warn tainted; echo 1 >panic_on_oops; '
                  'cat panic_on_oops; (echo WARNING >/proc/lkdtm); cat tainted; echo BUG >/proc/lkdtm')
        outcome, said, console = self.machine(script)
        self.assertEqual(said.split(), ['0', '0', '0', '0', '1', '512'])
        self.assertEqual(outcome.status, PANICKED, console)


@unittest.skipUnless(debug_build(), 'DEBUG=1 only')
class Watch(Checked):
    """Those who wait too long, and CPUs that do: kernel/sched/hung_task.c, watchdog.c."""

    def test_a_hung_task_is_told_once(self):
        _, console = self.lives('HUNG_TASK', append='hung_task_timeout_secs=1')
        found = re.findall(r'\] BUG: hung task: sh:(\d+) blocked for more than 1 seconds: lkdtm_hung_task\+0x', console)
        self.assertEqual(len(found), 1, console)
        self.assertIn('task: PID %s (sh) of parent ' % found[0], console)
        self.assertRegex(console, r'It sleeps here:\n.*__switch_to\+.*\n(.*\n)+.*lkdtm_hung_task\+0x')

    def test_the_limit_can_be_set(self):
        outcome, said, console = self.machine('cd /proc/sys/kernel; cat hung_task_timeout_secs watchdog_thresh; '
                                              'echo 0 >hung_task_timeout_secs; echo HUNG_TASK >/proc/lkdtm')
        self.assertEqual((outcome.status, said), (0, '30\n10\n'), console)
        self.assertNotIn('BUG: ', console)

    def test_soft_lockup(self):
        _, console = self.lives('SOFTLOCKUP', append='watchdog_thresh=1')
        self.assertRegex(console, r'\] BUG: soft lockup: CPU#0 stuck for \d seconds: lkdtm_softlockup\+0x')
        self.assertRegex(console, r' who: PID \d+ \(sh\), CPU 0, hard interrupt context')
        self.assertRegex(console, r'\n.*lkdtm_write\+0x')

    def test_hard_lockup_is_told_when_it_is_over(self):
        _, console = self.lives('HARDLOCKUP', append='watchdog_thresh=1')
        self.assertRegex(console, r'\] BUG: hard lockup: interrupts were off for \d seconds: lkdtm_hardlockup\+0x')

    def test_spinlock_lockup(self):
        console = self.panics('SPINLOCKUP')
        self.assertRegex(console, r'\] BUG: spinlock lockup: .* never becomes free: lkdtm_spinlockup\S* ')
        self.assertIn('Kernel panic: spinlock lockup', console)


@unittest.skipUnless(debug_build(), 'DEBUG=1 only')
class Locks(unittest.TestCase):
    complains = True

    def commit(self, crime, *words, after='echo it runs on'):
        output = []
        with Machine(['sh', '-c', 'echo %s >/proc/lkdtm; %s' % (crime, after)], timeout=30) as machine:
            outcome = machine.run(output.append)
            said = machine.console()
        self.assertEqual(outcome.status, 0, outcome.explain() + said)
        self.assertIn(b'it runs on', b''.join(output))
        self.assertEqual(said.count('] BUG: '), 1, said)
        for word in words:
            self.assertIn(word, said)
        return said

    def test_order_shows_both_stacks(self):
        said = self.commit('LOCK_ABBA', 'possible circular locking dependency',
                           'takes now: lock A of the test', 'holds:     lock B of the test',
                           'seen before: lock A of the test')
        self.assertGreaterEqual(len(re.findall(r'\] abba\+0x\w+/0x\w+  tests/kernel/lockdep_test\.c:\d+', said)), 2)

    def test_interrupt_shows_both_stacks(self):
        said = self.commit('LOCK_IRQ_UNSAFE', 'taken in an interrupt:', 'taken with interrupts on:')
        self.assertIn('take_in_interrupt', said)

    def test_sleep_says_who_made_it_atomic(self):
        said = self.commit('SLEEP_IN_SPINLOCK', 'preemption off since:', ' holding: lock A of the test')
        self.assertRegex(said, r'preemption off since:\n.*sleep_under_spinlock.*lockdep_test\.c:\d+')

    def test_interrupts_off_and_sleep(self):
        said = self.commit('SLEEP_IRQS_OFF', 'interrupts off since')
        self.assertRegex(said, r'interrupts off since.*\n.*sleep_with_interrupts_off')

    def test_held_at_the_return(self):
        self.commit('RETURN_HOLDING', 'held at the return to user mode', ' holding: some_mutex',
                    'return_holding')

    def test_atomic_at_the_return(self):
        self.commit('RETURN_ATOMIC', 'preempt_count 1 at the return to user mode', 'return_atomic')

    def test_interrupts_off_at_the_return(self):
        self.commit('RETURN_IRQS_OFF', 'interrupts off at the end of a system call', 'return_irqs_off')

    def test_held_at_the_end_of_a_task(self):
        self.commit('EXIT_HOLDING', 'held by a task that ends', 'end_holding')


@unittest.skipUnless(debug_build(), 'DEBUG=1 only')
class Memory(Checked):
    """KASAN and leaks: kernel/debug/kasan.c, kernel/mm/slab_debug.c, leaks.c."""

    def test_each_crime_is_told_and_the_system_lives(self):
        crimes = {'SLAB_LINEAR_OVERFLOW': 'slab-out-of-bounds write of 1 byte at',
                  'WRITE_AFTER_FREE': 'use-after-free write of 1 byte at',
                  'READ_AFTER_FREE': 'use-after-free read of 1 byte at',
                  'SLAB_FREE_DOUBLE': 'double-free of', 'SLAB_FREE_INSIDE': 'invalid-free of',
                  'SLAB_FREE_CROSS': 'invalid-free of', 'READ_BUDDY_AFTER_FREE': 'use-after-free read of 1 byte at',
                  'VMALLOC_LINEAR_OVERFLOW': 'vmalloc-out-of-bounds read of 1 byte at',
                  'ARRAY_BOUNDS_STACK': 'stack-out-of-bounds write of 1 byte at',
                  'GLOBAL_BOUNDS': 'global-out-of-bounds read of 1 byte at',
                  'MEMCPY_OVERFLOW': 'slab-out-of-bounds write of 48 bytes at'}
        said, console = self.lives(*crimes)
        for crime, what in crimes.items():
            self.assertIn('%s: 0\n' % crime, said)
            self.assertRegex(console, r'\] BUG: KASAN: %s \w{8}: lkdtm_\S+  tests/kernel/kasan_test\.c:\d+\n' % what)
        self.assertEqual(console.count('] BUG: '), len(crimes), console)

    def test_a_place_is_told_once(self):
        _, console = self.lives('WRITE_AFTER_FREE', 'WRITE_AFTER_FREE')
        self.assertEqual(console.count('] BUG: '), 1, console)

    def test_the_report_names_both_stacks(self):
        _, console = self.lives('WRITE_AFTER_FREE')
        self.assertRegex(console, r'is 8 bytes inside the 40-byte object \w+ of kmalloc-64\n')
        self.assertRegex(console, r'Allocated by task \d+:\n.*kasan_test\.c:\d+\n(.*\n)+.*Freed by task \d+:\n.*kasan_test')
        self.assertRegex(console, r'>\w{8}:.*\[fb\]')

    def test_behind_an_area_is_its_guard_page(self):
        said, console = self.lives('VMALLOC_GUARD')
        self.assertIn('VMALLOC_GUARD: 139', said)       # told, and then the page fault
        self.assertRegex(console, r'\] BUG: KASAN: vmalloc-out-of-bounds read of 1 byte at')
        self.assertIn('] BUG: unable to handle', console)

    def test_leaks_are_listed(self):
        _, console = self.lives('LEAK')
        self.assertRegex(console, r'\] BUG: leak: 2 objects of kmalloc-64: (leak_two|keep_all)\+\S+  tests/kernel/kasan_test\.c:\d+\n')
        outcome, said, console = self.machine('echo clear >/proc/leaks; sleep 3 | cat & sleep 1; cat /proc/leaks')
        self.assertRegex(said, r'\d+ of kmalloc-\d+, \d+ bytes, by task \d+, one at \w+\n    alloc_pipe_info\+0x')

    def test_little_memory_suffices(self):
        with Machine(['sh', '-c', 'seq 1 20000 | sort -rn | head -n 1'], memory=32) as machine:
            said = []
            outcome = machine.run(said.append)
            self.assertEqual((outcome.status, said), (0, [b'20000\n']), machine.console())


if __name__ == '__main__':
    unittest.main()
