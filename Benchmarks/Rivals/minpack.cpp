// MINPACK itself, in Fortran; the caller keeps the work space. Its functions know no context.
#include "harness.hpp"
using namespace rivals;

extern "C" {
using Derivatives = void(const int *, const int *, const double *, double *, double *, const int *, int *);
using Differences = void(const int *, const int *, const double *, double *, int *);
void lmder_(Derivatives *, const int *m, const int *n, double *x, double *f, double *jacobian, const int *rows,
            const double *ftol, const double *xtol, const double *gtol, const int *maxfev, double *diag,
            const int *mode, const double *factor, const int *nprint, int *info, int *nfev, int *njev, int *pivots,
            double *qtf, double *w1, double *w2, double *w3, double *w4);
void lmdif_(Differences *, const int *m, const int *n, double *x, double *f, const double *ftol, const double *xtol,
            const double *gtol, const int *maxfev, const double *epsfcn, double *diag, const int *mode,
            const double *factor, const int *nprint, int *info, int *nfev, double *jacobian, const int *rows,
            int *pivots, double *qtf, double *w1, double *w2, double *w3, double *w4);
}

static Counted<double> *current;
static void derivatives(const int *, const int *, const double *x, double *f, double *jacobian, const int *rows,
                        int *flag) {
  if (*flag == 1) current->residuals(x, f);
  else current->jacobian(x, jacobian, 1, *rows);
}
static void differences(const int *, const int *, const double *x, double *f, int *) { current->residuals(x, f); }

int main(int count, char **words) {
  Choices choices(count, words);
  const char *peer = "minpack-fortran";
  everyDouble(choices, peer, [&](const Problem<double> &p, const char *jacobian, bool isDifferences) {
    int m = p.m(), n = p.n(), nfev, njev, info, mode = 1, nprint = 0, limit = evaluationLimit;
    std::vector<double> f(m), j(size_t(m) * n), diag(n), qtf(n), w1(n), w2(n), w3(n), w4(m);
    std::vector<int> pivots(n);
    double tol = tolerance(), zero = 0, factor = 100;
    compete(choices, peer, "double", jacobian, p, false, [&](Counted<double> &counted, std::vector<double> &x) {
      current = &counted;
      if (isDifferences)
        lmdif_(differences, &m, &n, x.data(), f.data(), &tol, &tol, &zero, &limit, &zero, diag.data(), &mode, &factor,
               &nprint, &info, &nfev, j.data(), &m, pivots.data(), qtf.data(), w1.data(), w2.data(), w3.data(),
               w4.data());
      else
        lmder_(derivatives, &m, &n, x.data(), f.data(), j.data(), &m, &tol, &tol, &zero, &limit, diag.data(), &mode,
               &factor, &nprint, &info, &nfev, &njev, pivots.data(), qtf.data(), w1.data(), w2.data(), w3.data(),
               w4.data());
      return info;
    });
  });
}
