#include "formats/xml_events.h"

#include <expat.h>

#include "base/check.h"
#include "formats/text.h"

namespace anlan::formats {

std::string_view xml_attribute(const XmlAttributes& attributes, std::string_view name) {
  for (const auto& [key, value] : attributes) {
    if (key == name) return value;
  }
  return {};
}

struct XmlEvents::Parser {
  Handlers handlers;
  XML_Parser expat = nullptr;
  const char* reason = nullptr;
  int depth = 0;
  XmlAttributes attributes;

  static Parser& of(void* user) { return *static_cast<Parser*>(user); }
  static std::string_view local(const char* name) {
    const std::string_view whole(name);
    const std::size_t colon = whole.find(':');
    return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
  }
  void stop(const char* why) {
    if (!reason) reason = why;
    XML_StopParser(expat, XML_FALSE);
  }

  static void XMLCALL opened(void* user, const XML_Char* name, const XML_Char** attributes) {
    Parser& self = of(user);
    if (self.reason) return;
    if (++self.depth > kDepthMax) return self.stop("elements too deep");
    self.attributes.clear();
    for (const XML_Char** at = attributes; *at; at += 2)
      self.attributes.emplace_back(local(at[0]), at[1]);
    self.handlers.open(local(name), self.attributes);
  }
  static void XMLCALL closed(void* user, const XML_Char* name) {
    Parser& self = of(user);
    if (self.reason) return;
    --self.depth;
    self.handlers.close(local(name));
  }
  static void XMLCALL spoke(void* user, const XML_Char* text, int size) {
    Parser& self = of(user);
    if (!self.reason) self.handlers.text({text, static_cast<std::size_t>(size)});
  }
  static void XMLCALL doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    of(user).stop("declares a document type");
  }

  ~Parser() {
    if (expat) XML_ParserFree(expat);
  }
};

XmlEvents::XmlEvents(Handlers handlers) : parser_(std::make_unique<Parser>()) {
  parser_->handlers = std::move(handlers);
  parser_->expat = XML_ParserCreate(nullptr);
  ANLAN_CHECK(parser_->expat != nullptr);
  XML_SetUserData(parser_->expat, parser_.get());
  XML_SetElementHandler(parser_->expat, Parser::opened, Parser::closed);
  XML_SetCharacterDataHandler(parser_->expat, Parser::spoke);
  XML_SetStartDoctypeDeclHandler(parser_->expat, Parser::doctype);
}

XmlEvents::~XmlEvents() = default;

const char* XmlEvents::feed(std::string_view piece, bool last) {
  const auto status =
      XML_Parse(parser_->expat, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (parser_->reason) return parser_->reason;
  if (status == XML_STATUS_OK) return nullptr;
  return XML_ErrorString(XML_GetErrorCode(parser_->expat));
}

void XmlEvents::stop(const char* reason) { parser_->stop(reason); }

}  // namespace anlan::formats
