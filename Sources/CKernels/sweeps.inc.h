// QR factorisation with column pivoting of a matrix that is too large for the cache: one pass over the matrix per
// reflector, which applies the one before it and takes the products with the new one. Row j is final, and the norms
// that choose pivot j + 1 are known, before the rows below have been updated: only the next pivot column of those has
// to be updated before the pass.
//
// Law: that of factorization.inc.h, to the bit.
//
// A run is a few consecutive rows. By rows, it is as many as strips.inc.h takes at once. By groups, `GROUP` rows are
// transposed in place for the time of the factorisation, so that a pass skips the columns that are done: with few
// columns stored by rows, it would load their cache lines too.

#define GROUP 64
#define HEIGHT 4

/// Element k of row r stands at place + r·down + k·across.
typedef struct {
  REAL *place;
  ptrdiff_t height, down, across;
} NAME(run);

#include "strips.inc.h"
#include "bundles.inc.h"

/// The run from row i on that ends before row `end`.
INLINE NAME(run) NAME(run_at)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, ptrdiff_t i, ptrdiff_t end, const int grouped) {
  if (!grouped) return (NAME(run)){matrix + i * n, end - i < HEIGHT ? 1 : HEIGHT, n, 1};
  const ptrdiff_t start = i / GROUP * GROUP, size = rows - start < GROUP ? rows - start : GROUP;
  return (NAME(run)){
      matrix + start * n + (i - start), (start + size < end ? start + size : end) - i, 1, size};
}

/// Transposes every group, or transposes it back.
INLINE void NAME(transpose_groups)(REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const int back, REAL *buffer) {
  for (ptrdiff_t i = 0; i < rows; i += GROUP) {
    const ptrdiff_t size = rows - i < GROUP ? rows - i : GROUP;
    const ptrdiff_t columns = back ? size : n, lines = back ? n : size;
    REAL *const group = matrix + i * n;
    __builtin_memcpy(buffer, group, (size_t)(size * n) * sizeof(REAL));
    for (ptrdiff_t k = 0; k < columns; k++)
      for (ptrdiff_t r = 0; r < lines; r++) group[k * lines + r] = buffer[r * columns + k];
  }
}

/// Moves column `a` to where column `b` was, and column b less t·v into w, which may be a; returns `sum` with the
/// middle squares of w.
INLINE REAL NAME(take_column)(
    REAL *a, REAL *b, ptrdiff_t height, ptrdiff_t down, const REAL *v, REAL t, REAL *w, REAL small, REAL sum) {
  REAL taken[GROUP];
  for (ptrdiff_t r = 0; r < height; r++) taken[r] = b[r * down] - t * v[r];
  if (a != b)
    for (ptrdiff_t r = 0; r < height; r++) b[r * down] = a[r * down];
  for (ptrdiff_t r = 0; r < height; r++) {
    w[r] = taken[r];
    sum += NAME(middle_square)(taken[r], small);
  }
  return sum;
}

/// One run of a pass: makes the reflector of column 0 out of w, and passes over the other columns and f.
INLINE void NAME(pass_run)(
    const NAME(run) run, ptrdiff_t width, const int grouped, REAL norm, const int leads, const REAL *restrict v,
    REAL *restrict w, const REAL *t, REAL *sums, REAL *f, REAL t_f, REAL *sum_f) {
  if (norm != 0)
    for (ptrdiff_t r = 0; r < run.height; r++) w[r] /= norm;
  if (norm != 0 && leads) w[0] += 1;
  if (!grouped)
    for (ptrdiff_t r = 0; r < run.height; r++) run.place[r * run.down] = w[r];
  NAME(bundle)(f, 0, run.height, 1, v, w, &t_f, sum_f);
  REAL *const others = run.place + run.across;
  if (grouped) NAME(bundles)(others, run.across, run.height, width, v, w, t, sums);
  else NAME(strip)(others, run.down, run.height, width, v, w, t, sums);
}

/// A factorisation in progress.
typedef struct {
  REAL *matrix, *f;
  ptrdiff_t rows, n;
  REAL small, large;
  ptrdiff_t *order;
  REAL *norms, *references;
  /// The reflector still to be applied, and the new one; by groups both are only in the matrix.
  REAL *v, *w;
  int is_pending;
  /// The multiples of the pending reflector to be subtracted from each column and f; the products with the new one.
  REAL *t, t_f, *sums, sum_f;
} NAME(sweep);

#define EACH_RUN(first, end) \
  NAME(run) run; \
  for (ptrdiff_t i = first; \
       i < (end) && (run = NAME(run_at)(s->matrix, s->rows, s->n, i, end, grouped), 1); i += run.height)
#define COLUMN(k) (run.place + (k) * run.across)
#define PENDING (!grouped ? s->v + i : s->is_pending ? COLUMN(j - 1) : s->v)
#define NEW (grouped ? COLUMN(j) : s->w + i)

/// Nothing is pending: to subtract 0·0 leaves every number as it is.
INLINE void NAME(set_nothing_pending)(NAME(sweep) *s, const int grouped) {
  s->is_pending = 0;
  s->t_f = 0;
  __builtin_memset(s->t, 0, (size_t)s->n * sizeof(REAL));
  __builtin_memset(s->v, 0, (size_t)(grouped ? GROUP : s->rows) * sizeof(REAL));
}

