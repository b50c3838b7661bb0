#!/usr/bin/env python3
"""Makes ext2 disks without root's rights, the same to the byte each time.

    mkdisk.py make IMAGE [--size MIB] [--block BYTES] [WHAT…]   an empty file system, then WHAT laid over it
    mkdisk.py lay IMAGE WHAT…                                  WHAT laid over what IMAGE holds
    mkdisk.py copy FROM TO                                     a sparse copy

    WHAT is    --tree DIR WHERE     everything below DIR, put below WHERE
               --into WHERE FILE…   FILEs, under their own names, in the directory WHERE

mke2fs makes the file system and debugfs fills it, in sorted order: `mke2fs -d`
takes a folder in the order the host lists it, so two hosts would make two
disks. Whatever is laid belongs to root, carries the host's permission bits (`make`: 755
or 644) and one fixed time stamp.

Blocks are 4 KiB: a page of the cache is then one block, and reading ahead
fetches whole pages with one request. Inodes are 128 bytes, 32 to a block. Of
ext2's extras only file types in directories, sparse superblocks and large files
are on: what every ext2 driver knows.
"""
import argparse
import os
import stat
import subprocess
import sys

UUID = '1ec7e411-0000-4000-8000-000000000001'
EPOCH = int(os.environ.get('SOURCE_DATE_EPOCH', 1767225600))    # 1 January 2026, UTC
ROOT_DIRS = ['bin', 'dev', 'etc', 'home', 'mnt', 'proc', 'root', 'sbin', 'sys', 'tests', 'tmp', 'usr', 'usr/bin',
             'var', 'var/log', 'var/tmp']
STICKY_DIRS = ['tmp', 'var/tmp']


class DiskError(Exception):
    """A tool failed, or something cannot be put on the disk."""


def find_tool(name):
    for folder in os.environ['PATH'].split(':') + ['/usr/sbin', '/sbin', '/usr/local/opt/e2fsprogs/sbin',
                                                   '/opt/homebrew/opt/e2fsprogs/sbin']:
        path = os.path.join(folder, name)
        if os.access(path, os.X_OK):
            return path
    raise DiskError('%s is missing: `make doctor` says what to install' % name)


def environment():
    return dict(os.environ, E2FSPROGS_FAKE_TIME=str(EPOCH), LC_ALL='C')


