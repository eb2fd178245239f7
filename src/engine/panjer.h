// The recursion for compound distributions on a lattice.
//
// H. H. Panjer 1981 (ASTIN Bulletin 12, 22): for a count with p(n) = (a + b/n) p(n-1), the total of
// claims with masses f(0), f(1), ... has g(n) = sum over j of (a + b j/n) f(j) g(n-j) / (1 - a
// f(0)). With a >= 0 every term is positive, so each g(n) keeps its relative accuracy however small
// it is (H. H. Panjer and S. Wang 1993, ASTIN Bulletin 23, 227: strongly stable).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace anlan::engine {

struct PanjerCount {
  double a = 0.0;
  double b = 0.0;
  double log_start = 0.0;  // ln g(0), which may lie far below what a double can hold
};

// Directly, over the masses that are not 0, or by Fourier transforms block by block: the third, for
// more than 16,384 totals of wide claims, keeps absolute accuracy only (about 1e-14 of the largest
// g).
enum class PanjerWay : std::uint8_t { kDense = 1, kSparse = 2, kOnLine = 3 };
PanjerWay panjer_way(std::span<const double> f, std::size_t count);

// g(0) .. g(count - 1). The masses f may sum to less than 1: claims of the missing mass leave the
// lattice for good, and what is below them stays right. A start that underflows is carried as a
// scale, so counts of any size are possible. Cost O(count x f.size()), O(count x masses) or O(count
// log^2 count).
std::vector<double> panjer(const PanjerCount& of, std::span<const double> f, std::size_t count);

// The first `count` terms of the product of two power series. Cost O(count x min(sizes)).
std::vector<double> product_series(std::span<const double> x, std::span<const double> y,
                                   std::size_t count);

}  // namespace anlan::engine
