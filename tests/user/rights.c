/*
 * Who a process is: user and group numbers in both widths, groups, umask, and
 * what they permit. All of it needs root to begin with.
 * host: yes
 */
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include "case.h"

static void is(uid_t real, uid_t effective, uid_t saved)
{
	uid_t r, e, s;

	CHECK_EQ(getresuid(&r, &e, &s), 0);
	CHECK_EQ(r, real);
	CHECK_EQ(e, effective);
	CHECK_EQ(s, saved);
	CHECK_EQ(getuid(), real);
	CHECK_EQ(geteuid(), effective);
}

static void group_is(gid_t real, gid_t effective, gid_t saved)
{
	gid_t r, e, s;

	CHECK_EQ(getresgid(&r, &e, &s), 0);
	CHECK_EQ(r, real);
	CHECK_EQ(e, effective);
	CHECK_EQ(s, saved);
	CHECK_EQ(getgid(), real);
	CHECK_EQ(getegid(), effective);
}

static void root_gives_itself_up(void)
{
	CHECK_EQ(setgid(70001), 0);
	group_is(70001, 70001, 70001);
	CHECK_EQ(setuid(70000), 0);
	is(70000, 70000, 70000);
	CHECK_FAILS(setuid(0), EPERM);
	CHECK_FAILS(setgid(0), EPERM);
	CHECK_FAILS(setgroups(0, NULL), EPERM);
	CHECK_EQ(setuid(70000), 0);
	CHECK_EQ(syscall(SYS_getuid), 65534);	/* what 16 bits can say of it */
	CHECK_EQ(syscall(SYS_getegid), 65534);
}

static void lent_and_taken_back(void)
{
	CHECK_EQ(setresgid(40, 50, 60), 0);
	group_is(40, 50, 60);
	CHECK_EQ(setresuid(10, 20, 30), 0);
	is(10, 20, 30);
	CHECK_EQ(setresuid(-1, 30, -1), 0);
	is(10, 30, 30);
	CHECK_FAILS(setresuid(40, -1, -1), EPERM);
	CHECK_EQ(setresuid(30, 10, 10), 0);
	is(30, 10, 10);
	CHECK_EQ(seteuid(30), 0);
	is(30, 30, 10);
	CHECK_EQ(setresgid(-1, 60, 40), 0);
	CHECK_FAILS(setresgid(-1, 50, -1), EPERM);
}

static void real_and_effective(void)
{
	CHECK_EQ(setregid(5, 6), 0);
	group_is(5, 6, 6);
	CHECK_EQ(setreuid(7, 8), 0);
	is(7, 8, 8);
	CHECK_EQ(setreuid(8, 7), 0);
	is(8, 7, 7);
	CHECK_FAILS(setreuid(9, -1), EPERM);
	CHECK_EQ(setregid(6, 5), 0);
	CHECK_FAILS(setregid(-1, 0), EPERM);
}

static void calls_of_16_bits(void)
{
	unsigned short r, e, s, groups[3] = { 11, 12, 65535 };

	CHECK_EQ(syscall(SYS_setgroups, 2, groups), 0);
	CHECK_EQ(syscall(SYS_getgroups, 0, NULL), 2);
	groups[0] = groups[1] = 0;
	CHECK_EQ(syscall(SYS_getgroups, 3, groups), 2);
	CHECK(groups[0] == 11 && groups[1] == 12);
	CHECK_EQ(syscall(SYS_setresgid, 1, 2, 3), 0);
	CHECK_EQ(syscall(SYS_getresgid, &r, &e, &s), 0);
	CHECK(r == 1 && e == 2 && s == 3);
	CHECK_EQ(syscall(SYS_setregid, 65535, 4), 0);	/* 65535: as it is */
	CHECK(syscall(SYS_getgid) == 1 && syscall(SYS_getegid) == 4);
	CHECK_EQ(syscall(SYS_setgid, 9), 0);
	group_is(9, 9, 9);
	CHECK_EQ(syscall(SYS_setresuid, 65535, 65535, 6), 0);
	is(0, 0, 6);
	CHECK_EQ(syscall(SYS_setreuid, 4, 65535), 0);
	CHECK_EQ(syscall(SYS_setresuid, 4, 5, 6), 0);
	CHECK_EQ(syscall(SYS_getresuid, &r, &e, &s), 0);
	CHECK(r == 4 && e == 5 && s == 6);
	CHECK(syscall(SYS_getuid) == 4 && syscall(SYS_geteuid) == 5);
	CHECK_EQ(syscall(SYS_setuid, 6), 0);
	is(4, 6, 6);
}

