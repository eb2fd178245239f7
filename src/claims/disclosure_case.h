// Disclosure case: a case of a wrong answer at application as a file (data/disclosure_cases).
#pragma once

#include <string>

#include "base/node.h"
#include "base/result.h"
#include "claims/disclosure.h"

namespace anlan::claims {

struct DisclosureFile {
  std::string id = {};
  std::string title_zh = {};
  std::string title_en = {};
  std::string story_zh = {};
  std::string story_en = {};
  DisclosureCase facts = {};
  bool operator==(const DisclosureFile&) const = default;
};

//   id = "mfa-everywhere"                      # the name of the file
//   title = { zh = "...", en = "..." }         story likewise
//   formed = "2026-01-12"  as_of = "2026-07-06"  incident = "2026-06-15"  rescinded = "..."
//   answer = "100"  truth = "40"               # different words: untrue
//   [question] control, version, zh, en, general = false          # none: nobody asked
//   [[shown]] source, zh, en, seen_by, seen_on                    # both of the last, or neither
//   [[collected]] on, amount
//   [state_of_mind] value = "none" | "gross_negligence" | "deliberate", by, on
//   [material] value = true, by, on            [bore_on_incident] likewise
// Every finding names who made it; a finding that nobody made is left out. Refuses what the reader
// refuses, and kDisclosureName: the id is the name of the file (args file).
Result<DisclosureFile> read_disclosure_file(const Node& root, const std::string& file);

}  // namespace anlan::claims
