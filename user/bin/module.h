/*
 * module.h - what insmod, rmmod, modprobe, depmod and modinfo share: a module's file and its name.
 *
 * Modules that are installed lie below /lib/modules/RELEASE; modules.dep there has
 * a line a module, "FILE: FILES IT NEEDS", the nearest first, as depmod writes it. modules.builtin
 * names those that are linked into the kernel instead.
 */
#ifndef _USER_BIN_MODULE_H
#define _USER_BIN_MODULE_H

#include <elf.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include "command.h"

#define MODULE_NAME_MAX	56
#define MODULE_PARAMS_MAX 4096

/* "dir/foo-bar.ko" or "foo-bar" is the module foo_bar. */
static inline void module_name(const char *file, char *name)
{
	const char *slash = strrchr(file, '/');
	size_t len;

	if (slash)
		file = slash + 1;
	len = strlen(file);
	if (len > 3 && !strcmp(file + len - 3, ".ko"))
		len -= 3;
	if (len >= MODULE_NAME_MAX)
		errx(EXIT_FAILURE, "%s: name too long", file);
	for (size_t i = 0; i < len; i++)
		name[i] = file[i] == '-' ? '_' : file[i];
	name[len] = '\0';
}

/* NAME=VALUE words as the kernel reads them: in one line, what has blanks in quotes. */
static inline void join_params(char **argv, char *line)
{
	size_t at = 0;

	for (line[0] = '\0'; *argv; argv++) {
		const char *value = strchr(*argv, '=');
		int blanks = value && strpbrk(value, " \t\n") && value[1] != '"';
		int len = value ? value - *argv + 1 : 0;

		at += snprintf(line + at, MODULE_PARAMS_MAX - at, blanks ? "%s%.*s\"%s\"" : "%s%.*s%s",
			       at ? " " : "", len, *argv, value ? value + 1 : *argv);
		if (at >= MODULE_PARAMS_MAX)
			errx(EXIT_FAILURE, "too many parameters");
	}
}

/* 0, or -1 with a message that says what the kernel's errno means here. */
static inline int insert_module(const char *file, const char *params)
{
	int fd = open(file, O_RDONLY), ret, err;

	if (fd < 0) {
		warn("%s", file);
		return -1;
	}
	ret = syscall(SYS_finit_module, fd, params, 0);
	err = errno;
	close(fd);
	if (!ret)
		return 0;
	warnx("could not insert module %s: %s", file,
	      err == ENOENT ? "Unknown symbol in module (see dmesg)" :
	      err == ENOEXEC ? "Invalid module format (see dmesg)" : strerror(err));
	errno = err;
	return -1;
}

static inline int remove_module(const char *name)
{
	if (!syscall(SYS_delete_module, name, O_NONBLOCK))
		return 0;
	warnx("could not remove module %s: %s", name, errno == ENOENT ? "Module is not loaded" :
	      errno == EBUSY ? "Module is in use" : strerror(errno));
	return -1;
}

/* A module's file in memory, and the strings of its .modinfo. */
struct module_file {
	const char *image;
	size_t size;
	const char *info, *info_end;
};

/* The section's place, where the file is a 32-bit object that tells the truth about itself. */
static inline const char *file_section(const struct module_file *file, const char *name, size_t *size)
{
	const Elf32_Ehdr *hdr = (const void *)file->image;
	const Elf32_Shdr *sec, *names;

	if (file->size < sizeof(*hdr) || memcmp(file->image, ELFMAG, SELFMAG) ||
	    hdr->e_shoff > file->size || hdr->e_shnum > (file->size - hdr->e_shoff) / sizeof(*sec) ||
	    hdr->e_shstrndx >= hdr->e_shnum)
		return NULL;
	sec = (const void *)(file->image + hdr->e_shoff);
	names = &sec[hdr->e_shstrndx];
	for (int i = 0; i < hdr->e_shnum; i++) {
		size_t at = names->sh_offset + sec[i].sh_name;

		if (at + strlen(name) >= file->size || strcmp(file->image + at, name) ||
		    sec[i].sh_offset > file->size || sec[i].sh_size > file->size - sec[i].sh_offset)
			continue;
		*size = sec[i].sh_size;
		return file->image + sec[i].sh_offset;
	}
	return NULL;
}

/* 0, or -1 with a message. */
static inline int open_module(struct module_file *file, const char *path)
{
	int fd = open(path, O_RDONLY);
	struct stat st;
	size_t size;

	if (fd < 0 || fstat(fd, &st)) {
		warn("%s", path);
		return -1;
	}
	file->size = st.st_size;
	file->image = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (file->image == MAP_FAILED) {
		warn("%s", path);
		return -1;
	}
	file->info = file_section(file, ".modinfo", &size);
	if (!file->info || !size || file->info[size - 1]) {
		warnx("%s: not a module", path);
		munmap((void *)file->image, file->size);
		return -1;
	}
	file->info_end = file->info + size;
	return 0;
}

static inline void close_module(struct module_file *file)
{
	munmap((void *)file->image, file->size);
}

/* What follows TAG=, or "". */
static inline const char *modinfo_value(const struct module_file *file, const char *tag)
{
	size_t len = strlen(tag);

	for (const char *s = file->info; s < file->info_end; s += strlen(s) + 1)
		if (!strncmp(s, tag, len) && s[len] == '=')
			return s + len + 1;
	return "";
}

/* "/lib/modules/RELEASE" */
static inline const char *modules_dir(void)
{
	static char path[128];
	struct utsname uts;

	uname(&uts);
	snprintf(path, sizeof(path), "/lib/modules/%s", uts.release);
	return path;
}

/* The line for a module of modules.dep or modules.builtin, cut off its newline, in @line; NULL: not there. */
static inline char *find_line(const char *list, const char *name, char *line, size_t size)
{
	char path[192], other[MODULE_NAME_MAX];
	FILE *dep;

	snprintf(path, sizeof(path), "%s/%s", modules_dir(), list);
	dep = fopen(path, "r");
	if (!dep)
		err(EXIT_FAILURE, "%s (run depmod)", path);
	while (fgets(line, size, dep)) {
		size_t end = strcspn(line, ":\n");
		char after = line[end] == ':' ? ':' : '\0';

		line[strcspn(line, "\n")] = '\0';
		line[end] = '\0';
		module_name(line, other);
		line[end] = after;
		if (!strcmp(name, other)) {
			fclose(dep);
			return line;
		}
	}
	fclose(dep);
	return NULL;
}

#endif
