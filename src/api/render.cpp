#include "api/render.h"

#include <charconv>

#include "domain/cover.h"
#include "domain/peril.h"

namespace anlan::api {

Table FactTable::take(Align value_align) {
  Table table;
  table.columns = {{.title = ""}, {.title = "", .align = value_align}};
  table.rows = std::move(rows_);
  return table;
}

Reply brief_reply(std::string line, Node json) {
  Reply reply;
  reply.document.paragraph(line);
  reply.json = std::move(json);
  reply.brief.push_back(std::move(line));
  return reply;
}

std::int64_t whole_option(NodeReader& options, std::string_view name, const WholeRange& range) {
  if (!options.has(name)) return range.fallback;
  const std::string text = options.text(name);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && value >= range.lo && value <= range.hi) return value;
  options.refuse(name, anlan::refusals::kOutOfRange,
                 {{.name = "min", .value = std::to_string(range.lo)},
                  {.name = "max", .value = std::to_string(range.hi)}});
  return range.fallback;
}

std::string cover_name(Session& session, std::string_view code) {
  const domain::CoverKind* kind = domain::find_cover_kind(code);
  if (!kind) kind = domain::find_cover_kind(domain::section_of_head(code));
  if (!kind) return std::string(code);
  return std::string(session.lang() == Lang::kZh ? kind->zh : kind->en);
}

std::string peril_name(Session& session, const domain::PerilName& peril) {
  const domain::PerilKind* kind = domain::find_peril_kind(peril.text);
  if (!kind) return peril.text;
  return std::string(session.lang() == Lang::kZh ? kind->zh : kind->en);
}

Refusal not_found(std::string_view what, std::string id) {
  return Refusal{
      .code = house::refusals::kNotFound, .path = std::string(what), .value = std::move(id)};
}

void add_outcome(Node& json, const Session::Outcome& outcome) {
  json.add("first_seq", to_node(outcome.first_seq));
  json.add("last_seq", to_node(outcome.last_seq));
  json.add("repeated", Node::boolean(outcome.repeated));
}

Node outcome_node(const Session::Outcome& outcome) {
  Node json = Node::table();
  add_outcome(json, outcome);
  return json;
}

Option positional(std::string_view name, std::string_view value, std::string_view zh,
                  std::string_view en, bool required) {
  return Option{
      .name = name, .required = required, .positional = true, .value = value, .zh = zh, .en = en};
}

Option named(std::string_view name, std::string_view value, std::string_view zh,
             std::string_view en, bool required) {
  return Option{.name = name, .required = required, .value = value, .zh = zh, .en = en};
}

Option flag(std::string_view name, std::string_view zh, std::string_view en) {
  return Option{.name = name, .kind = OptionKind::kFlag, .zh = zh, .en = en};
}

Option many(std::string_view name, std::string_view value, std::string_view zh, std::string_view en,
            bool required) {
  return Option{.name = name,
                .kind = OptionKind::kMany,
                .required = required,
                .value = value,
                .zh = zh,
                .en = en};
}

}  // namespace anlan::api
