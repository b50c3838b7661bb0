"""Questions that a debugger answers: what is right is kept as a salted hash, so that a hand-out can mark an answer and not tell it.

A lab's answers.txt has a line `name = answer` each; answers.py, which only the teacher has, works out what is right
for this seed, and cut.py writes what `hashed()` makes of it to answers.hashes.
"""
import hashlib
import os
import re

ROUNDS = 100000


def normal(text):
    """An answer as it is compared: numbers in decimal, files without folders, functions without brackets."""
    text = text.strip().strip('.;').lower().replace(' ', '')
    text = re.sub(r'\(.*\)$', '', text)
    text = re.sub(r'^\S*/', '', text)
    try:
        number = int(text, 0)
        return str(number if number >= 0 else number & 0xffffffff)     # gdb may show it signed
    except ValueError:
        return text


def digest(salt, text):
    return hashlib.pbkdf2_hmac('sha256', normal(text).encode(), salt.encode(), ROUNDS).hex()


def hashed(right, seed):
    """answers.hashes for {name: answer}."""
    lines = []
    for name, answer in right.items():
        salt = hashlib.sha256(('%s %s' % (seed, name)).encode()).hexdigest()[:16]
        lines.append('%s %s %s\n' % (name, salt, digest(salt, answer)))
    return ''.join(lines)


def given(text):
    """What stands in an answers.txt: {name: answer}."""
    return dict(re.findall(r'(?m)^(\w+) *= *(\S.*?) *$', text))


def filled(text, right):
    """answers.txt with these answers in it."""
    return re.sub(r'(?m)^(\w+) *=.*$', lambda match: '%s = %s' % (match[1], right[match[1]]) if match[1] in right else match[0], text)


def check(grader, name):
    """Is the student's answer of this name right?  expect() tells the answer that was given, never the right one."""
    with open(os.path.join(grader.folder, 'answers.txt'), encoding='utf-8', errors='replace') as file:
        answer = given(file.read()).get(name, '')
    with open(os.path.join(grader.folder, 'answers.hashes'), encoding='utf-8') as file:
        hashes = {words[0]: words[1:] for words in map(str.split, file)}
    salt, wanted = hashes[name]
    if not answer:
        grader.fail('an answer in answers.txt, behind %s =' % name, 'none')
    if digest(salt, answer[:200]) != wanted:
        grader.fail('the right answer behind %s =' % name, answer[:60])
