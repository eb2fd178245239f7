// The years of the sample book: what people type for made-up companies, in the order of time.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "api/sample_book.h"
#include "api/session.h"

namespace anlan::api {

struct SampleSize {
  std::uint64_t firms = 0;
  std::int64_t years = 0;
  std::uint64_t seed = 0;
};

struct SampleMade {
  std::map<std::string, std::uint64_t> done;     // by command
  std::map<std::string, std::uint64_t> quotes;   // by decision
  std::map<std::string, std::uint64_t> refused;  // by command and code, "policy bind: risk_limit"
  Instant until;                                 // the last command
};

// Opens a house in the folder of `session`, whose options it changes, and gives the commands of all
// companies. A refusal belongs to the business and is counted. Refuses what opening the house, its
// people and its months refuses, and kCancelled. `told` is the session whose caller waits.
Result<SampleMade> make_sample_years(Session& session, Session& told, const SampleBook& book,
                                     const SampleSize& size);

}  // namespace anlan::api
