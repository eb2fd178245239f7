// Operations on a running policy: endorsements and their voids, reinstatement, rewriting, the
// renewal's choice, and the history of what was in force when.
#include <algorithm>
#include <charconv>

#include "api/premium_change.h"
#include "api/render.h"
#include "api/risk_unit_text.h"
#include "base/refusals.h"
#include "house/decide.h"
#include "house/endorse_rules.h"
#include "house/life.h"
#include "house/views.h"
#include "underwriting/product.h"

namespace anlan::api {
namespace {

using namespace domain;
using house::PolicyFile;
using underwriting::PremiumSegment;

Result<const PolicyFile*> policy_of(const house::House& house, PolicyId id) {
  const PolicyFile* file = house::find_policy(house, id);
  if (file) return file;
  return not_found("policy", to_text(id));
}

Result<const underwriting::Product*> sold_product(Session& session, const house::House& house,
                                                  const PolicyFile& file) {
  const house::QuoteFile* quote = house::find_quote(house, file.policy.quote);
  ANLAN_CHECK(quote != nullptr);
  return session.library().product(file.policy.product, quote->quote.product_artefact);
}

Refusal unknown_choice(std::string path, std::string value, const std::vector<std::string>& names) {
  std::string choices;
  for (const std::string& name : names) choices += (choices.empty() ? "" : " | ") + name;
  return Refusal{.code = anlan::refusals::kUnknownChoice,
                 .path = std::move(path),
                 .value = value,
                 .args = {{.name = "choices", .value = choices.empty() ? "-" : choices},
                          {.name = "nearest", .value = nearest(value, names)}}};
}

// ---- what is asked for

// The policy whose price an option takes over: what was decided about it stays.
struct Pricing {
  const house::House& house;
  const PolicyFile& file;
};

Result<ChosenOption> chosen_option(Session& session, const underwriting::Product& product,
                                   const std::string& id, Pricing pricing) {
  const underwriting::FiledOption* filed = underwriting::find_option(product, id);
  if (!filed) {
    std::vector<std::string> names;
    for (const underwriting::FiledOption& each : product.options) names.push_back(each.id);
    return unknown_choice("option", id, names);
  }
  ANLAN_TRY(const terms::Wording* wording, session.library().wording(filed->wording));
  ANLAN_TRY(const Digest artefact, session.library().wording_digest(filed->wording));
  const std::int64_t year =
      wording->terms.aggregate_limit.value_or(filed->incident_maximum.minor());
  return ChosenOption{.id = filed->id,
                      .wording = filed->wording,
                      .wording_artefact = artefact,
                      .filed = filed->premium,
                      .premium = house::option_base(pricing.house, pricing.file, filed->premium),
                      .low = filed->low,
                      .high = filed->high,
                      .aggregate_limit = Money::from_minor(year, product.currency),
                      .incident_maximum = filed->incident_maximum};
}

// "85", "85 %", "97.5%": parts per million; none where it is no such text.
std::optional<std::int64_t> ppm_of(std::string text) {
  while (!text.empty() && (text.back() == '%' || text.back() == ' ')) text.pop_back();
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  const std::string decimals = point < text.size() ? text.substr(point + 1) : std::string("0");
  if (digits.empty() || digits.size() > 4 || decimals.empty() || decimals.size() > 4) return {};
  digits += decimals + std::string(4 - decimals.size(), '0');
  std::int64_t ppm = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), ppm);
  if (error != std::errc() || end != digits.data() + digits.size() || ppm < 0) return {};
  return ppm;
}

Result<ChosenFactor> chosen_factor(const underwriting::Product& product, const std::string& id,
                                   const std::string& value) {
  const underwriting::FiledFactor* filed = underwriting::find_factor(product, id);
  if (!filed) {
    std::vector<std::string> names;
    for (const underwriting::FiledFactor& each : product.factors) names.push_back(each.id);
    return unknown_choice("factor", id, names);
  }
  const std::optional<std::int64_t> ppm = ppm_of(value);
  if (!ppm) {
    return Refusal{.code = anlan::refusals::kOutOfRange,
                   .path = "value",
                   .value = value,
                   .args = {{.name = "min", .value = house::percent_of(filed->low_ppm)},
                            {.name = "max", .value = house::percent_of(filed->high_ppm)}}};
  }
  return ChosenFactor{
      .id = id, .ppm = *ppm, .low_ppm = filed->low_ppm, .high_ppm = filed->high_ppm};
}

