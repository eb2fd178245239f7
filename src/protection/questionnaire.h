// Questionnaire: the unified control assessment of data/controls.csv, typed. 60 questions; a micro
// firm is asked the 36 of tier S.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/node.h"
#include "base/result.h"
#include "base/sha256.h"
#include "domain/control.h"

namespace anlan::protection {

enum class AnswerType : std::uint8_t {
  kBool = 1,
  kEnum = 2,
  kPercent = 3,
  kCount = 4,
  kDays = 5,
  kHours = 6,
  kDate = 7,
};
constexpr auto enum_names(AnswerType*) {
  using T = AnswerType;
  return std::array{EnumName<T>{T::kBool, "bool"},       EnumName<T>{T::kEnum, "enum"},
                    EnumName<T>{T::kPercent, "percent"}, EnumName<T>{T::kCount, "count"},
                    EnumName<T>{T::kDays, "days"},       EnumName<T>{T::kHours, "hours"},
                    EnumName<T>{T::kDate, "date"}};
}

// Who is asked (REFERENCE.md 5).
enum class Tier : std::uint8_t { kSmall = 1, kMedium = 2, kLarge = 3, kIndustrial = 4, kData = 5 };
constexpr auto enum_names(Tier*) {
  return std::array{EnumName<Tier>{Tier::kSmall, "S"}, EnumName<Tier>{Tier::kMedium, "M"},
                    EnumName<Tier>{Tier::kLarge, "L"}, EnumName<Tier>{Tier::kIndustrial, "OT"},
                    EnumName<Tier>{Tier::kData, "DATA"}};
}

// How an answer can be verified.
enum class Channel : std::uint8_t {
  kAttest = 1,
  kDocument = 2,
  kTelemetry = 3,
  kOutsideScan = 4,
  kExpert = 5,
};
constexpr auto enum_names(Channel*) {
  using C = Channel;
  return std::array{EnumName<C>{C::kAttest, "A"}, EnumName<C>{C::kDocument, "D"},
                    EnumName<C>{C::kTelemetry, "T"}, EnumName<C>{C::kOutsideScan, "X"},
                    EnumName<C>{C::kExpert, "E"}};
}

// What an absent control changes: how often, or how badly.
enum class RiskSide : std::uint8_t { kFrequency = 1, kSeverity = 2 };
constexpr auto enum_names(RiskSide*) {
  return std::array{EnumName<RiskSide>{RiskSide::kFrequency, "freq"},
                    EnumName<RiskSide>{RiskSide::kSeverity, "sev"}};
}

// What one part of an answer may be: one of the words, or a number within the range, or a date, an
// amount or a text.
struct AnswerPart {
  std::string name;  // "" for the main part
  bool optional = false;
  bool any_of = false;  // several words at once
  std::vector<std::string> words;
  bool number = false;  // whole, within minimum and maximum
  std::int64_t minimum = 0;
  std::int64_t maximum = 0;
  bool date = false;
  bool money = false;  // yuan, at least 0
  bool text = false;   // one line; the last part only
  bool operator==(const AnswerPart&) const = default;
};

struct ClauseIds {
  std::vector<std::string> mlps;       // GB/T 22239-2019, level 3
  std::vector<std::string> cis;        // CIS Controls v8
  std::vector<std::string> csf;        // NIST CSF 2.0
  std::vector<std::string> iso_27001;  // ISO/IEC 27001:2022
  bool operator==(const ClauseIds&) const = default;
};

// Prior relative risk when the control is absent, in thousandths (1,800: 1.8 times).
struct RelativeRisk {
  RiskSide side = RiskSide::kFrequency;
  std::uint32_t low_thousandths = 1000;
  std::uint32_t mid_thousandths = 1000;
  std::uint32_t high_thousandths = 1000;
  bool operator==(const RelativeRisk&) const = default;
};

struct Question {
  domain::ControlName control;
  std::string domain_zh;
  std::string domain_en;
  std::string zh;
  std::string en;
  AnswerType type = AnswerType::kBool;
  std::vector<AnswerPart> parts;  // the main part first
  std::vector<Tier> tiers;
  bool minimum_requirement = false;
  bool warranty_candidate = false;
  std::vector<Channel> channels;
  std::vector<std::string> product_categories;  // codes: EPP_EDR, MSS, ...; empty: no product
  ClauseIds clauses;
  std::vector<std::string> loss_vectors;
  RelativeRisk risk;
  std::string evidence;
  std::string evidence_status;
  bool operator==(const Question&) const = default;
  bool verified_by(Channel channel) const;
};

struct Questionnaire {
  Digest version;  // of the file as it was asked
  std::vector<Question> questions;
  const Question* find(std::string_view control) const;  // nullptr: none of that name
};

// The columns of data/controls.csv, all required; the caller gives them to the CSV reader.
std::span<const std::string_view> questionnaire_columns();

// `rows`: {"rows": [{column: text}, ...]}. `options_or_unit` is parts separated by "; ", each
//   [name:] alternative|alternative ... [?]
// where an alternative is a word, a range of whole numbers "0-100", `date`, `money` or `text`, "?"
// makes the part optional and a leading "any_of " allows several words at once. The main part comes
// first, has no name and fits the answer type. Refuses base's unknown, missing and twice-used keys,
// kUnknownChoice (an unknown answer type, tier, channel or side), kDuplicateValue (a control twice)
// and kOptionsMalformed (args expected).
Result<Questionnaire> read_questionnaire(const Node& rows, std::string_view file,
                                         const Digest& version);

// What decides which questions are asked.
struct AssessmentScope {
  std::int64_t employees = 0;
  std::int64_t ot_lines = 0;  // production lines under computer control
  std::int64_t records = 0;   // people whose personal information is held
};
inline constexpr std::int64_t kMediumEmployees = 50;  // REFERENCE.md 5, tier M
// assumption: tier L begins where the statistical size of industrial firms says "large".
inline constexpr std::int64_t kLargeEmployees = 1'000;
// assumption: tier DATA begins at 100,000 people, where transfer abroad needs a filing.
inline constexpr std::int64_t kDataRecords = 100'000;

// The questions of the tiers that fit, in the order of the file.
std::vector<const Question*> questions_for(const Questionnaire& questionnaire,
                                           const AssessmentScope& scope);

// Of these, all that have no answer, at once.
std::vector<const Question*> missing_answers(const Questionnaire& questionnaire,
                                             const AssessmentScope& scope,
                                             std::span<const domain::Answer> answers);

}  // namespace anlan::protection
