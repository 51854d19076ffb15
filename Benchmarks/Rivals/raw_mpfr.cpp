// What a fit costs at the least in MPFR: every operation in place, on numbers whose limbs lie in one block.
//
// Not a solver. A fit of the counts that --counts gives (nfev,njev) costs
//
//     nfev * residuals + njev * (Jacobian + Householder QR with column pivoting, of J and f).
//
// Its parts are timed one by one at the start of the fit.
#define MPFR_USE_NO_MACRO
#include "harness.hpp"
#include <mpfr.h>
using namespace rivals;

static mpfr_prec_t bits;
static const mpfr_rnd_t nearest = MPFR_RNDN;

// Numbers side by side, over limbs side by side.
struct Row {
  std::vector<__mpfr_struct> numbers;
  std::vector<mp_limb_t> limbs;
  explicit Row(size_t count) : numbers(count) {
    size_t each = mpfr_custom_get_size(bits) / sizeof(mp_limb_t);
    limbs.resize(count * each);
    for (size_t i = 0; i < count; i++) {
      mpfr_custom_init(&limbs[i * each], bits);
      mpfr_custom_init_set(&numbers[i], MPFR_ZERO_KIND, 0, bits, &limbs[i * each]);
    }
  }
  mpfr_ptr operator[](size_t i) { return &numbers[i]; }
};

// A problem's data as text; nothing is evaluated in it.
struct Decimals : Problem<std::string> {
  void residuals(const std::string *, std::string *) const override {}
  void jacobian(const std::string *, std::string *, long, long) const override {}
};

struct RawFit {
  Problem<std::string> &text;
  int m, n;
  Row x, y, b, f, jacobian, factor, rotated, norms, t;

  explicit RawFit(Problem<std::string> &p)
      : text(p), m(p.m()), n(p.n()), x(m), y(m), b(n), f(m), jacobian(size_t(m) * n), factor(size_t(m) * n), rotated(m),
        norms(n), t(16) {
    for (int i = 0; i < m; i++) {
      mpfr_set_str(x[i], p.x[i].c_str(), 10, nearest);
      mpfr_set_str(y[i], p.y[i].c_str(), 10, nearest);
    }
    for (int j = 0; j < n; j++) mpfr_set_str(b[j], p.start[j].c_str(), 10, nearest);
  }
  virtual ~RawFit() = default;
  virtual void residuals() = 0;
  virtual void derivatives() = 0;
  // Column after column.
  mpfr_ptr d(int i, int j) { return jacobian[size_t(j) * m + i]; }

  void copy() {
    for (size_t k = 0; k < size_t(m) * n; k++) mpfr_set(factor[k], jacobian[k], nearest);
    for (int i = 0; i < m; i++) mpfr_set(rotated[i], f[i], nearest);
  }
  void sumOfSquares(mpfr_ptr sum, mpfr_ptr v, int count) {
    mpfr_sqr(sum, v, nearest);
    for (int i = 1; i < count; i++) {
      mpfr_sqr(t[0], v + i, nearest);
      mpfr_add(sum, sum, t[0], nearest);
    }
  }
  // w -= (v . w / v0) v
  void reflect(mpfr_ptr v, mpfr_ptr w, int count) {
    mpfr_mul(t[1], v, w, nearest);
    for (int i = 1; i < count; i++) {
      mpfr_mul(t[0], v + i, w + i, nearest);
      mpfr_add(t[1], t[1], t[0], nearest);
    }
    mpfr_div(t[1], t[1], v, nearest);
    for (int i = 0; i < count; i++) {
      mpfr_mul(t[0], t[1], v + i, nearest);
      mpfr_sub(w + i, w + i, t[0], nearest);
    }
  }
  void factorize() {
    for (int j = 0; j < n; j++) sumOfSquares(norms[j], factor[size_t(j) * m], m);
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int j = k + 1; j < n; j++)
        if (mpfr_cmp(norms[j], norms[pivot]) > 0) pivot = j;
      if (pivot != k) {
        for (int i = 0; i < m; i++) mpfr_swap(factor[size_t(k) * m + i], factor[size_t(pivot) * m + i]);
        mpfr_swap(norms[k], norms[pivot]);
      }
      mpfr_ptr v = factor[size_t(k) * m + k];
      sumOfSquares(t[2], v, m - k);
      mpfr_sqrt(t[2], t[2], nearest);
      if (mpfr_signbit(v)) mpfr_neg(t[2], t[2], nearest);
      mpfr_ui_div(t[3], 1, t[2], nearest);
      for (int i = 0; i < m - k; i++) mpfr_mul(v + i, v + i, t[3], nearest);
      mpfr_add_ui(v, v, 1, nearest);
      for (int j = k + 1; j < n; j++) {
        mpfr_ptr w = factor[size_t(j) * m + k];
        reflect(v, w, m - k);
        mpfr_sqr(t[3], w, nearest);
        mpfr_sub(norms[j], norms[j], t[3], nearest);
      }
      reflect(v, rotated[k], m - k);
    }
  }
};

