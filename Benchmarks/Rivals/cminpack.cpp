// cminpack's lmder and lmdif; the caller keeps the work space.
#include "harness.hpp"
#include <cminpack-1/cminpack.h>
using namespace rivals;

static int derivatives(void *context, int, int, const double *x, double *f, double *jacobian, int rows, int flag) {
  auto *counted = static_cast<Counted<double> *>(context);
  if (flag == 1) counted->residuals(x, f);
  else counted->jacobian(x, jacobian, 1, rows);
  return 0;
}
static int differences(void *context, int, int, const double *x, double *f, int) {
  static_cast<Counted<double> *>(context)->residuals(x, f);
  return 0;
}

int main(int count, char **words) {
  Choices choices(count, words);
  everyDouble(choices, "cminpack", [&](const Problem<double> &p, const char *jacobian, bool isDifferences) {
    int m = p.m(), n = p.n(), nfev, njev;
    std::vector<double> f(m), j(size_t(m) * n), diag(n), qtf(n), w1(n), w2(n), w3(n), w4(m);
    std::vector<int> pivots(n);
    double tol = tolerance();
    compete(choices, "cminpack", "double", jacobian, p, false, [&](Counted<double> &counted, std::vector<double> &x) {
      if (isDifferences)
        return lmdif(differences, &counted, m, n, x.data(), f.data(), tol, tol, 0, evaluationLimit, 0, diag.data(), 1,
                     100, 0, &nfev, j.data(), m, pivots.data(), qtf.data(), w1.data(), w2.data(), w3.data(), w4.data());
      return lmder(derivatives, &counted, m, n, x.data(), f.data(), j.data(), m, tol, tol, 0, evaluationLimit,
                   diag.data(), 1, 100, 0, &nfev, &njev, pivots.data(), qtf.data(), w1.data(), w2.data(), w3.data(),
                   w4.data());
    });
  });
}
