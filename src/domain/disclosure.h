// Disclosure: what the insurer learned about a wrong answer at application, what a person found
// about it, and what was shown of the sale's texts (Insurance Law art 16, 17).
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

enum class StateOfMind : std::uint8_t { kNone = 1, kGrossNegligence = 2, kDeliberate = 3 };
constexpr auto enum_names(StateOfMind*) {
  using S = StateOfMind;
  return std::array{EnumName<S>{S::kNone, "none"},
                    EnumName<S>{S::kGrossNegligence, "gross_negligence"},
                    EnumName<S>{S::kDeliberate, "deliberate"}};
}

// What the applicant was asked about.
enum class AskedAbout : std::uint8_t { kAnswer = 1, kFact = 2 };
constexpr auto enum_names(AskedAbout*) {
  using A = AskedAbout;
  return std::array{EnumName<A>{A::kAnswer, "answer"}, EnumName<A>{A::kFact, "fact"}};
}

// Where the insurer saw the truth.
enum class KnowledgeSource : std::uint8_t {
  kScan = 1,
  kSurvey = 2,
  kTelemetry = 3,
  kDocument = 4,
  kClaim = 5,
  kNotice = 6,  // from the policyholder or anybody else
};
constexpr auto enum_names(KnowledgeSource*) {
  using K = KnowledgeSource;
  return std::array{EnumName<K>{K::kScan, "scan"},           EnumName<K>{K::kSurvey, "survey"},
                    EnumName<K>{K::kTelemetry, "telemetry"}, EnumName<K>{K::kDocument, "document"},
                    EnumName<K>{K::kClaim, "claim"},         EnumName<K>{K::kNotice, "notice"}};
}

// Knowledge of one untrue answer: from `learned_on` the thirty days of art 16(3) run.
struct NonDisclosure {
  NonDisclosureId id;
  PolicyId policy;
  AskedAbout about = AskedAbout::kAnswer;
  std::string subject;   // the control ("IAM-01") or the fact ("revenue")
  Digest questionnaire;  // the form on which it was asked; zero for a fact
  std::string answered;  // canonical text, as it was stated at application
  std::string truth;
  KnowledgeSource source = KnowledgeSource::kDocument;
  std::string note;      // what shows it
  ActorName learned_by;  // the first of the insurer who saw it
  Date learned_on;       // in the time zone of the house
  bool operator==(const NonDisclosure&) const = default;
  template <class N = NonDisclosure>
  static constexpr auto fields() {
    return std::tuple{field("id", &N::id),
                      field("policy", &N::policy),
                      field("about", &N::about),
                      field("subject", &N::subject),
                      field("questionnaire", &N::questionnaire),
                      field("answered", &N::answered),
                      field("truth", &N::truth),
                      field("source", &N::source),
                      field("note", &N::note),
                      field("learned_by", &N::learned_by),
                      field("learned_on", &N::learned_on)};
  }
};

// What was put before the customer in the course of a sale. Exemption clauses have a record of
// their own: ExplainedClause.
enum class ShownKind : std::uint8_t {
  kQuote = 1,           // the offer, as a page or on screen
  kWording = 2,         // the whole wording
  kQuestionnaire = 3,   // the questions that were asked
  kKeyInformation = 4,  // the page of what matters most
  kConsent = 5,         // consent to assessment and monitoring
  kOther = 6,
};
constexpr auto enum_names(ShownKind*) {
  using K = ShownKind;
  return std::array{EnumName<K>{K::kQuote, "quote"},
                    EnumName<K>{K::kWording, "wording"},
                    EnumName<K>{K::kQuestionnaire, "questionnaire"},
                    EnumName<K>{K::kKeyInformation, "key_information"},
                    EnumName<K>{K::kConsent, "consent"},
                    EnumName<K>{K::kOther, "other"}};
}

struct ShownText {
  QuoteId quote;
  ShownKind kind = ShownKind::kQuote;
  Digest text;           // of the exact bytes shown, which are kept
  std::string version;   // by which people know the text: "ningbo-2023-a8", "2026-03"
  std::string shown_to;  // an opaque token of the person, no personal data
  ActorName shown_by;    // whoever of the house showed it
  Instant at;
  bool confirmed = false;  // the person confirmed having read it
  bool operator==(const ShownText&) const = default;
  template <class S = ShownText>
  static constexpr auto fields() {
    return std::tuple{field("quote", &S::quote),
                      field("kind", &S::kind),
                      field("text", &S::text),
                      field("version", &S::version),
                      field("shown_to", &S::shown_to),
                      field("shown_by", &S::shown_by),
                      field("at", &S::at),
                      field("confirmed", &S::confirmed)};
  }
};

}  // namespace anlan::domain
