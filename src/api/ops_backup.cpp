// Backups of a house, in the open or sealed, with the accounts of its server or without.
#include "api/machine_words.h"
#include "api/refusals.h"
#include "api/render.h"
#include "platform/backup.h"

namespace anlan::api {
namespace {

using platform::VerifyReport;

// The first line of a file, so that no passphrase stands in a list of processes.
Result<platform::Passphrase> read_passphrase(Session& session, const std::string& path) {
  ANLAN_TRY(const std::string text, session.read_text(path));
  return platform::Passphrase{.text = text.substr(0, text.find_first_of("\r\n"))};
}

Refusal seal_twice(const std::string& path) {
  return Refusal{
      .code = refusals::kSealTwice, .path = "passphrase-file", .value = path, .args = {}, .at = {}};
}

Reply report_reply(Session& session, std::string_view key, const VerifyReport& report,
                   bool sealed) {
  Node json = platform::to_node(report);
  json.add("sealed", Node::boolean(sealed));
  return brief_reply(session.say(key, {{"records", std::to_string(report.records)},
                                       {"commands", std::to_string(report.commands)},
                                       {"seq", std::to_string(report.head.seq)},
                                       {"chain", short_hex(report.head.chain)},
                                       {"head", ""},
                                       {"sealed", sealed ? "1" : ""}}),
                     std::move(json));
}

Result<std::optional<platform::SealTo>> seal_asked(Session& session, const std::string& recipient,
                                                   const std::string& passphrase) {
  std::optional<platform::SealTo> seal;
  if (!recipient.empty() && !passphrase.empty()) return seal_twice(passphrase);
  if (!recipient.empty()) {
    ANLAN_TRY(const platform::SealPublicKey key, platform::read_seal_public(recipient));
    seal.emplace(key);
  }
  if (!passphrase.empty()) {
    ANLAN_TRY(platform::Passphrase text, read_passphrase(session, passphrase));
    seal.emplace(std::move(text));
  }
  return seal;
}

Result<Reply> backup(Session& session, NodeReader& options) {
  const std::string target = options.text("target");
  const std::string recipient = options.text_or("seal-to", "");
  const std::string passphrase = options.text_or("passphrase-file", "");
  platform::BackupOptions asked;
  asked.accounts = options.text_or("accounts", "");
  asked.accounts_key = options.text_or("accounts-key", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(asked.seal, seal_asked(session, recipient, passphrase));
  ANLAN_TRY(const VerifyReport report,
            platform::backup(session.options().folder, target, session.clock(), asked));
  Reply reply = report_reply(session, "brief.backup", report, asked.seal.has_value());
  if (!asked.accounts.empty() && asked.accounts_key.empty()) {
    reply.brief.push_back(session.say("brief.backup_without_accounts_key",
                                      {{"file", asked.accounts.string() + ".key"}}));
    reply.document.paragraph(reply.brief.back());
  }
  return reply;
}

Result<std::optional<platform::OpenWith>> opening_asked(Session& session, const std::string& key,
                                                        const std::string& passphrase) {
  std::optional<platform::OpenWith> with;
  if (!key.empty() && !passphrase.empty()) return seal_twice(passphrase);
  if (!key.empty()) {
    ANLAN_TRY(platform::SecretKey secret, platform::read_seal_secret(key));
    with.emplace(std::move(secret));
  }
  if (!passphrase.empty()) {
    ANLAN_TRY(platform::Passphrase text, read_passphrase(session, passphrase));
    with.emplace(std::move(text));
  }
  return with;
}

Result<Reply> verify(Session& session, NodeReader& options) {
  const std::string file = options.text("file");
  const std::string key = options.text_or("key-file", "");
  const std::string passphrase = options.text_or("passphrase-file", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::optional<platform::OpenWith> with, opening_asked(session, key, passphrase));
  session.let_go();
  ANLAN_TRY(const VerifyReport report,
            platform::verify_backup(file, {.verify = {}, .with = with ? &*with : nullptr}));
  return report_reply(session, "brief.backup_verified", report, with.has_value());
}

Result<Reply> restore(Session& session, NodeReader& options) {
  const std::string file = options.text("file");
  const std::string key = options.text_or("key-file", "");
  const std::string passphrase = options.text_or("passphrase-file", "");
  const std::string accounts = options.text_or("accounts", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::optional<platform::OpenWith> with, opening_asked(session, key, passphrase));
  ANLAN_TRY(
      const VerifyReport report,
      platform::restore(file, session.options().folder,
                        {.verify = {}, .with = with ? &*with : nullptr, .accounts = accounts}));
  return report_reply(session, "brief.restore", report, with.has_value());
}

Result<Reply> make_keys(Session& session, NodeReader& options) {
  const std::string file = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const platform::SealPublicKey key, platform::create_seal_keys(file));
  Node json = Node::table();
  json.add("secret", Node::string(file));
  json.add("public", Node::string(file + ".pub"));
  json.add("public_key", Node::string(to_hex(key)));
  return brief_reply(session.say("brief.backup_key", {{"file", file}}), std::move(json));
}

Option key_file() {
  return named("key-file", "FILE", "开启用的私钥（anlan backup key）",
               "the secret key that opens it (anlan backup key)");
}
Option passphrase_file(std::string_view zh, std::string_view en) {
  return named("passphrase-file", "FILE", zh, en);
}

}  // namespace

std::vector<Operation> backup_operations() {
  const Option file = positional("file", "FILE", "备份文件", "the backup file");
  const Option opened = passphrase_file("首行为口令的文件；- 为标准输入",
                                        "its first line is the passphrase; - for standard input");
  return {
      {.name = "backup",
       .command = "",
       .zh = "在线备份到一个文件，可加密",
       .en = "back up to one file, online, sealed if asked",
       .options = {positional("target", "FILE", "备份文件", "the backup file"),
                   named("seal-to", "FILE", "以此公钥加密", "seal it to this public key"),
                   passphrase_file("以该文件首行的口令加密",
                                   "seal it with the passphrase in its first line"),
                   named("accounts", "FILE", "连同服务的账号文件（须加密）",
                         "with the accounts of the server; sealed only"),
                   named("accounts-key", "FILE", "再连同封存验证码的密钥（须加密）",
                         "and with the key of their second factors; sealed only")},
       .run = backup,
       .writes = true},
      {.name = "backup verify",
       .command = "",
       .zh = "从头到尾校验一个备份",
       .en = "verify a backup from its first byte to its last",
       .options = {of_machine(file), of_machine(key_file()), of_machine(opened)},
       .run = verify,
       .lengthy = true},
      {.name = "backup key",
       .command = "",
       .zh = "生成备份的密钥对：FILE 为私钥，FILE.pub 为公钥",
       .en = "make a pair of keys for backups: FILE, and FILE.pub to seal with",
       .options = {positional("file", "FILE", "私钥文件", "the file of the secret key")},
       .run = make_keys,
       .writes = true},
      {.name = "restore",
       .command = "",
       .zh = "从备份恢复到 --house",
       .en = "restore a backup into --house",
       .options = {file, key_file(), opened,
                   named("accounts", "FILE", "其中的账号写到这里，密钥写到 FILE.key",
                         "where its accounts go; their key to FILE.key")},
       .run = restore,
       .writes = true},
  };
}

}  // namespace anlan::api
