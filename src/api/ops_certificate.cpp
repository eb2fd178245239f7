// Operations on the certificates of a park master: members added by a sheet, ended on a day, and
// the list with each member's limit, its use of it and its part of the premium.
#include <algorithm>

#include "api/members.h"
#include "api/premium_change.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/sheets.h"
#include "api/submissions.h"
#include "house/access.h"
#include "house/certificates.h"
#include "house/decide.h"
#include "house/life.h"
#include "house/views.h"
#include "platform/files.h"
#include "underwriting/product.h"

namespace anlan::api {
namespace {

using namespace domain;
using house::CertificateOnFile;
using house::PolicyFile;

Result<const PolicyFile*> master_of(const house::House& house, PolicyId id) {
  const PolicyFile* file = house::find_policy(house, id);
  if (file) return file;
  return not_found("policy", to_text(id));
}

struct MemberDefaults {
  CertificateTerms terms;
  Money premium;
};

// The limit of a member is the wording's, its premium the product's, both as they were sold.
Result<MemberDefaults> defaults_of(Session& session, const house::House& house,
                                   const PolicyFile& file) {
  const house::QuoteFile* quote = house::find_quote(house, file.policy.quote);
  ANLAN_CHECK(quote != nullptr);
  ANLAN_TRY(const underwriting::Product* product,
            session.library().product(file.policy.product, quote->quote.product_artefact));
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(file.policy.wording, file.policy.wording_artefact));
  if (!wording->programme.certificates || !product->certificates) {
    return Refusal{.code = refusals::kNoCertificates,
                   .path = "policy",
                   .value = to_text(file.policy.id),
                   .args = {{.name = "product", .value = file.policy.product.text}}};
  }
  const underwriting::FiledCertificates& filed = *product->certificates;
  return MemberDefaults{
      .terms = {.limit = Money::from_minor(wording->programme.certificates->member_limit,
                                           product->currency),
                .premium_low = filed.low,
                .premium_high = filed.high},
      .premium = filed.premium};
}

// "from 2026-03-01 to 2027-02-28" of a certificate, its last day shown.
std::string last_day(Date until) { return to_text(plus_days(until, -1)); }

Node certificate_node(const house::House& house, const PolicyFile& file,
                      const Certificate& certificate) {
  Node node = Node::table();
  node.add("number", to_node(certificate.number));
  node.add("certificate", Node::string(certificate_number(file.policy.number, certificate.number)));
  node.add("enterprise", to_node(certificate.enterprise));
  node.add("name", Node::string(company_name(house, certificate.enterprise)));
  node.add("from", to_node(certificate.from));
  node.add("through", Node::string(last_day(certificate.until)));
  node.add("limit", to_node(certificate.limit));
  node.add("premium", to_node(certificate.premium));
  return node;
}

// ---- add

struct RowTexts {
  std::string zh;
  std::string en;
};

RowTexts texts_of(Session& session, const MemberRow& row) {
  if (!row.refused) return {};
  return {.zh = sentence_in(session, *row.refused, Lang::kZh),
          .en = sentence_in(session, *row.refused, Lang::kEn)};
}

Node row_node(Session& session, const MemberRow& row) {
  const RowTexts texts = texts_of(session, row);
  Node node = Node::table();
  node.add("row", to_node(row.cells->row));
  node.add("status", Node::string(row.refused ? "refused" : "good"));
  node.add("credit_code", Node::string(row.credit_code));
  node.add("name", Node::string(row.name));
  node.add("code", row.refused ? Node::string(row.refused->code.name) : Node::null());
  node.add("zh", Node::string(texts.zh));
  node.add("en", Node::string(texts.en));
  return node;
}

// The sheet as it came, with the answer's columns behind it. `first`: the number of the first
// certificate; 0 where none was recorded.
std::vector<std::vector<std::string>> returned_rows(Session& session, const MemberSheet& sheet,
                                                    const PolicyFile& file, std::uint32_t first) {
  std::vector<std::vector<std::string>> rows(1);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < sheet.head.size(); ++i) {
    const bool answer = std::find(kMemberAnswerColumns.begin(), kMemberAnswerColumns.end(),
                                  sheet.head[i]) != kMemberAnswerColumns.end();
    if (answer || sheet.head[i].empty()) continue;
    kept.push_back(i);
    rows.front().push_back(sheet.head[i]);
  }
  for (const std::string_view column : kMemberAnswerColumns) rows.front().emplace_back(column);
  for (std::size_t i = 0; i < sheet.rows.size(); ++i) {
    const MemberRow& row = sheet.rows[i];
    const RowTexts texts = texts_of(session, row);
    std::vector<std::string>& out = rows.emplace_back();
    for (const std::size_t column : kept) out.push_back(row.cells->text(column));
    out.emplace_back(row.refused ? "refused" : first == 0 ? "good" : "added");
    out.push_back(texts.zh);
    out.push_back(texts.en);
    out.push_back(
        first == 0 ? std::string()
                   : certificate_number(file.policy.number, first + static_cast<std::uint32_t>(i)));
  }
  return rows;
}

