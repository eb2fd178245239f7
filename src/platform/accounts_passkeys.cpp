// Accounts: passkeys, from the challenge to the session.
#include <algorithm>

#include <sodium.h>

#include "platform/access_refusals.h"
#include "platform/account_checks.h"
#include "platform/accounts.h"
#include "platform/refusals.h"

namespace anlan::platform {
namespace {

// Tells nothing of the account, and is the same for all its passkeys.
Bytes user_handle(AccountId id, const RelyingParty& party) {
  const Digest digest = sha256(bytes_of("anlan passkey user " + party.id + " " + to_text(id)));
  return {digest.bytes.begin(), digest.bytes.end()};
}

Refusal unknown_passkey() { return about_account(refusals::kPasskeyUnknown, "passkey"); }

Refusal not_offered() { return about_account(refusals::kPasskeysNotOffered, "passkey"); }

auto passkey_of(AccountRow& row, const Bytes& credential) {
  return std::find_if(row.passkeys.begin(), row.passkeys.end(), [&](const PasskeyRow& each) {
    return each.passkey.credential == credential;
  });
}

PasskeyId random_passkey_id() {
  std::uint64_t number = 0;
  randombytes_buf(&number, sizeof number);
  return PasskeyId{(number >> 1) | 1};
}

}  // namespace

// The signature was right for this passkey of this account.
struct Accounts::CheckedPasskey {
  AccountId account;
  Bytes credential;
  Bytes public_key;
  std::uint32_t counter = 0;
};

Result<PasskeyRequest> Accounts::ask_passkey(ChallengeFor purpose, AccountId account) {
  if (options_.party.id.empty()) return not_offered();
  ANLAN_CHECK((purpose == ChallengeFor::kSignIn) == !account.exists());
  const std::lock_guard lock(mutex_);
  PasskeyRequest request;
  request.party = options_.party;
  if (account.exists()) {
    const AccountRow* row = tables_.account(account);
    if (!row) return account_missing(account);
    if (purpose == ChallengeFor::kConfirmation && row->passkeys.empty()) return unknown_passkey();
    request.account = row->account;
    request.user = user_handle(account, options_.party);
    for (const PasskeyRow& each : row->passkeys)
      request.credentials.push_back(each.passkey.credential);
  }
  request.challenge = challenges_.begin(purpose, account, now());
  return request;
}

Result<Passkey> Accounts::add_passkey(AccountId id, std::string name,
                                      const RegistrationAnswer& answer, SessionId session) {
  if (options_.party.id.empty()) return not_offered();
  ANLAN_REQUIRE(check_shown_name(name, "name"));
  ANLAN_TRY(const Digest challenge, challenge_of(answer.client_data));
  {
    const std::lock_guard lock(mutex_);
    if (!challenges_.take(challenge, ChallengeFor::kRegistration, id, now()))
      return about_account(refusals::kPasskeyChallenge, "passkey");
  }
  ANLAN_TRY(NewCredential made,
            check_registration(answer, {.party = options_.party, .challenge = challenge}));
  Passkey passkey{.id = random_passkey_id(),
                  .account = id,
                  .name = std::move(name),
                  .credential = std::move(made.id),
                  .counter = made.counter,
                  .created = now(),
                  .used = {}};
  ANLAN_REQUIRE(edit(id, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    if (tables_.account_of_credential(passkey.credential))
      return about_account(refusals::kPasskeyThere, "passkey", passkey.name);
    ANLAN_REQUIRE(check_account_limit(row.passkeys.size(), kPasskeysMax, "passkeys"));
    row.passkeys.push_back({.passkey = passkey, .public_key = std::move(made.public_key)});
    return session.exists() ? stamp_second_factor(row, session, change) : Done{};
  }));
  return passkey;
}

Result<std::vector<Passkey>> Accounts::passkeys(AccountId id) const {
  const std::lock_guard lock(mutex_);
  const AccountRow* row = tables_.account(id);
  if (!row) return account_missing(id);
  std::vector<Passkey> found;
  for (const PasskeyRow& each : row->passkeys) found.push_back(each.passkey);
  std::sort(found.begin(), found.end(), [](const Passkey& a, const Passkey& b) {
    return std::pair(a.created, a.id) < std::pair(b.created, b.id);
  });
  return found;
}

Result<Done> Accounts::remove_passkey(AccountId account, PasskeyId id) {
  return edit(account, [&](AccountRow& row, AccountChange&) -> Result<Done> {
    const auto removed =
        std::erase_if(row.passkeys, [&](const PasskeyRow& each) { return each.passkey.id == id; });
    if (removed == 0) return about_account(refusals::kPasskeyUnknown, "passkey", to_text(id));
    return Done{};
  });
}

// The challenge is spent whatever else is wrong with the answer. `account` {}: of whoever owns the
// passkey.
Result<Accounts::CheckedPasskey> Accounts::check_passkey(const AssertionAnswer& answer,
                                                         ChallengeFor purpose, AccountId account) {
  if (options_.party.id.empty()) return not_offered();
  ANLAN_TRY(const Digest challenge, challenge_of(answer.client_data));
  CheckedPasskey checked;
  {
    const std::lock_guard lock(mutex_);
    if (!challenges_.take(challenge, purpose, account, now()))
      return about_account(refusals::kPasskeyChallenge, "passkey");
    const AccountRow* row = tables_.account_of_credential(answer.credential);
    if (!row || (account.exists() && row->account.id != account)) return unknown_passkey();
    checked.account = row->account.id;
    checked.credential = answer.credential;
    for (const PasskeyRow& each : row->passkeys) {
      if (each.passkey.credential == answer.credential) checked.public_key = each.public_key;
    }
  }
  if (!answer.user.empty() && answer.user != user_handle(checked.account, options_.party))
    return unknown_passkey();
  ANLAN_TRY(checked.counter, check_assertion(answer, checked.public_key,
                                             {.party = options_.party, .challenge = challenge}));
  return checked;
}

// Under the mutex: two answers of one counter come one after the other.
Result<Done> Accounts::use_passkey(AccountRow& row, const CheckedPasskey& checked) const {
  const auto found = passkey_of(row, checked.credential);
  if (found == row.passkeys.end()) return unknown_passkey();  // removed meanwhile
  Passkey& passkey = found->passkey;
  if (!counter_follows(checked.counter, passkey.counter))
    return about_account(refusals::kPasskeyCounter, "passkey", passkey.name);
  passkey.counter = checked.counter;
  passkey.used = now();
  return Done{};
}

Result<SignedIn> Accounts::sign_in_by_passkey(const AssertionAnswer& answer,
                                              std::string_view peer) {
  ANLAN_TRY(const CheckedPasskey checked, check_passkey(answer, ChallengeFor::kSignIn, {}));
  const std::lock_guard lock(mutex_);
  const AccountRow* known = tables_.account(checked.account);
  if (!known) return unknown_passkey();
  AccountRow row = *known;
  ANLAN_REQUIRE(use_passkey(row, checked));
  if (row.account.disabled)
    return about_account(refusals::kAccountDisabled, "login", row.account.login);
  return begin_session(std::move(row), peer, now());
}

Result<Done> Accounts::confirm_by_passkey(AccountId account, SessionId session,
                                          const AssertionAnswer& answer) {
  ANLAN_TRY(const CheckedPasskey checked,
            check_passkey(answer, ChallengeFor::kConfirmation, account));
  return edit(account, [&](AccountRow& row, AccountChange& change) -> Result<Done> {
    ANLAN_REQUIRE(use_passkey(row, checked));
    return stamp_second_factor(row, session, change);
  });
}

}  // namespace anlan::platform
