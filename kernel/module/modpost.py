#!/usr/bin/env python3
"""Looks at a folder's modules before their last link: what each needs and exports.

usage: modpost.py --nm NM --output Module.symvers [--intree] [--symvers FILE]... X.o...
       modpost.py --nm NM --output Module.symvers --kernel lectern.elf

For each X.o it writes X.mod.c: the struct module, the version the kernel will ask for
and the modules X depends on. A symbol that neither the kernel nor any module named here
exports is an error, as is one for GPL modules in a module that is not. Module.symvers
has a line a symbol, as Linux's: 0x00000000, name, module, EXPORT_SYMBOL or EXPORT_SYMBOL_GPL.
"""
import argparse
import os
import re
import subprocess
import sys

GPL = {'GPL', 'GPL v2', 'GPL and additional rights', 'Dual BSD/GPL', 'Dual MIT/GPL', 'Dual MPL/GPL'}

MOD_C = '''#include <linux/module.h>
#include <linux/vermagic.h>

MODULE_INFO(vermagic, VERMAGIC_STRING);
MODULE_INFO(name, KBUILD_MODNAME);
MODULE_INFO(depends, "%s");
%s
extern struct module __this_module;
struct module __this_module __section(".gnu.linkonce.this_module") = {
	.name = KBUILD_MODNAME,
%s};
'''


def symbols(nm, path):
    """(value, kind, name) of each symbol."""
    text = subprocess.run([*nm.split(), path], check=True, stdout=subprocess.PIPE, text=True).stdout
    for line in text.splitlines():
        value, kind, name = re.fullmatch(r'([0-9a-f]*) *(\S) (.*)', line).groups()
        yield int(value or '0', 16), kind, name


def exported(nm, path):
    """The names that an object exports to all, and those to GPL modules: by the sections' names."""
    headers = subprocess.run(['objdump', '-h', path], check=True, stdout=subprocess.PIPE, text=True).stdout
    return (re.findall(r' ___ksymtab\+(\S+)', headers), re.findall(r' ___ksymtab_gpl\+(\S+)', headers))


def kernel_symvers(nm, path):
    """The kernel's own exports, from its linked image: tables from one mark to the next."""
    found = {name: value for value, _, name in symbols(nm, path)}
    rows = []
    for name, value in found.items():
        if name.startswith('__ksymtab_'):
            gpl = value >= found['__start___ksymtab_gpl']
            rows.append((name[len('__ksymtab_'):], 'vmlinux', gpl))
    return rows


def read_symvers(path):
    with open(path, encoding='utf-8') as file:
        for line in file:
            _, name, module, kind = line.rstrip('\n').split('\t')[:4]
            yield name, module, kind == 'EXPORT_SYMBOL_GPL'


def write_symvers(path, rows):
    scratch = '%s.%d' % (path, os.getpid())         # two may be at it
    with open(scratch, 'w', encoding='utf-8') as file:
        for name, module, gpl in sorted(rows):
            file.write('0x00000000\t%s\t%s\tEXPORT_SYMBOL%s\n' % (name, module, '_GPL' if gpl else ''))
    os.rename(scratch, path)


def license_of(path):
    """What MODULE_LICENSE() says in an object that is not linked yet, or None."""
    info = subprocess.run(['objcopy', '-O', 'binary', '--only-section=.modinfo', path, '/dev/stdout'],
                          check=True, stdout=subprocess.PIPE).stdout
    for line in info.split(b'\0'):
        if line.startswith(b'license='):
            return line[len(b'license='):].decode('utf-8', 'replace')
    return None


def write_mod_c(path, depends, defined, intree):
    methods = ''
    if 'init_module' in defined:
        methods += '\t.init = init_module,\n'
    if 'cleanup_module' in defined:
        methods += '\t.exit = cleanup_module,\n'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(MOD_C % (','.join(depends), 'MODULE_INFO(intree, "Y");\n' if intree else '', methods))


def main(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--nm', default='nm')
    parser.add_argument('--output', required=True)
    parser.add_argument('--kernel')
    parser.add_argument('--intree', action='store_true', help='a part of Lectern: loading it does not taint')
    parser.add_argument('--symvers', action='append', default=[])
    parser.add_argument('objects', nargs='*')
    args = parser.parse_args(argv)
    if args.kernel:
        write_symvers(args.output, kernel_symvers(args.nm, args.kernel))
        return 0

    known, rows, errors = {}, [], 0
    for path in args.symvers:
        known.update({name: (module, gpl) for name, module, gpl in read_symvers(path)})
    for path in args.objects:
        module = os.path.basename(path)[:-2].replace('-', '_')
        for gpl, names in enumerate(exported(args.nm, path)):
            rows += [(name, path[:-2], bool(gpl)) for name in names]
            known.update({name: (module, bool(gpl)) for name in names})
    for path in args.objects:
        module = os.path.basename(path)[:-2].replace('-', '_')
        table = list(symbols(args.nm, path))
        depends = []
        free = license_of(path) in GPL
        if license_of(path) is None:
            print('WARNING: modpost: missing MODULE_LICENSE() in %s' % path, file=sys.stderr)
        for _, kind, name in table:
            if kind != 'U' or name == '__this_module':
                continue
            owner, gpl = known.get(name, (None, False))
            owner = owner and os.path.basename(owner).replace('-', '_')
            if owner is None:
                print('ERROR: modpost: "%s" [%s.ko] undefined!' % (name, path[:-2]), file=sys.stderr)
                errors += 1
            elif gpl and not free:
                print('ERROR: modpost: GPL-incompatible module %s.ko uses GPL-only symbol \'%s\''
                      % (path[:-2], name), file=sys.stderr)
                errors += 1
            elif owner not in ('vmlinux', module) and owner not in depends:
                depends.append(owner)
        write_mod_c(path[:-2] + '.mod.c', depends, {name for _, kind, name in table if kind != 'U'}, args.intree)
    if errors:
        return 1
    write_symvers(args.output, rows)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
