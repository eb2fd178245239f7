#include "api/submissions.h"

#include <set>

#include "api/kept_files.h"
#include "formats/refusal_text.h"

namespace anlan::api {

using namespace domain;

SubmissionResult refused_by(const ProductName& product, const Refusal& refusal) {
  SubmissionResult out{.product = product,
                       .refusal = std::string(refusal.code.name),
                       .path = refusal.path,
                       .value = refusal.value};
  for (const RefusalArg& arg : refusal.args)
    out.args.push_back({.name = arg.name, .value = arg.value});
  return out;
}

Offers offers_of(const PricingBasis& basis, const Submission& submission, GrowingTable& tables) {
  Offers out;
  for (const ProductName& product : submission.products) {
    Result<Quote> quote = price(
        basis, {.enterprise = submission.enterprise, .product = product, .from = submission.from},
        tables);
    if (quote.ok()) {
      out.quotes.push_back(std::move(quote).value());
    } else {
      out.refused.push_back(refused_by(product, quote.refusal()));
    }
  }
  return out;
}

Result<Done> keep_files_of(Session& session, const std::vector<Quote>& quotes) {
  std::set<ProductName> kept;
  for (const Quote& quote : quotes) {
    if (!kept.insert(quote.product).second) continue;
    ANLAN_TRY(const underwriting::Product* product, session.library().product(quote.product));
    ANLAN_REQUIRE(keep_files(session, *product));
  }
  return Done{};
}

std::string sentence_in(Session& session, const Refusal& refusal, Lang lang) {
  const Result<const formats::Sentences*> sentences = session.library().sentences();
  return sentences.ok() ? formats::refusal_sentence(refusal, **sentences, lang)
                        : std::string(refusal.code.name);
}

std::string refused_sentence(Session& session, const SubmissionResult& result, Lang lang) {
  Refusal refusal{
      .code = {.number = 0, .name = result.refusal}, .path = result.path, .value = result.value};
  for (const RefusedArg& arg : result.args)
    refusal.args.push_back({.name = arg.name, .value = arg.value});
  return sentence_in(session, refusal, lang);
}

Result<Done> check_products(Session& session, const std::vector<ProductName>& products) {
  for (const ProductName& product : products) ANLAN_REQUIRE(session.library().product(product));
  return Done{};
}

}  // namespace anlan::api
