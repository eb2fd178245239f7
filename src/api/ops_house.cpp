// Operations of the house itself: open, actors, journal, backup, ledger, personal data.
#include <algorithm>

#include "api/machine_words.h"
#include "api/render.h"
#include "house/event_codec.h"
#include "house/views.h"
#include "ledger/account.h"
#include "platform/files.h"
#include "platform/verify.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<Reply> init(Session& session, NodeReader& options) {
  HouseOpened opening;
  opening.name = options.text("name");
  opening.kind = options.choice_or("kind", HouseKind::kLicensedInsurer);
  opening.sandbox = options.flag("sandbox", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const ActorName actor, parse_name<ActorTag>(session.options().actor, "as"));
  opening.operator_actor = Actor{.name = actor,
                                 .organisation = OrganisationName{"house"},
                                 .roles = {Role::kOperator},
                                 .authority = Money::zero(opening.currency)};
  ANLAN_TRY(const Session::Outcome outcome, session.create(opening));
  ANLAN_TRY(platform::HouseFolder * open, session.open(platform::HouseMode::kRead));
  const std::string fingerprint = platform::fingerprint(open->signer()->public_key());
  Node json = to_node(*open->house().opening);
  json.add("fingerprint", Node::string(fingerprint));
  add_outcome(json, outcome);
  return brief_reply(
      session.say("brief.house_opened",
                  {{"name", opening.name},
                   {"kind", word(session, "house_kind", opening.kind)},
                   {"fingerprint", fingerprint.substr(0, 19)},
                   {"sandbox", opening.sandbox ? session.say("label.sandbox") : std::string()}}),
      std::move(json));
}

Result<Reply> appoint(Session& session, NodeReader& options) {
  Actor actor;
  actor.name = options.name<ActorTag>("actor");
  actor.organisation = OrganisationName{"house"};
  if (options.has("organisation"))
    actor.organisation = options.name<OrganisationTag>("organisation");
  for (const std::string& text : options.texts("role")) {
    const auto role = enum_from<Role>(text);
    if (!role) {
      std::string choices;
      for (const auto& entry : enum_names(static_cast<Role*>(nullptr))) {
        choices += (choices.empty() ? "" : " | ") + std::string(entry.name);
      }
      return Refusal{.code = anlan::refusals::kUnknownChoice,
                     .path = "role",
                     .value = text,
                     .args = {{.name = "choices", .value = choices}}};
    }
    actor.roles.push_back(*role);
  }
  const bool replace = options.flag("replace", false);
  // Of somebody already appointed, what is not stated stays.
  ANLAN_TRY(const house::House* house, session.house());
  const auto known = house->actors.find(actor.name);
  const bool stays = known != house->actors.end() && !replace;
  if (stays && !options.has("organisation")) actor.organisation = known->second.organisation;
  actor.authority = options.money_or("authority", Currency::kCny,
                                     stays ? known->second.authority : Money::zero(Currency::kCny));
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::AppointActor{.actor = actor, .replace = replace}));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  actor = std::get<ActorAppointed>(event).actor;
  Node json = to_node(actor);
  add_outcome(json, outcome);
  std::string roles;
  for (const Role role : actor.roles)
    roles += (roles.empty() ? "" : ", ") + word(session, "role", role);
  return brief_reply(
      session.say("brief.actor_appointed", {{"actor", actor.name.text},
                                            {"roles", roles},
                                            {"authority", to_grouped(actor.authority)}}),
      std::move(json));
}

Result<Reply> actors(Session& session, NodeReader&) {
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("label.actor")},
                   {.title = session.say("label.organisation")},
                   {.title = session.say("label.roles")},
                   {.title = session.say("label.authority"), .align = Align::kRight}};
  reply.json = Node::list();
  for (const auto& [name, actor] : house->actors) {
    std::string roles;
    for (const Role role : actor.roles)
      roles += (roles.empty() ? "" : ", ") + word(session, "role", role);
    table.rows.push_back({name.text, actor.organisation.text, roles, to_grouped(actor.authority)});
    reply.json.items.push_back(to_node(actor));
  }
  reply.document.table(std::move(table));
  return reply;
}

