#include "api/sample_book.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/check.h"
#include "base/node_reader.h"
#include "domain/enterprise.h"
#include "protection/questionnaire.h"

namespace anlan::api {
namespace {

using Range = SampleBook::Range;

constexpr int kDaysOfYear = 365;
constexpr std::int64_t kSignalsMax = 120;  // machines in one file of signals

Range read_range(NodeReader& reader, std::string_view from, std::string_view to,
                 std::int64_t most) {
  Range range{.from = reader.whole(from, 0, most), .to = 0};
  range.to = reader.whole(to, range.from, most);
  return range;
}

SampleBook::Chance read_chance(NodeReader reader) {
  const auto percent = [&](std::string_view key) { return reader.whole(key, 0, 100); };
  SampleBook::Chance chance{.growth = percent("growth"),
                            .assessed = percent("assessed"),
                            .accepted = percent("accepted"),
                            .takes = percent("takes"),
                            .orders = percent("orders"),
                            .proves = percent("proves"),
                            .pays = percent("pays"),
                            .changes = percent("changes"),
                            .leaves = percent("leaves"),
                            .renews = percent("renews")};
  reader.finish();
  return chance;
}

SampleBook::Trade read_trade(NodeReader& reader) {
  return {.sector = reader.text("sector"),
          .name = reader.text("name"),
          .revenue = reader.whole("revenue", 1, 100'000'000),
          .margin = reader.whole("margin", 1, 99),
          .endpoints = reader.whole("endpoints", 1, 1'000),
          .records = reader.whole("records", 0, 1'000'000),
          .products = reader.texts("products"),
          .elsewhere = reader.texts("elsewhere")};
}

SampleBook::Peril read_peril(NodeReader& reader) {
  SampleBook::Peril peril{.code = reader.text("peril"),
                          .summary = reader.text("summary"),
                          .per_mille = reader.whole("per_mille", 0, 1'000),
                          .hours = read_range(reader, "hours_from", "hours_to", 2'000),
                          .ransom = reader.flag("ransom", false),
                          .items = {}};
  for (NodeReader& item : reader.list("items")) {
    peril.items.push_back({.head = item.text("head"),
                           .note = item.text("note"),
                           .amount = read_range(item, "from", "to", 1'000'000'000)});
    item.finish();
  }
  reader.finish();
  return peril;
}

template <class T, class Read>
std::vector<SampleBook::Weighted<T>> read_weighted(NodeReader& root, std::string_view key,
                                                   const Read& read) {
  std::vector<SampleBook::Weighted<T>> all;
  for (NodeReader& reader : root.list(key)) {
    const std::int64_t weight = reader.whole("weight", 1, 1'000'000);
    all.push_back({.weight = weight, .value = read(reader)});
    reader.finish();
  }
  return all;
}

// One of thirty-one characters makes the check digit right.
std::string credit_code(const std::string& region, std::uint64_t number) {
  constexpr std::string_view kDigits = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  const std::string body = fmt::format("91{}MAT{:06}", region, number);
  for (const char digit : kDigits) {
    if (const auto code = domain::parse_credit_code(body + digit, "credit_code"); code.ok())
      return *code;
  }
  ANLAN_CHECK(false);
  return body;
}

// Answers to the short list: better ones where more is done.
std::string answers_text(SampleDraws& draws, Date on, std::int64_t records) {
  const std::int64_t done = draws.whole(0, 3);  // how far the company has come
  const auto part = [&](std::int64_t low, std::int64_t step) {
    return std::to_string(std::min<std::int64_t>(100, low + step * done + draws.whole(0, 8)));
  };
  const auto word = [&](std::initializer_list<std::string_view> from_worst) {
    return std::string(std::data(
        from_worst)[std::min<std::size_t>(static_cast<std::size_t>(done), from_worst.size() - 1)]);
  };
  std::string text = "stated_on = \"" + to_text(on) + "\"\n[answers]\n";
  const auto answer = [&](std::string_view id, const std::string& value) {
    text += fmt::format("{} = \"{}\"\n", id, value);
  };
  const auto count = [&](std::string_view id, const std::string& value) {
    text += fmt::format("{} = {}\n", id, value);
  };
  answer("GOV-01", word({"no", "yes"}));
  answer("GOV-02", "not_graded");
  answer("GOV-03", "none");
  count("GOV-05", std::to_string(done));
  count("AST-01", part(40, 18));
  answer("AST-02", word({"none", "annual", "quarterly"}));
  answer("AST-03", word({"3;1", "3;0"}));
  count("IAM-01", part(10, 28));
  count("IAM-02", part(30, 22));
  count("IAM-03", part(10, 26));
  count("IAM-07", part(20, 24));
  const std::string protected_share = part(35, 20);
  answer("END-01", protected_share + ";" + part(20, 24));
  answer("END-02", word({"unmonitored", "unmonitored", "business_hours"}));
  count("END-03", std::to_string(96 - 24 * done));
  answer("CFG-02", word({"no", "yes"}));
  count("VUL-01", std::to_string(60 - 15 * done));
  count("VUL-03", std::to_string(180 - 45 * done));
  count("NET-01", std::to_string(done == 0 ? draws.whole(0, 3) : 0));
  answer("NET-02", "managed_vpn");
  answer("NET-04", word({"none", "none", "detect", "block"}));
  answer("NET-05", word({"none", "none", "dns"}));
  answer("EML-01", word({"spf", "spf_dkim", "dmarc_none", "dmarc_enforced"}));
  answer("EML-02", word({"none", "basic", "basic", "advanced"}));
  answer("EML-03", word({"none", "dual_approval", "dual_approval", "dual_approval_and_callback"}));
  count("BKP-01", std::to_string(done >= 2 ? 24 : 168));
  answer("BKP-02", word({"online_only", "offsite", "offsite", "offline_or_immutable"}));
  answer("BKP-03",
         to_text(plus_days(on, static_cast<std::int32_t>(-draws.whole(20, 300)))) + ";36");
  answer("LOG-01", word({"none", "local", "central_lt6m", "central_ge6m"}));
  answer("IRP-01", word({"none", "written", "exercised_12m"}));
  answer("IRP-02", "none");
  answer("IRP-03", "yes");
  const std::int64_t tolerated_hours = draws.whole(12, 72);
  answer("BCP-01", fmt::format("{};{}.00", tolerated_hours, draws.whole(4, 60) * 1'000));
  answer("SUP-01", "3;云主机、财务软件、邮件");
  answer("SUP-03", "vpn_only");
  answer("SUP-04", "0;无");
  answer("AWR-01", part(5, 25) + ";1");
  if (records < protection::kDataRecords) return text;
  answer("DAT-01", std::to_string(records));
  count("DAT-02", part(10, 25));
  answer("DAT-03", word({"none", "endpoint", "both"}));
  answer("DAT-04", word({"none", "partial", "complete"}));
  return text;
}

// Companies come more often from year to year; within a year evenly.
Date day_of_coming(const SampleBook& book, SampleDraws& draws, std::int64_t years) {
  const double growth = 1.0 + static_cast<double>(book.chance.growth) / 100.0;
  double sum = 0.0;
  double share = 1.0;
  for (std::int64_t year = 0; year < years; ++year, share *= growth) sum += share;
  double left = draws.unit() * sum;
  std::int64_t year = 0;
  for (share = 1.0; year + 1 < years && left >= share; ++year, share *= growth) left -= share;
  return plus_days(book.first_day, static_cast<std::int32_t>(year * kDaysOfYear +
                                                             draws.whole(1, kDaysOfYear - 40)));
}

std::string facts_text(const SampleFirm& firm, const SampleBook::Trade& trade,
                       const SampleBook::Place& place, std::uint64_t number, SampleDraws& draws) {
  std::string text = fmt::format(
      "legal_name = \"{}\"\ncredit_code = \"{}\"\nassess_consent = true\nmonitor_consent = true\n"
      "stated_on = \"{}\"\n[contact]\nname = \"样例联系人{}\"\nphone = \"0574-00000000\"\n"
      "email = \"firm{}@example.com\"\n[facts]\n",
      firm.name, credit_code(place.region, number), to_text(firm.came), number, number);
  text += fmt::format(
      "sector = \"{}\"\nregion = \"{}\"\nrevenue = \"{}.00\"\ngross_margin = \"{} %\"\n"
      "employees = {}\nrecords = {}\nendpoints = {}\ncii_operator = false\nincidents_36m = {}\n",
      trade.sector, place.region, firm.revenue, trade.margin, firm.employees,
      firm.employees * trade.records, firm.endpoints, draws.of_hundred(12) ? draws.whole(1, 4) : 0);
  return text;
}

std::string instant_text(Instant at) { return to_text(at); }

std::string incident_text(const SampleBook::Peril& peril, const SampleFirm& firm, Instant occurred,
                          SampleDraws& draws) {
  std::string text =
      fmt::format("peril = \"{}\"\noccurred = \"{}\"\ndiscovered = \"{}\"\nsummary = \"{}\"\n",
                  peril.code, instant_text(occurred),
                  instant_text(plus_minutes(occurred, draws.whole(10, 300))), peril.summary);
  for (const SampleBook::Item& item : peril.items) {
    text += fmt::format("[[items]]\nhead = \"{}\"\namount = \"{}.00\"\nnote = \"{}\"\n", item.head,
                        draws.whole(item.amount.from, item.amount.to), item.note);
    if (item.head == "FP.EXT.RANSOM")
      text += fmt::format("paid = \"{}\"\n", instant_text(plus_minutes(occurred, 3 * 1'440)));
  }
  const std::int64_t hours = draws.whole(peril.hours.from, peril.hours.to);
  if (hours == 0) return text;
  // Gross profit of an hour in which the company works: six days a week, ten hours each.
  const std::int64_t an_hour = std::max<std::int64_t>(10, firm.revenue / 5 / (52 * 60));
  text += fmt::format(
      "[interruption]\nsection = \"FP.BI\"\nstarted = \"{}\"\nrestored = \"{}\"\nstopped = \"{} "
      "%\"\n[[interruption.profile]]\ndays = \"mon-sat\"\nhours = \"08-18\"\namount = \"{}.00\"\n",
      instant_text(occurred), instant_text(plus_minutes(occurred, hours * 60)),
      draws.whole(6, 20) * 5, an_hour);
  return text;
}

}  // namespace

Result<SampleBook> read_sample_book(const Node& tree, const std::string& file) {
  ReadReport report(file);
  NodeReader root(tree, report);
  SampleBook book;
  book.house = root.text("house");
  book.first_day = root.date("first_day");
  book.max_firms = root.whole("max_firms", 1, 900'000);
  book.chance = read_chance(root.table("chance"));
  book.places = read_weighted<SampleBook::Place>(root, "places", [](NodeReader& reader) {
    return SampleBook::Place{.region = reader.text("region"),
                             .name = reader.text("name"),
                             .scheme = reader.flag("scheme", false)};
  });
  NodeReader names = root.table("names");
  book.first_names = names.texts("first");
  book.second_names = names.texts("second");
  book.mark = names.text("mark");
  names.finish();
  book.trades = read_weighted<SampleBook::Trade>(root, "trades", read_trade);
  book.sizes = read_weighted<Range>(
      root, "sizes", [](NodeReader& reader) { return read_range(reader, "from", "to", 100'000); });
  for (NodeReader& reader : root.list("incidents")) book.perils.push_back(read_peril(reader));
  root.finish();
  return report.result(std::move(book));
}

SampleDraws::SampleDraws(std::uint64_t seed, std::uint64_t firm, std::uint32_t year,
                         SampleDraw purpose)
    : stream_(RandomKey{.seed = seed,
                        .subject = firm,
                        .year = year,
                        .stream = static_cast<std::uint32_t>(purpose)}) {}

double SampleDraws::unit() { return stream_.unit(next_++); }

bool SampleDraws::of_hundred(std::int64_t chance) {
  return unit() * 100.0 < static_cast<double>(chance);
}

std::int64_t SampleDraws::whole(std::int64_t from, std::int64_t to) {
  ANLAN_CHECK(from <= to);
  return from + static_cast<std::int64_t>(unit() * static_cast<double>(to - from + 1));
}

SampleFirm sample_firm(const SampleBook& book, std::uint64_t seed, std::uint64_t number,
                       std::int64_t years) {
  SampleDraws draws(seed, number, 0, SampleDraw::kFirm);
  const auto any_of = [&](const std::vector<std::string>& names) {
    return names[static_cast<std::size_t>(
        draws.whole(0, static_cast<std::int64_t>(names.size()) - 1))];
  };
  const SampleBook::Place& place = draws.one_of(book.places);
  const SampleBook::Trade& trade = draws.one_of(book.trades);
  const Range& size = draws.one_of(book.sizes);
  SampleFirm firm;
  firm.name = place.name + any_of(book.first_names);
  firm.name += any_of(book.second_names) + trade.name +
               fmt::format("（{}{}）有限公司", book.mark, number + 1);
  firm.product = any_of(place.scheme ? trade.products : trade.elsewhere);
  firm.came = day_of_coming(book, draws, years);
  firm.employees = draws.whole(size.from, size.to);
  firm.endpoints = std::max<std::int64_t>(1, firm.employees * trade.endpoints / 100);
  firm.revenue = firm.employees * trade.revenue * draws.whole(60, 150) / 100;
  firm.facts = facts_text(firm, trade, place, number, draws);
  if (firm.employees < protection::kMediumEmployees && draws.of_hundred(book.chance.assessed))
    firm.answers = answers_text(draws, firm.came, firm.employees * trade.records);
  return firm;
}

std::vector<SampleIncident> sample_incidents(const SampleBook& book, const SampleFirm& firm,
                                             const SampleCover& cover) {
  SampleDraws draws(cover.seed, cover.number, cover.year, SampleDraw::kLoss);
  std::vector<SampleIncident> incidents;
  for (const SampleBook::Peril& peril : book.perils) {
    if (draws.unit() * 1'000.0 >= static_cast<double>(peril.per_mille)) continue;
    const Date day =
        plus_days(cover.from, static_cast<std::int32_t>(draws.whole(2, kDaysOfYear - 40)));
    SampleIncident incident;
    incident.occurred = plus_minutes(start_of_day(day), draws.whole(6 * 60, 17 * 60));
    incident.reported = plus_minutes(start_of_day(plus_days(day, 1)), 9 * 60 + draws.whole(0, 90));
    incident.stated = plus_minutes(start_of_day(plus_days(day, 10)), 9 * 60 + draws.whole(0, 90));
    incident.ransom = peril.ransom;
    incident.file = incident_text(peril, firm, incident.occurred, draws);
    incidents.push_back(std::move(incident));
  }
  std::sort(incidents.begin(), incidents.end(),
            [](const auto& a, const auto& b) { return a.occurred < b.occurred; });
  return incidents;
}

std::string sample_signals(const SampleFirm& firm, Date until) {
  std::string lines;
  for (int back = 7; back >= 1; --back) {
    const Date day = plus_days(until, -back);
    for (std::int64_t host = 0; host < std::min(firm.endpoints, kSignalsMax); ++host) {
      lines += fmt::format(
          "<134>1 {} pc-{:02} edr-agent {} HEARTBEAT [edr@32473 version=\"6.2.1\" "
          "signatures=\"{}.1\" isolated=\"no\"] 终端代理运行正常\n",
          to_text(plus_minutes(start_of_day(day), 8 * 60 + host % 60)), host + 1, 1'100 + host,
          to_text(day));
    }
  }
  return lines;
}

}  // namespace anlan::api
