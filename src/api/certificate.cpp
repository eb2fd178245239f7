#include "api/certificate.h"

#include "api/refusals.h"
#include "api/render.h"
#include "api/show.h"
#include "formats/json.h"
#include "house/certificates.h"
#include "house/views.h"
#include "platform/keys.h"
#include "underwriting/documents.h"

namespace anlan::api {
namespace {

using namespace domain;

constexpr std::string_view kPurpose = "anlan policy document 1";

struct Signed {
  Digest content;
  house::Head head;
};

Bytes message_of(const Signed& what) {
  ByteWriter out;
  out.text(kPurpose);
  out.raw(what.content.bytes);
  out.whole(what.head.seq);
  out.raw(what.head.chain.bytes);
  return out.take();
}

Digest content_of(const Node& document, const Node& text) {
  const std::string bytes = formats::write_json(document, {.indent = 0}) + "\n" +
                            formats::write_json(text, {.indent = 0});
  return sha256(bytes_of(bytes));
}

struct Sources {
  const house::PolicyFile* policy;
  const Quote* quote;
  const Enterprise* enterprise;
  const underwriting::Product* product;
  const terms::Wording* wording;
  std::string house_name;
};

Result<Sources> sources_of(Session& session, PolicyId id) {
  ANLAN_TRY(const house::House* house, session.house());
  const house::PolicyFile* policy = house::find_policy(*house, id);
  if (!policy) return not_found("policy", to_text(id));
  ANLAN_TRY(const underwriting::Product* product,
            session.library().product(policy->policy.product));
  ANLAN_TRY(const terms::Wording* wording,
            session.library().wording(policy->policy.wording, policy->policy.wording_artefact));
  return Sources{
      .policy = policy,
      .quote = &house::find_quote(*house, policy->policy.quote)->quote,
      .enterprise = &house::find_enterprise(*house, policy->policy.enterprise)->enterprise,
      .product = product,
      .wording = wording,
      .house_name = house->opening->name};
}

Result<underwriting::ScheduleInput> schedule_input(Session& session, const Sources& from,
                                                   Lang lang) {
  std::string grantor;
  if (from.policy->policy.scheme.exists()) {
    ANLAN_TRY(const underwriting::SubsidyScheme* scheme,
              session.library().scheme(from.policy->policy.scheme));
    grantor = scheme->grantor(lang);
  }
  return underwriting::ScheduleInput{.policy = from.policy->policy,
                                     .quote = *from.quote,
                                     .product = *from.product,
                                     .wording = *from.wording,
                                     .insurer = from.house_name,
                                     .insured = from.enterprise->legal_name,
                                     .credit_code = from.enterprise->credit_code,
                                     .grantor = grantor};
}

Result<Document> schedule(Session& session, const Sources& from, Lang lang) {
  ANLAN_TRY(const Texts texts, session.library().texts(lang));
  ANLAN_TRY(const underwriting::ScheduleInput input, schedule_input(session, from, lang));
  return underwriting::policy_schedule(input, {.texts = texts, .lang = lang});
}

}  // namespace

Result<Certificate> issue_certificate(Session& session, PolicyId id) {
  ANLAN_TRY(const Sources sources, sources_of(session, id));
  ANLAN_TRY(const Document zh, schedule(session, sources, Lang::kZh));
  ANLAN_TRY(const Document en, schedule(session, sources, Lang::kEn));
  ANLAN_TRY(const underwriting::ScheduleInput input, schedule_input(session, sources, Lang::kZh));
  const Node document = underwriting::policy_document(input);
  Node text = Node::table();
  text.add("zh", Node::string(terminal_text(zh)));
  text.add("en", Node::string(terminal_text(en)));
  const std::string number = sources.policy->policy.number;
  // What was found above belongs to the house as it was read: opening it to write reads it anew.
  const bool reads = session.options().rehearse;
  ANLAN_TRY(platform::HouseFolder * folder,
            session.open(reads ? platform::HouseMode::kRead : platform::HouseMode::kWrite));
  Signed what{.content = content_of(document, text), .head = folder->house().head};
  if (session.known()) {  // the same certificate again
    ANLAN_TRY(const Event event, session.event_at(session.known()->first_seq));
    const DocumentIssued& issued = std::get<DocumentIssued>(event);
    what.head = {.seq = issued.head_seq, .chain = issued.head_chain};
  }
  const house::Signature signature = folder->signer()->sign(message_of(what));
  ANLAN_REQUIRE(session.submit(
      house::IssueDocument{.document = {.kind = DocumentKind::kRecord,
                                        .number = number + "/" + std::to_string(what.head.seq),
                                        .policy = id,
                                        .content = what.content,
                                        .signature = Bytes(signature.begin(), signature.end()),
                                        .head_seq = what.head.seq,
                                        .head_chain = what.head.chain}}));
  Certificate certificate{.content = what.content, .head_seq = what.head.seq};
  certificate.document = session.lang() == Lang::kZh ? zh : en;
  Node& json = certificate.json = Node::table();
  json.add("document", document);
  json.add("text", text);
  Node& head = json.add("head", Node::table());
  head.add("seq", to_node(what.head.seq));
  head.add("chain", to_node(what.head.chain));
  json.add("public_key", Node::string(platform::to_text(folder->signer()->public_key())));
  json.add("signature", Node::string(to_hex(BytesView(signature))));
  certificate.text = json_text(json);
  return certificate;
}

namespace {

// Nobody is told of cover that is over, has not begun, or is not paid for.
Result<Done> check_certified(Session& session, const house::PolicyFile& file) {
  ANLAN_TRY(const Instant now, session.now());
  const PolicyState state = house::policy_state(file, now);
  if (state == PolicyState::kInForce) return Done{};
  return Refusal{
      .code = house::refusals::kWrongState,
      .path = "policy",
      .value = to_text(file.policy.id),
      .args = {{.name = "state", .value = std::string(name_of(state))},
               {.name = "needed", .value = std::string(name_of(PolicyState::kInForce))}}};
}

}  // namespace

Result<PaperContent> policy_paper(Session& session, PolicyId id, DocumentKind kind) {
  ANLAN_TRY(const Sources sources, sources_of(session, id));
  if (kind == DocumentKind::kCertificate) ANLAN_REQUIRE(check_certified(session, *sources.policy));
  ANLAN_TRY(const underwriting::ScheduleInput input,
            schedule_input(session, sources, session.lang()));
  const underwriting::Speech speech{.texts = session.texts(), .lang = session.lang()};
  PaperContent content{.kind = kind,
                       .subject = sources.policy->policy.number,
                       .policy = id,
                       .document = {},
                       .record = underwriting::policy_document(input)};
  using underwriting::SchedulePages;
  content.document =
      kind == DocumentKind::kCertificate
          ? underwriting::policy_certificate(input, speech)
          : underwriting::policy_schedule(
                input, speech,
                kind == DocumentKind::kSchedule ? SchedulePages::kAlone : SchedulePages::kWhole);
  return content;
}

Result<PaperContent> member_paper(Session& session, PolicyId id, std::uint32_t number) {
  ANLAN_TRY(const Sources sources, sources_of(session, id));
  const house::CertificateOnFile* own = house::find_certificate(*sources.policy, number);
  const std::string named = certificate_number(sources.policy->policy.number, number);
  if (!own) return not_found("certificate", named);
  ANLAN_REQUIRE(check_certified(session, *sources.policy));
  ANLAN_TRY(const Instant now, session.now());
  if (!house::covers(*own, date_of(now, sources.policy->policy.offset))) {
    const bool later = date_of(now, sources.policy->policy.offset) < own->certificate.from;
    return Refusal{.code = house::refusals::kWrongState,
                   .path = "certificate",
                   .value = named,
                   .args = {{.name = "state", .value = later ? "to_begin" : "ended"},
                            {.name = "needed", .value = "on_cover"}}};
  }
  ANLAN_TRY(const underwriting::ScheduleInput input,
            schedule_input(session, sources, session.lang()));
  ANLAN_TRY(const house::House* house, session.house());
  const Enterprise& member =
      house::find_enterprise(*house, own->certificate.enterprise)->enterprise;
  domain::Certificate certificate = own->certificate;
  certificate.until = own->until();
  const underwriting::MemberInput of_member{.master = input,
                                            .certificate = certificate,
                                            .member = member.legal_name,
                                            .credit_code = member.credit_code};
  const underwriting::Speech speech{.texts = session.texts(), .lang = session.lang()};
  return PaperContent{.kind = DocumentKind::kCertificate,
                      .subject = named,
                      .policy = id,
                      .document = underwriting::member_certificate(of_member, speech),
                      .record = underwriting::member_document(of_member)};
}

namespace {

Refusal invalid(std::string_view file, std::string_view what) {
  return Refusal{.code = refusals::kDocumentInvalid,
                 .path = std::string(what),
                 .value = std::string(file),
                 .args = {{.name = "what", .value = std::string(what)}}};
}

struct Parts {
  Signed what;
  house::PublicKey key{};
  house::Signature signature{};
};

Result<Parts> read_parts(NodeReader& root, std::string_view file) {
  Parts parts;
  NodeReader head = root.table("head");
  parts.what.head.seq = static_cast<std::uint64_t>(head.whole("seq", 0, INT64_MAX));
  const std::string chain = head.text("chain");
  head.finish();
  const std::string key = root.text("public_key");
  const std::string signature = root.text("signature");
  if (root.refused()) return root.report().refusal();
  ANLAN_TRY(parts.what.head.chain, parse_digest(chain, "head.chain"));
  ANLAN_TRY(parts.key, platform::parse_public_key(key, "public_key"));
  if (!from_hex(signature, parts.signature)) return invalid(file, "signature");
  return parts;
}

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ') out += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

}  // namespace

Result<Done> check_fingerprint(std::string_view given, std::string_view whole) {
  const std::string expected = without_blanks(given);
  const std::string found = without_blanks(whole);
  if (given.empty() || expected == found) return Done{};
  if (expected.size() < found.size()) {
    return Refusal{.code = refusals::kFingerprintShort,
                   .path = "fingerprint",
                   .value = std::string(given),
                   .args = {{.name = "given", .value = std::to_string(expected.size())},
                            {.name = "needed", .value = std::to_string(found.size())}}};
  }
  return Refusal{.code = refusals::kFingerprintOther,
                 .path = "fingerprint",
                 .value = std::string(given),
                 .args = {{.name = "fingerprint", .value = std::string(whole)}}};
}

Result<CertificateCheck> verify_certificate(std::string_view text, std::string_view file,
                                            std::string_view fingerprint) {
  ANLAN_TRY(const Node tree, formats::parse_json(text, file));
  ReadReport report{std::string(file)};
  NodeReader root(tree, report);
  NodeReader document = root.table("document");
  NodeReader texts = root.table("text");
  ANLAN_TRY(Parts parts, read_parts(root, file));
  root.finish();
  CertificateCheck check{.house = document.text("insurer"), .statement = {}};
  Statement& statement = check.statement;
  statement.kind = DocumentKind::kRecord;
  statement.number = document.table("policy").text("number");
  if (report.refused()) return report.refusal();
  parts.what.content = content_of(document.node(), texts.node());
  if (!platform::verify_signature(message_of(parts.what), parts.signature, parts.key)) {
    return invalid(file, "signature");
  }
  if (!is_house_name(check.house) || !is_document_number(statement.number)) {
    return invalid(file, "content");
  }
  statement.content = parts.what.content;
  statement.head = parts.what.head;
  statement.key = parts.key;
  statement.signature = parts.signature;
  ANLAN_REQUIRE(check_fingerprint(fingerprint, platform::fingerprint(parts.key)));
  return check;
}

}  // namespace anlan::api
