// Eigen's two Levenberg-Marquardt modules, both after MINPACK: NonLinearOptimization, or with -DNEWER the module
// LevenbergMarquardt. SUFFIX names other compiler options.
#include "harness.hpp"
#include <Eigen/Dense>
#include <Eigen/SparseCore>
#ifdef NEWER
#include <unsupported/Eigen/LevenbergMarquardt>
#define PEER "eigen-lm" SUFFIX
#else
#include <unsupported/Eigen/NonLinearOptimization>
#define PEER "eigen-nlo" SUFFIX
#endif
#include <unsupported/Eigen/NumericalDiff>
using namespace rivals;

#ifdef NEWER
using Base = Eigen::DenseFunctor<double>;
#else
struct Base {
  using Scalar = double;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };
  using InputType = Eigen::VectorXd;
  using ValueType = Eigen::VectorXd;
  using JacobianType = Eigen::MatrixXd;
  int rows, columns;
  Base(int n, int m) : rows(m), columns(n) {}
  int inputs() const { return columns; }
  int values() const { return rows; }
};
#endif

struct Functions : Base {
  Counted<double> *counted = nullptr;
  explicit Functions(const Problem<double> &p) : Base(p.n(), p.m()) {}
  int operator()(const Eigen::VectorXd &x, Eigen::VectorXd &f) const {
    counted->residuals(x.data(), f.data());
    return 0;
  }
  int df(const Eigen::VectorXd &x, Eigen::MatrixXd &j) const {
    counted->jacobian(x.data(), j.data(), 1, j.rows());
    return 0;
  }
};

template <class F> int minimize(F &functions, std::vector<double> &x) {
  Eigen::LevenbergMarquardt<F> solver(functions);
  double tol = tolerance();
#ifdef NEWER
  solver.setFtol(tol);
  solver.setXtol(tol);
  solver.setGtol(0);
  solver.setFactor(100);
  solver.setMaxfev(evaluationLimit);
#else
  solver.parameters.ftol = solver.parameters.xtol = tol;
  solver.parameters.gtol = 0;
  solver.parameters.factor = 100;
  solver.parameters.maxfev = evaluationLimit;
#endif
  Eigen::VectorXd v = Eigen::Map<Eigen::VectorXd>(x.data(), long(x.size()));
  int info = int(solver.minimize(v));
  std::copy(v.data(), v.data() + v.size(), x.begin());
  return info;
}

int main(int count, char **words) {
  Choices choices(count, words);
  everyDouble(choices, PEER, [&](const Problem<double> &p, const char *jacobian, bool isDifferences) {
    Functions functions(p);
    Eigen::NumericalDiff<Functions> differences(functions);
    compete(choices, PEER, "double", jacobian, p, false, [&](Counted<double> &counted, std::vector<double> &x) {
      functions.counted = differences.counted = &counted;
      return isDifferences ? minimize(differences, x) : minimize(functions, x);
    });
  });
}
