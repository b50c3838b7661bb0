#!/usr/bin/env python3
"""Makes docs/reference/syscalls.md: for each system call, who uses it.

usage: mkcalldoc.py BUILD [--check]

A program uses a call when the C library's stub of that call was linked into it
(`nm` tells), or when its source names it (SYS_xxx, __NR_xxx). --check ends with
1 and says which calls with a handler no command and no test uses, and whether the
page has other calls, arguments or handlers than the table. Who uses them changes
with every program, and is no reason.
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

| number | call | handler | commands | tests |
|---|---|---|---|---|
"""
PAGE = os.path.join(TOP, 'docs', 'reference', 'syscalls.md')
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
            if not os.path.exists(os.path.join(TOP, source, name + '.c')) and name != 'sh':
                continue
            for call in linked(program, names) | named(os.path.join(TOP, source, name + '.c')):
                found.setdefault(call, ([], []))[which].append(name)
    return found


def cell(names):
    return ', '.join(names[:SHOWN]) + (' …' if len(names) > SHOWN else '')


def handlers():
    """{handler: path}"""
    found = {}
    for folder in ('kernel', 'fs', 'drivers'):
        for path in glob.glob(os.path.join(TOP, folder, '**', '*.c'), recursive=True):
            with open(path, encoding='utf-8') as file:
                for name in re.findall(r'(?m)^(?:asmlinkage )?(?:long|int|unsigned long) (sys_\w+)\(', file.read()):
                    found[name] = os.path.relpath(path, TOP)
    return found


def declared(call):
    """The call as a program makes it."""
    arguments = ', '.join(re.sub(r'__(user|kernel_)[ ]?', '', argument.declaration()) for argument in call.arguments)
    return '%s(%s)' % (call.name, arguments)


def without_users(text):
    return [row.split(' | ')[:3] for row in text.split('\n')]


def main():
    build, check = sys.argv[1], '--check' in sys.argv[2:]
    found, unused, rows, where = users(build, stubs()), [], [], handlers()
    for call in calls():
        if not call.exists:
            continue
        commands, tests = found.get(call.name, ([], []))
        if not commands and not tests:
            unused.append(call.name)
        rows.append('| %s | `%s` | `%s` in `%s` | %s | %s |' % (
            call.number, declared(call), call.handler, where[call.handler], cell(commands), cell(tests)))
    page = HEAD + '\n'.join(rows) + '\n'
    if check:
        with open(PAGE) as file:
            stale = without_users(file.read()) != without_users(page)
        print('calls that nobody uses: %s' % (', '.join(unused) or 'none'))
        if stale:
            print('docs/reference/syscalls.md is not what the table says: make calldoc')
        return 1 if unused or stale else 0
    with open(PAGE, 'w') as file:
        file.write(page)
    return 0


if __name__ == '__main__':
    sys.exit(main())
