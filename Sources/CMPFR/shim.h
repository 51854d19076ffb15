#ifndef LSQ_CMPFR_SHIM_H
#define LSQ_CMPFR_SHIM_H
#include <mpfr.h>
#endif
