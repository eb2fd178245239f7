// Statutory rules: what the law gives the insured whatever a wording says. No form of the wording
// language can remove them; each names the code that acts.
//
// Source: Insurance Law of the PRC (2015 text) and the Supreme People's Court's Interpretations II
// and IV of it; REFERENCE.md 2.2.
#pragma once

#include <span>
#include <string_view>

namespace anlan::terms {

enum class Statute : std::uint8_t {
  kInsuranceLaw = 1,
  kInterpretationTwo = 2,   // SPC, on the general part of the contract
  kInterpretationFour = 4,  // SPC, on property insurance
};

struct StatutoryRule {
  Statute statute = Statute::kInsuranceLaw;
  std::string_view article;  // "17", "57(2)"
  std::string_view zh;       // what it does, a sentence
  std::string_view en;
  // Where it acts, as a file of src/ without its ending: "terms/admission". Empty: a person applies
  // it, no code does.
  std::string_view acts_in;
};

// By statute, then by article.
std::span<const StatutoryRule> statutory_rules();

}  // namespace anlan::terms