def debugfs(image, commands):
    """Runs debugfs commands on an image, writable. It ends with 0 whatever
    happens, so anything it says beyond its banner and echoes is a failure."""
    result = subprocess.run([find_tool('debugfs'), '-w', '-f', '-', image], input='\n'.join(commands) + '\n',
                            env=environment(), encoding='utf-8', errors='surrogateescape',
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = [line for line in result.stderr.splitlines() if line and not line.startswith('debugfs 1.')]
    if said or result.returncode:
        raise DiskError('debugfs on %s: %s' % (image, '; '.join(said[:4])))
    return result.stdout


def present(image, paths):
    """Which of these paths the image holds: a map from path to 'dir', 'file' or 'other'."""
    found = {}
    if not paths:
        return found
    result = subprocess.run([find_tool('debugfs'), '-f', '-', image], env=environment(),
                            input=''.join('stat %s\n' % quote(p) for p in paths), encoding='utf-8',
                            errors='surrogateescape', stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    current = iter(paths)
    path = None
    for line in result.stdout.splitlines():
        if line.startswith('debugfs: stat '):
            path = next(current)
        elif line.startswith('Inode: ') and ' Type: ' in line:
            kind = line.split(' Type: ')[1].split()[0]
            found[path] = {'directory': 'dir', 'regular': 'file'}.get(kind, 'other')
    return found


def quote(path):
    if '"' in path or '\n' in path:
        raise DiskError('cannot put a name with a quotation mark or a line end on the disk: %r' % path)
    return '"%s"' % path


class Plan:
    """What is to be laid: a map from path on the disk to (host path, mode, link target)."""

    def __init__(self, plain_modes=False):
        self.entries = {}
        self.plain_modes = plain_modes  # 755 or 644, whatever umask the host's copy was made with

    def add_dir(self, path, mode=0o755):
        path = '/' + path.strip('/')
        if path != '/' and path not in self.entries:
            self.add_dir(os.path.dirname(path))
            self.entries[path] = (None, stat.S_IFDIR | mode, None)

    def add(self, path, host):
        info = os.lstat(host)
        mode = info.st_mode
        if self.plain_modes:
            mode = stat.S_IFMT(mode) | (0o755 if mode & 0o100 else 0o644)
        self.add_dir(os.path.dirname(path))
        if stat.S_ISDIR(mode):
            self.entries[path] = (None, mode, None)
        elif stat.S_ISLNK(mode):
            self.entries[path] = (None, stat.S_IFLNK | 0o777, os.readlink(host))
        elif stat.S_ISREG(mode):
            self.entries[path] = (host, mode, None)
        else:
            raise DiskError('%s is neither a file, a folder nor a symbolic link' % host)

    def add_tree(self, folder, where):
        if not os.path.isdir(folder):
            raise DiskError('%s is not a folder' % folder)
        for here, dirs, files in os.walk(folder):
            for name in dirs + files:
                host = os.path.join(here, name)
                path = os.path.join('/', where.strip('/'), os.path.relpath(host, folder))
                if os.path.isdir(host) and not os.path.islink(host):
                    self.add_dir(path, 0o755 if self.plain_modes else stat.S_IMODE(os.lstat(host).st_mode))
                else:
                    self.add(path, host)

    def lay(self, image):
        """Puts everything on the image. A file replaces a file; a directory that is there stays."""
        paths = sorted(self.entries)
        there = present(image, paths)
        commands = []
        for path in paths:
            host, mode, target = self.entries[path]
            kind = there.get(path)
            if stat.S_ISDIR(mode):
                if kind == 'dir':
                    continue
                commands += ['rm %s' % quote(path)] if kind else []
                commands += ['cd %s' % quote(os.path.dirname(path)), 'mkdir %s' % quote(os.path.basename(path))]
            else:
                if kind == 'dir':
                    raise DiskError('%s is a directory on the disk' % path)
                commands += ['rm %s' % quote(path)] if kind else []
                commands.append('cd %s' % quote(os.path.dirname(path)))
                name = quote(os.path.basename(path))
                if target is not None:
                    commands.append('symlink %s %s' % (name, quote(target)))
                else:
                    commands.append('write %s %s' % (quote(os.path.abspath(host)), name))
            commands += dress(path, mode)
        if commands:
            debugfs(image, commands)


def dress(path, mode):
    """The commands that give an inode to root with these bits and the one time."""
    fields = [('mode', '0%o' % mode), ('uid', '0'), ('gid', '0')]
    fields += [(field, '@%d' % EPOCH) for field in ('atime', 'ctime', 'mtime')]
    return ['sif %s %s %s' % (quote(path), field, value) for field, value in fields]


def make(image, plan, size_mib=64, block=4096):
    """An ext2 file system of its own in the file `image`, sparse, holding the plan."""
    partial = image + '.new'
    if os.path.exists(partial):
        os.unlink(partial)
    result = subprocess.run([find_tool('mke2fs'), '-q', '-F', '-t', 'ext2', '-b', str(block), '-I', '128', '-m', '0',
                             '-O', 'none,filetype,sparse_super,large_file', '-U', UUID, '-L', 'lectern',
                             '-E', 'hash_seed=%s,root_owner=0:0,nodiscard' % UUID, partial, '%dM' % size_mib],
                            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding='utf-8')
    if result.returncode:
        raise DiskError('mke2fs: ' + result.stdout)
    plan.lay(partial)
    debugfs(partial, dress('/', stat.S_IFDIR | 0o755))
    os.replace(partial, image)


def copy(source, target):
    """Copies a file, leaving its holes holes."""
    with open(source, 'rb') as old, open(target, 'wb') as new:
        size = os.fstat(old.fileno()).st_size
        at = 0
        while at < size:
            try:
                start = os.lseek(old.fileno(), at, os.SEEK_DATA)
                at = os.lseek(old.fileno(), start, os.SEEK_HOLE)
            except OSError:             # nothing but a hole is left
                break
            old.seek(start)
            new.seek(start)
            while start < at:
                start += new.write(old.read(min(1 << 20, at - start)))
        new.truncate(size)


def parse(argv):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('action', choices=['make', 'lay', 'copy'])
    parser.add_argument('image')
    parser.add_argument('to', nargs='?', help='copy: the new file')
    parser.add_argument('--size', type=int, default=64, metavar='MIB')
    parser.add_argument('--block', type=int, default=4096, metavar='BYTES')
    parser.add_argument('--tree', nargs=2, action='append', default=[], metavar=('DIR', 'WHERE'))
    parser.add_argument('--into', nargs='+', action='append', default=[], metavar=('WHERE', 'FILE'))
    return parser.parse_args(argv)


def main(argv):
    args = parse(argv)
    plan = Plan(plain_modes=args.action == 'make')
    try:
        if args.action == 'make':
            for path in ROOT_DIRS:
                plan.add_dir(path, 0o1777 if path in STICKY_DIRS else 0o700 if path == 'root' else 0o755)
        for folder, where in args.tree:
            plan.add_tree(folder, where)
        for where, *files in args.into:
            for host in files:
                plan.add(os.path.join('/', where.strip('/'), os.path.basename(host)), host)
        if args.action == 'make':
            make(args.image, plan, args.size, args.block)
        elif args.action == 'lay':
            plan.lay(args.image)
        else:
            copy(args.image, args.to)
    except (DiskError, OSError) as error:
        sys.exit('mkdisk: %s' % error)


if __name__ == '__main__':
    main(sys.argv[1:])
