#include "api/known_scheme.h"

#include <algorithm>
#include <vector>

#include "base/node_reader.h"
#include "base/refusals.h"

namespace anlan::api {

Result<domain::SchemeName> known_scheme(domain::SchemeName scheme,
                                        const std::vector<std::string>& known) {
  if (std::find(known.begin(), known.end(), scheme.text) != known.end()) return scheme;
  std::string choices;
  for (const std::string& name : known) choices += (choices.empty() ? "" : " | ") + name;
  return Refusal{.code = anlan::refusals::kUnknownChoice,
                 .path = "scheme",
                 .value = scheme.text,
                 .args = {{.name = "choices", .value = choices},
                          {.name = "nearest", .value = nearest(scheme.text, known)}}};
}

}  // namespace anlan::api
