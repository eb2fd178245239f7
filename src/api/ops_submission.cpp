// Operations of submissions: a company entered once, offered to several products.
#include <algorithm>

#include "api/render.h"
#include "api/submissions.h"
#include "platform/executor_tbb.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<const house::SubmissionFile*> submission_of(const house::House& house, SubmissionId id) {
  const house::SubmissionFile* file = house::find_submission(house, id);
  if (file) return file;
  return not_found("submission", to_text(id));
}

std::string_view state_of(const house::SubmissionFile& file) {
  if (file.withdrawn) return "withdrawn";
  return file.sent ? "sent" : "draft";
}

std::string answer_text(Session& session, const house::House& house,
                        const SubmissionResult& result) {
  if (!result.quote.exists()) return refused_sentence(session, result, session.lang());
  const Quote& quote = house::find_quote(house, result.quote)->quote;
  if (quote.decision == QuoteDecision::kDeclined) return word(session, "decision", quote.decision);
  return session.say("submission.answer", {{"decision", word(session, "decision", quote.decision)},
                                           {"premium", to_grouped(quote.premium)},
                                           {"customer", to_grouped(quote.customer_pays)}});
}

Node result_node(const house::House& house, const SubmissionResult& result) {
  Node node = to_node(result);
  if (!result.quote.exists()) return node;
  const Quote& quote = house::find_quote(house, result.quote)->quote;
  node.add("decision", to_node(quote.decision));
  node.add("premium", to_node(quote.premium));
  node.add("customer_pays", to_node(quote.customer_pays));
  return node;
}

Node submission_node(const house::House& house, const house::SubmissionFile& file) {
  Node node = to_node(file.submission);
  node.add("state", Node::string(state_of(file)));
  node.add("recorded_by", to_node(file.recorded_by));
  Node& results = node.add("results", Node::list());
  if (file.sent) {
    for (const SubmissionResult& result : file.sent->results)
      results.items.push_back(result_node(house, result));
  }
  return node;
}

Result<Reply> shown(Session& session, SubmissionId id) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::SubmissionFile* file, submission_of(*house, id));
  const Submission& submission = file->submission;
  Reply reply;
  reply.brief.push_back(session.say(
      "brief.submission", {{"id", to_text(id)},
                           {"company", company_name(*house, submission.enterprise)},
                           {"state", session.say("submission." + std::string(state_of(*file)))},
                           {"from", to_text(submission.from)},
                           {"count", std::to_string(submission.products.size())}}));
  reply.document.heading(1, session.say("submission.title", {{"id", to_text(id)}}));
  reply.document.paragraph(reply.brief.back());
  if (!submission.note.empty()) reply.document.paragraph(submission.note);
  Table table;
  table.columns = {{.title = session.say("list.product")},
                   {.title = session.say("list.quote")},
                   {.title = session.say("submission.answer_title")}};
  for (std::size_t i = 0; i < submission.products.size(); ++i) {
    const std::string name = with_id(session, product_name(session, submission.products[i]),
                                     submission.products[i].text);
    if (!file->sent) {
      table.rows.push_back({name, "-", session.say("submission.not_sent")});
      continue;
    }
    const SubmissionResult& result = file->sent->results[i];
    table.rows.push_back({name, result.quote.exists() ? to_text(result.quote) : "-",
                          answer_text(session, *house, result)});
    reply.brief.push_back(session.say("brief.submission_answer",
                                      {{"product", name}, {"answer", table.rows.back().back()}}));
  }
  reply.document.table(std::move(table));
  reply.json = submission_node(*house, *file);
  return reply;
}

