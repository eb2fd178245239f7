#include "api/server.h"

#include <chrono>

#include "api/refusals.h"
#include "api/render.h"
#include "api/request.h"
#include "api/service.h"
#include "api/show.h"
#include "base/node_reader.h"
#include "platform/stop_signal.h"

namespace anlan::api {
namespace {

constexpr std::int64_t kPortMax = 65'535;
constexpr std::int64_t kPortUsual = 8'420;
constexpr std::int64_t kWorkersMax = 256;
constexpr std::chrono::seconds kGrace{20};

struct Asked {
  std::vector<std::string> folders;
  std::string accounts;
  platform::HttpServerOptions http;
};

const std::vector<Option>& known_options() {
  static const std::vector<Option> known{
      {.name = "folder",
       .kind = OptionKind::kMany,
       .required = true,
       .positional = true,
       .value = "HOUSE",
       .zh = "机构的数据目录，可有多个",
       .en = "folders of the houses that are served"},
      named("accounts", "FILE", "账号文件（anlan admin create）",
            "the accounts (anlan admin create)", true),
      named("address", "ADDRESS", "监听地址，默认 127.0.0.1", "where to listen, else 127.0.0.1"),
      named("port", "PORT", "端口，默认 8420；0 由系统选择", "else 8420; 0: the system chooses"),
      named("certificate", "FILE", "TLS 证书（PEM）", "certificate for TLS (PEM)"),
      named("private-key", "FILE", "证书的私钥（PEM）", "its private key (PEM)"),
      named("socket", "PATH", "另在该路径监听 Unix 套接字", "a Unix socket to listen on as well"),
      named("workers", "N", "工作线程数", "threads that work on requests"),
  };
  return known;
}

Result<Asked> read_options(const std::vector<std::string>& words) {
  ANLAN_TRY(const Node options, parse_options({words.begin() + 1, words.end()}, known_options()));
  ReadReport report("");
  NodeReader reader(options, report, "options");
  Asked asked;
  asked.folders = reader.texts("folder");
  asked.accounts = reader.text("accounts");
  asked.http.address = reader.text_or("address", "127.0.0.1");
  asked.http.port = static_cast<std::uint16_t>(
      whole_option(reader, "port", {.lo = 0, .hi = kPortMax, .fallback = kPortUsual}));
  asked.http.certificate_file = reader.text_or("certificate", "");
  asked.http.key_file = reader.text_or("private-key", "");
  asked.http.unix_socket = reader.text_or("socket", "");
  asked.http.workers = static_cast<std::size_t>(
      whole_option(reader, "workers", {.lo = 0, .hi = kWorkersMax, .fallback = 0}));
  if (report.refused()) return report.refusal();
  return asked;
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
      return Refusal{.code = refusals::kOptionTwice, .path = "folder", .value = name};
  }
  return houses;
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

Result<Done> run_server(Session& session, const std::vector<std::string>& words, const Print& print,
                        const Print& log) {
  platform::StopSignal stop;  // before any thread
  ANLAN_TRY(Asked asked, read_options(words));
  ANLAN_TRY(const std::unique_ptr<platform::Accounts> accounts,
            platform::Accounts::open(asked.accounts));
  ANLAN_TRY(const OpenHouses houses, open_houses(asked.folders));
  Service::Houses served;
  for (const auto& [name, house] : houses) served.emplace(name, house.get());
  platform::Artefacts artefacts;
  if (!session.options().data_folder.empty()) {
    ANLAN_TRY(artefacts, platform::Artefacts::with_folder(session.options().data_folder));
  }
  const auto told = [&log](std::string_view line) { log(std::string(line) + "\n"); };
  Service service(std::move(served), *accounts, {.artefacts = std::move(artefacts), .log = told});
  asked.http.error_reply = &Service::transport_error;
  asked.http.log = told;
  platform::HttpServer server(asked.http, [&service](const platform::HttpRequest& request) {
    return service.answer(request);
  });
  ANLAN_TRY(const std::uint16_t port, server.start());
  print(json_line(listening(asked.http, port, houses)));
  stop.wait();
  server.stop(kGrace);
  server.wait();
  return accounts->store_uses();
}

}  // namespace anlan::api
