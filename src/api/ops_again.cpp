// Operations on a recorded quote: calculate it again, and explain it to the fen.
#include <algorithm>
#include <cstdlib>

#include "api/quote_again.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/version.h"
#include "base/codec.h"
#include "domain/cover.h"
#include "engine/trigger_share.h"
#include "house/views.h"
#include "platform/executor_tbb.h"
#include "underwriting/explanation.h"
#include "underwriting/price.h"

namespace anlan::api {
namespace {

using namespace domain;
using underwriting::ExplainKind;
using underwriting::ExplainStep;

// ---- anlan quote verify

Result<std::vector<QuoteId>> quotes_of(Session& session, NodeReader& options) {
  std::vector<QuoteId> out;
  for (NodeReader& item : options.list_or_empty("quote")) {
    const auto id = parse_id<QuoteTag>(item.as_text(), "quote");
    if (!id.ok()) return id.refusal();
    out.push_back(id.value());
  }
  if (!out.empty()) return out;
  ANLAN_TRY(const house::House* house, session.house());
  for (const auto& [id, file] : house->quotes) out.push_back(id);
  return out;
}

Node change_node(const FieldChange& change) {
  Node out = Node::table();
  out.add("field", Node::string(change.path));
  out.add("stored", Node::string(change.stored));
  out.add("again", Node::string(change.again));
  out.add("by", change.by.empty() ? Node::null() : Node::number_text(change.by));
  return out;
}

Node again_node(const QuoteAgain& found, const std::vector<ChangedFile>& files) {
  const LossResult stored = found.stored.loss.get();
  const LossResult again = found.again.loss.get();
  Node out = Node::table();
  out.add("quote", to_node(found.stored.id));
  out.add("same", Node::boolean(found.same()));
  out.add("same_loss", Node::boolean(encoded(stored) == encoded(again)));
  out.add("same_price", Node::boolean(encoded(found.stored.parts) == encoded(found.again.parts)));
  out.add("same_bits", Node::boolean(stored.bits == again.bits));
  out.add("digest", to_node(sha256(encoded(found.stored))));
  out.add("bits", to_node(stored.bits));
  out.add("model", Node::string(stored.model_version));
  out.add("hazard", to_node(stored.hazard));
  out.add("program", Node::string(found.stored.basis.program));
  out.add("program_of_today", Node::string(kPricer));
  Node& others = out.add("other_files", Node::list());
  for (const ChangedFile& file : files) {
    Node row = Node::table();
    row.add("path", Node::string(file.path));
    row.add("kept", to_node(file.kept));
    row.add("today", file.today ? to_node(*file.today) : Node::null());
    others.items.push_back(std::move(row));
  }
  Node& changes = out.add("changes", Node::list());
  for (const FieldChange& change : found.changes) changes.items.push_back(change_node(change));
  return out;
}

void add_again(Session& session, const QuoteAgain& found, const std::vector<ChangedFile>& files,
               Reply& reply) {
  const TextArgs args = {{"quote", to_text(found.stored.id)},
                         {"digest", short_hex(sha256(encoded(found.stored)))},
                         {"bits", short_hex(found.stored.loss.get().bits)},
                         {"count", std::to_string(found.changes.size())},
                         {"program", found.stored.basis.program},
                         {"today", std::string(kPricer)},
                         {"model", model_name(session, found.stored.loss.get().model_version)}};
  const std::string line = session.say(found.same() ? "again.same" : "again.other_program", args);
  reply.brief.push_back(line);
  reply.document.bullet(line, found.same() ? "-" : "!");
  if (!files.empty()) {
    reply.document.bullet(session.say("again.other_files", args), "!");
    for (const ChangedFile& file : files) reply.document.bullet("data/" + file.path);
  }
  Table table{.columns = {{session.say("again.field")},
                          {session.say("again.stored"), Align::kRight},
                          {session.say("again.found"), Align::kRight},
                          {session.say("again.by"), Align::kRight}}};
  for (const FieldChange& change : found.changes) {
    table.rows.push_back({change.path, change.stored, change.again, change.by});
  }
  if (!table.rows.empty()) reply.document.table(std::move(table));
}

// Refused where the quote cannot be vouched for: what this very calculation does not give again was
// not made by it, or was changed; and what another version is said to have made, anybody could say.
Result<QuoteAgain> checked_again(Session& session, PastHouses& past, QuoteId id, bool other) {
  ANLAN_TRY(QuoteAgain found, quote_again(session, past, id));
  if (found.same() || (other && !found.same_program())) return found;
  return not_reproduced(found);
}

// All are looked at before any is refused.
Result<Reply> verify(Session& session, NodeReader& options) {
  ANLAN_TRY(const std::vector<QuoteId> quotes, quotes_of(session, options));
  const bool other_program = options.flag("other-program", false);
  if (options.refused()) return options.report().refusal();
  PastHouses past(session);
  session.begin_steps(quotes.size());
  Reply reply;
  reply.json = Node::list();
  reply.document.heading(1, session.say("again.title"));
  std::vector<std::pair<QuoteId, Refusal>> refused;
  for (const QuoteId id : quotes) {
    ANLAN_REQUIRE(session.step());
    const Result<QuoteAgain> found = checked_again(session, past, id, other_program);
    if (!found.ok()) {
      refused.emplace_back(id, found.refusal());
      continue;
    }
    const std::vector<ChangedFile> files = changed_files(found->files, session.library());
    reply.json.items.push_back(again_node(*found, files));
    add_again(session, *found, files, reply);
  }
  if (refused.size() == 1 && quotes.size() == 1) return refused[0].second;
  if (!refused.empty()) {
    std::string list;
    for (const auto& [id, why] : refused) {
      list += "\n  " + to_text(id) + "  " + std::string(why.code.name) + "  " + why.value;
    }
    return Refusal{.code = refusals::kQuotesNotVouched,
                   .path = "quote",
                   .value = std::to_string(refused.size()),
                   .args = {{.name = "all", .value = std::to_string(quotes.size())},
                            {.name = "list", .value = list}}};
  }
  if (quotes.empty()) reply.document.paragraph(session.say("again.none"));
  return reply;
}

// ---- anlan quote walk

struct Walked {
  std::unique_ptr<PastHouses> past;
  std::unique_ptr<QuoteInputs> inputs;
  Quote quote;
  std::vector<Fact> facts;  // as priced: source of each
  std::vector<ExplainStep> steps;
};

// Prices the quote again first: what is explained is what was recorded, to the fen.
Result<Walked> walk_of(Session& session, QuoteId id, int threads) {
  auto past = std::make_unique<PastHouses>(session);
  ANLAN_TRY(std::unique_ptr<QuoteInputs> inputs, inputs_of(session, *past, id));
  const PricingBasis basis = inputs->basis();
  const Quote& quote = inputs->stored;
  ANLAN_TRY(const CompanyRisk risk, company_risk(basis, quote.enterprise, quote.product));
  ANLAN_TRY(const engine::Hazard* hazard, inputs->library.hazard());
  ANLAN_TRY(const underwriting::PriceLoads* loads, inputs->library.loads());
  platform::TbbExecutor executor(threads);
  GrowingTable tables(*hazard, inputs->library.tables(), executor);
  const terms::Plan plan = terms::compile(risk.wording->terms);
  const engine::InsuredCover cover =
      engine::insured_cover(*hazard, *risk.wording, plan, quote.from);
  ANLAN_TRY(const LossResult loss, tables.loss(cover, risk.input, kQuoteError));
  const PriceParts parts = underwriting::price_parts(loss, *loads, risk.product->premium);
  if (encoded(loss) != encoded(quote.loss) || encoded(parts) != encoded(quote.parts)) {
    QuoteAgain found{.stored = quote, .again = quote, .changes = {}, .files = inputs->files};
    found.again.loss = loss;
    found.again.parts = parts;
    found.changes = changes_between(found.stored, found.again);
    return not_reproduced(found);
  }
  Walked out{.past = std::move(past), .inputs = nullptr, .quote = quote, .facts = {}, .steps = {}};
  out.facts = house::known_facts(inputs->house, quote.enterprise,
                                 date_of(quote.basis.at, inputs->house.offset()));
  ANLAN_TRY(out.steps,
            underwriting::explain_price(
                {.setting = {.hazard = hazard, .table = &tables.table(), .cover = &cover},
                 .company = risk.input,
                 .terms = risk.wording->terms,
                 .perils = cover.perils,
                 .loads = *loads,
                 .filed = quote.premium,
                 .customer_pays = quote.customer_pays},
                executor));
  if (quote.decision == QuoteDecision::kDeclined) {
    // No premium was named: the way ends at the technical price.
    std::erase_if(out.steps, [](const ExplainStep& step) {
      return step.kind == ExplainKind::kFiling || step.kind == ExplainKind::kSubsidy;
    });
  }
  out.inputs = std::move(inputs);
  return out;
}

FactSource source_of(const Walked& walked, const ExplainStep& step) {
  if (step.kind == ExplainKind::kControl) {
    for (const ControlState& state : walked.quote.controls.get()) {
      if (state.control.text == step.subject) return state.source;
    }
  }
  const Fact* const fact = find_fact(walked.facts, step.subject);
  return fact ? fact->source : FactSource::kInferred;
}

std::string money_text(const ExplainStep& step) {
  return to_grouped(Money::from_minor(std::stoll(step.to), step.change.currency()));
}

std::string fact_value(Session& session, const ExplainStep& step, const std::string& value) {
  if (value.empty()) return session.say("explain.unknown");
  return fact_text(session, {.name = {step.subject}, .value = value});
}

// As it stood when the quote was made.
Result<std::string> control_question(Session& session, const Walked& walked,
                                     const std::string& control) {
  ANLAN_TRY(const protection::Questionnaire* questionnaire, walked.inputs->library.questionnaire());
  const protection::Question* const question = questionnaire->find(control);
  if (!question) return std::string();
  return std::string(session.lang() == Lang::kZh ? question->zh : question->en);
}

std::string group_name(Session& session, const std::string& id) {
  return say_or(session, "explain.group_" + id, id);
}

std::string with_clause(Session& session, std::string text, const ExplainStep& step) {
  if (!step.clause.empty()) text += session.say("explain.clause", {{"clause", step.clause}});
  return text;
}

// Hours, an amount of money, or both, as the mode of the section says.
std::string waiting_text(Session& session, const ExplainStep& step) {
  TextArgs args = {{"section", cover_name(session, step.subject)}, {"hours", step.to}};
  if (step.money.empty()) return with_clause(session, session.say("explain.waiting", args), step);
  args.push_back(
      {"amount", to_grouped(Money::from_minor(std::stoll(step.money), step.change.currency()))});
  std::string text;
  if (step.from == name_of(terms::TimeMode::kGreaterOf)) {
    text = session.say("explain.waiting_or_money", args);
  } else if (step.from == name_of(terms::TimeMode::kQualifyingThenMonetary)) {
    text = session.say("explain.waiting_then_money", args);
  } else {
    text = session.say("explain.waiting_money", args);
  }
  return with_clause(session, std::move(text), step);
}

// What one step is, in words.
Result<std::string> step_text(Session& session, const Walked& walked, const ExplainStep& step) {
  using K = ExplainKind;
  const std::string key = "explain." + std::string(name_of(step.kind));
  TextArgs args;
  switch (step.kind) {
    case K::kStart:
    case K::kFiling:
    case K::kSubsidy:
      break;
    case K::kFact:
      args = {{"fact", fact_name(session, {step.subject})},
              {"from", fact_value(session, step, step.from)},
              {"to", fact_value(session, step, step.to)},
              {"source", word(session, "fact_source", source_of(walked, step))}};
      break;
    case K::kControl: {
      ANLAN_TRY(const std::string question, control_question(session, walked, step.subject));
      args = {{"control", step.subject},
              {"question", question},
              {"source", word(session, "fact_source", source_of(walked, step))}};
      break;
    }
    case K::kPeril:
      args = {{"peril", peril_name(session, {step.subject})}};
      break;
    case K::kLoad:
      args = {{"load", session.say("explain.load_" + step.subject)}};
      break;
    case K::kWaiting:
      return waiting_text(session, step);
    case K::kCover:
    case K::kIndemnity:
      args = {{"section", cover_name(session, step.subject)}, {"hours", step.to}};
      break;
    case K::kParticipation:
      args = {{"section", cover_name(session, step.subject)},
              {"share", to_decimal(Money::from_minor(std::stoll(step.to), Currency::kCny)) + " %"}};
      break;
    case K::kSharedIncident:
    case K::kSharedYear:
      args = {{"section", group_name(session, step.subject)}, {"amount", money_text(step)}};
      break;
    case K::kDaily:
    case K::kDeductible:
    case K::kOwnRetention:
    case K::kSublimitIncident:
    case K::kSublimitYear:
    case K::kRetention:
    case K::kIncidentLimit:
    case K::kAggregateLimit:
      args = {{"section", cover_name(session, step.subject)}, {"amount", money_text(step)}};
      break;
  }
  return with_clause(session, session.say(key, args), step);
}

std::string signed_text(Money amount) {
  return amount.is_negative() ? "-" + to_grouped(-amount) : "+" + to_grouped(amount);
}

bool changes_nothing(const ExplainStep& step) {
  return step.change.is_zero() && step.change_reversed.is_zero();
}

// The heading under which a step stands.
std::string_view part_of(ExplainKind kind) {
  using K = ExplainKind;
  if (kind == K::kFact) return "facts";
  if (kind == K::kControl) return "controls";
  if (kind == K::kLoad) return "loads";
  if (kind == K::kFiling || kind == K::kSubsidy) return "filed";
  return kind == K::kStart ? "start" : "clauses";
}

struct Spoken {
  const ExplainStep* step = nullptr;
  std::string text;
};

void add_largest(Session& session, const std::vector<Spoken>& all, Document& document) {
  constexpr std::size_t kLargest = 10;
  std::vector<Spoken> sorted;
  for (const Spoken& one : all) {
    if (one.step->kind != ExplainKind::kStart) sorted.push_back(one);
  }
  const auto size = [](const Spoken& one) { return std::abs(one.step->change.minor()); };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Spoken& a, const Spoken& b) { return size(a) > size(b); });
  document.heading(2, session.say("explain.largest"));
  Table table{
      .columns = {{session.say("explain.step")}, {session.say("explain.change"), Align::kRight}}};
  for (std::size_t i = 0; i < std::min(kLargest, sorted.size()); ++i) {
    if (sorted[i].step->change.is_zero()) break;
    table.rows.push_back({sorted[i].text, signed_text(sorted[i].step->change)});
  }
  document.table(std::move(table));
}

