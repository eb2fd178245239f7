#include "api/ops_statement.h"

#include <algorithm>
#include <map>

#include "api/bank_statement.h"
#include "api/may.h"
#include "api/render.h"
#include "api/sheets.h"
#include "api/statement_refusals.h"
#include "base/to_node.h"
#include "house/decide.h"
#include "house/nondisclosure.h"
#include "house/refusals.h"
#include "house/views.h"

namespace anlan::api {
namespace {

using namespace domain;

// What becomes of a line. Only a line that leaves no question is recorded; those from kUnnamed on
// wait for a person, who may record them by `premium receive`.
enum class LineState : std::uint8_t {
  kMatched = 1,    // would be recorded
  kRecorded = 2,   // now
  kRepeated = 3,   // from an earlier statement
  kOutgoing = 4,   // money that went out
  kUnnamed = 5,    // no policy is named
  kSeveral = 6,    // more than one
  kUnknown = 7,    // a policy that is not there
  kStranger = 8,   // paid by somebody else
  kNotOwed = 9,    // more than is owed, or nothing is
  kTwice = 10,     // another line of this statement has its serial
  kChanged = 11,   // another amount was recorded under its serial
  kReturned = 12,  // went out, and names a policy: a premium that came back
  kWaives = 13,    // taking it would give up a right to rescind
  kRefused = 14,   // the line cannot be read, or recording it is refused
};
constexpr auto enum_names(LineState*) {
  using S = LineState;
  return std::array{EnumName<S>{S::kMatched, "matched"},   EnumName<S>{S::kRecorded, "recorded"},
                    EnumName<S>{S::kRepeated, "repeated"}, EnumName<S>{S::kOutgoing, "outgoing"},
                    EnumName<S>{S::kUnnamed, "unnamed"},   EnumName<S>{S::kSeveral, "several"},
                    EnumName<S>{S::kUnknown, "unknown"},   EnumName<S>{S::kStranger, "stranger"},
                    EnumName<S>{S::kNotOwed, "not_owed"},  EnumName<S>{S::kTwice, "twice"},
                    EnumName<S>{S::kChanged, "changed"},   EnumName<S>{S::kReturned, "returned"},
                    EnumName<S>{S::kWaives, "waives"},     EnumName<S>{S::kRefused, "refused"}};
}

struct Judged {
  StatementLine line;
  LineState state = LineState::kRefused;
  PolicyId policy;
  Payer payer = Payer::kCustomer;
  Money owed;
};

house::ReceivePremium receipt_of(const Judged& judged) {
  return {.policy = judged.policy, .payer = judged.payer, .amount = judged.line.amount};
}

class Matching {
 public:
  Matching(const house::House& house, const house::DecideContext& context, std::string government)
      : house_(house), context_(context), government_(std::move(government)) {}

  std::vector<Judged> of(std::vector<StatementLine> lines) {
    std::vector<Judged> all;
    for (const StatementLine& line : lines) ++times_[line.serial];
    for (StatementLine& line : lines) {
      Judged& judged =
          all.emplace_back(Judged{.line = std::move(line), .owed = Money::zero(house_.currency())});
      if (!judged.line.refused) judged.state = state_of(judged);
      if (judged.state == LineState::kMatched)
        taken_[{judged.policy, judged.payer}] += judged.line.amount.minor();
    }
    return all;
  }

 private:
  LineState state_of(Judged& judged) const {
    const StatementLine& line = judged.line;
    const std::vector<PolicyId> named = named_policies(line.reference);
    if (line.amount.is_zero()) return named.empty() ? LineState::kOutgoing : LineState::kReturned;
    if (line.amount.minor() < 0) return LineState::kReturned;
    if (named.size() == 1 && house::find_policy(house_, named.front()))
      judged.policy = named.front();
    if (const house::KeyUse* use = recorded_transfer(house_, line.serial))
      return use->input == line.content ? LineState::kRepeated : LineState::kChanged;
    if (times_.at(line.serial) > 1) return LineState::kTwice;
    if (named.empty()) return LineState::kUnnamed;
    if (named.size() > 1) return LineState::kSeveral;
    const house::PolicyFile* file = house::find_policy(house_, named.front());
    if (!file || !names(line, *file)) {
      judged.policy = PolicyId{};
      return LineState::kUnknown;
    }
    return owed_state(judged, *file);
  }