// "2" and "AL-2026-000037/2": the number of an endorsement; 0 where it is none.
std::uint32_t number_of(const std::string& text) {
  const std::size_t slash = text.rfind('/');
  const std::string digits = slash == std::string::npos ? text : text.substr(slash + 1);
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return error == std::errc() && end == digits.data() + digits.size() ? number : 0;
}

struct Asked {
  Endorsement endorsement;
  std::string option;
  std::string factor;
  std::string value;
};

Asked read_asked(NodeReader& options) {
  Asked asked;
  asked.endorsement.kind = options.choice<EndorsementKind>("kind");
  asked.endorsement.from = options.date("from");
  asked.endorsement.reason = options.text("reason");
  asked.option = options.text_or("option", "");
  asked.factor = options.text_or("factor", "");
  asked.value = options.text_or("value", "");
  asked.endorsement.name = options.text_or("name", "");
  if (options.has("evidence"))
    asked.endorsement.observation = options.id<ObservationTag>("evidence");
  if (options.has("noticed")) asked.endorsement.noticed_on = options.date("noticed");
  if (options.has("replaces")) {
    for (const std::string& text : options.texts("replaces"))
      asked.endorsement.replaces.push_back(number_of(text));
  }
  return asked;
}

Result<Endorsement> endorsement_of(Session& session, const house::House& house,
                                   const PolicyFile& file, const Asked& asked) {
  ANLAN_TRY(const underwriting::Product* product, sold_product(session, house, file));
  Endorsement endorsement = asked.endorsement;
  if (!asked.option.empty()) {
    ANLAN_TRY(endorsement.option, chosen_option(session, *product, asked.option, {house, file}));
  }
  if (!asked.factor.empty()) {
    ANLAN_TRY(endorsement.factor, chosen_factor(*product, asked.factor, asked.value));
  }
  return endorsement;
}

// ---- what is shown

Table segments_table(Session& session, const PolicyFile& file) {
  Table table{.columns = {{.title = session.say("change.from")},
                          {.title = session.say("change.through")},
                          {.title = session.say("change.annual"), .align = Align::kRight},
                          {.title = session.say("payer.customer"), .align = Align::kRight},
                          {.title = session.say("payer.government"), .align = Align::kRight},
                          {.title = session.say("change.terms")}},
              .rows = {}};
  const underwriting::TimelineInput input = house::timeline_of(file);
  for (const PremiumSegment& each : underwriting::premium_segments(input)) {
    const underwriting::StateOfDay state = underwriting::state_on(input, each.from);
    table.rows.push_back({to_text(each.from), to_text(plus_days(each.until, -1)),
                          to_grouped(each.customer + each.government), to_grouped(each.customer),
                          to_grouped(each.government),
                          state.suspended ? session.say("policy_state.suspended")
                          : state.option  ? state.option->id
                                          : session.say("change.as_bound")});
  }
  return table;
}

Reply change_reply(Session& session, const PolicyFile& before, const PolicyFile& after,
                   std::string line) {
  Reply reply;
  reply.json = money_node(before, after);
  reply.document.paragraph(line);
  reply.document.table(segments_table(session, after));
  reply.brief.push_back(std::move(line));
  return reply;
}

// As it would be without what was recorded last: the file, less one endorsement.
PolicyFile without(const PolicyFile& file, std::uint32_t number, Instant at) {
  PolicyFile before = file;
  const house::EventContext context{.seq = 0, .at = at, .actor = {}};
  EndorsementVoided event;
  event.number = number;
  house::take_void(before, context, event);
  return before;
}

Result<house::EventContext> context_now(Session& session) {
  ANLAN_TRY(const Instant now, session.now());
  return house::EventContext{.seq = 0, .at = now, .actor = {session.options().actor}};
}

// ---- the operations

Reply endorsed_reply(Session& session, const PolicyFile& before, const PolicyFile& after,
                     const Endorsement& endorsement, bool dry_run) {
  TextArgs args = money_args(before, after);
  args.emplace_back("number", endorsement_number(after.policy.number, endorsement.number));
  args.emplace_back("kind", word(session, "endorsement_kind", endorsement.kind));
  args.emplace_back("from", to_text(endorsement.from));
  Reply reply =
      change_reply(session, before, after,
                   session.say(dry_run ? "brief.endorse_preview" : "brief.policy_endorsed", args));
  reply.json.add("endorsement", to_node(endorsement));
  reply.json.add("number", to_node(endorsement_number(after.policy.number, endorsement.number)));
  return reply;
}

