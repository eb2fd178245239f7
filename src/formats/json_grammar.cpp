#include "formats/json_grammar.h"

#include <algorithm>

#include "base/utf8.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of four hexadecimal digits at the front of `text`; -1 when they are not there.
int hex_of(std::string_view text) {
  if (text.size() < 4) return -1;
  int value = 0;
  for (const char c : text.substr(0, 4)) {
    const int digit = is_digit(c)            ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

// Each step returns false after the first fault, which stands in fault_.
class Checker {
 public:
  Checker(std::string_view text, std::string_view file) : text_(text), file_(file) {}

  std::optional<Refusal> check() {
    skip_blanks();
    if (at_end()) return refusal_in_text(refusals::kFileEmpty, text_, at_, file_);
    if (!value(1)) return fault_;
    skip_blanks();
    if (!at_end()) return refusal_in_text(refusals::kTrailingContent, text_, at_, file_);
    return std::nullopt;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char here() const { return at_end() ? '\0' : text_[at_]; }

  void skip_blanks() {
    while (!at_end() &&
           (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
  }

  bool fail(RefusalCode code, std::vector<RefusalArg> args = {}) {
    Refusal refusal = refusal_in_text(code, text_, at_, file_);
    refusal.args = std::move(args);
    fault_ = std::move(refusal);
    return false;
  }
  bool fail_syntax(std::string_view detail) {
    return fail(
        refusals::kJsonSyntax,
        {{.name = "detail", .value = std::string(at_end() ? "the file ends here" : detail)}});
  }

  bool value(int depth) {
    if (++values_ > kValuesMax) {
      return fail(refusals::kTooManyValues, {{.name = "max", .value = std::to_string(kValuesMax)}});
    }
    if (here() == '{' || here() == '[') {
      if (depth > kDepthMax)
        return fail(refusals::kTooDeep, {{.name = "max", .value = std::to_string(kDepthMax)}});
      return here() == '{' ? object(depth) : array(depth);
    }
    if (here() == '"') return text();
    if (here() == '-' || is_digit(here())) return number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (text_.substr(at_).starts_with(word)) return literal(word);
    }
    return fail_syntax("a value is expected here");
  }

  bool literal(std::string_view word) {
    const std::size_t end = at_ + word.size();
    const bool runs_on = end < text_.size() && std::string_view(" \t\r\n,:[]{}").find(text_[end]) ==
                                                   std::string_view::npos;
    if (runs_on) return fail_syntax("a value is expected here");
    at_ = end;
    return true;
  }

  bool number() {
    std::size_t end = at_;
    while (end < text_.size() &&
           std::string_view(" \t\r\n,:[]{}\"").find(text_[end]) == std::string_view::npos)
      ++end;
    if (!is_json_number(text_.substr(at_, end - at_))) return fail(refusals::kNumberMalformed);
    at_ = end;
    return true;
  }

  bool text() {
    const std::size_t opened = at_;
    ++at_;
    while (here() != '"' || at_end()) {
      if (at_end() || here() == '\n' || here() == '\r') {
        at_ = opened;
        return fail(refusals::kJsonSyntax,
                    {{.name = "detail", .value = "the text is not closed on its line"}});
      }
      if (here() == '\\') {
        if (!escape()) return false;
        continue;
      }
      if (static_cast<unsigned char>(here()) < 0x20)
        return fail_syntax("a control character must be escaped");
      const CodePoint next = first_code_point(text_.substr(at_));
      if (!next.valid) return fail(refusals::kNotUtf8);
      at_ += next.bytes;
    }
    ++at_;
    return true;
  }

  bool escape() {
    const char kind = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
    if (kind != 'u') {
      if (kind == '\0' || std::string_view("\"\\/bfnrt").find(kind) == std::string_view::npos) {
        return fail_syntax("there is no such escape");
      }
      at_ += 2;
      return true;
    }
    const int first = hex_of(text_.substr(at_ + 2));
    if (first < 0) return fail_syntax("\\u needs four hexadecimal digits");
    if (first < 0xD800 || first > 0xDFFF) {
      at_ += 6;
      return true;
    }
    const bool pair = first < 0xDC00 && text_.substr(at_ + 6).starts_with("\\u");
    const int second = pair ? hex_of(text_.substr(at_ + 8)) : -1;
    if (second < 0xDC00 || second > 0xDFFF) return fail(refusals::kLoneSurrogate);
    at_ += 12;
    return true;
  }

  bool array(int depth) {
    ++at_;
    skip_blanks();
    if (here() == ']') return ++at_, true;
    while (true) {
      skip_blanks();
      if (!value(depth + 1)) return false;
      skip_blanks();
      if (here() == ']') return ++at_, true;
      if (here() != ',') return fail_syntax("a comma or ] is expected here");
      ++at_;
    }
  }

  bool object(int depth) {
    ++at_;
    skip_blanks();
    if (here() == '}') return ++at_, true;
    while (true) {
      skip_blanks();
      if (here() != '"') return fail_syntax("a key in double quotes is expected here");
      if (!text()) return false;
      skip_blanks();
      if (here() != ':') return fail_syntax("a colon is expected here");
      ++at_;
      skip_blanks();
      if (!value(depth + 1)) return false;
      skip_blanks();
      if (here() == '}') return ++at_, true;
      if (here() != ',') return fail_syntax("a comma or } is expected here");
      ++at_;
    }
  }

  std::string_view text_;
  std::string_view file_;
  std::size_t at_ = 0;
  std::size_t values_ = 0;
  std::optional<Refusal> fault_;
};

}  // namespace

bool is_json_number(std::string_view text) {
  const auto take_digits = [&] {
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    const auto count = static_cast<std::size_t>(end - text.begin());
    text.remove_prefix(count);
    return count;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && is_digit(text[1])) return false;
  if (take_digits() == 0) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (take_digits() == 0) return false;
  }
  return text.empty();
}

std::optional<Refusal> find_json_fault(std::string_view text, std::string_view file) {
  return Checker(text, file).check();
}

}  // namespace anlan::formats