Table step_table(Session& session) {
  return {.columns = {{session.say("explain.step")},
                      {session.say("explain.change"), Align::kRight},
                      {session.say("explain.after"), Align::kRight},
                      {session.say("explain.change_reversed"), Align::kRight}},
          .rows = {}};
}

void add_part(Session& session, const std::vector<Spoken>& all, std::string_view part,
              Document& document) {
  Table table = step_table(session);
  std::string still;
  for (const Spoken& one : all) {
    if (part_of(one.step->kind) != part) continue;
    if (changes_nothing(*one.step) && one.step->kind != ExplainKind::kSubsidy) {
      still += (still.empty() ? "" : session.say("word.list_separator")) +
               (one.step->kind == ExplainKind::kControl ? one.step->subject : one.text);
      continue;
    }
    table.rows.push_back({one.text, signed_text(one.step->change), to_grouped(one.step->cumulative),
                          signed_text(one.step->change_reversed)});
  }
  if (table.rows.empty() && still.empty()) return;
  document.heading(2, session.say("explain.part_" + std::string(part)));
  if (!table.rows.empty()) document.table(std::move(table));
  if (!still.empty()) document.paragraph(session.say("explain.still", {{"steps", still}}));
}

Node walk_node(const Walked& walked, const std::vector<Spoken>& spoken) {
  Node out = Node::table();
  const bool declined = walked.quote.decision == QuoteDecision::kDeclined;
  out.add("quote", to_node(walked.quote.id));
  out.add("enterprise", to_node(walked.quote.enterprise));
  out.add("decision", to_node(walked.quote.decision));
  out.add("technical_gross", to_node(walked.quote.parts.technical_gross));
  if (!declined) {
    out.add("filed_gross", to_node(walked.quote.premium));
    out.add("customer_pays", to_node(walked.quote.customer_pays));
  }
  out.add("standard_error", to_node(walked.quote.loss.get().standard_error));
  Node& steps = out.add("steps", Node::list());
  for (const Spoken& one : spoken) {
    Node row = to_node(*one.step);
    const bool known =
        one.step->kind == ExplainKind::kFact || one.step->kind == ExplainKind::kControl;
    row.add("source", known ? to_node(source_of(walked, *one.step)) : Node::null());
    row.add("text", Node::string(one.text));
    steps.items.push_back(std::move(row));
  }
  return out;
}

