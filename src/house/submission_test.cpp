// Submissions and proposed facts: refusals 7101 to 7104, and what stands on record afterwards.
#include <doctest/doctest.h>

#include "base/refusals.h"
#include "house/consistency.h"
#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

Submission submission_of(EnterpriseId enterprise) {
  return {.enterprise = enterprise,
          .products = {{"ningbo-2023-a"}, {"ningbo-2023-b"}},
          .from = day("2026-03-01")};
}

SubmissionResult refusal_of(std::string_view product) {
  return {.product = {std::string(product)}, .refusal = "missing_facts", .path = "facts"};
}

// One quote, one refusal.
SendSubmission sending(const Desk& desk, EnterpriseId enterprise, SubmissionId id) {
  return {.submission = id,
          .quotes = {desk.quote(enterprise)},
          .refused = {refusal_of("ningbo-2023-b")}};
}

TEST_CASE("submission: one command records the quotes and the answer of each product") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const SubmissionId id{
      desk.must("holder", RecordSubmission{.submission = submission_of(enterprise)})};
  CHECK(desk.house.quotes.empty());
  const std::uint64_t first = desk.must("broker", sending(desk, enterprise, id));
  const SubmissionFile* file = find_submission(desk.house, id);
  REQUIRE(file->sent);
  CHECK(file->sent->results[0].quote == QuoteId{first});
  CHECK(file->sent->results[1].refusal == "missing_facts");
  CHECK(file->recorded_by == ActorName{"holder"});
  CHECK(file->sent_by == ActorName{"broker"});
  CHECK(find_quote(desk.house, QuoteId{first})->quote.enterprise == enterprise);
  CHECK(desk.refused("broker", sending(desk, enterprise, id)) == refusals::kAlreadyDone.name);
  desk.must("broker", WithdrawSubmission{.submission = id, .reason = "sold elsewhere"});
  CHECK(desk.refused("broker", WithdrawSubmission{.submission = id, .reason = "again"}) ==
        refusals::kAlreadyDone.name);
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("submission: entered and sent at once, as a row of a list is") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  SendSubmission command = sending(desk, enterprise, {});
  command.entered = submission_of(enterprise);
  command.entered->row = 3;
  const SubmissionId id{desk.must("uw", command)};
  CHECK(find_submission(desk.house, id)->submission.row == 3);
  CHECK(find_submission(desk.house, id)->sent->results[0].quote == QuoteId{id.number + 1});
  command.submission = id;
  CHECK(desk.refused("uw", command) == refusals::kAlreadyDone.name);
}

TEST_CASE("refusals 7101, 7102: a product twice, a product without a fitting answer") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  Submission twice = submission_of(enterprise);
  twice.products[1] = twice.products[0];
  CHECK(desk.refused("broker", RecordSubmission{.submission = twice}) ==
        refusals::kProductTwice.name);
  const SubmissionId id{
      desk.must("broker", RecordSubmission{.submission = submission_of(enterprise)})};
  const auto changed = [&](auto change) {
    SendSubmission command = sending(desk, enterprise, id);
    change(command);
    return desk.refused("broker", command);
  };
  const std::string_view incomplete = refusals::kSubmissionIncomplete.name;
  CHECK(changed([](SendSubmission& c) { c.refused.clear(); }) == incomplete);
  CHECK(changed([](SendSubmission& c) { c.refused[0].product = {"other"}; }) == incomplete);
  CHECK(changed([](SendSubmission& c) { c.refused[0].refusal.clear(); }) == incomplete);
  CHECK(changed([](SendSubmission& c) { c.quotes[0].enterprise = {999}; }) == incomplete);
  CHECK(changed([](SendSubmission& c) { c.quotes[0].from = day("2026-03-02"); }) == incomplete);
  CHECK(changed([](SendSubmission& c) { c.quotes.push_back(c.quotes[0]); }) == incomplete);
  // A quote that could not be issued alone is not issued with others; nothing is half done.
  CHECK(changed([](SendSubmission& c) { c.quotes[0].inputs = {}; }) ==
        refusals::kInputsChanged.name);
  CHECK(changed([&](SendSubmission& c) { c.entered = submission_of(enterprise); }) ==
        refusals::kIdGiven.name);
  CHECK(find_submission(desk.house, id)->sent == std::nullopt);
}

FactProposal proposal_of(EnterpriseId enterprise) {
  return {.enterprise = enterprise,
          .document = sha256(bytes_of("report")),
          .text = sha256(bytes_of("text")),
          .items = {{.kind = ProposedKind::kFact, .name = "revenue", .value = "3100000000"},
                    {.kind = ProposedKind::kFact, .name = "employees", .value = "50"},
                    {.kind = ProposedKind::kAnswer, .name = "IAM-01", .value = "100"},
                    {.kind = ProposedKind::kFact, .name = "revenue", .value = "3200000000"}}};
}

DecideProposal decision_on(FactProposalId id, std::vector<std::uint32_t> items, bool confirm) {
  return {.proposal = id,
          .items = std::move(items),
          .confirm = confirm,
          .observed_on = day("2026-01-31"),
          .reason = confirm ? "" : "another company",
          .questionnaire = sha256(bytes_of("questions"))};
}