  LineState owed_state(Judged& judged, const house::PolicyFile& file) const {
    const auto payer = payer_of(judged.line, file);
    if (!payer) return LineState::kStranger;
    judged.payer = *payer;
    judged.owed = house::owed_by(file, judged.payer);
    // Lines of the same statement before it count.
    const auto before = taken_.find({judged.policy, judged.payer});
    if (before != taken_.end())
      judged.owed -= Money::from_minor(before->second, judged.owed.currency());
    if (judged.line.amount > judged.owed) return LineState::kNotOwed;
    const auto decided = house::decide(house_, context_, receipt_of(judged));
    if (!decided.ok()) {
      judged.line.refused = decided.refusal();
      return LineState::kRefused;
    }
    const Date today = date_of(context_.at, house_.offset());
    const bool waives = house::waived_by_receipt(house_, file, today) != nullptr;
    return waives ? LineState::kWaives : LineState::kMatched;
  }

  // The number alone is not enough: its year belongs to it.
  static bool names(const StatementLine& line, const house::PolicyFile& file) {
    return line.reference.find(file.policy.number) != std::string::npos ||
           line.reference.find(to_text(file.policy.id)) != std::string::npos;
  }

  // The company itself, or the office that pays subsidies; money of anybody else is a question.
  std::optional<Payer> payer_of(const StatementLine& line, const house::PolicyFile& file) const {
    if (same_name(line.payer, government_)) return Payer::kGovernment;
    const house::EnterpriseFile* company = house::find_enterprise(house_, file.policy.enterprise);
    if (company && same_name(line.payer, company->enterprise.legal_name)) return Payer::kCustomer;
    return {};
  }

  const house::House& house_;
  house::DecideContext context_;
  std::string government_;
  std::map<std::string, int> times_;  // that a serial stands in the statement
  std::map<std::pair<PolicyId, Payer>, std::int64_t> taken_;
};

// All that match, in one transaction; each is answered for itself.
void record(Session& session, platform::HouseFolder& folder, const ActorName& actor,
            std::vector<Judged>& lines) {
  std::vector<house::Envelope> batch;
  std::vector<Judged*> sent;
  for (Judged& judged : lines) {
    if (judged.state != LineState::kMatched) continue;
    batch.push_back({.actor = actor,
                     .key = transfer_key(judged.line.serial),
                     .command = receipt_of(judged),
                     .request = judged.line.content});
    sent.push_back(&judged);
  }
  const auto answers = session.write_together(folder, batch);
  for (std::size_t i = 0; i < sent.size(); ++i) {
    if (answers[i].ok()) {
      sent[i]->state = answers[i]->repeated ? LineState::kRepeated : LineState::kRecorded;
    } else {
      sent[i]->state = LineState::kRefused;
      sent[i]->line.refused = answers[i].refusal();
    }
  }
}

std::string sentence(Session& session, const Judged& judged) {
  if (judged.line.refused) return session.refusal_sentence(*judged.line.refused);
  return session.say("statement." + std::string(name_of(judged.state)),
                     {{"owed", to_grouped(judged.owed)},
                      {"policy", judged.policy.exists() ? to_text(judged.policy) : std::string()},
                      {"serial", judged.line.serial},
                      {"payer", word(session, "payer", judged.payer)}});
}

Node row_node(Session& session, const Judged& judged) {
  Node node = Node::table();
  node.add("row", to_node(judged.line.row));
  node.add("state", to_node(judged.state));
  node.add("serial", Node::string(judged.line.serial));
  node.add("day", judged.line.day ? to_node(*judged.line.day) : Node::null());
  node.add("amount", to_node(judged.line.amount));
  node.add("payer", Node::string(judged.line.payer));
  node.add("reference", Node::string(judged.line.reference));
  node.add("policy", judged.policy.exists() ? to_node(judged.policy) : Node::null());
  node.add("as", judged.policy.exists() ? to_node(judged.payer) : Node::null());
  node.add("owed", judged.policy.exists() ? to_node(judged.owed) : Node::null());
  const auto& refused = judged.line.refused;
  node.add("code", refused ? Node::string(refused->code.name) : Node::null());
  node.add("text", Node::string(sentence(session, judged)));
  return node;
}

Reply statement_reply(Session& session, const std::vector<Judged>& lines, Money taken, bool dry) {
  Reply reply;
  reply.json = Node::table();
  std::map<LineState, std::size_t> counts;
  Node rows = Node::list();
  Table table{.columns = {{.title = session.say("bulk.row"), .align = Align::kRight},
                          {.title = session.say("statement.amount"), .align = Align::kRight},
                          {.title = session.say("statement.payer")},
                          {.title = session.say("statement.result")}}};
  for (const Judged& judged : lines) {
    ++counts[judged.state];
    if (judged.state == LineState::kMatched || judged.state == LineState::kRecorded)
      taken += judged.line.amount;
    rows.items.push_back(row_node(session, judged));
    if (judged.state == LineState::kOutgoing) continue;
    table.rows.push_back({std::to_string(judged.line.row), to_grouped(judged.line.amount),
                          judged.line.payer, sentence(session, judged)});
  }
  std::size_t open = 0;
  for (const auto& state : enum_names(static_cast<LineState*>(nullptr))) {
    reply.json.add(state.name, to_node(counts[state.value]));
    if (state.value >= LineState::kUnnamed) open += counts[state.value];
  }
  reply.json.add("sum", to_node(taken));
  reply.json.add("rows", std::move(rows));
  reply.brief.push_back(session.say(
      dry ? "brief.statement_matched" : "brief.statement_recorded",
      {{"lines", std::to_string(lines.size())},
       {"taken", std::to_string(counts[LineState::kMatched] + counts[LineState::kRecorded])},
       {"sum", to_grouped(taken)},
       {"repeated", std::to_string(counts[LineState::kRepeated])},
       {"open", std::to_string(open)}}));
  reply.document.paragraph(reply.brief.back());
  if (!table.rows.empty()) reply.document.table(std::move(table));
  return reply;
}

Result<Reply> statement(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const std::string sheet = options.text_or("sheet", "");
  const std::string government = options.text_or("government", "");
  const bool dry = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const ActorName actor, parse_name<ActorTag>(session.options().actor, "as"));
  ANLAN_REQUIRE(check_may(session, {house::ReceivePremium::kName}));
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  ANLAN_TRY(const formats::SheetTable table, sheet_table(bytes, path, sheet));
  ANLAN_TRY(platform::HouseFolder * folder,
            session.open(dry ? platform::HouseMode::kRead : platform::HouseMode::kWrite));
  ANLAN_TRY(const Instant now, session.now());
  const house::House& house = folder->house();
  ANLAN_TRY(std::vector<StatementLine> lines, read_statement(table, house.currency()));
  Matching matching(house, {.at = now, .actor = actor, .next_seq = house.head.seq + 1}, government);
  std::vector<Judged> judged = matching.of(std::move(lines));
  if (!dry) record(session, *folder, actor, judged);
  return statement_reply(session, judged, Money::zero(house.currency()), dry);
}

}  // namespace

