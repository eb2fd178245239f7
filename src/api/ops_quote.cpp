// Operations of a price: quote, renew, show, explain.
#include "api/decision_text.h"
#include "api/evidence.h"
#include "api/kept_files.h"
#include "api/pricing.h"
#include "api/refusals.h"
#include "api/render.h"
#include "domain/peril.h"
#include "underwriting/bind.h"
#include "underwriting/percent.h"
#include "underwriting/price.h"
#include "underwriting/quote_slip.h"
#include "underwriting/reason.h"
#include "underwriting/renew.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<const house::QuoteFile*> quote_of(const house::House& house, QuoteId id) {
  const house::QuoteFile* file = house::find_quote(house, id);
  if (file) return file;
  return not_found("quote", to_text(id));
}

// Of the product's triage, and of the rules those that decide.
std::string finding_list(Session& session, const Quote& quote) {
  std::string list;
  for (const RuleFinding& finding : quote.applied) {
    if (finding.outcome < RuleOutcome::kRefer) continue;
    list += (list.empty() ? "" : session.say("word.list_separator")) +
            session.say("brief.rule_finding",
                        {{"text", session.lang() == Lang::kZh ? finding.zh : finding.en},
                         {"code", finding.code},
                         {"inputs", inputs_text(session, finding.inputs)}});
  }
  for (const TriageFinding& finding : quote.findings) {
    list += (list.empty() ? "" : session.say("word.list_separator")) +
            session.say("brief.finding",
                        {{"reason", session.say("triage." + std::string(name_of(finding.reason)))},
                         {"value", finding.value},
                         {"limit", finding.limit}});
  }
  return list;
}

std::string walk_list(Session& session, const std::vector<WalkLine>& walk) {
  std::string list;
  for (const WalkLine& line : walk) {
    const bool first = list.empty();
    const std::string sign = line.change.is_negative() ? "-" : "+";
    const Money size = line.change.is_negative() ? -line.change : line.change;
    list += (first ? "" : " " + sign + " ") + word(session, "walk_brief", line.step) + " " +
            (first && line.change.is_negative() ? "-" : "") + to_grouped(size);
  }
  return list + (walk.empty() ? "" : " = " + to_grouped(walk.back().cumulative));
}

// Why there is no subsidy, all reasons; empty where there is one.
std::string no_subsidy_list(Session& session, const Quote& quote) {
  std::string list;
  for (const SubsidyObstacle reason : quote.no_subsidy) {
    list += (list.empty() ? "" : session.say("word.list_separator")) +
            session.say("subsidy." + std::string(name_of(reason)));
  }
  return list;
}

std::string percent_of(std::uint64_t ppm) { return underwriting::percent_text(ppm); }

std::vector<std::string> quote_lines(Session& session, const Quote& quote) {
  std::vector<std::string> lines;
  const std::string id = to_text(quote.id);
  if (quote.decision != QuoteDecision::kBindable) {
    const bool declined = quote.decision == QuoteDecision::kDeclined;
    lines.push_back(session.say(declined ? "brief.quote_declined" : "brief.quote_referred",
                                {{"id", id}, {"reasons", finding_list(session, quote)}}));
  }
  if (quote.decision == QuoteDecision::kDeclined) return lines;
  lines.push_back(session.say(quote.subsidy.is_zero() ? "brief.quote_plain" : "brief.quote",
                              {{"id", id},
                               {"premium", to_grouped(quote.premium)},
                               {"subsidy", to_grouped(quote.subsidy)},
                               {"customer", to_grouped(quote.customer_pays)},
                               {"reason", no_subsidy_list(session, quote)},
                               {"valid", to_text(quote.valid_until)}}));
  lines.push_back(session.say("brief.quote_model",
                              {{"el", to_grouped(quote.loss.get().insured)},
                               {"error", to_grouped(quote.loss.get().standard_error)},
                               {"low", to_grouped(quote.loss.get().insured_low)},
                               {"high", to_grouped(quote.loss.get().insured_high)},
                               {"assumed", percent_of(quote.loss.get().assumption_share_ppm)}}));
  const underwriting::PriceRatios ratios =
      underwriting::price_ratios(quote.parts, quote.aggregate_limit, quote.incident_maximum);
  lines.push_back(session.say("brief.quote_cost",
                              {{"technical", to_grouped(quote.parts.technical_gross)},
                               {"adequacy", percent_of(ratios.adequacy)},
                               {"line", underwriting::rate_text(ratios.rate_on_line)},
                               {"incident", underwriting::rate_text(ratios.rate_on_incident)}}));
  lines.push_back(
      session.say("brief.quote_walk", {{"walk", walk_list(session, quote.walk.get())}}));
  return lines;
}

// A size is stated as the fact's name and a number: the name is said in the language.
std::string reason_text(Session& session, const underwriting::Reason& reason) {
  TextArgs args = reason.args;
  if (reason.code == underwriting::ReasonCode::kBeyondSizeLaws) {
    for (auto& [name, value] : args) value = with_word(session, "fact", value);
  }
  return session.say("reason." + std::string(name_of(reason.code)), args);
}

