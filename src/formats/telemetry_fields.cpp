#include "formats/telemetry_fields.h"

#include <simdjson.h>

#include "base/utf8.h"
#include "formats/json_grammar.h"
#include "formats/refusals.h"
#include "formats/telemetry_refusals.h"

namespace anlan::formats {
namespace {

namespace od = simdjson::ondemand;

constexpr std::size_t kShownMax = 80;  // code points of a line in a refusal

enum class Fault : std::uint8_t { kNone, kSyntax, kFields, kDepth };

bool ends_token(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string_view trimmed(std::string_view token) {
  while (!token.empty() && ends_token(token.back())) token.remove_suffix(1);
  return token;
}

// Walks the object of one line. Lists are read through, so that what is kept of them is JSON too.
class Walk {
 public:
  explicit Walk(TelemetryFields& out) : out_(out) {}

  Fault object(od::object object, std::string_view prefix, int depth) {
    if (depth > kTelemetryDepthMax) return Fault::kDepth;
    for (simdjson::simdjson_result<od::field> item : object) {
      od::field field;
      if (std::move(item).get(field) != simdjson::SUCCESS) return Fault::kSyntax;
      std::string_view name;
      if (!read_key(field, name)) return Fault::kSyntax;
      if (!prefix.empty()) {
        name = out_.joined(prefix, name);
        if (name.empty()) return Fault::kFields;
      }
      if (const Fault fault = value(field.value(), name, depth); fault != Fault::kNone)
        return fault;
    }
    return Fault::kNone;
  }

 private:
  static bool read_key(od::field& field, std::string_view& name) {
    // The raw key runs to its quote; one with an escape is written out.
    const char* raw = field.key().raw();
    const char* end = raw;
    while (*end != '"' && *end != '\\') ++end;
    if (*end == '"') {
      name = {raw, static_cast<std::size_t>(end - raw)};
      return true;
    }
    return field.unescaped_key().get(name) == simdjson::SUCCESS;
  }

  Fault value(od::value value, std::string_view name, int depth) {
    od::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return Fault::kSyntax;
    if (type == od::json_type::object) {
      od::object inner;
      if (value.get_object().get(inner) != simdjson::SUCCESS) return Fault::kSyntax;
      return object(inner, name, depth + 1);
    }
    std::string_view token;
    if (type == od::json_type::array) {
      od::array array;
      if (value.get_array().get(array) != simdjson::SUCCESS) return Fault::kSyntax;
      if (array.raw_json().get(token) != simdjson::SUCCESS) return Fault::kSyntax;
      if (!json_fits(token)) return Fault::kDepth;
      return out_.add(name, token) ? Fault::kNone : Fault::kFields;
    }
    token = trimmed(value.raw_json_token());
    if (type == od::json_type::string) {
      if (token.size() >= 2 && token.find('\\') == std::string_view::npos) {
        token = token.substr(1, token.size() - 2);
      } else if (value.get_string().get(token) != simdjson::SUCCESS) {
        return Fault::kSyntax;
      }
    } else if (token != "null" && token != "true" && token != "false" && !is_json_number(token)) {
      return Fault::kSyntax;
    }
    if (type == od::json_type::null) token = {};
    return out_.add(name, token) ? Fault::kNone : Fault::kFields;
  }

  // Brackets of a list no deeper than an object may be.
  static bool json_fits(std::string_view list) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const char c = list[i];
      if (quoted) {
        if (c == '\\') ++i;
        if (c == '"') quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        if (++depth > kTelemetryDepthMax) return false;
      } else if (c == ']' || c == '}') {
        --depth;
      }
    }
    return true;
  }

  TelemetryFields& out_;
};

Refusal refusal_of(Fault fault, std::string_view line) {
  const bool deep = fault == Fault::kDepth;
  return Refusal{
      .code = deep ? refusals::kTelemetryTooDeep : refusals::kTelemetryTooManyFields,
      .path = "line",
      .value = shortened(line, kShownMax),
      .args = {{.name = "max",
                .value = std::to_string(deep ? static_cast<std::size_t>(kTelemetryDepthMax)
                                             : kTelemetryFieldsMax)}},
      .at = {}};
}

}  // namespace

struct JsonFields::Parser {
  od::parser json{kTelemetryLineMax};
  std::string padded;  // of a line at the end of the text
};

JsonFields::JsonFields() : parser_(std::make_unique<Parser>()) {}
JsonFields::~JsonFields() = default;

Result<Done> JsonFields::read(std::string_view line, std::size_t room, TelemetryFields& out) {
  if (room < line.size() + simdjson::SIMDJSON_PADDING) {
    parser_->padded.assign(line);
    parser_->padded.resize(line.size() + simdjson::SIMDJSON_PADDING);
    room = parser_->padded.size();
    line = std::string_view(parser_->padded).substr(0, line.size());
  }
  od::document document;
  Fault fault = Fault::kSyntax;
  if (parser_->json.iterate(line.data(), line.size(), room).get(document) == simdjson::SUCCESS) {
    od::object root;
    if (document.get_object().get(root) == simdjson::SUCCESS) {
      fault = Walk(out).object(root, {}, 1);
      if (fault == Fault::kNone && document.current_location().error() != simdjson::OUT_OF_BOUNDS)
        fault = Fault::kSyntax;
    }
  }
  if (fault == Fault::kNone) return Done{};
  if (fault != Fault::kSyntax) return refusal_of(fault, line);
  if (auto found = find_json_fault(line, "")) return *std::move(found);
  return Refusal{.code = refusals::kJsonSyntax,
                 .path = "line",
                 .value = shortened(line, kShownMax),
                 .args = {{.name = "detail", .value = "the line is no object"}},
                 .at = {}};
}

}  // namespace anlan::formats
