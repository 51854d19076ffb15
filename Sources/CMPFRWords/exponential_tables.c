// The tables are computed and not written out: as text they would be 400 KB.
#include "exponential_tables.h"

#include <pthread.h>

#include "include/CMPFRWords.h"

lsq_exponential_tables lsq_exponential;

const unsigned char lsq_exponential_terms[LSQ_EXPONENTIAL_WORDS + 1] = {
    0, 0, 0, 8, 11, 13, 16, 18, 21, 23, 26, 28, 31, 33, 36, 38, 41, 43, 45};

static pthread_once_t once = PTHREAD_ONCE_INIT;

// The leading words of x in [0, 1), cut off.
static void set_entry(mp_limb_t *entry, mpfr_srcptr x) {
  mpz_t integer;
  mpfr_t scaled;
  mpz_init(integer);
  mpfr_init2(scaled, mpfr_get_prec(x));
  mpfr_mul_2ui(scaled, x, 64 * LSQ_TABLE_WORDS, MPFR_RNDN);
  mpfr_get_z(integer, scaled, MPFR_RNDZ);
  memset(entry, 0, sizeof(lsq_table_entry));
  mpz_export(entry, NULL, -1, sizeof(mp_limb_t), 0, 0, integer);
  mpfr_clear(scaled);
  mpz_clear(integer);
}

// The powers of exp(2^−bits), divided by 2^shift or less one.
static void set_powers(lsq_table_entry *table, int count, int bits, int shift, mpfr_prec_t precision) {
  mpfr_t base, power, entry;
  mpfr_inits2(precision, base, power, entry, (mpfr_ptr)0);
  mpfr_set_ui_2exp(base, 1, -bits, MPFR_RNDN);
  mpfr_exp(base, base, MPFR_RNDN);
  mpfr_set_ui(power, 1, MPFR_RNDN);
  for (int i = 0; i < count; i++) {
    if (shift != 0) mpfr_div_2ui(entry, power, (unsigned long)shift, MPFR_RNDN);
    else mpfr_sub_ui(entry, power, 1, MPFR_RNDN);
    set_entry(table[i], entry);
    mpfr_mul(power, power, base, MPFR_RNDN);
  }
  mpfr_clears(base, power, entry, (mpfr_ptr)0);
}

static void fill(void) {
  // Words enough that the rounding of up to 128 products is far below the tables' last bit.
  const mpfr_prec_t precision = 64 * (LSQ_TABLE_WORDS + 2);
  lsq_free_caches_at_end_of_thread();
  mpfr_flags_t flags = mpfr_flags_save();
  mpfr_t x;
  mpfr_init2(x, precision);
  mpfr_const_log2(x, MPFR_RNDN);
  set_entry(lsq_exponential.ln2, x);
  set_powers(lsq_exponential.coarse, 90, LSQ_STEP_BITS, 2, precision);
  set_powers(lsq_exponential.fine, 128, 2 * LSQ_STEP_BITS, 0, precision);
  set_powers(lsq_exponential.finest, 128, LSQ_TABLE_BITS, 0, precision);
  mpfr_t reciprocal;
  mpfr_init2(reciprocal, precision);
  mpfr_set_ui(x, 1, MPFR_RNDN);
  for (unsigned k = 2; k <= LSQ_MAXIMUM_TERMS; k++) {
    mpfr_div_ui(x, x, k, MPFR_RNDN);
    set_entry(lsq_exponential.factorials[k], x);
    mpfr_set_ui(reciprocal, 1, MPFR_RNDN);
    mpfr_div_ui(reciprocal, reciprocal, k, MPFR_RNDN);
    set_entry(lsq_exponential.reciprocals[k], reciprocal);
  }
  mpfr_clears(x, reciprocal, (mpfr_ptr)0);
  mpfr_flags_restore(flags, MPFR_FLAGS_ALL);
}

void lsq_prepare_exponential(void) { pthread_once(&once, fill); }
