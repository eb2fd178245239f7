// From the facts of a company to an explained quote.
#include <algorithm>

#include "house/access.h"
#include "house/decision.h"
#include "house/filings.h"
#include "house/inputs.h"
#include "house/offer.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<const EnterpriseFile*> need_enterprise(const Decision& decision, EnterpriseId id) {
  const EnterpriseFile* file = find_enterprise(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "enterprise", to_text(id));
}

Result<Done> check_new(bool id_given, std::string_view path) {
  if (id_given) return refuse(refusals::kIdGiven, path);
  return Done{};
}

// Facts are stored in canonical form; whatever comes in must already be so.
Result<Done> check_facts(const std::vector<Fact>& facts, Date today) {
  for (const Fact& fact : facts) {
    const FactKind* kind = find_fact_kind(fact.name.text);
    if (!kind) return refuse(refusals::kNotFound, "facts." + fact.name.text, fact.value);
    if (fact.observed_on > today) {
      return refuse(refusals::kFutureTime, "facts." + fact.name.text, to_text(fact.observed_on));
    }
  }
  return Done{};
}

// The lines make up the price of the order.
Result<Done> check_price(const Order& order, const House& house) {
  ANLAN_REQUIRE(check_amount(house, order.price, "price"));
  if (order.lines.empty()) return refuse(anlan::refusals::kEmptyList, "lines");
  Money sum = Money::zero(order.price.currency());
  for (const OrderLine& line : order.lines) {
    ANLAN_REQUIRE(check_amount(house, line.price, "lines.price"));
    sum += line.price;
    if (sum > order.price) break;
  }
  if (sum == order.price) return Done{};
  return refuse(refusals::kAmountNotDue, "price", to_decimal(order.price),
                {{.name = "due", .value = to_decimal(sum)}});
}

// Amounts that a bound policy will stand on, and its period.
Result<Done> check_quote(const Quote& quote, const House& house) {
  ANLAN_REQUIRE(check_amount(house, quote.premium, "premium"));
  ANLAN_REQUIRE(check_amount(house, quote.subsidy, "subsidy"));
  ANLAN_REQUIRE(check_amount(house, quote.customer_pays, "customer_pays"));
  ANLAN_REQUIRE(check_amount(house, quote.aggregate_limit, "aggregate_limit"));
  if (quote.until <= quote.from)
    return refuse(refusals::kOutsidePeriod, "until", to_text(quote.until));
  return Done{};
}

// Judged by the rules that are in force now.
Result<Done> check_rules(const Quote& quote, const House& house) {
  const RulesOnFile* rules = rules_in_force(house);
  const bool same = quote.rules_version == house.rules.in_force &&
                    (!rules || rules->rules.artefact == quote.rules_artefact);
  if (same) return Done{};
  return refuse(refusals::kRulesChanged, "quote.rules_version", std::to_string(quote.rules_version),
                {{.name = "in_force", .value = std::to_string(house.rules.in_force)}});
}

// What is sold is what was filed: number, wording and rate table by version, premium in its range.
Result<Done> check_versions(const Quote& quote) {
  const auto unfiled = [](std::string_view what) {
    return refuse(refusals::kNotAsFiled, what, {}, {{.name = "what", .value = std::string(what)}});
  };
  if (quote.registration.empty()) return unfiled("registration");
  if (quote.wording_artefact == Digest{}) return unfiled("wording_artefact");
  if (quote.product_artefact == Digest{}) return unfiled("product_artefact");
  return check_filed(quote, quote.premium);
}

}  // namespace

Result<Done> check_filed(const Quote& quote, Money premium) {
  if (quote.filed_low <= premium && premium <= quote.filed_high) return Done{};
  return refuse(refusals::kNotAsFiled, "premium", to_decimal(premium),
                {{.name = "what", .value = "premium"},
                 {.name = "low", .value = to_decimal(quote.filed_low)},
                 {.name = "high", .value = to_decimal(quote.filed_high)}});
}

