/* rmmod - unload modules that nobody uses.  The call: delete_module(2). */
#include "module.h"

static const char help[] =
	"usage: rmmod MODULE...\n"
	"Unloads each MODULE, named as lsmod shows it or by its file.\n";

int main(int argc, char **argv)
{
	char name[MODULE_NAME_MAX];
	int failed = 0;

	no_options(argc, argv, help);
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		module_name(argv[optind], name);
		if (remove_module(name))
			failed = 1;
	}
	return failed;
}
