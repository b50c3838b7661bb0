#ifndef _LINUX_STRINGIFY_H
#define _LINUX_STRINGIFY_H

#define __stringify_1(x...) #x
#ifndef __stringify
#define __stringify(x...) __stringify_1(x)
#endif

#endif
