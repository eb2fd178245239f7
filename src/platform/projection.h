// Projection: what the journal says, as tables that are searched and added up. It answers nothing
// that the house itself answers, and may be deleted at any time: it is made again from the journal.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/posting.h"
#include "house/record.h"
#include "platform/sqlite.h"

namespace anlan::platform {

// A company, order, quote, policy, incident or claim that was found.
struct FoundObject {
  std::string id;       // "pol_12"
  std::string company;  // the id of the company that it belongs to
  std::string day;      // on which it was recorded, in the zone of the house
  std::string title;    // the company's name, the policy's number, the summary of the incident
};

// What moved on one account in a month, by the day of the record.
struct MonthMovement {
  std::string month;  // "2026-03"
  domain::AccountKind account = domain::AccountKind::kCash;
  std::int64_t debit = 0;  // minor units
  std::int64_t credit = 0;
};

// Records as Journal::read.
using ReadRecords =
    std::function<Result<std::vector<house::Record>>(std::uint64_t from, std::size_t count)>;

// Thread rule: one thread for each object; several may have the same file open.
class Projection {
 public:
  // Makes the file where there is none, and anew where it is of another version or damaged.
  static Result<Projection> open(const std::filesystem::path& file);

  // Takes in what the journal holds beyond seq(); where the journal is another one than it was made
  // from, everything again. Records are read without the house. Refuses what `read` and SQLite
  // refuse.
  Result<Done> follow(const ReadRecords& read, UtcOffset offset);
  // Forgets everything.
  Result<Done> clear();

  Result<std::uint64_t> seq();  // of the last record that it took in
  // Those whose words hold `text`, upper and lower case alike, newest first, at most `limit` of
  // those that are `wanted`.
  using Wanted = std::function<Result<bool>(std::string_view id)>;
  Result<std::vector<FoundObject>> search(std::string_view text, std::size_t limit,
                                          const Wanted& wanted = {});
  // By month and account; "" for no bound.
  Result<std::vector<MonthMovement>> movements(std::string_view from, std::string_view until);

 private:
  explicit Projection(Database database) : database_(std::move(database)) {}
  Result<bool> is_of(const ReadRecords& read);
  Result<Done> take(const std::vector<house::Record>& records, UtcOffset offset);
  Database database_;
};

}  // namespace anlan::platform
