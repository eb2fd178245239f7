// What the parts of accounts check alike, and the refusals that they share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/account_records.h"
#include "platform/account_tables.h"

namespace anlan::platform {

// Never with a password, a code or a token as its value.
Refusal about_account(RefusalCode code, std::string_view path, std::string value = {},
                      std::vector<RefusalArg> args = {});
Refusal account_missing(AccountId id);  // kAccountMissing
Refusal membership_missing(const Account& account, const Membership& membership);

// That an organisation, where one is named, is on record. Refuses kOrganisationMissing.
Result<Done> check_organisation(const AccountTables& tables, const domain::OrganisationName& name);
Refusal organisation_missing(const domain::OrganisationName& name);

// 1 to 100 signs, valid UTF-8 without control characters. Refuses kShownNameMalformed (args max).
Result<Done> check_shown_name(std::string_view name, std::string_view path);
// That one more fits. Refuses kAccountLimit (args limit), path `what`.
Result<Done> check_account_limit(std::size_t count, std::size_t limit, std::string_view what);

}  // namespace anlan::platform
