#include "api/operation.h"

#include <algorithm>

#include "api/help.h"
#include "api/http_route.h"
#include "api/ops_payment.h"
#include "api/ops_sample.h"
#include "api/ops_share.h"
#include "api/ops_statement.h"
#include "api/ops_subsidy.h"
#include "api/ops_telemetry.h"
#include "api/ops_webhook.h"
#include "api/refusals.h"
#include "api/rehearsal.h"
#include "api/session.h"
#include "base/bytes.h"
#include "base/sha256.h"
#include "house/event_codec.h"
#include "house/refusals.h"

namespace anlan::api {
namespace {

std::vector<Operation> all_operations() {
  std::vector<Operation> all;
  for (auto part : {sale_operations,          quote_operations,        again_operations,
                    policy_operations,        premium_operations,      claim_operations,
                    terms_operations,         wording_operations,      lint_operations,
                    house_operations,         list_operations,         company_operations,
                    view_operations,          indication_operations,   option_operations,
                    risk_operations,          worth_operations,        tower_operations,
                    model_operations,         engine_operations,       script_operations,
                    compare_operations,       print_operations,        report_operations,
                    disclosure_operations,    drill_operations,        change_operations,
                    rules_operations,         rerate_operations,       referral_operations,
                    subjectivity_operations,  submission_operations,   bulk_operations,
                    exchange_operations,      document_operations,     instalment_operations,
                    month_operations,         accumulation_operations, instrument_operations,
                    nondisclosure_operations, calendar_operations,     clock_operations,
                    trace_operations,         certificate_operations,  incident_facts_operations,
                    filing_operations,        admin_operations,        sandbox_operations,
                    search_operations,        backup_operations,       doctor_operations,
                    upgrade_operations,       webhook_operations,      standing_operations,
                    sample_operations,        statement_operations,    telemetry_operations,
                    payment_operations,       share_operations,        subsidy_operations}) {
    for (Operation& operation : part()) all.push_back(std::move(operation));
  }
  return all;
}

// "@demo/incident.toml" is that artefact; of another file its ending, where it is not that of TOML,
// as which a file without one is read.
std::string_view form_of_file(std::string_view name) {
  if (name.starts_with('@')) return name;
  const std::string_view last = name.substr(name.rfind('/') + 1);
  const std::size_t dot = last.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? "" : last.substr(dot);
  return ending == ".toml" ? "" : ending;
}

// What is asked for, whoever asks it in whatever way: the operation, its options in the order of
// the table, and of files their bytes and the ending of their names, which says how they are read.
Result<Digest> request_digest(Session& session, const Operation& operation, const Node& options) {
  ByteWriter out;
  out.text(operation.name);
  for (const Option& known : operation.options) {
    const Node* value = options.find(known.name);
    if (!value || !known.part_of_request || gives_file(known)) continue;
    out.text(known.name);
    std::vector<std::string_view> texts;
    for (const Node& item : value->items) texts.push_back(item.text);
    if (!value->is_list()) texts.push_back(value->text);
    for (const std::string_view text : texts) {
      const bool file = takes_file(known);
      out.text(file ? form_of_file(text) : text);
      if (!file) continue;
      ANLAN_TRY(const Bytes bytes, session.read_bytes(std::string(text)));
      out.block(bytes);
    }
  }
  return sha256(out.bytes());
}

// The same as it was recorded while the order of the options and the places of files still counted,
// so that a key of then is known again.
Result<Digest> former_digest(Session& session, const Operation& operation, const Node& options) {
  ByteWriter out;
  out.text(operation.name);
  for (const Member& option : options.members) {
    const auto same = [&](const Option& known) { return known.name == option.key; };
    const auto known = std::find_if(operation.options.begin(), operation.options.end(), same);
    if (known != operation.options.end() && (!known->part_of_request || gives_file(*known)))
      continue;
    out.text(option.key);
    out.text(option.value.text);
    for (const Node& item : option.value.items) out.text(item.text);
    const bool read = option.key == "file" || option.key == "answers" || option.key == "evidence";
    if (!read || known == operation.options.end() || known->value != "FILE") continue;
    ANLAN_TRY(const Bytes bytes, session.read_bytes(option.value.text));
    out.block(bytes);
  }
  return sha256(out.bytes());
}

Refusal unknown_operation(const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const Operation& operation : operations()) names.emplace_back(operation.name);
  std::string typed = words.empty() ? std::string() : words[0];
  if (words.size() > 1 && !words[1].starts_with("-")) typed += " " + words[1];
  std::string near = nearest(typed, names);
  if (near.empty() && !words.empty()) {
    for (const Operation& operation : operations()) {
      names.emplace_back(operation.name.substr(0, operation.name.find(' ')));
    }
    for (const std::string_view other : other_commands()) names.emplace_back(other);
    near = nearest(words[0], names);
  }
  std::string group = words.empty() ? std::string() : words[0];
  if (!is_command_group(group)) group = near;
  if (!is_command_group(group)) group.clear();
  return Refusal{.code = refusals::kUnknownOperation,
                 .path = "command",
                 .value = typed,
                 .args = {{.name = "nearest", .value = near}, {.name = "group", .value = group}}};
}

}  // namespace

