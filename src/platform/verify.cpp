#include "platform/verify.h"

#include <algorithm>
#include <map>
#include <system_error>

#include "base/codec.h"
#include "domain/kept_file.h"
#include "house/replay.h"
#include "platform/house_folder.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;
using house::Head;
using house::Record;

constexpr std::size_t kRecordsPerRead = 1'024;

RefusalArg seq_arg(std::uint64_t seq) { return {.name = "seq", .value = std::to_string(seq)}; }

Refusal about_head(const SignedHead& head, RefusalCode code, std::string found = {}) {
  return Refusal{.code = code,
                 .path = "head",
                 .value = std::to_string(head.head.seq),
                 .args = {seq_arg(head.head.seq), {.name = "found", .value = std::move(found)}},
                 .at = {}};
}

// Walks the records once and remembers what the heads will be compared with.
class Walk {
 public:
  Walk(VerifyReport& report, const VerifyOptions& options) : report_(report) {
    if (options.head) wanted_seq_ = options.head->head.seq;
  }

  Result<Done> accept(const Record& record) {
    ANLAN_REQUIRE(chain_.accept(record));
    ANLAN_TRY(const domain::Event event, house::read_event_of(record));
    ANLAN_REQUIRE(house::accept_event(house_, record, event));
    if (const auto* opened = std::get_if<domain::HouseOpened>(&event)) {
      report_.house_key = opened->public_key.bytes;
      report_.sandbox = opened->sandbox;
    }
    if (const auto* issued = std::get_if<domain::QuoteIssued>(&event)) {
      kept_lists_.try_emplace(issued->quote.basis.files, record.seq);
    }
    if (record.seq == wanted_seq_) chain_at_wanted_ = record.chain;
    if (!report_.first_at) report_.first_at = record.at;
    report_.last_at = record.at;
    report_.head = chain_.head();
    ++report_.records;
    if (record.ordinal == 0) ++report_.commands;
    return Done{};
  }

  Result<Done> finish() {
    ANLAN_REQUIRE(chain_.finish());
    for (const auto& [name, actor] : house_.actors) report_.actors.push_back(name.text);
    return Done{};
  }

  // The lists of files that quotes were priced with, and the first record that names each.
  const std::map<Digest, std::uint64_t>& kept_lists() const { return kept_lists_; }

  // Zero for the head of an empty journal; nothing when no such record was met.
  std::optional<Digest> chain_at_wanted() const {
    return wanted_seq_ == 0 ? Digest{} : chain_at_wanted_;
  }

 private:
  VerifyReport& report_;
  house::ChainWalk chain_;
  house::House house_;
  std::uint64_t wanted_seq_ = 0;
  std::optional<Digest> chain_at_wanted_;
  std::map<Digest, std::uint64_t> kept_lists_;
};

Result<Done> walk_records(SqliteJournal& journal, Walk& walk, const VerifyOptions& options) {
  std::uint64_t next = 1;
  std::uint64_t last = 0;  // what the walk finds out for itself is not asked for here
  if (options.told) {
    const Result<Head> head = journal.head();
    if (head.ok()) last = head->seq;
  }
  for (;;) {
    ANLAN_TRY(const std::vector<Record> records, journal.read(next, kRecordsPerRead));
    if (records.empty()) return walk.finish();
    for (const Record& record : records) ANLAN_REQUIRE(walk.accept(record));
    next = records.back().seq + 1;
    if (options.told) ANLAN_REQUIRE((*options.told)(next - 1, last));
  }
}

Result<Done> check_house(const SignedHead& head, const std::string& house) {
  if (head.house == house) return Done{};
  return Refusal{
      .code = refusals::kHeadOtherHouse,
      .path = "head",
      .value = head.house,
      .args = {{.name = "expected", .value = house}, {.name = "found", .value = head.house}},
      .at = {}};
}

std::vector<TrustedKey> keys_of(const VerifyReport& report) {
  if (!report.house_key) return {};
  return {TrustedKey{.key = *report.house_key}};
}

// The signature holds, the house is this one, and the key is one of the house's. A journal that was
// never opened names no key; then the head speaks for itself.
Result<Done> check_statement(const SignedHead& head, const VerifyReport& report) {
  ANLAN_REQUIRE(check_signature(head));
  ANLAN_REQUIRE(check_house(head, report.house));
  if (!report.house_key) return Done{};
  return check_trusted(head, keys_of(report));
}

Result<Done> check_sealed(const SignedHead& sealed, const VerifyReport& report) {
  ANLAN_REQUIRE(check_statement(sealed, report));
  if (sealed.head == report.head) return Done{};
  const bool shorter = report.head.seq < sealed.head.seq;
  return about_head(sealed, shorter ? refusals::kTailDropped : refusals::kHeadNotInJournal,
                    std::to_string(report.head.seq));
}

