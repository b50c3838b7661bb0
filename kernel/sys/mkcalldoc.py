#!/usr/bin/env python3
"""Makes docs/reference/syscalls.md: for each system call, who uses it.

usage: mkcalldoc.py BUILD [--check]

A program uses a call when the C library's stub of that call was linked into it
(`nm` tells), or when its source names it (SYS_xxx, __NR_xxx). --check ends with
1 and says which calls with a handler no command and no test uses.
"""
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, HERE)
from mksyscalls import Call  # noqa: E402

HEAD = """# System calls

Numbers, arguments and results are those of Linux on i386. `kernel/sys/syscalls.tbl`
is the one list; this page is made from it and from the programs (`make calldoc`).
`/proc/syscalls` counts the calls as they are made.

| number | call | commands | tests |
|---|---|---|---|
"""
SHOWN = 4       # names a cell has room for


def calls():
    with open(os.path.join(HERE, 'syscalls.tbl')) as file:
        return [Call(line.strip()) for line in file if line.strip() and not line.startswith('#')]


def stubs():
    """{function of the C library: system call}"""
    names = {}
    with open(os.path.join(TOP, 'user', 'lib', 'stubs.list')) as file:
        for line in file:
            words = line.split('#')[0].split()
            if words:
                names[words[0]] = words[1] if len(words) > 1 else words[0].lstrip('_')
    return names


def linked(program, names):
    """The calls whose stubs are in the program."""
    text = subprocess.run(['nm', program], stdout=subprocess.PIPE, encoding='ascii', check=True).stdout
    found = {line.split()[-1] for line in text.splitlines() if ' T ' in line}
    return {call for function, call in names.items() if function in found}


def named(source):
    if not os.path.exists(source):
        return set()
    with open(source, encoding='utf-8') as file:
        return set(re.findall(r'\b(?:SYS|__NR)_(\w+)', file.read()))


def users(build, names):
    """{call: (commands, tests)}"""
    found = {}
    kinds = (('bin', os.path.join('user', 'bin')), ('tests', os.path.join('tests', 'user')))
    for which, (folder, source) in enumerate(kinds):
        for program in sorted(glob.glob(os.path.join(build, folder, '*'))):
            name = os.path.basename(program)
            if not os.access(program, os.X_OK) or os.path.isdir(program):
                continue
            for call in linked(program, names) | named(os.path.join(TOP, source, name + '.c')):
                found.setdefault(call, ([], []))[which].append(name)
    return found


def cell(names):
    return ', '.join(names[:SHOWN]) + (' …' if len(names) > SHOWN else '')


def main():
    build, check = sys.argv[1], '--check' in sys.argv[2:]
    found, unused, rows = users(build, stubs()), [], []
    for call in calls():
        if not call.exists:
            continue
        commands, tests = found.get(call.name, ([], []))
        if not commands and not tests:
            unused.append(call.name)
        rows.append('| %s | `%s` | %s | %s |' % (call.number, call.name, cell(commands), cell(tests)))
    if check:
        print('calls that nobody uses: %s' % (', '.join(unused) or 'none'))
        return 1 if unused else 0
    with open(os.path.join(TOP, 'docs', 'reference', 'syscalls.md'), 'w') as file:
        file.write(HEAD + '\n'.join(rows) + '\n')
    return 0


if __name__ == '__main__':
    sys.exit(main())
