#include "api/service_reply.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "api/access_refusals.h"
#include "api/door_refusals.h"
#include "api/invocation.h"
#include "api/machine_refusals.h"
#include "api/payment_refusals.h"
#include "api/refusals.h"
#include "api/service.h"
#include "base/refusals.h"
#include "base/sha256.h"
#include "formats/json.h"
#include "house/journal_refusals.h"
#include "house/refusals.h"
#include "platform/access_refusals.h"
#include "platform/payment_refusals.h"
#include "platform/refusals.h"
#include "platform/share_refusals.h"
#include "platform/webhook_refusals.h"

namespace anlan::api {
namespace {

constexpr int kBadRequest = 400;
constexpr int kConflict = 409;

// Whatever does not stand here is 400 or 409, as the program would end with 2 or 1.
const std::map<std::uint16_t, int>& statuses() {
  namespace h = house::refusals;
  namespace p = platform::refusals;
  static const std::map<std::uint16_t, int> table{
      {refusals::kSignInNeeded.number, 401},
      {p::kCredentialUnknown.number, 401},
      {p::kCredentialExpired.number, 401},
      {p::kAccountDisabled.number, 401},
      {p::kSignInWrong.number, 401},
      {p::kCodeRequired.number, 401},
      {h::kUnknownActor.number, 403},
      {h::kRoleMissing.number, 403},
      {h::kAboveAuthority.number, 403},
      {h::kMatrixExceeded.number, 403},
      {h::kFourEyes.number, 403},
      {h::kNotLicensed.number, 403},
      {h::kConsentMissing.number, 403},
      {refusals::kScopeMissing.number, 403},
      {refusals::kCrossSite.number, 403},
      {refusals::kSessionNeeded.number, 403},
      {refusals::kAdministratorNeeded.number, 403},
      {refusals::kHouseUnlicensed.number, 403},
      {refusals::kFactorNotFresh.number, 403},
      {refusals::kRoleNotOfKind.number, 403},
      {refusals::kOtherOrganisation.number, 403},
      {refusals::kTooManyRequests.number, 429},
      {refusals::kTooManyStreams.number, 429},
      {p::kPasskeyMalformed.number, 400},
      {p::kPasskeyAlgorithm.number, 400},
      {p::kLicenceMalformed.number, 400},
      {p::kOrganisationReserved.number, 400},
      {p::kLoginMalformed.number, 400},
      {p::kShownNameMalformed.number, 400},
      {p::kPasswordTooShort.number, 400},
      {p::kPasswordTooLong.number, 400},
      {p::kPasswordHoldsLogin.number, 400},
      {p::kPasswordUsual.number, 400},
      {p::kExpiryPassed.number, 400},
      {p::kPasskeyChallenge.number, 401},
      {p::kPasskeyOrigin.number, 401},
      {p::kPasskeyParty.number, 401},
      {p::kPasskeyNotVerified.number, 401},
      {p::kPasskeySignature.number, 401},
      {p::kPasskeyCounter.number, 401},
      {p::kPasskeyUnknown.number, 401},
      {p::kInvitationWrong.number, 401},
      {p::kAccountMissing.number, 404},
      {p::kSessionMissing.number, 404},
      {p::kApiKeyMissing.number, 404},
      {p::kOrganisationMissing.number, 404},
      {h::kNotFound.number, 404},
      {refusals::kNoSuchPath.number, 404},
      {p::kWebhookMissing.number, 404},
      {p::kShareMissing.number, 404},
      {p::kShareGone.number, 404},
      {p::kDeliveryMissing.number, 404},
      {p::kPaymentMissing.number, 404},
      {refusals::kNoticeForged.number, 403},
      {refusals::kInsuranceProductUnknown.number, 404},
      {refusals::kWordingUnknown.number, 404},
      {refusals::kScriptUnknown.number, 404},
      {refusals::kOtherMethod.number, 405},
      {refusals::kKeyInFlight.number, 409},
      {h::kKeyReused.number, 422},
      {refusals::kJobUnknown.number, 404},
      {refusals::kNoBackupKept.number, 404},
      {refusals::kTagStale.number, 412},
      {refusals::kTooManyJobs.number, 503},
      {refusals::kFaultForced.number, 503},
      {p::kSignInDelayed.number, 429},
      {p::kDeliveriesWait.number, 429},
      {p::kHouseLoaded.number, 503},
      {house::refusals::kDiskFull.number, 503},
      {p::kFileNotWritten.number, 503},
  };
  return table;
}

}  // namespace

int status_of(const Refusal& refusal) {
  const auto found = statuses().find(refusal.code.number);
  if (found != statuses().end()) return found->second;
  return exit_status(refusal) == 2 ? kBadRequest : kConflict;
}

platform::HttpReply json_reply(int status, const Node& json) {
  platform::HttpReply reply{.status = status, .headers = {}, .body = {}, .events = {}};
  reply.headers.push_back({.name = "Content-Type", .value = "application/json; charset=utf-8"});
  reply.headers.push_back({.name = "Cache-Control", .value = "no-store"});
  reply.headers.push_back({.name = "X-Content-Type-Options", .value = "nosniff"});
  reply.body = formats::write_json(json, {.indent = 0}) + "\n";
  return reply;
}

platform::HttpReply error_reply(Session& session, const Refusal& refusal,
                                std::string_view request) {
  Node json = session.refusal_node(refusal);
  json.add("request", Node::string(request));
  return json_reply(status_of(refusal), json);
}

std::vector<std::pair<std::string, std::string>> query_without_page(
    const platform::HttpRequest& request, bool lists) {
  std::vector<std::pair<std::string, std::string>> query;
  for (const platform::HttpField& pair : request.query) {
    const bool of_page = lists && (pair.name == "limit" || pair.name == "after");
    if (!of_page) query.emplace_back(pair.name, pair.value);
  }
  return query;
}

Result<Page> read_page(const platform::HttpRequest& request) {
  Page page;
  for (const platform::HttpField& pair : request.query) {
    if (pair.name == "after") page.after = pair.value;
    if (pair.name != "limit") continue;
    const char* end = pair.value.data() + pair.value.size();
    const auto read = std::from_chars(pair.value.data(), end, page.limit);
    if (read.ec != std::errc() || read.ptr != end || page.limit == 0 || page.limit > kPageMax)
      return Refusal{.code = refusals::kPageMalformed, .path = "limit", .value = pair.value};
  }
  return page;
}

Result<Node> paged(Node json, const Page& page, const RowWindow::Seen& seen) {
  if (!json.is_list()) return json;
  std::erase_if(json.items, [&](const Node& row) {
    const Node* id = row.find("id");
    return seen && id && !seen(id->text);
  });
  // What has no id is known by its first field, its name.
  const auto id_of = [](const Node& row) {
    const Node* id = row.find("id");
    if (!id && !row.members.empty()) id = &row.members.front().value;
    return id ? id->text : std::string();
  };
  auto first = json.items.begin();
  if (!page.after.empty()) {
    first = std::find_if(json.items.begin(), json.items.end(),
                         [&](const Node& row) { return id_of(row) == page.after; });
    if (first == json.items.end())
      return Refusal{.code = refusals::kPageMalformed, .path = "after", .value = page.after};
    ++first;
  }
  const auto left = static_cast<std::size_t>(json.items.end() - first);
  const auto last = first + static_cast<std::ptrdiff_t>(std::min(left, page.limit));
  Node out = Node::table();
  const bool more = last != json.items.end();
  Node next = more && last != first ? Node::string(id_of(*(last - 1))) : Node::null();
  Node& items = out.add("items", Node::list());
  items.items.assign(std::make_move_iterator(first), std::make_move_iterator(last));
  out.add("next", std::move(next));
  return out;
}

std::string entity_tag(std::string_view body) {
  constexpr std::size_t kTagDigits = 32;
  return "\"" + to_hex(sha256(bytes_of(body))).substr(0, kTagDigits) + "\"";
}

void give_tag(const platform::HttpRequest& request, platform::HttpReply& reply) {
  const std::string tag = entity_tag(reply.body);
  reply.headers.push_back({.name = "ETag", .value = tag});
  if (request.header("if-none-match") != tag) return;
  reply.status = 304;
  reply.body.clear();
}

platform::HttpReply Service::transport_error(int status, std::string_view reason) {
  Node error = Node::table();
  error.add("code", Node::string("transport"));
  for (const std::string_view key : {"path", "value"}) error.add(key, Node::string(""));
  for (const std::string_view key : {"rule", "fix", "zh", "en"})
    error.add(key, Node::string(reason));
  Node json = Node::table();
  json.add("error", std::move(error));
  json.add("request", Node::string(""));
  platform::HttpReply reply = json_reply(status, json);
  return reply;
}

}  // namespace anlan::api
