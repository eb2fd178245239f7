// The fast Fourier transform of complex numbers, radix 2, with the same bits on every machine.
//
// J. W. Cooley and J. W. Tukey 1965 (Math. Comp. 19, 297). The roots of unity come from half-angle
// formulas (only + x / and square roots), error a few ulps. Errors of a product of two series are
// absolute: about 1e-16 of the product of their norms, so it is used where sums are wanted, not
// where the smallest terms matter.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace anlan::engine {

class Fourier {
 public:
  // size_max: a power of 2; transforms of any smaller power of 2 are possible.
  explicit Fourier(std::size_t size_max);
  void forward(std::vector<std::complex<double>>& x) const;
  void inverse(std::vector<std::complex<double>>& x) const;

 private:
  // By the power of 2 of their order: e^(-2 pi i k / order), k < order / 2.
  std::vector<std::vector<std::complex<double>>> roots_;
};

}  // namespace anlan::engine
