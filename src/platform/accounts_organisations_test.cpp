#include <doctest/doctest.h>

#include "platform/access_refusals.h"
#include "platform/accounts_testing.h"
#include "platform/rate_limits.h"
#include "platform/schema.h"
#include "platform/secret_seal.h"
#include "platform/upgrade.h"

namespace anlan::platform {
namespace {

using namespace testing;

Organisation broker() { return {.name = {"sea-brokers"}, .kind = OrganisationKind::kBroker}; }
Organisation insurer() {
  return {.name = {"east-insurance"},
          .kind = OrganisationKind::kInsurer,
          .licence = "000123",
          .houses = {"ningbo"}};
}

TEST_CASE("organisations: recorded, changed, kept, and of one kind for ever") {
  AccountStore store;
  REQUIRE(store->put_organisation(insurer()).ok());
  REQUIRE(store->put_organisation(broker()).ok());
  store.open_again();
  CHECK(store->organisations() == std::vector{insurer(), broker()});
  CHECK(store->runner_of("ningbo") == insurer());
  CHECK_FALSE(store->runner_of("hangzhou").has_value());
  Organisation changed = insurer();
  changed.houses = {"ningbo", "hangzhou", "ningbo"};
  REQUIRE(store->put_organisation(changed).ok());
  CHECK(store->organisation(changed.name)->houses ==
        std::vector<std::string>{"hangzhou", "ningbo"});
  changed.kind = OrganisationKind::kBroker;
  changed.licence.clear();
  CHECK(said(store->put_organisation(changed)) == "organisation_kind");
  Organisation licensed = broker();
  licensed.licence = "000124";
  CHECK(said(store->put_organisation(licensed)) == "licence_malformed");
  Organisation other = insurer();
  other.name = {"west-insurance"};
  CHECK(said(store->put_organisation(other)) == "house_run_by_other");
  CHECK(said(store->organisation({"nobody"})) == "organisation_missing");
}

TEST_CASE("organisations: every role belongs to some kind, and duties stay apart") {
  std::vector<domain::Role> covered;
  for (const auto& kind : enum_names(static_cast<OrganisationKind*>(nullptr))) {
    for (const domain::Role role : roles_of_kind(kind.value)) covered.push_back(role);
  }
  for (const auto& role : enum_names(static_cast<domain::Role*>(nullptr)))
    CHECK_MESSAGE(std::find(covered.begin(), covered.end(), role.value) != covered.end(),
                  role.name);
  const auto& of_broker = roles_of_kind(OrganisationKind::kBroker);
  CHECK(of_broker == std::vector{domain::Role::kBroker});
  CHECK(roles_of_kind(OrganisationKind::kAdjuster) == std::vector{domain::Role::kAdjuster});
  CHECK(roles_of_kind(OrganisationKind::kReinsurer) == std::vector{domain::Role::kReinsurer});
}

TEST_CASE("organisations: grants of companies are kept and withdrawn") {
  AccountStore store;
  REQUIRE(store->put_organisation(broker()).ok());
  const CompanyGrant nine{.house = "ningbo", .organisation = broker().name, .enterprise = {9}};
  const CompanyGrant four{.house = "ningbo", .organisation = broker().name, .enterprise = {4}};
  REQUIRE(store->grant_company(nine).ok());
  REQUIRE(store->grant_company(four).ok());
  REQUIRE(store->grant_company(nine).ok());
  store.open_again();
  CHECK(store->companies_granted("ningbo", broker().name) ==
        std::vector<domain::EnterpriseId>{{4}, {9}});
  CHECK(store->companies_granted("hangzhou", broker().name).empty());
  CHECK(store->companies_granted("ningbo", {"other"}).empty());
  REQUIRE(store->withdraw_company(nine).ok());
  REQUIRE(store->withdraw_company(nine).ok());
  store.open_again();
  CHECK(store->company_grants() == std::vector{four});
  CompanyGrant nobody = nine;
  nobody.organisation = {"nobody"};
  CHECK(said(store->grant_company(nobody)) == "organisation_missing");
  // To whoever is called so, for those who may not know who there is.
  REQUIRE(store->grant_company(nobody, Accounts::GrantTo::kNamed).ok());
  store.open_again();
  CHECK(store->companies_granted("ningbo", {"nobody"}) == std::vector<domain::EnterpriseId>{{9}});
}

TEST_CASE("refusal 8139 organisation_reserved: none is called as the people of a house are") {
  AccountStore store;
  for (const std::string name : {"house", "House", "HOUSE", "hOUSe"}) {
    Organisation reserved = broker();
    reserved.name = {name};
    CHECK(said(store->put_organisation(reserved)) == "organisation_reserved");
  }
  for (const std::string name : {" house", "house ", "ho use"}) {
    Organisation reserved = broker();
    reserved.name = {name};
    CHECK(said(store->put_organisation(reserved)) == "name_malformed");
  }
  Organisation another = broker();
  another.name = {"house-one"};
  CHECK(store->put_organisation(another).ok());
}

TEST_CASE("invitations: the owner chooses the password, once, within a week") {
  AccountStore store;
  REQUIRE(store->put_organisation(broker()).ok());
  const auto invite = [&](std::string login) {
    return store->invite(
        {.login = std::move(login), .display_name = "Li Ming", .organisation = broker().name});
  };
  const Invited first = invite("li").value();
  CHECK(first.account.invited_until.has_value());
  CHECK(store.bytes().find(first.token) == std::string::npos);
  CHECK(said(store.sign_in("li")) == "sign_in_wrong");
  CHECK(said(store->join(first.token, "short")) == "password_too_short");
  store.open_again();
  const Account joined = store->join(first.token, kPassword).value();
  CHECK(joined.organisation == broker().name);
  CHECK_FALSE(joined.invited_until.has_value());
  CHECK(said(store->join(first.token, kPassword)) == "invitation_wrong");
  const SignedIn in = store.sign_in("li").value();
  CHECK(store->bearer(in.token)->kind_of_organisation == OrganisationKind::kBroker);
  // Again: the password before works until then, and no session after it.
  const Invited again = store->invite_again(joined.id).value();
  CHECK(store.sign_in("li").ok());
  REQUIRE(store->join(again.token, "nine small ships").ok());
  CHECK(said(store->bearer(in.token)) == "credential_unknown");
  CHECK(said(store.sign_in("li")) == "sign_in_wrong");
  const Invited late = invite("wang").value();
  store.pass(kInvitationDays * 24 * 3'600);
  CHECK(said(store->join(late.token, kPassword)) == "invitation_wrong");
  CHECK(said(store->join("ani_no", kPassword)) == "invitation_wrong");
  CHECK(said(store->bearer(late.token)) == "credential_unknown");
  CHECK(said(store->invite({.login = "wei", .display_name = "Wei", .organisation = {"nobody"}})) ==
        "organisation_missing");
}

TEST_CASE("administrators: the last one of no organisation stays, those of one do not count") {
  AccountStore store;
  REQUIRE(store->put_organisation(broker()).ok());
  const AccountId all = store.add("root", true);
  const Invited of_broker = store
                                ->invite({.login = "li",
                                          .display_name = "Li",
                                          .administrator = true,
                                          .organisation = broker().name})
                                .value();
  CHECK(said(store->set_disabled(all, true)) == "last_administrator");
  CHECK(store->set_disabled(of_broker.account.id, true).ok());
}

// ---- the sealed second factor

struct SealedStore : AccountStore {
  SecretKey key = random_key();
  Result<std::unique_ptr<Accounts>> open_with(const SecretKey* seal) {
    accounts.reset();
    AccountsOptions options;
    options.clock = &clock;
    options.cost = cost;
    if (seal) options.seal_key.emplace(seal->bytes());
    return Accounts::open(file(), std::move(options));
  }
};

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

TEST_CASE("seal: a secret that stood in clear is sealed, and no byte of it is left") {
  SealedStore store;
  const AccountId id = store.add("li");
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  REQUIRE(store->confirm_second_factor(id, store.code(secret)).ok());
  CHECK(store.bytes().find(text_of(secret)) != std::string::npos);
  store.accounts = std::move(store.open_with(&store.key)).value();
  CHECK(store.bytes().find(text_of(secret)) == std::string::npos);
  store.pass(30);
  CHECK(said(store.sign_in("li")) == "code_required");
  CHECK(store.sign_in("li", store.code(secret)).ok());
  CHECK_FALSE(store->needs_seal_key());
  const SecretKey other = random_key();
  CHECK(said(store.open_with(&other)) == "seal_key_wrong");
  store.accounts = std::move(store.open_with(nullptr)).value();
  CHECK(store->needs_seal_key());
  store.pass(30);
  CHECK(said(store.sign_in("li", store.code(secret))) == "seal_key_missing");
}

TEST_CASE("seal: a new secret is never written in clear, and is bound to its account") {
  SealedStore store;
  store.accounts = std::move(store.open_with(&store.key)).value();
  const AccountId id = store.add("li");
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  REQUIRE(store->confirm_second_factor(id, store.code(secret)).ok());
  CHECK(store.bytes().find(text_of(secret)) == std::string::npos);
  Bytes sealed = seal_secret(secret, id, store.key);
  CHECK(sealed.size() == kSealedSecretBytes);
  CHECK(sealed != seal_secret(secret, id, store.key));
  CHECK(open_secret(sealed, id, store.key) == secret);
  CHECK_FALSE(open_secret(sealed, AccountId{id.number + 1}, store.key).has_value());
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    sealed[at] ^= std::byte{1};
    CHECK_FALSE(open_secret(sealed, id, store.key).has_value());
    sealed[at] ^= std::byte{1};
  }
}

TEST_CASE("confirmation: a code within a session makes its second factor fresh") {
  AccountStore store;
  const AccountId id = store.add("li");
  const SignedIn in = store.sign_in("li").value();
  const Bytes secret = store.secret_of(store->begin_second_factor(id).value());
  CHECK(said(store->confirm_by_code(id, in.session.id, store.code(secret))) ==
        "second_factor_missing");
  REQUIRE(store->confirm_second_factor(id, store.code(secret)).ok());
  CHECK(store->bearer(in.token)->asks_second_factor);
  CHECK_FALSE(store->bearer(in.token)->second_factor_fresh);
  CHECK(said(store->confirm_by_code(id, in.session.id, "000000")) == "sign_in_wrong");
  store.pass(30);
  CHECK(said(store->confirm_by_code(id, SessionId{1}, store.code(secret))) == "session_missing");
  REQUIRE(store->confirm_by_code(id, in.session.id, store.code(secret)).ok());
  CHECK(said(store->confirm_by_code(id, in.session.id, store.code(secret))) == "sign_in_wrong");
  store.open_again();
  CHECK(store->bearer(in.token)->second_factor == store.clock.now());
  store.pass(kFreshMinutes * 60);
  CHECK_FALSE(store->bearer(in.token)->second_factor_fresh);
  const SignedIn by_code = store.sign_in("li", store.code(secret)).value();
  CHECK(store->bearer(by_code.token)->second_factor_fresh);
}

// ---- a file of before

TEST_CASE("accounts: a file of format 1 is upgraded with all that it held") {
  AccountStore store;
  const AccountId id = store.add("li", true);
  const std::string token = store.sign_in("li").value().token;
  const MadeApiKey key = store.add_key(id);
  store.accounts.reset();
  {
    Database database = std::move(Database::open(store.file(), DatabaseMode::kReadWrite)).value();
    for (const std::string table : {"invitations", "passkeys", "organisations",
                                    "organisation_houses", "company_grants", "upgrades"})
      REQUIRE(database.run("DROP TABLE " + table).ok());
    for (const std::string statement :
         {"ALTER TABLE accounts RENAME TO accounts_2", "ALTER TABLE sessions RENAME TO sessions_2",
          "CREATE TABLE accounts(account INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, "
          "display_name TEXT NOT NULL, password TEXT NOT NULL, administrator INTEGER NOT NULL, "
          "disabled INTEGER NOT NULL, created INTEGER NOT NULL, second_factor BLOB, "
          "second_factor_confirmed INTEGER NOT NULL, second_factor_step INTEGER NOT NULL) STRICT",
          "CREATE TABLE sessions(session INTEGER PRIMARY KEY, account INTEGER NOT NULL, "
          "token BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, used INTEGER NOT NULL, "
          "peer TEXT NOT NULL) STRICT",
          "INSERT INTO accounts SELECT account, login, display_name, password, administrator, "
          "disabled, created, second_factor, second_factor_confirmed, second_factor_step FROM "
          "accounts_2",
          "INSERT INTO sessions SELECT session, account, token, created, used, peer FROM "
          "sessions_2",
          "DROP TABLE accounts_2", "DROP TABLE sessions_2"})
      REQUIRE(database.run(statement).ok());
    REQUIRE(database.set_identity(schema::kAccountsId, 1).ok());
  }
  REQUIRE(upgrade_file(store.file(), accounts_kind(), Instant::from_micros(1)).ok());
  store.open_again();
  CHECK(store->account(id)->administrator);
  CHECK(store->bearer(token)->account == id);
  CHECK(store->bearer(key.token)->api_key == key.key.id);
  CHECK(store->organisations().empty());
  store.open_again();
  CHECK(store.sign_in("li").ok());
}

// ---- how many

TEST_CASE("rate limits: a bucket empties, fills, and says when to come again") {
  RateLimits limits({.per_second = 10, .burst = 20});
  for (std::int64_t left = 19; left >= 0; --left) {
    const RateTaken taken = limits.take("key_1", 1'000);
    CHECK(taken.allowed);
    CHECK(taken.left == left);
  }
  CHECK_FALSE(limits.take("key_1", 1'000).allowed);
  CHECK(limits.take("key_1", 1'000).retry_seconds == 1);
  CHECK(limits.take("key_2", 1'000).allowed);
  CHECK_FALSE(limits.take("key_1", 100'999).allowed);
  CHECK(limits.take("key_1", 101'000).allowed);
  CHECK_FALSE(limits.take("key_1", 101'000).allowed);
  CHECK(limits.take("key_1", 3'600'000'000).left == 19);
  CHECK(limits.take("key_1", 0).allowed);  // a clock that went back gives nothing, and takes none
  CHECK(limits.refused() == 4);
  RateLimits slow({.per_second = 1, .burst = 1});
  CHECK(slow.take("a", 0).allowed);
  CHECK(slow.take("a", 0).retry_seconds == 1);
  RateLimits none({});
  CHECK(none.take("a", 0).allowed);
  CHECK_FALSE(none.limits());
}

TEST_CASE("rate limits: memory is bounded") {
  RateLimits limits({.per_second = 1, .burst = 2});
  for (std::size_t n = 0; n < kBucketsMax + 10; ++n) limits.take(std::to_string(n), 0);
  CHECK_FALSE(!limits.take("another", 10'000'000).allowed);
}

}  // namespace
}  // namespace anlan::platform