// What claims hold in reserve, claim by claim: pending, it moves no balance until it is paid.
void add_reserves(Session& session, const house::House& house, Reply& reply) {
  Table table;
  table.columns = {{.title = session.say("label.reserve")},
                   {.title = session.say("label.pending"), .align = Align::kRight},
                   {.title = session.say("label.paid_so_far"), .align = Align::kRight}};
  Node& list = reply.json.add("reserves", Node::list());
  Money sum = Money::zero(house.currency());
  for (const auto& [id, file] : house.claims) {
    const domain::Posting* reserve = house.ledger.open_reserve(file.reserve);
    if (!reserve) continue;
    sum += reserve->amount;
    table.rows.push_back({to_text(id) + "  " + to_text(file.decision.policy),
                          to_grouped(reserve->amount), to_grouped(file.paid)});
    Node node = Node::table();
    node.add("claim", to_node(id));
    node.add("policy", to_node(file.decision.policy));
    node.add("state", to_node(file.state));
    node.add("pending", to_node(reserve->amount));
    node.add("posted", to_node(file.paid));
    list.items.push_back(std::move(node));
  }
  reply.json.add("reserved", to_node(sum));
  if (table.rows.empty()) return;
  table.rows.push_back({session.say("label.sum"), to_grouped(sum), std::string()});
  reply.document.table(std::move(table));
}

