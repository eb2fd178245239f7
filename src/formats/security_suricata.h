// Suricata EVE JSON (docs.suricata.io, "Eve JSON Format"): one event of an intrusion prevention
// gateway per line. Of an event only what proves that the gateway works is read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.h"
#include "formats/security_lines.h"

namespace anlan::formats {

struct EveEvent {
  Instant at;
  std::string host;        // the sensor's name; empty where the gateway is not told to write it
  std::string event_type;  // alert, stats, flow, dns, http, ...
  bool alert = false;
  std::int64_t severity = 0;  // of an alert: 1 the worst, to 255; 0: not stated
  bool blocked = false;       // of an alert: the gateway stopped the traffic
  std::string signature;      // of an alert
  bool operator==(const EveEvent&) const = default;
};

struct EveOptions {
  // Suricata writes "+0800"; events that passed other tools may have lost it. Local time is then
  // taken to be this.
  UtcOffset offset_if_missing;
};

// Reads a log in chunks; `use` sees each event that is understood. Refused lines: too long, not
// UTF-8, not one JSON object (kEveLineMalformed), without a readable "timestamp" or "event_type"
// (base's kMissingKey, kWrongType, kInstantInvalid). Cost: one pass, about 2 us for 750 bytes.
class EveReader {
 public:
  using Use = std::function<void(const EveEvent&)>;
  EveReader(EveOptions options, Use use);
  ~EveReader();
  EveReader(const EveReader&) = delete;
  EveReader& operator=(const EveReader&) = delete;

  void feed(std::string_view chunk) { lines_.feed(chunk); }
  void finish() { lines_.finish(); }
  const SecurityTally& tally() const { return lines_.tally(); }
  std::uint64_t number() const { return lines_.number(); }  // of the line whose event is seen

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  SecurityLines lines_;
};

}  // namespace anlan::formats
