// `anlan doctor`: what is wrong with an installation, what follows from it, and what to type.
#include <algorithm>
#include <array>

#include "api/machine_words.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/serve_config.h"
#include "base/refusals.h"
#include "base/to_node.h"
#include "platform/doctor.h"

namespace anlan::api {
namespace {

using platform::Finding;
using platform::Severity;

constexpr std::int64_t kDaysMax = 36'500;
constexpr std::int64_t kMibMax = std::int64_t{1} << 40;

// A word as a shell takes it for one.
std::string shell_word(const std::string& text) {
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return ('0' <= c && c <= '9') || ('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') ||
           std::string_view("/._-:+=@,").find(c) != std::string_view::npos;
  });
  if (plain || text.empty()) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

enum class ArgsFor : std::uint8_t { kSentence = 1, kCommand = 2 };

TextArgs args_of(const Finding& finding, ArgsFor use) {
  const auto shown = [&](const std::string& value) {
    return use == ArgsFor::kCommand ? shell_word(value) : value;
  };
  TextArgs args{{"subject", shown(finding.subject)}};
  for (const RefusalArg& arg : finding.args) args.emplace_back(arg.name, shown(arg.value));
  return args;
}

struct Told {
  std::string what;
  std::string effect;
  std::string fix;
  std::string cause;  // empty: there is none
};

Told told(Session& session, const Finding& finding) {
  const std::string name(finding.kind.name);
  return {.what = session.say("doctor_what." + name, args_of(finding, ArgsFor::kSentence)),
          .effect = session.say("doctor_effect." + name, args_of(finding, ArgsFor::kSentence)),
          .fix = session.say("doctor_fix." + name, args_of(finding, ArgsFor::kCommand)),
          .cause = finding.cause ? session.refusal_sentence(*finding.cause) : std::string()};
}

Reply findings_reply(Session& session, const std::vector<Finding>& found) {
  Reply reply;
  reply.json = Node::table();
  Node& list = reply.json.add("findings", Node::list());
  std::array<std::int64_t, 4> counts{};
  for (const Finding& finding : found) {
    ++counts.at(static_cast<std::size_t>(finding.kind.severity));
    const Told said = told(session, finding);
    Node node = Node::table();
    node.add("code", Node::string(finding.kind.name));
    node.add("severity", Node::string(name_of(finding.kind.severity)));
    node.add("subject", Node::string(finding.subject));
    node.add("what", Node::string(said.what));
    node.add("effect", Node::string(said.effect));
    node.add("fix", Node::string(said.fix));
    node.add("cause", finding.cause ? Node::string(finding.cause->code.name) : Node::null());
    list.items.push_back(std::move(node));
    const bool error = finding.kind.severity == Severity::kError;
    reply.document.heading(2, word(session, "severity_of_finding", finding.kind.severity) + "  " +
                                  std::string(finding.kind.name));
    reply.document.bullet(said.what, error ? "!" : "-");
    if (!said.cause.empty()) reply.document.bullet(said.cause);
    reply.document.bullet(said.effect);
    reply.document.bullet(session.say("doctor.fix", {{"fix", said.fix}}), ">");
  }
  const auto count = [&](Severity severity) {
    return counts.at(static_cast<std::size_t>(severity));
  };
  reply.json.add("errors", Node::number(count(Severity::kError)));
  reply.json.add("warnings", Node::number(count(Severity::kWarning)));
  const bool well = count(Severity::kError) == 0 && count(Severity::kWarning) == 0;
  reply.brief.push_back(session.say(well ? "doctor.well" : "doctor.ill",
                                    {{"errors", std::to_string(count(Severity::kError))},
                                     {"warnings", std::to_string(count(Severity::kWarning))}}));
  reply.document.paragraph(reply.brief.back());
  reply.status = count(Severity::kError) == 0 ? 0 : 1;
  return reply;
}

template <class T>
Node node_or_null(const std::optional<T>& value) {
  return value ? to_node(*value) : Node::null();
}

Node backup_node(const std::optional<platform::FoundBackup>& backup, Instant now) {
  if (!backup) return Node::null();
  constexpr std::int64_t kMicrosOfDay = 86'400'000'000;
  Node node = Node::table();
  node.add("file", Node::string(backup->file.filename().string()));
  node.add("at", to_node(backup->at));
  node.add("days", Node::number((now.micros() - backup->at.micros()) / kMicrosOfDay));
  node.add("sealed", Node::boolean(backup->sealed));
  return node;
}

// What is there, beside what is wrong with it.
void add_facts(Session& session, const platform::Examined& examined, Instant now, Reply& reply) {
  Node& houses = reply.json.add("houses", Node::list());
  for (const platform::HouseFacts& facts : examined.houses) {
    Node node = Node::table();
    node.add("folder", Node::string(facts.folder.string()));
    node.add("name", Node::string(facts.name));
    node.add("records", to_node(facts.records));
    node.add("seq", facts.head ? to_node(facts.head->seq) : Node::null());
    node.add("chain", facts.head ? to_node(facts.head->chain) : Node::null());
    node.add("journal_bytes", to_node(facts.journal_bytes));
    node.add("free_bytes", to_node(facts.free_bytes));
    node.add("bytes_a_day", node_or_null(facts.bytes_a_day));
    node.add("days_of_disk", node_or_null(facts.days_of_disk));
    node.add("backup", backup_node(facts.backup, now));
    houses.items.push_back(std::move(node));
    reply.document.paragraph(session.say(
        "doctor.house", {{"folder", facts.folder.string()},
                         {"records", std::to_string(facts.records)},
                         {"mib", std::to_string(facts.journal_bytes >> 20)},
                         {"free", std::to_string(facts.free_bytes >> 20)},
                         {"days", facts.days_of_disk ? std::to_string(*facts.days_of_disk) : ""},
                         {"backup", facts.backup ? facts.backup->file.filename().string() : ""}}));
  }
  Node& certificate = reply.json.add("certificate", Node::null());
  if (!examined.certificate) return;
  certificate = Node::table();
  certificate.add("from", to_node(examined.certificate->begins));
  certificate.add("until", to_node(examined.certificate->ends));
  certificate.add("days", Node::number(examined.certificate->days));
  reply.document.paragraph(
      session.say("doctor.certificate", {{"until", to_text(examined.certificate->ends)},
                                         {"days", std::to_string(examined.certificate->days)}}));
}

// The installation that the options and the file of the server describe; what is wrong with the
// file is a finding.
Result<std::vector<Finding>> take_config(const std::string& file,
                                         platform::Installation& installation) {
  std::vector<Finding> found;
  if (file.empty()) return found;
  Result<ServeConfig> read = read_serve_file(file);
  if (!read.ok()) {
    const bool unknown = read.refusal().code == anlan::refusals::kUnknownKey;
    found.push_back({.kind = unknown ? platform::findings::kConfigUnknownKey
                                     : platform::findings::kConfigRefused,
                     .subject = file,
                     .args = {},
                     .cause = read.refusal()});
    return found;
  }
  ServeConfig config = std::move(read).value();
  if (installation.houses.empty())
    installation.houses.assign(config.folders.begin(), config.folders.end());
  if (installation.accounts.empty()) installation.accounts = config.accounts;
  installation.http = std::move(config.http);
  return found;
}

// What is named goes before what the file of the server says of it. Where nothing but the
// certificate is named, no address is listened at.
void take_certificate(const std::string& certificate, const std::string& private_key,
                      platform::Installation& installation) {
  if (certificate.empty() && private_key.empty()) return;
  if (!installation.http) {
    installation.http.emplace();
    installation.http->address.clear();
  }
  if (!certificate.empty()) installation.http->certificate_file = certificate;
  if (!private_key.empty()) installation.http->key_file = private_key;
}

Result<Reply> doctor(Session& session, NodeReader& options) {
  platform::Installation installation;
  const std::vector<std::string> houses = options.texts_or_empty("houses");
  installation.houses.assign(houses.begin(), houses.end());
  installation.accounts = options.text_or("accounts", "");
  installation.backups = options.text_or("backups", "");
  const std::string config = options.text_or("config", "");
  const std::string head = options.text_or("head", "");
  const std::string certificate = options.text_or("certificate", "");
  const std::string private_key = options.text_or("private-key", "");
  installation.now = session.clock().now();
  if (options.has("on")) installation.now = options.instant("on");
  installation.backup_days_max =
      whole_option(options, "backup-days", {.lo = 0, .hi = kDaysMax, .fallback = 7});
  installation.certificate_days_min =
      whole_option(options, "certificate-days", {.lo = 0, .hi = kDaysMax, .fallback = 30});
  installation.free_bytes_min =
      static_cast<std::uint64_t>(
          whole_option(options, "free-mib", {.lo = 0, .hi = kMibMax, .fallback = 1024}))
      << 20;
  if (options.refused()) return options.report().refusal();
  if (!head.empty()) {
    ANLAN_TRY(installation.head, platform::read_signed_head(head));
  }
  ANLAN_TRY(std::vector<Finding> found, take_config(config, installation));
  if (config.empty() && installation.houses.empty() && installation.accounts.empty())
    return Refusal{.code = refusals::kNothingExamined, .path = "houses"};
  take_certificate(certificate, private_key, installation);
  session.let_go();
  platform::Examined examined = platform::examine_all(installation);
  for (Finding& finding : examined.findings) found.push_back(std::move(finding));
  Reply reply = findings_reply(session, found);
  add_facts(session, examined, installation.now, reply);
  return reply;
}

}  // namespace

