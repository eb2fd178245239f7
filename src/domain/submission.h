// Submission: a company that is entered once and offered to several products, and what each said.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/sha256.h"
#include "base/time.h"
#include "domain/ids.h"

namespace anlan::domain {

struct Submission {
  SubmissionId id;
  EnterpriseId enterprise;
  std::vector<ProductName> products;  // each once, in the order in which they are asked
  Date from;                          // first day of the cover that is asked for
  std::string note;
  Digest sheet;           // of the file that it came in with others; zero: entered by hand
  std::uint32_t row = 0;  // its row there, from 1
  bool operator==(const Submission&) const = default;
  template <class S = Submission>
  static constexpr auto fields() {
    return std::tuple{field("id", &S::id),
                      field("enterprise", &S::enterprise),
                      field("products", &S::products),
                      field("from", &S::from),
                      field("note", &S::note),
                      field("sheet", &S::sheet),
                      field("row", &S::row)};
  }
};

struct RefusedArg {
  std::string name;
  std::string value;
  bool operator==(const RefusedArg&) const = default;
  template <class E = RefusedArg>
  static constexpr auto fields() {
    return std::tuple{field("name", &E::name), field("value", &E::value)};
  }
};

// The answer of one product: a quote, or the refusal that says why there is none.
struct SubmissionResult {
  ProductName product;
  QuoteId quote;        // 0: none
  std::string refusal;  // name of the refusal code; empty: there is a quote
  std::string path;     // what was refused
  std::string value;
  std::vector<RefusedArg> args;  // what its sentence names
  bool operator==(const SubmissionResult&) const = default;
  template <class S = SubmissionResult>
  static constexpr auto fields() {
    return std::tuple{field("product", &S::product), field("quote", &S::quote),
                      field("refusal", &S::refusal), field("path", &S::path),
                      field("value", &S::value),     field("args", &S::args)};
  }
};

struct SubmissionRecorded {
  static constexpr std::uint16_t kKind = 90;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "submission_recorded";
  Submission submission;
  bool operator==(const SubmissionRecorded&) const = default;
  template <class E = SubmissionRecorded>
  static constexpr auto fields() {
    return std::tuple{field("submission", &E::submission)};
  }
};

// Stands behind the quotes that it names: all of them, or none, were recorded.
struct SubmissionSent {
  static constexpr std::uint16_t kKind = 91;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "submission_sent";
  SubmissionId submission;
  std::vector<SubmissionResult> results;  // one for each product, in its order
  bool operator==(const SubmissionSent&) const = default;
  template <class E = SubmissionSent>
  static constexpr auto fields() {
    return std::tuple{field("submission", &E::submission), field("results", &E::results)};
  }
};

struct SubmissionWithdrawn {
  static constexpr std::uint16_t kKind = 92;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "submission_withdrawn";
  SubmissionId submission;
  std::string reason;
  bool operator==(const SubmissionWithdrawn&) const = default;
  template <class E = SubmissionWithdrawn>
  static constexpr auto fields() {
    return std::tuple{field("submission", &E::submission), field("reason", &E::reason)};
  }
};

}  // namespace anlan::domain
