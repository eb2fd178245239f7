// Service: requests over HTTP in, replies out, for the houses that one server keeps. The operations
// are those of the table; who may do what is asked of the house, as on the command line.
//
// Beside the operations it answers GET /health, /ready, /metrics, /openapi.json, and the routes of
// accounts (account_routes.h). Headers: Authorization (Bearer) or the cookie of a session (door.h),
// Idempotency-Key, Anlan-House and Anlan-Actor (of an account that may act in several houses, or as
// several actors), Anlan-At (the clock of a sandbox house), Accept-Language, X-Request-Id.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "api/door.h"
#include "api/machine_words.h"
#include "api/pages.h"
#include "api/session.h"
#include "platform/accounts.h"
#include "platform/event_feed.h"
#include "platform/http.h"
#include "platform/served_house.h"

namespace anlan::api {

class ServedWebhooks;  // service_webhooks.h

struct ServiceOptions {
  platform::Artefacts artefacts;  // the data files that every session reads
  platform::HttpLog log;          // a JSON line for each request; no secrets
  DoorOptions door = {};
  ServedWebhooks* webhooks = nullptr;  // outlives the service
  platform::EventFeedOptions events = {};
  // Path of an own socket (http.h) -> the house whose command lines come by it (carried.h).
  std::map<std::string, std::string, std::less<>> own_sockets = {};
  std::span<const PageFile> pages = {};  // of the web application
  ServedMachine machine = {};            // what its operator may look at
  std::string open_house = {};  // whose open views (open_views.h) need no account; empty: none
};

// Thread rule: answer() from any number of threads at once.
class Service {
 public:
  using Houses = std::map<std::string, platform::ServedHouse*, std::less<>>;
  // The houses and the accounts outlive the service.
  Service(Houses houses, platform::Accounts& accounts, ServiceOptions options);
  ~Service();

  platform::HttpReply answer(const platform::HttpRequest& request);
  // Makes what the first price would wait for, in a session of each house (warm.h); from one thread
  // beside those that answer. What it cannot make is refused to whoever asks for a price.
  void warm();
  // What the transport refuses, in the shape of all errors.
  static platform::HttpReply transport_error(int status, std::string_view reason);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anlan::api
