#include "api/http_route.h"

#include <algorithm>
#include <array>

namespace anlan::api {
namespace {

constexpr std::array<std::string_view, 8> kLocal{"init",         "sandbox",    "sample build",
                                                 "backup",       "backup key", "restore",
                                                 "model rerate", "upgrade"};
constexpr std::array<std::string_view, 4> kOfMachine{"backup verify", "doctor", "journal head",
                                                     "journal verify"};

bool is_local(const Operation& operation) {
  if (operation.name.starts_with("admin ")) return true;
  return std::find(kLocal.begin(), kLocal.end(), operation.name) != kLocal.end();
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    words.emplace_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

bool changes(const Operation& operation) { return !operation.command.empty() || operation.writes; }

Route route_of(const Operation& operation) {
  const std::vector<std::string> words = words_of(operation.name);
  const auto& options = operation.options;
  Route route{.operation = &operation, .method = HttpMethod::kPost, .path = {}, .parameter = {}};
  const bool sends_file = std::any_of(options.begin(), options.end(), takes_file);
  if (!changes(operation) && !sends_file) route.method = HttpMethod::kGet;
  route.path = "/v1/" + words[0];
  const auto subject = std::find_if(options.begin(), options.end(), [&](const Option& option) {
    return option.name == words[0] && option.positional && option.required;
  });
  if (subject != options.end() && !takes_file(*subject)) {
    route.parameter = subject->name;
    route.path += "/{" + route.parameter + "}";
  }
  for (std::size_t n = 1; n < words.size(); ++n) {
    if (words[n] == "show" && !route.parameter.empty()) break;
    route.path += "/" + words[n];
  }
  return route;
}

std::vector<Route> all_routes() {
  std::vector<Route> all;
  for (const Operation& operation : operations()) {
    if (!is_local(operation)) all.push_back(route_of(operation));
  }
  return all;
}

// Part by part; a part in braces takes whatever is not empty.
bool fits(std::string_view path, std::string_view pattern, std::string& parameter) {
  while (!pattern.empty() || !path.empty()) {
    const std::size_t a = std::min(path.find('/', 1), path.size());
    const std::size_t b = std::min(pattern.find('/', 1), pattern.size());
    const std::string_view part = path.substr(0, a);
    const std::string_view wanted = pattern.substr(0, b);
    const bool open = wanted.starts_with("/{");
    if (open && part.size() > 1) {
      parameter = part.substr(1);
    } else if (part != wanted) {
      return false;
    }
    path.remove_prefix(a);
    pattern.remove_prefix(b);
  }
  return true;
}

}  // namespace

bool looks_at_machine(const Operation& operation) {
  return std::find(kOfMachine.begin(), kOfMachine.end(), operation.name) != kOfMachine.end();
}

bool is_listing(const Operation& operation) {
  return operation.name.ends_with(" list") || operation.name == "search";
}

bool takes_file(const Option& option) {
  return option.value == "FILE" && !gives_file(option) && option.name != "target" &&
         !is_local(option);
}

bool is_local(const Option& option) {
  const bool of_machine = !option.part_of_request && !gives_file(option);
  return of_machine || option.name == "accounts" || option.name == "login";
}

bool gives_file(const Option& option) { return option.name == "out"; }

std::span<const Route> routes() {
  static const std::vector<Route> table = all_routes();
  return table;
}

RouteFound find_route(std::string_view method, std::string_view path) {
  RouteFound found;
  // A path without a parameter is meant before one that takes the same word for a value.
  for (const bool with_parameter : {false, true}) {
    for (const Route& route : routes()) {
      std::string parameter;
      if (route.parameter.empty() == with_parameter) continue;
      if (!fits(path, route.path, parameter)) continue;
      if (method_name(route.method) == method) return {.route = &route, .parameter = parameter};
      found.other_method = true;
    }
  }
  return found;
}

}  // namespace anlan::api
