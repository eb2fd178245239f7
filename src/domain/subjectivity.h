// Subjectivity: a condition of underwriting (承保条件) on a quote and on the policy that it
// becomes. It is another thing than a condition of a claim (domain/incident.h).
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "base/time.h"
#include "domain/ids.h"
#include "domain/party.h"

namespace anlan::domain {

// What follows when it is not met by its day. Only kBindBlocker binds: nothing is sold before it is
// met. The three after it are proposed to a person once the day has passed. kAdvice is advice.
enum class SubjectivityEffect : std::uint8_t {
  kAdvice = 1,
  kBindBlocker = 2,
  kEndorseFactor = 3,     // a filed factor on the premium by endorsement
  kCancelNotice = 4,      // notice of cancellation, where the law allows one
  kRenewalCondition = 5,  // blocks the next year's policy
};
constexpr auto enum_names(SubjectivityEffect*) {
  using E = SubjectivityEffect;
  return std::array{EnumName<E>{E::kAdvice, "advice"}, EnumName<E>{E::kBindBlocker, "bind_blocker"},
                    EnumName<E>{E::kEndorseFactor, "endorse_factor"},
                    EnumName<E>{E::kCancelNotice, "cancel_notice"},
                    EnumName<E>{E::kRenewalCondition, "renewal_condition"}};
}

// The evidence that clears it by itself.
enum class ClearedBy : std::uint8_t {
  kPerson = 1,            // none does: an underwriter says so
  kControlProven = 2,     // signals prove that the control runs
  kAnswerDocumented = 3,  // an answer with a document behind it, one of `answers`
  kFactDocumented = 4,    // the fact with a document behind it
};
constexpr auto enum_names(ClearedBy*) {
  using C = ClearedBy;
  return std::array{EnumName<C>{C::kPerson, "person"},
                    EnumName<C>{C::kControlProven, "control_proven"},
                    EnumName<C>{C::kAnswerDocumented, "answer_documented"},
                    EnumName<C>{C::kFactDocumented, "fact_documented"}};
}

struct SubjectivityTerms {
  std::string code;
  std::string zh;
  std::string en;
  Role owner = Role::kPolicyholder;
  std::uint32_t days = 0;  // from the day on which it is set
  ClearedBy clears = ClearedBy::kPerson;
  std::string subject;               // the control or fact; empty under kPerson
  std::vector<std::string> answers;  // canonical; empty: any answer with a document
  SubjectivityEffect effect = SubjectivityEffect::kAdvice;
  bool operator==(const SubjectivityTerms&) const = default;
  template <class T = SubjectivityTerms>
  static constexpr auto fields() {
    return std::tuple{
        field("code", &T::code),       field("zh", &T::zh),           field("en", &T::en),
        field("owner", &T::owner),     field("days", &T::days),       field("clears", &T::clears),
        field("subject", &T::subject), field("answers", &T::answers), field("effect", &T::effect)};
  }
};

struct Subjectivity {
  SubjectivityId id;
  QuoteId quote;
  SubjectivityTerms terms;
  Date due;                         // the last day on which it is met in time
  SubjectivityId carried_from;      // open at the end of the year before; 0: new
  std::uint32_t rules_version = 0;  // that set it; 0: a person, or the rules of the program
  bool operator==(const Subjectivity&) const = default;
  template <class S = Subjectivity>
  static constexpr auto fields() {
    return std::tuple{field("id", &S::id),
                      field("quote", &S::quote),
                      field("terms", &S::terms),
                      field("due", &S::due),
                      field("carried_from", &S::carried_from),
                      field("rules_version", &S::rules_version)};
  }
};

enum class SubjectivityState : std::uint8_t {
  kOpen = 1,
  kOverdue = 2,    // open after its day
  kEvidenced = 3,  // met by evidence on file; the next command on it or on its quote records that
  kCleared = 4,
  kWaived = 5,
  kFailed = 6,  // recorded as not met in time
};
constexpr auto enum_names(SubjectivityState*) {
  using S = SubjectivityState;
  return std::array{EnumName<S>{S::kOpen, "open"},           EnumName<S>{S::kOverdue, "overdue"},
                    EnumName<S>{S::kEvidenced, "evidenced"}, EnumName<S>{S::kCleared, "cleared"},
                    EnumName<S>{S::kWaived, "waived"},       EnumName<S>{S::kFailed, "failed"}};
}

}  // namespace anlan::domain
