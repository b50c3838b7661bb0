#!/usr/bin/env python3
"""A term's worth of submissions that nobody wrote, marked by grade-all, each mark held against what it should be.

    make test-labs BATCH=200

References and mutants of a lab whose work is a module, as folders, ZIPs and git repositories; between them what is nothing at all,
what does not build, and what means harm: to the build, to its machine, to the disk, to whoever reads the output.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import prove        # noqa: E402

GRADE_ALL = os.path.join(os.path.dirname(HERE), 'grade-all')
# What a hostile module does when it is loaded. The rest of it is the bare hand-out, so that its mark is 0.
HARM = {
    'hangs': ('', 'for (;;)\n\t\tcpu_relax();'),
    'panics': ('', 'panic("I give up");'),
    'writes-anywhere': ('', 'memset((void *)0xC0100000, 0, 1 << 20);'),
    'prints-gigabytes': ('', 'for (;;)\n\t\tpr_info("%080d\\n", 1);'),
    'floods-the-channel': ('#include <linux/io.h>\n', 'for (;;)\n\t\toutb(0x4c, 0xe9);'),
    'says-it-for-ever': ('#include <linux/io.h>\n', 'for (;;)\n\t\toutsb(0xe9, "\\x4c\\1\\1\\0x", 5);'),
    'forks-without-end': ('#include <linux/kthread.h>\nstatic int breed(void *data)\n{\n\tfor (;;)\n\t\tkthread_run(breed, NULL, "x");\n\treturn 0;\n}\n',
                          'kthread_run(breed, NULL, "x");'),
    'takes-all-memory': ('#include <linux/slab.h>\n', 'while (kmalloc(4096, GFP_KERNEL))\n\t\t;'),
    'fills-the-disk': ('#include <linux/fs.h>\n', 'struct file *file = filp_open("/root/full", O_CREAT | O_WRONLY, 0600);\n\tloff_t at = 0;\n\n'
                       '\twhile (!IS_ERR(file) && kernel_write(file, (void *)0xC0100000, 4096, &at) > 0)\n\t\t;'),
    'resets-the-machine': ('#include <linux/io.h>\n', 'outb(0xfe, 0x64);'),
    'ends-qemu': ('#include <linux/io.h>\n', 'outb(62, 0xf4);'),
}
# What is wrong before it can be loaded.
UNBUILT = {
    'syntax': 'int main( {',
    'empty': '',
    'reads-the-host': '#include "/etc/shadow"\n',
    'reads-for-ever': '#include "/dev/zero"\n',
    'includes-itself': '#include __FILE__\n',
    'warns-for-ever': '#if __INCLUDE_LEVEL__ < 60\n#warning again\n#include __FILE__\n#include __FILE__\n#endif\n',
    'takes-a-file-in': '__asm__(".incbin \\"/etc/shadow\\"");\n',
    'not-text': '\x00\x01\x02' * 1000,
}


class Batch:
    def __init__(self, lab, folder):
        self.proof = prove.Proof(lab)
        self.folder = folder
        self.points = {row.name: row.points for row in self.proof.rows}
        self.expected = {}

    def put(self, name, files, kind):
        path, suffix = os.path.join(self.folder, name), {'folder': '', 'zip': '.zip', 'git': '.git'}[kind]
        if os.path.exists(path + suffix):       # of a batch that was stopped
            return name + suffix
        if kind == 'zip':
            with zipfile.ZipFile(path + suffix, 'w', zipfile.ZIP_DEFLATED) as archive:
                for file, data in files.items():
                    archive.writestr('lab/' + file, data)
            return name + suffix
        for file, data in files.items():
            os.makedirs(os.path.dirname(os.path.join(path, file)), exist_ok=True)
            with open(os.path.join(path, file), 'wb') as out:
                out.write(data)
        if kind == 'git':
            for words in (['init', '-q', path], ['-C', path, 'add', '-A'],
                          ['-C', path, '-c', 'user.name=student', '-c', 'user.email=s@localhost', 'commit', '-qm', 'mine'],
                          ['clone', '-q', '--bare', path, path + '.git']):
                subprocess.run(['git'] + words, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            shutil.rmtree(path)
        return name + suffix

    def harmful(self, before, inside):
        files = self.proof.files(self.proof.bare)
        path = next(name for name in sorted(files) if name.endswith('.c'))
        source = files[path].decode()
        at = source.index('{\n', source.index('__init')) + 2
        start = source.index('static ', source.index('#include'))
        files[path] = (source[:start] + before + source[start:at] + '\t' + inside + '\n' + source[at:]).encode()
        return files

    def kinds(self):
        """(name, files, points), again and again."""
        whole, full = self.proof.files(self.proof.whole), sum(self.points.values())
        path = next(name for name in sorted(whole) if name.endswith('.c'))
        yield 'reference', whole, full
        for mutant in self.proof.mutants():
            lost = self.proof.expected_losses(mutant.fails)
            yield 'mutant-' + mutant.name.replace(' ', '-'), self.proof.mutated(mutant), full - sum(self.points[name] for name in lost)
        for name, (before, inside) in HARM.items():
            yield name, self.harmful(before, inside), 0
        for name, text in UNBUILT.items():
            yield name, {**whole, path: text.encode()}, 0
        yield 'bare', self.proof.files(self.proof.bare), 0

    def make(self, count):
        made = 0
        while made < count:
            for name, files, points in self.kinds():
                if made == count:
                    break
                kind = ('folder', 'zip', 'git')[made % 3]
                self.expected[self.put('%03d-%s' % (made, name), files, kind)] = points
                made += 1
        for name, data in (('garbage.zip', b'PK\3\4 no archive'), ('notes.txt', b'I could not do it'), ('broken.git', b'ref: nowhere')):
            with open(os.path.join(self.folder, name), 'wb') as file:
                file.write(data)
            self.expected[name] = 0
        os.makedirs(os.path.join(self.folder, 'nothing'), exist_ok=True)
        self.expected['nothing'] = 0
        with zipfile.ZipFile(os.path.join(self.folder, 'bomb.zip'), 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(next(iter(self.proof.files(self.proof.bare))), b'\0' * (200 << 20))
        self.expected['bomb.zip'] = 0

    def judge(self):
        wrong = []
        for name, points in sorted(self.expected.items()):
            try:
                with open(os.path.join(self.folder, 'results', name + '.json'), encoding='utf-8') as file:
                    mark = json.load(file)
            except (OSError, ValueError) as problem:
                wrong.append('%s: no mark: %s' % (name, problem))
                continue
            if mark['score'] != points:
                wrong.append('%s: %d points, not %d: %s' % (name, mark['score'], points, mark['reason'] or [
                    test['name'] for test in mark['tests'] if test['status'] != 'passed']))
            if 'root:' in json.dumps(mark):
                wrong.append('%s: read a file of the host' % name)
        return wrong


def main():
    parser = argparse.ArgumentParser(prog='batch.py', description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('count', type=int)
    parser.add_argument('--lab', default='03')
    parser.add_argument('--jobs', type=int, default=os.cpu_count() or 2)
    parser.add_argument('--write', action='store_true', help='write the result into docs/reference/labs.md')
    parser.add_argument('--keep', metavar='DIR', help='a folder to work in, which stays; with one that was stopped, it goes on')
    args = parser.parse_args()
    folder = args.keep or tempfile.mkdtemp(prefix='batch.')
    os.makedirs(folder, exist_ok=True)
    batch = Batch(args.lab, folder)
    batch.make(args.count)
    began = time.monotonic()
    subprocess.run([GRADE_ALL, '--lab', args.lab, '--jobs', str(args.jobs), folder])
    wrong = batch.judge()
    minutes = (time.monotonic() - began) / 60
    print('\n'.join(wrong + ['%d submissions in %.1f minutes, %d marks not as they should be' % (len(batch.expected), minutes, len(wrong))]))
    if args.write:
        prove.write_page(batch='%s%d submissions of lab %s, marked with %d jobs: %.0f minutes, %d marks as they should be.' % (
            prove.BATCH, len(batch.expected), args.lab, args.jobs, minutes, len(batch.expected) - len(wrong)))
    if not args.keep:
        shutil.rmtree(folder)
    sys.exit(1 if wrong else 0)


if __name__ == '__main__':
    main()
