#include "api/payee.h"

#include <algorithm>

#include "api/payment_refusals.h"
#include "base/node_reader.h"
#include "formats/toml.h"
#include "platform/files.h"
#include "platform/refusals.h"

namespace anlan::api {
namespace {

constexpr std::ptrdiff_t kDigitsMin = 8;
constexpr std::size_t kSignsMax = 40;
constexpr std::size_t kFileMax = 16 * 1024;

bool is_account(std::string_view text) {
  const auto digit = [](char c) { return '0' <= c && c <= '9'; };
  const auto sign = [&](char c) {
    return digit(c) || ('A' <= c && c <= 'Z') || ('a' <= c && c <= 'z') || c == ' ' || c == '-';
  };
  return text.size() <= kSignsMax && std::all_of(text.begin(), text.end(), sign) &&
         std::count_if(text.begin(), text.end(), digit) >= kDigitsMin;
}

}  // namespace

Result<std::optional<Payee>> read_payee(const std::string& house) {
  const std::string file = house + "/payee.toml";
  const Result<std::string> text = platform::read_file(file, kFileMax);
  if (!text.ok() && text.refusal().code == platform::refusals::kFileMissing)
    return std::optional<Payee>();
  if (!text.ok()) return text.refusal();
  ANLAN_TRY(const Node tree, formats::parse_toml(*text, "payee.toml"));
  ReadReport report("payee.toml");
  NodeReader reader(tree, report, "payee.toml");
  Payee payee{
      .name = reader.text("name"), .bank = reader.text("bank"), .account = reader.text("account")};
  reader.finish();
  if (report.refused()) return report.refusal();
  if (!is_account(payee.account)) {
    return Refusal{.code = refusals::kPayeeAccount,
                   .path = "account",
                   .value = payee.account,
                   .args = {{.name = "digits", .value = std::to_string(kDigitsMin)},
                            {.name = "max", .value = std::to_string(kSignsMax)}}};
  }
  return std::optional<Payee>(std::move(payee));
}

Node payee_node(const std::optional<Payee>& payee) {
  if (!payee) return Node::null();
  Node node = Node::table();
  node.add("name", Node::string(payee->name));
  node.add("bank", Node::string(payee->bank));
  node.add("account", Node::string(payee->account));
  return node;
}

}  // namespace anlan::api
