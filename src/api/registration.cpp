#include "api/registration.h"

#include "api/render.h"
#include "house/access.h"
#include "house/decide.h"
#include "underwriting/profile.h"

namespace anlan::api {

using namespace domain;

// The contact person goes to the vault; the event carries the reference only. The subject belongs
// to the command's key, so that a repeated command refers to the same person.
Result<PersonalRef> store_contact(Session& session, const Contact& contact,
                                  const std::string& credit_code, const std::string& key) {
  if (contact.name.empty() || session.options().rehearse) return PersonalRef{};
  ANLAN_TRY(platform::HouseFolder * folder, session.open(platform::HouseMode::kWrite));
  ANLAN_TRY(const SubjectId subject,
            folder->vault()->subject_for("enterprise " + credit_code + " " + key));
  constexpr std::uint32_t kContactSlot = 1;
  return folder->vault()->put(subject, kContactSlot,
                              contact.name + "\n" + contact.phone + "\n" + contact.email);
}

namespace {

// Nothing of a person is stored beside a command that is refused. The folder stays open for
// writing, so that nobody comes in between.
Result<Done> would_be_accepted(Session& session, const house::Command& command) {
  if (session.options().rehearse) return Done{};  // it is decided below, and nothing is stored
  ANLAN_REQUIRE(session.open(platform::HouseMode::kWrite));
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_REQUIRE(house::decide(
      *house,
      {.at = now, .actor = ActorName{session.options().actor}, .next_seq = house->head.seq + 1},
      command));
  return Done{};
}

std::string missing_facts_line(Session& session, const std::vector<Fact>& facts) {
  std::string names;
  for (const FactKind* kind : underwriting::missing_facts(facts)) {
    names +=
        (names.empty() ? "" : session.say("slip.and")) +
        with_id(session, fact_name(session, {std::string(kind->name)}), std::string(kind->name));
  }
  return names.empty() ? std::string() : session.say("brief.facts_missing", {{"facts", names}});
}

}  // namespace

Enterprise unregistered(const EnterpriseInput& input) {
  return {.legal_name = input.legal_name,
          .credit_code = input.credit_code,
          .contact = {},
          .assess_consent = input.assess_consent,
          .monitor_consent = input.monitor_consent,
          .facts = input.facts};
}

Result<Reply> register_input(Session& session, const EnterpriseInput& input) {
  // Nothing of a person is stored for somebody who may not register.
  ANLAN_TRY(const house::House* before, session.house());
  ANLAN_REQUIRE(house::may_command(*before, ActorName{session.options().actor},
                                   house::RegisterEnterprise::kName));
  house::RegisterEnterprise command{.enterprise = unregistered(input)};
  if (!session.known()) {
    ANLAN_REQUIRE(would_be_accepted(session, command));
    ANLAN_TRY(command.enterprise.contact,
              store_contact(session, input.contact, input.credit_code, session.options().key));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const house::House* house, session.house());
  const Enterprise& enterprise =
      house::find_enterprise(*house, EnterpriseId{outcome.first_seq})->enterprise;
  Node json = to_node(enterprise);
  add_outcome(json, outcome);
  Reply reply = brief_reply(session.say("brief.enterprise_registered",
                                        {{"id", to_text(enterprise.id)},
                                         {"name", enterprise.legal_name},
                                         {"code", enterprise.credit_code},
                                         {"facts", std::to_string(enterprise.facts.get().size())}}),
                            std::move(json));
  const std::string missing = missing_facts_line(session, enterprise.facts.get());
  if (!missing.empty()) {
    reply.document.paragraph(missing);
    reply.brief.push_back(missing);
  }
  return reply;
}

}  // namespace anlan::api
