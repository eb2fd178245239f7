// Operations of uploaded documents: what one seems to say is proposed, a person confirms it, and
// only then it is a fact.
#include <charconv>

#include "api/may.h"
#include "api/refusals.h"
#include "api/render.h"
#include "formats/refusals.h"
#include "formats/xlsx_reader.h"
#include "platform/pdf_text.h"
#include "protection/answer.h"
#include "underwriting/document_facts.h"

namespace anlan::api {
namespace {

using namespace domain;
using underwriting::TextLine;

Result<const house::ProposalFile*> proposal_of(const house::House& house, FactProposalId id) {
  const house::ProposalFile* file = house::find_proposal(house, id);
  if (file) return file;
  return not_found("proposal", to_text(id));
}

constexpr std::size_t kSheetTextMax = 8u << 20;  // bytes, as of a PDF

Refusal too_much_text(const std::string& path) {
  return Refusal{.code = formats::refusals::kFileTooLarge,
                 .path = "file",
                 .value = path,
                 .args = {{.name = "max", .value = std::to_string(kSheetTextMax >> 20)}}};
}

// Sheets as pages, rows as lines, a row in the place that its number says.
Result<std::string> sheet_text(BytesView bytes, const std::string& path) {
  ANLAN_TRY(const std::vector<formats::SheetTable> book, formats::read_xlsx(bytes, path));
  std::string text;
  for (const formats::SheetTable& table : book) {
    const std::int64_t last = table.rows.empty() ? 0 : table.rows.back().row;
    if (text.size() + static_cast<std::size_t>(last) > kSheetTextMax) return too_much_text(path);
    if (&table != &book.front()) text += '\f';
    int line = 1;
    for (const formats::SheetRow& row : table.rows) {
      text.append(static_cast<std::size_t>(row.row - line), '\n');
      line = row.row;
      std::string cells;
      for (const formats::SheetCell& cell : row.cells)
        cells += (cells.empty() ? "" : "  ") + cell.text;
      for (char& c : cells) c = c == '\n' || c == '\f' || c == '\r' ? ' ' : c;
      text += cells;
      if (text.size() > kSheetTextMax) return too_much_text(path);
    }
  }
  return text;
}

struct Read {
  DocumentForm form = DocumentForm::kPdf;
  std::string text;
};

// By what the file is, not by its name.
Result<Read> read_document(BytesView bytes, const std::string& path) {
  const auto begins = [&](std::string_view magic) {
    return bytes.size() >= magic.size() &&
           std::string_view(reinterpret_cast<const char*>(bytes.data()), magic.size()) == magic;
  };
  Read read;
  if (begins("%PDF-")) {
    ANLAN_TRY(read.text, platform::pdf_text(bytes));
    return read;
  }
  if (begins("PK\x03\x04")) {
    read.form = DocumentForm::kXlsx;
    ANLAN_TRY(read.text, sheet_text(bytes, path));
    return read;
  }
  return Refusal{.code = refusals::kFileFormUnknown,
                 .path = "file",
                 .value = path,
                 .args = {{.name = "choices", .value = "PDF | XLSX"}}};
}

// Answers that the questionnaire would not take are no answers.
Result<std::vector<ProposedItem>> items_of(Session& session, const std::string& text, Date today) {
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  std::vector<ProposedItem> items;
  for (ProposedItem& item : underwriting::proposed_items(underwriting::text_lines(text))) {
    if (item.kind == ProposedKind::kAnswer) {
      const protection::Question* question = questionnaire->find(item.name);
      if (!question) continue;
      const auto value = protection::check_answer(*question, item.value, today, item.name);
      if (!value.ok()) continue;
      item.value = *value;
    }
    items.push_back(std::move(item));
  }
  return items;
}

std::string item_name(Session& session, const ProposedItem& item) {
  if (item.kind == ProposedKind::kFact) return fact_name(session, {item.name});
  if (item.kind == ProposedKind::kCreditCode) return session.say("list.credit_code");
  return item.name;
}

std::string item_value(Session& session, const ProposedItem& item) {
  if (item.kind != ProposedKind::kFact) return item.value;
  return fact_text(session, {.name = {item.name}, .value = item.value});
}

// What the house holds today for the same thing, with where it comes from.
std::string known_value(Session& session, const house::EnterpriseFile& company,
                        const ProposedItem& item) {
  const auto said = [&](const std::string& value, FactSource source) {
    return session.say("document.known",
                       {{"value", value}, {"source", word(session, "fact_source", source)}});
  };
  if (item.kind == ProposedKind::kFact) {
    const std::vector<Fact> facts = company.enterprise.facts.get();
    const Fact* fact = find_fact(facts, item.name);
    return fact ? said(fact_text(session, *fact), fact->source) : "-";
  }
  if (item.kind == ProposedKind::kCreditCode) return company.enterprise.credit_code;
  if (!company.assessment) return "-";
  for (const Answer& answer : company.assessment->answers.get()) {
    if (answer.control.text == item.name) return said(answer.value, answer.source);
  }
  return "-";
}

// The lines that the items quote, from the text that was kept; those whose digest differs are left
// out.
Result<std::vector<std::string>> quoted_lines(platform::FileBlobs blobs,
                                              const FactProposal& proposal) {
  std::vector<std::string> out(proposal.items.size());
  ANLAN_TRY(const std::optional<Bytes> bytes, blobs.find(proposal.text));
  if (!bytes) return out;
  const std::string text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  const std::vector<TextLine> lines = underwriting::text_lines(text);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const ProposedItem& item = proposal.items[i];
    for (const TextLine& line : lines) {
      const bool there = line.page == item.page && line.line == item.line;
      if (there && sha256(bytes_of(line.text)) == item.quoted) out[i] = line.text;
    }
  }
  return out;
}

Node proposal_node(const house::ProposalFile& file) {
  Node node = to_node(file.proposal);
  node.add("proposed_by", to_node(file.proposed_by));
  Node& states = node.add("states", Node::list());
  for (const ProposedState state : file.states) states.items.push_back(to_node(state));
  Node& by = node.add("decided_by", Node::list());
  for (const ActorName& actor : file.decided_by) by.items.push_back(to_node(actor));
  return node;
}

Result<Reply> shown(Session& session, FactProposalId id) {
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ProposalFile* file, proposal_of(*house, id));
  ANLAN_TRY(platform::FileBlobs blobs, session.blobs());
  const FactProposal& proposal = file->proposal;
  ANLAN_TRY(const std::vector<std::string> lines, quoted_lines(std::move(blobs), proposal));
  const house::EnterpriseFile& company = *house::find_enterprise(*house, proposal.enterprise);
  Reply reply;
  reply.document.heading(1, session.say("document.title", {{"id", to_text(id)}}));
  std::size_t open = 0;
  for (const ProposedState state : file->states) open += state == ProposedState::kOpen ? 1 : 0;
  reply.brief.push_back(
      session.say("brief.proposal", {{"id", to_text(id)},
                                     {"company", company.enterprise.legal_name},
                                     {"count", std::to_string(proposal.items.size())},
                                     {"open", std::to_string(open)},
                                     {"document", short_hex(proposal.document)}}));
  reply.document.paragraph(reply.brief.back());
  Table table;
  table.columns = {{.title = session.say("document.item"), .align = Align::kRight},
                   {.title = session.say("label.fact")},
                   {.title = session.say("document.proposed")},
                   {.title = session.say("document.on_file")},
                   {.title = session.say("document.place")},
                   {.title = session.say("list.state")}};
  for (std::size_t i = 0; i < proposal.items.size(); ++i) {
    const ProposedItem& item = proposal.items[i];
    table.rows.push_back({std::to_string(i + 1), item_name(session, item),
                          item_value(session, item), known_value(session, company, item),
                          session.say("document.at", {{"page", std::to_string(item.page)},
                                                      {"line", std::to_string(item.line)}}),
                          word(session, "proposed_state", file->states[i])});
  }
  reply.document.table(std::move(table));
  reply.document.heading(2, session.say("document.quoted"));
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string line = lines[i];
    line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
    reply.document.bullet(std::to_string(i + 1) + ": " +
                          (line.empty() ? session.say("document.line_gone") : line));
  }
  reply.document.paragraph(session.say("document.not_in_price"));
  reply.json = proposal_node(*file);
  return reply;
}

