// Operations about the model itself: its card.
#include <cmath>

#include <fmt/core.h>

#include "api/card_backtests.h"
#include "api/model_card.h"
#include "api/render.h"
#include "platform/executor_tbb.h"

namespace anlan::api {
namespace {

constexpr double kMinorPerMajor = 100.0;
constexpr std::size_t kCardPoints = 1024;

std::string whole_yuan(double minor) {
  return to_grouped(Money::rounded(std::round(minor / kMinorPerMajor) * kMinorPerMajor,
                                   Currency::kCny, Rounding::kHalfUp));
}
std::string one_decimal(double minor) { return fmt::format("{:.1f}", minor / kMinorPerMajor); }
std::string frequency_text(double rate) { return fmt::format("{:.4f}", rate); }
Node real_node(double value, int decimals) {
  return Node::number_text(fmt::format("{:.{}f}", value, decimals));
}

// Deviation of the model from its target in percent; nothing against a target of 0.
std::string deviation(double model_minor, double target) {
  if (target == 0.0) return model_minor == 0.0 ? "0.0 %" : "";
  const double percent = 100.0 * (model_minor / kMinorPerMajor / target - 1.0);
  return std::fabs(percent) < 0.05 ? "0.0 %" : fmt::format("{:+.1f} %", percent);
}

struct Card {
  Session& session;
  const engine::Hazard& hazard;
  const engine::Calibration& calibration;
  const CardFigures& figures;
  std::string say(std::string_view key, const TextArgs& args = {}) const {
    return session.say(key, args);
  }
  bool zh() const { return session.lang() == Lang::kZh; }
  const engine::PerilTarget* target(const domain::PerilName& peril) const {
    for (const engine::PerilTarget& row : calibration.perils) {
      if (row.peril == peril) return &row;
    }
    return nullptr;
  }
};

void add_data(const Card& card, Document& document) {
  document.heading(2, card.say("card.data"));
  document.paragraph(card.say("card.data_text"));
  Table sources{
      .columns = {{card.say("card.source")}, {card.say("card.status")}, {card.say("card.text")}}};
  for (const engine::Source& source : card.hazard.sources) {
    sources.rows.push_back({source.id, word(card.session, "evidence", source.status),
                            say_or(card.session, "model_source." + source.id, source.text)});
  }
  document.table(std::move(sources));
}

void add_perils(const Card& card, Document& document) {
  document.heading(2, card.say("card.perils"));
  document.paragraph(card.say("card.perils_text", {{"wording", card.calibration.wording.text}}));
  Table table{.columns = {{card.say("card.peril")},
                          {card.say("card.frequency"), Align::kRight},
                          {card.say("card.mean"), Align::kRight},
                          {card.say("card.target"), Align::kRight},
                          {card.say("card.model"), Align::kRight},
                          {card.say("card.deviation"), Align::kRight}}};
  std::vector<std::vector<std::string>> apart;  // below the total, and not in it
  for (std::size_t p = 0; p < card.hazard.perils.size(); ++p) {
    const engine::PerilHazard& peril = card.hazard.perils[p];
    const engine::PerilTarget* const target = card.target(peril.peril);
    auto& rows = target ? table.rows : apart;
    const double insured = card.figures.year.insured_by_peril[p];
    rows.push_back({peril_name(card.session, peril.peril), frequency_text(peril.frequency.value),
                    whole_yuan(card.figures.year.perils[p].ground_up),
                    target ? fmt::format("{:.0f}", target->insured) : card.say("card.apart"),
                    one_decimal(insured), target ? deviation(insured, target->insured) : ""});
  }
  const double insured = card.figures.year.insured;
  table.rows.push_back({card.say("card.total"), frequency_text(card.figures.frequency),
                        whole_yuan(card.figures.ground_up / card.figures.frequency),
                        fmt::format("{:.0f}", card.calibration.insured), one_decimal(insured),
                        deviation(insured, card.calibration.insured)});
  table.rows.insert(table.rows.end(), apart.begin(), apart.end());
  document.table(std::move(table));
}

void add_results(const Card& card, Document& document) {
  const domain::LossResult& loss = card.figures.loss;
  document.paragraph(card.say(
      "card.result", {{"ground_up", whole_yuan(card.figures.ground_up)},
                      {"target", fmt::format("{:.0f}", card.calibration.ground_up)},
                      {"error", one_decimal(card.figures.year.standard_error)},
                      {"low", to_grouped(loss.insured_low)},
                      {"high", to_grouped(loss.insured_high)},
                      {"from", fmt::format("{:.0f}", card.calibration.range_low)},
                      {"to", fmt::format("{:.0f}", card.calibration.range_high)},
                      {"best", one_decimal(card.figures.every_control)},
                      {"worst", one_decimal(card.figures.no_control)},
                      {"assumed", fmt::format("{:.0f}", loss.assumption_share_ppm / 1e4)}}));
  Table table{.columns = {{card.say("card.terms")},
                          {card.say("card.target"), Align::kRight},
                          {card.say("card.model"), Align::kRight},
                          {card.say("card.deviation"), Align::kRight}}};
  for (std::size_t i = 0; i < card.figures.terms.size(); ++i) {
    const engine::TermsTarget& row = card.calibration.terms[i];
    table.rows.push_back({card.zh() ? row.zh : row.en, fmt::format("{:.0f}", row.insured),
                          one_decimal(card.figures.terms[i]),
                          deviation(card.figures.terms[i], row.insured)});
  }
  document.table(std::move(table));
}

// One row for each group of sectors and each size band: what the engine computed.
void add_market(const Card& card, Document& document) {
  document.heading(2, card.say("card.market"));
  document.paragraph(card.say("card.market_text", {{"wording", card.calibration.wording.text}}));
  Table table{.columns = {{card.say("card.group")},
                          {card.say("card.band")},
                          {card.say("card.frequency"), Align::kRight},
                          {card.say("card.mean"), Align::kRight},
                          {card.say("card.payment"), Align::kRight}}};
  for (const MarketRow& row : card.figures.market) {
    const engine::SectorGroup& group = card.calibration.groups[row.group];
    const engine::SizeBand& band = card.calibration.bands[row.band];
    table.rows.push_back({(card.zh() ? group.zh : group.en) + " " + group.sector,
                          card.zh() ? band.zh : band.en, frequency_text(row.frequency),
                          whole_yuan(row.mean), one_decimal(row.insured)});
  }
  document.table(std::move(table));
}

Node market_node(const Card& card) {
  Node out = Node::list();
  for (const MarketRow& from : card.figures.market) {
    const engine::SectorGroup& group = card.calibration.groups[from.group];
    const engine::SizeBand& band = card.calibration.bands[from.band];
    Node row = Node::table();
    row.add("group", Node::string(group.en));
    row.add("sector", Node::string(group.sector));
    row.add("band", Node::string(band.en));
    row.add("employees", Node::number(band.employees));
    row.add("revenue", to_node(from.revenue));
    row.add("frequency", real_node(from.frequency, 6));
    row.add("ground_up_mean", real_node(from.mean / kMinorPerMajor, 2));
    row.add("insured", real_node(from.insured / kMinorPerMajor, 2));
    out.items.push_back(std::move(row));
  }
  return out;
}

Document card_document(const Card& card) {
  Document document;
  document.heading(
      1, card.say("card.title", {{"model", model_name(card.session, card.hazard.model)}}));
  document.paragraph(card.say("card.purpose"));
  add_data(card, document);
  add_perils(card, document);
  add_results(card, document);
  add_market(card, document);
  add_published(card.session, card.figures.published, document);
  add_shared_events(card.session, card.calibration.shared_events, document);
  document.heading(2, card.say("card.limits"));
  for (const char* key : {"card.limit_expert", "card.limit_controls", "card.limit_dependence",
                          "card.limit_size", "card.limit_conditions", "card.limit_exclusions",
                          "card.limit_dos", "card.limit_history", "card.limit_systemic"}) {
    document.bullet(card.say(key));
  }
  return document;
}

Node card_node(const Card& card) {
  Node out = Node::table();
  out.add("model", Node::string(card.hazard.model));
  out.add("hazard", Node::string(to_hex(card.hazard.digest)));
  Node perils = Node::list();
  for (std::size_t p = 0; p < card.hazard.perils.size(); ++p) {
    const engine::PerilHazard& peril = card.hazard.perils[p];
    Node row = Node::table();
    row.add("peril", Node::string(peril.peril.text));
    row.add("frequency", real_node(peril.frequency.value, 6));
    row.add("ground_up_mean", real_node(card.figures.year.perils[p].ground_up / kMinorPerMajor, 2));
    row.add("insured", real_node(card.figures.year.insured_by_peril[p] / kMinorPerMajor, 2));
    if (const engine::PerilTarget* const target = card.target(peril.peril)) {
      row.add("target_mean", real_node(target->mean, 2));
      row.add("target_insured", real_node(target->insured, 2));
    }
    perils.items.push_back(std::move(row));
  }
  out.add("perils", std::move(perils));
  out.add("insured", real_node(card.figures.year.insured / kMinorPerMajor, 2));
  out.add("insured_standard_error",
          real_node(card.figures.year.standard_error / kMinorPerMajor, 3));
  out.add("ground_up", real_node(card.figures.ground_up / kMinorPerMajor, 2));
  out.add("every_control", real_node(card.figures.every_control / kMinorPerMajor, 2));
  out.add("no_control", real_node(card.figures.no_control / kMinorPerMajor, 2));
  Node terms = Node::list();
  for (std::size_t i = 0; i < card.figures.terms.size(); ++i) {
    Node row = Node::table();
    row.add("terms", Node::string(card.calibration.terms[i].en));
    row.add("target", real_node(card.calibration.terms[i].insured, 2));
    row.add("insured", real_node(card.figures.terms[i] / kMinorPerMajor, 2));
    terms.items.push_back(std::move(row));
  }
  out.add("terms", std::move(terms));
  out.add("market", market_node(card));
  out.add("published", published_node(card.figures.published));
  out.add("shared_events", shared_events_node(card.calibration.shared_events));
  out.add("loss", to_node(card.figures.loss));
  return out;
}

Result<Reply> model_card(Session& session, NodeReader& options) {
  if (options.refused()) return options.report().refusal();
  ANLAN_TRY(const engine::Hazard* hazard, session.library().hazard());
  ANLAN_TRY(const engine::Calibration* calibration, session.library().calibration());
  ANLAN_TRY(const engine::Backtests* backtests, session.library().backtests());
  ANLAN_TRY(const terms::Wording* wording, session.library().wording(calibration->wording));
  ANLAN_TRY(const underwriting::Inference* inference, session.library().inference());
  platform::TbbExecutor executor(0);
  const engine::ScenarioTable table(*hazard, {.points = kCardPoints}, executor);
  ANLAN_TRY(const CardFigures figures, card_figures({.hazard = hazard,
                                                     .table = &table,
                                                     .calibration = calibration,
                                                     .backtests = backtests,
                                                     .wording = wording,
                                                     .inference = inference},
                                                    executor));
  const Card card{session, *hazard, *calibration, figures};
  return Reply{.document = card_document(card), .json = card_node(card), .brief = {}};
}

}  // namespace

std::vector<Operation> model_operations() {
  return {{.name = "model card",
           .command = "",
           .zh = "模型说明书：数据、假设、标定、回溯检验、局限",
           .en = "model card: data, assumptions, calibration, back-tests, limits",
           .options = {},
           .run = model_card}};
}

}  // namespace anlan::api
