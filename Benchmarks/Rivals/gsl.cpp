// GSL's trust-region solver: lm, pivoted QR, More's scaling. It has no test on the sum of squares, so that it stops
// on the step alone.
#include "harness.hpp"
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>
using namespace rivals;

static int residuals(const gsl_vector *x, void *context, gsl_vector *f) {
  auto *counted = static_cast<Counted<double> *>(context);
  if (f->stride == 1) {
    counted->residuals(x->data, f->data);
    return GSL_SUCCESS;
  }
  // Differences are asked for in a column of a matrix that is stored by rows.
  static std::vector<double> values;
  values.resize(f->size);
  counted->residuals(x->data, values.data());
  for (size_t i = 0; i < f->size; i++) gsl_vector_set(f, i, values[i]);
  return GSL_SUCCESS;
}
static int jacobian(const gsl_vector *x, void *context, gsl_matrix *j) {
  static_cast<Counted<double> *>(context)->jacobian(x->data, j->data, long(j->tda), 1);
  return GSL_SUCCESS;
}

int main(int count, char **words) {
  Choices choices(count, words);
  gsl_set_error_handler_off();
  everyDouble(choices, "gsl", [&](const Problem<double> &p, const char *kind, bool isDifferences) {
    // From its first start MGH17 takes GSL thirty thousand evaluations to nowhere.
    if (p.name == "A/MGH17") return;
    auto parameters = gsl_multifit_nlinear_default_parameters();
    parameters.trs = gsl_multifit_nlinear_trs_lm;
    parameters.scale = gsl_multifit_nlinear_scale_more;
    parameters.solver = gsl_multifit_nlinear_solver_qr;
    auto *work = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters, size_t(p.m()), size_t(p.n()));
    compete(choices, "gsl", "double", kind, p, true, [&](Counted<double> &counted, std::vector<double> &x) {
      gsl_multifit_nlinear_fdf functions = {};
      functions.f = residuals;
      functions.df = isDifferences ? nullptr : jacobian;
      functions.n = size_t(p.m());
      functions.p = size_t(p.n());
      functions.params = &counted;
      gsl_vector_view start = gsl_vector_view_array(x.data(), size_t(p.n()));
      int info = 0;
      gsl_multifit_nlinear_init(&start.vector, &functions, work);
      gsl_multifit_nlinear_driver(evaluationLimit, tolerance(), 0, 0, nullptr, nullptr, &info, work);
      gsl_vector_memcpy(&start.vector, gsl_multifit_nlinear_position(work));
      return info;
    });
    gsl_multifit_nlinear_free(work);
  });
}
