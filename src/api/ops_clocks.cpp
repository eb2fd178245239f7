// Operations on the clocks of law: of one claim, and of a policy with all that runs on it.
#include "api/journal_scan.h"
#include "api/render.h"
#include "api/retention.h"
#include "claims/running_clocks.h"
#include "house/nondisclosure.h"

namespace anlan::api {
namespace {

using namespace domain;
using claims::ClockKind;
using claims::RunningClock;

Table clock_table(Session& session) {
  Table table;
  table.columns = {{.title = session.say("clocks.clock")}, {.title = session.say("clocks.article")},
                   {.title = session.say("clocks.from")},  {.title = session.say("clocks.due")},
                   {.title = session.say("clocks.done")},  {.title = session.say("clocks.state")}};
  return table;
}

std::string dated(Session& session, Date on, std::uint64_t seq) {
  return session.say("clocks.record",
                     {{"on", to_text(on)}, {"seq", seq == 0 ? "" : std::to_string(seq)}});
}

void add_row(Session& session, const RunningClock& clock, Table& table) {
  table.rows.push_back(
      {word(session, "clock", clock.kind), session.say("clocks.art", {{"article", clock.article}}),
       dated(session, clock.from, clock.from_seq),
       session.say("clocks.due_on", {{"due", to_text(clock.due)},
                                     {"moved", clock.due == clock.nominal ? "" : "yes"},
                                     {"unlisted", clock.calendar_known ? "" : "yes"}}),
       clock.done ? dated(session, *clock.done, clock.done_seq) : "",
       word(session, "clock_state", clock.state)});
}

Result<Reply> of_claim(Session& session, NodeReader& options) {
  const auto id = options.id<ClaimTag>("claim");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const std::vector<claims::ClaimRecords> records, claim_records(session, {id}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  const std::vector<RunningClock> clocks =
      claims::running_clocks(records.front(), date_of(now, house->offset()), *calendar);
  Reply reply;
  reply.document.heading(1, session.say("clocks.of_claim", {{"id", to_text(id)}}));
  Table table = clock_table(session);
  for (const RunningClock& clock : clocks) add_row(session, clock, table);
  reply.document.table(std::move(table));
  reply.document.paragraph(session.say("clocks.counted"));
  reply.document.date = to_text(date_of(now, house->offset()));
  reply.json = Node::table();
  reply.json.add("claim", to_node(id));
  reply.json.add("clocks", to_node(clocks));
  reply.brief.push_back(
      session.say("clocks.brief", {{"id", to_text(id)}, {"count", std::to_string(clocks.size())}}));
  return reply;
}

// ---- the policy: rescission, retention, and the clocks of its claims

Result<Done> add_rescission(Session& session, const house::House& house,
                            const house::PolicyFile& policy, Reply& reply) {
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  Node& list = reply.json.add("rescission", Node::list());
  for (const NonDisclosureId id : policy.nondisclosures) {
    const house::NonDisclosureFile* file = house::find_nondisclosure(house, id);
    const claims::DisclosureCase facts =
        house::disclosure_case(house, *file, date_of(now, house.offset()));
    ANLAN_TRY(const claims::DisclosureProposal proposal,
              claims::propose_disclosure(facts, *calendar));
    Node node = Node::table();
    node.add("nondisclosure", to_node(id));
    node.add("subject", Node::string(file->nondisclosure.subject));
    node.add("right", to_node(proposal.right));
    node.add("two_years", to_node(proposal.two_years));
    node.add("thirty_days", to_node(proposal.thirty_days));
    list.items.push_back(std::move(node));
    reply.document.bullet(session.say(
        "clocks.rescission",
        {{"id", to_text(id)},
         {"subject", file->nondisclosure.subject},
         {"thirty", proposal.thirty_days ? to_text(proposal.thirty_days->last) : std::string()},
         {"two", to_text(proposal.two_years.last)},
         {"right", word(session, "disclosure_right", proposal.right)}}));
  }
  return Done{};
}

Result<Done> add_claims(Session& session, const house::House& house,
                        const house::PolicyFile& policy, Reply& reply) {
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const claims::WorkCalendar* calendar, session.library().work_calendar());
  const UtcOffset offset = house.offset();
  Node list = Node::list();
  Table table = clock_table(session);
  const std::vector<ClaimId> ids = policy.claims;
  ANLAN_TRY(const std::vector<claims::ClaimRecords> records, claim_records(session, ids));
  for (std::size_t n = 0; n < ids.size(); ++n) {
    const ClaimId id = ids[n];
    Node node = Node::table();
    node.add("claim", to_node(id));
    const auto clocks = claims::running_clocks(records[n], date_of(now, offset), *calendar);
    node.add("clocks", to_node(clocks));
    list.items.push_back(std::move(node));
    for (const RunningClock& clock : clocks) {
      add_row(session, clock, table);
      table.rows.back()[0] = to_text(id) + " " + table.rows.back()[0];
    }
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
  reply.json.add("claims", std::move(list));
  return Done{};
}

Result<Reply> of_policy(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* found = house::find_policy(*house, id);
  if (!found) return not_found("policy", to_text(id));
  const house::PolicyFile policy = *found;
  Reply reply;
  reply.json = Node::table();
  reply.json.add("policy", to_node(id));
  reply.document.heading(1, session.say("clocks.of_policy", {{"id", to_text(id)}}));
  ANLAN_REQUIRE(add_rescission(session, *house, policy, reply));
  ANLAN_REQUIRE(add_claims(session, *house, policy, reply));
  const Retention kept = retention_of(policy);
  reply.document.paragraph(retention_text(session, kept));
  reply.json.add("retention", to_node(kept));
  reply.brief.push_back(retention_text(session, kept));
  return reply;
}

}  // namespace

std::vector<Operation> clock_operations() {
  return {
      {.name = "claim clocks",
       .command = "",
       .zh = "赔案的法定期间：从哪条记录起算、最后一日、是否按期",
       .en = "the periods of law of a claim: from which record, until when, kept or not",
       .options = {positional("claim", "CLAIM", "赔案编号", "the claim, e.g. clm_60")},
       .run = of_claim},
      {.name = "policy clocks",
       .command = "",
       .zh = "保单的法定期间：解除权、各赔案、资料保存",
       .en = "the periods of law of a policy: rescission, its claims, how long records are kept",
       .options = {positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30")},
       .run = of_policy},
  };
}

}  // namespace anlan::api
