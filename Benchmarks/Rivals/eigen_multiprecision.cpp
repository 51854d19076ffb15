// Eigen's NonLinearOptimization over numbers of MPFR: mpreal, whose limbs are on the heap, or with -DBOOST Boost's,
// whose limbs are inside. BITS is the width; for Boost DIGITS fills as many limbs.
#include "problems.hpp"
#ifdef BOOST
#include <Eigen/Core>
#include <boost/multiprecision/mpfr.hpp>
using Number = boost::multiprecision::number<
    boost::multiprecision::mpfr_float_backend<DIGITS, boost::multiprecision::allocate_stack>,
    boost::multiprecision::et_off>;
#define PEER "eigen-boost"
static const __mpfr_struct *limbs(const Number &v) { return v.backend().data(); }
static Number number(const std::string &s) { return Number(s); }
// Boost's own header for Eigen is older than what Eigen 3.4 asks for.
template <> struct Eigen::NumTraits<Number> : Eigen::GenericNumTraits<Number> {
  using Limits = std::numeric_limits<Number>;
  enum { IsComplex = 0, IsInteger = 0, IsSigned = 1, RequireInitialization = 1, ReadCost = 1, AddCost = 8, MulCost = 16 };
  static Number epsilon() { return Limits::epsilon(); }
  static Number dummy_precision() { return epsilon() * 1024; }
  static Number highest() { return (Limits::max)(); }
  static Number lowest() { return Limits::lowest(); }
  static int digits10() { return Limits::digits10; }
};
#else
#define MPFR_USE_NO_MACRO  // A method of mpreal has the name of one of MPFR's macros.
#include <mpfr.h>
#include <mpreal.h>
using Number = mpfr::mpreal;
#define PEER "eigen-mpreal"
static const __mpfr_struct *limbs(const Number &v) { return v.mpfr_srcptr(); }
static Number number(const std::string &s) { return Number(s, BITS); }
#endif
namespace rivals {
template <> Number Text<Number>::read(const std::string &s) { return number(s); }
inline std::string json(const Number &value) {
  if (!mpfr_number_p(limbs(value))) return "null";
  char buffer[80];
  mpfr_snprintf(buffer, sizeof buffer, "%.40Rg", limbs(value));
  return buffer;
}
}  // namespace rivals
#include "harness.hpp"
#include <Eigen/Dense>
#ifndef BOOST
#include <unsupported/Eigen/MPRealSupport>
#endif
#include <unsupported/Eigen/NonLinearOptimization>
using namespace rivals;

using Vector = Eigen::Matrix<Number, Eigen::Dynamic, 1>;
using Matrix = Eigen::Matrix<Number, Eigen::Dynamic, Eigen::Dynamic>;

struct Functions {
  using Scalar = Number;
  enum { InputsAtCompileTime = Eigen::Dynamic, ValuesAtCompileTime = Eigen::Dynamic };
  using InputType = Vector;
  using ValueType = Vector;
  using JacobianType = Matrix;
  Counted<Number> *counted;
  int inputs() const { return counted->problem->n(); }
  int values() const { return counted->problem->m(); }
  int operator()(const Vector &x, Vector &f) const {
    counted->residuals(x.data(), f.data());
    return 0;
  }
  int df(const Vector &x, Matrix &j) const {
    counted->jacobian(x.data(), j.data(), 1, j.rows());
    return 0;
  }
};

int main(int count, char **words) {
#ifndef BOOST
  Number::set_default_prec(BITS);
#endif
  Choices choices(count, words);
  std::string width = "mp" + std::to_string(BITS);
  for (auto &each : smallFits<Number>()) {
    if (each.first == "A/MGH17" || !choices.wants(PEER, each.first, width, "analytic")) continue;
    auto problem = each.second();
    compete(choices, PEER, width, "analytic", *problem, false, [&](Counted<Number> &counted, std::vector<Number> &x) {
      Functions functions{&counted};
      Eigen::LevenbergMarquardt<Functions, Number> solver(functions);
      using std::ldexp, std::sqrt;
      Number tol = sqrt(Number(ldexp(Number(1), 1 - BITS)));
      solver.parameters.ftol = solver.parameters.xtol = tol;
      solver.parameters.gtol = Number(0);
      solver.parameters.factor = Number(100);
      solver.parameters.maxfev = evaluationLimit;
      Vector v = Eigen::Map<Vector>(x.data(), long(x.size()));
      int info = int(solver.minimize(v));
      for (size_t j = 0; j < x.size(); j++) x[j] = v[long(j)];
      return info;
    });
  }
}
