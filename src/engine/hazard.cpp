#include "engine/hazard.h"

#include <algorithm>
#include <cmath>

#include "base/node_reader.h"
#include "base/sobol.h"
#include "domain/cover.h"
#include "domain/peril.h"
#include "domain/sector.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

constexpr double kMinorPerMajor = 100.0;  // all currencies that we keep have two decimals
constexpr double kAmountMajorMax = 1e13;  // kAmountMax in yuan
constexpr double kRevenueShareMax = 10.0;
constexpr double kHoursMax = 8760.0;  // a year: no indemnity period is longer
constexpr double kSigmaMax = 5.0;
constexpr double kLagDaysMax = 3650.0;
constexpr double kShapeMin = 0.1;
constexpr double kShapeMax = 1000.0;
constexpr std::int64_t kMembersMin = 64;
constexpr std::int64_t kMembersMax = 65'536;

void refuse_zero(NodeReader& from, std::string_view key) {
  from.refuse(
      key, anlan::refusals::kOutOfRange,
      {{.name = "min", .value = "more than 0"}, {.name = "max", .value = "its largest value"}});
}

// Reads one file; looks names up in what was read before.
class Reading {
 public:
  explicit Reading(Hazard& hazard) : hazard_(hazard) {}

  void file(NodeReader& root);

 private:
  std::size_t source(NodeReader& from);
  void range(NodeReader& from, std::string_view key, double maximum, Constant& out);
  Constant constant(NodeReader& from, std::string_view key, double scale, double maximum);
  SizeRule size(NodeReader& from, std::string_view key);
  maths::BetaShape shape(NodeReader& from);
  std::optional<std::size_t> gate(NodeReader& from, const PerilHazard& peril);
  void sources(NodeReader& root);
  void ensemble(NodeReader from);
  void reference(NodeReader from);
  void sectors(NodeReader& root);
  void activities(NodeReader& root);
  void not_modelled(NodeReader& root);
  void peril(NodeReader& from);
  Gate gate_of(NodeReader& from);
  void hours(NodeReader from, Outage& out);
  void points(NodeReader& from, Outage& out);
  Outage outage(NodeReader from, const PerilHazard& peril);
  RecordsTaken records_taken(NodeReader from);
  void curve(NodeReader& from, Outage& out);
  LossPart loss(NodeReader& from, const PerilHazard& peril);
  void heads(NodeReader& from, LossPart& out);
  std::optional<Lag> lag(NodeReader& peril, std::string_view key);
  void lapse(NodeReader& root);
  void patching(NodeReader& root);
  domain::PerilName peril_name(NodeReader& from, std::string_view key, const std::string& code);

  Hazard& hazard_;
};

std::size_t Reading::source(NodeReader& from) {
  const std::string id = from.text("source");
  for (std::size_t i = 0; i < hazard_.sources.size(); ++i) {
    if (hazard_.sources[i].id == id) return i;
  }
  from.refuse("source", refusals::kNameUnknown, {{.name = "name", .value = id}});
  return 0;
}

// `range` of a table; the value, which stands under `key`, must lie in it.
void Reading::range(NodeReader& from, std::string_view key, double maximum, Constant& out) {
  std::vector<NodeReader> ends = from.list("range");
  if (ends.size() == 2) {
    out.low = ends[0].as_real(0.0, maximum);
    out.high = ends[1].as_real(0.0, maximum);
  }
  if (!from.refused() && !(out.low <= out.value && out.value <= out.high)) {
    from.refuse(key, refusals::kOutsideOwnRange);
  }
}

// `key`, `range` and `source` of one table. scale: file unit to ours.
Constant Reading::constant(NodeReader& from, std::string_view key, double scale, double maximum) {
  Constant out{.value = from.real(key, 0.0, maximum)};
  range(from, key, maximum, out);
  out.source = source(from);
  out.value *= scale;
  out.low *= scale;
  out.high *= scale;
  return out;
}

SizeRule Reading::size(NodeReader& from, std::string_view key) {
  if (!from.has(key)) return {};
  NodeReader table = from.table(key);
  SizeRule rule{.by = table.choice<SizeBy>("by"), .exponent = table.real("exponent", 0.0, 2.0)};
  rule.source = source(table);
  table.finish();
  return rule;
}

