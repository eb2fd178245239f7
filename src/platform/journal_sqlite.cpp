#include "platform/journal_sqlite.h"

#include <algorithm>

#include "house/append_check.h"
#include "platform/refusals.h"
#include "platform/schema.h"

namespace anlan::platform {
namespace {

using house::Head;
using house::Record;

constexpr std::string_view kInsert =
    "INSERT INTO records(seq, at, kind, version, ordinal, count, actor, key, input, body, chain) "
    "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kRange =
    "SELECT seq, at, kind, version, ordinal, count, actor, key, input, body, chain FROM records "
    "WHERE seq >= ? ORDER BY seq LIMIT ?";
constexpr std::string_view kLast = "SELECT seq, chain FROM records ORDER BY seq DESC LIMIT 1";

// Reads one row and remembers the first column whose type, range or length is not that of a record.
class RowReader {
 public:
  explicit RowReader(const Statement& row) : row_(row) {}

  template <std::integral T>
  T whole(int column, std::string_view name) {
    const std::int64_t value = row_.whole(column);
    const bool fits = row_.type(column) == ColumnType::kWhole && std::in_range<T>(value);
    require(fits, name);
    return fits ? static_cast<T>(value) : T{};
  }
  std::string text(int column, std::string_view name, std::size_t characters_max) {
    const std::string_view value = row_.text(column);
    require(row_.type(column) == ColumnType::kText && value.size() <= characters_max, name);
    return std::string(value.substr(0, characters_max));
  }
  Digest digest(int column, std::string_view name) {
    const BytesView value = row_.blob(column);
    Digest digest;
    const bool fits = row_.type(column) == ColumnType::kBlob && value.size() == digest.bytes.size();
    require(fits, name);
    if (fits) std::copy(value.begin(), value.end(), digest.bytes.begin());
    return digest;
  }
  Bytes blob(int column, std::string_view name, std::size_t bytes_max) {
    const BytesView value = row_.blob(column);
    const bool fits = row_.type(column) == ColumnType::kBlob && value.size() <= bytes_max;
    require(fits, name);
    return fits ? Bytes(value.begin(), value.end()) : Bytes{};
  }

  bool ok() const { return wrong_.empty(); }
  Refusal refusal(std::uint64_t seq) const {
    return Refusal{.code = refusals::kRecordMalformed,
                   .path = std::string(wrong_),
                   .value = {},
                   .args = {{.name = "seq", .value = std::to_string(seq)},
                            {.name = "column", .value = std::string(wrong_)}},
                   .at = {}};
  }

 private:
  void require(bool holds, std::string_view name) {
    if (!holds && wrong_.empty()) wrong_ = name;
  }
  const Statement& row_;
  std::string_view wrong_;
};

Result<Record> read_record(const Statement& row, std::uint64_t expected_seq) {
  RowReader reader(row);
  Record record{.seq = reader.whole<std::uint64_t>(0, "seq"),
                .at = Instant::from_micros(reader.whole<std::int64_t>(1, "at")),
                .kind = reader.whole<std::uint16_t>(2, "kind"),
                .version = reader.whole<std::uint16_t>(3, "version"),
                .ordinal = reader.whole<std::uint32_t>(4, "ordinal"),
                .count = reader.whole<std::uint32_t>(5, "count"),
                .actor = {reader.text(6, "actor", kActorCharactersMax)},
                .key = reader.text(7, "key", kKeyCharactersMax),
                .input = reader.digest(8, "input"),
                .body = reader.blob(9, "body", kBodyBytesMax),
                .chain = reader.digest(10, "chain")};
  if (!reader.ok()) return reader.refusal(expected_seq);
  return record;
}

void bind_record(Statement& insert, const Record& record) {
  ANLAN_CHECK(record.body.size() <= kBodyBytesMax);
  ANLAN_CHECK(record.key.size() <= kKeyCharactersMax);
  ANLAN_CHECK(record.actor.text.size() <= kActorCharactersMax);
  ANLAN_CHECK(std::in_range<std::int64_t>(record.seq));
  insert.bind(0, static_cast<std::int64_t>(record.seq))
      .bind(1, record.at.micros())
      .bind(2, record.kind)
      .bind(3, record.version)
      .bind(4, record.ordinal)
      .bind(5, record.count)
      .bind_text(6, record.actor.text)
      .bind_text(7, record.key)
      .bind_blob(8, record.input.bytes)
      .bind_blob(9, record.body)
      .bind_blob(10, record.chain.bytes);
}

Result<Done> write_schema(Database& database, const std::string& house) {
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database));
  ANLAN_REQUIRE(database.set_identity(schema::kJournalId, schema::kFormat));
  for (const std::string_view statement : schema::kJournal) {
    ANLAN_REQUIRE(database.run(std::string(statement)));
  }
  {
    ANLAN_TRY(Statement meta, database.prepare("INSERT INTO meta VALUES('house', ?)"));
    ANLAN_REQUIRE(meta.bind_text(0, house).run());
  }
  return transaction.commit();
}

}  // namespace

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::create(const std::filesystem::path& file,
                                                             const std::string& house) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kCreate));
  ANLAN_REQUIRE(database.write_durably());
  ANLAN_REQUIRE(write_schema(database, house));
  std::unique_ptr<SqliteJournal> journal(new SqliteJournal(std::move(database)));
  ANLAN_REQUIRE(journal->prepare_all());
  return journal;
}

