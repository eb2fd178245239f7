// Any bytes, asked for as the format that the first of them names: every line is understood or
// kept, none is lost, and every view lies where the text or the record keeps it.
#include <cstdint>

#include "base/check.h"
#include "formats/telemetry.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace anlan;
  using namespace anlan::formats;
  if (size == 0) return 0;
  const auto formats = telemetry_formats();
  TelemetryOptions options{
      .format = {}, .received = Instant::from_micros(1'772'500'000'000'000), .offset = {}};
  const std::size_t choice = data[0];
  if (choice < formats.size()) options.format = formats[choice];
  const std::string text(data + 1, data + size);
  std::uint64_t seen = 0;
  std::uint64_t understood = 0;
  std::size_t bytes = 0;
  const TelemetryTally tally = read_telemetry(text, options, [&](const TelemetryRecord& record) {
    ++seen;
    understood += record.understood() ? 1 : 0;
    ANLAN_CHECK(record.line >= 1);
    ANLAN_CHECK(record.severity_id >= 0 && record.severity_id <= 6);
    ANLAN_CHECK(record.fields.size() <= kTelemetryFieldsMax);
    // Every view is read, so that the sanitizer sees one that is stale.
    for (const std::string_view view :
         {record.text, record.host, record.product, record.kind, record.message})
      for (const char c : view) bytes += static_cast<unsigned char>(c);
    for (const TelemetryField& field : record.fields) {
      for (const char c : field.name) bytes += static_cast<unsigned char>(c);
      for (const char c : field.value) bytes += static_cast<unsigned char>(c);
    }
    ANLAN_CHECK(record.understood() || !record.fault->code.name.empty());
  });
  ANLAN_CHECK(seen == tally.lines);
  ANLAN_CHECK(understood == tally.understood);
  ANLAN_CHECK(tally.understood + tally.unknown == tally.lines);
  detect_telemetry(text);
  return bytes == 1 ? 0 : 0;
}
