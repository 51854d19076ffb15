// The source of the elementary functions, compiled once for each kind of processor; LSQ_FUNCTIONS is the
// table's name.

#include "kernels.h"
#include "logarithm.h"
#include "trigonometry.h"

const lsq_functions LSQ_FUNCTIONS = {form_exponential, form_logarithm, form_power, form_sine_cosine};
