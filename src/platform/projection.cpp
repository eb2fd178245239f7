#include "platform/projection.h"

#include <optional>
#include <system_error>
#include <utility>

#include "house/event_codec.h"
#include "platform/environment.h"
#include "platform/files.h"
#include "platform/pinyin_initials.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

namespace fs = std::filesystem;
using namespace domain;

constexpr std::uint32_t kApplication = 0x416e5031;  // "AnP1"
constexpr int kFormat = 2;  // 2: companies by the first letters of their names
constexpr std::size_t kRecordsPerCommit = 20'000;

constexpr std::string_view kTables[] = {
    "CREATE TABLE head (seq INTEGER NOT NULL, chain BLOB NOT NULL)",
    "CREATE TABLE object (number INTEGER PRIMARY KEY, id TEXT NOT NULL, company INTEGER NOT NULL,"
    " day TEXT NOT NULL, title TEXT NOT NULL, words TEXT NOT NULL)",
    "CREATE VIRTUAL TABLE grams USING fts5(words, content='object', content_rowid='number',"
    " tokenize='trigram')",
    "CREATE TABLE movement (month TEXT NOT NULL, account INTEGER NOT NULL, debit INTEGER NOT NULL,"
    " credit INTEGER NOT NULL, PRIMARY KEY (month, account)) WITHOUT ROWID",
};

// One object as it is found later.
struct Row {
  std::uint64_t number = 0;
  std::string id;
  EnterpriseId company;
  std::string title;
  std::string words;  // what is searched, the id and the title among it
};

template <class Id>
Row row_of(Id id, EnterpriseId company, std::string title, const std::string& more = {}) {
  Row row{.number = id.number, .id = to_text(id), .company = company, .title = std::move(title)};
  row.words = row.id + " " + row.title + (more.empty() ? "" : " " + more);
  return row;
}

// What an event adds to the objects; most add nothing.
struct RowOf {
  std::function<EnterpriseId(PolicyId)> company_of;

  std::optional<Row> operator()(const EnterpriseRegistered& e) const {
    const Enterprise& company = e.enterprise;
    return row_of(company.id, company.id, company.legal_name,
                  company.credit_code + " " + pinyin_initials(company.legal_name));
  }
  std::optional<Row> operator()(const OrderPlaced& e) const {
    return row_of(e.order.id, e.order.enterprise, e.order.package.text, e.order.vendor.text);
  }
  std::optional<Row> operator()(const QuoteIssued& e) const {
    return row_of(e.quote.id, e.quote.enterprise, e.quote.product.text);
  }
  std::optional<Row> operator()(const PolicyBound& e) const {
    return row_of(e.policy.id, e.policy.enterprise, e.policy.number, e.policy.product.text);
  }
  std::optional<Row> operator()(const IncidentReported& e) const {
    return row_of(e.incident.id, company_of(e.incident.policy), e.incident.summary,
                  e.incident.peril.text);
  }
  std::optional<Row> operator()(const ClaimAdjudicated& e) const {
    return row_of(e.decision.id, company_of(e.decision.policy), to_text(e.decision.incident));
  }
  template <class E>
  std::optional<Row> operator()(const E&) const {
    return {};
  }
};

// Reserves wait and are no movement until they are paid.
bool moves(const Posting& posting) {
  return posting.kind == PostingKind::kPost || posting.kind == PostingKind::kPayReserve;
}

Result<Done> make_tables(Database& database) {
  for (const std::string_view table : kTables) ANLAN_REQUIRE(database.run(std::string(table)));
  ANLAN_REQUIRE(database.run("INSERT INTO head VALUES (0, x'')"));
  return database.set_identity(kApplication, kFormat);
}

// Made beside its place, so that nobody else meets half of it; whoever comes second uses the first.
Result<Done> make_new(const fs::path& file) {
  const fs::path beside = file.string() + ".new-" + random_command_key().substr(0, 8);
  {
    ANLAN_TRY(Database database, Database::open(beside, DatabaseMode::kCreate));
    ANLAN_REQUIRE(make_tables(database));
  }
  const Result<Done> placed = rename_new(beside, file);
  if (placed.ok()) return placed;
  std::error_code error;
  fs::remove(beside, error);
  return placed.refusal().code == refusals::kFileExists ? Result<Done>(Done{}) : placed;
}

