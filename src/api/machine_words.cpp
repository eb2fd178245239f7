#include "api/machine_words.h"

#include "api/machine_refusals.h"
#include "platform/doctor.h"

namespace anlan::api {
namespace {

void add(std::vector<std::string>& words, std::string_view option, const std::string& value) {
  if (!value.empty()) words.push_back("--" + std::string(option) + "=" + value);
}

}  // namespace

Result<Done> add_machine_words(const Operation& operation, const ServedMachine& machine,
                               const std::string& folder, const std::string& name,
                               std::vector<std::string>& words) {
  if (operation.name == "journal verify") add(words, "file", folder);
  if (operation.name == "doctor") {
    add(words, "houses", folder);
    add(words, "accounts", machine.accounts);
    add(words, "backups", machine.backups);
    add(words, "certificate", machine.certificate);
    add(words, "private-key", machine.private_key);
  }
  if (operation.name != "backup verify") return Done{};
  const std::optional<platform::FoundBackup> newest =
      machine.backups.empty() ? std::nullopt : platform::newest_backup(machine.backups, name);
  if (!newest) {
    return Refusal{.code = refusals::kNoBackupKept,
                   .path = "backups",
                   .value = name,
                   .args = {{.name = "folder", .value = machine.backups}},
                   .at = {}};
  }
  add(words, "file", newest->file.string());
  return Done{};
}

}  // namespace anlan::api
