#!/usr/bin/env python3
"""Makes the table of names and source lines for kernel/debug/kallsyms.c.

usage: mksyms.py OUTPUT KERNEL.elf [SOURCE_ROOT]

Reads the symbols and .debug_line (DWARF 2 to 5) of the first link itself: a
tool's text output of it would take longer to parse than the table itself.
The layout of OUTPUT is described in kallsyms.c.
"""

import os
import struct
import sys

LINES_A_BLOCK = 64
DATA = {'sys_call_table'}       # that modules look up by name, too
MAGIC = b'SYM1'

DW_LNCT_PATH, DW_LNCT_DIRECTORY = 1, 2
DW_FORM_BLOCK, DW_FORM_DATA2, DW_FORM_DATA4, DW_FORM_STRING = 0x09, 0x05, 0x06, 0x08
DW_FORM_DATA1, DW_FORM_STRP, DW_FORM_UDATA, DW_FORM_DATA16 = 0x0b, 0x0e, 0x0f, 0x1e
DW_FORM_LINE_STRP = 0x1f


def read_elf(path):
    """The image and its sections by name: (address, offset, size, flags)."""
    with open(path, 'rb') as f:
        data = f.read()
    if data[:5] != b'\x7fELF\x01':
        sys.exit(f'{path}: not a 32-bit ELF file')
    shoff, = struct.unpack_from('<I', data, 32)
    shentsize, shnum, shstrndx = struct.unpack_from('<HHH', data, 46)
    rows = [struct.unpack_from('<10I', data, shoff + i * shentsize) for i in range(shnum)]
    names = rows[shstrndx][4]
    sections, order = {}, []
    for name, _type, flags, addr, offset, size, *_ in rows:
        text = c_string(data, names + name)
        sections[text] = (addr, offset, size, flags)
        order.append(text)
    return data, sections, order


def c_string(data, at):
    return data[at:data.index(b'\0', at)].decode()


def read_symbols(data, sections, order):
    """(address, name) of functions and labels in executable sections, one an address."""
    _, offset, size, _ = sections['.symtab']
    strings = sections['.strtab'][1]
    executable = {i for i, name in enumerate(order) if sections[name][3] & 4}
    best = {}
    for name, value, _size, info, _other, shndx in struct.iter_unpack(
            '<IIIBBH', data[offset:offset + size]):
        kind, bind = info & 15, info >> 4
        text = c_string(data, strings + name)
        if text not in DATA and (shndx not in executable or kind > 2 or not text):
            continue
        if text.startswith(('.L', '$')) or '@' in text:
            continue
        # functions before labels, global before local, then the shorter name
        rank = (kind != 2, bind == 0, len(text), text)
        if value not in best or rank < best[value]:
            best[value] = rank
    return sorted((addr, rank[3]) for addr, rank in best.items())


class LineReader:
    """Walks .debug_line."""

    def __init__(self, data, sections):
        self.data = data
        self.sections = sections
        self.rows = []          # (address, file, line); file None ends a sequence

    def uleb(self, at):
        value = shift = 0
        while True:
            byte = self.data[at]
            at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value, at

    def sleb(self, at):
        value, end = self.uleb(at)
        bits = 7 * (end - at)
        return (value - (1 << bits) if value >> (bits - 1) & 1 else value), end

    def form(self, form, at):
        if form == DW_FORM_STRING:
            text = c_string(self.data, at)
            return text, at + len(text.encode()) + 1
        if form in (DW_FORM_LINE_STRP, DW_FORM_STRP):
            base = self.sections['.debug_line_str' if form == DW_FORM_LINE_STRP
                                 else '.debug_str'][1]
            return c_string(self.data, base + struct.unpack_from('<I', self.data, at)[0]), at + 4
        if form == DW_FORM_UDATA:
            return self.uleb(at)
        if form == DW_FORM_BLOCK:
            size, at = self.uleb(at)
            return None, at + size
        size = {DW_FORM_DATA1: 1, DW_FORM_DATA2: 2, DW_FORM_DATA4: 4, DW_FORM_DATA16: 16}[form]
        return int.from_bytes(self.data[at:at + size], 'little'), at + size

    def entries(self, at):
        """A directory or file table of DWARF 5: [(path, directory index)]."""
        formats = []
        count = self.data[at]
        at += 1
        for _ in range(count):
            content, at = self.uleb(at)
            form, at = self.uleb(at)
            formats.append((content, form))
        count, at = self.uleb(at)
        found = []
        for _ in range(count):
            row = {}
            for content, form in formats:
                row[content], at = self.form(form, at)
            found.append((row.get(DW_LNCT_PATH, ''), row.get(DW_LNCT_DIRECTORY, 0)))
        return found, at

    def old_tables(self, at):
        """The tables up to DWARF 4; index 0 is the compilation itself."""
        directories, files = [''], [('', 0)]
        while self.data[at]:
            text = c_string(self.data, at)
            at += len(text.encode()) + 1
            directories.append(text)
        at += 1
        while self.data[at]:
            text = c_string(self.data, at)
            at += len(text.encode()) + 1
            directory, at = self.uleb(at)
            _, at = self.uleb(at)
            _, at = self.uleb(at)
            files.append((text, directory))
        return directories, files

    def read(self):
        _, at, size, _ = self.sections['.debug_line']
        end = at + size
        while at < end:
            at = self.unit(at)

    def unit(self, at):
        length, version = struct.unpack_from('<IH', self.data, at)
        end = at + 4 + length
        at += 6
        if version >= 5:
            at += 2                                     # address size, selector size
        header_length, = struct.unpack_from('<I', self.data, at)
        program = at + 4 + header_length
        at += 4
        min_inst = self.data[at]
        at += 2 if version >= 4 else 1                  # operations an instruction
        _default, line_base, line_range, opcode_base = struct.unpack_from('<BbBB', self.data, at)
        at += 4
        lengths = (0,) + tuple(self.data[at:at + opcode_base - 1])
        at += opcode_base - 1
        if version >= 5:
            found, at = self.entries(at)
            directories = [path for path, _ in found]
            files, _ = self.entries(at)
        else:
            directories, files = self.old_tables(at)
        paths = [name if name.startswith('/') or not directories[d] else f'{directories[d]}/{name}'
                 for name, d in files]
        self.program(program, end, (min_inst, line_base, line_range, opcode_base, lengths), paths)
        return end

    def program(self, at, end, header, paths):
        min_inst, line_base, line_range, opcode_base, lengths = header
        data, rows = self.data, self.rows
        addr, file, line = 0, 1, 1
        while at < end:
            op = data[at]
            at += 1
            if op >= opcode_base:
                op -= opcode_base
                addr += op // line_range * min_inst
                line += line_base + op % line_range
                rows.append((addr, paths[file], line))
            elif op == 1:                               # copy
                rows.append((addr, paths[file], line))
            elif op == 2:                               # advance address
                step, at = self.uleb(at)
                addr += step * min_inst
            elif op == 3:                               # advance line
                step, at = self.sleb(at)
                line += step
            elif op == 4:                               # file
                file, at = self.uleb(at)
            elif op == 8:                               # constant add address
                addr += (255 - opcode_base) // line_range * min_inst
            elif op == 9:                               # fixed advance address
                addr += struct.unpack_from('<H', data, at)[0]
                at += 2
            elif op == 0:
                size, at = self.uleb(at)
                if data[at] == 1:                       # end of sequence
                    rows.append((addr, None, 0))
                    addr, file, line = 0, 1, 1
                elif data[at] == 2:                     # set address
                    addr, = struct.unpack_from('<I', data, at + 1)
                at += size
            else:
                for _ in range(lengths[op]):
                    _, at = self.uleb(at)


