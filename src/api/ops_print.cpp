// Operations of paper that counts: print signs a document and its pages, verify checks one offline.
#include <algorithm>
#include <optional>

#include "api/certificate.h"
#include "api/issued_paper.h"
#include "api/members.h"
#include "api/paper.h"
#include "api/refusals.h"
#include "api/render.h"
#include "formats/pdf.h"
#include "formats/text.h"
#include "house/certificates.h"
#include "house/offer.h"
#include "house/views.h"
#include "platform/files.h"

namespace anlan::api {
namespace {

using namespace domain;

// What can be had on paper: the kinds of DocumentKind apart from the JSON record.
enum class PaperKind : std::uint8_t {
  kPolicy = 2,
  kSchedule = 3,
  kCertificate = 4,
  kDecision = 5,
  kQuote = 6,
  kModelCard = 7,
};
constexpr auto enum_names(PaperKind*) {
  using K = PaperKind;
  return std::array{EnumName<K>{K::kPolicy, "policy"},
                    EnumName<K>{K::kSchedule, "schedule"},
                    EnumName<K>{K::kCertificate, "certificate"},
                    EnumName<K>{K::kDecision, "decision"},
                    EnumName<K>{K::kQuote, "quote"},
                    EnumName<K>{K::kModelCard, "card"}};
}

std::string kind_word(Session& session, DocumentKind kind) {
  return word(session, "document_kind", kind);
}

// The letter of a claim that somebody has approved: a proposal binds nobody.
Result<PaperContent> decision_paper(Session& session, ClaimId id) {
  ANLAN_TRY(Reply reply, run_operation(session, {"claim", "show", to_text(id)}));
  ANLAN_TRY(const house::House* house, session.house());
  const house::ClaimFile* file = house::find_claim(*house, id);
  ANLAN_CHECK(file != nullptr);
  switch (file->state) {
    case ClaimState::kAdjudicated:
    case ClaimState::kReturned:
    case ClaimState::kReopened:
      return Refusal{
          .code = house::refusals::kWrongState,
          .path = "claim",
          .value = to_text(id),
          .args = {{.name = "state", .value = std::string(name_of(file->state))},
                   {.name = "needed", .value = std::string(name_of(ClaimState::kApproved))}}};
    case ClaimState::kApproved:
    case ClaimState::kPaid:
    case ClaimState::kDenied:
      break;
  }
  return PaperContent{.kind = DocumentKind::kDecision,
                      .subject = to_text(id),
                      .policy = file->decision.policy,
                      .document = std::move(reply.document),
                      .record = std::move(reply.json)};
}

// How something stands: for programs and for people; empty: nobody knows.
struct StateNow {
  std::string code = {};
  std::string text = {};
};

// An issued or approved quote is open; a referred one says that the insurer has yet to decide.
StateNow state_of_quote(Session& session, const house::QuoteFile& file, Date today) {
  std::string code(name_of(house::quote_state(file, today)));
  if (code == name_of(QuoteState::kIssued) || code == name_of(QuoteState::kApproved)) code = "open";
  std::string text =
      session.say("quote_notice." + code,
                  {{"policy", to_text(file.policy)}, {"until", to_text(file.quote.valid_until)}});
  return {.code = std::move(code), .text = std::move(text)};
}

Result<PaperContent> quote_paper(Session& session, QuoteId id) {
  ANLAN_TRY(Reply reply, run_operation(session, {"quote", "show", to_text(id)}));
  ANLAN_TRY(const house::House* house, session.house());
  ANLAN_TRY(const Instant now, session.now());
  const StateNow state =
      state_of_quote(session, *house::find_quote(*house, id), date_of(now, house->offset()));
  std::vector<Block>& blocks = reply.document.blocks;
  ANLAN_CHECK(!blocks.empty());  // the title
  blocks.insert(blocks.begin() + 1, Paragraph{.text = state.text});
  reply.json.add("state", Node::string(state.code));
  return PaperContent{.kind = DocumentKind::kQuote,
                      .subject = to_text(id),
                      .policy = {},
                      .document = std::move(reply.document),
                      .record = std::move(reply.json)};
}

Result<PaperContent> card_paper(Session& session) {
  ANLAN_TRY(Reply reply, run_operation(session, {"model", "card"}));
  const std::string model = reply.json.find("model")->text;
  return PaperContent{.kind = DocumentKind::kModelCard,
                      .subject = model,
                      .policy = {},
                      .document = std::move(reply.document),
                      .record = std::move(reply.json)};
}

Result<PaperContent> content_of(Session& session, PaperKind kind, NodeReader& options) {
  const auto asked = [&]<class Tag>(Tag) { return options.id<Tag>("id"); };
  switch (kind) {
    case PaperKind::kPolicy:
    case PaperKind::kSchedule:
    case PaperKind::kCertificate: {
      const auto id = asked(PolicyTag{});
      const std::string member = options.text_or("certificate", "");
      if (options.refused()) return options.report().refusal();
      if (kind == PaperKind::kCertificate && !member.empty()) {
        ANLAN_TRY(const house::House* house, session.house());
        const house::PolicyFile* file = house::find_policy(*house, id);
        const std::string number = file ? file->policy.number : std::string();
        return member_paper(session, id, certificate_named(member, number));
      }
      return policy_paper(session, id, static_cast<DocumentKind>(kind));
    }
    case PaperKind::kDecision: {
      const auto id = asked(ClaimTag{});
      if (options.refused()) return options.report().refusal();
      return decision_paper(session, id);
    }
    case PaperKind::kQuote: {
      const auto id = asked(QuoteTag{});
      if (options.refused()) return options.report().refusal();
      return quote_paper(session, id);
    }
    case PaperKind::kModelCard:
      if (options.refused()) return options.report().refusal();
      return card_paper(session);
  }
  check_failed("a known kind of paper", __FILE__, __LINE__);
}

Result<Reply> print(Session& session, NodeReader& options) {
  const auto kind = options.choice<PaperKind>("kind");
  const std::string out = options.text("out");
  const std::string member = options.text_or("certificate", "");
  if (options.refused()) return options.report().refusal();
  if (!member.empty() && kind != PaperKind::kCertificate)
    return Refusal{.code = refusals::kTooManyArguments, .path = "certificate", .value = member};
  ANLAN_REQUIRE(check_page_file(session, out, "out"));
  // A repeated request gives the same document again, in the place of nothing else.
  if (!session.known()) ANLAN_REQUIRE(platform::check_absent(out));
  ANLAN_REQUIRE(formats::check_pdf_fonts());
  ANLAN_TRY(const PaperContent content, content_of(session, kind, options));
  std::optional<platform::StagedFile> staged;
  const auto before = [&](const IssuedPaper& made) -> Result<Done> {
    if (session.known()) return platform::write_once(out, made.file);
    ANLAN_TRY(platform::StagedFile written, platform::StagedFile::create(out, made.file));
    staged.emplace(std::move(written));
    return Done{};
  };
  ANLAN_TRY(const IssuedPaper paper, issue_paper(session, content, before));
  if (staged) ANLAN_REQUIRE(place_paper(*staged, out, paper.statement.number));
  const Statement& statement = paper.statement;
  Node json = Node::table();
  json.add("kind", to_node(statement.kind));
  json.add("number", Node::string(statement.number));
  json.add("file", Node::string(shown_name(out)));
  json.add("pages", to_node(static_cast<std::uint64_t>(paper.pages)));
  json.add("content", to_node(statement.content));
  json.add("head_seq", to_node(statement.head.seq));
  json.add("fingerprint", Node::string(platform::fingerprint(statement.key)));
  json.add("code", Node::string(code_of(statement)));
  return brief_reply(session.say("paper.issued_file", {{"file", shown_name(out)},
                                                       {"kind", kind_word(session, statement.kind)},
                                                       {"number", statement.number},
                                                       {"pages", std::to_string(paper.pages)}}),
                     std::move(json));
}

// ---- verify

// What --house tells of a signature, where there is a house: null where it cannot be read, or is
// another one.
Result<const house::House*> signing_house(Session& session, const Statement& statement,
                                          const std::string& name) {
  const Result<const house::House*> found = session.house();
  if (!found.ok()) return static_cast<const house::House*>(nullptr);
  const domain::HouseOpened& opening = *(*found)->opening;
  const auto& key = opening.public_key.bytes;
  if (std::equal(key.begin(), key.end(), statement.key.begin(), statement.key.end())) return *found;
  if (opening.name != name) return static_cast<const house::House*>(nullptr);
  return Refusal{.code = refusals::kFingerprintOther,
                 .path = "house",
                 .value = name,
                 .args = {{.name = "fingerprint", .value = platform::fingerprint(statement.key)}}};
}

template <NamedEnum E>
StateNow state_of(Session& session, std::string_view group, E state) {
  return {.code = std::string(name_of(state)), .text = word(session, group, state)};
}

// How what the document speaks of stands now, as far as this house knows it and it has a state.
Result<StateNow> state_now(Session& session, const house::House& house,
                           const Statement& statement) {
  const std::string subject = statement.number.substr(0, statement.number.rfind('/'));
  ANLAN_TRY(const Instant now, session.now());
  switch (statement.kind) {
    case DocumentKind::kModelCard:
      return StateNow{};
    case DocumentKind::kDecision: {
      const auto id = parse_id<ClaimTag>(subject, "claim");
      const house::ClaimFile* file = id.ok() ? house::find_claim(house, *id) : nullptr;
      return file ? state_of(session, "claim_state", file->state) : StateNow{};
    }
    case DocumentKind::kQuote: {
      const auto id = parse_id<QuoteTag>(subject, "quote");
      const house::QuoteFile* file = id.ok() ? house::find_quote(house, *id) : nullptr;
      return file ? state_of_quote(session, *file, date_of(now, house.offset())) : StateNow{};
    }
    case DocumentKind::kRecord:
    case DocumentKind::kPolicy:
    case DocumentKind::kSchedule:
    case DocumentKind::kCertificate:
      break;
  }
  for (const auto& [id, file] : house.policies) {
    if (subject.starts_with(file.policy.number + "-C")) {
      const auto* own =
          house::find_certificate(file, certificate_named(subject, file.policy.number));
      const bool over = own && own->until() <= date_of(now, file.policy.offset);
      return state_of(session, "policy_state",
                      over ? PolicyState::kExpired : house::policy_state(file, now));
    }
    if (file.policy.number != subject) continue;
    return state_of(session, "policy_state", house::policy_state(file, now));
  }
  return StateNow{};
}

// A sentence that begins with a word of the program.
std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

struct Verified {
  const Statement& statement;
  std::string house;          // as it names itself; empty: the code alone, which names none
  bool key_compared = false;  // with the fingerprint that was asked for
};

Result<Reply> verified_reply(Session& session, const Verified& verified) {
  const Statement& statement = verified.statement;
  ANLAN_TRY(const house::House* house, signing_house(session, statement, verified.house));
  StateNow state;
  if (house) {
    ANLAN_TRY(state, state_now(session, *house, statement));
  }
  const bool proven = house || verified.key_compared;
  const std::string fingerprint = platform::fingerprint(statement.key);
  const std::string head = std::to_string(statement.head.seq);
  Node json = Node::table();
  json.add("valid", Node::boolean(true));
  json.add("kind", to_node(statement.kind));
  json.add("content", to_node(statement.content));
  if (!verified.house.empty()) json.add("house", Node::string(verified.house));
  json.add("house_proven", Node::boolean(proven));
  json.add("number", Node::string(statement.number));
  json.add("fingerprint", Node::string(fingerprint));
  json.add("head_seq", to_node(statement.head.seq));
  json.add("head_chain", to_node(statement.head.chain));
  json.add("state_now", state.code.empty() ? Node::null() : Node::string(state.code));
  Reply reply = brief_reply(
      capitalised(session.say("paper.valid", {{"kind", kind_word(session, statement.kind)},
                                              {"number", statement.number},
                                              {"issuer", proven ? verified.house : ""},
                                              {"named", proven ? "" : verified.house},
                                              {"fingerprint", fingerprint},
                                              {"head", head}})),
      std::move(json));
  reply.document.paragraph(session.say("paper.only_then", {{"head", head}}));
  if (!state.text.empty()) {
    reply.document.paragraph(session.say("paper.state_now", {{"state", state.text}}));
  }
  return reply;
}

Result<Reply> verify_code(Session& session, const std::string& code,
                          const std::string& fingerprint) {
  ANLAN_TRY(const Statement statement, read_code(code, "code"));
  ANLAN_REQUIRE(check_fingerprint(fingerprint, platform::fingerprint(statement.key)));
  ANLAN_TRY(Reply reply, verified_reply(session, {.statement = statement,
                                                  .house = "",
                                                  .key_compared = !fingerprint.empty()}));
  reply.document.paragraph(
      session.say("paper.code_only", {{"content", to_hex(statement.content)}}));
  return reply;
}

Result<Reply> verify_pages(Session& session, std::string_view bytes, const std::string& path,
                           const std::string& fingerprint) {
  ANLAN_TRY(const PaperCheck check, verify_paper(session, bytes, path));
  ANLAN_REQUIRE(check_fingerprint(fingerprint, platform::fingerprint(check.statement.key)));
  ANLAN_TRY(Reply reply, verified_reply(session, {.statement = check.statement,
                                                  .house = check.house,
                                                  .key_compared = !fingerprint.empty()}));
  reply.document.paragraph(session.say("paper.pages_" + std::string(name_of(check.pages))));
  reply.json.add("pages", to_node(check.pages));
  return reply;
}

Result<Reply> verify_record(Session& session, std::string_view text, const std::string& path,
                            const std::string& fingerprint) {
  ANLAN_TRY(const CertificateCheck check, verify_certificate(text, path, fingerprint));
  return verified_reply(
      session,
      {.statement = check.statement, .house = check.house, .key_compared = !fingerprint.empty()});
}

Result<Reply> verify(Session& session, NodeReader& options) {
  const std::string code = options.text_or("code", "");
  const std::string path = code.empty() ? options.text("file") : options.text_or("file", "");
  const std::string fingerprint = options.text_or("fingerprint", "");
  if (options.refused()) return options.report().refusal();
  if (!code.empty()) {
    if (path.empty()) return verify_code(session, code, fingerprint);
    return Refusal{.code = refusals::kTooManyArguments, .path = "file", .value = path};
  }
  ANLAN_TRY(const Bytes bytes, session.read_bytes(path));
  const std::string_view raw(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (raw.starts_with("%PDF-")) return verify_pages(session, raw, path, fingerprint);
  ANLAN_TRY(const std::string text, formats::decode_text(bytes, path));
  return verify_record(session, text, path, fingerprint);
}

}  // namespace

std::vector<Operation> print_operations() {
  Option out = named("out", "FILE", "写入的文件（PDF）", "the file to write (PDF)", true);
  out.part_of_request = false;
  return {
      {.name = "print",
       .command = house::IssueDocument::kName,
       .zh = "签发纸面文件：带签名和二维码的 PDF",
       .en = "issue a document on paper: a PDF with a signature and a QR code",
       .options = {positional("kind", "KIND",
                              "文件种类：policy|schedule|certificate|decision|quote|card",
                              "policy, schedule, certificate, decision, quote or card"),
                   positional("id", "ID", "保单、赔案或报价编号（card 不需要）",
                              "the policy, claim or quote (none for card)", false),
                   named("certificate", "N", "园区成员的凭证序号（certificate）",
                         "the member of a park (certificate), e.g. 3"),
                   out},
       .run = print},
      {.name = "verify",
       .command = "",
       .zh = "离线验证签发的文件（PDF 或 JSON）或其二维码",
       .en = "verify an issued document (PDF or JSON) or its QR code, offline",
       .options = {positional("file", "FILE", "文件", "the document", false),
                   named("code", "TEXT", "二维码的内容", "what its QR code says"),
                   named("fingerprint", "HEX", "应有的公钥指纹",
                         "fingerprint that the key must have")},
       .run = verify},
  };
}

}  // namespace anlan::api
