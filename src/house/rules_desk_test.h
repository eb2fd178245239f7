// The desk with underwriters of every class, rules of a house, and quotes that they judge.
#pragma once

#include <string>
#include <string_view>

#include "house/desk_test.h"
#include "house/subjectivities.h"

namespace anlan::house::rules_desk {

using namespace desk;

inline constexpr std::string_view kSenior = "uw.senior";
inline constexpr std::string_view kSecond = "uw.second";

// The desk with three more underwriters, so that two of any class can meet.
inline Desk staffed() {
  Desk desk;
  desk.open();
  const auto appoint = [&](std::string_view name, std::int64_t authority) {
    desk.must("op", AppointActor{.actor = {.name = {std::string(name)},
                                           .organisation = {"insurer"},
                                           .roles = {Role::kUnderwriter},
                                           .authority = yuan(authority)}});
  };
  appoint(kSenior, 5'000'000);
  appoint(kSecond, 1'000'000);
  return desk;
}

// Up to 100,000 alone, two together to 500,000; a senior of 5,000,000 to all of that.
inline ProposeRules rules(std::string_view of = "rules 1") {
  return {.artefact = sha256(bytes_of(of)),
          .note = std::string(of),
          .authority = {{.role = Role::kUnderwriter,
                         .authority_from = yuan(0),
                         .limit_alone = yuan(100'000),
                         .limit_two = yuan(500'000),
                         .sectors = {},
                         .sectors_excluded = {"D44"},
                         .score_min = Share::from_percent(20),
                         .cii = false,
                         .outside_range = false},
                        {.role = Role::kUnderwriter,
                         .authority_from = yuan(5'000'000),
                         .limit_alone = yuan(5'000'000),
                         .limit_two = yuan(0),
                         .sectors = {},
                         .sectors_excluded = {},
                         .score_min = {},
                         .cii = true,
                         .outside_range = true}},
          .decide_before_bind = true};
}

inline void publish(Desk& desk, const ProposeRules& command = rules()) {
  desk.must("uw", command);
  const auto version = static_cast<std::uint32_t>(desk.house.rules.versions.size());
  desk.must(kSecond, PublishRules{version});
}

inline SubjectivityTerms terms(std::string_view code, SubjectivityEffect effect,
                               ClearedBy clears = ClearedBy::kPerson,
                               std::string_view subject = "") {
  return {.code = std::string(code),
          .zh = "条件",
          .en = "A condition",
          .owner = Role::kPolicyholder,
          .days = 20,
          .clears = clears,
          .subject = std::string(subject),
          .answers = {},
          .effect = effect};
}

// A quote that a rule of the house referred and another one set a condition on.
inline Quote judged(Desk& desk, EnterpriseId enterprise) {
  Quote quote = desk.quote(enterprise);
  quote.judged = domain::JudgedRisk{.sector = "C34", .score = Share::from_percent(60)};
  quote.decision = QuoteDecision::kReferred;
  quote.applied = {{.code = "look_twice",
                    .outcome = RuleOutcome::kRefer,
                    .zh = "复核",
                    .en = "Look twice",
                    .inputs = {{"score", "60.0 %", "below 70.0 %"}}}};
  return quote;
}

inline QuoteId issue_judged(Desk& desk, std::string_view who = "broker") {
  return {desk.must(who, IssueQuote{.quote = judged(desk, desk.enterprise())})};
}

inline OverrideQuote finding_to(QuoteId quote, QuoteDecision outcome) {
  return {.quote = quote,
          .field_changed = OverrideField::kFinding,
          .finding = "look_twice",
          .outcome = outcome,
          .premium = yuan(0),
          .reason = OverrideReason::kEvidenceSeen,
          .justification = "the report of May"};
}

inline OverrideQuote premium_to(QuoteId quote, Money premium) {
  return {.quote = quote,
          .field_changed = OverrideField::kPremium,
          .premium = premium,
          .reason = OverrideReason::kRiskWorse,
          .justification = "two sites"};
}

inline Quote with_condition(Desk& desk, EnterpriseId enterprise,
                            const SubjectivityTerms& condition) {
  Quote quote = desk.quote(enterprise);
  quote.applied = {{.code = condition.code,
                    .outcome = RuleOutcome::kCondition,
                    .zh = "条件",
                    .en = "A condition",
                    .inputs = {},
                    .condition = condition}};
  return quote;
}

inline SubjectivityState state_of(const Desk& desk, SubjectivityId id) {
  return subjectivity_state(desk.house, *find_subjectivity(desk.house, id), desk.now);
}

// The enterprise's revenue, confirmed from a document by a second person.
inline void document_revenue(Desk& desk, EnterpriseId enterprise, std::string_view value) {
  FactProposal proposal{
      .id = {},
      .enterprise = enterprise,
      .document = sha256(bytes_of("the audited accounts")),
      .items = {{.kind = ProposedKind::kFact, .name = "revenue", .value = std::string(value)}}};
  const FactProposalId id{desk.must("broker", ProposeFacts{.proposal = std::move(proposal)})};
  desk.must("uw", DecideProposal{.proposal = id,
                                 .items = {1},
                                 .confirm = true,
                                 .observed_on = day("2026-01-31"),
                                 .reason = {},
                                 .questionnaire = {}});
}

// What a price of now would say of the quote, no worse than it.
inline PricedAgain priced_again(const Desk& desk, const Quote& quote) {
  return {.inputs = pricing_inputs(desk.house, quote.enterprise),
          .decision = quote.decision,
          .reasons = {},
          .technical = quote.parts.technical_gross};
}

}  // namespace anlan::house::rules_desk
