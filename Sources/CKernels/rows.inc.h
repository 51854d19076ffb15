// A block of rows by columns, in double whatever REAL is. Eight rows are processed side by side, in as
// many registers as that takes; the columns that share a reflector are processed together, so that it is
// read once for all of them.

#define WIDTH ((ptrdiff_t)(REGISTER_BYTES / sizeof(double)))
#define PARTS (8 / WIDTH)
/// The columns whose sums fit in the registers.
#define GROUP WIDTH

typedef double NAME(pack)
    __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(double)), aligned(8), may_alias));

/// Numbers in the type of the input, as many as a pack holds.
typedef REAL NAME(numbers)
    __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(double)), aligned(sizeof(REAL)), may_alias));

/// ((s₀ + s₄) + (s₂ + s₆)) + ((s₁ + s₅) + (s₃ + s₇)).
INLINE double NAME(total)(const double *s) {
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

/// The eight partial sums out of the registers that hold them.
INLINE void NAME(spread)(const NAME(pack) *sums, double *lanes) {
  for (int p = 0; p < PARTS; p++)
    for (int lane = 0; lane < WIDTH; lane++) lanes[p * WIDTH + lane] = sums[p][lane];
}

/// For `count` columns from y on: y − t·v where `updates`, and Σ w·y. Where it `leads`, w is the first of them.
INLINE void NAME(columns)(
    double *y, const double *v, const double *w, ptrdiff_t capacity, ptrdiff_t stride,
    const int count, const int updates, const int leads, const double *factors, double *products) {
  NAME(pack) sums[GROUP][PARTS] = {};
  double t[GROUP];
  for (int c = 0; c < count; c++) t[c] = updates ? factors[c] : 0;
  for (ptrdiff_t i = 0; i < capacity; i += 8) {
    #pragma clang loop unroll(full)
    for (int p = 0; p < PARTS; p++) {
      const ptrdiff_t at = i + p * WIDTH;
      const NAME(pack) subtrahend = *(const NAME(pack) *)(v + at);
      NAME(pack) multiplier = *(const NAME(pack) *)(w + at);
      #pragma clang loop unroll(full)
      for (int c = 0; c < count; c++) {
        NAME(pack) *place = (NAME(pack) *)(y + c * stride + at);
        NAME(pack) numbers = *place;
        if (updates) {
          numbers -= t[c] * subtrahend;
          *place = numbers;
        }
        if (leads && c == 0) multiplier = numbers;
        sums[c][p] += multiplier * numbers;
      }
    }
  }
  for (int c = 0; c < count; c++) {
    double lanes[8];
    NAME(spread)(sums[c], lanes);
    products[c] = NAME(total)(lanes);
  }
}

/// The same for the columns from `start` to below `end`, w being the first of them. The group of the first takes what
/// is left over from full ones.
INLINE void NAME(all_columns)(
    double *block, const double *v, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t start,
    ptrdiff_t end, const int updates, const double *factors, double *products) {
  const double *w = block + start * stride;
  const ptrdiff_t first = (end - start) % GROUP;
  #pragma clang loop unroll(full)
  for (int count = 1; count < GROUP; count++)
    if (first == count)
      NAME(columns)(
          block + start * stride, v, w, capacity, stride, count, updates, 1, factors + start,
          products + start);
  ptrdiff_t c = start + first;
  if (first == 0 && c < end) {
    NAME(columns)(
        block + c * stride, v, w, capacity, stride, GROUP, updates, 1, factors + c, products + c);
    c += GROUP;
  }
  for (; c < end; c += GROUP)
    NAME(columns)(
        block + c * stride, v, w, capacity, stride, GROUP, updates, 0, factors + c, products + c);
}

static void NAME(column_products)(
    double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    double *products) {
  NAME(all_columns)(block, block, capacity, stride, column, end, 0, products, products);
}

static void NAME(eliminate_column)(
    double *block, ptrdiff_t capacity, ptrdiff_t stride, ptrdiff_t column, ptrdiff_t end,
    const double *factors, double *products) {
  NAME(all_columns)(
      block, block + column * stride, capacity, stride, column + 1, end, 1, factors, products);
}

INLINE double NAME(square)(const double *column, ptrdiff_t capacity) {
  double result = 0;
  NAME(columns)((double *)column, column, column, capacity, 0, 1, 0, 1, &result, &result);
  return result;
}

static void NAME(load_rows)(
    const REAL *gradients, const REAL *residuals, ptrdiff_t rows, ptrdiff_t width, double *block,
    ptrdiff_t capacity, ptrdiff_t stride, double *squares) {
  for (ptrdiff_t j = 0; j <= width; j++) {
    const REAL *source = j < width ? gradients + j : residuals;
    const ptrdiff_t step = j < width ? width : 1;
    double *column = block + j * stride;
    for (ptrdiff_t i = 0; i < rows; i++) column[i] = source[i * step];
    for (ptrdiff_t i = rows; i < capacity; i++) column[i] = 0;
    squares[j] = NAME(square)(column, capacity);
  }
}

static double NAME(load_differences)(
    const REAL *a, const REAL *b, ptrdiff_t rows, double *column, ptrdiff_t capacity) {
  NAME(pack) sums[PARTS] = {};
  ptrdiff_t i = 0;
  for (; i + 8 <= rows; i += 8) {
    #pragma clang loop unroll(full)
    for (int p = 0; p < PARTS; p++) {
      const ptrdiff_t at = i + p * WIDTH;
      const NAME(numbers) difference =
          *(const NAME(numbers) *)(a + at) - *(const NAME(numbers) *)(b + at);
      const NAME(pack) numbers = __builtin_convertvector(difference, NAME(pack));
      *(NAME(pack) *)(column + at) = numbers;
      sums[p] += numbers * numbers;
    }
  }
  double lanes[8];
  NAME(spread)(sums, lanes);
  for (; i < capacity; i++) {
    column[i] = i < rows ? (REAL)(a[i] - b[i]) : 0;
    lanes[i & 7] += column[i] * column[i];
  }
  return NAME(total)(lanes);
}

static double NAME(largest_magnitude)(const double *numbers, ptrdiff_t capacity) {
  double lanes[8] = {};
  for (ptrdiff_t i = 0; i < capacity; i += 8)
    for (int lane = 0; lane < 8; lane++) {
      const double magnitude = __builtin_fabs(numbers[i + lane]);
      lanes[lane] = magnitude > lanes[lane] ? magnitude : lanes[lane];
    }
  double largest = 0;
  for (int lane = 0; lane < 8; lane++) largest = lanes[lane] > largest ? lanes[lane] : largest;
  return largest;
}

static double NAME(sum_of_squares)(const REAL *numbers, ptrdiff_t count) {
  double lanes[8] = {};
  ptrdiff_t i = 0;
  for (; i + 8 <= count; i += 8)
    for (int lane = 0; lane < 8; lane++) {
      const double a = numbers[i + lane];
      lanes[lane] += a * a;
    }
  for (; i < count; i++) {
    const double a = numbers[i];
    lanes[i & 7] += a * a;
  }
  return NAME(total)(lanes);
}

#undef WIDTH
#undef PARTS
#undef GROUP
