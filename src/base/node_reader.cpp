#include "base/node_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>

#include <fmt/core.h>

#include "base/utf8.h"

namespace anlan {
namespace {

constexpr std::size_t kShownMax = 80;  // code points of a value or key in a refusal: one line
constexpr std::size_t kWordMax = 64;   // no known key is longer; bounds the distance table

const Node& empty_table() {
  static const Node node = Node::table();
  return node;
}

// What the file says at `node`, short enough for one line.
std::string shown(const Node& node) {
  switch (node.kind) {
    case Node::Kind::kNull:
      return "null";
    case Node::Kind::kBoolean:
    case Node::Kind::kNumber:
    case Node::Kind::kText:
      return shortened(node.text, kShownMax);
    case Node::Kind::kList:
      return "[...]";
    case Node::Kind::kTable:
      return "{...}";
  }
  check_failed("a kind of node", __FILE__, __LINE__);
}

std::string_view kind_word(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::kNull:
      return "null";
    case Node::Kind::kBoolean:
      return "true or false";
    case Node::Kind::kNumber:
      return "number";
    case Node::Kind::kText:
      return "text";
    case Node::Kind::kList:
      return "list";
    case Node::Kind::kTable:
      return "table";
  }
  check_failed("a kind of node", __FILE__, __LINE__);
}

std::vector<RefusalArg> type_args(std::string_view expected, const Node& node) {
  return {{.name = "expected", .value = std::string(expected)},
          {.name = "found", .value = std::string(kind_word(node.kind))}};
}

std::vector<RefusalArg> range_args(std::string lo, std::string hi) {
  return {{.name = "min", .value = std::move(lo)}, {.name = "max", .value = std::move(hi)}};
}

std::string decimal(double value) { return fmt::format("{}", value); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// -?digits and nothing else: 1.0 and 1e3 are no whole numbers.
bool is_plain_integer(std::string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

struct Integer {
  std::int64_t value = 0;
  bool fits = false;  // within int64
};

Integer integer_of(std::string_view text) {
  Integer read;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read.value);
  read.fits = error == std::errc() && end == text.data() + text.size();
  return read;
}

// Ten-thousandths of a percent, which are ppm of the whole. False: not digits with at most four
// decimals.
bool read_ppm(std::string_view text, std::int64_t& ppm) {
  constexpr std::size_t kDecimals = 4;
  constexpr std::size_t kDigitsMax = 12;  // far above 100; keeps the sum in range
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view digits = text.substr(0, point);
  const std::string_view decimals = text.substr(std::min(point + 1, text.size()));
  if (digits.empty() || digits.size() > kDigitsMax || decimals.size() > kDecimals) return false;
  if (point < text.size() && decimals.empty()) return false;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return false;
  if (!std::all_of(decimals.begin(), decimals.end(), is_digit)) return false;
  ppm = 0;
  for (const char c : digits) ppm = ppm * 10 + (c - '0');
  for (std::size_t i = 0; i < kDecimals; ++i)
    ppm = ppm * 10 + (i < decimals.size() ? decimals[i] - '0' : 0);
  return true;
}

// Levenshtein (1966): insertions, deletions and substitutions each cost one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::array<std::size_t, kWordMax + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

// The key that a misspelt one was meant to be, as a path; "": none is near.
std::string meant_path(const Refusal& kept) {
  if (kept.code != refusals::kUnknownKey || kept.args.empty() || kept.args[0].value.empty())
    return {};
  return kept.path.substr(0, kept.path.size() - kept.value.size()) + kept.args[0].value;
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kWordMax) return "";
  std::size_t best = std::max<std::size_t>(2, word.size() / 3);
  best = std::min(best, word.size() - 1);  // a word of which every letter differs is not near
  const std::string* found = nullptr;
  for (const std::string& candidate : known) {
    if (candidate.size() > kWordMax) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance > best || (found != nullptr && distance == best)) continue;
    best = distance;
    found = &candidate;
  }
  return found != nullptr ? *found : "";
}

