// A scheme by its name: one of those that the artefacts know.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "domain/ids.h"

namespace anlan::api {

// Refuses kUnknownChoice (path scheme, args choices, nearest).
Result<domain::SchemeName> known_scheme(domain::SchemeName scheme,
                                        const std::vector<std::string>& known);

}  // namespace anlan::api
