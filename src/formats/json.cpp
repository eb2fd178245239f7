#include "formats/json.h"

#include <simdjson.h>

#include "base/utf8.h"
#include "formats/json_grammar.h"
#include "formats/refusals.h"
#include "formats/text.h"

namespace anlan::formats {
namespace {

namespace od = simdjson::ondemand;

std::string_view without_blanks_at_end(std::string_view token) {
  const std::size_t last = token.find_last_not_of(" \t\r\n");
  return token.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// A scalar from its token; false: not one.
bool read_scalar(std::string_view token, Node& node) {
  if (token == "null") return true;
  if (token == "true" || token == "false") {
    node.kind = Node::Kind::kBoolean;
  } else if (is_json_number(token)) {
    node.kind = Node::Kind::kNumber;
  } else {
    return false;
  }
  node.text = token;
  return true;
}

// Walks every value of the document. Each step returns false when something is wrong; what and
// where is for find_json_fault to say.
class Walker {
 public:
  explicit Walker(std::string_view text) : text_(text), cursor_(text) {}

  bool read_root(od::document& document, Node& node) {
    od::json_type type{};
    if (document.type().get(type) != simdjson::SUCCESS) return false;
    if (type == od::json_type::array || type == od::json_type::object) {
      od::value root;
      if (document.get_value().get(root) != simdjson::SUCCESS || !read(root, node, 1)) return false;
      return is_at_end(document);
    }
    std::string_view token;
    if (document.raw_json_token().get(token) != simdjson::SUCCESS) return false;
    set_place(token, node.line, node.column);
    if (type != od::json_type::string)
      return is_alone(token) && read_scalar(without_blanks_at_end(token), node);
    node.kind = Node::Kind::kText;
    std::string_view text;
    if (document.get_string().get(text) != simdjson::SUCCESS) return false;
    node.text = text;
    return is_at_end(document);
  }

 private:
  static bool is_at_end(od::document& document) {
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS;
  }

  // A scalar at the root must reach to the end of the text.
  bool is_alone(std::string_view token) const {
    return token.data() + token.size() >= text_.data() + text_.size();
  }

  void set_place(std::string_view token, int& line, int& column) {
    cursor_.advance(static_cast<std::size_t>(token.data() - text_.data()));
    line = cursor_.line();
    column = cursor_.column();
  }

  bool read(od::value value, Node& node, int depth) {
    od::json_type type{};
    if (++values_ > kValuesMax || value.type().get(type) != simdjson::SUCCESS) return false;
    const std::string_view token = value.raw_json_token();
    set_place(token, node.line, node.column);
    switch (type) {
      case od::json_type::array:
        return depth <= kDepthMax && read_array(value, node, depth);
      case od::json_type::object:
        return depth <= kDepthMax && read_object(value, node, depth);
      case od::json_type::string: {
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS) return false;
        node.kind = Node::Kind::kText;
        node.text = text;
        return true;
      }
      case od::json_type::number:
      case od::json_type::boolean:
      case od::json_type::null:
        return read_scalar(without_blanks_at_end(token), node);
    }
    return false;
  }

  bool read_array(od::value value, Node& node, int depth) {
    od::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS) return false;
    node.kind = Node::Kind::kList;
    for (simdjson::simdjson_result<od::value> item : array) {
      od::value inner;
      if (item.get(inner) != simdjson::SUCCESS) return false;
      if (!read(inner, node.items.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  bool read_object(od::value value, Node& node, int depth) {
    od::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return false;
    node.kind = Node::Kind::kTable;
    for (simdjson::simdjson_result<od::field> item : object) {
      od::field field;
      if (std::move(item).get(field) != simdjson::SUCCESS) return false;
      Member& member = node.members.emplace_back();
      // The raw key starts after its quote.
      set_place(std::string_view(field.key().raw() - 1, 0), member.line, member.column);
      std::string_view key;
      if (field.unescaped_key().get(key) != simdjson::SUCCESS) return false;
      member.key = key;
      if (!read(field.value(), member.value, depth + 1)) return false;
    }
    return true;
  }

  std::string_view text_;
  PlaceCursor cursor_;
  std::size_t values_ = 0;
};

class Writer {
 public:
  explicit Writer(JsonStyle style) : style_(style) {}
  std::string take() { return std::move(out_); }

  void write(const Node& node, int depth) {
    switch (node.kind) {
      case Node::Kind::kNull:
        out_ += "null";
        return;
      case Node::Kind::kBoolean:
      case Node::Kind::kNumber:
        out_ += node.text;
        return;
      case Node::Kind::kText:
        write_text(node.text);
        return;
      case Node::Kind::kList:
        out_ += '[';
        for (const Node& item : node.items) {
          start_item(&item == &node.items.front(), depth + 1);
          write(item, depth + 1);
        }
        close(node.items.empty(), depth, ']');
        return;
      case Node::Kind::kTable:
        out_ += '{';
        for (const Member& member : node.members) {
          start_item(&member == &node.members.front(), depth + 1);
          write_text(member.key);
          out_ += style_.indent > 0 ? ": " : ":";
          write(member.value, depth + 1);
        }
        close(node.members.empty(), depth, '}');
        return;
    }
  }

 private:
  void start_line(int depth) {
    if (style_.indent <= 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(style_.indent) * static_cast<std::size_t>(depth), ' ');
  }
  void start_item(bool first, int depth) {
    if (!first) out_ += ',';
    start_line(depth);
  }
  void close(bool empty, int depth, char bracket) {
    if (!empty) start_line(depth);
    out_ += bracket;
  }

  void write_text(std::string_view text) {
    out_ += '"';
    while (!text.empty()) {
      const CodePoint next = first_code_point(text);
      write_code_point(next.value);
      text.remove_prefix(next.bytes);
    }
    out_ += '"';
  }

  void write_code_point(char32_t value) {
    constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    constexpr std::string_view kHex = "0123456789abcdef";
    if (value < 0x80) {
      const std::size_t found = kEscaped.find(static_cast<char>(value));
      if (found != std::string_view::npos) {
        out_ += '\\';
        out_ += kLetters[found];
        return;
      }
    }
    if (value < 0x20 || value == 0x7F) {
      out_ += "\\u00";
      out_ += kHex[value >> 4];
      out_ += kHex[value & 15];
      return;
    }
    append_code_point(out_, value);
  }

  JsonStyle style_;
  std::string out_;
};

}  // namespace

Result<Node> parse_json(std::string_view text, std::string_view file) {
  const simdjson::padded_string padded(text);
  const std::string_view copy(padded.data(), padded.size());
  od::parser parser;
  od::document document;
  Node root;
  const bool opened = parser.iterate(padded).get(document) == simdjson::SUCCESS;
  if (opened && Walker(copy).read_root(document, root)) return root;
  if (auto fault = find_json_fault(text, file)) return *std::move(fault);
  // The grammar has nothing against it: what is left is a limit of the library.
  Refusal refusal = refusal_in_text(refusals::kJsonSyntax, text, 0, file);
  refusal.args = {{.name = "detail", .value = "the file cannot be read"}};
  return refusal;
}

std::string write_json(const Node& node, JsonStyle style) {
  Writer writer(style);
  writer.write(node, 0);
  return writer.take();
}

}  // namespace anlan::formats
