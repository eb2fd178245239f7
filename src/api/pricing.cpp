#include "api/pricing.h"

#include "api/refusals.h"
#include "api/render.h"
#include "engine/expected_loss.h"
#include "engine/scenario_table.h"
#include "engine/trigger_share.h"
#include "house/inputs.h"
#include "house/views.h"
#include "platform/executor_tbb.h"
#include "protection/control_state.h"
#include "terms/gates.h"
#include "underwriting/quote.h"

namespace anlan::api {
namespace {

using namespace domain;

// Everything that is missing at once, each with its question.
Refusal missing_facts_refusal(Session& session, const std::vector<const FactKind*>& missing) {
  std::string list;
  for (const FactKind* kind : missing) {
    list += "\n  " + std::string(kind->name) + "  " +
            std::string(session.lang() == Lang::kZh ? kind->zh : kind->en);
  }
  return Refusal{.code = refusals::kMissingFacts,
                 .path = "facts",
                 .value = std::to_string(missing.size()),
                 .args = {{.name = "list", .value = list}}};
}

// Whether the standard error is what the engine aims at.
bool exact_enough(const LossResult& loss) {
  const auto error = static_cast<double>(loss.standard_error.minor());
  return error <= engine::kErrorTarget * static_cast<double>(loss.insured.minor());
}

Result<LossResult> losses_of(Session& session, const PricingRequest& request,
                             const terms::Wording& wording, const engine::RiskInput& company) {
  ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
  platform::TbbExecutor executor(request.threads);
  const terms::Plan plan = terms::compile(wording.terms);
  const engine::InsuredCover cover = engine::insured_cover(*hazard, wording, plan, request.from);
  // A small table answers most quotes; one whose losses scatter more gets a larger one.
  for (const std::size_t points : {std::size_t{256}, std::size_t{1024}}) {
    const engine::ScenarioTable table(*hazard, {.points = points}, executor);
    ANLAN_TRY(const LossResult loss,
              engine::expected_loss({.hazard = hazard, .table = &table, .cover = &cover}, company,
                                    executor));
    if (exact_enough(loss)) return loss;
  }
  const engine::ScenarioTable table(*hazard, {.points = 4096}, executor);
  return engine::expected_loss({.hazard = hazard, .table = &table, .cover = &cover}, company,
                               executor);
}

bool subsidised_before(const house::House& house, const house::EnterpriseFile& file,
                       const SchemeName& scheme) {
  for (const PolicyId id : file.policies) {
    const house::PolicyFile* policy = house::find_policy(house, id);
    if (policy->policy.scheme == scheme && house::subsidy_used(*policy)) return true;
  }
  return false;
}

Result<Money> authority_of(Session& session, const house::House& house) {
  const auto found = house.actors.find(ActorName{session.options().actor});
  if (found != house.actors.end()) return found->second.authority;
  return Refusal{
      .code = house::refusals::kUnknownActor, .path = "as", .value = session.options().actor};
}

}  // namespace

Result<CompanyRisk> company_risk(Session& session, EnterpriseId enterprise,
                                 const ProductName& name) {
  CompanyRisk out;
  ANLAN_TRY(const house::House* house, session.house());
  const house::EnterpriseFile* file = house::find_enterprise(*house, enterprise);
  if (!file) return not_found("enterprise", to_text(enterprise));
  ANLAN_TRY(out.product, session.library().product(name));
  ANLAN_TRY(out.wording, session.library().wording(out.product->wording));
  const auto missing = underwriting::missing_facts(file->enterprise.facts);
  if (!missing.empty()) return missing_facts_refusal(session, missing);
  ANLAN_TRY(const underwriting::Inference* inference, session.library().inference());
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(out.profile,
            underwriting::make_profile(
                house::known_facts(*house, enterprise, date_of(now, house->offset())), *inference));
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  ANLAN_TRY(const protection::AnswerTable* answers, session.library().answer_table());
  const std::vector<Answer> given =
      file->assessment ? file->assessment->answers : std::vector<Answer>{};
  out.controls = protection::control_states(*questionnaire, *answers, given,
                                            house::posture(*house, enterprise, now));
  out.input = underwriting::risk_input(out.profile, out.controls);
  return out;
}

Result<Quote> price(Session& session, const PricingRequest& request) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::EnterpriseFile* file = house::find_enterprise(*house, request.enterprise);
  if (!file) return not_found("enterprise", to_text(request.enterprise));
  ANLAN_TRY(const Money authority, authority_of(session, *house));
  ANLAN_TRY(const CompanyRisk risk, company_risk(session, request.enterprise, request.product));
  ANLAN_TRY(const underwriting::PriceLoads* loads, session.library().loads());
  const underwriting::SubsidyScheme* scheme = nullptr;
  if (risk.product->scheme.exists()) {
    ANLAN_TRY(scheme, session.library().scheme(risk.product->scheme));
  }
  ANLAN_TRY(const LossResult loss, losses_of(session, request, *risk.wording, risk.input));
  ANLAN_TRY(const underwriting::QuoteDigests digests,
            session.library().quote_digests(*risk.product));
  ANLAN_TRY(const Instant now, session.now());
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
                                 .today = date_of(now, house->offset()),
                                 .from = request.from,
                                 .policy_year = request.policy_year,
                                 .renewal_of = request.renewal_of};
  ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
  input.beyond_size = engine::beyond_size_laws(*hazard, risk.input);
  input.digests.inputs = house::pricing_inputs(*house, request.enterprise);
  input.subsidy_claimed_before =
      request.policy_year == 1 && scheme && subsidised_before(*house, *file, scheme->id);
  if (scheme) input.subsidy_budget_left = house::subsidy_budget_left(*house, scheme->id);
  return underwriting::make_quote(input);
}

}  // namespace anlan::api
