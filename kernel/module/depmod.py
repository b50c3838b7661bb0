#!/usr/bin/env python3
"""modules.dep for the modules of the tree: a line a module, with the files that must be loaded before it.

    depmod.py FILE.ko…

The guest's own depmod does the same for what is installed there.
"""
import os
import re
import sys


def main():
    files = {os.path.basename(path)[:-3].replace('-', '_'): path for path in sys.argv[1:]}
    depends = {}
    for name, path in files.items():
        with open(path, 'rb') as file:
            found = re.search(rb'\0depends=([\w,-]*)\0', file.read())
        depends[name] = [word for word in (found.group(1).decode() if found else '').split(',') if word in files]

    def before(name):
        """Those it needs, the last to be loaded first."""
        order = []
        for other in depends[name]:
            order += [other] + [one for one in before(other) if one not in order]
        return order

    for name in sorted(files):
        print('%s: %s' % (os.path.basename(files[name]), ' '.join(os.path.basename(files[one]) for one in before(name))))


if __name__ == '__main__':
    main()
