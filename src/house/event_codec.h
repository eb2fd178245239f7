// Events to journal bodies and back. Every (kind, version) ever written stays readable.
#pragma once

#include "base/bytes.h"
#include "base/node.h"
#include "base/result.h"
#include "domain/event.h"

namespace anlan::house {

std::uint16_t event_kind(const domain::Event& event);
std::uint16_t event_version(const domain::Event& event);
std::string_view event_name(const domain::Event& event);
Bytes event_bytes(const domain::Event& event);
Node event_node(const domain::Event& event);  // the JSON view: {"event": name, ...fields}

// Reading the journal is reading input: an unknown kind or version, or bytes that are not exactly
// one event, are refused (kUnknownEvent, kEventMalformed; args kind, version), never a crash.
Result<domain::Event> read_event(std::uint16_t kind, std::uint16_t version, BytesView body);

}  // namespace anlan::house
