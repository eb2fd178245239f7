// NodeReader: the one reader of parsed trees. It keeps the path, and it alone makes the refusals
// for unknown, duplicate and missing keys, wrong types, ranges and choices.
//
// Reading is written straight down, without an if per field: refusals are kept by the ReadReport
// (the first, or all), later reads give harmless defaults, and the caller asks the report once at
// the end.
//
//   ReadReport report("case.json");
//   NodeReader r(root, report);
//   Section section{.code = r.text("code"), .deductible = r.minor("deductible", 0), ...};
//   r.finish();                                   // refuses unknown keys, names the nearest known
//   one if (report.refused()) return report.refusal();
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/id.h"
#include "base/money.h"
#include "base/node.h"
#include "base/refusals.h"
#include "base/share.h"
#include "base/time.h"

namespace anlan {

inline constexpr std::size_t kRefusalsMax = 100;  // that one report keeps

// Collects the refusals of one file: the first alone, or, for those who ask for all, each that does
// not merely follow from another. What stands in a table or list that was refused as a whole is not
// refused again, and of one value only the first refusal is kept.
class ReadReport {
 public:
  enum class Keeping : std::uint8_t { kFirst, kAll };

  explicit ReadReport(std::string file, Keeping keeping = Keeping::kFirst)
      : file_(std::move(file)), keeping_(keeping) {}
  bool refused() const { return !refusals_.empty(); }
  bool keeps_all() const { return keeping_ == Keeping::kAll; }
  const Refusal& refusal() const { return refusals_.front(); }  // the first that was made
  const std::vector<Refusal>& refusals() const { return refusals_; }
  std::vector<Refusal> in_file_order() const;  // by line, then by column
  void refuse(Refusal refusal);                // the file name is filled in
  // In place of the refusal for the missing key `path`; false: there is none.
  bool replace_missing(std::string_view path, Refusal refusal);
  // The value when nothing was refused.
  template <class T>
  Result<T> result(T value) const {
    if (refused()) return refusal();
    return Result<T>(std::move(value));
  }

 private:
  bool follows(const Refusal& refusal) const;
  std::string file_;
  Keeping keeping_;
  std::vector<Refusal> refusals_;
};

// The node at "policy.sections[2].code"; nullptr: there is none. Keys with dots are not found.
const Node* find_path(const Node& root, std::string_view path);

// Whether `path` is `outer` or stands within it: "policy.sections[2].code" within "policy".
bool is_within(std::string_view path, std::string_view outer);

class NodeReader {
 public:
  // The root of a file. `name` is the path shown when the root itself has the wrong type.
  NodeReader(const Node& node, ReadReport& report, std::string_view name = "file");

  const std::string& path() const { return path_; }
  const Node& node() const { return *node_; }
  ReadReport& report() const { return *report_; }
  bool has(std::string_view key) const;  // present and not null; does not count as known
  bool refused() const { return report_->refused(); }

  // Tables and lists. A missing optional table reads as an empty one; a missing optional list is
  // empty.
  NodeReader table(std::string_view key);
  NodeReader table_or_empty(std::string_view key);
  std::vector<NodeReader> list(std::string_view key);           // missing or empty is refused
  std::vector<NodeReader> list_or_empty(std::string_view key);  // missing is empty
  std::vector<NodeReader> list_required(std::string_view key);  // missing is refused, empty is not
  // Every member of this table in order: for tables whose keys are data.
  struct Entry;
  std::vector<Entry> entries();

  std::string text(std::string_view key);
  std::string text_or(std::string_view key, std::string_view fallback);
  std::vector<std::string> texts(std::string_view key);  // at least one, none twice, none empty
  std::vector<std::string> texts_or_empty(
      std::string_view key);  // the same, but may be missing or empty
  bool flag(std::string_view key, bool fallback);

  // Whole numbers within [lo, hi]: 1.0 is no integer, true is no number.
  std::int64_t whole(std::string_view key, std::int64_t lo, std::int64_t hi);
  std::int64_t whole_or(std::string_view key, std::int64_t lo, std::int64_t hi,
                        std::int64_t fallback);
  std::optional<std::int64_t> whole_or_null(std::string_view key, std::int64_t lo, std::int64_t hi);
  // Amounts in minor units, 0 to kAmountMax (exchange formats).
  std::int64_t minor(std::string_view key, std::int64_t fallback);
  std::optional<std::int64_t> minor_or_null(std::string_view key);
  // Amounts as people write them: "2800.00" as text or number, or "CNY 2800.00".
  Money money(std::string_view key, Currency currency);
  Money money_or(std::string_view key, Currency currency, Money fallback);
  std::optional<Money> money_or_null(std::string_view key, Currency currency);
  // A finite decimal number within [lo, hi]; for model parameters only, never for money.
  double real(std::string_view key, double lo, double hi);
  double real_or(std::string_view key, double lo, double hi, double fallback);
  // "50 %" , "12.5%" or a number of percent; ppm exact, four decimals at most.
  Share percent(std::string_view key);

