// Gaps: one side only, perils that cost what no section pays, sections that no peril reaches.
#include <algorithm>
#include <array>
#include <span>

#include "domain/cover.h"
#include "terms/codes.h"
#include "terms/lint_book.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;

// The heads that an incident of each peril costs, as the model of losses has them
// (data/hazard/perils.toml: its losses and the sections of its outage).
struct PerilHeads {
  std::string_view peril;
  std::array<std::string_view, 8> heads;  // the rest is empty
};
constexpr std::array kPerilHeads{
    PerilHeads{"ransomware",
               {"FP.BI", "FP.EXT", "FP.DATA", "FP.HW", "FP.IR", "FP.NOTIFY", "TP.PRIV"}},
    PerilHeads{"data_breach", {"FP.EXT", "FP.IR", "FP.DATA", "FP.NOTIFY", "TP.PRIV"}},
    PerilHeads{"funds_fraud", {"FP.FTF", "FP.IR"}},
    PerilHeads{"dos", {"FP.BI", "FP.EXT", "FP.IR", "FP.DATA"}},
    PerilHeads{"system_failure", {"FP.BI", "FP.SYSFAIL", "FP.DATA", "FP.HW", "FP.IR"}},
    PerilHeads{"insider", {"FP.THEFT", "FP.IR"}},
    PerilHeads{"ot_attack", {"FP.BI", "FP.DATA", "FP.HW", "FP.IR"}},
    PerilHeads{"wiper", {"FP.BI", "FP.DATA", "FP.HW", "FP.IR"}},
    PerilHeads{"regulatory", {"FP.LEGAL", "TP.REG.DEF", "TP.REG.FINE", "FP.BETTER"}},
    PerilHeads{"provider_outage", {"FP.BI", "FP.CBI", "FP.DATA", "FP.IR"}},
    PerilHeads{"vendor_breach", {"FP.IR", "FP.NOTIFY", "TP.PRIV"}},
    PerilHeads{"mass_exploit", {"FP.BI", "FP.EXT", "FP.DATA", "FP.HW", "FP.IR"}},
    PerilHeads{"springboard", {"FP.BI", "FP.IR", "TP.SPRING"}},
};

// Other heads that may follow an incident of the peril: a section for them is no section for
// nothing, but that it is not there is no gap. Own judgement: assumption.
constexpr std::array kAlsoPossible{
    PerilHeads{"ransomware", {"FP.LEGAL", "FP.CREDIT", "FP.PR", "FP.REP", "FP.BETTER", "TP.SEC"}},
    PerilHeads{"data_breach",
               {"FP.LEGAL", "FP.CREDIT", "FP.PR", "FP.REP", "TP.SEC", "TP.REG.DEF", "TP.REG.FINE",
                "TP.PCI"}},
    PerilHeads{"funds_fraud", {"FP.THEFT", "FP.LEGAL"}},
    PerilHeads{"insider", {"FP.DATA", "FP.NOTIFY", "TP.PRIV", "FP.LEGAL", "FP.CRYPTOJACK"}},
    PerilHeads{"vendor_breach", {"FP.LEGAL", "FP.CREDIT", "FP.PR", "TP.REG.DEF", "TP.REG.FINE"}},
    PerilHeads{"mass_exploit",
               {"FP.CRYPTOJACK", "FP.BETTER", "TP.SEC", "TP.PRODLIAB", "TP.TECHEO", "TP.VENDORWARR",
                "FP.VOLSHUT", "FP.CBI"}},
    PerilHeads{"springboard", {"TP.SEC", "FP.CBI", "FP.CBI_NONIT", "FP.LEGAL"}},
    PerilHeads{"provider_outage", {"FP.CBI_NONIT", "TP.TECHEO"}},
    PerilHeads{"system_failure", {"TP.TECHEO", "TP.PRODLIAB", "FP.BETTER"}},
    PerilHeads{"regulatory", {"FP.VOLSHUT"}},
    PerilHeads{"ot_attack", {"FP.VOLSHUT", "FP.BETTER", "TP.PRODLIAB"}},
    PerilHeads{"wiper", {"FP.BETTER", "FP.EXT", "TP.VENDORWARR"}},
};
// Liabilities and costs that can follow whatever happened.
constexpr std::array<std::string_view, 8> kOfAnyPeril{"FP.MITIG",  "FP.SERVICE", "FP.LEGAL",
                                                      "TP.DEF",    "TP.MEDIA",   "TP.SEC",
                                                      "TP.TECHEO", "TP.PRODLIAB"};

