#include "formats/toml.h"

#include <algorithm>
#include <tuple>

#include <toml++/toml.h>

#include "base/refusals.h"
#include "base/utf8.h"
#include "formats/json_grammar.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

constexpr std::size_t kShownMax = 80;  // code points: one line

// Byte offsets of places, which toml++ gives as line and code point. Cost of a look-up: O(1).
class Offsets {
 public:
  explicit Offsets(std::string_view text) : text_(text) {
    line_starts_.push_back(0);
    for (std::size_t at = 0, count = 0; at < text.size(); ++at) {
      if ((static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80) continue;
      if (count % kStride == 0) marks_.push_back(at);
      ++count;
      if (text[at] == '\n') line_starts_.push_back(count);
    }
  }

  std::size_t of(toml::source_position place) const {
    const auto line = static_cast<std::size_t>(place.line);
    if (line == 0 || line > line_starts_.size()) return text_.size();
    const std::size_t count = line_starts_[line - 1] + static_cast<std::size_t>(place.column) - 1;
    if (count / kStride >= marks_.size()) return text_.size();
    std::size_t at = marks_[count / kStride];
    for (std::size_t left = count % kStride; left > 0 && at < text_.size(); --left) {
      at += first_code_point(text_.substr(at)).bytes;
    }
    return std::min(at, text_.size());
  }

  std::string_view slice(const toml::source_region& region) const {
    const std::size_t first = of(region.begin);
    return text_.substr(first, std::max(of(region.end), first) - first);
  }

 private:
  static constexpr std::size_t kStride = 64;  // code points between two marks
  std::string_view text_;
  std::vector<std::size_t> line_starts_;  // in code points
  std::vector<std::size_t> marks_;        // byte offset of every 64th code point
};

// Behind the string that opens at `at`; an unclosed one ends with its line, or with the text.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::string triple(3, quote);
  const bool multi_line = text.substr(at).starts_with(triple);
  at += multi_line ? 3 : 1;
  while (at < text.size()) {
    if (quote == '"' && text[at] == '\\') {
      at += 2;
    } else if (multi_line && text.substr(at).starts_with(triple)) {
      at += 3;
      for (int more = 0; more < 2 && at < text.size() && text[at] == quote; ++more) ++at;
      return at;
    } else if (!multi_line && text[at] == '\n') {
      return at;
    } else if (!multi_line && text[at] == quote) {
      return at + 1;
    } else {
      ++at;
    }
  }
  return text.size();
}

// Where a dotted key of more than kDepthMax parts stands, or npos. toml++ 3.3 makes one table per
// part and frees them by recursion: half a million parts overflow the stack.
std::size_t find_deep_key(std::string_view text) {
  std::size_t at = 0;
  int dots = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"' || c == '\'') {
      at = end_of_string(text, at);
      continue;
    }
    if (c == '#') {
      at = std::min(text.find('\n', at), text.size());
      continue;
    }
    if (c == '.' && ++dots >= kDepthMax) return at;
    if (std::string_view("\n,={}[]").find(c) != std::string_view::npos) dots = 0;
    ++at;
  }
  return std::string_view::npos;
}

std::string as_iso(std::string_view written) {
  std::string text(written);
  if (text.size() > 10 && (text[10] == ' ' || text[10] == 't')) text[10] = 'T';
  if (text.ends_with('z')) text.back() = 'Z';
  return text;
}

std::string plain_number(std::string_view written) {
  std::string text;
  for (const char c : written) {
    if (c != '_') text.push_back(c);
  }
  if (text.starts_with('+')) text.erase(0, 1);
  return text;
}

Refusal max_refusal(RefusalCode code, const Place& at, std::size_t max) {
  return Refusal{.code = code,
                 .path = "",
                 .value = "",
                 .args = {{.name = "max", .value = std::to_string(max)}},
                 .at = at};
}

class Converter {
 public:
  Converter(std::string_view text, std::string_view file) : offsets_(text), file_(file) {}

