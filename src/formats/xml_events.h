// The elements of an XML text as they open and close, piece by piece; names without their prefix.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace anlan::formats {

using XmlAttributes = std::vector<std::pair<std::string_view, std::string_view>>;
// The value of an attribute, "" when it is not there.
std::string_view xml_attribute(const XmlAttributes& attributes, std::string_view name);

class XmlEvents {
 public:
  struct Handlers {
    std::function<void(std::string_view name, const XmlAttributes& attributes)> open;
    std::function<void(std::string_view name)> close;
    std::function<void(std::string_view text)> text;  // in as many pieces as the parser likes
  };
  explicit XmlEvents(Handlers handlers);
  ~XmlEvents();
  XmlEvents(const XmlEvents&) = delete;
  XmlEvents& operator=(const XmlEvents&) = delete;

  // nullptr, or why the text is refused (English): it is not well-formed, is deeper than 64
  // elements, or declares a document type, through which entities could grow without end.
  const char* feed(std::string_view piece, bool last);
  // From within a handler: no more of the text is read, and feed() says `reason`.
  void stop(const char* reason);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace anlan::formats
