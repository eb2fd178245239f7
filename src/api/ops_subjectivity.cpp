// Operations of the conditions of underwriting: list, set, clear, waive, fail.
#include "api/decision_text.h"
#include "api/pricing.h"
#include "api/render.h"
#include "house/inputs.h"
#include "house/offer.h"
#include "underwriting/rules.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<Reply> shown(Session& session, SubjectivityId id, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const house::SubjectivityFile* file = house::find_subjectivity(*house, id);
  ANLAN_CHECK(file != nullptr);
  const Subjectivity& each = file->subjectivity;
  Node json = subjectivity_node(*house, *file, now);
  add_outcome(json, outcome);
  const SubjectivityState state = house::subjectivity_state(*house, *file, now);
  const bool proposes = state == SubjectivityState::kFailed;
  return brief_reply(
      session.say("subjectivity.brief",
                  {{"id", to_text(id)},
                   {"quote", to_text(each.quote)},
                   {"text", session.lang() == Lang::kZh ? each.terms.zh : each.terms.en},
                   {"due", to_text(each.due)},
                   {"state", word(session, "subjectivity_state", state)},
                   {"effect", effect_text(session, each.terms.effect)},
                   {"proposed", proposes ? word(session, "proposed", each.terms.effect) : ""}}),
      std::move(json));
}

Result<Reply> set(Session& session, NodeReader& options) {
  const auto quote = options.id<QuoteTag>("quote");
  const std::string path = options.text("file");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Node tree, session.read_tree(path));
  ANLAN_TRY(const std::vector<SubjectivityTerms> terms, underwriting::read_conditions(tree, path));
  if (terms.size() != 1) {
    return Refusal{.code = anlan::refusals::kOutOfRange,
                   .path = "conditions",
                   .value = std::to_string(terms.size()),
                   .args = {{.name = "min", .value = "1"}, {.name = "max", .value = "1"}}};
  }
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::SetSubjectivity{.quote = quote, .terms = terms.front()}));
  return shown(session, SubjectivityId{outcome.first_seq}, outcome);
}

// What an open quote would come to with the evidence that has come in since: none where there is
// nothing to bind, nothing new, or no evidence that clears the condition.
Result<std::optional<PricedAgain>> priced_again(Session& session, SubjectivityId id) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const house::SubjectivityFile* condition = house::find_subjectivity(*house, id);
  if (!condition || !house::evidence_for(*house, *condition, now))
    return std::optional<PricedAgain>();
  const house::QuoteFile& file = *house::find_quote(*house, condition->subjectivity.quote);
  const Date today = date_of(now, house->offset());
  const QuoteState state = house::quote_state(file, today);
  const bool open = state == QuoteState::kIssued || state == QuoteState::kReferred ||
                    state == QuoteState::kApproved;
  const bool same = file.quote.inputs == house::pricing_inputs(*house, file.quote.enterprise);
  if (!open || same || today > file.quote.from) return std::optional<PricedAgain>();
  const Quote stored = file.quote;
  const ActorName issuer = file.issued_by;
  ANLAN_TRY(PricingBasis basis, pricing_basis(session));
  basis.actor = issuer;  // whose authority the quote was held against
  ANLAN_TRY(const Quote again, price(basis, {.enterprise = stored.enterprise,
                                             .product = stored.product,
                                             .from = stored.from,
                                             .policy_year = stored.policy_year,
                                             .renewal_of = stored.renewal_of}));
  return std::optional(PricedAgain{.inputs = again.inputs,
                                   .decision = again.decision,
                                   .reasons = house::grave_reasons(again),
                                   .technical = again.parts.technical_gross});
}

Result<Reply> clear(Session& session, NodeReader& options) {
  house::ClearSubjectivity command;
  command.subjectivity = options.id<SubjectivityTag>("condition");
  command.reference = options.text_or("reference", "");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return shown(session, command.subjectivity, *session.known());
  ANLAN_TRY(command.again, priced_again(session, command.subjectivity));
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return shown(session, command.subjectivity, outcome);
}

Result<Reply> waive(Session& session, NodeReader& options) {
  house::WaiveSubjectivity command;
  command.subjectivity = options.id<SubjectivityTag>("condition");
  command.reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return shown(session, command.subjectivity, outcome);
}

Result<Reply> fail(Session& session, NodeReader& options) {
  house::FailSubjectivity command;
  command.subjectivity = options.id<SubjectivityTag>("condition");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  return shown(session, command.subjectivity, outcome);
}

// Of one quote, or all of the house; --open: those that are not met.
Result<Reply> list(Session& session, NodeReader& options) {
  QuoteId asked;
  if (options.has("quote")) asked = options.id<QuoteTag>("quote");
  const bool open = options.flag("open", false);
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  if (asked.exists() && !house::find_quote(*house, asked))
    return not_found("quote", to_text(asked));
  std::vector<const house::SubjectivityFile*> files;
  Reply reply;
  reply.json = Node::list();
  for (const auto& [id, file] : house->subjectivities) {
    if (asked.exists() && file.subjectivity.quote != asked) continue;
    if (open && !house::is_unmet(house::subjectivity_state(*house, file, now))) continue;
    files.push_back(&file);
    reply.json.items.push_back(subjectivity_node(*house, file, now));
  }
  add_subjectivities(session, *house, files, now, reply.document);
  reply.brief.push_back(session.say(files.empty() ? "list.none" : "list.count",
                                    {{"count", std::to_string(files.size())}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> subjectivity_operations() {
  const Option condition =
      positional("condition", "CONDITION", "承保条件编号", "the condition, e.g. sbj_41");
  return {
      {.name = "subjectivity list",
       .command = "",
       .zh = "列出承保条件：约束还是建议、期限、状态、可解除它的证据",
       .en = "list conditions of underwriting: which bind, which advise, due, state, evidence",
       .options = {positional("quote", "QUOTE", "报价编号，缺省为全部", "of one quote", false),
                   flag("open", "只看未满足的", "only those that are not met")},
       .run = list},
      {.name = "subjectivity set",
       .command = house::SetSubjectivity::kName,
       .zh = "对报价或其保单设定一项承保条件",
       .en = "set a condition on a quote, or on the policy that it became",
       .options = {positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20"),
                   named("file", "FILE", "条件文件（TOML，[[conditions]]）",
                         "file of one condition (TOML, [[conditions]])", true)},
       .run = set},
      {.name = "subjectivity clear",
       .command = house::ClearSubjectivity::kName,
       .zh = "登记已满足：凭在案证据，或由核保人说明",
       .en = "record that it is met: by the evidence on file, or by an underwriter's word",
       .options = {condition,
                   named("reference", "TEXT", "核保人所见的依据", "what the underwriter saw")},
       .run = clear},
      {.name = "subjectivity waive",
       .command = house::WaiveSubjectivity::kName,
       .zh = "由另一人免除",
       .en = "waive it, by a second person",
       .options = {condition, named("reason", "TEXT", "理由", "why", true)},
       .run = waive},
      {.name = "subjectivity fail",
       .command = house::FailSubjectivity::kName,
       .zh = "登记到期未满足，提出后果",
       .en = "record that its day passed unmet; its consequence is proposed",
       .options = {condition},
       .run = fail},
  };
}

}  // namespace anlan::api
