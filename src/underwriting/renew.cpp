#include "underwriting/renew.h"

#include <algorithm>

#include "underwriting/percent.h"
#include "underwriting/refusals.h"

namespace anlan::underwriting {
namespace {

using domain::Quote;

Refusal refuse(RefusalCode code, std::string value, std::string limit) {
  return Refusal{.code = code,
                 .path = "policy",
                 .value = std::move(value),
                 .args = {{.name = "limit", .value = std::move(limit)}},
                 .at = {}};
}

// Mean of 1 - gap over the priced controls.
std::uint64_t controls_working_ppm(const Quote& quote) {
  const std::vector<domain::ControlState> controls = quote.controls.get();
  if (controls.empty()) return 0;
  std::uint64_t sum = 0;
  for (const domain::ControlState& state : controls) sum += state.gap.rest().ppm();
  return sum / controls.size();
}

RenewalLine line(RenewalItem item, Money before, Money after) {
  return {.item = item, .before = to_grouped(before), .after = to_grouped(after)};
}

}  // namespace

Result<Date> renewal_start(const RenewalInput& input) {
  const Date end = date_of(input.policy.until, input.policy.offset);
  const Date earliest = plus_days(end, -kRenewalDaysAhead);
  if (input.ended) {
    return Refusal{.code = refusals::kPolicyEnded,
                   .path = "policy",
                   .value = input.policy.number,
                   .args = {},
                   .at = {}};
  }
  if (input.today < earliest) {
    return refuse(refusals::kRenewalTooEarly, to_text(input.today), to_text(earliest));
  }
  if (input.today > end) {
    return refuse(refusals::kRenewalTooLate, to_text(input.today), to_text(end));
  }
  return end;
}

RenewalChange renewal_change(const Quote& before, const Quote& after) {
  using I = RenewalItem;
  RenewalChange change;
  change.lines = {
      line(I::kCustomerPays, before.customer_pays, after.customer_pays),
      line(I::kSubsidy, before.subsidy, after.subsidy),
      line(I::kPremium, before.premium, after.premium),
      line(I::kAggregateLimit, before.aggregate_limit, after.aggregate_limit),
      line(I::kIncidentMaximum, before.incident_maximum, after.incident_maximum),
      {.item = I::kControls,
       .before = percent_text(controls_working_ppm(before)),
       .after = percent_text(controls_working_ppm(after))},
      line(I::kExpectedLoss, before.loss.get().insured, after.loss.get().insured),
      line(I::kTechnicalPrice, before.parts.technical_gross, after.parts.technical_gross)};
  change.customer_before = before.customer_pays;
  change.customer_after = after.customer_pays;
  const Money none = Money::zero(before.subsidy.currency());
  change.subsidy_lost = std::max(before.subsidy - after.subsidy, none);
  change.policy_year = after.policy_year;
  change.from = after.from;
  change.until = after.until;
  return change;
}

Document renewal_sheet(const RenewalChange& change, const Speech& speech) {
  Document document;
  document.heading(
      1, speech.say("renewal.title", {{"year", std::to_string(change.policy_year)},
                                      {"period", period_text(change.from, change.until)}}));
  const TextArgs args = {{"before", to_grouped(change.customer_before)},
                         {"after", to_grouped(change.customer_after)},
                         {"lost", to_grouped(change.subsidy_lost)}};
  const bool same = change.customer_before == change.customer_after;
  document.paragraph(speech.say(same ? "renewal.same" : "renewal.change", args));
  if (!change.subsidy_lost.is_zero()) {
    document.paragraph(speech.say("renewal.subsidy_ends", args));
  }
  Table table{.columns = {{.title = speech.say("renewal.item")},
                          {.title = speech.say("renewal.before"), .align = Align::kRight},
                          {.title = speech.say("renewal.after"), .align = Align::kRight}},
              .rows = {}};
  for (const RenewalLine& each : change.lines) {
    table.rows.push_back(
        {speech.say("renewal." + std::string(name_of(each.item))), each.before, each.after});
  }
  document.table(std::move(table));
  return document;
}

}  // namespace anlan::underwriting
