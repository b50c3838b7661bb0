"""SysRq by its three ways: a break on the serial console, Alt-SysRq on the keyboard, /proc/sysrq-trigger."""
import time
import unittest

from machine import PANICKED, Machine
from terminal import Monitored


class Keyed(Monitored):
    """One that is asked by keys."""

    def sysrq(self, key):
        self.monitor('chardev-send-break serial0')
        time.sleep(0.1)
        self.send(key)


class Keys(unittest.TestCase):
    def test_break_and_a_letter_on_the_console(self):
        with Keyed() as terminal:
            terminal.start()
            terminal.prompt()
            terminal.sysrq('h')
            terminal.expect(r'sysrq: HELP : loglevel\(0-9\) reboot\(b\) .*sync\(s\)')
            terminal.sysrq('t')
            terminal.expect('sysrq: Show State')
            terminal.expect(r'task:init +state:S pid: +1 ')
            terminal.expect(r'Call Trace:\n.*__switch_to')
            terminal.send('\r')
            self.assertEqual(terminal.ask('echo still here'), 'still here')     # the keys were not typed
            self.assertEqual(terminal.poweroff(), 0)

    def test_alt_sysrq_on_the_keyboard(self):
        with Keyed(append='console=tty0 console=ttyS0') as terminal:
            terminal.start()
            terminal.prompt()
            terminal.monitor('sendkey alt-sysrq-m')
            terminal.expect('sysrq: Show Memory\n.*Mem-Info:')
            terminal.monitor('sendkey alt-sysrq-s')
            terminal.expect('sysrq: Emergency Sync\n.*Emergency Sync complete')
            terminal.monitor('sendkey alt-sysrq-b')
            terminal.expect('sysrq: Resetting')
            self.assertEqual(terminal.wait(), 0)

    def test_mask(self):
        with Keyed() as terminal:
            terminal.start()
            terminal.prompt()
            terminal.ask('echo 16 >/proc/sys/kernel/sysrq')     # sync only
            terminal.sysrq('m')
            terminal.expect('This sysrq operation is disabled')
            terminal.sysrq('s')
            terminal.expect('Emergency Sync complete')
            terminal.send('\r')
            terminal.ask('echo 0 >/proc/sys/kernel/sysrq')
            terminal.sysrq('s')
            self.assertEqual(terminal.ask('echo quiet'), 'quiet')

    def test_a_machine_that_answers_nobody_is_put_away_in_order(self):
        with Keyed() as terminal:
            terminal.start()
            terminal.prompt()
            terminal.ask('echo kept >/root/file; while :; do :; done &')
            terminal.send('trap "" HUP TERM INT; while :; do :; done\r')
            terminal.expect(r'INT; while :; do :; done\n')
            for key, answer in ('e', 'Terminate All Tasks'), ('i', 'Kill All Tasks'), ('u', 'Emergency Remount complete'):
                terminal.sysrq(key)
                terminal.expect(answer)
                time.sleep(0.2)
            terminal.sysrq('o')
            terminal.expect('sysrq: Power Off')
            self.assertEqual(terminal.wait(), 0)


class Trigger(unittest.TestCase):
    def trigger(self, keys, status=0):
        script = 'for k in %s; do echo $k >/proc/sysrq-trigger; sleep 0.1; done' % keys
        with Machine(['sh', '-c', script], timeout=30) as machine:
            outcome = machine.run()
            said = machine.console()
        self.assertEqual(outcome.status, status, outcome.explain())
        return said + outcome.report

    def test_what_is_shown(self):
        said = self.trigger('l w m d 7')
        for line in 'Show backtrace of all active CPUs', 'Show Blocked State', 'Mem-Info:', 'Show Locks Held', 'Loglevel set to 7':
            self.assertIn(line, said)
        self.assertIn('trigger_write', said)

    def test_crash(self):
        self.assertIn('sysrq triggered crash', self.trigger('c', PANICKED))

    def test_oom_kill(self):
        self.assertRegex(self.trigger('f', 137), r'out of memory: killed process \d+')


if __name__ == '__main__':
    unittest.main()
