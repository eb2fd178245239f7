// Fact proposal: what a document seems to say about a company. A program read it, so that nothing
// of it counts before a person has confirmed it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/sha256.h"
#include "domain/ids.h"

namespace anlan::domain {

enum class DocumentForm : std::uint8_t { kPdf = 1, kXlsx = 2 };
constexpr auto enum_names(DocumentForm*) {
  using F = DocumentForm;
  return std::array{EnumName<F>{F::kPdf, "pdf"}, EnumName<F>{F::kXlsx, "xlsx"}};
}

enum class ProposedKind : std::uint8_t {
  kFact = 1,        // of fact_kinds()
  kAnswer = 2,      // to a question of the assessment
  kCreditCode = 3,  // whose document it is: shown, never recorded
};
constexpr auto enum_names(ProposedKind*) {
  using K = ProposedKind;
  return std::array{EnumName<K>{K::kFact, "fact"}, EnumName<K>{K::kAnswer, "answer"},
                    EnumName<K>{K::kCreditCode, "credit_code"}};
}

enum class ProposedState : std::uint8_t { kOpen = 1, kConfirmed = 2, kRejected = 3 };
constexpr auto enum_names(ProposedState*) {
  using S = ProposedState;
  return std::array{EnumName<S>{S::kOpen, "open"}, EnumName<S>{S::kConfirmed, "confirmed"},
                    EnumName<S>{S::kRejected, "rejected"}};
}

struct ProposedItem {
  ProposedKind kind = ProposedKind::kFact;
  std::string name;        // of the fact or the control
  std::string value;       // canonical, as a Fact or an Answer carries it
  std::uint32_t page = 0;  // of a spreadsheet: the sheet; both from 1
  std::uint32_t line = 0;  // on that page; of a spreadsheet: the row
  Digest quoted;           // of the line's text, which stands in FactProposal::text
  bool operator==(const ProposedItem&) const = default;
  template <class P = ProposedItem>
  static constexpr auto fields() {
    return std::tuple{field("kind", &P::kind),   field("name", &P::name),
                      field("value", &P::value), field("page", &P::page),
                      field("line", &P::line),   field("quoted", &P::quoted)};
  }
};

struct FactProposal {
  FactProposalId id;
  EnterpriseId enterprise;
  DocumentForm form = DocumentForm::kPdf;
  Digest document;  // the file's bytes, kept as a blob
  Digest text;      // the text that was read from it, kept as a blob
  std::vector<ProposedItem> items;
  bool operator==(const FactProposal&) const = default;
  template <class P = FactProposal>
  static constexpr auto fields() {
    return std::tuple{field("id", &P::id),     field("enterprise", &P::enterprise),
                      field("form", &P::form), field("document", &P::document),
                      field("text", &P::text), field("items", &P::items)};
  }
};

// A document was read. No price looks at this.
struct FactsProposed {
  static constexpr std::uint16_t kKind = 93;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "facts_proposed";
  FactProposal proposal;
  bool operator==(const FactsProposed&) const = default;
  template <class E = FactsProposed>
  static constexpr auto fields() {
    return std::tuple{field("proposal", &E::proposal)};
  }
};

// A person looked at items of a proposal, counted from 1. What was confirmed stands in the facts
// and the assessment recorded behind it.
struct ProposalDecided {
  static constexpr std::uint16_t kKind = 94;
  static constexpr std::uint16_t kVersion = 1;
  static constexpr std::string_view kName = "proposal_decided";
  FactProposalId proposal;
  std::vector<std::uint32_t> items;
  bool confirmed = false;  // else rejected
  std::string reason;
  bool operator==(const ProposalDecided&) const = default;
  template <class P = ProposalDecided>
  static constexpr auto fields() {
    return std::tuple{field("proposal", &P::proposal), field("items", &P::items),
                      field("confirmed", &P::confirmed), field("reason", &P::reason)};
  }
};

}  // namespace anlan::domain
