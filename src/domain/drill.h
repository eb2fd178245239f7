// Drill record: a tabletop exercise that was held on a policy, and what it evidences.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

// The control about exercises (data/controls.csv) and the answer that a finished drill of a written
// plan evidences.
inline constexpr std::string_view kDrillControl = "IRP-01";
inline constexpr std::string_view kDrillAnswer = "exercised_12m";

// What every exercise answers, on any script.
inline constexpr std::array<std::string_view, 8> kDrillQuestions{
    "first_call",     "insurer_notice", "authority_report", "personal_data",
    "before_payment", "evidence_kept",  "restore_order",    "lessons"};

struct DrillRecord {
  DrillId id;
  PolicyId policy;
  EnterpriseId enterprise;
  std::string script;      // of data/scenarios
  Digest script_artefact;  // of its file as it was played
  Date held_on;
  std::uint32_t participants = 0;
  std::uint32_t asked = 0;  // questions of the exercise
  std::uint32_t answered = 0;
  std::string plan;  // the written plan that was exercised; empty: none
  Digest answers;    // of the file, kept as a blob
  bool operator==(const DrillRecord&) const = default;

  // Every question answered, and a plan was exercised: only then it is evidence.
  bool finished() const { return answered == asked && !plan.empty(); }

  template <class D = DrillRecord>
  static constexpr auto fields() {
    return std::tuple{field("id", &D::id),
                      field("policy", &D::policy),
                      field("enterprise", &D::enterprise),
                      field("script", &D::script),
                      field("script_artefact", &D::script_artefact),
                      field("held_on", &D::held_on),
                      field("participants", &D::participants),
                      field("asked", &D::asked),
                      field("answered", &D::answered),
                      field("plan", &D::plan),
                      field("answers", &D::answers)};
  }
};

}  // namespace anlan::domain
