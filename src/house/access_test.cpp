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
  return {{std::variant_alternative_t<I, CommandVariant>::kKind,
           std::variant_alternative_t<I, CommandVariant>::kName}...};
}

std::vector<std::pair<std::uint16_t, std::string_view>> all_commands() {
  return commands_of(std::make_index_sequence<std::variant_size_v<CommandVariant>>());
}

// REFERENCE.md 4.4, in the order of the commands: o operator, h policyholder, b broker,
// u underwriter, v vendor, c claims handler, m claims manager, f finance, s subsidy officer,
// j adjuster.
const std::vector<std::pair<std::string_view, std::string_view>>& expected_roles() {
  static const std::vector<std::pair<std::string_view, std::string_view>> kRows{
      {"appoint_actor", "o"},
      {"register_enterprise", "hbu"},
      {"record_facts", "hbu"},
      {"record_assessment", "hbu"},
      {"place_order", "hb"},
      {"pay_order", "f"},
      {"record_observation", "v"},
      {"issue_quote", "hbu"},
      {"explain_clauses", "hbu"},
      {"bind_policy", "u"},
      {"grant_subsidy_budget", "s"},
      {"decide_subsidy", "s"},
      {"receive_premium", "f"},
      {"report_incident", "hbc"},
      {"state_loss", "hbcj"},
      {"record_condition", "cmj"},
      {"adjudicate_claim", "c"},
      {"approve_claim", "cm"},
      {"pay_claim", "f"},
      {"cancel_policy", "uh"},
      {"pay_refund", "f"},
      {"return_claim", "m"},
      {"reopen_claim", "cm"},
      {"lapse_policy", "uf"},
      {"issue_document", "bucmh"},
      {"erase_personal_data", "o"},
      {"earn_premium", "f"},
      {"write_off_premium", "f"},
      {"pay_in_capital", "f"},
      {"relate_incident", "c"},
      {"recover_claim", "f"},
      {"write_off_claim", "m"},
      {"record_drill", "hbu"},
      {"endorse_policy", "u"},
      {"void_endorsement", "u"},
      {"reinstate_policy", "u"},
      {"rewrite_policy", "u"},
      {"choose_renewal", "hbu"},
      {"propose_rules", "u"},
      {"publish_rules", "u"},
      {"roll_back_rules", "u"},
      {"override_quote", "u"},
      {"decide_referral", "u"},
      {"set_subjectivity", "u"},
      {"clear_subjectivity", "bu"},
      {"waive_subjectivity", "u"},
      {"fail_subjectivity", "u"},
      {"withdraw_quote", "bu"},
      {"record_submission", "hbu"},
      {"send_submission", "bu"},
      {"withdraw_submission", "hbu"},
      {"propose_facts", "hbu"},
      {"decide_proposal", "bu"},
      {"agree_instalments", "uf"},
      {"issue_invoices", "f"},
      {"send_dunning", "f"},
      {"close_month", "f"},
      {"set_accumulation_limit", "f"},
      {"set_risk_unit_rule", "f"},
      {"set_charges", "f"},
      {"cede_facultative", "u"},
      {"apply_instrument", "hb"},
      {"decide_instrument", "s"},
      {"pay_instrument", "s"},
      {"claw_back_instrument", "s"},
      {"learn_non_disclosure", "ucm"},
      {"find_non_disclosure", "ucm"},
      {"freeze_premium", "um"},
      {"rescind_policy", "um"},
      {"show_text", "bu"},
      {"add_certificates", "u"},
      {"end_certificate", "u"},
      {"record_incident_facts", "cmj"},
      {"appoint_adjuster", "cm"},
      {"record_licence", "f"},
      {"change_consent", "hbu"},
      {"record_filing", "f"},
  };
  return kRows;
}

constexpr std::string_view kLetters = "ohbuvcmfsarj";  // of the roles, in the order of the enum

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

TEST_CASE("access: auditor and reinsurer may give no command at all") {
  for (const auto& [kind, name] : all_commands()) {
    const auto& roles = roles_of_command(name);
    CHECK(std::find(roles.begin(), roles.end(), Role::kAuditor) == roles.end());
    CHECK(std::find(roles.begin(), roles.end(), Role::kReinsurer) == roles.end());
  }
}

AppointActor appointment(std::string_view name, std::vector<Role> roles, bool replace = false) {
  return {.actor = {.name = {std::string(name)},
                    .organisation = {"insurer"},
                    .roles = std::move(roles),
                    .authority = yuan(0)},
          .replace = replace};
}

TEST_CASE("access: an appointment adds roles, and takes roles away only when it says so") {
  Desk desk;
  desk.open();
  desk.must("op", appointment("uw", {Role::kClaimsHandler, Role::kUnderwriter}));
  CHECK(desk.house.actors.at({"uw"}).roles ==
        std::vector<Role>{Role::kUnderwriter, Role::kClaimsHandler});
  CHECK(desk.refused("op", appointment("uw", {Role::kAuditor})) == refusals::kRolesApart.name);
  CHECK(may_command(desk.house, {"uw"}, BindPolicy::kName).ok());
  desk.must("op", appointment("uw", {Role::kAuditor}, true));
  CHECK(!may_command(desk.house, {"uw"}, BindPolicy::kName).ok());
  CHECK(desk.house.actors.at({"uw"}).roles == std::vector<Role>{Role::kAuditor});
  CHECK(desk.house.actors.at({"uw"}).authority.is_zero());
}

// Which pairs of duties one person may hold, REFERENCE.md 4.4 and house/access.cpp: rows and
// columns in the order of kLetters, '+' allowed.
constexpr std::string_view kTogether[] = {
    "+...........",  // o operator
    ".++.........",  // h policyholder
    ".++.........",  // b broker
    "...+.++.....",  // u underwriter
    "....+.......",  // v vendor
    "...+.++.....",  // c claims handler
    "...+.++.....",  // m claims manager
    ".......+....",  // f finance
    "........+...",  // s subsidy officer
    ".........+..",  // a auditor
    "..........+.",  // r reinsurer
    "...........+",  // j adjuster
};

TEST_CASE("access: refusal 7051 roles_apart for every pair of duties that do not go together") {
  Desk desk;
  desk.open();
  const auto roles = enum_names(static_cast<Role*>(nullptr));
  for (std::size_t row = 0; row < roles.size(); ++row) {
    for (std::size_t column = 0; column < roles.size(); ++column) {
      CAPTURE(roles[row].name);
      CAPTURE(roles[column].name);
      const auto given =
          desk.decide_as("op", appointment("new.person", {roles[row].value, roles[column].value}));
      REQUIRE(given.ok() == (kTogether[row][column] == '+'));
      if (given.ok()) continue;
      CHECK(given.refusal().code.name == refusals::kRolesApart.name);
      const std::set<std::string> named{given.refusal().args[0].value,
                                        given.refusal().args[1].value};
      CHECK(named ==
            std::set<std::string>{std::string(roles[row].name), std::string(roles[column].name)});
    }
  }
}

}  // namespace
}  // namespace anlan::house