// Every entry of an account's list that the ledger shows: its side by class.
Result<Reply> ledger_show(Session& session, NodeReader& options) {
  const bool all = options.flag("all", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const Currency currency = house->currency();
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("label.account")},
                   {.title = session.say("label.debit"), .align = Align::kRight},
                   {.title = session.say("label.credit"), .align = Align::kRight}};
  Money debit = Money::zero(currency);
  Money credit = Money::zero(currency);
  reply.json = Node::table();
  Node& list = reply.json.add("balances", Node::list());
  for (const house::AccountTotal& total : house::account_totals(house->ledger, currency, all)) {
    const bool on_debit = !total.balance.is_negative();
    (on_debit ? debit : credit) += on_debit ? total.balance : -total.balance;
    if (total.balance.is_zero() && !all) continue;
    const std::string name = session.say("account." + std::string(name_of(total.kind))) +
                             (total.owner == 0 ? std::string() : " " + std::to_string(total.owner));
    table.rows.push_back({name, on_debit ? to_grouped(total.balance) : std::string(),
                          on_debit ? std::string() : to_grouped(-total.balance)});
    list.items.push_back(to_node(total));
  }
  const Money sum = house->ledger.sum_of_balances(currency);
  table.rows.push_back({session.say("label.sum"), to_grouped(debit), to_grouped(credit)});
  reply.document.table(std::move(table));
  reply.json.add("sum", to_node(sum));
  reply.json.add("debit", to_node(debit));
  reply.json.add("credit", to_node(credit));
  add_reserves(session, *house, reply);
  reply.brief.push_back(session.say(
      "brief.ledger",
      {{"debit", to_grouped(debit)}, {"credit", to_grouped(credit)}, {"sum", to_grouped(sum)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Reply> journal_show(Session& session, NodeReader& options) {
  const std::int64_t from =
      whole_option(options, "from", {.lo = 1, .hi = INT64_MAX, .fallback = 1});
  const std::int64_t most =
      whole_option(options, "limit", {.lo = 1, .hi = INT64_MAX, .fallback = INT64_MAX});
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  reply.json = Node::list();
  Table table;
  table.columns = {{.title = session.say("label.seq"), .align = Align::kRight},
                   {.title = session.say("label.at")},
                   {.title = session.say("label.actor")},
                   {.title = session.say("label.event")}};
  std::uint64_t next = static_cast<std::uint64_t>(from);
  for (auto left = static_cast<std::uint64_t>(most); left > 0;) {
    constexpr std::uint64_t kRecordsPerRead = 1024;
    ANLAN_TRY(const std::vector<house::Record> records,
              session.records(next, std::min(left, kRecordsPerRead)));
    left -= records.size();
    if (records.empty()) break;
    for (const house::Record& record : records) {
      ANLAN_TRY(const Event event, house::read_event(record.kind, record.version, record.body));
      Node node = Node::table();
      node.add("seq", to_node(record.seq));
      node.add("at", to_node(record.at));
      node.add("by", to_node(record.actor));
      node.add("chain", to_node(record.chain));
      for (Member& member : house::event_node(event).members)
        node.add(member.key, std::move(member.value));
      reply.json.items.push_back(std::move(node));
      table.rows.push_back({std::to_string(record.seq), to_text(record.at, house->offset()),
                            record.actor.text,
                            session.say("event." + std::string(house::event_name(event)))});
    }
    next = records.back().seq + 1;
  }
  reply.document.table(std::move(table));
  return reply;
}

Result<Reply> journal_head(Session& session, NodeReader& options) {
  const std::string out = options.text_or("out", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(platform::HouseFolder * open, session.open(platform::HouseMode::kRead));
  ANLAN_TRY(const platform::SignedHead head, open->signed_head());
  if (!out.empty()) ANLAN_REQUIRE(platform::write_file(out, bytes_of(platform::to_json(head))));
  Reply reply;
  reply.json = platform::to_node(head);
  reply.brief.push_back(session.say("brief.head", {{"seq", std::to_string(head.head.seq)},
                                                   {"chain", short_hex(head.head.chain)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Reply verify_reply(Session& session, std::string_view key, const platform::VerifyReport& report,
                   bool outside) {
  return brief_reply(session.say(key, {{"records", std::to_string(report.records)},
                                       {"commands", std::to_string(report.commands)},
                                       {"seq", std::to_string(report.head.seq)},
                                       {"chain", short_hex(report.head.chain)},
                                       {"head", outside ? "1" : ""}}),
                     platform::to_node(report));
}

// The end of the job that checks a chain is looked for at every step of it.
platform::VerifyTold told_by(Session& session) {
  return [&session, steps = std::uint64_t{0}](std::uint64_t done,
                                              std::uint64_t of) mutable -> Result<Done> {
    constexpr std::uint64_t kPart = 1'000;  // records, of one step of the progress
    const std::uint64_t parts = of / kPart + 1;
    if (steps == 0) session.begin_steps(parts);
    const std::uint64_t passed = done >= of ? parts : done / kPart;
    for (; steps < passed; ++steps) ANLAN_REQUIRE(session.step());
    return Done{};
  };
}

Result<Reply> journal_verify(Session& session, NodeReader& options) {
  const platform::VerifyTold told = told_by(session);
  platform::VerifyOptions verify;
  if (session.options().progress) verify.told = &told;
  const std::string file = options.text_or("file", session.options().folder);
  const std::string head = options.text_or("head", "");
  const std::string key = options.text_or("key", "");
  if (options.refused()) return options.report().refusal();
  if (!head.empty()) {
    ANLAN_TRY(const std::string text, session.read_text(head));
    ANLAN_TRY(verify.head, platform::parse_signed_head(text, head));
  }
  if (!key.empty()) {
    ANLAN_TRY(verify.key, platform::parse_public_key(key, "signing_key"));
  }
  session.let_go();
  ANLAN_TRY(const platform::VerifyReport report, platform::verify_journal(file, verify));
  return verify_reply(session, "brief.journal_verified", report, verify.head.has_value());
}

Result<Reply> erase(Session& session, NodeReader& options) {
  house::ErasePersonalData command;
  command.subject = options.id<SubjectTag>("subject");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  // The event first: if the process dies in between, erasing again is harmless; an erased key
  // without a record would not be.
  const Result<Session::Outcome> outcome = session.submit(command);
  const bool erased_before =
      !outcome.ok() && outcome.refusal().code == house::refusals::kAlreadyDone;
  if (!outcome.ok() && !erased_before) return outcome.refusal();
  if (session.options().rehearse) return outcome.refusal();
  ANLAN_TRY(platform::HouseFolder * open, session.open(platform::HouseMode::kWrite));
  ANLAN_REQUIRE(open->vault()->erase(command.subject));
  if (erased_before) return outcome.refusal();
  return brief_reply(session.say("brief.erased", {{"subject", to_text(command.subject)}}),
                     outcome_node(*outcome));
}

std::vector<Operation> journal_operations() {
  return {
      {.name = "journal show",
       .command = "",
       .zh = "列出日志中的事件",
       .en = "list the events of the journal",
       .options = {named("from", "SEQ", "起始序号", "first seq"),
                   named("limit", "N", "最多列出几条，缺省为全部",
                         "at most so many; default: all")},
       .run = journal_show},
      {.name = "journal verify",
       .command = "",
       .zh = "校验日志或备份的哈希链",
       .en = "verify the chain of a house or a backup",
       .options = {of_machine(positional("file", "FILE", "账套目录或备份文件，缺省为 --house",
                                         "house folder or backup; default --house", false)),
                   named("head", "FILE", "外部保存的签名链头（可发现尾部被删）",
                         "signed head kept elsewhere: finds a dropped tail"),
                   named("key", "HEX", "应有的公钥", "public key that must have signed")},
       .run = journal_verify,
       .lengthy = true},
      {.name = "journal head",
       .command = "",
       .zh = "输出签名链头",
       .en = "print the signed head",
       .options = {named("out", "FILE", "写入文件", "write it to a file")},
       .run = journal_head},
      {.name = "ledger show",
       .command = "",
       .zh = "总账余额，合计必为零",
       .en = "balances of the ledger; they sum to zero",
       .options = {flag("all", "按户列出", "one line per owner")},
       .run = ledger_show},
      {.name = "personal erase",
       .command = house::ErasePersonalData::kName,
       .zh = "销毁个人信息的密钥",
       .en = "erase a person's data by destroying its key",
       .options = {positional("subject", "SUBJECT", "个人编号", "the subject"),
                   named("reason", "TEXT", "理由", "reason", true)},
       .run = erase},
  };
}

}  // namespace

std::vector<Operation> house_operations() {
  std::vector<Operation> table{
      {.name = "init",
       .command = "",
       .zh = "开立一个账套（密钥、日志、操作员）",
       .en = "open a house: keys, journal, operator",
       .options = {named("name", "TEXT", "名称", "its name", true),
                   named("kind", "KIND", "持牌种类",
                         "licensed_insurer (default), licensed_broker, marketplace, ..."),
                   flag("sandbox", "演练用，时钟可以设定",
                        "for trying out: its clock may be set with --at")},
       .run = init,
       .writes = true},
      {.name = "actor appoint",
       .command = house::AppointActor::kName,
       .zh = "任命人员及其权限",
       .en = "appoint an actor with roles and authority",
       .options = {positional("actor", "NAME", "名称", "name of the actor"),
                   many("role", "ROLE", "角色", "a role; repeat for more", true),
                   named("authority", "AMOUNT", "单独决定的上限", "largest amount decided alone"),
                   named("organisation", "NAME", "所属机构", "organisation"),
                   flag("replace", "取代原有角色，缺省为增加",
                        "the roles become these; otherwise they are added")},
       .run = appoint},
      {.name = "actor list",
       .command = "",
       .zh = "列出人员",
       .en = "list the actors",
       .options = {},
       .run = actors},
  };
  for (Operation& operation : journal_operations()) table.push_back(std::move(operation));
  return table;
}

}  // namespace anlan::api
