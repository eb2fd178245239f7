// What `anlan serve` is told: by its flags, by the environment (ANLAN_SERVE_...), by a file. A flag
// goes before the environment, the environment before the file, the file before what is usual.
//
// One table says which settings there are. `private-key` is --private-key, ANLAN_SERVE_PRIVATE_KEY
// and, in the file, private_key.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/door.h"
#include "api/operation.h"
#include "api/request.h"
#include "api/service_webhooks.h"
#include "api/session.h"
#include "base/fields.h"
#include "base/node.h"
#include "platform/event_feed.h"
#include "platform/http.h"

namespace anlan::api {

struct ServeConfig {
  std::vector<std::string> folders;
  std::string accounts;
  std::string accounts_key;      // empty: where usual
  platform::RelyingParty party;  // of door.origins, once somebody looked
  DoorOptions door;
  std::string open_house;  // empty: none
  std::string backups;     // a folder that the operator is told of; empty: none
  ServedWebhooksOptions webhooks;
  platform::EventFeedOptions events;
  platform::HttpServerOptions http;
};

enum class SettingSource : unsigned char {
  kUsual = 1,  // nobody said anything
  kFile = 2,
  kEnvironment = 3,
  kFlag = 4,
};
constexpr auto enum_names(SettingSource*) {
  using S = SettingSource;
  return std::array{EnumName<S>{S::kUsual, "usual"}, EnumName<S>{S::kFile, "file"},
                    EnumName<S>{S::kEnvironment, "environment"}, EnumName<S>{S::kFlag, "flag"}};
}

struct EffectiveSetting {
  std::string key;    // as in the file
  std::string value;  // several are joined by ", "; empty: none
  SettingSource source = SettingSource::kUsual;
};

using Variables = std::vector<std::pair<std::string, std::string>>;  // behind ANLAN_SERVE_

struct ServeRequest {
  ServeConfig config;
  std::vector<EffectiveSetting> settings;  // in the order of the table
  std::string file;                        // that was read; empty: none
  bool show = false;                       // --show-config: it is not served
};

// `words` are the options behind "serve". Refuses what parse_options refuses of flags;
// kVariableUnknown (args nearest) and kOutOfRange of the environment; of the file what read_file,
// parse_toml and NodeReader refuse, each with its line: kUnknownKey (args nearest), kWrongType,
// kOutOfRange. kMissingOption where no source names the accounts or a house, unless it is shown
// only.
Result<ServeRequest> read_serve_request(const std::vector<std::string>& words,
                                        const Variables& variables);
// The settings of a file alone, complete or not: for whoever examines it.
Result<ServeConfig> read_serve_file(const std::string& file);

// "houses = ..." line by line with where each came from, and the same as a table. Nothing in it is
// secret: keys and passwords stand in files of which only the names are here.
Reply serve_config_reply(Session& session, const ServeRequest& request);

// The settings as options, for help, completion and pages of the manual.
const std::vector<Option>& serve_options();

}  // namespace anlan::api
