"""disks: images for the tests, and what e2fsprogs says of them."""
import os
import subprocess
import sys

from machine import TOP, build_dir

sys.path.insert(0, os.path.join(TOP, 'user'))
import mkdisk   # noqa: E402


def root_copy(path):
    """A copy of the pristine root disk that a test may keep and look into."""
    mkdisk.copy(os.path.join(build_dir(), 'root.img'), path)
    return path


def complaints(image):
    """What e2fsck finds wrong with an image, without changing it; '' is what we want."""
    result = subprocess.run([mkdisk.find_tool('e2fsck'), '-fn', image], stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, encoding='utf-8', errors='replace')
    return '' if result.returncode == 0 else result.stdout


def debugfs(image, *requests, write=False):
    """The output of debugfs requests."""
    words = [mkdisk.find_tool('debugfs')] + (['-w'] if write else []) + ['-f', '-', image]
    result = subprocess.run(words, input='\n'.join(requests) + '\n', stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            encoding='utf-8', errors='replace', env=mkdisk.environment())
    return result.stdout


def contents(image, path, scratch):
    """The bytes of a file on an image."""
    target = os.path.join(scratch, 'dump')
    debugfs(image, 'dump "%s" "%s"' % (path, target))
    with open(target, 'rb') as file:
        return file.read()


def overwrite(image, at, data):
    with open(image, 'r+b') as file:
        file.seek(at)
        file.write(data)


def bytes_of(image):
    with open(image, 'rb') as file:
        return file.read()


def block_of(image, path):
    """The number of the first block of a file or directory."""
    return int(debugfs(image, 'blocks "%s"' % path).splitlines()[-1].split()[0])
