/*
 * Files: ways to open them, positions, holes, lengths, reading and writing in
 * pieces and from one descriptor to the other.
 * host: yes
 */
#include <limits.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include "case.h"

#define NAME "files.tmp"

static char buf[3 * PAGE];

static void open_creates_with_the_mode(void)
{
	mode_t old = umask(027);
	int fd = syscall(SYS_open, NAME, O_WRONLY | O_CREAT, 0666);
	struct stat st;

	umask(old);
	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0640);
	close(fd);
	CHECK_FAILS(open(NAME, O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	CHECK_EQ(unlink(NAME), 0);
	CHECK_FAILS(open(NAME, O_RDONLY), ENOENT);
}

static void creat_truncates(void)
{
	struct stat st;
	int fd;

	close(file_with(NAME, "something"));
	fd = syscall(SYS_creat, NAME, 0600);
	CHECK(fd >= 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, 0);
	CHECK_FAILS(read(fd, buf, 1), EBADF);
	CHECK_EQ(close(fd), 0);
}

static void access_modes_are_kept(void)
{
	int fd;

	close(file_with(NAME, "x"));
	fd = open(NAME, O_RDONLY);
	CHECK_FAILS(write(fd, "y", 1), EBADF);
	CHECK_FAILS(ftruncate(fd, 0), EINVAL);
	close(fd);
	fd = open(NAME, O_WRONLY);
	CHECK_FAILS(read(fd, buf, 1), EBADF);
	close(fd);
}

static void append_writes_at_the_end(void)
{
	int fd = file_with(NAME, "abc"), other = open(NAME, O_WRONLY | O_APPEND);

	CHECK_EQ(write(other, "def", 3), 3);
	CHECK_EQ(lseek(other, 0, SEEK_SET), 0);
	CHECK_EQ(write(other, "ghi", 3), 3);
	CHECK_EQ(lseek(other, 0, SEEK_CUR), 9);
	CHECK_EQ(read(fd, buf, 20), 9);
	CHECK(memcmp(buf, "abcdefghi", 9) == 0);
	close(fd);
	close(other);
}

static void flags_about_kinds(void)
{
	CHECK_FAILS(open(".", O_WRONLY), EISDIR);
	CHECK_FAILS(open(NAME, O_RDONLY | O_DIRECTORY), ENOTDIR);
	CHECK_FAILS(open(NAME "/below", O_RDONLY), ENOTDIR);
	CHECK_FAILS(open(NAME "/", O_RDONLY), ENOTDIR);
	CHECK_EQ(symlink(NAME, "files.link"), 0);
	CHECK_FAILS(open("files.link", O_RDONLY | O_NOFOLLOW), ELOOP);
	CHECK_FAILS(open("files.link", O_CREAT | O_EXCL | O_RDWR, 0600), EEXIST);
	unlink("files.link");
	CHECK_FAILS(open("", O_RDONLY), ENOENT);
}

static void path_descriptors_only_name(void)
{
	struct stat st;
	int fd = open(NAME, O_PATH);

	CHECK(fd >= 0);
	CHECK_FAILS(read(fd, buf, 1), EBADF);
	CHECK_FAILS(write(fd, buf, 1), EBADF);
	CHECK_FAILS(fchmod(fd, 0600), EBADF);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(S_ISREG(st.st_mode));
	close(fd);
}

static void seeks_are_checked(void)
{
	int fd = file_with(NAME, "0123456789"), pipes[2];

	CHECK_EQ(syscall(SYS_lseek, fd, 4, SEEK_SET), 4);
	CHECK_EQ(syscall(SYS_lseek, fd, 2, SEEK_CUR), 6);
	CHECK_EQ(syscall(SYS_lseek, fd, -1, SEEK_END), 9);
	CHECK_EQ(read(fd, buf, 10), 1);
	CHECK_EQ(buf[0], '9');
	CHECK_FAILS(syscall(SYS_lseek, fd, -11, SEEK_END), EINVAL);
	CHECK_FAILS(syscall(SYS_lseek, fd, 0, 77), EINVAL);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 10);
	CHECK_EQ(lseek(fd, 0x123456789LL, SEEK_SET), 0x123456789LL);
	CHECK_EQ(read(fd, buf, 1), 0);
	close(fd);
	pipe(pipes);
	CHECK_FAILS(lseek(pipes[0], 0, SEEK_SET), ESPIPE);
	CHECK_FAILS(pread(pipes[0], buf, 1, 0), ESPIPE);
	close(pipes[0]);
	close(pipes[1]);
	CHECK_FAILS(lseek(pipes[0], 0, SEEK_SET), EBADF);
}