def read_lines(data, sections, root):
    """[(address, path or None, line)], ascending, without repetitions."""
    reader = LineReader(data, sections)
    if '.debug_line' in sections:
        reader.read()
    low = min(addr for addr, _, _, flags in sections.values() if flags & 4)
    # An end and a beginning at one address: the beginning counts, so it sorts last.
    rows = sorted((row for row in reader.rows if row[0] >= low),
                  key=lambda row: (row[0], row[1] is not None))
    names = {None: None}
    lines = []
    for addr, path, line in rows:
        if path not in names:
            names[path] = os.path.relpath(path, root) if path.startswith('/') else \
                os.path.normpath(path)
        entry = (addr, names[path], min(line, 65535))
        if lines and lines[-1][0] == addr:
            lines.pop()
        if not lines or lines[-1][1:] != entry[1:]:
            lines.append(entry)
    return lines


def uleb_bytes(value):
    out = bytearray()
    while True:
        byte = value & 127
        value >>= 7
        if not value:
            out.append(byte)
            return out
        out.append(byte | 128)


def pack(symbols, lines):
    files = {}
    blocks, runs = bytearray(), bytearray()
    last = (0, 0, 0)
    for i, (addr, path, line) in enumerate(lines):
        number = 0 if path is None else files.setdefault(path, len(files) + 1)
        if i % LINES_A_BLOCK == 0:
            blocks += struct.pack('<IHHI', addr, number, line, len(runs))
        else:
            changed = number != last[1]
            runs += uleb_bytes((addr - last[0]) << 1 | changed)
            step = line - last[2]
            runs += uleb_bytes(step << 1 if step >= 0 else -step * 2 - 1)
            if changed:
                runs += uleb_bytes(number)
        last = (addr, number, line)
    runs += bytes(-len(runs) % 4)
    names = bytearray()

    def put(text):
        names.extend(text.encode() + b'\0')
        return len(names) - len(text.encode()) - 1

    name_offsets = [put(name) for _, name in symbols]
    file_offsets = [put(path) for path in files]
    return b''.join((
        MAGIC, struct.pack('<5I', len(symbols), len(blocks) // 12, len(files), len(runs), last[0]),
        struct.pack(f'<{len(symbols)}I', *(addr for addr, _ in symbols)),
        struct.pack(f'<{len(symbols)}I', *name_offsets), blocks,
        struct.pack(f'<{len(files)}I', *file_offsets), runs, names))


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    output, kernel = sys.argv[1:3]
    root = os.path.abspath(sys.argv[3] if len(sys.argv) == 4 else '.')
    data, sections, order = read_elf(kernel)
    symbols = read_symbols(data, sections, order)
    lines = read_lines(data, sections, root)
    with open(output, 'wb') as f:
        f.write(pack(symbols, lines))


if __name__ == '__main__':
    main()
