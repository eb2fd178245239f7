#include "engine/compare_events.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/allot.h"
#include "base/maths.h"
#include "domain/cover.h"
#include "engine/event_losses.h"
#include "engine/trigger_share.h"
#include "terms/reaching.h"

namespace anlan::engine {
namespace {

constexpr double kMinutesPerHour = 60.0;
constexpr double kPartMax = static_cast<double>(kAmountMax);

// Events of each peril that can happen to the company, in proportion to its frequency.
std::vector<std::size_t> counts_of(const CompareSetting& setting, const LossModel& model) {
  constexpr double kFine = 1e9;
  const std::size_t each = setting.table->options().replicates;
  std::vector<std::int64_t> weights;
  std::size_t perils = 0;
  for (const PerilModel& peril : model.perils) {
    weights.push_back(static_cast<std::int64_t>(maths::nearest_whole(peril.frequency * kFine)));
    if (weights.back() > 0) ++perils;
  }
  ANLAN_CHECK(setting.events >= each * perils);
  const std::vector<std::int64_t> more =
      allot(static_cast<std::int64_t>(setting.events - each * perils), weights);
  std::vector<std::size_t> counts;
  for (std::size_t p = 0; p < weights.size(); ++p) {
    counts.push_back(weights[p] == 0 ? 0 : each + static_cast<std::size_t>(more[p]));
    ANLAN_CHECK(counts.back() <= setting.table->rows());
  }
  return counts;
}

class Comparer {
 public:
  Comparer(const CompareSetting& setting, const LossModel& model)
      : setting_(setting), model_(model), counts_(counts_of(setting, model)) {}

  Result<EventComparison> run() {
    list_events();
    ground_up();
    for (std::size_t k = 0; k < setting_.covers.size(); ++k) {
      ANLAN_REQUIRE(pay(k));
      sum_up(k);
    }
    find_contrasts();
    return std::move(out_);
  }

 private:
  void list_events() {
    for (std::size_t p = 0; p < counts_.size(); ++p) {
      if (counts_[p] == 0) continue;
      const double frequency = model_.perils[p].frequency;
      out_.frequency += frequency;
      for (std::size_t row = 0; row < counts_[p]; ++row) {
        out_.events.push_back(
            {.peril = p, .row = row, .weight = frequency / static_cast<double>(counts_[p])});
      }
    }
  }

  void ground_up() {
    if (setting_.covers.empty()) return;
    const SectionMap sections(*setting_.hazard, *setting_.covers[0]->plan);
    EventColumns columns(*setting_.table, model_, sections);
    for (std::size_t p = 0; p < counts_.size(); ++p) {
      if (counts_[p] > 0) columns.append({.peril = p, .from = 0, .to = counts_[p]});
    }
    out_.loss = columns.ground_up();
    for (std::size_t i = 0; i < out_.events.size(); ++i) {
      out_.ground_up += out_.events[i].weight * out_.loss[i];
    }
  }

  Result<Done> pay(std::size_t k) {
    const YearSetting year = setting_.of(k);
    const SectionMap sections = sections_of(year);
    const Lapses lapses = lapses_of(year);
    const std::vector<bool> covered = covered_perils(year);
    FreshPayments payments(*setting_.table, model_, sections, &lapses);
    std::vector<double>& paid = out_.paid.emplace_back();
    paid.reserve(out_.events.size());
    for (std::size_t p = 0; p < counts_.size(); ++p) {
      if (counts_[p] == 0) continue;
      if (!covered[p]) {
        paid.resize(paid.size() + counts_[p], 0.0);
        continue;
      }
      ANLAN_TRY(const terms::ColumnPaid* settled,
                payments.settle({.peril = p, .from = 0, .to = counts_[p]}));
      paid.insert(paid.end(), settled->total.begin(), settled->total.end());
    }
    return Done{};
  }

  double admitted(std::size_t k, std::size_t peril) const {
    const std::vector<double>& shares = setting_.covers[k]->admitted;
    return shares.empty() ? 1.0 : shares[peril];
  }

