/* time.c: seconds since 1970 into calendar dates and back, and their texts; UTC only. */
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char *const days[] = {
	"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
};
static const char *const months[] = {
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
};

#define DAY 86400

/*
 * Days since 1970-01-01 of a date.  Counting years from March puts the leap
 * day at the end of one, and months then have lengths that (153 m + 2) / 5
 * sums up.
 */
static long days_from_date(long year, int month, int day)
{
	long era, of_era, of_year;

	year -= month < 2;
	era = (year >= 0 ? year : year - 399) / 400;
	of_era = year - era * 400;
	of_year = (153 * ((month + 10) % 12) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct tm *gmtime_r(const time_t *t, struct tm *tm)
{
	long day = *t / DAY, rest = *t % DAY, era, of_era, year, of_year, month;

	if (rest < 0) {
		rest += DAY;
		day--;
	}
	tm->tm_hour = rest / 3600;
	tm->tm_min = rest / 60 % 60;
	tm->tm_sec = rest % 60;
	tm->tm_wday = ((day + 4) % 7 + 7) % 7;

	day += 719468;
	era = (day >= 0 ? day : day - 146096) / 146097;
	of_era = day - era * 146097;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	tm->tm_mday = of_year - (153 * month + 2) / 5 + 1;
	tm->tm_mon = (month + 2) % 12;
	year += era * 400 + (tm->tm_mon < 2);
	tm->tm_year = year - 1900;
	tm->tm_yday = day - 719468 - days_from_date(year, 0, 1);
	tm->tm_isdst = 0;
	return tm;
}

struct tm *gmtime(const time_t *t)
{
	static struct tm tm;

	return gmtime_r(t, &tm);
}

struct tm *localtime_r(const time_t *t, struct tm *tm)
{
	return gmtime_r(t, tm);
}

struct tm *localtime(const time_t *t)
{
	return gmtime(t);
}

/* Members may be out of range: the 32nd of January is the 1st of February. */
time_t timegm(struct tm *tm)
{
	long year = tm->tm_year + 1900 + tm->tm_mon / 12;
	int month = tm->tm_mon % 12;
	time_t t;

	if (month < 0) {
		month += 12;
		year--;
	}
	t = days_from_date(year, month, 1) + tm->tm_mday - 1;
	t = ((t * 24 + tm->tm_hour) * 60 + tm->tm_min) * 60 + tm->tm_sec;
	gmtime_r(&t, tm);
	return t;
}

time_t mktime(struct tm *tm)
{
	return timegm(tm);
}

clock_t clock(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts) < 0)
		return -1;
	return ts.tv_sec * CLOCKS_PER_SEC + ts.tv_nsec / 1000;
}

char *asctime_r(const struct tm *tm, char *buf)
{
	strftime(buf, 26, "%c\n", tm);
	return buf;
}

char *asctime(const struct tm *tm)
{
	static char buf[26];

	return asctime_r(tm, buf);
}

char *ctime_r(const time_t *t, char *buf)
{
	struct tm tm;

	return asctime_r(gmtime_r(t, &tm), buf);
}

char *ctime(const time_t *t)
{
	return asctime(gmtime(t));
}

/* ISO 8601: week 1 is the one with the year's first Thursday. */
static int iso_week(const struct tm *tm, int *year)
{
	int weekday = (tm->tm_wday + 6) % 7, week = (tm->tm_yday - weekday + 10) / 7;

	*year = tm->tm_year + 1900;
	if (week < 1) {
		--*year;
		return (tm->tm_yday + days_from_date(*year + 1, 0, 1) - days_from_date(*year, 0, 1) - weekday + 10) / 7;
	}
	if (week == 53 && tm->tm_mday - weekday >= 29) {
		++*year;
		return 1;
	}
	return week;
}