Result<Done> check_outside(const SignedHead& outside, const VerifyReport& report,
                           const Walk& walk) {
  ANLAN_REQUIRE(check_statement(outside, report));
  const std::optional<Digest> chain = walk.chain_at_wanted();
  if (!chain) {
    return about_head(outside, refusals::kTailDropped, std::to_string(report.head.seq));
  }
  if (*chain == outside.head.chain) return Done{};
  return about_head(outside, refusals::kHeadNotInJournal, to_hex(*chain));
}

// Every key that signs for this journal must be the one that was given.
Result<Done> check_key(const house::PublicKey& key, const VerifyReport& report) {
  const house::PublicKey found =
      report.sealed ? report.sealed->public_key : report.house_key.value_or(house::PublicKey{});
  if (found == key) return Done{};
  return Refusal{
      .code = refusals::kHeadKeyUntrusted,
      .path = "signing_key",
      .value = to_text(found),
      .args = {seq_arg(report.head.seq), {.name = "fingerprint", .value = fingerprint(found)}},
      .at = {}};
}

// A column of exactly as many bytes as `out`.
template <std::size_t N>
bool read_column(const Statement& row, int column, std::array<std::byte, N>& out) {
  const BytesView bytes = row.blob(column);
  if (bytes.size() != N) return false;
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return true;
}

// Exactly one head is in a backup.
Result<SignedHead> read_sealed(Database& database) {
  const Refusal unsigned_file{.code = refusals::kHeadUnsigned,
                              .path = "head",
                              .value = database.file(),
                              .args = {},
                              .at = {}};
  ANLAN_TRY(Statement row,
            database.prepare("SELECT house, seq, chain, at, public_key, signature FROM heads"));
  ANLAN_TRY(const bool found, row.step());
  if (!found) return unsigned_file;
  SignedHead sealed;
  sealed.house = std::string(row.text(0));
  sealed.head.seq = static_cast<std::uint64_t>(row.whole(1));
  sealed.at = Instant::from_micros(row.whole(3));
  const bool whole = read_column(row, 2, sealed.head.chain.bytes) &&
                     read_column(row, 4, sealed.public_key) &&
                     read_column(row, 5, sealed.signature);
  ANLAN_TRY(const bool more, row.step());
  if (!whole || more) return unsigned_file;
  return sealed;
}

Result<std::uint64_t> check_blob_rows(Database& database) {
  std::uint64_t count = 0;
  ANLAN_TRY(Statement rows, database.prepare("SELECT digest, bytes FROM blobs"));
  for (;;) {
    ANLAN_TRY(const bool row, rows.step());
    if (!row) return count;
    const BytesView name = rows.blob(0);
    const Digest digest = sha256(rows.blob(1));
    if (!std::equal(name.begin(), name.end(), digest.bytes.begin(), digest.bytes.end())) {
      return Refusal{.code = refusals::kBlobDamaged,
                     .path = "blob",
                     .value = to_hex(name),
                     .args = {},
                     .at = {}};
    }
    ++count;
  }
}

Result<std::uint64_t> check_blob_files(const fs::path& folder) {
  FileBlobs blobs(folder);
  ANLAN_TRY(const std::vector<Digest> all, blobs.all());
  for (const Digest& digest : all) ANLAN_REQUIRE(blobs.find(digest));
  return static_cast<std::uint64_t>(all.size());
}

using FindBlob = std::function<Result<std::optional<Bytes>>(const Digest&)>;

Refusal missing_blob(const Digest& digest, std::uint64_t seq, std::string file) {
  return Refusal{.code = refusals::kBlobMissing,
                 .path = "blob",
                 .value = to_hex(digest),
                 .args = {seq_arg(seq), {.name = "file", .value = std::move(file)}},
                 .at = {}};
}

// What the prices of the journal can be calculated again from is still there.
Result<Done> check_kept(const Walk& walk, const FindBlob& find) {
  std::map<Digest, bool> seen;
  for (const auto& [list, seq] : walk.kept_lists()) {
    if (list == Digest{}) continue;  // a quote of a house that keeps no files
    ANLAN_TRY(const std::optional<Bytes> bytes, find(list));
    const auto files = bytes ? decoded<std::vector<domain::KeptFile>>(*bytes) : std::nullopt;
    if (!files) return missing_blob(list, seq, "");
    for (const domain::KeptFile& file : *files) {
      if (!seen.try_emplace(file.digest, true).second) continue;
      ANLAN_TRY(const std::optional<Bytes> found, find(file.digest));
      if (!found) return missing_blob(file.digest, seq, file.path);
    }
  }
  return Done{};
}