Result<Database> open_known(const fs::path& file) {
  ANLAN_TRY(Database database, Database::open(file, DatabaseMode::kReadWrite));
  ANLAN_REQUIRE(database.check_identity(kApplication, kFormat));
  ANLAN_REQUIRE(database.write_durably());
  return database;
}

std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

// A text of FTS5: quoted, so that nothing in it is an operator.
std::string phrase(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

}  // namespace

Result<Projection> Projection::open(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) ANLAN_REQUIRE(make_new(file));
  Result<Database> found = open_known(file);
  const bool of_no_use = !found.ok() && (found.refusal().code == refusals::kDatabaseFormat ||
                                         found.refusal().code == refusals::kDatabaseDamaged);
  if (of_no_use) {
    for (const char* const part : {"", "-wal", "-shm"}) fs::remove(file.string() + part, error);
    ANLAN_REQUIRE(make_new(file));
    found = open_known(file);
  }
  if (!found.ok()) return found.refusal();
  return Projection(std::move(found).value());
}

Result<std::uint64_t> Projection::seq() {
  ANLAN_TRY(const std::int64_t seq, database_.whole_of("SELECT seq FROM head"));
  return static_cast<std::uint64_t>(seq);
}

Result<Done> Projection::clear() {
  ANLAN_TRY(WriteTransaction write, WriteTransaction::start(database_));
  for (const char* const table :
       {"DROP TABLE head", "DROP TABLE grams", "DROP TABLE object", "DROP TABLE movement"})
    ANLAN_REQUIRE(database_.run(table));
  ANLAN_REQUIRE(make_tables(database_));
  return write.commit();
}

// Whether the record that it ended with is still that of the journal.
Result<bool> Projection::is_of(const ReadRecords& read) {
  ANLAN_TRY(Statement head, database_.prepare("SELECT seq, chain FROM head"));
  ANLAN_TRY(const bool found, head.step());
  if (!found) return false;
  const auto seq = static_cast<std::uint64_t>(head.whole(0));
  if (seq == 0) return true;
  const BytesView view = head.blob(1);
  const Bytes chain(view.begin(), view.end());
  head.reset();
  ANLAN_TRY(const std::vector<house::Record> last, read(seq, 1));
  return !last.empty() && Bytes(last[0].chain.bytes.begin(), last[0].chain.bytes.end()) == chain;
}

Result<Done> Projection::follow(const ReadRecords& read, UtcOffset offset) {
  ANLAN_TRY(const bool same, is_of(read));
  if (!same) ANLAN_REQUIRE(clear());
  for (;;) {
    ANLAN_TRY(const std::uint64_t done, seq());
    ANLAN_TRY(const std::vector<house::Record> records, read(done + 1, kRecordsPerCommit));
    if (records.empty()) return Done{};
    ANLAN_REQUIRE(take(records, offset));
  }
}

