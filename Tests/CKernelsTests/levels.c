// The instances of every kernel for the instruction sets of this processor, against each other, bit by bit.
// Scripts/check-kernels compiles and runs it.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#define KERNEL "enorm.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "norms.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "measure.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "reflector.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "factorization_sizes.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "damping_sizes.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "lanes.inc.h"
#include "instances.h"
#undef KERNEL
#define KERNEL "rows.inc.h"
#include "instances.h"

#if defined(__x86_64__)

enum { maximum_rows = 20, maximum_width = 90, size = maximum_rows * maximum_width, maximum_order = 42, sweep_rows = 210 };

static double random_number(void) { return rand() / (double)RAND_MAX - 0.5; }

#define DEFINE_COMPARISON(type) \
  static int type##_differs(ptrdiff_t rows, ptrdiff_t width) { \
    const ptrdiff_t stride = width + 1 + rand() % 3; \
    static type a[size], b[size], f[maximum_rows], g[maximum_rows]; \
    type norms[2][maximum_width]; \
    for (int i = 0; i < size; i++) a[i] = b[i] = (type)random_number(); \
    for (int i = 0; i < maximum_rows; i++) f[i] = g[i] = (type)random_number(); \
    middle_norms_##type##_avx2( \
        a, rows, stride, width, (type)3e-20, (type)1e18, (type)1e-15, norms[0]); \
    middle_norms_##type##_baseline( \
        b, rows, stride, width, (type)3e-20, (type)1e18, (type)1e-15, norms[1]); \
    reflect_##type##_avx2(a, rows, stride, width, (type)1.7, f); \
    reflect_##type##_baseline(b, rows, stride, width, (type)1.7, g); \
    return memcmp(a, b, sizeof a) || memcmp(f, g, sizeof f) || \
        memcmp(norms[0], norms[1], (size_t)width * sizeof(type)); \
  }
DEFINE_COMPARISON(double)
DEFINE_COMPARISON(float)

#define DEFINE_DAMPED_COMPARISON(type) \
  static int type##_solutions_differ(ptrdiff_t n) { \
    static type r[size], s[4][size]; \
    type b[maximum_order], d[maximum_order], row[DAMPED_GROUP * maximum_order], z[4][maximum_order]; \
    for (int i = 0; i < n * n; i++) r[i] = (type)random_number(); \
    for (int i = 0; i < n; i++) b[i] = (type)random_number(), d[i] = rand() % 8 ? (type)random_number() : 0; \
    for (int k = 0; k < 4; k++) { \
      (k % 2 ? solve_damped_##type##_avx2 : solve_damped_##type##_baseline)( \
          r, b, d, n, s[k], z[k], row, k < 2 ? 1 : DAMPED_GROUP); \
      if (memcmp(s[0], s[k], sizeof s[0]) || memcmp(z[0], z[k], (size_t)n * sizeof(type))) return 1; \
    } \
    return 0; \
  }
DEFINE_DAMPED_COMPARISON(double)
DEFINE_DAMPED_COMPARISON(float)

