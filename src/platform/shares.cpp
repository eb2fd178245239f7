#include "platform/shares.h"

#include <algorithm>
#include <utility>

#include "base/base32.h"
#include "base/bytes.h"
#include "house/refusals.h"
#include "platform/account_rows.h"
#include "platform/keys.h"
#include "platform/schema.h"
#include "platform/share_refusals.h"
#include "platform/share_schema.h"
#include "platform/shared_database.h"

namespace anlan::platform {
namespace {

constexpr std::string_view kPrefix = "shl_";
constexpr std::size_t kTokenSigns = 52;  // 256 bits in fives, rounded up
constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;
constexpr std::string_view kColumns =
    "share, house, actor, kind, subject, label, stands_until, digest, made, expires, revoked, "
    "views, viewed";

std::int64_t number_of(ShareId id) { return static_cast<std::int64_t>(id.number); }

Refusal refused(RefusalCode code, std::string_view path, std::string value,
                std::vector<RefusalArg> args = {}) {
  return Refusal{.code = code,
                 .path = std::string(path),
                 .value = std::move(value),
                 .args = std::move(args),
                 .at = {}};
}

Refusal gone() { return refused(refusals::kShareGone, "token", {}); }

// Everything that is asked for, so that a key stands for one request. The answer itself is not in
// it: it may have moved on meanwhile.
Digest input_of(const NewShare& share) {
  ByteWriter out;
  out.text(name_of(share.kind));
  out.text(share.subject);
  if (!share.products.empty()) out.text(share.products);
  out.text(share.label);
  out.text(std::to_string(share.days));
  return sha256(out.bytes());
}

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// False: it cannot have been written here.
bool read_row(const Statement& from, Share& share) {
  if (from.whole(0) <= 0 || from.whole(11) < 0) return false;
  const std::int64_t kind = from.whole(3);
  if (kind < 1 || kind > 2 || from.blob(7).size() != share.digest.bytes.size()) return false;
  share.id = {static_cast<std::uint64_t>(from.whole(0))};
  share.owner = {.house = std::string(from.text(1)), .actor = {std::string(from.text(2))}};
  share.kind = static_cast<ShareKind>(kind);
  share.subject = from.text(4);
  share.label = from.text(5);
  share.stands_until = from.text(6);
  std::copy(from.blob(7).begin(), from.blob(7).end(), share.digest.bytes.begin());
  share.made = Instant::from_micros(from.whole(8));
  share.expires = Instant::from_micros(from.whole(9));
  if (from.type(10) != ColumnType::kNull) share.revoked = Instant::from_micros(from.whole(10));
  share.views = static_cast<std::uint64_t>(from.whole(11));
  if (from.type(12) != ColumnType::kNull) share.viewed = Instant::from_micros(from.whole(12));
  return true;
}

}  // namespace

ShareViewer share_viewer(std::string_view user_agent) {
  ShareViewer out;
  out.phone =
      holds(user_agent, "Mobile") || holds(user_agent, "Android") || holds(user_agent, "iPhone");
  // The order tells them apart: each of the first ones also names those behind it.
  constexpr std::pair<std::string_view, ShareClient> kKnown[] = {
      {"MicroMessenger", ShareClient::kWechat}, {"Edg", ShareClient::kEdge},
      {"Firefox", ShareClient::kFirefox},       {"FxiOS", ShareClient::kFirefox},
      {"Chrome", ShareClient::kChrome},         {"CriOS", ShareClient::kChrome},
      {"Safari", ShareClient::kSafari}};
  for (const auto& [word, client] : kKnown) {
    if (!holds(user_agent, word)) continue;
    out.client = client;
    break;
  }
  return out;
}

std::filesystem::path shares_file(const std::filesystem::path& accounts_file) {
  return accounts_file.string() + ".shares";
}

// ---- the file

Shares::Shares(Database database, house::Clock* clock)
    : clock_(clock ? clock : &system_clock_), database_(std::move(database)) {}

Result<std::unique_ptr<Shares>> Shares::open(const std::filesystem::path& file,
                                             house::Clock* clock) {
  ANLAN_TRY(Database database, open_shared(file, {.application_id = schema::kSharesId,
                                                  .format = schema::kFormat,
                                                  .schema = schema::kShares}));
  return std::unique_ptr<Shares>(new Shares(std::move(database), clock));
}

// ---- making and taking back

// `where` takes the house, the actor, a number and a text, in this order.
Result<std::optional<Share>> Shares::one(std::string_view where, const Membership& owner,
                                         std::int64_t number, std::string_view text) const {
  ANLAN_TRY(Statement find, database_.prepare("SELECT " + std::string(kColumns) +
                                              " FROM shares WHERE house = ? AND actor = ? AND " +
                                              std::string(where)));
  find.bind_text(0, owner.house).bind_text(1, owner.actor.text);
  if (text.empty()) {
    find.bind(2, number);
  } else {
    find.bind_text(2, text);
  }
  ANLAN_TRY(const bool found, find.step());
  if (!found) return std::optional<Share>();
  Share share;
  if (!read_row(find, share)) return damaged_rows(database_);
  return std::optional<Share>(std::move(share));
}

Result<std::optional<MadeShare>> Shares::answered(const NewShare& share) const {
  if (share.key.empty()) return std::optional<MadeShare>();
  ANLAN_TRY(std::optional<Share> known, one("key = ?", share.owner, 0, share.key));
  if (!known) return std::optional<MadeShare>();
  ANLAN_TRY(Statement find, database_.prepare("SELECT input FROM shares WHERE share = ?"));
  find.bind(0, number_of(known->id));
  ANLAN_TRY(const bool there, find.step());
  const Digest input = input_of(share);
  const BytesView kept = there ? find.blob(0) : BytesView{};
  if (!std::equal(kept.begin(), kept.end(), input.bytes.begin(), input.bytes.end()))
    return refused(house::refusals::kKeyReused, "key", share.key);
  return std::optional<MadeShare>(MadeShare{.share = *std::move(known), .token = {}});
}

Result<MadeShare> Shares::make(const NewShare& share) {
  if (share.answer.size() > kShareBytesMax) {
    return refused(refusals::kShareTooLarge, "answer", std::to_string(share.answer.size()),
                   {{.name = "max", .value = std::to_string(kShareBytesMax)}});
  }
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(std::optional<MadeShare> before, answered(share));
  if (before) return *std::move(before);
  const Instant now = clock_->now();
  ANLAN_TRY(Statement count,
            database_.prepare("SELECT count(*) FROM shares WHERE house = ? AND actor = ? AND "
                              "revoked IS NULL AND expires > ?"));
  count.bind_text(0, share.owner.house).bind_text(1, share.owner.actor.text).bind(2, now.micros());
  ANLAN_REQUIRE(count.step());
  if (count.whole(0) >= static_cast<std::int64_t>(kSharesOfActorMax)) {
    return refused(refusals::kShareLimit, "link", {},
                   {{.name = "limit", .value = std::to_string(kSharesOfActorMax)}});
  }
  count.reset();
  const SecretKey secret = random_key();
  MadeShare made;
  made.token = std::string(kPrefix) + to_base32(secret.bytes());
  const Digest token = sha256(bytes_of(made.token));
  const Digest digest = sha256(bytes_of(share.answer));
  const Digest input = input_of(share);
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(Statement put,
            database_.prepare("INSERT INTO shares(token, house, actor, kind, subject, label, "
                              "stands_until, answer, digest, made, expires, views, key, input) "
                              "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)"));
  put.bind_blob(0, token.bytes)
      .bind_text(1, share.owner.house)
      .bind_text(2, share.owner.actor.text)
      .bind(3, static_cast<std::int64_t>(share.kind))
      .bind_text(4, share.subject)
      .bind_text(5, share.label)
      .bind_text(6, share.stands_until)
      .bind_text(7, share.answer)
      .bind_blob(8, digest.bytes)
      .bind(9, now.micros())
      .bind(10, now.micros() + share.days * kDay);
  if (share.key.empty()) {
    put.bind_null(11);
  } else {
    put.bind_text(11, share.key);
  }
  ANLAN_REQUIRE(put.bind_blob(12, input.bytes).run());
  ANLAN_TRY(const std::int64_t number, database_.whole_of("SELECT last_insert_rowid()"));
  ANLAN_TRY(std::optional<Share> stored, one("share = ?", share.owner, number, {}));
  if (!stored) return damaged_rows(database_);
  made.share = *std::move(stored);
  ANLAN_REQUIRE(transaction.commit());
  return made;
}

Result<Share> Shares::find(const Membership& owner, ShareId id) const {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(std::optional<Share> found, one("share = ?", owner, number_of(id), {}));
  if (found) return *std::move(found);
  return refused(refusals::kShareMissing, "link", to_text(id));
}

Result<std::vector<Share>> Shares::list(const Membership& owner) const {
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(Statement rows, database_.prepare("SELECT " + std::string(kColumns) +
                                              " FROM shares WHERE house = ? AND actor = ? "
                                              "ORDER BY share DESC"));
  rows.bind_text(0, owner.house).bind_text(1, owner.actor.text);
  std::vector<Share> found;
  for (;;) {
    ANLAN_TRY(const bool more, rows.step());
    if (!more) return found;
    if (!read_row(rows, found.emplace_back())) return damaged_rows(database_);
  }
}

Result<std::vector<ShareView>> Shares::views(const Membership& owner, ShareId id) const {
  ANLAN_REQUIRE(find(owner, id));
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(Statement rows, database_.prepare("SELECT at, client, phone FROM views WHERE share = ? "
                                              "ORDER BY view DESC LIMIT ?"));
  rows.bind(0, number_of(id)).bind(1, static_cast<std::int64_t>(kShareViewsShownMax));
  std::vector<ShareView> found;
  for (;;) {
    ANLAN_TRY(const bool more, rows.step());
    if (!more) return found;
    const std::int64_t client = rows.whole(1);
    if (client < 1 || client > static_cast<std::int64_t>(ShareClient::kSafari))
      return damaged_rows(database_);
    found.push_back(
        {.at = Instant::from_micros(rows.whole(0)),
         .by = {.client = static_cast<ShareClient>(client), .phone = rows.whole(2) != 0}});
  }
}

Result<Share> Shares::revoke(const Membership& owner, ShareId id) {
  ANLAN_TRY(Share found, find(owner, id));
  if (found.revoked) return found;
  const std::lock_guard lock(mutex_);
  found.revoked = clock_->now();
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  ANLAN_TRY(Statement put, database_.prepare("UPDATE shares SET revoked = ? WHERE share = ?"));
  ANLAN_REQUIRE(put.bind(0, found.revoked->micros()).bind(1, number_of(id)).run());
  ANLAN_REQUIRE(transaction.commit());
  return found;
}

// ---- whoever has the link

Result<SharedAnswer> Shares::look(std::string_view token, const ShareViewer& by) {
  const bool formed = token.starts_with(kPrefix) && token.size() == kPrefix.size() + kTokenSigns &&
                      from_base32(token.substr(kPrefix.size())).has_value();
  if (!formed) return gone();
  const Digest hash = sha256(bytes_of(token));
  const std::lock_guard lock(mutex_);
  ANLAN_TRY(Statement find, database_.prepare("SELECT " + std::string(kColumns) +
                                              ", answer FROM shares WHERE token = ?"));
  find.bind_blob(0, hash.bytes);
  ANLAN_TRY(const bool known, find.step());
  if (!known) return gone();
  SharedAnswer out;
  if (!read_row(find, out.share)) return damaged_rows(database_);
  out.answer = find.text(13);
  find.reset();
  const Instant now = clock_->now();
  if (out.share.revoked || out.share.expires <= now) return gone();
  if (sha256(bytes_of(out.answer)) != out.share.digest) return damaged_rows(database_);
  const std::int64_t share = number_of(out.share.id);
  ANLAN_TRY(WriteTransaction transaction, WriteTransaction::start(database_));
  if (out.share.views < kShareViewsMax) {
    ANLAN_TRY(Statement put, database_.prepare("INSERT INTO views(share, at, client, phone) "
                                               "VALUES(?, ?, ?, ?)"));
    put.bind(0, share).bind(1, now.micros());
    ANLAN_REQUIRE(put.bind(2, static_cast<std::int64_t>(by.client)).bind(3, by.phone).run());
  }
  ANLAN_TRY(Statement count, database_.prepare("UPDATE shares SET views = views + 1, viewed = ? "
                                               "WHERE share = ?"));
  ANLAN_REQUIRE(count.bind(0, now.micros()).bind(1, share).run());
  ANLAN_REQUIRE(transaction.commit());
  ++out.share.views;
  out.share.viewed = now;
  return out;
}

}  // namespace anlan::platform