maths::BetaShape Reading::shape(NodeReader& from) {
  return {.a = from.real("a", kShapeMin, kShapeMax), .b = from.real("b", kShapeMin, kShapeMax)};
}

std::optional<std::size_t> Reading::gate(NodeReader& from, const PerilHazard& peril) {
  if (!from.has("gate")) return std::nullopt;
  const std::string name = from.text("gate");
  for (std::size_t i = 0; i < peril.gates.size(); ++i) {
    if (peril.gates[i].name == name) return i;
  }
  from.refuse("gate", refusals::kNameUnknown, {{.name = "name", .value = name}});
  return std::nullopt;
}

void Reading::sources(NodeReader& root) {
  for (NodeReader& item : root.list("source")) {
    hazard_.sources.push_back({.id = item.text("id"),
                               .status = item.choice<Evidence>("status"),
                               .text = item.text("text")});
    item.finish();
  }
}

void Reading::ensemble(NodeReader from) {
  hazard_.ensemble = {.frequency_sd = from.real("frequency_sd", 0.0, 2.0),
                      .severity_sd = from.real("severity_sd", 0.0, 2.0),
                      .correlation = from.real("correlation", 0.0, 1.0),
                      .members = from.whole("members", kMembersMin, kMembersMax)};
  (void)source(from);
  from.finish();
}