  Date date(std::string_view key);
  Instant instant(std::string_view key);
  template <class Tag>
  Name<Tag> name(std::string_view key) {
    const Node* found = take(key, true);
    if (!found) return {};
    const auto parsed = parse_name<Tag>(text_of(*found, key), child(key));
    if (!parsed.ok()) return refuse_at(*found, parsed.refusal()), Name<Tag>{};
    return parsed.value();
  }
  template <class Tag>
  Id<Tag> id(std::string_view key) {
    const Node* found = take(key, true);
    if (!found) return {};
    const auto parsed = parse_id<Tag>(text_of(*found, key), child(key));
    if (!parsed.ok()) return refuse_at(*found, parsed.refusal()), Id<Tag>{};
    return parsed.value();
  }
  template <NamedEnum E>
  E choice(std::string_view key) {
    const Node* found = take(key, true);
    return found ? choice_of<E>(*found, key) : enum_names(static_cast<E*>(nullptr))[0].value;
  }
  template <NamedEnum E>
  E choice_or(std::string_view key, E fallback) {
    const Node* found = take(key, false);
    return found ? choice_of<E>(*found, key) : fallback;
  }

  // This node itself as a value (an item of a list, an entry of a table).
  std::string as_text();
  std::int64_t as_whole(std::int64_t lo, std::int64_t hi);
  double as_real(double lo, double hi);
  Money as_money(Currency currency);

  // Refuses this table's unknown and duplicate keys. Every key asked for before counts as known.
  void finish();
  // A rule of the caller's about one of its fields (or about this node, key ""), which may depend
  // on the other fields of this table: kept only if none of them was refused.
  void refuse(std::string_view key, RefusalCode code, std::vector<RefusalArg> args = {});
  // The same, about the value of that field alone, and about one item of a list of texts.
  void refuse_value(std::string_view key, RefusalCode code, std::vector<RefusalArg> args = {});
  void refuse_item(std::string_view key, std::string_view item, RefusalCode code,
                   std::vector<RefusalArg> args = {});
  std::string child(std::string_view key) const;  // the path of a member

 private:
  NodeReader(std::string path, const Node& node, ReadReport& report);
  const Node* take(std::string_view key, bool required);
  std::string text_of(const Node& node, std::string_view key);
  void refuse_at(const Node& node, Refusal refusal);
  void refuse_unknown_keys();
  bool has_refused_field(std::string_view key) const;
  Refusal refusal_for(std::string_view key, const Node* node, RefusalCode code) const;
  std::int64_t minor_of(const Node& node, std::string_view key);
  std::int64_t whole_of(const Node& node, std::string_view key, std::int64_t lo, std::int64_t hi);
  double real_of(const Node& node, std::string_view key, double lo, double hi);
  Money money_of(const Node& node, std::string_view key, Currency currency);
  std::vector<NodeReader> items_of(const Node& node, std::string_view key);
  std::vector<std::string> texts_of(const Node& node, std::string_view key);
  void refuse_type(const Node& node, std::string_view key, std::string_view expected);
  void refuse_choice(const Node& node, std::string_view key,
                     const std::vector<std::string_view>& choices);
  template <NamedEnum E>
  E choice_of(const Node& node, std::string_view key) {
    constexpr auto names = enum_names(static_cast<E*>(nullptr));
    if (node.kind == Node::Kind::kText) {
      if (const auto value = enum_from<E>(node.text)) return *value;
    }
    std::vector<std::string_view> choices;
    for (const auto& entry : names) choices.push_back(entry.name);
    refuse_choice(node, key, choices);
    return names[0].value;
  }

  const Node* node_;
  ReadReport* report_;
  std::string path_;
  std::vector<std::string> known_;
};

struct NodeReader::Entry {
  std::string key;
  NodeReader value;
};

// The known word with the smallest edit distance to `word` (at most a third of its length, at least
// two), or "" when none is near.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace anlan
