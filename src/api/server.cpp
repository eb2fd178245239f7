#include "api/server.h"

#include <chrono>

#include "api/acting.h"
#include "api/carried.h"
#include "api/refusals.h"
#include "api/serve_config.h"
#include "api/service.h"
#include "api/service_payments.h"
#include "api/service_webhooks.h"
#include "api/show.h"
#include "platform/access_refusals.h"
#include "platform/accounts_key.h"
#include "platform/environment.h"
#include "platform/files.h"
#include "platform/process_limits.h"
#include "platform/stop_signal.h"
#include "platform/worker_pool.h"

namespace anlan::api {
namespace {

constexpr std::chrono::seconds kGrace{20};

// The key of the option; else of the systemd credential of this name; else of the file beside the
// accounts, where `anlan admin create` put it; else none.
Result<std::optional<platform::SecretKey>> accounts_key(const ServeConfig& asked) {
  std::string file = asked.accounts_key;
  for (const std::string& other :
       {platform::credential_file("anlan-accounts-key"), asked.accounts + ".key"}) {
    if (file.empty() && !other.empty() && !platform::check_absent(other).ok()) file = other;
  }
  if (file.empty()) return std::optional<platform::SecretKey>();
  ANLAN_TRY(platform::SecretKey key, platform::read_accounts_key(file));
  return std::optional<platform::SecretKey>(std::move(key));
}

Result<std::unique_ptr<platform::Accounts>> open_accounts(const ServeConfig& asked) {
  ANLAN_TRY(std::optional<platform::SecretKey> key, accounts_key(asked));
  platform::AccountsOptions options;
  options.party = asked.party;
  if (key) options.seal_key.emplace(std::move(*key));
  ANLAN_TRY(std::unique_ptr<platform::Accounts> accounts,
            platform::Accounts::open(asked.accounts, std::move(options)));
  if (!accounts->needs_seal_key()) return accounts;
  return Refusal{.code = platform::refusals::kSealKeyMissing,
                 .path = "accounts-key",
                 .value = asked.accounts,
                 .args = {},
                 .at = {}};
}

using OpenHouses = std::map<std::string, std::unique_ptr<platform::ServedHouse>, std::less<>>;

Result<OpenHouses> open_houses(const std::vector<std::string>& folders) {
  OpenHouses houses;
  for (const std::string& folder : folders) {
    ANLAN_TRY(std::unique_ptr<platform::ServedHouse> house, platform::ServedHouse::open(folder));
    std::string name;
    {
      const platform::ServedHouse::Hold hold = house->whole();
      name = house->folder().name();
    }
    if (!houses.emplace(name, std::move(house)).second)
      return Refusal{.code = refusals::kOptionTwice, .path = "houses", .value = name};
  }
  return houses;
}

Result<Done> show_config(Session& session, const ServeRequest& request,
                         const ServerStreams& streams) {
  const Reply reply = serve_config_reply(session, request);
  streams.out(streams.json ? json_text(reply.json) : terminal_text(reply.document));
  return Done{};
}

Node listening(const platform::HttpServerOptions& http, std::uint16_t port,
               const OpenHouses& houses) {
  Node line = Node::table();
  line.add("listening", Node::string(http.address + ":" + std::to_string(port)));
  line.add("tls", Node::boolean(!http.certificate_file.empty()));
  Node& names = line.add("houses", Node::list());
  for (const auto& [name, house] : houses) names.items.push_back(Node::string(name));
  return line;
}

}  // namespace

Result<Done> run_server(Session& session, const std::vector<std::string>& words,
                        const ServerStreams& streams) {
  platform::StopSignal stop;  // before any thread
  ANLAN_TRY(ServeRequest request, read_serve_request({words.begin() + 1, words.end()},
                                                     platform::variables_of("ANLAN_SERVE_")));
  if (request.show) return show_config(session, request, streams);
  platform::raise_open_file_limit();
  ServeConfig& asked = request.config;
  ANLAN_TRY(asked.party, platform::relying_party(asked.door.origins));
  const bool by_https = !asked.party.id.empty() && asked.party.origins[0].starts_with("https://");
  asked.door.secure = by_https || !asked.http.certificate_file.empty();
  ANLAN_TRY(const std::unique_ptr<platform::Accounts> accounts, open_accounts(asked));
  ANLAN_TRY(const std::unique_ptr<platform::Shares> shares,
            platform::Shares::open(platform::shares_file(asked.accounts)));
  asked.door.shares = shares.get();
  ANLAN_TRY(const OpenHouses houses, open_houses(asked.folders));
  Service::Houses served;
  for (const auto& [name, house] : houses) served.emplace(name, house.get());
  if (!asked.open_house.empty() && !served.contains(asked.open_house)) {
    Refusal refusal = house_not_named(asked.open_house, served);
    refusal.path = "open-house";
    return refusal;
  }
  platform::Artefacts artefacts;
  if (!session.options().data_folder.empty()) {
    ANLAN_TRY(artefacts, platform::Artefacts::with_folder(session.options().data_folder));
  }
  const auto told = [&streams](std::string_view line) { streams.log(std::string(line) + "\n"); };
  asked.webhooks.log = told;
  ANLAN_TRY(const std::unique_ptr<ServedWebhooks> webhooks,
            ServedWebhooks::start(served, *accounts, std::move(asked.webhooks)));
  const ServedPayments payments(served, artefacts, told);
  // Where command lines beside a folder find whoever serves it.
  std::map<std::string, std::string, std::less<>> own_sockets;
  for (const auto& [name, house] : houses) {
    const std::string socket = command_socket(house->paths().folder.string());
    asked.http.own_sockets.push_back(socket);
    own_sockets.emplace(socket, name);
  }
  Service service(std::move(served), *accounts,
                  {.artefacts = std::move(artefacts),
                   .log = told,
                   .door = asked.door,
                   .webhooks = webhooks.get(),
                   .events = asked.events,
                   .own_sockets = std::move(own_sockets),
                   .pages = streams.pages,
                   .machine = {.accounts = asked.accounts,
                               .backups = asked.backups,
                               .certificate = asked.http.certificate_file,
                               .private_key = asked.http.key_file},
                   .open_house = asked.open_house});
  asked.http.error_reply = &Service::transport_error;
  asked.http.body_limit = &body_bytes_max;
  asked.http.log = told;
  platform::HttpServer server(
      asked.http, [&service](const platform::HttpRequest& sent) { return service.answer(sent); });
  ANLAN_TRY(const std::uint16_t port, server.start());
  streams.out(json_line(listening(asked.http, port, houses)));
  platform::WorkerPool beside(1, 1);
  beside.offer([&service] { service.warm(); });
  stop.wait();
  server.stop(kGrace);
  server.wait();
  return accounts->store_uses();
}

}  // namespace anlan::api