Result<Done> decide_sale(Decision& decision, const RegisterEnterprise& command) {
  ANLAN_REQUIRE(check_new(command.enterprise.id.exists(), "enterprise.id"));
  if (command.enterprise.legal_name.empty())
    return refuse(anlan::refusals::kEmptyText, "legal_name");
  ANLAN_REQUIRE(parse_credit_code(command.enterprise.credit_code, "credit_code"));
  const auto known =
      decision.house().enterprise_by_credit_code.find(command.enterprise.credit_code);
  if (known != decision.house().enterprise_by_credit_code.end()) {
    return refuse(refusals::kCreditCodeKnown, "credit_code", command.enterprise.credit_code,
                  {{.name = "enterprise", .value = to_text(known->second)}});
  }
  if (!command.enterprise.assess_consent)
    return refuse(refusals::kConsentMissing, "assess_consent");
  ANLAN_REQUIRE(check_facts(command.enterprise.facts.get(), decision.today()));
  EnterpriseRegistered event{.enterprise = command.enterprise};
  event.enterprise.id = EnterpriseId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

// Giving or withdrawing it is the company's to say; whoever acts for it records it.
Result<Done> decide_sale(Decision& decision, const ChangeConsent& command) {
  const ConsentChanged& change = command.change;
  ANLAN_TRY(const EnterpriseFile* file, need_enterprise(decision, change.enterprise));
  if (change.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  const domain::Enterprise& company = file->enterprise;
  if (change.assess == company.assess_consent && change.monitor == company.monitor_consent) {
    return refuse(refusals::kAlreadyDone, "enterprise", to_text(change.enterprise),
                  {{.name = "what", .value = "consent_changed"}});
  }
  decision.add(change);
  return Done{};
}

Result<Done> decide_sale(Decision& decision, const RecordFacts& command) {
  ANLAN_REQUIRE(need_enterprise(decision, command.enterprise));
  if (command.facts.empty()) return refuse(anlan::refusals::kEmptyList, "facts");
  ANLAN_REQUIRE(check_facts(command.facts, decision.today()));
  decision.add(FactsRecorded{.enterprise = command.enterprise, .facts = command.facts});
  return Done{};
}

Result<Done> decide_sale(Decision& decision, const RecordAssessment& command) {
  ANLAN_REQUIRE(check_new(command.assessment.id.exists(), "assessment.id"));
  ANLAN_TRY(const EnterpriseFile* file, need_enterprise(decision, command.assessment.enterprise));
  if (!file->enterprise.assess_consent) return refuse(refusals::kConsentMissing, "assess_consent");
  if (command.assessment.answers.get().empty())
    return refuse(anlan::refusals::kEmptyList, "answers");
  AssessmentRecorded event{.assessment = command.assessment};
  event.assessment.id = AssessmentId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

namespace {

// A finished drill counts for twelve months from the day on which it was held.
bool is_evidence(const DrillRecord& drill, Date today) {
  return drill.finished() && plus_years(drill.held_on, 1) > today;
}

// The answers as they stood, with that of the drill in the place of an older one to its question.
// None: a newer answer says as much.
std::optional<Assessment> with_drill(const EnterpriseFile& file, const DrillRecord& drill,
                                     const Digest& questionnaire) {
  Assessment out;
  if (file.assessment) out = *file.assessment;
  if (!file.assessment) out.questionnaire = questionnaire;
  out.enterprise = file.enterprise.id;
  const Answer shown{.control = {std::string(kDrillControl)},
                     .value = std::string(kDrillAnswer),
                     .source = FactSource::kDocumented,
                     .evidence = drill.answers,
                     .answered_on = drill.held_on};
  std::vector<Answer> answers = out.answers.get();
  const auto known = std::find_if(answers.begin(), answers.end(), [&](const Answer& each) {
    return each.control == shown.control;
  });
  if (known == answers.end()) {
    answers.push_back(shown);
    out.answers = std::move(answers);
    return out;
  }
  if (known->value == shown.value && known->source >= shown.source &&
      known->answered_on >= shown.answered_on)
    return std::nullopt;
  *known = shown;
  out.answers = std::move(answers);
  return out;
}

}  // namespace

Result<Done> decide_sale(Decision& decision, const RecordDrill& command) {
  ANLAN_REQUIRE(check_new(command.drill.id.exists(), "drill.id"));
  ANLAN_TRY(const PolicyFile* policy, need_policy(decision, command.drill.policy));
  if (command.drill.participants == 0) {
    return refuse(anlan::refusals::kOutOfRange, "participants", "0",
                  {{.name = "min", .value = "1"}, {.name = "max", .value = "10000"}});
  }
  if (command.drill.held_on > decision.today())
    return refuse(refusals::kFutureTime, "held_on", to_text(command.drill.held_on));
  DrillRecorded event{.drill = command.drill};
  event.drill.id = DrillId{decision.next_seq()};
  event.drill.enterprise = policy->policy.enterprise;
  const DrillRecord drill = event.drill;
  decision.add(std::move(event));
  const EnterpriseFile* file = find_enterprise(decision.house(), drill.enterprise);
  if (!file->enterprise.assess_consent || !is_evidence(drill, decision.today())) return Done{};
  std::optional<Assessment> assessment = with_drill(*file, drill, command.questionnaire);
  if (!assessment) return Done{};
  assessment->id = AssessmentId{decision.next_seq()};
  decision.add(AssessmentRecorded{.assessment = std::move(*assessment)});
  return Done{};
}

Result<Done> decide_sale(Decision& decision, const PlaceOrder& command) {
  const Order& order = command.order;
  ANLAN_REQUIRE(check_new(order.id.exists(), "order.id"));
  ANLAN_TRY(const EnterpriseFile* file, need_enterprise(decision, order.enterprise));
  // Watching needs the customer's consent in the contract (REFERENCE.md 4.2).
  if (!file->enterprise.monitor_consent)
    return refuse(refusals::kConsentMissing, "monitor_consent");
  ANLAN_REQUIRE(check_price(order, decision.house()));
  if (order.until <= order.from)
    return refuse(refusals::kOutsidePeriod, "until", to_text(order.until));
  OrderPlaced event{.order = order};
  event.order.id = OrderId{decision.next_seq()};
  return decision.book(std::move(event));
}

Result<Done> decide_sale(Decision& decision, const PayOrder& command) {
  const OrderFile* file = find_order(decision.house(), command.order);
  if (!file) return refuse(refusals::kNotFound, "order", to_text(command.order));
  if (file->paid) {
    return refuse(refusals::kAlreadyDone, "order", to_text(command.order),
                  {{.name = "what", .value = "order_paid"}});
  }
  return decision.book(OrderPaid{.order = command.order, .amount = file->order.price});
}

Result<Done> decide_sale(Decision& decision, const RecordObservation& command) {
  const Observation& observation = command.observation;
  ANLAN_REQUIRE(check_new(observation.id.exists(), "observation.id"));
  const OrderFile* file = find_order(decision.house(), observation.order);
  if (!file) return refuse(refusals::kNotFound, "order", to_text(observation.order));
  if (decision.actor().organisation !=
      file->order.vendor) {  // a vendor proves its own deployments only
    return refuse(refusals::kRoleMissing, "as", decision.actor().name.text,
                  {{.name = "command", .value = "record_observation"},
                   {.name = "roles", .value = file->order.vendor.text}});
  }
  if (!find_enterprise(decision.house(), file->order.enterprise)->enterprise.monitor_consent)
    return refuse(refusals::kConsentMissing, "monitor_consent");
  // Telemetry of the vendor counts because the line of the order says what its product proves; that
  // who sold the order vouches for it does not ("vendor who sold the control != verifier of its
  // breach", REFERENCE.md 4.4).
  const auto seller = decision.house().actors.find(file->sold_by);
  const bool own_sale = seller != decision.house().actors.end() &&
                        seller->second.organisation == decision.actor().organisation;
  if (own_sale || file->sold_by == decision.actor().name) {
    return refuse(refusals::kFourEyes, "as", decision.actor().name.text,
                  {{.name = "action", .value = "record_observation"},
                   {.name = "other", .value = file->sold_by.text}});
  }
  if (observation.seen > observation.of) {
    return refuse(
        anlan::refusals::kOutOfRange, "seen", std::to_string(observation.seen),
        {{.name = "min", .value = "0"}, {.name = "max", .value = std::to_string(observation.of)}});
  }
  const bool sold =
      std::any_of(file->order.lines.begin(), file->order.lines.end(),
                  [&](const OrderLine& line) { return line.product == observation.product; });
  if (!sold) return refuse(refusals::kNotFound, "product", observation.product.text);
  if (observation.until < observation.from) {
    return refuse(refusals::kOutsidePeriod, "until",
                  to_text(observation.until, decision.house().offset()));
  }
  if (observation.until > decision.context().at) {
    return refuse(refusals::kFutureTime, "until",
                  to_text(observation.until, decision.house().offset()));
  }
  for (const Observation& known :
       file->observations) {  // sending the same day again is harmless, and says so
    if (known.source == observation.source && known.product == observation.product) {
      return refuse(refusals::kAlreadyDone, "source", short_hex(observation.source),
                    {{.name = "what", .value = to_text(known.id)}});
    }
  }
  ObservationRecorded event{.observation = observation};
  event.observation.id = ObservationId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

Result<Done> decide_sale(Decision& decision, const IssueQuote& command) {
  const House& house = decision.house();
  const Quote& quote = command.quote;
  ANLAN_REQUIRE(check_new(quote.id.exists(), "quote.id"));
  ANLAN_TRY(const EnterpriseFile* company, need_enterprise(decision, quote.enterprise));
  if (!company->enterprise.assess_consent)
    return refuse(refusals::kConsentMissing, "assess_consent");
  if (house.opening->kind != HouseKind::kLicensedInsurer) {
    return refuse(refusals::kNotLicensed, "house", std::string(name_of(house.opening->kind)));
  }
  ANLAN_REQUIRE(check_quote(quote, house));
  if (quote.inputs != pricing_inputs(house, quote.enterprise))
    return refuse(refusals::kInputsChanged, "quote.inputs");
  if (quote.customer_pays + quote.subsidy != quote.premium) {
    return refuse(refusals::kAmountNotDue, "customer_pays", to_decimal(quote.customer_pays),
                  {{.name = "due", .value = to_decimal(quote.premium - quote.subsidy)}});
  }
  ANLAN_REQUIRE(check_versions(quote));
  ANLAN_REQUIRE(check_quote_filing(house, quote, decision.today()));
  ANLAN_REQUIRE(check_rules(quote, house));
  QuoteIssued event{.quote = quote};
  event.quote.id = QuoteId{decision.next_seq()};
  const Quote issued = event.quote;
  decision.add(std::move(event));
  set_subjectivities_of_quote(decision, issued);
  return Done{};
}

namespace {

// The insured itself, and nobody who may merely see the company, confirms that it read the clauses:
// without that they do not act (Insurance Law art 17). Brokers and underwriters explain to any.
Result<Done> check_may_confirm(const Decision& decision, const QuoteFile& file) {
  const Actor& actor = decision.actor();
  if (has_role(actor, Role::kBroker) || has_role(actor, Role::kUnderwriter)) return Done{};
  const EnterpriseFile* company = find_enterprise(decision.house(), file.quote.enterprise);
  if (company->brought_by == actor.organisation) return Done{};
  return refuse(refusals::kRoleMissing, "as", actor.name.text,
                {{.name = "command", .value = std::string(ExplainClauses::kName)},
                 {.name = "roles", .value = "broker, underwriter"}});
}

bool is_explained(const std::vector<ExplainedClause>& known, const ExplainedClause& evidence) {
  return std::any_of(known.begin(), known.end(), [&](const ExplainedClause& each) {
    return each.clause == evidence.clause && each.text == evidence.text &&
           each.shown_by == evidence.shown_by && each.confirmed_by == evidence.confirmed_by;
  });
}

}  // namespace

Result<Done> decide_sale(Decision& decision, const ExplainClauses& command) {
  const QuoteFile* file = find_quote(decision.house(), command.quote);
  if (!file) return refuse(refusals::kNotFound, "quote", to_text(command.quote));
  ANLAN_REQUIRE(check_may_confirm(decision, *file));
  if (file->policy.exists()) {
    return refuse(refusals::kAlreadyDone, "quote", to_text(command.quote),
                  {{.name = "what", .value = to_text(file->policy)}});
  }
  if (command.confirmed_by.empty()) return refuse(anlan::refusals::kEmptyText, "confirmed_by");
  if (command.clauses.empty() || command.clauses.size() != command.texts.size()) {
    return refuse(anlan::refusals::kEmptyList, "clauses");
  }
  const std::vector<std::string> asked = file->quote.to_explain.get();
  const std::vector<ExplainedClause> known = file->explained.get();
  bool adds = false;
  for (std::size_t i = 0; i < command.clauses.size(); ++i) {
    if (std::find(asked.begin(), asked.end(), command.clauses[i]) == asked.end()) {
      return refuse(refusals::kUnknownClause, "clauses", command.clauses[i]);
    }
    const ExplainedClause evidence{.clause = command.clauses[i],
                                   .text = command.texts[i],
                                   .shown_by = decision.actor().name,
                                   .confirmed_by = command.confirmed_by,
                                   .at = decision.context().at};
    if (is_explained(known, evidence)) continue;
    decision.add(ClauseExplained{.quote = command.quote, .evidence = evidence});
    adds = true;
  }
  if (adds) return Done{};
  return refuse(refusals::kAlreadyDone, "quote", to_text(command.quote),
                {{.name = "what", .value = "clauses_explained"}});
}

}  // namespace anlan::house