  Result<Node> convert(const toml::node& source, int depth) {
    Node node;
    node.line = static_cast<int>(source.source().begin.line);
    node.column = static_cast<int>(source.source().begin.column);
    const Place at{.file = std::string(file_), .line = node.line, .column = node.column};
    if (++values_ > kValuesMax) return max_refusal(refusals::kTooManyValues, at, kValuesMax);
    const bool nests = source.is_table() || source.is_array();
    if (nests && depth > kDepthMax) return max_refusal(refusals::kTooDeep, at, kDepthMax);
    switch (source.type()) {
      case toml::node_type::table:
        return convert_table(*source.as_table(), std::move(node), depth);
      case toml::node_type::array:
        return convert_array(*source.as_array(), std::move(node), depth);
      case toml::node_type::string:
        node.kind = Node::Kind::kText;
        node.text = source.as_string()->get();
        return node;
      case toml::node_type::boolean:
        node.kind = Node::Kind::kBoolean;
        node.text = source.as_boolean()->get() ? "true" : "false";
        return node;
      case toml::node_type::integer:
      case toml::node_type::floating_point:
        node.kind = Node::Kind::kNumber;
        node.text = plain_number(offsets_.slice(source.source()));
        if (is_json_number(node.text)) return node;
        return Refusal{.code = refusals::kNumberMalformed,
                       .path = "",
                       .value = node.text,
                       .args = {},
                       .at = at};
      case toml::node_type::date:
      case toml::node_type::time:
      case toml::node_type::date_time:
        node.kind = Node::Kind::kText;
        node.text = as_iso(offsets_.slice(source.source()));
        return node;
      case toml::node_type::none:
        break;
    }
    check_failed("a value of the file has a type", __FILE__, __LINE__);
  }

 private:
  Result<Node> convert_array(const toml::array& source, Node node, int depth) {
    node.kind = Node::Kind::kList;
    node.items.reserve(source.size());
    for (std::size_t i = 0; i < source.size(); ++i) {
      auto item = convert(source[i], depth + 1);
      if (!item.ok()) return under("[" + std::to_string(i) + "]", item.refusal());
      node.items.push_back(std::move(item).value());
    }
    return node;
  }

  Result<Node> convert_table(const toml::table& source, Node node, int depth) {
    node.kind = Node::Kind::kTable;
    struct Entry {
      const toml::key* key;
      const toml::node* value;
    };
    std::vector<Entry> entries;
    entries.reserve(source.size());
    for (auto it = source.cbegin(); it != source.cend(); ++it)
      entries.push_back({&it->first, &it->second});
    // toml++ keeps members sorted by name; a reader of the file expects the order of the file.
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      const auto& left = a.key->source().begin;
      const auto& right = b.key->source().begin;
      return std::tuple(left.line, left.column, a.key->str()) <
             std::tuple(right.line, right.column, b.key->str());
    });
    for (const Entry& entry : entries) {
      auto value = convert(*entry.value, depth + 1);
      const std::string key(entry.key->str());
      if (!value.ok()) return under(key, value.refusal());
      node.members.push_back(Member{.key = key,
                                    .value = std::move(value).value(),
                                    .line = static_cast<int>(entry.key->source().begin.line),
                                    .column = static_cast<int>(entry.key->source().begin.column)});
    }
    return node;
  }

  // The refusal with one step more at the front of its path.
  static Refusal under(const std::string& step, Refusal refusal) {
    const bool joins = refusal.path.empty() || refusal.path.starts_with('[');
    refusal.path = shortened(step, kShownMax) + (joins ? "" : ".") + refusal.path;
    return refusal;
  }

  Offsets offsets_;
  std::string_view file_;
  std::size_t values_ = 0;
};

// The name between the first pair of quotes in the library's words, or "".
std::string quoted_name(std::string_view words) {
  const std::size_t first = words.find('\'');
  if (first == std::string_view::npos) return "";
  const std::size_t last = words.find('\'', first + 1);
  return std::string(
      words.substr(first + 1, last == std::string_view::npos ? last : last - first - 1));
}

