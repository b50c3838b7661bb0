#!/usr/bin/env python3
"""The console of `make debug` on this terminal: terminal.py PTY. Ctrl-] leaves; the machine goes on."""
import os
import select
import sys
import termios
import tty

LEAVE = b'\x1d'


def talk(machine):
    """Until one side has ended."""
    while True:
        ready = select.select([0, machine], [], [])[0]
        for source, other in ((machine, 1), (0, machine)):
            if source not in ready:
                continue
            try:
                data = os.read(source, 4096)
            except OSError:
                return              # the machine is gone
            if not data or source == 0 and LEAVE in data:
                return
            os.write(other, data)


def main(path):
    try:
        machine = os.open(path, os.O_RDWR | os.O_NOCTTY)
    except OSError:
        sys.exit('There is no machine: run `make debug` in another terminal.')
    modes = termios.tcgetattr(0) if os.isatty(0) else None
    try:
        if modes:
            tty.setraw(0)
            print('Ctrl-] leaves.', end='\r\n', flush=True)
        talk(machine)
    finally:
        if modes:
            termios.tcsetattr(0, termios.TCSADRAIN, modes)


main(sys.argv[1])
