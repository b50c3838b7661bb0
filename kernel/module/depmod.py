#!/usr/bin/env python3
"""modules.dep and modules.alias of a folder of modules.

    depmod.py DIR

modules.dep: a line a module, with the files that must be loaded before it, the last first. modules.alias:
the other names of a module, which MODULE_ALIAS() gives. The guest's own depmod does the same for what is
installed there.
"""
import os
import re
import sys


def modinfo(path, tag):
    with open(path, 'rb') as file:
        return [value.decode() for value in re.findall(rb'(?<=\0)%s=([^\0]*)(?=\0)' % tag.encode(), file.read())]


def main(top):
    files = {}
    for folder, _, names in os.walk(top):
        for name in names:
            if name.endswith('.ko'):
                files[name[:-3].replace('-', '_')] = os.path.relpath(os.path.join(folder, name), top)
    depends = {name: [word for words in modinfo(os.path.join(top, path), 'depends') for word in words.split(',') if word in files]
               for name, path in files.items()}

    def order(name, seen):
        """seen, then what it needs, each after what that needs, then itself."""
        if name not in seen:
            seen[name] = None
            for other in depends[name]:
                order(other, seen)
            seen[name] = seen.pop(name)         # to the end
        return list(seen)

    with open(os.path.join(top, 'modules.dep'), 'w', encoding='utf-8') as out:
        for name in sorted(files):
            print('%s: %s' % (files[name], ' '.join(files[one] for one in order(name, {})[-2::-1])), file=out)
    with open(os.path.join(top, 'modules.alias'), 'w', encoding='utf-8') as out:
        for name in sorted(files):
            for alias in modinfo(os.path.join(top, files[name]), 'alias'):
                print('alias %s %s' % (alias, name), file=out)


main(sys.argv[1])