bool is_within(std::string_view path, std::string_view outer) {
  if (outer.empty()) return true;
  if (!path.starts_with(outer)) return false;
  return path.size() == outer.size() || path[outer.size()] == '.' || path[outer.size()] == '[';
}

// Of a missing or mistyped table and of a refused value the reader goes on with a default.
bool ReadReport::follows(const Refusal& refusal) const {
  return std::any_of(refusals_.begin(), refusals_.end(), [&](const Refusal& kept) {
    const std::string meant = meant_path(kept);
    if (!meant.empty() && is_within(refusal.path, meant)) return true;
    if (!is_within(refusal.path, kept.path)) return false;
    return refusal.path != kept.path ||
           (refusal.at.line == kept.at.line && refusal.at.column == kept.at.column);
  });
}

void ReadReport::refuse(Refusal refusal) {
  const std::size_t max = keeps_all() ? kRefusalsMax : 1;
  if (refusals_.size() == max || follows(refusal)) return;
  refusal.at.file = file_;
  refusals_.push_back(std::move(refusal));
}

bool ReadReport::replace_missing(std::string_view path, Refusal refusal) {
  const auto missing = std::find_if(refusals_.begin(), refusals_.end(), [&](const Refusal& kept) {
    return kept.code == refusals::kMissingKey && kept.path == path;
  });
  if (missing == refusals_.end()) return false;
  refusal.at.file = file_;
  *missing = std::move(refusal);
  return true;
}

std::vector<Refusal> ReadReport::in_file_order() const {
  std::vector<Refusal> sorted = refusals_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Refusal& a, const Refusal& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  return sorted;
}

const Node* find_path(const Node& root, std::string_view path) {
  const Node* node = &root;
  while (!path.empty() && node != nullptr) {
    if (path[0] == '[') {
      const std::size_t close = std::min(path.find(']'), path.size());
      const Integer index = integer_of(path.substr(1, close - 1));
      const bool there = index.fits && index.value >= 0 &&
                         static_cast<std::uint64_t>(index.value) < node->items.size();
      node = there ? &node->items[static_cast<std::size_t>(index.value)] : nullptr;
      path.remove_prefix(std::min(close + 1, path.size()));
    } else {
      if (path[0] == '.') path.remove_prefix(1);
      const std::size_t end = std::min(path.find_first_of(".["), path.size());
      node = node->find(path.substr(0, end));
      path.remove_prefix(end);
    }
  }
  return node;
}

NodeReader::NodeReader(const Node& node, ReadReport& report, std::string_view name)
    : node_(&node), report_(&report), path_(node.is_table() ? std::string_view() : name) {}

NodeReader::NodeReader(std::string path, const Node& node, ReadReport& report)
    : node_(&node), report_(&report), path_(std::move(path)) {}

bool NodeReader::has(std::string_view key) const {
  const Node* found = node_->find(key);
  return found != nullptr && found->kind != Node::Kind::kNull;
}

std::string NodeReader::child(std::string_view key) const {
  if (key.empty()) return path_;
  const std::string shown_key = shortened(key, kShownMax);
  return path_.empty() ? shown_key : path_ + "." + shown_key;
}

const Node* NodeReader::take(std::string_view key, bool required) {
  known_.emplace_back(key);
  if (!node_->is_table()) {
    Refusal refusal = refusal_for("", node_, refusals::kWrongType);
    refusal.args = type_args("table", *node_);
    report_->refuse(std::move(refusal));
    return nullptr;
  }
  const Node* found = node_->find(key);
  if (found == nullptr && required)
    report_->refuse(refusal_for(key, nullptr, refusals::kMissingKey));
  return found;
}