Result<Reply> draft(Session& session, NodeReader& options) {
  Submission submission;
  submission.enterprise = options.id<EnterpriseTag>("enterprise");
  for (const std::string& text : options.texts("product")) {
    const auto product = parse_name<ProductTag>(text, "product");
    if (!product.ok()) return product.refusal();
    submission.products.push_back(*product);
  }
  submission.from = options.date("from");
  submission.note = options.text_or("note", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_REQUIRE(check_products(session, submission.products));
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::RecordSubmission{.submission = submission}));
  ANLAN_TRY(Reply reply, shown(session, SubmissionId{outcome.first_seq}));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> send(Session& session, NodeReader& options) {
  const auto id = options.id<SubmissionTag>("submission");
  if (options.refused()) return options.report().refusal();
  house::SendSubmission command{.submission = id};
  if (!session.known()) {
    ANLAN_TRY(const house::House* house, session.house());
    ANLAN_TRY(const house::SubmissionFile* file, submission_of(*house, id));
    // What was sent or withdrawn is refused before anything is calculated.
    if (file->sent || file->withdrawn) {
      return Refusal{.code = house::refusals::kAlreadyDone,
                     .path = "submission",
                     .value = to_text(id),
                     .args = {{.name = "what",
                               .value = file->sent ? "submission_sent" : "submission_withdrawn"}}};
    }
    ANLAN_TRY(const PricingBasis basis, pricing_basis(session));
    ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
    platform::TbbExecutor executor(0);
    GrowingTable tables(*hazard, session.library().tables(), executor);
    Offers offers = offers_of(basis, file->submission, tables);
    command.quotes = std::move(offers.quotes);
    command.refused = std::move(offers.refused);
    ANLAN_REQUIRE(keep_files_of(session, command.quotes));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(Reply reply, shown(session, id));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<SubmissionTag>("submission");
  if (options.refused()) return options.report().refusal();
  return shown(session, id);
}

Result<Reply> withdraw(Session& session, NodeReader& options) {
  const auto id = options.id<SubmissionTag>("submission");
  const std::string reason = options.text("reason");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Session::Outcome outcome,
            session.submit(house::WithdrawSubmission{.submission = id, .reason = reason}));
  ANLAN_TRY(Reply reply, shown(session, id));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> list(Session& session, NodeReader& options) {
  const std::string asked = options.text_or("enterprise", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("list.submission")},
                   {.title = session.say("list.company")},
                   {.title = session.say("list.state")},
                   {.title = session.say("list.products"), .align = Align::kRight},
                   {.title = session.say("list.quotes"), .align = Align::kRight}};
  reply.json = Node::list();
  for (const auto& [id, file] : house->submissions) {
    if (!asked.empty() && asked != to_text(file.submission.enterprise)) continue;
    std::size_t quotes = 0;
    if (file.sent) {
      quotes = static_cast<std::size_t>(
          std::count_if(file.sent->results.begin(), file.sent->results.end(),
                        [](const SubmissionResult& each) { return each.quote.exists(); }));
    }
    table.rows.push_back({to_text(id), company_name(*house, file.submission.enterprise),
                          session.say("submission." + std::string(state_of(file))),
                          std::to_string(file.submission.products.size()), std::to_string(quotes)});
    reply.json.items.push_back(submission_node(*house, file));
  }
  const std::size_t count = table.rows.size();
  reply.brief.push_back(
      session.say(count == 0 ? "list.none" : "list.count", {{"count", std::to_string(count)}}));
  if (count > 0) reply.document.table(std::move(table));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> submission_operations() {
  const Option submission =
      positional("submission", "SUBMISSION", "投保申请编号", "the submission, e.g. sub_9");
  const Option enterprise =
      positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9");
  return {
      {.name = "submission draft",
       .command = house::RecordSubmission::kName,
       .zh = "起草投保申请：一家企业、多个产品",
       .en = "draft a submission: one company, several products",
       .options = {enterprise,
                   many("product", "PRODUCT", "产品，可重复", "a product; repeat for more", true),
                   named("from", "YYYY-MM-DD", "保障起始日", "first day of cover", true),
                   named("note", "TEXT", "备注", "a note")},
       .run = draft},
      {.name = "submission send",
       .command = house::SendSubmission::kName,
       .zh = "送出申请：每个产品各得报价或拒绝理由",
       .en = "send it: a quote or a reason from each product",
       .options = {submission},
       .run = send},
      {.name = "submission show",
       .command = "",
       .zh = "查看投保申请",
       .en = "show a submission",
       .options = {submission},
       .run = show},
      {.name = "submission list",
       .command = "",
       .zh = "列出投保申请",
       .en = "list the submissions",
       .options = {named("enterprise", "ENTERPRISE", "只看该企业", "of this company only")},
       .run = list},
      {.name = "submission withdraw",
       .command = house::WithdrawSubmission::kName,
       .zh = "撤回投保申请",
       .en = "withdraw a submission",
       .options = {submission, named("reason", "TEXT", "理由", "reason", true)},
       .run = withdraw},
  };
}

}  // namespace anlan::api
