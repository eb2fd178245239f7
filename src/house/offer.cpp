#include "house/offer.h"

#include <algorithm>

#include "base/int128.h"
#include "house/access.h"
#include "house/refusals.h"
#include "underwriting/price.h"

namespace anlan::house {

using namespace domain;

const RulesOnFile* rules_in_force(const House& house) {
  const std::uint32_t version = house.rules.in_force;
  return version == 0 ? nullptr : &house.rules.versions[version - 1];
}

std::vector<AuthorityRow> authority_in_force(const House& house) {
  const RulesOnFile* rules = rules_in_force(house);
  return rules ? rules->rules.authority : default_authority(house.currency());
}

QuoteDecision outcome_of(const RuleFinding& finding) {
  switch (finding.outcome) {
    case RuleOutcome::kAccept:
    case RuleOutcome::kFactor:
    case RuleOutcome::kCondition:
      return QuoteDecision::kBindable;
    case RuleOutcome::kRefer:
      return QuoteDecision::kReferred;
    case RuleOutcome::kDecline:
      return QuoteDecision::kDeclined;
  }
  check_failed("a known outcome", __FILE__, __LINE__);
}

namespace {

// The last effective override of this finding.
std::optional<QuoteDecision> overridden(const QuoteFile& file, std::string_view code) {
  std::optional<QuoteDecision> out;
  for (const OverrideOnFile& each : file.decided->overrides) {
    const QuoteOverridden& record = each.record;
    if (record.effective && record.field_changed == OverrideField::kFinding &&
        record.finding == code)
      out = enum_from<QuoteDecision>(record.after);
  }
  return out;
}

}  // namespace

std::optional<QuoteDecision> outcome_of_finding(const QuoteFile& file, const std::string& code) {
  std::optional<QuoteDecision> found;
  for (const TriageFinding& finding : file.quote.findings) {
    if (name_of(finding.reason) == code)
      found = std::max(found.value_or(QuoteDecision::kBindable), finding.consequence);
  }
  for (const RuleFinding& finding : file.quote.applied) {
    if (finding.code == code)
      found = std::max(found.value_or(QuoteDecision::kBindable), outcome_of(finding));
  }
  if (!found) return found;
  const std::optional<QuoteDecision> other = overridden(file, code);
  return other ? other : found;
}

QuoteDecision decision_of(const QuoteFile& file) {
  const auto& overrides = file.decided->overrides;
  const bool as_found =
      std::none_of(overrides.begin(), overrides.end(), [](const OverrideOnFile& each) {
        return each.record.effective && each.record.field_changed == OverrideField::kFinding;
      });
  if (as_found) return file.quote.decision;
  QuoteDecision decision = QuoteDecision::kBindable;
  for (const TriageFinding& finding : file.quote.findings) {
    const std::string code(name_of(finding.reason));
    decision = std::max(decision, outcome_of_finding(file, code).value_or(decision));
  }
  for (const RuleFinding& finding : file.quote.applied)
    decision = std::max(decision, outcome_of_finding(file, finding.code).value_or(decision));
  return decision;
}

namespace {

bool overtaken(const QuoteFile& file, const ReferralOnFile& referral) {
  const auto& overrides = file.decided->overrides;
  return std::any_of(overrides.begin(), overrides.end(), [&](const OverrideOnFile& each) {
    return each.record.effective && each.seq > referral.seq;
  });
}

}  // namespace

const ReferralOnFile* referral_of(const QuoteFile& file) {
  const auto& all = file.decided->referrals;
  if (all.empty() || !all.back().record.effective) return nullptr;
  const bool declines = all.back().record.outcome == ReferralOutcome::kDecline;
  return declines || !overtaken(file, all.back()) ? &all.back() : nullptr;
}

bool agrees_with_another(const QuoteFile& file, const ActorName& actor, ReferralOutcome outcome) {
  const auto& all = file.decided->referrals;
  return !all.empty() && !all.back().record.effective && all.back().by != actor &&
         all.back().record.outcome == outcome && !overtaken(file, all.back());
}

bool is_approved(const QuoteFile& file) {
  const ReferralOnFile* referral = referral_of(file);
  return referral && referral->record.outcome != ReferralOutcome::kDecline;
}

QuoteState quote_state(const QuoteFile& file, Date today) {
  if (file.policy.exists()) return QuoteState::kBound;
  if (file.decided->withdrawn) return QuoteState::kWithdrawn;
  const QuoteDecision decision = decision_of(file);
  const ReferralOnFile* referral = referral_of(file);
  const bool refused = referral && referral->record.outcome == ReferralOutcome::kDecline;
  if (decision == QuoteDecision::kDeclined || refused) return QuoteState::kDeclined;
  if (today > file.quote.valid_until) return QuoteState::kExpired;
  if (is_approved(file)) return QuoteState::kApproved;
  return decision == QuoteDecision::kBindable ? QuoteState::kIssued : QuoteState::kReferred;
}

OfferedPremium parts_of_premium(const Quote& quote, Money premium) {
  OfferedPremium parts{
      .premium = premium, .subsidy = quote.subsidy, .customer_pays = quote.customer_pays};
  if (!quote.premium.is_zero()) {
    parts.subsidy =
        std::min(quote.subsidy, quote.subsidy.times_ratio(premium.minor(), quote.premium.minor()));
  }
  parts.customer_pays = premium - parts.subsidy;
  return parts;
}

namespace {

// The cost stays; what the filing adds to it ends at the premium that is offered.
void end_at_premium(Quote& quote) {
  quote.parts.filing_adjustment = quote.premium - quote.parts.technical_gross;
  quote.parts.filed_gross = quote.premium;
  for (Alike<std::vector<WalkLine>>* kept : {&quote.walk, &quote.walk_reversed}) {
    std::vector<WalkLine> walk = kept->get();
    if (walk.empty()) continue;
    WalkLine& last = walk.back();
    last.change += quote.premium - last.cumulative;
    last.cumulative = quote.premium;
    *kept = std::move(walk);
  }
}

}  // namespace

Quote offered(const QuoteFile& file) {
  Quote quote = file.quote;
  quote.decision = decision_of(file);
  for (const OverrideOnFile& each : file.decided->overrides) {
    const QuoteOverridden& record = each.record;
    if (!record.effective || record.field_changed != OverrideField::kPremium) continue;
    quote.premium = record.premium;
    quote.subsidy = record.subsidy;
    quote.customer_pays = record.customer_pays;
    end_at_premium(quote);
  }
  return quote;
}

std::vector<std::string> grave_reasons(const Quote& quote) {
  std::vector<std::string> codes;
  for (const TriageFinding& finding : quote.findings) {
    if (finding.consequence >= QuoteDecision::kReferred)
      codes.emplace_back(name_of(finding.reason));
  }
  for (const RuleFinding& finding : quote.applied) {
    if (finding.outcome >= RuleOutcome::kFactor) codes.push_back(finding.code);
  }
  return codes;
}

namespace {

bool holds(const std::vector<std::string>& codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

Result<Done> check_no_worse(const Quote& quote, const PricedAgain& again) {
  const auto worse = [&](std::string_view path, std::string what, std::string before) {
    return Refusal{.code = refusals::kRiskWorse,
                   .path = std::string(path),
                   .value = to_text(quote.id),
                   .args = {{.name = "what", .value = std::move(what)},
                            {.name = "before", .value = std::move(before)}},
                   .at = {}};
  };
  if (again.decision > quote.decision)
    return worse("decision", std::string(name_of(again.decision)),
                 std::string(name_of(quote.decision)));
  const std::vector<std::string> known = grave_reasons(quote);
  for (const std::string& code : again.reasons) {
    if (!holds(known, code)) return worse("decision", code, known.empty() ? "-" : known.front());
  }
  // A factor that falls away changes the premium too.
  for (const RuleFinding& finding : quote.applied) {
    if (finding.outcome == RuleOutcome::kFactor && !holds(again.reasons, finding.code))
      return worse("premium", "-", finding.code);
  }
  if (again.technical > quote.parts.technical_gross)
    return worse("technical", to_grouped(again.technical), to_grouped(quote.parts.technical_gross));
  return Done{};
}

namespace {

bool starts_with_one_of(const std::string& code, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.starts_with(prefix); });
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::optional<AuthorityRow> row_of(const House& house, const Actor& actor) {
  std::optional<AuthorityRow> out;
  for (const AuthorityRow& row : authority_in_force(house)) {
    if (!has_role(actor, row.role) || actor.authority < row.authority_from) continue;
    if (!out || out->authority_from < row.authority_from) out = row;
  }
  return out;
}

std::string points(Share share) { return std::to_string(share.ppm() / 10'000); }

// What has nothing to do with the amount; `what` is empty where nothing ends it.
ReachOf column_that_ends(const AuthorityRow& row, const Quote& quote) {
  const domain::JudgedRisk judged = quote.judged.get();
  const std::string& sector = judged.sector;
  if (!row.sectors.empty() && !starts_with_one_of(sector, row.sectors))
    return {Reach::kNot, "sector", sector, joined(row.sectors)};
  if (starts_with_one_of(sector, row.sectors_excluded))
    return {Reach::kNot, "sector", sector, "not " + joined(row.sectors_excluded)};
  if (judged.score < row.score_min)
    return {Reach::kNot, "score", points(judged.score), points(row.score_min)};
  if (judged.cii_operator && !row.cii) return {Reach::kNot, "cii", "yes", "no"};
  if (!row.outside_range && quote.parts.technical_gross > quote.filed_high) {
    return {Reach::kNot, "outside_range", to_grouped(quote.parts.technical_gross),
            to_grouped(quote.filed_high)};
  }
  return {};
}

}  // namespace

ReachOf reach_of(const House& house, const Actor& actor, const Quote& quote) {
  const std::optional<AuthorityRow> row = row_of(house, actor);
  if (!row) return {Reach::kNot, "role", actor.name.text, std::string(name_of(Role::kUnderwriter))};
  ReachOf out = column_that_ends(*row, quote);
  if (!out.what.empty()) return out;
  const Money alone = std::min(actor.authority, row->limit_alone);
  if (quote.aggregate_limit <= alone) return {Reach::kAlone, {}, {}, {}};
  if (quote.aggregate_limit <= row->limit_two)
    return {Reach::kWithSecond, "limit", to_grouped(quote.aggregate_limit), to_grouped(alone)};
  return {Reach::kNot, "limit", to_grouped(quote.aggregate_limit),
          to_grouped(std::max(alone, row->limit_two))};
}

bool acts_at_once(const House& house, const Actor& actor, const QuoteFile& file,
                  const QuoteOverridden& record) {
  const Quote offer = offered(file);
  if (reach_of(house, actor, offer).reach != Reach::kAlone) return false;
  const bool lowers =
      record.field_changed == OverrideField::kPremium && record.premium < offer.premium;
  if (!lowers) return true;
  const std::uint64_t ratio = underwriting::ratio_ppm(offer.parts.expected_loss, record.premium);
  return file.issued_by != actor.name && ratio <= offer.loss_ratio_max.ppm();
}

std::string present_value(const QuoteFile& file, const QuoteOverridden& record) {
  if (record.field_changed == OverrideField::kPremium) return to_decimal(offered(file).premium);
  const std::optional<QuoteDecision> now = outcome_of_finding(file, record.finding);
  return now ? std::string(name_of(*now)) : std::string();
}

}  // namespace anlan::house
