#include "api/render.h"

#include <algorithm>
#include <charconv>

#include "domain/cover.h"
#include "domain/peril.h"
#include "domain/sector.h"

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

std::string head_name(Session& session, std::string_view code) {
  const domain::CoverKind* kind = domain::find_head(code);
  if (!kind) return cover_name(session, code);
  return std::string(session.lang() == Lang::kZh ? kind->zh : kind->en);
}

std::string model_name(Session& session, const std::string& name) {
  constexpr std::string_view kBetween = ", calibration ";
  const std::size_t at = name.find(kBetween);
  if (at == std::string::npos) return name;
  return session.say("card.model_name", {{"model", name.substr(0, at)},
                                         {"calibration", name.substr(at + kBetween.size())}});
}

std::string moment_text(std::string_view stored) {
  constexpr std::size_t kDay = 10;
  constexpr std::size_t kMinute = 16;
  constexpr std::size_t kSecond = 19;
  if (stored.size() < kSecond || stored[kDay] != 'T') return std::string(stored);
  const bool seconds = stored.substr(kMinute, kSecond - kMinute) != ":00";
  return std::string(stored.substr(0, kDay)) + " " +
         std::string(stored.substr(kDay + 1, (seconds ? kSecond : kMinute) - kDay - 1));
}

std::string product_name(Session& session, const domain::ProductName& product) {
  const Result<const underwriting::Product*> found = session.library().product(product);
  return found.ok() ? (*found)->name(session.lang()) : product.text;
}

std::string package_name(Session& session, const domain::PackageName& name) {
  const Result<const protection::Catalogue*> catalogue = session.library().catalogue();
  const protection::Package* package =
      catalogue.ok() ? (*catalogue)->find_package(name.text) : nullptr;
  if (!package) return name.text;
  return session.lang() == Lang::kZh ? package->zh : package->en;
}

std::string security_product_name(Session& session, const domain::SecurityProductName& name) {
  const Result<const protection::Catalogue*> catalogue = session.library().catalogue();
  const protection::Product* product =
      catalogue.ok() ? (*catalogue)->find_product(name.text) : nullptr;
  if (!product) return name.text;
  return session.lang() == Lang::kZh ? product->zh : product->en;
}

std::string company_name(const house::House& house, domain::EnterpriseId id) {
  const house::EnterpriseFile* file = house::find_enterprise(house, id);
  ANLAN_CHECK(file != nullptr);
  return file->enterprise.legal_name;
}

std::string with_id(Session& session, const std::string& name, const std::string& id) {
  if (name == id) return id;
  return session.say("view.with_id", {{"name", name}, {"id", id}});
}

Result<std::string> basis_line(Session& session, const std::vector<domain::Fact>& stated) {
  ANLAN_TRY(const Date today, session.today());
  std::string facts;
  for (const domain::Fact& fact : stated) {
    if (fact.value.empty()) continue;
    facts += (facts.empty() ? "" : session.say("word.list_separator")) +
             session.say("word.fact_is", {{"fact", fact_name(session, fact.name)},
                                          {"value", fact_text(session, fact)}});
  }
  return session.say("word.basis", {{"facts", facts}, {"day", to_text(today)}});
}

std::string say_or(Session& session, const std::string& key, std::string_view fallback) {
  return session.texts().has(key) ? session.say(key) : std::string(fallback);
}

std::string fact_name(Session& session, const domain::FactName& name) {
  return say_or(session, "fact." + name.text, name.text);
}

std::string fact_text(Session& session, const domain::Fact& fact) {
  const domain::FactKind* kind = domain::find_fact_kind(fact.name.text);
  if (!kind) return fact.value;
  switch (kind->type) {
    case domain::FactType::kMoney:
      return to_grouped(Money::from_minor(std::stoll(fact.value), Currency::kCny));
    case domain::FactType::kShare:
      return to_decimal(Money::from_minor(std::stoll(fact.value) / 100, Currency::kCny)) + " %";
    case domain::FactType::kFlag:
      return say_or(session, "answer." + fact.value, fact.value);
    case domain::FactType::kSector: {
      const domain::SectorSection* section =
          fact.value.empty() ? nullptr : domain::find_sector_section(fact.value.front());
      if (!section) return fact.value;
      return with_id(session, std::string(session.lang() == Lang::kZh ? section->zh : section->en),
                     fact.value);
    }
    case domain::FactType::kCount:
    case domain::FactType::kText:
    case domain::FactType::kRegion:
      return fact.value;
  }
  return fact.value;
}

protection::AssessmentScope assessment_scope(const std::vector<domain::Fact>& facts) {
  const auto count = [&](std::string_view name) {
    const domain::Fact* fact = domain::find_fact(facts, name);
    return fact ? std::stoll(fact->value) : 0LL;
  };
  return {
      .employees = count("employees"), .ot_lines = count("ot_lines"), .records = count("records")};
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

std::string answer_words(Session& session, const std::string& canonical) {
  std::string out;
  std::size_t from = 0;
  while (from <= canonical.size()) {
    const std::size_t end = std::min(canonical.find(';', from), canonical.size());
    const std::string part = canonical.substr(from, end - from);
    out += (from == 0 ? "" : session.say("word.list_separator")) +
           (part.empty() ? part : say_or(session, "answer." + part, part));
    from = end + 1;
  }
  return out;
}

}  // namespace anlan::api