std::span<const Operation> operations() {
  static const std::vector<Operation> table = all_operations();
  return table;
}

const Operation* find_operation(std::string_view name) {
  for (const Operation& operation : operations()) {
    if (operation.name == name) return &operation;
  }
  return nullptr;
}

NamedOperation operation_of(const std::vector<std::string>& words) {
  NamedOperation found;
  std::string name;
  for (std::size_t used = 1; used <= std::min<std::size_t>(words.size(), 3); ++used) {
    name += (name.empty() ? "" : " ") + words[used - 1];
    if (const Operation* operation = find_operation(name)) found = {operation, used};
  }
  return found;
}

namespace {

// What no event stands behind, and what names a file to write, is not rehearsed.
Result<Done> check_rehearsal(const Operation& operation) {
  const bool files = std::any_of(operation.options.begin(), operation.options.end(),
                                 [](const Option& option) { return option.name == "out"; });
  if (!operation.command.empty() && !files) return Done{};
  return Refusal{.code = refusals::kNotRehearsed,
                 .path = "dry-run",
                 .value = std::string(operation.name),
                 .args = {{.name = "operation", .value = std::string(operation.name)}},
                 .at = {}};
}

}  // namespace

namespace {

Result<Done> begin_request(Session& session, const Operation& operation, const Node& options) {
  ANLAN_TRY(const Digest request, request_digest(session, operation, options));
  Result<Done> begun = session.begin_request(request);
  if (begun.ok() || begun.refusal().code != house::refusals::kKeyReused) return begun;
  ANLAN_TRY(const Digest former, former_digest(session, operation, options));
  return session.begin_request(former);
}

}  // namespace

Result<Reply> run_operation(Session& session, const std::vector<std::string>& words) {
  const auto [operation, used] = operation_of(words);
  if (!operation) return unknown_operation(words);
  if (session.options().rehearse) ANLAN_REQUIRE(check_rehearsal(*operation));
  const std::vector<std::string> rest(words.begin() + static_cast<std::ptrdiff_t>(used),
                                      words.end());
  Result<Node> parsed = parse_options(rest, operation->options);
  if (!parsed.ok()) {
    Refusal refusal = parsed.refusal();
    refusal.args.push_back({.name = "command", .value = std::string(operation->name)});
    return refusal;
  }
  const Node options = std::move(parsed).value();
  if (!operation->command.empty()) {
    ANLAN_REQUIRE(begin_request(session, *operation, options));
  }
  ReadReport report("");
  NodeReader reader(options, report, "options");
  Result<Reply> reply = operation->run(session, reader);
  if (report.refused()) return report.refusal();
  if (!reply.ok() && reply.refusal().code == refusals::kRehearsed)
    return rehearsed_reply(session, session.rehearsed());
  return reply;
}

}  // namespace anlan::api
