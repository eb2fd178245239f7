// TelemetryFields: the fields of one line while a reader looks for those it knows.
#pragma once

#include <charconv>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "formats/telemetry.h"

namespace anlan::formats {

class TelemetryFields {
 public:
  TelemetryFields() { names_.reserve(kNamesBytes); }
  TelemetryFields(const TelemetryFields&) = delete;
  TelemetryFields& operator=(const TelemetryFields&) = delete;

  void clear() {
    fields_.clear();
    names_.clear();
    kept_.clear();
  }
  // False: there are too many. `name` and `value` outlive the line.
  bool add(std::string_view name, std::string_view value, bool understood = false) {
    if (fields_.size() == kTelemetryFieldsMax) return false;
    fields_.push_back({.name = name, .value = value, .understood = understood});
    return true;
  }
  // "prefix.name", put together here. Valid until clear(); empty: there is no room for it.
  std::string_view joined(std::string_view prefix, std::string_view name) {
    const std::size_t begin = names_.size();
    if (begin + prefix.size() + name.size() + 1 > kNamesBytes) return {};
    names_ += prefix;
    names_ += '.';
    names_ += name;
    return std::string_view(names_).substr(begin);
  }
  // The value of the first field of that name, which is now understood; "" where there is none.
  std::string_view take(std::string_view name) {
    TelemetryField* field = find(name);
    if (!field) return {};
    field->understood = true;
    return field->value;
  }
  // The first of these that has a value.
  std::string_view take_first(std::initializer_list<std::string_view> names) {
    std::string_view found;
    for (const std::string_view name : names) {
      const std::string_view value = take(name);
      if (found.empty()) found = value;
    }
    return found;
  }
  bool has(std::string_view name) { return find(name) != nullptr; }
  bool has_prefix(std::string_view prefix) const {
    for (const TelemetryField& field : fields_)
      if (field.name.starts_with(prefix)) return true;
    return false;
  }
  // Keeps a text that was put together as long as the line.
  std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }
  const std::vector<TelemetryField>& all() const { return fields_; }

 private:
  static constexpr std::size_t kNamesBytes = std::size_t{128} << 10;
  TelemetryField* find(std::string_view name) {
    for (TelemetryField& field : fields_) {
      if (field.name.size() == name.size() &&
          std::memcmp(field.name.data(), name.data(), name.size()) == 0)
        return &field;
    }
    return nullptr;
  }
  std::vector<TelemetryField> fields_;
  std::string names_;  // never grows beyond what was reserved: views of it stay valid
  std::deque<std::string> kept_;
};

// A whole number, or nothing.
inline std::optional<std::int64_t> whole_of(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

// The members of a JSON object as fields: those of inner objects with dots between the names, a
// list as it is written. Keeps the parser's memory between lines.
class JsonFields {
 public:
  JsonFields();
  ~JsonFields();
  JsonFields(const JsonFields&) = delete;
  JsonFields& operator=(const JsonFields&) = delete;

  // `room`: how many bytes may be read from the beginning of `line` on, at least its size. Refuses
  // as parse_json does, kTelemetryTooManyFields and kTelemetryTooDeep. Values are valid until the
  // next read.
  Result<Done> read(std::string_view line, std::size_t room, TelemetryFields& out);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace anlan::formats
