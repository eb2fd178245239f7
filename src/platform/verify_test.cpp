#include "platform/verify.h"

#include <doctest/doctest.h>

#include "base/codec.h"
#include "formats/json.h"
#include "house/event_codec.h"
#include "house/refusals.h"
#include "platform/backup.h"
#include "platform/files.h"
#include "platform/refusals.h"
#include "platform/schema.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using namespace testing;
using house::Record;

// A house with a person, a blob and some orders, closed again.
struct Story {
  TempFolder temp;
  fs::path folder = temp / "h";
  house::PublicKey key{};
  domain::PersonalRef person;
  SignedHead head;  // signed at the end

  explicit Story(int orders = 20) {
    key = create_house_folder(folder, "h").value();
    const auto opened = open();
    REQUIRE(opened->blobs().put(bytes_of("a scan report")).ok());
    const auto subject = opened->vault()->subject_for("broker/register-2").value();
    person = opened->vault()->put(subject, 1, "Zhang San").value();
    for (const auto& answer : opened->writer().submit(opening_commands(key))) REQUIRE(answer.ok());
    REQUIRE(opened->writer().submit(register_command(2, person)).ok());
    add_orders(*opened, orders, "o");
    head = opened->signed_head().value();
  }
  std::unique_ptr<HouseFolder> open() const {
    return std::move(HouseFolder::open(folder, {.mode = HouseMode::kWrite, .clock = nullptr}))
        .value();
  }
  static void add_orders(HouseFolder& opened, int orders, const std::string& prefix) {
    const auto enterprise = opened.house().enterprises.begin()->first;
    for (int i = 0; i < orders; ++i) {
      REQUIRE(opened.writer()
                  .submit(order_command(enterprise, prefix + std::to_string(i), 5'000))
                  .ok());
    }
  }
  // Runs SQL on a database of the house with the triggers out of the way.
  void change(const std::string& sql) const {
    Database database = Database::open(folder / "journal.db", DatabaseMode::kReadWrite).value();
    REQUIRE(
        database.run("DROP TRIGGER records_not_updated; DROP TRIGGER records_not_deleted").ok());
    REQUIRE(database.run(sql).ok());
    REQUIRE(database.run(std::string(schema::kRecordsNotUpdated)).ok());
    REQUIRE(database.run(std::string(schema::kRecordsNotDeleted)).ok());
  }
  // Writes all records anew from `seq` on with one changed, chains recomputed: a perfect forgery
  // but for the signature.
  void forge(std::uint64_t seq, const std::function<void(Record&)>& make) const {
    std::vector<Record> records;
    {
      const auto journal =
          std::move(SqliteJournal::open(folder / "journal.db", DatabaseMode::kReadOnly)).value();
      records = journal->read(1, 1'000'000).value();
    }
    change("DELETE FROM records WHERE seq >= " + std::to_string(seq));
    make(records[seq - 1]);
    house::Head now{.seq = seq - 1, .chain = seq > 1 ? records[seq - 2].chain : Digest{}};
    for (std::size_t i = seq - 1; i < records.size(); ++i) {
      house::seal(now, records[i]);
      now = house::Head{.seq = records[i].seq, .chain = records[i].chain};
    }
    const auto journal =
        std::move(SqliteJournal::open(folder / "journal.db", DatabaseMode::kReadWrite)).value();
    REQUIRE(journal->append(std::span(records).subspan(seq - 1)).ok());
  }
  Result<VerifyReport> verify(const VerifyOptions& options = {}) const {
    return verify_journal(folder, options);
  }
};

Refusal refusal_of(const Result<VerifyReport>& result) {
  REQUIRE(!result.ok());
  return result.refusal();
}

TEST_CASE("verify: a house is what was written, alone, with its key and with a head from outside") {
  const Story story;
  const VerifyReport report = story.verify({.key = story.key, .head = story.head}).value();
  CHECK(report.house == "h");
  CHECK(report.head == story.head.head);
  CHECK(report.records == story.head.head.seq);
  CHECK(report.commands == 4 + 1 + 20);
  CHECK(report.house_key == story.key);
  CHECK(report.personal_items == 1);
  CHECK(report.blobs == 1);
  CHECK_FALSE(report.is_backup);
  CHECK(formats::write_json(to_node(report)).find(to_hex(report.head.chain)) != std::string::npos);
  // A head stays true while the journal goes on.
  Story::add_orders(*story.open(), 5, "later");
  CHECK(story.verify({.key = {}, .head = story.head})->records > story.head.head.seq);
}

TEST_CASE("verify: an empty house verifies, and its signed head too") {
  TempFolder temp;
  REQUIRE(create_house_folder(temp / "h", "h").ok());
  const auto opened = std::move(HouseFolder::open(temp / "h", {})).value();
  const SignedHead head = opened->signed_head().value();
  CHECK(verify_journal(temp / "h", {.key = {}, .head = head})->records == 0);
}

TEST_CASE("verify: it reads a house while its writer goes on") {
  const Story story;
  const auto writer = story.open();
  CHECK(story.verify().ok());
  Story::add_orders(*writer, 1, "next");
  CHECK(story.verify()->records > story.head.head.seq);
}

TEST_CASE("verify: one changed column of one record is found, with its seq") {
  struct Row {
    std::string_view set;
    RefusalCode code;
  };
  const Row rows[] = {
      {"at = at - 1000000000", house::refusals::kTimeBackwards},
      {"kind = kind + 1", house::refusals::kChainBroken},
      {"version = 2", house::refusals::kChainBroken},
      {"ordinal = ordinal + 1", house::refusals::kCommandTorn},
      {"count = count + 1", house::refusals::kChainBroken},
      {"actor = 'finance'", house::refusals::kChainBroken},
      {"key = key || 'x'", house::refusals::kChainBroken},
      {"input = zeroblob(32)", house::refusals::kChainBroken},
      {"body = CAST(body || x'00' AS BLOB)", house::refusals::kChainBroken},
      {"body = zeroblob(length(body))", house::refusals::kChainBroken},
      {"chain = zeroblob(32)", house::refusals::kChainBroken},
      {"seq = 1000", house::refusals::kSeqGap},
      {"key = ''", house::refusals::kCommandTorn},
  };
  for (const Row& row : rows) {
    CAPTURE(row.set);
    const Story story(3);
    story.change("UPDATE records SET " + std::string(row.set) + " WHERE seq = 6");
    const Refusal refusal = refusal_of(story.verify());
    CHECK(refusal.code.name == row.code.name);
    CHECK(refusal.args[0].value == "6");
  }
}

TEST_CASE("verify: deleted and swapped records are found") {
  {
    const Story story(3);
    story.change("DELETE FROM records WHERE seq = 5");
    CHECK(refusal_of(story.verify()).code == house::refusals::kSeqGap);
  }
  const Story story(3);
  story.change(
      "UPDATE records SET seq = -1 WHERE seq = 2; UPDATE records SET seq = 2 WHERE seq = 3;"
      "UPDATE records SET seq = 3 WHERE seq = -1");
  CHECK(refusal_of(story.verify()).code == house::refusals::kChainBroken);
}

TEST_CASE("verify: a dropped tail is found against a head from outside, and only there") {
  const Story story(5);
  std::uint64_t last_start = 0;  // of the last command, so that what is left is whole
  {
    const auto journal =
        std::move(SqliteJournal::open(story.folder / "journal.db", DatabaseMode::kReadOnly))
            .value();
    const auto all = journal->read(1, 1'000).value();
    for (const auto& record : all) last_start = record.ordinal == 0 ? record.seq : last_start;
  }
  story.change("DELETE FROM records WHERE seq >= " + std::to_string(last_start));
  CHECK(story.verify().ok());
  const Refusal refusal = refusal_of(story.verify({.key = {}, .head = story.head}));
  CHECK(refusal.code == refusals::kTailDropped);
  CHECK(refusal.args[0].value == std::to_string(story.head.head.seq));
  CHECK(refusal.args[1].value == std::to_string(last_start - 1));
  // A tail that ends inside a command is torn.
  const Story torn(5);
  torn.change("DELETE FROM records WHERE seq = (SELECT max(seq) FROM records)");
  CHECK(refusal_of(torn.verify()).code == house::refusals::kCommandTorn);
}

TEST_CASE("verify: a journal written anew with good chains is found against a head from outside") {
  const Story story(5);
  story.forge(6, [](Record& record) { record.key += "x"; });
  CHECK(story.verify().ok());
  CHECK(refusal_of(story.verify({.key = {}, .head = story.head})).code ==
        refusals::kHeadNotInJournal);
}

TEST_CASE(
    "verify: a body that is no event, and a kind that is not known, are refused with their seq") {
  {
    const Story story(2);
    story.forge(6, [](Record& record) { record.kind = 60'000; });
    const Refusal refusal = refusal_of(story.verify());
    CHECK(refusal.code == house::refusals::kUnknownEvent);
    CHECK(refusal.args[0].value == "6");
  }
  const Story story(2);
  story.forge(6, [](Record& record) { record.body.push_back(std::byte{0}); });
  CHECK(refusal_of(story.verify()).code == house::refusals::kEventMalformed);
}

TEST_CASE("verify: contents that contradict each other are refused, as the house itself is") {
  const Story story(3);
  const std::uint64_t last = story.head.head.seq;
  story.forge(last, [](Record& record) { record.actor = {"stranger"}; });
  const Refusal refusal = refusal_of(story.verify());
  CHECK(refusal.code == house::refusals::kContradiction);
  CHECK(refusal.args[0].value == std::to_string(last));
  for (const HouseMode mode : {HouseMode::kRead, HouseMode::kWrite}) {
    const auto opened = HouseFolder::open(story.folder, {.mode = mode, .clock = nullptr});
    REQUIRE(!opened.ok());
    CHECK(opened.refusal().code == house::refusals::kContradiction);
  }
}

TEST_CASE("verify: heads of another house, another key or with a wrong signature are refused") {
  const Story story(2);
  const Story other(2);
  SignedHead renamed = story.head;
  renamed.house = "x";
  CHECK(refusal_of(story.verify({.key = {}, .head = renamed})).code ==
        refusals::kHeadSignatureWrong);
  FileSigner signer = FileSigner::open(story.folder / "keys").value();
  const SignedHead elsewhere =
      sign_head({.house = "x", .head = story.head.head, .at = story.head.at}, signer);
  CHECK(refusal_of(story.verify({.key = {}, .head = elsewhere})).code == refusals::kHeadOtherHouse);
  FileSigner stranger = FileSigner::open(other.folder / "keys").value();
  const SignedHead foreign =
      sign_head({.house = "h", .head = story.head.head, .at = story.head.at}, stranger);
  CHECK(refusal_of(story.verify({.key = {}, .head = foreign})).code == refusals::kHeadKeyUntrusted);
  CHECK(refusal_of(story.verify({.key = other.key, .head = {}})).code ==
        refusals::kHeadKeyUntrusted);
}

TEST_CASE("verify: damaged ciphertexts and blobs are found") {
  {
    const Story story(1);
    {
      Database personal =
          Database::open(story.folder / "personal.db", DatabaseMode::kReadWrite).value();
      REQUIRE(personal.run("UPDATE items SET sealed = zeroblob(60)").ok());
    }
    CHECK(refusal_of(story.verify()).code == refusals::kPersonalDamaged);
  }
  const Story story(1);
  const std::string hex = to_hex(sha256(bytes_of("a scan report")));
  REQUIRE(
      write_file(story.folder / "blobs" / hex.substr(0, 2) / hex.substr(2), bytes_of("x")).ok());
  CHECK(refusal_of(story.verify()).code == refusals::kBlobDamaged);
}

TEST_CASE("verify: after a subject is erased the journal still verifies and the person is gone") {
  const Story story;
  {
    const auto opened = story.open();
    REQUIRE(opened->vault()->open(story.person).value() == "Zhang San");
    REQUIRE(opened->vault()->erase(story.person.subject).ok());
    REQUIRE(opened->writer()
                .submit(envelope("op", "erase",
                                 house::ErasePersonalData{.subject = story.person.subject,
                                                          .reason = "asked for"}))
                .ok());
    CHECK(opened->vault()->open(story.person).value() == std::nullopt);
  }
  const VerifyReport report = story.verify({.key = story.key, .head = story.head}).value();
  CHECK(report.personal_items == 0);
}

TEST_CASE("verify: a folder that is no house and a file that is no backup are refused") {
  TempFolder temp;
  CHECK(refusal_of(verify_journal(temp.path(), {})).code == refusals::kHouseMissing);
  CHECK(refusal_of(verify_journal(temp / "none", {})).code == refusals::kFileMissing);
  REQUIRE(write_file(temp / "text", bytes_of("hello")).ok());
  CHECK(refusal_of(verify_journal(temp / "text", {})).code == refusals::kDatabaseDamaged);
}

}  // namespace
}  // namespace anlan::platform
