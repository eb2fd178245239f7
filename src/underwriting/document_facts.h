// Facts that the text of a document states, by a closed set of words in Chinese and English.
//
// What is found is a proposal: a person confirms it. So that a wrong one is rare, a figure counts
// only where its label stands right before it and its unit is written: "营业收入：3,000 万元",
// "Annual revenue (RMB million): 30.0", or "单位：万元" above on the page. A plan ("will enable
// MFA") proposes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/fact_proposal.h"

namespace anlan::underwriting {

struct TextLine {
  std::uint32_t page = 0;  // from 1
  std::uint32_t line = 0;  // on the page, from 1
  std::string text;
  bool operator==(const TextLine&) const = default;
};

// Pages end with a form feed, lines with LF. Lines with nothing on them are left out.
std::vector<TextLine> text_lines(std::string_view text);

// In the order of the text, the same statement once:
//   facts: sector, revenue, gross_margin, employees, online_revenue (an amount, or a share of the
//   revenue that the document states), endpoints, records; canonical values
//   answers: IAM-01, IAM-02, IAM-03 (multi-factor authentication: of remote access, of
//   administrators, of mail), BKP-01 (backup every so many hours), BKP-02 (where it lies)
//   the credit code, with a right check digit
std::vector<domain::ProposedItem> proposed_items(const std::vector<TextLine>& lines);

}  // namespace anlan::underwriting
