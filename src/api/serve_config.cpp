#include "api/serve_config.h"

#include <algorithm>
#include <charconv>

#include "api/operation.h"
#include "api/refusals.h"
#include "api/render.h"
#include "base/node_reader.h"
#include "base/refusals.h"
#include "formats/toml.h"
#include "platform/files.h"

namespace anlan::api {
namespace {

constexpr std::int64_t kPortMax = 65'535;
constexpr std::int64_t kWorkersMax = 256;
constexpr std::int64_t kWorkersUsual = 24;  // most of them wait for a commit that they share
// Each is a request in flight (HttpLimits::requests_in_flight_max), and others need room as well.
constexpr std::int64_t kStreamsMax = 400;
constexpr std::int64_t kRateMax = 1'000'000;
constexpr std::size_t kConfigBytesMax = std::size_t{1} << 20;

enum class SettingType : unsigned char { kText = 1, kWhole = 2, kTexts = 3, kFlag = 4 };

struct Setting {
  Option option;
  SettingType type = SettingType::kText;
  WholeRange range = {};
  std::string_view usual = {};
  char separator = ':';  // of several in a variable
};

Setting several(std::string_view name, std::string_view value, char separator, std::string_view zh,
                std::string_view en) {
  return {.option = {.name = name, .kind = OptionKind::kMany, .value = value, .zh = zh, .en = en},
          .type = SettingType::kTexts,
          .separator = separator};
}

// --show-config and --config are how it is asked, not what is set.
const std::vector<Setting>& settings() {
  static const std::vector<Setting> kSettings{
      {.option = {.name = "houses",
                  .kind = OptionKind::kMany,
                  .positional = true,
                  .value = "HOUSE",
                  .zh = "机构的数据目录，可有多个",
                  .en = "folders of the houses that are served"},
       .type = SettingType::kTexts},
      {.option = named("accounts", "FILE", "账号文件（anlan admin create）",
                       "the accounts (anlan admin create)")},
      {.option = named("address", "ADDRESS", "监听地址，默认 127.0.0.1",
                       "where to listen, else 127.0.0.1"),
       .usual = "127.0.0.1"},
      {.option = named("port", "PORT", "端口，默认 8420；0 由系统选择",
                       "else 8420; 0: the system chooses"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kPortMax, .fallback = 8'420},
       .usual = "8420"},
      {.option = named("certificate", "FILE", "TLS 证书（PEM）", "certificate for TLS (PEM)")},
      {.option = named("private-key", "FILE", "证书的私钥（PEM）", "its private key (PEM)")},
      {.option = named("socket", "PATH", "另在该路径监听 Unix 套接字",
                       "a Unix socket to listen on as well")},
      {.option = named("workers", "N", "工作线程数，默认 24；0 为处理器数",
                       "threads that work on requests, else 24; 0: one a processor"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kWorkersMax, .fallback = kWorkersUsual},
       .usual = "24"},
      {.option = named("accounts-key", "FILE", "封存验证码密钥的密钥文件",
                       "key file that seals the second factors")},
      several("origin", "URL", ',', "网页的来源，如 https://anlan.example；有此才能用通行密钥",
              "origin of the pages, https://...; passkeys need it"),
      {.option = named("open-house", "NAME", "该机构的产品、条款与参考价无需登录即可查询",
                       "a house whose products, wordings and indicative prices need no account")},
      {.option = named("backups", "DIR", "存放备份的目录，操作员的页面据此显示最近的备份",
                       "the folder of the backups, of which its operator is told")},
      several("proxy", "ADDRESS", ',', "反向代理的地址，或 unix；信任其 X-Forwarded-For",
              "address of a proxy, or unix; its X-Forwarded-For is believed"),
      {.option = named("rate-key", "N", "每个接口密钥每秒的请求数，默认不限",
                       "requests a second of one API key, else any"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kRateMax, .fallback = 0},
       .usual = "0"},
      {.option = named("rate-account", "N", "每个账号每秒的请求数，默认不限",
                       "requests a second of one account, else any"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kRateMax, .fallback = 0},
       .usual = "0"},
      {.option = named("streams", "N", "同时打开的事件流总数，默认 200",
                       "streams of events open at once, else 200"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kStreamsMax, .fallback = 200},
       .usual = "200"},
      {.option = named("streams-account", "N", "每个账号的事件流数，默认 20",
                       "of them of one account, else 20"),
       .type = SettingType::kWhole,
       .range = {.lo = 0, .hi = kStreamsMax, .fallback = 20},
       .usual = "20"},
      {.option = flag("webhooks-to-private", "事件通知可发往内网、本机地址和 http 地址",
                      "webhooks may be at private addresses, and at http"),
       .type = SettingType::kFlag},
      {.option = named("webhooks-ca", "FILE", "事件通知只信任这些证书颁发机构（PEM）",
                       "authorities that webhooks are trusted by (PEM)")},
  };
  return kSettings;
}

std::string with(std::string_view name, char from, char to) {
  std::string out(name);
  std::replace(out.begin(), out.end(), from, to);
  return out;
}
std::string key_of(const Setting& setting) { return with(setting.option.name, '-', '_'); }
std::string variable_of(std::string_view name) {
  std::string out = with(name, '-', '_');
  std::transform(out.begin(), out.end(), out.begin(), [](char c) {
    return 'a' <= c && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

// What a source says of a setting; none: nothing.
using Values = std::vector<std::string>;
struct Said {
  std::map<std::string_view, Values> values;  // by the name of the option
};

Refusal out_of_range(std::string path, const std::string& value, const WholeRange& range) {
  return Refusal{.code = anlan::refusals::kOutOfRange,
                 .path = std::move(path),
                 .value = value,
                 .args = {{.name = "min", .value = std::to_string(range.lo)},
                          {.name = "max", .value = std::to_string(range.hi)}},
                 .at = {}};
}

// A text for a setting, from a flag or a variable of the name `path`.
Result<Done> check_text(const Setting& setting, const std::string& value, const std::string& path) {
  if (setting.type == SettingType::kFlag && value != "true" && value != "false") {
    return Refusal{.code = anlan::refusals::kUnknownChoice,
                   .path = path,
                   .value = value,
                   .args = {{.name = "choices", .value = "true | false"}},
                   .at = {}};
  }
  if (setting.type != SettingType::kWhole) return Done{};
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), whole);
  const bool fits = error == std::errc() && end == value.data() + value.size() &&
                    whole >= setting.range.lo && whole <= setting.range.hi;
  if (!fits) return out_of_range(path, value, setting.range);
  return Done{};
}

// "a:b" as a list of paths, as PATH has them; of addresses "a,b".
Values split(const std::string& text, char separator) {
  Values parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

Result<Said> read_variables(const Variables& variables, std::string& file) {
  constexpr std::string_view kPrefix = "ANLAN_SERVE_";
  Said said;
  std::vector<std::string> known{"CONFIG"};
  for (const Setting& each : settings()) known.push_back(variable_of(each.option.name));
  for (const auto& [name, value] : variables) {
    const std::string whole = std::string(kPrefix) + name;
    const auto setting = std::find_if(
        settings().begin(), settings().end(),
        [&name = name](const Setting& each) { return variable_of(each.option.name) == name; });
    if (value.empty()) continue;  // as good as unset
    if (name == "CONFIG") {
      file = value;
    } else if (setting == settings().end()) {
      const std::string near = nearest(name, known);
      return Refusal{
          .code = refusals::kVariableUnknown,
          .path = "environment",
          .value = whole,
          .args = {{.name = "nearest",
                    .value = near.empty() ? std::string() : std::string(kPrefix) + near}},
          .at = {}};
    } else {
      ANLAN_REQUIRE(check_text(*setting, value, whole));
      said.values[setting->option.name] =
          setting->type == SettingType::kTexts ? split(value, setting->separator) : Values{value};
    }
  }
  return said;
}

Result<Said> read_config_file(const std::string& file) {
  ANLAN_TRY(const std::string text, platform::read_file(file, kConfigBytesMax));
  ANLAN_TRY(const Node root, formats::parse_toml(text, file));
  ReadReport report(file);
  NodeReader reader(root, report);
  Said said;
  for (const Setting& each : settings()) {
    const std::string key = key_of(each);
    Values values;
    switch (each.type) {
      case SettingType::kText:
        if (std::string found = reader.text_or(key, ""); !found.empty()) values.push_back(found);
        break;
      case SettingType::kWhole:
        if (const auto found = reader.whole_or_null(key, each.range.lo, each.range.hi))
          values.push_back(std::to_string(*found));
        break;
      case SettingType::kTexts:
        values = reader.texts_or_empty(key);
        break;
      case SettingType::kFlag:
        if (root.find(key)) values.emplace_back(reader.flag(key, false) ? "true" : "false");
        break;
    }
    if (!values.empty()) said.values[each.option.name] = std::move(values);
  }
  reader.finish();
  return report.result(std::move(said));
}

Result<Said> read_flags(const Node& typed) {
  Said said;
  for (const Setting& each : settings()) {
    const Node* found = typed.find(each.option.name);
    if (!found) continue;
    Values values;
    for (const Node& item : found->items) values.push_back(item.text);
    if (!found->is_list()) values.push_back(found->text);
    for (const std::string& value : values)
      ANLAN_REQUIRE(check_text(each, value, std::string(each.option.name)));
    said.values[each.option.name] = std::move(values);
  }
  return said;
}

struct Sourced {
  SettingSource source;
  const Said* said;
};

// The first source that says something, in the order given.
std::vector<std::pair<Values, SettingSource>> chosen(const std::vector<Sourced>& sources) {
  std::vector<std::pair<Values, SettingSource>> out;
  for (const Setting& each : settings()) {
    Values values;
    if (!each.usual.empty()) values.emplace_back(each.usual);
    SettingSource source = SettingSource::kUsual;
    for (const Sourced& from : sources) {
      const auto found = from.said->values.find(each.option.name);
      if (found == from.said->values.end()) continue;
      values = found->second;
      source = from.source;
      break;
    }
    out.emplace_back(std::move(values), source);
  }
  return out;
}

// A burst is what two seconds allow.
platform::Rate rate_of(std::int64_t per_second) {
  return {.per_second = per_second, .burst = 2 * per_second};
}

ServeConfig config_of(const std::vector<std::pair<Values, SettingSource>>& values) {
  std::map<std::string_view, Values> by_name;
  for (std::size_t n = 0; n < values.size(); ++n)
    by_name[settings()[n].option.name] = values[n].first;
  const auto text = [&](std::string_view name) {
    const Values& found = by_name[name];
    return found.empty() ? std::string() : found.front();
  };
  const auto whole = [&](std::string_view name) { return std::stoll(text(name)); };
  ServeConfig config;
  config.folders = by_name["houses"];
  config.accounts = text("accounts");
  config.http.address = text("address");
  config.http.port = static_cast<std::uint16_t>(whole("port"));
  config.http.certificate_file = text("certificate");
  config.http.key_file = text("private-key");
  config.http.unix_socket = text("socket");
  config.http.proxies = by_name["proxy"];
  config.http.workers = static_cast<std::size_t>(whole("workers"));
  config.accounts_key = text("accounts-key");
  config.webhooks = {.accounts_file = config.accounts,
                     .to_private = text("webhooks-to-private") == "true",
                     .ca_file = text("webhooks-ca")};
  config.events.streams_max = static_cast<std::size_t>(whole("streams"));
  config.events.streams_of_one_max = static_cast<std::size_t>(whole("streams-account"));
  config.door.origins = by_name["origin"];
  config.open_house = text("open-house");
  config.backups = text("backups");
  config.door.per_key = rate_of(whole("rate-key"));
  config.door.per_account = rate_of(whole("rate-account"));
  return config;
}

Result<Done> check_complete(const ServeConfig& config) {
  std::string what;
  if (config.folders.empty()) what = "HOUSE";
  if (config.accounts.empty()) what += (what.empty() ? "" : ", ") + std::string("--accounts FILE");
  if (what.empty()) return Done{};
  return Refusal{.code = refusals::kMissingOption,
                 .path = config.folders.empty() ? "houses" : "accounts",
                 .value = {},
                 .args = {{.name = "what", .value = what}, {.name = "command", .value = "serve"}},
                 .at = {}};
}

}  // namespace

const std::vector<Option>& serve_options() {
  static const std::vector<Option> kOptions = [] {
    std::vector<Option> options;
    for (const Setting& each : settings()) options.push_back(each.option);
    options.push_back(named("config", "FILE", "配置文件（TOML）", "a file with these settings"));
    options.push_back(flag("show-config", "显示生效的配置及其来源，不启动服务",
                           "show the settings and where each comes from; serve nothing"));
    return options;
  }();
  return kOptions;
}

Result<ServeRequest> read_serve_request(const std::vector<std::string>& words,
                                        const Variables& variables) {
  ANLAN_TRY(const Node typed, parse_options(words, serve_options()));
  ServeRequest request;
  ANLAN_TRY(const Said environment, read_variables(variables, request.file));
  ANLAN_TRY(const Said flags, read_flags(typed));
  if (const Node* named_file = typed.find("config")) request.file = named_file->text;
  Said file;
  if (!request.file.empty()) {
    ANLAN_TRY(file, read_config_file(request.file));
  }
  const auto values = chosen({{SettingSource::kFlag, &flags},
                              {SettingSource::kEnvironment, &environment},
                              {SettingSource::kFile, &file}});
  for (std::size_t n = 0; n < values.size(); ++n) {
    EffectiveSetting setting{.key = key_of(settings()[n]), .value = {}, .source = values[n].second};
    for (const std::string& value : values[n].first)
      setting.value += (setting.value.empty() ? "" : ", ") + value;
    request.settings.push_back(std::move(setting));
  }
  request.config = config_of(values);
  request.show = typed.find("show-config") != nullptr;
  if (!request.show) ANLAN_REQUIRE(check_complete(request.config));
  return request;
}

Result<ServeConfig> read_serve_file(const std::string& file) {
  ANLAN_TRY(const Said said, read_config_file(file));
  return config_of(chosen({{SettingSource::kFile, &said}}));
}

Reply serve_config_reply(Session& session, const ServeRequest& request) {
  Reply reply;
  reply.json = Node::table();
  reply.json.add("file", Node::string(request.file));
  Node& list = reply.json.add("settings", Node::list());
  Table table;
  table.columns = {{.title = session.say("serve_config.setting")},
                   {.title = session.say("serve_config.value")},
                   {.title = session.say("serve_config.source")}};
  for (const EffectiveSetting& each : request.settings) {
    Node node = Node::table();
    node.add("key", Node::string(each.key));
    node.add("value", Node::string(each.value));
    node.add("source", Node::string(name_of(each.source)));
    list.items.push_back(std::move(node));
    table.rows.push_back({each.key, each.value, word(session, "setting_source", each.source)});
  }
  reply.document.table(std::move(table));
  if (!request.file.empty())
    reply.document.paragraph(session.say("serve_config.file", {{"file", request.file}}));
  return reply;
}

}  // namespace anlan::api
