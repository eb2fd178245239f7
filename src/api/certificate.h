// Certificate: the signed policy document, one JSON file that proves itself offline:
//   {"document": {...}, "text": {"zh": "...", "en": "..."}, "head": {"seq", "chain"},
//    "public_key": hex, "signature": hex}
// The signature (Ed25519) is over "anlan policy document 1", the SHA-256 of document and text in
// canonical JSON (one line, members in order), and the head of the journal when it was issued.
#pragma once

#include <string>

#include "api/issued_paper.h"
#include "api/session.h"
#include "base/document.h"
#include "domain/ids.h"

namespace anlan::api {

struct Certificate {
  Node json;
  std::string text;   // the file
  Document document;  // the schedule in the session's language
  Digest content;
  std::uint64_t head_seq = 0;
};

// Signs the policy as it stands and records that it did. Refuses kNotFound and what the house
// refuses.
Result<Certificate> issue_certificate(Session& session, domain::PolicyId policy);

// What policy, schedule and certificate (kPolicy, kSchedule, kCertificate) show on paper. Refuses
// kNotFound, kWrongState (a certificate of a policy that is not in force now) and what the library
// refuses.
Result<PaperContent> policy_paper(Session& session, domain::PolicyId policy,
                                  domain::DocumentKind kind);

// The certificate of one member of a park. Refuses kNotFound, kWrongState (the master is not in
// force now, or the certificate does not cover today) and what the library refuses.
Result<PaperContent> member_paper(Session& session, domain::PolicyId policy,
                                  std::uint32_t certificate);

// Blanks and case of the given one do not matter; empty: whoever asks compares it (blanks alone
// are a part of it). Refuses
// kFingerprintShort (a part of it proves nothing), kFingerprintOther.
Result<Done> check_fingerprint(std::string_view given, std::string_view whole);

struct CertificateCheck {
  std::string house;    // as it names itself
  Statement statement;  // of kind kRecord; its signature is of its own form
};

// Refuses kDocumentInvalid (args what: signature, content), kFingerprintShort, kFingerprintOther
// and what the JSON reader refuses. `fingerprint`: what the key must have; empty: whoever asks
// compares it.
Result<CertificateCheck> verify_certificate(std::string_view text, std::string_view file,
                                            std::string_view fingerprint);

}  // namespace anlan::api
