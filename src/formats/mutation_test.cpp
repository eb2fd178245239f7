// Each reader against 200,000 (with sanitizers 20,000) damaged copies of good files: it answers
// with a tree or a refusal that has a place, and what it takes it takes again after being written.
#include <random>

#include <doctest/doctest.h>

#include "formats/csv.h"
#include "formats/json.h"
#include "formats/text.h"
#include "formats/toml.h"

namespace anlan::formats {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr int kMutations = 20'000;  // each costs some forty times more
#else
constexpr int kMutations = 200'000;
#endif

using Samples = std::vector<std::string>;

const Samples& json_samples() {
  static const Samples samples{
      R"({"policy": {"aggregate_limit": 40000000, "occurrence_limit": null, "sections": [{"code": "FP.EXT"}, {"code":
 "FP.BI", "coins_bp": 0, "inside_aggregate": true, "time": {"waiting_hours": 12, "mode": "deduct_hours"}}],
 "groups": []}, "incidents": [{"losses": {"FP.EXT": 5000000}, "premium_paid_bp": 10000}]})",
      R"(["\u5b89\ud83d\ude00 安澜", -0.5e+10, 1e400, 123456789012345678901234567890, {"": {"a\n": [[], {}]}}, false])"};
  return samples;
}

const Samples& toml_samples() {
  static const Samples samples{
      "title = \"网络安全保险\" # 宁波\npremium = 2_800.00\nfrom = 2026-03-01\n[cover]\nlimits = "
      "[100, 30,\n 20]\n[[clause]]\n"
      "ref = \"2.1\"\nzh = \"\"\"\n勒索\n\"\"\"\n[[clause]]\na.b.'c d' = { x = true, y = -1e-3 "
      "}\nat = 2026-03-01T02:00:00+08:00\n",
      "a = 'lit\\eral'\r\nb = \"\\u5b89\\\"\\\\\"\r\n\"quoted key\" = "
      "'''x''''\r\n[t.u]\r\n[t]\r\nz = [ [1], [\"s\"] ]\r\n"};
  return samples;
}

const Samples& csv_samples() {
  static const Samples samples{
      "id,weight,note\r\nMFA,1.50,\"says \"\"hi\"\"\"\r\nEDR,2,\"two\nlines\"\r\n\r\n\"\",,\r\n",
      "安,澜\n=1,-2\n x ,\"\"\n"};
  return samples;
}

// A copy with one to four changes: a bit, a byte, a piece removed, doubled, moved or taken from
// elsewhere.
std::string mutated(const std::string& sample, std::mt19937_64& random) {
  constexpr std::string_view kSigns = "{}[]\",:.'#=\\\n\r\t 0123456789-+eE_xu\"\"\"'''";
  std::string text = sample;
  for (std::uint64_t left = 1 + random() % 4; left > 0 && !text.empty(); --left) {
    const std::size_t at = random() % text.size();
    const std::size_t size = 1 + random() % std::min<std::size_t>(16, text.size() - at);
    switch (random() % 7) {
      case 0:
        text[at] = static_cast<char>(text[at] ^ (1 << (random() % 8)));
        break;
      case 1:
        text[at] = static_cast<char>(random() % 256);
        break;
      case 2:
        text.insert(at, 1, kSigns[random() % kSigns.size()]);
        break;
      case 3:
        text.erase(at, size);
        break;
      case 4:
        text.insert(at, text.substr(at, size));
        break;
      case 5:
        text.insert(random() % text.size(), text.substr(at, size));
        break;
      case 6:
        text[at] = kSigns[random() % kSigns.size()];
        break;
    }
  }
  return text;
}

bool is_placed(const Refusal& refusal, const std::string& text) {
  const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
  return refusal.at.line >= 1 && refusal.at.line <= lines && refusal.at.column >= 1 &&
         !refusal.code.name.empty();
}

// Calls check(text) for every mutation; it gives back what is wrong, or "".
template <class Check>
void try_mutations(const Samples& samples, const Check& check) {
  std::mt19937_64 random(20260301);
  for (int i = 0; i < kMutations; ++i) {
    const std::string text = mutated(samples[static_cast<std::size_t>(i) % samples.size()], random);
    const std::string wrong = check(text);
    if (!wrong.empty()) FAIL(wrong << " at mutation " << i << ":\n" << text);
  }
}

TEST_CASE("json: no damage brings the reader down, and what is read is written and read again") {
  int taken = 0;
  try_mutations(json_samples(), [&](const std::string& text) -> std::string {
    const auto parsed = parse_json(text, "f");
    if (!parsed.ok()) return is_placed(parsed.refusal(), text) ? "" : "no place";
    ++taken;
    const std::string written = write_json(*parsed);
    const auto again = parse_json(written, "f");
    if (!again.ok()) return "not read again";
    return write_json(*again) == written ? "" : "another tree";
  });
  CHECK(taken > kMutations / 20);
}

TEST_CASE("toml: no damage brings the reader down, and what is read has a JSON view") {
  int taken = 0;
  try_mutations(toml_samples(), [&](const std::string& text) -> std::string {
    const auto parsed = parse_toml(text, "f");
    if (!parsed.ok()) return is_placed(parsed.refusal(), text) ? "" : "no place";
    ++taken;
    const std::string written = write_json(*parsed);
    const auto again = parse_json(written, "f");
    if (!again.ok()) return "not read again";
    return write_json(*again) == written ? "" : "another tree";
  });
  CHECK(taken > kMutations / 20);
}

TEST_CASE("csv: no damage brings the reader down, and what is read is written and read again") {
  int taken = 0;
  try_mutations(csv_samples(), [&](const std::string& text) -> std::string {
    const auto parsed = parse_csv(text, "f");
    if (!parsed.ok()) return is_placed(parsed.refusal(), text) ? "" : "no place";
    ++taken;
    std::vector<std::vector<std::string>> rows;
    for (const CsvRow& row : *parsed) rows.push_back(row.fields);
    const auto again = parse_csv(write_csv(rows), "f");
    if (!again.ok() || again->size() != rows.size()) return "not read again";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if ((*again)[i].fields != rows[i]) return "another row";
    }
    return "";
  });
  CHECK(taken > kMutations / 20);
}

TEST_CASE("text: no damage brings the decoder down, and what is taken is taken again as it is") {
  int taken = 0;
  try_mutations(toml_samples(), [&](const std::string& text) -> std::string {
    const auto decoded = decode_text(bytes_of(text), "f");
    if (!decoded.ok()) return is_placed(decoded.refusal(), text) ? "" : "no place";
    ++taken;
    const auto again = decode_text(bytes_of(*decoded), "f");
    return again.ok() && *again == *decoded ? "" : "another text";
  });
  CHECK(taken > kMutations / 20);
}

}  // namespace
}  // namespace anlan::formats
