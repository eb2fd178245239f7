// Submissions to several products, and facts that a document proposes.
#include <algorithm>
#include <set>

#include "house/decision.h"

namespace anlan::house {

using namespace domain;

namespace {

Result<const EnterpriseFile*> need_enterprise(const Decision& decision, EnterpriseId id) {
  const EnterpriseFile* file = find_enterprise(decision.house(), id);
  if (file) return file;
  return refuse(refusals::kNotFound, "enterprise", to_text(id));
}

Result<Done> check_submission(const Decision& decision, const Submission& submission) {
  if (submission.id.exists()) return refuse(refusals::kIdGiven, "submission.id");
  ANLAN_REQUIRE(need_enterprise(decision, submission.enterprise));
  if (submission.products.empty()) return refuse(anlan::refusals::kEmptyList, "product");
  std::set<ProductName> once;
  for (const ProductName& product : submission.products) {
    if (!once.insert(product).second)
      return refuse(refusals::kProductTwice, "product", product.text);
  }
  return Done{};
}

SubmissionId record(Decision& decision, const Submission& submission) {
  SubmissionRecorded event{.submission = submission};
  event.submission.id = SubmissionId{decision.next_seq()};
  const SubmissionId id = event.submission.id;
  decision.add(std::move(event));
  return id;
}

// Neither sent nor withdrawn.
Result<const SubmissionFile*> need_draft(const Decision& decision, SubmissionId id) {
  const SubmissionFile* file = find_submission(decision.house(), id);
  if (!file) return refuse(refusals::kNotFound, "submission", to_text(id));
  if (file->sent || file->withdrawn) {
    return refuse(
        refusals::kAlreadyDone, "submission", to_text(id),
        {{.name = "what", .value = file->sent ? "submission_sent" : "submission_withdrawn"}});
  }
  return file;
}

Refusal incomplete(const ProductName& product) {
  return refuse(refusals::kSubmissionIncomplete, "product", product.text);
}

// One answer a product, in the order of the submission.
Result<Done> answer(Decision& decision, SubmissionId id, const Submission& submission,
                    const SendSubmission& command) {
  SubmissionSent event{.submission = id, .results = {}};
  if (command.quotes.size() + command.refused.size() != submission.products.size())
    return incomplete(submission.products.front());
  for (const ProductName& product : submission.products) {
    const auto quote = std::find_if(command.quotes.begin(), command.quotes.end(),
                                    [&](const Quote& each) { return each.product == product; });
    if (quote != command.quotes.end()) {
      if (quote->enterprise != submission.enterprise || quote->from != submission.from)
        return incomplete(product);
      const QuoteId offer{decision.next_seq()};
      ANLAN_REQUIRE(decide_sale(decision, IssueQuote{.quote = *quote}));
      event.results.push_back({.product = product, .quote = offer});
      continue;
    }
    const auto refused =
        std::find_if(command.refused.begin(), command.refused.end(),
                     [&](const SubmissionResult& each) { return each.product == product; });
    if (refused == command.refused.end() || refused->quote.exists() || refused->refusal.empty())
      return incomplete(product);
    event.results.push_back(*refused);
  }
  decision.add(std::move(event));
  return Done{};
}

}  // namespace

Result<Done> decide_submission(Decision& decision, const RecordSubmission& command) {
  ANLAN_REQUIRE(check_submission(decision, command.submission));
  record(decision, command.submission);
  return Done{};
}

Result<Done> decide_submission(Decision& decision, const SendSubmission& command) {
  if (!command.submission.exists()) {
    if (!command.entered) return refuse(refusals::kNotFound, "submission");
    ANLAN_REQUIRE(check_submission(decision, *command.entered));
    const SubmissionId id = record(decision, *command.entered);
    return answer(decision, id, *command.entered, command);
  }
  ANLAN_TRY(const SubmissionFile* file, need_draft(decision, command.submission));
  if (command.entered) return refuse(refusals::kIdGiven, "submission");
  return answer(decision, command.submission, file->submission, command);
}

Result<Done> decide_submission(Decision& decision, const WithdrawSubmission& command) {
  const SubmissionFile* file = find_submission(decision.house(), command.submission);
  if (!file) return refuse(refusals::kNotFound, "submission", to_text(command.submission));
  if (file->withdrawn) {
    return refuse(refusals::kAlreadyDone, "submission", to_text(command.submission),
                  {{.name = "what", .value = "submission_withdrawn"}});
  }
  if (command.reason.empty()) return refuse(anlan::refusals::kEmptyText, "reason");
  decision.add(SubmissionWithdrawn{.submission = command.submission, .reason = command.reason});
  if (!file->sent) return Done{};
  for (const SubmissionResult& result : file->sent->results) {  // its open offers go with it
    const QuoteFile* quote = find_quote(decision.house(), result.quote);
    if (quote && !quote->policy.exists() && !quote->decided->withdrawn)
      decision.add(QuoteWithdrawn{.quote = result.quote, .reason = command.reason});
  }
  return Done{};
}

Result<Done> decide_submission(Decision& decision, const ProposeFacts& command) {
  if (command.proposal.id.exists()) return refuse(refusals::kIdGiven, "proposal.id");
  ANLAN_TRY(const EnterpriseFile* file, need_enterprise(decision, command.proposal.enterprise));
  if (command.proposal.items.empty()) return refuse(anlan::refusals::kEmptyList, "items");
  // A document that names another company is not evidence for this one.
  for (const ProposedItem& item : command.proposal.items) {
    if (item.kind != ProposedKind::kCreditCode) continue;
    if (item.value == file->enterprise.credit_code) continue;
    return refuse(refusals::kOtherCompany, "file", item.value,
                  {{.name = "expected", .value = file->enterprise.credit_code},
                   {.name = "page", .value = std::to_string(item.page)},
                   {.name = "line", .value = std::to_string(item.line)}});
  }
  FactsProposed event{.proposal = command.proposal};
  event.proposal.id = FactProposalId{decision.next_seq()};
  decision.add(std::move(event));
  return Done{};
}

namespace {

// The items are there, open, each once, and no two of them say the same thing differently.
Result<Done> check_items(const ProposalFile& file, const DecideProposal& command) {
  if (command.items.empty()) return refuse(anlan::refusals::kEmptyList, "item");
  std::set<std::uint32_t> once;
  std::set<std::pair<ProposedKind, std::string>> said;
  for (const std::uint32_t item : command.items) {
    if (item < 1 || item > file.states.size()) {
      return refuse(anlan::refusals::kOutOfRange, "item", std::to_string(item),
                    {{.name = "min", .value = "1"},
                     {.name = "max", .value = std::to_string(file.states.size())}});
    }
    const ProposedState state = file.states[item - 1];
    if (state != ProposedState::kOpen || !once.insert(item).second) {
      return refuse(refusals::kAlreadyDone, "item", std::to_string(item),
                    {{.name = "what", .value = "proposal_decided"}});
    }
    const ProposedItem& proposed = file.proposal.items[item - 1];
    if (command.confirm && !said.insert({proposed.kind, proposed.name}).second)
      return refuse(refusals::kProposedTwice, "item", proposed.name);
  }
  return Done{};
}

std::vector<Fact> confirmed_facts(const FactProposal& proposal, const DecideProposal& command) {
  std::vector<Fact> facts;
  for (const std::uint32_t number : command.items) {
    const ProposedItem& item = proposal.items[number - 1];
    if (item.kind != ProposedKind::kFact) continue;
    facts.push_back({.name = {item.name},
                     .value = item.value,
                     .source = FactSource::kDocumented,
                     .observed_on = command.observed_on});
  }
  return facts;
}

// The answers as they stood, with the confirmed ones in the place of older ones.
std::optional<Assessment> confirmed_answers(const EnterpriseFile& company,
                                            const FactProposal& proposal,
                                            const DecideProposal& command) {
  Assessment out;
  if (company.assessment) out = *company.assessment;
  if (!company.assessment) out.questionnaire = command.questionnaire;
  out.enterprise = proposal.enterprise;
  std::vector<Answer> answers = out.answers.get();
  bool any = false;
  for (const std::uint32_t number : command.items) {
    const ProposedItem& item = proposal.items[number - 1];
    if (item.kind != ProposedKind::kAnswer) continue;
    any = true;
    const Answer shown{.control = {item.name},
                       .value = item.value,
                       .source = FactSource::kDocumented,
                       .evidence = proposal.document,
                       .answered_on = command.observed_on};
    const auto known = std::find_if(answers.begin(), answers.end(), [&](const Answer& each) {
      return each.control == shown.control;
    });
    if (known == answers.end()) {
      answers.push_back(shown);
    } else {
      *known = shown;
    }
  }
  if (!any) return std::nullopt;
  out.answers = std::move(answers);
  return out;
}

}  // namespace

Result<Done> decide_submission(Decision& decision, const DecideProposal& command) {
  const ProposalFile* file = find_proposal(decision.house(), command.proposal);
  if (!file) return refuse(refusals::kNotFound, "proposal", to_text(command.proposal));
  ANLAN_REQUIRE(check_items(*file, command));
  if (!command.confirm && command.reason.empty())
    return refuse(anlan::refusals::kEmptyText, "reason");
  if (command.confirm && command.observed_on > decision.today())
    return refuse(refusals::kFutureTime, "observed_on", to_text(command.observed_on));
  const FactProposal& proposal = file->proposal;
  ANLAN_TRY(const EnterpriseFile* company, need_enterprise(decision, proposal.enterprise));
  decision.add(ProposalDecided{.proposal = proposal.id,
                               .items = command.items,
                               .confirmed = command.confirm,
                               .reason = command.reason});
  if (!command.confirm) return Done{};
  std::vector<Fact> facts = confirmed_facts(proposal, command);
  if (!facts.empty()) {
    decision.add(FactsRecorded{.enterprise = proposal.enterprise,
                               .facts = std::move(facts),
                               .document = proposal.document});
  }
  std::optional<Assessment> assessment = confirmed_answers(*company, proposal, command);
  if (!assessment) return Done{};
  if (!company->enterprise.assess_consent)
    return refuse(refusals::kConsentMissing, "assess_consent");
  assessment->id = AssessmentId{decision.next_seq()};
  decision.add(AssessmentRecorded{.assessment = std::move(*assessment)});
  return Done{};
}

}  // namespace anlan::house
