/*
 * What a file is: the four generations of stat, modes, owners, times, access,
 * and what its file system says of itself.
 * host: yes
 */
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/time.h>
#include <sys/types.h>
#include "case.h"

#define NAME "status.tmp"

/* stat of 1992 and of 1996, as the kernel fills them in; the C library uses stat64 */
struct stat_1992 {
	unsigned short dev, ino, mode, nlink, uid, gid, rdev;
	unsigned long size, atime, mtime, ctime;
};

struct stat_1996 {
	unsigned long dev, ino;
	unsigned short mode, nlink, uid, gid;
	unsigned long rdev, size, blksize, blocks;
	unsigned long atime, atime_nsec, mtime, mtime_nsec, ctime, ctime_nsec;
	unsigned long unused[2];
};

/* POSIX leaves it out; ustat() fills it in */
struct ustat_1992 {
	int tfree;
	unsigned long tinode;
	char fname[6], fpack[6];
};

static void the_oldest_form(void)
{
	struct stat_1992 by_name, by_fd, of_link;
	struct stat st;
	int fd = open(NAME, O_RDONLY);

	CHECK_EQ(stat(NAME, &st), 0);
	if (syscall(SYS_oldstat, NAME, &by_name) < 0 && (errno == EOVERFLOW || errno == ENOSYS))
		SKIP("inode numbers need more than 16 bits here");
	CHECK_EQ(syscall(SYS_oldfstat, fd, &by_fd), 0);
	CHECK_EQ(syscall(SYS_oldlstat, "status.link", &of_link), 0);
	CHECK(memcmp(&by_name, &by_fd, sizeof(by_name)) == 0);
	CHECK_EQ(by_name.ino, st.st_ino);
	CHECK_EQ(by_name.mode, st.st_mode);
	CHECK_EQ(by_name.size, 5);
	CHECK_EQ(by_name.mtime, st.st_mtime);
	CHECK(S_ISLNK(of_link.mode));
	close(fd);
}

static void the_middle_form(void)
{
	struct stat_1996 by_name, by_fd, of_link;
	struct stat st;
	int fd = open(NAME, O_RDONLY);

	memset(&by_name, 0x55, sizeof(by_name));
	memset(&by_fd, 0xAA, sizeof(by_fd));
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(syscall(SYS_stat, NAME, &by_name), 0);
	CHECK_EQ(syscall(SYS_fstat, fd, &by_fd), 0);
	CHECK_EQ(syscall(SYS_lstat, "status.link", &of_link), 0);
	CHECK(memcmp(&by_name, &by_fd, sizeof(by_name)) == 0);
	CHECK(by_name.ino == st.st_ino && by_name.mode == st.st_mode && by_name.size == 5);
	CHECK(by_name.nlink == 1 && by_name.blksize == st.st_blksize && by_name.blocks == st.st_blocks);
	CHECK(by_name.mtime == st.st_mtime && by_name.mtime_nsec == st.st_mtim.tv_nsec);
	CHECK(S_ISLNK(of_link.mode) && of_link.size == strlen(NAME));
	close(fd);
}

static void big_files_do_not_fit_old_forms(void)
{
	struct stat_1996 middle;
	struct stat st;
	int fd = file_with("status.big", "");

	if (ftruncate(fd, 0x100000000LL) < 0 && errno == EFBIG)
		SKIP("the file system's files are smaller");
	CHECK_EQ(stat("status.big", &st), 0);
	CHECK_EQ(st.st_size, 0x100000000LL);
	CHECK_FAILS(syscall(SYS_fstat, fd, &middle), EOVERFLOW);
	CHECK_FAILS(syscall(SYS_open, "status.big", O_RDONLY), EOVERFLOW);
	close(fd);
	unlink("status.big");
}

static void statx_tells_what_it_knows(void)
{
	struct statx x;
	struct stat st;

	memset(&x, 0x55, sizeof(x));
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(statx(AT_FDCWD, NAME, 0, STATX_BASIC_STATS, &x), 0);
	CHECK_EQ(x.stx_mask & STATX_BASIC_STATS, STATX_BASIC_STATS);
	CHECK(x.stx_ino == st.st_ino && x.stx_mode == st.st_mode && x.stx_size == 5);
	CHECK(x.stx_nlink == st.st_nlink && x.stx_uid == st.st_uid && x.stx_gid == st.st_gid);
	CHECK(x.stx_mtime.tv_sec == st.st_mtime && x.stx_mtime.tv_nsec == st.st_mtim.tv_nsec);
	CHECK(makedev(x.stx_dev_major, x.stx_dev_minor) == st.st_dev);
	CHECK_EQ(statx(AT_FDCWD, "status.link", AT_SYMLINK_NOFOLLOW, STATX_TYPE, &x), 0);
	CHECK(S_ISLNK(x.stx_mode));
	CHECK_FAILS(statx(AT_FDCWD, NAME, 0x80000000, STATX_TYPE, &x), EINVAL);
	CHECK_FAILS(statx(AT_FDCWD, NAME, 0, 0x80000000, &x), EINVAL);
	CHECK_FAILS(statx(AT_FDCWD, "", 0, STATX_TYPE, &x), ENOENT);
}