Refusal NodeReader::refusal_for(std::string_view key, const Node* node, RefusalCode code) const {
  const Node& place = node != nullptr ? *node : *node_;
  return Refusal{.code = code,
                 .path = child(key),
                 .value = node != nullptr ? shown(*node) : "",
                 .args = {},
                 .at = {.file = "", .line = place.line, .column = place.column}};
}

void NodeReader::refuse_at(const Node& node, Refusal refusal) {
  refusal.value = shown(node);
  refusal.at = {.file = "", .line = node.line, .column = node.column};
  report_->refuse(std::move(refusal));
}

void NodeReader::refuse_type(const Node& node, std::string_view key, std::string_view expected) {
  Refusal refusal = refusal_for(key, &node, refusals::kWrongType);
  refusal.args = type_args(expected, node);
  report_->refuse(std::move(refusal));
}

// Fields of this table itself, not of the tables within it; of the root, which is the whole file,
// the field alone.
bool NodeReader::has_refused_field(std::string_view key) const {
  const std::string field = child(key);
  const auto& kept = report_->refusals();
  return std::any_of(kept.begin(), kept.end(), [&](const Refusal& refusal) {
    const std::string_view path = refusal.path;
    if (!key.empty() && is_within(path, field)) return true;
    if (path_.empty() || path.size() <= path_.size() || !is_within(path, path_)) return false;
    return path.find_first_of(".[", path_.size() + 1) == std::string_view::npos;
  });
}

void NodeReader::refuse(std::string_view key, RefusalCode code, std::vector<RefusalArg> args) {
  if (report_->keeps_all() && has_refused_field(key)) return;
  refuse_value(key, code, std::move(args));
}

void NodeReader::refuse_value(std::string_view key, RefusalCode code,
                              std::vector<RefusalArg> args) {
  Refusal refusal = refusal_for(key, key.empty() ? node_ : node_->find(key), code);
  refusal.args = std::move(args);
  report_->refuse(std::move(refusal));
}

void NodeReader::refuse_item(std::string_view key, std::string_view item, RefusalCode code,
                             std::vector<RefusalArg> args) {
  const Node* found = node_->find(key);
  if (found != nullptr) {
    for (const Node& candidate : found->items) {
      if (candidate.text != item) continue;
      found = &candidate;
      break;
    }
  }
  Refusal refusal = refusal_for(key, found, code);
  refusal.args = std::move(args);
  report_->refuse(std::move(refusal));
}

void NodeReader::refuse_choice(const Node& node, std::string_view key,
                               const std::vector<std::string_view>& choices) {
  std::string listed;
  for (const std::string_view choice : choices) {
    if (!listed.empty()) listed += " | ";
    listed += choice;
  }
  const std::string near = node.kind == Node::Kind::kText
                               ? nearest(node.text, {choices.begin(), choices.end()})
                               : std::string();
  Refusal refusal = refusal_for(key, &node, refusals::kUnknownChoice);
  refusal.args = {{.name = "choices", .value = listed}, {.name = "nearest", .value = near}};
  report_->refuse(std::move(refusal));
}

void NodeReader::finish() {
  if (!node_->is_table()) return refuse_type(*node_, "", "table");
  const bool only_missing = refused() && report_->refusal().code == refusals::kMissingKey;
  if (report_->keeps_all() || !refused() || only_missing) refuse_unknown_keys();
}

void NodeReader::refuse_unknown_keys() {
  std::unordered_set<std::string_view> seen;
  const std::unordered_set<std::string_view> known(known_.begin(), known_.end());
  for (const Member& member : node_->members) {
    const bool is_new = seen.insert(member.key).second;
    if (is_new && known.contains(member.key)) continue;
    Refusal refusal{.code = is_new ? refusals::kUnknownKey : refusals::kDuplicateKey,
                    .path = child(member.key),
                    .value = shortened(member.key, kShownMax),
                    .args = {},
                    .at = {.file = "", .line = member.line, .column = member.column}};
    const std::string near = nearest(member.key, known_);
    if (is_new) refusal.args = {{.name = "nearest", .value = near}};
    // A key that is missing because it stands here misspelt: the misspelling is what to mend.
    if (!near.empty() && report_->replace_missing(child(near), refusal)) {
      if (!report_->keeps_all()) return;
      continue;
    }
    report_->refuse(std::move(refusal));
  }
}

