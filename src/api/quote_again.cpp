#include "api/quote_again.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "api/kept_files.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/version.h"
#include "base/codec.h"
#include "base/to_node.h"
#include "house/replay.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::size_t kRecordsPerRead = 1024;
constexpr std::size_t kChangesNamed = 8;  // in the sentence of a refusal

void flatten(const Node& node, const std::string& path, std::map<std::string, std::string>& out) {
  if (node.is_table()) {
    for (const Member& member : node.members) {
      flatten(member.value, path.empty() ? member.key : path + "." + member.key, out);
    }
    return;
  }
  if (!node.is_list()) {
    out[path] = node.text;
    return;
  }
  out[path + ".count"] = std::to_string(node.items.size());
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    flatten(node.items[i], path + "[" + std::to_string(i) + "]", out);
  }
}

std::optional<std::int64_t> whole_of(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Seeds and the like use all 64 bits, so the difference may not be a number of ours.
std::string difference(const std::string& stored, const std::string& again) {
  constexpr std::int64_t kLarge = std::int64_t{1} << 62;
  const auto from = whole_of(stored);
  const auto to = whole_of(again);
  const auto near = [](std::int64_t value) { return -kLarge <= value && value <= kLarge; };
  if (!from || !to || !near(*from) || !near(*to)) return "";
  return std::to_string(*to - *from);
}

}  // namespace

// Of a journal whose chain was checked when it was opened.
Result<const house::House*> PastHouses::after(std::uint64_t last) {
  if (last < house_.head.seq) house_ = {};
  while (house_.head.seq < last) {
    ANLAN_TRY(const std::vector<house::Record> records,
              session_->records(house_.head.seq + 1,
                                std::min<std::uint64_t>(kRecordsPerRead, last - house_.head.seq)));
    if (records.empty()) break;
    for (const house::Record& record : records) ANLAN_REQUIRE(house::accept_record(house_, record));
  }
  return &house_;
}

Result<std::unique_ptr<QuoteInputs>> inputs_of(Session& session, PastHouses& past, QuoteId id) {
  ANLAN_TRY(const house::House* now, session.house());
  const house::QuoteFile* file = house::find_quote(*now, id);
  if (!file) return not_found("quote", to_text(id));
  const Quote stored = file->quote;
  ANLAN_TRY(platform::FileBlobs blobs, session.blobs());
  if (stored.basis.after == 0 || stored.basis.after >= id.number) {
    return Refusal{.code = refusals::kQuoteInputsMissing,
                   .path = "quote",
                   .value = std::to_string(stored.basis.after),
                   .args = {{.name = "file", .value = "journal"}}};
  }
  ANLAN_TRY(std::vector<KeptFile> files, kept_list(blobs, stored.basis.files));
  ANLAN_TRY(Library library, library_of(blobs, files));
  ANLAN_TRY(const house::House* house, past.after(stored.basis.after));
  ANLAN_TRY(const auto records, session.records(id.number, 1));
  ANLAN_CHECK(records.size() == 1);
  return std::unique_ptr<QuoteInputs>(new QuoteInputs{.stored = stored,
                                                      .house = *house,
                                                      .files = std::move(files),
                                                      .library = std::move(library),
                                                      .actor = records[0].actor});
}

std::vector<FieldChange> changes_between(const Quote& stored, const Quote& again) {
  std::vector<FieldChange> out;
  if (encoded(stored) == encoded(again)) return out;
  std::map<std::string, std::string> before;
  std::map<std::string, std::string> after;
  flatten(to_node(stored), "", before);
  flatten(to_node(again), "", after);
  for (const auto& [path, text] : before) {
    const auto found = after.find(path);
    const std::string other = found == after.end() ? "" : found->second;
    if (found != after.end() && other == text) continue;
    out.push_back({.path = path, .stored = text, .again = other, .by = difference(text, other)});
  }
  for (const auto& [path, text] : after) {
    if (!before.contains(path))
      out.push_back({.path = path, .stored = "", .again = text, .by = ""});
  }
  ANLAN_CHECK(!out.empty());
  return out;
}

bool QuoteAgain::same_program() const { return stored.basis.program == kPricer; }

Result<QuoteAgain> quote_again(Session& session, PastHouses& past, QuoteId id) {
  ANLAN_TRY(const std::unique_ptr<QuoteInputs> inputs, inputs_of(session, past, id));
  QuoteAgain out{.stored = inputs->stored, .again = {}, .changes = {}, .files = inputs->files};
  ANLAN_TRY(out.again, price(inputs->basis(), inputs->request()));
  out.again.id = id;
  // The version that made it is compared apart: another one may well give the same bytes.
  out.again.basis.program = out.stored.basis.program;
  out.changes = changes_between(out.stored, out.again);
  return out;
}

Refusal not_reproduced(const QuoteAgain& found) {
  std::string list;
  for (std::size_t i = 0; i < std::min(found.changes.size(), kChangesNamed); ++i) {
    const FieldChange& change = found.changes[i];
    list += "\n  " + change.path + "  " + change.stored + " -> " + change.again;
    if (!change.by.empty())
      list += "  (" + std::string(change.by[0] == '-' ? "" : "+") + change.by + ")";
  }
  return Refusal{
      .code = found.same_program() ? refusals::kQuoteNotReproduced : refusals::kQuoteOtherProgram,
      .path = "quote",
      .value = to_text(found.stored.id),
      .args = {{.name = "count", .value = std::to_string(found.changes.size())},
               {.name = "program", .value = found.stored.basis.program},
               {.name = "today", .value = std::string(kPricer)},
               {.name = "list", .value = list}}};
}

}  // namespace anlan::api
