#include "api/paper.h"

#include <algorithm>

#include "api/refusals.h"
#include "formats/harmless_text.h"
#include "formats/pdf.h"
#include "platform/files.h"
#include "platform/paths.h"
#include "platform/xlsx_file.h"

namespace anlan::api {
namespace {

Refusal not_offered(const Invocation& invocation) {
  return Refusal{.code = refusals::kPdfNotOffered,
                 .path = "pdf",
                 .value = invocation.words.empty() ? std::string("help") : invocation.words[0]};
}

// Null for help.
const Operation* asked_operation(const Invocation& invocation) {
  const auto& words = invocation.words;
  return operation_of(words).operation;
}

bool does_something(const Operation* operation) {
  return operation && (!operation->command.empty() || operation->writes);
}

// What was asked for, as the title of a document that has none of its own.
std::string asked(Session& session, const Invocation& invocation) {
  const Operation* const operation = asked_operation(invocation);
  if (!operation) return "anlan";
  return std::string(session.lang() == Lang::kZh ? operation->zh : operation->en);
}

}  // namespace

Result<Done> check_page_file(Session& session, const std::string& file, std::string_view option) {
  if (file == "-") {
    return Refusal{.code = refusals::kPdfToOutput,
                   .path = std::string(option),
                   .value = file,
                   .args = {{.name = "option", .value = std::string(option)}}};
  }
  if (!platform::lies_in(file, session.options().folder)) return Done{};
  return Refusal{
      .code = refusals::kPdfInsideHouse, .path = std::string(option), .value = shown_name(file)};
}

std::string shown_name(std::string_view file) {
  std::string shown = formats::harmless_text(file);
  std::replace(shown.begin(), shown.end(), '\n', ' ');
  return shown;
}

Result<Done> check_paper(Session& session, const Invocation& invocation) {
  if (invocation.pdf.empty()) return Done{};
  const std::string first = invocation.words.empty() ? "help" : invocation.words[0];
  if (first == "demo" || first == "batch" || first == "serve" || first == "webhooks" ||
      first == "version")
    return not_offered(invocation);
  // What records something is done before its page is written; a page that fails then would read as
  // if nothing had happened.
  if (does_something(asked_operation(invocation))) return not_offered(invocation);
  ANLAN_REQUIRE(check_page_file(session, invocation.pdf, "pdf"));
  ANLAN_REQUIRE(platform::check_absent(invocation.pdf));
  return formats::check_pdf_fonts();
}

Result<std::string> write_paper(Session& session, const Invocation& invocation,
                                const Reply& reply) {
  if (!reply.text.empty()) return not_offered(invocation);
  formats::PdfOptions options{.lang = session.lang(),
                              .title = asked(session, invocation),
                              .issued = reply.document.date,
                              .date = reply.document.date};
  if (const house::House* const house = session.house_read()) {
    if (options.date.empty()) options.date = to_text(date_of(house->last_at, house->offset()));
    options.issued =
        session.say("paper.issued", {{"date", options.date},
                                     {"house", house->opening->name},
                                     {"sandbox", house->opening->sandbox ? "1" : std::string()},
                                     {"seq", std::to_string(house->head.seq)}});
  }
  ANLAN_TRY(const formats::Pdf pdf, formats::to_pdf(reply.document, options));
  ANLAN_REQUIRE(platform::write_new_file(invocation.pdf, pdf.bytes));
  return session.say("paper.written",
                     {{"file", shown_name(invocation.pdf)}, {"pages", std::to_string(pdf.pages)}}) +
         "\n";
}

// ---- --xlsx

namespace {

Refusal no_spreadsheet(const Invocation& invocation) {
  Refusal refusal = not_offered(invocation);
  refusal.code = refusals::kXlsxNotOffered;
  refusal.path = "xlsx";
  return refusal;
}

}  // namespace

Result<Done> check_spreadsheet(Session& session, const Invocation& invocation) {
  if (invocation.xlsx.empty()) return Done{};
  const std::string first = invocation.words.empty() ? "help" : invocation.words[0];
  const bool done = does_something(asked_operation(invocation));
  if (first == "demo" || first == "batch" || first == "serve" || first == "webhooks" ||
      first == "version" || first == "help" || done) {
    return no_spreadsheet(invocation);
  }
  ANLAN_REQUIRE(check_page_file(session, invocation.xlsx, "xlsx"));
  return platform::check_absent(invocation.xlsx);
}

Result<std::string> write_spreadsheet(Session& session, const Invocation& invocation,
                                      const Reply& reply) {
  if (!reply.text.empty()) return no_spreadsheet(invocation);
  formats::WorkbookOptions options{.title = asked(session, invocation), .issued = {}};
  Document document = reply.document;
  if (const house::House* const house = session.house_read()) {
    if (document.date.empty()) document.date = to_text(date_of(house->last_at, house->offset()));
    options.issued =
        session.say("paper.issued", {{"date", document.date},
                                     {"house", house->opening->name},
                                     {"sandbox", house->opening->sandbox ? "1" : std::string()},
                                     {"seq", std::to_string(house->head.seq)}});
  }
  const formats::Workbook workbook = formats::to_workbook(document, options);
  ANLAN_TRY(const Bytes bytes, platform::xlsx_bytes(workbook));
  ANLAN_REQUIRE(platform::write_new_file(invocation.xlsx, bytes));
  return session.say("paper.sheets_written", {{"file", shown_name(invocation.xlsx)},
                                              {"sheets", std::to_string(workbook.sheets.size())}}) +
         "\n";
}

}  // namespace anlan::api
