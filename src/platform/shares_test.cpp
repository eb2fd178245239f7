// Links to one answer: who may read, until when, and what is noted.
#include "platform/shares.h"

#include <doctest/doctest.h>

#include "house/memory_ports.h"
#include "house/refusals.h"
#include "platform/share_refusals.h"
#include "platform/testing.h"

namespace anlan::platform {
namespace {

using testing::TempFolder;

constexpr std::int64_t kDay = std::int64_t{86'400} * 1'000'000;

struct Store {
  TempFolder folder;
  house::FixedClock clock{Instant::from_micros(1'772'330'400'000'000)};
  std::unique_ptr<Shares> shares = open();

  std::unique_ptr<Shares> open() {
    return std::move(Shares::open(folder / "accounts.db.shares", &clock)).value();
  }
  void pass(std::int64_t micros) { clock.set(Instant::from_micros(clock.now().micros() + micros)); }
};

const Membership kBroker{.house = "ningbo", .actor = {"broker"}};
const Membership kOther{.house = "ningbo", .actor = {"other"}};

NewShare of(const Membership& owner) {
  return {.owner = owner,
          .kind = ShareKind::kQuote,
          .subject = "quo_19",
          .label = "<script>alert(1)</script>",
          .stands_until = "2026-04-01",
          .answer = R"({"id":"quo_19","premium":{"amount":280000,"currency":"CNY"}})",
          .days = 14,
          .key = {}};
}

TEST_CASE("shares: a link shows the bytes that were shared, and their digest") {
  Store store;
  const MadeShare made = store.shares->make(of(kBroker)).value();
  CHECK(made.token.size() == 56);
  CHECK(made.share.digest == sha256(bytes_of(of(kBroker).answer)));
  const SharedAnswer seen = store.shares->look(made.token, {}).value();
  CHECK(seen.answer == of(kBroker).answer);
  CHECK(seen.share.label == "<script>alert(1)</script>");
  CHECK(seen.share.stands_until == "2026-04-01");
  // Nobody who reads the file can make the link of it.
  Database file =
      std::move(Database::open(store.folder / "accounts.db.shares", DatabaseMode::kReadOnly))
          .value();
  CHECK(file.whole_of("SELECT count(*) FROM shares WHERE token = '" + made.token + "'").value() ==
        0);
  // A second link to the same is another one.
  CHECK(store.shares->make(of(kBroker)).value().token != made.token);
}

TEST_CASE("shares: unknown, expired and revoked are told in one way") {
  Store store;
  const auto gone = [&](const std::string& token) {
    const auto seen = store.shares->look(token, {});
    REQUIRE(!seen.ok());
    return seen.refusal();
  };
  const MadeShare expired = store.shares->make(of(kBroker)).value();
  const MadeShare revoked = store.shares->make(of(kBroker)).value();
  REQUIRE(store.shares->revoke(kBroker, revoked.share.id).ok());
  std::string never = expired.token;
  never.back() = never.back() == 'A' ? 'Q' : 'A';
  const Refusal unknown = gone(never);
  CHECK(unknown.code == refusals::kShareGone);
  CHECK(gone(revoked.token) == unknown);
  CHECK(gone("") == unknown);
  CHECK(gone("shl_") == unknown);
  CHECK(store.shares->look(expired.token, {}).ok());
  store.pass(14 * kDay - 1);
  CHECK(store.shares->look(expired.token, {}).ok());
  store.pass(1);
  CHECK(gone(expired.token) == unknown);
  // None of these views is noted.
  CHECK(store.shares->find(kBroker, expired.share.id).value().views == 2);
  CHECK(store.shares->find(kBroker, revoked.share.id).value().views == 0);
}

TEST_CASE("shares: nobody else lists, reads the log of, or takes back a link") {
  Store store;
  const ShareId id = store.shares->make(of(kBroker)).value().share.id;
  const Membership elsewhere{.house = "harbin", .actor = {"broker"}};
  for (const Membership& who : {kOther, elsewhere}) {
    CHECK(store.shares->list(who).value().empty());
    CHECK(store.shares->find(who, id).refusal().code == refusals::kShareMissing);
    CHECK(store.shares->views(who, id).refusal().code == refusals::kShareMissing);
    CHECK(store.shares->revoke(who, id).refusal().code == refusals::kShareMissing);
  }
  CHECK(store.shares->list(kBroker).value().size() == 1);
  CHECK(!store.shares->find(kBroker, id).value().revoked);
}

TEST_CASE("shares: every view is noted with its browser and no more, and outlives the program") {
  Store store;
  const MadeShare made = store.shares->make(of(kBroker)).value();
  const ShareViewer phone = share_viewer(
      "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116 Mobile Safari/537.36 "
      "MicroMessenger/8.0");
  CHECK(phone == ShareViewer{.client = ShareClient::kWechat, .phone = true});
  const ShareViewer desk =
      share_viewer("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
  CHECK(desk == ShareViewer{.client = ShareClient::kFirefox, .phone = false});
  CHECK(share_viewer("curl/8") == ShareViewer{});
  REQUIRE(store.shares->look(made.token, phone).ok());
  store.pass(1'000'000);
  REQUIRE(store.shares->look(made.token, desk).ok());
  store.shares.reset();
  store.shares = store.open();
  const auto log = store.shares->views(kBroker, made.share.id).value();
  REQUIRE(log.size() == 2);
  CHECK(log[0].by == desk);
  CHECK(log[1].by == phone);
  CHECK(log[0].at.micros() - log[1].at.micros() == 1'000'000);
  const Share share = store.shares->find(kBroker, made.share.id).value();
  CHECK(share.views == 2);
  CHECK(share.viewed == log[0].at);
}

TEST_CASE("shares: a key stands for one request, whose link is shown once") {
  Store store;
  NewShare asked = of(kBroker);
  asked.key = "k1";
  const MadeShare first = store.shares->make(asked).value();
  const MadeShare again = store.shares->make(asked).value();
  CHECK(again.share.id == first.share.id);
  CHECK(again.token.empty());
  asked.products = "a,b";
  CHECK(store.shares->make(asked).refusal().code == house::refusals::kKeyReused);
  asked.products.clear();
  asked.label = "another";
  CHECK(store.shares->make(asked).refusal().code == house::refusals::kKeyReused);
  asked.owner = kOther;
  CHECK(!store.shares->make(asked).value().token.empty());
}

TEST_CASE("shares: so many open links of one person, and so many bytes of one answer") {
  Store store;
  NewShare large = of(kBroker);
  large.answer.assign(kShareBytesMax + 1, 'x');
  CHECK(store.shares->make(large).refusal().code == refusals::kShareTooLarge);
  for (std::size_t i = 0; i < kSharesOfActorMax; ++i) REQUIRE(store.shares->make(of(kBroker)).ok());
  CHECK(store.shares->make(of(kBroker)).refusal().code == refusals::kShareLimit);
  CHECK(store.shares->make(of(kOther)).ok());
  store.pass(14 * kDay);
  CHECK(store.shares->make(of(kBroker)).ok());
}

}  // namespace
}  // namespace anlan::platform
