// Operation: one entry of the table from which the command line, later the HTTP routes, OpenAPI,
// the access matrix and the tool list derive.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/request.h"
#include "base/document.h"
#include "base/node.h"
#include "base/node_reader.h"
#include "base/result.h"

namespace anlan::api {

class Session;

// The same answer three times: for people, for programs, and in a line or two.
struct Reply {
  Document document;
  Node json;
  std::vector<std::string> brief;
  std::string text =
      {};          // printed as it stands, not the document: a file to fill in, lines with marks
  int status = 0;  // of the program: not 0 where what was examined has errors
};

using Run = Result<Reply> (*)(Session& session, NodeReader& options);

struct Operation {
  std::string_view name;  // as typed: "claim adjudicate"
  std::string_view
      command;  // name of the house command behind it, whose roles count; empty: a view
  std::string_view zh;
  std::string_view en;
  std::vector<Option> options;
  Run run;
  bool writes = false;   // a file or a folder, although no event stands behind it
  bool lengthy = false;  // takes seconds on a large book: a server answers with a job
};

// All operations in the order of help.
std::span<const Operation> operations();
const Operation* find_operation(std::string_view name);
// The operation with the longest name that the words begin with; `used`: words of its name.
struct NamedOperation {
  const Operation* operation = nullptr;
  std::size_t used = 0;
};
NamedOperation operation_of(const std::vector<std::string>& words);

// The tables of each part, put together by operations().
std::vector<Operation> house_operations();
std::vector<Operation> sale_operations();
std::vector<Operation> quote_operations();
std::vector<Operation> again_operations();
std::vector<Operation> policy_operations();
std::vector<Operation> print_operations();
std::vector<Operation> premium_operations();
std::vector<Operation> instalment_operations();
std::vector<Operation> month_operations();
std::vector<Operation> accumulation_operations();
std::vector<Operation> instrument_operations();
std::vector<Operation> claim_operations();
std::vector<Operation> incident_facts_operations();
std::vector<Operation> admin_operations();
std::vector<Operation> sandbox_operations();
std::vector<Operation> search_operations();
std::vector<Operation> backup_operations();
std::vector<Operation> doctor_operations();
std::vector<Operation> upgrade_operations();
std::vector<Operation> filing_operations();
std::vector<Operation> standing_operations();
std::vector<Operation> disclosure_operations();
std::vector<Operation> nondisclosure_operations();
std::vector<Operation> calendar_operations();
std::vector<Operation> clock_operations();
std::vector<Operation> trace_operations();
std::vector<Operation> drill_operations();
std::vector<Operation> terms_operations();
std::vector<Operation> wording_operations();
std::vector<Operation> lint_operations();
std::vector<Operation> model_operations();
std::vector<Operation> risk_operations();
std::vector<Operation> worth_operations();
std::vector<Operation> tower_operations();
std::vector<Operation> option_operations();
std::vector<Operation> indication_operations();
std::vector<Operation> list_operations();
std::vector<Operation> company_operations();
std::vector<Operation> view_operations();
std::vector<Operation> engine_operations();
std::vector<Operation> script_operations();
std::vector<Operation> compare_operations();
std::vector<Operation> report_operations();
std::vector<Operation> change_operations();
std::vector<Operation> rules_operations();
std::vector<Operation> rerate_operations();
std::vector<Operation> referral_operations();
std::vector<Operation> subjectivity_operations();
std::vector<Operation> submission_operations();
std::vector<Operation> bulk_operations();
std::vector<Operation> exchange_operations();
std::vector<Operation> document_operations();
std::vector<Operation> certificate_operations();

// Runs one command line (without the program's name): finds the operation by its longest name,
// reads its options, refuses what it does not know, and calls it.
Result<Reply> run_operation(Session& session, const std::vector<std::string>& words);

}  // namespace anlan::api
