#include "underwriting/documents.h"

#include <doctest/doctest.h>

#include "underwriting/fixture_test.h"
#include "underwriting/price.h"
#include "underwriting/quote_slip.h"

namespace anlan::underwriting {
namespace {

using namespace samples;

// Every text of a document, in order, one line for each paragraph, bullet and table row.
std::vector<std::string> lines_of(const Document& document) {
  std::vector<std::string> lines;
  for (const Block& block : document.blocks) {
    if (const auto* heading = std::get_if<Heading>(&block)) lines.push_back("# " + heading->text);
    if (const auto* text = std::get_if<Paragraph>(&block)) lines.push_back(text->text);
    if (const auto* bullet = std::get_if<Bullet>(&block)) {
      lines.push_back(bullet->mark + " " + bullet->text);
    }
    const auto* found = std::get_if<Table>(&block);
    if (found == nullptr) continue;
    for (const auto& row : found->rows) {
      CHECK(row.size() == found->columns.size());
      std::string line;
      for (const std::string& cell : row) line += line.empty() ? cell : " | " + cell;
      lines.push_back(line);
    }
  }
  return lines;
}

bool has(const std::vector<std::string>& lines, std::string_view line) {
  return std::find(lines.begin(), lines.end(), line) != lines.end();
}

Texts texts() {
  Texts texts;
  texts.by_key = {{"slip.and", " + "},
                  {"slip.title", "Quote {id}"},
                  {"slip.opening", "{enterprise} {product} {period} until {valid_until}"},
                  {"slip.subsidy", "Subsidy{?grantor: by {grantor}}"},
                  {"slip.no_subsidy", "none: {reason}"},
                  {"slip.ratios", "{rate_on_line} {rate_on_incident} {adequacy} {loss_ratio}"},
                  {"slip.inferred", "inferred: {facts}"},
                  {"slip.systemic", "systemic: {share}"},
                  {"slip.finding", "{reason}: {value} of {limit}"},
                  {"schedule.title", "Policy {number}"},
                  {"schedule.mark", "{mark}"},
                  {"schedule.evidence", "{clause} at {at}"}};
  return texts;
}

domain::Quote quote() {
  domain::Quote quote;
  quote.id = {21};
  quote.from = day("2026-03-01");
  quote.until = day("2027-03-01");
  quote.valid_until = day("2026-03-22");
  quote.premium = yuan(280'000);
  quote.subsidy = yuan(140'000);
  quote.customer_pays = yuan(140'000);
  quote.aggregate_limit = yuan(40'000'000);
  quote.incident_maximum = yuan(15'000'000);
  quote.loss = loss();
  quote.parts = price_parts(loss(), loads(), quote.premium);
  quote.walk = price_walk(loss(), quote.parts);
  quote.walk_reversed = price_walk_reversed(loss(), quote.parts);
  quote.inferred = std::vector<domain::FactName>{{"servers"}, {"records"}};
  quote.to_explain = std::vector<std::string>{"3.1", "4.2"};
  quote.decision = domain::QuoteDecision::kDeclined;
  quote.findings = {{.reason = domain::TriageReason::kTooManyIncidents,
                     .consequence = domain::QuoteDecision::kDeclined,
                     .value = "5",
                     .limit = "2"}};
  return quote;
}

TEST_CASE("quote slip: limits, money, walk, findings and clauses stand in it as recorded") {
  const Product filed = product();
  const terms::Wording form = wording();
  domain::Quote issued = quote();
  issued.decision = domain::QuoteDecision::kReferred;
  const Texts words = texts();
  const auto lines = lines_of(quote_slip({.quote = issued,
                                          .product = filed,
                                          .wording = form,
                                          .enterprise = "Example Ltd",
                                          .grantor = "Ningbo treasury"},
                                         {.texts = words, .lang = Lang::kEn}));
  for (const std::string_view line :
       {"# Quote quo_21", "Example Ltd Ningbo Cyber Guard 2026-03-01 - 2027-02-28 until 2026-03-22",
        "[slip.referred]", "! [triage.too_many_incidents]: 5 of 2",
        "[slip.all_covers] | - | 400,000.00 | ", "[slip.premium] | 2,800.00",
        "Subsidy by Ningbo treasury | -1,400.00", "[slip.customer_pays] | 1,400.00",
        "[price.expected_loss] | 697.00", "[price.technical_gross] | 2,265.15",
        "[price.filing_adjustment] | 534.85", "0.70 % 1.87 % 80.9 % 24.9 %",
        "[walk.controls] | -300.00 | 4,200.00", "[walk.controls] | -43.00 | 697.00",
        "systemic: 17.5 %", "inferred: [fact.servers] + [fact.records]", "★ 3.1 War is excluded",
        "★ 4.2 Prior written consent", "- Hotline"}) {
    CAPTURE(line);
    CHECK(has(lines, line));
  }
}

TEST_CASE("quote slip: a subsidy of 0.00 says why, every reason on a line") {
  const Product filed = product();
  const terms::Wording form = wording();
  const Texts words = texts();
  domain::Quote issued = quote();
  issued.decision = domain::QuoteDecision::kBindable;
  const auto slip = [&] {
    return lines_of(quote_slip({.quote = issued,
                                .product = filed,
                                .wording = form,
                                .enterprise = "Example Ltd",
                                .grantor = ""},
                               {.texts = words, .lang = Lang::kEn}));
  };
  CHECK(!has(slip(), "- none: [subsidy.region]"));
  issued.subsidy = yuan(0);
  issued.customer_pays = issued.premium;
  issued.no_subsidy = {domain::SubsidyObstacle::kPolicyYear, domain::SubsidyObstacle::kRegion};
  CHECK(has(slip(), "- none: [subsidy.policy_year]"));
  CHECK(has(slip(), "- none: [subsidy.region]"));
}

TEST_CASE("quote slip: a declined risk gets a notice with its reasons and no premium") {
  const Product filed = product();
  const terms::Wording form = wording();
  domain::Quote declined = quote();
  declined.decision = domain::QuoteDecision::kDeclined;
  const Texts words = texts();
  const auto lines = lines_of(quote_slip({.quote = declined,
                                          .product = filed,
                                          .wording = form,
                                          .enterprise = "Example Ltd",
                                          .grantor = "Ningbo treasury"},
                                         {.texts = words, .lang = Lang::kEn}));
  CHECK(lines == std::vector<std::string>{
                     "# [slip.declined_title]", "[slip.declined_opening]", "[slip.declined]",
                     "! [triage.too_many_incidents]: 5 of 2", "[slip.declined_next]"});
}

TEST_CASE("policy schedule: the wording stands in full and exemption clauses are marked") {
  const Product filed = product();
  const terms::Wording form = wording();
  const domain::Quote issued = quote();
  domain::Policy bound = policy();
  bound.explained = std::vector<domain::ExplainedClause>{
      {.clause = "3.1", .at = start_of_day(day("2026-02-21"))}};
  const ScheduleInput input{.policy = bound,
                            .quote = issued,
                            .product = filed,
                            .wording = form,
                            .insurer = "Insurer",
                            .insured = "Example Ltd",
                            .credit_code = "91330206MA2EXAMP50",
                            .grantor = ""};
  const Texts words = texts();
  const auto lines = lines_of(policy_schedule(input, {.texts = words, .lang = Lang::kZh}));
  for (const std::string_view line :
       {"# Policy AL-2026-000037", "[schedule.insured] | Example Ltd",
        "[schedule.period] | 2026-03-01 - 2027-02-28", "[schedule.customer_part] | 1,400.00",
        "[slip.premium] | 2,800.00", "[schedule.cancel_pro_rata][schedule.refund_limit_left]",
        "- 2.1 累计赔偿限额", "★ 3.1 战争除外", "★ 4.2 事先书面同意",
        "- 3.1 at 2026-02-21T00:00:00+08:00"}) {
    CAPTURE(line);
    CHECK(has(lines, line));
  }
  CHECK(has(lines, "营业中断 | 100,000.00 | - | "));
}

TEST_CASE(
    "policy document: any change of the policy or of a clause's text changes the signed tree") {
  const Product filed = product();
  const domain::Quote issued = quote();
  const domain::Policy bound = policy();
  terms::Wording form = wording();
  const auto digest_of = [&](const domain::Policy& of) {
    const Node tree = policy_document({.policy = of,
                                       .quote = issued,
                                       .product = filed,
                                       .wording = form,
                                       .insurer = "Insurer",
                                       .insured = "Example Ltd",
                                       .credit_code = "91330206MA2EXAMP50",
                                       .grantor = ""});
    std::string flat;
    const auto write = [&](const Node& node, const auto& self) -> void {
      flat += node.text + "\n";
      for (const Node& item : node.items) self(item, self);
      for (const Member& each : node.members) {
        flat += each.key + "=";
        self(each.value, self);
      }
    };
    write(tree, write);
    return flat;
  };
  const std::string signed_tree = digest_of(bound);
  CHECK(digest_of(bound) == signed_tree);
  CHECK(signed_tree.find("premium=\namount=280000\n") != std::string::npos);
  domain::Policy other = bound;
  other.customer_part = yuan(140'001);
  CHECK(digest_of(other) != signed_tree);
  form.clauses[1].en += ".";
  CHECK(digest_of(bound) != signed_tree);
}

}  // namespace
}  // namespace anlan::underwriting