std::vector<Operation> doctor_operations() {
  Option houses = many("houses", "HOUSE", "机构的数据目录", "folders of houses");
  houses.positional = true;
  return {
      {.name = "doctor",
       .command = "",
       .zh = "检查安装：目录、密钥、日志、账号、备份、证书、端口，并给出修复命令",
       .en = "examine an installation: what is wrong with it, and the command that mends it",
       .options =
           {of_machine(houses),
            of_machine(named("accounts", "FILE", "账号文件", "the file of the accounts")),
            of_machine(
                named("config", "FILE", "服务的配置文件", "the configuration of the server")),
            of_machine(
                named("certificate", "FILE", "TLS 证书（PEM）", "certificate for TLS (PEM)")),
            of_machine(named("private-key", "FILE", "证书的私钥（PEM）", "its private key (PEM)")),
            of_machine(named("backups", "DIR", "存放备份的目录", "the folder of the backups")),
            named("backup-days", "N", "备份最多几天，默认 7", "how old the newest may be, else 7"),
            of_machine(named("head", "FILE", "外部保存的签名链头", "a signed head kept elsewhere")),
            named("free-mib", "N", "磁盘至少剩余 MiB，默认 1024",
                  "free space wanted, else 1024 MiB"),
            named("certificate-days", "N", "证书至少还有几天，默认 30",
                  "days that a certificate must last, else 30"),
            named("on", "INSTANT", "按这一时刻检查，例如提前看一个月",
                  "as if it were then, e.g. a month ahead")},
       .run = doctor,
       .lengthy = true},
  };
}

}  // namespace anlan::api
