"""Lab 01's mutants: mistakes of who writes, reads and mends for the first time."""

RIDDLE = 'drivers/samples/riddle.c'
MISHAP = 'drivers/samples/mishap.c'
GIVEN = 'docs/labs/01-first-boot/answers.txt'
HELLO = '	pr_info("riddle: %s: %lu kB, loaded by %s (%d)\\n", name, totalram_pages() << (PAGE_SHIFT - 10), current->comm, current->pid);\n'


def hello(old, new):
    return HELLO.replace(old, new)


def wrong(name, old, new):
    return Mutant('%s is wrong' % name, GIVEN, old, new, name)      # noqa: F821


MUTANTS = [     # noqa: F821
    Mutant('says nothing', RIDDLE, HELLO, '', 'hello'),
    Mutant('says it when it goes', RIDDLE, [HELLO, '	pr_notice('], ['', HELLO + '	pr_notice('], 'hello_loader hello_pid'),
    Mutant('says it twice', RIDDLE, HELLO, HELLO + HELLO, 'hello'),
    Mutant('always the same name', RIDDLE, HELLO, hello(', name,', ', "nobody",'), 'hello_name'),
    Mutant('pages, not kilobytes', RIDDLE, HELLO, hello(' << (PAGE_SHIFT - 10)', ''), 'hello_memory'),
    Mutant('memory that was seen once', RIDDLE, HELLO, hello('totalram_pages() << (PAGE_SHIFT - 10)', '46452ul'), 'hello_memory'),
    Mutant('insmod, whoever it was', RIDDLE, HELLO, hello('current->comm', '"insmod"'), 'hello_loader'),
    Mutant('the pid of init', RIDDLE, HELLO, hello('current->pid', '1'), 'hello_pid'),
    Mutant('the wrong urgency', RIDDLE, HELLO, hello('pr_info', 'pr_err'), 'hello_level'),
    Mutant('no level at all', RIDDLE, HELLO, hello('pr_info', 'printk'), 'hello_level'),
    Mutant('no good-bye', RIDDLE, '	pr_notice("riddle: %s: stayed %lu s\\n", name, (jiffies - loaded) / HZ);\n', '', 'goodbye'),
    Mutant('good-bye at the level of hello', RIDDLE, 'pr_notice(', 'pr_info(', 'goodbye_level'),
    Mutant('jiffies for seconds', RIDDLE, '(jiffies - loaded) / HZ', 'jiffies - loaded', 'goodbye_seconds'),
    Mutant('since power-on', RIDDLE, '(jiffies - loaded) / HZ', '(jiffies - INITIAL_JIFFIES) / HZ', 'goodbye_seconds'),
    Mutant('milliseconds', RIDDLE, '(jiffies - loaded) / HZ', '(jiffies - loaded) * 1000 / HZ', 'goodbye_seconds'),
    wrong('turn13', 'turn13 = 0x', 'turn13 = 0x1'),
    wrong('caller', 'caller = ', 'caller = w'),
    wrong('balance', 'balance = ', 'balance = 1'),
    wrong('first5a', 'first5a = 0x', 'first5a = 0xf'),
    Mutant('an answer left out', GIVEN, 'turn13 = ', '#', 'turn13'),
    wrong('find_line', 'find_line = mishap.c:', 'find_line = mishap.c:1'),
    wrong('mirror_line', 'mirror_line = mishap.c:', 'mirror_line = mishap.c:1'),
    Mutant('the line that the report names first', GIVEN, 'keep_line = mishap.c:', 'keep_line = slab.c:175 #', 'keep_line'),
    Mutant('nothing to be found is no error', MISHAP, '		return -ENOENT;\n', '		return 0;\n', 'find_mended'),
    Mutant('the wrong error', MISHAP, '		return -ENOENT;\n', '		return -EINVAL;\n', 'find_mended'),
    Mutant('not mended: a pointer to nothing', MISHAP, '	if (!parcel)\n		return -ENOENT;\n', '', 'find_mended'),
    Mutant('looked at after it was used', MISHAP, ['	if (!parcel)\n		return -ENOENT;\n', '	say(text);\n	return 0;\n'],
           ['', '	if (!parcel)\n		return -ENOENT;\n	say(text);\n	return 0;\n'], 'find_mended'),
    Mutant('not mended: one byte short', MISHAP, 'kmalloc(length + 1, GFP_KERNEL)', 'kmalloc(length, GFP_KERNEL)', 'mirror_mended'),
    Mutant('mended by saying less', MISHAP, "	copy[length] = '\\0';\n", "	copy[length - 1] = '\\0';\n", 'mirror_mended'),
    Mutant('no end at all', MISHAP, "	copy[length] = '\\0';\n", '', 'mirror_mended'),
    Mutant('not mended: sleeps under the lock', MISHAP, '	kept = fresh;\n', '	kfree(fresh);\n	kept = kstrdup(word, GFP_KERNEL);\n', 'keep_mended'),
    Mutant('the old word is lost', MISHAP, '	say(old ?: "nothing");\n', '	say("nothing");\n', 'keep_mended'),
    Mutant('freed before it is said', MISHAP, '	say(old ?: "nothing");\n	kfree(old);\n', '	kfree(old);\n	say(old ?: "nothing");\n', 'keep_mended'),
    Mutant('the lock is not given back', MISHAP, '	kept = fresh;\n', '	kept = fresh;\n	if (old) {\n		say(old);\n		kfree(old);\n		return 0;\n	}\n', 'keep_mended'),
    Mutant('no sleep, but no memory either', MISHAP, 'kstrdup(word, GFP_KERNEL)', 'kstrdup(word, GFP_ATOMIC)', '',
           'an allocation that may not sleep is worse where one may, but does not fail in a machine with memory'),
]
