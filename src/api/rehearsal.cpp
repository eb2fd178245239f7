#include "api/rehearsal.h"

#include <variant>

#include "api/render.h"
#include "house/decide.h"
#include "house/event_codec.h"
#include "house/evolve.h"

namespace anlan::api {

Reply rehearsed_reply(Session& session, const std::vector<domain::Event>& events) {
  Reply reply;
  reply.json = Node::table();
  reply.json.add("dry_run", Node::boolean(true));
  Node& shown = reply.json.add("events", Node::list());
  reply.document.paragraph(session.say("rehearsed.text"));
  for (const domain::Event& event : events) {
    if (std::holds_alternative<domain::MoneyPosted>(event)) continue;
    shown.items.push_back(house::event_node(event));
    reply.document.bullet(session.say("event." + std::string(house::event_name(event))));
  }
  reply.brief.push_back(session.say("rehearsed.line", {{"events", std::to_string(events.size())}}));
  return reply;
}

Result<Rehearsal> Rehearsal::begin(Session& session) {
  ANLAN_TRY(const domain::ActorName actor,
            parse_name<domain::ActorTag>(session.options().actor, "as"));
  ANLAN_TRY(const Instant at, session.now());
  ANLAN_TRY(const house::House* house, session.house());
  Rehearsal rehearsal(*house, at, actor);
  session.let_go();
  return rehearsal;
}

Result<Done> Rehearsal::submit(const house::Command& command) {
  std::uint64_t seq = house_.head.seq;
  ANLAN_TRY(std::vector<domain::Event> events,
            house::decide(house_, {.at = at_, .actor = actor_, .next_seq = seq + 1}, command));
  for (domain::Event& event : events) {
    house::evolve(house_, {.seq = ++seq, .at = at_, .actor = actor_}, event);
    events_.push_back(std::move(event));
  }
  house_.head.seq = seq;
  return Done{};
}

}  // namespace anlan::api