TEST_CASE("proposal: nothing counts before a person confirms it, then it is documented") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const Digest before = pricing_inputs(desk.house, enterprise);
  const FactProposalId id{desk.must("holder", ProposeFacts{.proposal = proposal_of(enterprise)})};
  CHECK(pricing_inputs(desk.house, enterprise) == before);
  desk.must("broker", decision_on(id, {2}, false));
  CHECK(pricing_inputs(desk.house, enterprise) == before);
  desk.must("uw", decision_on(id, {1, 3}, true));
  CHECK(pricing_inputs(desk.house, enterprise) != before);
  const EnterpriseFile* file = find_enterprise(desk.house, enterprise);
  const std::vector<Fact> facts = file->enterprise.facts.get();
  const Fact* revenue = find_fact(facts, "revenue");
  CHECK(revenue->value == "3100000000");
  CHECK(revenue->source == FactSource::kDocumented);
  CHECK(revenue->observed_on == day("2026-01-31"));
  CHECK(find_fact(facts, "employees") == nullptr);
  REQUIRE(file->assessment);
  CHECK(file->assessment->answers.get()[0].evidence == sha256(bytes_of("report")));
  const ProposalFile* proposal = find_proposal(desk.house, id);
  CHECK(proposal->states == std::vector{ProposedState::kConfirmed, ProposedState::kRejected,
                                        ProposedState::kConfirmed, ProposedState::kOpen});
  CHECK(proposal->decided_by[1] == ActorName{"broker"});
  CHECK(*replay(desk.journal) == desk.house);
}

TEST_CASE("refusals 7103, 7104: two figures of one thing, the paper of another company") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const FactProposalId id{desk.must("broker", ProposeFacts{.proposal = proposal_of(enterprise)})};
  CHECK(desk.refused("uw", decision_on(id, {1, 4}, true)) == refusals::kProposedTwice.name);
  CHECK(desk.refused("uw", decision_on(id, {1, 1}, true)) == refusals::kAlreadyDone.name);
  CHECK(desk.refused("uw", decision_on(id, {5}, true)) == anlan::refusals::kOutOfRange.name);
  CHECK(desk.refused("uw", decision_on(id, {}, true)) == anlan::refusals::kEmptyList.name);
  CHECK(desk.refused("holder", decision_on(id, {1}, true)) == refusals::kRoleMissing.name);
  DecideProposal late = decision_on(id, {1}, true);
  late.observed_on = day("2026-02-24");
  CHECK(desk.refused("uw", late) == refusals::kFutureTime.name);
  FactProposal other = proposal_of(enterprise);
  other.items.push_back({.kind = ProposedKind::kCreditCode,
                         .name = "credit_code",
                         .value = std::string(kCreditCodes[1])});
  CHECK(desk.refused("broker", ProposeFacts{.proposal = other}) == refusals::kOtherCompany.name);
  other.items.back().value = std::string(kCreditCodes[0]);
  desk.must("broker", ProposeFacts{.proposal = other});
}

TEST_CASE("submission: a record that no command could have made is refused when it is replayed") {
  Desk desk;
  desk.open();
  const EnterpriseId enterprise = desk.enterprise();
  const SubmissionId id{
      desk.must("broker", RecordSubmission{.submission = submission_of(enterprise)})};
  const FactProposalId proposal{
      desk.must("broker", ProposeFacts{.proposal = proposal_of(enterprise)})};
  desk.must("broker", decision_on(proposal, {1}, false));
  const std::uint64_t next = desk.house.head.seq + 1;
  const auto contradicts = [&](const Event& event) {
    const auto checked =
        check_follows(desk.house, {.seq = next, .at = desk.now, .actor = {"broker"}}, event);
    return !checked.ok() && checked.refusal().code == refusals::kContradiction;
  };
  Submission named = submission_of(enterprise);
  named.id = {next + 1};
  CHECK(contradicts(SubmissionRecorded{.submission = named}));
  CHECK(contradicts(SubmissionSent{.submission = id, .results = {refusal_of("ningbo-2023-a")}}));
  CHECK(contradicts(SubmissionSent{
      .submission = id,
      .results = {{.product = {"ningbo-2023-a"}, .quote = {77}}, refusal_of("ningbo-2023-b")}}));
  CHECK(contradicts(SubmissionSent{.submission = {999}, .results = {}}));
  CHECK(contradicts(SubmissionWithdrawn{.submission = {999}, .reason = "r"}));
  CHECK(contradicts(FactsProposed{.proposal = {.id = {next}, .enterprise = enterprise}}));
  CHECK(contradicts(ProposalDecided{.proposal = proposal, .items = {1}}));
  CHECK(contradicts(ProposalDecided{.proposal = proposal, .items = {2, 2}}));
  CHECK(contradicts(ProposalDecided{.proposal = proposal, .items = {9}}));
}

}  // namespace
}  // namespace anlan::house