static void devices_have_numbers(void)
{
	struct statx x;
	struct stat st;

	CHECK_EQ(stat("/dev/zero", &st), 0);
	CHECK(S_ISCHR(st.st_mode) && st.st_rdev == makedev(1, 5));
	CHECK_EQ(statx(AT_FDCWD, "/dev/zero", 0, STATX_BASIC_STATS, &x), 0);
	CHECK(x.stx_rdev_major == 1 && x.stx_rdev_minor == 5);
}

static void modes_change(void)
{
	struct stat st;
	int fd = open(NAME, O_RDONLY);

	CHECK_EQ(chmod(NAME, 0604), 0);
	CHECK_EQ(fchmod(fd, 0711), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_mode, S_IFREG | 0711);
	CHECK_EQ(fchmodat(AT_FDCWD, NAME, 0640, 0), 0);
	CHECK_EQ(chmod("status.link", 04750), 0);		/* through the link */
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(st.st_mode, S_IFREG | 04750);
	CHECK_FAILS(chmod("status.none", 0600), ENOENT);
	CHECK_FAILS(fchmod(-1, 0600), EBADF);
	CHECK_EQ(syscall(SYS_fchmodat, AT_FDCWD, NAME, 0644), 0);
	close(fd);
}

static void owners_change_in_both_widths(void)
{
	int fd = open(NAME, O_RDONLY);
	struct stat st;

	if (geteuid() != 0)
		SKIP("needs root");
	CHECK_EQ(chown(NAME, 100000, 200000), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK(st.st_uid == 100000 && st.st_gid == 200000);
	CHECK_EQ(fchown(fd, 11, -1), 0);
	CHECK_EQ(lchown("status.link", 12, 13), 0);
	CHECK_EQ(lstat("status.link", &st), 0);
	CHECK(st.st_uid == 12 && st.st_gid == 13);
	CHECK_EQ(syscall(SYS_chown, NAME, 65535, 21), 0);	/* 65535 is -1 in 16 bits */
	CHECK_EQ(stat("status.link", &st), 0);
	CHECK(st.st_uid == 11 && st.st_gid == 21);
	CHECK_EQ(syscall(SYS_fchown, fd, 31, 32), 0);
	CHECK_EQ(syscall(SYS_lchown, "status.link", 33, 34), 0);
	CHECK_EQ(fchownat(AT_FDCWD, "status.link", 35, -1, AT_SYMLINK_NOFOLLOW), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(st.st_uid == 31 && st.st_gid == 32);
	CHECK_EQ(lstat("status.link", &st), 0);
	CHECK(st.st_uid == 35 && st.st_gid == 34);
	CHECK_EQ(fchownat(fd, "", 0, 0, AT_EMPTY_PATH), 0);
	CHECK_EQ(chmod(NAME, 06755), 0);
	CHECK_EQ(chown(NAME, 0, 0), 0);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK_EQ(st.st_mode & 06000, 0);	/* a new owner loses set-id bits */
	close(fd);
}

static void times_are_set(void)
{
	struct { long long sec, nsec; } wide[2] = { { 1500000000, 5 }, { 1500000001, 6 } };
	struct timeval times[2] = { { 1000000001, 250000 }, { 1000000002, 500000 } };
	struct stat st;

	CHECK_EQ(utimes(NAME, times), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK(st.st_atime == 1000000001 && st.st_mtime == 1000000002);
	CHECK_EQ(syscall(SYS_utime, NAME, (long[2]){ 1100000001, 1100000002 }), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK(st.st_atime == 1100000001 && st.st_mtime == 1100000002 && st.st_mtim.tv_nsec == 0);
	times[0].tv_sec = 1000000003;
	CHECK_EQ(syscall(SYS_futimesat, AT_FDCWD, NAME, times), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK_EQ(st.st_atime, 1000000003);
	CHECK_EQ(syscall(SYS_utimensat_time64, AT_FDCWD, NAME, wide, 0), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK(st.st_atime == 1500000000 && st.st_mtime == 1500000001);
	CHECK_EQ(utimes(NAME, NULL), 0);
	CHECK_EQ(stat(NAME, &st), 0);
	CHECK(st.st_mtime > 1500000001);
	times[0].tv_usec = 1000000;
	CHECK_FAILS(utimes(NAME, times), EINVAL);
	wide[0].nsec = 1000000000;
	CHECK_FAILS(syscall(SYS_utimensat_time64, AT_FDCWD, NAME, wide, 0), EINVAL);
	CHECK_FAILS(utimensat(AT_FDCWD, NAME, NULL, 0x77), EINVAL);
}

static void writing_renews_times(void)
{
	struct timespec old[2] = { { 1000000000, 0 }, { 1000000000, 0 } };
	struct stat st;
	int fd = open(NAME, O_RDWR);
	char c;

	CHECK_EQ(futimens(fd, old), 0);
	CHECK_EQ(write(fd, "h", 1), 1);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(st.st_mtime > 1000000000 && st.st_atime == 1000000000);
	CHECK_EQ(read(fd, &c, 1), 1);
	CHECK_EQ(fstat(fd, &st), 0);
	CHECK(st.st_atime >= 1000000000);	/* relatime and noatime differ */
	close(fd);
}

static void access_is_asked(void)
{
	CHECK_EQ(chmod(NAME, 0600), 0);
	CHECK_EQ(access(NAME, F_OK), 0);
	CHECK_EQ(access(NAME, R_OK | W_OK), 0);
	CHECK_FAILS(access(NAME, X_OK), EACCES);	/* not even root, without any x */
	CHECK_FAILS(access("status.none", F_OK), ENOENT);
	CHECK_FAILS(access(NAME, 8), EINVAL);
	CHECK_EQ(syscall(SYS_faccessat, AT_FDCWD, NAME, R_OK), 0);
	CHECK_EQ(syscall(SYS_faccessat2, AT_FDCWD, NAME, R_OK, AT_EACCESS), 0);
	CHECK_FAILS(syscall(SYS_faccessat2, AT_FDCWD, NAME, R_OK, 0x40000000), EINVAL);
}

static void file_systems_tell_their_size(void)
{
	struct { long type, bsize, blocks, bfree, bavail, files, ffree, fsid[2], namelen, rest[6]; } old;
	struct statfs st, by_fd;
	char wide[200];
	int fd = open(NAME, O_RDONLY);

	CHECK_EQ(statfs(NAME, &st), 0);
	CHECK_EQ(fstatfs(fd, &by_fd), 0);
	CHECK(st.f_type == by_fd.f_type && st.f_bsize == by_fd.f_bsize && st.f_blocks == by_fd.f_blocks);
	CHECK_EQ(syscall(SYS_statfs, NAME, &old), 0);
	CHECK(old.type == (long)st.f_type && old.bsize == (long)st.f_bsize && old.namelen == (long)st.f_namelen);
	CHECK_EQ(syscall(SYS_fstatfs, fd, &old), 0);
	CHECK_EQ(old.blocks, st.f_blocks);
	CHECK_FAILS(syscall(SYS_statfs64, NAME, 7, wide), EINVAL);
	CHECK_FAILS(syscall(SYS_fstatfs64, fd, 7, wide), EINVAL);
	CHECK_EQ(statfs("/proc", &st), 0);
	CHECK_EQ(st.f_type, 0x9fa0);
	CHECK_FAILS(fstatfs(-1, &st), EBADF);
	close(fd);
}

static void ustat_takes_a_device(void)
{
	struct ustat_1992 u;
	struct stat st;

	CHECK_FAILS(syscall(SYS_ustat, 0xfff0, &u), EINVAL);
	CHECK_EQ(stat("/dev", &st), 0);		/* one without a disk: its number is known everywhere */
	CHECK_EQ(syscall(SYS_ustat, (unsigned int)st.st_dev, &u), 0);
	CHECK(u.tfree >= 0 && u.fname[0] == 0);
}

int main(void)
{
	close(file_with(NAME, "hello"));
	symlink(NAME, "status.link");
	RUN(the_oldest_form);
	RUN(the_middle_form);
	RUN(big_files_do_not_fit_old_forms);
	RUN(statx_tells_what_it_knows);
	RUN(devices_have_numbers);
	RUN(modes_change);
	RUN(owners_change_in_both_widths);
	RUN(times_are_set);
	RUN(writing_renews_times);
	RUN(access_is_asked);
	RUN(file_systems_tell_their_size);
	RUN(ustat_takes_a_device);
	unlink("status.link");
	unlink(NAME);
	return tap_end();
}