// The quote with the code of every step and finding, and all reasons with their sentences.
Node quote_node(Session& session, const Quote& quote) {
  Node out = to_node(quote);
  const auto add_codes = [&](std::string_view key, const auto& lines) {
    for (Member& member : out.members) {
      if (member.key != key) continue;
      for (std::size_t i = 0; i < lines.size(); ++i) {
        member.value.items[i].add("code", to_node(underwriting::reason_of(lines[i])));
      }
    }
  };
  add_codes("walk", quote.walk.get());
  add_codes("walk_reversed", quote.walk_reversed.get());
  add_codes("findings", quote.findings);
  Node reasons = Node::list();
  for (const underwriting::Reason& reason : underwriting::reasons(quote)) {
    Node row = Node::table();
    row.add("code", to_node(reason.code));
    row.add("number", to_node(static_cast<std::int64_t>(reason.code)));
    for (const auto& [name, value] : reason.args) row.add(name, Node::string(value));
    row.add("text", Node::string(reason_text(session, reason)));
    reasons.items.push_back(std::move(row));
  }
  out.add("reasons", std::move(reasons));
  out.add("systemic_ppm",
          Node::number(static_cast<std::int64_t>(underwriting::systemic_share(quote.loss.get()))));
  return out;
}

Result<Reply> show_quote(Session& session, const house::House& house,
                         const house::QuoteFile& file) {
  const Quote quote = house::offered(file);
  ANLAN_TRY(const underwriting::Product* product, session.library().product(quote.product));
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(quote.wording, quote.wording_artefact));
  Reply reply;
  std::string grantor;
  if (quote.scheme.exists()) {
    ANLAN_TRY(const underwriting::SubsidyScheme* scheme, session.library().scheme(quote.scheme));
    grantor = scheme->grantor(session.lang());
  }
  const underwriting::Speech speech{.texts = session.texts(), .lang = session.lang()};
  reply.document = underwriting::quote_slip(
      {.quote = quote,
       .product = *product,
       .wording = *wording,
       .enterprise = house::find_enterprise(house, quote.enterprise)->enterprise.legal_name,
       .grantor = grantor},
      speech);
  reply.json = quote_node(session, quote);
  reply.brief = quote_lines(session, quote);
  const auto unproven =
      unproven_facts(house::find_enterprise(house, quote.enterprise)->enterprise.facts.get());
  reply.json.add("evidence_needed", unproven_node(session, unproven));
  reply.json.add("explained", to_node(file.explained.get()));
  if (quote.decision != QuoteDecision::kDeclined && !unproven.empty()) {
    reply.document.paragraph(unproven_sentence(session, unproven));
  }
  const Result<Instant> clock = session.now();
  const Instant now = clock.ok() ? *clock : house.last_at;  // a command that is repeated
  reply.json.add("decided", decisions_node(house, file, now));
  ANLAN_REQUIRE(add_decisions(session, house, file, now, reply.document));
  return reply;
}

Result<Reply> recorded_quote(Session& session, const Session::Outcome& outcome) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::QuoteFile* file, quote_of(*house, QuoteId{outcome.first_seq}));
  ANLAN_TRY(Reply reply, show_quote(session, *house, *file));
  add_outcome(reply.json, outcome);
  return reply;
}

// With the files that it was calculated from: they are kept before the record names them.
Result<Session::Outcome> record_quote(Session& session, const Quote& quote) {
  ANLAN_TRY(const underwriting::Product* product, session.library().product(quote.product));
  ANLAN_REQUIRE(keep_files(session, *product));
  return session.submit(house::IssueQuote{.quote = quote});
}

Result<Reply> issue(Session& session, NodeReader& options) {
  PricingRequest request;
  request.enterprise = options.id<EnterpriseTag>("enterprise");
  request.product = options.name<ProductTag>("product");
  request.from = options.date("from");
  constexpr std::int64_t kThreadsMax = 256;
  request.threads = static_cast<int>(
      whole_option(options, "threads", {.lo = 0, .hi = kThreadsMax, .fallback = 0}));
  if (options.refused()) return options.report().refusal();
  if (session.known()) return recorded_quote(session, *session.known());
  ANLAN_TRY(const Quote quote, price(session, request));
  ANLAN_TRY(const Session::Outcome outcome, record_quote(session, quote));
  return recorded_quote(session, outcome);
}

// The offer, with what changes against the running policy before it.
Result<Reply> renewed(Session& session, PolicyId id, const Session::Outcome& outcome) {
  ANLAN_TRY(Reply reply, recorded_quote(session, outcome));
  ANLAN_TRY(const house::House* house, session.house());
  const Quote before =
      house::offered(*house::find_quote(*house, house::find_policy(*house, id)->policy.quote));
  ANLAN_TRY(const house::QuoteFile* quote, quote_of(*house, QuoteId{outcome.first_seq}));
  const underwriting::RenewalChange change = underwriting::renewal_change(before, quote->quote);
  const underwriting::Speech speech{.texts = session.texts(), .lang = session.lang()};
  reply.json.add("change", to_node(change));
  const auto conditions = house::subjectivities_of(*house, *quote);
  if (!conditions.empty()) {
    reply.brief.push_back(
        session.say("subjectivity.on_renewal", {{"count", std::to_string(conditions.size())}}));
  }
  if (quote->quote.decision == QuoteDecision::kDeclined) return reply;  // nothing is offered
  Document sheet = underwriting::renewal_sheet(change, speech);
  for (Block& block : reply.document.blocks) sheet.blocks.push_back(std::move(block));
  reply.document = std::move(sheet);
  reply.brief.insert(reply.brief.begin(),
                     session.say("brief.renewal", {{"before", to_grouped(change.customer_before)},
                                                   {"after", to_grouped(change.customer_after)}}));
  return reply;
}

