// Enterprise and answers input: the files in which a company writes down its facts and its answers
// to the assessment, as TOML or JSON.
//
//   legal_name = "宁波示例精密制造有限公司"
//   credit_code = "..."                # 统一社会信用代码, checked
//   assess_consent = true
//   monitor_consent = true
//   stated_on = "2026-02-20"           # the day of the facts below
//   [contact]                          # personal data: goes to the vault, never into an event
//   name = "..."  phone = "..."  email = "..."     # phone or e-mail may be left out
//   [facts]                            # the names of fact_kinds(); each as people write it
//   revenue = "30000000.00"            # or a table, where it is more than declared:
//   endpoints = { value = "30", source = "scanned", observed_on = "2026-02-18" }
//
//   stated_on = "2026-02-20"           # an answers file
//   [answers]                          # the ids of the questionnaire
//   GOV-01 = "yes"                     # or a table of text values: { value, source, observed_on,
//                                      # evidence = "<SHA-256>" }
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "base/result.h"
#include "domain/control.h"
#include "domain/enterprise.h"

namespace anlan::domain {

// In plain text, on its way to the vault.
struct Contact {
  std::string name;
  std::string phone;
  std::string email;
  bool operator==(const Contact&) const = default;
};

struct EnterpriseInput {
  std::string legal_name;
  std::string credit_code;
  bool assess_consent = false;
  bool monitor_consent = false;
  Contact contact;
  std::vector<Fact> facts;  // canonical values, in the order of fact_kinds()
  bool operator==(const EnterpriseInput&) const = default;
};

// Refuses, besides what NodeReader refuses: those of parse_credit_code, kFactUnknown (args nearest)
// and those of canonical_fact_value. Missing facts are not refused here: they are asked for.
Result<EnterpriseInput> read_enterprise(const Node& root, std::string_view file);

// The answers as written, in the order of the file; the questionnaire checks question and type
// (protection/answer.h). Values are the text of a scalar: "yes" for true, "80" for 80; an empty
// text is no answer and left out.
Result<std::vector<Answer>> read_answers(const Node& root, std::string_view file);

}  // namespace anlan::domain