Money largest_error(const std::vector<ExplainStep>& steps) {
  Money largest = steps.front().standard_error;
  for (const ExplainStep& step : steps) largest = std::max(largest, step.standard_error);
  return largest;
}

Result<Reply> walk(Session& session, NodeReader& options) {
  const auto id = options.id<QuoteTag>("quote");
  constexpr std::int64_t kThreadsMax = 256;
  const auto threads = static_cast<int>(
      whole_option(options, "threads", {.lo = 0, .hi = kThreadsMax, .fallback = 0}));
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Walked walked, walk_of(session, id, threads));
  std::vector<Spoken> spoken;
  for (const ExplainStep& step : walked.steps) {
    ANLAN_TRY(std::string text, step_text(session, walked, step));
    spoken.push_back({.step = &step, .text = std::move(text)});
  }
  Reply reply;
  reply.document.date = to_text(date_of(walked.quote.basis.at, walked.inputs->house.offset()));
  const bool declined = walked.quote.decision == QuoteDecision::kDeclined;
  const house::EnterpriseFile* const company =
      house::find_enterprise(walked.inputs->house, walked.quote.enterprise);
  const TextArgs args = {{"quote", to_text(id)},
                         {"company", company->enterprise.legal_name},
                         {"start", to_grouped(walked.steps.front().cumulative)},
                         {"technical", to_grouped(walked.quote.parts.technical_gross)},
                         {"premium", to_grouped(walked.quote.premium)},
                         {"customer", to_grouped(walked.quote.customer_pays)},
                         {"error", to_grouped(walked.quote.loss.get().standard_error)},
                         {"worst", to_grouped(largest_error(walked.steps))}};
  reply.brief.push_back(session.say(declined ? "explain.brief_declined" : "explain.brief", args));
  reply.document.heading(1, session.say("explain.title", args));
  if (walked.quote.decision != QuoteDecision::kBindable) {
    reply.document.bullet(session.say(declined ? "explain.declined" : "explain.referred", args),
                          "!");
  }
  reply.document.paragraph(session.say(declined ? "explain.note_declined" : "explain.note", args));
  add_largest(session, spoken, reply.document);
  for (const std::string_view part : {"start", "facts", "controls", "clauses", "loads", "filed"}) {
    add_part(session, spoken, part, reply.document);
  }
  reply.json = walk_node(walked, spoken);
  return reply;
}

}  // namespace

std::vector<Operation> again_operations() {
  Option quotes = many("quote", "QUOTE", "报价编号，可多个；不写则核对全部报价",
                       "quotes, e.g. quo_20; without one: all of the house");
  quotes.positional = true;
  Option other = flag("other-program", "其他版本的报价与本程序不同时只列出差异，不作失败处理",
                      "list what differs from a quote of another version, without failing");
  Option threads = named("threads", "N", "计算线程数，不影响结果",
                         "threads of the calculation; the result is the same");
  threads.part_of_request = false;
  return {
      {.name = "quote verify",
       .command = "",
       .zh = "只用账套留存的资料重算报价，核对是否逐字节相同",
       .en = "calculate quotes again from what the house kept: the same bytes?",
       .options = {quotes, other},
       .run = verify,
       .lengthy = true},
      {.name = "quote walk",
       .command = "",
       .zh = "从平均企业到本企业：每项事实、措施、条款、费用各值多少，分毫不差",
       .en = "from the average company to this one: every fact, control, clause, load, to the fen",
       .options = {positional("quote", "QUOTE", "报价编号", "the quote, e.g. quo_20"), threads},
       .run = walk},
  };
}

}  // namespace anlan::api
