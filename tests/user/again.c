/*
 * Every module of the root disk, loaded, its devices opened, read and asked, unloaded, over and
 * over, and no memory is gone. `/tests/again 1000` does it a thousand times each.
 *
 * host: no, because the modules are Lectern's own
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include "case.h"

#define ROUNDS		10
#define WARM_UP		4		/* caches fill */
#define SLACK		192		/* KiB: caches of others, what KASAN keeps back for a while */
#define MODULES_MAX	64
#define NODES_MAX	512

static int rounds = ROUNDS;
static char folder[128];
static char files[MODULES_MAX][128];
static char nodes[NODES_MAX][64];	/* of /dev before a module came */
static int nr_files, nr_nodes;

static void read_list(void)
{
	char path[160], line[512];
	struct utsname name;
	FILE *list;

	uname(&name);
	snprintf(folder, sizeof(folder), "/lib/modules/%s", name.release);
	snprintf(path, sizeof(path), "%s/modules.dep", folder);
	list = fopen(path, "r");
	while (list && nr_files < MODULES_MAX && fgets(line, sizeof(line), list)) {
		char *colon = strchr(line, ':');

		/* One that needs others is loaded by modprobe's tests. */
		if (!colon || strchr(colon, '/'))
			continue;
		*colon = '\0';
		snprintf(files[nr_files++], sizeof(files[0]), "%s", line);
	}
	if (list)
		fclose(list);
}

static int known(const char *name)
{
	for (int i = 0; i < nr_nodes; i++)
		if (!strcmp(nodes[i], name))
			return 1;
	return 0;
}

static void use(const char *name)
{
	char path[300], buf[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/%s", name);
	fd = open(path, O_RDWR | O_NONBLOCK);
	if (fd < 0)
		fd = open(path, O_RDONLY | O_NONBLOCK);
	if (fd < 0)
		return;
	read(fd, buf, sizeof(buf));
	ioctl(fd, 0x1234, buf);
	lseek(fd, 0, SEEK_SET);
	write(fd, buf, sizeof(buf));
	close(fd);
}

/* remember: what is there; else each node that was not. */
static void look_at_nodes(int remember)
{
	DIR *dir = opendir("/dev");
	struct dirent *entry;

	if (remember)
		nr_nodes = 0;
	while (dir && (entry = readdir(dir)) != NULL) {
		if (remember && nr_nodes < NODES_MAX)
			snprintf(nodes[nr_nodes++], sizeof(nodes[0]), "%s", entry->d_name);
		else if (!remember && !known(entry->d_name))
			use(entry->d_name);
	}
	closedir(dir);
}

static long free_memory(void)
{
	char line[128];
	long kib = 0;
	FILE *info = fopen("/proc/meminfo", "r");

	sync();
	while (info && fgets(line, sizeof(line), info))
		if (sscanf(line, "MemFree: %ld", &kib) == 1)
			break;
	fclose(info);
	return kib;
}

static int one_round(const char *file)
{
	char path[260], name[64];
	const char *base = strrchr(file, '/') + 1;
	int fd, err, i;

	snprintf(path, sizeof(path), "%s/%s", folder, file);
	for (i = 0; base[i] && base[i] != '.'; i++)
		name[i] = base[i] == '-' ? '_' : base[i];
	name[i] = '\0';
	fd = open(path, O_RDONLY);
	err = syscall(SYS_finit_module, fd, "", 0) ? errno : 0;
	close(fd);
	if (err == EBUSY && !strcmp(name, "pier"))
		return 0;		/* 8250 has its port; a load that is refused leaves nothing, too */
	if (err)
		return err;
	look_at_nodes(0);
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}

static void each_module_leaves_nothing(void)
{
	CHECK(nr_files > 5);
	for (int i = 0; i < nr_files; i++) {
		long before = 0, after;
		int err = 0;

		look_at_nodes(1);
		for (int round = -WARM_UP; round < rounds && !err; round++) {
			if (!round)
				before = free_memory();
			err = one_round(files[i]);
		}
		after = free_memory();
		if (!CHECK(!err && before - after <= SLACK))
			printf("# %s: errno %d; %ld KiB free, then %ld\n", files[i], err, before, after);
	}
}

/* init_module(): the same from memory. What is no module is refused by the reason. */
static void from_memory(void)
{
	static char image[256 << 10];
	char path[260];
	int fd;
	long size;

	snprintf(path, sizeof(path), "%s/kernel/drivers/samples/quartet.ko", folder);
	fd = open(path, O_RDONLY);
	size = read(fd, image, sizeof(image));
	close(fd);
	CHECK(size > 1000 && size < sizeof(image));
	CHECK_FAILS(syscall(SYS_init_module, image, 3, ""), ENOEXEC);
	CHECK_FAILS(syscall(SYS_init_module, image, size / 2, ""), ENOEXEC);
	CHECK_FAILS(syscall(SYS_init_module, NULL, size, ""), EFAULT);
	CHECK_EQ(syscall(SYS_init_module, image, size, ""), 0);
	CHECK_FAILS(syscall(SYS_init_module, image, size, ""), EEXIST);
	CHECK_EQ(syscall(SYS_delete_module, "quartet", O_NONBLOCK), 0);
	memset(image, 0, 64);
	CHECK_FAILS(syscall(SYS_init_module, image, size, ""), ENOEXEC);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		rounds = atoi(argv[1]);
	read_list();
	RUN(each_module_leaves_nothing);
	RUN(from_memory);
	return tap_end();
}
