#include "engine/control_priors.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/maths.h"
#include "domain/protection.h"
#include "engine/refusals.h"

namespace anlan::engine {
namespace {

using Weights = std::array<double, kPerilCount>;

// One row of data/hazard/controls.toml.
struct Row {
  double typical = 0.5;
  bool fact = false;
  std::vector<Driver> drivers;
};

struct Mapping {
  std::map<std::string, Weights> vectors;
  std::set<std::string> categories;
};

std::map<std::string, Row> read_rows(NodeReader& file) {
  std::map<std::string, Row> rows;
  for (NodeReader& item : file.list("control")) {
    const std::string id = item.text("id");
    Row row{.fact = item.flag("fact", false)};
    if (!row.fact) row.typical = item.real("typical", 0.0, 1.0);
    for (NodeReader& driver : item.list_or_empty("drivers")) {
      const std::string word = driver.as_text();
      const auto known = enum_from<Driver>(word);
      if (!known) {
        driver.refuse("", refusals::kNameUnknown, {{.name = "name", .value = word}});
      } else {
        row.drivers.push_back(*known);
      }
    }
    item.finish();
    if (!rows.emplace(id, std::move(row)).second) {
      item.refuse("id", anlan::refusals::kDuplicateValue);
    }
  }
  return rows;
}

Mapping read_mapping(NodeReader& file) {
  Mapping mapping;
  (void)file.text("status");
  for (NodeReader& item : file.list("vector")) {
    Weights weights{};
    NodeReader table = item.table("weights");
    for (auto& [peril, value] : table.entries()) {
      const std::size_t index = peril_index(peril);
      if (index == kPerilCount) {
        table.refuse(peril, refusals::kPerilUnknown, {{.name = "peril", .value = peril}});
        break;
      }
      weights[index] = value.as_real(0.0, 1.0);
    }
    if (!mapping.vectors.emplace(item.text("id"), weights).second) {
      item.refuse("id", anlan::refusals::kDuplicateValue);
    }
    item.finish();
  }
  NodeReader categories = file.table("categories");
  for (const NodeReader::Entry& entry : categories.entries()) {
    categories.choice<domain::ProductCategory>(entry.key);
    mapping.categories.insert(std::string(entry.key));
  }
  file.finish();
  return mapping;
}

std::vector<std::string> words_of(std::string_view list) {
  std::vector<std::string> words;
  for (std::size_t from = 0; from < list.size();) {
    const std::size_t to = std::min(list.find(';', from), list.size());
    words.emplace_back(list.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

// The largest weight of the row's vectors for each peril; refuses an unmapped vector or category.
Weights relevance_of(NodeReader& question, const Mapping& mapping) {
  Weights relevance{};
  for (const std::string& word : words_of(question.text_or("loss_vectors", ""))) {
    const auto found = mapping.vectors.find(word);
    if (found == mapping.vectors.end()) {
      question.refuse("loss_vectors", refusals::kVectorUnmapped,
                      {{.name = "vector", .value = word}});
      continue;
    }
    for (std::size_t p = 0; p < kPerilCount; ++p) {
      relevance[p] = std::max(relevance[p], found->second[p]);
    }
  }
  for (const std::string& word : words_of(question.text_or("product_category", ""))) {
    if (!mapping.categories.contains(word)) {
      question.refuse("product_category", refusals::kCategoryUnmapped,
                      {{.name = "category", .value = word}});
    }
  }
  return relevance;
}

// RR columns are texts in a CSV file; they are numbers between 1 and 100.
double real_text(NodeReader& row, std::string_view key) {
  const std::string text = row.text(key);
  double value = 0.0;
  double scale = 0.0;  // of the next decimal; 0 before the point
  bool bad = text.empty();
  for (const char c : text) {
    if (c == '.' && scale == 0.0) {
      scale = 1.0;
    } else if (c >= '0' && c <= '9' && scale == 0.0) {
      value = 10.0 * value + (c - '0');
    } else if (c >= '0' && c <= '9') {
      scale *= 10.0;
      value += (c - '0') / scale;
    } else {
      bad = true;
    }
  }
  if (bad || value < 1.0 || value > 100.0) {
    row.refuse(key, anlan::refusals::kOutOfRange,
               {{.name = "min", .value = "1"}, {.name = "max", .value = "100"}});
    return 1.0;
  }
  return value;
}

struct RelativeRisk {
  double low = 1.0;
  double mid = 1.0;
  double high = 1.0;
};

RelativeRisk risk_of(NodeReader& question) {
  const RelativeRisk out{.low = real_text(question, "rr_absent_lo"),
                         .mid = real_text(question, "rr_absent_mid"),
                         .high = real_text(question, "rr_absent_hi")};
  if (!question.refused() && !(out.low <= out.mid && out.mid <= out.high)) {
    question.refuse("rr_absent_mid", anlan::refusals::kOutOfRange,
                    {{.name = "min", .value = question.text("rr_absent_lo")},
                     {.name = "max", .value = question.text("rr_absent_hi")}});
  }
  return out;
}

}  // namespace

std::size_t peril_index(std::string_view code) {
  const auto kinds = domain::peril_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const domain::PerilKind& kind) { return kind.code == code; });
  return static_cast<std::size_t>(found - kinds.begin());
}

const ControlPrior* ControlPriors::find(std::string_view control) const {
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const ControlPrior& row) {
    return row.control.text == control;
  });
  return found == rows.end() ? nullptr : &*found;
}

ControlPriors read_control_priors(ControlSources& from) {
  ControlPriors priors;
  const double shrinkage = from.controls.real("shrinkage", 0.0, 1.0);
  priors.log_cap = maths::log(from.controls.real("cap", 1.5, 1000.0));
  (void)from.controls.text("status");
  std::map<std::string, Row> rows = read_rows(from.controls);
  from.controls.finish();
  const Mapping mapping = read_mapping(from.vectors);
  for (NodeReader& question : from.questions.list("rows")) {
    const std::string id = question.text("id");
    const auto found = rows.find(id);
    if (found == rows.end()) {
      question.refuse("id", refusals::kControlUnmapped, {{.name = "control", .value = id}});
      continue;
    }
    const bool on_frequency = question.text("rr_side") == "freq";
    if (!found->second.fact && on_frequency != found->second.drivers.empty()) {
      question.refuse("rr_side", refusals::kDriversOfSide, {{.name = "control", .value = id}});
    }
    const RelativeRisk risk = risk_of(question);
    const double scale = found->second.fact ? 0.0 : shrinkage;
    priors.rows.push_back({.control = {id},
                           .log_risk = scale * maths::log(risk.mid),
                           .log_low = scale * maths::log(risk.low),
                           .log_high = scale * maths::log(risk.high),
                           .typical = found->second.typical,
                           .on_frequency = on_frequency,
                           .drivers = found->second.drivers,
                           .relevance = relevance_of(question, mapping)});
    rows.erase(found);
  }
  if (!rows.empty()) {
    from.controls.refuse("control", refusals::kControlUnknown,
                         {{.name = "control", .value = rows.begin()->first}});
  }
  return priors;
}

}  // namespace anlan::engine
