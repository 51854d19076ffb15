// What every rival does but the solver's call: choosing, counting, timing, printing.
#pragma once
extern "C" {
#include "../Sources/CGauges/include/gauges.h"
}
#include "problems.hpp"
#include <algorithm>
#include <cstdio>
#include <limits>

namespace rivals {

// Pairs of an option and its value; those that are not known are passed over.
struct Choices {
  std::string filter, problem, scalar;
  int repeats = 7;
  double slice = 0.03, budget = 1;
  Choices(int count, char **words) {
    for (int i = 1; i + 1 < count; i += 2) {
      std::string key = words[i], value = words[i + 1];
      if (key == "--filter") filter = value;
      else if (key == "--problem") problem = value;
      else if (key == "--scalar") scalar = value;
      else if (key == "--repeats") repeats = std::stoi(value);
      else if (key == "--slice") slice = std::stod(value);
      else if (key == "--budget") budget = std::stod(value);
    }
  }
  bool wantsProblem(const std::string &name) const {
    return problem.empty() || name == problem || (problem.back() == '/' && name.rfind(problem, 0) == 0);
  }
  bool wants(const std::string &peer, const std::string &name, const std::string &number,
             const std::string &jacobian) const {
    return wantsProblem(name) && (scalar.empty() || scalar == number) &&
           gauge_matches(filter.c_str(), (peer + " " + name + " " + number + " " + jacobian).c_str());
  }
};

// A problem whose calls are counted, and recorded where a replay is to follow.
template <class T> struct Counted {
  const Problem<T> *problem;
  long residualCalls = 0, jacobianCalls = 0;
  bool isRecording = false;
  std::vector<std::pair<bool, std::vector<T>>> calls;
  void residuals(const T *x, T *f) {
    residualCalls++;
    if (isRecording) calls.push_back({false, std::vector<T>(x, x + problem->n())});
    problem->residuals(x, f);
  }
  void jacobian(const T *x, T *out, long row, long column) {
    jacobianCalls++;
    if (isRecording) calls.push_back({true, std::vector<T>(x, x + problem->n())});
    problem->jacobian(x, out, row, column);
  }
};

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  size_t middle = values.size() / 2;
  return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

struct Times {
  double wall, cpu;
};
template <class F> Times timed(F &&work) {
  double wall = gauge_wall_seconds(), cpu = gauge_cpu_seconds();
  work();
  return {gauge_wall_seconds() - wall, gauge_cpu_seconds() - cpu};
}

// How often to do a piece of work so that it lasts a slice.
template <class F> long repetitions(const Choices &choices, F &&work, double &once) {
  once = timed(work).wall;
  if (once < 0.2) once = std::max(timed(work).wall, 1e-9);
  return once >= choices.slice ? 1 : long(std::ceil(choices.slice / once));
}

struct Line {
  std::string text = "{";
  void raw(const char *key, const std::string &value) {
    text += (text.size() > 1 ? ", \"" : "\"") + std::string(key) + "\": " + value;
  }
  void add(const char *key, const std::string &value) { raw(key, "\"" + value + "\""); }
  void add(const char *key, long value) { raw(key, std::to_string(value)); }
  void add(const char *key, double value) { raw(key, decimal(value, 7)); }
  static std::string decimal(double value, int digits) {
    if (!std::isfinite(value)) return "null";
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.*g", digits, value);
    return buffer;
  }
  void print() {
    if (const char *round = gauge_environment("PEERS_ROUND")) raw("round", round);
    std::printf("%s}\n", text.c_str());
    std::fflush(stdout);
  }
};

// A number as JSON. Programs with numbers of their own overload it.
inline std::string json(double value) { return Line::decimal(value, 17); }

// Times one fit: `solve` runs it from the parameters that it is given, leaves the solution there, and returns the
// solver's own code. `byRows` says how the solver wants its Jacobian, for the replay of the calls.
template <class T, class Solve>
void compete(const Choices &choices, const std::string &peer, const std::string &number, const std::string &jacobian,
             const Problem<T> &problem, bool byRows, Solve &&solve) {
  int m = problem.m(), n = problem.n(), info = 0;
  Counted<T> counted{&problem};
  std::vector<T> x, f(m);
  auto fit = [&] {
    x = problem.start;
    info = solve(counted, x);
  };
  gauge_reset_peak();
  counted.isRecording = true;
  Times first = timed(fit);
  counted.isRecording = false;
  long peak = gauge_peak_kilobytes(), nfev = counted.residualCalls, njev = counted.jacobianCalls;
  uint64_t calls0 = 0, bytes0 = 0, calls1 = 0, bytes1 = 0;
  bool hasAllocations = gauge_allocations(&calls0, &bytes0);
  if (hasAllocations) {
    fit();
    gauge_allocations(&calls1, &bytes1);
  }
  std::vector<T> rows(njev ? size_t(m) * n : 0);
  auto replay = [&] {
    for (auto &call : counted.calls)
      if (call.first) problem.jacobian(call.second.data(), rows.data(), byRows ? n : 1, byRows ? 1 : m);
      else problem.residuals(call.second.data(), f.data());
  };
  // A fit of more than a second is its own and only sample.
  bool isLong = first.wall > 1;
  double once = first.wall;
  long inner = isLong ? 1 : repetitions(choices, fit, once);
  int repeats = isLong ? 1 : std::max(1, std::min(choices.repeats, int(choices.budget / (once * double(inner)))));
  std::vector<double> walls, cpus, besides, ratios;
  for (int k = 0; k < repeats; k++) {
    Times mine = isLong ? first : timed([&] { for (long i = 0; i < inner; i++) fit(); });
    Times others = timed([&] { for (long i = 0; i < inner; i++) replay(); });
    walls.push_back(mine.wall / double(inner));
    cpus.push_back(mine.cpu / double(inner));
    besides.push_back(others.cpu / double(inner));
    ratios.push_back(mine.cpu / others.cpu);
  }
  problem.residuals(x.data(), f.data());
  T sum(0);
  for (int i = 0; i < m; i++) sum += f[i] * f[i];

  Line line;
  line.add("peer", peer);
  line.add("problem", problem.name);
  line.add("scalar", number);
  line.add("jacobian", jacobian);
  line.add("threads", 1L);
  line.add("m", long(m));
  line.add("n", long(n));
  line.add("seconds_per_fit", median(walls));
  line.add("seconds_best", *std::min_element(walls.begin(), walls.end()));
  line.add("cpu_seconds", median(cpus));
  line.add("fn_seconds", median(besides));
  line.add("overhead", median(ratios));
  line.add("nfev", nfev);
  line.add("njev", njev);
  line.add("info", long(info));
  line.raw("final_ssr", json(sum));
  std::string values;
  for (int j = 0; j < std::min(n, 12); j++) values += (j ? ", " : "") + json(x[j]);
  line.raw("x", "[" + values + (n > 12 ? ", null]" : "]"));
  if (hasAllocations) {
    line.add("mallocs", long(calls1 - calls0));
    line.add("malloc_bytes", long(bytes1 - bytes0));
  }
  line.add("peak_rss_kb", peak);
  line.add("repeats", long(repeats));
  line.add("inner", inner);
  line.print();
}

// Every fit in double that is asked for; of the families B and C any size.
template <class Go> void everyDouble(const Choices &choices, const std::string &peer, Go &&go) {
  auto all = smallFits<double>();
  std::vector<int> tall = {10000, 100000, 1000000}, dense = {100, 400};
  if (choices.problem.size() > 2) {
    int size = std::atoi(choices.problem.c_str() + 2);
    if (choices.problem[0] == 'B') tall = {size};
    if (choices.problem[0] == 'C') dense = {size};
  }
  for (int m : tall) all.push_back(maker<double, ThreeGaussians>("B/" + std::to_string(m), m));
  for (int n : dense) all.push_back(maker<double, Broyden>("C/" + std::to_string(n), n));
  for (const char *jacobian : {"analytic", "fd"})
    for (auto &each : all) {
      bool isDifferences = jacobian[0] == 'f';
      if (each.first[0] == 'C' && isDifferences) continue;
      if (!choices.wants(peer, each.first, "double", jacobian)) continue;
      auto problem = each.second();
      go(*problem, jacobian, isDifferences);
    }
}

// Square root of the last place of one: the tolerances of every fit.
inline double tolerance() { return 0x1p-26; }
constexpr int evaluationLimit = 20000;
}  // namespace rivals
