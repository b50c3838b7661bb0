/* passwd.c: /etc/passwd and /etc/group: one line each, fields between colons. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIELDS 7
#define LINE 256

/* Finds the line whose field number `which` is `key` and cuts it up inside `line`. */
static int look_up(const char *file, int which, const char *key, char line[LINE], char *field[FIELDS])
{
	FILE *f = fopen(file, "re");
	int found = 0, i;
	char *rest;

	if (!f)
		return 0;
	while (!found && fgets(line, LINE, f)) {
		line[strcspn(line, "\n")] = '\0';
		rest = line;
		for (i = 0; i < FIELDS; i++) {
			field[i] = strsep(&rest, ":");
			if (!field[i])
				field[i] = "";
		}
		found = strcmp(field[which], key) == 0;
	}
	fclose(f);
	return found;
}

static struct passwd *find_user(int which, const char *key)
{
	static struct passwd pw;
	static char line[LINE];
	char *field[FIELDS];

	if (!look_up("/etc/passwd", which, key, line, field))
		return NULL;
	pw = (struct passwd){ field[0], field[1], atoi(field[2]), atoi(field[3]), field[4], field[5], field[6] };
	return &pw;
}

static struct group *find_group(int which, const char *key)
{
	static struct group gr;
	static char line[LINE];
	char *field[FIELDS];

	if (!look_up("/etc/group", which, key, line, field))
		return NULL;
	gr = (struct group){ field[0], field[1], atoi(field[2]) };
	return &gr;
}

struct passwd *getpwnam(const char *name)
{
	return find_user(0, name);
}

struct passwd *getpwuid(uid_t uid)
{
	char key[12];

	snprintf(key, sizeof(key), "%u", uid);
	return find_user(2, key);
}

struct group *getgrnam(const char *name)
{
	return find_group(0, name);
}

struct group *getgrgid(gid_t gid)
{
	char key[12];

	snprintf(key, sizeof(key), "%u", gid);
	return find_group(2, key);
}
