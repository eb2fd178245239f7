#include "underwriting/bind.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

TEST_CASE("bind: the policy runs from midnight to midnight of the policy's zone") {
  domain::Quote quote;
  quote.id = {21};
  quote.enterprise = {12};
  quote.product = {"ningbo-2023-a"};
  quote.wording = {"ningbo-2023-a"};
  quote.wording_artefact = sha256(bytes_of("wording"));
  quote.from = day("2026-03-01");
  quote.until = day("2027-03-01");
  quote.premium = yuan(280'000);
  quote.customer_pays = yuan(140'000);
  quote.subsidy = yuan(140'000);
  quote.scheme = {"ningbo-premium-subsidy"};
  quote.policy_year = 2;
  quote.renewal_of = {7};
  const std::vector<domain::ExplainedClause> explained = {{.clause = "3.1"}};
  const domain::Policy policy = make_policy(quote, explained, UtcOffset{}, {37});
  CHECK(policy.number == "AL-2026-000037");
  CHECK(to_text(policy.from) == "2026-03-01T00:00:00+08:00");
  CHECK(to_text(policy.until) == "2027-03-01T00:00:00+08:00");
  CHECK(policy.id == domain::PolicyId{37});
  CHECK(policy.quote == quote.id);
  CHECK(policy.enterprise == quote.enterprise);
  CHECK(policy.premium == policy.customer_part + policy.subsidy_part);
  CHECK(policy.wording_artefact == quote.wording_artefact);
  CHECK(policy.scheme == quote.scheme);
  CHECK(policy.policy_year == 2);
  CHECK(policy.renewal_of == domain::PolicyId{7});
  CHECK(policy.explained == explained);
  const domain::Policy utc = make_policy(quote, explained, UtcOffset::from_minutes(0), {37});
  CHECK(minutes_between(policy.from, utc.from) == 8 * 60);
}

TEST_CASE("bind: a policy number keeps growing past six digits") {
  CHECK(policy_number({1}, day("2026-12-31")) == "AL-2026-000001");
  CHECK(policy_number({1'234'567}, day("2027-01-01")) == "AL-2027-1234567");
}

TEST_CASE("bind: what must be explained is the Chinese text of each exemption clause") {
  const terms::Wording form = wording();
  const std::vector<Digest> texts = texts_to_explain(form, terms::exemption_clauses(form));
  REQUIRE(texts.size() == 2);
  CHECK(texts[0] == sha256(bytes_of("战争除外")));
  CHECK(texts[1] == clause_text_digest(form.clauses[2]));
  CHECK(texts[0] != texts[1]);
}

}  // namespace
}  // namespace anlan::underwriting
