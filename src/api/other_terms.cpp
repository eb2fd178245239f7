#include "api/other_terms.h"

#include <algorithm>
#include <charconv>

#include "api/offer_refusals.h"
#include "api/refusals.h"
#include "api/render.h"
#include "base/int128.h"
#include "base/refusals.h"

namespace anlan::api {
namespace {

using terms::RetentionRule;

std::string known_names(const terms::Terms& terms) {
  std::string list;
  const auto add = [&](const std::string& name) { list += (list.empty() ? "" : ", ") + name; };
  for (const terms::Section& section : terms.sections) add(section.code);
  for (const terms::Group& group : terms.groups) add(group.id);
  return list;
}

Refusal unknown_section(const terms::Terms& terms, std::string_view option, std::string name) {
  return Refusal{.code = refusals::kSectionUnknown,
                 .path = std::string(option),
                 .value = std::move(name),
                 .args = {{.name = "known", .value = known_names(terms)}}};
}

// Sublimits and the limit of an incident in the proportion of the limit of the year.
void scale_to(Money limit, terms::Terms& out) {
  const std::optional<std::int64_t> from = out.aggregate_limit;
  const auto scaled = [&](std::optional<std::int64_t>& cap) {
    if (!cap || !from || *from == 0) return;
    cap = half_up(static_cast<Int128>(*cap) * limit.minor(), *from);
  };
  for (terms::Section& section : out.sections) {
    scaled(section.sublimit_occ);
    scaled(section.sublimit_agg);
  }
  for (terms::Group& group : out.groups) {
    scaled(group.sublimit_occ);
    scaled(group.sublimit_agg);
  }
  scaled(out.occurrence_limit);
  out.aggregate_limit = limit.minor();
}

// Every cap that stands takes the new amount; where none stands, the one of the year does.
template <class Capped>
void set_cap(Capped& capped, Money amount) {
  const bool none = !capped.sublimit_occ && !capped.sublimit_agg;
  if (capped.sublimit_occ) capped.sublimit_occ = amount.minor();
  if (capped.sublimit_agg || none) capped.sublimit_agg = amount.minor();
}

void set_sublimits(const Sublimits& sublimits, terms::Terms& terms) {
  for (const auto& [name, amount] : sublimits) {
    for (terms::Section& section : terms.sections) {
      if (section.code == name) set_cap(section, amount);
    }
    for (terms::Group& group : terms.groups) {
      if (group.id == name) set_cap(group, amount);
    }
  }
}

// Without this section; a group or a service that loses its last one goes too.
Result<terms::Terms> without(terms::Terms terms, const std::string& code) {
  const auto same = [&](const terms::Section& section) { return section.code == code; };
  if (std::none_of(terms.sections.begin(), terms.sections.end(), same)) {
    return unknown_section(terms, "without", code);
  }
  if (terms.sections.size() == 1) {
    return Refusal{.code = refusals::kNoSectionLeft, .path = "without", .value = code};
  }
  std::erase_if(terms.sections, same);
  for (terms::Group& group : terms.groups) std::erase(group.codes, code);
  std::erase_if(terms.groups, [](const terms::Group& group) { return group.codes.empty(); });
  for (terms::Service& service : terms.services) std::erase(service.serves, code);
  std::erase_if(terms.services, [](const terms::Service& each) { return each.serves.empty(); });
  return terms;
}

// "FP.BI=200000". Refuses kSublimitMalformed and what parse_money refuses.
Result<std::pair<std::string, Money>> sublimit_of(const std::string& text) {
  const std::size_t at = text.find('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size()) {
    return Refusal{.code = refusals::kSublimitMalformed, .path = "sublimit", .value = text};
  }
  ANLAN_TRY(const Money amount, parse_money(text.substr(at + 1), Currency::kCny, "sublimit"));
  return std::pair{text.substr(0, at), amount};
}

bool is_known(const terms::Terms& terms, const std::string& name) {
  return std::any_of(terms.sections.begin(), terms.sections.end(),
                     [&](const terms::Section& section) { return section.code == name; }) ||
         std::any_of(terms.groups.begin(), terms.groups.end(),
                     [&](const terms::Group& group) { return group.id == name; });
}

// Hours belong to an interruption. One that the wording pays as a whole takes them as well; one
// whose wait is an amount of money does not.
bool pays_interruption(const terms::Section& section) {
  if (section.time.mode == terms::TimeMode::kMonetaryOnly) return false;
  return section.time.acts() || section.code.starts_with("FP.BI") ||
         section.code.starts_with("FP.CBI");
}

Result<Done> check_waiting(const terms::Terms& terms, std::int64_t hours) {
  if (std::any_of(terms.sections.begin(), terms.sections.end(), pays_interruption)) return Done{};
  return Refusal{
      .code = refusals::kNoWaitingHours, .path = "waiting", .value = std::to_string(hours)};
}

// What a cap holds for.
struct CapPer {
  bool incident = false;
  bool year = false;
};

CapPer cap_per(const terms::Terms& terms, const std::string& name) {
  const auto per = [](const auto& capped) {
    return CapPer{.incident = capped.sublimit_occ.has_value(),
                  .year = capped.sublimit_agg.has_value() || !capped.sublimit_occ};
  };
  for (const terms::Section& section : terms.sections) {
    if (section.code == name) return per(section);
  }
  for (const terms::Group& group : terms.groups) {
    if (group.id == name) return per(group);
  }
  return {};
}

Node sublimits_node(const WantedTerms& wanted) {
  Node out = Node::list();
  for (const auto& [name, amount] : wanted.sublimits) {
    const CapPer per = cap_per(wanted.terms, name);
    Node one = Node::table();
    one.add("section", Node::string(name));
    one.add("amount", to_node(amount));
    one.add("per_incident", Node::boolean(per.incident));
    one.add("per_year", Node::boolean(per.year));
    out.items.push_back(std::move(one));
  }
  return out;
}

bool own_retention_stands(const terms::Terms& terms, const terms::Section& section) {
  return terms.retention_rule == RetentionRule::kSingleHighest && section.own_retention != 0;
}

}  // namespace

Result<WantedTerms> wanted_terms(NodeReader& options, const terms::Terms& from,
                                 std::optional<Money> smallest_limit) {
  WantedTerms out{.terms = from, .sublimits = {}};
  out.terms.retention_position = options.choice_or("retention-position", from.retention_position);
  out.own = options.choice_or("own-retentions", OwnRetentions::kKeep);
  if (options.refused()) return options.report().refusal();
  for (NodeReader& item : options.list_or_empty("without")) {
    ANLAN_TRY(out.terms, without(std::move(out.terms), item.as_text()));
  }
  for (NodeReader& item : options.list_or_empty("sublimit")) {
    ANLAN_TRY(auto one, sublimit_of(item.as_text()));
    for (const auto& [name, amount] : out.sublimits) {
      if (name != one.first) continue;
      return Refusal{.code = refusals::kSublimitTwice, .path = "sublimit", .value = name};
    }
    if (!is_known(out.terms, one.first)) return unknown_section(out.terms, "sublimit", one.first);
    if (smallest_limit && one.second > *smallest_limit) {
      return Refusal{.code = refusals::kSublimitAboveLimit,
                     .path = "sublimit",
                     .value = item.as_text(),
                     .args = {{.name = "limit", .value = to_grouped(*smallest_limit)}}};
    }
    out.sublimits.push_back(std::move(one));
  }
  return out;
}

std::vector<Money> amounts_of(NodeReader& options, std::string_view name,
                              const std::vector<Money>& fallback) {
  std::vector<Money> out;
  for (NodeReader& item : options.list_or_empty(name)) {
    const auto amount = parse_money(item.as_text(), Currency::kCny, item.path());
    if (amount.ok()) {
      out.push_back(amount.value());
    } else {
      item.report().refuse(amount.refusal());
    }
  }
  return out.empty() ? fallback : out;
}

std::optional<Money> amount_of(NodeReader& options, std::string_view name) {
  if (!options.has(name)) return std::nullopt;
  const auto amount = parse_money(options.text(name), Currency::kCny, std::string(name));
  if (amount.ok()) return amount.value();
  options.report().refuse(amount.refusal());
  return std::nullopt;
}

Result<std::vector<std::int64_t>> waiting_of(NodeReader& options, const terms::Terms& from) {
  std::vector<std::int64_t> out;
  for (NodeReader& item : options.list_or_empty("waiting")) {
    const std::string text = item.as_text();
    std::int64_t hours = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hours);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || hours < 0 || hours > terms::kHoursMax) {
      item.refuse("", anlan::refusals::kOutOfRange,
                  {{.name = "min", .value = "0"},
                   {.name = "max", .value = std::to_string(terms::kHoursMax)}});
      continue;
    }
    out.push_back(hours);
  }
  if (options.refused()) return options.report().refusal();
  if (!out.empty()) ANLAN_REQUIRE(check_waiting(from, out.front()));
  return out;
}