struct RawMisra1a : RawFit {
  using RawFit::RawFit;
  void decay(int i) {
    mpfr_mul(t[4], b[1], x[i], nearest);
    mpfr_neg(t[4], t[4], nearest);
    mpfr_exp(t[4], t[4], nearest);
  }
  void residuals() override {
    for (int i = 0; i < m; i++) {
      decay(i);
      mpfr_ui_sub(t[4], 1, t[4], nearest);
      mpfr_mul(f[i], b[0], t[4], nearest);
      mpfr_sub(f[i], f[i], y[i], nearest);
    }
  }
  void derivatives() override {
    for (int i = 0; i < m; i++) {
      decay(i);
      mpfr_ui_sub(d(i, 0), 1, t[4], nearest);
      mpfr_mul(d(i, 1), b[0], x[i], nearest);
      mpfr_mul(d(i, 1), d(i, 1), t[4], nearest);
    }
  }
};

struct RawHahn1 : RawFit {
  using RawFit::RawFit;
  // t4 = numerator, t5 = denominator
  void polynomials(int i) {
    for (int part = 0; part < 2; part++) {
      mpfr_ptr p = t[4 + part];
      mpfr_mul(p, x[i], b[3 + 3 * part], nearest);
      for (int k = 2; k > 0; k--) {
        mpfr_add(p, p, b[k + 3 * part], nearest);
        mpfr_mul(p, p, x[i], nearest);
      }
    }
    mpfr_add(t[4], t[4], b[0], nearest);
    mpfr_add_ui(t[5], t[5], 1, nearest);
  }
  void residuals() override {
    for (int i = 0; i < m; i++) {
      polynomials(i);
      mpfr_div(f[i], t[4], t[5], nearest);
      mpfr_sub(f[i], f[i], y[i], nearest);
    }
  }
  void derivatives() override {
    for (int i = 0; i < m; i++) {
      polynomials(i);
      mpfr_ui_div(d(i, 0), 1, t[5], nearest);
      for (int k = 1; k < 4; k++) mpfr_mul(d(i, k), d(i, k - 1), x[i], nearest);
      mpfr_mul(t[4], t[4], d(i, 0), nearest);
      mpfr_neg(t[4], t[4], nearest);
      for (int k = 4; k < 7; k++) mpfr_mul(d(i, k), t[4], d(i, k - 3), nearest);
    }
  }
};

struct RawGauss1 : RawFit {
  using RawFit::RawFit;
  // t4, t5, t6 = the three exponentials; t7, t8 = the distances from the peaks in widths
  void setWidths() {
    mpfr_ui_div(t[9], 1, b[4], nearest);
    mpfr_ui_div(t[10], 1, b[7], nearest);
  }
  void exponentials(int i) {
    mpfr_mul(t[4], b[1], x[i], nearest);
    mpfr_neg(t[4], t[4], nearest);
    mpfr_exp(t[4], t[4], nearest);
    for (int peak = 0; peak < 2; peak++) {
      mpfr_ptr u = t[7 + peak], e = t[5 + peak];
      mpfr_sub(u, x[i], b[3 + 3 * peak], nearest);
      mpfr_mul(u, u, t[9 + peak], nearest);
      mpfr_sqr(e, u, nearest);
      mpfr_neg(e, e, nearest);
      mpfr_exp(e, e, nearest);
    }
  }
  void residuals() override {
    setWidths();
    for (int i = 0; i < m; i++) {
      exponentials(i);
      mpfr_mul(f[i], b[0], t[4], nearest);
      for (int peak = 0; peak < 2; peak++) {
        mpfr_mul(t[0], b[2 + 3 * peak], t[5 + peak], nearest);
        mpfr_add(f[i], f[i], t[0], nearest);
      }
      mpfr_sub(f[i], f[i], y[i], nearest);
    }
  }
  void derivatives() override {
    setWidths();
    for (int peak = 0; peak < 2; peak++) {
      mpfr_mul(t[11 + peak], b[2 + 3 * peak], t[9 + peak], nearest);
      mpfr_mul_2ui(t[11 + peak], t[11 + peak], 1, nearest);
    }
    for (int i = 0; i < m; i++) {
      exponentials(i);
      mpfr_mul(d(i, 1), b[0], x[i], nearest);
      mpfr_mul(d(i, 1), d(i, 1), t[4], nearest);
      mpfr_neg(d(i, 1), d(i, 1), nearest);
      mpfr_swap(d(i, 0), t[4]);
      for (int peak = 0; peak < 2; peak++) {
        int j = 2 + 3 * peak;
        mpfr_mul(d(i, j + 1), t[11 + peak], t[7 + peak], nearest);
        mpfr_mul(d(i, j + 1), d(i, j + 1), t[5 + peak], nearest);
        mpfr_mul(d(i, j + 2), d(i, j + 1), t[7 + peak], nearest);
        mpfr_swap(d(i, j), t[5 + peak]);
      }
    }
  }
};

