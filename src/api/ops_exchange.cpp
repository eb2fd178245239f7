// Operations that bring the record of a company in and out in the forms of others.
#include "api/company_record.h"
#include "api/refusals.h"
#include "api/registration.h"
#include "api/render.h"
#include "formats/csv.h"
#include "formats/json.h"
#include "formats/toml.h"
#include "formats/xlsx_reader.h"
#include "platform/files.h"
#include "platform/xlsx_file.h"

namespace anlan::api {
namespace {

using namespace domain;

EnterpriseInput input_of(const Enterprise& enterprise) {
  EnterpriseInput input{.legal_name = enterprise.legal_name,
                        .credit_code = enterprise.credit_code,
                        .assess_consent = enterprise.assess_consent,
                        .monitor_consent = enterprise.monitor_consent};
  const std::vector<Fact> facts = enterprise.facts.get();
  for (const FactKind& kind : fact_kinds()) {  // in the order of the form
    if (const Fact* fact = find_fact(facts, kind.name)) input.facts.push_back(*fact);
  }
  return input;
}

// The form that an option names, else the one of the file's name. Refuses kFileFormUnknown.
Result<RecordForm> form_of(const std::string& asked, const std::string& file) {
  if (const auto named = enum_from<RecordForm>(asked)) return *named;
  if (asked.empty() && (file.ends_with(".json") || file.ends_with(".toml")))
    return RecordForm::kJson;
  if (asked.empty() && file.ends_with(".csv")) return RecordForm::kOed;
  if (asked.empty() && file.ends_with(".txt")) return RecordForm::kForm;
  if (asked.empty() && file.ends_with(".xlsx")) return RecordForm::kXlsx;
  return Refusal{.code = refusals::kFileFormUnknown,
                 .path = asked.empty() ? "file" : "form",
                 .value = asked.empty() ? file : asked,
                 .args = {{.name = "choices", .value = "json | oed | form | xlsx"}}};
}

struct Exported {
  Bytes bytes;
  std::string text;  // of the forms that are text
};

Result<Exported> exported(const EnterpriseInput& input, RecordForm form, Date today) {
  Exported out;
  switch (form) {
    case RecordForm::kJson:
      out.text = formats::write_json(record_node(input, today), {.indent = 2}) + "\n";
      break;
    case RecordForm::kOed:
      out.text = formats::write_csv({oed_columns(), oed_row(input, today)});
      break;
    case RecordForm::kForm:
      out.text = form_text(input, today);
      break;
    case RecordForm::kXlsx: {
      ANLAN_TRY(out.bytes, platform::xlsx_bytes(record_workbook(input, today)));
      return out;
    }
  }
  const BytesView view = bytes_of(out.text);
  out.bytes.assign(view.begin(), view.end());
  return out;
}

Result<Reply> export_record(Session& session, NodeReader& options) {
  const auto id = options.id<EnterpriseTag>("enterprise");
  const std::string format = options.text_or("form", "");
  const std::string out = options.text_or("out", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const RecordForm form, form_of(format.empty() && out.empty() ? "json" : format, out));
  ANLAN_TRY(const house::House* house, session.house());
  const house::EnterpriseFile* file = house::find_enterprise(*house, id);
  if (!file) return not_found("enterprise", to_text(id));
  if (out.empty() && form == RecordForm::kXlsx) {
    return Refusal{.code = refusals::kMissingOption, .path = "out", .value = "out"};
  }
  ANLAN_TRY(const Instant now, session.now());
  const EnterpriseInput input = input_of(file->enterprise);
  ANLAN_TRY(const Exported written, exported(input, form, date_of(now, house->offset())));
  Reply reply;
  reply.json = record_node(input, date_of(now, house->offset()));
  if (out.empty()) {
    reply.text = written.text;
    return reply;
  }
  ANLAN_REQUIRE(platform::write_new_file(out, written.bytes));
  reply.brief.push_back(session.say("brief.exported", {{"file", out}, {"id", to_text(id)}}));
  reply.document.paragraph(reply.brief.back());
  return reply;
}

Result<Node> node_of_oed_file(BytesView bytes, const std::string& path, Date today,
                              std::vector<std::string>& passed_over) {
  ANLAN_TRY(const formats::SheetTable table, formats::csv_sheet(bytes, path));
  constexpr std::size_t kHeadAndOne = 2;
  if (table.rows.size() != kHeadAndOne) {
    return Refusal{.code = refusals::kOedRows,
                   .path = "file",
                   .value = path,
                   .args = {{.name = "found", .value = std::to_string(table.rows.size() - 1)}},
                   .at = {.file = path}};
  }
  std::vector<std::string> head;
  for (const formats::SheetCell& cell : table.rows.front().cells) head.push_back(cell.text);
  return node_of_oed(head, table.rows.back(), today, path, &passed_over);
}

Result<Node> node_of_file(Session& session, const std::string& path, RecordForm form, Date today,
                          std::vector<std::string>& passed_over) {
  switch (form) {
    case RecordForm::kJson:
      return session.read_tree(path);
    case RecordForm::kForm: {
      ANLAN_TRY(const std::string text, session.read_text(path));
      return node_of_form(text, path);
    }
    case RecordForm::kOed: {
      ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
      return node_of_oed_file(bytes, path, today, passed_over);
    }
    case RecordForm::kXlsx: {
      ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
      ANLAN_TRY(const std::vector<formats::SheetTable> book, formats::read_xlsx(bytes, path));
      ANLAN_TRY(const formats::SheetTable* table, formats::find_sheet(book, "", path));
      return node_of_sheet(*table, path);
    }
  }
  check_failed("a form of a record", __FILE__, __LINE__);
}

Result<Reply> import_record(Session& session, NodeReader& options) {
  const std::string path = options.text("file");
  const std::string format = options.text_or("form", "");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const RecordForm form, form_of(format, path));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  std::vector<std::string> passed_over;
  ANLAN_TRY(const Node tree,
            node_of_file(session, path, form, date_of(now, house->offset()), passed_over));
  ANLAN_TRY(const EnterpriseInput input, read_enterprise(tree, path));
  ANLAN_TRY(Reply reply, register_input(session, input));
  reply.json.add("passed_over", to_node(passed_over));
  if (!passed_over.empty()) {
    std::string list;
    for (const std::string& column : passed_over)
      list += (list.empty() ? "" : session.say("word.list_separator")) + column;
    reply.brief.push_back(session.say("brief.passed_over", {{"columns", list}}));
    reply.document.paragraph(reply.brief.back());
  }
  return reply;
}

}  // namespace

std::vector<Operation> exchange_operations() {
  const Option format = named("form", "FORM", "json、oed、form（投保申请表）或 xlsx",
                              "json, oed, form (application form) or xlsx");
  return {
      {.name = "enterprise export",
       .command = "",
       .zh = "导出企业档案：JSON、OED 账户行、申请表、XLSX",
       .en = "export a company: JSON, OED account row, form, XLSX",
       .options = {positional("enterprise", "ENTERPRISE", "企业编号", "the company, e.g. ent_9"),
                   format,
                   named("out", "FILE", "写入的新文件，缺省输出到屏幕",
                         "the new file; default: printed")},
       .run = export_record,
       .writes = true},
      {.name = "enterprise import",
       .command = house::RegisterEnterprise::kName,
       .zh = "从 JSON、OED、申请表或 XLSX 登记企业",
       .en = "register a company from JSON, OED, form or XLSX",
       .options = {positional("file", "FILE", "企业档案", "the record of the company"), format},
       .run = import_record},
  };
}

}  // namespace anlan::api
