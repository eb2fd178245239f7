// Shares: links by which somebody without an account reads one answer, as it was when it was
// shared. An answer is kept by its bytes with their digest and never changes; a link ends on its
// day or when its owner takes it back. Every view is noted.
//
// One SQLite file beside that of the accounts, of mode 0600. Whoever opens it has the accounts open
// (accounts.h), whose lock is the lock of both. Every change is durable when its call returns.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/id.h"
#include "base/result.h"
#include "base/sha256.h"
#include "base/time.h"
#include "house/ports.h"
#include "platform/account_records.h"
#include "platform/clock_system.h"
#include "platform/sqlite.h"

namespace anlan::platform {

struct ShareTag {
  static constexpr std::string_view kPrefix = "shr";
};
using ShareId = Id<ShareTag>;  // in the order of making, never given again

enum class ShareKind : std::uint8_t { kQuote = 1, kComparison = 2 };
constexpr auto enum_names(ShareKind*) {
  return std::array{EnumName<ShareKind>{ShareKind::kQuote, "quote"},
                    EnumName<ShareKind>{ShareKind::kComparison, "comparison"}};
}

// With what a link was opened, as the program calls itself; no more of it is kept, and no address.
enum class ShareClient : std::uint8_t {
  kOther = 1,
  kWechat = 2,
  kEdge = 3,
  kFirefox = 4,
  kChrome = 5,
  kSafari = 6,
};
constexpr auto enum_names(ShareClient*) {
  using C = ShareClient;
  return std::array{EnumName<C>{C::kOther, "other"},   EnumName<C>{C::kWechat, "wechat"},
                    EnumName<C>{C::kEdge, "edge"},     EnumName<C>{C::kFirefox, "firefox"},
                    EnumName<C>{C::kChrome, "chrome"}, EnumName<C>{C::kSafari, "safari"}};
}

struct ShareViewer {
  ShareClient client = ShareClient::kOther;
  bool phone = false;
  bool operator==(const ShareViewer&) const = default;
};
// Of the header User-Agent.
ShareViewer share_viewer(std::string_view user_agent);

struct Share {
  ShareId id;
  Membership owner;  // who shared it
  ShareKind kind = ShareKind::kQuote;
  std::string subject;       // of which quote or company
  std::string label;         // the owner's words, for himself and the reader
  std::string stands_until;  // the last day of what is shared, as the answer says; empty: none
  Digest digest;             // of the answer's bytes
  Instant made;
  Instant expires;  // from here on the link is gone
  std::optional<Instant> revoked = {};
  std::uint64_t views = 0;
  std::optional<Instant> viewed = {};  // last
  bool operator==(const Share&) const = default;
};

struct ShareView {
  Instant at;
  ShareViewer by;
  bool operator==(const ShareView&) const = default;
};

struct NewShare {
  Membership owner;
  ShareKind kind = ShareKind::kQuote;
  std::string subject;
  std::string products;  // of a comparison, as they were asked for
  std::string label;
  std::string stands_until;
  std::string answer;  // at most kShareBytesMax
  int days = 0;        // 1 to kShareDaysMax
  std::string key;     // idempotency key; empty: none
};

struct MadeShare {
  Share share;
  std::string token;  // the secret, shown this once; empty when the request was made before
};

struct SharedAnswer {
  Share share;
  std::string answer;
};

inline constexpr int kShareDays = 14;
inline constexpr int kShareDaysMax = 90;
inline constexpr std::size_t kShareBytesMax = std::size_t{1} << 20;
inline constexpr std::size_t kSharesOfActorMax = 500;    // that have not ended
inline constexpr std::size_t kShareViewsMax = 1'000;     // rows kept of one share; all are counted
inline constexpr std::size_t kShareViewsShownMax = 200;  // the newest

// accounts.db and accounts.db.shares.
std::filesystem::path shares_file(const std::filesystem::path& accounts_file);

// Any thread. Every call that stores may also refuse as Database does (sqlite.h).
class Shares {
 public:
  // Makes the file if it is not there. `clock` outlives it; nullptr: the machine's. Refuses as
  // Database::open, kDatabaseFormat, kDatabaseDamaged.
  static Result<std::unique_ptr<Shares>> open(const std::filesystem::path& file,
                                              house::Clock* clock = nullptr);

  // The same request under its key again makes nothing and gives no token. Refuses kShareLimit,
  // kShareTooLarge, and house kKeyReused for another request under the key.
  Result<MadeShare> make(const NewShare& share);
  // Of this owner, the newest first.
  Result<std::vector<Share>> list(const Membership& owner) const;
  // Refuses kShareMissing where the owner has no such share; so do the next two.
  Result<Share> find(const Membership& owner, ShareId id) const;
  Result<std::vector<ShareView>> views(const Membership& owner, ShareId id) const;
  // Once revoked it stays so.
  Result<Share> revoke(const Membership& owner, ShareId id);
  // The answer behind a link, and the view is noted. Refuses kShareGone in the same way whether
  // the token was never made, has expired or was revoked.
  Result<SharedAnswer> look(std::string_view token, const ShareViewer& by);

 private:
  Shares(Database database, house::Clock* clock);
  Result<std::optional<Share>> one(std::string_view where, const Membership& owner,
                                   std::int64_t number, std::string_view text) const;
  Result<std::optional<MadeShare>> answered(const NewShare& share) const;

  SystemClock system_clock_;
  house::Clock* clock_;
  mutable std::mutex mutex_;
  mutable Database database_;  // under the mutex
};

}  // namespace anlan::platform
