// The pages of the web application, as they were built into the program (tools/pages.py).
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "platform/http.h"

namespace anlan::api {

// All views live as long as the program.
struct PageFile {
  std::string_view path;                // "/index.html", "/assets/index-B1x2.js"
  std::span<const std::byte> bytes;     // of the file
  std::span<const std::byte> squeezed;  // the same by gzip; empty where that is no shorter
};

// Those of this program; none where it was built without them. Defined by the build.
std::span<const PageFile> built_pages();

// Thread rule: answer() from any number of threads at once.
class PageShelf {
 public:
  explicit PageShelf(std::span<const PageFile> pages);

  // The reply to GET or HEAD of a page; nothing where there is none. An address without a dot in
  // its last part is one of the application's own: whoever wants HTML is given its first page.
  // Files below /assets/ have the digest of their contents in their names, and are kept for a year;
  // all others are asked for again.
  std::optional<platform::HttpReply> answer(const platform::HttpRequest& request) const;

 private:
  struct Page {
    const PageFile* file;
    std::string tag;
    std::string squeezed_tag;
  };
  const Page* find(const platform::HttpRequest& request) const;

  std::map<std::string_view, Page> pages_;
};

}  // namespace anlan::api
