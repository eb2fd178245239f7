#include "api/payee.h"

#include <fstream>

#include <doctest/doctest.h>

#include "api/payment_refusals.h"
#include "base/refusals.h"
#include "platform/temporary_folder.h"

namespace anlan::api {
namespace {

struct Folder {
  platform::TemporaryFolder folder = platform::TemporaryFolder::create().value();
  Result<std::optional<Payee>> read(const std::string& text) {
    std::ofstream(folder.path() + "/payee.toml") << text;
    return read_payee(folder.path());
  }
};

TEST_CASE("payee: a house without the file names none, one with it the account as it is written") {
  Folder house;
  CHECK(!read_payee(house.folder.path()).value());
  CHECK(payee_node({}).kind == Node::null().kind);
  const Payee payee = {.name = "示例保险", .bank = "示例银行", .account = "3901 0000 0000-01"};
  CHECK(house.read("name = \"示例保险\"\nbank = \"示例银行\"\naccount = \"3901 0000 0000-01\"\n")
            .value() == payee);
}

TEST_CASE("payee: an account that cannot be one, a missing line and an unknown one are refused") {
  Folder house;
  const std::string head = "name = \"a\"\nbank = \"b\"\n";
  struct Case {
    std::string text;
    RefusalCode code;
  };
  for (const Case& each :
       {Case{head + "account = \"123\"\n", refusals::kPayeeAccount},
        Case{head + "account = \"<b>12345678</b>\"\n", refusals::kPayeeAccount},
        Case{head, anlan::refusals::kMissingKey},
        Case{head + "account = \"12345678\"\nbic = \"x\"\n", anlan::refusals::kUnknownKey}}) {
    CAPTURE(each.text);
    const auto read = house.read(each.text);
    REQUIRE(!read.ok());
    CHECK(read.refusal().code == each.code);
  }
}

}  // namespace
}  // namespace anlan::api