// toml++ reports a number or a second key only when it has read past it: back to where it starts.
std::size_t start_of_word(std::string_view text, std::size_t at) {
  while (at > 0 && std::string_view(" \t\r\n=,[{").find(text[at - 1]) == std::string_view::npos)
    --at;
  return at;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// The table and key that a fault stands under, from the lines above it: the tree does not exist
// yet.
std::string path_near(std::string_view text, std::size_t at) {
  const std::size_t line_start = text.substr(0, at).find_last_of('\n') + 1;  // npos + 1 is 0
  const std::string_view line = text.substr(line_start, at - line_start);
  const std::size_t equals = line.find('=');
  std::string key(equals == std::string_view::npos ? "" : trimmed(line.substr(0, equals)));
  if (key.size() > 1 && key[0] == '"' && key.find('"', 1) == key.size() - 1)
    key = key.substr(1, key.size() - 2);
  const std::size_t header = text.substr(0, line_start).rfind("\n[");
  const bool first_line = header == std::string_view::npos;
  if (first_line && !(line_start > 0 && text.starts_with('['))) return shortened(key, kShownMax);
  std::string_view name = text.substr(first_line ? 0 : header + 1);
  name = name.substr(0, name.find(']'));
  name.remove_prefix(std::min(name.find_first_not_of('['), name.size()));
  return shortened(trimmed(name), kShownMax) + (key.empty() ? "" : ".") + shortened(key, kShownMax);
}

Refusal duplicate_refusal(std::string_view words, std::string_view text, std::size_t at,
                          std::string_view file) {
  const std::string path = quoted_name(words);
  const std::string key = path.substr(path.find_last_of('.') + 1);
  const std::size_t line_start = text.substr(0, at).find_last_of('\n') + 1;
  const std::size_t found = key.empty() ? std::string_view::npos : text.substr(0, at).rfind(key);
  const bool on_line = found != std::string_view::npos && found >= line_start;
  Refusal refusal =
      refusal_in_text(anlan::refusals::kDuplicateKey, text, on_line ? found : at, file);
  refusal.path = shortened(path, kShownMax);
  refusal.value = shortened(key, kShownMax);
  return refusal;
}

// Words of toml++ 3.3 (parser.inl) that say more than "syntax".
struct Wording {
  std::string_view words;
  RefusalCode code;
};
constexpr Wording kWordings[] = {
    {"not representable in 64 bits", refusals::kNumberMalformed},
    {"could not be interpreted as a value", refusals::kNumberMalformed},
    {"leading zeroes are prohibited", refusals::kNumberMalformed},
    {"Error while parsing date-time", anlan::refusals::kInstantInvalid},
    {"Error while parsing date", anlan::refusals::kDateInvalid},
    {"Error while parsing time", anlan::refusals::kInstantInvalid},
    {"exceeded maximum nested value depth", refusals::kTooDeep},
};

// What is wrong, in the words of the readers of this program: the first that its description holds.
struct Detail {
  std::string_view words;
  std::string_view detail;
};
constexpr Detail kDetails[] = {
    {"encountered end-of-file", "the file ends here"},
    {"saw EOF", "the file ends here"},
    {"cannot insert", "this table or key stands there already"},
    {"blank bare keys", "a table needs a name"},
    {"expected ']'", "a ] is expected here"},
    {"expected '='", "an equals sign is expected here"},
    {"hex digit", "there is no such escape"},
    {"escape sequence", "there is no such escape"},
    {"control character", "a control character must be escaped"},
    {"value-terminator", "the line must end here"},
    {"a comment or whitespace", "the line must end here"},
    {"bare key", "a key is expected here"},
    {"expected keys", "a key is expected here"},
    {"expected value", "a value is expected here"},
    {"determine value type", "a value is expected here"},
    {"parsing inline table", "a comma or } is expected here"},
    {"parsing array", "a comma or ] is expected here"},
    {"underscores", "an underscore in a number stands between two digits"},
    {"digit", "this is no number"},
};

std::string detail_of(std::string_view words) {
  for (const Detail& known : kDetails) {
    if (words.find(known.words) != std::string_view::npos) return std::string(known.detail);
  }
  return "this is not TOML";
}

Refusal syntax_refusal(const toml::parse_error& error, std::string_view text,
                       std::string_view file) {
  const std::string_view words = error.description();
  const std::size_t at = Offsets(text).of(error.source().begin);
  if (words.find("cannot redefine existing") != std::string_view::npos) {
    return duplicate_refusal(words, text, at, file);
  }
  for (const Wording& wording : kWordings) {
    if (words.find(wording.words) == std::string_view::npos) continue;
    const std::size_t start = start_of_word(text, at);
    Refusal refusal = refusal_in_text(wording.code, text, start, file);
    if (wording.code == refusals::kTooDeep) {
      refusal.args = {{.name = "max", .value = std::to_string(kDepthMax)}};
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t\r\n,]}#", start + 1), text.size());
      refusal.value = shortened(text.substr(start, end - start), kShownMax);
    }
    refusal.path = path_near(text, at);
    return refusal;
  }
  Refusal refusal = refusal_in_text(refusals::kTomlSyntax, text, at, file);
  refusal.path = path_near(text, at);
  // Of a line that breaks off there is nothing to show.
  if (refusal.value.starts_with('\n') || refusal.value.starts_with('\r')) refusal.value.clear();
  const bool open = words.find("control character") != std::string_view::npos && at < text.size() &&
                    (text[at] == '\n' || text[at] == '\r');
  refusal.args = {
      {.name = "detail", .value = open ? "the text is not closed on its line" : detail_of(words)}};
  return refusal;
}

}  // namespace

Result<Node> parse_toml(std::string_view text, std::string_view file) {
  const Place start{.file = std::string(file), .line = 1, .column = 1};
  if (text.size() > kTomlBytesMax)
    return max_refusal(refusals::kFileTooLarge, start, kTomlBytesMax >> 20);
  if (const std::size_t at = find_deep_key(text); at != std::string_view::npos) {
    return max_refusal(refusals::kTooDeep, place_at(text, at, file), kDepthMax);
  }
  try {
    const toml::table root = toml::parse(text);
    return Converter(text, file).convert(root, 1);
  } catch (const toml::parse_error& error) {
    return syntax_refusal(error, text, file);
  }
}

}  // namespace anlan::formats
