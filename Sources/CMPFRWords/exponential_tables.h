// Constants in fixed point for exp and log, least significant word first; a number of w words takes the upper w.
#ifndef LSQ_EXPONENTIAL_TABLES_H
#define LSQ_EXPONENTIAL_TABLES_H

#include "number.h"

// Words of the widest fixed point, which is that of the logarithm in a power, and of the tables.
#define LSQ_EXPONENTIAL_WORDS (LSQ_MAXIMUM_WIDE_N + 2)
#define LSQ_TABLE_WORDS (LSQ_EXPONENTIAL_WORDS + 1)
// An argument is rid of so many leading bits by each of the three tables of powers.
#define LSQ_STEP_BITS 7
#define LSQ_TABLE_BITS (3 * LSQ_STEP_BITS)
#define LSQ_MAXIMUM_TERMS 45

typedef mp_limb_t lsq_table_entry[LSQ_TABLE_WORDS];

typedef struct {
  lsq_table_entry ln2;
  // exp(i/2⁷)/4 up to ln 2, exp(i/2¹⁴) − 1 and exp(i/2²¹) − 1.
  lsq_table_entry coarse[90], fine[128], finest[128];
  // 1/k! and 1/k, from k = 2 on.
  lsq_table_entry factorials[LSQ_MAXIMUM_TERMS + 1], reciprocals[LSQ_MAXIMUM_TERMS + 1];
} lsq_exponential_tables;

extern lsq_exponential_tables lsq_exponential;

// The last term of the series of exp(s) for s < 2⁻²¹ in w words: 2^(21(k+1))·(k+1)! > 2^(64w+2).
extern const unsigned char lsq_exponential_terms[LSQ_EXPONENTIAL_WORDS + 1];

// Fills the tables, once in a program.
void lsq_prepare_exponential(void);

#endif
