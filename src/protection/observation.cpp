#include "protection/observation.h"

#include <algorithm>

#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::int64_t kMinutesPerDay = 24 * 60;

Refusal refuse(RefusalCode code, std::string_view path, std::string value,
               std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

}  // namespace

Result<Observer> Observer::start(const domain::Order& order, ObserveRequest request) {
  const auto line =
      std::find_if(order.lines.begin(), order.lines.end(),
                   [&](const domain::OrderLine& each) { return each.product == request.product; });
  if (line == order.lines.end()) {
    return refuse(kProductNotOrdered, "product", request.product.text,
                  {{.name = "order", .value = to_text(order.id)}});
  }
  if (line->format != request.format) {
    return refuse(kSignalFormatWrong, "format", std::string(name_of(request.format)),
                  {{.name = "expected", .value = std::string(name_of(line->format))}});
  }
  return Observer(order, *line, std::move(request));
}

Observer::Observer(const domain::Order& order, const domain::OrderLine& line,
                   ObserveRequest request)
    : order_(order.id),
      line_(line),
      request_(std::move(request)),
      begins_(start_of_day(order.from, request_.offset)),
      ends_(start_of_day(order.until, request_.offset)),
      deployed_(request_.devices.begin(), request_.devices.end()) {}

bool Observer::is_deployed(std::string_view device) const {
  return deployed_.empty() ? !device.empty() || line_.devices == 1 : deployed_.contains(device);
}

void Observer::add(const Signal& signal) {
  ++added_;
  if (signal.at < begins_ || signal.at >= ends_ || signal.at > request_.received) {
    ++outside_;
    return;
  }
  if (!is_deployed(signal.device)) return;
  first_ = counted_ == 0 ? signal.at : std::min(first_, signal.at);
  last_ = counted_ == 0 ? signal.at : std::max(last_, signal.at);
  ++counted_;
  if (signal.alert) ++alerts_;
  const bool is_full = seen_.size() >= line_.devices;  // more names than devices change nothing
  if (!is_full && !seen_.contains(signal.device)) seen_.emplace(signal.device);
}

Result<domain::Observation> Observer::finish(const SignalSource& source) const {
  if (added_ == 0) return refuse(kNoSignals, "log", std::to_string(source.lines));
  if (outside_ == added_) {
    const Instant until = std::min(ends_, request_.received);
    return refuse(kSignalsOutsideOrder, "log", std::to_string(outside_),
                  {{.name = "from", .value = to_text(begins_, request_.offset)},
                   {.name = "until", .value = to_text(until, request_.offset)}});
  }
  if (counted_ == 0) return refuse(kDevicesUnknown, "devices", std::to_string(added_ - outside_));
  const std::int64_t days_max = line_.signal_days_max;
  if (minutes_between(first_, last_) > days_max * kMinutesPerDay) {
    const std::int64_t days = minutes_between(first_, last_) / kMinutesPerDay + 1;
    return refuse(kSignalsSpanTooLong, "log", std::to_string(days),
                  {{.name = "max", .value = std::to_string(days_max)}});
  }
  return domain::Observation{.id = {},
                             .order = order_,
                             .product = line_.product,
                             .seen = static_cast<std::uint32_t>(seen_.size()),
                             .of = line_.devices,
                             .from = first_,
                             .until = last_,
                             .format = line_.format,
                             .lines = source.lines,
                             .alerts = alerts_,
                             .refused = source.refused,
                             .source = source.digest};
}

Result<domain::Observation> observe(const domain::Order& order, const ObserveRequest& request,
                                    std::span<const Signal> signals, const SignalSource& source) {
  ANLAN_TRY(Observer observer, Observer::start(order, request));
  for (const Signal& signal : signals) observer.add(signal);
  return observer.finish(source);
}

}  // namespace anlan::protection