  void sum_up(std::size_t k) {
    const std::size_t replicates = setting_.table->options().replicates;
    const std::vector<double>& paid = out_.paid[k];
    PolicyEvents figures;
    double paid_frequency = 0.0;
    std::vector<double> by_replicate(replicates, 0.0);
    std::vector<double> sums(replicates);
    std::vector<double> rows(replicates);
    for (std::size_t i = 0; i < out_.events.size();) {
      const std::size_t peril = out_.events[i].peril;
      const double share = admitted(k, peril);
      std::fill(sums.begin(), sums.end(), 0.0);
      std::fill(rows.begin(), rows.end(), 0.0);
      for (; i < out_.events.size() && out_.events[i].peril == peril; ++i) {
        const ComparedEvent& event = out_.events[i];
        figures.expected += event.weight * share * paid[i];
        if (paid[i] > 0.0) paid_frequency += event.weight * share;
        sums[event.row % replicates] += paid[i];
        rows[event.row % replicates] += 1.0;
        const double gap = out_.loss[i] - paid[i];
        if (gap > figures.worst_gap) {
          figures.worst_gap = gap;
          figures.worst_event = i;
        }
      }
      for (std::size_t r = 0; r < replicates; ++r) {
        by_replicate[r] += model_.perils[peril].frequency * share * sums[r] / rows[r];
      }
    }
    figures.error = error_of(by_replicate);
    if (out_.ground_up > 0.0) figures.share_paid = figures.expected / out_.ground_up;
    if (out_.frequency > 0.0) figures.share_of_incidents = paid_frequency / out_.frequency;
    out_.policies.push_back(figures);
  }

  static double error_of(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double squares = 0.0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / (count * (count - 1.0)));
  }

  EventContrast contrast(std::size_t event) const {
    EventContrast out{.event = event};
    for (std::size_t k = 1; k < out_.paid.size(); ++k) {
      if (out_.paid[k][event] > out_.paid[out.most][event]) out.most = k;
      if (out_.paid[k][event] < out_.paid[out.least][event]) out.least = k;
    }
    out.difference = out_.paid[out.most][event] - out_.paid[out.least][event];
    return out;
  }

  void find_contrasts() {
    if (out_.paid.empty()) return;
    std::vector<EventContrast> of_peril(model_.perils.size());
    for (std::size_t i = 0; i < out_.events.size(); ++i) {
      const EventContrast found = contrast(i);
      EventContrast& best = of_peril[out_.events[i].peril];
      if (found.difference > best.difference) best = found;
    }
    std::erase_if(of_peril, [](const EventContrast& each) { return each.difference <= 0.0; });
    std::stable_sort(
        of_peril.begin(), of_peril.end(),
        [](const EventContrast& a, const EventContrast& b) { return a.difference > b.difference; });
    if (of_peril.size() > kContrasts) of_peril.resize(kContrasts);
    out_.contrasts = std::move(of_peril);
  }

  const CompareSetting& setting_;
  const LossModel& model_;
  std::vector<std::size_t> counts_;
  EventComparison out_;
};

// ---- one event in row form

class EventRow {
 public:
  EventRow(const YearSetting& setting, const LossModel& model, const ComparedEvent& event)
      : setting_(setting),
        model_(model),
        event_(event),
        peril_(model.perils[event.peril]),
        at_(setting.table->places(event.peril)) {}

  terms::Script script() {
    terms::Script out{.id = "simulated"};
    out.peril = peril_.hazard->peril;
    out.occurred = plus_minutes(monday(), 60 * start_hour());
    out.discovered = out.occurred;
    out.location = kCompanyPlace;
    out.currency = setting_.hazard->currency;
    out.mitigation = Money::zero(out.currency);
    add_outage(out);
    for (std::size_t part = 0; part < peril_.hazard->losses.size(); ++part) add_part(part, out);
    return out;
  }

 private:
  double driver(std::size_t dimension) const {
    return setting_.table->drivers(event_.peril, dimension)[event_.row];
  }
  bool open(const std::optional<std::size_t>& gate) const {
    return !gate || driver(at_.gates[*gate]) < peril_.probability[*gate];
  }
  const terms::Plan& plan() const { return *setting_.cover->plan; }

