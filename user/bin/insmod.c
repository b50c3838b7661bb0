/* insmod - load a module from its file.  The call: finit_module(2). */
#include "module.h"

static const char help[] =
	"usage: insmod FILE [NAME=VALUE...]\n"
	"Loads the module in FILE, with values for its parameters.\n";

int main(int argc, char **argv)
{
	static char params[MODULE_PARAMS_MAX];

	no_options(argc, argv, help);
	if (optind == argc)
		wrong_usage(help);
	join_params(argv + optind + 1, params);
	return insert_module(argv[optind], params) ? EXIT_FAILURE : EXIT_SUCCESS;
}