std::vector<std::string_view> heads_of(std::span<const PerilHeads> table, std::string_view peril) {
  std::vector<std::string_view> heads;
  for (const PerilHeads& row : table) {
    if (row.peril != peril) continue;
    for (const std::string_view head : row.heads) {
      if (!head.empty()) heads.push_back(head);
    }
  }
  return heads;
}

bool contains(std::span<const std::string_view> heads, std::string_view head) {
  return std::find(heads.begin(), heads.end(), head) != heads.end();
}

bool has_section(const Terms& terms, std::string_view code) {
  return std::any_of(terms.sections.begin(), terms.sections.end(),
                     [&](const Section& section) { return section.code == code; });
}

// Whether the wording says of the head that it is out.
bool is_named_out(const Wording& wording, std::string_view head) {
  const auto excluded = [&](const Exclusion& exclusion) {
    return names_head(exclusion.heads, head);
  };
  const auto stated = [&](const StatedStatus& status) {
    return domain::belongs_to(head, status.cover);
  };
  return std::any_of(wording.exclusions.begin(), wording.exclusions.end(), excluded) ||
         std::any_of(wording.statuses.begin(), wording.statuses.end(), stated);
}

void check_sides(LintBook& book) {
  const Terms& terms = book.wording().terms;
  const auto of_side = [](domain::CoverSide side) {
    return [side](const Section& section) {
      const domain::CoverKind* kind = domain::find_cover_kind(section.code);
      return kind != nullptr && kind->side == side;
    };
  };
  const auto& sections = terms.sections;
  const bool property =
      std::any_of(sections.begin(), sections.end(), of_side(domain::CoverSide::kProperty));
  const bool liability =
      std::any_of(sections.begin(), sections.end(), of_side(domain::CoverSide::kLiability));
  if (property && !liability) book.add(kPropertyOnly, "policy.sections", {});
  if (liability && !property) book.add(kLiabilityOnly, "policy.sections", {});
}

// Heads that only the other side of cover would pay are told by check_sides.
bool same_side(const Terms& terms, std::string_view head) {
  const domain::CoverKind* wanted = domain::find_cover_kind(head);
  return std::any_of(terms.sections.begin(), terms.sections.end(), [&](const Section& section) {
    const domain::CoverKind* kind = domain::find_cover_kind(section.code);
    return wanted != nullptr && kind != nullptr && kind->side == wanted->side;
  });
}

void check_perils(LintBook& book) {
  const Wording& wording = book.wording();
  std::vector<std::string> open;
  for (const std::string& peril : wording.perils.codes) {
    const std::vector<std::string_view> heads = heads_of(kPerilHeads, peril);
    const std::vector<std::string_view> possible = heads_of(kAlsoPossible, peril);
    const auto insured = [&](std::string_view head) { return has_section(wording.terms, head); };
    const bool any = std::any_of(heads.begin(), heads.end(), insured) ||
                     std::any_of(possible.begin(), possible.end(), insured) ||
                     std::any_of(kOfAnyPeril.begin(), kOfAnyPeril.end(), insured);
    if (!any) {
      book.add(kPerilWithoutSection, "perils.covered", wording.perils.clause, {{"peril", peril}});
      continue;
    }
    const bool interruption = insured("FP.BI") || insured("FP.CBI") || insured("FP.SYSFAIL");
    for (const std::string_view head : heads) {
      const bool outage = head == "FP.BI" || head == "FP.CBI" || head == "FP.SYSFAIL";
      if (insured(head) || (outage && interruption) || is_named_out(wording, head)) continue;
      if (same_side(wording.terms, head)) add_word_once(open, std::string(head));
    }
  }
  if (open.empty()) return;
  std::string list;
  for (const std::string& head : open) list += (list.empty() ? "" : ", ") + head;
  book.add(kHeadNotTaken, "policy.sections", wording.perils.clause, {{"heads", list}});
}

void check_sections(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.terms.sections.size(); ++i) {
    const Section& section = wording.terms.sections[i];
    const auto reaches = [&](const std::string& peril) {
      return contains(heads_of(kPerilHeads, peril), section.code) ||
             contains(heads_of(kAlsoPossible, peril), section.code);
    };
    const auto& perils = wording.perils.codes;
    if (contains(kOfAnyPeril, section.code)) continue;
    if (std::any_of(perils.begin(), perils.end(), reaches)) continue;
    book.add(kSectionWithoutPeril, path_of("policy.sections", i, "code"), section.clause,
             {{"cover", section.code}, {"other", wording.perils.clause}});
  }
}

}  // namespace

void lint_gaps(LintBook& book) {
  check_sides(book);
  check_perils(book);
  check_sections(book);
}

}  // namespace anlan::terms