Result<TermsChoice> choice_of(NodeReader& options, const terms::Terms& from) {
  TermsChoice out{.limit = amount_of(options, "limit"),
                  .retention = amount_of(options, "retention")};
  if (options.has("waiting")) {
    out.waiting = whole_option(options, "waiting", {.lo = 0, .hi = terms::kHoursMax});
  }
  if (options.refused()) return options.report().refusal();
  if (out.waiting) ANLAN_REQUIRE(check_waiting(from, *out.waiting));
  return out;
}

terms::Terms chosen_terms(const WantedTerms& wanted, const TermsChoice& choice) {
  terms::Terms out = wanted.terms;
  if (wanted.own == OwnRetentions::kReplace) {
    out.retention_rule = RetentionRule::kOccurrence;
    for (terms::Section& section : out.sections) section.own_retention = 0;
  }
  if (choice.limit) scale_to(*choice.limit, out);
  if (choice.retention && retention_acts(out)) out.occurrence_retention = choice.retention->minor();
  if (choice.waiting) {
    for (terms::Section& section : out.sections) {
      if (pays_interruption(section)) section.time.waiting_hours = *choice.waiting;
    }
  }
  set_sublimits(wanted.sublimits, out);
  return out;
}

bool retention_acts(const terms::Terms& terms) {
  return terms.retention_rule == RetentionRule::kOccurrence;
}