/// Brings the column of largest remaining norm to position j, updates it, and returns its norm.
INLINE REAL NAME(take_pivot)(NAME(sweep) *s, ptrdiff_t j, const int grouped) {
  ptrdiff_t largest = j;
  for (ptrdiff_t k = j + 1; k < s->n; k++) {
    if (s->norms[k] > s->norms[largest]) largest = k;
  }
  {
    EACH_RUN(0, j) NAME(exchange)(COLUMN(j), COLUMN(largest), run.height, run.down);
  }
  REAL square = 0;
  {
    EACH_RUN(j, s->rows)
      square = NAME(take_column)(
          COLUMN(j), COLUMN(largest), run.height, run.down, PENDING, s->t[largest], NEW, s->small, square);
  }
  NAME(move_pivot)(j, largest, s->order, s->norms, s->references);
  s->t[largest] = s->t[j];
  if (NAME(settles)(square, s->rows - j, s->small, s->large)) return __builtin_elementwise_sqrt(square);
  if (grouped) {
    EACH_RUN(j, s->rows) __builtin_memcpy(s->w + i, NEW, (size_t)run.height * sizeof(REAL));
  }
  return NAME(careful_norm)(s->w + j, s->rows - j, 1, s->small, s->large);
}

/// Applies the pending reflector, makes that of column j, and takes the products with it.
INLINE void NAME(pass)(NAME(sweep) *s, ptrdiff_t j, REAL norm, const int grouped) {
  s->sum_f = 0;
  __builtin_memset(s->sums, 0, (size_t)s->n * sizeof(REAL));
  EACH_RUN(j, s->rows) {
#define PASS(height, across) \
  NAME(pass_run)( \
      (NAME(run)){COLUMN(j), height, run.down, across}, s->n - j - 1, grouped, norm, i == j, PENDING, NEW, \
      s->t + j + 1, s->sums + j + 1, s->f + i, s->t_f, &s->sum_f);
    if (grouped) PASS(run.height, run.across)
    else if (run.height == HEIGHT) PASS(HEIGHT, 1)
    else PASS(1, 1)
#undef PASS
  }
}

/// Applies reflector j to row j, removes that row from the norms, and leaves the rest of the reflector
/// pending.
INLINE void NAME(finish_row)(NAME(sweep) *s, ptrdiff_t j, const int grouped) {
  const NAME(run) top = NAME(run_at)(s->matrix, s->rows, s->n, j, s->rows, grouped);
  const REAL leading = grouped ? top.place[j * top.across] : s->w[j];
  s->t_f = s->sum_f / leading;
  s->f[j] -= s->t_f * leading;
  for (ptrdiff_t k = j + 1; k < s->n; k++) {
    s->t[k] = s->sums[k] / leading;
    const REAL r = top.place[k * top.across] -= s->t[k] * leading;
    if (!NAME(downdate)(r, s->norms + k, s->references[k])) continue;
    // Of what the column will be.
    REAL *const column = grouped ? s->w : s->v;
    EACH_RUN(j + 1, s->rows)
      for (ptrdiff_t r = 0; r < run.height; r++) column[i + r] = COLUMN(k)[r * run.down] - s->t[k] * NEW[r];
    s->norms[k] = s->references[k] = NAME(norm)(column + j + 1, s->rows - j - 1, 1, s->small, s->large);
  }
  s->is_pending = 1;
  if (grouped) return;
  REAL *const done = s->v;
  s->v = s->w;
  s->w = done;
}

#undef EACH_RUN
#undef COLUMN
#undef PENDING
#undef NEW

INLINE void NAME(factorize_by_sweeps)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const int grouped, const REAL *column_norms, REAL small, REAL large,
    ptrdiff_t *order, REAL *norms, REAL *references, REAL *f, REAL *room) {
  REAL *const t = room + 2 * rows;
  NAME(sweep) s = {matrix, f, rows, n, small, large, order, norms, references, room, room + rows, 0, t, 0, t + n, 0};
  if (grouped) NAME(transpose_groups)(matrix, rows, n, 0, room);
  for (ptrdiff_t j = 0; j < n; j++) {
    order[j] = j;
    norms[j] = references[j] = column_norms[j];
  }
  NAME(set_nothing_pending)(&s, grouped);
  for (ptrdiff_t j = 0; j < n; j++) {
    REAL norm = NAME(take_pivot)(&s, j, grouped);
    const NAME(run) top = NAME(run_at)(matrix, rows, n, j, rows, grouped);
    if ((grouped ? top.place[j * top.across] : s.w[j]) < 0) norm = -norm;
    norms[j] = -norm;
    NAME(pass)(&s, j, norm, grouped);
    if (norm != 0) NAME(finish_row)(&s, j, grouped);
    else NAME(set_nothing_pending)(&s, grouped);
  }
  if (grouped) NAME(transpose_groups)(matrix, rows, n, 1, room);
}

static void NAME(factorize_by_rows)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const REAL *column_norms, REAL small, REAL large,
    ptrdiff_t *order, REAL *norms, REAL *references, REAL *f, REAL *room) {
  NAME(factorize_by_sweeps)(
      matrix, rows, n, 0, column_norms, small, large, order, norms, references, f, room);
}

/// `room` must hold a group: rows ≥ 31·n is enough.
static void NAME(factorize_by_groups)(
    REAL *matrix, ptrdiff_t rows, ptrdiff_t n, const REAL *column_norms, REAL small, REAL large,
    ptrdiff_t *order, REAL *norms, REAL *references, REAL *f, REAL *room) {
  NAME(factorize_by_sweeps)(
      matrix, rows, n, 1, column_norms, small, large, order, norms, references, f, room);
}

#undef GROUP
#undef HEIGHT
