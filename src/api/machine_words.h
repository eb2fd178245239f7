// What a server puts into a request that looks at the machine it runs on: its own folders and
// files, which nobody names over HTTP (looks_at_machine, http_route.h).
#pragma once

#include <string>
#include <vector>

#include "api/operation.h"
#include "base/result.h"

namespace anlan::api {

// Of a server, as it was started; empty: there is none, and it is not looked at.
struct ServedMachine {
  std::string accounts;     // the file of the accounts
  std::string backups;      // the folder in which backups are kept
  std::string certificate;  // of TLS
  std::string private_key;  // of it
};

// An option that only whoever sits at the machine may give.
inline Option of_machine(Option option) {
  option.part_of_request = false;
  return option;
}

// `folder` and `name` of the house that is asked. Adds "--file=...", "--houses=..." and the like to
// the words. Refuses kNoBackupKept (args folder) where a backup is to be looked at and the server
// keeps none of this house.
Result<Done> add_machine_words(const Operation& operation, const ServedMachine& machine,
                               const std::string& folder, const std::string& name,
                               std::vector<std::string>& words);

}  // namespace anlan::api
