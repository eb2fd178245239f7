// Parts that the printed documents of underwriting share. All sentences come from Texts, all
// figures from the records; nothing is computed here but sums of a table.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/capital_numerals.h"
#include "base/document.h"
#include "base/lang.h"
#include "base/money.h"
#include "base/texts.h"
#include "base/time.h"
#include "terms/wording.h"
#include "underwriting/product.h"

namespace anlan::underwriting {

// Stands before every clause that relieves the insurer: such clauses must catch the eye (Insurance
// Law art 17(2)).
inline constexpr std::string_view kExemptionMark = "★";

// A language and its texts.
struct Speech {
  const Texts& texts;
  Lang lang = Lang::kZh;

  std::string say(std::string_view key, const TextArgs& args = {}) const {
    return texts.say(key, args);
  }
  const std::string& pick(const std::string& zh, const std::string& en) const {
    return lang == Lang::kZh ? zh : en;
  }
  // Beside figures, so that they cannot be altered: in Chinese only, else empty.
  std::string words(Money amount) const {
    return lang == Lang::kZh ? capital_numerals(amount) : std::string();
  }
};

// The name of a cover, "营业中断"; a code outside the taxonomy is its own name.
std::string cover_name(const Speech& speech, std::string_view code);

// "2026-03-01 - 2027-02-28": the first and the last day of [from, until).
std::string period_text(Date from, Date until);

// What each section or group can pay, for one incident and in the year, with the clause that says
// so; then the limits of the occurrence and of the year. "-": no cap of its own. In Chinese the
// limit of the year stands below in capital numerals, too.
void add_limits(const Speech& speech, const terms::Terms& terms, Document& document);

// An amount in figures and capital numerals, in the sentence of this key; in Chinese only.
void add_words(const Speech& speech, std::string_view key, Money amount, Document& document);

// The clauses of these references in full, each with its mark and number, exemption clauses bold;
// in the order of `refs`.
void add_clauses(const Speech& speech, const terms::Wording& wording,
                 const std::vector<std::string>& refs, Document& document);

// The loss-prevention services that are written in the policy.
void add_services(const Speech& speech, const Product& product, Document& document);

// Label and amount, right-aligned.
Table amount_table(const std::vector<std::pair<std::string, Money>>& rows);

}  // namespace anlan::underwriting