static void groups_of_32_bits(void)
{
	gid_t groups[40];

	for (int i = 0; i < 40; i++)
		groups[i] = 100000 + i;
	CHECK_EQ(setgroups(40, groups), 0);
	CHECK_EQ(getgroups(0, NULL), 40);
	memset(groups, 0, sizeof(groups));
	CHECK_EQ(getgroups(40, groups), 40);
	CHECK(groups[0] == 100000 && groups[39] == 100039);
	CHECK_FAILS(getgroups(39, groups), EINVAL);
	CHECK_FAILS(getgroups(-1, groups), EINVAL);
	CHECK_FAILS(setgroups(65537, groups), EINVAL);
	CHECK_FAILS(setgroups(3, NOWHERE), EFAULT);
}

static void file_system_ids(void)
{
	struct stat st;

	mkdir("rights.open", 0777);
	chmod("rights.open", 0777);
	chmod(".", 0755);
	CHECK_EQ(syscall(SYS_setfsgid32, 78), 0);
	CHECK_EQ(syscall(SYS_setfsuid32, 77), 0);	/* answers the one before */
	CHECK_EQ(syscall(SYS_setfsuid32, -1), 77);
	close(open("rights.open/f", O_WRONLY | O_CREAT, 0600));
	CHECK_EQ(syscall(SYS_setfsuid, 0), 77);
	CHECK_EQ(syscall(SYS_setfsgid, 0), 78);
	CHECK_EQ(stat("rights.open/f", &st), 0);
	CHECK(st.st_uid == 77 && st.st_gid == 78);
	is(0, 0, 0);
	CHECK_EQ(unlink("rights.open/f") + rmdir("rights.open"), 0);
}

static void permissions_of_a_stranger(void)
{
	struct stat st;
	gid_t group = 300;

	CHECK_EQ(setgroups(1, &group) + setgid(200) + setuid(100), 0);
	CHECK_FAILS(open("rights.dir/secret", O_RDONLY), EACCES);
	CHECK_FAILS(open("rights.dir/read", O_WRONLY), EACCES);
	CHECK(open("rights.dir/read", O_RDONLY) >= 0);
	CHECK(open("rights.dir/group", O_RDWR) >= 0);	/* by an additional group */
	CHECK_FAILS(open("rights.dir/new", O_CREAT | O_WRONLY, 0600), EACCES);
	CHECK_FAILS(unlink("rights.dir/read"), EACCES);
	CHECK_FAILS(rename("rights.dir/read", "rights.dir/x"), EACCES);
	CHECK_FAILS(mkdir("rights.dir/sub", 0755), EACCES);
	CHECK_FAILS(chmod("rights.dir/read", 0666), EPERM);
	CHECK_FAILS(chown("rights.dir/read", 100, 200), EPERM);
	CHECK_FAILS(truncate("rights.dir/read", 0), EACCES);
	CHECK_FAILS(stat("rights.dir/closed/x", &st), EACCES);
	CHECK_FAILS(utimes("rights.dir/read", NULL), EACCES);
	CHECK_FAILS(utimes("rights.dir/group", (struct timeval[2]){ { 1, 0 }, { 1, 0 } }), EPERM);
	CHECK_FAILS(chroot("rights.dir"), EPERM);
	CHECK_FAILS(sethostname("x", 1), EPERM);
	CHECK_FAILS(mknod("rights.dir/open/dev", S_IFCHR | 0600, 0x103), EPERM);
	CHECK_FAILS(kill(getppid(), 0), EPERM);
	CHECK_FAILS(setpriority(PRIO_PROCESS, 0, -5), EACCES);
	CHECK_FAILS(access("rights.dir/secret", R_OK), EACCES);
}

static void a_file(const char *name, mode_t mode, gid_t group)
{
	close(file_with(name, "x"));
	CHECK_EQ(chown(name, 0, group) + chmod(name, mode), 0);
}

static void strangers_are_kept_out(void)
{
	mkdir("rights.dir", 0755);
	mkdir("rights.dir/closed", 0700);
	mkdir("rights.dir/open", 0777);
	chmod("rights.dir/open", 0777);
	a_file("rights.dir/secret", 0600, 0);
	a_file("rights.dir/read", 0644, 0);
	a_file("rights.dir/group", 0060, 300);
	chmod(".", 0755);
	in_child(permissions_of_a_stranger);
	CHECK_EQ(unlink("rights.dir/secret") + unlink("rights.dir/read") + unlink("rights.dir/group"), 0);
	CHECK_EQ(rmdir("rights.dir/closed") + rmdir("rights.dir/open") + rmdir("rights.dir"), 0);
}

