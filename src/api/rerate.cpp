#include "api/rerate.h"

#include <map>
#include <memory>

#include "engine/expected_loss.h"
#include "engine/trigger_share.h"
#include "house/life.h"
#include "house/views.h"
#include "platform/executor_tbb.h"
#include "terms/plan.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::size_t kChunk = 1'024;  // policies whose companies stand in memory at once
constexpr std::size_t kPoints = 256;   // events a peril
constexpr double kError = 0.02;        // aimed at, of the expected payment of one policy
constexpr std::size_t kPairs = 8;      // events a peril for pairs of events in one year

// What the policies of one product share.
struct ProductCover {
  const underwriting::Product* product = nullptr;
  std::unique_ptr<const terms::Plan> plan;
  std::unique_ptr<const engine::InsuredCover> cover;
};

// The files of one side, with what is made from them once.
class Side {
 public:
  static Result<Side> of(const PricingBasis& basis, Executor& executor) {
    Side side(basis);
    ANLAN_TRY(side.hazard_, basis.library.hazard());
    ANLAN_TRY(side.loads_, basis.library.loads());
    side.table_ = std::make_unique<engine::ScenarioTable>(
        *side.hazard_, engine::ScenarioOptions{.points = kPoints}, executor);
    return side;
  }

  Result<CompanyRisk> risk(const Policy& policy) const {
    return company_risk(basis_, policy.enterprise, policy.product);
  }
  // Made before its first policy is calculated.
  const ProductCover& cover_of(const CompanyRisk& risk) {
    ProductCover& made = covers_[risk.product->id];
    if (made.cover) return made;
    made.product = risk.product;
    made.plan = std::make_unique<const terms::Plan>(terms::compile(risk.wording->terms));
    made.cover = std::make_unique<const engine::InsuredCover>(engine::insured_cover(
        *hazard_, *risk.wording, *made.plan, date_of(basis_.at, basis_.house.offset())));
    return made;
  }
  struct Price {
    Money expected;
    Money technical;
  };
  Result<Price> price(const CompanyRisk& risk, const ProductCover& cover) const {
    SerialExecutor serial;
    ANLAN_TRY(const LossResult loss, engine::central_loss({.hazard = hazard_,
                                                           .table = table_.get(),
                                                           .cover = cover.cover.get(),
                                                           .error = kError,
                                                           .points = kPairs},
                                                          risk.input, serial));
    const PriceParts parts = underwriting::price_parts(loss, *loads_, cover.product->premium);
    return Price{.expected = loss.insured, .technical = parts.technical_gross};
  }

 private:
  explicit Side(const PricingBasis& basis) : basis_(basis) {}
  PricingBasis basis_;
  const engine::Hazard* hazard_ = nullptr;
  const underwriting::PriceLoads* loads_ = nullptr;
  std::unique_ptr<engine::ScenarioTable> table_;
  std::map<ProductName, ProductCover> covers_;
};

bool runs(const house::PolicyFile& file, Instant at) {
  const PolicyState state = house::policy_state(file, at);
  return state == PolicyState::kBound || state == PolicyState::kInForce ||
         state == PolicyState::kSuspended;
}

// One policy of a chunk on both sides; a refusal of either leaves it out.
struct Work {
  const house::PolicyFile* file = nullptr;
  CompanyRisk before;
  CompanyRisk after;
  const ProductCover* cover_before = nullptr;
  const ProductCover* cover_after = nullptr;
  Rerate row;
  std::optional<Refusal> refused;
};

std::optional<Refusal> prepare(Side& now, Side& then, Work& work) {
  for (auto [side, risk, cover] : {std::tuple{&now, &work.before, &work.cover_before},
                                   std::tuple{&then, &work.after, &work.cover_after}}) {
    Result<CompanyRisk> found = side->risk(work.file->policy);
    if (!found.ok()) return found.refusal();
    *risk = std::move(found).value();
    *cover = &side->cover_of(*risk);
  }
  return {};
}

void calculate(const Side& now, const Side& then, Work& work) {
  const Result<Side::Price> before = now.price(work.before, *work.cover_before);
  const Result<Side::Price> after = then.price(work.after, *work.cover_after);
  if (!before.ok() || !after.ok()) {
    work.refused = before.ok() ? after.refusal() : before.refusal();
    return;
  }
  const PremiumParts written = house::written_of(*work.file);
  work.row = {.policy = work.file->policy.id,
              .product = work.file->policy.product,
              .premium = written.customer + written.government,
              .expected_before = before->expected,
              .expected_after = after->expected,
              .technical_before = before->technical,
              .technical_after = after->technical};
}

}  // namespace

Result<Rerated> rerate_book(const PricingBasis& basis, Library& then, int threads) {
  platform::TbbExecutor executor(threads);
  ANLAN_TRY(Side before, Side::of(basis, executor));
  const PricingBasis changed{.house = basis.house,
                             .library = then,
                             .at = basis.at,
                             .actor = basis.actor,
                             .lang = basis.lang};
  ANLAN_TRY(Side after, Side::of(changed, executor));
  Rerated out;
  if (basis.session) basis.session->begin_steps(basis.house.policies.size() / kChunk + 1);
  auto next = basis.house.policies.begin();
  while (next != basis.house.policies.end()) {
    if (basis.session) ANLAN_REQUIRE(basis.session->step());
    std::vector<Work> chunk;
    for (; next != basis.house.policies.end() && chunk.size() < kChunk; ++next) {
      if (!runs(next->second, basis.at)) continue;
      Work work{.file = &next->second};
      work.refused = prepare(before, after, work);
      chunk.push_back(std::move(work));
    }
    executor.run(chunk.size(), [&](std::size_t n) {
      if (!chunk[n].refused) calculate(before, after, chunk[n]);
    });
    for (const Work& work : chunk) {
      if (work.refused) {
        out.left_out.emplace_back(work.file->policy.id, *work.refused);
      } else {
        out.rows.push_back(work.row);
      }
    }
  }
  return out;
}

}  // namespace anlan::api
