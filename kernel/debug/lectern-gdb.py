"""gdb commands for Lectern's kernel; `make debug` loads them.

    ps              every task: pid, state, what it waits in, its name
    waitq ADDR      who sleeps on a wait queue (an address or an expression)
    inode X         an inode: by address, by expression (an inode, dentry or file), or by /path
    pt ADDR         how an address is translated, level by level
    lx-symbols DIR… symbols of loaded modules, and of each that is loaded from now on
    lx-lsmod        modules; lx-ps is ps, lx-dmesg the log

They read the machine's memory only and take no locks: with the machine stopped
nothing moves, but it may have been stopped in the middle of a change.
"""
import atexit
import os
import re
import struct

import gdb

TASK_STATES = [(0x1, 'S'), (0x2, 'D'), (0x4, 'T'), (0x8, 't'), (0x80, 'X'), (0x800, 'N')]
PF_KTHREAD = 0x200000
EXIT_ZOMBIE = 0x10
FILE_KINDS = {0o01: 'fifo', 0o02: 'char device', 0o04: 'directory', 0o06: 'block device',
              0o10: 'file', 0o12: 'symlink', 0o14: 'socket'}
KERNEL_OFFSET = 0xc0000000
CR0_PG = 1 << 31
PTE_FLAGS = ['present', 'writable', 'user', 'write-through', 'uncached', 'accessed', 'dirty', 'large', 'global']
LIST_LIMIT = 10000      # a damaged list must not hold the debugger for ever


def type_of(name):
    return gdb.lookup_type('struct ' + name)


def value_of(text):
    return gdb.parse_and_eval(text)


