#!/usr/bin/env python3
"""Makes from syscalls.tbl what the kernel and the C library need of it.

usage: mksyscalls.py OUTPUT TABLE [STUBS]

  header   <linux/syscalls_generated.h>: prototypes of the handlers
  table    the table that entry code indexes, and a wrapper for each handler
           that takes the arguments out of pt_regs
  numbers  <asm/unistd.h>
  names    SYS_xxx, for <sys/syscall.h>
  stubs    the C library's entry points (nasm); STUBS lists which
"""

import re
import sys

# the table's words, and the types of C that they stand for
TYPES = {
    'fd': 'unsigned int', 'dirfd': 'int', 'flags': 'unsigned int', 'oflags': 'int',
    'mode': 'umode_t', 'signal': 'int', 'pid': 'pid_t', 'address': 'unsigned long',
    'ulong': 'unsigned long', 'uchar': 'unsigned char', 'unsigned': 'unsigned int',
    'fd_set': '__kernel_fd_set', 'timer_t': '__kernel_timer_t', 'clockid_t': '__kernel_clockid_t',
    'old_uid_t': '__kernel_old_uid_t', 'old_gid_t': '__kernel_old_gid_t',
    'old_time32_t': '__s32', 'uint32_t': '__u32', 'off_t': '__kernel_off_t',
}
REGISTERS = ['bx', 'cx', 'dx', 'si', 'di', 'bp']


class Argument:
    """One argument: `type` is the kernel's C type, `words` the registers it takes."""

    def __init__(self, text):
        words = text.split()
        self.direction = words.pop(0) if words[0] in ('in', 'out', 'inout') else None
        self.name = words.pop()
        self.word = ' '.join(words)
        self.words = 2 if self.word == 'loff_t' and not self.direction else 1
        if self.word in ('path', 'string'):
            base = 'const char __user *'
        else:
            base = TYPES.get(self.word, self.word)
        if self.direction:
            const = 'const ' if self.direction == 'in' and self.word != 'string' else ''
            stars = '__user *' * (self.name.count('*') + ('[' in self.name))
            self.type = const + base + (' ' if self.word != 'string' else 'const ') + stars
        else:
            self.type = base
        self.name = re.sub(r'\*|\[.*', '', self.name)

    def declaration(self):
        return self.type + ('' if self.type.endswith('*') else ' ') + self.name


class Call:
    """One row of the table."""

    ROW = re.compile(r'(\d+)\s+(\w+)\s+(-?)(sys_\w+)\s+\((.*)\)\s*(?:->\s*(\w+))?$')

    def __init__(self, line):
        number, self.name, absent, self.handler, arguments, self.result = self.ROW.match(line).groups()
        self.number = int(number)
        self.exists = not absent
        self.values = [a if a.startswith('=') else Argument(a) for a in re.split(r',\s*', arguments) if a]
        self.arguments = [a for a in self.values if isinstance(a, Argument)]

    def registers(self):
        return sum(a.words for a in self.arguments)

    def prototype(self):
        arguments = ', '.join(a.declaration() for a in self.arguments) or 'void'
        return f'long {self.handler}({arguments});'

    def wrapper(self):
        """The C function that calls the handler with what the registers hold."""
        values, free = [], list(REGISTERS)
        for a in self.values:
            if isinstance(a, str):
                values.append(a[1:])
            elif a.words == 2:
                low, high = free.pop(0), free.pop(0)
                values.append(f'(loff_t)((__u64)r->{high} << 32 | (__u32)r->{low})')
            else:
                values.append(f'({a.type})r->{free.pop(0)}')
        return (f'static long call_{self.name}(struct pt_regs *r)\n{{\n'
                f'\treturn {self.handler}({", ".join(values)});\n}}\n')


def load(path):
    """Reads the table; a row that does not parse, or a number given twice, ends the build."""
    calls, seen = [], set()
    for number, line in enumerate(open(path), 1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        if not Call.ROW.match(line):
            sys.exit(f'{path}:{number}: not a row: {line}')
        call = Call(line)
        if call.number in seen:
            sys.exit(f'{path}:{number}: number {call.number} stands twice')
        seen.add(call.number)
        calls.append(call)
    return sorted(calls, key=lambda c: c.number)


def header(calls):
    handlers = {c.handler: c for c in calls if c.values == c.arguments}.values()
    structs = sorted({w for c in calls for a in c.arguments for w in re.findall(r'struct \w+', a.word)})
    print('/* Made from kernel/sys/syscalls.tbl: the handlers of the system calls. */')
    print('#ifndef _LINUX_SYSCALLS_GENERATED_H\n#define _LINUX_SYSCALLS_GENERATED_H\n')
    print('#include <linux/compiler.h>\n#include <linux/types.h>\n#include <uapi/asm/signal.h>\n')
    print(f'#define NR_syscalls {calls[-1].number + 1}\n')
    print('struct pt_regs;\n' + '\n'.join(s + ';' for s in structs) + '\n')
    print('extern long (*const sys_call_table[NR_syscalls])(struct pt_regs *r);')
    print('extern const char *const sys_call_names[NR_syscalls];\n')
    for c in handlers:
        print(c.prototype())
    print('\n#endif')


def table(calls):
    print('/* Made from kernel/sys/syscalls.tbl: entry code calls sys_call_table[number](regs). */')
    print('#include <linux/errno.h>\n#include <linux/fcntl.h>\n#include <linux/syscalls_generated.h>\n#include <asm/ptrace.h>\n')
    print('static long call_none(struct pt_regs *r)\n{\n\treturn -ENOSYS;\n}\n')
    present = [c for c in calls if c.exists]
    for c in present:
        print(c.wrapper())
    print('long (*const sys_call_table[NR_syscalls])(struct pt_regs *r) = {')
    entries = {c.number: f'call_{c.name}' for c in present}
    for number in range(calls[-1].number + 1):
        print(f'\t[{number}] = {entries.get(number, "call_none")},')
    print('};\n\nconst char *const sys_call_names[NR_syscalls] = {')
    for c in calls:
        print(f'\t[{c.number}] = "{c.name}",')
    print('};')


def numbers(calls):
    print('/* Made from kernel/sys/syscalls.tbl: what goes into eax before int 80h. */')
    print('#ifndef _UAPI_ASM_UNISTD_H\n#define _UAPI_ASM_UNISTD_H\n')
    for c in calls:
        print(f'#define __NR_{c.name} {c.number}')
    print('\n#endif')


def names(calls):
    print('/* Made from kernel/sys/syscalls.tbl: the numbers under their C library names. */')
    for c in calls:
        print(f'#define SYS_{c.name} __NR_{c.name}')


def stubs(calls, path):
    """Each line of the file: a function's name and, if it differs, its call's."""
    known = {c.name: c for c in calls}
    print('; Made from kernel/sys/syscalls.tbl and user/lib/stubs.list.')
    print('%include "stub.inc"')
    for line in open(path):
        words = line.split('#')[0].split()
        if not words:
            continue
        call = known.get(words[-1]) or sys.exit(f'{path}: no call {words[-1]}')
        print(f'stub {words[0]}, {call.number}, {call.registers()}')


def main():
    outputs = {'header': header, 'table': table, 'numbers': numbers, 'names': names, 'stubs': stubs}
    if len(sys.argv) < 3 or sys.argv[1] not in outputs:
        sys.exit(__doc__)
    outputs[sys.argv[1]](load(sys.argv[2]), *sys.argv[3:])


if __name__ == '__main__':
    main()