  static Instant monday() { return start_of_day(parse_date("2026-01-05", "monday").value()); }
  std::int64_t start_hour() const {
    return peril_.hazard->outage ? static_cast<std::int64_t>(driver(at_.start)) : 0;
  }

  int section_for(std::string_view head) const {
    const int exact = plan().section_index(head);
    return exact >= 0 ? exact : plan().section_index(domain::section_of_head(head));
  }

  // The first cover that the policy has, else the first; of a section that names a provider as in
  // SectionMap: its outages are those of that provider.
  terms::ScriptOutage outage_cover() const {
    for (const std::string& cover : peril_.hazard->outage->covers) {
      const int found = section_for(cover);
      if (found < 0) continue;
      const terms::Section& section = plan().terms().sections[static_cast<std::size_t>(found)];
      const std::string of = terms::counting_provider(peril_.hazard->peril, section.provider);
      if (of == section.provider) return {.section = {section.code}, .provider = of};
    }
    return {.section = {peril_.hazard->outage->covers.front()}};
  }

  // Hour by hour the differences of the sums that EventColumns takes, so that every cut is the
  // same.
  void add_outage(terms::Script& out) const {
    if (!peril_.hazard->outage || !open(peril_.hazard->outage->gate)) return;
    const Outage& outage = *peril_.hazard->outage;
    const double minutes = maths::nearest_whole(
        std::min(peril_.median_hours * driver(at_.hours), outage.hours_max) * kMinutesPerHour);
    if (minutes == 0.0) return;
    const LostActivity lost(model_.activity, outage.curve);
    const double full = model_.hourly * std::min(1.0, driver(at_.share) * peril_.share_factor);
    const double hours = minutes / kMinutesPerHour;
    terms::ScriptOutage found = outage_cover();
    const auto started = static_cast<std::int64_t>((minutes + 59.0) / kMinutesPerHour);
    std::int64_t before = 0;
    for (std::int64_t hour = 1; hour <= started; ++hour) {
      const double after = std::min(hours, static_cast<double>(hour));
      const double sum =
          std::min(kPartMax, maths::nearest_whole(full * lost.at(driver(at_.start), hours, after)));
      const auto until = std::max(before, static_cast<std::int64_t>(sum));
      found.hourly.push_back(until - before);
      before = until;
    }
    found.last_minutes = static_cast<std::int64_t>(minutes) - 60 * (started - 1);
    out.outage = std::move(found);
  }

  void add_part(std::size_t index, terms::Script& out) const {
    const LossPart& part = peril_.hazard->losses[index];
    if (!open(part.gate)) return;
    const PartModel& scale = peril_.parts[index];
    double amount = std::min(scale.median * driver(at_.parts[index]), scale.max);
    if (part.settled) amount *= driver(at_.settled[index]);
    amount = std::min(amount, kPartMax);
    for (const HeadShare& share : part.heads) {
      const double of_head = maths::nearest_whole(amount * share.share);
      const int section = section_for(share.head);
      const bool timed = section >= 0 && plan().takes_outage(static_cast<std::size_t>(section));
      if (of_head == 0.0 || timed) continue;  // a section with time terms takes outages only
      const Money money = Money::from_minor(static_cast<std::int64_t>(of_head), out.currency);
      out.losses.push_back(
          {.head = {share.head}, .amount = money, .betterment = Money::zero(out.currency)});
    }
  }

  const YearSetting& setting_;
  const LossModel& model_;
  const ComparedEvent& event_;
  const PerilModel& peril_;
  const DriverPlaces& at_;
};

}  // namespace

Result<EventComparison> compare_events(const CompareSetting& setting, const LossModel& model) {
  return Comparer(setting, model).run();
}

terms::Script event_script(const YearSetting& setting, const LossModel& model,
                           const ComparedEvent& event) {
  return EventRow(setting, model, event).script();
}

terms::Tightening event_tightening(const YearSetting& setting, const ComparedEvent& event,
                                   double loss) {
  return lapses_of(setting).of(event.peril, event.row, loss);
}

}  // namespace anlan::engine
