#include "engine/calibration.h"

#include <algorithm>

#include "base/node_reader.h"
#include "domain/sector.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

constexpr double kAmountMax = 1e13;
constexpr double kBillionsMax = 1e6;
constexpr std::int64_t kPeopleMax = 10'000'000;

domain::PerilName peril_of(NodeReader& from, std::string_view key, const std::string& code) {
  if (peril_index(code) == kPerilCount) {
    from.refuse(key, refusals::kPerilUnknown, {{.name = "peril", .value = code}});
  }
  return {code};
}

TermsTarget terms_target(NodeReader& from, Currency currency) {
  TermsTarget out{.zh = from.text("zh"), .en = from.text("en")};
  if (from.has("waiting_hours")) out.waiting_hours = from.whole("waiting_hours", 0, 8760);
  out.retention = from.money_or_null("retention", currency);
  out.without = from.text_or("without", "");
  out.insured = from.real("insured", 0.0, kAmountMax);
  from.finish();
  return out;
}

SharedEvent shared_event(NodeReader& from) {
  SharedEvent out{.event = from.text("event"), .low = from.real("low", 0.0, kBillionsMax)};
  if (from.has("start")) out.start = to_text(from.date("start"));
  if (from.has("high")) out.high = from.real("high", out.low, kBillionsMax);
  out.note_zh = from.text_or("note_zh", "");
  out.note_en = from.text_or("note_en", "");
  out.needs_zh = from.text("needs_zh");
  out.needs_en = from.text("needs_en");
  out.source = from.text("source");
  from.finish();
  return out;
}

void range(NodeReader& root, Calibration& out) {
  std::vector<NodeReader> ends = root.list("range");
  if (ends.size() != 2) {
    root.refuse("range", refusals::kOutsideOwnRange);
    return;
  }
  out.range_low = ends[0].as_real(0.0, kAmountMax);
  out.range_high = ends[1].as_real(out.range_low, kAmountMax);
}

void source(NodeReader& root, const Hazard& hazard) {
  const std::string id = root.text("source");
  const auto same = [&](const Source& known) { return known.id == id; };
  if (std::any_of(hazard.sources.begin(), hazard.sources.end(), same)) return;
  root.refuse("source", refusals::kNameUnknown, {{.name = "name", .value = id}});
}

void groups(NodeReader& root, Calibration& out) {
  for (NodeReader& item : root.list("group")) {
    SectorGroup group{.sector = item.text("sector"), .zh = item.text("zh"), .en = item.text("en")};
    const auto sector = domain::parse_sector(group.sector, item.child("sector"));
    if (!sector.ok() && !item.refused()) item.report().refuse(sector.refusal());
    item.finish();
    out.groups.push_back(std::move(group));
  }
}

void bands(NodeReader& root, Calibration& out) {
  std::int64_t from = 1;
  bool open = true;  // the last band has no end, the others have
  for (NodeReader& item : root.list("band")) {
    SizeBand band{.zh = item.text("zh"), .en = item.text("en")};
    band.below = item.whole_or_null("below", 1, kPeopleMax);
    band.employees = item.whole("employees", 1, kPeopleMax);
    item.finish();
    const bool inside =
        open && band.employees >= from && band.employees < band.below.value_or(kPeopleMax + 1);
    if (!item.refused() && !inside) item.refuse("employees", refusals::kOutsideOwnRange);
    open = band.below.has_value();
    from = band.below.value_or(from);
    out.bands.push_back(std::move(band));
  }
  if (!root.refused() && open) root.refuse("band", refusals::kOutsideOwnRange);
}

// Every peril of the hazard has a target or stands apart.
void complete(NodeReader& root, const Hazard& hazard, const Calibration& out) {
  for (const PerilHazard& peril : hazard.perils) {
    const auto same = [&](const PerilTarget& target) { return target.peril == peril.peril; };
    const bool targeted = std::any_of(out.perils.begin(), out.perils.end(), same);
    const bool apart =
        std::find(out.apart.begin(), out.apart.end(), peril.peril) != out.apart.end();
    if (targeted != apart) continue;
    root.refuse("peril", refusals::kPerilNotModelled,
                {{.name = "peril", .value = peril.peril.text}});
  }
}

}  // namespace

Result<Calibration> read_calibration(const Node& node, const std::string& file,
                                     const Hazard& hazard) {
  ReadReport report(file);
  NodeReader root(node, report);
  Calibration out{.wording = root.name<domain::WordingTag>("wording"),
                  .insured = root.real("insured", 0.0, kAmountMax),
                  .ground_up = root.real("ground_up", 0.0, kAmountMax),
                  .tolerance = root.percent("tolerance"),
                  .peril_tolerance = root.percent("peril_tolerance")};
  range(root, out);
  source(root, hazard);
  for (const std::string& code : root.texts_or_empty("apart")) {
    out.apart.push_back(peril_of(root, "apart", code));
  }
  for (NodeReader& item : root.list("peril")) {
    out.perils.push_back({.peril = peril_of(item, "code", item.text("code")),
                          .mean = item.real("mean", 0.0, kAmountMax),
                          .insured = item.real("insured", 0.0, kAmountMax)});
    item.finish();
  }
  for (NodeReader& item : root.list("terms")) {
    out.terms.push_back(terms_target(item, hazard.currency));
  }
  for (NodeReader& item : root.list("shared_event")) {
    out.shared_events.push_back(shared_event(item));
  }
  groups(root, out);
  bands(root, out);
  root.finish();
  complete(root, hazard, out);
  return report.result(std::move(out));
}

}  // namespace anlan::engine