template <class F> double seconds(const Choices &choices, F &&work) {
  double once;
  long inner = repetitions(choices, work, once);
  std::vector<double> samples;
  for (int k = 0; k < choices.repeats; k++)
    samples.push_back(timed([&] { for (long i = 0; i < inner; i++) work(); }).cpu / double(inner));
  return median(samples);
}

static void compete(const Choices &choices, RawFit &fit, const std::string &width, long nfev, long njev) {
  double residuals = seconds(choices, [&] { fit.residuals(); });
  double derivatives = seconds(choices, [&] { fit.derivatives(); });
  double copying = seconds(choices, [&] { fit.copy(); });
  double both = seconds(choices, [&] {
    fit.copy();
    fit.factorize();
  });
  // A rotation keeps the length of f.
  Row length(2);
  fit.sumOfSquares(length[0], fit.f[0], fit.m);
  fit.sumOfSquares(length[1], fit.rotated[0], fit.m);
  mpfr_div(length[1], length[1], length[0], nearest);
  mpfr_sub_ui(length[1], length[1], 1, nearest);
  if (!(std::fabs(mpfr_get_d(length[1], nearest)) < std::ldexp(1, std::max(16 - int(bits), -1000))))
    throw std::runtime_error("raw-mpfr: the factorization does not keep the residuals' length");
  double calls = double(nfev) * residuals + double(njev) * derivatives;
  double all = calls + double(njev) * (both - copying);
  Line line;
  line.add("peer", std::string("raw-mpfr"));
  line.add("problem", fit.text.name);
  line.add("scalar", width);
  line.add("jacobian", std::string("analytic"));
  line.add("threads", 1L);
  line.add("m", long(fit.m));
  line.add("n", long(fit.n));
  if (nfev) {
    line.add("seconds_per_fit", all);
    line.add("cpu_seconds", all);
    line.add("fn_seconds", calls);
    line.add("overhead", all / calls);
  } else {
    line.raw("seconds_per_fit", "null");
  }
  line.add("nfev", nfev);
  line.add("njev", njev);
  line.add("seconds_residual", residuals);
  line.add("seconds_jacobian", derivatives);
  line.add("seconds_qr", both - copying);
  line.raw("final_ssr", "null");
  line.raw("x", "[]");
  line.add("repeats", long(choices.repeats));
  line.print();
}

int main(int count, char **words) {
  Choices choices(count, words);
  long nfev = 0, njev = 0;
  for (int i = 1; i + 1 < count; i += 2)
    if (std::string(words[i]) == "--counts") std::sscanf(words[i + 1], "%ld,%ld", &nfev, &njev);
  std::vector<long> widths = {128, 256, 1024};
  if (choices.scalar.rfind("mp", 0) == 0) widths = {std::atol(choices.scalar.c_str() + 2)};
  for (long width : widths) {
    std::string name = "mp" + std::to_string(width);
    bits = width;
    auto run = [&](const char *dataset, auto make) {
      if (!choices.wants("raw-mpfr", std::string("A/") + dataset, name, "analytic")) return;
      Decimals text;
      readNIST<std::string>(text, dataset, 1);
      auto fit = make(text);
      compete(choices, fit, name, nfev, njev);
    };
    run("Misra1a", [](auto &p) { return RawMisra1a(p); });
    run("Hahn1", [](auto &p) { return RawHahn1(p); });
    run("Gauss1", [](auto &p) { return RawGauss1(p); });
  }
}