NodeReader NodeReader::table(std::string_view key) {
  const Node* found = take(key, true);
  if (found != nullptr && !found->is_table()) refuse_type(*found, key, "table");
  const bool usable = found != nullptr && found->is_table();
  return {child(key), usable ? *found : empty_table(), *report_};
}

NodeReader NodeReader::table_or_empty(std::string_view key) {
  const Node* found = take(key, false);
  if (found != nullptr && !found->is_table()) refuse_type(*found, key, "table");
  const bool usable = found != nullptr && found->is_table();
  return {child(key), usable ? *found : empty_table(), *report_};
}

std::vector<NodeReader> NodeReader::items_of(const Node& node, std::string_view key) {
  std::vector<NodeReader> readers;
  if (!node.is_list()) {
    refuse_type(node, key, "list");
    return readers;
  }
  const std::string path = child(key);
  readers.reserve(node.items.size());
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    readers.push_back(NodeReader(fmt::format("{}[{}]", path, i), node.items[i], *report_));
  }
  return readers;
}

std::vector<NodeReader> NodeReader::list(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return {};
  if (found->is_list() && found->items.empty()) {
    report_->refuse(refusal_for(key, found, refusals::kEmptyList));
  }
  return items_of(*found, key);
}

std::vector<NodeReader> NodeReader::list_or_empty(std::string_view key) {
  const Node* found = take(key, false);
  return found != nullptr ? items_of(*found, key) : std::vector<NodeReader>{};
}

std::vector<NodeReader> NodeReader::list_required(std::string_view key) {
  const Node* found = take(key, true);
  return found != nullptr ? items_of(*found, key) : std::vector<NodeReader>{};
}

std::vector<NodeReader::Entry> NodeReader::entries() {
  std::vector<Entry> found;
  found.reserve(node_->members.size());
  for (const Member& member : node_->members) {
    known_.push_back(member.key);
    found.push_back(
        Entry{.key = member.key, .value = NodeReader(child(member.key), member.value, *report_)});
  }
  finish();  // every key is known now: what is left to refuse are duplicates and a node that is no
             // table
  return found;
}

std::string NodeReader::text_of(const Node& node, std::string_view key) {
  if (node.kind == Node::Kind::kText) return node.text;
  refuse_type(node, key, "text");
  return "";
}

std::string NodeReader::text(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return "";
  if (found->kind == Node::Kind::kText && found->text.empty()) {
    report_->refuse(refusal_for(key, found, refusals::kEmptyText));
  }
  return text_of(*found, key);
}

std::string NodeReader::text_or(std::string_view key, std::string_view fallback) {
  const Node* found = take(key, false);
  return found != nullptr ? text_of(*found, key) : std::string(fallback);
}

std::vector<std::string> NodeReader::texts_of(const Node& node, std::string_view key) {
  std::vector<std::string> words;
  std::unordered_set<std::string_view> seen;
  for (const Node& item : node.items) {
    const bool is_text = item.kind == Node::Kind::kText;
    if (is_text && !item.text.empty() && seen.insert(item.text).second) {
      words.push_back(item.text);
      continue;
    }
    // The list is what is refused; the value and the place are those of the item that spoils it.
    Refusal refusal = refusal_for(key, &item, refusals::kWrongType);
    refusal.args = type_args("text", item);
    if (is_text) refusal = refusal_for(key, &item, refusals::kDuplicateValue);
    if (is_text && item.text.empty()) refusal = refusal_for(key, &item, refusals::kEmptyText);
    report_->refuse(std::move(refusal));
    return {};
  }
  return words;
}