// One bad row, and nothing is recorded: the list is put right and sent again as a whole.
Reply refused_reply(Session& session, const PolicyFile& file, const MemberSheet& sheet) {
  Reply reply;
  reply.status = 1;
  reply.json = Node::table();
  reply.json.add("policy", to_node(file.policy.id));
  reply.json.add("added", to_node(0));
  reply.json.add("refused", to_node(static_cast<std::uint64_t>(sheet.refused())));
  Node& rows = reply.json.add("rows", Node::list());
  Table table{.columns = {{.title = session.say("bulk.row"), .align = Align::kRight},
                          {.title = session.say("list.company")},
                          {.title = session.say("bulk.reason")}},
              .rows = {}};
  for (const MemberRow& row : sheet.rows) {
    rows.items.push_back(row_node(session, row));
    if (!row.refused) continue;
    const RowTexts texts = texts_of(session, row);
    table.rows.push_back({std::to_string(row.cells->row),
                          row.name.empty() ? row.credit_code : row.name,
                          session.lang() == Lang::kZh ? texts.zh : texts.en});
  }
  reply.brief.push_back(
      session.say("brief.members_refused", {{"number", file.policy.number},
                                            {"rows", std::to_string(sheet.rows.size())},
                                            {"refused", std::to_string(sheet.refused())}}));
  reply.document.paragraph(reply.brief.back());
  reply.document.table(std::move(table));
  return reply;
}

Result<Reply> added_reply(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& added = std::get<CertificatesAdded>(event);
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, master_of(*house, added.policy));
  Reply reply = brief_reply(
      session.say(
          "brief.certificates_added",
          {{"number", file->policy.number},
           {"count", std::to_string(added.certificates.size())},
           {"first", certificate_number(file->policy.number, added.certificates.front().number)},
           {"after", whole(added.written)},
           {"customer", to_grouped(added.written.customer)},
           {"government", to_grouped(added.written.government)}}),
      Node::table());
  reply.json.add("policy", to_node(added.policy));
  reply.json.add("added", to_node(static_cast<std::uint64_t>(added.certificates.size())));
  reply.json.add("refused", to_node(0));
  Node& list = reply.json.add("certificates", Node::list());
  for (const Certificate& certificate : added.certificates)
    list.items.push_back(certificate_node(*house, *file, certificate));
  reply.json.add("written", to_node(added.written));
  add_outcome(reply.json, outcome);
  return reply;
}

Reply preview_reply(Session& session, std::string_view key, const PolicyFile& before,
                    const PolicyFile& after, std::size_t count) {
  TextArgs args = money_args(before, after);
  args.emplace_back("number", before.policy.number);
  args.emplace_back("count", std::to_string(count));
  Reply reply = brief_reply(session.say(key, args), money_node(before, after));
  reply.json.add("policy", to_node(before.policy.id));
  return reply;
}

Result<house::EventContext> context_now(Session& session) {
  ANLAN_TRY(const Instant now, session.now());
  return house::EventContext{.seq = 0, .at = now, .actor = {session.options().actor}};
}

