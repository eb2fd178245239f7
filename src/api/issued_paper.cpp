#include "api/issued_paper.h"

#include "api/paper.h"
#include "api/refusals.h"
#include "api/render.h"
#include "api/version.h"
#include "base/base32.h"
#include "base/utf8.h"
#include "formats/document_reader.h"
#include "formats/harmless_text.h"
#include "formats/json.h"
#include "formats/pdf.h"
#include "formats/pdf_seal.h"
#include "formats/terminal.h"
#include "platform/keys.h"

namespace anlan::api {
namespace {

using domain::DocumentKind;

constexpr std::string_view kForm = "anlan document 1";
constexpr std::string_view kFilePurpose = "anlan paper file 1";
constexpr std::string_view kAttached = "document.json";

Bytes file_message(BytesView bytes) {
  ByteWriter out;
  out.text(kFilePurpose);
  out.raw(sha256(bytes).bytes);
  return out.take();
}

std::string hand() { return "anlan " + std::string(kVersion) + ", " + formats::pdf_hand(); }

Node content_node(const PaperParts& parts, Lang lang) {
  Node node = Node::table();
  node.add("form", Node::string(kForm));
  node.add("kind", to_node(parts.content.kind));
  node.add("number", Node::string(parts.number));
  node.add("lang", Node::string(lang == Lang::kZh ? "zh" : "en"));
  node.add("house", Node::string(parts.house));
  node.add("issued", Node::string(parts.issued));
  node.add("date", Node::string(parts.date));
  node.add("drawn_by", Node::string(hand()));
  node.add("record", parts.content.record);
  node.add("blocks", *formats::document_to_node(parts.content.document).find("blocks"));
  return node;
}

// What the pages need of the content.
struct Shown {
  DocumentKind kind = DocumentKind::kPolicy;
  std::string number;
  Lang lang = Lang::kZh;
  std::string house;
  std::string issued;
  std::string date;
  std::string hand;
  Document document;
};

enum class PaperLang : std::uint8_t { kZh = 1, kEn = 2 };
constexpr auto enum_names(PaperLang*) {
  using L = PaperLang;
  return std::array{EnumName<L>{L::kZh, "zh"}, EnumName<L>{L::kEn, "en"}};
}

Result<Shown> read_content(std::string_view text, std::string_view file) {
  ANLAN_TRY(const Node tree, formats::parse_json(text, file));
  ReadReport report{std::string(file)};
  NodeReader root(tree, report);
  root.text("form");
  Shown shown{.kind = root.choice<DocumentKind>("kind"),
              .number = root.text("number"),
              .lang = root.choice<PaperLang>("lang") == PaperLang::kZh ? Lang::kZh : Lang::kEn,
              .house = root.text("house"),
              .issued = root.text_or("issued", ""),
              .date = root.text_or("date", ""),
              .hand = root.text_or("drawn_by", ""),
              .document = {}};
  root.table("record");
  shown.document = formats::document_from_node(root);
  root.finish();
  return report.result(std::move(shown));
}

// What is shown of the content beside its blocks is short and stands on a line; the house bears a
// name with which one can be opened.
bool is_bounded(const Shown& shown) {
  constexpr std::size_t kLineMax = 300;  // code points
  const auto line = [](const std::string& text) {
    return text.find('\n') == std::string::npos && count_code_points(text) <= kLineMax &&
           formats::harmless_text(text) == text;
  };
  const bool dated = shown.date.empty() || parse_date(shown.date, "date").ok();
  return is_house_name(shown.house) && dated && line(shown.issued) && line(shown.hand);
}

std::vector<std::string> seal_lines(const Texts& texts, const Shown& shown,
                                    const Statement& statement) {
  const std::string kind = texts.say("document_kind." + std::string(name_of(statement.kind)), {});
  return {texts.say("paper.seal_title"),
          texts.say("paper.seal_document", {{"kind", kind}, {"number", statement.number}}),
          texts.say("paper.seal_house", {{"house", shown.house},
                                         {"date", shown.date},
                                         {"seq", std::to_string(statement.head.seq)},
                                         {"chain", short_hex(statement.head.chain)}}),
          texts.say("paper.seal_key", {{"fingerprint", platform::fingerprint(statement.key)}}),
          texts.say("paper.seal_content", {{"content", to_hex(statement.content)}}),
          texts.say("paper.seal_how")};
}

struct Drawn {
  Bytes unsealed;
  std::size_t pages = 0;
};

// The pages of `content`, with it inside, up to the signature of the file.
Result<Drawn> draw(Session& session, const Shown& shown, std::string_view content,
                   const Statement& statement) {
  ANLAN_TRY(const Texts texts, session.library().texts(shown.lang));
  const std::string code = code_of(statement);
  formats::PdfOptions options{.lang = shown.lang, .issued = shown.issued, .date = shown.date};
  options.number = texts.say("paper.number", {{"number", shown.number}});
  options.page_text = texts.say("paper.page");
  options.seal = formats::PdfSeal{.code = code, .lines = seal_lines(texts, shown, statement)};
  ANLAN_TRY(formats::Pdf pdf, formats::to_pdf(shown.document, options));
  return Drawn{.unsealed = formats::with_attachment(std::move(pdf.bytes),
                                                    {.name = kAttached, .content = content}, code),
               .pages = pdf.pages};
}

Refusal refused(RefusalCode code, std::string_view file, std::string_view what) {
  return Refusal{.code = code,
                 .path = std::string(what),
                 .value = std::string(file),
                 .args = {{.name = "what", .value = std::string(what)}}};
}

struct Issue {
  house::Head head;
  Instant at;
  std::optional<Digest> content;  // of the same request, answered before
};

Result<Issue> issue_of(Session& session) {
  ANLAN_TRY(platform::HouseFolder * folder, session.open(platform::HouseMode::kWrite));
  if (!session.known()) {
    ANLAN_TRY(const Instant now, session.now());
    return Issue{.head = folder->house().head, .at = now, .content = {}};
  }
  const std::uint64_t seq = session.known()->first_seq;
  ANLAN_TRY(const domain::Event event, session.event_at(seq));
  const auto& known = std::get<domain::DocumentIssued>(event);
  ANLAN_TRY(folder, session.open(platform::HouseMode::kWrite));
  ANLAN_TRY(const std::vector<house::Record> records, folder->journal().read(seq, 1));
  ANLAN_CHECK(records.size() == 1);
  return Issue{.head = {.seq = known.head_seq, .chain = known.head_chain},
               .at = records[0].at,
               .content = known.content};
}

}  // namespace

Result<IssuedPaper> sign_paper(Session& session, const PaperParts& parts, house::Signer& signer) {
  const std::string text = formats::write_json(content_node(parts, session.lang()), {.indent = 0});
  // Drawn from what was written, as whoever verifies it will.
  ANLAN_TRY(const Shown shown, read_content(text, kAttached));
  IssuedPaper paper;
  paper.statement = {.kind = parts.content.kind,
                     .number = parts.number,
                     .content = sha256(bytes_of(text)),
                     .head = parts.head};
  sign(paper.statement, signer);
  ANLAN_TRY(Drawn drawn, draw(session, shown, text, paper.statement));
  const house::Signature signature = signer.sign(file_message(drawn.unsealed));
  paper.file = formats::with_seal(std::move(drawn.unsealed), to_base32(BytesView(signature)));
  paper.pages = drawn.pages;
  return paper;
}

Result<IssuedPaper> issue_paper(Session& session, const PaperContent& content,
                                const BeforeRecord& before) {
  ANLAN_TRY(const Issue issue, issue_of(session));
  ANLAN_TRY(platform::HouseFolder * folder, session.open(platform::HouseMode::kWrite));
  const house::House& house = folder->house();
  const std::string date = to_text(date_of(issue.at, house.offset()));
  const PaperParts parts{
      .content = content,
      .number = content.subject + "/" + std::to_string(issue.head.seq),
      .house = house.opening->name,
      .issued =
          session.say("paper.issued", {{"date", date},
                                       {"house", house.opening->name},
                                       {"sandbox", house.opening->sandbox ? "1" : std::string()},
                                       {"seq", std::to_string(issue.head.seq)}}),
      .date = date,
      .head = issue.head};
  ANLAN_TRY(IssuedPaper paper, sign_paper(session, parts, *folder->signer()));
  const Statement& statement = paper.statement;
  if (issue.content && *issue.content != statement.content) {
    return refused(refusals::kPaperChanged, parts.number, "content");
  }
  ANLAN_REQUIRE(before(paper));
  ANLAN_REQUIRE(session.submit(house::IssueDocument{
      .document = {.kind = statement.kind,
                   .number = statement.number,
                   .policy = content.policy,
                   .content = statement.content,
                   .signature = Bytes(statement.signature.begin(), statement.signature.end()),
                   .head_seq = statement.head.seq,
                   .head_chain = statement.head.chain}}));
  return paper;
}

Result<Done> place_paper(platform::StagedFile& staged, const std::string& file,
                         const std::string& number) {
  if (staged.place().ok()) return Done{};
  return Refusal{.code = refusals::kPaperUnplaced,
                 .path = "out",
                 .value = shown_name(file),
                 .args = {{.name = "number", .value = number}}};
}

Result<PaperCheck> verify_paper(Session& session, std::string_view bytes, std::string_view file) {
  const auto found = formats::find_seal(bytes);
  if (!found) return refused(refusals::kPaperUnsigned, file, "signature");
  ANLAN_TRY(const Statement statement, read_code(found->code, "code"));
  const auto coded = from_base32(found->signature);
  house::Signature signature{};
  if (!coded || coded->size() != signature.size()) {
    return refused(refusals::kDocumentInvalid, file, "file");
  }
  std::copy(coded->begin(), coded->end(), signature.begin());
  if (!platform::verify_signature(file_message(found->signed_bytes), signature, statement.key)) {
    return refused(refusals::kDocumentInvalid, file, "file");
  }
  if (sha256(bytes_of(found->content)) != statement.content) {
    return refused(refusals::kDocumentInvalid, file, "content");
  }
  ANLAN_TRY(const Shown shown, read_content(found->content, kAttached));
  if (shown.kind != statement.kind || shown.number != statement.number || !is_bounded(shown)) {
    return refused(refusals::kDocumentInvalid, file, "content");
  }
  PaperCheck check{.statement = statement, .house = shown.house};
  if (shown.hand != hand()) {
    check.pages = PagesFound::kOtherHand;
    return check;
  }
  ANLAN_TRY(const Drawn drawn, draw(session, shown, found->content, statement));
  const BytesView again(drawn.unsealed);
  if (!std::equal(again.begin(), again.end(), found->signed_bytes.begin(),
                  found->signed_bytes.end())) {
    return refused(refusals::kPagesOther, file, "pages");
  }
  return check;
}

}  // namespace anlan::api
