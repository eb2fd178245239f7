#include "api/pricing.h"

#include "api/kept_files.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/version.h"
#include "engine/expected_loss.h"
#include "engine/scenario_table.h"
#include "engine/trigger_share.h"
#include "house/access.h"
#include "house/command.h"
#include "house/inputs.h"
#include "house/offer.h"
#include "house/views.h"
#include "platform/executor_tbb.h"
#include "protection/control_state.h"
#include "protection/posture.h"
#include "terms/gates.h"
#include "underwriting/quote.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::array<std::size_t, 3> kTablePoints{256, 1024, 4096};  // of GrowingTable

// Everything that is missing at once, each with its question.
Refusal missing_facts_refusal(Lang lang, const std::vector<const FactKind*>& missing) {
  std::string list;
  for (const FactKind* kind : missing) {
    list += "\n  " + std::string(kind->name) + "  " +
            std::string(lang == Lang::kZh ? kind->zh : kind->en);
  }
  return Refusal{.code = refusals::kMissingFacts,
                 .path = "facts",
                 .value = std::to_string(missing.size()),
                 .args = {{.name = "list", .value = list}}};
}

Result<LossResult> losses_of(const PricingBasis& basis, const PricingRequest& request,
                             const CompanyRisk& risk, GrowingTable& tables) {
  ANLAN_TRY(const engine::Hazard* hazard, basis.library.hazard());
  const terms::Plan plan = terms::compile(risk.wording->terms);
  const engine::InsuredCover cover =
      engine::insured_cover(*hazard, *risk.wording, plan, request.from);
  return tables.loss(cover, risk.input, kQuoteError);
}

bool subsidised_before(const house::House& house, const house::EnterpriseFile& file,
                       const SchemeName& scheme) {
  for (const PolicyId id : file.policies) {
    const house::PolicyFile* policy = house::find_policy(house, id);
    if (policy->policy.scheme == scheme && house::subsidy_used(*policy)) return true;
  }
  return false;
}

// None of somebody whose role binds nothing: that somebody else binds it is no finding.
Result<std::optional<Money>> authority_of(const PricingBasis& basis) {
  const auto found = basis.house.actors.find(basis.actor);
  if (found != basis.house.actors.end()) {
    const Actor& actor = found->second;
    const bool binds = house::may_command(basis.house, actor.name, house::BindPolicy::kName).ok();
    return binds ? std::optional<Money>(actor.authority) : std::nullopt;
  }
  return Refusal{.code = house::refusals::kUnknownActor, .path = "as", .value = basis.actor.text};
}

}  // namespace

Result<LossResult> GrowingTable::loss(const engine::InsuredCover& cover,
                                      const engine::RiskInput& company, double error) {
  for (const std::size_t points : kTablePoints) {
    table_ = shared_.table(hazard_, points, executor_);
    ANLAN_TRY(LossResult found,
              engine::expected_loss({.hazard = &hazard_, .table = table_.get(), .cover = &cover},
                                    company, executor_));
    const auto scatter = static_cast<double>(found.standard_error.minor());
    const bool enough = scatter <= error * static_cast<double>(found.insured.minor());
    if (enough || points == kTablePoints.back()) return found;
  }
  ANLAN_CHECK(false);
}

Result<std::string> published_rules(Session& session, const house::RulesOnFile& rules) {
  ANLAN_TRY(platform::FileBlobs blobs, session.blobs());
  ANLAN_TRY(const std::optional<Bytes> bytes, blobs.find(rules.rules.artefact));
  if (bytes) return std::string(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  return Refusal{.code = refusals::kRulesMissing,
                 .path = "version",
                 .value = std::to_string(rules.rules.version),
                 .args = {{.name = "file", .value = short_hex(rules.rules.artefact)}}};
}

Result<Done> adopt_rules(Session& session) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::RulesOnFile* rules = house::rules_in_force(*house);
  if (!rules) {
    session.library().use_rules({});
    return Done{};
  }
  if (session.library().published_digest() == rules->rules.artefact) return Done{};
  ANLAN_TRY(std::string text, published_rules(session, *rules));
  session.library().use_rules(std::move(text));
  return Done{};
}

Result<PricingBasis> pricing_basis(Session& session) {
  ANLAN_REQUIRE(adopt_rules(session));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  return PricingBasis{.house = *house,
                      .library = session.library(),
                      .at = now,
                      .actor = ActorName{session.options().actor},
                      .lang = session.lang(),
                      .session = &session};
}