Result<Reply> recorded_endorsement(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const auto& endorsed = std::get<PolicyEndorsed>(event);
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, policy_of(*house, endorsed.policy));
  const PolicyFile before =
      house::refund_of(*file) ? *file : without(*file, endorsed.endorsement.number, house->last_at);
  Reply reply = endorsed_reply(session, before, *file, endorsed.endorsement, false);
  if (endorsed.endorsement.option) warn_of_risk_unit(session, *house, *file, reply);
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> endorse(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const Asked asked = read_asked(options);
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  if (session.known()) return recorded_endorsement(session, *session.known());
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, policy_of(*house, id));
  ANLAN_TRY(Endorsement endorsement, endorsement_of(session, *house, *file, asked));
  if (dry_run) {
    ANLAN_TRY(const house::EventContext context, context_now(session));
    endorsement.number = static_cast<std::uint32_t>(file->life.changes->endorsements.size() + 1);
    ANLAN_TRY(const PolicyFile after, house::endorsed_file(*house, *file, context, endorsement));
    return endorsed_reply(session, *file, after, endorsement, true);
  }
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::EndorsePolicy{.policy = id, .endorsement = endorsement}));
  return recorded_endorsement(session, outcome);
}

Result<Reply> void_endorsement(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const std::string named = options.text("number");
  const std::string reason = options.text("reason");
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  const std::uint32_t number = number_of(named);
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, policy_of(*house, id));
  const PolicyFile before = *file;
  std::optional<Session::Outcome> outcome = session.known();
  PolicyFile after = before;
  if (!outcome) {
    ANLAN_REQUIRE(house::check_voidable(*file, number));
    ANLAN_TRY(const house::EventContext context, context_now(session));
    after = without(*file, number, context.at);
    ANLAN_REQUIRE(house::check_filed_range(*house, after));
    ANLAN_REQUIRE(house::check_days_of_incidents(*house, before, after));
    if (!dry_run) {
      ANLAN_TRY(outcome, session.submit(house::VoidEndorsement{
                             .policy = id, .number = number, .reason = reason}));
    }
  }
  TextArgs args = money_args(before, after);
  args.emplace_back("number", endorsement_number(after.policy.number, number));
  Reply reply =
      change_reply(session, before, after,
                   session.say(dry_run ? "brief.void_preview" : "brief.endorsement_voided", args));
  if (outcome) add_outcome(reply.json, *outcome);
  return reply;
}

Result<Reply> reinstate(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const Date on = options.date("on");
  const std::string reason = options.text("reason");
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, policy_of(*house, id));
  const PolicyFile before = *file;
  std::optional<Session::Outcome> outcome = session.known();
  PolicyFile after = before;
  if (!outcome) {
    ANLAN_TRY(const house::EventContext context, context_now(session));
    const house::ReinstatePolicy command{.policy = id, .on = on, .reason = reason};
    ANLAN_REQUIRE(house::decide(
        *house, {.at = context.at, .actor = context.actor, .next_seq = house->head.seq + 1},
        command));
    house::take_reinstatement(after, context, on);
    if (!dry_run) {
      ANLAN_TRY(outcome, session.submit(command));
    }
  }
  TextArgs args = money_args(before, after);
  args.emplace_back("policy", to_text(id));
  args.emplace_back("on", to_text(on));
  Reply reply = change_reply(
      session, before, after,
      session.say(dry_run ? "brief.reinstate_preview" : "brief.policy_reinstated", args));
  if (outcome) add_outcome(reply.json, *outcome);
  return reply;
}

