// A wording file is read with all its errors or linted: every refusal has a place, the first error
// is the same whether all are asked for or one, and every finding points into the file.
#include <cstdint>

#include "base/check.h"
#include "base/node_reader.h"
#include "formats/source_lines.h"
#include "formats/toml.h"
#include "terms/lint.h"
#include "terms/plan.h"
#include "terms/wording.h"

namespace {

using namespace anlan;

void check_excerpt(const std::string& text, const Place& at) {
  const std::string shown = formats::source_excerpt(text, at);
  ANLAN_CHECK(shown.find('\x1b') == std::string::npos);
}

void check_refusals(const ReadReport& report, const std::string& text) {
  const std::vector<Refusal> all = report.in_file_order();
  ANLAN_CHECK(!all.empty() && all.size() <= kRefusalsMax);
  int before = 0;
  for (const Refusal& refusal : all) {
    ANLAN_CHECK(refusal.at.line >= 1 && refusal.at.line >= before);
    before = refusal.at.line;
    check_excerpt(text, refusal.at);
  }
}

void check_findings(const terms::Wording& wording, const Node& tree, const std::string& text) {
  const std::vector<terms::FiledProduct> products{
      {.id = "p", .registration = wording.registration.number}};
  for (const terms::Finding& finding : terms::lint(wording, &products)) {
    const Place found = terms::place_of(tree, finding.path);
    ANLAN_CHECK(found.line >= 1);
    check_excerpt(text, found);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(data, data + size);
  const auto parsed = formats::parse_toml(text, "f");
  if (!parsed.ok()) return 0;
  ReadReport all("f", ReadReport::Keeping::kAll);
  const terms::Wording wording = terms::read_wording(*parsed, all);
  const Result<terms::Wording> alone = terms::read_wording(*parsed, "f");
  ANLAN_CHECK(all.refused() != alone.ok());
  if (all.refused()) {
    check_refusals(all, text);
    return 0;
  }
  ANLAN_CHECK(*alone == wording);
  terms::compile(wording.terms);
  check_findings(wording, *parsed, text);
  return 0;
}
