// Constants in fixed point for exp, log, sin and cos, least significant word first; a number of w words takes the
// upper w.
#ifndef LSQ_FUNCTION_TABLES_H
#define LSQ_FUNCTION_TABLES_H

#include "number.h"

// Words of the widest fixed point, which is that of the logarithm in a power, and of the tables.
#define LSQ_FIXED_WORDS (LSQ_MAXIMUM_WIDE_N + 2)
#define LSQ_TABLE_WORDS (LSQ_FIXED_WORDS + 1)
// The leading bits that each of the three tables of powers removes from an argument.
#define LSQ_STEP_BITS 7
#define LSQ_TABLE_BITS (3 * LSQ_STEP_BITS)
// The leading bits that two tables remove from an angle.
#define LSQ_ANGLE_BITS (2 * LSQ_STEP_BITS)
#define LSQ_MAXIMUM_TERMS 63

typedef mp_limb_t lsq_table_entry[LSQ_TABLE_WORDS];

typedef struct {
  lsq_table_entry ln2;
  // exp(i/2⁷)/4 up to ln 2, exp(i/2¹⁴) − 1 and exp(i/2²¹) − 1.
  lsq_table_entry coarse[90], fine[128], finest[128];
  // 1/k! and 1/k, from k = 2 on.
  lsq_table_entry factorials[LSQ_MAXIMUM_TERMS + 1], reciprocals[LSQ_MAXIMUM_TERMS + 1];
} lsq_function_tables;

extern lsq_function_tables lsq_table;

typedef struct {
  // π/4.
  lsq_table_entry quarter;
  // cos(i/2⁷) and sin(i/2⁷) up to π/2, cos 0 a unit too small; 1 − cos(i/2¹⁴) and sin(i/2¹⁴).
  lsq_table_entry cosines[202], sines[202], fineVersines[128], fineSines[128];
} lsq_angle_tables;

extern lsq_angle_tables lsq_angle;

// The last term of the series of exp(s) for s < 2⁻²¹ in w words: 2^(21(k+1))·(k+1)! > 2^(64w+2).
extern const unsigned char lsq_exponential_terms[LSQ_FIXED_WORDS + 1];

// The last term of the series of sin(s) and cos(s) for s < 2⁻¹⁴ in w words:
// 2^(28(k+1) + 14)·(2k+3)! > 2^(64w+2) and 2^(28(k+2))·(2k+4)! > 2^(64w+2).
extern const unsigned char lsq_angle_terms[LSQ_FIXED_WORDS + 1];

// Fill the tables of functions, and those of angles as well, once in a program.
void lsq_prepare_functions(void);
void lsq_prepare_angles(void);

#endif
