#include "terms/lint.h"

#include <algorithm>
#include <array>

#include "domain/cover.h"
#include "terms/codes.h"
#include "terms/lint_book.h"

namespace anlan::terms {
namespace {

using namespace lint_codes;

constexpr std::array kCodes{kExcludedAndConditional, kConditionRepeatsExclusion,
                            kStatusContradicted,     kWrittenBackAndExcluded,
                            kExclusionSwallowsCover, kExclusionSwallowsPeril,
                            kCoverPaysNothing,       kRetentionReachesLimit,
                            kSublimitAboveAggregate, kSublimitAboveGroup,
                            kSublimitAboveYear,      kPropertyOnly,
                            kLiabilityOnly,          kPerilWithoutSection,
                            kSectionWithoutPeril,    kHeadNotTaken,
                            kExemptionNotMarked,     kExemptionInText,
                            kExemptionByHand,        kClauseUnused,
                            kIncreaseAmbiguous,      kWaitingOrMoney,
                            kInsurerDecides,         kOpenWord,
                            kTranslationMissing,     kTranslationShort,
                            kTranslationNumbers,     kNumberDiffers,
                            kNumberMissing,          kVoidByLaw,
                            kMitigationInsideLimit,  kNoticeCostsAll,
                            kRegistrationAssumed,    kProductMissing,
                            kProductFiledOtherwise,  kTougherPaysMore};

bool share_a_head(const std::vector<std::string>& some, const std::vector<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& head) {
    return names_head(others, head) ||
           std::any_of(others.begin(), others.end(),
                       [&](const std::string& other) { return domain::belongs_to(other, head); });
  });
}

// A condition says when a head is paid, an exclusion that it never is.
void check_conditions(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.conditions.size(); ++i) {
    const Condition& condition = wording.conditions[i];
    for (const Exclusion& exclusion : wording.exclusions) {
      const bool heads = share_a_head(condition.heads, exclusion.heads);
      if (exclusion.always() && exclusion.of_heads()) {
        for (const std::string& head : condition.heads) {
          if (!takes_head(exclusion, head)) continue;
          book.add(kExcludedAndConditional, path_of("conditions", i, "heads"), condition.clause,
                   {{"head", head}, {"exclusion", exclusion.name}, {"other", exclusion.clause}});
        }
      } else if (has_word(exclusion.causes, condition.name) && (heads || !exclusion.of_heads())) {
        book.add(kConditionRepeatsExclusion, path_of("conditions", i, "name"), condition.clause,
                 {{"condition", condition.name},
                  {"exclusion", exclusion.name},
                  {"other", exclusion.clause}});
      }
    }
  }
}

void check_statuses(LintBook& book) {
  const Wording& wording = book.wording();
  for (std::size_t i = 0; i < wording.statuses.size(); ++i) {
    const StatedStatus& stated = wording.statuses[i];
    const StatusOfCover derived = cover_status(wording, stated.cover);
    if (derived.status == stated.status) continue;
    book.add(kStatusContradicted, path_of("statuses", i, "status"), stated.clause,
             {{"cover", stated.cover},
              {"status", std::string(name_of(stated.status))},
              {"derived", std::string(name_of(derived.status))},
              {"other", derived.clauses.empty() ? std::string() : derived.clauses.front()}});
  }
}

// What one exclusion writes back and another takes out again.
void check_write_backs(LintBook& book) {
  const std::vector<Exclusion>& all = book.wording().exclusions;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < all.size(); ++j) {
      if (i == j || all[j].limit) continue;
      const auto add = [&](std::string_view key, const std::string& word) {
        book.add(kWrittenBackAndExcluded, path_of("exclusions", i, key), all[i].clause,
                 {{"word", word}, {"exclusion", all[j].name}, {"other", all[j].clause}});
      };
      for (const std::string& cause : all[i].except_causes) {
        if (has_word(all[j].causes, cause) && !all[j].of_heads()) add("except_causes", cause);
      }
      for (const std::string& head : all[i].except_heads) {
        if (all[j].always() && takes_head(all[j], head)) add("except_heads", head);
      }
    }
  }
}

void check_products(LintBook& book, const std::vector<FiledProduct>& products) {
  const Wording& wording = book.wording();
  if (products.empty()) book.add(kProductMissing, "id", {}, {{"wording", wording.id.text}});
  for (const FiledProduct& product : products) {
    if (product.registration == wording.registration.number &&
        product.currency == wording.terms.currency) {
      continue;
    }
    book.add(kProductFiledOtherwise, "registration.number", {},
             {{"product", product.id},
              {"filed", product.registration + " " + std::string(currency_code(product.currency))},
              {"own", wording.registration.number + " " +
                          std::string(currency_code(wording.terms.currency))}});
  }
}

std::size_t order_of(const LintCode& code) {
  const auto found = std::find_if(kCodes.begin(), kCodes.end(),
                                  [&](const LintCode& other) { return other.name == code.name; });
  return static_cast<std::size_t>(found - kCodes.begin());
}

}  // namespace

std::span<const LintCode> all_lint_codes() { return kCodes; }

std::string path_of(std::string_view list, std::size_t i, std::string_view key) {
  std::string path = std::string(list) + "[" + std::to_string(i) + "]";
  if (!key.empty()) path.append(".").append(key);
  return path;
}

std::string amount_text(std::int64_t minor, Currency currency) {
  return to_grouped(Money::from_minor(minor, currency)) + " " +
         std::string(currency_code(currency));
}

Place place_of(const Node& root, std::string_view path) {
  for (;;) {
    const Node* node = find_path(root, path);
    if (node && node->line > 0) return {.file = "", .line = node->line, .column = node->column};
    if (path.empty()) return {};
    const std::size_t step = path.find_last_of(".[");
    path = path.substr(0, step == std::string_view::npos ? 0 : step);
  }
}

void lint_contradictions(LintBook& book) {
  check_conditions(book);
  check_statuses(book);
  check_write_backs(book);
}

std::vector<Finding> lint(const Wording& wording, const std::vector<FiledProduct>* products) {
  LintBook book(wording);
  lint_contradictions(book);
  lint_limits(book);
  lint_gaps(book);
  lint_clauses(book);
  lint_phrases(book);
  lint_translation(book);
  lint_numbers(book);
  lint_law(book);
  if (wording.registration.assumption) {
    book.add(kRegistrationAssumed, "registration.assumption", {},
             {{"number", wording.registration.number}});
  }
  if (products != nullptr) check_products(book, *products);
  lint_tougher(book);
  std::vector<Finding> findings = book.take();
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return order_of(a.code) < order_of(b.code);
  });
  return findings;
}

}  // namespace anlan::terms
