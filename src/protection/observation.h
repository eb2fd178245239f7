// Observations: what the signals of one product show, gathered line by line in flat memory.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sha256.h"
#include "domain/protection.h"

namespace anlan::protection {

// One line of a log that was understood (formats/security_*.h).
struct Signal {
  Instant at;
  std::string_view device;  // who is seen; empty: the one gateway that writes the log
  bool alert = false;
};

struct ObserveRequest {
  domain::SecurityProductName product;
  domain::SignalFormat format = domain::SignalFormat::kSyslog;
  std::vector<std::string> devices;  // that were deployed; empty: every name counts once
  Instant received;                  // when the log came in: a signal after it proves nothing
  UtcOffset offset = {};             // in which the order's days begin and end
};

// The log as a whole, known at its end.
struct SignalSource {
  Digest digest;              // of its bytes
  std::uint64_t lines = 0;    // that are not blank
  std::uint64_t refused = 0;  // of them not understood
};

// A signal counts when it lies in the order's period and not after `received`, and names a device
// that was deployed. `seen` is the number of distinct devices, at most those ordered. One
// observation covers no longer a time than a signal proves anything (OrderLine::signal_days_max):
// otherwise a device that fell silent at its beginning would count at its end.
class Observer {
 public:
  // `line` is that of the order for the product. Refuses kProductNotOrdered, kSignalFormatWrong
  // (args expected).
  static Result<Observer> start(const domain::Order& order, ObserveRequest request);
  void add(const Signal& signal);
  // The id stays 0. Refuses kNoSignals (nothing understood), kSignalsOutsideOrder (args from,
  // until), kDevicesUnknown, kSignalsSpanTooLong (args days, max).
  Result<domain::Observation> finish(const SignalSource& source) const;

 private:
  Observer(const domain::Order& order, const domain::OrderLine& line, ObserveRequest request);
  bool is_deployed(std::string_view device) const;

  domain::OrderId order_;
  domain::OrderLine line_;
  ObserveRequest request_;
  Instant begins_;
  Instant ends_;
  std::set<std::string, std::less<>> deployed_;
  std::set<std::string, std::less<>> seen_;
  std::uint64_t added_ = 0;
  std::uint64_t outside_ = 0;  // the period, or after `received`
  std::uint64_t counted_ = 0;
  std::uint64_t alerts_ = 0;
  Instant first_;
  Instant last_;
};

// The same over signals that are already in memory.
Result<domain::Observation> observe(const domain::Order& order, const ObserveRequest& request,
                                    std::span<const Signal> signals, const SignalSource& source);

}  // namespace anlan::protection