Result<Reply> with_file(Session& session, Reply reply, const std::string& out,
                        const std::vector<std::vector<std::string>>& rows, Date today) {
  if (out.empty()) return reply;
  ANLAN_TRY(const Bytes file, sheet_file(rows, "members", out, today));
  ANLAN_REQUIRE(platform::write_new_file(out, file));
  reply.brief.push_back(session.say("brief.bulk_file", {{"file", out}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

std::vector<Certificate> certificates_of(const MemberSheet& sheet) {
  std::vector<Certificate> certificates;
  for (const MemberRow& row : sheet.rows) certificates.push_back(row.certificate);
  return certificates;
}

Result<Reply> add_preview(Session& session, const PolicyFile& file,
                          const house::EventContext& context,
                          const house::AddCertificates& command) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(house::decide(
      *house, {.at = context.at, .actor = context.actor, .next_seq = house->head.seq + 1},
      command));
  PolicyFile after = file;
  house::take_certificates(after, context, command.certificates);
  return preview_reply(session, "brief.certificates_preview", file, after,
                       command.certificates.size());
}

Result<Reply> add_members(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const std::string path = options.text("file");
  const std::string name = options.text_or("sheet", "");
  const std::string out = options.text_or("out", "");
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  if (session.known()) return added_reply(session, *session.known());
  if (!out.empty()) ANLAN_REQUIRE(platform::check_absent(out));
  ANLAN_TRY(const house::EventContext context, context_now(session));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(house::may_command(*house, context.actor, house::AddCertificates::kName));
  ANLAN_TRY(const PolicyFile* file, master_of(*house, id));
  ANLAN_TRY(const MemberDefaults defaults, defaults_of(session, *house, *file));
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  ANLAN_TRY(formats::SheetTable table, sheet_table(bytes, path, name));
  ANLAN_TRY(const MemberSheet sheet,
            read_members(std::move(table), *house,
                         {.file = *file, .at = context.at, .terms = defaults.terms},
                         defaults.premium, path));
  const Date today = date_of(context.at, house->offset());
  if (sheet.refused() > 0) {
    return with_file(session, refused_reply(session, *file, sheet), out,
                     returned_rows(session, sheet, *file, 0), today);
  }
  const house::AddCertificates command{
      .policy = id, .terms = defaults.terms, .certificates = certificates_of(sheet)};
  if (dry_run) {
    ANLAN_TRY(Reply reply, add_preview(session, *file, context, command));
    return with_file(session, std::move(reply), out, returned_rows(session, sheet, *file, 0),
                     today);
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(Reply reply, added_reply(session, outcome));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const std::uint32_t first = std::get<CertificatesAdded>(event).certificates.front().number;
  ANLAN_TRY(house, session.house());
  ANLAN_TRY(file, master_of(*house, id));
  const std::vector<std::vector<std::string>> rows = returned_rows(session, sheet, *file, first);
  return with_file(session, std::move(reply), out, rows, today);
}

// ---- end

Result<Reply> ended_reply(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& ended = std::get<CertificateEnded>(event);
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, master_of(*house, ended.policy));
  const Certificate& certificate = house::find_certificate(*file, ended.number)->certificate;
  Node json = certificate_node(*house, *file, certificate);
  json.add("ended_on", to_node(ended.on));
  json.add("reason", Node::string(ended.reason));
  json.add("written", to_node(ended.written));
  add_outcome(json, outcome);
  return brief_reply(session.say("brief.certificate_ended",
                                 {{"number", certificate_number(file->policy.number, ended.number)},
                                  {"member", company_name(*house, certificate.enterprise)},
                                  {"on", to_text(ended.on)},
                                  {"after", whole(ended.written)},
                                  {"customer", to_grouped(ended.written.customer)},
                                  {"government", to_grouped(ended.written.government)}}),
                     std::move(json));
}

Result<Reply> end_certificate(Session& session, NodeReader& options) {
  house::EndCertificate command;
  command.policy = options.id<PolicyTag>("policy");
  const std::string named = options.text("certificate");
  command.on = options.date("on");
  command.reason = options.text("reason");
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  if (session.known()) return ended_reply(session, *session.known());
  ANLAN_TRY(const house::House* known, session.house());
  ANLAN_TRY(const PolicyFile* master, master_of(*known, command.policy));
  command.number = certificate_named(named, master->policy.number);
  if (!dry_run) {
    ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
    return ended_reply(session, outcome);
  }
  ANLAN_TRY(const house::EventContext context, context_now(session));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(house::decide(
      *house, {.at = context.at, .actor = context.actor, .next_seq = house->head.seq + 1},
      command));
  ANLAN_TRY(const PolicyFile* file, master_of(*house, command.policy));
  PolicyFile after = *file;
  house::take_certificate_end(after, context,
                              {.policy = command.policy,
                               .number = command.number,
                               .on = command.on,
                               .reason = command.reason,
                               .written = {}});
  return preview_reply(session, "brief.certificate_end_preview", *file, after, 1);
}

// ---- list

std::string_view state_of(const CertificateOnFile& certificate, Date day) {
  if (house::covers(certificate, day)) return "on_cover";
  return day < certificate.certificate.from ? "to_begin" : "ended";
}

struct MemberView {
  const house::House& house;
  const PolicyFile& file;
  Date day;
  std::vector<Money> shares;
};

// One certificate with its member's use of the limit and its part of the premium.
void add_member(const MemberView& view, std::size_t place, Node& members, Table& table) {
  const CertificateOnFile& each = view.file.life.changes->certificates[place];
  const Certificate& certificate = each.certificate;
  const Money left = house::member_left(view.house, view.file, each);
  Node node = certificate_node(view.house, view.file, certificate);
  node.add("ended_on", to_node(each.ended_on));
  node.add("end_reason", Node::string(each.end_reason));
  node.add("state", Node::string(state_of(each, view.day)));
  node.add("used", to_node(house::member_used(view.house, view.file, certificate.enterprise)));
  node.add("left", to_node(left));
  node.add("share", to_node(view.shares[place]));
  members.items.push_back(std::move(node));
  table.rows.push_back({"C" + std::to_string(certificate.number),
                        company_name(view.house, certificate.enterprise), to_text(certificate.from),
                        last_day(each.until()), to_grouped(left), to_grouped(certificate.premium),
                        to_grouped(view.shares[place])});
}

Table members_table(Session& session) {
  return {.columns = {{.title = session.say("member.certificate")},
                      {.title = session.say("list.company")},
                      {.title = session.say("change.from")},
                      {.title = session.say("change.through")},
                      {.title = session.say("member.left"), .align = Align::kRight},
                      {.title = session.say("change.annual"), .align = Align::kRight},
                      {.title = session.say("member.share"), .align = Align::kRight}},
          .rows = {}};
}

Result<Reply> list_members(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  std::optional<Date> on;
  if (options.has("on")) on = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, master_of(*house, id));
  ANLAN_TRY(const Instant now, session.now());
  const MemberView view{.house = *house,
                        .file = *file,
                        .day = on.value_or(date_of(now, file->policy.offset)),
                        .shares = house::member_shares(*file)};
  Table table = members_table(session);
  Node members = Node::list();
  std::size_t covered = 0;
  for (std::size_t n = 0; n < file->life.changes->certificates.size(); ++n) {
    covered += house::covers(file->life.changes->certificates[n], view.day) ? 1 : 0;
    add_member(view, n, members, table);
  }
  const Money together = underwriting::members_premium(house::timeline_of(*file), view.day);
  Reply reply;
  reply.json = Node::table();
  reply.json.add("policy", to_node(id));
  reply.json.add("day", to_node(view.day));
  reply.json.add("on_cover", to_node(static_cast<std::uint64_t>(covered)));
  reply.json.add("members_premium", to_node(together));
  reply.json.add("written", to_node(house::written_of(*file)));
  reply.json.add("certificates", std::move(members));
  reply.brief.push_back(session.say(
      "member.summary", {{"number", file->policy.number},
                         {"count", std::to_string(file->life.changes->certificates.size())},
                         {"covered", std::to_string(covered)},
                         {"day", to_text(view.day)},
                         {"together", to_grouped(together)},
                         {"written", whole(house::written_of(*file))}}));
  reply.document.heading(1, session.say("member.title", {{"number", file->policy.number}}));
  if (!table.rows.empty()) reply.document.table(std::move(table));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> certificate_operations() {
  const Option policy = positional("policy", "POLICY", "园区统保保单编号",
                                   "the master policy of the park, e.g. pol_30");
  const Option dry_run = flag("dry-run", "只计算，不记录", "only show what it would do");
  return {
      {.name = "policy certificate add",
       .command = house::AddCertificates::kName,
       .zh = "按名单（CSV 或 XLSX，至多 500 行）为园区成员企业出具保险凭证，有一行不符则全部不登记",
       .en = "certificates for members of a park by a sheet (CSV, XLSX, up to 500); all or none",
       .options = {policy,
                   positional("file", "FILE", "成员名单（.csv 或 .xlsx）",
                              "the members (.csv or .xlsx)"),
                   sheet_option(),
                   named("out", "FILE", "回执文件（.csv 或 .xlsx，新文件）",
                         "the returned file (.csv or .xlsx, new)"),
                   dry_run},
       .run = add_members},
      {.name = "policy certificate end",
       .command = house::EndCertificate::kName,
       .zh = "自某日起终止一份保险凭证，保费按日调整",
       .en = "end a certificate on a day; the premium follows by day",
       .options = {policy,
                   positional("certificate", "N", "凭证序号，例如 3", "the certificate, e.g. 3"),
                   named("on", "YYYY-MM-DD", "不再保障的第一天", "first day without cover", true),
                   named("reason", "TEXT", "理由", "reason", true), dry_run},
       .run = end_certificate},
      {.name = "policy certificate list",
       .command = "",
       .zh = "列出园区成员的保险凭证、剩余限额和保费份额",
       .en = "the members of a park: days, limit left, part of the premium",
       .options = {policy, named("on", "YYYY-MM-DD", "某日的状态", "the state of one day")},
       .run = list_members},
  };
}

}  // namespace anlan::api
