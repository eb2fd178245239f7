#include "engine/fourier.h"

#include <utility>

#include "base/check.h"
#include "base/maths.h"

namespace anlan::engine {
namespace {

using Complex = std::complex<double>;

// std::complex multiplies with special cases for infinities; here both factors are finite.
Complex times(Complex a, Complex b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

}  // namespace

Fourier::Fourier(std::size_t size_max) : roots_{{}, {Complex{1.0, 0.0}}} {
  ANLAN_CHECK(size_max >= 2 && (size_max & (size_max - 1)) == 0);
  // From the roots of one order those of twice the order: old ones at even places, turned by half
  // the angle at odd ones. cos and sin of pi at first.
  double cosine = -1.0;
  double sine = 0.0;
  for (std::size_t order = 2; order < size_max; order *= 2) {
    cosine = order == 2 ? 0.0 : maths::sqrt(0.5 * (1.0 + cosine));
    sine = order == 2 ? 1.0 : 0.5 * sine / cosine;
    const std::vector<Complex>& last = roots_.back();
    std::vector<Complex> next(order);
    for (std::size_t k = 0; k < last.size(); ++k) {
      next[2 * k] = last[k];
      next[2 * k + 1] = times(last[k], {cosine, -sine});
    }
    roots_.push_back(std::move(next));
  }
}

void Fourier::forward(std::vector<Complex>& x) const {
  const std::size_t size = x.size();
  ANLAN_CHECK(size <= 2 * roots_.back().size() && (size & (size - 1)) == 0);
  for (std::size_t i = 1, j = 0; i < size; ++i) {
    std::size_t bit = size / 2;
    for (; j & bit; bit /= 2) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  std::size_t order = 1;
  for (std::size_t half = 1; half < size; half *= 2, ++order) {
    const Complex* const roots = roots_[order].data();
    for (std::size_t start = 0; start < size; start += 2 * half) {
      Complex* const low = x.data() + start;
      Complex* const high = low + half;
      for (std::size_t k = 0; k < half; ++k) {
        const Complex turned = times(high[k], roots[k]);
        const Complex kept = low[k];
        low[k] = kept + turned;
        high[k] = kept - turned;
      }
    }
  }
}

void Fourier::inverse(std::vector<Complex>& x) const {
  // The inverse is the forward one with real and imaginary parts exchanged, before and after.
  const double scale = 1.0 / static_cast<double>(x.size());
  for (Complex& value : x) value = {value.imag(), value.real()};
  forward(x);
  for (Complex& value : x) value = {scale * value.imag(), scale * value.real()};
}

}  // namespace anlan::engine