std::vector<std::string> NodeReader::texts(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return {};
  if (!found->is_list())
    return refuse_type(*found, key, "list of texts"), std::vector<std::string>{};
  if (found->items.empty()) report_->refuse(refusal_for(key, found, refusals::kEmptyList));
  return texts_of(*found, key);
}

std::vector<std::string> NodeReader::texts_or_empty(std::string_view key) {
  const Node* found = take(key, false);
  if (found == nullptr || found->kind == Node::Kind::kNull) return {};
  if (!found->is_list())
    return refuse_type(*found, key, "list of texts"), std::vector<std::string>{};
  return texts_of(*found, key);
}

bool NodeReader::flag(std::string_view key, bool fallback) {
  const Node* found = take(key, false);
  if (found == nullptr) return fallback;
  if (found->kind != Node::Kind::kBoolean) refuse_type(*found, key, "true or false");
  return found->text == "true";
}

std::int64_t NodeReader::whole_of(const Node& node, std::string_view key, std::int64_t lo,
                                  std::int64_t hi) {
  if (node.kind != Node::Kind::kNumber || !is_plain_integer(node.text)) {
    return refuse_type(node, key, "whole number"), lo;
  }
  const Integer read = integer_of(node.text);
  if (read.fits && read.value >= lo && read.value <= hi) return read.value;
  Refusal refusal = refusal_for(key, &node, refusals::kOutOfRange);
  refusal.args = range_args(std::to_string(lo), std::to_string(hi));
  report_->refuse(std::move(refusal));
  return lo;
}

std::int64_t NodeReader::whole(std::string_view key, std::int64_t lo, std::int64_t hi) {
  const Node* found = take(key, true);
  return found != nullptr ? whole_of(*found, key, lo, hi) : lo;
}

std::int64_t NodeReader::whole_or(std::string_view key, std::int64_t lo, std::int64_t hi,
                                  std::int64_t fallback) {
  const Node* found = take(key, false);
  return found != nullptr ? whole_of(*found, key, lo, hi) : fallback;
}

std::optional<std::int64_t> NodeReader::whole_or_null(std::string_view key, std::int64_t lo,
                                                      std::int64_t hi) {
  const Node* found = take(key, false);
  if (found == nullptr || found->kind == Node::Kind::kNull) return std::nullopt;
  return whole_of(*found, key, lo, hi);
}

std::int64_t NodeReader::minor_of(const Node& node, std::string_view key) {
  if (node.kind != Node::Kind::kNumber || !is_plain_integer(node.text)) {
    return refuse_type(node, key, "whole number"), 0;
  }
  const Integer read = integer_of(node.text);
  if (read.fits && read.value >= 0 && read.value <= kAmountMax) return read.value;
  const bool negative = node.text[0] == '-';
  Refusal refusal =
      refusal_for(key, &node, negative ? refusals::kMoneyNegative : refusals::kMoneyTooLarge);
  refusal.args = {{.name = "max", .value = std::to_string(kAmountMax)}};
  report_->refuse(std::move(refusal));
  return 0;
}

std::int64_t NodeReader::minor(std::string_view key, std::int64_t fallback) {
  const Node* found = take(key, false);
  return found != nullptr ? minor_of(*found, key) : fallback;
}

std::optional<std::int64_t> NodeReader::minor_or_null(std::string_view key) {
  const Node* found = take(key, false);
  if (found == nullptr || found->kind == Node::Kind::kNull) return std::nullopt;
  return minor_of(*found, key);
}

Money NodeReader::money_of(const Node& node, std::string_view key, Currency currency) {
  if (node.kind != Node::Kind::kNumber && node.kind != Node::Kind::kText) {
    return refuse_type(node, key, "amount"), Money::zero(currency);
  }
  const auto parsed = parse_money(node.text, currency, child(key));
  if (!parsed.ok()) return refuse_at(node, parsed.refusal()), Money::zero(currency);
  return parsed.value();
}

