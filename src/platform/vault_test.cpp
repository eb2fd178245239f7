#include "platform/vault.h"

#include <doctest/doctest.h>

#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

constexpr std::string_view kText = "李明 138-0000-0000";

struct Opened {
  TempFolder folder;
  std::optional<Vault> vault;

  Opened() {
    REQUIRE(create_keys(folder / "keys").ok());
    vault.emplace(std::move(Vault::create(file(), key())).value());
  }
  std::filesystem::path file() const { return folder / "personal.db"; }
  SecretKey key() const { return read_personal_key(folder / "keys").value(); }
  domain::SubjectId subject() { return vault->subject_for("broker/register-1").value(); }
  bool holds(std::string_view words) const {
    bool found = false;
    for (const std::string name : {"personal.db", "personal.db-wal"}) {
      const auto text = read_file((folder / name).string());
      if (text.ok()) found = found || text->find(words) != std::string::npos;
    }
    return found;
  }
};

TEST_CASE("vault: what was put is opened again, also after closing, and never stands in the file") {
  Opened opened;
  const auto subject = opened.subject();
  const auto ref = opened.vault->put(subject, 3, kText).value();
  CHECK(ref.subject == subject);
  CHECK(ref.slot == 3);
  CHECK(opened.vault->open(ref).value() == std::string(kText));
  CHECK_FALSE(opened.holds(kText));
  CHECK_FALSE(opened.holds("138-0000"));
  opened.vault.reset();
  Vault again = Vault::open(opened.file(), opened.key(), DatabaseMode::kReadOnly).value();
  CHECK(again.open(ref).value() == std::string(kText));
}

TEST_CASE("vault: a repeated command finds the same subject and the same reference") {
  Opened opened;
  const auto subject = opened.subject();
  CHECK(opened.subject() == subject);
  CHECK(opened.vault->subject_for("broker/register-2").value() != subject);
  const auto ref = opened.vault->put(subject, 1, kText).value();
  CHECK(opened.vault->put(subject, 1, kText).value() == ref);
  CHECK(opened.vault->put(subject, 2, kText).value().cipher != ref.cipher);
  CHECK(opened.vault->put(subject, 1, "other").value().cipher != ref.cipher);
  CHECK(opened.vault->open(ref).value() == std::string(kText));
}

TEST_CASE("vault: an erased subject opens as nothing, takes nothing, and leaves no bytes behind") {
  Opened opened;
  const auto subject = opened.subject();
  const auto other = opened.vault->subject_for("broker/register-2").value();
  const auto ref = opened.vault->put(subject, 1, kText).value();
  const auto kept = opened.vault->put(other, 1, kText).value();
  const std::string wrapped =
      opened.vault->database()
          .text_of("SELECT hex(wrapped_key) FROM subjects WHERE subject = " +
                   std::to_string(subject.number))
          .value();
  Bytes wrapped_bytes(wrapped.size() / 2);
  std::string lower = wrapped;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  REQUIRE(from_hex(lower, wrapped_bytes));
  const std::string_view key_bytes(reinterpret_cast<const char*>(wrapped_bytes.data()),
                                   wrapped_bytes.size());
  CHECK(opened.holds(key_bytes));
  for (int i = 0; i < 2; ++i) REQUIRE(opened.vault->erase(subject).ok());
  CHECK_FALSE(opened.holds(key_bytes));
  CHECK(opened.vault->open(ref).value() == std::nullopt);
  CHECK(opened.vault->put(subject, 1, kText).refusal().code == refusals::kSubjectErased);
  CHECK(opened.subject() == subject);
  CHECK(opened.vault->open(kept).value() == std::string(kText));
}

TEST_CASE("vault: an unknown subject or item, and a text above the limit, are refused") {
  Opened opened;
  const auto subject = opened.subject();
  const domain::SubjectId nobody{4'711};
  CHECK(opened.vault->put(nobody, 1, kText).refusal().code == refusals::kPersonalMissing);
  CHECK(opened.vault->erase(nobody).refusal().code == refusals::kPersonalMissing);
  CHECK(opened.vault->open({.subject = nobody, .slot = 1, .cipher = {}}).refusal().code ==
        refusals::kPersonalMissing);
  CHECK(opened.vault->open({.subject = subject, .slot = 1, .cipher = {}}).refusal().code ==
        refusals::kPersonalMissing);
  CHECK(opened.vault->put(subject, 1, std::string(kPersonalBytesMax, 'x')).ok());
  const auto refused = opened.vault->put(subject, 1, std::string(kPersonalBytesMax + 1, 'x'));
  REQUIRE(!refused.ok());
  CHECK(refused.refusal().code == refusals::kPersonalTooLong);
}

TEST_CASE("vault: changed bytes are refused when they are opened and when they are checked") {
  Opened opened;
  const auto ref = opened.vault->put(opened.subject(), 1, kText).value();
  CHECK(Vault::check_items(opened.vault->database()).value() == 1);
  REQUIRE(opened.vault->database().run("UPDATE items SET sealed = zeroblob(length(sealed))").ok());
  CHECK(opened.vault->open(ref).refusal().code == refusals::kPersonalDamaged);
  CHECK(Vault::check_items(opened.vault->database()).refusal().code == refusals::kPersonalDamaged);
}

TEST_CASE("vault: an item moved to another subject or slot does not open there") {
  Opened opened;
  auto ref = opened.vault->put(opened.subject(), 1, kText).value();
  REQUIRE(opened.vault->database().run("UPDATE items SET slot = 2").ok());
  ref.slot = 2;
  CHECK(opened.vault->open(ref).refusal().code == refusals::kPersonalDamaged);
}

TEST_CASE("vault: with another key-encryption key nothing opens, and that is said") {
  Opened opened;
  const auto ref = opened.vault->put(opened.subject(), 1, kText).value();
  Vault other = Vault::open(opened.file(), random_key(), DatabaseMode::kReadWrite).value();
  CHECK(other.open(ref).refusal().code == refusals::kPersonalKeyWrong);
  CHECK(other.put(ref.subject, 1, kText).refusal().code == refusals::kPersonalKeyWrong);
}

}  // namespace
}  // namespace anlan::platform