std::string changes_text(Session& session, const terms::Terms& from, const WantedTerms& wanted) {
  std::string text;
  const auto add = [&](const std::string& one) {
    text += (text.empty() ? "" : session.say("word.list_separator")) + one;
  };
  for (const auto& [name, amount] : wanted.sublimits) {
    const CapPer per = cap_per(wanted.terms, name);
    const std::string which = per.incident && per.year ? "both"
                              : per.incident           ? "incident"
                                                       : "year";
    add(session.say("risk.with_sublimit_" + which,
                    {{"section", name}, {"amount", to_grouped(amount)}}));
  }
  for (const terms::Section& section : from.sections) {
    if (!is_known(wanted.terms, section.code)) {
      add(session.say("risk.without_section", {{"section", section.code}}));
    }
  }
  return text;
}

std::string own_retentions_text(Session& session, const WantedTerms& wanted) {
  std::string text;
  for (const terms::Section& section : wanted.terms.sections) {
    if (!own_retention_stands(wanted.terms, section)) continue;
    const Money amount = Money::from_minor(section.own_retention, wanted.terms.currency);
    text += (text.empty() ? "" : session.say("word.list_separator")) + section.code + " " +
            to_grouped(amount);
  }
  if (text.empty()) return text;
  return session.say("risk.own_retentions_" + std::string(name_of(wanted.own)),
                     {{"sections", text}});
}

void add_terms(const WantedTerms& wanted, const TermsChoice& choice, Node& row) {
  const terms::Terms chosen = chosen_terms(wanted, choice);
  row.add("retention_position", to_node(chosen.retention_position));
  row.add("retention_acts", Node::boolean(retention_acts(chosen)));
  Node& own = row.add("own_retentions", Node::list());
  for (const terms::Section& section : wanted.terms.sections) {
    if (!own_retention_stands(wanted.terms, section)) continue;
    Node one = Node::table();
    one.add("section", Node::string(section.code));
    one.add("amount", to_node(Money::from_minor(section.own_retention, chosen.currency)));
    one.add("kept", Node::boolean(wanted.own == OwnRetentions::kKeep));
    own.items.push_back(std::move(one));
  }
  row.add("sublimits", sublimits_node(wanted));
  row.add("waiting_hours", choice.waiting ? Node::number(*choice.waiting) : Node::null());
  Node& waiting = row.add("waiting", Node::list());
  for (const terms::Section& section : chosen.sections) {
    if (!pays_interruption(section)) continue;
    Node one = Node::table();
    one.add("section", Node::string(section.code));
    one.add("hours", Node::number(section.time.waiting_hours));
    waiting.items.push_back(std::move(one));
  }
}

std::vector<Option> other_terms_options() {
  return {named("retention-position", "POSITION", "免赔额在分项限额之前还是之后扣除（默认同条款）",
                "before_sublimits or after_sublimits: where the retention comes off (default: as "
                "in the wording)"),
          named("own-retentions", "keep|replace",
                "分项自有的免赔额：keep 保留，replace 由每次事故免赔额取代",
                "keep or replace: whether sections keep a retention of their own (keep)"),
          many("sublimit", "SECTION=AMOUNT", "某一保障项的分项限额，如 FP.BI=200000（可多个）",
               "sublimit of a section, e.g. FP.BI=200000 (several)"),
          many("without", "SECTION", "不含某一保障项，如 FP.EXT（可多个）",
               "leave a section out, e.g. FP.EXT (several)"),
          many("answers", "CONTROL=ANSWER", "改为这样答复，只试算，如 IAM-01=100（可多个）",
               "as if answered so, tried out only, e.g. IAM-01=100 (several)")};
}

}  // namespace anlan::api
