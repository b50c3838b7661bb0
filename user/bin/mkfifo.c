/* mkfifo - a pipe with a name.  The call: mknod(2) with S_IFIFO, by mkfifo(). */
#include "command.h"
#include "mode.h"

static const char help[] = "usage: mkfifo [-m MODE] NAME...\n";

int main(int argc, char **argv)
{
	mode_t mode = 0666;
	int failed = 0;

	while (next_option(argc, argv, "m:", help) != -1) {
		mode = new_mode(optarg, 0666);
		umask(0);
	}
	if (optind == argc)
		wrong_usage(help);
	for (; optind < argc; optind++) {
		if (mkfifo(argv[optind], mode)) {
			warn("%s", argv[optind]);
			failed = 1;
		}
	}
	return failed;
}
