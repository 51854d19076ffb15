// The fits, in C++ over any number: the same formulas in the same order of operations as those of the Swift
// side (Sources/Contender/Problems), so that doubles give the same bits.
//
// NIST_DIR names the folder of NIST's files, RIVALS_DATA that of osborne2.txt.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace rivals {

// Decimal text to a number. Programs with numbers of their own specialise it.
template <class T> struct Text {
  static T read(const std::string &s);
};
template <> inline double Text<double>::read(const std::string &s) { return std::strtod(s.c_str(), nullptr); }
template <> inline std::string Text<std::string>::read(const std::string &s) { return s; }

// m residuals of n parameters; the Jacobian's element (i, j) goes to out[i * row + j * column].
template <class T> struct Problem {
  std::string name;
  std::vector<T> x, y, start;
  virtual ~Problem() = default;
  virtual int m() const { return int(y.size()); }
  int n() const { return int(start.size()); }
  virtual void residuals(const T *b, T *f) const = 0;
  virtual void jacobian(const T *b, T *out, long row, long column) const = 0;
};

inline std::ifstream open(const char *folder, const std::string &file) {
  const char *path = std::getenv(folder);
  std::ifstream in((path ? std::string(path) + "/" : "") + file);
  if (!in) throw std::runtime_error(file + " is not in the folder that " + folder + " names");
  return in;
}

// Fills data and start from a NIST file with one predictor.
template <class T> void readNIST(Problem<T> &p, const std::string &dataset, int start) {
  p.name = "A/" + dataset + (start == 1 ? "" : "s" + std::to_string(start));
  std::ifstream in = open("NIST_DIR", dataset + ".dat");
  bool inData = false;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string first, second, third, fourth;
    words >> first >> second >> third >> fourth;
    if (inData) {
      if (second.empty()) continue;
      p.y.push_back(Text<T>::read(first));
      p.x.push_back(Text<T>::read(second));
    } else if (first == "Data:" && second == "y") {
      inData = true;
    } else if (second == "=" && first.size() == 2 && first[0] == 'b' && !fourth.empty()) {
      p.start.push_back(Text<T>::read(start == 1 ? third : fourth));
    }
  }
}

template <class T> struct Misra1a : Problem<T> {
  Misra1a() { readNIST(*this, "Misra1a", 1); }
  void residuals(const T *b, T *f) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) f[i] = b[0] * (1 - exp(-b[1] * this->x[i])) - this->y[i];
  }
  void jacobian(const T *b, T *out, long row, long column) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      T e = exp(-b[1] * this->x[i]);
      T *r = out + i * row;
      r[0] = 1 - e;
      r[column] = b[0] * this->x[i] * e;
    }
  }
};

template <class T> struct Hahn1 : Problem<T> {
  Hahn1() { readNIST(*this, "Hahn1", 1); }
  void residuals(const T *b, T *f) const override {
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      T u = b[0] + x * (b[1] + x * (b[2] + x * b[3]));
      T v = 1 + x * (b[4] + x * (b[5] + x * b[6]));
      f[i] = u / v - this->y[i];
    }
  }
  void jacobian(const T *b, T *out, long row, long column) const override {
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      T u = b[0] + x * (b[1] + x * (b[2] + x * b[3]));
      T v = 1 + x * (b[4] + x * (b[5] + x * b[6]));
      T w = 1 / v;
      T g = -u * w * w;
      T *r = out + i * row;
      r[0] = w;
      r[column] = x * w;
      r[2 * column] = x * x * w;
      r[3 * column] = x * x * x * w;
      r[4 * column] = x * g;
      r[5 * column] = x * x * g;
      r[6 * column] = x * x * x * g;
    }
  }
};

template <class T> struct Gauss1 : Problem<T> {
  Gauss1() { readNIST(*this, "Gauss1", 1); }
  void residuals(const T *b, T *f) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      T u = (x - b[3]) / b[4];
      T v = (x - b[6]) / b[7];
      f[i] = b[0] * exp(-b[1] * x) + b[2] * exp(-u * u) + b[5] * exp(-v * v) - this->y[i];
    }
  }
  void jacobian(const T *b, T *out, long row, long column) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      T u = (x - b[3]) / b[4];
      T v = (x - b[6]) / b[7];
      T e = exp(-b[1] * x), g = exp(-u * u), h = exp(-v * v);
      T gu = 2 * b[2] * g * u / b[4];
      T hv = 2 * b[5] * h * v / b[7];
      T *r = out + i * row;
      r[0] = e;
      r[column] = -b[0] * x * e;
      r[2 * column] = g;
      r[3 * column] = gu;
      r[4 * column] = gu * u;
      r[5 * column] = h;
      r[6 * column] = hv;
      r[7 * column] = hv * v;
    }
  }
};

template <class T> struct MGH17 : Problem<T> {
  explicit MGH17(int start) { readNIST(*this, "MGH17", start); }
  void residuals(const T *b, T *f) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      f[i] = b[0] + b[1] * exp(-x * b[3]) + b[2] * exp(-x * b[4]) - this->y[i];
    }
  }
  void jacobian(const T *b, T *out, long row, long column) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &x = this->x[i];
      T e = exp(-x * b[3]), g = exp(-x * b[4]);
      T *r = out + i * row;
      r[0] = 1;
      r[column] = e;
      r[2 * column] = g;
      r[3 * column] = -x * b[1] * e;
      r[4 * column] = -x * b[2] * g;
    }
  }
};