Result<std::unique_ptr<SqliteJournal>> SqliteJournal::open(const std::filesystem::path& file,
                                                           DatabaseMode mode) {
  ANLAN_CHECK(mode != DatabaseMode::kCreate);
  ANLAN_TRY(Database database, Database::open(file, mode));
  if (mode == DatabaseMode::kImmutable) {
    ANLAN_REQUIRE(database.check_identity(schema::kBackupId, schema::kFormat));
    ANLAN_REQUIRE(database.check_schema(schema::kBackup));
  } else {
    ANLAN_REQUIRE(database.check_identity(schema::kJournalId, schema::kFormat));
    ANLAN_REQUIRE(database.check_schema(schema::kJournal));
  }
  if (mode == DatabaseMode::kReadWrite) ANLAN_REQUIRE(database.write_durably());
  std::unique_ptr<SqliteJournal> journal(new SqliteJournal(std::move(database)));
  ANLAN_REQUIRE(journal->prepare_all());
  return journal;
}

Result<Done> SqliteJournal::prepare_all() {
  ANLAN_TRY(house_, database_.text_of("SELECT value FROM meta WHERE name = 'house'"));
  ANLAN_TRY(insert_, database_.prepare(kInsert));
  ANLAN_TRY(range_, database_.prepare(kRange));
  ANLAN_TRY(last_, database_.prepare(kLast));
  return Done{};
}

Result<Done> SqliteJournal::append(std::span<const Record> records) {
  if (records.empty()) return Done{};
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(const Head now, head());
  ANLAN_REQUIRE(house::head_after(now, records));
  for (const Record& record : records) {
    bind_record(*insert_, record);
    ANLAN_REQUIRE(insert_->run());
  }
  return transaction.commit();
}

Result<std::vector<Record>> SqliteJournal::read(std::uint64_t from_seq, std::size_t count) {
  std::vector<Record> records;
  constexpr std::uint64_t kSeqMax = std::numeric_limits<std::int64_t>::max();
  range_->bind(0, static_cast<std::int64_t>(std::min(from_seq, kSeqMax)))
      .bind(1, static_cast<std::int64_t>(std::min<std::uint64_t>(count, kSeqMax)));
  for (;;) {
    const Result<bool> row = range_->step();
    if (!row.ok() || !row.value()) {
      range_->reset();
      if (!row.ok()) return row.refusal();
      return records;
    }
    Result<Record> record =
        read_record(*range_, records.empty() ? from_seq : records.back().seq + 1);
    if (!record.ok()) {
      range_->reset();
      return record.refusal();
    }
    records.push_back(std::move(record).value());
  }
}

Result<Head> SqliteJournal::head() {
  const Result<bool> row = last_->step();
  Result<Head> found = Head{};
  if (!row.ok()) {
    found = row.refusal();
  } else if (row.value()) {
    RowReader reader(*last_);
    const Head head{.seq = reader.whole<std::uint64_t>(0, "seq"),
                    .chain = reader.digest(1, "chain")};
    found = reader.ok() ? Result<Head>(head) : Result<Head>(reader.refusal(head.seq));
  }
  last_->reset();
  return found;
}

}  // namespace anlan::platform