void Reading::reference(NodeReader from) {
  hazard_.reference = {.sector = from.text("sector"),
                       .employees = from.whole("employees", 1, 10'000'000),
                       .revenue = from.money("revenue", hazard_.currency),
                       .gross_margin = from.percent("gross_margin"),
                       .records = from.whole("records", 1, 10'000'000'000),
                       .it_dependence = from.percent("it_dependence"),
                       .online_share = from.percent("online_share"),
                       .ot_lines = from.whole("ot_lines", 0, 1'000'000)};
  if (hazard_.reference.it_dependence.ppm() == 0) refuse_zero(from, "it_dependence");
  if (hazard_.reference.online_share.ppm() == 0) refuse_zero(from, "online_share");
  if (hazard_.reference.revenue.is_zero()) refuse_zero(from, "revenue");
  from.finish();
}

void Reading::sectors(NodeReader& root) {
  for (NodeReader& item : root.list("sectors")) {
    const std::string name = item.text("section");
    const Constant factor = constant(item, "frequency", 1.0, 100.0);
    const auto sector = domain::parse_sector(name, "section");
    const bool known = sector.ok() && sector.value() == name;
    if (!known) item.refuse("section", refusals::kNameUnknown, {{.name = "name", .value = name}});
    if (factor.value == 0.0) refuse_zero(item, "frequency");
    hazard_.sector_frequencies.push_back({.sector = name, .factor = factor});
    item.finish();
  }
  for (const domain::SectorSection& section : domain::sector_sections()) {
    const std::string letter(1, section.letter);
    const auto same = [&](const SectorFrequency& row) { return row.sector == letter; };
    if (std::any_of(hazard_.sector_frequencies.begin(), hazard_.sector_frequencies.end(), same)) {
      continue;
    }
    root.refuse("sectors", refusals::kSectorMissing, {{.name = "section", .value = letter}});
  }
}

void Reading::activities(NodeReader& root) {
  constexpr std::size_t kDayHours = 24;
  bool fallback = false;
  for (NodeReader& item : root.list("activity")) {
    SectorActivity activity{.sector = item.text_or("sector", "")};
    fallback = fallback || activity.sector.empty();
    const char* const days[] = {"weekday", "weekday",  "weekday", "weekday",
                                "weekday", "saturday", "sunday"};
    double sum = 0.0;
    for (std::size_t day = 0; day < std::size(days); ++day) {
      std::vector<NodeReader> hours = item.list(days[day]);
      if (hours.size() != kDayHours) {
        item.refuse(days[day], refusals::kActivityMalformed);
        return;
      }
      for (std::size_t hour = 0; hour < kDayHours; ++hour) {
        activity.profile[day * kDayHours + hour] = hours[hour].as_real(0.0, 1000.0);
        sum += activity.profile[day * kDayHours + hour];
      }
    }
    if (!(sum > 0.0)) item.refuse("weekday", refusals::kActivityMalformed);
    for (double& hour : activity.profile) hour *= kWeekHours / sum;
    (void)source(item);
    item.finish();
    hazard_.activities.push_back(activity);
  }
  if (!fallback) root.refuse("activity", refusals::kActivityMalformed);
}

domain::PerilName Reading::peril_name(NodeReader& from, std::string_view key,
                                      const std::string& code) {
  if (peril_index(code) == kPerilCount) {
    from.refuse(key, refusals::kPerilUnknown, {{.name = "peril", .value = code}});
  }
  return {code};
}

void Reading::not_modelled(NodeReader& root) {
  for (const std::string& code : root.texts_or_empty("not_modelled")) {
    hazard_.not_modelled.push_back(peril_name(root, "not_modelled", code));
  }
}

Gate Reading::gate_of(NodeReader& from) {
  Gate gate{.name = from.text("name"), .probability = constant(from, "probability", 1.0, 1.0)};
  if (from.has("driver")) gate.driver = from.choice<Driver>("driver");
  from.finish();
  return gate;
}

void Reading::curve(NodeReader& from, Outage& out) {
  double before = 0.0;
  for (NodeReader& stage : from.list("curve")) {
    out.curve.push_back(
        {.until = stage.real("until", 0.0, 1.0), .level = stage.real("level", 0.0, 1.0)});
    stage.finish();
    if (out.curve.back().until <= before) from.refuse("curve", refusals::kCurveMalformed);
    before = out.curve.back().until;
  }
  if (before != 1.0) from.refuse("curve", refusals::kCurveMalformed);
}

// Hours and the probability of more; the median follows from them.
void Reading::points(NodeReader& from, Outage& out) {
  for (NodeReader& item : from.list("points")) {
    out.points.push_back(
        {.value = item.real("hours", 0.0, kHoursMax), .above = item.real("above", 0.0, 1.0)});
    item.finish();
  }
  if (from.refused()) return;
  if (!is_survival_law(out.points) || out.points.back().value >= out.hours_max) {
    from.refuse("points", refusals::kPointsMalformed);
    return;
  }
  out.median_hours.value = survival_quantile(out.points, 0.5);
}

void Reading::hours(NodeReader from, Outage& out) {
  out.hours_max = from.real("max", 1.0, kHoursMax);
  if (from.has("points")) {
    points(from, out);
    range(from, "points", kHoursMax, out.median_hours);
    out.median_hours.source = source(from);
  } else {
    out.median_hours = constant(from, "median", 1.0, kHoursMax);
    out.sigma = from.real("sigma", 0.0, kSigmaMax);
  }
  (void)from.text("unit");
  from.finish();
}

RecordsTaken Reading::records_taken(NodeReader from) {
  RecordsTaken out{.share = shape(from)};
  out.source = source(from);
  (void)from.text("unit");
  from.finish();
  return out;
}

Outage Reading::outage(NodeReader from, const PerilHazard& peril) {
  Outage out;
  hours(from.table("hours"), out);
  NodeReader share = from.table("share");
  out.share = shape(share);
  out.share_source = source(share);
  (void)share.text("unit");
  share.finish();
  curve(from, out);
  out.covers = from.texts("covers");
  for (const std::string& cover : out.covers) {
    if (!domain::find_head(cover)) {
      from.refuse("covers", refusals::kHeadUnknown, {{.name = "head", .value = cover}});
    }
  }
  out.gate = gate(from, peril);
  out.online = from.flag("online", false);
  from.finish();
  return out;
}

void Reading::heads(NodeReader& from, LossPart& out) {
  std::int64_t sum = 0;
  for (NodeReader& item : from.list("heads")) {
    const std::string head = item.text("head");
    const std::int64_t percent = item.whole("percent", 1, 100);
    if (!domain::find_head(head)) {
      item.refuse("head", refusals::kHeadUnknown, {{.name = "head", .value = head}});
    }
    item.finish();
    sum += percent;
    out.heads.push_back({.head = head, .share = static_cast<double>(percent) / 100.0});
  }
  if (sum != 100) from.refuse("heads", refusals::kHeadPercentSum);
}

LossPart Reading::loss(NodeReader& from, const PerilHazard& peril) {
  const std::string own = std::string(currency_code(hazard_.currency));
  const auto unit = [&](std::string_view key) {
    const std::string word = from.text(key);
    if (word == "of revenue") return AmountUnit::kOfRevenue;
    if (word != own) from.refuse(key, refusals::kNameUnknown, {{.name = "name", .value = word}});
    return AmountUnit::kMoney;
  };
  const auto scale = [](AmountUnit of) { return of == AmountUnit::kMoney ? kMinorPerMajor : 1.0; };
  const auto maximum = [](AmountUnit of) {
    return of == AmountUnit::kMoney ? kAmountMajorMax : kRevenueShareMax;
  };
  LossPart out{.name = from.text("name"), .unit = unit("unit")};
  out.median = constant(from, "median", scale(out.unit), maximum(out.unit));
  out.sigma = from.real("sigma", 0.0, kSigmaMax);
  if (from.has("max")) {
    out.max_unit = unit("max_unit");
    out.max = from.real("max", 0.0, maximum(out.max_unit)) * scale(out.max_unit);
  }
  out.size = size(from, "size");
  out.gate = gate(from, peril);
  if (from.has("settled")) {
    NodeReader settled = from.table("settled");
    out.settled = shape(settled);
    settled.finish();
  }
  if (from.has("driver")) out.driver = from.choice<Driver>("driver");
  heads(from, out);
  from.finish();
  return out;
}

// Uniform numbers that one event takes; see ScenarioTable.
std::size_t dimensions_of(const PerilHazard& peril) {
  std::size_t count = peril.gates.size() + (peril.outage ? 3 : 0) + (peril.records ? 1 : 0);
  for (const LossPart& part : peril.losses) count += part.settled ? 2 : 1;
  return count;
}

// Every constant behind the peril has a published source.
bool all_published(const PerilHazard& peril, const std::vector<Source>& sources) {
  const auto published = [&](std::size_t source) {
    return source < sources.size() && sources[source].status == Evidence::kPublished;
  };
  bool all = published(peril.frequency.source);
  for (const Gate& gate : peril.gates) all = all && published(gate.probability.source);
  if (peril.outage)
    all = all && published(peril.outage->median_hours.source) &&
          published(peril.outage->share_source);
  if (peril.records) all = all && published(peril.records->source);
  for (const LossPart& part : peril.losses) all = all && published(part.median.source);
  return all;
}

std::optional<Lag> Reading::lag(NodeReader& peril, std::string_view key) {
  if (!peril.has(key)) return std::nullopt;
  NodeReader from = peril.table(key);
  Lag out{.median_days = constant(from, "median", 1.0, kLagDaysMax),
          .sigma = from.real("sigma", 0.0, kSigmaMax),
          .report_days = from.real_or("report_days", 0.0, kLagDaysMax, 0.0)};
  (void)from.text("unit");
  from.finish();
  return out;
}

void Reading::lapse(NodeReader& root) {
  if (!root.has("control_lapse")) return;
  NodeReader from = root.table("control_lapse");
  NodeReader often = from.table("per_year");
  NodeReader lasts = from.table("mean_days");
  hazard_.lapse = ControlLapse{.per_year = constant(often, "value", 1.0, 365.0),
                               .mean_days = constant(lasts, "value", 1.0, kLagDaysMax)};
  often.finish();
  lasts.finish();
  from.finish();
}

void Reading::patching(NodeReader& root) {
  if (!root.has("patching")) return;
  NodeReader from = root.table("patching");
  NodeReader known = from.table("known_share");
  NodeReader lasts = from.table("mean_days");
  hazard_.patching = Patching{.known_share = constant(known, "value", 1.0, 1.0),
                              .mean_days = constant(lasts, "value", 1.0, kLagDaysMax)};
  known.finish();
  lasts.finish();
  from.finish();
}

void Reading::peril(NodeReader& from) {
  PerilHazard out;
  out.peril = peril_name(from, "code", from.text("code"));
  NodeReader frequency = from.table("frequency");
  out.frequency = constant(frequency, "value", 1.0, 100.0);
  (void)frequency.text("unit");
  frequency.finish();
  out.frequency_size = size(from, "frequency_size");
  for (NodeReader& item : from.list_or_empty("gate")) out.gates.push_back(gate_of(item));
  if (from.has("outage")) out.outage = outage(from.table("outage"), out);
  if (from.has("records_taken")) out.records = records_taken(from.table("records_taken"));
  for (NodeReader& item : from.list_or_empty("loss")) out.losses.push_back(loss(item, out));
  const bool by_records =
      std::any_of(out.losses.begin(), out.losses.end(),
                  [&](const LossPart& part) { return records_exponent(out, part) > 0.0; });
  if (out.records && !by_records) from.refuse("records_taken", refusals::kRecordsUnused);
  out.own_history = from.flag("own_history", true);
  out.discovery = lag(from, "discovery");
  out.claim = lag(from, "claim");
  from.finish();
  out.needs_ot_lines = out.peril.text == "ot_attack";
  out.published = all_published(out, hazard_.sources);
  if (dimensions_of(out) > kSobolDimensionsMax || dimensions_of(out) == 0) {
    from.refuse("", refusals::kTooManyDrivers,
                {{.name = "count", .value = std::to_string(dimensions_of(out))},
                 {.name = "max", .value = std::to_string(kSobolDimensionsMax)}});
  }
  const bool twice =
      std::any_of(hazard_.perils.begin(), hazard_.perils.end(),
                  [&](const PerilHazard& other) { return other.peril == out.peril; });
  if (twice) from.refuse("code", anlan::refusals::kDuplicateValue);
  hazard_.perils.push_back(std::move(out));
}

void Reading::file(NodeReader& root) {
  hazard_.model = root.text("model");
  const std::string currency = root.text("currency");
  if (!parse_currency_code(currency, hazard_.currency)) {
    root.refuse("currency", refusals::kNameUnknown, {{.name = "name", .value = currency}});
  }
  sources(root);
  NodeReader gamma = root.table("company_gamma");
  hazard_.company_gamma = constant(gamma, "value", 1.0, 1000.0).value;
  if (!(hazard_.company_gamma > 0.0)) refuse_zero(gamma, "value");
  (void)gamma.text("unit");
  gamma.finish();
  ensemble(root.table("ensemble"));
  reference(root.table("reference"));
  sectors(root);
  activities(root);
  not_modelled(root);
  lapse(root);
  patching(root);
  for (NodeReader& item : root.list("peril")) peril(item);
  root.finish();
  for (const domain::PerilKind& kind : domain::peril_kinds()) {
    const auto same = [&](const domain::PerilName& name) { return name.text == kind.code; };
    const bool modelled = std::any_of(hazard_.perils.begin(), hazard_.perils.end(),
                                      [&](const PerilHazard& p) { return same(p.peril); });
    const bool listed = std::any_of(hazard_.not_modelled.begin(), hazard_.not_modelled.end(), same);
    if (modelled != listed) continue;
    root.refuse("peril", refusals::kPerilNotModelled,
                {{.name = "peril", .value = std::string(kind.code)}});
  }
}

Digest digest_of(const HazardFiles& files) {
  ByteWriter bytes;
  for (const HazardFile* file :
       {&files.perils, &files.controls, &files.vectors, &files.questions}) {
    bytes.raw(file->digest.bytes);
  }
  return sha256(bytes.bytes());
}

}  // namespace