Result<Reply> rewrite(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  const auto quote = options.id<QuoteTag>("quote");
  const std::string reason = options.text("reason");
  const bool dry_run = options.flag("dry-run", false);
  if (options.refused()) return options.report().refusal();
  const house::RewritePolicy command{.policy = id, .quote = quote, .reason = reason};
  PolicyCancelled ended;
  Policy bound;
  std::optional<Session::Outcome> outcome = session.known();
  ANLAN_TRY(const house::House* house, session.house());
  if (dry_run && !outcome) {
    ANLAN_TRY(const house::EventContext context, context_now(session));
    ANLAN_TRY(
        const std::vector<Event> events,
        house::decide(*house,
                      {.at = context.at, .actor = context.actor, .next_seq = house->head.seq + 1},
                      command));
    for (const Event& event : events) {
      if (const auto* cancelled = std::get_if<PolicyCancelled>(&event)) ended = *cancelled;
      if (const auto* next = std::get_if<PolicyBound>(&event)) bound = next->policy;
    }
  } else {
    if (!outcome) {
      ANLAN_TRY(outcome, session.submit(command));
      ANLAN_TRY(house, session.house());
    }
    ANLAN_TRY(const PolicyFile* file, policy_of(*house, id));
    ended = *file->cancelled;
    bound = house::find_policy(*house, house::find_quote(*house, quote)->policy)->policy;
  }
  Node json = Node::table();
  json.add("cancelled", to_node(ended));
  json.add("policy", to_node(bound));
  if (outcome) add_outcome(json, *outcome);
  return brief_reply(session.say(dry_run ? "brief.rewrite_preview" : "brief.policy_rewritten",
                                 {{"policy", to_text(id)},
                                  {"on", to_text(ended.on)},
                                  {"number", bound.number},
                                  {"premium", to_grouped(bound.premium)},
                                  {"customer", to_grouped(ended.refund.to_customer)},
                                  {"government", to_grouped(ended.refund.to_government)}}),
                     std::move(json));
}

Result<Reply> choose_renewal(Session& session, NodeReader& options) {
  house::ChooseRenewal command;
  command.policy = options.id<PolicyTag>("policy");
  command.choice = options.choice<RenewalChoice>("choose");
  command.reason = options.text_or("reason", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Node json = outcome_node(outcome);
  json.add("choice", to_node(command.choice));
  json.add("reason", to_node(command.reason));
  return brief_reply(session.say("brief.renewal_chosen",
                                 {{"policy", to_text(command.policy)},
                                  {"choice", word(session, "renewal_choice", command.choice)},
                                  {"reason", command.reason}}),
                     std::move(json));
}

// What one endorsement sets, in a word.
std::string sets_what(const Endorsement& endorsement) {
  if (endorsement.option) return endorsement.option->id;
  if (endorsement.factor)
    return endorsement.factor->id + " " + house::percent_of(endorsement.factor->ppm);
  return endorsement.name;
}

void add_endorsements(Session& session, const PolicyFile& file, Document& document) {
  const underwriting::LiveEndorsements live = house::timeline_of(file).live;
  for (const house::EndorsementOnFile& each : file.life.changes->endorsements) {
    const bool acts = std::find(live.begin(), live.end(), &each.endorsement) != live.end();
    const std::string state = each.voided ? session.say("change.voided")
                              : acts      ? session.say("change.acts")
                                          : session.say("change.replaced");
    document.bullet(session.say(
        "change.line", {{"number", endorsement_number(file.policy.number, each.endorsement.number)},
                        {"kind", word(session, "endorsement_kind", each.endorsement.kind)},
                        {"what", sets_what(each.endorsement)},
                        {"from", to_text(each.endorsement.from)},
                        {"at", to_text(date_of(each.at, file.policy.offset))},
                        {"by", each.by.text},
                        {"state", state},
                        {"reason", each.voided ? each.void_reason : each.endorsement.reason}}));
  }
}

Node history_node(const PolicyFile& file) {
  Node json = Node::table();
  json.add("segments", segments_node(segments_of(file)));
  json.add("endorsements", to_node(file.life.changes->endorsements));
  json.add("gaps", to_node(file.life.changes->gaps));
  json.add("written", to_node(house::written_of(file)));
  json.add("renewal", to_node(file.life.changes->renewal));
  json.add("renewal_reason", to_node(file.life.changes->renewal_reason));
  return json;
}

// Of one day: the wording, the limit and the premium in force.
void add_day(Session& session, const house::House& house, const PolicyFile& file, Date day,
             Reply& reply) {
  const house::WordingOnDay wording = house::wording_on(file, day);
  const Money limit = house::aggregate_limit_on(house, file, day);
  reply.document.paragraph(
      session.say("change.on_day", {{"day", to_text(day)},
                                    {"wording", wording.wording.text},
                                    {"limit", to_grouped(limit)},
                                    {"suspended", house::suspended_on(file, day) ? "1" : ""}}));
  Node on = Node::table();
  on.add("day", to_node(day));
  on.add("wording", to_node(wording.wording));
  on.add("wording_artefact", to_node(wording.artefact));
  on.add("aggregate_limit", to_node(limit));
  on.add("suspended", Node::boolean(house::suspended_on(file, day)));
  reply.json.add("on_day", std::move(on));
}

Result<Reply> history(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  std::optional<Date> on;
  if (options.has("on")) on = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const PolicyFile* file, policy_of(*house, id));
  Reply reply;
  reply.json = history_node(*file);
  reply.document.heading(1, session.say("change.history", {{"number", file->policy.number}}));
  reply.document.table(segments_table(session, *file));
  if (on) add_day(session, *house, *file, *on, reply);
  add_endorsements(session, *file, reply.document);
  const std::string line =
      session.say("change.summary",
                  {{"number", file->policy.number},
                   {"count", std::to_string(file->life.changes->endorsements.size())},
                   {"written", whole(house::written_of(*file))},
                   {"renewal", word(session, "renewal_choice", file->life.changes->renewal)}});
  reply.document.paragraph(line);
  reply.brief.push_back(line);
  return reply;
}

