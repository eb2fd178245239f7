// Operations that watch the protection work: import telemetry, show an order and what it proves.
#include <algorithm>

#include "api/refusals.h"
#include "api/render.h"
#include "formats/security_suricata.h"
#include "formats/security_syslog.h"
#include "house/access.h"
#include "house/views.h"
#include "protection/observation.h"
#include "protection/posture.h"

namespace anlan::api {

namespace {

using namespace domain;

Result<const house::OrderFile*> order_of(const house::House& house, OrderId id) {
  const house::OrderFile* file = house::find_order(house, id);
  if (file) return file;
  return not_found("order", to_text(id));
}

formats::SecurityTally read_eve(std::string_view text, UtcOffset offset,
                                protection::Observer& observer) {
  formats::EveReader reader({.offset_if_missing = offset}, [&](const formats::EveEvent& event) {
    observer.add({.at = event.at, .device = {}, .alert = event.alert});
  });
  reader.feed(text);
  reader.finish();
  return reader.tally();
}

struct SyslogSource {
  Date received;
  UtcOffset offset;
  std::string device_param;  // the parameter that names the device; empty: the host does
  bool one_device = false;   // a gateway: who writes does not matter
};

formats::SecurityTally read_syslog(std::string_view text, const SyslogSource& source,
                                   protection::Observer& observer) {
  formats::SyslogReader reader(
      {.received = source.received, .offset = source.offset},
      [&](const formats::SyslogEvent& event) {
        std::string_view device = event.host;
        if (!source.device_param.empty()) device = param_of(event, source.device_param);
        if (source.one_device) device = {};
        observer.add({.at = event.at, .device = device, .alert = event.alert()});
      });
  reader.feed(text);
  reader.finish();
  return reader.tally();
}

// Parses the log, keeps its raw bytes as a blob, and gives the observation that goes into the
// journal.
Result<Observation> observe_file(Session& session, const Order& order,
                                 const protection::Product& product, const std::string& path) {
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  ANLAN_TRY(const house::House* house, session.house());
  const UtcOffset offset = house->offset();
  ANLAN_TRY(protection::Observer observer,
            protection::Observer::start(order, {.product = product.name,
                                                .format = product.format,
                                                .devices = {},
                                                .received = now,
                                                .offset = offset}));
  formats::SecurityTally tally;
  switch (product.format) {
    case SignalFormat::kSuricataEve:
      tally = read_eve(text, offset, observer);
      break;
    case SignalFormat::kSyslog:
      tally = read_syslog(text,
                          {.received = date_of(now, offset),
                           .offset = offset,
                           .device_param = product.device_param,
                           .one_device = product.scope == protection::DeviceScope::kOne},
                          observer);
      break;
  }
  const Digest digest = sha256(bytes);
  ANLAN_TRY(const Observation observation,
            observer.finish({.digest = digest, .lines = tally.lines, .refused = tally.refused}));
  ANLAN_REQUIRE(session.keep(bytes));
  return observation;
}

Result<Reply> observe(Session& session, NodeReader& options) {
  const auto id = options.id<OrderTag>("order");
  const auto product_name = options.name<SecurityProductTag>("product");
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::OrderFile* file, order_of(*house, id));
  ANLAN_TRY(const protection::Catalogue* catalogue, session.library().catalogue());
  const protection::Product* product = catalogue->find_product(product_name.text);
  if (!product) return not_found("product", product_name.text);
  const Order order = file->order;
  Observation observation;
  if (!session.known()) {
    ANLAN_REQUIRE(house::may_command(*house, ActorName{session.options().actor},
                                     house::RecordObservation::kName));
    ANLAN_TRY(observation, observe_file(session, order, *product, path));
  }
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::RecordObservation{.observation = observation}));
  ANLAN_TRY(house, session.house());
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const Observation recorded = std::get<ObservationRecorded>(event).observation;
  Node json = to_node(recorded);
  add_outcome(json, outcome);
  return brief_reply(
      session.say("brief.observed",
                  {{"product", session.lang() == Lang::kZh ? product->zh : product->en},
                   {"seen", std::to_string(recorded.seen)},
                   {"of", std::to_string(recorded.of)},
                   {"lines", std::to_string(recorded.lines)},
                   {"alerts", recorded.alerts == 0 ? "" : std::to_string(recorded.alerts)},
                   {"digest", short_hex(recorded.source)}}),
      std::move(json));
}

Result<Reply> show_order(Session& session, NodeReader& options) {
  const auto id = options.id<OrderTag>("order");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::OrderFile* file, order_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  const OrderState state =
      protection::order_state(file->order, file->observations, now, house->offset());
  const std::vector<ControlName> proven =
      house::proven_controls(*house, file->order.enterprise, now);
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("label.product_name")},
                   {.title = session.say("label.seen"), .align = Align::kRight},
                   {.title = session.say("label.last_signal")},
                   {.title = session.say("label.lines"), .align = Align::kRight},
                   {.title = session.say("label.alerts"), .align = Align::kRight}};
  for (const Observation& seen : file->observations) {
    table.rows.push_back({security_product_name(session, seen.product),
                          std::to_string(seen.seen) + "/" + std::to_string(seen.of),
                          moment_text(to_text(seen.until, house->offset())),
                          std::to_string(seen.lines), std::to_string(seen.alerts)});
  }
  std::string controls;
  for (const ControlName& control : proven)
    controls += (controls.empty() ? "" : session.say("slip.and")) + control.text;
  reply.brief.push_back(
      session.say("brief.order_state", {{"id", to_text(id)},
                                        {"state", word(session, "order_state", state)},
                                        {"controls", std::to_string(proven.size())}}));
  reply.document.paragraph(reply.brief.back());
  if (!table.rows.empty()) reply.document.table(std::move(table));
  if (!controls.empty()) {
    reply.document.paragraph(session.say("view.proven_controls", {{"controls", controls}}));
  }
  reply.json = to_node(file->order);
  reply.json.add("state", to_node(state));
  reply.json.add("observations", to_node(file->observations));
  reply.json.add("proven_controls", to_node(proven));
  return reply;
}

}  // namespace

std::vector<Operation> protection_operations() {
  const Option order = positional("order", "ORDER", "订单编号", "the order, e.g. ord_12");
  return {
      {.name = "observe",
       .command = house::RecordObservation::kName,
       .zh = "导入运行日志（Suricata EVE 或 syslog），证明产品在运行",
       .en = "import telemetry (Suricata EVE or syslog) that proves a product runs",
       .options = {order, named("product", "PRODUCT", "产品", "the product", true),
                   positional("file", "FILE", "日志文件", "the log")},
       .run = observe},
      {.name = "order show",
       .command = "",
       .zh = "查看订单与证实的控制项",
       .en = "show an order and the controls it proves",
       .options = {order},
       .run = show_order},
  };
}

}  // namespace anlan::api
