// TelemetryRules: which control a line of telemetry speaks of, and whether it proves or contradicts
// it. The rules are data (data/telemetry/controls.toml); how a line is read is not known here.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/node.h"
#include "domain/control.h"
#include "protection/questionnaire.h"

namespace anlan::protection {

// What is known of a line. The words are those of formats/telemetry.h.
struct TelemetrySign {
  std::string_view format;   // "suricata_eve"
  std::string_view product;  // "sshd"
  std::string_view kind;     // the format's own word: "backup", "4625"
  std::string_view meaning;  // "alert"
};

struct TelemetryRule {
  domain::ControlName control;
  std::vector<std::string> formats;   // none: any
  std::vector<std::string> meanings;  // at least one
  std::string product;                // what its name begins with; "": any
  std::string kind;                   // "": any
  bool contradicts = false;
  std::string zh;  // what it says of the control
  std::string en;
  std::string source;  // where this is from, or "assumption: ..."
};

struct TelemetryRules {
  std::vector<TelemetryRule> rules;
  // Every rule that the sign fits, at most one of a control and a direction: the first.
  std::vector<const TelemetryRule*> of(const TelemetrySign& sign) const;
};

// The words that rules may use: what the readers of telemetry know.
struct TelemetryWords {
  std::vector<std::string> formats;
  std::vector<std::string> meanings;
};

// Refuses unknown keys, a control that is not asked (kControlUnknown), a word that is not known
// (base's kUnknownChoice), a rule without source.
Result<TelemetryRules> read_telemetry_rules(const Node& tree, const Questionnaire& asked,
                                            const TelemetryWords& words);

}  // namespace anlan::protection