static void llseek_stores_its_result(void)
{
	int fd = file_with(NAME, "0123456789");
	long long where = -1;

	CHECK_EQ(syscall(SYS__llseek, fd, 2, 5, &where, SEEK_SET), 0);
	CHECK_EQ(where, 0x200000005LL);
	CHECK_FAILS(syscall(SYS__llseek, fd, 0, 0, NOWHERE, SEEK_SET), EFAULT);
	CHECK_FAILS(syscall(SYS__llseek, fd, 0, 0, &where, 99), EINVAL);
	close(fd);
}

static void holes_read_as_zeros(void)
{
	int fd = file_with(NAME, "");
	struct stat st;

	CHECK_EQ(pwrite(fd, "end", 3, 300000), 3);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, 300003);
	CHECK(st.st_blocks * 512 < 200000);
	memset(buf, 'x', sizeof(buf));
	CHECK_EQ(pread(fd, buf, 100, 150000), 100);
	CHECK(buf[0] == 0 && buf[99] == 0 && buf[100] == 'x');
	CHECK_EQ(pread(fd, buf, 100, 299998), 5);
	CHECK(memcmp(buf, "\0\0end", 5) == 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
	close(fd);
}

static void lengths_by_name_and_descriptor(void)
{
	int fd = file_with(NAME, "0123456789");
	struct stat st;

	CHECK_EQ(syscall(SYS_truncate, NAME, 4), 0);
	CHECK_EQ(syscall(SYS_ftruncate, fd, 6), 0);
	CHECK_EQ(read(fd, buf, 20), 6);
	CHECK(memcmp(buf, "0123\0\0", 6) == 0);
	CHECK_EQ(syscall(SYS_truncate64, NAME, 5000, 0), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_size, 5000);
	CHECK_EQ(ftruncate(fd, 1), 0);
	CHECK_EQ(ftruncate(fd, 5000), 0);
	CHECK_EQ(pread(fd, buf, 5000, 0), 5000);
	CHECK(buf[0] == '0' && buf[1] == 0 && buf[4096] == 0 && buf[4999] == 0);
	CHECK_FAILS(truncate(NAME, -1), EINVAL);
	CHECK_FAILS(truncate(".", 0), EISDIR);
	CHECK_FAILS(truncate("files.none", 0), ENOENT);
	close(fd);
}

static void vectors_read_and_write(void)
{
	struct iovec out[3] = { { "ab", 2 }, { NULL, 0 }, { "cde", 3 } };
	struct iovec in[2] = { { buf, 1 }, { buf + 100, 10 } };
	struct iovec huge[2] = { { buf, 0x7fffffff }, { buf, 0x7fffffff } };
	int fd = file_with(NAME, "");

	CHECK_EQ(writev(fd, out, 3), 5);
	CHECK_EQ(pwritev(fd, out, 3, 10), 5);
	CHECK_EQ(preadv(fd, in, 2, 11), 4);
	CHECK(buf[0] == 'b' && memcmp(buf + 100, "cde", 3) == 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 5);
	lseek(fd, 0, SEEK_SET);
	CHECK_EQ(readv(fd, in, 2), 11);
	CHECK(buf[0] == 'a' && memcmp(buf + 100, "bcde\0\0\0\0\0a", 10) == 0);
	CHECK_EQ(readv(fd, in, 0), 0);
	CHECK_FAILS(readv(fd, in, -1), EINVAL);
	CHECK_FAILS(readv(fd, in, UIO_MAXIOV + 1), EINVAL);
	CHECK_FAILS(preadv(fd, in, 2, -1), EINVAL);
	huge[0].iov_len = -1;
	CHECK_FAILS(writev(fd, huge, 2), EINVAL);
	close(fd);
}

