/* chmod - change who may do what.  The call: chmod(2). */
#include <sys/stat.h>
#include "command.h"

static const char help[] =
	"usage: chmod MODE FILE...\n"
	"MODE is octal, or [ugoa][+-=][rwxst], several with commas between.\n";

/* One clause of a symbolic mode; where it ends. */
static const char *apply(const char *p, mode_t *mode)
{
	mode_t who = 0, bits = 0, mask;
	char op;

	for (; *p && strchr("ugoa", *p); p++)
		who |= *p == 'u' ? 04700 : *p == 'g' ? 02070 : *p == 'o' ? 01007 : 07777;
	if (!who)
		who = 07777;
	op = *p++;
	if (!op || !strchr("+-=", op))
		errx(EXIT_FAILURE, "wrong mode");
	for (; *p && *p != ','; p++) {
		switch (*p) {
		case 'r': bits |= 0444; break;
		case 'w': bits |= 0222; break;
		case 'x': bits |= 0111; break;
		case 's': bits |= 06000; break;
		case 't': bits |= 01000; break;
		default: errx(EXIT_FAILURE, "wrong mode");
		}
	}
	mask = bits & who;
	if (op == '+')
		*mode |= mask;
	else if (op == '-')
		*mode &= ~mask;
	else
		*mode = (*mode & ~(who & 0777)) | mask;
	return *p == ',' ? p + 1 : p;
}

static mode_t new_mode(const char *text, mode_t mode)
{
	if (*text >= '0' && *text <= '7')
		return strtol(text, NULL, 8);
	while (*text)
		text = apply(text, &mode);
	return mode;
}

int main(int argc, char **argv)
{
	struct stat st;
	int i, failed = 0;

	if (argc == 2 && !strcmp(argv[1], "--help"))
		no_options(argc, argv, help);
	if (argc < 3)
		wrong_usage(help);
	for (i = 2; i < argc; i++) {		/* no getopt: -w is a mode */
		if (stat(argv[i], &st) || chmod(argv[i], new_mode(argv[1], st.st_mode & 07777))) {
			warn("%s", argv[i]);
			failed = 1;
		}
	}
	return failed;
}
