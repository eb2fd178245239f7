#include "terms/reaching.h"

#include <numeric>

#include <doctest/doctest.h>

using namespace anlan;
using namespace anlan::terms;

namespace {

Money fen(std::int64_t minor) { return Money::from_minor(minor, Currency::kCny); }

Outage hours(std::vector<std::int64_t> hourly) {
  const auto minutes = static_cast<std::int64_t>(hourly.size()) * 60;
  return {.minutes = minutes, .hourly = std::move(hourly)};
}

std::int64_t sum(const Outage& outage) {
  return std::accumulate(outage.hourly.begin(), outage.hourly.end(), std::int64_t{0});
}

}  // namespace

TEST_CASE("reaching: the hours share what the gates left, and stand as stated where it is all") {
  const Section section{.code = "FP.BI"};
  const StatedInterruption stated{.stretches = {hours({10, 0, 5})}};
  CHECK(reaching_outage({}, section, stated, fen(15)).outage == hours({10, 0, 5}));
  const auto part = reaching_outage({}, section, stated, fen(7));
  CHECK(part.outage->hourly == std::vector<std::int64_t>{5, 0, 2});
  CHECK(part.outage->claimed == 0);
  CHECK_FALSE(part.step);
}

TEST_CASE("reaching: of measured hours the amount falls in the proportion that was admitted") {
  Section section{.code = "FP.CBI"};
  section.time.parametric_hourly = 1'001;
  const StatedInterruption stated{.stretches = {hours({3, 3, 3})}};
  const auto whole = reaching_outage({}, section, stated, fen(9));
  CHECK(time_loss(section.time, *whole.outage).payable == 3'003);
  const auto part = reaching_outage({}, section, stated, fen(3));
  CHECK(time_loss(section.time, *part.outage).payable == 1'001);
  section.time.waiting_hours = 1;
  // 3,003 and 1,001 of it waited: a third of each, half-up.
  CHECK(time_loss(section.time, *part.outage).payable == 1'001 - 334);
}

TEST_CASE("reaching: a stretch that waits anew says what its wait took of what was admitted") {
  Section section{.code = "FP.BI"};
  section.time = {.waiting_hours = 1, .waiting_clause = "2.2"};
  const StatedInterruption stated{.stretches = {hours({4, 4}), hours({4, 4})}, .gaps = {30 * 60}};
  const auto found = reaching_outage({.hours = 24}, section, stated, fen(8));
  REQUIRE(found.step);
  CHECK(found.step->before == fen(8));
  CHECK(found.step->after == fen(6));
  CHECK(sum(*found.outage) == 6);
  const auto once = reaching_outage({.hours = 30}, section, stated, fen(8));
  CHECK_FALSE(once.step);
  CHECK(sum(*once.outage) == 8);
}

TEST_CASE("reaching: a provider counts of its outages only, and unknown is never another") {
  CHECK(counting_provider({"provider_outage"}, "one") == "one");
  CHECK(counting_provider({"ransomware"}, "one").empty());
  Section section{.code = "FP.CBI"};
  CHECK_FALSE(provider_unknown(section, {"provider_outage"}, ""));
  section.provider = "one";
  CHECK(provider_unknown(section, {"provider_outage"}, ""));
  CHECK_FALSE(provider_unknown(section, {"provider_outage"}, "two"));
  CHECK_FALSE(provider_unknown(section, {"ransomware"}, ""));
}