def container(node, name, member):
    """The struct that holds this list node as its member."""
    kind = type_of(name)
    offset = next(f.bitpos // 8 for f in kind.fields() if f.name == member)
    return gdb.Value(int(node) - offset).cast(kind.pointer())


def each(head, name, member):
    """The structs on a list, given its head."""
    node = head['next']
    for _ in range(LIST_LIMIT):
        if int(node) == int(head.address):
            return
        yield container(node, name, member)
        node = node['next']
    print('(the list goes on; it may be damaged)')


def tasks():
    """Every task: group leaders from init_task on, each with its threads."""
    init = value_of('init_task')
    yield init.address
    for leader in each(init['tasks'], 'task_struct', 'tasks'):
        yield leader
        for thread in each(leader['signal']['thread_head'], 'task_struct', 'thread_node'):
            if int(thread) != int(leader):
                yield thread


def text_of(array):
    return array.string('utf-8', 'replace')


def state_of(task):
    if int(task['exit_state']) & EXIT_ZOMBIE:
        return 'Z'
    state = int(task['state'])
    for bit, letter in TASK_STATES:
        if state & bit:
            return letter
    return 'R+' if int(task['on_cpu']) else 'R'


def kernel_runs():
    """Whether paging is on: before, nothing lies where the kernel's symbols say."""
    return bool(int(value_of('$cr0')) & CR0_PG)


class Command(gdb.Command):
    """Asked before there is a kernel, it says so."""

    def invoke(self, argument, from_tty):
        if not kernel_runs():
            raise gdb.GdbError('The kernel does not run yet: `c` starts it, Ctrl-C stops it.')
        self.run(argument)


class Ps(Command):
    """ps: every task with its state and, asleep, the function it waits in."""

    def __init__(self):
        super().__init__('ps', gdb.COMMAND_STATUS)

    def run(self, argument):
        print('%10s %5s %5s %-2s %-24s %s' % ('task', 'pid', 'ppid', 'st', 'waits in', 'name'))
        for task in tasks():
            reason = task['wait_reason']
            where = reason.string() if int(reason) and int(task['state']) else ''
            name = text_of(task['comm'])
            parent = int(task['parent']['pid']) if int(task['parent']) else 0
            print('%#10x %5d %5d %-2s %-24s %s' % (int(task), int(task['pid']), parent, state_of(task), where,
                  '[%s]' % name if int(task['flags']) & PF_KTHREAD else name))


class Waitq(Command):
    """waitq ADDR: the sleepers of a wait queue, first to be woken first."""

    def __init__(self):
        super().__init__('waitq', gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def run(self, argument):
        head = value_of(argument)
        pointer = type_of('wait_queue_head').pointer()
        if head.type.strip_typedefs().code == gdb.TYPE_CODE_STRUCT:
            head = head.address
        head = head.cast(pointer)
        known = {int(task): task for task in tasks()}
        count = 0
        for entry in each(head['head'], 'wait_queue_entry', 'entry'):
            count += 1
            task = known.get(int(entry['private']))
            who = 'pid %d (%s)' % (int(task['pid']), text_of(task['comm'])) if task else 'private %#x' % int(entry['private'])
            print('%#x %-30s flags %d, woken by %s' % (int(entry), who, int(entry['flags']), entry['func']))
        print('%d sleeping' % count)


def dentry_of(path):
    """Follows a path through the names in memory; what was never looked up is not there."""
    dentry = value_of('init_task.fs->root.dentry')
    for name in [part for part in path.split('/') if part]:
        for child in each(dentry['d_subdirs'], 'dentry', 'd_child'):
            if child['d_name']['name'].cast(gdb.lookup_type('char').pointer()).string() == name:
                dentry = child
                break
        else:
            raise gdb.GdbError('%s is not in the dentry cache' % name)
    return dentry


def inode_of(argument):
    if argument.startswith('/'):
        return dentry_of(argument)['d_inode']
    value = value_of(argument)
    kind = value.type.strip_typedefs()
    target = str(kind.target().unqualified()) if kind.code == gdb.TYPE_CODE_PTR else str(kind)
    if target == 'struct dentry':
        return value['d_inode']
    if target == 'struct file':
        return value['f_inode']
    return value.cast(type_of('inode').pointer())


class Inode(Command):
    """inode X: an inode, by address, by an inode, dentry or file, or by /path."""

    def __init__(self):
        super().__init__('inode', gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    def run(self, argument):
        inode = inode_of(argument)
        if not int(inode):
            raise gdb.GdbError('no inode: a negative dentry')
        mode = int(inode['i_mode'])
        device = int(inode['i_rdev'])
        print('inode %d at %#x, %s of file system %s' % (
            int(inode['i_ino']), int(inode), FILE_KINDS.get(mode >> 12, 'unknown kind'),
            inode['i_sb']['s_type']['name'].string()))
        print('  mode %04o, links %d, references %d, state %#x' % (
            mode & 0o7777, int(inode['i_nlink']), int(inode['i_count']['counter']), int(inode['i_state'])))
        print('  size %d, blocks %d, pages cached %d' % (
            int(inode['i_size']), int(inode['i_blocks']), int(inode['i_mapping']['nrpages'])))
        if FILE_KINDS.get(mode >> 12, '').endswith('device'):
            print('  device %d, %d' % (device >> 20, device & 0xfffff))
        print('  methods %s, %s' % (inode['i_op'], inode['i_fop']))


class Pt(Command):
    """pt ADDR: page directory entry and page table entry of a virtual address."""

    def __init__(self):
        super().__init__('pt', gdb.COMMAND_DATA, gdb.COMPLETE_EXPRESSION)

    @staticmethod
    def word(physical):
        pointer = gdb.lookup_type('unsigned int').pointer()
        return int(gdb.Value(physical + KERNEL_OFFSET).cast(pointer).dereference()) & 0xffffffff

    @staticmethod
    def flags(entry):
        return ', '.join(name for bit, name in enumerate(PTE_FLAGS) if entry & 1 << bit) or 'not present'

    def run(self, argument):
        address = int(value_of(argument)) & 0xffffffff
        directory = int(value_of('$cr3')) & ~0xfff
        entry = self.word(directory + (address >> 22) * 4)
        print('pgd[%4d] at %#010x: %#010x  %s' % (address >> 22, directory, entry, self.flags(entry)))
        if not entry & 1:
            return
        if entry & 0x80:
            print('physical %#010x (4 MiB page)' % ((entry & 0xffc00000) | (address & 0x3fffff)))
            return
        table = entry & ~0xfff
        index = address >> 12 & 0x3ff
        entry = self.word(table + index * 4)
        print('pte[%4d] at %#010x: %#010x  %s' % (index, table, entry, self.flags(entry)))
        if entry & 1:
            print('physical %#010x' % ((entry & ~0xfff) | (address & 0xfff)))


def modules():
    head = value_of('modules')
    return each(head, 'module', 'list') if int(head['next']) else []     # else: the kernel is not there yet


class LxLsmod(Command):
    """lx-lsmod: the loaded modules, where they lie, their size and users."""

    def __init__(self):
        super().__init__('lx-lsmod', gdb.COMMAND_STATUS)

    def run(self, argument):
        print('%-10s %-24s %7s %s' % ('address', 'module', 'size', 'used by'))
        for module in modules():
            users = [text_of(use['source']['name']) for use in each(module['source_list'], 'module_use', 'source_list')]
            print('%#x %-24s %7d %d %s' % (int(module['core_layout']['base']), text_of(module['name']),
                  int(module['core_layout']['size']), int(module['refcnt']['counter']), ','.join(users)))


class LxDmesg(Command):
    """lx-dmesg: the kernel's log."""

    def __init__(self):
        super().__init__('lx-dmesg', gdb.COMMAND_DATA)

    def run(self, argument):
        memory = value_of('&log_text[0]')
        size, records = value_of('sizeof(log_text)'), value_of('sizeof(log_descs) / sizeof(log_descs[0])')
        text = bytes(gdb.selected_inferior().read_memory(int(memory), int(size)))
        for seq in range(int(value_of('first_seq')), int(value_of('next_seq'))):
            record = value_of('log_descs[%d]' % (seq % int(records)))
            at, length = int(record['pos']) % len(text), int(record['len'])
            line = (text + text)[at:at + length].decode('utf-8', 'replace')
            print('[%12.6f] %s' % (int(record['ts_nsec']) / 1e9, line))


def section_names(path):
    """The names of a module file's sections, in their order."""
    with open(path, 'rb') as file:
        data = file.read()
    start, = struct.unpack_from('<I', data, 32)
    size, count, strings = struct.unpack_from('<3H', data, 46)
    headers = [struct.unpack_from('<5I', data, start + i * size) for i in range(count)]
    base = headers[strings][4]
    return [data[base + header[0]:data.index(b'\0', base + header[0])].decode() for header in headers]


class LxSymbols(gdb.Command):
    """lx-symbols [DIR...]: reads the symbols of all modules, also of those loaded later, from their .ko files, which are
    looked for in and below the folders, the current one and the kernel's."""

    MODULE = '.gnu.linkonce.this_module'

    def __init__(self):
        super().__init__('lx-symbols', gdb.COMMAND_FILES, gdb.COMPLETE_FILENAME)
        self.folders, self.loaded, self.watch = [], {}, None

    def invoke(self, argument, from_tty):
        kernel = os.path.dirname(gdb.objfiles()[0].filename)
        self.folders = [os.path.expanduser(folder) for folder in gdb.string_to_argv(argument)] + ['.', kernel]
        if kernel_runs():
            self.load_all()
        else:
            print('The kernel does not run yet: the symbols of each module are read when it is loaded.')
        self.watch = self.watch or WatchLoading(self)

    def load_all(self):
        """What is there now, and nothing of before."""
        for address in self.loaded.values():
            gdb.execute('remove-symbol-file -a %#x' % address, to_string=True)
        self.loaded = {}
        for module in modules():
            self.load(module)

    def files(self, name):
        for folder in self.folders:
            for here, _, files in os.walk(folder):
                yield from (os.path.join(here, file) for file in files
                            if file.endswith('.ko') and file[:-3].replace('-', '_') == name)

    def load(self, module):
        name = text_of(module['name'])
        found = [(path, self.places(module, path)) for path in self.files(name)]
        found = [item for item in found if item[1]]
        # Those of the disk are stripped: rather one that knows its source.
        found.sort(key=lambda item: '.debug_info' not in section_names(item[0]))
        if not found:
            print('%s: the file that was loaded is not below %s' % (name, ', '.join(self.folders)))
            return
        path, sections = found[0]
        gdb.execute('add-symbol-file %s %s' % (path, ' '.join('-s %s %#x' % item for item in sections.items())), to_string=True)
        self.loaded[name] = sections.get('.text') or min(sections.values())
        print('%s: symbols from %s' % (name, path))

    def places(self, module, path):
        """Where each section lies; none if this is not the file that was loaded."""
        table = module['mkobj']['sects']
        names = section_names(path)
        found = {name: int(table[i]['addr']) for i, name in enumerate(names) if int(table[i]['addr'])}
        if found.get(self.MODULE) != int(module):
            return {}
        if int(module['state']) != int(value_of('MODULE_STATE_COMING')):
            found = {name: at for name, at in found.items() if not name.startswith('.init')}
        return found


class WatchLoading(gdb.Breakpoint):
    """A module is about to be started: its symbols, before its init runs."""

    def __init__(self, symbols):
        super().__init__('*start_module', internal=True)
        self.silent, self.symbols = True, symbols

    def stop(self):
        self.symbols.load_all()
        return False


def unlink(path):
    if os.path.islink(path):
        os.unlink(path)


def name_console():
    """Where `make debug` put the console, for who sits at gdb and for `make console`."""
    found = re.search(r'serial0: filename=pty:(\S+)', gdb.execute('monitor info chardev', to_string=True))
    if not found:
        return
    build = os.path.dirname(gdb.objfiles()[0].filename)
    link = os.path.join(build, 'console')
    unlink(link)
    os.symlink(found.group(1), link)
    atexit.register(unlink, link)
    print('The console is %s: `make %sconsole` in another terminal, before `c`.'
          % (found.group(1), 'DEBUG=1 ' if os.path.basename(build) == 'debug' else ''))


class LxPs(Ps):
    """lx-ps: ps, by the name that Linux's scripts give it."""

    def __init__(self):
        gdb.Command.__init__(self, 'lx-ps', gdb.COMMAND_STATUS)


for command in (Ps, Waitq, Inode, Pt, LxLsmod, LxDmesg, LxSymbols, LxPs):
    command()
gdb.execute('set breakpoint pending on')
gdb.execute('set confirm off')
gdb.execute('set pagination off')
gdb.execute('set disassembly-flavor intel')
print('Lectern: ps, waitq ADDR, inode X, pt ADDR, lx-symbols DIR, lx-lsmod, lx-dmesg; `c` goes on, Ctrl-C stops.')
try:
    name_console()
except (gdb.error, OSError):
    pass                # no QEMU, or one of somebody's own
