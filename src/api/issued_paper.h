// A document that the house signs and prints: pages with a QR code, and inside the file the exact
// content that they show. The file is made of
//   the pages (formats/pdf.h), with the code of the statement (statement.h) drawn and as keyword;
//   document.json, attached: the content in canonical JSON (one line, members in order), whose
//   SHA-256 the statement signs;
//   a last line with an Ed25519 signature over every byte before it (formats/pdf_seal.h).
// So the paper proves its content by its code, the file proves all its bytes, and whoever has the
// same program and fonts draws the pages again from the content and compares.
#pragma once

#include <functional>
#include <string>

#include "api/session.h"
#include "api/statement.h"
#include "base/document.h"
#include "base/node.h"
#include "platform/files.h"

namespace anlan::api {

// What is to be signed.
struct PaperContent {
  domain::DocumentKind kind = domain::DocumentKind::kPolicy;
  std::string subject;      // "AL-2026-000037", "quo_19": the number of the document begins with it
  domain::PolicyId policy;  // none for a quote and a model card
  Document document;        // in the session's language
  Node record;              // what the sentences are made from, exactly
};

struct IssuedPaper {
  Bytes file;
  std::size_t pages = 0;
  Statement statement;
};

// Draws and signs, then records that it did. The document's number is its subject and the seq of
// the head. A request that was answered before gives the same bytes again, or kPaperChanged when
// what it shows is no longer what was signed. `before` is called when the file is made and not yet
// on record: where it refuses, nothing is recorded. Refuses kPdfFontMissing and what the house
// refuses.
using BeforeRecord = std::function<Result<Done>(const IssuedPaper&)>;
Result<IssuedPaper> issue_paper(Session& session, const PaperContent& content,
                                const BeforeRecord& before);

// Gives the file of a document that is on record its name. Refuses kPaperUnplaced (args number).
Result<Done> place_paper(platform::StagedFile& staged, const std::string& file,
                         const std::string& number);

// Draws and signs without a record: for issue_paper and its tests.
struct PaperParts {
  const PaperContent& content;
  std::string number;
  std::string house;
  std::string issued;  // the line below the title
  std::string date;
  house::Head head;
};
Result<IssuedPaper> sign_paper(Session& session, const PaperParts& parts, house::Signer& signer);

enum class PagesFound : std::uint8_t {
  kSame = 1,       // drawn again from the content, they are the same bytes
  kOtherHand = 2,  // not compared: they were drawn by another version of the program or the fonts
};
constexpr auto enum_names(PagesFound*) {
  using P = PagesFound;
  return std::array{EnumName<P>{P::kSame, "same"}, EnumName<P>{P::kOtherHand, "other_hand"}};
}

struct PaperCheck {
  Statement statement;
  std::string house;
  PagesFound pages = PagesFound::kSame;
};

// `bytes` are those of a PDF. Whoever signs can name any house: the name proves nothing, the key
// does. Refuses kPaperUnsigned, kDocumentInvalid (args what: signature, file,
// content), kPagesOther (the house signed pages that do not show the signed content), and as
// read_code. Cost: as drawing it.
Result<PaperCheck> verify_paper(Session& session, std::string_view bytes, std::string_view file);

}  // namespace anlan::api