Operation endorse_operation(const Option& policy, const Option& reason, const Option& dry_run) {
  return {
      .name = "policy endorse",
      .command = house::EndorsePolicy::kName,
      .zh = "批改保单，可自任一日起生效；先用 --dry-run 看保费",
      .en = "endorse from any day of the period; --dry-run shows the premium first",
      .options =
          {policy,
           named("kind", "KIND", "类型",
                 "terms, factor, suspend, reinstate, broker, control_change, improvement, danger",
                 true),
           named("from", "YYYY-MM-DD", "生效日", "first day on which it acts", true), reason,
           named("option", "ID", "备案方案（terms）", "filed option (terms)"),
           named("factor", "ID", "备案系数（factor、improvement、danger）",
                 "filed factor (factor, improvement, danger)"),
           named("value", "PERCENT", "系数取值，例如 85", "value of the factor, e.g. 85"),
           named("name", "NAME", "经纪人，或者新的控制人",
                 "the broker, or who controls the insured"),
           named("evidence", "OBS", "证明危险程度降低的监测记录",
                 "observation that proves less danger"),
           named("noticed", "YYYY-MM-DD", "被保险人通知危险增加之日",
                 "day of the insured's notice of more danger"),
           many("replaces", "N", "所取代的批单", "endorsement that this one replaces"), dry_run},
      .run = endorse};
}

}  // namespace

std::vector<Operation> change_operations() {
  const Option policy = positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30");
  const Option reason = named("reason", "TEXT", "理由", "reason", true);
  const Option dry_run = flag("dry-run", "只计算，不记录", "only show what it would do");
  return {
      endorse_operation(policy, reason, dry_run),
      {.name = "policy void",
       .command = house::VoidEndorsement::kName,
       .zh = "撤销误作的批单，其后的批单重新适用",
       .en = "void a mistaken endorsement; the later ones act anew",
       .options = {policy, positional("number", "N", "批单序号", "the endorsement, e.g. 2"), reason,
                   dry_run},
       .run = void_endorsement},
      {.name = "policy reinstate",
       .command = house::ReinstatePolicy::kName,
       .zh = "恢复已失效的保单，失效期间不保障也不收费",
       .en = "reinstate a lapsed policy; the days between stay without cover",
       .options = {policy,
                   named("on", "YYYY-MM-DD", "恢复保障的第一天", "first day of cover again", true),
                   reason, dry_run},
       .run = reinstate},
      {.name = "policy rewrite",
       .command = house::RewritePolicy::kName,
       .zh = "改写：按日退还剩余保费，同时按新报价出单",
       .en = "rewrite: give back the days left and bind a new quote in one",
       .options = {policy, named("quote", "QUOTE", "新报价", "the new quote", true), reason,
                   dry_run},
       .run = rewrite},
      {.name = "policy renewal",
       .command = house::ChooseRenewal::kName,
       .zh = "登记期满后的安排：自动续保、不续保及理由",
       .en = "record how it goes on after its period: automatic, or not renewed and why",
       .options = {policy,
                   named("choose", "CHOICE", "选择",
                         "manual, automatic, insured_declines, insurer_declines", true),
                   named("reason", "TEXT", "理由", "reason")},
       .run = choose_renewal},
      {.name = "policy history",
       .command = "",
       .zh = "查看各时段的条款和按日保费，以及全部批单",
       .en = "what was in force when, the premium by day, every endorsement",
       .options = {policy, named("on", "YYYY-MM-DD", "某日的状态", "the state of one day")},
       .run = history},
  };
}

}  // namespace anlan::api
