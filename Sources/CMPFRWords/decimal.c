// Decimal digits of numbers whose size is not far from 1: the fraction is multiplied by 10^19 repeatedly, and each
// integer part gives the next digits. That is exact, and needs no power of ten as wide as the number.

#include "include/CMPFRWords.h"
#include "number.h"

// The most words for which this is faster than mpfr_get_str, whose cost grows more slowly than with their
// square.
#define LSQ_MAXIMUM_DECIMAL_N 256
// The most bits that the number may be smaller than 1.
#define LSQ_MAXIMUM_DECIMAL_ZEROS 128
// The decimal digits of a word, and ten to their number.
#define LSQ_CHUNK 19
#define LSQ_CHUNK_UNIT 10000000000000000000ul

// Two halves side by side, since each quotient waits for the one before.
static void write_chunk(char *text, mp_limb_t chunk) {
  mp_limb_t front = chunk / 10000000000ul, back = chunk % 10000000000ul;
  for (int i = 8; i >= 0; i--) {
    text[i] = (char)('0' + front % 10);
    text[i + 10] = (char)('0' + back % 10);
    front /= 10;
    back /= 10;
  }
  text[9] = (char)('0' + back);
}

// The next digits of a fraction of `length` words from `*low` on, which become zero one by one.
static mp_limb_t next_chunk(mp_limb_t *fraction, int *low, int length) {
  while (*low < length && fraction[*low] == 0) (*low)++;
  if (*low == length) return 0;
  return mpn_mul_1(fraction + *low, fraction + *low, length - *low, LSQ_CHUNK_UNIT);
}

// Rounds digits up; returns whether all of them were nines, and are 10…0 then.
static int round_up(char *text, long count) {
  long last = count - 1;
  while (last >= 0 && text[last] == '9') text[last--] = '0';
  if (last < 0) text[0] = '1';
  else text[last]++;
  return last < 0;
}

int lsq_decimal_digits(char *text, long *exponent, const void *x, long count, long bits) {
  const lsq_number *number = x;
  int n = (int)((bits + 63) / 64);
  mpfr_exp_t e = number->exponent;
  if (n > LSQ_MAXIMUM_DECIMAL_N || count > 20l * n || e > 63 || e < -LSQ_MAXIMUM_DECIMAL_ZEROS) return 0;

  // The number as a whole word and a fraction, e bits further left than the words have it.
  enum { room = LSQ_MAXIMUM_DECIMAL_ZEROS / 64 + 1 };
  mp_limb_t words[LSQ_MAXIMUM_DECIMAL_N + room + 1];
  int length = n + room;
  memset(words, 0, sizeof(mp_limb_t) * (size_t)(length + 1));
  unsigned long left = (unsigned long)(e + 64 * room);
  int start = (int)(left / 64);
  unsigned part = (unsigned)(left % 64);
  if (part != 0) words[start + n] = mpn_lshift(words + start, number->words, n, part);
  else memcpy(words + start, number->words, sizeof(mp_limb_t) * (size_t)n);

  // Digits from the first that is not zero on, to one more than are wanted at least.
  char digits[count + 2 * LSQ_CHUNK];
  long found = 0;
  int low = 0;
  mp_limb_t chunk = words[length];
  *exponent = LSQ_CHUNK;
  while (found <= count) {
    write_chunk(digits + found, chunk);
    if (found == 0) {
      int zeros = 0;
      while (zeros < LSQ_CHUNK && digits[zeros] == '0') zeros++;
      memmove(digits, digits + zeros, (size_t)(LSQ_CHUNK - zeros));
      *exponent -= zeros;
      found -= zeros;
    }
    found += LSQ_CHUNK;
    if (found <= count) chunk = next_chunk(words, &low, length);
  }

  // A tie is left to MPFR.
  int isRest = low < length && !mpn_zero_p(words + low, length - low);
  for (long i = count + 1; i < found; i++) isRest |= digits[i] != '0';
  if (digits[count] == '5' && !isRest) return 0;
  memcpy(text, digits, (size_t)count);
  if (digits[count] >= '5') *exponent += round_up(text, count);
  return 1;
}
