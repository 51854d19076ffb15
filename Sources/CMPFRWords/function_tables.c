// The tables are computed rather than written out: as text they would take 400 KB.
#include "function_tables.h"

#include <pthread.h>

#include "include/CMPFRWords.h"

lsq_function_tables lsq_table;

const unsigned char lsq_exponential_terms[LSQ_FIXED_WORDS + 1] = {
    0, 0, 0, 8, 11, 13, 16, 18, 21, 23, 26, 28, 31, 33, 36, 38, 41, 43, 45};

lsq_angle_tables lsq_angle;

const unsigned char lsq_angle_terms[LSQ_FIXED_WORDS + 1] = {
    0, 0, 0, 5, 7, 8, 10, 12, 14, 15, 17, 19, 20, 22, 24, 25, 27, 28, 30};

// Words enough that the rounding of some hundred products is far below the tables' last bit.
static const mpfr_prec_t precision = 64 * (LSQ_TABLE_WORDS + 2);

// The leading words of x in [0, 1], cut off; those of 1 are none.
static void set_entry(mp_limb_t *entry, mpfr_srcptr x) {
  mpz_t integer;
  mpfr_t scaled;
  mpz_init(integer);
  mpfr_init2(scaled, mpfr_get_prec(x));
  mpfr_mul_2ui(scaled, x, 64 * LSQ_TABLE_WORDS, MPFR_RNDN);
  mpfr_get_z(integer, scaled, MPFR_RNDZ);
  mpz_fdiv_r_2exp(integer, integer, 64 * LSQ_TABLE_WORDS);
  memset(entry, 0, sizeof(lsq_table_entry));
  mpz_export(entry, NULL, -1, sizeof(mp_limb_t), 0, 0, integer);
  mpfr_clear(scaled);
  mpz_clear(integer);
}

// The powers of exp(2^−bits), divided by 2^shift or with 1 subtracted.
static void set_powers(lsq_table_entry *table, int count, int bits, int shift) {
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

// cos(i/2^bits), or one less that, and sin(i/2^bits), as powers of exp(√−1/2^bits).
static void set_angles(
    lsq_table_entry *cosines, lsq_table_entry *sines, int count, int bits, int isVersine) {
  mpfr_t c, s, cosine, sine, x, y;
  mpfr_inits2(precision, c, s, cosine, sine, x, y, (mpfr_ptr)0);
  mpfr_set_ui_2exp(x, 1, -bits, MPFR_RNDN);
  mpfr_sin_cos(s, c, x, MPFR_RNDN);
  mpfr_set_ui(cosine, 1, MPFR_RNDN);
  mpfr_set_ui(sine, 0, MPFR_RNDN);
  for (int i = 0; i < count; i++) {
    mpfr_ui_sub(x, 1, cosine, MPFR_RNDN);
    set_entry(cosines[i], isVersine ? x : cosine);
    set_entry(sines[i], sine);
    mpfr_fmms(x, cosine, c, sine, s, MPFR_RNDN);
    mpfr_fmma(y, cosine, s, sine, c, MPFR_RNDN);
    mpfr_swap(cosine, x);
    mpfr_swap(sine, y);
  }
  mpfr_clears(c, s, cosine, sine, x, y, (mpfr_ptr)0);
}

// What MPFR keeps for the thread that happens to fill the tables, which all threads share.
typedef struct {
  mpfr_flags_t flags;
  mpfr_exp_t least, greatest;
} thread_state;

static thread_state widen_range(void) {
  thread_state state = {mpfr_flags_save(), mpfr_get_emin(), mpfr_get_emax()};
  mpfr_set_emin(mpfr_get_emin_min());
  mpfr_set_emax(mpfr_get_emax_max());
  return state;
}

static void restore(thread_state state) {
  mpfr_set_emin(state.least);
  mpfr_set_emax(state.greatest);
  mpfr_flags_restore(state.flags, MPFR_FLAGS_ALL);
}

static void fill_functions(void) {
  lsq_free_caches_at_end_of_thread();
  thread_state state = widen_range();
  mpfr_t x;
  mpfr_init2(x, precision);
  mpfr_const_log2(x, MPFR_RNDN);
  set_entry(lsq_table.ln2, x);
  set_powers(lsq_table.coarse, 90, LSQ_STEP_BITS, 2);
  set_powers(lsq_table.fine, 128, 2 * LSQ_STEP_BITS, 0);
  set_powers(lsq_table.finest, 128, LSQ_TABLE_BITS, 0);
  mpfr_t reciprocal;
  mpfr_init2(reciprocal, precision);
  mpfr_set_ui(x, 1, MPFR_RNDN);
  for (unsigned k = 2; k <= LSQ_MAXIMUM_TERMS; k++) {
    mpfr_div_ui(x, x, k, MPFR_RNDN);
    set_entry(lsq_table.factorials[k], x);
    mpfr_set_ui(reciprocal, 1, MPFR_RNDN);
    mpfr_div_ui(reciprocal, reciprocal, k, MPFR_RNDN);
    set_entry(lsq_table.reciprocals[k], reciprocal);
  }
  mpfr_clears(x, reciprocal, (mpfr_ptr)0);
  restore(state);
}

static void fill_angles(void) {
  lsq_prepare_functions();
  thread_state state = widen_range();
  mpfr_t x;
  mpfr_init2(x, precision);
  mpfr_const_pi(x, MPFR_RNDN);
  mpfr_div_2ui(x, x, 2, MPFR_RNDN);
  set_entry(lsq_angle.quarter, x);
  mpfr_clear(x);
  set_angles(lsq_angle.cosines, lsq_angle.sines, 202, LSQ_STEP_BITS, 0);
  memset(lsq_angle.cosines[0], 0xff, sizeof(lsq_table_entry));
  set_angles(lsq_angle.fineVersines, lsq_angle.fineSines, 128, LSQ_ANGLE_BITS, 1);
  restore(state);
}

void lsq_prepare_functions(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, fill_functions);
}

void lsq_prepare_angles(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, fill_angles);
}
