#include "api/retention.h"

#include "house/views.h"

namespace anlan::api {
namespace {

constexpr int kYearsOfShortTerm = 5;  // art 87: a term of a year or less
constexpr int kYearsOfLongTerm = 10;  // art 87: a longer one

}  // namespace

Retention retention_of(const house::PolicyFile& policy) {
  const UtcOffset offset = policy.policy.offset;
  const Date from = date_of(policy.policy.from, offset);
  const Date until = date_of(policy.policy.until, offset);
  Retention out{.ended = date_of(house::cover_until(policy), offset),
                .years = until <= plus_years(from, 1) ? kYearsOfShortTerm : kYearsOfLongTerm,
                .earliest = {}};
  // The day on which the period begins is not counted.
  out.earliest = plus_days(plus_years(out.ended, out.years), 1);
  return out;
}

std::string retention_text(Session& session, const Retention& kept) {
  return session.say("retention.text", {{"ended", to_text(kept.ended)},
                                        {"years", std::to_string(kept.years)},
                                        {"earliest", to_text(kept.earliest)}});
}

}  // namespace anlan::api