template <class T> struct Osborne2 : Problem<T> {
  Osborne2() {
    this->name = "A/Osborne2";
    std::ifstream in = open("RIVALS_DATA", "osborne2.txt");
    for (std::string word; in >> word;) this->y.push_back(Text<T>::read(word));
    for (int i = 0; i < this->m(); i++) this->x.push_back(T(i) / T(10));
    for (const char *s : {"1.3", "0.65", "0.65", "0.7", "0.6", "3", "5", "7", "2", "4.5", "5.5"})
      this->start.push_back(Text<T>::read(s));
  }
  void residuals(const T *b, T *f) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &t = this->x[i];
      T u = t - b[8], v = t - b[9], w = t - b[10];
      f[i] = b[0] * exp(-t * b[4]) + b[1] * exp(-b[5] * u * u) + b[2] * exp(-b[6] * v * v) +
             b[3] * exp(-b[7] * w * w) - this->y[i];
    }
  }
  void jacobian(const T *b, T *out, long row, long column) const override {
    using std::exp;
    for (int i = 0; i < this->m(); i++) {
      const T &t = this->x[i];
      T *r = out + i * row;
      T decay = exp(-t * b[4]);
      r[0] = decay;
      r[4 * column] = -t * b[0] * decay;
      for (int k = 1; k <= 3; k++) {
        T d = t - b[7 + k];
        T e = exp(-b[4 + k] * d * d);
        T g = b[k] * e * d;
        r[k * column] = e;
        r[(4 + k) * column] = -g * d;
        r[(7 + k) * column] = 2 * b[4 + k] * g;
      }
    }
  }
};

// Knuth's linear congruential generator in 64 bits.
struct Generator {
  uint64_t state;
  double uniform() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return double(state >> 11) * 0x1p-53;
  }
  // Four uniform numbers, moved and scaled to mean 0 and variance 1.
  double noise() {
    double a = uniform(), b = uniform(), c = uniform(), d = uniform();
    return (a + b + c + d - 2.0) * 1.7320508075688772;
  }
};

// A line and three peaks: b0 + b1 x + sum of a exp(-((x - c)/w)^2), the triples (a, c, w) from b2 on.
struct ThreeGaussians : Problem<double> {
  explicit ThreeGaussians(int rows) {
    name = "B/" + std::to_string(rows);
    start = {0.5, 0.0, 4.0, 2.2, 0.8, 2.5, 5.3, 1.1, 3.0, 7.3, 0.7};
    const double truth[] = {1.0, 0.2, 5.0, 2.5, 0.6, 3.0, 5.0, 0.9, 4.0, 7.6, 0.5};
    Generator generator{20240607};
    x.resize(rows);
    y.resize(rows);
    for (int i = 0; i < rows; i++) {
      double t = 10.0 * double(i) / double(rows - 1), value = truth[0] + truth[1] * t;
      for (int k = 2; k < 11; k += 3) {
        double u = (t - truth[k + 1]) / truth[k + 2];
        value += truth[k] * std::exp(-u * u);
      }
      x[i] = t;
      y[i] = value + 0.1 * generator.noise();
    }
  }
  void residuals(const double *b, double *f) const override {
    for (int i = 0; i < m(); i++) {
      double t = x[i], u = (t - b[3]) / b[4], v = (t - b[6]) / b[7], w = (t - b[9]) / b[10];
      f[i] = b[0] + b[1] * t + b[2] * std::exp(-u * u) + b[5] * std::exp(-v * v) + b[8] * std::exp(-w * w) - y[i];
    }
  }
  void jacobian(const double *b, double *out, long row, long column) const override {
    for (int i = 0; i < m(); i++) {
      double t = x[i], *r = out + i * row;
      r[0] = 1;
      r[column] = t;
      for (int k = 2; k < 11; k += 3) {
        double u = (t - b[k + 1]) / b[k + 2], e = std::exp(-u * u), g = 2 * b[k] * e * u / b[k + 2];
        r[k * column] = e;
        r[(k + 1) * column] = g;
        r[(k + 2) * column] = g * u;
      }
    }
  }
};

struct Broyden : Problem<double> {
  explicit Broyden(int size) {
    name = "C/" + std::to_string(size);
    start.assign(size, -1);
  }
  int m() const override { return n(); }
  void residuals(const double *b, double *f) const override {
    int last = n() - 1;
    for (int i = 0; i <= last; i++) {
      f[i] = (3 - 2 * b[i]) * b[i] + 1;
      if (i > 0) f[i] -= b[i - 1];
      if (i < last) f[i] -= 2 * b[i + 1];
    }
  }
  void jacobian(const double *b, double *out, long row, long column) const override {
    int last = n() - 1;
    for (long k = 0; k < long(n()) * n(); k++) out[k] = 0;
    for (int i = 0; i <= last; i++) {
      out[i * row + i * column] = 3 - 4 * b[i];
      if (i > 0) out[i * row + (i - 1) * column] = -1;
      if (i < last) out[i * row + (i + 1) * column] = -2;
    }
  }
};

template <class T> using Maker = std::pair<std::string, std::function<std::unique_ptr<Problem<T>>()>>;
template <class T, class P, class... A> Maker<T> maker(const std::string &name, A... arguments) {
  return {name, [=] { return std::unique_ptr<Problem<T>>(new P(arguments...)); }};
}

template <class T> std::vector<Maker<T>> smallFits() {
  return {maker<T, Misra1a<T>>("A/Misra1a"),   maker<T, Hahn1<T>>("A/Hahn1"),
          maker<T, Gauss1<T>>("A/Gauss1"),     maker<T, Osborne2<T>>("A/Osborne2"),
          maker<T, MGH17<T>>("A/MGH17", 1), maker<T, MGH17<T>>("A/MGH17s2", 2)};
}
}  // namespace rivals
