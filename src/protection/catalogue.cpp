#include "protection/catalogue.h"

#include <algorithm>

#include "base/node_reader.h"
#include "base/refusals.h"
#include "protection/answer.h"
#include "protection/refusals.h"

namespace anlan::protection {
namespace {

constexpr std::int64_t kSignalDaysMax = 366;  // proof older than a policy year is none

template <class Row>
const Row* find_named(const std::vector<Row>& rows, std::string_view name) {
  const auto found =
      std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.name.text == name; });
  return found == rows.end() ? nullptr : &*found;
}

template <class Row>
std::string nearest_name(const std::vector<Row>& rows, std::string_view name) {
  std::vector<std::string> known;
  for (const Row& row : rows) known.push_back(row.name.text);
  return nearest(name, known);
}

void refuse_unknown_control(NodeReader& row, std::string_view key, std::string_view control,
                            const Questionnaire& questionnaire) {
  std::vector<std::string> known;
  for (const Question& question : questionnaire.questions) known.push_back(question.control.text);
  row.refuse(key, kControlUnknown,
             {{.name = "control", .value = std::string(control)},
              {.name = "nearest", .value = nearest(control, known)}});
}

std::vector<domain::ControlName> read_controls(NodeReader& row, const Product& product,
                                               const Questionnaire& questionnaire) {
  std::vector<domain::ControlName> controls;
  for (const std::string& name : row.texts("controls")) {
    const Question* const question = questionnaire.find(name);
    if (question == nullptr) {
      refuse_unknown_control(row, "controls", name, questionnaire);
      return {};
    }
    const auto& codes = question->product_categories;
    if (std::find(codes.begin(), codes.end(), product.code) == codes.end()) {
      row.refuse("controls", kCategoryNotOfControl,
                 {{.name = "control", .value = name}, {.name = "code", .value = product.code}});
    }
    controls.push_back(domain::ControlName{name});
  }
  return controls;
}

// The measured share is an answer only where the question asks for a percentage.
void check_proof_answer(NodeReader& row, const domain::ControlProof& proof,
                        const Question& question) {
  if (proof.answer == domain::kAnswerSeen && question.type == AnswerType::kPercent) return;
  const auto canonical = check_answer(question, proof.answer, Date{}, row.child("answer"));
  if (!canonical.ok())
    return row.refuse("answer", canonical.refusal().code, canonical.refusal().args);
  if (canonical.value() == proof.answer) return;
  row.refuse("answer", kAnswerMalformed, {{.name = "expected", .value = canonical.value()}});
}

domain::ControlProof read_proof(NodeReader& row, const Product& product,
                                const Questionnaire& questionnaire) {
  const domain::ControlProof proof{.control = row.name<domain::ControlTag>("control"),
                                   .answer = row.text("answer")};
  row.finish();
  if (row.refused()) return proof;
  const Question* const question = questionnaire.find(proof.control.text);
  if (question == nullptr) {
    refuse_unknown_control(row, "control", proof.control.text, questionnaire);
    return proof;
  }
  const auto& supplied = product.controls;
  if (std::find(supplied.begin(), supplied.end(), proof.control) == supplied.end()) {
    row.refuse("control", kProofNotSupplied, {{.name = "control", .value = proof.control.text}});
  }
  if (!question->verified_by(Channel::kTelemetry)) {
    row.refuse("control", kProofNotByTelemetry, {{.name = "control", .value = proof.control.text}});
  }
  check_proof_answer(row, proof, *question);
  return proof;
}

Product read_product(NodeReader& row, const Questionnaire& questionnaire) {
  Product product;
  product.name = row.name<domain::SecurityProductTag>("id");
  product.category = row.choice<domain::ProductCategory>("category");
  product.code = row.text("code");
  product.zh = row.text("zh");
  product.en = row.text("en");
  product.line_zh = row.text("line_zh");
  product.line_en = row.text("line_en");
  product.format = row.choice<domain::SignalFormat>("format");
  product.device_param = row.text_or("device_param", "");
  product.scope = row.choice<DeviceScope>("devices");
  product.seen_min = row.percent("seen_min");
  product.signal_days_max =
      static_cast<std::uint32_t>(row.whole("signal_days_max", 1, kSignalDaysMax));
  product.price_base = row.money("price_base", Currency::kCny);
  product.price_per_endpoint = row.money("price_per_endpoint", Currency::kCny);
  product.controls = read_controls(row, product, questionnaire);
  for (NodeReader& proof : row.list_or_empty("proof")) {
    product.proofs.push_back(read_proof(proof, product, questionnaire));
  }
  row.finish();
  return product;
}

Package read_package(NodeReader& row, const std::vector<Product>& products) {
  Package package;
  package.name = row.name<domain::PackageTag>("id");
  package.zh = row.text("zh");
  package.en = row.text("en");
  package.line_zh = row.text("line_zh");
  package.line_en = row.text("line_en");
  package.vendor = row.name<domain::OrganisationTag>("vendor");
  for (const std::string& name : row.texts("products")) {
    if (find_named(products, name) == nullptr) {
      row.refuse("products", kProductUnknown,
                 {{.name = "product", .value = name},
                  {.name = "nearest", .value = nearest_name(products, name)}});
    }
    package.products.push_back(domain::SecurityProductName{name});
  }
  row.finish();
  return package;
}

}  // namespace

const Product* Catalogue::find_product(std::string_view name) const {
  return find_named(products, name);
}

const Package* Catalogue::find_package(std::string_view name) const {
  return find_named(packages, name);
}

Result<Catalogue> read_catalogue(const CatalogueFiles& files, const Questionnaire& questionnaire) {
  Catalogue catalogue{.products = {}, .packages = {}, .digest = files.digest};
  ReadReport products_report{"catalogue/products.toml"};
  NodeReader products(files.products, products_report);
  for (NodeReader& row : products.list("product")) {
    Product product = read_product(row, questionnaire);
    if (catalogue.find_product(product.name.text) != nullptr) {
      row.refuse("id", refusals::kDuplicateValue);
    }
    catalogue.products.push_back(std::move(product));
  }
  products.finish();
  if (products_report.refused()) return products_report.refusal();
  ReadReport packages_report{"catalogue/packages.toml"};
  NodeReader packages(files.packages, packages_report);
  for (NodeReader& row : packages.list("package")) {
    Package package = read_package(row, catalogue.products);
    if (catalogue.find_package(package.name.text) != nullptr) {
      row.refuse("id", refusals::kDuplicateValue);
    }
    catalogue.packages.push_back(std::move(package));
  }
  packages.finish();
  return packages_report.result(std::move(catalogue));
}

}  // namespace anlan::protection
