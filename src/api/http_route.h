// Routes: where each operation of the table is found over HTTP.
//
// The rule, so that who knows the command knows the path: /v1/ and the words of the command; where
// its subject is named like the first word (policy of "policy endorse POLICY"), the subject follows
// that word, and "show" behind it is left out. What only shows is GET with its options in the
// query, unless one of them is a file; all else is POST with a JSON body.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "api/operation.h"

namespace anlan::api {

enum class HttpMethod : unsigned char { kGet = 1, kPost = 2 };
constexpr std::string_view method_name(HttpMethod method) {
  return method == HttpMethod::kGet ? "GET" : "POST";
}

struct Route {
  const Operation* operation = nullptr;
  HttpMethod method = HttpMethod::kGet;
  std::string path;       // "/v1/policies/{policy}/endorse"
  std::string parameter;  // the option that is a part of the path; empty: none
};

// Of every operation that a server offers, in the order of the table. Left out is what makes or
// changes folders of the machine it runs on: init, backup, restore, upgrade, the accounts.
std::span<const Route> routes();

// Whether it looks at folders of the machine: over HTTP the server names its own (machine_words.h),
// and the command line beside the folder looks for itself.
bool looks_at_machine(const Operation& operation);

struct RouteFound {
  const Route* route = nullptr;
  std::string parameter;      // its value in this path
  bool other_method = false;  // the path is known, this method is not
};
RouteFound find_route(std::string_view method, std::string_view path);

// Whether it lists rows by their ids: over HTTP they come in pages, each caller's own.
bool is_listing(const Operation& operation);
// Whether the value of an option is a file's contents, sent in the request.
bool takes_file(const Option& option);
// Whether it is of the machine that the command line runs on, where a server knows better: of what
// is asked for over HTTP it is no part.
bool is_local(const Option& option);
// Whether it names a file that the operation writes: over HTTP it is a part of the answer.
bool gives_file(const Option& option);

}  // namespace anlan::api