Result<Reply> propose(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const auto enterprise = options.id<EnterpriseTag>("enterprise");
  if (options.refused()) return options.report().refusal();
  house::ProposeFacts command;
  command.proposal.enterprise = enterprise;
  ANLAN_REQUIRE(check_may(session, {house::ProposeFacts::kName}));
  if (!session.known()) {
    ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
    ANLAN_TRY(const house::House* house, session.house());
    if (!house::find_enterprise(*house, enterprise))
      return not_found("enterprise", to_text(enterprise));
    ANLAN_TRY(const Read read, read_document(bytes, path));
    ANLAN_TRY(const Instant now, session.now());
    ANLAN_TRY(command.proposal.items, items_of(session, read.text, date_of(now, house->offset())));
    if (command.proposal.items.empty()) {
      return Refusal{.code = refusals::kNothingProposed, .path = "file", .value = path};
    }
    command.proposal.form = read.form;
    ANLAN_TRY(command.proposal.document, session.keep(bytes));
    ANLAN_TRY(command.proposal.text, session.keep(bytes_of(read.text)));
  }
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(Reply reply, shown(session, FactProposalId{outcome.first_seq}));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto id = options.id<FactProposalTag>("proposal");
  if (options.refused()) return options.report().refusal();
  return shown(session, id);
}