static void in_a_sticky_directory(void)
{
	CHECK_EQ(setgid(100) + setuid(100), 0);
	CHECK_FAILS(unlink("rights.sticky/roots"), EPERM);
	CHECK_FAILS(rename("rights.sticky/roots", "rights.sticky/mine"), EPERM);
	close(open("rights.sticky/mine", O_CREAT | O_WRONLY, 0600));
	CHECK_FAILS(rename("rights.sticky/mine", "rights.sticky/roots"), EPERM);
	CHECK_EQ(unlink("rights.sticky/mine"), 0);
}

static void sticky_directories(void)
{
	mkdir("rights.sticky", 0777);
	CHECK_EQ(chmod("rights.sticky", 01777), 0);
	a_file("rights.sticky/roots", 0666, 0);
	in_child(in_a_sticky_directory);
	CHECK_EQ(unlink("rights.sticky/roots") + rmdir("rights.sticky"), 0);
}

static void set_group_directories(void)
{
	struct stat st;

	mkdir("rights.setgid", 0777);
	CHECK_EQ(chown("rights.setgid", 0, 55) + chmod("rights.setgid", 02777), 0);
	close(file_with("rights.setgid/f", ""));
	mkdir("rights.setgid/d", 0755);
	CHECK_EQ(stat("rights.setgid/f", &st), 0);
	CHECK_EQ(st.st_gid, 55);
	CHECK_EQ(stat("rights.setgid/d", &st), 0);
	CHECK(st.st_gid == 55 && st.st_mode & S_ISGID);
	CHECK_EQ(unlink("rights.setgid/f") + rmdir("rights.setgid/d") + rmdir("rights.setgid"), 0);
}

static void umask_takes_bits_away(void)
{
	mode_t old = umask(01077);
	struct stat st;

	CHECK_EQ(umask(0027), 0077);		/* only permissions are kept */
	CHECK_EQ(mkdir("rights.d", 0777) + mkfifo("rights.p", 0666), 0);
	CHECK_EQ(stat("rights.d", &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0750);
	CHECK_EQ(stat("rights.p", &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0640);
	CHECK_EQ(rmdir("rights.d") + unlink("rights.p"), 0);
	umask(old);
}

static void write_drops_set_bits(void)
{
	int fd;

	CHECK_EQ(setgid(100) + setuid(100), 0);
	fd = open("rights.set", O_WRONLY);
	CHECK_EQ(write(fd, "x", 1), 1);
}

static void cut_drops_set_bits(void)
{
	CHECK_EQ(setgid(100) + setuid(100), 0);
	CHECK_EQ(truncate("rights.set", 10), 0);
}

/* Who may write may, though only the owner may change the mode. */
static void truncating_takes_set_id_away(void)
{
	struct stat st;

	a_file("rights.set", 06777, 0);
	in_child(cut_drops_set_bits);
	CHECK_EQ(stat("rights.set", &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0777);
	CHECK_EQ(st.st_size, 10);
	unlink("rights.set");
}

static void writing_takes_set_id_away(void)
{
	struct stat st;

	a_file("rights.set", 06777, 0);
	in_child(write_drops_set_bits);
	CHECK_EQ(stat("rights.set", &st), 0);
	CHECK_EQ(st.st_mode & 07777, 0777);
	unlink("rights.set");
}

static void lent(void)		{ in_child(lent_and_taken_back); }
static void given_up(void)	{ in_child(root_gives_itself_up); }
static void real(void)		{ in_child(real_and_effective); }
static void narrow(void)	{ in_child(calls_of_16_bits); }
static void groups(void)	{ in_child(groups_of_32_bits); }
static void files(void)		{ in_child(file_system_ids); }

/* Each in a child, which never gets its rights back. */
static const struct {
	const char *name;
	void (*run)(void);
} cases[] = {
	{ "setuid_of_root_is_for_good", given_up },
	{ "setresuid_keeps_a_way_back", lent },
	{ "setreuid_swaps", real },
	{ "ids_of_16_bits", narrow },
	{ "additional_groups", groups },
	{ "file_system_ids_own_files", files },
	{ "strangers_are_kept_out", strangers_are_kept_out },
	{ "sticky_directories", sticky_directories },
	{ "set_group_directories", set_group_directories },
	{ "umask_takes_bits_away", umask_takes_bits_away },
	{ "writing_takes_set_id_away", writing_takes_set_id_away },
	{ "truncating_takes_set_id_away", truncating_takes_set_id_away },
};

static void no_root(void)
{
	SKIP("needs root");
}

int main(void)
{
	for (unsigned int i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		tap_run(cases[i].name, geteuid() ? no_root : cases[i].run);
	return tap_end();
}
