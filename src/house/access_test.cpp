#include "house/access.h"

#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "house/desk_test.h"
#include "house/refusals.h"

namespace anlan::house {
namespace {

using namespace desk;

template <std::size_t... I>
std::vector<std::pair<std::uint16_t, std::string_view>> commands_of(std::index_sequence<I...>) {
  return {{std::variant_alternative_t<I, Command>::kKind,
           std::variant_alternative_t<I, Command>::kName}...};
}

std::vector<std::pair<std::uint16_t, std::string_view>> all_commands() {
  return commands_of(std::make_index_sequence<std::variant_size_v<Command>>());
}

// REFERENCE.md 4.4, in the order of the commands: o operator, h policyholder, b broker,
// u underwriter, v vendor, c claims handler, m claims manager, f finance, s subsidy officer.
const std::vector<std::pair<std::string_view, std::string_view>>& expected_roles() {
  static const std::vector<std::pair<std::string_view, std::string_view>> kRows{
      {"appoint_actor", "o"},       {"register_enterprise", "hbu"}, {"record_facts", "hbu"},
      {"record_assessment", "hbu"}, {"place_order", "hb"},          {"pay_order", "f"},
      {"record_observation", "v"},  {"issue_quote", "bu"},          {"explain_clauses", "bu"},
      {"bind_policy", "u"},         {"grant_subsidy_budget", "s"},  {"decide_subsidy", "s"},
      {"receive_premium", "f"},     {"report_incident", "hbc"},     {"state_loss", "hbc"},
      {"record_condition", "cm"},   {"adjudicate_claim", "c"},      {"approve_claim", "cm"},
      {"pay_claim", "f"},           {"cancel_policy", "u"},         {"pay_refund", "f"},
      {"lapse_policy", "uf"},       {"issue_document", "bu"},       {"erase_personal_data", "o"},
      {"earn_premium", "f"},        {"write_off_premium", "f"},     {"pay_in_capital", "f"},
  };
  return kRows;
}

constexpr std::string_view kLetters = "ohbuvcmfsa";  // of the roles, in the order of the enum

TEST_CASE("access: kinds and names of commands are unique, and all but open_house have roles") {
  std::set<std::uint16_t> kinds;
  std::set<std::string_view> names;
  for (const auto& [kind, name] : all_commands()) {
    CAPTURE(name);
    CHECK(kinds.insert(kind).second);
    CHECK(names.insert(name).second);
    CHECK(roles_of_command(name).empty() == (name == OpenHouse::kName));
  }
  CHECK(expected_roles().size() + 1 == names.size());
  CHECK(roles_of_command("no_such_command").empty());
}

TEST_CASE("access: every pair of command and role is allowed or refused as the table says") {
  Desk desk;
  desk.open();
  for (const auto role : enum_names(static_cast<Role*>(nullptr))) {
    const char letter = kLetters[static_cast<std::size_t>(role.value) - 1];
    const ActorName name{"one." + std::string(role.name)};
    desk.must("op", AppointActor{.actor = {.name = name,
                                           .organisation = {"insurer"},
                                           .roles = {role.value},
                                           .authority = yuan(0)}});
    for (const auto& [command, letters] : expected_roles()) {
      CAPTURE(command);
      CAPTURE(role.name);
      const auto may = may_command(desk.house, name, command);
      CHECK(may.ok() == (letters.find(letter) != std::string_view::npos));
      if (!may.ok()) CHECK(may.refusal().code.name == refusals::kRoleMissing.name);
    }
  }
}

TEST_CASE("access: the auditor may give no command at all") {
  for (const auto& [kind, name] : all_commands()) {
    const auto& roles = roles_of_command(name);
    CHECK(std::find(roles.begin(), roles.end(), Role::kAuditor) == roles.end());
  }
}

TEST_CASE("access: a new appointment replaces the roles of the old one") {
  Desk desk;
  desk.open();
  CHECK(may_command(desk.house, {"uw"}, BindPolicy::kName).ok());
  desk.must("op", AppointActor{.actor = {.name = {"uw"},
                                         .organisation = {"insurer"},
                                         .roles = {Role::kAuditor},
                                         .authority = yuan(0)}});
  CHECK(!may_command(desk.house, {"uw"}, BindPolicy::kName).ok());
  CHECK(desk.house.actors.at({"uw"}).authority.is_zero());
}

}  // namespace
}  // namespace anlan::house
