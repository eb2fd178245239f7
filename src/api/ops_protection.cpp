// Operations that watch the protection work: import telemetry, show an order and what it proves.
#include <functional>

#include "api/refusals.h"
#include "api/rehearsal.h"
#include "api/render.h"
#include "formats/security_suricata.h"
#include "formats/security_syslog.h"
#include "house/access.h"
#include "house/views.h"
#include "protection/observation.h"
#include "protection/posture.h"
#include "protection/refusals.h"

namespace anlan::api {

namespace {

using namespace domain;

Result<const house::OrderFile*> order_of(const house::House& house, OrderId id) {
  const house::OrderFile* file = house::find_order(house, id);
  if (file) return file;
  return not_found("order", to_text(id));
}

// `line`: of the log, counted from 1.
using SeeSignal = std::function<void(const protection::Signal& signal, std::uint64_t line)>;

formats::SecurityTally read_eve(std::string_view text, UtcOffset offset, const SeeSignal& see) {
  formats::EveReader reader({.offset_if_missing = offset}, [&](const formats::EveEvent& event) {
    see({.at = event.at, .device = {}, .alert = event.alert}, reader.number());
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
                                   const SeeSignal& see) {
  formats::SyslogReader reader({.received = source.received, .offset = source.offset},
                               [&](const formats::SyslogEvent& event) {
                                 std::string_view device = event.host;
                                 if (!source.device_param.empty())
                                   device = param_of(event, source.device_param);
                                 if (source.one_device) device = {};
                                 see({.at = event.at, .device = device, .alert = event.alert()},
                                     reader.number());
                               });
  reader.feed(text);
  reader.finish();
  return reader.tally();
}

// Of a log what a person is shown beside the observation.
struct SignalSeen {
  std::uint64_t line = 0;
  Instant at;
  std::string device;  // empty: the one gateway that writes the log
  bool alert = false;
};
constexpr std::size_t kSignalsShown = 20;

struct ReadLog {
  Observation observation;
  formats::SecurityTally tally;
  std::vector<SignalSeen> signals;  // the first kSignalsShown that were understood
};

formats::SecurityTally read_log(std::string_view text, const protection::Product& product,
                                const SyslogSource& source, const SeeSignal& see) {
  switch (product.format) {
    case SignalFormat::kSuricataEve:
      return read_eve(text, source.offset, see);
    case SignalFormat::kSyslog:
      return read_syslog(text, source, see);
  }
  return {};
}

// What proves nothing because no line was understood says which line, and what is wrong with it.
Refusal with_first_line(Session& session, Refusal refusal, const formats::SecurityTally& tally) {
  if (refusal.code != protection::kNoSignals || !tally.first_refused) return refusal;
  const Refusal& first = *tally.first_refused;
  const Node told = session.refusal_node(first);
  const Node& error = *told.find("error");
  refusal.args.push_back({.name = "line", .value = std::to_string(first.at.line)});
  refusal.args.push_back({.name = "field", .value = first.path});
  refusal.args.push_back({.name = "fault", .value = error.find("rule")->text});
  refusal.at.line = first.at.line;
  return refusal;
}

// Parses the log and gives the observation that goes into the journal.
Result<ReadLog> read_file(Session& session, const Order& order, const protection::Product& product,
                          BytesView bytes) {
  ANLAN_TRY(const Instant now, session.now());
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  ANLAN_TRY(const house::House* house, session.house());
  const UtcOffset offset = house->offset();
  ANLAN_TRY(protection::Observer observer,
            protection::Observer::start(order, {.product = product.name,
                                                .format = product.format,
                                                .devices = {},
                                                .received = now,
                                                .offset = offset}));
  ReadLog log;
  log.tally = read_log(text, product,
                       {.received = date_of(now, offset),
                        .offset = offset,
                        .device_param = product.device_param,
                        .one_device = product.scope == protection::DeviceScope::kOne},
                       [&](const protection::Signal& signal, std::uint64_t line) {
                         observer.add(signal);
                         if (log.signals.size() < kSignalsShown)
                           log.signals.push_back({.line = line,
                                                  .at = signal.at,
                                                  .device = std::string(signal.device),
                                                  .alert = signal.alert});
                       });
  const Result<Observation> observation = observer.finish(
      {.digest = sha256(bytes), .lines = log.tally.lines, .refused = log.tally.refused});
  if (!observation.ok()) return with_first_line(session, observation.refusal(), log.tally);
  log.observation = *observation;
  return log;
}

// ---- what is shown

Node refusals_node(Session& session, const formats::SecurityTally& tally) {
  Node list = Node::list();
  for (const Refusal& refusal : tally.refused_lines) {
    const Node told = session.refusal_node(refusal);
    const Node& error = *told.find("error");
    Node row = Node::table();
    row.add("line", Node::number(refusal.at.line));
    row.add("field", Node::string(refusal.path));
    for (const std::string_view key : {"code", "value", "rule", "fix"})
      row.add(key, Node::string(error.find(key)->text));
    list.items.push_back(std::move(row));
  }
  return list;
}

Node signals_node(const std::vector<SignalSeen>& signals, UtcOffset offset) {
  Node list = Node::list();
  for (const SignalSeen& signal : signals) {
    Node row = Node::table();
    row.add("line", to_node(signal.line));
    row.add("at", Node::string(to_text(signal.at, offset)));
    row.add("device", Node::string(signal.device));
    row.add("alert", Node::boolean(signal.alert));
    list.items.push_back(std::move(row));
  }
  return list;
}

// The light of each product of an order: the state of an order of that product alone, how old its
// newest signal is, and which of its controls are proven.
Node lights_node(const Order& order, const std::vector<Observation>& observations, Instant at,
                 UtcOffset offset) {
  constexpr std::int64_t kMicrosOfMinute = 60'000'000;
  Node list = Node::list();
  for (const OrderLine& line : order.lines) {
    Order alone = order;
    alone.lines = {line};
    std::vector<Observation> its;
    std::optional<Instant> last;
    for (const Observation& each : observations) {
      if (each.product != line.product) continue;
      its.push_back(each);
      if (each.seen > 0 && each.until <= at && (!last || *last < each.until)) last = each.until;
    }
    const Order orders[] = {alone};
    const Posture posture = protection::posture_at(
        {.orders = orders, .observations = its, .answers = {}, .at = at, .offset = offset});
    Node light = Node::table();
    light.add("product", to_node(line.product));
    light.add("state", to_node(protection::order_state(alone, its, at, offset)));
    light.add("last_signal", last ? to_node(*last) : Node::null());
    light.add("age_minutes",
              last ? Node::number((at.micros() - last->micros()) / kMicrosOfMinute) : Node::null());
    light.add("controls", to_node(protection::proven_controls(posture)));
    list.items.push_back(std::move(light));
  }
  return list;
}

// What a rehearsal shows beside the event: what was read, and the lights before and after it.
Result<Reply> rehearsed_log(Session& session, const house::OrderFile& file, const ReadLog& log) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  Reply reply = rehearsed_reply(session, session.rehearsed());
  reply.json.add("refusals", refusals_node(session, log.tally));
  reply.json.add("signals", signals_node(log.signals, house->offset()));
  std::vector<Observation> observations = file.observations;
  reply.json.add("lights_before", lights_node(file.order, observations, now, house->offset()));
  observations.push_back(log.observation);
  reply.json.add("lights_after", lights_node(file.order, observations, now, house->offset()));
  // What this log proves by itself, whatever keeps a light green beside it.
  reply.json.add("lights_alone", lights_node(file.order, {log.observation}, now, house->offset()));
  return reply;
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
  const house::OrderFile known = *file;
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  ReadLog log;
  if (!session.known()) {
    ANLAN_REQUIRE(house::may_command(*house, ActorName{session.options().actor},
                                     house::RecordObservation::kName));
    ANLAN_TRY(log, read_file(session, known.order, *product, bytes));
    ANLAN_REQUIRE(session.keep(bytes));
  }
  const Result<Session::Outcome> submitted =
      session.submit(house::RecordObservation{.observation = log.observation});
  if (!submitted.ok() && submitted.refusal().code == refusals::kRehearsed)
    return rehearsed_log(session, known, log);
  ANLAN_TRY(const Session::Outcome outcome, submitted);
  ANLAN_TRY(house, session.house());
  if (session.known()) {  // the same lines of the same bytes
    log.tally = read_log({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, *product,
                         {.received = date_of(house->last_at, house->offset()),
                          .offset = house->offset(),
                          .device_param = product->device_param,
                          .one_device = product->scope == protection::DeviceScope::kOne},
                         [](const protection::Signal&, std::uint64_t) {});
  }
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const Observation recorded = std::get<ObservationRecorded>(event).observation;
  Node json = to_node(recorded);
  json.add("refusals", refusals_node(session, log.tally));
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
  reply.json.add("lights", lights_node(file->order, file->observations, now, house->offset()));
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