Result<CompanyRisk> company_risk(const PricingBasis& basis, EnterpriseId enterprise,
                                 const ProductName& name) {
  CompanyRisk out;
  const house::EnterpriseFile* file = house::find_enterprise(basis.house, enterprise);
  if (!file) return not_found("enterprise", to_text(enterprise));
  ANLAN_TRY(out.product, basis.library.product(name));
  ANLAN_TRY(out.wording, basis.library.wording_of(*out.product));
  const auto missing = underwriting::missing_facts(file->enterprise.facts.get());
  if (!missing.empty()) return missing_facts_refusal(basis.lang, missing);
  ANLAN_TRY(const underwriting::Inference* inference, basis.library.inference());
  const Date today = date_of(basis.at, basis.house.offset());
  out.facts = house::known_facts(basis.house, enterprise, today);
  ANLAN_TRY(out.profile, underwriting::make_profile(out.facts, *inference));
  ANLAN_TRY(const protection::Questionnaire* questionnaire, basis.library.questionnaire());
  ANLAN_TRY(const protection::AnswerTable* answers, basis.library.answer_table());
  const std::vector<Answer> given =
      file->assessment ? file->assessment->answers.get() : std::vector<Answer>{};
  const Posture posture = house::posture(basis.house, enterprise, basis.at);
  out.controls = protection::control_states(*questionnaire, *answers, given, posture);
  out.proven = protection::proven_controls(posture);
  for (const AnswerConflict& conflict :
       protection::answer_conflicts(*questionnaire, *answers, posture)) {
    if (conflict.answered_better) out.conflicts.push_back(conflict.control);
  }
  out.input = underwriting::risk_input(out.profile, out.controls);
  return out;
}

Result<CompanyRisk> company_risk(Session& session, EnterpriseId enterprise,
                                 const ProductName& name) {
  ANLAN_TRY(const PricingBasis basis, pricing_basis(session));
  return company_risk(basis, enterprise, name);
}

Result<Quote> price(const PricingBasis& basis, const PricingRequest& request) {
  ANLAN_TRY(const engine::Hazard* hazard, basis.library.hazard());
  platform::TbbExecutor executor(request.threads);
  GrowingTable tables(*hazard, basis.library.tables(), executor);
  return price(basis, request, tables);
}

Result<Quote> price(const PricingBasis& basis, const PricingRequest& request,
                    GrowingTable& tables) {
  const house::House& house = basis.house;
  const house::EnterpriseFile* file = house::find_enterprise(house, request.enterprise);
  if (!file) return not_found("enterprise", to_text(request.enterprise));
  ANLAN_TRY(const std::optional<Money> authority, authority_of(basis));
  ANLAN_TRY(const CompanyRisk risk, company_risk(basis, request.enterprise, request.product));
  ANLAN_TRY(const underwriting::PriceLoads* loads, basis.library.loads());
  const underwriting::SubsidyScheme* scheme = nullptr;
  if (risk.product->scheme.exists()) {
    ANLAN_TRY(scheme, basis.library.scheme(risk.product->scheme));
  }
  ANLAN_TRY(const LossResult loss, losses_of(basis, request, risk, tables));
  ANLAN_TRY(const underwriting::QuoteDigests digests, basis.library.quote_digests(*risk.product));
  underwriting::QuoteInput input{.enterprise = request.enterprise,
                                 .product = *risk.product,
                                 .wording = *risk.wording,
                                 .loads = *loads,
                                 .scheme = scheme,
                                 .profile = risk.profile,
                                 .controls = risk.controls,
                                 .loss = loss,
                                 .digests = digests,
                                 .authority = authority,
                                 .today = date_of(basis.at, house.offset()),
                                 .from = request.from,
                                 .policy_year = request.policy_year,
                                 .renewal_of = request.renewal_of};
  ANLAN_TRY(const engine::Hazard* hazard, basis.library.hazard());
  input.beyond_size = engine::beyond_size_laws(*hazard, risk.input);
  input.digests.inputs = house::pricing_inputs(house, request.enterprise);
  input.subsidy_claimed_before =
      request.policy_year == 1 && scheme && subsidised_before(house, *file, scheme->id);
  if (scheme) input.subsidy_budget_left = house::subsidy_budget_left(house, scheme->id);
  ANLAN_TRY(input.rules, basis.library.rules());
  input.rules_version = house.rules.in_force;
  input.proven = risk.proven;
  input.conflicts = risk.conflicts;
  input.facts = risk.facts;
  ANLAN_TRY(Quote quote, underwriting::make_quote(input));
  ANLAN_TRY(const std::vector<KeptFile> files, pricing_files(basis.library, *risk.product));
  quote.basis = {.after = house.head.seq,
                 .at = basis.at,
                 .files = digest_of(files),
                 .program = std::string(kPricer)};
  return quote;
}

Result<Quote> price(Session& session, const PricingRequest& request) {
  ANLAN_TRY(const PricingBasis basis, pricing_basis(session));
  return price(basis, request);
}

}  // namespace anlan::api