/* Conversions that stand for a format of others. */
static const char *composed(char c)
{
	switch (c) {
	case 'c':
		return "%a %b %e %H:%M:%S %Y";
	case 'D':
	case 'x':
		return "%m/%d/%y";
	case 'F':
		return "%Y-%m-%d";
	case 'r':
		return "%I:%M:%S %p";
	case 'R':
		return "%H:%M";
	case 'T':
	case 'X':
		return "%H:%M:%S";
	}
	return NULL;
}

struct number {
	char conversion;
	const char *format;
	int value;
};

static int format_numeric(char c, char *buf, size_t size, const struct tm *tm)
{
	int year = tm->tm_year + 1900, hour = tm->tm_hour % 12 ? tm->tm_hour % 12 : 12, iso_year;
	int week = iso_week(tm, &iso_year), i;
	struct tm copy = *tm;
	const struct number numbers[] = {
		{ 'C', "%02d", year / 100 }, { 'd', "%02d", tm->tm_mday }, { 'e', "%2d", tm->tm_mday },
		{ 'G', "%d", iso_year }, { 'g', "%02d", iso_year % 100 }, { 'H', "%02d", tm->tm_hour },
		{ 'I', "%02d", hour }, { 'j', "%03d", tm->tm_yday + 1 }, { 'k', "%2d", tm->tm_hour },
		{ 'l', "%2d", hour }, { 'm', "%02d", tm->tm_mon + 1 }, { 'M', "%02d", tm->tm_min },
		{ 's', "%d", (int)timegm(&copy) }, { 'S', "%02d", tm->tm_sec },
		{ 'u', "%d", (tm->tm_wday + 6) % 7 + 1 }, { 'U', "%02d", (tm->tm_yday + 7 - tm->tm_wday) / 7 },
		{ 'V', "%02d", week }, { 'w', "%d", tm->tm_wday },
		{ 'W', "%02d", (tm->tm_yday + 7 - (tm->tm_wday + 6) % 7) / 7 },
		{ 'y', "%02d", year % 100 }, { 'Y', "%d", year },
	};

	for (i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (numbers[i].conversion == c)
			return snprintf(buf, size, numbers[i].format, numbers[i].value);
	return -1;
}

static int format_one(char c, char *buf, size_t size, const struct tm *tm)
{
	switch (c) {
	case 'a':
		return snprintf(buf, size, "%.3s", days[tm->tm_wday]);
	case 'A':
		return snprintf(buf, size, "%s", days[tm->tm_wday]);
	case 'b':
	case 'h':
		return snprintf(buf, size, "%.3s", months[tm->tm_mon]);
	case 'B':
		return snprintf(buf, size, "%s", months[tm->tm_mon]);
	case 'n':
		return snprintf(buf, size, "\n");
	case 'p':
		return snprintf(buf, size, tm->tm_hour < 12 ? "AM" : "PM");
	case 't':
		return snprintf(buf, size, "\t");
	case 'z':
		return snprintf(buf, size, "+0000");
	case 'Z':
		return snprintf(buf, size, "UTC");
	case '%':
		return snprintf(buf, size, "%%");
	}
	return format_numeric(c, buf, size, tm);
}

/* Returns the length, or 0 when it does not fit. */
size_t strftime(char *s, size_t size, const char *format, const struct tm *tm)
{
	char piece[64];
	size_t len = 0;
	int n;

	for (; *format; format++) {
		if (*format != '%') {
			piece[0] = *format;
			n = 1;
		} else {
			const char *inner;

			format++;
			if ((*format == 'E' || *format == 'O') && format[1])
				format++;	/* other eras and digits: there are none here */
			inner = composed(*format);
			n = inner ? strftime(piece, sizeof(piece), inner, tm)
				  : format_one(*format, piece, sizeof(piece), tm);
			if (n < 0)		/* unknown: itself */
				n = snprintf(piece, sizeof(piece), "%%%c", *format);
		}
		if (len + n >= size)
			return 0;
		memcpy(s + len, piece, n);
		len += n;
		if (!*format)
			break;
	}
	if (size)
		s[len] = '\0';
	return len;
}
