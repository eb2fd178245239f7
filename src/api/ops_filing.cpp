// Operations of filings: what the regulator holds of a product, on record of the house; what is
// quoted, sold and changed keeps to it.
#include "api/render.h"
#include "house/endorse_rules.h"
#include "house/filings.h"

namespace anlan::api {
namespace {

using namespace domain;

Result<Filing> read_filing(Session& session, const underwriting::Product& product) {
  Library& library = session.library();
  Filing filing{.product = product.id,
                .registration = product.registration,
                .wording = product.wording,
                .wording_artefact = {},
                .product_artefact = {},
                .rate = {product.premium, product.filed_low, product.filed_high},
                .options = {},
                .factors = {},
                .certificates = {},
                .from = {},
                .evidence = {}};
  ANLAN_TRY(filing.wording_artefact, library.wording_digest(product.wording));
  ANLAN_TRY(filing.product_artefact, library.product_digest(product.id));
  for (const underwriting::FiledOption& option : product.options) {
    ANLAN_TRY(const Digest wording, library.wording_digest(option.wording));
    filing.options.push_back({.id = option.id,
                              .wording = option.wording,
                              .wording_artefact = wording,
                              .rate = {option.premium, option.low, option.high}});
  }
  for (const underwriting::FiledFactor& factor : product.factors)
    filing.factors.push_back(
        {.id = factor.id, .low_ppm = factor.low_ppm, .high_ppm = factor.high_ppm});
  if (product.certificates) {
    filing.certificates = FiledRate{product.certificates->premium, product.certificates->low,
                                    product.certificates->high};
  }
  return filing;
}

std::string rate_text(Session& session, const FiledRate& rate) {
  return session.say("filing.rate", {{"premium", to_grouped(rate.premium)},
                                     {"low", to_grouped(rate.low)},
                                     {"high", to_grouped(rate.high)}});
}

Result<Reply> record(Session& session, NodeReader& options) {
  const auto name = options.name<ProductTag>("product");
  const Date from = options.date("from");
  const std::string evidence = options.text("evidence");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const underwriting::Product* product, session.library().product(name));
  house::RecordFiling command;
  ANLAN_TRY(command.filing, read_filing(session, *product));
  command.filing.from = from;
  ANLAN_TRY(const Bytes paper, session.read_bytes(evidence));
  command.filing.evidence = sha256(paper);
  ANLAN_TRY(const Session::Outcome outcome, session.submit(command));
  ANLAN_TRY(const Event event, session.event_at(outcome.first_seq));
  const Filing& filing = std::get<FilingRecorded>(event).filing;
  Node json = to_node(filing);
  add_outcome(json, outcome);
  return brief_reply(session.say("filing.recorded", {{"product", filing.product.text},
                                                     {"registration", filing.registration},
                                                     {"rate", rate_text(session, filing.rate)},
                                                     {"from", to_text(filing.from)}}),
                     std::move(json));
}

std::string state_of(Session& session, const house::House& house, const house::FilingOnFile& file,
                     Date today) {
  if (!file.recorded) return session.say("filing.fixed");
  if (file.filing.from > today) return session.say("filing.to_come");
  const house::FilingOnFile* now = house::filing_on(house, file.filing.product, today);
  return session.say(now == &file ? "filing.in_force" : "filing.past");
}

Node filing_node(const house::FilingOnFile& file) {
  Node node = to_node(file.filing);
  node.add("on_record", Node::boolean(file.recorded));
  node.add("by", to_node(file.by));
  node.add("at", to_node(file.at));
  return node;
}

Result<Reply> list(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const Date today = date_of(now, house->offset());
  Reply reply;
  reply.json = Node::table();
  Node& rows = reply.json.add("filings", Node::list());
  Table table;
  table.columns = {{.title = session.say("filing.product")},
                   {.title = session.say("filing.registration")},
                   {.title = session.say("filing.from")},
                   {.title = session.say("filing.premium"), .align = Align::kRight},
                   {.title = session.say("filing.state")}};
  for (const auto& [product, all] : house->filings) {
    for (const house::FilingOnFile& each : all) {
      rows.items.push_back(filing_node(each));
      table.rows.push_back({product.text, each.filing.registration,
                            each.recorded ? to_text(each.filing.from) : std::string(),
                            to_grouped(each.filing.rate.premium),
                            state_of(session, *house, each, today)});
    }
  }
  if (table.rows.empty()) reply.document.paragraph(session.say("filing.none"));
  if (!table.rows.empty()) reply.document.table(std::move(table));
  return reply;
}

void add_parts(Session& session, const Filing& filing, Document& document) {
  for (const FiledTerms& option : filing.options)
    document.bullet(session.say("filing.option", {{"id", option.id},
                                                  {"wording", option.wording.text},
                                                  {"rate", rate_text(session, option.rate)}}));
  for (const FiledAdjustment& factor : filing.factors)
    document.bullet(session.say("filing.factor", {{"id", factor.id},
                                                  {"low", house::percent_of(factor.low_ppm)},
                                                  {"high", house::percent_of(factor.high_ppm)}}));
  if (filing.certificates)
    document.bullet(
        session.say("filing.certificates", {{"rate", rate_text(session, *filing.certificates)}}));
}

Result<Reply> show(Session& session, NodeReader& options) {
  const auto name = options.name<ProductTag>("product");
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const underwriting::Product* product, session.library().product(name));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const Date today = date_of(now, house->offset());
  Reply reply;
  reply.json = Node::table();
  reply.json.add("product", to_node(name));
  Node& rows = reply.json.add("filings", Node::list());
  reply.document.heading(1, session.say("filing.title", {{"product", product->name(session.lang())},
                                                         {"id", name.text}}));
  const auto found = house->filings.find(name);
  if (found == house->filings.end()) {
    reply.document.paragraph(session.say("filing.none"));
    return reply;
  }
  for (const house::FilingOnFile& each : found->second) {
    const Filing& filing = each.filing;
    rows.items.push_back(filing_node(each));
    reply.document.heading(2, filing.registration);
    reply.document.paragraph(
        session.say("filing.line", {{"wording", filing.wording.text},
                                    {"digest", short_hex(filing.wording_artefact)},
                                    {"rate", rate_text(session, filing.rate)},
                                    {"state", state_of(session, *house, each, today)}}));
    add_parts(session, filing, reply.document);
    reply.document.paragraph(session.say(
        "filing.basis", {{"by", each.by.text},
                         {"at", to_text(each.at, house->offset())},
                         {"from", each.recorded ? to_text(filing.from) : std::string()},
                         {"evidence", each.recorded ? short_hex(filing.evidence) : std::string()},
                         {"fixed", each.recorded ? "" : "1"}}));
  }
  return reply;
}

}  // namespace

std::vector<Operation> filing_operations() {
  return {
      {.name = "filing record",
       .command = house::RecordFiling::kName,
       .zh = "登记一个产品的备案：注册号、条款与费率版本、费率区间、可选方案与系数",
       .en = "record the filing of a product: number, wording and rate version, ranges, factors",
       .options = {positional("product", "PRODUCT", "产品", "the product"),
                   named("from", "DATE", "自该日起按此订立合同",
                         "contracts are made under it from this day", true),
                   named("evidence", "FILE", "备案或注册的回执（登记其摘要）",
                         "the regulator's paper, recorded by its digest", true)},
       .run = record},
      {.name = "filing list",
       .command = "",
       .zh = "列出登记的备案与首次报价确定的备案",
       .en = "list filings on record, and those that a first quote fixed",
       .options = {},
       .run = list},
      {.name = "filing show",
       .command = "",
       .zh = "查看一个产品的备案内容与凭据",
       .en = "show what is filed of a product, and on which paper",
       .options = {positional("product", "PRODUCT", "产品", "the product")},
       .run = show},
  };
}

}  // namespace anlan::api
