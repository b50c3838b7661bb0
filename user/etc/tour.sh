#!/bin/sh
# /etc/tour.sh: a guided tour of the system calls, one after the other.
# Each step says which calls it makes, and makes them. On a terminal it waits
# for Enter between the chapters; -q runs through.

quiet=
if [ "$1" = -q ] || [ ! -t 0 ]; then
	quiet=1
fi
work=/tmp/tour.$$
failed=0

chapter() {
	if [ -z "$quiet" ] && [ -n "$started" ]; then
		echo
		echo '-- Enter goes on --'
		read line
	fi
	started=1
	echo
	echo "== $*"
}

# try CALLS COMMAND...: shows both, runs the command, and notes a failure
try() {
	echo
	echo "   # $1"
	shift
	echo "   \$ $*"
	eval "$@"
	status=$?
	if [ $status -ne 0 ]; then
		echo "   (status $status)"
		failed=$((failed + 1))
	fi
}

mkdir -p "$work" && cd "$work" || exit 1
if [ -r /proc/syscalls ]; then
	cat /proc/syscalls >before
fi

chapter '1. Descriptors: a file is a number, and four calls do the rest'
try 'open, write, close' 'echo hello >greeting'
try 'open, read until it says 0, write to 1, close' 'cat greeting'
try 'open with O_APPEND' 'echo again >>greeting'
try 'dup2: descriptor 2 becomes what 1 is' 'ls /nowhere >all 2>&1; cat all'
try 'lseek: half of it is skipped without being read' 'dd if=greeting bs=1 skip=6 status=none'
try 'fcntl: a script is kept on a descriptor that exec closes' 'echo echo from a script >script; sh script'
try 'ftruncate, fsync' 'dd if=/dev/zero of=zeroes bs=1k count=4 conv=fsync status=none; ls -l zeroes'

chapter '2. Names: directories, links, and what stat tells'
try 'mkdir, rmdir' 'mkdir -p a/b/c; rmdir a/b/c'
try 'link: two names, one inode' 'ln greeting second; ls -li greeting second'
try 'symlink, readlink' 'ln -s greeting third; ls -l third'
try 'rename: in one step' 'mv second fourth; ls'
try 'unlink: the file goes with its last name' 'rm fourth third; cat greeting'
try 'getdents64, lstat' 'ls -la .'
try 'chmod, umask' 'chmod u=rw,go= greeting; umask; ls -l greeting'
try 'utimensat, or utime' 'touch greeting; test greeting -nt script; echo newer'
try 'chdir, getcwd' 'cd a && pwd; cd ..'
try 'access' 'test -x greeting || echo not executable'

chapter '3. Devices: names for drivers'
try 'stat: where a file has a size, a device has two numbers' 'ls -l /dev/null /dev/zero /dev/ttyS0'
try 'mknod: a name for the driver of major 1, minor 5' 'mknod myzero c 1 5; head -c 4 myzero | hexdump -C'
try 'a write that is thrown away, and one that finds no room' 'echo gone >/dev/null; echo none >/dev/full; true'
try 'ioctl: things that are neither read nor write' 'stty -a </dev/ttyS0 | head -n 2'

chapter '4. Processes: fork, execve, exit, wait'
try 'fork, execve, wait4' 'true; echo $?; false; echo $?'
try 'fork without execve: a part of the shell' '(echo child $$; exit 3); echo its status: $?'
try 'getpid, getppid' 'echo I am $$; ps | head -n 5'
try 'pipe: three processes at once' 'seq 1 100 | sort -rn | head -n 3'
try 'a script is run by the program its first line names' 'printf "#!/bin/sh\necho run by execve\n" >run; chmod +x run; ./run'
try 'nanosleep, gettimeofday' 'sleep 0.1; date'
try 'brk, mmap: memory' 'seq 1 20000 | sort -n | tail -n 1'

chapter '5. Signals'
try 'kill, rt_sigaction: the shell handles it' 'trap "echo got it" USR1; kill -USR1 $$; trap - USR1'
try 'kill: the default is the end' 'sleep 10 & kill $!; wait $!; echo status $? is 128 + 15; true'
try 'a fault is a signal too: SIGPIPE' 'seq 1 100000 | head -n 1'

chapter '6. Waiting: FIFOs, and who wakes whom'
try 'mknod, open: which waits for the other end' 'mkfifo fifo; echo through the fifo >fifo & cat fifo; wait'
try 'read on an empty pipe sleeps; the write wakes it' '(sleep 0.2; echo late) | cat'

chapter '7. File systems'
try 'mount, umount2, statfs' 'mkdir m; mount -t tmpfs tmpfs m && echo in memory >m/f && cat m/f && umount m; ls m'
try 'sync' 'sync'
try 'uname' 'uname -a'
try 'syslog' 'dmesg | tail -n 3'

if [ -r before ]; then
	chapter 'What was called'
	cat /proc/syscalls >after
	echo
	echo 'Calls that the tour made (/proc/syscalls counts them):'
	grep -v ' 0$' after | wc -l
fi
cd /
rm -rf "$work"
echo
if [ $failed -ne 0 ]; then
	echo "tour: $failed steps failed"
	exit 1
fi
echo 'tour: every step did what it says. docs/reference/syscalls.md names the rest.'
