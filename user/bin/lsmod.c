/* lsmod - the modules that are loaded, from /proc/modules.  The calls: read(2) and nothing else. */
#include "command.h"

static const char help[] =
	"usage: lsmod\n"
	"Shows each loaded module, its size in bytes, how many use it, and which modules.\n";

int main(int argc, char **argv)
{
	char name[64], users[1024];
	unsigned int size, count;
	FILE *modules;

	no_options(argc, argv, help);
	if (optind < argc)
		wrong_usage(help);
	modules = fopen("/proc/modules", "r");
	if (!modules)
		err(EXIT_FAILURE, "/proc/modules");
	printf("Module                  Size  Used by\n");
	while (fscanf(modules, "%63s %u %u %1023s %*[^\n]", name, &size, &count, users) == 4) {
		size_t len = strlen(users);

		/* "a,b," and "-" for none. */
		if (!strcmp(users, "-"))
			users[0] = '\0';
		else if (len && users[len - 1] == ',')
			users[len - 1] = '\0';
		printf("%-19s %8u  %u%s%s\n", name, size, count, users[0] ? " " : "", users);
	}
	return fclose(modules) || fflush(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