/// The whole steps, also by the text for any number of parameters where there is one for their number.
#define DEFINE_STEP_COMPARISON(type) \
  static int type##_steps_differ(ptrdiff_t n, ptrdiff_t rows) { \
    static type a[3][size * 2], scratch[maximum_order * (maximum_order + 7)]; \
    type f[2 * maximum_order], norms[3][maximum_order], b[3][maximum_order]; \
    type p[3][maximum_order], trial[3][maximum_order]; \
    ptrdiff_t order[3][maximum_order]; \
    type cosine[3], value[3] = {0, 0, 0}, change[3], length[3], measured[3], scaled[3]; \
    const type small = (type)3e-20, large = (type)1e18; \
    for (int i = 0; i < rows * n; i++) a[0][i] = a[1][i] = a[2][i] = (type)random_number(); \
    for (int i = 0; i < rows; i++) f[i] = (type)random_number(); \
    TAKE_STEPS(find_step_sized_##type##_avx2, linearize_sized_##type##_avx2, measure_##type##_avx2, 0) \
    TAKE_STEPS(find_step_sized_##type##_baseline, linearize_sized_##type##_baseline, measure_##type##_baseline, 1) \
    TAKE_STEPS(find_step_##type##_avx2, linearize_##type##_avx2, measure_##type##_avx2, 2) \
    for (int k = 1; k < 3; k++) \
      if (cosine[0] != cosine[k] || memcmp(a[0], a[k], (size_t)(rows * n) * sizeof(type)) || \
          memcmp(order[0], order[k], (size_t)n * sizeof(ptrdiff_t)) || \
          memcmp(b[0], b[k], (size_t)n * sizeof(type)) || value[0] != value[k] || \
          change[0] != change[k] || length[0] != length[k] || measured[0] != measured[k] || \
          scaled[0] != scaled[k] || memcmp(p[0], p[k], (size_t)n * sizeof(type)) || \
          memcmp(trial[0], trial[k], (size_t)n * sizeof(type))) return 1; \
    return 0; \
  }
#define TAKE_STEPS(find_step, linearize, measure, k) \
  cosine[k] = linearize(a[k], rows, n, f, 2, small, large, norms[k], order[k], b[k], scratch); \
  length[k] = find_step( \
      a[k], order[k], b[k], norms[k], n, 0.1f, small, large, 1e-37f, f, &value[k], &change[k], trial[k], \
      scratch); \
  memcpy(p[k], scratch, (size_t)n * sizeof *scratch); \
  measured[k] = measure(f, rows, trial[k], norms[k], n, small, large, &scaled[k], scratch);
DEFINE_STEP_COMPARISON(double)
DEFINE_STEP_COMPARISON(float)

/// The factorisation by sweeps, of rows and of groups, against that by reflectors. Columns are copies of each other but
/// for the last digits, zero, or far from 1, so that norms are computed anew and component by component.
#define DEFINE_SWEEP_COMPARISON(type) \
  static int type##_sweeps_differ(ptrdiff_t rows, ptrdiff_t n) { \
    enum { sweep_size = sweep_rows * maximum_order }; \
    static type a[5][sweep_size], f[5][sweep_rows], room[2 * (sweep_rows + maximum_order) + 64 * maximum_order]; \
    type column_norms[maximum_order], norms[5][maximum_order], references[maximum_order]; \
    ptrdiff_t order[5][maximum_order]; \
    const type small = (type)3e-20, large = (type)1e18; \
    for (ptrdiff_t k = 0; k < n; k++) { \
      const int kind = rand() % 8; \
      for (ptrdiff_t i = 0; i < rows; i++) { \
        const type number = (type)random_number(); \
        a[0][i * n + k] = kind == 0 && k ? a[0][i * n + k - 1] + number / (1 << 20) / (1 << 10) : \
            kind == 1 ? 0 * number : kind == 2 ? number * small : kind == 3 ? number * large : number; \
      } \
      column_norms[k] = norm_##type##_baseline(a[0] + k, rows, n, small, large); \
    } \
    for (ptrdiff_t i = 0; i < rows; i++) f[0][i] = (type)random_number(); \
    for (int k = 1; k < 5; k++) memcpy(a[k], a[0], sizeof a[0]), memcpy(f[k], f[0], sizeof f[0]); \
    factorize_##type##_baseline( \
        a[0], rows, n, column_norms, small, large, order[0], norms[0], references, f[0]); \
    SWEEP(factorize_by_rows_##type##_baseline, 1) \
    SWEEP(factorize_by_rows_##type##_avx2, 2) \
    SWEEP(factorize_by_groups_##type##_baseline, 3) \
    SWEEP(factorize_by_groups_##type##_avx2, 4) \
    for (int k = 1; k < 5; k++) { \
      for (ptrdiff_t i = 0; i < rows * n; i++) if (DIFFER(a[0][i], a[k][i])) return 1; \
      for (ptrdiff_t i = 0; i < n; i++) \
        if (DIFFER(f[0][i], f[k][i]) || DIFFER(norms[0][i], norms[k][i]) || order[0][i] != order[k][i]) \
          return 1; \
    } \
    return 0; \
  }
#define SWEEP(factorize, k) \
  factorize(a[k], rows, n, column_norms, small, large, order[k], norms[k], references, f[k], room);
/// Which NaN it is may differ.
#define DIFFER(x, y) ((x) == (x) || (y) == (y) ? memcmp(&(x), &(y), sizeof(x)) != 0 : 0)
DEFINE_SWEEP_COMPARISON(double)
DEFINE_SWEEP_COMPARISON(float)

/// A block of rows: differences, products, and the elimination of every column but the last.
#define DEFINE_BLOCK_COMPARISON(type) \
  static int type##_blocks_differ(ptrdiff_t rows, ptrdiff_t width) { \
    const ptrdiff_t capacity = (rows + 7) / 8 * 8, stride = capacity + 8; \
    static type gradients[size], f[maximum_rows]; \
    static double block[2][(maximum_rows + 12) * maximum_width]; \
    double squares[2][maximum_width], factors[maximum_width]; \
    for (int i = 0; i < rows * width; i++) gradients[i] = (type)random_number(); \
    for (int i = 0; i < rows; i++) f[i] = (type)random_number(); \
    for (int c = 0; c <= width; c++) factors[c] = random_number(); \
    load_rows_##type##_avx2(gradients, f, rows, width, block[0], capacity, stride, squares[0]); \
    load_rows_##type##_baseline(gradients, f, rows, width, block[1], capacity, stride, squares[1]); \
    int differing = memcmp(squares[0], squares[1], (size_t)(width + 1) * sizeof(double)); \
    squares[0][0] = load_differences_##type##_avx2(f, gradients, rows, block[0], capacity); \
    squares[1][0] = load_differences_##type##_baseline(f, gradients, rows, block[1], capacity); \
    differing |= squares[0][0] != squares[1][0] || \
        largest_magnitude_double_avx2(block[0], capacity) != \
            largest_magnitude_double_baseline(block[1], capacity); \
    column_products_double_avx2(block[0], capacity, stride, 0, width + 1, squares[0]); \
    column_products_double_baseline(block[1], capacity, stride, 0, width + 1, squares[1]); \
    for (ptrdiff_t c = 0; c < width; c++) { \
      differing |= memcmp(squares[0], squares[1], (size_t)(width + 1) * sizeof(double)); \
      eliminate_column_double_avx2(block[0], capacity, stride, c, width + 1, factors, squares[0]); \
      eliminate_column_double_baseline(block[1], capacity, stride, c, width + 1, factors, squares[1]); \
    } \
    return differing || memcmp(squares[0], squares[1], (size_t)(width + 1) * sizeof(double)) || \
        memcmp(block[0], block[1], sizeof block[0]); \
  }
DEFINE_BLOCK_COMPARISON(double)
DEFINE_BLOCK_COMPARISON(float)

/// Every operation on lanes, with each operand contiguous, one number or the result itself.
#define DEFINE_LANE_COMPARISON(type) \
  static int type##_lanes_differ(int operation, ptrdiff_t count) { \
    enum { lane_size = 70 }; \
    type x[lane_size], y[lane_size], z[2][lane_size]; \
    int differing = 0; \
    for (int steps = 0; steps < 5; steps++) { \
      for (int i = 0; i < lane_size; i++) \
        x[i] = (type)random_number(), y[i] = (type)random_number(), z[0][i] = z[1][i] = (type)random_number(); \
      const type *first = steps == 4 ? z[0] : x, *second = steps == 4 ? z[1] : x; \
      const ptrdiff_t dx = steps & 1 || steps == 4, dy = steps & 2 || steps == 4; \
      apply_lane_##type##_avx2(operation, first, dx, y, dy, z[0], count); \
      apply_lane_##type##_baseline(operation, second, dx, y, dy, z[1], count); \
      differing |= memcmp(z[0], z[1], sizeof z[0]); \
    } \
    return differing != 0; \
  }
DEFINE_LANE_COMPARISON(double)
DEFINE_LANE_COMPARISON(float)

int main(void) {
  if (!__builtin_cpu_supports("avx2")) {
    puts("No AVX2 here: nothing to compare.");
    return 0;
  }
  srand(1);
  int count = 0, differing = 0;
  for (ptrdiff_t width = 0; width < maximum_width - 4; width++) {
    for (ptrdiff_t rows = 1; rows <= maximum_rows; rows++) {
      count += 2;
      differing += double_differs(rows, width) + float_differs(rows, width);
      if (width == 0) continue;
      count += 2;
      differing += double_blocks_differ(rows, width) + float_blocks_differ(rows, width);
    }
  }
  for (ptrdiff_t n = 1; n <= maximum_order; n++) {
    count += 4;
    differing += double_solutions_differ(n) + float_solutions_differ(n);
    differing += double_steps_differ(n, n + rand() % n) + float_steps_differ(n, n + rand() % n);
  }
  for (ptrdiff_t rows = 1; rows <= sweep_rows; rows++) {
    for (int k = 0; k < 8; k++) {
      const ptrdiff_t n = 1 + rand() % (rows < maximum_order ? rows : maximum_order);
      count += 2;
      differing += double_sweeps_differ(rows, n) + float_sweeps_differ(rows, n);
    }
  }
  for (int operation = LSQ_COPY; operation <= LSQ_SUBTRACT_PRODUCT; operation++) {
    for (ptrdiff_t lane = 0; lane < 70; lane++) {
      count += 2;
      differing += double_lanes_differ(operation, lane) + float_lanes_differ(operation, lane);
    }
  }
  printf("%d of %d matrices differ between AVX2 and the baseline.\n", differing, count);
  return differing != 0;
}

#else

int main(void) {
  puts("One instruction set: nothing to compare.");
  return 0;
}

#endif