Result<Reply> renew(Session& session, NodeReader& options) {
  const auto id = options.id<PolicyTag>("policy");
  if (options.refused()) return options.report().refusal();
  if (session.known()) return renewed(session, id, *session.known());
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* policy = house::find_policy(*house, id);
  if (!policy) return not_found("policy", to_text(id));
  ANLAN_TRY(const Instant now, session.now());
  ANLAN_TRY(const Date from,
            underwriting::renewal_start({.policy = policy->policy,
                                         .ended = policy->cancelled || policy->lapsed,
                                         .today = date_of(now, house->offset())}));
  ANLAN_TRY(const Quote quote, price(session, {.enterprise = policy->policy.enterprise,
                                               .product = policy->policy.product,
                                               .from = from,
                                               .policy_year = policy->policy.policy_year + 1,
                                               .renewal_of = id}));
  ANLAN_TRY(const Session::Outcome outcome, record_quote(session, quote));
  return renewed(session, id, outcome);
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<QuoteTag>("quote");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::QuoteFile* file, quote_of(*house, id));
  return show_quote(session, *house, *file);
}

// Shows every exemption clause in full and records that each was shown and confirmed.
Result<Reply> explain(Session& session, NodeReader& options) {
  house::ExplainClauses command;
  command.quote = options.id<QuoteTag>("quote");
  command.confirmed_by = options.text("confirmed-by");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::QuoteFile* file, quote_of(*house, command.quote));
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(file->quote.wording, file->quote.wording_artefact));
  // What nobody offers is not explained: a confirmation would look like the way to a policy.
  const house::ReferralOnFile* referral = house::referral_of(*file);
  const bool refused = referral && referral->record.outcome == ReferralOutcome::kDecline;
  if (refused || house::offered(*file).decision == QuoteDecision::kDeclined) {
    return Refusal{
        .code = house::refusals::kNotBindable,
        .path = "quote",
        .value = to_text(command.quote),
        .args = {{.name = "decision", .value = std::string(name_of(QuoteDecision::kDeclined))}}};
  }
  command.clauses = file->quote.to_explain.get();
  if (command.clauses.empty()) {
    Node json = Node::table();
    json.add("clauses", Node::list());
    json.add("texts", Node::list());
    return brief_reply(session.say("brief.nothing_to_explain", {{"id", to_text(command.quote)}}),
                       std::move(json));
  }
  command.texts = underwriting::texts_to_explain(*wording, command.clauses);
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  Reply reply;
  const underwriting::Speech speech{.texts = session.texts(), .lang = session.lang()};
  underwriting::add_clauses(speech, *wording, command.clauses, reply.document);
  reply.json = outcome_node(outcome);
  reply.json.add("clauses", to_node(command.clauses));
  reply.json.add("texts", to_node(command.texts));
  reply.brief.push_back(session.say(
      "brief.explained",
      {{"count", std::to_string(command.clauses.size())}, {"who", command.confirmed_by}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> quote_operations() {
  Option threads = named("threads", "N", "计算线程数，不影响结果",
                         "threads of the calculation; the result is the same");
  threads.part_of_request = false;
  const Option quote = positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20");
  return {
      {.name = "quote issue",
       .command = house::IssueQuote::kName,
       .zh = "报价：备案价与模型成本并列",
       .en = "quote: the filed premium with the model's cost beside it",
       .options = {positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9"),
                   named("product", "PRODUCT", "产品，例如 ningbo-2023-a（见 product list）",
                         "the product, e.g. ningbo-2023-a", true),
                   named("from", "YYYY-MM-DD", "保障起始日", "first day of cover", true), threads},
       .run = issue},
      {.name = "quote renew",
       .command = house::IssueQuote::kName,
       .zh = "续保报价与变化对照",
       .en = "quote a renewal, with what changes",
       .options = {positional("policy", "POLICY", "保单编号", "the policy, e.g. pol_30")},
       .run = renew},
      {.name = "quote show",
       .command = "",
       .zh = "查看报价单",
       .en = "show a quote slip",
       .options = {quote},
       .run = show},
      {.name = "quote explain",
       .command = house::ExplainClauses::kName,
       .zh = "逐条提示说明免责条款并留证",
       .en = "show and explain the exemption clauses, and record it",
       .options = {quote, named("confirmed-by", "TEXT", "投保方确认凭证（不含个人信息）",
                                "token of the confirmation, no personal data", true)},
       .run = explain},
  };
}

}  // namespace anlan::api