static void a_vector_stops_at_bad_memory(void)
{
	struct iovec out[2] = { { "good", 4 }, { UNMAPPED, 4 } };
	int fd = file_with(NAME, "");

	CHECK_EQ(writev(fd, out, 2), 4);
	CHECK_FAILS(writev(fd, out + 1, 1), EFAULT);
	CHECK_FAILS(writev(fd, NOWHERE, 1), EFAULT);
	out[1] = out[0];
	out[0] = (struct iovec){ NULL, 0 };	/* an empty one is not looked at */
	CHECK_EQ(writev(fd, out, 2), 4);
	close(fd);
}

static void sendfile_copies(void)
{
	int in = file_with(NAME, "0123456789"), out = file_with("files.out", "");
	off_t at = 6;
	long at32 = 2;
	int ends[2];

	CHECK_EQ(sendfile(out, in, NULL, 4), 4);
	CHECK_EQ(lseek(in, 0, SEEK_CUR), 4);
	CHECK_EQ(sendfile(out, in, &at, 100), 4);
	CHECK_EQ(at, 10);
	CHECK_EQ(lseek(in, 0, SEEK_CUR), 4);
	CHECK_EQ(syscall(SYS_sendfile, out, in, &at32, 1), 1);
	CHECK_EQ(at32, 3);
	CHECK_EQ(syscall(SYS_sendfile64, out, in, &at, 5), 0);
	CHECK_EQ(pread(out, buf, 20, 0), 9);
	CHECK(memcmp(buf, "012367892", 9) == 0);
	CHECK_EQ(pipe(ends), 0);
	CHECK_FAILS(sendfile(out, ends[0], NULL, 1), EINVAL);
	close(ends[0]);
	close(ends[1]);
	close(in);
	close(out);
	unlink("files.out");
}

static void files_are_synced(void)
{
	int fd = file_with(NAME, "to the disk"), pipes[2];

	CHECK_EQ(fsync(fd), 0);
	CHECK_EQ(fdatasync(fd), 0);
	CHECK_EQ(syncfs(fd), 0);
	CHECK_EQ(syscall(SYS_sync_file_range, fd, 0LL, 4096LL, 7), 0);
	CHECK_FAILS(syscall(SYS_sync_file_range, fd, 0LL, 4096LL, 0x77), EINVAL);
	pipe(pipes);
	CHECK_FAILS(fsync(pipes[1]), EINVAL);
	CHECK_FAILS(syncfs(-1), EBADF);
	close(pipes[0]);
	close(pipes[1]);
	close(fd);
}

static void nothing_is_read_or_written(void)
{
	int fd = file_with(NAME, "abc");

	CHECK_EQ(read(fd, buf, 0), 0);
	CHECK_EQ(write(fd, buf, 0), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 0);
	CHECK_EQ(pwrite(fd, "", 0, 1000), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_END), 3);
	CHECK_FAILS(pread(fd, buf, 1, -1), EINVAL);
	CHECK_FAILS(pwrite(fd, buf, 1, -5), EINVAL);
	close(fd);
}

static void the_deleted_stay_readable(void)
{
	int fd = file_with(NAME, "still here");
	struct stat st;

	CHECK_EQ(unlink(NAME), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_nlink, 0);
	CHECK_EQ(read(fd, buf, 20), 10);
	CHECK_EQ(write(fd, "!", 1), 1);
	CHECK_EQ(pread(fd, buf, 20, 0), 11);
	close(fd);
	CHECK_FAILS(open(NAME, O_RDONLY), ENOENT);
}

int main(void)
{
	RUN(open_creates_with_the_mode);
	RUN(creat_truncates);
	RUN(access_modes_are_kept);
	RUN(append_writes_at_the_end);
	RUN(flags_about_kinds);
	RUN(path_descriptors_only_name);
	RUN(seeks_are_checked);
	RUN(llseek_stores_its_result);
	RUN(holes_read_as_zeros);
	RUN(lengths_by_name_and_descriptor);
	RUN(vectors_read_and_write);
	RUN(a_vector_stops_at_bad_memory);
	RUN(sendfile_copies);
	RUN(files_are_synced);
	RUN(nothing_is_read_or_written);
	RUN(the_deleted_stay_readable);
	return tap_end();
}