Result<Done> Projection::take(const std::vector<house::Record>& records, UtcOffset offset) {
  ANLAN_TRY(WriteTransaction write, WriteTransaction::start(database_));
  ANLAN_TRY(const std::uint64_t done, seq());
  if (done + 1 != records.front().seq) return Done{};  // somebody else took them in
  ANLAN_TRY(Statement object, database_.prepare("INSERT INTO object"
                                                " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  ANLAN_TRY(Statement grams, database_.prepare("INSERT INTO grams (rowid, words) VALUES (?1, ?2)"));
  ANLAN_TRY(Statement company, database_.prepare("SELECT company FROM object WHERE number = ?1"));
  ANLAN_TRY(Statement movement,
            database_.prepare("INSERT INTO movement VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                              " SET debit = debit + ?3, credit = credit + ?4"));
  const RowOf row_of_event{.company_of = [&](PolicyId policy) {
    company.bind(0, static_cast<std::int64_t>(policy.number));
    const Result<bool> found = company.step();
    const EnterpriseId id{found.ok() && *found ? static_cast<std::uint64_t>(company.whole(0)) : 0};
    company.reset();
    return id;
  }};
  for (const house::Record& record : records) {
    ANLAN_TRY(const Event event, house::read_event(record.kind, record.version, record.body));
    const std::string day = to_text(date_of(record.at, offset));
    const std::optional<Row> row = std::visit(row_of_event, event);
    if (row && row->number == record.seq) {  // a claim that is decided again is there already
      const auto number = static_cast<std::int64_t>(row->number);
      object.bind(0, number).bind_text(1, row->id);
      object.bind(2, static_cast<std::int64_t>(row->company.number)).bind_text(3, day);
      object.bind_text(4, row->title).bind_text(5, row->words);
      ANLAN_REQUIRE(object.run());
      grams.bind(0, number).bind_text(1, row->words);
      ANLAN_REQUIRE(grams.run());
    }
    const auto* posted = std::get_if<MoneyPosted>(&event);
    if (!posted || !moves(posted->posting)) continue;
    const std::string month = day.substr(0, 7);
    const std::int64_t amount = posted->posting.amount.minor();
    for (const bool on_debit : {true, false}) {
      const Account& account = on_debit ? posted->posting.debit : posted->posting.credit;
      movement.bind_text(0, month).bind(1, static_cast<std::int64_t>(account.kind));
      movement.bind(2, on_debit ? amount : 0).bind(3, on_debit ? 0 : amount);
      ANLAN_REQUIRE(movement.run());
    }
  }
  ANLAN_TRY(Statement head, database_.prepare("UPDATE head SET seq = ?1, chain = ?2"));
  head.bind(0, static_cast<std::int64_t>(records.back().seq));
  head.bind_blob(1, BytesView(records.back().chain.bytes));
  ANLAN_REQUIRE(head.run());
  return write.commit();
}

Result<std::vector<FoundObject>> Projection::search(std::string_view text, std::size_t limit,
                                                    const Wanted& wanted) {
  constexpr std::size_t kGram = 3;
  const bool grams = characters(text) >= kGram;
  ANLAN_TRY(Statement query,
            database_.prepare(
                grams ? "SELECT id, company, day, title FROM object WHERE number IN (SELECT rowid"
                        " FROM grams WHERE grams MATCH ?1) ORDER BY number DESC"
                      : "SELECT id, company, day, title FROM object WHERE words LIKE ?1 ESCAPE"
                        " '\\' ORDER BY number DESC"));
  const std::string pattern = grams ? phrase(text) : like_pattern(text);
  query.bind_text(0, pattern);
  std::vector<FoundObject> found;
  while (found.size() < limit) {
    ANLAN_TRY(const bool row, query.step());
    if (!row) break;
    bool fits = true;
    if (wanted) {
      ANLAN_TRY(fits, wanted(query.text(0)));
    }
    if (!fits) continue;
    found.push_back({.id = std::string(query.text(0)),
                     .company = to_text(EnterpriseId{static_cast<std::uint64_t>(query.whole(1))}),
                     .day = std::string(query.text(2)),
                     .title = std::string(query.text(3))});
  }
  return found;
}

Result<std::vector<MonthMovement>> Projection::movements(std::string_view from,
                                                         std::string_view until) {
  ANLAN_TRY(Statement query,
            database_.prepare("SELECT month, account, debit, credit FROM movement WHERE month >= ?1"
                              " AND (?2 = '' OR month <= ?2) ORDER BY month, account"));
  query.bind_text(0, from).bind_text(1, until);
  std::vector<MonthMovement> out;
  for (;;) {
    ANLAN_TRY(const bool row, query.step());
    if (!row) return out;
    out.push_back({.month = std::string(query.text(0)),
                   .account = static_cast<AccountKind>(query.whole(1)),
                   .debit = query.whole(2),
                   .credit = query.whole(3)});
  }
}

}  // namespace anlan::platform
