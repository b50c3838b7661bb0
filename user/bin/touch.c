/* touch - set a file's times, and make it if it is not there.  The calls: utimensat(2), open(2). */
#include <sys/stat.h>
#include <time.h>
#include "command.h"

static const char help[] =
	"usage: touch [-acm] [-r FILE | -t [[CC]YY]MMDDhhmm[.SS] | -d YYYY-MM-DDThh:mm:ss[Z]] FILE...\n"
	"  -a, -m  only the time of the last use, of the last change\n"
	"  -c      do not make what is not there\n"
	"  -r  the times of another file   -t, -d  this time   without them: now\n";

/* The time of a date that there is: 30 February is none. */
static time_t time_of(struct tm *tm, const char *text)
{
	struct tm asked = *tm;
	time_t t = timegm(tm);

	if (tm->tm_mon != asked.tm_mon || tm->tm_mday != asked.tm_mday || tm->tm_hour != asked.tm_hour ||
	    tm->tm_min != asked.tm_min || tm->tm_sec != asked.tm_sec)
		errx(EXIT_FAILURE, "%s: there is no such time", text);
	return t;
}

/* [[CC]YY]MMDDhhmm[.SS]; the years 69 to 99 are of the last century. */
static time_t stamp_or_die(const char *text)
{
	size_t digits = strspn(text, "0123456789"), used = 0;
	time_t now = time(NULL);
	struct tm tm = *gmtime(&now);
	int year = -1, fields;

	tm.tm_sec = 0;
	if (digits == 10 || digits == 12)
		used = digits - 8;
	else if (digits != 8)
		used = 100;
	if (used == 4 && sscanf(text, "%4d", &year) == 1)
		tm.tm_year = year - 1900;
	else if (used == 2 && sscanf(text, "%2d", &year) == 1)
		tm.tm_year = year < 69 ? year + 100 : year;
	fields = used == 100 ? 0 : sscanf(text + used, "%2d%2d%2d%2d.%2d", &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
					  &tm.tm_min, &tm.tm_sec);
	if (fields < 4 || (text[digits] && (fields != 5 || strlen(text + digits) != 3)))
		errx(EXIT_FAILURE, "%s: that is no time", text);
	tm.tm_mon--;
	return time_of(&tm, text);
}

static time_t date_or_die(const char *text)
{
	struct tm tm = { 0 };
	char between;

	if (sscanf(text, "%4d-%2d-%2d%c%2d:%2d:%2d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &between, &tm.tm_hour,
		   &tm.tm_min, &tm.tm_sec) != 7 || (between != 'T' && between != ' '))
		errx(EXIT_FAILURE, "%s: that is no time", text);
	tm.tm_year -= 1900;
	tm.tm_mon--;
	return time_of(&tm, text);
}

static int set_times(const char *name, const struct timespec times[2], int no_create)
{
	int fd;

	if (!utimensat(AT_FDCWD, name, times, 0) || (errno == ENOENT && no_create))
		return 0;
	if (errno != ENOENT)
		return failed_on(name);
	fd = open(name, O_WRONLY | O_CREAT, 0666);
	if (fd < 0)
		return failed_on(name);
	close(fd);
	return utimensat(AT_FDCWD, name, times, 0) ? failed_on(name) : 0;
}

int main(int argc, char **argv)
{
	struct timespec times[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };
	int c, which = 0, no_create = 0, failed = 0;
	struct stat st;

	while ((c = next_option(argc, argv, "acmd:r:t:", help)) != -1) {
		switch (c) {
		case 'a': which |= 1; break;
		case 'm': which |= 2; break;
		case 'c': no_create = 1; break;
		case 'r':
			if (stat(optarg, &st))
				err(EXIT_FAILURE, "%s", optarg);
			times[0] = st.st_atim;
			times[1] = st.st_mtim;
			break;
		case 'd': case 't':
			times[0].tv_sec = c == 't' ? stamp_or_die(optarg) : date_or_die(optarg);
			times[0].tv_nsec = 0;
			times[1] = times[0];
			break;
		}
	}
	if (optind == argc)
		wrong_usage(help);
	if (which == 1)
		times[1].tv_nsec = UTIME_OMIT;
	else if (which == 2)
		times[0].tv_nsec = UTIME_OMIT;
	for (; optind < argc; optind++)
		failed |= set_times(argv[optind], times, no_create);
	return failed;
}
