#include "house/filings.h"

#include <algorithm>
#include <set>

#include "house/decision.h"
#include "house/endorse_rules.h"
#include "house/refusals.h"

namespace anlan::house {

using namespace domain;

namespace {

const std::vector<FilingOnFile>* filings_of(const House& house, const ProductName& product) {
  const auto found = house.filings.find(product);
  return found == house.filings.end() ? nullptr : &found->second;
}

bool any_recorded(const std::vector<FilingOnFile>& all) {
  return std::any_of(all.begin(), all.end(),
                     [](const FilingOnFile& each) { return each.recorded; });
}

Refusal other(const Filing& filing, std::string_view what, std::string value, std::string filed) {
  return refuse(refusals::kOtherFiling, what, std::move(value),
                {{.name = "what", .value = std::string(what)},
                 {.name = "registration", .value = filing.registration},
                 {.name = "unfiled", .value = filed.empty() ? "1" : ""},
                 {.name = "filed", .value = std::move(filed)}});
}

Result<Done> same_money(const Filing& filing, std::string_view what, Money value, Money filed) {
  if (value == filed) return Done{};
  return other(filing, what, to_grouped(value), to_grouped(filed));
}

Result<Done> same_wording(const Filing& filing, const Digest& value, const Digest& filed) {
  if (value == filed) return Done{};
  return other(filing, "wording", short_hex(value), short_hex(filed));
}

Result<Done> check_against(const Filing& filing, const Quote& quote) {
  if (quote.registration != filing.registration)
    return other(filing, "registration", quote.registration, filing.registration);
  ANLAN_REQUIRE(same_wording(filing, quote.wording_artefact, filing.wording_artefact));
  ANLAN_REQUIRE(same_money(filing, "filed_premium", quote.filed_premium, filing.rate.premium));
  ANLAN_REQUIRE(same_money(filing, "filed_low", quote.filed_low, filing.rate.low));
  return same_money(filing, "filed_high", quote.filed_high, filing.rate.high);
}

Refusal wrong(std::string_view what, std::string value = {}) {
  return refuse(refusals::kFilingShape, what, std::move(value),
                {{.name = "what", .value = std::string(what)}});
}

Result<Done> check_rate(const FiledRate& rate, std::string_view what) {
  const bool one_currency = rate.low.currency() == rate.premium.currency() &&
                            rate.high.currency() == rate.premium.currency();
  if (one_currency && !rate.low.is_negative() && rate.low <= rate.premium &&
      rate.premium <= rate.high && rate.high.minor() <= kAmountMax)
    return Done{};
  return wrong(what, to_grouped(rate.premium));
}

Result<Done> check_parts(const Filing& filing) {
  std::set<std::string> seen;
  for (const FiledTerms& option : filing.options) {
    const bool new_name = !option.id.empty() && seen.insert(option.id).second;
    if (!new_name || option.wording_artefact == Digest{}) return wrong("options", option.id);
    ANLAN_REQUIRE(check_rate(option.rate, "options"));
  }
  seen.clear();
  for (const FiledAdjustment& factor : filing.factors) {
    const bool new_name = !factor.id.empty() && seen.insert(factor.id).second;
    const bool ordered = 0 < factor.low_ppm && factor.low_ppm <= factor.high_ppm;
    if (!new_name || !ordered) return wrong("factors", factor.id);
  }
  if (filing.certificates) return check_rate(*filing.certificates, "certificates");
  return Done{};
}

// The filing on record under which the policy was sold.
const Filing* filing_of_policy(const House& house, const PolicyFile& file) {
  const Quote& quote = find_quote(house, file.policy.quote)->quote;
  const FilingOnFile* found = filing_under(house, quote.product, quote.registration);
  return found && found->recorded ? &found->filing : nullptr;
}

template <class Row>
const Row* row_named(const std::vector<Row>& rows, const std::string& id) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& each) { return each.id == id; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace

const FilingOnFile* filing_on(const House& house, const ProductName& product, Date day) {
  const FilingOnFile* newest = nullptr;
  if (const auto* all = filings_of(house, product)) {
    for (const FilingOnFile& each : *all) {
      if (each.recorded && each.filing.from <= day) newest = &each;
    }
  }
  return newest;
}

const FilingOnFile* filing_under(const House& house, const ProductName& product,
                                 std::string_view registration) {
  const FilingOnFile* fixed = nullptr;
  if (const auto* all = filings_of(house, product)) {
    for (const FilingOnFile& each : *all) {
      if (each.filing.registration != registration) continue;
      if (each.recorded) return &each;
      fixed = &each;
    }
  }
  return fixed;
}

Result<Done> check_filing(const House& house, const Filing& filing) {
  if (filing.registration.empty()) return wrong("registration");
  if (filing.evidence == Digest{}) return wrong("evidence");
  if (filing.wording_artefact == Digest{}) return wrong("wording");
  if (filing.product_artefact == Digest{}) return wrong("product");
  ANLAN_REQUIRE(check_rate(filing.rate, "premium"));
  ANLAN_REQUIRE(check_parts(filing));
  const auto* all = filings_of(house, filing.product);
  if (!all) return Done{};
  for (const FilingOnFile& each : *all) {
    if (!each.recorded) continue;
    if (each.filing.registration == filing.registration) {
      return refuse(refusals::kAlreadyDone, "registration", filing.registration,
                    {{.name = "what", .value = to_text(each.filing.from)}});
    }
    if (filing.from <= each.filing.from) {
      return refuse(refusals::kFilingDay, "from", to_text(filing.from),
                    {{.name = "before", .value = to_text(each.filing.from)}});
    }
  }
  return Done{};
}

Result<Done> check_quote_filing(const House& house, const Quote& quote, Date today) {
  const auto* all = filings_of(house, quote.product);
  if (!all) return Done{};
  if (any_recorded(*all)) {
    const FilingOnFile* in_force = filing_on(house, quote.product, today);
    if (in_force) return check_against(in_force->filing, quote);
    const auto first = std::find_if(all->begin(), all->end(),
                                    [](const FilingOnFile& each) { return each.recorded; });
    return refuse(refusals::kNoFiling, "product", quote.product.text,
                  {{.name = "first", .value = to_text(first->filing.from)}});
  }
  const FilingOnFile* fixed = filing_under(house, quote.product, quote.registration);
  return fixed ? check_against(fixed->filing, quote) : Result<Done>(Done{});
}

Result<Done> check_endorsement_filing(const House& house, const PolicyFile& file,
                                      const Endorsement& endorsement) {
  const Filing* filing = filing_of_policy(house, file);
  if (!filing) return Done{};
  if (endorsement.option) {
    const ChosenOption& chosen = *endorsement.option;
    const FiledTerms* row = row_named(filing->options, chosen.id);
    if (!row) return other(*filing, "option", chosen.id, {});
    ANLAN_REQUIRE(same_wording(*filing, chosen.wording_artefact, row->wording_artefact));
    ANLAN_REQUIRE(same_money(*filing, "filed_premium", chosen.filed, row->rate.premium));
    ANLAN_REQUIRE(same_money(*filing, "filed_low", chosen.low, row->rate.low));
    ANLAN_REQUIRE(same_money(*filing, "filed_high", chosen.high, row->rate.high));
  }
  if (!endorsement.factor) return Done{};
  const ChosenFactor& chosen = *endorsement.factor;
  const FiledAdjustment* row = row_named(filing->factors, chosen.id);
  if (!row) return other(*filing, "factor", chosen.id, {});
  if (chosen.low_ppm == row->low_ppm && chosen.high_ppm == row->high_ppm) return Done{};
  return other(*filing, "factor", percent_of(chosen.low_ppm) + " - " + percent_of(chosen.high_ppm),
               percent_of(row->low_ppm) + " - " + percent_of(row->high_ppm));
}

Result<Done> check_certificate_filing(const House& house, const PolicyFile& file,
                                      const CertificateTerms& terms) {
  const Filing* filing = filing_of_policy(house, file);
  if (!filing) return Done{};
  if (!filing->certificates)
    return other(*filing, "certificates", to_grouped(terms.premium_low), {});
  ANLAN_REQUIRE(same_money(*filing, "filed_low", terms.premium_low, filing->certificates->low));
  return same_money(*filing, "filed_high", terms.premium_high, filing->certificates->high);
}

Filing filing_of(const Quote& quote) {
  return {
      .product = quote.product,
      .registration = quote.registration,
      .wording = quote.wording,
      .wording_artefact = quote.wording_artefact,
      .product_artefact = quote.product_artefact,
      .rate = {.premium = quote.filed_premium, .low = quote.filed_low, .high = quote.filed_high},
      .options = {},
      .factors = {},
      .certificates = {},
      .from = {},
      .evidence = {}};
}

}  // namespace anlan::house