Money NodeReader::money(std::string_view key, Currency currency) {
  const Node* found = take(key, true);
  return found != nullptr ? money_of(*found, key, currency) : Money::zero(currency);
}

Money NodeReader::money_or(std::string_view key, Currency currency, Money fallback) {
  const Node* found = take(key, false);
  return found != nullptr ? money_of(*found, key, currency) : fallback;
}

std::optional<Money> NodeReader::money_or_null(std::string_view key, Currency currency) {
  const Node* found = take(key, false);
  if (found == nullptr || found->kind == Node::Kind::kNull) return std::nullopt;
  return money_of(*found, key, currency);
}

double NodeReader::real_of(const Node& node, std::string_view key, double lo, double hi) {
  const std::string& text = node.text;
  const bool starts_well = !text.empty() && (is_digit(text[0]) || text[0] == '-');
  if (node.kind != Node::Kind::kNumber || !starts_well) return refuse_type(node, key, "number"), lo;
  double value = 0;
  const char* const last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, value);
  if (end != last) return refuse_type(node, key, "number"), lo;
  if (error == std::errc() && std::isfinite(value) && value >= lo && value <= hi) return value;
  Refusal refusal = refusal_for(key, &node, refusals::kOutOfRange);
  refusal.args = range_args(decimal(lo), decimal(hi));
  report_->refuse(std::move(refusal));
  return lo;
}

double NodeReader::real(std::string_view key, double lo, double hi) {
  const Node* found = take(key, true);
  return found != nullptr ? real_of(*found, key, lo, hi) : lo;
}

double NodeReader::real_or(std::string_view key, double lo, double hi, double fallback) {
  const Node* found = take(key, false);
  return found != nullptr ? real_of(*found, key, lo, hi) : fallback;
}

Share NodeReader::percent(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return {};
  if (found->kind != Node::Kind::kNumber && found->kind != Node::Kind::kText) {
    return refuse_type(*found, key, "share in percent"), Share{};
  }
  std::string_view text = found->text;
  const bool has_sign = text.ends_with('%');
  if (has_sign) text.remove_suffix(1);
  if (has_sign && text.ends_with(' ')) text.remove_suffix(1);
  std::int64_t ppm = 0;
  if (has_sign != (found->kind == Node::Kind::kText) || !read_ppm(text, ppm)) {
    report_->refuse(refusal_for(key, found, refusals::kShareMalformed));
    return {};
  }
  if (ppm > Share::kWhole) {
    Refusal refusal = refusal_for(key, found, refusals::kOutOfRange);
    refusal.args = range_args("0 %", "100 %");
    report_->refuse(std::move(refusal));
    return {};
  }
  return Share::from_ppm(static_cast<std::uint32_t>(ppm));
}

Date NodeReader::date(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return {};
  const auto parsed = parse_date(text_of(*found, key), child(key));
  if (!parsed.ok()) return refuse_at(*found, parsed.refusal()), Date{};
  return parsed.value();
}

Instant NodeReader::instant(std::string_view key) {
  const Node* found = take(key, true);
  if (found == nullptr) return {};
  const auto parsed = parse_instant(text_of(*found, key), child(key));
  if (!parsed.ok()) return refuse_at(*found, parsed.refusal()), Instant{};
  return parsed.value();
}

std::string NodeReader::as_text() {
  if (node_->kind == Node::Kind::kText && node_->text.empty()) {
    report_->refuse(refusal_for("", node_, refusals::kEmptyText));
  }
  return text_of(*node_, "");
}

std::int64_t NodeReader::as_whole(std::int64_t lo, std::int64_t hi) {
  return whole_of(*node_, "", lo, hi);
}

double NodeReader::as_real(double lo, double hi) { return real_of(*node_, "", lo, hi); }

Money NodeReader::as_money(Currency currency) { return money_of(*node_, "", currency); }

}  // namespace anlan
