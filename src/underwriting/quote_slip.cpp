#include "underwriting/quote_slip.h"

#include "domain/enterprise.h"
#include "underwriting/percent.h"
#include "underwriting/price.h"

namespace anlan::underwriting {
namespace {

using domain::Quote;
using domain::WalkLine;

std::string currency_text(const Quote& quote, const Speech& speech) {
  return speech.say("currency." + std::string(currency_code(quote.premium.currency())));
}

void add_opening(const SlipInput& input, const Speech& speech, Document& document) {
  const Quote& quote = input.quote;
  document.heading(
      1, speech.say("slip.title", {{"id", quote.id.exists() ? to_text(quote.id) : std::string()}}));
  document.paragraph(speech.say(
      "slip.opening", {{"enterprise", input.enterprise},
                       {"product", input.product.name(speech.lang)},
                       {"wording", speech.pick(input.wording.title.zh, input.wording.title.en)},
                       {"registration", input.product.registration},
                       {"period", period_text(quote.from, quote.until)},
                       {"year", std::to_string(quote.policy_year)},
                       {"valid_until", to_text(quote.valid_until)},
                       {"currency", currency_text(quote, speech)}}));
}

void add_decision(const Quote& quote, const Speech& speech, Document& document) {
  document.paragraph(speech.say("slip." + std::string(name_of(quote.decision))));
  for (const domain::TriageFinding& finding : quote.findings) {
    document.bullet(
        speech.say("slip.finding",
                   {{"reason", speech.say("triage." + std::string(name_of(finding.reason)))},
                    {"value", finding.value},
                    {"limit", finding.limit}}),
        "!");
  }
}

void add_premium(const SlipInput& input, const Speech& speech, Document& document) {
  const Quote& quote = input.quote;
  document.heading(2, speech.say("slip.premium_heading"));
  document.table(amount_table(
      {{speech.say("slip.premium"), quote.premium},
       {speech.say("slip.subsidy", {{"grantor", quote.subsidy.is_zero() ? "" : input.grantor}}),
        -quote.subsidy},
       {speech.say("slip.customer_pays"), quote.customer_pays}}));
  add_words(speech, "slip.premium_words", quote.premium, document);
  for (const domain::SubsidyObstacle reason : quote.no_subsidy) {
    document.bullet(speech.say(
        "slip.no_subsidy", {{"reason", speech.say("subsidy." + std::string(name_of(reason)))}}));
  }
}

void add_cost(const Quote& quote, const Speech& speech, Document& document) {
  const domain::PriceParts& parts = quote.parts;
  document.heading(2, speech.say("slip.cost"));
  document.table(amount_table({{speech.say("price.expected_loss"), parts.expected_loss},
                               {speech.say("price.service"), parts.service},
                               {speech.say("price.claims_handling"), parts.claims_handling},
                               {speech.say("price.policy_cost"), parts.policy_cost},
                               {speech.say("price.reinsurance"), parts.reinsurance},
                               {speech.say("price.capital"), parts.capital},
                               {speech.say("price.acquisition"), parts.acquisition},
                               {speech.say("price.administration"), parts.administration},
                               {speech.say("price.margin"), parts.margin},
                               {speech.say("price.guarantee_fund"), parts.guarantee_fund},
                               {speech.say("price.technical_net"), parts.technical_net},
                               {speech.say("price.vat"), parts.vat},
                               {speech.say("price.technical_gross"), parts.technical_gross},
                               {speech.say("price.filing_adjustment"), parts.filing_adjustment},
                               {speech.say("price.filed_gross"), parts.filed_gross}}));
  const PriceRatios ratios = price_ratios(parts, quote.aggregate_limit, quote.incident_maximum);
  document.paragraph(
      speech.say("slip.ratios", {{"rate_on_line", rate_text(ratios.rate_on_line)},
                                 {"rate_on_incident", rate_text(ratios.rate_on_incident)},
                                 {"adequacy", percent_text(ratios.adequacy)},
                                 {"loss_ratio", percent_text(ratios.loss_ratio)},
                                 {"low", to_grouped(quote.filed_low)},
                                 {"high", to_grouped(quote.filed_high)}}));
}

void add_walk_table(const std::vector<WalkLine>& walk, const Speech& speech, Document& document) {
  Table table{.columns = {{.title = speech.say("slip.step")},
                          {.title = speech.say("slip.change"), .align = Align::kRight},
                          {.title = speech.say("slip.after"), .align = Align::kRight}},
              .rows = {}};
  for (const WalkLine& line : walk) {
    table.rows.push_back({speech.say("walk." + std::string(name_of(line.step))),
                          to_grouped(line.change), to_grouped(line.cumulative)});
  }
  document.table(std::move(table));
}

void add_walk(const Quote& quote, const Speech& speech, Document& document) {
  document.heading(2, speech.say("slip.walk"));
  add_walk_table(quote.walk.get(), speech, document);
  document.paragraph(speech.say("slip.walk_reversed"));
  add_walk_table(quote.walk_reversed.get(), speech, document);
}

std::string inferred_names(const Quote& quote, const Speech& speech) {
  std::string names;
  for (const domain::FactName& name : quote.inferred.get()) {
    if (!names.empty()) names += speech.say("slip.and");
    names += speech.say("fact." + name.text);
  }
  return names;
}

void add_confidence(const Quote& quote, const Speech& speech, Document& document) {
  const domain::LossResult loss = quote.loss.get();
  document.paragraph(
      speech.say("slip.confidence", {{"expected", to_grouped(loss.insured)},
                                     {"error", to_grouped(loss.standard_error)},
                                     {"low", to_grouped(loss.insured_low)},
                                     {"high", to_grouped(loss.insured_high)},
                                     {"technical_low", to_grouped(quote.technical_low)},
                                     {"technical_high", to_grouped(quote.technical_high)},
                                     {"assumed", percent_text(quote.assumed.ppm())},
                                     {"model", loss.model_version}}));
  document.paragraph(speech.say("slip.systemic", {{"share", percent_text(systemic_share(loss))}}));
  if (!quote.inferred.get().empty()) {
    document.paragraph(speech.say("slip.inferred", {{"facts", inferred_names(quote, speech)}}));
  }
}

}  // namespace

namespace {

Document declinature(const SlipInput& input, const Speech& speech) {
  const Quote& quote = input.quote;
  Document document;
  document.heading(1, speech.say("slip.declined_title",
                                 {{"id", quote.id.exists() ? to_text(quote.id) : std::string()}}));
  document.paragraph(
      speech.say("slip.declined_opening", {{"enterprise", input.enterprise},
                                           {"product", input.product.name(speech.lang)},
                                           {"registration", input.product.registration},
                                           {"period", period_text(quote.from, quote.until)}}));
  add_decision(quote, speech, document);
  document.paragraph(speech.say("slip.declined_next"));
  return document;
}

}  // namespace

Document quote_slip(const SlipInput& input, const Speech& speech) {
  const Quote& quote = input.quote;
  if (quote.decision == domain::QuoteDecision::kDeclined) return declinature(input, speech);
  Document document;
  add_opening(input, speech, document);
  add_decision(quote, speech, document);
  document.heading(2, speech.say("slip.limits"));
  add_limits(speech, input.wording.terms, document);
  add_premium(input, speech, document);
  add_cost(quote, speech, document);
  add_walk(quote, speech, document);
  add_confidence(quote, speech, document);
  document.heading(2, speech.say("slip.to_explain"));
  add_clauses(speech, input.wording, quote.to_explain.get(), document);
  add_services(speech, input.product, document);
  return document;
}

}  // namespace anlan::underwriting
