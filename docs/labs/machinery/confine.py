"""Runs what a submission brings so that it sees its own folder and the system's programs, and nothing else.

bubblewrap makes the room: no network, no other processes, no home folders, /usr to be read. Limits on time, memory,
processes and the size of files are the kernel's own (setrlimit).
"""
import os
import resource
import shutil
import subprocess
import tempfile

BUILD_SECONDS = 240
MEMORY = 2 << 30                # bytes of address space a process may have
PROCESSES = 4096                # of one user, who may do other things beside; root has no such bound
SAID_BYTES = 1 << 20            # of what a build says, so much is kept
FILE_BYTES = 160 << 20          # a linked kernel, a disk image; a console that prints for ever ends here
SYSTEM = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/etc/alternatives', '/etc/ld.so.cache']


def room(folders, read=(), chdir=None):
    """The words before a command that put it into a room with these folders of the host's."""
    words = ['bwrap', '--unshare-all', '--die-with-parent', '--new-session', '--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp']
    for path in SYSTEM:
        if os.path.islink(path):
            words += ['--symlink', os.readlink(path), path]
        elif os.path.exists(path):
            words += ['--ro-bind', path, path]
    for path in read:
        words += ['--ro-bind', path, path]
    for path in folders:
        words += ['--bind', path, path]
    words += ['--clearenv', '--setenv', 'PATH', '/usr/bin:/bin:/usr/sbin:/sbin', '--setenv', 'LC_ALL', 'C.UTF-8', '--setenv', 'HOME', '/tmp']
    if chdir:
        words += ['--chdir', chdir]
    return words


def limits(seconds):
    if not shutil.which('prlimit'):         # not Linux: the runner's own clock is all there is
        return []
    most = resource.getrlimit(resource.RLIMIT_NPROC)[1]
    processes = PROCESSES if most == resource.RLIM_INFINITY else min(PROCESSES, most)
    return ['prlimit', '--nproc=%d' % processes, '--fsize=%d' % FILE_BYTES, '--as=%d' % MEMORY, '--cpu=%d' % seconds, '--core=0', '--']


def works():
    """Whether a room can be made at all."""
    if not shutil.which('bwrap'):
        return False
    result = subprocess.run(room([]) + ['true'], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return result.returncode == 0


def build(tree, words, confined=True, seconds=BUILD_SECONDS):
    """Runs a command in a tree. (status, or None if its time was up; what it said first)"""
    command = limits(seconds) + (room([tree], chdir=tree) if confined else []) + words
    clean = {key: value for key, value in os.environ.items() if key not in ('MAKEFLAGS', 'MAKELEVEL', 'MFLAGS')}
    with tempfile.TemporaryFile() as output, \
            subprocess.Popen(command, cwd=tree, env=clean, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                             start_new_session=True) as process:        # a file, so that its size has a bound
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired:
            status = None
            os.killpg(process.pid, 9)
            process.wait()
        output.seek(0)
        return status, output.read(SAID_BYTES).decode('utf-8', 'replace')


def machines(tree, seconds, confined=True):
    """What a Machine's `wrap` is set to: QEMU may use so many seconds of a processor, in a room with its own
    folder, and the tree to be read. It is its processor's time, so that others on the machine cost no marks."""
    def wrap(words, folder):
        return limits(seconds) + (room([folder], read=[tree]) if confined else []) + words
    return wrap