Result<Hazard> read_hazard(const HazardFiles& files) {
  Hazard hazard;
  ReadReport perils_report{std::string(files.perils.name)};
  NodeReader perils(*files.perils.root, perils_report);
  Reading(hazard).file(perils);
  if (perils_report.refused()) return perils_report.refusal();

  ReadReport controls_report{std::string(files.controls.name)};
  ReadReport vectors_report{std::string(files.vectors.name)};
  ReadReport questions_report{std::string(files.questions.name)};
  ControlSources sources{.controls = NodeReader(*files.controls.root, controls_report),
                         .vectors = NodeReader(*files.vectors.root, vectors_report),
                         .questions = NodeReader(*files.questions.root, questions_report)};
  hazard.controls = read_control_priors(sources);
  for (const ReadReport* report : {&vectors_report, &controls_report, &questions_report}) {
    if (report->refused()) return report->refusal();
  }
  hazard.digest = digest_of(files);
  return hazard;
}

double records_exponent(const PerilHazard& peril, const LossPart& part) {
  return peril.records && part.size.by == SizeBy::kRecords ? part.size.exponent : 0.0;
}

RiskInput reference_company(const Hazard& hazard) {
  const Reference& from = hazard.reference;
  return {.revenue = from.revenue,
          .gross_margin = from.gross_margin,
          .employees = from.employees,
          .records = from.records,
          .it_dependence = from.it_dependence,
          .online_share = from.online_share,
          .ot_lines = from.ot_lines,
          .sector = from.sector,
          .profile = std::nullopt,
          .controls = {},
          .history = {}};
}

}  // namespace anlan::engine