// The numbers that are named, else every item that is still open.
Result<std::vector<std::uint32_t>> asked_items(NodeReader& options,
                                               const house::ProposalFile& file) {
  std::vector<std::uint32_t> items;
  for (const std::string& text : options.texts_or_empty("item")) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) {
      return Refusal{.code = anlan::refusals::kOutOfRange,
                     .path = "item",
                     .value = text,
                     .args = {{.name = "min", .value = "1"},
                              {.name = "max", .value = std::to_string(file.states.size())}}};
    }
    items.push_back(number);
  }
  if (!items.empty()) return items;
  for (std::size_t i = 0; i < file.states.size(); ++i) {
    if (file.states[i] == ProposedState::kOpen) items.push_back(static_cast<std::uint32_t>(i + 1));
  }
  return items;
}

Result<Reply> decide(Session& session, NodeReader& options, bool confirm) {
  house::DecideProposal command;
  command.proposal = options.id<FactProposalTag>("proposal");
  command.confirm = confirm;
  command.reason = confirm ? "" : options.text("reason");
  const bool has_day = confirm && options.has("on");
  if (has_day) command.observed_on = options.date("on");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const house::ProposalFile* file, proposal_of(*house, command.proposal));
  ANLAN_TRY(command.items, asked_items(options, *file));
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const Instant now, session.now());
  if (!has_day) command.observed_on = date_of(now, house->offset());
  ANLAN_TRY(const protection::Questionnaire* questionnaire, session.library().questionnaire());
  command.questionnaire = questionnaire->version;
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(Reply reply, shown(session, command.proposal));
  reply.brief.insert(reply.brief.begin(),
                     session.say(confirm ? "brief.proposal_confirmed" : "brief.proposal_rejected",
                                 {{"count", std::to_string(command.items.size())}}));
  add_outcome(reply.json, outcome);
  return reply;
}

Result<Reply> confirm(Session& session, NodeReader& options) {
  return decide(session, options, true);
}
Result<Reply> reject(Session& session, NodeReader& options) {
  return decide(session, options, false);
}

Result<Reply> list(Session& session, NodeReader&) {
  ANLAN_TRY(const house::House* house, session.house());
  Reply reply;
  Table table;
  table.columns = {{.title = session.say("list.id")},
                   {.title = session.say("list.company")},
                   {.title = session.say("document.items"), .align = Align::kRight},
                   {.title = session.say("document.open"), .align = Align::kRight}};
  reply.json = Node::list();
  for (const auto& [id, file] : house->proposals) {
    std::size_t open = 0;
    for (const ProposedState state : file.states) open += state == ProposedState::kOpen ? 1 : 0;
    table.rows.push_back({to_text(id), company_name(*house, file.proposal.enterprise),
                          std::to_string(file.states.size()), std::to_string(open)});
    reply.json.items.push_back(proposal_node(file));
  }
  const std::size_t count = table.rows.size();
  reply.brief.push_back(
      session.say(count == 0 ? "list.none" : "list.count", {{"count", std::to_string(count)}}));
  if (count > 0) reply.document.table(std::move(table));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

}  // namespace

std::vector<Operation> document_operations() {
  const Option proposal =
      positional("proposal", "PROPOSAL", "识读结果编号", "the proposal, e.g. prp_9");
  const Option item = many("item", "N", "第几项，可重复；缺省为全部待定项",
                           "an item by number; repeat; default: all that are open");
  return {
      {.name = "document propose",
       .command = house::ProposeFacts::kName,
       .zh = "识读文件（PDF、XLSX），提出待确认的事实",
       .en = "read a PDF or XLSX; what it states is proposed",
       .options = {positional("file", "FILE", "文件（PDF 或 XLSX）", "the document (PDF, XLSX)"),
                   named("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9", true)},
       .run = propose},
      {.name = "document show",
       .command = "",
       .zh = "查看识读结果，与在册事实对照",
       .en = "show what was proposed beside what is on file",
       .options = {proposal},
       .run = show},
      {.name = "document list",
       .command = "",
       .zh = "列出识读结果",
       .en = "list what documents proposed",
       .options = {},
       .run = list},
      {.name = "document confirm",
       .command = house::DecideProposal::kName,
       .zh = "确认：成为有文件依据的事实",
       .en = "confirm: it becomes a documented fact",
       .options = {proposal, item,
                   named("on", "YYYY-MM-DD", "文件所述日期，缺省为今天",
                         "the day that it speaks of; default: today")},
       .run = confirm},
      {.name = "document reject",
       .command = house::DecideProposal::kName,
       .zh = "否定识读结果",
       .en = "reject what was proposed",
       .options = {proposal, item, named("reason", "TEXT", "理由", "reason", true)},
       .run = reject},
  };
}

}  // namespace anlan::api
