/*
 * <khg/module.h> - a driver of 1996 as a module: init_module() and
 * cleanup_module(), or module_init() and module_exit(). Its open files are counted without
 * its help; MOD_INC_USE_COUNT counts on top of that.
 */
#ifndef _KHG_MODULE_H
#define _KHG_MODULE_H

#include <khg/base.h>

#define MOD_INC_USE_COUNT	__module_get(THIS_MODULE)
#define MOD_DEC_USE_COUNT	module_put(THIS_MODULE)

#endif
