// Telemetry read and normalised on one core: megabytes and lines a second. Goal for Suricata EVE:
// at least 250 MB/s.
#include <string>

#include <benchmark/benchmark.h>

#include "base/check.h"
#include "formats/telemetry.h"

namespace {

using namespace anlan;
using namespace anlan::formats;

constexpr std::size_t kTextBytes = std::size_t{16} << 20;

// Lines as a gateway writes them, of some 300 and some 750 bytes, repeated to `bytes`.
std::string eve_text(std::size_t bytes, bool long_lines) {
  std::string text;
  for (std::uint64_t i = 0; text.size() < bytes; ++i) {
    text +=
        R"({"timestamp":"2026-03-02T08:00:00.123456+0800","flow_id":)" +
        std::to_string(1'959'620'435'402'694 + i) +
        R"(,"in_iface":"eth1","event_type":"alert","src_ip":"198.51.100.)" +
        std::to_string(i % 250) +
        R"(","src_port":4904,"dest_ip":"192.0.2.10","dest_port":22,"proto":"TCP","alert":)"
        R"({"action":"blocked","gid":1,"signature_id":9000001,"rev":20,"signature":"Made-up scan",)"
        R"("category":"Attempted Information Leak","severity":2})";
    if (long_lines) {
      text +=
          R"(,"http":{"hostname":"shop.example.test","url":"/ui/0/7.2.0/en/version?ver=7&x=1f",)"
          R"("http_content_type":"text/plain","http_method":"GET","protocol":"HTTP/1.1",)"
          R"("status":200,"length":9},"app_proto":"http","flow":{"pkts_toserver":4,)"
          R"("pkts_toclient":3,"bytes_toserver":420,"bytes_toclient":366,"start":)"
          R"("2026-03-02T08:00:00.100000+0800"},"payload":")" +
          std::string(120, 'A') + "\"";
    }
    text += "}\n";
  }
  return text;
}

std::string sshd_text(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes)
    text +=
        "Mar  2 08:00:01 server-1 sshd[812]: Failed password for root from 198.51.100.7 port 5\n";
  return text;
}

void read_all(benchmark::State& state, const std::string& text) {
  const TelemetryOptions options{
      .format = {}, .received = Instant::from_micros(1'772'500'000'000'000), .offset = {}};
  std::uint64_t lines = 0;
  std::uint64_t alerts = 0;
  for (auto _ : state) {
    const auto tally = read_telemetry(text, options, [&](const TelemetryRecord& record) {
      alerts += record.severity_id >= 3 ? 1 : 0;
    });
    if (tally.unknown != 0) state.SkipWithError("a line was not understood");
    lines += tally.lines;
  }
  benchmark::DoNotOptimize(alerts);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.SetItemsProcessed(static_cast<std::int64_t>(lines));
}

void eve_300_bytes(benchmark::State& state) { read_all(state, eve_text(kTextBytes, false)); }
void eve_750_bytes(benchmark::State& state) { read_all(state, eve_text(kTextBytes, true)); }
void syslog_lines(benchmark::State& state) { read_all(state, sshd_text(kTextBytes)); }

BENCHMARK(eve_300_bytes)->Unit(benchmark::kMillisecond);
BENCHMARK(eve_750_bytes)->Unit(benchmark::kMillisecond);
BENCHMARK(syslog_lines)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
