// Operation `telemetry explain`: what a log says, line by line, and which controls it speaks of.
#pragma once

#include <vector>

#include "api/operation.h"
#include "protection/telemetry_rules.h"

namespace anlan::api {

class Library;

std::vector<Operation> telemetry_operations();

// data/telemetry/controls.toml, held against the questionnaire and the words of the readers.
Result<protection::TelemetryRules> telemetry_rules(Library& library);

}  // namespace anlan::api
