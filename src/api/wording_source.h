// A wording to look at: one of the library by its name, or any file. Read with all its errors.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "api/session.h"
#include "terms/lint.h"
#include "terms/wording.h"

namespace anlan::api {

struct WordingSource {
  std::string file = {};  // as places name it: "wordings/small.toml", or as typed
  std::string text = {};
  bool in_library = false;
};

struct ReadWording {
  WordingSource source = {};
  Node tree = {};
  std::optional<terms::Wording> wording = {};  // none: it was refused
  std::vector<Refusal> refusals = {};          // in the order of the file
};

// The names of the wordings in the library, sorted.
std::vector<std::string> wording_names(Session& session);

// What has a slash, an ending or an "@" is a file, "-" is standard input; anything else is a name
// of the library. Refuses a name that nobody knows, and a file that cannot be read.
Result<WordingSource> find_wording(Session& session, const std::string& typed);

// Of a file that is no TOML the one refusal of its syntax; else every refusal of the reader, and an
// obligation about a control that nobody asks for.
ReadWording read_wording(Session& session, WordingSource source);

// A wording to play incidents under, from what somebody typed: one of the library, else a file (see
// find_wording), which then lives in `kept`. Refuses the first error of a file, and
// kWordingUnknown.
Result<const terms::Wording*> usable_wording(Session& session, const std::string& typed,
                                             std::deque<terms::Wording>& kept);

// The products of the library that name the wording.
std::vector<terms::FiledProduct> products_of(Session& session, const domain::WordingName& name);

}  // namespace anlan::api