Result<Session::Outcome> receive_transfer(Session& session, const house::ReceivePremium& command,
                                          const std::string& serial) {
  if (!is_transfer_serial(serial))
    return Refusal{.code = refusals::kSerialUnusable, .path = "serial", .value = serial};
  ANLAN_TRY(const ActorName actor, parse_name<ActorTag>(session.options().actor, "as"));
  ANLAN_REQUIRE(check_may(session, {house::ReceivePremium::kName}));
  const bool dry = session.options().rehearse;
  ANLAN_TRY(platform::HouseFolder * folder,
            session.open(dry ? platform::HouseMode::kRead : platform::HouseMode::kWrite));
  const Digest content = transfer_content(serial, command.amount);
  if (const house::KeyUse* use = recorded_transfer(folder->house(), serial)) {
    ANLAN_TRY(const Event event, session.event_at(use->first_seq));
    const auto* received = std::get_if<PremiumReceived>(&event);
    if (use->input == content && received && received->policy == command.policy &&
        received->payer == command.payer) {
      return Session::Outcome{
          .first_seq = use->first_seq, .last_seq = use->last_seq, .repeated = true};
    }
    return Refusal{.code = house::refusals::kKeyReused, .path = "serial", .value = serial};
  }
  if (dry) return session.submit(command);
  ANLAN_REQUIRE(session.now());  // the clock that was asked for
  const house::Envelope envelope{
      .actor = actor, .key = transfer_key(serial), .command = command, .request = content};
  const auto answers = session.write_together(*folder, std::span(&envelope, 1));
  if (!answers.front().ok()) return answers.front().refusal();
  const platform::Answer& answer = *answers.front();
  return Session::Outcome{
      .first_seq = answer.first_seq, .last_seq = answer.last_seq, .repeated = answer.repeated};
}

std::vector<Operation> statement_operations() {
  return {
      {.name = "premium statement",
       .command = house::ReceivePremium::kName,
       .zh = "按银行对账单核对收款：附言中的保单号、户名、金额都相符的才登记",
       .en = "a bank statement against what is owed: by policy number, name and amount; what "
             "leaves no question is recorded",
       .options = {positional("file", "FILE", "对账单（.csv 或 .xlsx）",
                              "the statement (.csv or .xlsx)"),
                   sheet_option(),
                   named("government", "NAME", "财政补贴付款人的户名",
                         "the account name of whoever pays the subsidy"),
                   flag("dry-run", "只看匹配结果，不登记", "look only, record nothing")},
       .run = statement},
  };
}

}  // namespace anlan::api
