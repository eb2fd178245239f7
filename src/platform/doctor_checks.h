// The parts of doctor.h, one file each.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "platform/doctor.h"
#include "platform/verify.h"

namespace anlan::platform {

// What is known of a house once it was looked at, for the parts that look at others.
struct ExaminedHouse {
  std::filesystem::path folder;
  std::optional<VerifyReport> report;  // none: it could not be read to its end
  std::string name;                    // empty: not known
  bool in_use = false;                 // a process holds its lock
};

ExaminedHouse examine_house(const Installation& installation, const std::filesystem::path& folder,
                            std::vector<Finding>& found);
// `houses`: that were looked at. Whether a process has the accounts open.
bool examine_accounts(const Installation& installation, const std::vector<ExaminedHouse>& houses,
                      std::vector<Finding>& found);
// `runs`: something that this server would open is open already, so that its port is its own.
void examine_server(const Installation& installation, bool runs, std::vector<Finding>& found);

// What is there of a house that was looked at; none: there is no such folder.
std::optional<HouseFacts> facts_of(const Installation& installation, const ExaminedHouse& house);
// Of the certificate that the server would be started with; none: there is none that can be read.
std::optional<CertificateFacts> certificate_facts(const Installation& installation);

// "0750"; of a file that is there.
std::string octal_mode(const struct stat& info);
// The number of the process that holds the lock in this file; none: nobody does. It is asked for
// with a shared lock that is let go at once.
std::optional<std::string> lock_holder(const std::filesystem::path& lock);

}  // namespace anlan::platform
