// Payee: the account that premium is paid to. It stands in payee.toml in the folder of the house:
//
//   name = "示例财产保险股份有限公司"
//   bank = "示例银行宁波分行"
//   account = "3901 0000 0000 0000 000"
//
// A wrong account is how premium is stolen. So nobody changes it over the network: whoever keeps
// the machine writes the file.
#pragma once

#include <optional>
#include <string>

#include "base/node.h"
#include "base/result.h"

namespace anlan::api {

struct Payee {
  std::string name;  // of the account
  std::string bank;
  std::string account;  // digits, letters, blanks and hyphens
  bool operator==(const Payee&) const = default;
};

// None: there is no file. Refuses as read_file, parse_toml and NodeReader, and kPayeeAccount (args
// digits, max) for an account of other signs, too short or too long.
Result<std::optional<Payee>> read_payee(const std::string& house);

Node payee_node(const std::optional<Payee>& payee);  // null: none

}  // namespace anlan::api