Result<std::optional<Bytes>> find_row(Database& database, const Digest& digest) {
  ANLAN_TRY(Statement row, database.prepare("SELECT bytes FROM blobs WHERE digest = ?"));
  row.bind_blob(0, digest.bytes);
  ANLAN_TRY(const bool found, row.step());
  if (!found) return std::optional<Bytes>();
  const BytesView bytes = row.blob(0);
  return std::optional<Bytes>(Bytes(bytes.begin(), bytes.end()));
}

DatabaseMode mode_beside(const VerifyOptions& options) {
  return options.untouched ? DatabaseMode::kUntouched : DatabaseMode::kReadOnly;
}

Result<Done> check_beside(const HousePaths& paths, const VerifyOptions& options, const Walk& walk,
                          VerifyReport& report) {
  ANLAN_TRY(Database personal, Database::open(paths.personal(), mode_beside(options)));
  ANLAN_REQUIRE(personal.check_integrity());
  ANLAN_TRY(report.personal_items, Vault::check_items(personal));
  ANLAN_TRY(report.blobs, check_blob_files(paths.blobs()));
  FileBlobs blobs(paths.blobs());
  return check_kept(walk, [&](const Digest& digest) { return blobs.find(digest); });
}

Result<Done> check_inside(Database& database, const Walk& walk, VerifyReport& report) {
  ANLAN_TRY(report.personal_items, Vault::check_items(database));
  ANLAN_TRY(report.blobs, check_blob_rows(database));
  return check_kept(walk, [&](const Digest& digest) { return find_row(database, digest); });
}

Result<std::unique_ptr<SqliteJournal>> open_for_check(const fs::path& path, bool is_backup,
                                                      const VerifyOptions& options) {
  const HousePaths paths{.folder = path};
  std::error_code error;
  if (!is_backup && !fs::is_regular_file(paths.journal(), error)) {
    return Refusal{.code = refusals::kHouseMissing,
                   .path = "house",
                   .value = path.string(),
                   .args = {},
                   .at = {}};
  }
  ANLAN_TRY(std::unique_ptr<SqliteJournal> journal,
            SqliteJournal::open(is_backup ? path : paths.journal(),
                                is_backup ? DatabaseMode::kImmutable : mode_beside(options)));
  // A writer may go on meanwhile; everything below sees one state.
  ANLAN_REQUIRE(journal->database().hold_snapshot());
  ANLAN_REQUIRE(journal->database().check_integrity());
  return journal;
}

}  // namespace

Result<VerifyReport> verify_journal(const fs::path& path, const VerifyOptions& options) {
  std::error_code error;
  VerifyReport report;
  report.is_backup = !fs::is_directory(path, error);
  ANLAN_TRY(const std::unique_ptr<SqliteJournal> journal,
            open_for_check(path, report.is_backup, options));
  report.house = journal->house();
  Walk walk(report, options);
  ANLAN_REQUIRE(walk_records(*journal, walk, options));
  if (report.is_backup) {
    ANLAN_TRY(report.sealed, read_sealed(journal->database()));
    ANLAN_REQUIRE(check_sealed(*report.sealed, report));
  }
  if (options.head) ANLAN_REQUIRE(check_outside(*options.head, report, walk));
  if (options.key) ANLAN_REQUIRE(check_key(*options.key, report));
  ANLAN_REQUIRE(report.is_backup ? check_inside(journal->database(), walk, report)
                                 : check_beside(HousePaths{.folder = path}, options, walk, report));
  return report;
}

Node to_node(const VerifyReport& report) {
  const auto instant = [](const std::optional<Instant>& at) {
    return at ? Node::string(to_text(*at)) : Node::null();
  };
  Node node = Node::table();
  node.add("house", Node::string(report.house));
  node.add("is_backup", Node::boolean(report.is_backup));
  node.add("records", Node::number_text(std::to_string(report.records)));
  node.add("commands", Node::number_text(std::to_string(report.commands)));
  node.add("seq", Node::number_text(std::to_string(report.head.seq)));
  node.add("chain", Node::string(to_hex(report.head.chain)));
  node.add("first_at", instant(report.first_at));
  node.add("last_at", instant(report.last_at));
  node.add("house_key", report.house_key ? Node::string(to_text(*report.house_key)) : Node::null());
  node.add("signed_head", report.sealed ? to_node(*report.sealed) : Node::null());
  node.add("personal_items", Node::number_text(std::to_string(report.personal_items)));
  node.add("blobs", Node::number_text(std::to_string(report.blobs)));
  return node;
}

}  // namespace anlan::platform
